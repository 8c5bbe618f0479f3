//! Machine output: kept by what it was made from and by whom, replaceable, never an event. And the state of imports.

use crate::StoreError;
use cotejo_domain::FileHash;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, SqliteConnection};
use std::io::{Read, Write};

/// Largest unpacked derivation, as a limit against a damaged database.
const LARGEST: u64 = 1024 * 1024 * 1024;

/// Names one derivation. A hash alone would mix the output of two versions.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DerivedKey {
    /// SHA-256 of the input: a file, or the canonical form of several inputs.
    pub input: FileHash,
    /// Who made it: `lectura`, `reconocimiento`, `propuestas`.
    pub producer: String,
    /// Version of the producer, models included.
    pub version: String,
    /// Whatever else changes the output; empty when nothing does.
    pub parameters: String,
}

/// Packs JSON: the reading of a long file is some ten megabytes of it.
pub(crate) fn pack(text: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let packed = encoder.write_all(text).and_then(|()| encoder.finish());
    packed.map_err(StoreError::file("packing", "derived"))
}

/// Unpacks what [`pack`] wrote.
pub(crate) fn unpack(packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut text = Vec::new();
    ZlibDecoder::new(packed)
        .take(LARGEST)
        .read_to_end(&mut text)
        .map_err(|error| StoreError::BrokenLog { detail: format!("derived: {error}") })?;
    Ok(text)
}

pub(crate) async fn put(
    connection: &mut SqliteConnection,
    key: &DerivedKey,
    packed: Vec<u8>,
    now: jiff::Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO derived (input, producer, version, parameters, made_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (input, producer, version, parameters) DO UPDATE SET made_at = excluded.made_at, content = excluded.content",
    )
    .bind(key.input.to_string())
    .bind(&key.producer)
    .bind(&key.version)
    .bind(&key.parameters)
    .bind(now.to_string())
    .bind(packed)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn get(
    connection: &mut SqliteConnection,
    key: &DerivedKey,
) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT content FROM derived WHERE input = ?1 AND producer = ?2 AND version = ?3 AND parameters = ?4",
    )
    .bind(key.input.to_string())
    .bind(&key.producer)
    .bind(&key.version)
    .bind(&key.parameters)
    .fetch_optional(connection)
    .await?)
}

pub(crate) async fn parameters(
    connection: &mut SqliteConnection,
    input: FileHash,
    producer: &str,
    version: &str,
) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT parameters FROM derived WHERE input = ?1 AND producer = ?2 AND version = ?3",
    )
    .bind(input.to_string())
    .bind(producer)
    .bind(version)
    .fetch_all(connection)
    .await?)
}

pub(crate) async fn remove(
    connection: &mut SqliteConnection,
    input: FileHash,
    producer: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM derived WHERE input = ?1 AND producer = ?2")
        .bind(input.to_string())
        .bind(producer)
        .execute(connection)
        .await?;
    Ok(())
}

/// Tells how far one file of an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    /// Nothing was done yet.
    Waiting,
    /// Stored among the originals; not read yet.
    Stored,
    /// Read and recognised.
    Done,
    /// Could not be read; the message says why.
    Failed,
}

impl ImportStatus {
    fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Stored => "stored",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    fn named(name: &str) -> Self {
        match name {
            "stored" => Self::Stored,
            "done" => Self::Done,
            "failed" => Self::Failed,
            _ => Self::Waiting,
        }
    }
}

/// Describes one file of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportItem {
    /// Path within the source.
    pub path: String,
    /// How far it is.
    pub status: ImportStatus,
    /// Its hash, once it is stored.
    pub file: Option<FileHash>,
    /// Why it failed.
    pub message: String,
}

/// Describes an import that can be taken up again after a crash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportJob {
    /// Identifier.
    pub id: uuid::Uuid,
    /// Where the files come from: a path, for people and for taking it up again.
    pub source: String,
    /// When it began.
    pub begun_at: jiff::Timestamp,
    /// Its files, in order of path.
    pub items: Vec<ImportItem>,
}

pub(crate) async fn begin_import(
    connection: &mut SqliteConnection,
    job: &ImportJob,
) -> Result<(), StoreError> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    sqlx::query("INSERT INTO import_job (job_id, source, begun_at) VALUES (?1, ?2, ?3) ON CONFLICT (job_id) DO NOTHING")
        .bind(job.id.to_string())
        .bind(&job.source)
        .bind(job.begun_at.to_string())
        .execute(&mut *transaction)
        .await?;
    for item in &job.items {
        set_item(&mut transaction, job.id, item).await?;
    }
    transaction.commit().await?;
    Ok(())
}

pub(crate) async fn set_item(
    connection: &mut SqliteConnection,
    job: uuid::Uuid,
    item: &ImportItem,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO import_item (job_id, path, status, file, message) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (job_id, path) DO UPDATE SET status = excluded.status, file = excluded.file, message = excluded.message",
    )
    .bind(job.to_string())
    .bind(&item.path)
    .bind(item.status.name())
    .bind(item.file.map(|file| file.to_string()))
    .bind(&item.message)
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn end_import(
    connection: &mut SqliteConnection,
    job: uuid::Uuid,
    now: jiff::Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE import_job SET ended_at = ?2 WHERE job_id = ?1")
        .bind(job.to_string())
        .bind(now.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn unfinished_imports(
    connection: &mut SqliteConnection,
) -> Result<Vec<ImportJob>, StoreError> {
    let jobs: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT job_id, source, begun_at FROM import_job WHERE ended_at IS NULL ORDER BY begun_at, job_id",
    )
    .fetch_all(&mut *connection)
    .await?;
    let broken = |what: &str| StoreError::BrokenLog { detail: format!("import {what}") };
    let mut imports = Vec::new();
    for (id, source, begun_at) in jobs {
        let rows: Vec<(String, String, Option<String>, String)> = sqlx::query_as(
            "SELECT path, status, file, message FROM import_item WHERE job_id = ?1 ORDER BY path",
        )
        .bind(&id)
        .fetch_all(&mut *connection)
        .await?;
        let items = rows
            .into_iter()
            .map(|(path, status, file, message)| ImportItem {
                path,
                status: ImportStatus::named(&status),
                file: file.and_then(|file| file.parse().ok()),
                message,
            })
            .collect();
        imports.push(ImportJob {
            id: id.parse().map_err(|_| broken(&id))?,
            source,
            begun_at: begun_at.parse().map_err(|_| broken(&id))?,
            items,
        });
    }
    Ok(imports)
}
