//! The points of a whole process: the Portal's scoring, that of the signed report, what differs, and the combination of consultoría.

use super::consultancy::{ConsultancyBid, ConsultancyScoring, consultancy};
use super::inputs::{bid_to_score, price_makeup, price_of};
use super::low_offer::low_offers;
use super::model::{BidToScore, Given, Measure, Rules, Sourced, Standing};
use super::parameters::{Terms, parameters};
use super::preferences::keep_one;
use super::recognise::measure;
use super::reconcile::{Reconciliation, reconcile};
use super::score::{Outcome, Scoring, Total, score};
use super::technical_minimum::WrittenMinimum;
use crate::EvaluationInput;
use cotejo_domain::{BidId, Money, ProcedureType, Reason, RequirementId, Subject};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Holds a bid with how far its evaluation has come.
#[derive(Clone, Debug)]
pub struct BidInPlay<'a> {
    /// What was read from it, with the pliego and the pack.
    pub input: EvaluationInput<'a>,
    /// How far the minimums are decided.
    pub standing: Standing,
    /// Requirements decided as *cumple* for it.
    pub settled: BTreeSet<RequirementId>,
}

/// Holds the points of a process.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ProcessPoints {
    /// What the Portal's tool computes.
    pub portal: Scoring,
    /// What the commission motivates.
    pub motivated: Scoring,
    /// What differs, and why.
    pub reconciliation: Reconciliation,
    /// Both scores in one, in a consultoría.
    pub consultancy: Option<ConsultancyScoring>,
    /// Prices that draw attention; without any effect on the points.
    pub low_offers: Vec<(BidId, Vec<Reason>)>,
}

/// Computes the points of a process under both sets of rules.
#[must_use]
pub fn process_points(terms: &Terms<'_>, bids: &[BidInPlay<'_>]) -> ProcessPoints {
    let by_envelopes =
        matches!(terms.procedure, ProcedureType::Consultoria | ProcedureType::Cdc | ProcedureType::Lcc);
    let of = |rules: Rules| {
        let mut parameters = parameters(terms, rules);
        if by_envelopes {
            // The price has an envelope and a formula of its own.
            parameters.retain(|parameter| parameter.measure != Measure::EconomicOffer);
        }
        let mut values: Vec<BidToScore> = bids
            .iter()
            .map(|bid| bid_to_score(&bid.input, &parameters, terms.answers, bid.standing, &bid.settled))
            .collect();
        keep_one(&parameters, &mut values, terms.pack);
        score(&parameters, &values, terms.pack, rules)
    };
    let (portal, motivated) = (of(Rules::Portal), of(Rules::Motivated));
    let reconciliation = reconcile(&portal, &motivated);
    let consultancy = by_envelopes.then(|| combined(terms, bids, &motivated));
    let playing = || bids.iter().filter(|bid| bid.standing != Standing::NotQualified);
    let prices: Vec<(BidId, Money)> =
        playing().filter_map(|bid| Some((bid.input.bid.bid, Money(offered(terms, bid)?.value)))).collect();
    let makeup = |id: BidId| {
        let bid = playing().find(|bid| bid.input.bid.bid == id);
        bid.map(|bid| price_makeup(&bid.input)).unwrap_or_default()
    };
    let low_offers = low_offers(&prices, terms.budget, makeup, terms.pack);
    ProcessPoints { portal, motivated, reconciliation, consultancy, low_offers }
}

/// Returns the price of a bid: typed by a person under the requirement of the price, else read.
fn offered(terms: &Terms<'_>, bid: &BidInPlay<'_>) -> Option<Given> {
    let about_price = |id: &RequirementId| {
        terms.requirements.iter().any(|requirement| {
            requirement.id == *id
                && match &requirement.subject {
                    Subject::EconomicOffer => true,
                    Subject::Score { parameter } => measure(parameter) == Measure::EconomicOffer,
                    _ => false,
                }
        })
    };
    let typed = terms
        .answers
        .values
        .iter()
        .filter(|(id, _)| about_price(id))
        .find_map(|(_, bids)| bids.get(&bid.input.bid.bid));
    match typed {
        Some(answered) => Some(Given {
            value: answered.value,
            origins: vec![answered.origin()],
            doubts: Vec::new(),
            explained: Vec::new(),
        }),
        None => price_of(&bid.input, &bid.settled).ok(),
    }
}

fn combined(terms: &Terms<'_>, bids: &[BidInPlay<'_>], technical: &Scoring) -> ConsultancyScoring {
    let brought: Vec<ConsultancyBid> = bids
        .iter()
        .zip(&technical.totals)
        .filter(|(bid, _)| bid.standing != Standing::NotQualified)
        .map(|(bid, total)| ConsultancyBid {
            bid: total.bid,
            name: total.name.clone(),
            technical: technical_score(technical, total),
            parts: parts(technical, total.bid),
            price: offered(terms, bid),
        })
        .collect();
    let weights = terms.answers.weights.as_ref();
    let weights =
        weights.map(|answered| Sourced { value: answered.value.clone(), origins: vec![answered.origin()] });
    let answered = terms.answers.minimum.as_ref();
    let answered: Option<WrittenMinimum> =
        answered.map(|answered| Ok(Sourced { value: answered.value, origins: vec![answered.origin()] }));
    consultancy(&brought, weights.as_ref(), answered.as_ref().or(terms.written_minimum), terms.pack)
}

fn technical_score(scoring: &Scoring, total: &Total) -> Result<super::Exact, Reason> {
    if let Some(exact) = &total.exact {
        return Ok(exact.clone());
    }
    let questions = scoring.parameters.iter().flat_map(|scored| &scored.outcomes);
    let mut asked = questions.filter(|(bid, _)| *bid == total.bid).filter_map(|(_, outcome)| match outcome {
        Outcome::Ask { question } => Some(question.clone()),
        _ => None,
    });
    let none = || super::model::reason("rules.puntaje.consultoria.sin_tecnico", &[("oferente", &total.name)]);
    Err(asked.next().unwrap_or_else(none))
}

/// Adds up the exact points of a bid by what they measure.
fn parts(scoring: &Scoring, bid: BidId) -> BTreeMap<Measure, super::Exact> {
    let mut parts: BTreeMap<Measure, super::Exact> = BTreeMap::new();
    for scored in &scoring.parameters {
        for (_, outcome) in scored.outcomes.iter().filter(|(other, _)| *other == bid) {
            let Outcome::Scored(points) = outcome else { continue };
            let sum = parts.entry(scored.parameter.measure).or_insert_with(super::Exact::zero);
            *sum = sum.plus(&points.exact);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RulePack;
    use crate::checks::fixture::{Fixture, money};
    use crate::scoring::{Answered, Answers, Formula, Origin, Weights};
    use cotejo_domain::{FactValue, LotId, Percent, Requirement, RequirementKind, RequirementSource};
    use uuid::Uuid;

    const HEADS: [&str; 5] = ["Descripción", "Unidad", "Cantidad", "Precio unitario", "Precio total"];

    fn requirement(id: &str, kind: RequirementKind, points: Option<&str>, subject: Subject) -> Requirement {
        let text = match &subject {
            Subject::Score { parameter } => parameter.clone(),
            _ => id.to_owned(),
        };
        let points = points.and_then(|points| points.parse().ok());
        Requirement {
            id: RequirementId(id.into()),
            lot: None,
            kind,
            text,
            points,
            subject,
            source: RequirementSource::ByHand,
        }
    }

    fn requirements() -> Vec<Requirement> {
        let score = |id: &str, name: &str, points: &str| {
            requirement(id, RequirementKind::Puntaje, Some(points), Subject::Score { parameter: name.into() })
        };
        let minimum = Subject::Experience {
            specific: false,
            minimum: Some(money("1000")),
            minimum_per_contract: None,
            years: Some(20),
        };
        vec![
            requirement("ECON", RequirementKind::Integridad, None, Subject::EconomicOffer),
            requirement("EXP-1", RequirementKind::Minimo, None, minimum),
            score("PTO-1", "Experiencia general", "40"),
            score("PTO-2", "Oferta económica", "60"),
        ]
    }

    fn fixture(number: u128, total_of_line: &str, total: &str, experience: &str) -> Fixture {
        let row: [&[&str]; 1] = [&["Taladro", "u", "10", "100,00", total_of_line]];
        let mut fixture = Fixture::new("2024-01-10")
            .works()
            .budget("10000")
            .document("FUO_1_5_CANT", 4)
            .table(4, &HEADS, &row)
            .fact("total", FactValue::Money(money(total)), 4)
            .document("ACTA_ER", 9)
            .fact("monto_liquidado", FactValue::Money(money(experience)), 9)
            .fact("contratista", FactValue::Text("Ejemplo".into()), 9)
            .fact("fecha_recepcion", FactValue::Date(jiff::civil::date(2020, 5, 4)), 9);
        fixture.bid.bid = BidId(Uuid::from_u128(number));
        fixture
    }

    fn points(fixtures: &[Fixture], answers: &Answers, settled: &[&str]) -> ProcessPoints {
        let requirements = requirements();
        let pack = RulePack::by_id("ec-2023").expect("exists");
        let terms = Terms {
            pack,
            procedure: ProcedureType::Lico,
            budget: Some(money("10000")),
            started: None,
            requirements: &requirements,
            lot: LotId(Uuid::nil()),
            answers,
            written_minimum: None,
        };
        let bids: Vec<BidInPlay<'_>> = fixtures
            .iter()
            .map(|fixture| BidInPlay {
                input: EvaluationInput {
                    pliego: &fixture.pliego,
                    requirements: &requirements,
                    pack,
                    lot: LotId(Uuid::nil()),
                    bid: &fixture.bid,
                },
                standing: Standing::Qualified,
                settled: settled.iter().map(|id| RequirementId((*id).into())).collect(),
            })
            .collect();
        process_points(&terms, &bids)
    }

    fn outcome(points: &ProcessPoints, parameter: usize, bid: usize) -> &Outcome {
        &points.motivated.parameters[parameter].outcomes[bid].1
    }

    #[test]
    fn facts_become_points_with_the_page_they_stand_on() {
        let bids = [fixture(1, "1.000,00", "1000", "3000"), fixture(2, "1.000,00", "1000", "2000")];
        let points = points(&bids, &Answers::default(), &["ECON"]);
        let Outcome::Scored(price) = outcome(&points, 1, 0) else { panic!("scored") };
        assert_eq!((price.rounded.to_string().as_str(), price.provisional.len()), ("60.00", 0));
        let pages: Vec<Option<u32>> = price
            .working
            .inputs
            .iter()
            .flat_map(|input| &input.origins)
            .map(|origin| match origin {
                Origin::Evidence { evidence, .. } => evidence.location.page(),
                _ => None,
            })
            .collect();
        assert!(pages.contains(&Some(4)), "the price opens at its page: {pages:?}");
        let Outcome::Scored(experience) = outcome(&points, 0, 1) else { panic!("scored") };
        assert_eq!(experience.rounded.to_string(), "20.00", "40 × 1,000 / 2,000");
        assert!(!experience.provisional.is_empty(), "which contracts count, a person confirms");
    }

    #[test]
    fn a_corrected_price_is_never_scored_before_the_bidder_answers() {
        // 10 × 100 is 1,000; the offer says 900 in line and total.
        let bids = [fixture(1, "900,00", "900", "3000"), fixture(2, "1.000,00", "1000", "2000")];
        let points = points(&bids, &Answers::default(), &[]);
        let Outcome::Scored(price) = outcome(&points, 1, 1) else { panic!("scored") };
        assert_eq!(price.rounded.to_string(), "54.00", "60 × 900 / 1,000: with the price as offered");
        let codes: Vec<&str> = price.provisional.iter().map(|reason| reason.code.as_str()).collect();
        assert!(codes.contains(&"rules.puntaje.duda.aritmetica"), "and only until the answer: {codes:?}");
        assert!(points.motivated.order.provisional);
    }

    #[test]
    fn two_prices_or_words_that_differ_are_asked() {
        let two =
            fixture(1, "1.000,00", "1000", "3000").fact("total_numeros", FactValue::Money(money("990")), 4);
        let words =
            fixture(2, "1.000,00", "1000", "3000").fact("total_letras", FactValue::Money(money("990")), 4);
        let code = |fixture: Fixture| match outcome(&points(&[fixture], &Answers::default(), &["ECON"]), 1, 0)
        {
            Outcome::Ask { question } => question.code.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(code(two), "rules.puntaje.pregunta.precios_distintos");
        assert_eq!(code(words), "rules.puntaje.pregunta.letras");
        let with_iva =
            fixture(3, "1.000,00", "1000", "3000").fact("total_numeros", FactValue::Money(money("1150")), 4);
        let points = points(&[with_iva], &Answers::default(), &["ECON"]);
        assert!(
            matches!(outcome(&points, 1, 0), Outcome::Scored(_)),
            "a total with IVA beside it is no second price"
        );
    }

    #[test]
    fn a_doubtful_reading_of_the_price_is_asked_and_a_typed_one_goes_before_it() {
        let doubtful = |number| {
            let mut fixture = fixture(number, "1.000,00", "1000", "3000");
            for fact in &mut fixture.bid.facts {
                fact.confidence = cotejo_domain::Confidence::new(0.5);
            }
            fixture
        };
        assert!(matches!(
            outcome(&points(&[doubtful(1)], &Answers::default(), &["ECON"]), 1, 0),
            Outcome::Ask { .. }
        ));
        let mut answers = Answers::default();
        let typed =
            Answered { value: "950".parse().expect("USD"), who: "Ana".into(), reason: "hoja 4".into() };
        let bid = BidId(Uuid::from_u128(1));
        answers.values.insert(RequirementId("PTO-2".into()), [(bid, typed)].into_iter().collect());
        let points = points(&[doubtful(1)], &answers, &["ECON"]);
        let Outcome::Scored(price) = outcome(&points, 1, 0) else { panic!("scored") };
        assert!(
            price.working.inputs.iter().any(|input| input.value == "USD 950,00"),
            "{:?}",
            price.working.inputs
        );
    }

    #[test]
    fn low_prices_are_told_and_change_no_point() {
        let bids = [fixture(1, "1.000,00", "1000", "3000")];
        let points = points(&bids, &Answers::default(), &["ECON"]);
        assert_eq!(points.low_offers[0].1[0].code, "rules.oferta_baja.presupuesto", "1,000 of 10,000");
        assert!(
            matches!(outcome(&points, 1, 0), Outcome::Scored(price) if price.rounded.to_string() == "60.00")
        );
    }

    #[test]
    fn a_consultoria_scores_its_technical_parameters_and_its_envelope_apart() {
        let requirements = vec![
            requirement(
                "PTO-1",
                RequirementKind::Puntaje,
                Some("100"),
                Subject::Score { parameter: "Plan de trabajo".into() },
            ),
            requirement(
                "PTO-2",
                RequirementKind::Puntaje,
                Some("20"),
                Subject::Score { parameter: "Oferta económica".into() },
            ),
        ];
        let pack = RulePack::by_id("ec-2025-de193").expect("exists");
        let bid = BidId(Uuid::from_u128(1));
        let answered = |value: &str| Answered {
            value: value.parse().expect("points"),
            who: "Ana".into(),
            reason: "informe técnico".into(),
        };
        let mut answers = Answers::default();
        answers.values.insert(RequirementId("PTO-1".into()), [(bid, answered("85"))].into_iter().collect());
        let by_hand = Answered { value: Formula::ByHand, who: "Ana".into(), reason: "pliego".into() };
        answers.formulas.insert(RequirementId("PTO-1".into()), by_hand);
        let weights = Weights { technical: "0.8".parse().expect("c1"), economic: "0.2".parse().expect("c2") };
        answers.weights = Some(Answered { value: weights, who: "Ana".into(), reason: "pliego".into() });
        let mut fixture = Fixture::new("2026-01-15")
            .document("OFERTA_ECONOMICA_CONSULTORIA", 2)
            .fact("total", FactValue::Money(money("80000")), 2)
            .fact("porcentaje", FactValue::Percent(Percent("1".parse().expect("%"))), 2);
        fixture.bid.bid = bid;
        let terms = Terms {
            pack,
            procedure: ProcedureType::Consultoria,
            budget: None,
            started: None,
            requirements: &requirements,
            lot: LotId(Uuid::nil()),
            answers: &answers,
            written_minimum: None,
        };
        let input = EvaluationInput {
            pliego: &fixture.pliego,
            requirements: &requirements,
            pack,
            lot: LotId(Uuid::nil()),
            bid: &fixture.bid,
        };
        let bids = [BidInPlay { input, standing: Standing::Qualified, settled: BTreeSet::new() }];
        let points = process_points(&terms, &bids);
        assert_eq!(points.motivated.parameters.len(), 1, "the price is no technical parameter");
        let consultancy = points.consultancy.expect("consultoría");
        let crate::scoring::ConsultancyOutcome::Scored { rounded, .. } = &consultancy.outcomes[0].1 else {
            panic!("{:?}", consultancy.outcomes)
        };
        assert_eq!(rounded.to_string(), "88.00", "0.8 × 85 + 0.2 × 100");
        // A price that nobody could read is typed under the requirement of the price.
        let unread = Fixture::new("2026-01-15");
        let mut bid_facts = unread.bid.clone();
        bid_facts.bid = bid;
        let mut typed = answers.clone();
        typed.values.insert(RequirementId("PTO-2".into()), [(bid, answered("90000"))].into_iter().collect());
        for (answers, expected) in [(&answers, false), (&typed, true)] {
            let terms = Terms { answers, ..terms };
            let input = EvaluationInput { bid: &bid_facts, ..input };
            let bids = [BidInPlay { input, standing: Standing::Qualified, settled: BTreeSet::new() }];
            let consultancy = process_points(&terms, &bids).consultancy.expect("consultoría");
            let scored =
                matches!(consultancy.outcomes[0].1, crate::scoring::ConsultancyOutcome::Scored { .. });
            assert_eq!(scored, expected, "{:?}", consultancy.outcomes);
        }
    }
}
