//! Who writes what, when several machines work on one case.
//!
//! One device *holds* the case: the one that made it. Acts that must come one after the other (stages, membership, rules, envelopes, bids, agreements,
//! actas) are recorded there and nowhere else, so that two of them can never collide. Every other device belongs to one member, who took a seat of the
//! recorded commission there, and writes what is that member's own: verdicts, notes, declarations, checks of a sample, what was said of a paper.

use crate::projection::parse;
use crate::records::Version;
use crate::{Case, EventPayload, StoreError};
use cotejo_domain::course::CourseAct;
use cotejo_domain::{ActorId, Device, DeviceId, MemberId};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{Connection, SqliteConnection};
use std::collections::BTreeMap;

/// Tells who holds a seat that was taken on a machine of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatHolder {
    /// The seat.
    pub member: MemberId,
    /// The person, as the events of the device name them.
    pub actor: ActorId,
    /// The device.
    pub device: DeviceId,
}

/// Writes a public key so that two persons can compare it over the telephone: twenty digits in groups of four.
#[must_use]
pub fn fingerprint(public_key: &str) -> String {
    let digest = hex::encode_upper(Sha256::digest(public_key.trim().to_lowercase().as_bytes()));
    let groups: Vec<&str> = (0..5).filter_map(|group| digest.get(group * 4..group * 4 + 4)).collect();
    groups.join("-")
}

/// Tells whether what a person typed is the fingerprint of a key.
pub(crate) fn is_fingerprint(typed: &str, public_key: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_uppercase();
    digits(typed) == digits(&fingerprint(public_key))
}

/// Tells whether an act may be of a device that does not hold the case.
pub(crate) fn is_own_word(payload: &EventPayload) -> bool {
    match payload {
        EventPayload::DeviceAdded { .. }
        | EventPayload::SeatTaken { .. }
        | EventPayload::Decided { .. }
        | EventPayload::DecisionUndone { .. }
        | EventPayload::DecisionRedone { .. }
        | EventPayload::NoteRecorded { .. }
        | EventPayload::PageRemedied { .. }
        | EventPayload::DocumentsArranged { .. }
        | EventPayload::FieldCorrected { .. }
        | EventPayload::SourceNoted { .. }
        // What these are about is judged by `is_own_version`.
        | EventPayload::RecordUndone { .. }
        | EventPayload::RecordRedone { .. } => true,
        EventPayload::CourseRecorded { act, .. } => is_own_act(act),
        EventPayload::CaseCreated { .. }
        | EventPayload::ProcessChanged { .. }
        | EventPayload::PackFrozen { .. }
        | EventPayload::PliegoImported { .. }
        | EventPayload::RequirementAdded { .. }
        | EventPayload::RequirementChanged { .. }
        | EventPayload::RequirementRemoved { .. }
        | EventPayload::BidAdded { .. }
        | EventPayload::BidderChanged { .. }
        | EventPayload::BidMoved { .. }
        | EventPayload::BidRemoved { .. }
        | EventPayload::FileImported { .. }
        | EventPayload::FileUnsealed { .. }
        | EventPayload::FilesDescribed { .. }
        | EventPayload::ActorAdded { .. }
        | EventPayload::MemberAdded { .. }
        | EventPayload::MemberRemoved { .. }
        | EventPayload::DeviceAdmitted { .. }
        | EventPayload::SessionRecorded { .. }
        | EventPayload::CommissionRecorded { .. }
        | EventPayload::Corrected { .. }
        | EventPayload::CorrectionWithdrawn { .. }
        | EventPayload::OutcomeSet { .. }
        | EventPayload::ActaGenerated { .. }
        | EventPayload::ActaSigned { .. }
        | EventPayload::RectificationOpened { .. }
        | EventPayload::RoundOpened { .. } => false,
    }
}

fn is_own_act(act: &CourseAct) -> bool {
    matches!(
        act,
        CourseAct::EvidenceOpened(_)
            | CourseAct::SampleChecked(_)
            | CourseAct::DissentRecorded(_)
            | CourseAct::DeclarationMade(_)
            | CourseAct::KinshipAnswered(_)
            | CourseAct::IndicioDismissed(_)
            | CourseAct::TreatmentAnswered(_)
            | CourseAct::SignatureConstated(_)
    )
}

/// Returns the member whose word an act of the course is, where it names one.
pub(crate) fn member_of(payload: &EventPayload) -> Option<MemberId> {
    let EventPayload::CourseRecorded { act, .. } = payload else { return None };
    match act {
        CourseAct::SampleChecked(said) => Some(said.member),
        CourseAct::DissentRecorded(said) => Some(said.member),
        CourseAct::DeclarationMade(said) => Some(said.member),
        CourseAct::KinshipAnswered(said) => Some(said.member),
        _ => None,
    }
}

/// Whether a version may be undone by a device that does not hold the case; whose it is, is judged apart.
pub(crate) fn is_own_version(version: &Version) -> bool {
    match version {
        Version::Session(_) | Version::Commission(_) => false,
        Version::Course(act) => is_own_act(act),
        Version::Note(_)
        | Version::Page(_)
        | Version::Documents(_)
        | Version::Field(_)
        | Version::Source(_) => true,
    }
}

/// Returns whose word a version is.
pub(crate) fn author_of(version: &Version) -> Option<ActorId> {
    match version {
        Version::Session(_) | Version::Commission(_) => None,
        Version::Course(act) => act.author(),
        Version::Note(note) => Some(note.author),
        Version::Page(remedy) => Some(remedy.author),
        Version::Documents(arrangement) => Some(arrangement.author),
        Version::Field(said) => Some(said.author),
        Version::Source(note) => Some(note.author),
    }
}

/// Returns the device that holds the case; `None` before there is a case.
pub(crate) async fn holder(connection: &mut SqliteConnection) -> Result<Option<DeviceId>, StoreError> {
    // The second event of the device that made it, right after its enrolment.
    let found: Option<String> = sqlx::query_scalar(
        "SELECT device_id FROM events WHERE seq = 2 AND header LIKE '%\"kind\":\"case_created\"%'
         ORDER BY clock_wall, clock_counter, hash LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    found
        .map(|id| id.parse().map_err(|_| StoreError::BrokenLog { detail: format!("device {id}") }))
        .transpose()
}

/// Returns the devices of the case.
pub(crate) async fn devices(
    connection: &mut SqliteConnection,
) -> Result<BTreeMap<DeviceId, Device>, StoreError> {
    let rows: Vec<String> = sqlx::query_scalar("SELECT content FROM p_device").fetch_all(connection).await?;
    rows.iter().map(|row| parse::<Device>(row).map(|device| (device.id, device))).collect()
}

/// Returns who took which seat.
pub(crate) async fn seats(connection: &mut SqliteConnection) -> Result<Vec<SeatHolder>, StoreError> {
    let rows: Vec<String> =
        sqlx::query_scalar("SELECT content FROM p_seat ORDER BY member_id").fetch_all(connection).await?;
    rows.iter().map(|row| parse(row)).collect()
}

impl Case {
    /// Tells whether this device holds the case: the acts that must come one after the other are recorded here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holds(&self) -> Result<bool, StoreError> {
        Ok(holder(&mut *self.reader().await?).await?.is_none_or(|device| device == self.device.id))
    }

    /// Returns the device that holds the case.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn holder(&self) -> Result<Option<DeviceId>, StoreError> {
        holder(&mut *self.reader().await?).await
    }

    /// Returns the identifier and the public key of this device.
    #[must_use]
    pub fn this_device(&self, actor: ActorId) -> Device {
        self.device.describe(actor)
    }

    /// Returns who took which seat on a machine of their own.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn seats_taken(&self) -> Result<Vec<SeatHolder>, StoreError> {
        seats(&mut *self.reader().await?).await
    }

    /// Tells whether a person may write in this case on this device: it holds the case, or the person took a seat here.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn may_write(&self, actor: ActorId) -> Result<bool, StoreError> {
        if self.holds().await? {
            return Ok(true);
        }
        let seats = self.seats_taken().await?;
        Ok(seats.iter().any(|seat| seat.device == self.device.id && seat.actor == actor))
    }

    /// Takes a seat of the recorded commission for the person at this device, and so enrols the device in the case.
    ///
    /// # Errors
    /// [`StoreError::Precondition`] when there is no such seat, somebody else holds it, or this device has another one.
    pub async fn take_seat(&self, author: ActorId, member: MemberId) -> Result<(), StoreError> {
        let mut writer = self.writer().await;
        let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
        let taken = EventPayload::SeatTaken { member, actor: author, device: self.device.id };
        let enrolled = devices(&mut transaction).await?.contains_key(&self.device.id);
        if !enrolled {
            let added = EventPayload::DeviceAdded { device: self.device.describe(author) };
            crate::log::record(&mut transaction, self.ports(), self.id(), &self.device, author, &added)
                .await?;
        }
        crate::log::record(&mut transaction, self.ports(), self.id(), &self.device, author, &taken).await?;
        transaction.commit().await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_same_however_it_is_typed() {
        let key = "ab".repeat(32);
        let print = fingerprint(&key);
        assert_eq!(print.len(), 24, "{print}");
        assert!(is_fingerprint(&print.to_lowercase().replace('-', " "), &key));
        assert!(!is_fingerprint(&print, &"cd".repeat(32)));
        assert!(!is_fingerprint("", &key), "nothing typed is no fingerprint");
        assert!(!is_fingerprint(&print[..9], &key), "nor is its beginning");
    }
}
