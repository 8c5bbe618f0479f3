//! Points of a case: what is open stays provisional, what is decided counts, what nobody read is asked.

use super::Desk;
use super::tests::desk;
use crate::contract::{PointAnswers, PointsFile};
use crate::view::Cancellation;
use cotejo_domain::{Bid, BidId, Bidder, BidderKind, Code, Motivation, RequirementKind, Verdict};
use cotejo_rules::scoring::Standing;
use cotejo_store::EventPayload;
use std::path::Path;

/// A case of the fictional works process with two bids that hold no file: everything about them is typed.
async fn case(desk: &Desk, folder: &Path) -> (String, Vec<BidId>) {
    let sample = folder.join("muestra");
    cotejo_sample::generate(cotejo_sample::SampleProcedure::Lico, 7, &sample).expect("the sample");
    let stop = Cancellation::default();
    let started = Some("2024-01-10".parse().expect("a day"));
    let open = desk
        .create_case_started(&sample.join("pliego.ushay"), started, true, &|_| {}, &stop)
        .await
        .expect("a case");
    let lot = open.case.state().await.expect("a state").lots[0].id;
    let mut bids = Vec::new();
    for name in ["Constructora Uno", "Constructora Dos"] {
        let id = BidId(desk.new_uuid());
        let bidder = Bidder { name: name.into(), ruc: None, kind: BidderKind::Juridica, members: Vec::new() };
        let bid = Bid { id, lot, bidder, files: Vec::new() };
        open.case.record(desk.actor.id, EventPayload::BidAdded { bid }).await.expect("recorded");
        bids.push(id);
    }
    open.forget().await;
    (open.case.id().to_string(), bids)
}

/// Decides every *cumple/no cumple* of a bid.
async fn decide(desk: &Desk, case: &str, bid: BidId, fails: bool) {
    let open = desk.opened(case).await.expect("opens");
    let judgement = open.judgement().await.expect("judges");
    let reason = || "ficticio".to_owned();
    let mut first = true;
    for requirement in &judgement.requirements {
        if !super::acta_content::judged(requirement.kind) {
            continue;
        }
        let fails_here = fails && first && requirement.kind == RequirementKind::Minimo;
        first &= !fails_here;
        let verdict = if fails_here { Verdict::NoCumple } else { Verdict::Cumple };
        let motivation =
            Motivation { fact: reason(), evidence: reason(), norm: reason(), conclusion: reason() };
        desk.record_decision(&open, requirement.id.clone(), bid, verdict, motivation, Vec::new())
            .await
            .expect("decided");
    }
    open.forget().await;
}

fn answers(prices: [&str; 2]) -> PointAnswers {
    let answer = |value: &str| serde_json::json!({"value": value, "who": "Ana Ejemplo", "reason": "hoja 4"});
    let both = |one: &str, other: &str| serde_json::json!({"1": answer(one), "2": answer(other)});
    let personnel = serde_json::json!({"formula": "by_hand"});
    serde_json::from_value(serde_json::json!({
        "formulas": {"PTO-3": {"value": personnel, "who": "Ana Ejemplo", "reason": "pliego, p. 20"}},
        "values": {
            "PTO-1": both("900000", "500000"),
            "PTO-2": both("700000", "700000"),
            "PTO-3": both("5", "4"),
            "PTO-4": both(prices[0], prices[1]),
            "PTO-6": both("20", "10"),
            "PTO-7": both("70", "60"),
        }
    }))
    .expect("the form of docs/rules.md")
}

fn standings(points: &PointsFile) -> Vec<Standing> {
    points.bids.iter().map(|bid| bid.standing).collect()
}

fn price(points: &PointsFile, number: u32) -> (&'static str, Option<String>, usize) {
    let parameter =
        points.portal.parameters.iter().find(|line| line.requirement == "PTO-4").expect("the price");
    let line = parameter.bids.iter().find(|line| line.number == number).expect("the bid");
    (line.outcome, line.points.clone(), line.provisional.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn points_are_provisional_until_every_minimum_is_decided_and_a_failed_bid_sets_no_price() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let (case, bids) = case(&desk, folder.path()).await;

    let nothing = desk.points(&case, PointAnswers::default()).await.expect("computes");
    assert_eq!(standings(&nothing), [Standing::Open, Standing::Open], "nothing is decided");
    assert_eq!(price(&nothing, 1).0, "ask", "and no price was read");
    assert!(nothing.portal.totals.iter().all(|total| total.points.is_none()), "no total of anything");

    let open = desk.points(&case, answers(["100000", "80000"])).await.expect("computes");
    assert_eq!(price(&open, 1).1.as_deref(), Some("44.00"), "55 × 80,000 / 100,000");
    assert!(price(&open, 1).2 > 0 && open.portal.provisional, "but nothing is decided");
    assert!(open.portal.sheet.csv().contains("44,00 (provisional)"), "{}", open.portal.sheet.csv());

    decide(&desk, &case, bids[0], false).await;
    decide(&desk, &case, bids[1], true).await;
    let done = desk.points(&case, answers(["100000", "80000"])).await.expect("computes");
    assert_eq!(standings(&done), [Standing::Qualified, Standing::NotQualified]);
    assert_eq!(price(&done, 1), ("scored", Some("55.00".into()), 0), "80,000 is no longer the lowest");
    assert_eq!(price(&done, 2).0, "not_qualified");
    assert!(!done.portal.provisional, "{:?}", done.portal.totals);
    assert_eq!(done.portal.order.len(), 1, "one bid is in the order");
    assert!(done.reconciliation.differences.is_empty(), "before October 2025 both agree");
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_about_what_the_case_does_not_have_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let (case, _) = case(&desk, folder.path()).await;
    for (file, key) in [
        (r#"{"values":{"PTO-4":{"9":{"value":"1","who":"Ana","reason":"x"}}}}"#, "casework.points.no_bid"),
        (r#"{"points":{"PTO-99":{"value":"1","who":"Ana","reason":"x"}}}"#, "casework.points.no_requirement"),
    ] {
        let answers: PointAnswers = serde_json::from_str(file).expect("the form");
        let refused = desk.points(&case, answers).await.expect_err("refused");
        assert_eq!((refused.code(), refused.view().details.as_str()), (Code::NotFound, key));
    }
    let unknown = serde_json::from_str::<PointAnswers>(r#"{"puntos":{}}"#);
    assert!(unknown.is_err(), "a key that is not known is not passed over in silence");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_window_says_what_lacks_takes_an_answer_with_its_reason_and_undo_takes_it_back() {
    use crate::view::{FormulaKindView, FormulaView, PointAnswerDraft, PointsOutcome, Room};
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let (case, bids) = case(&desk, folder.path()).await;

    let view = desk.points_view(&case).await.expect("shows");
    assert_eq!(view.unavailable, None);
    let lack = view.lacking.first().expect("nothing is decided");
    assert_eq!(lack.room, Room::Matriz);
    assert_eq!(lack.cell.as_ref().expect("a cell").bid, bids[0].to_string());
    let personnel = |view: &crate::view::PointsView| {
        let found = view.scorings[1].parameters.iter().find(|one| one.requirement == "PTO-3");
        found.expect("the personnel").clone()
    };
    assert_eq!(personnel(&view).kind, None, "how personnel gives points is asked");

    let formula = FormulaView { kind: FormulaKindView::ByHand, least: None, most: None, steps: Vec::new() };
    let draft = PointAnswerDraft::Formula { requirement: "PTO-3".into(), formula };
    let refused = desk.answer_point(&case, &draft, " ").await.expect_err("no reason");
    assert_eq!(refused.code(), Code::Precondition);
    let value =
        |text: &str| PointAnswerDraft::Value { requirement: "PTO-3".into(), bid: 1, value: text.into() };
    for text in ["", "cinco", "-1", "4,5"] {
        let refused = desk.answer_point(&case, &value(text), "pliego, p. 20").await.expect_err("no number");
        assert_eq!(refused.code(), Code::WrongUse, "{text}");
    }
    assert!(desk.points_view(&case).await.expect("shows").answers.is_empty(), "nothing of it is recorded");

    desk.answer_point(&case, &draft, "pliego, p. 20").await.expect("answers");
    let answered = desk.answer_point(&case, &value("4.5"), "pliego, p. 20").await.expect("answers");
    let line = personnel(&answered);
    assert_eq!(line.kind, Some(FormulaKindView::ByHand));
    assert_eq!(line.cells[0].outcome, PointsOutcome::Scored);
    assert_eq!(line.cells[0].points.as_deref(), Some("4,50"));
    assert!(line.cells[0].inputs.iter().flat_map(|input| &input.sources).any(|origin| origin.by_person));
    let said = answered.answers.iter().find(|said| said.bid == Some(1)).expect("it is listed");
    assert_eq!((said.value.as_str(), said.who.as_str()), ("4,5", said.recorded_by.as_str()));

    desk.undo(&case).await.expect("undoes");
    let undone = desk.points_view(&case).await.expect("shows");
    assert_eq!(personnel(&undone).cells[0].outcome, PointsOutcome::Ask);
    assert_eq!(undone.answers.len(), 1, "the formula holds");
    let key = undone.answers[0].key.clone();
    let withdrawn = desk.withdraw_point(&case, &key).await.expect("withdraws");
    assert_eq!(personnel(&withdrawn).kind, None);

    decide(&desk, &case, bids[0], false).await;
    decide(&desk, &case, bids[1], true).await;
    assert!(desk.points_view(&case).await.expect("shows").lacking.is_empty(), "everything is decided");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_an_acta_to_be_signed_never_states_points_that_are_asked_for_or_may_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else { return println!("skipped: no worker") };
    let (case, bids) = case(&desk, folder.path()).await;
    for bid in &bids {
        decide(&desk, &case, *bid, false).await;
    }
    let all = answers(["100000", "80000"]);
    let mut some = all.clone();
    some.values.retain(|requirement, _| *requirement == "PTO-4");
    desk.answer_points(&case, some).await.expect("records");
    let open = desk.opened(&case).await.expect("opens");
    let content = desk.acta_content(&open, 1).await.expect("content");
    assert!(!content.acta.project, "every minimum is decided");
    assert!(
        content.acta.points.filas.is_empty(),
        "the others are still asked: {:?}",
        content.acta.points.filas
    );
    assert!(content.acta.not_evaluated.iter().any(|text| text.contains("puntaje")), "and it says so");
    let answers_sealed =
        content.states.iter().any(|stated| matches!(stated, cotejo_store::Stated::Act { .. }));
    assert!(!answers_sealed, "no answer is sealed by an acta that does not state it: {:?}", content.states);

    desk.answer_points(&case, all).await.expect("records");
    let open = desk.opened(&case).await.expect("opens");
    let content = desk.acta_content(&open, 1).await.expect("content");
    assert!(
        content.acta.points.filas.iter().any(|row| row.puntos == "55,00"),
        "{:?}",
        content.acta.points.filas
    );
}
