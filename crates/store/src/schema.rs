//! The tables of a case and of the profile, by numbered migrations.
//!
//! How to add a table: append one migration, never edit an earlier one; a projection is also named in
//! [`crate::projection::TABLES`], so that `cotejo caso reconstruir` compares it.

use crate::StoreError;
use crate::keys::Key;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection};
use std::path::Path;
use std::time::Duration;

/// Migrations of a case's database; number n brings version n - 1 to n.
pub(crate) const CASE: &[&str] = &[
    r"
CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL UNIQUE,
    device_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    clock_wall INTEGER NOT NULL,
    clock_counter INTEGER NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    header TEXT NOT NULL,
    commitment TEXT NOT NULL,
    salt TEXT,
    payload TEXT,
    signature TEXT NOT NULL,
    UNIQUE (device_id, seq)
);
CREATE INDEX events_by_clock ON events (clock_wall, clock_counter, hash);

CREATE TABLE p_state (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE p_device (device_id TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE p_actor (actor_id TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE p_member (member_id TEXT PRIMARY KEY, actor_id TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE p_requirement (requirement_id TEXT PRIMARY KEY, position INTEGER NOT NULL, by_hand INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE p_bid (bid_id TEXT PRIMARY KEY, position INTEGER NOT NULL, lot_id TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE p_file (
    owner TEXT NOT NULL,
    path TEXT NOT NULL,
    hash TEXT NOT NULL,
    sealed INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (owner, path)
);
CREATE INDEX p_file_by_hash ON p_file (hash);
CREATE TABLE p_correction (bid_id TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (bid_id, key));
CREATE TABLE p_decision (
    decision_id TEXT PRIMARY KEY,
    lot_id TEXT NOT NULL,
    requirement_id TEXT NOT NULL,
    bid_id TEXT NOT NULL,
    member_id TEXT NOT NULL,
    state TEXT NOT NULL,
    replaces TEXT,
    review INTEGER NOT NULL,
    event_hash TEXT NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX p_decision_by_cell ON p_decision (lot_id, requirement_id, bid_id, member_id);
CREATE TABLE p_agreement (
    lot_id TEXT NOT NULL,
    requirement_id TEXT NOT NULL,
    bid_id TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (lot_id, requirement_id, bid_id)
);
CREATE TABLE p_outcome (lot_id TEXT NOT NULL, bid_id TEXT NOT NULL, content TEXT NOT NULL, PRIMARY KEY (lot_id, bid_id));
CREATE TABLE p_acta (acta_id TEXT PRIMARY KEY, position INTEGER NOT NULL, state TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE p_acta_signature (acta_id TEXT NOT NULL, number INTEGER NOT NULL, content TEXT NOT NULL, PRIMARY KEY (acta_id, number));
CREATE TABLE p_acta_basis (acta_id TEXT NOT NULL, number INTEGER NOT NULL, stated TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (acta_id, number));
CREATE TABLE p_seal (acta_id TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (acta_id, subject));
CREATE INDEX p_seal_by_subject ON p_seal (subject);

CREATE TABLE derived (
    input TEXT NOT NULL,
    producer TEXT NOT NULL,
    version TEXT NOT NULL,
    parameters TEXT NOT NULL,
    made_at TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (input, producer, version, parameters)
);
CREATE TABLE import_job (job_id TEXT PRIMARY KEY, source TEXT NOT NULL, begun_at TEXT NOT NULL, ended_at TEXT);
CREATE TABLE import_item (
    job_id TEXT NOT NULL REFERENCES import_job (job_id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    status TEXT NOT NULL,
    file TEXT,
    message TEXT NOT NULL,
    PRIMARY KEY (job_id, path)
);
CREATE VIRTUAL TABLE page_text USING fts5 (file UNINDEXED, page UNINDEXED, text, tokenize = 'unicode61 remove_diacritics 2');
",
    r"
CREATE TABLE p_record (
    record_id TEXT PRIMARY KEY,
    slot TEXT NOT NULL,
    state TEXT NOT NULL,
    replaces TEXT,
    event_hash TEXT NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX p_record_by_slot ON p_record (slot, state);
",
    // What the commission agrees is an act of the course; the event that filled this table was never written by any program.
    r"
DROP TABLE p_agreement;
",
    r"
CREATE TABLE p_seat (member_id TEXT PRIMARY KEY, actor_id TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE p_admitted (device_id TEXT PRIMARY KEY, content TEXT NOT NULL);
CREATE TABLE exchange (
    exchange_id TEXT PRIMARY KEY,
    direction TEXT NOT NULL,
    at TEXT NOT NULL,
    device TEXT NOT NULL,
    content TEXT NOT NULL
);
",
];

/// Migrations of the profile's database.
pub(crate) const PROFILE: &[&str] = &[
    r"
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE known_case (case_id TEXT PRIMARY KEY, name TEXT NOT NULL, process_code TEXT, created_at TEXT NOT NULL, opened_at TEXT NOT NULL);
",
    r"
CREATE TABLE example (
    example_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    begins INTEGER NOT NULL,
    made_on TEXT NOT NULL,
    origin TEXT NOT NULL,
    was TEXT NOT NULL,
    batch TEXT NOT NULL,
    active INTEGER NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX example_by_batch ON example (batch);
CREATE TABLE recognised (input TEXT PRIMARY KEY, month TEXT NOT NULL, pages INTEGER NOT NULL, abstained INTEGER NOT NULL, by_example INTEGER NOT NULL);
",
    r"
CREATE TABLE measured_document (
    models TEXT NOT NULL,
    document TEXT NOT NULL,
    kind TEXT NOT NULL,
    said TEXT NOT NULL,
    sure INTEGER NOT NULL,
    limits INTEGER,
    PRIMARY KEY (models, document)
);
CREATE TABLE measured_field (
    models TEXT NOT NULL,
    document TEXT NOT NULL,
    field TEXT NOT NULL,
    stated INTEGER NOT NULL,
    right_ INTEGER NOT NULL,
    wrong INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    sure_right INTEGER NOT NULL,
    sure_wrong INTEGER NOT NULL,
    PRIMARY KEY (models, document, field)
);
CREATE TABLE field_example (
    example_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    field TEXT NOT NULL,
    made_on TEXT NOT NULL,
    origin TEXT NOT NULL,
    batch TEXT NOT NULL,
    active INTEGER NOT NULL,
    content TEXT NOT NULL
);
CREATE INDEX field_example_by_batch ON field_example (batch);
",
    r"
CREATE TABLE memory_case (
    case_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    papers INTEGER NOT NULL,
    at TEXT NOT NULL,
    refused INTEGER NOT NULL
);
CREATE INDEX memory_case_by_entity ON memory_case (entity);
CREATE TABLE memory_paper (
    case_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE INDEX memory_paper_by_kind ON memory_paper (kind, case_id);
",
];

/// Describes how the databases are opened: encrypted, write-ahead log, every commit on the disk before it counts.
pub(crate) fn options(path: &Path, key: &Key) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .pragma("key", key.pragma().as_str().to_owned())
        .filename(path)
        .create_if_missing(false)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        // A log of statements would carry the key.
        .disable_statement_logging()
}

/// Brings a database to the newest version; refuses one that a newer program wrote.
pub(crate) async fn migrate(
    connection: &mut SqliteConnection,
    migrations: &'static [&'static str],
) -> Result<(), StoreError> {
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    let found: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *transaction).await?;
    if found > known {
        return Err(StoreError::NewerSchema { found, known });
    }
    for migration in migrations.iter().skip(usize::try_from(found).unwrap_or(0)) {
        sqlx::raw_sql(*migration).execute(&mut *transaction).await?;
    }
    if found < known {
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {known}")))
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    Ok(())
}
