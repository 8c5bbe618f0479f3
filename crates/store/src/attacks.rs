//! What somebody with the case's key could do to its database, and how it shows. Each test is named after its attack.

use crate::event::Event;
use crate::world::{ANA, assert_sound, case, decide, ports};
use crate::{Case, EventPayload, LogProblem, Profile, log};
use cotejo_domain::{Code, Verdict};
use ed25519_dalek::SigningKey;

/// Fifteen events: ten of the beginning, five decisions.
async fn attacked(folder: &std::path::Path) -> Case {
    let (_profile, case) = case(folder).await;
    for number in 0..5 {
        decide(&case, number, if number % 2 == 0 { "R1" } else { "R2" }, Verdict::Cumple).await;
    }
    assert_sound(&case, 15).await;
    case
}

async fn execute(case: &Case, statement: &'static str) {
    let done =
        sqlx::query(statement).execute(&mut *case.writer().await).await.expect("the attack itself works");
    assert!(done.rows_affected() > 0, "the attack changed something");
}

async fn problems(case: &Case) -> Vec<LogProblem> {
    let report = case.verify_log(&[]).await.expect("readable");
    assert!(
        report.problems.iter().all(|problem| !problem.message().contains('«')),
        "every problem has its sentence"
    );
    report.problems
}

/// Takes an event out, lets `forge` change its parts, and puts it back hashed anew and signed by `key`.
async fn reforge(case: &Case, seq: i64, key: &SigningKey, forge: impl FnOnce(&mut String)) {
    let rows = log::by_device(&mut *case.writer().await).await.expect("reads");
    let row = rows.iter().find(|row| row.seq == seq).expect("there");
    let header = row.event().expect("an event").header().expect("a header");
    let mut payload = row.payload.clone().expect("not erased");
    forge(&mut payload);
    let event = Event::sign(&header, payload, [9; 32], key).expect("signs");
    let mut writer = case.writer().await;
    sqlx::query("DELETE FROM events WHERE position = ?1")
        .bind(row.position)
        .execute(&mut *writer)
        .await
        .expect("deletes");
    log::insert(&mut writer, &header, &event).await.expect("inserts");
}

#[tokio::test]
async fn an_event_is_edited() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    execute(
        &case,
        r#"UPDATE events SET payload = replace(payload, '"cumple"', '"no_cumple"') WHERE seq = 13"#,
    )
    .await;
    assert_eq!(problems(&case).await, [LogProblem::Edited { device: case.device.id, seq: 13 }]);
    assert_eq!(case.rebuild().await.expect_err("nothing is rebuilt from it").code(), Code::BrokenLog);
}

#[tokio::test]
async fn the_header_of_an_event_is_edited() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    execute(&case, "UPDATE events SET header = replace(header, '\"device\"', '\"device \"') WHERE seq = 12")
        .await;
    assert!(!problems(&case).await.is_empty());
}

#[tokio::test]
async fn the_clock_column_is_edited_to_change_the_order_of_replay() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    execute(&case, "UPDATE events SET clock_wall = 1 WHERE seq = 15").await;
    assert_eq!(problems(&case).await, [LogProblem::Edited { device: case.device.id, seq: 15 }]);
}

#[tokio::test]
async fn an_event_in_the_middle_is_removed() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    execute(&case, "DELETE FROM events WHERE seq = 12").await;
    let gap = LogProblem::Gap { device: case.device.id, expected: 12, found: 13 };
    assert_eq!(problems(&case).await, [gap]);
}

#[tokio::test]
async fn the_end_of_the_log_is_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    let printed = case.log_heads().await.expect("heads");
    execute(&case, "DELETE FROM events WHERE seq > 13").await;
    assert!(
        problems(&case).await.is_empty(),
        "by itself a shorter log is a sound log: this is why heads are printed"
    );
    let report = case.verify_log(&printed).await.expect("readable");
    assert_eq!(report.problems, [LogProblem::Truncated { device: case.device.id, expected: 15, found: 13 }]);
}

#[tokio::test]
async fn the_end_is_cut_off_and_other_events_take_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    let printed = case.log_heads().await.expect("heads");
    execute(&case, "DELETE FROM events WHERE seq > 13").await;
    execute(&case, "DELETE FROM p_decision WHERE decision_id NOT IN (SELECT decision_id FROM p_decision ORDER BY decision_id LIMIT 3)").await;
    decide(&case, 20, "R1", Verdict::NoCumple).await;
    decide(&case, 21, "R2", Verdict::NoCumple).await;
    decide(&case, 22, "R2", Verdict::NoCumple).await;
    assert!(problems(&case).await.is_empty(), "the device itself signed this other history");
    let report = case.verify_log(&printed).await.expect("readable");
    assert_eq!(
        report.problems,
        [LogProblem::Truncated { device: case.device.id, expected: 15, found: 16 }],
        "the printed head is not in it, although there are more events than were printed"
    );
}

#[tokio::test]
async fn two_events_change_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    execute(&case, "UPDATE events SET seq = 112 WHERE seq = 12").await;
    execute(&case, "UPDATE events SET seq = 12 WHERE seq = 13").await;
    execute(&case, "UPDATE events SET seq = 13 WHERE seq = 112").await;
    let device = case.device.id;
    let found = problems(&case).await;
    assert!(found.contains(&LogProblem::Edited { device, seq: 12 }), "{found:?}");
    assert!(found.contains(&LogProblem::BrokenChain { device, seq: 12 }), "{found:?}");
}

#[tokio::test]
async fn an_event_is_forged_and_signed_by_another_device() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    let intruder = SigningKey::from_bytes(&[3; 32]);
    reforge(&case, 15, &intruder, |payload| *payload = payload.replace("\"cumple\"", "\"no_cumple\"")).await;
    let foreign = LogProblem::ForeignSignature { device: case.device.id, seq: 15 };
    assert_eq!(problems(&case).await, [foreign], "its hash agrees with its content; its signature does not");
}

#[tokio::test]
async fn an_event_is_forged_with_the_device_s_own_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    let key = case.device.key.clone();
    reforge(&case, 13, &key, |payload| *payload = payload.replace("\"cumple\"", "\"no_cumple\"")).await;
    let broken = LogProblem::BrokenChain { device: case.device.id, seq: 14 };
    assert_eq!(problems(&case).await, [broken], "the event after it remembers the true one");
}

#[tokio::test]
async fn the_enrolment_is_replaced_by_another_key() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    let intruder = SigningKey::from_bytes(&[3; 32]);
    let public = hex::encode(intruder.verifying_key().to_bytes());
    let own = hex::encode(case.device.key.verifying_key().to_bytes());
    reforge(&case, 1, &intruder, |payload| *payload = payload.replace(&own, &public)).await;
    let found = problems(&case).await;
    assert!(
        found.len() >= 14,
        "every other event is then foreign, and the second does not follow: {found:?}"
    );
}

#[tokio::test]
async fn a_projection_is_edited_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    execute(&case, r#"UPDATE p_decision SET content = replace(content, '"cumple"', '"no_cumple"') WHERE state = 'current'"#).await;
    assert!(problems(&case).await.is_empty(), "the log is untouched");
    let report = case.rebuild().await.expect("rebuilds");
    assert_eq!(report.differing(), ["p_decision"], "and the table is found to say something else");
    assert!(case.decisions().await.expect("reads").iter().all(|row| row.decision.verdict == Verdict::Cumple));
    assert_sound(&case, 15).await;
}

#[tokio::test]
async fn a_seal_is_removed_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    let row = case.decisions().await.expect("reads").remove(0);
    let acta = crate::ActaRecord {
        id: cotejo_domain::ActaId(uuid::Uuid::from_u128(5)),
        kind: "calificacion".into(),
        number: None,
        sha256: cotejo_domain::FileHash::of(b"pdf"),
        content_sha256: cotejo_domain::FileHash::of(b"content"),
    };
    let states = vec![crate::Stated::Decision { decision: row.decision.id }];
    case.record(ANA, EventPayload::ActaGenerated { acta, states }).await.expect("generates");
    execute(&case, "DELETE FROM p_seal").await;
    assert_eq!(case.compare_projections().await.expect("reads").differing(), ["p_seal"]);
}

#[tokio::test]
async fn content_is_erased_and_the_chain_still_verifies() {
    let folder = tempfile::tempdir().expect("a folder");
    let case = attacked(folder.path()).await;
    execute(&case, "UPDATE events SET payload = NULL, salt = NULL WHERE seq = 14").await;
    let report = case.verify_log(&[]).await.expect("readable");
    assert!(report.holds() && report.erased == 1, "erasure destroys content and salt; header and hash stay");
    execute(&case, "UPDATE events SET payload = NULL WHERE seq = 13").await;
    assert_eq!(problems(&case).await.len(), 1, "a payload without its salt or the reverse is no erasure");
}

#[tokio::test]
async fn a_newer_program_wrote_the_database() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let id = case.id();
    sqlx::raw_sql("PRAGMA user_version = 99").execute(&mut *case.writer().await).await.expect("sets");
    case.close().await.expect("closes");
    let error = profile.open_case(id).await.expect_err("not understood");
    assert_eq!(error.code(), Code::MissingHere);
    assert!(error.message().contains("99"), "{}", error.message());
    let again = Profile::open(&folder.path().join("otro"), ports(3)).await;
    assert!(again.is_ok(), "other data folders are not touched by it");
}
