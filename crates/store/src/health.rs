//! Looking after a case: what `cotejo diagnostico` shows.

use crate::{Case, Profile, StoreError};
use cotejo_domain::FileHash;
use serde::{Deserialize, Serialize};

/// Names the engine that keeps the cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engine {
    /// Version of SQLite.
    pub sqlite: String,
    /// Version of SQLCipher.
    pub sqlcipher: String,
    /// Newest form of a case that this program knows.
    pub case_schema: u64,
}

/// Holds the state of a case's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Health {
    /// What SQLite and SQLCipher object to in the database; empty when nothing.
    pub database: Vec<String>,
    /// Originals that are recorded, as far as they were looked at.
    pub originals: u64,
    /// Originals that are recorded and not there, or damaged.
    pub damaged: Vec<FileHash>,
}

impl Health {
    /// Tells whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.database.is_empty() && self.damaged.is_empty()
    }
}

impl Profile {
    /// Names the engine.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn engine(&self) -> Result<Engine, StoreError> {
        let mut database = self.database().await;
        Ok(Engine {
            sqlite: sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut *database).await?,
            sqlcipher: sqlx::query_scalar("PRAGMA cipher_version").fetch_one(&mut *database).await?,
            case_schema: crate::schema::CASE.len() as u64,
        })
    }
}

impl Case {
    /// Checks every page of the database and every recorded original. Takes as long as reading them all.
    ///
    /// # Errors
    /// When the database fails altogether.
    pub async fn inspect(&self) -> Result<Health, StoreError> {
        let mut reader = self.reader().await?;
        let mut database: Vec<String> =
            sqlx::query_scalar("PRAGMA cipher_integrity_check").fetch_all(&mut *reader).await?;
        let structure: Vec<String> =
            sqlx::query_scalar("PRAGMA integrity_check").fetch_all(&mut *reader).await?;
        database.extend(structure.into_iter().filter(|line| line != "ok"));
        let hashes: Vec<String> = sqlx::query_scalar("SELECT DISTINCT hash FROM p_file ORDER BY hash")
            .fetch_all(&mut *reader)
            .await?;
        drop(reader);
        let mut health = Health { database, originals: 0, damaged: Vec::new() };
        for hash in hashes.iter().filter_map(|hash| hash.parse::<FileHash>().ok()) {
            health.originals += 1;
            // A sealed original is proven whole without its content being handed out.
            if self.prove_original(hash).await.is_err() {
                health.damaged.push(hash);
            }
        }
        Ok(health)
    }
}
