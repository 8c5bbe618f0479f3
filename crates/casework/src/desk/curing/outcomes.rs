//! How bids end: what is lawful now, and recording it with the state of the bid in one act.

use super::show::motivation_view;
use super::{
    Standing, canton_of, constatations_of, counted, curability_of, motivation, place, pointed, refuse,
};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::acta_content::ECUADOR;
use crate::desk::judgement::{JudgedBid, Judgement, bid_facts, is_asked};
use crate::desk::matrix::Decided;
use crate::desk::open_case::OpenCase;
use crate::desk::{sealed, technical};
use crate::view::{BidOutcomeView, CureSaid, LawfulOutcomeView, OutcomeOrder, RefusedOutcomeView};
use cotejo_catalogue::message;
use cotejo_domain::course::{BidOutcome, CourseAct};
use cotejo_domain::{
    BidId, Code, Evidence, FileHash, LotId, Money, Motivation, Outcome, Pliego, Reason, Requirement,
    RequirementId, Subject,
};
use cotejo_procedure::curing::chain::CureChain;
use cotejo_procedure::curing::errors::{about_signature, word_for_rejected};
use cotejo_procedure::curing::outcome::{
    BidCourse, CellCourse, LawfulOutcome, LawfulOutcomes, OutcomeDraft, TechnicalScore, admit_outcome,
    cause_name, cites_clause, lawful_outcomes,
};
use cotejo_rules::scoring::{Answered, Answers, Measure, measure};
use cotejo_rules::{EvaluationInput, RulePack};
use cotejo_store::{Case, EventPayload};

impl Desk {
    /// Shows how each bid ended and how it may end.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack.
    pub async fn outcomes(&self, case: &str) -> Result<Vec<BidOutcomeView>, CaseworkError> {
        let mut views = Vec::new();
        for standing in self.standings(case).await? {
            let technical =
                technical::of_case(&standing.open, &standing.judgement, &standing.decided).await?;
            for judged in &standing.judgement.bids {
                views.push(view(&standing, judged, technical.get(&judged.bid.id))?);
            }
        }
        // As in every list: by the numbers of the bids.
        views.sort_by_key(|view| view.number);
        Ok(views)
    }

    /// Records how a bid ended, only where that is lawful; `pendiente` opens it again.
    ///
    /// # Errors
    /// [`Code::Precondition`] with every reason why it is not lawful, or what the motivation lacks.
    pub async fn record_outcome(
        &self,
        case: &str,
        order: &OutcomeOrder,
    ) -> Result<BidOutcomeView, CaseworkError> {
        let standing = self.standing_with(case, &order.bid).await?;
        let judged = standing.bid(&order.bid)?;
        let bid = judged.bid.id;
        let outcome = outcome_of(&order.outcome, order.cause.as_deref())?;
        let mut evidence = Vec::new();
        for place in &order.evidence {
            evidence.push(pointed(&standing.open, place).await?);
        }
        let mut reasons = motivation(&order.motivation);
        let mut clause = order.clause.clone().unwrap_or_default().trim().to_owned();
        let technical = technical::of_case(&standing.open, &standing.judgement, &standing.decided).await?;
        let (word, ground) = if outcome == Outcome::Pendiente {
            clause.clear();
            (message("curing.palabra.pendiente", &[]), Default::default())
        } else {
            let cells = cells(&standing, judged);
            let course = course(&standing, judged.bid.id, &cells, technical.get(&bid))?;
            let lawful = lawful_outcomes(&course);
            let found = lawful.allowed.into_iter().find(|found| found.outcome == outcome);
            if let Some(found) = &found {
                complete(&standing, bid, found, &mut reasons);
                if clause.is_empty() {
                    clause = standing.clause_of(&found.requirements, bid);
                }
                for requirement in &found.requirements {
                    let decided = standing.decided.at(requirement, bid);
                    evidence
                        .extend(decided.into_iter().flat_map(|decision| decision.evidence.iter().cloned()));
                }
            }
            let draft = OutcomeDraft {
                outcome: &outcome,
                motivation: &reasons,
                evidence: evidence.len(),
                clause: &clause,
            };
            let found = admit_outcome(&course, &draft).map_err(|reasons| refuse(&reasons))?;
            (found.word, found.ground)
        };
        let act = BidOutcome {
            lot: standing.lot,
            bid,
            outcome: outcome.clone(),
            word,
            clause,
            legal_basis: ground.legal_basis,
            unverified_norms: ground.unverified,
            motivation: reasons,
            evidence,
            author: self.actor.id,
            at: self.now(),
        };
        let state = EventPayload::OutcomeSet { lot: standing.lot, bid, outcome };
        self.record_cure(&standing.open, CourseAct::BidEnded(act), vec![state]).await?;
        let standing = self.standing_with(case, &order.bid).await?;
        let judged = standing.bid(&order.bid)?;
        view(&standing, judged, technical.get(&judged.bid.id))
    }
}

/// Takes what a motivation leaves empty from the decisions the end rests on, and the norm from the regime: the person sees it before it is signed.
fn complete(standing: &Standing, bid: BidId, found: &LawfulOutcome, reasons: &mut Motivation) {
    let decisions: Vec<_> =
        found.requirements.iter().filter_map(|requirement| standing.decided.at(requirement, bid)).collect();
    let joined = |part: fn(&Motivation) -> &String| {
        let texts: Vec<&str> = decisions.iter().map(|decision| part(&decision.motivation).as_str()).collect();
        texts.join(" ")
    };
    let fill = |place: &mut String, text: String| {
        if place.trim().is_empty() {
            *place = text;
        }
    };
    fill(&mut reasons.fact, joined(|motivation| &motivation.fact));
    fill(&mut reasons.evidence, joined(|motivation| &motivation.evidence));
    fill(&mut reasons.conclusion, joined(|motivation| &motivation.conclusion));
    // Where the regime's list was not seen, the person cites the norm: what the cells cite is about the requirement, not about the end.
    if !found.ground.legal_basis.is_empty() {
        fill(&mut reasons.norm, crate::desk::papers::cited(&found.ground.legal_basis));
    }
}

/// Reads a word of the contract.
pub(super) fn outcome_of(name: &str, cause: Option<&str>) -> Result<Outcome, CaseworkError> {
    let cause = || cause.unwrap_or_default().trim().to_owned();
    Ok(match name {
        "calificada" => Outcome::Calificada,
        "no_calificada" => Outcome::NoCalificada,
        "bajo_minimo_tecnico" => Outcome::BajoMinimoTecnico,
        "rechazada" => Outcome::Rechazada { cause: cause() },
        "inhabilitada" => Outcome::Inhabilitada { cause: cause() },
        "retirada" => Outcome::Retirada,
        "pendiente" => Outcome::Pendiente,
        _ => return Err(CaseworkError::refused(Code::WrongUse, "curing.desk.bad_outcome", name)),
    })
}

fn name_of(outcome: &Outcome) -> (&'static str, Option<String>) {
    match outcome {
        Outcome::Calificada => ("calificada", None),
        Outcome::NoCalificada => ("no_calificada", None),
        Outcome::BajoMinimoTecnico => ("bajo_minimo_tecnico", None),
        Outcome::Rechazada { cause } => ("rechazada", Some(cause.clone())),
        Outcome::Inhabilitada { cause } => ("inhabilitada", Some(cause.clone())),
        Outcome::Retirada => ("retirada", None),
        Outcome::Pendiente => ("pendiente", None),
    }
}

/// Returns the regime's word for an end.
fn word_of(pack: &RulePack, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Rechazada { .. } => word_for_rejected(pack).0,
        other => message(&format!("curing.palabra.{}", name_of(other).0), &[]),
    }
}

/// Lists the cells of a bid as the lawful ends look at them.
pub(super) fn cells(standing: &Standing, judged: &JudgedBid) -> Vec<CellCourse> {
    let (judgement, decided) = (&standing.judgement, &standing.decided);
    let requirements = judgement.requirements.iter().enumerate();
    requirements
        .filter(|(_, requirement)| is_asked(requirement, judged))
        .map(|(index, requirement)| {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            cell(judgement, decided, &standing.acts, &standing.chain, (number, requirement), judged)
        })
        .collect()
}

/// Makes one cell as the lawful ends look at it.
fn cell(
    judgement: &Judgement,
    decided: &Decided,
    acts: &[CourseAct],
    chain: &CureChain,
    (number, requirement): (u32, &Requirement),
    judged: &JudgedBid,
) -> CellCourse {
    let bid = judged.bid.id;
    let decision = decided.at(&requirement.id, bid);
    let proposal = judgement.proposal(&requirement.id, bid);
    let codes: Vec<&str> = proposal.map_or_else(Vec::new, |proposal| {
        proposal.reasons.iter().map(|reason| reason.code.as_str()).collect()
    });
    let asked = chain.of_bid(bid).filter(|request| request.requirement == requirement.id);
    let shown = proposal
        .into_iter()
        .flat_map(|proposal| &proposal.evidence)
        .chain(decision.into_iter().flat_map(|decision| &decision.evidence))
        .chain(asked.flat_map(|request| &request.evidence));
    CellCourse {
        requirement: requirement.id.clone(),
        number,
        kind: requirement.kind,
        verdict: decision.map(|decision| decision.verdict),
        motivation: decision.map(|decision| decision.motivation.clone()).unwrap_or_default(),
        evidence: decision.map_or(0, |decision| decision.evidence.len()),
        review: decided.review(&requirement.id, bid),
        waits: sealed::waits(requirement, judged),
        curability: curability_of(judgement, decided, acts, requirement, bid, None),
        index: matches!(requirement.subject, Subject::FinancialIndex { .. }),
        signature: about_signature(&codes),
        files: files_of(shown),
    }
}

fn files_of<'a>(evidence: impl Iterator<Item = &'a Evidence>) -> Vec<FileHash> {
    let mut files = Vec::new();
    for piece in evidence {
        if !files.contains(&piece.file) {
            files.push(piece.file);
        }
    }
    files
}

pub(super) fn course<'a>(
    standing: &'a Standing,
    bid: BidId,
    cells: &'a [CellCourse],
    technical: Option<&'a TechnicalScore>,
) -> Result<BidCourse<'a>, CaseworkError> {
    Ok(BidCourse {
        bid,
        pack: standing.pack()?,
        cells,
        chain: &standing.chain,
        constatations: &standing.constatations,
        technical,
        now: standing.now,
    })
}

/// Lists what stands against saying that a request was not cured: a signature that nobody validated officially.
pub(super) fn against_not_cured(
    standing: &Standing,
    requirement: &RequirementId,
    bid: BidId,
) -> Result<Vec<Reason>, CaseworkError> {
    let Some(judged) = standing.judgement.bid(bid) else { return Ok(Vec::new()) };
    let cells = cells(standing, judged);
    let course = course(standing, bid, &cells, None)?;
    let cell = cells.iter().find(|cell| cell.requirement == *requirement);
    Ok(cell.map(|cell| course.against_not_cured(cell)).unwrap_or_default())
}

/// Returns how a bid ended, as recorded.
pub(super) fn recorded(standing: &Standing, bid: BidId) -> Option<&BidOutcome> {
    standing.acts.iter().rev().find_map(|act| match act {
        CourseAct::BidEnded(said) if said.lot == standing.lot && said.bid == bid => Some(said),
        _ => None,
    })
}

fn view(
    standing: &Standing,
    judged: &JudgedBid,
    technical: Option<&TechnicalScore>,
) -> Result<BidOutcomeView, CaseworkError> {
    let cells = cells(standing, judged);
    let course = course(standing, judged.bid.id, &cells, technical)?;
    let LawfulOutcomes { allowed, refused, missing } = lawful_outcomes(&course);
    let said = recorded(standing, judged.bid.id);
    let (outcome, cause) = said.map_or(("pendiente", None), |said| name_of(&said.outcome));
    let review = said.is_some_and(|said| {
        said.outcome != Outcome::Pendiente && !allowed.iter().any(|found| found.outcome == said.outcome)
    });
    let texts = |reasons: Vec<cotejo_domain::Reason>| reasons.into_iter().map(|reason| reason.text).collect();
    Ok(BidOutcomeView {
        bid: judged.bid.id.to_string(),
        number: judged.number,
        name: judged.bid.bidder.name.clone(),
        outcome: outcome.into(),
        cause_name: cause.as_deref().map_or_else(String::new, cause_name),
        cause,
        word: said.map_or_else(|| message("curing.palabra.pendiente", &[]), |said| said.word.clone()),
        motivation: said.map(|said| motivation_view(&said.motivation)),
        review,
        allowed: allowed
            .into_iter()
            .map(|found| {
                let (outcome, cause) = name_of(&found.outcome);
                let mut draft = Motivation::default();
                complete(standing, judged.bid.id, &found, &mut draft);
                LawfulOutcomeView {
                    clause: cites_clause(&found.outcome)
                        .then(|| standing.clause_of(&found.requirements, judged.bid.id)),
                    outcome: outcome.into(),
                    cause_name: cause.as_deref().map_or_else(String::new, cause_name),
                    cause,
                    word: found.word,
                    text: found.text,
                    legal_basis: found.ground.legal_basis,
                    unverified: found.ground.unverified,
                    requirements: found.requirements.iter().map(ToString::to_string).collect(),
                    requests: found.requests,
                    needs: texts(found.needs),
                    draft: motivation_view(&draft),
                }
            })
            .collect(),
        refused: refused
            .into_iter()
            .map(|found| {
                let (outcome, cause) = name_of(&found.outcome);
                RefusedOutcomeView {
                    word: word_of(course.pack, &found.outcome),
                    outcome: outcome.into(),
                    cause_name: cause.as_deref().map_or_else(String::new, cause_name),
                    cause,
                    reasons: texts(found.reasons),
                }
            })
            .collect(),
        missing: missing.into_iter().map(|reason| standing.missing(judged.bid.id, &cells, reason)).collect(),
        legal_basis: said.map_or_else(Vec::new, |said| said.legal_basis.clone()),
        evidence: said.map_or_else(Vec::new, |said| said.evidence.iter().map(place).collect()),
        said: said.map_or_else(CureSaid::default, |said| standing.said(said.author, said.at)),
    })
}

/// Returns the price of a bid: as the bidder corrected it on request, else as the bid offers it. A recalculation of ours is no price.
pub(super) fn price(standing: &Standing, bid: BidId) -> Option<Money> {
    standing.chain.corrected_total(bid).or_else(|| offered(standing, bid))
}

/// Puts the total that a bidder corrected on request in the place of the one its bid offers. Before the answer was found to cure the error nothing is
/// put there: a recalculation of ours is never scored (corrections 6). What a person answered to the scoring goes before it.
pub(crate) async fn price_as_corrected(
    case: &Case,
    judgement: &Judgement,
    answers: &mut Answers,
) -> Result<(), CaseworkError> {
    let Some(lot) = judgement.state.lots.first().map(|lot| lot.id) else { return Ok(()) };
    let acts: Vec<CourseAct> = case.course_acts().await?.into_iter().map(|(_, act)| act).collect();
    let chain = CureChain::of(&acts, lot);
    let decided = Decided::of(case).await?;
    for bid in judgement.bids.iter().map(|bid| bid.bid.id) {
        let Some(total) = chain.corrected_total(bid) else { continue };
        let author = chain.of_bid(bid).find_map(|request| {
            chain.results.get(&request.number).filter(|result| result.corrected_total.is_some())
        });
        let Some(result) = author else { continue };
        let reason = message("curing.desk.corrected", &[("pedido", &result.request.to_string())]);
        let economic = judgement.requirements.iter().filter(|requirement| {
            matches!(&requirement.subject, Subject::Score { parameter } if measure(parameter) == Measure::EconomicOffer)
        });
        for requirement in economic {
            let values = answers.values.entry(requirement.id.clone()).or_default();
            values.entry(bid).or_insert_with(|| Answered {
                value: total.0,
                who: decided.person(result.author).to_owned(),
                reason: reason.clone(),
            });
        }
    }
    Ok(())
}

/// Returns the total as the bid offers it, where it was read and is one.
pub(super) fn offered(standing: &Standing, bid: BidId) -> Option<Money> {
    let judgement = &standing.judgement;
    let (judged, pack, pliego) =
        (judgement.bid(bid)?, judgement.pack.as_ref()?, judgement.state.pliego.as_ref()?);
    let facts = bid_facts(judged);
    let pliego = Pliego { requirements: judgement.requirements.clone(), ..pliego.clone() };
    let input = EvaluationInput {
        pliego: &pliego,
        requirements: &judgement.requirements,
        pack,
        lot: standing.lot,
        bid: &facts,
    };
    cotejo_rules::offered_price(&input)
}

/// Lists what stands against deciding *no cumple* on a cell now (corrections 1 and 11): an error that was not asked first, a signature that nobody
/// validated officially. What is about to be said counts with it.
pub(crate) async fn against_no_cumple(
    desk: &Desk,
    open: &OpenCase,
    requirement: &RequirementId,
    bid: BidId,
    said: Option<(&Motivation, &[Evidence])>,
) -> Result<Vec<Reason>, CaseworkError> {
    // A bid of no lot is decided nowhere; of several lots only its own counts.
    let judgement = desk.judged_lot_of(open, bid).await?;
    let lot = judgement.state.lots.first().map(|lot| lot.id);
    let (Some(lot), Some(pack)) = (lot, judgement.pack.as_ref()) else {
        // Without a pack no norm says that anything may end without a request.
        let form = judgement
            .requirement(requirement)
            .is_some_and(|(_, asked)| asked.kind == cotejo_domain::RequirementKind::Integridad);
        let first =
            || Reason { code: "casework.cure_first".into(), text: message("casework.cure_first", &[]) };
        return Ok(if form { vec![first()] } else { Vec::new() });
    };
    let acts: Vec<CourseAct> = open.case.course_acts().await?.into_iter().map(|(_, act)| act).collect();
    let chain = CureChain::of(&acts, lot);
    let calendar = desk.calendar().await?;
    let due = counted(pack, &chain, &calendar, canton_of(&acts).as_deref());
    let chain = chain.counted(due);
    let decided = Decided::of(&open.case).await?;
    let (Some((number, asked)), Some(judged)) = (judgement.requirement(requirement), judgement.bid(bid))
    else {
        return Ok(Vec::new());
    };
    let mut cell = cell(&judgement, &decided, &acts, &chain, (number, asked), judged);
    if let Some((motivation, evidence)) = said {
        cell.motivation = motivation.clone();
        for file in files_of(evidence.iter()) {
            if !cell.files.contains(&file) {
                cell.files.push(file);
            }
        }
    }
    let course = BidCourse {
        bid,
        pack,
        cells: std::slice::from_ref(&cell),
        chain: &chain,
        constatations: &constatations_of(&acts),
        technical: None,
        now: ECUADOR.to_datetime(desk.now()),
    };
    Ok(course.against_no_cumple(&cell))
}

/// Sets the state of a bid to what the acts say after one was undone or done again.
pub(crate) async fn follow_outcome(
    desk: &Desk,
    open: &OpenCase,
    lot: LotId,
    bid: BidId,
) -> Result<(), CaseworkError> {
    let acts = open.case.course_acts().await?;
    let outcome = acts.iter().rev().find_map(|(_, act)| match act {
        CourseAct::BidEnded(said) if (said.lot, said.bid) == (lot, bid) => Some(said.outcome.clone()),
        _ => None,
    });
    let outcome = outcome.unwrap_or(Outcome::Pendiente);
    open.case.record(desk.actor.id, EventPayload::OutcomeSet { lot, bid, outcome }).await?;
    Ok(())
}
