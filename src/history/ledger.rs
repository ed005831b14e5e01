//! The ledger: every run's observations, what became of the words between them, and what is still to be told, in an
//! SQLite database beside the archive.
//!
//! A run is one transaction: it is in the ledger as a whole or not at all, and the alerts that it asks for with it.
//! Runs are ordered by their number, never by a clock.

use std::collections::HashMap;
use std::path::Path;
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, Sqlite, Transaction};

use crate::model::observation::{CaptureSeen, Drift, Observation, PageSeen, Run, State, Subject, Versions};

mod outbox;

pub use outbox::{Channel, Due};

/// The versions of the ledger that this program can make, oldest first.
const SCHEMA: &[&str] = &[include_str!("schema/1.sql"), include_str!("schema/2.sql")];

/// How long another process may hold the database before this one gives up.
const BUSY: Duration = Duration::from_secs(10);

/// What is wrong with a ledger.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The database cannot be used.
    #[error("the history in {path} cannot be used: {source}")]
    Database {
        /// Its file.
        path: String,
        /// What the database says.
        source: sqlx::Error,
    },
    /// Written by a later version of this program.
    #[error("the history in {path} has format {found}, and this program knows up to {known}: use a newer onrecord")]
    Newer {
        /// Its file.
        path: String,
        /// The format that it has.
        found: i64,
        /// The newest that is known here.
        known: i64,
    },
    /// A row does not say what it should.
    #[error("the history in {path} is damaged: {what}")]
    Damaged {
        /// Its file.
        path: String,
        /// Which row, and how.
        what: String,
    },
}

/// What the ledger knows of one subject before a run.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The last state.
    pub last: Option<State>,
    /// The last state in which the source could be read.
    pub last_read: Option<State>,
    /// Runs in a row that could not reach the source.
    pub failures: u32,
}

/// The ledger, open.
#[derive(Debug, Clone)]
pub struct Ledger {
    pool: SqlitePool,
    path: String,
}

impl Ledger {
    /// Opens the ledger in `path`, and makes or updates it where that is needed.
    ///
    /// # Errors
    ///
    /// When the file cannot be used, stays locked by another process, or was written by a later version.
    pub async fn open(path: &Path) -> Result<Self, LedgerError> {
        let name = path.display().to_string();
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .busy_timeout(BUSY)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new()
            .max_connections(2)
            .connect_with(options)
            .await
            .map_err(|source| LedgerError::Database { path: name.clone(), source })?;
        let ledger = Self { pool, path: name };
        ledger.update().await?;
        Ok(ledger)
    }

    /// Closes it: what the database wrote beside its file is in the file then.
    pub async fn close(self) {
        self.pool.close().await;
    }

    fn database(&self, source: sqlx::Error) -> LedgerError {
        LedgerError::Database { path: self.path.clone(), source }
    }

    fn damaged(&self, what: impl Into<String>) -> LedgerError {
        LedgerError::Damaged { path: self.path.clone(), what: what.into() }
    }

    /// Brings the schema up to date, one version after the other.
    async fn update(&self) -> Result<(), LedgerError> {
        let mut transaction = self.begin().await?;
        let found: i64 = sqlx::query_scalar("PRAGMA user_version")
            .fetch_one(&mut *transaction)
            .await
            .map_err(|error| self.database(error))?;
        let known = SCHEMA.len() as i64;
        if found > known {
            return Err(LedgerError::Newer { path: self.path.clone(), found, known });
        }
        for statements in &SCHEMA[usize::try_from(found).unwrap_or(0)..] {
            sqlx::raw_sql(*statements).execute(&mut *transaction).await.map_err(|error| self.database(error))?;
        }
        if found < known {
            // The number is ours, not a user's: a pragma takes no parameters.
            sqlx::raw_sql(sqlx::AssertSqlSafe(format!("PRAGMA user_version = {known}")))
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.database(error))?;
        }
        transaction.commit().await.map_err(|error| self.database(error))
    }

    /// Begins a transaction that takes the write lock at once, so that two runs never read the same last number.
    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, LedgerError> {
        self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.database(error))
    }

    /// What is known of every subject of a manifest.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn known(&self, manifest: &str) -> Result<HashMap<Subject, Known>, LedgerError> {
        let mut known: HashMap<Subject, Known> = HashMap::new();
        for seen in self.history(manifest, None).await? {
            let entry = known.entry(seen.observation.subject.clone()).or_default();
            match seen.observation.reason {
                Some(reason) if reason.may_pass() => entry.failures += seen.times as u32,
                Some(_) => entry.failures = 0,
                None => {
                    entry.failures = 0;
                    entry.last_read = Some(seen.clone());
                }
            }
            entry.last = Some(seen);
        }
        Ok(known)
    }

    /// Every state of the words of a manifest's claims, or of one claim, oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn history(&self, manifest: &str, claim: Option<&str>) -> Result<Vec<State>, LedgerError> {
        let rows = sqlx::query(
            "SELECT o.*, a.at AS first_at, b.at AS last_at FROM observation o \
             JOIN run a ON a.number = o.first_run JOIN run b ON b.number = o.last_run \
             WHERE o.manifest = ? AND (? IS NULL OR o.claim = ?) ORDER BY o.number",
        )
        .bind(manifest)
        .bind(claim)
        .bind(claim)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.database(error))?;
        rows.iter().map(|row| self.seen(row)).collect()
    }

    /// The last state of every subject whose source is one of `addresses`, over all manifests.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn resting_on(&self, address: &str) -> Result<Vec<State>, LedgerError> {
        let rows = sqlx::query(
            "SELECT o.*, a.at AS first_at, b.at AS last_at FROM observation o \
             JOIN run a ON a.number = o.first_run JOIN run b ON b.number = o.last_run \
             WHERE o.source = ? ORDER BY o.number",
        )
        .bind(address)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.database(error))?;
        rows.iter().map(|row| self.seen(row)).collect()
    }

    fn seen(&self, row: &sqlx::sqlite::SqliteRow) -> Result<State, LedgerError> {
        let number: i64 = row.get("number");
        let wrong = |what: &str, error: String| self.damaged(format!("observation {number}: {what}: {error}"));
        let mut observation: Observation =
            serde_json::from_str(row.get("body")).map_err(|error| wrong("body", error.to_string()))?;
        let capture = |column: &str| -> Result<Option<CaptureSeen>, LedgerError> {
            let text: Option<String> = row.get(column);
            text.map(|text| serde_json::from_str(&text).map_err(|error| wrong(column, error.to_string()))).transpose()
        };
        let time = |column: &str| -> Result<Timestamp, LedgerError> {
            row.get::<String, _>(column).parse().map_err(|error: jiff::Error| wrong(column, error.to_string()))
        };
        observation.capture = capture("last_capture")?;
        Ok(State {
            observation,
            first_capture: capture("first_capture")?,
            first_run: row.get("first_run"),
            first_at: time("first_at")?,
            last_run: row.get("last_run"),
            last_at: time("last_at")?,
            times: row.get("times"),
            number,
        })
    }

    /// The last page seen of each source.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn pages(&self) -> Result<HashMap<String, PageSeen>, LedgerError> {
        // Every state of a page has its row; those before the last would only pile up in memory.
        let rows =
            sqlx::query("SELECT source, body FROM page WHERE number IN (SELECT MAX(number) FROM page GROUP BY source)")
                .fetch_all(&self.pool)
                .await
                .map_err(|error| self.database(error))?;
        let mut pages = HashMap::new();
        for row in rows {
            let source: String = row.get("source");
            let page = serde_json::from_str(row.get("body"))
                .map_err(|error| self.damaged(format!("the page of {source}: {error}")))?;
            pages.insert(source, page);
        }
        Ok(pages)
    }

    /// Every drift of a manifest's claims, or of one claim, oldest first, with the time of the run that noticed it.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn drifts(&self, manifest: &str, claim: Option<&str>) -> Result<Vec<(Timestamp, Drift)>, LedgerError> {
        let rows = sqlx::query(
            "SELECT d.number, d.body, r.at FROM drift d JOIN run r ON r.number = d.run \
             WHERE d.manifest = ? AND (? IS NULL OR d.claim = ?) ORDER BY d.number",
        )
        .bind(manifest)
        .bind(claim)
        .bind(claim)
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.database(error))?;
        rows.iter()
            .map(|row| {
                let number: i64 = row.get("number");
                let wrong = |error: String| self.damaged(format!("drift {number}: {error}"));
                let at = row.get::<String, _>("at").parse().map_err(|error: jiff::Error| wrong(error.to_string()))?;
                let drift = serde_json::from_str(row.get("body")).map_err(|error| wrong(error.to_string()))?;
                Ok((at, drift))
            })
            .collect()
    }

    /// When each claim of a manifest was last observed.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn last_looks(&self, manifest: &str) -> Result<HashMap<String, Timestamp>, LedgerError> {
        let mut looks: HashMap<String, Timestamp> = HashMap::new();
        for seen in self.history(manifest, None).await? {
            let at = looks.entry(seen.observation.subject.claim.clone()).or_insert(seen.last_at);
            *at = (*at).max(seen.last_at);
        }
        Ok(looks)
    }

    /// Appends one run: its observations, the pages that are new, the drifts that were noticed, and an alert for each
    /// of them on each channel, `due` at the time given with it. All of it, or nothing.
    ///
    /// # Errors
    ///
    /// When the database cannot be written; nothing was written then.
    pub async fn record(&self, entry: &Entry<'_>) -> Result<Run, LedgerError> {
        let mut transaction = self.begin().await?;
        let number = self.next(&mut transaction, "run").await?;
        let run = Run { number, at: entry.at, manifest: entry.manifest.to_owned(), versions: entry.versions };
        sqlx::query("INSERT INTO run (number, at, manifest, extractor, rules) VALUES (?, ?, ?, ?, ?)")
            .bind(number)
            .bind(entry.at.to_string())
            .bind(entry.manifest)
            .bind(i64::from(entry.versions.extractor))
            .bind(i64::from(entry.versions.rules))
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.database(error))?;
        let mut next = self.next(&mut transaction, "observation").await?;
        for observation in entry.observations {
            let known = entry.known.get(&observation.subject).and_then(|known| known.last.as_ref());
            let capture = observation.capture.as_ref().map(json);
            if let Some(seen) = known.filter(|seen| same(&seen.observation, observation)) {
                sqlx::query(
                    "UPDATE observation SET last_run = ?, last_capture = ?, times = times + 1 WHERE number = ?",
                )
                .bind(number)
                .bind(capture)
                .bind(seen.number)
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.database(error))?;
                continue;
            }
            let subject = &observation.subject;
            sqlx::query(
                "INSERT INTO observation (number, manifest, claim, check_number, source, body, first_run, \
                 first_capture, last_run, last_capture, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            )
            .bind(next)
            .bind(&subject.manifest)
            .bind(&subject.claim)
            .bind(i64::from(subject.check))
            .bind(&subject.source)
            .bind(json(&Observation { capture: None, ..observation.clone() }))
            .bind(number)
            .bind(capture.clone())
            .bind(number)
            .bind(capture)
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.database(error))?;
            next += 1;
        }
        let mut next = self.next(&mut transaction, "page").await?;
        for page in entry.pages {
            sqlx::query("INSERT INTO page (number, run, source, body) VALUES (?, ?, ?, ?)")
                .bind(next)
                .bind(number)
                .bind(&page.source)
                .bind(json(page))
                .execute(&mut *transaction)
                .await
                .map_err(|error| self.database(error))?;
            next += 1;
        }
        let mut next = self.next(&mut transaction, "drift").await?;
        for drift in entry.drifts {
            sqlx::query(
                "INSERT INTO drift (number, run, kind, manifest, claim, source, body, owed) \
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(next)
            .bind(number)
            .bind(drift.kind.word())
            .bind(&drift.subject.manifest)
            .bind(&drift.subject.claim)
            .bind(&drift.subject.source)
            .bind(json(drift))
            .bind(i64::from(!drift.kind.is_ours()))
            .execute(&mut *transaction)
            .await
            .map_err(|error| self.database(error))?;
            next += 1;
        }
        if let Telling::Now(channels) = entry.telling {
            self.owe(&mut transaction, entry.manifest, entry.at, channels).await?;
        }
        transaction.commit().await.map_err(|error| self.database(error))?;
        Ok(run)
    }

    async fn next(&self, transaction: &mut Transaction<'static, Sqlite>, table: &str) -> Result<i64, LedgerError> {
        let query = match table {
            "run" => "SELECT COALESCE(MAX(number), 0) + 1 FROM run",
            "observation" => "SELECT COALESCE(MAX(number), 0) + 1 FROM observation",
            "page" => "SELECT COALESCE(MAX(number), 0) + 1 FROM page",
            _ => "SELECT COALESCE(MAX(number), 0) + 1 FROM drift",
        };
        sqlx::query_scalar(query).fetch_one(&mut **transaction).await.map_err(|error| self.database(error))
    }

    /// SHA-256 of every capture that an observation needs, for rules about what may be dropped.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn needed(&self) -> Result<Vec<CaptureSeen>, LedgerError> {
        let rows = sqlx::query(
            "SELECT first_capture AS capture FROM observation WHERE first_capture IS NOT NULL \
             UNION SELECT last_capture FROM observation WHERE last_capture IS NOT NULL",
        )
        .fetch_all(&self.pool)
        .await
        .map_err(|error| self.database(error))?;
        rows.iter()
            .map(|row| {
                serde_json::from_str(row.get("capture")).map_err(|error| self.damaged(format!("a capture: {error}")))
            })
            .collect()
    }
}

/// What one run appends.
#[derive(Debug)]
pub struct Entry<'e> {
    /// When the run began.
    pub at: Timestamp,
    /// The manifest, as it is named in the ledger.
    pub manifest: &'e str,
    /// By which versions.
    pub versions: Versions,
    /// What was known before, of [`Ledger::known`].
    pub known: &'e HashMap<Subject, Known>,
    /// What was seen.
    pub observations: &'e [Observation],
    /// Pages whose bytes are new.
    pub pages: &'e [PageSeen],
    /// What became of the words.
    pub drifts: &'e [Drift],
    /// Whom to tell.
    pub telling: Telling<'e>,
}

/// Who is told of what a run noticed.
#[derive(Debug, Clone, Copy)]
pub enum Telling<'e> {
    /// These channels, of everything that earlier runs of the manifest left to be told as well.
    Now(&'e [Channel]),
    /// The channels of the next run that has any.
    Later,
}

impl State {
    /// Whether an observation says the same of the words, whichever capture it was made in.
    pub fn says_the_same(&self, observation: &Observation) -> bool {
        same(&self.observation, observation)
    }
}

/// Whether two observations say the same of the words, whichever capture they were made in.
fn same(a: &Observation, b: &Observation) -> bool {
    let bare = |observation: &Observation| Observation { capture: None, ..observation.clone() };
    let around = |observation: Observation| Observation {
        passage: observation.passage.map(|words| crate::model::observation::Words {
            before: String::new(),
            after: String::new(),
            start: 0,
            end: 0,
            ..words
        }),
        ..observation
    };
    around(bare(a)) == around(bare(b))
}

/// Plain data of ours always has a JSON form.
fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("plain data has a JSON form")
}
