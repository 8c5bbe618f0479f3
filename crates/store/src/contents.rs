//! What a package holds, record by record, and its first reading: everything is looked at, and nothing taken, before anything is believed.

use crate::event::{Event, verifying_key};
use crate::keys::Key;
use crate::log::ChainHead;
use crate::originals::Originals;
use crate::package::{Package, PackageWriter, Records, refused};
use crate::{DerivedKey, StoreError};
use cotejo_domain::{ActorId, CaseId, Code, DeviceId, FileHash};
use ed25519_dalek::{Signature, Signer, SigningKey};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

pub(crate) const MANIFEST: u8 = 1;
pub(crate) const CASE_KEY: u8 = 2;
pub(crate) const EVENTS: u8 = 3;
pub(crate) const ORIGINAL: u8 = 4;
pub(crate) const DERIVED: u8 = 5;
pub(crate) const TEXT: u8 = 6;
pub(crate) const CLOSING: u8 = 9;

/// Newest form of the content that this program writes and reads.
const FORM: u32 = 1;
/// Most events that a package may bring.
const MOST_EVENTS: usize = 1_000_000;

/// Tells what a package is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageKind {
    /// A whole case, for a machine that does not have it.
    Case,
    /// What came since, for a machine that has the case.
    News,
}

/// Says what a package is. It stands first in it, under the password like everything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the form.
    pub form: u32,
    /// What it is for.
    pub kind: PackageKind,
    /// The case.
    pub case: CaseId,
    /// Its name for people.
    pub name: String,
    /// The device that wrote the package, and signed it.
    pub device: DeviceId,
    /// The person, as the events of that device name them.
    pub actor: ActorId,
    /// When it was written.
    pub made_at: jiff::Timestamp,
    /// Where every chain stood at the sender's.
    pub heads: Vec<ChainHead>,
    /// How many events it brings.
    pub events: u64,
    /// How many originals.
    pub originals: u64,
}

#[derive(Serialize, Deserialize)]
struct Closing {
    public_key: String,
    signature: String,
}

/// Head of a record of machine output.
#[derive(Serialize, Deserialize)]
pub(crate) struct DerivedRow {
    pub(crate) key: DerivedKey,
    pub(crate) made_at: String,
    #[serde(skip)]
    pub(crate) content: Vec<u8>,
}

/// The text of the pages of a file, for the index.
#[derive(Serialize, Deserialize)]
pub(crate) struct TextRow {
    pub(crate) file: FileHash,
    pub(crate) pages: Vec<(u32, String)>,
}

impl DerivedRow {
    pub(crate) fn write(&self, writer: &mut PackageWriter) -> Result<(), StoreError> {
        let head = serde_json::to_vec(self)?;
        let length = u32::try_from(head.len()).unwrap_or(u32::MAX).to_le_bytes();
        writer.record(DERIVED, &[length.as_slice(), &head, &self.content].concat())
    }

    fn read(body: &[u8]) -> Option<Self> {
        let (length, rest) = body.split_at_checked(4)?;
        let length = usize::try_from(u32::from_le_bytes(length.try_into().ok()?)).ok()?;
        let (head, content) = rest.split_at_checked(length)?;
        let row: Self = serde_json::from_slice(head).ok()?;
        Some(Self { content: content.to_vec(), ..row })
    }
}

/// Ends a package with the signature of the sender's device over everything in it.
pub(crate) fn close(writer: PackageWriter, key: &SigningKey) -> Result<(FileHash, u64), StoreError> {
    let closing = Closing {
        public_key: hex::encode(key.verifying_key().to_bytes()),
        signature: hex::encode(key.sign(&writer.digest()).to_bytes()),
    };
    let closing = serde_json::to_vec(&closing)?;
    writer.finish(CLOSING, &closing)
}

/// Holds what the first reading found.
pub(crate) struct Scanned {
    pub(crate) manifest: Manifest,
    pub(crate) case_key: Option<Key>,
    pub(crate) events: Vec<Event>,
    pub(crate) originals: Vec<FileHash>,
    /// The key that signed the package. Whether it is the sender's is for the log to say.
    pub(crate) public_key: String,
    pub(crate) digest: [u8; 32],
}

fn odd(what: &str) -> StoreError {
    refused(Code::BrokenLog, "store.package_odd", what)
}

/// Reads a whole package, proves its signature and that it is of one piece.
pub(crate) fn scan(package: &Package) -> Result<Scanned, StoreError> {
    let mut records = package.records()?;
    let (kind, length) = records.next()?;
    if kind != MANIFEST {
        return Err(odd("1"));
    }
    let manifest: Manifest = serde_json::from_slice(&records.body(length)?).map_err(|_| odd("manifest"))?;
    if manifest.form > FORM {
        return Err(StoreError::NewerSchema { found: manifest.form.into(), known: FORM.into() });
    }
    let (mut case_key, mut events, mut originals) = (None, Vec::new(), Vec::new());
    loop {
        let before = records.digest();
        let (kind, length) = records.next()?;
        match kind {
            CASE_KEY if case_key.is_none() && manifest.kind == PackageKind::Case => {
                let key = Key::from_slice(&records.body(length)?);
                case_key = Some(key.ok_or_else(|| odd("key"))?);
            }
            EVENTS => {
                let some: Vec<Event> =
                    serde_json::from_slice(&records.body(length)?).map_err(|_| odd("events"))?;
                events.extend(some);
                if events.len() > MOST_EVENTS {
                    return Err(odd("events"));
                }
            }
            ORIGINAL => {
                let hash = records.body(length.min(32))?;
                let hash = <[u8; 32]>::try_from(hash.as_slice()).map_err(|_| odd("original"))?;
                originals.push(FileHash(hash));
                records.copy(length - 32, &mut std::io::sink())?;
            }
            DERIVED | TEXT => records.copy(length, &mut std::io::sink())?,
            CLOSING => {
                let closing: Closing =
                    serde_json::from_slice(&records.body(length)?).map_err(|_| odd("closing"))?;
                prove(&closing, &before)?;
                let whole = records.is_over()?
                    && manifest.events == events.len() as u64
                    && manifest.originals == originals.len() as u64
                    && (manifest.kind == PackageKind::Case) == case_key.is_some();
                return if whole {
                    let public_key = closing.public_key;
                    Ok(Scanned { manifest, case_key, events, originals, public_key, digest: before })
                } else {
                    Err(odd("count"))
                };
            }
            other => return Err(odd(&other.to_string())),
        }
    }
}

fn prove(closing: &Closing, digest: &[u8; 32]) -> Result<(), StoreError> {
    let unsigned = || refused(Code::BrokenLog, "store.package_unsigned", "");
    let key = verifying_key(&closing.public_key).ok_or_else(unsigned)?;
    let mut signature = [0; 64];
    hex::decode_to_slice(&closing.signature, &mut signature).map_err(|_| unsigned())?;
    key.verify_strict(digest, &Signature::from_bytes(&signature)).map_err(|_| unsigned())
}

/// Machine output that was met on the way.
pub(crate) enum Met {
    Derived(DerivedRow),
    Text(TextRow),
    /// The package is at its end.
    End,
}

/// Reads a package for the second time, and takes what was found good.
pub(crate) struct Taking {
    records: Records,
    originals: Originals,
    wanted: BTreeSet<FileHash>,
    digest: [u8; 32],
    /// How many originals were taken that were not there.
    pub(crate) taken: u64,
}

impl Taking {
    /// Begins; of the originals only those that are wanted and not there are taken.
    pub(crate) fn begin(
        package: &Package,
        scanned: &Scanned,
        originals: Originals,
        wanted: BTreeSet<FileHash>,
    ) -> Result<Self, StoreError> {
        Ok(Self { records: package.records()?, originals, wanted, digest: scanned.digest, taken: 0 })
    }

    /// Goes on: originals are put in their places on the way, and proven; at most `count` pieces of machine output are returned.
    pub(crate) fn go_on(&mut self, count: usize) -> Result<Vec<Met>, StoreError> {
        let mut met = Vec::new();
        while met.len() < count {
            let before = self.records.digest();
            let (kind, length) = self.records.next()?;
            match kind {
                ORIGINAL => self.original(length)?,
                DERIVED => {
                    let row = DerivedRow::read(&self.records.body(length)?).ok_or_else(|| odd("derived"))?;
                    met.push(Met::Derived(row));
                }
                TEXT => {
                    let row = serde_json::from_slice(&self.records.body(length)?).map_err(|_| odd("text"))?;
                    met.push(Met::Text(row));
                }
                CLOSING => {
                    // What is taken is what was looked at.
                    if before != self.digest {
                        return Err(odd("digest"));
                    }
                    met.push(Met::End);
                    return Ok(met);
                }
                _ => self.records.copy(length, &mut std::io::sink())?,
            }
        }
        Ok(met)
    }

    fn original(&mut self, length: u64) -> Result<(), StoreError> {
        let hash = self.records.body(length.min(32))?;
        let hash = FileHash(<[u8; 32]>::try_from(hash.as_slice()).map_err(|_| odd("original"))?);
        let length = length - 32;
        if !self.wanted.contains(&hash) || self.originals.has(hash) {
            return self.records.copy(length, &mut std::io::sink());
        }
        let records = &mut self.records;
        self.originals.adopt(hash, |sink| records.copy(length, sink))?;
        self.taken += 1;
        Ok(())
    }
}

/// Finds the hashes that events name: sixty-four hexadecimal digits in a row are one.
pub(crate) fn hashes_named(text: &str, found: &mut BTreeSet<FileHash>) {
    for run in text.split(|character: char| !character.is_ascii_hexdigit()) {
        if run.len() == 64
            && let Ok(hash) = run.parse()
        {
            found.insert(hash);
        }
    }
}

/// Reads a package so far that it can be said what it is.
pub(crate) fn look(path: &Path, password: &str) -> Result<(Package, Scanned), StoreError> {
    let package = Package::open(path, password)?;
    let scanned = scan(&package)?;
    Ok((package, scanned))
}
