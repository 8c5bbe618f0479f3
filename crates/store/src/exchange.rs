//! What was sent, received and joined on this machine: for the person to look up. It is of this machine alone, and no act of the case.

use crate::log::ChainHead;
use crate::{Case, PackageKind, StoreError};
use cotejo_domain::{ActorId, DeviceId, FileHash};
use serde::{Deserialize, Serialize};
use sqlx::SqliteConnection;

/// Tells which way a package went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It was written here.
    Sent,
    /// The case was made of it here.
    Received,
    /// Its acts were joined to the case here.
    Joined,
}

impl Direction {
    fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Joined => "joined",
        }
    }
}

/// Describes one package that went or came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// Which way.
    pub direction: Direction,
    /// A whole case, or what came since.
    pub kind: PackageKind,
    /// When, in UTC.
    pub at: jiff::Timestamp,
    /// The device that wrote it.
    pub device: DeviceId,
    /// The person, as the events of that device name them.
    pub actor: ActorId,
    /// Name of the file, without its folder.
    pub file: String,
    /// SHA-256 of the file.
    pub sha256: FileHash,
    /// Acts that it brought, or that were new here.
    pub events: u64,
    /// Individual verdicts among them.
    pub verdicts: u64,
    /// Originals that it brought, or that were new here.
    pub originals: u64,
    /// Where the chains stood at the sender's.
    pub heads: Vec<ChainHead>,
}

pub(crate) async fn put(
    connection: &mut SqliteConnection,
    id: uuid::Uuid,
    exchange: &Exchange,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO exchange (exchange_id, direction, at, device, content) VALUES (?1, ?2, ?3, ?4, ?5)",
    )
    .bind(id.to_string())
    .bind(exchange.direction.name())
    .bind(exchange.at.to_string())
    .bind(exchange.device.to_string())
    .bind(serde_json::to_string(exchange)?)
    .execute(connection)
    .await?;
    Ok(())
}

impl Case {
    /// Returns what went and came, the oldest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn exchanges(&self) -> Result<Vec<Exchange>, StoreError> {
        let rows: Vec<String> = sqlx::query_scalar("SELECT content FROM exchange ORDER BY exchange_id")
            .fetch_all(&mut *self.reader().await?)
            .await?;
        rows.iter().map(|row| Ok(serde_json::from_str(row)?)).collect()
    }
}
