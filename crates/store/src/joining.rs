//! What a colleague recorded on another machine is joined to the case here: everything of a package or nothing.
//!
//! A verdict belongs to its member, and only that member's device writes it. What must come one after the other is written by the device that holds
//! the case alone. What a signed acta states no package changes, whatever its clock says. Two machines that have joined the same packages compute the
//! same tables.

use crate::admission::{about, admit, admit_device};
use crate::contents::{Manifest, Taking, hashes_named};
use crate::exchange::{self, Direction, Exchange};
use crate::files::blocking;
use crate::foreign::{self, Foreign, Known};
use crate::package::{hash_of_file, refused};
use crate::projection::{self, parse};
use crate::receiving::{opened, take};
use crate::sealing::touched;
use crate::sending::{file_name, is_verdict};
use crate::{Case, EventPayload, StoreError, custody, log};
use cotejo_domain::{ActorId, Code, Device, DeviceId, FileHash};
use sqlx::{Connection, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Names a device that writes in the case from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// The device.
    pub device: DeviceId,
    /// The person, as its events name them.
    pub actor: ActorId,
    /// Fingerprint of its key.
    pub fingerprint: String,
}

/// Tells what was joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// What the package says of itself.
    pub manifest: Manifest,
    /// Fingerprint of the device that sent it.
    pub fingerprint: String,
    /// Acts that were new here.
    pub new: u64,
    /// Acts that were here already.
    pub known: u64,
    /// Individual verdicts among the new ones.
    pub verdicts: u64,
    /// Originals that were new here.
    pub originals: u64,
    /// Devices that write in the case from now on.
    pub admitted: Vec<Admitted>,
    /// Acts about a requirement or a bid that is no longer there.
    pub outdated: u64,
    /// Acts of this machine that a signature which came now leaves out: they cannot enter the case any more.
    pub late: u64,
}

/// Counts what replaying told.
#[derive(Default)]
struct Replayed {
    outdated: u64,
}

impl Case {
    /// Joins a package. A colleague's device that was never seen is let in only by whoever holds the case, with its fingerprint in `admit`: read to
    /// them by the colleague, not out of the package.
    ///
    /// # Errors
    /// [`StoreError::Package`] with the reason when anything of it may not enter, [`StoreError::Sealed`] when a signed acta states what it would
    /// change, [`StoreError::Precondition`] when an act does not fit. Nothing is taken then.
    pub async fn join(
        &self,
        author: ActorId,
        path: &Path,
        password: &str,
        admit: &[String],
    ) -> Result<Joined, StoreError> {
        let (package, scanned) = opened(path, password).await?;
        let manifest = scanned.manifest.clone();
        if manifest.case != self.id() {
            return Err(refused(Code::Precondition, "store.package_other_case", manifest.name));
        }
        let mut writer = self.writer().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        let signed_by = (manifest.device, scanned.public_key.clone());
        let entered =
            self.enter(&mut transaction, author, scanned.events.clone(), Some(signed_by), admit).await?;
        let missing = |head: &&log::ChainHead| !entered.known.has(head.device, head.count, head.head);
        if manifest.heads.iter().any(|head| missing(&head)) {
            return Err(refused(Code::BrokenLog, "store.package_incomplete", manifest.name));
        }
        let mut wanted = BTreeSet::new();
        for act in &entered.new {
            hashes_named(act.event.payload.as_deref().unwrap_or_default(), &mut wanted);
        }
        let taking = Taking::begin(&package, &scanned, self.originals.clone(), wanted.clone())?;
        let (originals, _) = take(&mut transaction, taking, |input| wanted.contains(&input)).await?;
        let late = self.late(&mut transaction, &manifest).await?;
        let of = path.to_path_buf();
        let (sha256, _) = blocking(move || hash_of_file(&of)).await?;
        let verdicts = entered.new.iter().filter_map(|act| act.payload.as_ref());
        let verdicts = verdicts.filter(|payload| is_verdict(payload)).count() as u64;
        let joined = Joined {
            fingerprint: custody::fingerprint(&scanned.public_key),
            new: entered.new.len() as u64,
            known: entered.already,
            verdicts,
            originals,
            admitted: entered.admitted,
            outdated: entered.replayed.outdated,
            late,
            manifest,
        };
        let row = Exchange {
            direction: Direction::Joined,
            kind: joined.manifest.kind,
            at: self.ports().clock.now(),
            device: joined.manifest.device,
            actor: joined.manifest.actor,
            file: file_name(path),
            sha256,
            events: joined.new,
            verdicts,
            originals,
            heads: joined.manifest.heads.clone(),
        };
        exchange::put(&mut transaction, self.ports().uuid(), &row).await?;
        transaction.commit().await?;
        Ok(joined)
    }

    /// Lets acts of other devices in, within the caller's transaction, and recomputes the projections: what arrives late may belong earlier.
    pub(crate) async fn enter(
        &self,
        connection: &mut SqliteConnection,
        author: ActorId,
        events: Vec<crate::Event>,
        signed_by: Option<(DeviceId, String)>,
        admit: &[String],
    ) -> Result<Entered, StoreError> {
        let mut known = Known::of(connection).await?;
        let enrolled: BTreeSet<DeviceId> = known.devices.keys().copied().collect();
        let (new, already) = foreign::prove(self.id(), &mut known, events, self.ports().clock.now())?;
        if let Some((sender, public_key)) = signed_by
            && known.devices.get(&sender).is_none_or(|device| device.public_key != public_key)
        {
            return Err(refused(Code::BrokenLog, "store.package_not_sender", sender.to_string()));
        }
        let holder = custody::holder(connection).await?;
        for act in &new {
            if act.header.device_id == self.device.id {
                // A copy of this profile went on elsewhere, or an old backup was put back: two histories of one device.
                return Err(refused(Code::BrokenLog, "store.join_own", act.header.seq.to_string()));
            }
            let own_word = act.payload.as_ref().is_some_and(custody::is_own_word);
            if Some(act.header.device_id) != holder && !own_word {
                return Err(refused(Code::Precondition, "store.join_serial", serial(act)));
            }
        }
        let strangers: Vec<Device> =
            known.devices.values().filter(|device| !enrolled.contains(&device.id)).cloned().collect();
        let admitted = self.admit_strangers(connection, holder, &strangers, &new, admit).await?;
        refuse_taken(connection, holder, &new).await?;
        let sealed =
            if holder == Some(self.device.id) { sealed_now(connection).await? } else { BTreeSet::new() };
        for act in &new {
            log::insert(connection, &act.header, &act.event).await?;
        }
        let replayed = if new.is_empty() {
            Replayed::default()
        } else {
            replay(connection, holder, &new, &sealed).await?
        };
        if holder == Some(self.device.id) {
            for device in strangers {
                let payload = EventPayload::DeviceAdmitted { device };
                log::record(connection, self.ports(), self.id(), &self.device, author, &payload).await?;
            }
        }
        Ok(Entered { known, new, already, admitted, replayed })
    }

    /// A device that was never seen: whoever holds the case compares its fingerprint; others believe whoever holds it.
    async fn admit_strangers(
        &self,
        connection: &mut SqliteConnection,
        holder: Option<DeviceId>,
        strangers: &[Device],
        new: &[Foreign],
        admit: &[String],
    ) -> Result<Vec<Admitted>, StoreError> {
        let rows: Vec<String> =
            sqlx::query_scalar("SELECT content FROM p_admitted").fetch_all(connection).await?;
        let mut vouched: Vec<Device> = rows.iter().map(|row| parse(row)).collect::<Result<_, _>>()?;
        for act in new.iter().filter(|act| Some(act.header.device_id) == holder) {
            if let Some(EventPayload::DeviceAdmitted { device }) = &act.payload {
                vouched.push(device.clone());
            }
        }
        let mut admitted = Vec::new();
        for stranger in strangers {
            let fingerprint = custody::fingerprint(&stranger.public_key);
            let let_in = if holder == Some(self.device.id) {
                admit.iter().any(|typed| custody::is_fingerprint(typed, &stranger.public_key))
            } else {
                vouched.contains(stranger)
            };
            if !let_in {
                return Err(refused(Code::Precondition, "store.join_device_unknown", fingerprint));
            }
            admitted.push(Admitted { device: stranger.id, actor: stranger.actor, fingerprint });
        }
        Ok(admitted)
    }

    // Acts of this machine that nobody else has, about what a signature seals now.
    async fn late(&self, connection: &mut SqliteConnection, manifest: &Manifest) -> Result<u64, StoreError> {
        if custody::holder(connection).await? == Some(self.device.id) {
            return Ok(0);
        }
        let there =
            manifest.heads.iter().find(|head| head.device == self.device.id).map_or(0, |head| head.count);
        let sealed = sealed_now(connection).await?;
        if sealed.is_empty() {
            return Ok(0);
        }
        let mut late = 0;
        for row in log::by_device(connection).await? {
            let own = row.device_id == self.device.id.to_string()
                && u64::try_from(row.seq).is_ok_and(|seq| seq > there);
            let Some(event) = row.event().filter(|_| own) else { continue };
            if let Some(payload) = event.payload()? {
                let what = about(connection, &payload).await?;
                late += u64::from(touched(&payload, &what).iter().any(|subject| sealed.contains(subject)));
            }
        }
        Ok(late)
    }
}

/// Holds what was let in.
pub(crate) struct Entered {
    pub(crate) known: Known,
    pub(crate) new: Vec<Foreign>,
    pub(crate) already: u64,
    admitted: Vec<Admitted>,
    replayed: Replayed,
}

/// What is here already stays what it is: no new act takes its seat or its identifier, however early its clock says it was.
async fn refuse_taken(
    connection: &mut SqliteConnection,
    holder: Option<DeviceId>,
    new: &[Foreign],
) -> Result<(), StoreError> {
    let seats = custody::seats(connection).await?;
    for act in new.iter().filter(|act| Some(act.header.device_id) != holder) {
        let (query, id) = match &act.payload {
            Some(EventPayload::SeatTaken { member, actor, device }) => {
                let same = |seat: &custody::SeatHolder| {
                    seat.member == *member || seat.actor == *actor || seat.device == *device
                };
                if seats.iter().any(same) {
                    return Err(StoreError::Precondition { reason: "store.seat_taken" });
                }
                continue;
            }
            Some(EventPayload::Decided { decision }) => {
                ("SELECT 1 FROM p_decision WHERE decision_id = ?1", decision.id.to_string())
            }
            Some(payload) => match payload.record() {
                Some(record) => ("SELECT 1 FROM p_record WHERE record_id = ?1", record.to_string()),
                None => continue,
            },
            None => continue,
        };
        let taken: Option<i64> = sqlx::query_scalar(query).bind(id).fetch_optional(&mut *connection).await?;
        if taken.is_some() {
            return Err(refused(Code::BrokenLog, "store.join_taken", act.header.recorded_at.to_string()));
        }
    }
    Ok(())
}

/// Names an act that only whoever holds the case records, with when it was recorded.
fn serial(act: &Foreign) -> String {
    let kind = act.payload.as_ref().map_or(act.header.kind.as_str(), |payload| match payload {
        EventPayload::CourseRecorded { act, .. } => act.name(),
        other => other.kind(),
    });
    format!("{kind}, {}", act.header.recorded_at)
}

async fn sealed_now(connection: &mut SqliteConnection) -> Result<BTreeSet<String>, StoreError> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT DISTINCT p_seal.subject FROM p_seal JOIN p_acta ON p_acta.acta_id = p_seal.acta_id
         WHERE p_acta.state = 'signed'",
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().collect())
}

/// Recomputes every projection in causal order, and judges each new act in its place.
async fn replay(
    connection: &mut SqliteConnection,
    holder: Option<DeviceId>,
    new: &[Foreign],
    sealed: &BTreeSet<String>,
) -> Result<Replayed, StoreError> {
    let judged: BTreeMap<FileHash, &Foreign> = new
        .iter()
        .filter(|act| Some(act.header.device_id) != holder)
        .map(|act| (act.event.hash, act))
        .collect();
    let mut replayed = Replayed::default();
    projection::clear(connection).await?;
    for row in log::in_causal_order(connection).await? {
        let broken = || StoreError::BrokenLog { detail: format!("position {}", row.position) };
        let event = row.event().ok_or_else(broken)?;
        let Some(payload) = event.payload()? else { continue };
        if let Some(act) = judged.get(&event.hash) {
            judge(connection, act, &payload, sealed, &mut replayed).await?;
        }
        projection::apply(connection, event.hash, &payload).await?;
    }
    Ok(replayed)
}

async fn judge(
    connection: &mut SqliteConnection,
    act: &Foreign,
    payload: &EventPayload,
    sealed: &BTreeSet<String>,
    replayed: &mut Replayed,
) -> Result<(), StoreError> {
    let author = act.header.author_id;
    admit_device(connection, act.header.device_id, author, payload).await?;
    let what = about(connection, payload).await?;
    // What is sealed here stays, also against what was recorded before the signature and comes after it.
    if let Some(subject) = touched(payload, &what).into_iter().find(|subject| sealed.contains(subject)) {
        return Err(StoreError::Sealed { subject });
    }
    match admit(connection, author, payload).await {
        Ok(_) => Ok(()),
        // Its requirement or bid was taken out meanwhile: the word stays in the log, and counts for nothing.
        Err(StoreError::NotFound { .. }) => {
            replayed.outdated += 1;
            Ok(())
        }
        Err(refused) => Err(refused),
    }
}
