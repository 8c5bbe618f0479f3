//! Every procedure under every regime in which it existed, from its requirements to what is recommended; and the same facts before and after
//! 28 October 2025.

use super::chain::{CureChain, ResultContext, faults_of_result};
use super::errors::{Curability, curability, word_for_rejected};
use super::negotiation::{NegotiationKind, negotiation_kind};
use super::recommendation::{LotCourse, propose_recommendation};
use super::tests::{after, allowed, answer, asked, before, bid, cell, chain, course, lot, request, result};
use crate::stages::{Plan, plan};
use cotejo_domain::course::{CourseFrame, CureNature, CureVerdict, Recommended, StageKind};
use cotejo_domain::{
    ActorId, Bidder, BidderKind, Money, Outcome, Pliego, ProcedureType, Process, Requirement, RequirementId,
    RequirementKind, RequirementSource, Subject, Verdict,
};
use cotejo_rules::scoring::{EndedBy, FinalPrice, final_price};
use cotejo_rules::{
    BidFacts, EvaluationInput, RulePack, compare_proformas, evaluate, pliego_departures, requirements_for,
};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

const OPEN: [ProcedureType; 7] = [
    ProcedureType::Sie,
    ProcedureType::Licbs,
    ProcedureType::Lico,
    ProcedureType::Consultoria,
    ProcedureType::Infima,
    ProcedureType::Feria,
    ProcedureType::RegimenEspecial,
];
const CLOSED: [ProcedureType; 6] = [
    ProcedureType::Mcbs,
    ProcedureType::Mco,
    ProcedureType::Cotbs,
    ProcedureType::Coto,
    ProcedureType::Cdc,
    ProcedureType::Lcc,
];

fn money(text: &str) -> Money {
    Money(text.parse().expect("USD"))
}

fn pliego(procedure: ProcedureType, started: Date, budget: &str) -> Pliego {
    Pliego {
        process: Process {
            code: None,
            entity: None,
            object: Some("Adquisición de herramientas".into()),
            procedure,
            budget: Some(money(budget)),
            budget_encrypted: false,
            term: None,
            validity: None,
            started: Some(started),
            bids_due: Some(started.at(10, 0, 0, 0)),
        },
        schedule: Vec::new(),
        items: Vec::new(),
        requirements: Vec::new(),
        lots: Vec::new(),
        attachments: Vec::new(),
        findings: Vec::new(),
    }
}

fn empty_bid() -> BidFacts {
    BidFacts {
        bid: bid(1),
        bidder: Bidder { name: "Ejemplo".into(), ruc: None, kind: BidderKind::Juridica, members: Vec::new() },
        documents: Vec::new(),
        facts: Vec::new(),
        tables: Vec::new(),
        files: Vec::new(),
        pages: Vec::new(),
        unread_files: Vec::new(),
        findings: Vec::new(),
        registries: Vec::new(),
    }
}

/// Goes through one procedure: requirements, proposals, stages, documents, how a bid ends, what is recommended.
fn walk(pack: &RulePack, procedure: ProcedureType, variant: Option<&str>) {
    let place = format!("{} {procedure:?} {variant:?}", pack.id);
    let pliego = pliego(procedure, pack.valid_from, "20000");
    let requirements = requirements_for(&pliego, pack);
    assert!(requirements.len() >= 3, "{place}: the procedure's model asks something");
    let facts = empty_bid();
    let input =
        EvaluationInput { pliego: &pliego, requirements: &requirements, pack, lot: lot(), bid: &facts };
    let proposals = evaluate(&input);
    assert_eq!(proposals.len(), requirements.len(), "{place}: every requirement is answered");
    assert!(
        proposals
            .iter()
            .all(|proposal| proposal.verdict != Verdict::NoCumple && !proposal.reasons.is_empty()),
        "{place}: what is not there is asked, and accuses nobody"
    );

    let frame = variant.map(|variant| CourseFrame {
        canton: None,
        variant: Some(variant.to_owned()),
        stages: Vec::new(),
        stages_source: String::new(),
        author: ActorId(uuid::Uuid::from_u128(5)),
        at: jiff::Timestamp::UNIX_EPOCH,
    });
    let Plan::Known(found) = plan(pack, &pliego.process, frame.as_ref()) else {
        panic!("{place}: no stages")
    };
    for document in found.stages.iter().filter_map(|stage| stage.document.as_ref()) {
        assert!(cotejo_catalogue::exists(&format!("stages.document.{document}")), "{place}: {document}");
    }
    let compares = [StageKind::Calificacion, StageKind::Comparacion];
    assert!(compares.iter().any(|stage| found.has(*stage)), "{place}: bids are looked at in some stage");

    let none = CureChain::default();
    let judged =
        |verdict| [cell(1, RequirementKind::Integridad, verdict), cell(2, RequirementKind::Minimo, verdict)];
    let met = judged(Some(Verdict::Cumple));
    assert!(allowed(&course(&met, &none, after(), &pack.id)).contains(&Outcome::Calificada), "{place}");
    let undecided = judged(None);
    let early = allowed(&course(&undecided, &none, after(), &pack.id));
    assert!(
        !early.iter().any(|end| matches!(
            end,
            Outcome::Calificada | Outcome::NoCalificada | Outcome::Rechazada { .. }
        )),
        "{place}: {early:?}"
    );

    recommended(pack, procedure, &place);
    if procedure == ProcedureType::Infima {
        let compared = compare_proformas(&[input]);
        assert_eq!(compared.proformas.len(), 1, "{place}");
        assert!(compared.order.is_empty() && !compared.notes.is_empty(), "{place}: nothing was read");
    }
}

fn recommended(pack: &RulePack, procedure: ProcedureType, place: &str) {
    let qualified = BTreeMap::from([(bid(1), Some(Outcome::Calificada))]);
    let prices = BTreeMap::from([(bid(1), money("19000"))]);
    let order = [vec![bid(1)]];
    let lot_course = LotCourse {
        pack,
        negotiation: negotiation_kind(procedure).filter(|kind| *kind != NegotiationKind::Invitacion),
        outcomes: &qualified,
        order: &order,
        provisional: &[],
        budget: Some(money("20000")),
        prices: &prices,
        negotiations: &[],
        open: &[],
    };
    let alone = propose_recommendation(&lot_course);
    if lot_course.negotiation.is_some() {
        assert_eq!(alone.recommended, None, "{place}: one alone is negotiated with first");
        assert!(alone.open.iter().any(|open| open.code == "curing.recomendar.negocie"), "{place}: {alone:?}");
    } else {
        let award = Recommended::Adjudicar { bid: bid(1), amount: money("19000") };
        assert_eq!(alone.recommended, Some(award), "{place}: {:?}", alone.open);
    }
    let nobody = BTreeMap::new();
    let without = propose_recommendation(&LotCourse { outcomes: &nobody, order: &[], ..lot_course });
    let letter_a = Some(Recommended::Desierto { ground: "a".into() });
    assert!(
        without.recommended == letter_a
            || without.reasons.iter().any(|why| why.code == "curing.recomendar.causal_pregunta"),
        "{place}: without bids it is desierto by its letter, or the letter is asked: {without:?}"
    );
}

#[test]
fn every_procedure_can_be_evaluated_under_every_regime_in_which_it_existed() {
    for pack in RulePack::all() {
        for procedure in OPEN {
            walk(pack, procedure, None);
        }
        for procedure in CLOSED {
            if pack.valid_from < date(2025, 10, 7) {
                walk(pack, procedure, None);
                continue;
            }
            let late = pliego(procedure, pack.valid_from, "20000");
            assert!(matches!(plan(pack, &late.process, None), Plan::Ask { .. }), "{} {procedure:?}", pack.id);
            let told = pliego_departures(&late, pack);
            assert!(
                told.iter().any(|one| one.code == "rules.pliego.procedimiento_cerrado"),
                "{} {procedure:?}: it was closed, and that is said",
                pack.id
            );
        }
    }
    for regime in ["ec-2025-de193", "ec-2026-de461"] {
        walk(RulePack::by_id(regime).expect("exists"), ProcedureType::Lico, Some("preferente"));
    }
}

#[test]
fn the_same_facts_before_and_after_28_october_2025_end_as_their_regime_says() {
    let (old, new) =
        (RulePack::by_id("ec-2023").expect("exists"), RulePack::by_id("ec-2025-de193").expect("exists"));
    // A form without signature: not curable before, in doubt and cured since.
    let unsigned = asked(&["rules.integridad.sin_firma"], RequirementKind::Integridad);
    assert!(curability(old, unsigned).forbids(RequirementKind::Integridad));
    assert!(matches!(curability(new, unsigned), Curability::Curable(_)));
    // A bid that does not go on: another word.
    assert_eq!(
        (word_for_rejected(old).0.as_str(), word_for_rejected(new).0.as_str()),
        ("descalificada", "rechazada")
    );
    // A corrected sum that changes the total.
    let bids = [bid(1), bid(2)];
    let arithmetic = cotejo_domain::course::CureRequest {
        nature: CureNature::Aritmetico,
        error: "aritmetico".into(),
        ..request(1, bid(1), 1)
    };
    let mut told = chain(&bids, vec![arithmetic]);
    told.answers.insert(bid(1), answer(bid(1), Some(before())));
    let corrected = cotejo_domain::course::CureResult {
        corrected_total: Some(money("1010")),
        ..result(1, bid(1), 1, CureVerdict::Convalidado)
    };
    let context = ResultContext { unasked: Some(0), offered: Some(money("1000")) };
    let faults = |pack| -> Vec<String> {
        faults_of_result(pack, &told, &corrected, context, after())
            .into_iter()
            .map(|fault| fault.code)
            .collect()
    };
    assert_eq!((faults(old), faults(new)), (vec!["curing.falta.total_cambia".to_owned()], Vec::new()));
    // The price that ends a puja: not measured in what was seen before, five per cent since.
    let ended = |pack| final_price(money("9600"), money("10000"), EndedBy::Puja, pack);
    assert!(matches!(ended(old), FinalPrice::Ask { .. }) && matches!(ended(new), FinalPrice::TooHigh { .. }));
    // A process of 80,000: a commission before, one official since.
    let commission = |pack: &RulePack, started| {
        pack.commission_threshold(started).known().expect("known").value.reached(money("80000"))
    };
    assert!(commission(old, date(2024, 5, 2)) && !commission(new, date(2026, 1, 15)));
    // A bid that its bidder wants back.
    let met = [cell(1, RequirementKind::Minimo, Some(Verdict::Cumple))];
    let none = CureChain::default();
    let withdrawn = |regime| allowed(&course(&met, &none, after(), regime)).contains(&Outcome::Retirada);
    assert!(withdrawn("ec-2023") && !withdrawn("ec-2025-de193"), "RGL 95");
    // What the pliego asks of the bidder in a subasta inversa, and of personnel in works.
    let departs = |pack: &RulePack, procedure, started, subject: Subject| -> Vec<String> {
        let mut pliego = pliego(procedure, started, "150000");
        pliego.requirements.push(Requirement {
            id: RequirementId("X".into()),
            lot: None,
            kind: RequirementKind::Minimo,
            text: String::new(),
            points: None,
            subject,
            source: RequirementSource::ByHand,
        });
        pliego_departures(&pliego, pack).into_iter().map(|one| one.code).collect()
    };
    let experience =
        || Subject::Experience { specific: false, minimum: None, minimum_per_contract: None, years: None };
    let in_sie = |pack, started| departs(pack, ProcedureType::Sie, started, experience());
    assert!(in_sie(old, date(2024, 5, 2)).is_empty());
    assert!(in_sie(new, date(2026, 1, 15)).contains(&"rules.pliego.sie_sujeto".to_owned()));
    let people = || Subject::Personnel { role: "Residente".into(), count: 1 };
    let in_works = |pack, started| departs(pack, ProcedureType::Lico, started, people());
    assert!(in_works(old, date(2024, 5, 2)).is_empty());
    assert_eq!(in_works(new, date(2026, 1, 15)), ["rules.pliego.obras_no_evaluables"]);
    // An ínfima cuantía of 9,000.
    let infima = |pack: &RulePack, started| -> bool {
        let found = pliego_departures(&pliego(ProcedureType::Infima, started, "9000"), pack);
        found.iter().any(|one| one.code == "rules.pliego.monto_infima")
    };
    assert!(infima(old, date(2024, 5, 2)) && !infima(new, date(2026, 1, 15)));
}
