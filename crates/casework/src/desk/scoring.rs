//! The points of a case: from what is asked, read and decided, and from what persons answered, which is in the log (`commission/points.rs`). The
//! points themselves are computed anew each time; only bids whose *cumple/no cumple* are all decided have final points.

use super::Desk;
use super::judgement::{JudgedBid, Judgement, bid_facts};
use super::matrix::Decided;
use crate::CaseworkError;
use crate::contract::{
    ConsultancyBidLine, ConsultancyLine, DifferenceLine, InputLine, LowOfferLine, OfferedLine, OriginLine,
    ParameterLine, PlaceLine, PointAnswers, PointsBid, PointsFile, PointsLine, ReconciliationLine,
    ScoringLine, TotalLine, TwoPointsLine, WorkingLine,
};
use cotejo_domain::{BidId, Code, Pliego, RequirementId, Verdict};
use cotejo_rules::scoring::{
    Answers, BidInPlay, Choice, ConsultancyOutcome, Origin, Outcome, ProcessPoints, ScoredParameter, Scoring,
    Standing, Terms, Working, process_points, sheet,
};
use cotejo_rules::{BidFacts, EvaluationInput};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

impl Desk {
    /// Computes the points of a case under the Portal's rules and under those of the signed report, from what is recorded as answered and, over it,
    /// from what is given here, which is not recorded ([`Desk::answer_points`] records).
    ///
    /// # Errors
    /// [`Code::Precondition`] without pliego or pack, [`Code::NotFound`] for an answer about a bid or requirement that the case does not have.
    pub async fn points(&self, case: &str, answers: PointAnswers) -> Result<PointsFile, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = self.judged_lot(&open, super::lots::address(case).1).await?;
        let decided = Decided::of(&open.case).await?;
        let mut known = super::commission::recorded_answers(&open.case).await?;
        // What is given here is tried out over what is recorded.
        let given = by_identifier(&judgement, answers)?;
        known.points.extend(given.points);
        known.formulas.extend(given.formulas);
        for (requirement, bids) in given.values {
            known.values.entry(requirement).or_default().extend(bids);
        }
        known.counts.extend(given.counts);
        known.weights = given.weights.or(known.weights);
        known.minimum = given.minimum.or(known.minimum);
        super::curing::price_as_corrected(&open.case, &judgement, &mut known).await?;
        let mut file = computed(&judgement, &decided, &known)?;
        file.answers = self.answer_lines(&open, &judgement).await?;
        Ok(file)
    }
}

/// Puts the answers under the identifiers of the case.
pub(crate) fn by_identifier(judgement: &Judgement, answers: PointAnswers) -> Result<Answers, CaseworkError> {
    let requirement = |id: String| -> Result<RequirementId, CaseworkError> {
        let id = RequirementId(id);
        if judgement.requirement(&id).is_none() {
            return Err(CaseworkError::refused(Code::NotFound, "casework.points.no_requirement", id.0));
        }
        Ok(id)
    };
    let bid = |number: u32| -> Result<BidId, CaseworkError> {
        let found = judgement.bids.iter().find(|bid| bid.number == number);
        found.map(|bid| bid.bid.id).ok_or_else(|| {
            CaseworkError::refused(Code::NotFound, "casework.points.no_bid", number.to_string())
        })
    };
    let mut found = Answers { weights: answers.weights, minimum: answers.minimum, ..Answers::default() };
    for (id, answered) in answers.points {
        found.points.insert(requirement(id)?, answered);
    }
    for (id, answered) in answers.formulas {
        found.formulas.insert(requirement(id)?, answered);
    }
    for (id, answered) in answers.counts {
        found.counts.insert(requirement(id)?, answered);
    }
    for (id, bids) in answers.values {
        let id = requirement(id)?;
        for (number, answered) in bids {
            found.values.entry(id.clone()).or_default().insert(bid(number)?, answered);
        }
    }
    Ok(found)
}

/// Computes the points from what is decided and answered.
pub(crate) fn computed(
    judgement: &Judgement,
    decided: &Decided,
    answers: &Answers,
) -> Result<PointsFile, CaseworkError> {
    let refused = |key| CaseworkError::refused(Code::Precondition, key, String::new());
    let pack = judgement.pack.as_ref().ok_or_else(|| refused("casework.points.no_pack"))?;
    let (Some(pliego), Some(lot)) = (&judgement.state.pliego, judgement.state.lots.first()) else {
        return Err(refused("casework.points.no_pliego"));
    };
    let pliego = Pliego { requirements: judgement.requirements.clone(), ..pliego.clone() };
    let process = &judgement.state.process;
    let terms = Terms {
        pack,
        procedure: process.procedure,
        budget: process.budget,
        started: process.started,
        requirements: &judgement.requirements,
        lot: lot.id,
        answers,
        written_minimum: judgement.written_minimum.as_ref(),
    };
    let facts: Vec<BidFacts> = judgement.bids.iter().map(|bid| bid_facts(bid)).collect();
    let standings: Vec<(Standing, BTreeSet<RequirementId>)> =
        judgement.bids.iter().map(|bid| standing(judgement, decided, bid)).collect();
    let bids: Vec<BidInPlay<'_>> = facts
        .iter()
        .zip(&standings)
        .map(|(bid, (standing, settled))| BidInPlay {
            input: EvaluationInput {
                pliego: &pliego,
                requirements: &judgement.requirements,
                pack,
                lot: lot.id,
                bid,
            },
            standing: *standing,
            settled: settled.clone(),
        })
        .collect();
    let computed = process_points(&terms, &bids);
    let numbers = Numbers(judgement.bids.iter().map(|bid| (bid.bid.id, bid.number)).collect());
    Ok(numbers.file(judgement, &standings, &computed))
}

/// Tells how far a bid has come: a decided *no cumple* ends it, an undecided or doubtful cell leaves it open.
fn standing(
    judgement: &Judgement,
    decided: &Decided,
    bid: &JudgedBid,
) -> (Standing, BTreeSet<RequirementId>) {
    let mut settled = BTreeSet::new();
    let (mut fails, mut open) = (false, false);
    let after_the_technical = super::sealed::is_consultancy(judgement.state.process.procedure);
    for requirement in &judgement.requirements {
        if !super::acta_content::judged(requirement.kind) || !super::judgement::stands(requirement, bid) {
            continue;
        }
        let decision = decided.at(&requirement.id, bid.bid.id);
        let again = decided.review(&requirement.id, bid.bid.id);
        match decision.map(|decision| decision.verdict) {
            Some(Verdict::NoCumple) if !again => fails = true,
            Some(Verdict::Cumple) if !again => {
                settled.insert(requirement.id.clone());
            }
            Some(Verdict::NoAplica) if !again => {}
            // What an opened envelope holds leaves the technical result as it was signed.
            _ if after_the_technical && super::sealed::is_economic(&requirement.subject) => {}
            _ => open = true,
        }
    }
    let standing = match (fails, open) {
        (true, _) => Standing::NotQualified,
        (_, true) => Standing::Open,
        _ => Standing::Qualified,
    };
    (standing, settled)
}

/// Numbers of the bids, as persons call them.
struct Numbers(BTreeMap<BidId, u32>);

impl Numbers {
    fn of(&self, bid: BidId) -> u32 {
        self.0.get(&bid).copied().unwrap_or_default()
    }

    fn file(
        &self,
        judgement: &Judgement,
        standings: &[(Standing, BTreeSet<RequirementId>)],
        points: &ProcessPoints,
    ) -> PointsFile {
        let bids = judgement.bids.iter().zip(standings).map(|(bid, (standing, _))| PointsBid {
            number: bid.number,
            id: bid.bid.id.to_string(),
            name: bid.bid.bidder.name.clone(),
            standing: *standing,
        });
        let differences = points.reconciliation.differences.iter().map(|difference| DifferenceLine {
            requirement: difference.requirement.to_string(),
            name: difference.name.clone(),
            reason: difference.reason.clone(),
            sources: sources(&difference.origins),
            bids: difference
                .points
                .iter()
                .map(|two| TwoPointsLine {
                    number: self.of(two.bid),
                    portal: text(two.portal),
                    motivated: text(two.motivated),
                })
                .collect(),
        });
        PointsFile {
            bids: bids.collect(),
            portal: self.scoring(&points.portal),
            motivated: self.scoring(&points.motivated),
            reconciliation: ReconciliationLine {
                differences: differences.collect(),
                notes: points.reconciliation.notes.clone(),
            },
            consultancy: points.consultancy.as_ref().map(|scoring| ConsultancyLine {
                bids: scoring
                    .outcomes
                    .iter()
                    .map(|(bid, outcome)| consultancy_bid(self.of(*bid), outcome))
                    .collect(),
                order: self.places(scoring.places.iter().map(Vec::as_slice)),
                notes: scoring.notes.clone(),
                norm_unverified: scoring.rests_on_unverified,
            }),
            low_offers: points
                .low_offers
                .iter()
                .map(|(bid, reasons)| LowOfferLine { number: self.of(*bid), reasons: reasons.clone() })
                .collect(),
            answers: Vec::new(),
        }
    }

    /// Numbers the places: after two in the first comes the third.
    fn places<'a>(&self, places: impl Iterator<Item = &'a [BidId]>) -> Vec<PlaceLine> {
        let mut next = 1;
        places
            .map(|bids| {
                let place = next;
                next += u32::try_from(bids.len()).unwrap_or(1);
                PlaceLine { place, bids: bids.iter().map(|bid| self.of(*bid)).collect() }
            })
            .collect()
    }

    fn scoring(&self, scoring: &Scoring) -> ScoringLine {
        let totals = scoring.totals.iter().map(|total| TotalLine {
            number: self.of(total.bid),
            points: text(total.rounded),
            exact: total.exact.as_ref().map(ToString::to_string),
            missing: total.missing.iter().map(ToString::to_string).collect(),
            provisional: total.provisional,
            notes: total.notes.clone(),
        });
        ScoringLine {
            out_of: text(scoring.out_of),
            parameters: scoring.parameters.iter().map(|scored| self.parameter(scored)).collect(),
            totals: totals.collect(),
            order: self.places(scoring.order.places.iter().map(|place| place.bids.as_slice())),
            provisional: scoring.order.provisional,
            notes: scoring.notes.iter().chain(&scoring.order.notes).cloned().collect(),
            sheet: sheet(scoring),
        }
    }

    fn parameter(&self, scored: &ScoredParameter) -> ParameterLine {
        let parameter = &scored.parameter;
        let mut questions: Vec<_> = parameter.points.as_ref().err().cloned().into_iter().collect();
        let (mut formula, mut offered) = (None, Vec::new());
        match &parameter.choice {
            Choice::Chosen(chosen) => formula = Some(chosen.value.clone()),
            Choice::Ask { question, offered: of_sources } => {
                questions.push(question.clone());
                offered.extend(of_sources.iter().map(|sourced| OfferedLine {
                    formula: sourced.value.clone(),
                    sources: sources(&sourced.origins),
                }));
            }
        }
        ParameterLine {
            requirement: parameter.requirement.to_string(),
            name: parameter.name.clone(),
            measure: parameter.measure,
            points: text(parameter.points.as_ref().ok().map(|points| points.value)),
            formula,
            questions,
            offered,
            set_aside: parameter.set_aside.as_ref().map(|aside| aside.value.clone()),
            notes: parameter.notes.clone(),
            bids: scored.outcomes.iter().map(|(bid, outcome)| self.points(*bid, outcome)).collect(),
        }
    }

    fn points(&self, bid: BidId, outcome: &Outcome) -> PointsLine {
        let number = self.of(bid);
        let line = |outcome| PointsLine {
            number,
            outcome,
            points: None,
            exact: None,
            question: None,
            provisional: Vec::new(),
            working: None,
        };
        match outcome {
            Outcome::Scored(points) => PointsLine {
                points: text(Some(points.rounded)),
                exact: Some(points.exact.to_string()),
                provisional: points.provisional.clone(),
                working: Some(self.working(&points.working)),
                ..line("scored")
            },
            Outcome::Ask { question } => PointsLine { question: Some(question.clone()), ..line("ask") },
            Outcome::NotQualified => line("not_qualified"),
            Outcome::SetAside => line("set_aside"),
        }
    }

    fn working(&self, working: &Working) -> WorkingLine {
        WorkingLine {
            formula: working.formula.text.clone(),
            formula_sources: sources(&working.formula_origins),
            inputs: working
                .inputs
                .iter()
                .map(|input| InputLine {
                    number: input.bid.map(|bid| self.of(bid)),
                    name: input.name.clone(),
                    value: input.value.clone(),
                    sources: sources(&input.origins),
                })
                .collect(),
            steps: working.steps.clone(),
            unrounded: working.unrounded.clone(),
            legal_basis: working.legal_basis.clone(),
            norm_unverified: working.rests_on_unverified,
        }
    }
}

fn consultancy_bid(number: u32, outcome: &ConsultancyOutcome) -> ConsultancyBidLine {
    let line = |outcome| ConsultancyBidLine {
        number,
        outcome,
        points: None,
        exact: None,
        reason: None,
        provisional: Vec::new(),
        steps: Vec::new(),
    };
    match outcome {
        ConsultancyOutcome::Scored { total, rounded, steps, provisional, .. } => ConsultancyBidLine {
            points: text(Some(*rounded)),
            exact: Some(total.to_string()),
            provisional: provisional.clone(),
            steps: steps.clone(),
            ..line("scored")
        },
        ConsultancyOutcome::BelowMinimum { reason } => {
            ConsultancyBidLine { reason: Some(reason.clone()), ..line("below_minimum") }
        }
        ConsultancyOutcome::Ask { question } => {
            ConsultancyBidLine { reason: Some(question.clone()), ..line("ask") }
        }
    }
}

fn text(points: Option<Decimal>) -> Option<String> {
    points.map(|points| points.to_string())
}

fn sources(origins: &[Origin]) -> Vec<OriginLine> {
    origins.iter().map(Into::into).collect()
}
