//! The log of a case: recording, proving, recomputing.

use crate::admission::{admit, admit_device};
use crate::event::{ClockSource, Disagreement, Event, EventHeader, HybridClock, SeenHead, verifying_key};
use crate::profile::DeviceIdentity;
use crate::projection::{self, TABLES, table_hash, text};
use crate::{EVENT_SCHEMA, EventPayload, Ports, StoreError};
use cotejo_domain::{ActorId, CaseId, DeviceId, EventId, FileHash};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use std::collections::BTreeMap;

/// Holds the head of one device's chain: printed in actas, so that a log cut short shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainHead {
    /// The device.
    pub device: DeviceId,
    /// How many events it recorded.
    pub count: u64,
    /// Hash of the last.
    pub head: FileHash,
}

/// Tells what in a log does not agree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum LogProblem {
    /// The event's content was changed after it was signed.
    Edited {
        /// The device.
        device: DeviceId,
        /// Its event.
        seq: u64,
    },
    /// The signature is not of the device that the event names.
    ForeignSignature {
        /// The device.
        device: DeviceId,
        /// Its event.
        seq: u64,
    },
    /// Events are missing before this one.
    Gap {
        /// The device.
        device: DeviceId,
        /// The event that should follow.
        expected: u64,
        /// The event that does.
        found: u64,
    },
    /// The event does not follow the one before it.
    BrokenChain {
        /// The device.
        device: DeviceId,
        /// Its event.
        seq: u64,
    },
    /// The device's first event does not enrol it, so its key is unknown.
    UnknownDevice {
        /// The device.
        device: DeviceId,
    },
    /// The log ends before a head that was printed, or does not contain it. Seen only against such a head.
    Truncated {
        /// The device.
        device: DeviceId,
        /// Count that was printed.
        expected: u64,
        /// Count that is there.
        found: u64,
    },
    /// An event cannot be read.
    Unreadable {
        /// Its place in the table.
        position: i64,
    },
}

/// Holds the result of a verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogReport {
    /// How many events there are.
    pub events: u64,
    /// How many have had their content erased; their headers still verify.
    pub erased: u64,
    /// The heads of the chains.
    pub heads: Vec<ChainHead>,
    /// What does not agree; empty when everything does.
    pub problems: Vec<LogProblem>,
}

impl LogReport {
    /// Tells whether everything agrees.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Compares one projection before and after it was recomputed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RebuiltTable {
    /// Name of the table.
    pub table: String,
    /// Rows before.
    pub rows_before: u64,
    /// Rows after.
    pub rows_after: u64,
    /// Hash of all rows before.
    pub before: FileHash,
    /// Hash of all rows after.
    pub after: FileHash,
}

/// Holds the result of recomputing the projections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RebuildReport {
    /// Every projection.
    pub tables: Vec<RebuiltTable>,
}

impl RebuildReport {
    /// Tells whether every projection was what its events say.
    #[must_use]
    pub fn identical(&self) -> bool {
        self.tables.iter().all(|table| table.before == table.after)
    }

    /// Names the projections that were not what their events say.
    #[must_use]
    pub fn differing(&self) -> Vec<&str> {
        self.tables
            .iter()
            .filter(|table| table.before != table.after)
            .map(|table| table.table.as_str())
            .collect()
    }
}

/// Tells what was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Identifier of the event.
    pub event: EventId,
    /// Its number in the device's chain.
    pub seq: u64,
    /// Its hash.
    pub hash: FileHash,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Returns the heads of all chains, by device.
pub(crate) async fn heads(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<DeviceId, SeenHead>, StoreError> {
    let rows: Vec<(String, i64, String)> = sqlx::query_as(
        "SELECT e.device_id, e.seq, e.hash FROM events AS e
         JOIN (SELECT device_id, MAX(seq) AS seq FROM events GROUP BY device_id) AS last
         ON last.device_id = e.device_id AND last.seq = e.seq ORDER BY e.device_id",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|(device, seq, hash)| {
            let broken = || StoreError::BrokenLog { detail: format!("{device} {seq}") };
            let head = SeenHead {
                seq: u64::try_from(seq).map_err(|_| broken())?,
                hash: hash.parse().map_err(|_| broken())?,
            };
            Ok((device.parse().map_err(|_| broken())?, head))
        })
        .collect()
}

/// Records one event and applies it, within the caller's transaction.
pub(crate) async fn record(
    connection: &mut SqliteConnection,
    ports: &Ports,
    case: CaseId,
    device: &DeviceIdentity,
    author: ActorId,
    payload: &EventPayload,
) -> Result<Recorded, StoreError> {
    // What is stored is what is applied: the value after a round trip through its canonical text.
    let content = text(payload)?;
    let payload: EventPayload = projection::parse(&content)?;
    admit_device(connection, device.id, author, &payload).await?;
    let supersedes = admit(connection, author, &payload).await?;
    let mut seen = heads(connection).await?;
    let own = seen.remove(&device.id);
    let newest: Option<(i64, i64)> = sqlx::query_as(
        "SELECT clock_wall, clock_counter FROM events ORDER BY clock_wall DESC, clock_counter DESC LIMIT 1",
    )
    .fetch_optional(&mut *connection)
    .await?;
    let newest = newest.map_or_else(HybridClock::default, |(wall, counter)| HybridClock {
        wall,
        counter: u32::try_from(counter).unwrap_or(u32::MAX),
    });
    let now = ports.clock.now();
    let header = EventHeader {
        event_id: EventId(ports.uuid()),
        case_id: case,
        lot_id: payload.lot(),
        author_id: author,
        device_id: device.id,
        seq: own.map_or(1, |head| head.seq + 1),
        prev_hash: own.map(|head| head.hash),
        seen,
        clock: newest.next(now.as_millisecond()),
        recorded_at: now,
        clock_source: ClockSource::Device,
        kind: payload.kind().into(),
        schema_version: EVENT_SCHEMA,
        subject_id: payload.subject(),
        supersedes,
    };
    let event = Event::sign(&header, content, ports.random(), &device.key)?;
    insert(connection, &header, &event).await?;
    projection::apply(connection, event.hash, &payload).await?;
    Ok(Recorded { event: header.event_id, seq: header.seq, hash: event.hash, at: now })
}

/// Writes an event's row.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    header: &EventHeader,
    event: &Event,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO events (event_id, device_id, seq, clock_wall, clock_counter, hash, header, commitment, salt, payload, signature)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )
    .bind(header.event_id.to_string())
    .bind(header.device_id.to_string())
    .bind(i64::try_from(header.seq).unwrap_or(i64::MAX))
    .bind(header.clock.wall)
    .bind(i64::from(header.clock.counter))
    .bind(event.hash.to_string())
    .bind(&event.header)
    .bind(&event.commitment)
    .bind(&event.salt)
    .bind(&event.payload)
    .bind(&event.signature)
    .execute(connection)
    .await?;
    Ok(())
}

/// Holds an event's row as it stands in the table.
pub(crate) struct EventRow {
    pub(crate) position: i64,
    pub(crate) device_id: String,
    pub(crate) seq: i64,
    pub(crate) clock_wall: i64,
    pub(crate) clock_counter: i64,
    pub(crate) hash: String,
    pub(crate) header: String,
    pub(crate) commitment: String,
    pub(crate) salt: Option<String>,
    pub(crate) payload: Option<String>,
    pub(crate) signature: String,
}

impl sqlx::FromRow<'_, SqliteRow> for EventRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            position: row.try_get("position")?,
            device_id: row.try_get("device_id")?,
            seq: row.try_get("seq")?,
            clock_wall: row.try_get("clock_wall")?,
            clock_counter: row.try_get("clock_counter")?,
            hash: row.try_get("hash")?,
            header: row.try_get("header")?,
            commitment: row.try_get("commitment")?,
            salt: row.try_get("salt")?,
            payload: row.try_get("payload")?,
            signature: row.try_get("signature")?,
        })
    }
}

impl EventRow {
    /// Returns the event, or `None` when its hash is no hash.
    pub(crate) fn event(&self) -> Option<Event> {
        Some(Event {
            header: self.header.clone(),
            commitment: self.commitment.clone(),
            salt: self.salt.clone(),
            payload: self.payload.clone(),
            hash: self.hash.parse().ok()?,
            signature: self.signature.clone(),
        })
    }
}

const COLUMNS: &str =
    "position, device_id, seq, clock_wall, clock_counter, hash, header, commitment, salt, payload, signature";

/// Returns every event, in an order that is the same on every machine: causal, ties by hash.
pub(crate) async fn in_causal_order(connection: &mut SqliteConnection) -> Result<Vec<EventRow>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM events ORDER BY clock_wall, clock_counter, hash");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(connection).await?)
}

/// Returns every event, device by device, in the order of its number.
pub(crate) async fn by_device(connection: &mut SqliteConnection) -> Result<Vec<EventRow>, StoreError> {
    let query = format!("SELECT {COLUMNS} FROM events ORDER BY device_id, seq, position");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(connection).await?)
}

/// Verifies every chain; `printed` are heads known from signed actas.
pub(crate) async fn verify(
    connection: &mut SqliteConnection,
    case: CaseId,
    printed: &[ChainHead],
) -> Result<LogReport, StoreError> {
    let rows = by_device(connection).await?;
    let mut report =
        LogReport { events: rows.len() as u64, erased: 0, heads: Vec::new(), problems: Vec::new() };
    for chain in rows.chunk_by(|a, b| a.device_id == b.device_id) {
        verify_chain(case, chain, &mut report);
    }
    for printed in printed {
        let found = report.heads.iter().find(|head| head.device == printed.device);
        let count = found.map_or(0, |head| head.count);
        let present = rows.iter().any(|row| {
            row.device_id == printed.device.to_string()
                && u64::try_from(row.seq) == Ok(printed.count)
                && row.hash == printed.head.to_string()
        });
        if !present {
            report.problems.push(LogProblem::Truncated {
                device: printed.device,
                expected: printed.count,
                found: count,
            });
        }
    }
    Ok(report)
}

fn verify_chain(case: CaseId, chain: &[EventRow], report: &mut LogReport) {
    let Some(first) = chain.first() else { return };
    let Ok(device) = first.device_id.parse::<DeviceId>() else {
        report.problems.push(LogProblem::Unreadable { position: first.position });
        return;
    };
    let enrolled =
        first.event().and_then(|event| event.payload().ok().flatten()).and_then(|payload| match payload {
            EventPayload::DeviceAdded { device: added } if added.id == device && first.seq == 1 => {
                verifying_key(&added.public_key)
            }
            _ => None,
        });
    let Some(key) = enrolled else {
        report.problems.push(LogProblem::UnknownDevice { device });
        return;
    };
    let mut before: Option<(u64, FileHash)> = None;
    for row in chain {
        let seq = u64::try_from(row.seq).unwrap_or(0);
        let Some((event, header)) =
            row.event().and_then(|event| event.header().ok().map(|header| (event, header)))
        else {
            report.problems.push(LogProblem::Unreadable { position: row.position });
            continue;
        };
        match event.check(&key) {
            Ok(()) => {}
            Err(Disagreement::Signature) => {
                report.problems.push(LogProblem::ForeignSignature { device, seq })
            }
            Err(Disagreement::Hash | Disagreement::Commitment) => {
                report.problems.push(LogProblem::Edited { device, seq });
            }
        }
        // The columns serve searching; they must say what the signed header says.
        let columns_agree = header.device_id == device
            && header.seq == seq
            && header.case_id == case
            && header.clock.wall == row.clock_wall
            && i64::from(header.clock.counter) == row.clock_counter;
        if !columns_agree {
            report.problems.push(LogProblem::Edited { device, seq });
        }
        report.erased += u64::from(event.payload.is_none());
        let expected = before.map_or(1, |(seq, _)| seq + 1);
        if seq != expected {
            report.problems.push(LogProblem::Gap { device, expected, found: seq });
        } else if header.prev_hash != before.map(|(_, hash)| hash) {
            report.problems.push(LogProblem::BrokenChain { device, seq });
        }
        before = Some((seq, event.hash));
    }
    if let Some((_, head)) = before {
        report.heads.push(ChainHead { device, count: chain.len() as u64, head });
    }
}

/// Recomputes every projection from the events within the caller's transaction.
pub(crate) async fn rebuild(connection: &mut SqliteConnection) -> Result<RebuildReport, StoreError> {
    let mut before = Vec::new();
    for (table, order) in TABLES {
        before.push(table_hash(connection, table, order).await?);
    }
    projection::clear(connection).await?;
    for row in in_causal_order(connection).await? {
        let event = row
            .event()
            .ok_or_else(|| StoreError::BrokenLog { detail: format!("position {}", row.position) })?;
        if let Some(payload) = event.payload()? {
            projection::apply(connection, event.hash, &payload).await?;
        }
    }
    let mut tables = Vec::new();
    for ((table, order), (hash_before, rows_before)) in TABLES.iter().zip(before) {
        let (after, rows_after) = table_hash(connection, table, order).await?;
        tables.push(RebuiltTable {
            table: (*table).into(),
            rows_before,
            rows_after,
            before: hash_before,
            after,
        });
    }
    Ok(RebuildReport { tables })
}

impl LogProblem {
    /// Says what does not agree, in Spanish.
    #[must_use]
    pub fn message(&self) -> String {
        let (key, device, number, expected) = match self {
            Self::Edited { device, seq } => ("store.log.edited", Some(device), seq.to_string(), None),
            Self::ForeignSignature { device, seq } => {
                ("store.log.foreign_signature", Some(device), seq.to_string(), None)
            }
            Self::Gap { device, expected, found } => {
                ("store.log.gap", Some(device), found.to_string(), Some(expected))
            }
            Self::BrokenChain { device, seq } => {
                ("store.log.broken_chain", Some(device), seq.to_string(), None)
            }
            Self::UnknownDevice { device } => ("store.log.unknown_device", Some(device), String::new(), None),
            Self::Truncated { device, expected, found } => {
                ("store.log.truncated", Some(device), found.to_string(), Some(expected))
            }
            Self::Unreadable { position } => ("store.log.unreadable", None, position.to_string(), None),
        };
        let device = device.map(ToString::to_string).unwrap_or_default();
        let expected = expected.map(ToString::to_string).unwrap_or_default();
        cotejo_catalogue::message(key, &[("equipo", &device), ("numero", &number), ("esperado", &expected)])
    }
}
