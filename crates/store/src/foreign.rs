//! Acts that another machine recorded: each must be signed by its device, follow the one before, and be of the person whose device it is.

use crate::event::{Disagreement, Event, EventHeader, HybridClock, SeenHead, verifying_key};
use crate::package::refused;
use crate::{EventPayload, StoreError, custody, log};
use cotejo_domain::{CaseId, Code, Device, DeviceId, FileHash};
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// How far another machine's clock may run ahead.
const AHEAD: i64 = 24 * 60 * 60 * 1000;

/// Holds what the log of this machine has.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) heads: BTreeMap<DeviceId, SeenHead>,
    pub(crate) devices: BTreeMap<DeviceId, Device>,
    index: BTreeMap<(DeviceId, u64), (FileHash, HybridClock)>,
}

impl Known {
    pub(crate) async fn of(connection: &mut SqliteConnection) -> Result<Self, StoreError> {
        let mut known = Self {
            heads: log::heads(connection).await?,
            devices: custody::devices(connection).await?,
            index: BTreeMap::new(),
        };
        for row in log::by_device(connection).await? {
            let broken = || StoreError::BrokenLog { detail: format!("position {}", row.position) };
            let header = row.event().ok_or_else(broken)?.header()?;
            let hash = row.hash.parse().map_err(|_| broken())?;
            known.index.insert((header.device_id, header.seq), (hash, header.clock));
        }
        Ok(known)
    }

    /// Tells whether an event of this hash stands at that place.
    pub(crate) fn has(&self, device: DeviceId, seq: u64, hash: FileHash) -> bool {
        self.index.get(&(device, seq)).is_some_and(|(known, _)| *known == hash)
    }
}

/// Holds an act of another machine that was proven.
pub(crate) struct Foreign {
    pub(crate) event: Event,
    pub(crate) header: EventHeader,
    pub(crate) payload: Option<EventPayload>,
}

fn at(header: &EventHeader) -> String {
    format!("{} #{}", header.device_id, header.seq)
}

/// Proves acts, and sorts out those that are here already. `known` then has them all. Returns the new ones, chain by chain, and how many were
/// known.
pub(crate) fn prove(
    case: CaseId,
    known: &mut Known,
    events: Vec<Event>,
    now: jiff::Timestamp,
) -> Result<(Vec<Foreign>, u64), StoreError> {
    let mut chains: BTreeMap<DeviceId, BTreeMap<u64, (Event, EventHeader)>> = BTreeMap::new();
    for event in events {
        let header = event.header()?;
        if header.case_id != case {
            return Err(refused(Code::Precondition, "store.package_other_case", header.case_id.to_string()));
        }
        let place = at(&header);
        let before = chains.entry(header.device_id).or_default().insert(header.seq, (event, header));
        if before.is_some() {
            return Err(refused(Code::BrokenLog, "store.package_other_history", place));
        }
    }
    let (mut new, mut already) = (Vec::new(), 0);
    for (device, chain) in chains {
        let mut head = known.heads.get(&device).copied();
        let mut clock = head.and_then(|head| known.index.get(&(device, head.seq)).map(|(_, clock)| *clock));
        for (seq, (event, header)) in chain {
            if known.heads.get(&device).is_some_and(|head| seq <= head.seq) {
                if !known.has(device, seq, event.hash) {
                    return Err(refused(Code::BrokenLog, "store.package_other_history", at(&header)));
                }
                already += 1;
                continue;
            }
            let expected = head.map_or(1, |head| head.seq + 1);
            if seq != expected || header.prev_hash != head.map(|head| head.hash) {
                return Err(refused(Code::BrokenLog, "store.package_gap", at(&header)));
            }
            let payload = event.payload().map_err(|_| edited(&header))?;
            if let Some(EventPayload::DeviceAdded { device: added }) = &payload
                && seq == 1
                && added.id == device
            {
                known.devices.insert(device, added.clone());
            }
            prove_one(known, &event, &header, payload.as_ref(), now)?;
            if clock.is_some_and(|before| header.clock <= before) {
                return Err(refused(Code::BrokenLog, "store.package_backdated", at(&header)));
            }
            clock = Some(header.clock);
            head = Some(SeenHead { seq, hash: event.hash });
            known.index.insert((device, seq), (event.hash, header.clock));
            new.push(Foreign { event, header, payload });
        }
        if let Some(head) = head {
            known.heads.insert(device, head);
        }
    }
    for act in &new {
        prove_seen(known, &act.header)?;
    }
    Ok((new, already))
}

fn edited(header: &EventHeader) -> StoreError {
    refused(Code::BrokenLog, "store.package_edited", at(header))
}

fn prove_one(
    known: &Known,
    event: &Event,
    header: &EventHeader,
    payload: Option<&EventPayload>,
    now: jiff::Timestamp,
) -> Result<(), StoreError> {
    let enrolled = known.devices.get(&header.device_id);
    let key = enrolled.and_then(|device| verifying_key(&device.public_key));
    let (Some(device), Some(key)) = (enrolled, key) else {
        return Err(refused(Code::BrokenLog, "store.package_unknown_device", at(header)));
    };
    match event.check(&key) {
        Ok(()) => {}
        Err(Disagreement::Signature) => {
            return Err(refused(Code::BrokenLog, "store.package_forged", at(header)));
        }
        Err(Disagreement::Hash | Disagreement::Commitment) => return Err(edited(header)),
    }
    if payload.is_some_and(|payload| payload.kind() != header.kind) {
        return Err(edited(header));
    }
    if header.author_id != device.actor {
        return Err(refused(Code::Precondition, "store.package_foreign_author", at(header)));
    }
    if matches!(payload, Some(EventPayload::DeviceAdded { .. })) != (header.seq == 1) {
        return Err(refused(Code::BrokenLog, "store.package_unknown_device", at(header)));
    }
    if header.clock.wall > now.as_millisecond().saturating_add(AHEAD) {
        return Err(refused(Code::Precondition, "store.package_ahead", at(header)));
    }
    Ok(())
}

/// What a device says it had seen must be there as it saw it, and before what it recorded.
fn prove_seen(known: &Known, header: &EventHeader) -> Result<(), StoreError> {
    for (device, seen) in &header.seen {
        let Some((hash, clock)) = known.index.get(&(*device, seen.seq)) else {
            return Err(refused(Code::BrokenLog, "store.package_gap", format!("{device} #{}", seen.seq)));
        };
        if *hash != seen.hash {
            return Err(refused(
                Code::BrokenLog,
                "store.package_other_history",
                format!("{device} #{}", seen.seq),
            ));
        }
        if header.clock <= *clock {
            return Err(refused(Code::BrokenLog, "store.package_backdated", at(header)));
        }
    }
    Ok(())
}
