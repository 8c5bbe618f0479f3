//! The lists of stages: every procedure of every regime has one or is asked; what they name is there.

use super::*;
use cotejo_domain::course::CourseFrame;

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

#[test]
fn every_regime_has_the_stages_of_its_procedures_and_asks_for_the_rest() {
    for pack in RulePack::all() {
        let found = |procedure| plan(pack, &process(procedure, pack.valid_from, None), None);
        for procedure in OPEN {
            assert!(found(procedure).known().is_some(), "{} {procedure:?}", pack.id);
        }
        let still_open = pack.valid_from < date(2025, 10, 7);
        for procedure in CLOSED {
            assert_eq!(found(procedure).known().is_some(), still_open, "{} {procedure:?}", pack.id);
            if let Plan::Ask { reason, .. } = found(procedure) {
                assert!(reason.contains("cerrado"), "it is said why: {reason}");
            }
        }
        for procedure in [ProcedureType::Emergencia, ProcedureType::Catalogo, ProcedureType::Otro] {
            assert!(matches!(found(procedure), Plan::Ask { .. }), "{} {procedure:?}", pack.id);
        }
    }
}

#[test]
fn lists_are_in_order_and_name_what_is_there() {
    // What the regime is known to lack: it is asked, and the schedule stands.
    let asked = [
        "respuestas_dias",
        "calificacion_max_dias",
        "apertura_offset_minutes",
        "adjudicacion_min_dias",
        "adjudicacion_max_dias",
        "publicacion_adjudicacion_max_dias",
        "sie",
        "consultoria",
        "consultoria_apertura_economica_max_dias",
        "infima_proceso",
        "ofertas_min_dias_por_coeficiente",
        "preguntas_dias_por_coeficiente",
    ];
    for pack in RulePack::all() {
        for procedure in OPEN.into_iter().chain(CLOSED) {
            let Plan::Known(list) = plan(pack, &process(procedure, pack.valid_from, None), None) else {
                continue;
            };
            let place = format!("{} {procedure:?}", pack.id);
            let first_of_lot = list.stages.iter().position(|stage| stage.scope == Scope::Lot).expect("lots");
            assert!(
                list.stages.iter().skip(first_of_lot).all(|stage| stage.scope == Scope::Lot),
                "{place}: what concerns all comes first"
            );
            for (index, stage) in list.stages.iter().enumerate() {
                assert_eq!(list.position(stage.stage), Some(index), "{place}: {:?} twice", stage.stage);
                assert!(!pack.legal_basis(&stage.base).is_empty(), "{place}: no basis {}", stage.base);
                for limit in &stage.limits {
                    let known = pack.raw(&limit.value).is_some_and(|value| !value.value.is_null());
                    assert!(known || asked.contains(&limit.value.as_str()), "{place}: {}", limit.value);
                    for from in &limit.from {
                        let earlier = StageKind::by_key(from).and_then(|from| list.position(from));
                        let own = limit.kind == LimitKind::Publish;
                        let there = earlier.is_some_and(|earlier| earlier < index || own);
                        assert!(there || from == "inicio" || from == "notificacion", "{place}: {from}");
                    }
                }
            }
            let last = list.stages.last().map(|stage| stage.stage);
            let ends = [Some(StageKind::Suscripcion), Some(StageKind::Informe)];
            assert!(ends.contains(&last), "{place}");
        }
    }
}

#[test]
fn keys_of_stages_are_those_of_the_log_and_have_names() {
    for stage in StageKind::ALL {
        assert_eq!(serde_json::to_value(stage).expect("writes"), stage.key());
        assert_eq!(StageKind::by_key(stage.key()), Some(stage));
        assert!(cotejo_catalogue::exists(&format!("stages.name.{}", stage.key())), "{stage:?}");
    }
    for ground in OmissionGround::ALL {
        assert_eq!(serde_json::to_value(ground).expect("writes"), ground.key());
        assert!(cotejo_catalogue::exists(&format!("stages.ground.{}", ground.key())), "{ground:?}");
    }
    for cause in ReturnCause::ALL {
        assert_eq!(serde_json::to_value(cause).expect("writes"), cause.key());
        assert!(cotejo_catalogue::exists(&format!("stages.cause.{}", cause.key())), "{cause:?}");
    }
}

#[test]
fn the_stages_of_the_pliego_stand_before_those_of_the_norm_and_what_differs_is_said() {
    let pack = pack("ec-2025-de193");
    let frame = |variant: Option<&str>, stages: &[StageKind]| CourseFrame {
        canton: None,
        variant: variant.map(str::to_owned),
        stages: stages.to_vec(),
        stages_source: "Pliego, numeral 2.1".into(),
        author: person(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    let started = process(ProcedureType::Licbs, pack.valid_from, None);
    let own = [
        StageKind::Entrega,
        StageKind::Apertura,
        StageKind::Calificacion,
        StageKind::Negociacion,
        StageKind::Adjudicacion,
    ];
    let Plan::Known(found) = plan(pack, &started, Some(&frame(None, &own))) else { panic!("known") };
    assert_eq!(found.stages.iter().map(|stage| stage.stage).collect::<Vec<_>>(), own);
    assert!(found.remarks.iter().any(|remark| remark.contains("Convalidación")), "{:?}", found.remarks);
    assert!(found.remarks.iter().any(|remark| remark.contains("Negociación")), "{:?}", found.remarks);
    let works = process(ProcedureType::Lico, pack.valid_from, None);
    let Plan::Known(preferente) = plan(pack, &works, Some(&frame(Some("preferente"), &[]))) else { panic!() };
    assert!(preferente.key == "etapas_lico_preferente" && !preferente.verified, "in transition");
    assert!(
        matches!(plan(pack, &works, Some(&frame(Some("otra"), &[]))), Plan::Ask { .. }),
        "unknown variants ask"
    );
    let emergency = process(ProcedureType::Emergencia, pack.valid_from, None);
    assert!(plan(pack, &emergency, Some(&frame(None, &own))).known().is_some(), "a person said them");
}

#[test]
fn verified_is_what_was_read_in_its_own_text() {
    let verified = |id, procedure| plan_in(id, procedure).verified;
    assert!(
        verified("ec-2025-de193", ProcedureType::Sie)
            && verified("ec-2025-de193", ProcedureType::Consultoria)
    );
    assert!(!verified("ec-2025-de193", ProcedureType::RegimenEspecial), "each has its own");
    assert!(!verified("ec-2026-de461", ProcedureType::Sie), "its text was not seen");
    assert!(!verified("ec-2023", ProcedureType::Sie) && !verified("ec-2025-ley", ProcedureType::Sie));
}
