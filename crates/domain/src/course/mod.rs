//! What persons record of the course of an evaluation besides verdicts: each act has a type of its own here, one file each.
//!
//! To add one: write its file, name it in [`CourseAct`] with its slot, lot and author, and its words under
//! `casework.act.course.<act>` for undo and redo. The log, undo, sealing and rebuild need nothing else.

mod agreement;
mod bid_outcome;
mod claim;
mod constancia;
mod constatation;
mod cure_answer;
mod cure_notification;
mod cure_request;
mod cure_result;
mod declaration;
mod defect;
mod impediment;
mod indicio;
mod lots;
mod negotiation;
mod opening;
mod paper;
mod point_answer;
mod recheck;
mod recommendation;
mod requirement;
mod stage;
mod subcommission;
mod support;
mod treatment;

pub use agreement::{CommissionAgreement, Dissent, SigningRefusal, Vote};
pub use bid_outcome::BidOutcome;
pub use claim::{Claim, ClaimAnswer, ClaimKind, ClaimResult};
pub use constancia::{Constancia, ConstanciaKind, Recipients, RupMoment, RupStatus};
pub use constatation::{Constatation, SignatureResult};
pub use cure_answer::{AnswerFile, CureAnswer};
pub use cure_notification::CureNotification;
pub use cure_request::{CureNature, CureRequest, CureRequests, ExistedBefore};
pub use cure_result::{CureResult, CureVerdict};
pub use declaration::{Declaration, DeclarationKind, Kinship, KinshipAnswer};
pub use defect::{DefectNature, DefectSaid};
pub use impediment::{Impediment, ImpedimentKind, ImpedimentResolution};
pub use indicio::IndicioDismissal;
pub use lots::{BidPlaced, LotsStated, PlacedBid};
pub use negotiation::Negotiation;
pub use opening::{EvidenceOpening, OpenedPiece, OpeningWay};
pub use paper::PaperData;
pub use point_answer::{PointAnswer, PointQuestion};
pub use recheck::{SampleChecked, SampleDrawn, SampledCell};
pub use recommendation::{Recommendation, Recommended};
pub use requirement::{
    ClarificationApplied, DepartureAnswer, DepartureAnswered, RequirementChange, RequirementSaid,
    RequirementWord,
};
pub use stage::{
    CourseFrame, LotEnd, OmissionGround, ReturnCause, StageDate, StageKind, StageMove, StageMovement,
};
pub use subcommission::{PointHandling, SubcommissionAnswer, SubcommissionPoint, SubcommissionReport};
pub use support::{ActSupport, KeptFile};
pub use treatment::TreatmentAnswer;

use crate::{ActorId, BidId, LotId, RequirementId};
use serde::{Deserialize, Serialize};

/// Holds one act of the course. The tag names the act; new ones may be added, old ones never change their meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", content = "data", rename_all = "snake_case")]
pub enum CourseAct {
    /// An indicio was dismissed with a reason, or taken up again.
    IndicioDismissed(IndicioDismissal),
    /// Something was written for a paper.
    PaperWritten(PaperData),
    /// A requirement was confirmed, edited, rejected or taken up again.
    RequirementSaid(RequirementSaid),
    /// An aclaración changed requirements, or was withdrawn.
    ClarificationApplied(ClarificationApplied),
    /// A departure of the pliego from the norm was answered.
    DepartureAnswered(DepartureAnswered),
    /// Something that the scoring asks was answered, or the answer withdrawn.
    PointAnswered(PointAnswer),
    /// A member declared on conflicts of interest or confidentiality.
    DeclarationMade(Declaration),
    /// A coincidence of surnames was answered.
    KinshipAnswered(KinshipAnswer),
    /// An *excusa* or a *recusación* was raised or resolved.
    ImpedimentRecorded(Impediment),
    /// The commission agreed on a cell, or the agreement was taken back.
    AgreementRecorded(CommissionAgreement),
    /// A member gave the reasons of a *voto salvado*.
    DissentRecorded(Dissent),
    /// A member does not sign an acta.
    SigningRefused(SigningRefusal),
    /// A subcommission handed in its report.
    SubcommissionReported(SubcommissionReport),
    /// The commission endorsed or corrected a point of a report.
    SubcommissionAnswered(SubcommissionAnswer),
    /// A person opened evidence of a cell.
    EvidenceOpened(EvidenceOpening),
    /// A sample of accepted proposals was drawn.
    SampleDrawn(SampleDrawn),
    /// A second member checked a cell of the sample.
    SampleChecked(SampleChecked),
    /// A finding about equal treatment was answered.
    TreatmentAnswered(TreatmentAnswer),
    /// Bidders are asked to cure errors.
    CureRequested(CureRequests),
    /// The requests were notified.
    CureNotified(CureNotification),
    /// A bidder answered, or nothing came.
    CureAnswered(CureAnswer),
    /// A person said what came of one request.
    CureResolved(CureResult),
    /// A person said what a defect is.
    DefectSaid(DefectSaid),
    /// The signatures of a file were validated with the official application.
    SignatureConstated(Constatation),
    /// A bid ended.
    BidEnded(BidOutcome),
    /// A negotiation was held.
    NegotiationHeld(Negotiation),
    /// Something was recommended to the máxima autoridad.
    Recommended(Recommendation),
    /// A stage was opened, closed, omitted, or a lot moved back to it.
    StageMoved(StageMove),
    /// The moment that the schedule has for a stage was stated.
    StageDated(StageDate),
    /// Canton, variant or stages of the process were stated.
    CourseFramed(CourseFrame),
    /// A claim was raised, or SERCOP supervises.
    ClaimRaised(Claim),
    /// A claim ended.
    ClaimAnswered(ClaimAnswer),
    /// Something was published, notified, consulted or signed elsewhere.
    ConstanciaRecorded(Constancia),
    /// The lots of the process were stated.
    LotsStated(LotsStated),
    /// It was said which lots a bid is for.
    BidPlaced(BidPlaced),
}

impl CourseAct {
    /// Names the act, as its tag does.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LotsStated(_) => "lots_stated",
            Self::BidPlaced(_) => "bid_placed",
            Self::StageMoved(_) => "stage_moved",
            Self::StageDated(_) => "stage_dated",
            Self::CourseFramed(_) => "course_framed",
            Self::ClaimRaised(_) => "claim_raised",
            Self::ClaimAnswered(_) => "claim_answered",
            Self::ConstanciaRecorded(_) => "constancia_recorded",
            Self::CureRequested(_) => "cure_requested",
            Self::CureNotified(_) => "cure_notified",
            Self::CureAnswered(_) => "cure_answered",
            Self::CureResolved(_) => "cure_resolved",
            Self::DefectSaid(_) => "defect_said",
            Self::SignatureConstated(_) => "signature_constated",
            Self::BidEnded(_) => "bid_ended",
            Self::NegotiationHeld(_) => "negotiation_held",
            Self::Recommended(_) => "recommended",
            Self::IndicioDismissed(_) => "indicio_dismissed",
            Self::PaperWritten(_) => "paper_written",
            Self::RequirementSaid(_) => "requirement_said",
            Self::ClarificationApplied(_) => "clarification_applied",
            Self::DepartureAnswered(_) => "departure_answered",
            Self::PointAnswered(_) => "point_answered",
            Self::DeclarationMade(_) => "declaration_made",
            Self::KinshipAnswered(_) => "kinship_answered",
            Self::ImpedimentRecorded(_) => "impediment_recorded",
            Self::AgreementRecorded(_) => "agreement_recorded",
            Self::DissentRecorded(_) => "dissent_recorded",
            Self::SigningRefused(_) => "signing_refused",
            Self::SubcommissionReported(_) => "subcommission_reported",
            Self::SubcommissionAnswered(_) => "subcommission_answered",
            Self::EvidenceOpened(_) => "evidence_opened",
            Self::SampleDrawn(_) => "sample_drawn",
            Self::SampleChecked(_) => "sample_checked",
            Self::TreatmentAnswered(_) => "treatment_answered",
        }
    }

    /// Names what the act says something of; the newest act of a slot that was not undone holds. It begins with `acto:` and the
    /// name of the act; an acta that states the act seals the slot.
    #[must_use]
    pub fn slot(&self) -> String {
        let of = match self {
            Self::StageMoved(said) => said.id.clone(),
            Self::StageDated(said) => {
                format!("{}:{}", said.stage.key(), said.lot.map_or_else(String::new, |lot| lot.to_string()))
            }
            Self::CourseFramed(_) => "marco".to_owned(),
            Self::LotsStated(_) => "lotes".to_owned(),
            Self::BidPlaced(said) => said.package.to_string(),
            Self::ClaimRaised(said) => said.id.clone(),
            Self::ClaimAnswered(said) => said.claim.clone(),
            Self::ConstanciaRecorded(said) => said.id.clone(),
            Self::CureRequested(said) => format!("{}:{}", said.lot, said.number),
            Self::CureNotified(said) => format!("{}:{}", said.lot, said.number),
            Self::CureAnswered(said) => format!("{}:{}:{}", said.lot, said.number, said.bid),
            Self::CureResolved(said) => format!("{}:{}:{}", said.lot, said.number, said.request),
            Self::DefectSaid(said) => format!("{}:{}:{}", said.lot, said.bid, said.requirement),
            Self::SignatureConstated(said) => said.id.clone(),
            Self::BidEnded(said) => format!("{}:{}", said.lot, said.bid),
            Self::NegotiationHeld(said) => format!("{}:{}:{}", said.lot, said.bid, said.session),
            Self::Recommended(said) => said.lot.to_string(),
            Self::IndicioDismissed(said) => said.indicio.clone(),
            Self::PaperWritten(said) => format!("{}:{}", said.paper, said.about),
            Self::RequirementSaid(said) => format!("{}:{}", said.requirement, said.number),
            Self::ClarificationApplied(said) => said.clarification.clone(),
            Self::DepartureAnswered(said) => said.departure.clone(),
            Self::PointAnswered(said) => said.question.key(),
            Self::DeclarationMade(said) => format!("{}:{}", said.kind.key(), said.member),
            Self::KinshipAnswered(said) => format!("{}:{}", said.member, said.coincidence),
            Self::ImpedimentRecorded(said) => said.id.clone(),
            Self::AgreementRecorded(said) => format!("{}:{}:{}", said.lot, said.bid, said.requirement),
            Self::DissentRecorded(said) => {
                format!("{}:{}:{}:{}", said.member, said.lot, said.bid, said.requirement)
            }
            Self::SigningRefused(said) => format!("{}:{}", said.acta, said.member),
            Self::SubcommissionReported(said) => said.id.clone(),
            Self::SubcommissionAnswered(said) => format!("{}:{}", said.report, said.number),
            Self::EvidenceOpened(said) => format!("{}:{}:{}", said.author, said.bid, said.requirement),
            Self::SampleDrawn(said) => said.number.to_string(),
            Self::SampleChecked(said) => format!("{}:{}:{}", said.number, said.member, said.decision),
            Self::TreatmentAnswered(said) => said.finding.clone(),
        };
        format!("acto:{}:{of}", self.name())
    }

    /// Returns the lot it belongs to; `None` for what concerns the whole process.
    #[must_use]
    pub fn lot(&self) -> Option<LotId> {
        match self {
            Self::StageMoved(said) => said.lot,
            Self::StageDated(said) => said.lot,
            Self::CourseFramed(_) | Self::LotsStated(_) | Self::BidPlaced(_) => None,
            Self::ClaimRaised(said) => said.lot,
            Self::ClaimAnswered(said) => said.lot,
            Self::ConstanciaRecorded(said) => said.lot,
            Self::CureRequested(said) => Some(said.lot),
            Self::CureNotified(said) => Some(said.lot),
            Self::CureAnswered(said) => Some(said.lot),
            Self::CureResolved(said) => Some(said.lot),
            Self::DefectSaid(said) => Some(said.lot),
            Self::SignatureConstated(said) => Some(said.lot),
            Self::BidEnded(said) => Some(said.lot),
            Self::NegotiationHeld(said) => Some(said.lot),
            Self::Recommended(said) => Some(said.lot),
            Self::IndicioDismissed(_)
            | Self::PaperWritten(_)
            | Self::ClarificationApplied(_)
            | Self::DepartureAnswered(_) => None,
            Self::RequirementSaid(said) => said.lot(),
            Self::PointAnswered(_)
            | Self::DeclarationMade(_)
            | Self::KinshipAnswered(_)
            | Self::ImpedimentRecorded(_)
            | Self::SigningRefused(_)
            | Self::SubcommissionReported(_)
            | Self::SubcommissionAnswered(_)
            | Self::EvidenceOpened(_)
            | Self::SampleDrawn(_)
            | Self::SampleChecked(_)
            | Self::TreatmentAnswered(_) => None,
            Self::AgreementRecorded(said) => Some(said.lot),
            Self::DissentRecorded(said) => Some(said.lot),
        }
    }

    /// Returns whose word it is, where only that person may say it: the log refuses it from another.
    #[must_use]
    pub fn author(&self) -> Option<ActorId> {
        match self {
            Self::StageMoved(said) => Some(said.author),
            Self::StageDated(said) => Some(said.author),
            Self::CourseFramed(said) => Some(said.author),
            Self::LotsStated(said) => Some(said.author),
            Self::BidPlaced(said) => Some(said.author),
            Self::ClaimRaised(said) => Some(said.author),
            Self::ClaimAnswered(said) => Some(said.author),
            Self::ConstanciaRecorded(said) => Some(said.author),
            Self::CureRequested(said) => Some(said.author),
            Self::CureNotified(said) => Some(said.author),
            Self::CureAnswered(said) => Some(said.author),
            Self::CureResolved(said) => Some(said.author),
            Self::DefectSaid(said) => Some(said.author),
            Self::SignatureConstated(said) => Some(said.author),
            Self::BidEnded(said) => Some(said.author),
            Self::NegotiationHeld(said) => Some(said.author),
            Self::Recommended(said) => Some(said.author),
            Self::IndicioDismissed(said) => Some(said.author),
            Self::PaperWritten(said) => Some(said.author),
            Self::RequirementSaid(said) => Some(said.author),
            Self::ClarificationApplied(said) => Some(said.author),
            Self::DepartureAnswered(said) => Some(said.author),
            Self::PointAnswered(said) => Some(said.author),
            Self::DeclarationMade(said) => Some(said.author),
            Self::KinshipAnswered(said) => Some(said.author),
            Self::ImpedimentRecorded(said) => Some(said.author),
            Self::AgreementRecorded(said) => Some(said.author),
            Self::DissentRecorded(said) => Some(said.author),
            Self::SigningRefused(said) => Some(said.author),
            Self::SubcommissionReported(said) => Some(said.author),
            Self::SubcommissionAnswered(said) => Some(said.author),
            Self::EvidenceOpened(said) => Some(said.author),
            Self::SampleDrawn(said) => Some(said.author),
            Self::SampleChecked(said) => Some(said.author),
            Self::TreatmentAnswered(said) => Some(said.author),
        }
    }

    /// Returns the cell whose verdict it settles: once a signed acta states a verdict there, the act is sealed with it.
    #[must_use]
    pub fn verdict_cell(&self) -> Option<(LotId, &RequirementId, BidId)> {
        match self {
            Self::CureResolved(said) => Some((said.lot, &said.requirement, said.bid)),
            Self::DefectSaid(said) => Some((said.lot, &said.requirement, said.bid)),
            Self::AgreementRecorded(said) => Some((said.lot, &said.requirement, said.bid)),
            Self::DissentRecorded(said) => Some((said.lot, &said.requirement, said.bid)),
            _ => None,
        }
    }

    /// Tells whether it can be undone. What tells only that something happened cannot: evidence that was opened, a sample that was drawn.
    #[must_use]
    pub fn can_be_undone(&self) -> bool {
        !matches!(self, Self::EvidenceOpened(_) | Self::SampleDrawn(_))
    }

    /// Lists the requirements that it makes other than they were, or confirms; with whether what rests on them is to be looked at again.
    #[must_use]
    pub fn requirements(&self) -> Vec<(&RequirementId, bool)> {
        match self {
            Self::RequirementSaid(said) => vec![(&said.requirement, said.changes())],
            Self::ClarificationApplied(said) => {
                said.changes.iter().map(|change| (&change.requirement, true)).collect()
            }
            _ => Vec::new(),
        }
    }
}
