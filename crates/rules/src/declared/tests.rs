//! The declared checks: every file loads, its fixture pair comes out as it says, and the four that were Rust answer as they did.

use super::check::{Check, FixtureForm};
use super::{CHECKS, FILES, former};
use crate::checks::fixture::Fixture;
use crate::context::{Context, Draft};
use crate::{EvaluationInput, RulePack};
use cotejo_domain::{
    BidderKind, FactValue, LotId, Money, PageStatus, Plazo, ProcessCode, Proposal, Requirement,
    RequirementId, RequirementKind, RequirementSource, Subject, Termino, Verdict,
};

fn built(form: &FixtureForm) -> (Fixture, Subject) {
    let mut fixture = Fixture::new(&form.start);
    fixture = match form.bidder.as_deref() {
        Some("consorcio") => fixture.consortium(2),
        Some("natural") => fixture.bidder(BidderKind::Natural),
        _ => fixture,
    };
    if let Some(budget) = &form.budget {
        fixture = fixture.budget(budget);
    }
    for (page, fact) in (1..).zip(&form.facts) {
        let value = serde_json::from_value(fact.value.clone()).expect("a value");
        fixture = fixture.document(&fact.paper, page).fact(&fact.field, value, page);
    }
    (fixture, serde_json::from_value(form.requirement.clone()).expect("a subject"))
}

#[test]
fn every_file_loads_and_its_identifier_is_its_own() {
    for (name, text) in FILES {
        let check = Check::load(text).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
        assert_eq!(
            format!("{}.json", check.form.id.replace('.', "-")),
            name,
            "the file is named as its check"
        );
        assert!(check.form.doc.starts_with("docs/checks.md#"), "{name} has its page");
    }
    assert_eq!(CHECKS.len(), FILES.len());
}

#[test]
fn each_fixture_pair_comes_out_as_its_check_says() {
    for check in CHECKS.iter() {
        for form in [&check.form.fixtures.meets, &check.form.fixtures.fails] {
            let (fixture, subject) = built(form);
            let proposal = fixture.propose(subject);
            assert_eq!(proposal.verdict, form.verdict, "{}: {:?}", check.id, proposal.reasons);
            assert_eq!(proposal.check, check.id);
            assert!(
                !proposal.trace.is_empty() || check.form.steps.is_empty(),
                "{} shows its working",
                check.id
            );
            assert!(!proposal.reasons.is_empty(), "{} says why", check.id);
        }
        assert_ne!(
            check.form.fixtures.meets.verdict, check.form.fixtures.fails.verdict,
            "{}: a pair",
            check.id
        );
    }
}

#[test]
fn each_check_has_its_section_and_its_norm() {
    let page = include_str!("../../../../docs/checks.md");
    for check in CHECKS.iter() {
        let anchor = check.form.doc.trim_start_matches("docs/checks.md#");
        assert!(page.contains(&format!("### {anchor}")), "docs/checks.md has no section {anchor}");
        let known = |topic: &String| RulePack::all().iter().any(|pack| !pack.legal_basis(topic).is_empty());
        assert!(check.form.legal.iter().all(known), "{}: {:?}", check.id, check.form.legal);
    }
}

#[test]
fn a_check_that_does_not_fit_is_refused_with_all_that_is_wrong() {
    let text = FILES[0].1;
    for (from, to, reason) in [
        (
            "ofertado <= máximo)\", \"verdict\": \"cumple\"",
            "ofertado <= mínimo)\", \"verdict\": \"cumple\"",
            "no está declarado",
        ),
        ("\"type\": \"plazo\", \"fields\"", "\"type\": \"término\", \"fields\"", "no se comparan"),
        ("proceso.plazo", "reloj.hoy", "no se toma de"),
        ("\"rules.plazo.cumple\"", "\"rules.plazo.inventado\"", "catálogo"),
        (
            "\"verdict\": \"no_cumple\", \"reasons\": [\"rules.plazo.mayor\"], \"rest_on\": [\"ofertado\"]",
            "\"verdict\": \"no_cumple\", \"reasons\": [\"rules.plazo.mayor\"]",
            "se apoya en datos",
        ),
        ("\"legal\": [\"incumplimiento_tecnico\"]", "\"legal\": []", "fundamento"),
        ("\"when\": \"no hay(máximo)\", ", "", "sin condición"),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text, "{from}");
        let problems = Check::load(&changed).expect_err(reason);
        assert!(problems.iter().any(|problem| problem.contains(reason)), "{reason}: {problems:?}");
    }
}

/// Answers as the former Rust did.
fn formerly(fixture: &Fixture, requirement: &Requirement) -> Proposal {
    let pack = RulePack::for_start(fixture.pliego.process.started.expect("a start")).expect("a pack");
    let input = EvaluationInput {
        pliego: &fixture.pliego,
        requirements: std::slice::from_ref(requirement),
        pack,
        lot: LotId(uuid::Uuid::nil()),
        bid: &fixture.bid,
    };
    let context = Context::of(&input);
    let draft: Draft = match &requirement.subject {
        Subject::Term { maximum } => former::term(context, *maximum),
        Subject::Validity { minimum } => former::validity(context, *minimum),
        Subject::ProcessCode => former::process_code(context),
        Subject::FinancialIndex { name, threshold } => former::financial_index(context, name, *threshold),
        other => panic!("{other:?} was never one of these"),
    };
    draft.finish(&input, requirement)
}

fn alike(fixture: &Fixture, subject: Subject) {
    let requirement = Requirement {
        id: RequirementId("X".into()),
        lot: None,
        kind: RequirementKind::Minimo,
        text: "requisito".into(),
        points: None,
        subject: subject.clone(),
        source: RequirementSource::ByHand,
    };
    let (before, now) = (formerly(fixture, &requirement), fixture.propose(subject));
    let facts: Vec<_> =
        fixture.bid.facts.iter().map(|fact| (&fact.field, &fact.raw, fact.confidence)).collect();
    assert_eq!(before.verdict, now.verdict, "{facts:?}\n{before:?}\n{now:?}");
    assert_eq!(before.check, now.check);
    assert_eq!(before.reasons, now.reasons, "{facts:?}");
    assert_eq!(before.legal_basis, now.legal_basis);
    assert_eq!(before.rests_on_unverified, now.rests_on_unverified);
    assert_eq!(before.evidence, now.evidence, "{facts:?}");
    assert_eq!(before.confidence, now.confidence, "{facts:?}");
    if !matches!(requirement.subject, Subject::FinancialIndex { .. }) {
        assert_eq!(before.trace, now.trace, "{facts:?}");
    }
}

#[test]
fn term_validity_and_code_answer_as_they_did_in_every_combination_of_two_readings() {
    let days: Vec<FactValue> =
        [30, 89, 90, 91, 1885].iter().map(|days| FactValue::Plazo(Plazo(*days))).collect();
    let codes: Vec<FactValue> = ["SIE-EJEMPLO-2026-001", "SIE-EJEMPLO-2026-00I", "LICO-OTRA-2019-004"]
        .iter()
        .map(|code| FactValue::ProcessCode(ProcessCode::new(code)))
        .collect();
    let others = [FactValue::Termino(Termino(30)), FactValue::Text("noventa".into())];
    let with =
        |field: &str, first: &FactValue, second: Option<&FactValue>, sure: (f64, f64), scanned: bool| {
            let mut fixture = Fixture::new("2026-01-15")
                .document("FUO_1_1", 1)
                .fact(field, first.clone(), 1)
                .fact_confidence(sure.0);
            if let Some(second) = second {
                fixture = fixture
                    .document("FUO_1_6_COMP", 2)
                    .fact(field, second.clone(), 2)
                    .fact_confidence(sure.1);
            }
            if scanned { fixture.page(1, PageStatus::Ocr).page(2, PageStatus::Ocr) } else { fixture }
        };
    for sure in [(0.95, 0.95), (0.5, 0.95), (0.95, 0.5), (0.5, 0.5), (0.7, 0.69)] {
        for scanned in [false, true] {
            for (field, values, subject) in [
                ("plazo", &days, Subject::Term { maximum: Some(Plazo(90)) }),
                ("vigencia", &days, Subject::Validity { minimum: Some(Plazo(90)) }),
                ("codigo_proceso", &codes, Subject::ProcessCode),
            ] {
                for first in values.iter().chain(&others) {
                    alike(&with(field, first, None, sure, scanned), subject.clone());
                    for second in values.iter().chain(&others) {
                        alike(&with(field, first, Some(second), sure, scanned), subject.clone());
                    }
                }
            }
        }
    }
    let mut nothing = Fixture::new("2026-01-15");
    alike(&nothing, Subject::Term { maximum: None });
    nothing.pliego.process.term = None;
    nothing.pliego.process.validity = None;
    nothing.pliego.process.code = None;
    for subject in
        [Subject::Term { maximum: None }, Subject::Validity { minimum: None }, Subject::ProcessCode]
    {
        alike(&nothing, subject);
    }
}

#[test]
fn indices_answer_as_they_did() {
    let money = |text: &str| FactValue::Money(Money(text.parse().expect("an amount")));
    let number = |text: &str| FactValue::Decimal(text.parse().expect("a number"));
    for name in ["Índice de Solvencia", "Índice de Endeudamiento", "Liquidez"] {
        for threshold in [None, Some("1"), Some("1.5"), Some("1.25")] {
            for start in ["2024-08-23", "2026-01-15"] {
                let subject = || Subject::FinancialIndex {
                    name: name.into(),
                    threshold: threshold.map(|value| value.parse().expect("a number")),
                };
                let balance = |assets: &str, debts: &str, sure: f64| {
                    Fixture::new(start)
                        .document("EEFF", 2)
                        .fact("activo_corriente", money(assets), 2)
                        .fact_confidence(sure)
                        .fact("pasivo_corriente", money(debts), 2)
                };
                alike(&Fixture::new(start), subject());
                for (assets, debts) in [("100", "80"), ("100", "0"), ("50", "80")] {
                    alike(&balance(assets, debts, 0.95), subject());
                    alike(&balance(assets, debts, 0.5), subject());
                }
                for sure in [0.95, 0.5] {
                    for stated in ["1.25", "0.8", "2"] {
                        let form = |field: &str| {
                            Fixture::new(start)
                                .document("FUO_1_4", 1)
                                .fact(field, number(stated), 1)
                                .fact_confidence(sure)
                        };
                        alike(&form("solvencia"), subject());
                        alike(&form("endeudamiento"), subject());
                    }
                }
            }
        }
    }
}

#[test]
fn a_doubtful_reading_accuses_nobody_and_another_kind_of_days_is_a_question() {
    let with = |value: FactValue, sure: f64| {
        let fixture =
            Fixture::new("2026-01-15").document("FUO_1_1", 1).fact("plazo", value, 1).fact_confidence(sure);
        fixture.propose(Subject::Term { maximum: Some(Plazo(90)) })
    };
    assert_eq!(with(FactValue::Plazo(Plazo(91)), 0.5).verdict, Verdict::Pendiente);
    assert_eq!(with(FactValue::Termino(Termino(30)), 0.95).verdict, Verdict::Pendiente, "working days");
    let longer = with(FactValue::Plazo(Plazo(120)), 0.95);
    assert_eq!(longer.verdict, Verdict::NoCumple);
    assert_eq!(longer.trace[0].inputs, "120 ≤ 90", "the trace that the acta prints");
}

#[test]
fn a_bid_with_more_facts_than_may_be_looked_at_is_a_question() {
    let mut fixture = Fixture::new("2026-01-15").document("FUO_1_1", 1);
    for _ in 0..=super::MOST_FACTS {
        fixture = fixture.fact("plazo", FactValue::Plazo(Plazo(120)), 1);
    }
    let proposal = fixture.propose(Subject::Term { maximum: Some(Plazo(90)) });
    assert_eq!(proposal.verdict, Verdict::Pendiente);
    assert_eq!(proposal.reasons[0].code, "rules.declarado.demasiados");
}

#[test]
fn a_norm_nobody_verified_marks_the_answer() {
    let form =
        &CHECKS.iter().find(|check| check.form.id == "existencia.legal").expect("there").form.fixtures.fails;
    let (fixture, subject) = built(form);
    let proposal = fixture.propose(subject);
    assert!(proposal.reasons.iter().any(|reason| reason.text.contains('2')), "{:?}", proposal.reasons);
    let unknown = Fixture::new("2026-01-15")
        .propose(Subject::Declared { check: "no.existe".into(), values: Default::default() });
    assert_eq!(unknown.verdict, Verdict::Pendiente, "no check, a person");
}

#[test]
fn a_company_of_three_years_to_the_day_meets_and_up_to_half_a_million_none_are_asked() {
    let subject =
        || Subject::Declared { check: "existencia.legal".into(), values: std::collections::BTreeMap::new() };
    let of = |budget: &str, founded: jiff::civil::Date| {
        Fixture::new("2026-01-15")
            .budget(budget)
            .document("ESCRITURA", 2)
            .fact("fecha_constitucion", FactValue::Date(founded), 2)
            .propose(subject())
            .verdict
    };
    assert_eq!(
        of("500000.01", jiff::civil::date(2023, 1, 15)),
        Verdict::Cumple,
        "three years on the day bids are due"
    );
    assert_eq!(
        of("500000.01", jiff::civil::date(2023, 1, 16)),
        Verdict::Pendiente,
        "a day short: a person looks, nobody is accused"
    );
    assert_eq!(
        of("500000.00", jiff::civil::date(2026, 1, 14)),
        Verdict::Cumple,
        "RGL 93.1: up to 500,000 none are asked"
    );
}

#[test]
fn attack_a_proforma_of_a_third_party_says_how_long_the_bid_is_valid() {
    let of = |procedure| {
        let mut fixture = Fixture::new("2026-01-15").document("PROFORMA", 1);
        fixture = fixture.fact("validez", FactValue::Plazo(Plazo(60)), 1);
        fixture.pliego.process.procedure = procedure;
        fixture.propose(Subject::Validity { minimum: Some(Plazo(30)) }).verdict
    };
    assert_eq!(
        of(cotejo_domain::ProcedureType::Infima),
        Verdict::Cumple,
        "there it is the bidder's own paper"
    );
    assert_eq!(of(cotejo_domain::ProcedureType::Sie), Verdict::Pendiente, "elsewhere it is somebody's quote");
}
