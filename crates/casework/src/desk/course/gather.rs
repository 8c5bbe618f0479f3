//! Everything of a case that its course is derived from, gathered once.

use crate::CaseworkError;
use crate::desk::acta_content::ECUADOR;
use crate::desk::judgement::Judgement;
use crate::desk::matrix::{Decided, outcome};
use crate::desk::open_case::OpenCase;
use crate::desk::{Desk, registry, technical};
use crate::view::Verdict;
use cotejo_domain::course::{
    BidOutcome, Claim, ClaimAnswer, Constancia, CourseAct, CourseFrame, CureNotification, CureRequests,
    StageDate, StageMove,
};
use cotejo_domain::{BidId, Code, LotId, Outcome, ScheduleStage};
use cotejo_procedure::curing::outcome::TechnicalScore;
use cotejo_procedure::stages::{
    ClaimState, ComplianceInput, ComplianceReport, Confidentiality, CourseInput, Facts, Guard, LotCourse,
    PaperState, Plan, StageDeadline, StagePlan, claims, compliance, confidentiality, deadlines, plan,
};
use cotejo_rules::calendar::Calendar;
use cotejo_rules::{Answer, RulePack};
use cotejo_store::ActaState;
use jiff::civil::DateTime;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Holds what the course of a case is derived from.
pub(crate) struct Gathered {
    pub(crate) judgement: Arc<Judgement>,
    pub(crate) pack: RulePack,
    pub(crate) plan: Plan,
    pub(crate) frame: Option<CourseFrame>,
    pub(crate) moves: Vec<StageMove>,
    pub(crate) dates: Vec<StageDate>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) answers: Vec<ClaimAnswer>,
    pub(crate) constancias: Vec<Constancia>,
    pub(crate) notified: Vec<CureNotification>,
    pub(crate) papers: Vec<PaperState>,
    /// True when an acta is signed and belongs to the round that holds.
    pub(crate) sealed: bool,
    pub(crate) calendar: Calendar,
    pub(crate) now: DateTime,
    pub(crate) decided: Decided,
    facts: Vec<(LotId, Facts)>,
    claims_block: Option<bool>,
}

impl Gathered {
    /// Gathers it.
    ///
    /// # Errors
    /// [`Code::Precondition`] when the case has no pack: the day the process started is not known, or no pack covers it.
    pub(crate) async fn of(desk: &Desk, open: &OpenCase) -> Result<Self, CaseworkError> {
        let judgement = open.judgement().await?;
        let no_pack = || CaseworkError::refused(Code::Precondition, "stages.no_pack", "");
        let pack = judgement.pack.clone().ok_or_else(no_pack)?;
        let decided = Decided::of(&open.case).await?;
        let (mut frame, mut moves, mut dates) = (None, Vec::new(), Vec::new());
        let (mut claims, mut answers, mut constancias) = (Vec::new(), Vec::new(), Vec::new());
        let (mut notified, mut requests, mut ended) = (Vec::new(), Vec::new(), Vec::new());
        for (_, act) in open.case.course_acts().await? {
            match act {
                CourseAct::CourseFramed(said) => frame = Some(said),
                CourseAct::StageMoved(said) => moves.push(said),
                CourseAct::StageDated(said) => dates.push(said),
                CourseAct::ClaimRaised(said) => claims.push(said),
                CourseAct::ClaimAnswered(said) => answers.push(said),
                CourseAct::ConstanciaRecorded(said) => constancias.push(said),
                CourseAct::CureNotified(said) => notified.push(said),
                CourseAct::CureRequested(said) => requests.push(said),
                CourseAct::BidEnded(said) => ended.push(said),
                _ => {}
            }
        }
        let plan = plan(&pack, &judgement.state.process, frame.as_ref());
        let actas = open.case.actas().await?;
        let signed = actas.iter().filter(|row| !row.signatures.is_empty()).map(|row| row.acta.id).collect();
        let sealed = actas.iter().any(|row| row.state == ActaState::Signed);
        let papers = actas
            .iter()
            .map(|row| PaperState {
                id: row.acta.id,
                label: format!("{} {}", row.acta.kind, row.acta.number.as_deref().unwrap_or_default()),
                signers: row.signatures.iter().map(|signature| signature.signer.clone()).collect(),
                signed: row.signatures.last().map(|signature| ECUADOR.to_datetime(signature.signed_at)),
                rectified: row.state == ActaState::InRectification,
            })
            .collect();
        let technical = technical::of_case(open, &judgement, &decided).await?;
        let mut facts: Vec<(LotId, Facts)> = Vec::new();
        for lot in &judgement.state.lots {
            let of_lot = facts_of(lot.id, &judgement, &decided, &requests, &ended, &technical);
            facts.push((lot.id, Facts { signed: std::collections::BTreeSet::clone(&signed), ..of_lot }));
        }
        let started = judgement.state.process.started;
        let claims_block = match pack.settle::<bool>("reclamo_bloquea_adjudicacion", None, started) {
            Answer::Known(value) => Some(value.value),
            Answer::Ask { .. } => None,
        };
        Ok(Self {
            plan,
            pack,
            frame,
            moves,
            dates,
            claims,
            answers,
            constancias,
            notified,
            papers,
            sealed,
            calendar: desk.calendar().await?,
            now: ECUADOR.to_datetime(desk.now()),
            decided,
            facts,
            claims_block,
            judgement,
        })
    }

    /// Returns the stages.
    ///
    /// # Errors
    /// [`Code::Precondition`] while nobody says which there are.
    pub(crate) fn known_plan(&self) -> Result<&StagePlan, CaseworkError> {
        match &self.plan {
            Plan::Known(plan) => Ok(plan),
            Plan::Ask { reason, .. } => {
                Err(CaseworkError::refused(Code::Precondition, "stages.plan_asked", reason.clone()))
            }
        }
    }

    /// Returns what movements of a lot are judged by.
    pub(crate) fn guard<'a>(&'a self, facts: &'a Facts) -> Guard<'a> {
        Guard {
            facts,
            claims: &self.claims,
            answers: &self.answers,
            constancias: &self.constancias,
            claims_block: self.claims_block,
        }
    }

    /// Returns what the case shows of each lot, in their order.
    pub(crate) fn facts(&self) -> &[(LotId, Facts)] {
        &self.facts
    }

    /// Derives the course of every lot.
    pub(crate) fn courses(&self, plan: &StagePlan) -> Vec<LotCourse> {
        let course =
            |(lot, facts): &(LotId, Facts)| LotCourse::derive(plan, *lot, &self.moves, self.guard(facts));
        self.facts.iter().map(course).collect()
    }

    pub(crate) fn canton(&self) -> Option<&str> {
        let canton = self.frame.as_ref().and_then(|frame| frame.canton.as_deref());
        canton.map(str::trim).filter(|canton| !canton.is_empty())
    }

    fn schedule(&self) -> &[ScheduleStage] {
        self.judgement.state.pliego.as_ref().map_or(&[], |pliego| &pliego.schedule)
    }

    pub(crate) fn input(&self) -> CourseInput<'_> {
        CourseInput {
            pack: &self.pack,
            process: &self.judgement.state.process,
            schedule: self.schedule(),
            dates: &self.dates,
            calendar: &self.calendar,
            canton: self.canton(),
            claims: &self.claims,
            answers: &self.answers,
            constancias: &self.constancias,
            notified: &self.notified,
            now: self.now,
        }
    }

    pub(crate) fn deadlines(&self, plan: &StagePlan, courses: &[LotCourse]) -> Vec<StageDeadline> {
        deadlines(plan, courses, &self.input())
    }

    pub(crate) fn claim_states(&self, courses: &[LotCourse]) -> Vec<ClaimState> {
        claims(&self.input(), courses)
    }

    /// Makes the report on compliance, as plain data.
    ///
    /// # Errors
    /// As [`Gathered::known_plan`].
    pub(crate) fn compliance(&self) -> Result<ComplianceReport, CaseworkError> {
        let plan = self.known_plan()?;
        let courses = self.courses(plan);
        let guards: Vec<Guard<'_>> = self.facts.iter().map(|(_, facts)| self.guard(facts)).collect();
        let bids: Vec<(BidId, String, Vec<String>)> = self
            .judgement
            .bids
            .iter()
            .map(|bid| {
                let numbers = registry::numbers(bid).iter().map(|ruc| ruc.as_str().to_owned()).collect();
                (bid.bid.id, bid.bid.bidder.name.clone(), numbers)
            })
            .collect();
        Ok(compliance(&ComplianceInput {
            plan,
            courses: &courses,
            guards: &guards,
            deadlines: &self.deadlines(plan, &courses),
            claims: &self.claim_states(&courses),
            input: self.input(),
            papers: &self.papers,
            bids: &bids,
        }))
    }

    /// Says whether bids, qualification and prices of a lot are held back from those outside.
    pub(crate) fn confidentiality(&self, lot: LotId) -> Confidentiality {
        let process = &self.judgement.state.process;
        let courses = self.plan.known().map(|plan| self.courses(plan)).unwrap_or_default();
        confidentiality(&self.pack, process, courses.iter().find(|course| course.lot == lot))
    }

    /// Returns the name of a lot.
    pub(crate) fn lot_name(&self, lot: LotId) -> String {
        let found = self.judgement.state.lots.iter().find(|known| known.id == lot);
        found.map_or_else(|| lot.to_string(), |lot| lot.name.clone())
    }

    /// Finds the lot that a person names: by identifier, name or number from 1. `None` for all.
    ///
    /// # Errors
    /// [`Code::NotFound`] for one that is not there; [`Code::Precondition`] when none is named and there are several.
    pub(crate) fn lot_of(
        &self,
        named: Option<&str>,
        of_process: bool,
    ) -> Result<Option<LotId>, CaseworkError> {
        let lots = &self.judgement.state.lots;
        let named = named.map(str::trim).filter(|named| !named.is_empty());
        match named {
            Some(all) if all.eq_ignore_ascii_case("todos") => Ok(None),
            Some(named) => {
                let number = named.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let by_number = number.and_then(|index| lots.get(index));
                let found = lots
                    .iter()
                    .find(|lot| lot.id.to_string() == named || lot.name.eq_ignore_ascii_case(named))
                    .or(by_number);
                let missing = || CaseworkError::refused(Code::NotFound, "stages.no_such_lot", named);
                Ok(Some(found.ok_or_else(missing)?.id))
            }
            None if of_process => Ok(None),
            None => match lots.as_slice() {
                [only] => Ok(Some(only.id)),
                _ => Err(CaseworkError::refused(
                    Code::Precondition,
                    "stages.which_lot",
                    lots.iter().map(|lot| lot.name.clone()).collect::<Vec<_>>().join(", "),
                )),
            },
        }
    }
}

/// What the case itself shows of a lot.
fn facts_of(
    lot: LotId,
    judgement: &Judgement,
    decided: &Decided,
    requests: &[CureRequests],
    ended: &[BidOutcome],
    technical: &BTreeMap<BidId, TechnicalScore>,
) -> Facts {
    let bids: Vec<_> = judgement.bids.iter().filter(|bid| bid.bid.lot == lot).collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    // How bids ended is what was recorded; else what the matrix says once nothing in it is open.
    let outcomes: Option<Vec<bool>> = bids
        .iter()
        .map(|bid| {
            if let Some(said) = ended.iter().rfind(|said| said.lot == lot && said.bid == bid.bid.id) {
                return match said.outcome {
                    Outcome::Pendiente => None,
                    ref other => Some(*other == Outcome::Calificada),
                };
            }
            let shown = outcome(judgement, decided, bid);
            match (shown.proposed, shown.verdict) {
                // In a consultoría who is under the technical minimum does not qualify; before the points nobody does.
                (false, Verdict::Cumple) => match technical.get(&bid.bid.id) {
                    Some(TechnicalScore::Below(_)) => Some(false),
                    Some(TechnicalScore::Open(_)) => None,
                    Some(TechnicalScore::Reached) | None => Some(true),
                },
                (false, Verdict::NoCumple) => Some(false),
                _ => None,
            }
        })
        .collect();
    let last = requests.iter().filter(|said| said.lot == lot).max_by_key(|said| said.number);
    Facts {
        bids: Some(count(bids.len())),
        qualified: outcomes.map(|outcomes| count(outcomes.iter().filter(|qualifies| **qualifies).count())),
        cure_requests: last.map(|said| count(said.requests.len())),
        signed: std::collections::BTreeSet::new(),
    }
}
