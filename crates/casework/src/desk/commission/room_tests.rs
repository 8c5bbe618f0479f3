//! What the room of the commission shows: votes, where each block leads, what was opened, what a second member may see.

use super::tests::scene;
use crate::view::{RefusalDraft, ReportDraft, ReportPointDraft};
use crate::view::{Room, SampleCellView, Verdict as VerdictView};
use cotejo_domain::{Confidence, Evidence, FileHash, Location, Motivation, Verdict};

#[tokio::test(flavor = "multi_thread")]
async fn votes_show_in_the_matrix_and_on_the_desk_and_each_block_leads_to_a_room_that_resolves_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A.", "Dos S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case, bid) = (&scene.desk, scene.case.as_str(), scene.bids[0]);
    let members = scene.commission().await;
    let cell = scene.cell(bid).await;
    let shown = async || {
        let matrix = desk.matrix(case).await.expect("shows");
        let rows = matrix.groups.into_iter().flat_map(|group| group.rows);
        let row = rows.into_iter().find(|row| row.requirement.id == cell.requirement).expect("the row");
        row.cells.into_iter().find(|one| one.bid == cell.bid).expect("the cell").votes
    };
    scene.votes(members[0], bid, Verdict::Cumple).await;
    assert_eq!(shown().await, None, "with one vote nobody differs");
    scene.votes(members[1], bid, Verdict::NoCumple).await;
    scene.votes(members[2], bid, Verdict::Cumple).await;
    let votes = shown().await.expect("they differ");
    assert_eq!((votes.count.as_str(), votes.agreed), ("2–1", false));
    assert!(votes.who.contains("Luis Vera Castro, no cumple"), "{}", votes.who);
    let on_desk = desk.cell(case, &cell.requirement, &cell.bid).await.expect("shows").votes.expect("differ");
    assert_eq!((on_desk.agreed, on_desk.would_be), (None, Some(VerdictView::Cumple)));
    assert!(on_desk.votes.iter().all(|vote| !vote.at.is_empty() && vote.why == "ficticio"));
    assert_eq!(on_desk.votes.iter().filter(|vote| vote.me).count(), 1);

    let acta = desk.acta(case).await.expect("shows");
    let disputed = acta.blocks.iter().find(|block| block.code == "commission.block.disputed");
    assert_eq!(disputed.map(|block| block.room), Some(Room::Comision));
    assert!(
        acta.blocks.iter().all(|block| block.room != Room::Acta
            || ["casework.block.no_draft", "casework.block.stale", "requirements.block.departure"]
                .contains(&block.code.as_str())),
        "attack: a block leads to the room where the person already is: {:?}",
        acta.blocks
    );
    let declarations = acta.missing.iter().find(|gap| gap.text.starts_with("declaraciones"));
    assert_eq!(declarations.map(|gap| gap.room), Some(Room::Comision));
    assert!(acta.missing.iter().any(|gap| gap.room == Room::Sesion), "place and hours");

    desk.agree(case, &cell).await.expect("agrees");
    assert!(shown().await.expect("they still differ").agreed);
    desk.undo(case).await.expect("undoes");
    assert!(!shown().await.expect("they differ").agreed);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_sign_needs_a_day_and_a_witness() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case) = (&scene.desk, scene.case.as_str());
    let members = scene.commission().await;
    let draft = |on: &str, attested_by: &str| RefusalDraft {
        member: members[1].0.to_string(),
        reasons: "No comparto la calificación".into(),
        on: on.into(),
        attested_by: attested_by.into(),
    };
    let refused = desk.refuse_to_sign(case, &draft("2024-02-01", " ")).await.expect_err("nobody attests");
    assert_eq!(refused.view().details, "commission.refusal.nobody");
    assert!(desk.refuse_to_sign(case, &draft("ayer", "Rosa Mora Luna")).await.is_err(), "no such day");
    let view = desk.refuse_to_sign(case, &draft("2024-02-01", "Rosa Mora Luna")).await.expect("records");
    assert_eq!(view.refusals[0].name, "Luis Vera Castro");
    assert_eq!(view.seats.iter().filter(|seat| seat.votes).count(), 3);
    let taken_back = RefusalDraft { reasons: String::new(), ..draft("2024-02-01", "") };
    let view = desk.refuse_to_sign(case, &taken_back).await.expect("takes it back");
    assert!(view.refusals.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_opened_is_listed_first_and_leaves_once_it_is_stated() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A.", "Dos S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, open, case) = (&scene.desk, &scene.open, scene.case.as_str());
    scene.commission().await;
    let requirement = scene.minimum().await;
    let file = FileHash::of(b"oferta");
    let page = |page: u32| Evidence {
        file,
        file_name: "oferta.pdf".into(),
        location: Location::Page { page, quads: Vec::new() },
        quote: String::new(),
        extractor: "prueba@1".into(),
        confidence: Confidence::CERTAIN,
    };
    let reason = || "ficticio".to_owned();
    let motivation =
        || Motivation { fact: reason(), evidence: reason(), norm: reason(), conclusion: reason() };
    let judgement = open.judgement().await.expect("judges");
    desk.look_at_page(open, &judgement, file, 3).await.expect("one page is shown");
    let cited = vec![page(3), page(4), page(4)];
    desk.record_decision(open, requirement, scene.bids[0], Verdict::NoCumple, motivation(), cited)
        .await
        .expect("one of the pages was seen");
    let due = desk.evidence_due(case).await.expect("lists");
    let row = due.decided.first().expect("the decision");
    assert_eq!((row.pieces, row.opened, row.mine), (2, 1, true), "each page once");
    assert_eq!(row.unopened.len(), 1);
    assert_eq!(row.unopened[0].page, Some(4), "it leads to the page that was not opened");
    assert_eq!(row.by.as_deref(), Some("Ana Muñoz Paredes"));
    assert!(
        due.proposed.iter().all(|row| row.cell != scene_cell(&due.decided[0])),
        "what is decided is not proposed any more"
    );
    desk.open_evidence(case, &row.cell, &[]).await.expect("states it");
    let due = desk.evidence_due(case).await.expect("lists");
    assert_eq!((due.decided[0].opened, due.decided[0].stated), (2, 1));
    assert!(due.decided[0].unopened.is_empty());
}

fn scene_cell(row: &crate::view::EvidenceDueRow) -> crate::view::CellAddress {
    row.cell.clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_the_second_member_reads_the_first_verdict_in_the_sample() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case) = (&scene.desk, scene.case.as_str());
    let members = scene.commission().await;
    scene.votes(members[1], scene.bids[0], Verdict::Cumple).await;
    let view = desk.samples(case).await.expect("shows");
    assert_eq!((view.drawable, view.percent_of_pack), (1, None), "the pack does not say which part");
    let view = desk.draw_sample(case, Some("100"), "Instructivo interno").await.expect("draws");
    assert_eq!(view.drawable, 0);
    let cell: &SampleCellView = &view.samples[0].cells[0];
    assert!(!cell.asked.is_empty() && !cell.mine);
    let told = serde_json::to_string(cell).expect("writes");
    assert!(!told.contains("cumple\"") && !told.contains("ficticio"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_changing_a_report_takes_its_signed_paper_away() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case) = (&scene.desk, scene.case.as_str());
    scene.commission().await;
    let paper = folder.path().join("informe.pdf");
    std::fs::write(&paper, b"firmado").expect("writes");
    let draft = |id: Option<String>, document: Option<String>, text: &str| ReportDraft {
        id,
        number: "SC-01".into(),
        date: "2024-02-01".into(),
        signed_by: vec!["Rosa Mora Luna".into()],
        document,
        points: vec![ReportPointDraft { number: 1, text: text.into(), requirement: None, bid: Some(1) }],
    };
    let first = draft(None, Some(paper.display().to_string()), "Cumple el patrimonio");
    let view = desk.record_report(case, &first).await.expect("records");
    let (id, document) = (view.reports[0].id.clone(), view.reports[0].document.clone());
    assert!(document.is_some());
    let view =
        desk.record_report(case, &draft(Some(id), None, "No consta el patrimonio")).await.expect("changes");
    assert_eq!(view.reports.len(), 1);
    assert_eq!(view.reports[0].document, document, "the paper stays");
    assert_eq!(view.reports[0].points[0].text, "No consta el patrimonio");
}
