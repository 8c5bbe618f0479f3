//! A case goes to a colleague: whole, for a machine that does not have it, or what came since it went.

use crate::contents::{
    CASE_KEY, DerivedRow, EVENTS, MANIFEST, Manifest, ORIGINAL, PackageKind, TEXT, TextRow, close,
    hashes_named,
};
use crate::derived;
use crate::exchange::{self, Direction, Exchange};
use crate::files::blocking;
use crate::log::{self, ChainHead};
use crate::package::PackageWriter;
use crate::{Case, DerivedKey, Event, EventPayload, StoreError, custody};
use cotejo_domain::{ActorId, DeviceId, FileHash};
use sqlx::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Events of one record.
const AT_ONCE: usize = 500;
/// Pieces of machine output that are held at once.
const ROWS_AT_ONCE: usize = 64;

/// Tells what was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What it is for.
    pub kind: PackageKind,
    /// SHA-256 of the file.
    pub sha256: FileHash,
    /// Its length in bytes.
    pub size: u64,
    /// Acts in it.
    pub events: u64,
    /// Individual verdicts among them.
    pub verdicts: u64,
    /// Originals in it.
    pub originals: u64,
    /// Where the chains stand.
    pub heads: Vec<ChainHead>,
    /// Fingerprint of the device that signed it.
    pub fingerprint: String,
}

/// Whether an act is a verdict of a member.
pub(crate) fn is_verdict(payload: &EventPayload) -> bool {
    matches!(payload, EventPayload::Decided { .. })
}

impl Case {
    /// Writes the case, or what came since it went, into one file under a password.
    ///
    /// Machine output goes along, signed like the rest by this device: reading forty bids again takes hours, and answers of registries cannot be
    /// had twice. Whoever doubts it has the files read again.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when this device may not send it or there is nothing new; [`StoreError::Package`] for a password that is too
    /// short; when a file cannot be read or written.
    pub async fn send(
        &self,
        author: ActorId,
        path: &Path,
        password: &str,
        kind: PackageKind,
    ) -> Result<Sent, StoreError> {
        let holds = self.holds().await?;
        match kind {
            PackageKind::Case if !holds => {
                return Err(StoreError::Precondition { reason: "store.only_holder_sends" });
            }
            PackageKind::News if !self.may_write(author).await? => {
                return Err(StoreError::Precondition { reason: "store.no_seat" });
            }
            _ => {}
        }
        let name = self.state().await?.name;
        let base = match kind {
            PackageKind::Case => BTreeMap::new(),
            PackageKind::News => self.known_elsewhere(holds).await?,
        };
        let (events, heads, there) = self.events_since(&base).await?;
        if events.is_empty() {
            return Err(StoreError::Precondition { reason: "store.nothing_new" });
        }
        let mut hashes = BTreeSet::new();
        let mut verdicts = 0;
        for event in &events {
            hashes_named(event.payload.as_deref().unwrap_or_default(), &mut hashes);
            verdicts += u64::from(event.payload()?.as_ref().is_some_and(is_verdict));
        }
        // A verdict names the files it rests on: those went with the case.
        hashes.retain(|hash| !there.contains(hash));
        let originals = self.originals.clone();
        let hashes = blocking(move || {
            if kind == PackageKind::Case {
                hashes.extend(originals.all()?);
            }
            hashes.retain(|hash| originals.has(*hash));
            Ok(hashes)
        })
        .await?;
        let manifest = Manifest {
            form: 1,
            kind,
            case: self.id(),
            name,
            device: self.device.id,
            actor: author,
            made_at: self.ports().clock.now(),
            heads: heads.clone(),
            events: events.len() as u64,
            originals: hashes.len() as u64,
        };
        let writer = self.begin_package(path, password, &manifest, &events, &hashes).await?;
        let writer = self.write_derived(writer, kind, &hashes).await?;
        let key = self.device.key.clone();
        let (sha256, size) = blocking(move || close(writer, &key)).await?;
        let sent = Sent {
            kind,
            sha256,
            size,
            events: manifest.events,
            verdicts,
            originals: manifest.originals,
            heads,
            fingerprint: custody::fingerprint(&self.device.describe(author).public_key),
        };
        let row = Exchange {
            direction: Direction::Sent,
            kind,
            at: manifest.made_at,
            device: self.device.id,
            actor: author,
            file: file_name(path),
            sha256,
            events: sent.events,
            verdicts,
            originals: sent.originals,
            heads: sent.heads.clone(),
        };
        exchange::put(&mut *self.writer().await, self.ports().uuid(), &row).await?;
        Ok(sent)
    }

    // What the other side surely has: for whoever holds the case, what it was when it first went; for others, what they received.
    async fn known_elsewhere(&self, holds: bool) -> Result<BTreeMap<DeviceId, u64>, StoreError> {
        let wanted = if holds { Direction::Sent } else { Direction::Received };
        let whole = |one: &&Exchange| one.direction == wanted && one.kind == PackageKind::Case;
        let exchanges = self.exchanges().await?;
        let first = exchanges.iter().find(whole);
        let mut base: BTreeMap<DeviceId, u64> = first
            .into_iter()
            .flat_map(|one| one.heads.iter().map(|head| (head.device, head.count)))
            .collect();
        if !holds {
            // Whoever holds the case said in the last package how much of this device is there.
            let holder = self.holder().await?;
            let last = exchanges
                .iter()
                .rfind(|one| one.direction == Direction::Joined && Some(one.device) == holder);
            for head in last.into_iter().flat_map(|one| &one.heads) {
                base.insert(head.device, head.count);
            }
        }
        Ok(base)
    }

    async fn events_since(
        &self,
        base: &BTreeMap<DeviceId, u64>,
    ) -> Result<(Vec<Event>, Vec<ChainHead>, BTreeSet<FileHash>), StoreError> {
        let mut reader = self.reader().await?;
        let mut snapshot = reader.begin().await?;
        let rows = log::in_causal_order(&mut snapshot).await?;
        let heads = log::heads(&mut snapshot).await?;
        snapshot.rollback().await?;
        let heads =
            heads.into_iter().map(|(device, head)| ChainHead { device, count: head.seq, head: head.hash });
        let (mut events, mut there) = (Vec::new(), BTreeSet::new());
        for row in rows {
            let broken = || StoreError::BrokenLog { detail: format!("position {}", row.position) };
            let device: DeviceId = row.device_id.parse().map_err(|_| broken())?;
            let known = base.get(&device).copied().unwrap_or(0);
            if u64::try_from(row.seq).unwrap_or(0) > known {
                events.push(row.event().ok_or_else(broken)?);
            } else {
                hashes_named(row.payload.as_deref().unwrap_or_default(), &mut there);
            }
        }
        Ok((events, heads.collect(), there))
    }

    async fn begin_package(
        &self,
        path: &Path,
        password: &str,
        manifest: &Manifest,
        events: &[Event],
        hashes: &BTreeSet<FileHash>,
    ) -> Result<PackageWriter, StoreError> {
        let key = (manifest.kind == PackageKind::Case).then(|| self.key.clone());
        let head = serde_json::to_vec(manifest)?;
        let batches: Vec<Vec<u8>> =
            events.chunks(AT_ONCE).map(serde_json::to_vec).collect::<Result<_, _>>()?;
        let (path, password) = (path.to_path_buf(), zeroize::Zeroizing::new(password.to_owned()));
        let (salt, originals, hashes) = (self.ports().random(), self.originals.clone(), hashes.clone());
        blocking(move || {
            let mut writer = PackageWriter::begin(&path, &password, salt)?;
            writer.record(MANIFEST, &head)?;
            if let Some(key) = key {
                writer.record(CASE_KEY, key.bytes())?;
            }
            for batch in batches {
                writer.record(EVENTS, &batch)?;
            }
            for hash in hashes {
                // As they rest: sealed with the case's key, proven where they arrive.
                writer.record_file(ORIGINAL, &hash.0, &originals.sealed_file(hash))?;
            }
            Ok(writer)
        })
        .await
    }

    async fn write_derived(
        &self,
        mut writer: PackageWriter,
        kind: PackageKind,
        hashes: &BTreeSet<FileHash>,
    ) -> Result<PackageWriter, StoreError> {
        let mut reader = self.reader().await?;
        let sealed: Vec<String> =
            sqlx::query_scalar("SELECT hash FROM p_file WHERE sealed = 1").fetch_all(&mut *reader).await?;
        let goes = |input: &FileHash| {
            !sealed.contains(&input.to_string()) && (kind == PackageKind::Case || hashes.contains(input))
        };
        let rows: Vec<(String, String, String, String, String)> = sqlx::query_as(
            "SELECT input, producer, version, parameters, made_at FROM derived
             ORDER BY input, producer, version, parameters",
        )
        .fetch_all(&mut *reader)
        .await?;
        let mut keys = Vec::new();
        for (input, producer, version, parameters, made_at) in rows {
            if let Some(input) = input.parse().ok().filter(&goes) {
                keys.push((DerivedKey { input, producer, version, parameters }, made_at));
            }
        }
        for some in keys.chunks(ROWS_AT_ONCE) {
            let mut batch = Vec::with_capacity(some.len());
            for (key, made_at) in some {
                if let Some(content) = derived::get(&mut reader, key).await? {
                    batch.push(DerivedRow { key: key.clone(), made_at: made_at.clone(), content });
                }
            }
            writer = blocking(move || {
                batch.iter().try_for_each(|row| row.write(&mut writer))?;
                Ok(writer)
            })
            .await?;
        }
        let texts: Vec<(String, i64, String)> =
            sqlx::query_as("SELECT file, page, text FROM page_text ORDER BY file, page")
                .fetch_all(&mut *reader)
                .await?;
        let mut rows = Vec::new();
        for pages in texts.chunk_by(|one, other| one.0 == other.0) {
            let file = pages.first().and_then(|(file, ..)| file.parse().ok());
            if let Some(file) = file.filter(&goes) {
                let pages =
                    pages.iter().map(|(_, page, text)| (u32::try_from(*page).unwrap_or(0), text.clone()));
                rows.push(TextRow { file, pages: pages.collect() });
            }
        }
        blocking(move || {
            for row in rows {
                writer.record(TEXT, &serde_json::to_vec(&row)?)?;
            }
            Ok(writer)
        })
        .await
    }
}

/// Returns the name of a file without its folder.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
