//! When a sealed document opens (invariant 14; manual §2.1): the technical result signed by everyone who signs it, in a consultoría the technical
//! points determined and stated there, the stage begun, the schedule's moment come. Each refusal says what is missing and where it is made good.

use super::acta::{self, Seats};
use super::acta_content::{ECUADOR, hour, long_date};
use super::course::Gathered;
use super::judgement::{JudgedBid, Judgement};
use super::matrix::{Decided, outcome};
use super::open_case::OpenCase;
use super::sealed::is_consultancy;
use super::{Desk, commission, technical};
use crate::CaseworkError;
use crate::view::Verdict;
use cotejo_domain::course::{CourseAct, PointAnswer, PointQuestion, StageKind};
use cotejo_domain::{ActorId, Code, LotId, MemberId, Outcome, RequirementKind};
use cotejo_procedure::commission::body::remarks;
use cotejo_procedure::curing::outcome::TechnicalScore;
use cotejo_procedure::stages::{StageStatus, stage_name};
use cotejo_store::{ActaRow, ActaState, Case, Stated};
use std::collections::BTreeSet;
use std::sync::Arc;

fn refused<T>(key: &'static str, detail: impl Into<String>) -> Result<T, CaseworkError> {
    Err(CaseworkError::refused(Code::Precondition, key, detail))
}

impl Desk {
    /// Refuses to open a sealed document of a bid before its moment.
    ///
    /// # Errors
    /// [`Code::Precondition`] with the first thing that is missing.
    pub(super) async fn require_moment(
        &self,
        open: &OpenCase,
        judgement: &Arc<Judgement>,
        bid: &JudgedBid,
    ) -> Result<(), CaseworkError> {
        let name = bid.bid.bidder.name.as_str();
        let decided = Decided::of(&open.case).await?;
        let acta = require_signed_acta(&open.case, judgement, bid).await?;
        let result = outcome(judgement, &decided, bid);
        if result.proposed || result.verdict != Verdict::Cumple || !ended_well(&open.case, bid).await? {
            return refused("casework.sealed.does_not_qualify", name);
        }
        let gathered = Gathered::of(self, open).await?;
        if is_consultancy(judgement.state.process.procedure) {
            require_technical_points(open, judgement, &decided, &acta, bid).await?;
        }
        require_price_stage(&gathered, bid.bid.lot)?;
        if let Some(at) = scheduled(judgement, &gathered, bid.bid.lot)
            && ECUADOR.to_datetime(self.now()) < at
        {
            return refused(
                "casework.sealed.before_schedule",
                format!("{}, {}", long_date(at.date()), hour(at)),
            );
        }
        Ok(())
    }
}

/// Returns the signed acta de calificación that states a bid, once everyone who must sign has signed or refused on record.
async fn require_signed_acta(
    case: &Case,
    judgement: &Judgement,
    bid: &JudgedBid,
) -> Result<ActaRow, CaseworkError> {
    let stated = Stated::Bid { bid: bid.bid.id };
    // Another signed document that names the bid (that of the opening) says nothing of how it qualifies.
    let of_calificacion = |row: &ActaRow| {
        row.acta.kind == acta::KIND && row.state == ActaState::Signed && row.states.contains(&stated)
    };
    let Some(row) = case.actas().await?.into_iter().rfind(of_calificacion) else {
        return refused("casework.sealed.not_qualified_yet", bid.bid.bidder.name.as_str());
    };
    let Some(body) = case.commission().await? else {
        return refused("casework.envelope.no_body", "");
    };
    // Where the norm wants a commission, a delegate's signature is not that of the body; and a commission without quorum is none.
    let faults = remarks(&body, &judgement.state.process, judgement.pack.as_ref());
    if let Some(fault) = faults.into_iter().find(|fault| fault.blocks) {
        return refused("casework.envelope.body", fault.text);
    }
    if !body.has_quorum() {
        return refused("casework.envelope.no_body", "");
    }
    let seats: Vec<_> = super::acta_session::signing_seats(&body)
        .into_iter()
        .map(|seat| (seat.member.id, seat.votes()))
        .collect();
    let signed = signed_places(&Seats::of(case).await?, &row);
    let refusing = refusing(case).await?;
    let voting = || seats.iter().enumerate().filter(|(_, (_, votes))| *votes);
    let by_hand = voting().filter(|(place, _)| signed.contains(place)).count();
    let missing: Vec<String> = voting()
        .filter(|(place, (member, _))| !signed.contains(place) && !refusing.contains(member))
        .filter_map(|(place, _)| {
            super::acta_session::signing_seats(&body).get(place).map(|seat| seat.actor.name.clone())
        })
        .collect();
    if !missing.is_empty() {
        return refused("casework.envelope.unsigned", missing.join(", "));
    }
    // What most refused to sign is not the body's act, however well the refusals are on record.
    if by_hand * 2 <= voting().count() {
        return refused("casework.envelope.no_majority", "");
    }
    Ok(row)
}

/// Returns the places that signatures took, the first of each certificate holder alone: nobody signs for two, nor takes another's place.
fn signed_places(seats: &Seats, row: &ActaRow) -> BTreeSet<usize> {
    let mut holders = BTreeSet::new();
    let mut first = row.signatures.clone();
    first.retain(|signature| {
        holders.insert(signature.cedula.clone().unwrap_or_else(|| signature.signer.to_lowercase()))
    });
    seats.taken(&first).into_iter().flatten().collect()
}

/// Lists the members whose refusal to sign the acta is on record.
async fn refusing(case: &Case) -> Result<BTreeSet<MemberId>, CaseworkError> {
    let acts = commission::CommissionActs::of(case).await?;
    let mut found = BTreeSet::new();
    for said in acts.refusals.iter().filter(|said| said.acta == acta::KIND) {
        // An empty one takes back what was recorded.
        if said.reasons.trim().is_empty() {
            found.remove(&said.member);
        } else {
            found.insert(said.member);
        }
    }
    Ok(found)
}

/// Tells whether no other end than *calificada* is recorded of a bid.
async fn ended_well(case: &Case, bid: &JudgedBid) -> Result<bool, CaseworkError> {
    let mut last = None;
    for (_, act) in case.course_acts().await? {
        if let CourseAct::BidEnded(said) = act
            && said.bid == bid.bid.id
        {
            last = Some(said.outcome);
        }
    }
    Ok(matches!(last, None | Some(Outcome::Calificada | Outcome::Pendiente)))
}

/// Every bid that meets the minimums has its technical points, the acta states them, and this one reaches the least.
async fn require_technical_points(
    open: &OpenCase,
    judgement: &Arc<Judgement>,
    decided: &Decided,
    acta: &ActaRow,
    bid: &JudgedBid,
) -> Result<(), CaseworkError> {
    let scored = |asked: &&cotejo_domain::Requirement| {
        asked.kind == RequirementKind::Puntaje && asked.lot.is_none_or(|lot| lot == bid.bid.lot)
    };
    if !judgement.requirements.iter().any(|asked| scored(&asked)) {
        return refused("casework.envelope.no_parameters", "");
    }
    let standings = technical::of_case(open, judgement, decided).await?;
    if let Some(TechnicalScore::Below(why)) = standings.get(&bid.bid.id) {
        return refused("casework.envelope.below_minimum", why.text.as_str());
    }
    for other in judgement.bids.iter().filter(|other| other.bid.lot == bid.bid.lot) {
        match standings.get(&other.bid.id) {
            Some(TechnicalScore::Open(why)) => {
                return refused("casework.envelope.points_missing", why.text.as_str());
            }
            None if other.bid.id == bid.bid.id => {
                return refused("casework.envelope.points_missing", bid.bid.bidder.name.as_str());
            }
            _ => {}
        }
    }
    for asked in judgement.requirements.iter().filter(scored) {
        let question = PointQuestion::Value { requirement: asked.id.clone(), bid: bid.bid.id };
        if !acta.states.contains(&stated_answer(question)) {
            return refused("casework.envelope.points_not_stated", super::labels::short_title(&asked.text));
        }
    }
    Ok(())
}

/// What an acta states of an answer about points, given or not.
pub(super) fn stated_answer(question: PointQuestion) -> Stated {
    let empty = PointAnswer {
        question,
        answer: None,
        who: String::new(),
        reason: String::new(),
        author: ActorId(uuid::Uuid::nil()),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    Stated::Act { slot: CourseAct::PointAnswered(empty).slot() }
}

/// Refuses to open prices before their stage has begun in the lot. A procedure without such a stage has none to wait for.
fn require_price_stage(gathered: &Gathered, lot: LotId) -> Result<(), CaseworkError> {
    let plan = gathered.known_plan()?;
    let price = [StageKind::AperturaEconomica, StageKind::OfertaInicial];
    let Some(stage) = price.into_iter().find(|stage| plan.has(*stage)) else {
        return if is_consultancy(gathered.judgement.state.process.procedure) {
            refused("casework.envelope.no_stage", stage_name(StageKind::AperturaEconomica))
        } else {
            Ok(())
        };
    };
    let courses = gathered.courses(plan);
    let course = courses.iter().find(|course| course.lot == lot);
    let Some(course) = course.filter(|course| !course.history.is_empty()) else {
        return refused("casework.envelope.no_history", stage_name(stage));
    };
    let by = course.state(stage).and_then(|state| state.by.as_ref());
    if let Some(fault) = course.faults.iter().find(|fault| by == Some(&fault.movement)) {
        return refused("casework.envelope.stage_fault", fault.text.as_str());
    }
    let current =
        || course.current().map_or_else(|| cotejo_catalogue::message("stages.none_left", &[]), stage_name);
    match course.state(stage).map(|state| state.status) {
        Some(StageStatus::Open | StageStatus::Closed) => Ok(()),
        // Where one alone qualified there is no puja: its price is what the negotiation starts from.
        Some(StageStatus::Omitted) if course.current() == Some(StageKind::Negociacion) => Ok(()),
        _ if course.current() == Some(stage) => {
            refused("casework.envelope.stage_not_begun", stage_name(stage))
        }
        _ => refused("stages.prices_before_stage", current()),
    }
}

/// The moment for opening the prices: what a person stated of the stage, else what the pliego's schedule says, if it does.
fn scheduled(judgement: &Judgement, gathered: &Gathered, lot: LotId) -> Option<jiff::civil::DateTime> {
    let consultancy = is_consultancy(judgement.state.process.procedure);
    let stage = if consultancy { StageKind::AperturaEconomica } else { StageKind::OfertaInicial };
    let said =
        gathered.dates.iter().rev().find(|said| said.stage == stage && said.lot.is_none_or(|of| of == lot));
    if let Some(due) = said.and_then(|said| said.due) {
        return Some(due);
    }
    let stages = &judgement.state.pliego.as_ref()?.schedule;
    let of = |words: &[&str]| -> Vec<jiff::civil::DateTime> {
        let named = |name: &str| words.iter().all(|word| super::sealed::folded(name).contains(word));
        stages.iter().filter(|line| named(&line.stage)).filter_map(|line| line.at).collect()
    };
    let moments = if consultancy {
        of(&["apertura", "economic"])
    } else {
        Some(of(&["economica inicial"])).filter(|found| !found.is_empty()).unwrap_or_else(|| of(&["puja"]))
    };
    // A schedule with a moment for either way has the later one where there was a convalidación.
    let cured = gathered
        .plan
        .known()
        .map(|plan| gathered.courses(plan))
        .and_then(|courses| courses.into_iter().find(|course| course.lot == lot))
        .and_then(|course| course.state(StageKind::Convalidacion).map(|state| state.status))
        .is_some_and(|status| matches!(status, StageStatus::Open | StageStatus::Closed));
    if cured { moments.into_iter().max() } else { moments.into_iter().min() }
}
