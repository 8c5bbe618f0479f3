//! One case: recording, proof, originals, derivations, search.

use crate::derived::{self, DerivedKey, ImportItem, ImportJob};
use crate::event::Event;
use crate::files::{Lock, blocking, make_folder};
use crate::full_text::{Fts5, FullText, SearchHit};
use crate::keys::Key;
use crate::log::{self, ChainHead, LogReport, RebuildReport, Recorded};
use crate::originals::{OriginalReader, OriginalWriter, Originals};
use crate::profile::DeviceIdentity;
use crate::{EventPayload, FileOwner, PackReference, Ports, StoreError, schema};
use cotejo_domain::{ActorId, BidFile, CaseId, FileHash, Lot, Process};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{ConnectOptions, Connection, Sqlite, SqliteConnection, SqlitePool};
use std::path::{Path, PathBuf};
use tokio::sync::Mutex;
use zeroize::Zeroizing;

/// Says what a new case is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    /// Name for people.
    pub name: String,
    /// The process, as far as it is known.
    pub process: Process,
    /// Its lots: one by default.
    pub lots: Vec<Lot>,
    /// The rule pack it is judged by.
    pub pack: Option<PackReference>,
}

impl From<NewCase> for EventPayload {
    fn from(new: NewCase) -> Self {
        Self::CaseCreated { name: new.name, process: new.process, lots: new.lots, pack: new.pack }
    }
}

/// Holds one open case. Only one program has it at a time; within it, one writer and several readers.
pub struct Case {
    id: CaseId,
    folder: PathBuf,
    ports: Ports,
    pub(crate) device: DeviceIdentity,
    pub(crate) carrier_key: Key,
    /// The key itself, which only a whole case that is sent carries.
    pub(crate) key: Key,
    writer: Mutex<SqliteConnection>,
    readers: SqlitePool,
    pub(crate) originals: Originals,
    _lock: Lock,
}

/// Begins originals of one case, from any thread.
#[derive(Clone)]
pub struct Shelf {
    originals: Originals,
    ports: Ports,
}

impl Shelf {
    /// Begins an original whose bytes come piece by piece.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn begin(&self) -> Result<OriginalWriter, StoreError> {
        self.originals.writer(&self.ports)
    }
}

impl std::fmt::Debug for Case {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Case")
            .field("id", &self.id)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

impl Case {
    /// Makes the database in an existing folder.
    pub(crate) async fn make(
        id: CaseId,
        folder: PathBuf,
        key: &Key,
        ports: Ports,
        device: DeviceIdentity,
    ) -> Result<Self, StoreError> {
        make_folder(&folder.join("originales"))?;
        let options =
            schema::options(&folder.join("caso.db"), &key.derive("caso.db")).create_if_missing(true);
        let database = options.connect().await?;
        database.close().await?;
        Self::open(id, folder, key, ports, device).await
    }

    /// Takes the lock and opens the database.
    pub(crate) async fn open(
        id: CaseId,
        folder: PathBuf,
        key: &Key,
        ports: Ports,
        device: DeviceIdentity,
    ) -> Result<Self, StoreError> {
        let lock = Lock::take(&folder.join("caso.bloqueo"))?;
        let originals = Originals::new(folder.join("originales"), key);
        originals.sweep()?;
        let options = schema::options(&folder.join("caso.db"), &key.derive("caso.db"));
        let mut writer = options.connect().await?;
        schema::migrate(&mut writer, schema::CASE).await?;
        let readers =
            SqlitePoolOptions::new().max_connections(3).connect_lazy_with(options.pragma("query_only", "ON"));
        Ok(Self {
            id,
            ports,
            device,
            carrier_key: key.derive("lotes"),
            key: key.clone(),
            writer: Mutex::new(writer),
            readers,
            originals,
            folder,
            _lock: lock,
        })
    }

    /// Closes the case and lets other programs have it. Dropping does so too, but does not wait.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close().await;
        self.writer.into_inner().close().await?;
        Ok(())
    }

    /// Returns its identifier.
    #[must_use]
    pub fn id(&self) -> CaseId {
        self.id
    }

    /// Returns its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the ports.
    #[must_use]
    pub fn ports(&self) -> &Ports {
        &self.ports
    }

    pub(crate) async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    pub(crate) async fn writer(&self) -> tokio::sync::MutexGuard<'_, SqliteConnection> {
        self.writer.lock().await
    }

    /// Records one human act. When this returns, it is on the disk, and the projections show it.
    ///
    /// # Errors
    /// [`StoreError::Sealed`] when a signed acta states what it would change; [`StoreError::Precondition`] and
    /// [`StoreError::NotFound`] when it does not fit the state of the case.
    pub async fn record(&self, author: ActorId, payload: EventPayload) -> Result<Recorded, StoreError> {
        let recorded = self.record_all(author, vec![payload]).await?;
        recorded.into_iter().next().ok_or_else(|| StoreError::not_found("event"))
    }

    /// Records several acts in one transaction: all of them or none.
    ///
    /// # Errors
    /// As [`Case::record`]; nothing is recorded then.
    pub async fn record_all(
        &self,
        author: ActorId,
        payloads: Vec<EventPayload>,
    ) -> Result<Vec<Recorded>, StoreError> {
        let mut writer = self.writer.lock().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        let heads = log::heads(&mut transaction).await?;
        if !heads.contains_key(&self.device.id) {
            // Nobody is enrolled in silence: whoever received the case says first which seat is theirs.
            if !heads.is_empty() {
                return Err(StoreError::Precondition { reason: "store.no_seat" });
            }
            let added = EventPayload::DeviceAdded { device: self.device.describe(author) };
            log::record(&mut transaction, &self.ports, self.id, &self.device, author, &added).await?;
        }
        let mut recorded = Vec::with_capacity(payloads.len());
        for payload in &payloads {
            recorded.push(
                log::record(&mut transaction, &self.ports, self.id, &self.device, author, payload).await?,
            );
        }
        transaction.commit().await?;
        Ok(recorded)
    }

    /// Returns the heads and counts of all chains, to be printed in actas.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn log_heads(&self) -> Result<Vec<ChainHead>, StoreError> {
        let heads = log::heads(&mut *self.reader().await?).await?;
        Ok(heads
            .into_iter()
            .map(|(device, head)| ChainHead { device, count: head.seq, head: head.hash })
            .collect())
    }

    /// Verifies hashes, commitments, signatures and gaps of every chain. A log cut short at its end shows only against
    /// `printed`: heads that a signed acta states.
    ///
    /// # Errors
    /// When the database fails; what does not agree is in the report.
    pub async fn verify_log(&self, printed: &[ChainHead]) -> Result<LogReport, StoreError> {
        log::verify(&mut *self.reader().await?, self.id, printed).await
    }

    /// Recomputes every projection from the events and compares; nothing is changed.
    ///
    /// # Errors
    /// When the database fails or an event cannot be read.
    pub async fn compare_projections(&self) -> Result<RebuildReport, StoreError> {
        let mut writer = self.writer.lock().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        let report = log::rebuild(&mut transaction).await?;
        transaction.rollback().await?;
        Ok(report)
    }

    /// Recomputes every projection from the events and keeps the result: `cotejo caso reconstruir`.
    ///
    /// # Errors
    /// [`StoreError::BrokenLog`] when the log does not verify: nothing is rebuilt from events that were tampered with.
    pub async fn rebuild(&self) -> Result<RebuildReport, StoreError> {
        let mut writer = self.writer.lock().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        let proof = log::verify(&mut transaction, self.id, &[]).await?;
        if let Some(problem) = proof.problems.first() {
            return Err(StoreError::BrokenLog { detail: format!("{problem:?}") });
        }
        let report = log::rebuild(&mut transaction).await?;
        transaction.commit().await?;
        Ok(report)
    }

    /// Returns every event in causal order, for `cotejo bitacora exportar`.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn events(&self) -> Result<Vec<Event>, StoreError> {
        let rows = log::in_causal_order(&mut *self.reader().await?).await?;
        rows.iter()
            .map(|row| {
                row.event()
                    .ok_or_else(|| StoreError::BrokenLog { detail: format!("position {}", row.position) })
            })
            .collect()
    }

    /// Stores bytes among the originals, without any event: for papers the product made itself.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub async fn store_original(&self, bytes: Vec<u8>) -> Result<FileHash, StoreError> {
        let (originals, ports) = (self.originals.clone(), self.ports.clone());
        blocking(move || originals.put(&ports, &bytes)).await
    }

    /// Stores a file's bytes and records it.
    ///
    /// # Errors
    /// As [`Case::record`], and when the file cannot be written.
    pub async fn import_file(
        &self,
        author: ActorId,
        owner: FileOwner,
        path: &str,
        media_type: &str,
        sealed: bool,
        bytes: Vec<u8>,
    ) -> Result<BidFile, StoreError> {
        let size = bytes.len() as u64;
        let hash = self.store_original(bytes).await?;
        let file = BidFile { hash, path: path.into(), size, media_type: media_type.into(), sealed };
        self.record(author, EventPayload::FileImported { owner, file: file.clone() }).await?;
        Ok(file)
    }

    /// Tells whether an original is stored.
    #[must_use]
    pub fn has_original(&self, hash: FileHash) -> bool {
        self.originals.has(hash)
    }

    /// Returns the exact bytes of an original, proven by their hash.
    ///
    /// # Errors
    /// [`StoreError::DocumentSealed`] before its moment; [`StoreError::NotFound`]; [`StoreError::BrokenLog`] when it is damaged.
    pub async fn read_original(&self, hash: FileHash) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        self.refuse_sealed_document(hash).await?;
        let originals = self.originals.clone();
        blocking(move || originals.get(hash)).await
    }

    /// Opens an original to be read piece by piece: each piece is proven as it is read, by tags that are bound to the hash.
    ///
    /// # Errors
    /// As [`Case::read_original`]; a chunk that is damaged is an error of the read that meets it.
    pub async fn open_original(&self, hash: FileHash) -> Result<OriginalReader, StoreError> {
        self.refuse_sealed_document(hash).await?;
        let originals = self.originals.clone();
        blocking(move || originals.open(hash)).await
    }

    /// Returns what makes originals of bytes that come piece by piece; for threads that may wait for the disk.
    #[must_use]
    pub fn shelf(&self) -> Shelf {
        Shelf { originals: self.originals.clone(), ports: self.ports.clone() }
    }

    /// Proves an original by its hash, sealed or not, and tells nothing of it.
    pub(crate) async fn prove_original(&self, hash: FileHash) -> Result<(), StoreError> {
        let originals = self.originals.clone();
        blocking(move || originals.prove(hash)).await
    }

    async fn refuse_sealed_document(&self, hash: FileHash) -> Result<(), StoreError> {
        let sealed: Option<i64> = sqlx::query_scalar("SELECT 1 FROM p_file WHERE hash = ?1 AND sealed = 1")
            .bind(hash.to_string())
            .fetch_optional(&mut *self.reader().await?)
            .await?;
        if sealed.is_some() { Err(StoreError::DocumentSealed { hash }) } else { Ok(()) }
    }

    /// Keeps machine output, in place of what the same producer and version made of the same input before.
    ///
    /// # Errors
    /// [`StoreError::DocumentSealed`] when the input is a sealed document.
    pub async fn put_derived<T: Serialize + Sync>(
        &self,
        key: &DerivedKey,
        value: &T,
    ) -> Result<(), StoreError> {
        self.refuse_sealed_document(key.input).await?;
        let text = serde_json::to_vec(value)?;
        let packed = blocking(move || derived::pack(&text)).await?;
        derived::put(&mut *self.writer.lock().await, key, packed, self.ports.clock.now()).await
    }

    /// Keeps several pieces of machine output of one input in one transaction, each already as JSON, and puts the text of pages into the
    /// index: a part of a reading that goes on. Pages that are in the index already must be taken out first ([`Case::unindex`]).
    ///
    /// # Errors
    /// [`StoreError::DocumentSealed`] when the input is a sealed document.
    pub async fn put_derived_parts(
        &self,
        input: FileHash,
        pieces: Vec<(DerivedKey, Vec<u8>)>,
        texts: &[(u32, String)],
    ) -> Result<(), StoreError> {
        self.refuse_sealed_document(input).await?;
        let packed = blocking(move || {
            pieces
                .into_iter()
                .map(|(key, text)| Ok((key, derived::pack(&text)?)))
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .await?;
        let now = self.ports.clock.now();
        let mut writer = self.writer.lock().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        for (key, packed) in packed {
            derived::put(&mut transaction, &key, packed, now).await?;
        }
        Fts5.add(&mut transaction, input, texts).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Lists the parameters under which a producer's output of an input is kept.
    ///
    /// # Errors
    /// [`StoreError::DocumentSealed`] when the input is a sealed document.
    pub async fn derived_parameters(
        &self,
        input: FileHash,
        producer: &str,
        version: &str,
    ) -> Result<Vec<String>, StoreError> {
        self.refuse_sealed_document(input).await?;
        derived::parameters(&mut *self.reader().await?, input, producer, version).await
    }

    /// Takes the pages of a file out of the index.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unindex(&self, file: FileHash) -> Result<(), StoreError> {
        Fts5.remove(&mut *self.writer.lock().await, file).await
    }

    /// Returns machine output, if it was made already.
    ///
    /// # Errors
    /// [`StoreError::DocumentSealed`] when the input is a sealed document; [`StoreError::Shape`] when it has another shape.
    pub async fn derived<T: DeserializeOwned>(&self, key: &DerivedKey) -> Result<Option<T>, StoreError> {
        self.refuse_sealed_document(key.input).await?;
        let Some(packed) = derived::get(&mut *self.reader().await?, key).await? else { return Ok(None) };
        let text = blocking(move || derived::unpack(&packed)).await?;
        Ok(Some(serde_json::from_slice(&text)?))
    }

    /// Drops whatever a producer derived from an input, in every version.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn drop_derived(&self, input: FileHash, producer: &str) -> Result<(), StoreError> {
        derived::remove(&mut *self.writer.lock().await, input, producer).await
    }

    /// Records the beginning of an import with its files, so that it can be taken up again.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn begin_import(&self, source: &str, items: Vec<ImportItem>) -> Result<ImportJob, StoreError> {
        let job = ImportJob {
            id: self.ports.uuid(),
            source: source.into(),
            begun_at: self.ports.clock.now(),
            items,
        };
        derived::begin_import(&mut *self.writer.lock().await, &job).await?;
        Ok(job)
    }

    /// Records how far a file of an import is. A file that was found on the way is added.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn set_import_item(&self, job: uuid::Uuid, item: &ImportItem) -> Result<(), StoreError> {
        derived::set_item(&mut *self.writer.lock().await, job, item).await
    }

    /// Records that an import came to its end.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn end_import(&self, job: uuid::Uuid) -> Result<(), StoreError> {
        derived::end_import(&mut *self.writer.lock().await, job, self.ports.clock.now()).await
    }

    /// Returns the imports that were interrupted.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn unfinished_imports(&self) -> Result<Vec<ImportJob>, StoreError> {
        derived::unfinished_imports(&mut *self.reader().await?).await
    }

    /// Puts the text of a file's pages into the index, in place of what was there.
    ///
    /// # Errors
    /// [`StoreError::DocumentSealed`] before its moment.
    pub async fn index_text(&self, file: FileHash, pages: &[(u32, String)]) -> Result<(), StoreError> {
        self.refuse_sealed_document(file).await?;
        let mut writer = self.writer.lock().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        Fts5.index(&mut transaction, file, pages).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Finds pages that have all the words; case and accents do not matter, and the last word may be a beginning.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn search(&self, words: &str, limit: u32) -> Result<Vec<SearchHit>, StoreError> {
        Fts5.find(&mut *self.reader().await?, words, limit).await
    }
}
