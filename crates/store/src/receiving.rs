//! A case that a colleague sent is made here: proven first, then under a key of this profile. Who received it has no place in it until they say
//! which seat is theirs.

use crate::case::Case;
use crate::contents::{Met, PackageKind, Scanned, Taking, look};
use crate::exchange::{self, Direction, Exchange};
use crate::files::{Lock, blocking, make_folder, sync_folder};
use crate::foreign::{self, Known};
use crate::full_text::{Fts5, FullText};
use crate::package::{Package, hash_of_file, refused};
use crate::sending::{file_name, is_verdict};
use crate::{EventPayload, Manifest, Profile, StoreError, custody, derived, log};
use cotejo_domain::{Code, Device, FileHash, MemberId};
use sqlx::{Connection, SqliteConnection};
use std::path::Path;

/// Pieces of machine output that are held at once.
const ROWS_AT_ONCE: usize = 64;

/// Tells what a package is, before anything of it is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Fingerprint of the key that signed it.
    pub fingerprint: String,
    /// Whether the case is on this machine.
    pub here: bool,
    /// Devices that enrol themselves in it, each with the seat that it takes.
    pub devices: Vec<(Device, Option<MemberId>)>,
}

/// Tells what was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// What the package says of itself.
    pub manifest: Manifest,
    /// Fingerprint of the device that sent it.
    pub fingerprint: String,
    /// Pieces of machine output that came along.
    pub derived: u64,
}

impl Profile {
    /// Opens a package with its password and says what it is; takes nothing.
    ///
    /// # Errors
    /// [`StoreError::Package`] when it is none, the password does not open it, or it was changed.
    pub async fn look_at_package(&self, path: &Path, password: &str) -> Result<Looked, StoreError> {
        let (_, scanned) = opened(path, password).await?;
        let here = self.case_folder(scanned.manifest.case).join("caso.db").exists();
        let mut devices: Vec<(Device, Option<MemberId>)> = Vec::new();
        for event in &scanned.events {
            match event.payload()? {
                Some(EventPayload::DeviceAdded { device }) => devices.push((device, None)),
                Some(EventPayload::SeatTaken { member, device, .. }) => {
                    for (_, seat) in devices.iter_mut().filter(|(known, _)| known.id == device) {
                        *seat = Some(member);
                    }
                }
                _ => {}
            }
        }
        let fingerprint = custody::fingerprint(&scanned.public_key);
        Ok(Looked { here, fingerprint, manifest: scanned.manifest, devices })
    }

    /// Makes the case of a package in this profile. Nothing is left of one that is refused.
    ///
    /// # Errors
    /// [`StoreError::Package`] when the password does not open it, it was changed, does not verify, or the case is here already.
    pub async fn receive_case(&self, path: &Path, password: &str) -> Result<(Case, Received), StoreError> {
        let (package, scanned) = opened(path, password).await?;
        let id = scanned.manifest.case;
        if scanned.manifest.kind != PackageKind::Case {
            return Err(refused(Code::Precondition, "store.package_only_news", scanned.manifest.name));
        }
        let folder = self.case_folder(id);
        if folder.exists() {
            return Err(refused(Code::Precondition, "store.package_case_here", scanned.manifest.name));
        }
        let place = self.folder().join("perfil.bloqueo");
        let lock = place.clone();
        let turn = blocking(move || Lock::wait_for(&lock)).await?;
        let building = self.unfinished_folder(id);
        if building.exists() {
            std::fs::remove_dir_all(&building).map_err(StoreError::file("removing", &building))?;
        }
        make_folder(&building)?;
        let key =
            scanned.case_key.clone().ok_or_else(|| refused(Code::BrokenLog, "store.package_odd", "key"))?;
        self.wrap_key(id, &key, &building)?;
        let case = Case::make(id, building.clone(), &key, self.ports().clone(), self.identity()).await?;
        // From here on the case's own lock says that it is being made.
        drop(turn);
        match fill(&case, &package, &scanned, path).await {
            Ok(received) => {
                let turn = blocking(move || Lock::wait_for(&place)).await?;
                case.close().await?;
                std::fs::rename(&building, &folder).map_err(StoreError::file("naming", &folder))?;
                sync_folder(&self.folder().join("casos")).map_err(StoreError::file("naming", &folder))?;
                drop(turn);
                Ok((self.open_case(id).await?, received))
            }
            Err(error) => {
                case.close().await?;
                std::fs::remove_dir_all(&building).map_err(StoreError::file("removing", &building))?;
                Err(error)
            }
        }
    }
}

/// Reads a package whole, on a thread of its own.
pub(crate) async fn opened(path: &Path, password: &str) -> Result<(Package, Scanned), StoreError> {
    let (path, password) = (path.to_path_buf(), zeroize::Zeroizing::new(password.to_owned()));
    blocking(move || look(&path, &password)).await
}

async fn fill(
    case: &Case,
    package: &Package,
    scanned: &Scanned,
    path: &Path,
) -> Result<Received, StoreError> {
    let manifest = scanned.manifest.clone();
    let mut known = Known::default();
    let now = case.ports().clock.now();
    let (acts, _) = foreign::prove(manifest.case, &mut known, scanned.events.clone(), now)?;
    let mut writer = case.writer().await;
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let mut verdicts = 0;
    for act in &acts {
        verdicts += u64::from(act.payload.as_ref().is_some_and(is_verdict));
        log::insert(&mut transaction, &act.header, &act.event).await?;
    }
    log::rebuild(&mut transaction).await?;
    // Whoever sends a whole case holds it, and signed the file with the key that the log enrols.
    let holder = custody::holder(&mut transaction).await?;
    let sender = known.devices.get(&manifest.device);
    if holder != Some(manifest.device) || sender.is_none_or(|device| device.public_key != scanned.public_key)
    {
        return Err(refused(Code::BrokenLog, "store.package_not_sender", manifest.device.to_string()));
    }
    let whole = manifest.heads.len() == known.heads.len()
        && manifest
            .heads
            .iter()
            .all(|head| known.heads.get(&head.device).is_some_and(|has| has.seq == head.count))
        && manifest.heads.iter().all(|head| known.has(head.device, head.count, head.head));
    if !whole {
        return Err(refused(Code::BrokenLog, "store.package_incomplete", manifest.name));
    }
    let wanted = scanned.originals.iter().copied().collect();
    let taking = Taking::begin(package, scanned, case.originals.clone(), wanted)?;
    let (originals, derived) = take(&mut transaction, taking, |_| true).await?;
    require_originals(case, &mut transaction).await?;
    let of = path.to_path_buf();
    let (sha256, _) = blocking(move || hash_of_file(&of)).await?;
    let row = Exchange {
        direction: Direction::Received,
        kind: manifest.kind,
        at: now,
        device: manifest.device,
        actor: manifest.actor,
        file: file_name(path),
        sha256,
        events: acts.len() as u64,
        verdicts,
        originals,
        heads: manifest.heads.clone(),
    };
    exchange::put(&mut transaction, case.ports().uuid(), &row).await?;
    transaction.commit().await?;
    Ok(Received { manifest, fingerprint: custody::fingerprint(&scanned.public_key), derived })
}

/// Takes originals and machine output: of the latter what `goes` allows and is not there; never of a sealed document. Returns how many of each
/// were new.
pub(crate) async fn take(
    connection: &mut SqliteConnection,
    mut taking: Taking,
    goes: impl Fn(FileHash) -> bool,
) -> Result<(u64, u64), StoreError> {
    let sealed: Vec<String> =
        sqlx::query_scalar("SELECT hash FROM p_file WHERE sealed = 1").fetch_all(&mut *connection).await?;
    let open = |input: FileHash| goes(input) && !sealed.contains(&input.to_string());
    let mut count = 0;
    loop {
        let (back, met) = blocking(move || {
            let met = taking.go_on(ROWS_AT_ONCE)?;
            Ok((taking, met))
        })
        .await?;
        taking = back;
        for one in met {
            match one {
                Met::Derived(row) if open(row.key.input) => {
                    if derived::get(connection, &row.key).await?.is_none() {
                        let made_at = row.made_at.parse().unwrap_or_default();
                        derived::put(connection, &row.key, row.content, made_at).await?;
                        count += 1;
                    }
                }
                Met::Text(row) if open(row.file) => Fts5.index(connection, row.file, &row.pages).await?,
                Met::Derived(_) | Met::Text(_) => {}
                Met::End => return Ok((taking.taken, count)),
            }
        }
    }
}

/// Every file that the case names must be there.
async fn require_originals(case: &Case, connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let files: Vec<String> =
        sqlx::query_scalar("SELECT DISTINCT hash FROM p_file").fetch_all(connection).await?;
    for file in files {
        let there = file.parse().is_ok_and(|hash| case.has_original(hash));
        if !there {
            return Err(refused(Code::BrokenLog, "store.package_incomplete", file));
        }
    }
    Ok(())
}
