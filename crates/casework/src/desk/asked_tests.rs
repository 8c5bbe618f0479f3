//! Requirements at the desk: recognised until confirmed, changed by aclaraciones with history, departures answered before anything is signed.

use super::Desk;
use super::tests::desk;
use crate::view::{
    Cancellation, ClarificationOrder, ClarifiedRequirement, DepartureOrder, RequirementOrder, StandingView,
};
use cotejo_domain::{
    Bid, BidId, Bidder, BidderKind, Code, Motivation, Requirement, RequirementId, RequirementKind,
    RequirementSource, Subject, Verdict,
};
use cotejo_store::EventPayload;
use std::path::Path;

/// A case of the fictional works process, started under the regulation of 2025, with a bid and a requirement that was read from a page.
async fn case(desk: &Desk, folder: &Path) -> (String, BidId) {
    let sample = folder.join("muestra");
    cotejo_sample::generate(cotejo_sample::SampleProcedure::Lico, 7, &sample).expect("the sample");
    let started = Some("2026-01-15".parse().expect("a day"));
    let stop = Cancellation::default();
    let open = desk
        .create_case_started(&sample.join("pliego.ushay"), started, true, &|_| {}, &stop)
        .await
        .expect("a case");
    let lot = open.case.state().await.expect("a state").lots[0].id;
    let bid = BidId(desk.new_uuid());
    let bidder = Bidder {
        name: "Constructora Uno".into(),
        ruc: None,
        kind: BidderKind::Juridica,
        members: Vec::new(),
    };
    let added = EventPayload::BidAdded { bid: Bid { id: bid, lot, bidder, files: Vec::new() } };
    open.case.record(desk.actor.id, added).await.expect("recorded");
    let requirement = Requirement {
        id: RequirementId("OTR-T".into()),
        lot: None,
        kind: RequirementKind::Minimo,
        text: "El oferente deberá presentar un certificado de calidad.".into(),
        points: None,
        subject: Subject::Other,
        source: RequirementSource::page(3),
    };
    open.case.record(desk.actor.id, EventPayload::RequirementAdded { requirement }).await.expect("recorded");
    open.forget().await;
    (open.case.id().to_string(), bid)
}

async fn decide(desk: &Desk, case: &str, bid: BidId, verdict: Verdict) -> Result<(), crate::CaseworkError> {
    let open = desk.opened(case).await.expect("opens");
    let word = || "ficticio".to_owned();
    let motivation = Motivation { fact: word(), evidence: word(), norm: word(), conclusion: word() };
    desk.record_decision(&open, RequirementId("OTR-T".into()), bid, verdict, motivation, Vec::new()).await
}

fn reason(text: &str) -> String {
    text.to_owned()
}

fn clarified(requirement: Option<&str>, text: &str) -> ClarificationOrder {
    ClarificationOrder {
        document: "aclaraciones.pdf".into(),
        answer: "4".into(),
        quote: "se acepta también una carta del fabricante".into(),
        page: Some(2),
        day: Some("2026-01-20".into()),
        changes: vec![ClarifiedRequirement {
            requirement: requirement.map(str::to_owned),
            taken_out: false,
            text: Some(text.into()),
            kind: None,
            points: None,
            subject: None,
            lot: None,
        }],
    }
}

async fn review(desk: &Desk, case: &str) -> bool {
    let open = desk.opened(case).await.expect("opens");
    let rows = open.case.decisions().await.expect("reads");
    rows.iter().any(|row| row.review && row.decision.requirement.0 == "OTR-T")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_cumple_waits_for_a_recognised_requirement_to_be_confirmed() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return };
    let (case, bid) = case(&desk, folder.path()).await;
    let refused = decide(&desk, &case, bid, Verdict::NoCumple).await.expect_err("not confirmed");
    assert_eq!(refused.code(), Code::Precondition);
    let view = desk.asked(&case).await.expect("lists");
    let row = |view: &crate::view::AskedView| {
        view.rows.iter().find(|row| row.requirement.id == "OTR-T").expect("listed").clone()
    };
    assert_eq!((row(&view).standing, view.waiting), (StandingView::Recognised, 1));
    let ids = ["OTR-T".to_owned()];
    let view = desk.say_of_requirements(&case, &ids, &RequirementOrder::Confirm).await.expect("confirms");
    assert_eq!(
        (row(&view).standing, view.waiting, row(&view).history.len()),
        (StandingView::Confirmed, 0, 1)
    );
    decide(&desk, &case, bid, Verdict::NoCumple).await.expect("now it may rest on it");
    let edit = RequirementOrder::Edit {
        text: Some("Certificado de calidad vigente.".into()),
        kind: None,
        points: None,
        subject: None,
        lot: None,
        reason: reason("así lo dice la página 4"),
    };
    let view = desk.say_of_requirements(&case, &ids, &edit).await.expect("edits");
    assert_eq!(row(&view).requirement.text, "Certificado de calidad vigente.");
    assert!(review(&desk, &case).await, "what rested on the other words is looked at again");
    desk.undo(&case).await.expect("undone");
    let view = desk.asked(&case).await.expect("lists");
    assert!(row(&view).requirement.text.contains("deberá presentar"), "as before the edit");
    let reject = RequirementOrder::Reject { reason: String::new() };
    let refused = desk.say_of_requirements(&case, &ids, &reject).await.expect_err("without a reason");
    assert_eq!(refused.code(), Code::Precondition);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_aclaracion_changes_a_requirement_with_history_and_marks_what_rests_on_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return };
    let (case, bid) = case(&desk, folder.path()).await;
    decide(&desk, &case, bid, Verdict::Cumple).await.expect("decides");
    assert!(!review(&desk, &case).await);
    let order = clarified(Some("OTR-T"), "Certificado de calidad o carta del fabricante.");
    let applied = desk.apply_clarification(&case, &order).await.expect("applies");
    assert_eq!(
        (applied.clarification.as_str(), applied.requirements.as_slice()),
        ("ACL-1", &["OTR-T".to_owned()][..])
    );
    assert!(review(&desk, &case).await, "revisar de nuevo");
    let view = desk.asked(&case).await.expect("lists");
    let row = view.rows.iter().find(|row| row.requirement.id == "OTR-T").expect("listed");
    let word = &row.history[0];
    assert_eq!(row.clarifications, ["ACL-1"]);
    assert!(word.before.as_deref().is_some_and(|text| text.contains("deberá presentar")), "before");
    assert_eq!(word.now.as_deref(), Some("Certificado de calidad o carta del fabricante."), "after");
    assert!(
        word.document.as_deref().is_some_and(|text| text.contains("aclaraciones.pdf") && text.contains('4')),
        "which answer"
    );
    let added =
        desk.apply_clarification(&case, &clarified(None, "Se entregará una muestra.")).await.expect("adds");
    let counts = |view: &crate::view::AskedView| {
        view.rows.iter().any(|row| row.requirement.id == "ACL-2.1" && row.standing == StandingView::Confirmed)
    };
    assert_eq!(added.requirements, ["ACL-2.1"]);
    assert!(counts(&desk.asked(&case).await.expect("lists")));
    desk.withdraw_clarification(&case, "ACL-2", "no era de este proceso").await.expect("withdraws");
    assert!(!counts(&desk.asked(&case).await.expect("lists")), "what it added counts no more");
    let nothing = clarified(Some("OTR-T"), "Certificado de calidad o carta del fabricante.");
    let refused = desk.apply_clarification(&case, &nothing).await.expect_err("changes nothing");
    assert_eq!(refused.code(), Code::Precondition);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_departure_is_answered_before_anything_is_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return };
    let (case, _) = case(&desk, folder.path()).await;
    let all = desk.departures(&case).await.expect("lists");
    assert!(!all.is_empty(), "the works pliego asks personnel or equipment under RGL 108");
    let blocked = |acta: crate::view::ActaView| {
        acta.blocks.iter().any(|block| block.code == "requirements.block.departure")
    };
    assert!(blocked(desk.acta(&case).await.expect("shows")));
    let silent = DepartureOrder::AsPliego { motivation: "  ".into() };
    let refused =
        desk.answer_departure(&case, &all[0].departure, &silent).await.expect_err("never in silence");
    assert_eq!(refused.code(), Code::Precondition);
    let corrected =
        DepartureOrder::Corrected { clarification: "ACL-9".into(), motivation: reason("se corrigió") };
    assert!(desk.answer_departure(&case, &all[0].departure, &corrected).await.is_err(), "no such aclaración");
    for departure in &all {
        let order = DepartureOrder::Consulted {
            whom: "Procuraduría".into(),
            reference: "OF-12".into(),
            motivation: reason("se aplica el pliego"),
        };
        desk.answer_departure(&case, &departure.departure, &order).await.expect("answers");
    }
    let all = desk.departures(&case).await.expect("lists");
    assert!(all.iter().all(|one| one.answer.as_ref().is_some_and(|answer| answer.what.contains("OF-12"))));
    assert!(!blocked(desk.acta(&case).await.expect("shows")));
    let open = desk.opened(&case).await.expect("opens");
    let content = desk.acta_content(&open, 1).await.expect("writes");
    assert!(
        content.acta.warnings.iter().any(|text| text.contains("OF-12")),
        "the acta says what was answered"
    );
    assert!(content.states.iter().any(|stated| matches!(stated, cotejo_store::Stated::Act { slot } if slot.contains("departure_answered"))), "and seals it");
    desk.undo(&case).await.expect("undone");
    assert!(blocked(desk.acta(&case).await.expect("shows")), "the answer was undone");
}
