//! What is still to be told, and what was: the alerts of the ledger.

use jiff::Timestamp;
use sqlx::{Row, Sqlite, Transaction};

use super::{Ledger, LedgerError};
use crate::model::observation::Drift;

/// A channel that alerts go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// As it is configured.
    pub name: String,
    /// When the next digest goes out.
    pub digest: Timestamp,
}

/// An alert that is due.
#[derive(Debug, Clone, PartialEq)]
pub struct Due {
    /// Number of its drift; receivers tell repeated deliveries by it.
    pub drift_number: i64,
    /// The channel, as it is configured.
    pub channel: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What to tell.
    pub drift: Drift,
}

/// What earlier runs of a manifest noticed and told nobody.
const OWED: &str = "SELECT d.number, d.body FROM drift d JOIN run r ON r.number = d.run \
                    WHERE d.owed = 1 AND r.manifest = ? ORDER BY d.number";

impl Ledger {
    /// What earlier runs of a manifest noticed and told nobody, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn owed(&self, manifest: &str) -> Result<Vec<Drift>, LedgerError> {
        let rows =
            sqlx::query(OWED).bind(manifest).fetch_all(&self.pool).await.map_err(|error| self.database(error))?;
        let drift = |row: &sqlx::sqlite::SqliteRow| {
            serde_json::from_str(row.get("body")).map_err(|error| self.damaged(format!("a drift: {error}")))
        };
        rows.iter().map(drift).collect()
    }

    /// Notes what is owed of a manifest's drifts to these channels, and that it is owed no longer by anybody else.
    pub(super) async fn owe(
        &self,
        transaction: &mut Transaction<'static, Sqlite>,
        manifest: &str,
        at: Timestamp,
        channels: &[Channel],
    ) -> Result<(), LedgerError> {
        let rows = sqlx::query(OWED)
            .bind(manifest)
            .fetch_all(&mut **transaction)
            .await
            .map_err(|error| self.database(error))?;
        for row in rows {
            let number: i64 = row.get("number");
            let drift: Drift = serde_json::from_str(row.get("body"))
                .map_err(|error| self.damaged(format!("drift {number}: {error}")))?;
            for channel in channels {
                let due = if drift.kind.is_urgent() { at } else { channel.digest };
                sqlx::query("INSERT INTO alert (drift, channel, due, attempts) VALUES (?, ?, ?, 0)")
                    .bind(number)
                    .bind(&channel.name)
                    .bind(due.to_string())
                    .execute(&mut **transaction)
                    .await
                    .map_err(|error| self.database(error))?;
            }
        }
        sqlx::query("UPDATE drift SET owed = 0 WHERE owed = 1 AND run IN (SELECT number FROM run WHERE manifest = ?)")
            .bind(manifest)
            .execute(&mut **transaction)
            .await
            .map_err(|error| self.database(error))?;
        Ok(())
    }

    /// The alerts that are due and were not told yet, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn due(&self, now: Timestamp) -> Result<Vec<Due>, LedgerError> {
        let rows = sqlx::query(
            "SELECT a.drift, a.channel, a.due, a.attempts, d.body FROM alert a JOIN drift d ON d.number = a.drift \
             WHERE a.told IS NULL ORDER BY a.drift, a.channel",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.database(error))?;
        let mut alerts = Vec::new();
        for row in rows {
            let drift_number: i64 = row.get("drift");
            let wrong = |error: String| self.damaged(format!("the alert of drift {drift_number}: {error}"));
            let due: Timestamp =
                row.get::<String, _>("due").parse().map_err(|error: jiff::Error| wrong(error.to_string()))?;
            if due > now {
                continue;
            }
            alerts.push(Due {
                drift_number,
                channel: row.get("channel"),
                attempts: row.get("attempts"),
                drift: serde_json::from_str(row.get("body")).map_err(|error| wrong(error.to_string()))?,
            });
        }
        Ok(alerts)
    }

    /// Notes that alerts were told.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn told(&self, alerts: &[Due], at: Timestamp) -> Result<(), LedgerError> {
        let mut transaction = self.begin().await?;
        for alert in alerts {
            sqlx::query("UPDATE alert SET told = ?, attempts = attempts + 1 WHERE drift = ? AND channel = ?")
                .bind(at.to_string())
                .bind(alert.drift_number)
                .bind(&alert.channel)
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.database(error))?;
        }
        transaction.commit().await.map_err(|error| self.database(error))
    }

    /// Notes that alerts could not be told, and when to try again.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn not_told(&self, alerts: &[Due], again: Timestamp, trouble: &str) -> Result<(), LedgerError> {
        let mut transaction = self.begin().await?;
        for alert in alerts {
            sqlx::query(
                "UPDATE alert SET due = ?, trouble = ?, attempts = attempts + 1 WHERE drift = ? AND channel = ?",
            )
            .bind(again.to_string())
            .bind(trouble)
            .bind(alert.drift_number)
            .bind(&alert.channel)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.database(error))?;
        }
        transaction.commit().await.map_err(|error| self.database(error))
    }
}
