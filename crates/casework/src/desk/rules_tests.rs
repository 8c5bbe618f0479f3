//! Rules through the desk: what is installed, verified or fixed later changes no case that is open, and new cases have it.

use super::Desk;
use super::rules_entity::EntityValueOrder;
use super::tests::desk;
use crate::view::Cancellation;
use cotejo_domain::Code;
use cotejo_store::EventPayload;
use std::path::{Path, PathBuf};

const KEY: &str = "experiencia_techos";
const PACK: &str = "ec-2025-de193";

/// The sample is made in a folder; it starts under the regime whose pack is changed here.
async fn new_case(desk: &Desk, folder: &Path, started: &str) -> String {
    let sample = folder.join("muestra");
    if !sample.exists() {
        cotejo_sample::generate(cotejo_sample::SampleProcedure::Sie, 7, &sample).expect("the sample");
    }
    let started = Some(started.parse().expect("a day"));
    let stop = Cancellation::default();
    let open = desk
        .create_case_started(&sample.join("pliego.ushay"), started, true, &|_| {}, &stop)
        .await
        .expect("a case");
    open.case.id().to_string()
}

async fn frozen(desk: &Desk, case: &str) -> (String, String, Option<bool>) {
    let open = desk.opened(case).await.expect("opens");
    let judgement = open.judgement().await.expect("judges");
    let reference = judgement.state.pack.clone().expect("a pack");
    let value = judgement.pack.as_ref().and_then(|pack| pack.parameter(KEY).known());
    (reference.id, reference.sha256.to_string(), value.map(|value| value.verified))
}

fn edited(folder: &Path, draft: &Path, version: u32) -> PathBuf {
    let mut json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(draft).expect("reads")).expect("JSON");
    json["packs"][0]["version"] = version.into();
    json["packs"][0]["parameters"]["calificacion_max_dias"]["value"] = 25.into();
    let path = folder.join(format!("borrador-{version}.json"));
    std::fs::write(&path, json.to_string()).expect("writes");
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_pack_and_a_later_verification_change_no_frozen_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let before = new_case(&desk, folder.path(), "2026-03-02").await;
    let first = frozen(&desk, &before).await;
    assert_eq!((first.0.as_str(), first.2), (PACK, Some(false)), "unverified, and whole");

    desk.verify_rule(PACK, KEY, "Abg. Ejemplo", "R.O. 153-9S, pág. 74").await.expect("records");
    let verified = new_case(&desk, folder.path(), "2026-03-02").await;
    let second = frozen(&desk, &verified).await;
    assert!(second.2 == Some(true) && second.1 != first.1, "the verification is in the hash: {second:?}");
    assert_eq!(frozen(&desk, &before).await, first, "the older case keeps what it was frozen with");

    let draft = folder.path().join("exportado.json");
    desk.export_rules(PACK, &draft).await.expect("exports");
    let signed = folder.path().join("nuevo.reglas");
    desk.sign_rules(&edited(folder.path(), &draft, 9), &signed).await.expect("signs");
    let shown = desk.install_rules(&signed, false).await.expect("installs");
    let used: Vec<u32> =
        shown.packs.iter().filter(|pack| pack.id == PACK && pack.used).map(|pack| pack.version).collect();
    assert_eq!(used, [9]);
    desk.close().await;
    assert_eq!(frozen(&desk, &before).await, first, "opened again, too");
    assert_eq!(frozen(&desk, &verified).await, second);

    let told = desk.case_rules(&before).await.expect("tells");
    assert!(told.later && told.whole && told.version != Some(9), "{told:?}");
    let changed: Vec<(String, String)> = told
        .comparison
        .expect("compared")
        .differences
        .into_iter()
        .map(|difference| (difference.key, difference.change))
        .collect();
    let wanted = [("calificacion_max_dias", "value"), (KEY, "verified")];
    assert_eq!(changed, wanted.map(|(key, change)| (key.to_owned(), change.to_owned())));
    let shown = desk.open_case(&before).await.expect("opens");
    let note = shown
        .findings
        .iter()
        .find(|found| found.code == "casework.rules.later")
        .expect("shown with the case");
    assert!(note.message.contains(&format!("{PACK}@9")), "{note:?}");
    let newest = new_case(&desk, folder.path(), "2026-03-02").await;
    let same = desk.case_rules(&newest).await.expect("tells");
    assert!(!same.later && same.version == Some(9) && same.comparison.is_none());
    let shown = desk.open_case(&newest).await.expect("opens");
    assert!(shown.findings.iter().all(|found| found.code != "casework.rules.later"));
    assert!(desk.rebuild(&newest).await.expect("rebuilds").identical);
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_a_file_that_is_unsigned_tampered_a_stranger_s_or_older_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let Some(office) = self::desk(&folder.path().join("juridico")).await else { return };
    let draft = folder.path().join("exportado.json");
    office.export_rules(PACK, &draft).await.expect("exports");
    let signed = folder.path().join("nuevo.reglas");
    let key = office.sign_rules(&edited(folder.path(), &draft, 9), &signed).await.expect("signs");
    let reason = async |path: &Path| {
        let error = desk.install_rules(path, false).await.expect_err("refused");
        assert_eq!(error.code(), Code::Precondition, "{error}");
        assert!(
            desk.rules().await.expect("lists").packs.iter().all(|pack| pack.built_in),
            "nothing is installed"
        );
        let view = error.view();
        assert!(
            !view.message.is_empty() && !view.message.contains('«') || view.message.contains("regla"),
            "{view:?}"
        );
        error.to_string()
    };
    assert!(reason(&signed).await.starts_with("store.rules_stranger"));
    assert_eq!(desk.check_rules(&signed).await.expect("checks").signature, "desconocida");
    assert!(reason(&draft).await.contains("store.rules_unsigned"));
    let checked = desk.check_rules(&draft).await.expect("checks");
    assert!(checked.sound && checked.signature == "ninguna");
    desk.trust_rules_publisher(&key, true).await.expect("trusts");
    let text = std::fs::read_to_string(&signed).expect("reads");
    let tampered = folder.path().join("cambiado.reglas");
    std::fs::write(&tampered, text.replacen("\"25\"", "\"26\"", 1).replacen(":25,", ":29,", 1))
        .expect("writes");
    assert!(reason(&tampered).await.contains("store.rules_tampered"));
    assert_eq!(desk.check_rules(&tampered).await.expect("checks").signature, "rota");
    let older = folder.path().join("viejo.reglas");
    office.sign_rules(&edited(folder.path(), &draft, 1), &older).await.expect("signs");
    assert!(reason(&older).await.starts_with("casework.rules_older"));

    desk.install_rules(&older, true).await.expect("asked for");
    let shown = desk.install_rules(&signed, false).await.expect("newer");
    assert_eq!(
        shown.packs.iter().filter(|pack| pack.id == PACK && pack.used).count(),
        1,
        "one of each identifier"
    );
    let compared = desk.compare_rules(&format!("{PACK}@1"), PACK).await.expect("compares");
    assert!(compared.differences.is_empty(), "both have the same change: {compared:?}");
    let file = shown
        .packs
        .iter()
        .find(|pack| pack.version == 9)
        .and_then(|pack| pack.file.clone())
        .expect("installed");
    let removed = desk.remove_rules(&file).await.expect("removes");
    assert!(
        removed.packs.iter().any(|pack| pack.id == PACK && pack.built_in && pack.used),
        "the compiled-in one again"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broken_draft_is_told_whole_and_never_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let draft = folder.path().join("exportado.json");
    desk.export_rules("ec-2026-de461", &draft).await.expect("exports");
    let mut json: serde_json::Value =
        serde_json::from_slice(&std::fs::read(&draft).expect("reads")).expect("JSON");
    json["packs"][1]["parameters"]["experiencia_residente_pct"]["value"] = serde_json::json!(0.4);
    json["packs"][1]["parameters"]["calificacion_max_dias"]["source"] = "RGL 109".into();
    std::fs::write(&draft, json.to_string()).expect("writes");
    let checked = desk.check_rules(&draft).await.expect("checks");
    let places: Vec<&str> = checked.problems.iter().map(|problem| problem.place.as_str()).collect();
    assert_eq!(
        places,
        [
            "/packs/1/parameters/calificacion_max_dias/source",
            "/packs/1/parameters/experiencia_residente_pct/value"
        ]
    );
    assert!(
        !checked.sound && checked.problems.iter().all(|problem| problem.message.contains("exportado.json"))
    );
    let output = folder.path().join("no.reglas");
    assert_eq!(desk.sign_rules(&draft, &output).await.expect_err("refused").code(), Code::UnreadableInput);
    assert!(!output.exists());
    let error = desk.rule_values("no-hay").await.expect_err("none");
    assert_eq!(error.code(), Code::NotFound);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_entity_fixes_and_switches_is_recorded_frozen_and_withdrawn() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let order = |value| EntityValueOrder {
        pack: PACK,
        key: "convalidacion_dias",
        value,
        unit: None,
        source: "Resolución interna 4",
        reason: "La entidad da siempre el máximo",
        by: Some("Abg. Ejemplo"),
    };
    let error = desk.set_rule(order("{\"min\": 2.5, \"max\": 5}")).await.expect_err("no float");
    assert!(error.to_string().starts_with("casework.rules_value"), "{error}");
    let error = desk.set_rule(EntityValueOrder { reason: " ", ..order("{\"min\": 5, \"max\": 5}") }).await;
    assert!(error.expect_err("why?").to_string().starts_with("casework.rules_incomplete"));
    desk.set_rule(order("{\"min\": 5, \"max\": 5}")).await.expect("records");
    desk.switch_flag(PACK, "266", "2026-02-01".parse().expect("a day"), "Comunicado", None)
        .await
        .expect("records");
    assert!(desk.switch_flag(PACK, "999", "2026-02-01".parse().expect("a day"), "x", None).await.is_err());
    let case = new_case(&desk, folder.path(), "2026-03-02").await;
    let open = desk.opened(&case).await.expect("opens");
    let pack = open.judgement().await.expect("judges").pack.clone().expect("frozen");
    let days = pack.cure_days().known().expect("known");
    assert_eq!((days.value.0.0, days.value.1.0), (5, 5));
    assert!(
        matches!(days.origin, cotejo_rules::Origin::Entity { ref by, .. } if by == "Abg. Ejemplo"),
        "{days:?}"
    );
    assert!(pack.flag_active("266", Some("2026-03-02".parse().expect("a day"))));
    let after = desk.withdraw_rule(PACK, "convalidacion_dias", None).await.expect("withdraws");
    let value = after.values.iter().find(|value| value.key == "convalidacion_dias").expect("there");
    assert_eq!(value.origin, "pack");
    assert!(desk.withdraw_rule(PACK, "convalidacion_dias", None).await.is_err(), "nothing is left");
    desk.withdraw_rule(PACK, "bandera.266", None).await.expect("withdraws");
    let kept = open.judgement().await.expect("judges").pack.clone().expect("frozen");
    assert_eq!(kept.sha256, pack.sha256, "the case keeps both");
    assert!(desk.case_rules(&case).await.expect("tells").later);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_whose_pack_is_not_here_is_not_judged_by_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let case = new_case(&desk, folder.path(), "2026-03-02").await;
    let open = desk.opened(&case).await.expect("opens");
    let other = cotejo_store::PackReference { id: PACK.into(), sha256: cotejo_domain::FileHash::of(b"otro") };
    let wrong = EventPayload::PackFrozen { pack: other.clone(), content: Some("{}".into()) };
    let refused = open.case.record(desk.actor.id, wrong).await.expect_err("another text");
    assert!(refused.key() == "store.other_pack", "{refused}");
    open.case
        .record(desk.actor.id, EventPayload::PackFrozen { pack: other, content: None })
        .await
        .expect("records");
    open.forget().await;
    let judgement = open.judgement().await.expect("judges");
    assert!(judgement.pack.is_none() && judgement.proposals.is_empty());
    assert!(
        judgement.warnings.iter().any(|found| found.code == "casework.pack_gone"),
        "{:?}",
        judgement.warnings
    );
    assert!(!desk.case_rules(&case).await.expect("tells").whole);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_from_before_the_oldest_regime_is_told_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let case = new_case(&desk, folder.path(), "2021-05-03").await;
    let open = desk.opened(&case).await.expect("opens");
    let judgement = open.judgement().await.expect("judges");
    assert!(judgement.state.pack.is_none() && judgement.proposals.is_empty());
    let findings = &judgement.state.pliego.as_ref().expect("a pliego").findings;
    let told = findings.iter().find(|found| found.code == "rules.no_pack").expect("told");
    assert!(told.message.contains("2021-05-03") && !told.remedy.is_empty(), "{told:?}");
    assert!(desk.case_rules(&case).await.expect("tells").id.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_term_over_the_entity_s_calendar_shows_each_day() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let from = "2026-10-30".parse().expect("a day");
    let plain = desk.term(from, 2, None).await.expect("counts");
    assert_eq!(
        (plain.due.as_str(), plain.verified),
        ("2026-11-05", true),
        "Mon 2 and Tue 3 November do not count"
    );
    assert_eq!(
        plain.working.iter().filter(|day| day.number.is_none()).count(),
        4,
        "a weekend and two holidays"
    );
    let order = super::rules_entity::EntityDayOrder {
        day: "2026-11-04".parse().expect("a day"),
        canton: Some("Ibarra"),
        name: "Fiesta local",
        source: "Ordenanza 7",
        suspension: false,
    };
    desk.add_entity_day(order.clone()).await.expect("records");
    assert_eq!(desk.term(from, 2, Some("Ibarra")).await.expect("counts").due, "2026-11-06");
    assert_eq!(desk.term(from, 2, Some("Loja")).await.expect("counts").due, "2026-11-05");
    assert!(desk.add_entity_day(super::rules_entity::EntityDayOrder { source: "", ..order }).await.is_err());
    assert!(
        desk.remove_entity_day("2026-11-04".parse().expect("a day"), Some("Ibarra"))
            .await
            .expect("removes")
            .is_empty()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mark_of_an_unverified_norm_reaches_matrix_json_and_acta() {
    use super::pages_tests::{bid, bytes_of, import, pdf};
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let form =
        "1.2 DATOS GENERALES DEL OFERENTE\nNOMBRE DEL OFERENTE: Empresa Ficticia S.A.\nR.U.C.: 1790000001001";
    let papers = bid(folder.path(), &[("oferta.pdf", bytes_of(pdf(&[form])))]);
    // DE 193 was read; the text of DE 461 was not, and everything it takes over is marked.
    for (started, marked) in [("2026-03-02", false), ("2026-08-03", true)] {
        let case = new_case(&desk, folder.path(), started).await;
        import(&desk, &case, papers.clone()).await;
        let open = desk.opened(&case).await.expect("opens");
        let judgement = open.judgement().await.expect("judges");
        let absent =
            |proposal: &&cotejo_domain::Proposal| proposal.legal_basis.contains(&"RGL 99".to_owned());
        let proposal = judgement.proposals.values().find(absent).expect("a form is missing");
        assert_eq!(proposal.rests_on_unverified, marked, "{started}: {proposal:?}");
        let line = crate::contract::ProposalLine::from(proposal);
        assert_eq!((line.norm_unverified, line.unverified_norms.is_empty()), (marked, !marked));
        let matrix = desk.matrix(&case).await.expect("a matrix");
        let row = matrix
            .groups
            .iter()
            .flat_map(|group| &group.rows)
            .find(|row| row.requirement.id == proposal.requirement.0)
            .expect("its row");
        assert_eq!(row.cells[0].norm_unverified, marked);
        let acta = desk.acta_content(&open, 1).await.expect("an acta").acta;
        let named = |line: &String| line.contains("RGL") && line.contains(&proposal.requirement.0);
        assert_eq!(acta.pack.unverified.iter().any(named), marked, "{:?}", acta.pack.unverified);
        assert!(!acta.pack.norms.is_empty());
    }
}
