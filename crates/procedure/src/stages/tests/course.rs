//! What the machine lets happen.

use super::*;
use cotejo_domain::Round;

#[test]
fn a_licitacion_goes_through_its_stages_one_after_the_other() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Licbs);
    assert_eq!(record.course().current(), Some(StageKind::Preguntas));
    let skipped = record.make(StageKind::Apertura, StageMovement::Opened);
    assert!(matches!(skipped, Err(Refusal::NotCurrent { current: Some(StageKind::Preguntas), .. })));
    record.up_to(StageKind::Convalidacion);
    assert_eq!(
        record
            .make(StageKind::Calificacion, StageMovement::Closed { end: None })
            .map_err(|refusal| refusal.key()),
        Err("stages.not_current"),
        "nothing passes over a convalidación in silence"
    );
    record.make(StageKind::Convalidacion, omitted(OmissionGround::SinErrores)).expect("nothing to cure");
    record.up_to(StageKind::Suscripcion);
    let course = record.course();
    assert_eq!((course.end, course.round), (Some(LotEnd::Adjudicado), Round(1)));
    record.close(StageKind::Suscripcion);
    assert_eq!(record.course().current(), None);
    assert_eq!(
        record.make(StageKind::Calificacion, back(None)),
        Err(Refusal::Over),
        "the contract is signed"
    );
    assert!(record.course().faults.is_empty());
}

#[test]
fn a_closed_stage_opens_again_only_by_going_back_with_a_cause() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Lico);
    record.up_to(StageKind::Recomendacion);
    let again = record.make(StageKind::Calificacion, StageMovement::Opened);
    assert_eq!(again, Err(Refusal::AlreadyClosed(StageKind::Calificacion)));
    let wordless = StageMovement::Returned { cause: ReturnCause::Otra, reason: "  ".into(), claim: None };
    assert_eq!(record.make(StageKind::Calificacion, wordless), Err(Refusal::NoCause));
    assert_eq!(
        record.make(StageKind::Adjudicacion, back(None)),
        Err(Refusal::NothingToReturn(StageKind::Adjudicacion)),
        "one goes back, not forward"
    );
    record.make(StageKind::Convalidacion, back(None)).expect("a cause was recorded");
    let course = record.course();
    assert_eq!((course.current(), course.round), (Some(StageKind::Convalidacion), Round(2)));
    assert_eq!(course.state(StageKind::Calificacion).map(|state| state.status), Some(StageStatus::Pending));
    assert_eq!(course.closed(StageKind::Calificacion), None, "what was decided in round 1 is history");
    assert!(course.history.len() > 7 && course.faults.is_empty());
}

#[test]
fn a_rectified_acta_keeps_its_place() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Lico);
    record.up_to(StageKind::Adjudicacion);
    let before = record.course();
    let rectified = StageMovement::Rectified {
        acta: Some(acta(5)),
        by: Some(acta(6)),
        reason: "Error en la suma".into(),
    };
    record.make(StageKind::Calificacion, rectified.clone()).expect("the stage had ended");
    let after = record.course();
    assert_eq!(
        (after.current(), after.round, &after.stages),
        (before.current(), before.round, &before.stages)
    );
    assert_eq!(after.history.len(), before.history.len() + 1, "and it is on record");
    assert!(record.make(StageKind::Adjudicacion, rectified).is_err(), "there is no acta yet");
}

#[test]
fn an_open_claim_holds_up_the_award_and_an_accepted_one_until_it_is_carried_out() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Sie);
    record.up_to(StageKind::Negociacion);
    record.close(StageKind::Negociacion);
    record.close(StageKind::Recomendacion);
    record.claim("r1", StageKind::Calificacion);
    let award = || StageMovement::Closed { end: Some(LotEnd::Adjudicado) };
    assert!(matches!(record.make(StageKind::Adjudicacion, award()), Err(Refusal::ClaimOpen(_))));
    assert!(matches!(
        record.make(StageKind::Adjudicacion, StageMovement::Opened),
        Err(Refusal::ClaimOpen(_))
    ));
    record.answer("r1", ClaimResult::Accepted { back_to: Some(StageKind::Calificacion) });
    assert!(
        matches!(record.make(StageKind::Adjudicacion, award()), Err(Refusal::ClaimOpen(_))),
        "accepted and not carried out"
    );
    assert_eq!(
        record.make(StageKind::Recomendacion, back(Some("r1"))),
        Err(Refusal::ReturnTooShort(StageKind::Calificacion)),
        "not as far as the claim asks"
    );
    record.make(StageKind::Calificacion, back(Some("r1"))).expect("the claim was accepted");
    record.up_to(StageKind::Adjudicacion);
    record.make(StageKind::Adjudicacion, award()).expect("carried out");
    record.claim("r2", StageKind::Adjudicacion);
    assert!(
        matches!(
            record.make(StageKind::Suscripcion, StageMovement::Closed { end: None }),
            Err(Refusal::ClaimOpen(_))
        ),
        "nor is a contract signed"
    );
    record.answer("r2", ClaimResult::Rejected);
    record.close(StageKind::Suscripcion);
}

#[test]
fn attack_a_claim_that_nobody_accepted_brings_nobody_back() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Sie);
    record.up_to(StageKind::Puja);
    record.claim("r1", StageKind::Calificacion);
    assert_eq!(record.make(StageKind::Calificacion, back(Some("r1"))), Err(Refusal::ClaimNotAccepted));
    record.answer("r1", ClaimResult::Rejected);
    assert_eq!(record.make(StageKind::Calificacion, back(Some("r1"))), Err(Refusal::ClaimNotAccepted));
}

#[test]
fn where_the_regime_was_not_seen_a_claim_holds_up_too() {
    let mut record = Record::of("ec-2023", ProcedureType::Lico);
    record.up_to(StageKind::Adjudicacion);
    record.claim("r1", StageKind::Calificacion);
    let award = record.movement(
        StageKind::Adjudicacion,
        StageMovement::Closed { end: Some(LotEnd::Adjudicado) },
        None,
    );
    let course = record.course();
    let courses = std::slice::from_ref(&course);
    let with = |claims_block| {
        check(&record.plan, courses, &award, Guard { claims_block, ..record.guard() }, award.when)
    };
    assert!(matches!(with(None), Err(Refusal::ClaimOpen(_))));
    let warned = with(Some(false)).expect("the entity says that it does not");
    assert!(warned.iter().any(|warning| warning.code == "stages.warning.claim_open"), "{warned:?}");
}

#[test]
fn the_economic_envelope_stays_sealed_until_the_technical_result_is_signed() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Consultoria);
    record.up_to(StageKind::Calificacion);
    record
        .try_with(StageKind::Calificacion, StageMovement::Closed { end: None }, Some(acta(1)))
        .expect("ended");
    assert_eq!(record.make(StageKind::AperturaEconomica, StageMovement::Opened), Err(Refusal::NotSigned));
    record.facts.signed.insert(acta(2));
    assert_eq!(
        record.make(StageKind::AperturaEconomica, StageMovement::Opened),
        Err(Refusal::NotSigned),
        "another acta is signed"
    );
    record.facts.signed.insert(acta(1));
    record.make(StageKind::AperturaEconomica, StageMovement::Opened).expect("signed");
    // Going back, the acta of the first round signs nothing of the second.
    record.make(StageKind::Calificacion, back(None)).expect("a cause");
    record
        .try_with(StageKind::Calificacion, StageMovement::Closed { end: None }, Some(acta(1)))
        .expect("ended");
    assert_eq!(record.make(StageKind::AperturaEconomica, StageMovement::Opened), Err(Refusal::NotSigned));
}

#[test]
fn a_technical_result_signed_elsewhere_is_proven_by_its_file() {
    let mut record = Record::of("ec-2023", ProcedureType::Lcc);
    record.up_to(StageKind::Calificacion);
    record.close(StageKind::Calificacion);
    let mut proof = constancia(
        StageKind::Calificacion,
        ConstanciaKind::SignedElsewhere,
        "acta_calificacion",
        record.when,
    );
    proof.support.file = None;
    record.constancias.push(proof.clone());
    assert_eq!(
        record.make(StageKind::AperturaEconomica, StageMovement::Opened),
        Err(Refusal::NotSigned),
        "a word"
    );
    proof.support.file = Some(KeptFile { name: "acta.pdf".into(), sha256: FileHash::of(b"acta") });
    record.constancias.push(proof);
    record.make(StageKind::AperturaEconomica, StageMovement::Opened).expect("its file is kept");
}

#[test]
fn without_bids_a_lot_goes_to_its_recommendation_and_can_only_be_desierto() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Sie);
    record.up_to(StageKind::Integridad);
    record.facts.bids = Some(2);
    let nobody = || omitted(OmissionGround::SinOfertas);
    assert!(matches!(record.make(StageKind::Integridad, nobody()), Err(Refusal::Contradicted { .. })));
    record.facts.bids = Some(0);
    record.make(StageKind::Integridad, nobody()).expect("nobody bid");
    assert_eq!(record.course().current(), Some(StageKind::Recomendacion), "everything between falls away");
    record.close(StageKind::Recomendacion);
    let award = StageMovement::Closed { end: Some(LotEnd::Adjudicado) };
    assert_eq!(record.make(StageKind::Adjudicacion, award), Err(Refusal::EndWrong(StageKind::Adjudicacion)));
    let desierto = StageMovement::Closed { end: Some(LotEnd::Desierto) };
    record.make(StageKind::Adjudicacion, desierto).expect("desierto");
    assert_eq!((record.course().current(), record.course().end), (None, Some(LotEnd::Desierto)));
    let reopened =
        StageMovement::Returned { cause: ReturnCause::Reapertura, reason: "Reapertura".into(), claim: None };
    let mut again = record.movement(StageKind::Preguntas, reopened, None);
    again.lot = None;
    let course = record.course();
    assert!(
        check(&record.plan, &[course], &again, record.guard(), record.when).is_ok(),
        "it may be opened again"
    );
}

#[test]
fn a_negotiation_is_left_out_before_the_reform_after_a_puja_and_since_then_only_when_it_reached_the_reduction()
 {
    for (regime, ground, other) in [
        ("ec-2023", OmissionGround::HuboPuja, OmissionGround::RebajaAlcanzada),
        ("ec-2025-de193", OmissionGround::RebajaAlcanzada, OmissionGround::HuboPuja),
    ] {
        let mut record = Record::of(regime, ProcedureType::Sie);
        record.up_to(StageKind::Puja);
        let early = record.course();
        assert_eq!(early.current(), Some(StageKind::Puja));
        record.close(StageKind::Puja);
        let refused = record.make(StageKind::Negociacion, omitted(other));
        assert_eq!(refused, Err(Refusal::NotOmissible(StageKind::Negociacion, other)), "{regime}");
        record.make(StageKind::Negociacion, omitted(ground)).expect("as the regime has it");
    }
}

#[test]
fn one_alone_that_qualified_is_negotiated_with_without_a_puja() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Sie);
    record.up_to(StageKind::OfertaInicial);
    record.facts.qualified = Some(2);
    let alone = || omitted(OmissionGround::UnSoloCalificado);
    record.close(StageKind::OfertaInicial);
    assert!(
        matches!(record.make(StageKind::Puja, alone()), Err(Refusal::Contradicted { .. })),
        "two qualified"
    );
    record.facts.qualified = Some(1);
    record.make(StageKind::Puja, alone()).expect("one alone");
    let without = omitted(OmissionGround::RebajaAlcanzada);
    assert!(
        matches!(record.make(StageKind::Negociacion, without), Err(Refusal::Contradicted { .. })),
        "without a puja nothing was reached"
    );
    record.close(StageKind::Negociacion);
}

#[test]
fn moments_go_forward_and_are_past() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Lico);
    record.up_to(StageKind::Apertura);
    let mut early = record.movement(StageKind::Apertura, StageMovement::Closed { end: None }, None);
    early.when = at(1, 2, 9);
    let course = record.course();
    let courses = std::slice::from_ref(&course);
    let found = check(&record.plan, courses, &early, record.guard(), record.when);
    assert!(matches!(found, Err(Refusal::BeforePrevious(_))));
    early.when = at(12, 1, 9);
    assert_eq!(check(&record.plan, courses, &early, record.guard(), record.when), Err(Refusal::Future));
    early.when = record.when;
    early.lot = Some(lot());
    let found = check(&record.plan, courses, &early, record.guard(), record.when);
    assert_eq!(found, Err(Refusal::WrongScope(StageKind::Apertura)), "an opening is of all lots");
}

#[test]
fn lots_go_their_own_way_after_the_opening() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Licbs);
    record.up_to(StageKind::Calificacion);
    let other = LotId(Uuid::from_u128(2));
    let course = LotCourse::derive(&record.plan, other, &record.moves, record.guard());
    assert_eq!(course.current(), Some(StageKind::Integridad), "what was of all lots counts for it");
}

#[test]
fn what_does_not_fit_any_more_is_said_and_not_dropped() {
    let mut record = Record::of("ec-2025-de193", ProcedureType::Lico);
    record.up_to(StageKind::Recomendacion);
    record.moves.retain(|movement| movement.stage != StageKind::Apertura);
    let course = record.course();
    assert_eq!(course.current(), Some(StageKind::Apertura), "the opening was undone");
    assert_eq!(course.faults.len(), 3, "{:?}", course.faults);
    assert!(course.faults.iter().all(|fault| !fault.applied && !fault.text.is_empty()));
}

#[test]
fn what_is_said_of_a_subasta_inversa_is_held_back_until_its_puja_is_over() {
    let de193 = pack("ec-2025-de193");
    let sie = process(ProcedureType::Sie, de193.valid_from, None);
    let mut record = Record::of("ec-2025-de193", ProcedureType::Sie);
    record.up_to(StageKind::Puja);
    let held = confidentiality(de193, &sie, Some(&record.course()));
    assert!(
        matches!(&held, Confidentiality::Held { until: StageKind::Puja, legal_basis, .. } if legal_basis == &["RGL 262"])
    );
    assert!(confidentiality(de193, &sie, None).held(), "nothing recorded: nothing freed");
    record.close(StageKind::Puja);
    assert_eq!(confidentiality(de193, &sie, Some(&record.course())), Confidentiality::Open);
    let works = process(ProcedureType::Lico, de193.valid_from, None);
    assert_eq!(confidentiality(de193, &works, None), Confidentiality::Open);
    let old = pack("ec-2023");
    let older = process(ProcedureType::Sie, old.valid_from, None);
    let asked = confidentiality(old, &older, None);
    assert!(matches!(asked, Confidentiality::Ask { .. }) && asked.held(), "asked, and held back meanwhile");
    let mut single = Record::of("ec-2025-de193", ProcedureType::Sie);
    single.up_to(StageKind::Puja);
    single.make(StageKind::Puja, omitted(OmissionGround::UnSoloCalificado)).expect("one alone");
    assert!(confidentiality(de193, &sie, Some(&single.course())).held(), "the negotiation is still to come");
    single.close(StageKind::Negociacion);
    assert_eq!(confidentiality(de193, &sie, Some(&single.course())), Confidentiality::Open);
}
