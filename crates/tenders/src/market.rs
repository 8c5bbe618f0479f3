//! `mercado.db`: public processes kept on this machine. Public data, re-derivable at any time: not encrypted, not backed up, synced as
//! SQLite's NORMAL does.

use crate::TenderError;
use crate::listing::Listing;
use cotejo_domain::{FileHash, Ruc};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;
use std::time::Duration;
use tokio::sync::Mutex;

/// Version of the tables below.
const VERSION: i64 = 1;

const TABLES: &str = r"
CREATE TABLE provenance (provenance_id INTEGER PRIMARY KEY, content TEXT NOT NULL UNIQUE);
CREATE TABLE process (
    process_id INTEGER PRIMARY KEY,
    ocid TEXT NOT NULL UNIQUE,
    year INTEGER,
    published_at TEXT,
    provenance_id INTEGER NOT NULL REFERENCES provenance (provenance_id),
    content TEXT NOT NULL
);
CREATE INDEX process_by_year ON process (year);
CREATE TABLE participant (process_id INTEGER NOT NULL REFERENCES process (process_id), ruc TEXT NOT NULL, PRIMARY KEY (ruc, process_id));
CREATE VIRTUAL TABLE process_text USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
PRAGMA user_version = 1;
";

/// Tells how a process came here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProvenanceKind {
    /// From a file somebody downloaded.
    File,
    /// From the service itself.
    Service,
    /// From a simulator: fictional.
    Simulator,
}

/// Says where what is kept comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// How it came.
    pub kind: ProvenanceKind,
    /// Name of the file, or the address that answered.
    pub name: String,
    /// SHA-256 of the file or of the raw answer.
    pub sha256: FileHash,
    /// When it was read, in UTC.
    pub at: jiff::Timestamp,
}

/// Holds one process with where its last change comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The process.
    #[serde(flatten)]
    pub listing: Listing,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Counts what saving did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// Processes that were not known.
    pub new: u64,
    /// Processes of which more or something else is known now.
    pub updated: u64,
    /// Processes that say what was known.
    pub unchanged: u64,
}

/// Says what is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All these words, in any place; case and accents do not matter. None: every process.
    pub words: String,
    /// In this year only.
    pub year: Option<u16>,
    /// At most so many.
    pub limit: u32,
}

/// Holds what was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// How many there are in all.
    pub total: u64,
    /// The first of them, the latest first.
    pub processes: Vec<Kept>,
}

/// Keeps processes in a file.
#[derive(Debug)]
pub struct Market {
    database: Mutex<SqliteConnection>,
}

/// Quotes every word, so that nothing a person types is an operator; the last may be a beginning.
fn expression(words: &str) -> Option<String> {
    let mut terms: Vec<String> = words
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| format!("\"{word}\""))
        .collect();
    if let Some(last) = terms.last_mut() {
        last.push('*');
    }
    (!terms.is_empty()).then(|| terms.join(" "))
}

fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn broken(error: &serde_json::Error) -> TenderError {
    TenderError::Database { detail: error.to_string() }
}

fn kept(content: &str, provenance: &str) -> Result<Kept, TenderError> {
    Ok(Kept {
        listing: serde_json::from_str(content).map_err(|error| broken(&error))?,
        provenance: serde_json::from_str(provenance).map_err(|error| broken(&error))?,
    })
}

impl Market {
    /// Opens the file, or makes it.
    ///
    /// # Errors
    /// When it cannot be used; [`TenderError::NewerDatabase`] when a newer program wrote it.
    pub async fn open(path: &Path) -> Result<Self, TenderError> {
        let mut database = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Normal)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .connect()
            .await?;
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *transaction).await?;
        match found {
            0 => {
                sqlx::raw_sql(TABLES).execute(&mut *transaction).await?;
            }
            VERSION => {}
            found => return Err(TenderError::NewerDatabase { found }),
        }
        transaction.commit().await?;
        Ok(Self { database: Mutex::new(database) })
    }

    /// Saves processes from one source, all or none; joins them with what is known of them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn save(&self, from: &Provenance, listings: &[Listing]) -> Result<Saved, TenderError> {
        let mut database = self.database.lock().await;
        let mut transaction = database.begin_with("BEGIN IMMEDIATE").await?;
        let provenance = serde_json::to_string(from).map_err(|error| broken(&error))?;
        sqlx::query("INSERT INTO provenance (content) VALUES (?1) ON CONFLICT (content) DO NOTHING")
            .bind(&provenance)
            .execute(&mut *transaction)
            .await?;
        let source: i64 = sqlx::query_scalar("SELECT provenance_id FROM provenance WHERE content = ?1")
            .bind(&provenance)
            .fetch_one(&mut *transaction)
            .await?;
        let mut saved = Saved::default();
        for listing in listings {
            let known: Option<(i64, String)> =
                sqlx::query_as("SELECT process_id, content FROM process WHERE ocid = ?1")
                    .bind(&listing.ocid)
                    .fetch_optional(&mut *transaction)
                    .await?;
            match known {
                None => {
                    put(&mut transaction, None, source, listing).await?;
                    saved.new += 1;
                }
                Some((id, content)) => {
                    let before: Listing = serde_json::from_str(&content).map_err(|error| broken(&error))?;
                    let merged = before.clone().merged(listing.clone());
                    if merged == before {
                        saved.unchanged += 1;
                    } else {
                        put(&mut transaction, Some(id), source, &merged).await?;
                        saved.updated += 1;
                    }
                }
            }
        }
        transaction.commit().await?;
        Ok(saved)
    }

    /// Finds processes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search(&self, query: &Query) -> Result<Found, TenderError> {
        let mut database = self.database.lock().await;
        let words = expression(&query.words);
        if words.is_none() && !query.words.trim().is_empty() {
            return Ok(Found { total: 0, processes: Vec::new() });
        }
        const WHERE: &str = "FROM process JOIN provenance USING (provenance_id)
            WHERE (?1 IS NULL OR process_id IN (SELECT rowid FROM process_text WHERE process_text MATCH ?1))
            AND (?2 IS NULL OR year = ?2)";
        let total: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT count(*) {WHERE}")))
            .bind(&words)
            .bind(query.year.map(i64::from))
            .fetch_one(&mut *database)
            .await?;
        let select = format!(
            "SELECT process.content, provenance.content {WHERE} ORDER BY published_at DESC, ocid LIMIT ?3"
        );
        let rows: Vec<(String, String)> = sqlx::query_as(sqlx::AssertSqlSafe(select))
            .bind(&words)
            .bind(query.year.map(i64::from))
            .bind(i64::from(query.limit))
            .fetch_all(&mut *database)
            .await?;
        let processes = rows.iter().map(|(content, from)| kept(content, from)).collect::<Result<_, _>>()?;
        Ok(Found { total: count(total), processes })
    }

    /// Finds the processes in which a taxpayer bid or was awarded, as far as they are kept here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn of_taxpayer(&self, ruc: &Ruc, limit: u32) -> Result<Found, TenderError> {
        let mut database = self.database.lock().await;
        let total: i64 = sqlx::query_scalar("SELECT count(*) FROM participant WHERE ruc = ?1")
            .bind(ruc.as_str())
            .fetch_one(&mut *database)
            .await?;
        let rows: Vec<(String, String)> = sqlx::query_as(
            "SELECT process.content, provenance.content FROM participant JOIN process USING (process_id)
             JOIN provenance USING (provenance_id) WHERE ruc = ?1 ORDER BY published_at DESC, ocid LIMIT ?2",
        )
        .bind(ruc.as_str())
        .bind(i64::from(limit))
        .fetch_all(&mut *database)
        .await?;
        let processes = rows.iter().map(|(content, from)| kept(content, from)).collect::<Result<_, _>>()?;
        Ok(Found { total: count(total), processes })
    }

    /// Counts the processes, and those of them that name who took part.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn count(&self) -> Result<(u64, u64), TenderError> {
        let mut database = self.database.lock().await;
        let (all, with_names): (i64, i64) = sqlx::query_as(
            "SELECT (SELECT count(*) FROM process), (SELECT count(DISTINCT process_id) FROM participant)",
        )
        .fetch_one(&mut *database)
        .await?;
        Ok((count(all), count(with_names)))
    }
}

async fn put(
    connection: &mut SqliteConnection,
    id: Option<i64>,
    source: i64,
    listing: &Listing,
) -> Result<(), TenderError> {
    let content = serde_json::to_string(listing).map_err(|error| broken(&error))?;
    let year = listing.year_of().map(i64::from);
    // In UTC and to the second, so that text sorts as time does.
    let published = listing.published_at.map(|at| at.to_string());
    let id: i64 = sqlx::query_scalar(
        "INSERT INTO process (process_id, ocid, year, published_at, provenance_id, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (process_id) DO UPDATE SET year = excluded.year, published_at = excluded.published_at,
             provenance_id = excluded.provenance_id, content = excluded.content
         RETURNING process_id",
    )
    .bind(id)
    .bind(&listing.ocid)
    .bind(year)
    .bind(published)
    .bind(source)
    .bind(content)
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM participant WHERE process_id = ?1").bind(id).execute(&mut *connection).await?;
    for participant in &listing.participants {
        let Some(ruc) = &participant.ruc else { continue };
        sqlx::query("INSERT INTO participant (process_id, ruc) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
            .bind(id)
            .bind(ruc.as_str())
            .execute(&mut *connection)
            .await?;
    }
    sqlx::query("DELETE FROM process_text WHERE rowid = ?1").bind(id).execute(&mut *connection).await?;
    sqlx::query("INSERT INTO process_text (rowid, text) VALUES (?1, ?2)")
        .bind(id)
        .bind(listing.words())
        .execute(&mut *connection)
        .await?;
    Ok(())
}
