//! What actas state, and what an event would change of it (invariant 5).

use crate::EventPayload;
use crate::records::Version;
use cotejo_domain::course::CourseAct;
use cotejo_domain::{ActaId, BidId, Decision, DecisionId, LotId, Note, NoteId, RequirementId};
use serde::{Deserialize, Serialize};

/// Names one thing an acta states. Its first signature seals it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Stated {
    /// A member's decision; with it every verdict on the same requirement of the same bid, the requirement and the bid.
    Decision {
        /// The decision.
        decision: DecisionId,
    },
    /// How the evaluation of a bid ended; with it every verdict on the bid and the list of requirements.
    Outcome {
        /// The lot.
        lot: LotId,
        /// The bid.
        bid: BidId,
    },
    /// A requirement.
    Requirement {
        /// The requirement.
        requirement: RequirementId,
    },
    /// A bid: its bidder and its files.
    Bid {
        /// The bid.
        bid: BidId,
    },
    /// Which bids there are.
    BidList,
    /// Who sits in the commission.
    Commission,
    /// The session in which it was made.
    Session,
    /// A note that its author wanted in the acta.
    Note {
        /// The note.
        note: NoteId,
    },
    /// The data of the process.
    Process,
    /// An act of the course of the evaluation.
    Act {
        /// Its slot.
        slot: String,
    },
}

/// Keys under which sealed subjects are kept; what an event touches is written in the same keys.
pub(crate) mod key {
    use super::{ActaId, BidId, LotId, NoteId, RequirementId};

    pub(crate) const PROCESS: &str = "proceso";
    pub(crate) const PACK: &str = "reglas";
    pub(crate) const REQUIREMENTS: &str = "requisitos";
    pub(crate) const BIDS: &str = "ofertas";
    pub(crate) const COMMISSION: &str = "comision";
    pub(crate) const SESSION: &str = "sesion";

    pub(crate) fn cell(lot: LotId, requirement: &RequirementId, bid: BidId) -> String {
        format!("veredicto:{lot}:{bid}:{requirement}")
    }
    pub(crate) fn outcome(lot: LotId, bid: BidId) -> String {
        format!("resultado:{lot}:{bid}")
    }
    pub(crate) fn requirement(requirement: &RequirementId) -> String {
        format!("requisito:{requirement}")
    }
    pub(crate) fn bid(bid: BidId) -> String {
        format!("oferta:{bid}")
    }
    pub(crate) fn note(note: NoteId) -> String {
        format!("nota:{note}")
    }
    pub(crate) fn acta(acta: ActaId) -> String {
        format!("acta:{acta}")
    }
}

/// Lists what the sealing of a stated thing covers. `decision` is the stated decision, where it is one.
pub(crate) fn covered(stated: &Stated, decision: Option<&Decision>) -> Vec<String> {
    let mut keys = match stated {
        Stated::Decision { .. } => decision.map_or_else(Vec::new, |decision| {
            vec![
                key::cell(decision.lot, &decision.requirement, decision.bid),
                key::requirement(&decision.requirement),
                key::bid(decision.bid),
            ]
        }),
        Stated::Outcome { lot, bid } => {
            vec![key::outcome(*lot, *bid), key::bid(*bid), key::REQUIREMENTS.into()]
        }
        Stated::Requirement { requirement } => vec![key::requirement(requirement)],
        Stated::Bid { bid } => vec![key::bid(*bid)],
        Stated::BidList => vec![key::BIDS.into()],
        Stated::Commission => vec![key::COMMISSION.into()],
        Stated::Session => vec![key::SESSION.into()],
        Stated::Note { note } => vec![key::note(*note)],
        Stated::Process => Vec::new(),
        Stated::Act { slot } => vec![slot.clone()],
    };
    // Whatever an acta states, it states it of this process under this pack.
    keys.extend([key::PROCESS.into(), key::PACK.into()]);
    keys
}

fn verdict_touches(lot: LotId, requirement: &RequirementId, bid: BidId) -> Vec<String> {
    vec![key::cell(lot, requirement, bid), key::outcome(lot, bid)]
}

/// A note that the acta does not state touches nothing of it.
fn note_touches(note: &Note) -> Vec<String> {
    if note.in_acta {
        vec![key::note(note.id), key::cell(note.lot, &note.requirement, note.bid)]
    } else {
        vec![key::note(note.id)]
    }
}

/// An act of the course touches its own slot, the verdict that it settles, and the requirements that it makes others.
fn course_touches(act: &CourseAct) -> Vec<String> {
    let mut keys = vec![act.slot()];
    match act {
        // Which lots there are is of the process, and which lots a package is for makes and ends bids.
        CourseAct::LotsStated(_) => keys.extend([key::PROCESS.into(), key::BIDS.into()]),
        CourseAct::BidPlaced(said) => {
            keys.push(key::BIDS.into());
            keys.push(key::bid(said.package));
            keys.extend(said.bids.iter().map(|placed| key::bid(placed.bid)));
        }
        _ => {}
    }
    if let Some((lot, requirement, bid)) = act.verdict_cell() {
        keys.extend(verdict_touches(lot, requirement, bid));
    }
    for (requirement, changed) in act.requirements() {
        if changed {
            keys.extend([key::requirement(requirement), key::REQUIREMENTS.into()]);
        }
    }
    keys
}

/// Holds what an undo or redo is about.
#[derive(Debug, Default)]
pub(crate) struct About {
    pub(crate) decision: Option<Decision>,
    pub(crate) version: Option<Version>,
    /// The bids that handed in the file whose page is meant.
    pub(crate) owners: Vec<BidId>,
}

/// Lists what an event would change; `about` is what an undo or redo is about.
pub(crate) fn touched(payload: &EventPayload, about: &About) -> Vec<String> {
    let decision = about.decision.as_ref();
    match payload {
        EventPayload::ProcessChanged { .. } => vec![key::PROCESS.into()],
        EventPayload::PackFrozen { .. } => vec![key::PACK.into()],
        EventPayload::PliegoImported { .. } => vec![key::PROCESS.into(), key::REQUIREMENTS.into()],
        EventPayload::RequirementAdded { requirement } | EventPayload::RequirementChanged { requirement } => {
            vec![key::requirement(&requirement.id), key::REQUIREMENTS.into()]
        }
        EventPayload::RequirementRemoved { requirement } => {
            vec![key::requirement(requirement), key::REQUIREMENTS.into()]
        }
        EventPayload::BidAdded { bid } => vec![key::BIDS.into(), key::bid(bid.id)],
        EventPayload::BidMoved { bid, .. } | EventPayload::BidRemoved { bid } => {
            vec![key::BIDS.into(), key::bid(*bid)]
        }
        EventPayload::BidderChanged { bid, .. }
        | EventPayload::Corrected { bid, .. }
        | EventPayload::CorrectionWithdrawn { bid, .. } => vec![key::bid(*bid)],
        EventPayload::FileImported { owner: crate::FileOwner::Bid(bid), .. }
        | EventPayload::FilesDescribed { bid, .. } => vec![key::bid(*bid)],
        EventPayload::ActorAdded { .. }
        | EventPayload::MemberAdded { .. }
        | EventPayload::MemberRemoved { .. } => vec![key::COMMISSION.into()],
        EventPayload::SessionRecorded { .. } => vec![key::SESSION.into()],
        EventPayload::CommissionRecorded { .. } => vec![key::COMMISSION.into()],
        EventPayload::NoteRecorded { note, .. } => note_touches(note),
        EventPayload::PageRemedied { .. }
        | EventPayload::DocumentsArranged { .. }
        | EventPayload::FieldCorrected { .. } => about.owners.iter().map(|bid| key::bid(*bid)).collect(),
        // What a person read elsewhere stands beside the evaluation; no acta states it.
        EventPayload::SourceNoted { .. } => Vec::new(),
        EventPayload::CourseRecorded { act, .. } => course_touches(act),
        EventPayload::RecordUndone { .. } | EventPayload::RecordRedone { .. } => {
            about.version.as_ref().map_or_else(Vec::new, |version| match version {
                Version::Session(_) => vec![key::SESSION.into()],
                Version::Commission(_) => vec![key::COMMISSION.into()],
                Version::Note(note) => note_touches(note),
                Version::Page(_) | Version::Documents(_) | Version::Field(_) => {
                    about.owners.iter().map(|bid| key::bid(*bid)).collect()
                }
                Version::Source(_) => Vec::new(),
                Version::Course(act) => course_touches(act),
            })
        }
        EventPayload::Decided { decision } => {
            verdict_touches(decision.lot, &decision.requirement, decision.bid)
        }
        EventPayload::DecisionUndone { .. } | EventPayload::DecisionRedone { .. } => decision
            .map_or_else(Vec::new, |decision| {
                verdict_touches(decision.lot, &decision.requirement, decision.bid)
            }),
        EventPayload::OutcomeSet { lot, bid, .. } => vec![key::outcome(*lot, *bid)],
        EventPayload::ActaGenerated { acta, .. } => vec![key::acta(acta.id)],
        EventPayload::DeviceAdded { .. }
        | EventPayload::SeatTaken { .. }
        | EventPayload::DeviceAdmitted { .. }
        | EventPayload::CaseCreated { .. }
        // An answer lies beside the bid: what an acta says of it, its act seals.
        | EventPayload::FileImported { owner: crate::FileOwner::Process | crate::FileOwner::Answer(_), .. }
        | EventPayload::FileUnsealed { .. }
        | EventPayload::ActaSigned { .. }
        | EventPayload::RectificationOpened { .. }
        | EventPayload::RoundOpened { .. } => Vec::new(),
    }
}
