//! Whatever is tried, in whatever order: only lawful paths are recorded.

use super::*;
use proptest::prelude::*;

fn movement(kind: u8, ground: usize, claim: bool) -> StageMovement {
    match kind {
        0 => StageMovement::Opened,
        1 | 2 => StageMovement::Closed { end: None },
        3 => StageMovement::Closed { end: Some(LotEnd::Adjudicado) },
        4 => StageMovement::Closed { end: Some(LotEnd::Desierto) },
        5 => omitted(OmissionGround::ALL[ground % OmissionGround::ALL.len()]),
        6 => back(claim.then_some("r1")),
        7 => StageMovement::Rectified { acta: None, by: None, reason: "Error".into() },
        _ => StageMovement::Cancelled { reason: "Cesó la necesidad".into() },
    }
}

/// A try, most often of the stage the lot is in: pure chance would hardly ever get past the second one.
fn tries() -> impl Strategy<Value = Vec<(u8, usize, u8, usize, bool, u8)>> {
    let one = (
        0..10_u8,
        0..StageKind::ALL.len(),
        prop_oneof![12 => 0..7_u8, 1 => 7..9_u8],
        0..7_usize,
        any::<bool>(),
        0..12_u8,
    );
    prop::collection::vec(one, 1..60)
}

const PLANS: [(&str, ProcedureType); 6] = [
    ("ec-2025-de193", ProcedureType::Sie),
    ("ec-2025-de193", ProcedureType::Licbs),
    ("ec-2025-de193", ProcedureType::Consultoria),
    ("ec-2025-de193", ProcedureType::Infima),
    ("ec-2023", ProcedureType::Lcc),
    ("ec-2023", ProcedureType::Coto),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn only_lawful_paths_are_recorded(which in 0..PLANS.len(), tries in tries()) {
        let (regime, procedure) = PLANS[which];
        let mut record = Record::of(regime, procedure);
        for (chance, any_stage, kind, ground, flag, event) in tries {
            // Claims come and go meanwhile; an acta is signed.
            match event {
                0 if record.claims.is_empty() => {
                    // After what was recorded last, never at its very moment.
                    record.when = record.when.checked_add(jiff::ToSpan::minutes(1)).expect("a moment");
                    record.claim("r1", StageKind::Calificacion);
                }
                1 if !record.claims.is_empty() && record.answers.is_empty() => {
                    let back_to = Some(StageKind::Calificacion);
                    record.answer("r1", if flag { ClaimResult::Rejected } else { ClaimResult::Accepted { back_to } });
                }
                2 => { record.facts.signed.insert(acta(u128::from(chance))); }
                _ => {}
            }
            let before = record.course();
            let stage = match before.current() {
                Some(current) if chance > 2 => current,
                _ => StageKind::ALL[any_stage],
            };
            let tried = movement(kind, ground, flag);
            let recorded = record.try_with(stage, tried.clone(), flag.then(|| acta(u128::from(chance)))).is_ok();
            let after = record.course();
            prop_assert!(after.faults.is_empty(), "what was let in fits: {:?}", after.faults);
            if !recorded {
                prop_assert_eq!(&before, &after);
                continue;
            }
            let went_back = matches!(tried, StageMovement::Returned { .. });
            // What is passed is passed in order; only on grounds of the plan is anything left out.
            let first_open = after.stages.iter().position(|stage| !stage.passed()).unwrap_or(after.stages.len());
            prop_assert!(after.stages.iter().skip(first_open).all(|stage| !stage.passed()));
            for state in after.stages.iter().filter(|state| state.status == StageStatus::Omitted) {
                let planned = record.plan.stage(state.stage).expect("planned");
                prop_assert!(state.ground.is_some_and(|ground| planned.omit.contains(&ground)));
            }
            // An ended stage begins again only by going back, which opens a round.
            for (one, other) in before.stages.iter().zip(&after.stages) {
                prop_assert!(!one.passed() || other.passed() || went_back, "{:?} came back by {:?}", one.stage, tried);
            }
            prop_assert_eq!(after.round.0, before.round.0 + u32::from(went_back));
            // Nothing is awarded nor signed against an open claim.
            let awards = matches!(tried, StageMovement::Closed { end: Some(LotEnd::Adjudicado) });
            let needs = record.plan.stage(stage).map(|stage| stage.needs.clone()).unwrap_or_default();
            let open = before.open_claim(record.guard(), record.when).is_some();
            if awards || stage == StageKind::Suscripcion && matches!(tried, StageMovement::Closed { .. }) {
                prop_assert!(!open, "{stage:?} against an open claim");
            }
            // No economic envelope before the technical result is signed.
            if needs.contains(&Need::TecnicaFirmada) && matches!(tried, StageMovement::Opened | StageMovement::Closed { .. }) {
                prop_assert!(before.technical_result_signed(record.guard()));
            }
            // Without anything to evaluate nothing is awarded.
            if after.stages.iter().any(|state| state.ground.is_some_and(OmissionGround::ends_evaluation)) {
                prop_assert!(after.end != Some(LotEnd::Adjudicado));
            }
        }
    }

    #[test]
    fn a_log_in_any_state_gives_a_course_in_order(which in 0..PLANS.len(), tries in tries(), left_out in any::<u64>()) {
        let (regime, procedure) = PLANS[which];
        let mut record = Record::of(regime, procedure);
        for (index, (_, any_stage, kind, ground, flag, _)) in tries.into_iter().enumerate() {
            let mut made = record.movement(StageKind::ALL[any_stage], movement(kind, ground, flag), None);
            made.id = format!("{index:06}");
            if left_out >> (index % 64) & 1 == 0 {
                record.moves.push(made);
            }
        }
        let course = record.course();
        prop_assert_eq!(course.history.len() + course.faults.iter().filter(|fault| !fault.applied).count(),
            record.moves.len(), "nothing is dropped in silence");
        let first_open = course.stages.iter().position(|stage| !stage.passed()).unwrap_or(course.stages.len());
        prop_assert!(course.stages.iter().skip(first_open).all(|stage| !stage.passed()));
        record.moves.reverse();
        prop_assert_eq!(record.course(), course, "the order in which they are handed over says nothing");
    }
}
