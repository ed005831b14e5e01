//! What is still to be told, and what was: the alerts of the ledger.

use jiff::Timestamp;
use sqlx::Row;

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

impl Ledger {
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
