//! Carrying events to other devices: signed as they were recorded, encrypted with the case's key. A carrier keeps and orders
//! batches and never decides.

use crate::event::Event;
use crate::files::{make_folder, write_privately};
use crate::{Case, StoreError, log};
use cotejo_domain::{ActorId, CaseId, DeviceId};
use sqlx::Connection;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Names a batch: one device's events from one number to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct BatchName {
    /// The case.
    pub case: CaseId,
    /// The device that recorded the events.
    pub device: DeviceId,
    /// Number of the first.
    pub from: u64,
    /// Number of the last.
    pub to: u64,
}

/// Keeps batches of events between devices.
pub trait Carrier: Send + Sync {
    /// Keeps a batch.
    ///
    /// # Errors
    /// When it cannot be written.
    fn put(&self, name: BatchName, sealed: &[u8]) -> Result<(), StoreError>;

    /// Lists the batches of a case, in order.
    ///
    /// # Errors
    /// When they cannot be listed.
    fn list(&self, case: CaseId) -> Result<Vec<BatchName>, StoreError>;

    /// Returns a batch.
    ///
    /// # Errors
    /// When it cannot be read.
    fn get(&self, name: BatchName) -> Result<Vec<u8>, StoreError>;
}

/// Carries by files: a folder on a stick, a share, or sent by mail. Each device writes only its own files, so no locks are needed.
#[derive(Clone, Debug)]
pub struct FileCarrier {
    root: PathBuf,
}

impl FileCarrier {
    /// Uses `<root>/casos/<case>/<device>/<from>-<to>.lote`.
    #[must_use]
    pub fn new(root: PathBuf) -> Self {
        Self { root }
    }

    fn folder(&self, case: CaseId) -> PathBuf {
        self.root.join("casos").join(case.to_string())
    }

    fn path(&self, name: BatchName) -> PathBuf {
        self.folder(name.case).join(name.device.to_string()).join(format!("{}-{}.lote", name.from, name.to))
    }
}

impl Carrier for FileCarrier {
    fn put(&self, name: BatchName, sealed: &[u8]) -> Result<(), StoreError> {
        let path = self.path(name);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        write_privately(&path, sealed)
    }

    fn list(&self, case: CaseId) -> Result<Vec<BatchName>, StoreError> {
        let folder = self.folder(case);
        let mut names = Vec::new();
        if !folder.exists() {
            return Ok(names);
        }
        let failed = || StoreError::file("listing", folder.clone());
        for entry in std::fs::read_dir(&folder).map_err(failed())? {
            let entry = entry.map_err(failed())?;
            let Ok(device) = entry.file_name().to_string_lossy().parse::<DeviceId>() else { continue };
            for batch in std::fs::read_dir(entry.path()).map_err(failed())? {
                let file = batch.map_err(failed())?.file_name();
                let file = file.to_string_lossy();
                let range = file.strip_suffix(".lote").and_then(|range| range.split_once('-'));
                if let Some((Ok(from), Ok(to))) = range.map(|(from, to)| (from.parse(), to.parse())) {
                    names.push(BatchName { case, device, from, to });
                }
            }
        }
        names.sort();
        Ok(names)
    }

    fn get(&self, name: BatchName) -> Result<Vec<u8>, StoreError> {
        let path = self.path(name);
        std::fs::read(&path).map_err(StoreError::file("reading", path))
    }
}

/// Tells what an import of batches brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Events that were new here.
    pub new: u64,
    /// Events that were here already.
    pub known: u64,
}

fn bound(name: BatchName) -> String {
    format!("lote {} {} {}-{}", name.case, name.device, name.from, name.to)
}

impl Case {
    /// Hands this device's events to a carrier, those from number `from` on, as one batch. Returns how many there were.
    ///
    /// # Errors
    /// When the database or the carrier fails.
    pub async fn export_events(&self, carrier: &dyn Carrier, from: u64) -> Result<u64, StoreError> {
        let rows = log::by_device(&mut *self.reader().await?).await?;
        let own = self.device.id.to_string();
        let events: Vec<Event> = rows
            .iter()
            .filter(|row| row.device_id == own && u64::try_from(row.seq).is_ok_and(|seq| seq >= from))
            .filter_map(log::EventRow::event)
            .collect();
        let count = events.len() as u64;
        if count > 0 {
            let name = BatchName { case: self.id(), device: self.device.id, from, to: from + count - 1 };
            let plain = serde_json::to_vec(&events)?;
            let sealed = self.carrier_key.seal(self.ports().random(), bound(name).as_bytes(), &plain)?;
            carrier.put(name, &sealed)?;
        }
        Ok(count)
    }

    /// Takes other devices' events from a carrier, by the rules of [`Case::join`]: each must be signed by its enrolled device and follow the one
    /// before; a device that was never seen needs its fingerprint in `admit`, or the word of whoever holds the case. The projections are
    /// recomputed, because what arrives late may belong earlier.
    ///
    /// # Errors
    /// As [`Case::join`]; nothing is taken then.
    pub async fn import_events(
        &self,
        author: ActorId,
        carrier: &dyn Carrier,
        admit: &[String],
    ) -> Result<Imported, StoreError> {
        let mut events = Vec::new();
        for name in carrier.list(self.id())? {
            let plain = self.carrier_key.open(bound(name).as_bytes(), &carrier.get(name)?)?;
            let some: Vec<Event> = serde_json::from_slice(&plain)?;
            for event in some {
                // A device's batches hold its own events alone.
                if event.header()?.device_id != name.device {
                    return Err(StoreError::BrokenLog { detail: bound(name) });
                }
                events.push(event);
            }
        }
        // Batches may overlap; the same event twice is one.
        let mut told = BTreeSet::new();
        events.retain(|event| told.insert(event.hash));
        let mut writer = self.writer().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        let entered = self.enter(&mut transaction, author, events, None, admit).await?;
        transaction.commit().await?;
        Ok(Imported { new: entered.new.len() as u64, known: entered.already })
    }
}
