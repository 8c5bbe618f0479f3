//! What an event says happened. Every human act is one of these.

use crate::Stated;
use cotejo_domain::course::CourseAct;
use cotejo_domain::field_learning::FieldCorrection;
use cotejo_domain::{
    ActaId, Actor, ActorId, Arrangement, Bid, BidFile, BidId, Bidder, Commission, Decision, DecisionId,
    Device, DeviceId, DocumentType, Fact, FileHash, Lot, LotId, Member, MemberId, Note, Outcome, PageRemedy,
    Pliego, Process, RecordId, Requirement, RequirementId, Round, Session, SourceNote,
};
use serde::{Deserialize, Serialize};

/// Names the rule pack a case is judged by (invariant 6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackReference {
    /// Identifier with date.
    pub id: String,
    /// SHA-256 of its exact text.
    pub sha256: FileHash,
}

/// Tells whose file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "owner", content = "bid", rename_all = "snake_case")]
pub enum FileOwner {
    /// Part of the process: pliego, aclaración, other papers of the entity.
    Process,
    /// Part of a bid.
    Bid(BidId),
    /// Handed in for a bid as the answer to a *convalidación*: beside the bid, never part of it.
    Answer(BidId),
}

/// Holds what a person put in place of the machine's reading; machine output never overwrites it (invariant 5).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", content = "value", rename_all = "snake_case")]
pub enum Correction {
    /// A fact.
    Fact(Fact),
    /// The type of a run of pages.
    DocumentType {
        /// The file.
        file: FileHash,
        /// The pages, from 1.
        pages: Vec<u32>,
        /// Their type.
        kind: DocumentType,
    },
}

/// Describes a generated acta; its PDF rests among the originals under `sha256`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActaRecord {
    /// Its identifier.
    pub id: ActaId,
    /// Kind of acta: `calificacion`, `apertura`, …
    pub kind: String,
    /// Number as printed, where it has one.
    pub number: Option<String>,
    /// SHA-256 of the generated PDF.
    pub sha256: FileHash,
    /// SHA-256 of the canonical content it was typeset from.
    pub content_sha256: FileHash,
}

/// Describes one signature on an acta.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActaSignature {
    /// Holder's name, from the certificate.
    pub signer: String,
    /// Number of the cédula, where the certificate carries it.
    pub cedula: Option<String>,
    /// Serial number of the certificate, in hexadecimal.
    pub certificate_serial: Option<String>,
    /// SHA-256 of the PDF with this signature.
    pub sha256: FileHash,
    /// When, in UTC.
    pub signed_at: jiff::Timestamp,
}

/// Says what happened. The tag is the `kind` of the event; new variants may be added, old ones never change their meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum EventPayload {
    /// A device joins the case; signed by its own key, always the device's first event.
    DeviceAdded {
        /// The device.
        device: Device,
    },
    /// The case begins.
    CaseCreated {
        /// Name for people.
        name: String,
        /// The process, as far as it is known.
        process: Process,
        /// Its lots: one by default.
        lots: Vec<Lot>,
        /// The rule pack.
        pack: Option<PackReference>,
    },
    /// The process's data were changed by a person.
    ProcessChanged {
        /// The process.
        process: Process,
        /// Its lots.
        lots: Vec<Lot>,
        /// Where the person read what it changes.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        source: String,
    },
    /// The rule pack was fixed.
    PackFrozen {
        /// The rule pack.
        pack: PackReference,
        /// Its exact text, whose SHA-256 the reference names: the case is judged by it wherever it is opened.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<String>,
    },
    /// A pliego was taken in: its process and its requirements take the place of those before.
    PliegoImported {
        /// The file, if it rests among the originals.
        file: Option<FileHash>,
        /// What was read from it.
        pliego: Box<Pliego>,
    },
    /// A requirement was added.
    RequirementAdded {
        /// The requirement.
        requirement: Requirement,
    },
    /// A requirement was changed.
    RequirementChanged {
        /// The requirement, as it is now.
        requirement: Requirement,
    },
    /// A requirement was taken out.
    RequirementRemoved {
        /// The requirement.
        requirement: RequirementId,
    },
    /// A bid was added. Its files come as [`EventPayload::FileImported`]; those listed in it are not looked at.
    BidAdded {
        /// The bid.
        bid: Bid,
    },
    /// The bidder's data were changed.
    BidderChanged {
        /// The bid.
        bid: BidId,
        /// The bidder, as it is now.
        bidder: Bidder,
    },
    /// It was said, or taken back, which lot a bid is for.
    BidMoved {
        /// The bid.
        bid: BidId,
        /// The lot it is in now.
        lot: LotId,
    },
    /// A bid was taken out, as when a folder was imported by mistake.
    BidRemoved {
        /// The bid.
        bid: BidId,
    },
    /// A file was stored among the originals.
    FileImported {
        /// Whose it is.
        owner: FileOwner,
        /// The file.
        file: BidFile,
    },
    /// The moment of a sealed document came.
    FileUnsealed {
        /// The document.
        file: FileHash,
        /// Why now.
        reason: String,
    },
    /// The reader told what files of a bid are, by their content.
    FilesDescribed {
        /// The bid.
        bid: BidId,
        /// The files and their media types.
        media_types: Vec<(FileHash, String)>,
    },
    /// A person at a machine of their own said which seat of the commission is theirs; what this device decides is that member's.
    SeatTaken {
        /// The seat.
        member: MemberId,
        /// The person, as the events of the device name them.
        actor: ActorId,
        /// The device.
        device: DeviceId,
    },
    /// Whoever holds the case compared the key of a colleague's device, and lets it write.
    DeviceAdmitted {
        /// The device.
        device: Device,
    },
    /// A person was added or changed.
    ActorAdded {
        /// The person.
        actor: Actor,
    },
    /// A member was added or changed.
    MemberAdded {
        /// The member.
        member: Member,
    },
    /// A member left.
    MemberRemoved {
        /// The member.
        member: MemberId,
    },
    /// The session was described. It takes the place of what was recorded of it before.
    SessionRecorded {
        /// Identifies this version.
        record: RecordId,
        /// The session.
        session: Session,
    },
    /// The evaluating body was recorded. It takes the place of the members before.
    CommissionRecorded {
        /// Identifies this version.
        record: RecordId,
        /// The body.
        commission: Commission,
    },
    /// A note was written, changed or taken back.
    NoteRecorded {
        /// Identifies this version.
        record: RecordId,
        /// The note.
        note: Note,
    },
    /// A page was turned, or its text written by a person.
    PageRemedied {
        /// Identifies this version.
        record: RecordId,
        /// What was done.
        remedy: PageRemedy,
    },
    /// A person cut a file into documents otherwise than before, named a type or put them in another order.
    DocumentsArranged {
        /// Identifies this version.
        record: RecordId,
        /// The documents, all of them.
        arrangement: Arrangement,
    },
    /// A person said what a field of a document is, where it stands, or that it is not stated.
    FieldCorrected {
        /// Identifies this version.
        record: RecordId,
        /// What is said.
        correction: FieldCorrection,
    },
    /// A person noted what a source answered that only a person can ask.
    SourceNoted {
        /// Identifies this version.
        record: RecordId,
        /// The note.
        note: SourceNote,
    },
    /// A person recorded an act of the course of the evaluation. It takes the place of the one before in its slot.
    CourseRecorded {
        /// Identifies this version.
        record: RecordId,
        /// The act.
        act: CourseAct,
    },
    /// What was recorded of session, commission, note, page, documents, source or course was undone; the version before holds again.
    RecordUndone {
        /// The version.
        record: RecordId,
    },
    /// An undone version was taken up again.
    RecordRedone {
        /// The version.
        record: RecordId,
    },
    /// A person corrected the machine.
    Corrected {
        /// The bid.
        bid: BidId,
        /// Names what is corrected, stable for the caller.
        key: String,
        /// The person's value.
        correction: Correction,
    },
    /// A correction was withdrawn.
    CorrectionWithdrawn {
        /// The bid.
        bid: BidId,
        /// Names what was corrected.
        key: String,
    },
    /// A member decided. It replaces the member's verdict on the same requirement of the same bid.
    Decided {
        /// The decision.
        decision: Decision,
    },
    /// A decision was undone; the one it had replaced holds again.
    DecisionUndone {
        /// The decision.
        decision: DecisionId,
    },
    /// An undone decision was taken up again.
    DecisionRedone {
        /// The decision.
        decision: DecisionId,
    },
    /// A bid's evaluation ended, or ended otherwise.
    OutcomeSet {
        /// The lot.
        lot: LotId,
        /// The bid.
        bid: BidId,
        /// How.
        outcome: Outcome,
    },
    /// An acta was generated.
    ActaGenerated {
        /// The acta.
        acta: ActaRecord,
        /// What it states: sealed by its first signature.
        states: Vec<Stated>,
    },
    /// An acta was signed.
    ActaSigned {
        /// The acta.
        acta: ActaId,
        /// The signature.
        signature: ActaSignature,
    },
    /// A signed acta is to be rectified, for a recorded cause; what it stated may change again.
    RectificationOpened {
        /// The acta.
        acta: ActaId,
        /// The cause.
        cause: String,
    },
    /// A new round began; what signed actas of earlier rounds stated may change again.
    RoundOpened {
        /// The round.
        round: Round,
        /// The cause.
        cause: String,
    },
}

impl EventPayload {
    /// Returns the kind, as the event's header writes it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::DeviceAdded { .. } => "device_added",
            Self::CaseCreated { .. } => "case_created",
            Self::ProcessChanged { .. } => "process_changed",
            Self::PackFrozen { .. } => "pack_frozen",
            Self::PliegoImported { .. } => "pliego_imported",
            Self::RequirementAdded { .. } => "requirement_added",
            Self::RequirementChanged { .. } => "requirement_changed",
            Self::RequirementRemoved { .. } => "requirement_removed",
            Self::BidAdded { .. } => "bid_added",
            Self::BidderChanged { .. } => "bidder_changed",
            Self::BidMoved { .. } => "bid_moved",
            Self::BidRemoved { .. } => "bid_removed",
            Self::FileImported { .. } => "file_imported",
            Self::FileUnsealed { .. } => "file_unsealed",
            Self::FilesDescribed { .. } => "files_described",
            Self::SeatTaken { .. } => "seat_taken",
            Self::DeviceAdmitted { .. } => "device_admitted",
            Self::ActorAdded { .. } => "actor_added",
            Self::MemberAdded { .. } => "member_added",
            Self::MemberRemoved { .. } => "member_removed",
            Self::SessionRecorded { .. } => "session_recorded",
            Self::CommissionRecorded { .. } => "commission_recorded",
            Self::NoteRecorded { .. } => "note_recorded",
            Self::PageRemedied { .. } => "page_remedied",
            Self::DocumentsArranged { .. } => "documents_arranged",
            Self::FieldCorrected { .. } => "field_corrected",
            Self::SourceNoted { .. } => "source_noted",
            Self::CourseRecorded { .. } => "course_recorded",
            Self::RecordUndone { .. } => "record_undone",
            Self::RecordRedone { .. } => "record_redone",
            Self::Corrected { .. } => "corrected",
            Self::CorrectionWithdrawn { .. } => "correction_withdrawn",
            Self::Decided { .. } => "decided",
            Self::DecisionUndone { .. } => "decision_undone",
            Self::DecisionRedone { .. } => "decision_redone",
            Self::OutcomeSet { .. } => "outcome_set",
            Self::ActaGenerated { .. } => "acta_generated",
            Self::ActaSigned { .. } => "acta_signed",
            Self::RectificationOpened { .. } => "rectification_opened",
            Self::RoundOpened { .. } => "round_opened",
        }
    }

    /// Returns the identifier of the version that the event records.
    #[must_use]
    pub fn record(&self) -> Option<RecordId> {
        match self {
            Self::SessionRecorded { record, .. }
            | Self::CommissionRecorded { record, .. }
            | Self::NoteRecorded { record, .. }
            | Self::PageRemedied { record, .. }
            | Self::DocumentsArranged { record, .. }
            | Self::FieldCorrected { record, .. }
            | Self::SourceNoted { record, .. }
            | Self::CourseRecorded { record, .. } => Some(*record),
            _ => None,
        }
    }

    /// Returns what the event is about, as text for the header.
    #[must_use]
    pub fn subject(&self) -> Option<String> {
        match self {
            Self::DeviceAdded { device } | Self::DeviceAdmitted { device } => Some(device.id.to_string()),
            Self::SeatTaken { member, .. } => Some(member.to_string()),
            Self::CaseCreated { .. }
            | Self::ProcessChanged { .. }
            | Self::PackFrozen { .. }
            | Self::PliegoImported { .. }
            | Self::RoundOpened { .. } => None,
            Self::RequirementAdded { requirement } | Self::RequirementChanged { requirement } => {
                Some(requirement.id.to_string())
            }
            Self::RequirementRemoved { requirement } => Some(requirement.to_string()),
            Self::BidAdded { bid } => Some(bid.id.to_string()),
            Self::BidderChanged { bid, .. }
            | Self::BidMoved { bid, .. }
            | Self::BidRemoved { bid }
            | Self::Corrected { bid, .. }
            | Self::CorrectionWithdrawn { bid, .. }
            | Self::FilesDescribed { bid, .. }
            | Self::OutcomeSet { bid, .. } => Some(bid.to_string()),
            // The hash of a document would tell whoever reads headers which document it is.
            Self::FileImported { .. } | Self::FileUnsealed { .. } => None,
            Self::ActorAdded { actor } => Some(actor.id.to_string()),
            Self::MemberAdded { member } => Some(member.id.to_string()),
            Self::MemberRemoved { member } => Some(member.to_string()),
            Self::SessionRecorded { record, .. }
            | Self::CommissionRecorded { record, .. }
            | Self::NoteRecorded { record, .. }
            | Self::PageRemedied { record, .. }
            | Self::DocumentsArranged { record, .. }
            | Self::FieldCorrected { record, .. }
            | Self::SourceNoted { record, .. }
            | Self::CourseRecorded { record, .. }
            | Self::RecordUndone { record }
            | Self::RecordRedone { record } => Some(record.to_string()),
            Self::Decided { decision } => Some(decision.id.to_string()),
            Self::DecisionUndone { decision } | Self::DecisionRedone { decision } => {
                Some(decision.to_string())
            }
            Self::ActaGenerated { acta, .. } => Some(acta.id.to_string()),
            Self::ActaSigned { acta, .. } | Self::RectificationOpened { acta, .. } => Some(acta.to_string()),
        }
    }

    /// Returns the lot, where the event has one.
    #[must_use]
    pub fn lot(&self) -> Option<LotId> {
        match self {
            Self::BidAdded { bid } => Some(bid.lot),
            Self::BidMoved { lot, .. } => Some(*lot),
            Self::Decided { decision } => Some(decision.lot),
            Self::OutcomeSet { lot, .. } => Some(*lot),
            Self::NoteRecorded { note, .. } => Some(note.lot),
            Self::CourseRecorded { act, .. } => act.lot(),
            _ => None,
        }
    }
}
