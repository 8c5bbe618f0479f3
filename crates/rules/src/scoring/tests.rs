//! Tests of the whole: vectors of the manual, properties of any scoring, the two sets of rules.

use super::*;
use crate::checks::fixture::money;
use cotejo_domain::{
    BidId, ProcedureType, Reason, Requirement, RequirementId, RequirementKind, RequirementSource, Subject,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use uuid::Uuid;

fn decimal(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

fn bid_id(number: usize) -> BidId {
    BidId(Uuid::from_u128(number as u128))
}

fn requirement(id: &str, kind: RequirementKind, points: Option<&str>, subject: Subject) -> Requirement {
    Requirement {
        id: RequirementId(id.into()),
        lot: None,
        kind,
        text: match &subject {
            Subject::Score { parameter } => parameter.clone(),
            _ => id.to_owned(),
        },
        points: points.map(decimal),
        subject,
        source: RequirementSource::Ushay { table: "TMEP_VALORACION_DET".into(), row: 1 },
    }
}

fn scored(id: &str, name: &str, points: Option<&str>) -> Requirement {
    requirement(id, RequirementKind::Puntaje, points, Subject::Score { parameter: name.into() })
}

/// A licitación of works as the model of 2023 has it: 85 + 5 + 10, with minimums of experience and a threshold.
fn works() -> Vec<Requirement> {
    let experience = |id: &str, specific: bool, minimum: &str| {
        let subject = Subject::Experience {
            specific,
            minimum: Some(money(minimum)),
            minimum_per_contract: None,
            years: None,
        };
        requirement(id, RequirementKind::Minimo, None, subject)
    };
    let vae = Subject::Vae { threshold: Some(cotejo_domain::Percent(decimal("40"))) };
    vec![
        experience("EXP-G", false, "10000"),
        experience("EXP-E", true, "5000"),
        requirement("VAE", RequirementKind::Informativo, None, vae),
        scored("PTO-1", "Experiencia general", Some("10")),
        scored("PTO-2", "Experiencia específica", Some("15")),
        scored("PTO-3", "Experiencia del personal técnico", Some("5")),
        scored("PTO-4", "Oferta económica", Some("55")),
        scored("PTO-5", "Subcontratación con MIPYMES o EPS", Some("5")),
        scored("PTO-6", "Participación ecuatoriana", Some("10")),
    ]
}

/// Terms of a pack; the personnel's steps are typed, as a person would.
struct Case {
    requirements: Vec<Requirement>,
    answers: Answers,
    pack: &'static crate::RulePack,
    started: jiff::civil::Date,
}

impl Case {
    fn works(started: &str) -> Self {
        let started: jiff::civil::Date = started.parse().expect("a date");
        let mut answers = Answers::default();
        let steps = vec![
            Step { from: decimal("1"), points: decimal("2") },
            Step { from: decimal("3"), points: decimal("5") },
        ];
        answers.formulas.insert(RequirementId("PTO-3".into()), answered(Formula::Steps { steps }));
        Self {
            requirements: works(),
            answers,
            pack: crate::RulePack::for_start(started).expect("a pack"),
            started,
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            pack: self.pack,
            procedure: ProcedureType::Lico,
            budget: Some(money("100000")),
            started: Some(self.started),
            requirements: &self.requirements,
            lot: cotejo_domain::LotId(Uuid::nil()),
            answers: &self.answers,
            written_minimum: None,
        }
    }

    fn parameters(&self, rules: Rules) -> Vec<Parameter> {
        parameters(&self.terms(), rules)
    }

    fn score(&self, bids: &[BidToScore], rules: Rules) -> Scoring {
        score(&self.parameters(rules), bids, self.pack, rules)
    }
}

fn answered<T>(value: T) -> Answered<T> {
    Answered { value, who: "Ana Ejemplo".into(), reason: "pliego, página 4".into() }
}

/// A bid with the six values of the works model, in the order of the parameters.
fn bid(number: usize, standing: Standing, values: [&str; 6]) -> BidToScore {
    let ids = ["PTO-1", "PTO-2", "PTO-3", "PTO-4", "PTO-5", "PTO-6"];
    let given = |value: &str| Given {
        value: decimal(value),
        origins: vec![Origin::Person { who: "Ana Ejemplo".into(), reason: "hoja 1".into() }],
        doubts: Vec::new(),
        explained: Vec::new(),
    };
    BidToScore {
        bid: bid_id(number),
        name: format!("Oferente {number}"),
        standing,
        values: ids
            .into_iter()
            .zip(values)
            .map(|(id, value)| (RequirementId(id.into()), Ok(given(value))))
            .collect(),
    }
}

fn three() -> Vec<BidToScore> {
    vec![
        bid(1, Standing::Qualified, ["60000", "25000", "3", "95000", "20", "60"]),
        bid(2, Standing::Qualified, ["30000", "45000", "1", "90000", "15", "45"]),
        bid(3, Standing::Qualified, ["10000", "5000", "0", "99000", "10", "39"]),
    ]
}

fn rounded(scoring: &Scoring) -> Vec<Option<String>> {
    scoring.totals.iter().map(|total| total.rounded.map(|points| points.to_string())).collect()
}

fn outcome<'a>(scoring: &'a Scoring, parameter: &str, number: usize) -> &'a Outcome {
    let scored = scoring
        .parameters
        .iter()
        .find(|scored| scored.parameter.requirement.0 == parameter)
        .expect("the parameter");
    &scored.outcomes.iter().find(|(bid, _)| *bid == bid_id(number)).expect("the bid").1
}

#[test]
fn the_works_model_of_2023_by_hand() {
    let case = Case::works("2024-01-10");
    let scoring = case.score(&three(), Rules::Motivated);
    // 1: 10 + 15×20,000/40,000 + 5 + 55×90/95 + 5×20/20 + 10
    // 2: 10×20/50 + 15 + 2 + 55 + 5×15/20 + 10×45/60
    // 3: 0 + 0 + 0 + 55×90/99 + 5×10/20 + 0
    let exact = |number: usize| scoring.totals[number].exact.as_ref().expect("complete").to_string();
    assert_eq!(exact(0), fraction("37.5", "55", "90", "95"), "nothing is rounded on the way");
    assert_eq!(rounded(&scoring), [Some("89.61".into()), Some("87.25".into()), Some("52.50".into())]);
    let places: Vec<BidId> = scoring.order.places.iter().flat_map(|place| place.bids.clone()).collect();
    assert_eq!(places, [bid_id(1), bid_id(2), bid_id(3)], "in this order");
    assert!(!scoring.order.provisional, "everything is decided");
    assert_eq!(scoring.out_of, Some(decimal("100")));
}

/// Writes `base + points × low / price` as an exact fraction.
fn fraction(base: &str, points: &str, low: &str, price: &str) -> String {
    let part = Exact::of(decimal(points)).times(&Exact::of(decimal(low))).over(&Exact::of(decimal(price)));
    Exact::of(decimal(base)).plus(&part.expect("not zero")).to_string()
}

#[test]
fn the_working_names_the_formula_the_numbers_and_where_they_come_from() {
    let case = Case::works("2024-01-10");
    let scoring = case.score(&three(), Rules::Motivated);
    let Outcome::Scored(points) = outcome(&scoring, "PTO-4", 1) else { panic!("scored") };
    let working = &points.working;
    assert_eq!(working.formula.text, "puntaje máximo × precio más bajo / precio ofertado");
    assert!(
        working.steps.iter().any(|step| step.inputs == "55 × 90.000,00 / 95.000,00"),
        "{:?}",
        working.steps
    );
    assert_eq!(working.unrounded, "52,1052631578… (990/19)");
    assert_eq!(points.rounded, decimal("52.11"), "half up, once");
    assert!(
        working.inputs.iter().all(|input| !input.origins.is_empty()),
        "every number has a source: {:?}",
        working.inputs
    );
    assert!(
        working.inputs.iter().any(|input| input.bid == Some(bid_id(2))),
        "the lowest price with its own source"
    );
    assert!(working.rests_on_unverified, "no norm fixes the rounding");
}

#[test]
fn a_bid_that_does_not_qualify_has_no_score_and_its_price_is_not_the_lowest() {
    let case = Case::works("2024-01-10");
    let mut bids = three();
    bids[1].standing = Standing::NotQualified;
    let scoring = case.score(&bids, Rules::Motivated);
    assert_eq!(outcome(&scoring, "PTO-4", 2), &Outcome::NotQualified);
    let Outcome::Scored(first) = outcome(&scoring, "PTO-4", 1) else { panic!("scored") };
    assert_eq!(first.rounded, decimal("55.00"), "95,000 is now the lowest");
    assert_eq!(scoring.totals[1].rounded, None, "no total");
    assert!(scoring.order.places.iter().all(|place| !place.bids.contains(&bid_id(2))), "and no place");
}

#[test]
fn what_is_missing_is_asked_and_never_zero() {
    let case = Case::works("2024-01-10");
    let mut bids = three();
    bids[0].values.remove(&RequirementId("PTO-1".into()));
    let scoring = case.score(&bids, Rules::Motivated);
    assert!(matches!(outcome(&scoring, "PTO-1", 1), Outcome::Ask { .. }));
    assert_eq!(scoring.totals[0].exact, None, "no total without it");
    assert_eq!(scoring.totals[0].missing, [RequirementId("PTO-1".into())]);
    assert_eq!(scoring.order.unplaced, [bid_id(1)], "and no place");
    let Outcome::Scored(other) = outcome(&scoring, "PTO-1", 2) else { panic!("scored") };
    assert!(
        other.provisional.iter().any(|reason| reason.code == "rules.puntaje.provisional.falta"),
        "the missing one may be the highest"
    );
    assert!(scoring.order.provisional);
}

#[test]
fn a_negative_or_impossible_value_is_asked_and_sets_no_lowest_or_highest() {
    let case = Case::works("2024-01-10");
    let change = |parameter: &str, value: &str| {
        let mut bids = three();
        let given =
            bids[2].values.get_mut(&RequirementId(parameter.into())).expect("there").as_mut().expect("given");
        given.value = decimal(value);
        case.score(&bids, Rules::Motivated)
    };
    let scoring = change("PTO-4", "-5");
    assert!(
        matches!(outcome(&scoring, "PTO-4", 3), Outcome::Ask { question } if question.code == "rules.puntaje.valor_negativo")
    );
    let Outcome::Scored(first) = outcome(&scoring, "PTO-4", 1) else { panic!("scored") };
    assert_eq!(first.rounded, decimal("52.11"), "90,000 stays the lowest");
    assert!(!first.provisional.is_empty(), "until the third is known");
    let scoring = change("PTO-6", "4500");
    assert!(
        matches!(outcome(&scoring, "PTO-6", 3), Outcome::Ask { question } if question.code == "rules.puntaje.porcentaje_imposible")
    );
    let Outcome::Scored(first) = outcome(&scoring, "PTO-6", 1) else { panic!("scored") };
    assert_eq!(first.rounded, decimal("10.00"), "60 % stays the highest");
}

#[test]
fn a_bid_under_evaluation_makes_what_depends_on_it_provisional() {
    let case = Case::works("2024-01-10");
    let mut bids = three();
    bids[1].standing = Standing::Open;
    let scoring = case.score(&bids, Rules::Motivated);
    let Outcome::Scored(first) = outcome(&scoring, "PTO-4", 1) else { panic!("scored") };
    assert!(!first.provisional.is_empty(), "the lowest price is of a bid that may still fall");
    let Outcome::Scored(own) = outcome(&scoring, "PTO-3", 2) else { panic!("scored") };
    assert!(!own.provisional.is_empty(), "and its own points are, even those compared with nobody");
    let Outcome::Scored(general) = outcome(&scoring, "PTO-1", 3) else { panic!("scored") };
    assert!(
        general.provisional.is_empty(),
        "bid 3 is compared with bid 1, which is decided: {:?}",
        general.provisional
    );
}

#[test]
fn under_the_regulation_of_2025_both_scorings_differ_where_the_sources_do() {
    let case = Case::works("2026-01-15");
    let bids = three();
    let (portal, motivated) = (case.score(&bids, Rules::Portal), case.score(&bids, Rules::Motivated));
    assert_eq!((portal.out_of, motivated.out_of), (Some(decimal("100")), Some(decimal("90"))));
    assert_eq!(outcome(&motivated, "PTO-6", 1), &Outcome::SetAside, "participación ecuatoriana");
    assert!(matches!(outcome(&portal, "PTO-6", 1), Outcome::Scored(_)), "the tool still gives it");
    // Subcontratación: the tool is proportional, the report asks among three sources.
    let Outcome::Scored(tool) = outcome(&portal, "PTO-5", 2) else { panic!("scored") };
    assert_eq!(tool.rounded, decimal("3.75"), "15 of 20 %");
    assert!(matches!(outcome(&motivated, "PTO-5", 2), Outcome::Ask { .. }));
    let parameter = &motivated
        .parameters
        .iter()
        .find(|scored| scored.parameter.requirement.0 == "PTO-5")
        .expect("it")
        .parameter;
    let Choice::Ask { offered, .. } = &parameter.choice else { panic!("asked") };
    assert_eq!(offered.len(), 3, "the three sources are shown: {offered:?}");
    let note = reconcile(&portal, &motivated);
    let names: Vec<&str> =
        note.differences.iter().map(|difference| difference.requirement.0.as_str()).collect();
    assert_eq!(names, ["PTO-5", "PTO-6"], "and the note says so parameter by parameter");
    assert!(note.differences.iter().all(|difference| !difference.origins.is_empty()), "with the sources");
    // Once the commission chooses, the report is complete.
    let mut decided = Case::works("2026-01-15");
    let rgl_266 = Formula::Range { least: decimal("15"), most: decimal("20") };
    decided.answers.formulas.insert(RequirementId("PTO-5".into()), answered(rgl_266));
    let motivated = decided.score(&bids, Rules::Motivated);
    let Outcome::Scored(full) = outcome(&motivated, "PTO-5", 2) else { panic!("scored") };
    assert_eq!(full.rounded, decimal("5.00"), "15 % has all points");
    assert!(motivated.totals.iter().all(|total| total.exact.is_some()));
    let portal = decided.score(&bids, Rules::Portal);
    let Outcome::Scored(tool) = outcome(&portal, "PTO-5", 2) else { panic!("scored") };
    assert_eq!(tool.rounded, decimal("3.75"), "the commission's choice does not change the tool");
    assert!(
        reconcile(&portal, &motivated)
            .differences
            .iter()
            .any(|difference| difference.requirement.0 == "PTO-5")
    );
}

#[test]
fn before_october_2025_both_scorings_agree() {
    let case = Case::works("2024-01-10");
    let note = reconcile(&case.score(&three(), Rules::Portal), &case.score(&three(), Rules::Motivated));
    assert!(note.differences.is_empty(), "{:?}", note.differences);
    assert_eq!(note.notes[0].code, "rules.puntaje.conciliacion.iguales");
}

#[test]
fn the_commission_may_keep_what_a_source_sets_aside() {
    let mut case = Case::works("2026-01-15");
    case.answers.counts.insert(RequirementId("PTO-6".into()), answered(true));
    assert!(matches!(outcome(&case.score(&three(), Rules::Motivated), "PTO-6", 1), Outcome::Scored(_)));
}

#[test]
fn a_pliego_whose_own_text_decides_subcontracting_is_followed() {
    let mut case = Case::works("2026-01-15");
    let row = case.requirements.iter_mut().find(|row| row.id.0 == "PTO-5").expect("it");
    row.text = "Subcontratación: se otorgará el puntaje a todos los oferentes que se comprometan entre el 15 % y el 20 %".into();
    let parameters = case.parameters(Rules::Motivated);
    let parameter = parameters.iter().find(|parameter| parameter.requirement.0 == "PTO-5").expect("it");
    let Choice::Chosen(formula) = &parameter.choice else { panic!("chosen: {:?}", parameter.choice) };
    assert_eq!(formula.value, Formula::Range { least: decimal("15"), most: decimal("20") });
    assert!(matches!(formula.origins[..], [Origin::Pliego { .. }]), "by the pliego");
}

#[test]
fn no_parameter_is_dropped_and_what_the_model_gives_points_for_needs_no_question() {
    let mut case = Case::works("2024-01-10");
    case.requirements.push(scored("PTO-7", "Otro(s) parámetro(s) resuelto(s) por la entidad *", None));
    for row in &mut case.requirements {
        if row.id.0 == "PTO-5" {
            row.points = None;
        }
    }
    let parameters = case.parameters(Rules::Motivated);
    assert_eq!(parameters.len(), 7, "every row that gives points");
    let points = |id: &str| {
        parameters
            .iter()
            .find(|parameter| parameter.requirement.0 == id)
            .and_then(|parameter| parameter.points.clone().ok())
    };
    assert!(points("PTO-5").is_some_and(
        |points| points.value == decimal("5") && matches!(points.origins[0], Origin::Pack { .. })
    ));
    assert_eq!(points("PTO-7"), None, "asked");
    assert_eq!(case.score(&three(), Rules::Motivated).out_of, None, "and then the whole is not known");
    case.answers.points.insert(RequirementId("PTO-7".into()), answered(Decimal::ZERO));
    let scoring = case.score(&three(), Rules::Motivated);
    assert_eq!(scoring.out_of, Some(decimal("100")), "a row that the entity left empty counts nothing");
    assert!(scoring.totals.iter().all(|total| total.exact.is_some()), "and asks nothing more");
}

#[test]
fn a_value_that_may_still_change_makes_every_comparison_provisional() {
    let case = Case::works("2024-01-10");
    let mut bids = three();
    let given =
        bids[2].values.get_mut(&RequirementId("PTO-4".into())).expect("there").as_mut().expect("given");
    given.doubts.push(cotejo_domain::Reason { code: "x".into(), text: "por convalidar".into() });
    let scoring = case.score(&bids, Rules::Motivated);
    for number in [1, 2] {
        let Outcome::Scored(points) = outcome(&scoring, "PTO-4", number) else { panic!("scored") };
        assert!(
            !points.provisional.is_empty(),
            "the dearest price may become the lowest once its bidder answers"
        );
    }
}

#[test]
fn points_beyond_the_model_are_told_and_kept() {
    let mut case = Case::works("2024-01-10");
    for row in &mut case.requirements {
        if row.id.0 == "PTO-4" {
            row.points = Some(decimal("65"));
        }
    }
    let parameters = case.parameters(Rules::Motivated);
    let price = parameters.iter().find(|parameter| parameter.requirement.0 == "PTO-4").expect("it");
    assert_eq!(price.points.as_ref().map(|points| points.value), Ok(decimal("65")), "the pliego binds");
    assert!(
        price.notes.iter().any(|note| note.code == "rules.puntaje.nota.fuera_del_modelo"),
        "{:?}",
        price.notes
    );
    let experience = &parameters[0];
    assert!(experience.notes.is_empty(), "{:?}", experience.notes);
    let notes = case.score(&three(), Rules::Motivated).notes;
    assert!(
        notes.iter().any(|note| note.code == "rules.puntaje.nota.no_suman_cien"),
        "110 in all: {notes:?}"
    );
}

#[test]
fn ties_are_exact_and_a_tie_by_rounding_is_none() {
    let case = Case::works("2024-01-10");
    let equal = ["60000", "25000", "3", "95000", "20", "60"];
    let bids = vec![bid(1, Standing::Qualified, equal), bid(2, Standing::Qualified, equal)];
    let scoring = case.score(&bids, Rules::Motivated);
    assert_eq!(scoring.order.places.len(), 1, "one place for both");
    assert_eq!(scoring.order.notes[0].code, "rules.puntaje.empate", "shown and asked");
    let mut close = bids.clone();
    close[1] = bid(2, Standing::Qualified, ["60000", "25000", "3", "95000.01", "20", "60"]);
    let scoring = case.score(&close, Rules::Motivated);
    assert_eq!(rounded(&scoring)[0], rounded(&scoring)[1], "a cent in 95,000 vanishes in the rounding");
    assert_eq!(scoring.order.places.len(), 2, "but it is no tie");
    assert_eq!(scoring.order.notes[0].code, "rules.puntaje.casi_empate");
}

#[test]
fn the_sheet_has_the_portals_fields_in_the_pliegos_order() {
    let case = Case::works("2024-01-10");
    let mut bids = three();
    bids[2].standing = Standing::NotQualified;
    bids[0].values.remove(&RequirementId("PTO-1".into()));
    let sheet = sheet(&case.score(&bids, Rules::Portal));
    let csv = sheet.csv();
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').split("\r\n").collect();
    assert_eq!(lines[0], "Parámetro;Puntaje máximo;Oferente 1;Oferente 2;Oferente 3");
    assert_eq!(lines[1], "Experiencia general;10;por determinar;10,00 (provisional);no calificada");
    assert_eq!(lines[4], "Oferta económica;55;52,11;55,00;no calificada");
    assert!(lines[7].starts_with("Total;100;por determinar;"), "{}", lines[7]);
    assert!(sheet.provisional);
}

#[test]
fn a_bidders_name_that_is_a_spreadsheet_formula_does_not_run() {
    let case = Case::works("2024-01-10");
    let mut bids = three();
    bids[0].name = "=HYPERLINK(\"x\";\"y\")".into();
    let csv = sheet(&case.score(&bids, Rules::Portal)).csv();
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\""), "{csv}");
}

fn consultancy_bid(number: usize, technical: &str, price: &str) -> ConsultancyBid {
    let given = |text: &str| Given {
        value: decimal(text),
        origins: Vec::new(),
        doubts: Vec::new(),
        explained: Vec::new(),
    };
    ConsultancyBid {
        bid: bid_id(number),
        name: format!("Oferente {number}"),
        technical: Ok(Exact::of(decimal(technical))),
        parts: BTreeMap::new(),
        price: Some(given(price)),
    }
}

fn weights(c1: &str, c2: &str) -> Sourced<Weights> {
    Sourced { value: Weights { technical: decimal(c1), economic: decimal(c2) }, origins: Vec::new() }
}

fn combined(bids: &[ConsultancyBid], c1: &str, c2: &str) -> ConsultancyScoring {
    let pack = crate::RulePack::by_id("ec-2025-de193").expect("exists");
    consultancy(bids, Some(&weights(c1, c2)), None, pack)
}

#[test]
fn vector_10_5_consultoria_pe_80_and_pto_84() {
    let bids = [consultancy_bid(1, "80", "80000"), consultancy_bid(2, "85", "100000")];
    let scoring = combined(&bids, "0.8", "0.2");
    let ConsultancyOutcome::Scored { economic, total, rounded, .. } = &scoring.outcomes[1].1 else {
        panic!("scored")
    };
    assert_eq!(economic, &Exact::of(decimal("80")), "POEm 80,000 and 100,000");
    assert_eq!(total, &Exact::of(decimal("84")), "0.8 × 85 + 0.2 × 80");
    assert_eq!(*rounded, decimal("84.00"));
    assert!(scoring.rests_on_unverified, "the margins are the old ones");
}

#[test]
fn who_has_less_than_seventy_is_out_and_its_price_is_not_the_lowest() {
    let bids = [consultancy_bid(1, "69.99", "50000"), consultancy_bid(2, "70", "100000")];
    let scoring = combined(&bids, "0.8", "0.2");
    assert!(matches!(scoring.outcomes[0].1, ConsultancyOutcome::BelowMinimum { .. }), "RGL 104");
    let ConsultancyOutcome::Scored { economic, .. } = &scoring.outcomes[1].1 else { panic!("scored") };
    assert_eq!(economic, &Exact::of(decimal("100")), "70 is enough, and 100,000 is the lowest");
    assert_eq!(scoring.places, [vec![bid_id(2)]]);
}

#[test]
fn the_technical_minimum_that_the_pliego_writes_goes_before_that_of_the_regime() {
    let pack = crate::RulePack::by_id("ec-2025-de193").expect("exists");
    let bids = [consultancy_bid(1, "78", "50000"), consultancy_bid(2, "85", "100000")];
    let weights = weights("0.8", "0.2");
    let outcome = |written: &WrittenMinimum| {
        consultancy(&bids, Some(&weights), Some(written), pack).outcomes[0].1.clone()
    };
    let eighty = Ok(Sourced { value: decimal("80"), origins: Vec::new() });
    assert!(matches!(outcome(&eighty), ConsultancyOutcome::BelowMinimum { .. }), "78 of 80");
    let doubtful = Err(Reason { code: "x".into(), text: "¿70 u 80?".into() });
    assert!(
        matches!(outcome(&doubtful), ConsultancyOutcome::Ask { .. }),
        "nobody is out by a doubtful reading"
    );
}

#[test]
fn a_sealed_envelope_makes_the_others_provisional() {
    let mut bids = [consultancy_bid(1, "90", "90000"), consultancy_bid(2, "85", "100000")];
    bids[0].price = None;
    let scoring = combined(&bids, "0.8", "0.2");
    assert!(matches!(scoring.outcomes[0].1, ConsultancyOutcome::Ask { .. }));
    let ConsultancyOutcome::Scored { provisional, .. } = &scoring.outcomes[1].1 else { panic!("scored") };
    assert!(!provisional.is_empty(), "the sealed price may be lower");
}

#[test]
fn a_tie_of_consultoria_goes_down_the_regimes_list_and_ends_in_a_draw() {
    // 0.8 × 85 + 0.2 × 80 = 84 = 0.8 × 80 + 0.2 × 100
    let bids = [consultancy_bid(1, "80", "80000"), consultancy_bid(2, "85", "100000")];
    let scoring = combined(&bids, "0.8", "0.2");
    assert_eq!(scoring.places, [vec![bid_id(2)], vec![bid_id(1)]], "a) the higher technical score");
    let mut same = [consultancy_bid(1, "85", "100000"), consultancy_bid(2, "85", "100000")];
    for (bid, personnel) in same.iter_mut().zip(["10", "12"]) {
        bid.parts.insert(Measure::SpecificExperience, Exact::of(decimal("20")));
        bid.parts.insert(Measure::Personnel, Exact::of(decimal(personnel)));
    }
    assert_eq!(
        combined(&same, "0.8", "0.2").places,
        [vec![bid_id(2)], vec![bid_id(1)]],
        "b) experiencia del personal técnico"
    );
    let drawn = [consultancy_bid(1, "85", "100000"), consultancy_bid(2, "85", "100000")];
    let scoring = combined(&drawn, "0.8", "0.2");
    assert_eq!(scoring.places, [vec![bid_id(1), bid_id(2)]], "nothing tells them apart");
    assert!(
        scoring.notes.iter().any(|note| note.code == "rules.puntaje.consultoria.empate"),
        "the Portal draws"
    );
}

#[test]
fn weights_outside_the_margins_are_told_and_applied_and_weights_that_do_not_add_up_are_asked() {
    let bids = [consultancy_bid(1, "80", "80000")];
    let scoring = combined(&bids, "0.7", "0.3");
    assert!(
        scoring.notes.iter().any(|note| note.code == "rules.puntaje.consultoria.fuera_de_margen"),
        "the pliego binds"
    );
    assert!(matches!(scoring.outcomes[0].1, ConsultancyOutcome::Scored { .. }));
    assert!(matches!(combined(&bids, "0.8", "0.3").outcomes[0].1, ConsultancyOutcome::Ask { .. }));
    let pack = crate::RulePack::by_id("ec-2025-de193").expect("exists");
    assert!(
        matches!(consultancy(&bids, None, None, pack).outcomes[0].1, ConsultancyOutcome::Ask { .. }),
        "no weights"
    );
}

#[test]
fn preference_margins_are_asked_and_none_is_invented() {
    let pack = crate::RulePack::by_id("ec-2025-de193").expect("exists");
    assert_eq!(best_preference(&[], pack), Benefit::None);
    assert!(matches!(best_preference(&["micro".into(), "local".into()], pack), Benefit::Ask { .. }));
}

#[test]
fn one_preference_counts_where_the_law_says_so_and_is_asked_where_it_does_not() {
    let requirements =
        vec![scored("PTO-7", "MYPES y EPS", Some("5")), scored("PTO-8", "MYPES y EPS Locales", Some("10"))];
    let of = |pack: &str| {
        let pack = crate::RulePack::by_id(pack).expect("exists");
        let mut answers = Answers::default();
        for id in ["PTO-7", "PTO-8"] {
            answers.formulas.insert(RequirementId(id.into()), answered(Formula::AllOrNothing));
        }
        let terms = Terms {
            pack,
            procedure: ProcedureType::Coto,
            budget: None,
            started: None,
            requirements: &requirements,
            lot: cotejo_domain::LotId(Uuid::nil()),
            answers: &answers,
            written_minimum: None,
        };
        let parameters = parameters(&terms, Rules::Motivated);
        let given = || {
            Ok(Given { value: Decimal::ONE, origins: Vec::new(), doubts: Vec::new(), explained: Vec::new() })
        };
        let mut bids = vec![BidToScore {
            bid: bid_id(1),
            name: "Oferente 1".into(),
            standing: Standing::Qualified,
            values: ["PTO-7", "PTO-8"].into_iter().map(|id| (RequirementId(id.into()), given())).collect(),
        }];
        keep_one(&parameters, &mut bids, pack);
        score(&parameters, &bids, pack, Rules::Motivated).totals[0].rounded
    };
    assert_eq!(of("ec-2025-de193"), Some(decimal("10.00")), "the most advantageous, and not 15");
    assert_eq!(of("ec-2023"), None, "an older regime does not say: asked");
}

/// Any three to six bids on the works model, in cents and hundredths of a percent.
fn any_bids() -> impl Strategy<Value = Vec<BidToScore>> {
    let one =
        (0_i64..20_000_000, 0_i64..20_000_000, 0_i64..6, 1_i64..20_000_000, 0_i64..3_000, 0_i64..10_000);
    prop::collection::vec(one, 2..6).prop_map(|rows| {
        (1..)
            .zip(rows)
            .map(|(number, (general, specific, people, price, share, participation))| {
                let cents = |value: i64| Decimal::new(value, 2).to_string();
                let texts = [
                    cents(general),
                    cents(specific),
                    people.to_string(),
                    cents(price),
                    cents(share),
                    cents(participation),
                ];
                let values = texts.each_ref().map(String::as_str);
                bid(number, Standing::Qualified, values)
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn totals_never_exceed_a_hundred_and_rounding_is_only_at_the_edge(bids in any_bids()) {
        let case = Case::works("2024-01-10");
        let scoring = case.score(&bids, Rules::Motivated);
        let hundred = Exact::of(Decimal::ONE_HUNDRED);
        for total in &scoring.totals {
            let exact = total.exact.as_ref().expect("complete");
            prop_assert!(*exact <= hundred && !exact.is_negative(), "{exact}");
            prop_assert_eq!(exact.rounded(2), total.rounded, "the total is rounded from the exact sum");
            let mut sum = Exact::zero();
            for scored in &scoring.parameters {
                let (_, outcome) = scored.outcomes.iter().find(|(bid, _)| *bid == total.bid).expect("the bid");
                let Outcome::Scored(points) = outcome else { panic!("scored") };
                let most = scored.parameter.points.as_ref().expect("points").value;
                prop_assert!(points.exact <= Exact::of(most) && !points.exact.is_negative(), "{}", points.exact);
                prop_assert_eq!(points.exact.rounded(2), Some(points.rounded));
                sum = sum.plus(&points.exact);
            }
            prop_assert_eq!(&sum, exact, "nothing is rounded before the sum");
        }
    }

    #[test]
    fn permuting_the_bidders_changes_nothing(bids in any_bids(), turn in 1_usize..5) {
        let case = Case::works("2024-01-10");
        let before = case.score(&bids, Rules::Motivated);
        let mut turned = bids.clone();
        let by = turn % turned.len();
        turned.rotate_left(by);
        turned.reverse();
        let after = case.score(&turned, Rules::Motivated);
        prop_assert_eq!(&before.order, &after.order);
        for (one, other) in before.parameters.iter().zip(&after.parameters) {
            for (bid, outcome) in &one.outcomes {
                let same = other.outcomes.iter().find(|(candidate, _)| candidate == bid).map(|(_, outcome)| outcome);
                prop_assert_eq!(Some(outcome), same, "points and working of {}", bid);
            }
        }
    }

    #[test]
    fn a_lower_price_or_more_experience_never_loses_points(bids in any_bids(), cents in 1_i64..1_000_000) {
        let case = Case::works("2024-01-10");
        let change = |id: &str, by: i64| {
            let mut changed = bids.clone();
            let given = changed[0].values.get_mut(&RequirementId(id.into())).expect("there").as_mut().expect("given");
            given.value = (given.value + Decimal::new(by, 2)).max(Decimal::new(1, 2));
            changed
        };
        let total = |bids: &[BidToScore]| {
            case.score(bids, Rules::Motivated).totals[0].exact.clone().expect("complete")
        };
        let before = total(&bids);
        prop_assert!(total(&change("PTO-4", -cents)) >= before, "a lower price");
        prop_assert!(total(&change("PTO-1", cents)) >= before, "more general experience");
        prop_assert!(total(&change("PTO-2", cents)) >= before, "more specific experience");
    }
}
