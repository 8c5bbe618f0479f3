//! The commission through the desk: what is recorded, what it changes, what it refuses.

use super::super::Desk;
use super::super::matrix::Decided;
use super::super::open_case::OpenCase;
use super::super::tests::desk;
use super::CommissionActs;
use crate::contract::PointAnswers;
use crate::view::{
    BodyView, Cancellation, CapacityView, CellAddress, CommissionDraft, DeclarationDraft,
    DeclarationKindView, DeclarationStateView, ImpedimentDraft, ImpedimentKindView, InstrumentView,
    ResolutionDraft, SeatDraft, StrengthView, TreatmentKindView, Verdict as VerdictView,
};
use cotejo_domain::course::OpeningWay;
use cotejo_domain::{
    Bid, BidId, Bidder, BidderKind, Code, Confidence, Decision, DecisionId, Evidence, FileHash, Location,
    MemberId, Motivation, RequirementId, RequirementKind, Verdict,
};
use cotejo_flags::Flag;
use cotejo_store::{ActaSignature, EventPayload};
use std::path::Path;
use std::sync::Arc;

pub(super) struct Scene {
    pub(super) desk: Desk,
    pub(super) open: Arc<OpenCase>,
    pub(super) case: String,
    pub(super) bids: Vec<BidId>,
}

/// A case of the fictional works process with bids that hold no file.
pub(super) async fn scene(folder: &Path, bidders: &[&str]) -> Option<Scene> {
    let desk = desk(&folder.join("datos")).await?;
    let sample = folder.join("muestra");
    cotejo_sample::generate(cotejo_sample::SampleProcedure::Lico, 7, &sample).expect("the sample");
    let started = Some("2024-01-10".parse().expect("a day"));
    let pliego = sample.join("pliego.ushay");
    let stop = Cancellation::default();
    let open = desk.create_case_started(&pliego, started, true, &|_| {}, &stop).await.expect("a case");
    let mut bids = Vec::new();
    for name in bidders {
        bids.push(add_bid(&desk, &open, name).await);
    }
    let case = open.case.id().to_string();
    Some(Scene { desk, open, case, bids })
}

async fn add_bid(desk: &Desk, open: &OpenCase, name: &str) -> BidId {
    let id = BidId(desk.new_uuid());
    let lot = open.case.state().await.expect("a state").lots[0].id;
    let kind = if name.contains("S.A.") { BidderKind::Juridica } else { BidderKind::Natural };
    let bidder = Bidder { name: name.into(), ruc: None, kind, members: Vec::new() };
    let bid = Bid { id, lot, bidder, files: Vec::new() };
    open.case.record(desk.actor.id, EventPayload::BidAdded { bid }).await.expect("recorded");
    open.forget().await;
    id
}

fn seat(name: &str, capacity: CapacityView, me: bool) -> SeatDraft {
    SeatDraft {
        id: None,
        name: name.into(),
        cedula: String::new(),
        position: String::new(),
        capacity,
        gender: None,
        present: true,
        me,
        substitutes: None,
        substitution: None,
    }
}

impl Scene {
    pub(super) async fn commission(&self) -> Vec<(MemberId, cotejo_domain::ActorId)> {
        let draft = CommissionDraft {
            body: BodyView::ComisionTecnica,
            designation: None,
            seats: vec![
                seat("Ana Muñoz Paredes", CapacityView::Presidente, true),
                seat("Luis Vera Castro", CapacityView::TitularAreaRequirente, false),
                seat("Rosa Mora Luna", CapacityView::ProfesionalAfin, false),
            ],
        };
        self.desk.record_commission(&self.case, &draft).await.expect("a commission");
        let commission = self.open.case.commission().await.expect("reads").expect("recorded");
        commission.seats.into_iter().map(|seat| (seat.member.id, seat.actor.id)).collect()
    }

    pub(super) async fn minimum(&self) -> RequirementId {
        let judgement = self.open.judgement().await.expect("judges");
        let minimum = judgement.requirements.iter().find(|asked| asked.kind == RequirementKind::Minimo);
        minimum.expect("a minimum").id.clone()
    }

    pub(super) async fn votes(
        &self,
        member: (MemberId, cotejo_domain::ActorId),
        bid: BidId,
        verdict: Verdict,
    ) -> DecisionId {
        let id = DecisionId(self.desk.new_uuid());
        let reason = || "ficticio".to_owned();
        let decision = Decision {
            id,
            lot: self.open.case.state().await.expect("a state").lots[0].id,
            requirement: self.minimum().await,
            bid,
            member: member.0,
            verdict,
            motivation: Motivation {
                fact: reason(),
                evidence: reason(),
                norm: reason(),
                conclusion: reason(),
            },
            evidence: Vec::new(),
            proposed: Some(verdict),
            decided_at: self.desk.now(),
        };
        self.open.case.record(member.1, EventPayload::Decided { decision }).await.expect("recorded");
        id
    }

    pub(super) async fn cell(&self, bid: BidId) -> CellAddress {
        CellAddress { requirement: self.minimum().await.to_string(), bid: bid.to_string() }
    }

    pub(super) async fn blocks(&self) -> Vec<String> {
        let view = self.desk.acta(&self.case).await.expect("shows");
        view.blocks.into_iter().map(|block| block.code).collect()
    }
}

fn answers(price: &str) -> PointAnswers {
    let answer = |value: &str| serde_json::json!({"value": value, "who": "Ana Ejemplo", "reason": "hoja 4"});
    serde_json::from_value(serde_json::json!({
        "values": { "PTO-4": { "1": answer(price), "2": answer("80000") } }
    }))
    .expect("the form of docs/rules.md")
}

fn first_price(points: &crate::contract::PointsFile) -> Option<String> {
    let line = points.portal.parameters.iter().find(|line| line.requirement == "PTO-4").expect("the price");
    line.bids.iter().find(|line| line.number == 1).and_then(|line| line.points.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_about_points_are_acts_that_are_undone_withdrawn_printed_and_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A.", "Dos S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case) = (&scene.desk, scene.case.as_str());
    let tried = desk.points(case, answers("100000")).await.expect("computes");
    assert_eq!(first_price(&tried).as_deref(), Some("44.00"));
    let nothing = desk.points(case, PointAnswers::default()).await.expect("computes");
    assert!(first_price(&nothing).is_none() && nothing.answers.is_empty(), "what was tried is not recorded");

    let recorded = desk.answer_points(case, answers("100000")).await.expect("records");
    assert_eq!(first_price(&recorded).as_deref(), Some("44.00"));
    assert_eq!(recorded.answers.len(), 2);
    let events = scene.open.case.events().await.expect("reads").len();
    desk.answer_points(case, answers("100000")).await.expect("records nothing new");
    assert_eq!(scene.open.case.events().await.expect("reads").len(), events, "the same answer is no new act");

    desk.undo(case).await.expect("undoes the answer of the second bid");
    let undone = desk.points(case, PointAnswers::default()).await.expect("computes");
    assert_eq!(undone.answers.len(), 1);
    desk.redo(case).await.expect("redoes");
    let key = recorded.answers.iter().find(|line| line.bid == Some(1)).expect("of the first").key.clone();
    let left = desk.withdraw_point_answer(case, &key).await.expect("withdraws");
    assert_eq!(left.answers.len(), 1);
    desk.answer_points(case, answers("100000")).await.expect("records again");

    let content = desk.acta_content(&scene.open, 1).await.expect("content");
    let price = content
        .acta
        .points
        .filas
        .iter()
        .find(|row| row.puntos == "44,00 (provisional)")
        .expect("the points of the acta");
    assert!(
        price.calculo.contains("80") && !price.maximo.is_empty(),
        "formula and numbers: {}",
        price.calculo
    );
    let places: Vec<&str> = content.acta.points.totales.iter().map(|row| row.puesto.as_str()).collect();
    assert_eq!(places, ["—", "—"], "nobody has a place while points are missing");
    assert_eq!(content.acta.points.conciliacion.len(), 2, "Portal beside motivated, bid by bid");
    assert!(
        content.acta.points.notas.iter().any(|note| note.contains("Ana Ejemplo") && note.contains("hoja 4"))
    );
    assert!(content.acta.not_evaluated.iter().all(|text| !text.contains("puntaje")), "no longer apart");

    let view = desk.generate_acta(case).await.expect("a draft");
    let acta = scene.open.case.actas().await.expect("reads").pop().expect("the draft").acta;
    let signature = ActaSignature {
        signer: "Ana Muñoz Paredes".into(),
        cedula: None,
        certificate_serial: None,
        sha256: acta.sha256,
        signed_at: desk.now(),
    };
    assert_eq!(view.sha256, acta.sha256.to_string());
    scene
        .open
        .case
        .record(desk.actor.id, EventPayload::ActaSigned { acta: acta.id, signature })
        .await
        .expect("signs");
    let refused = desk.answer_points(case, answers("90000")).await.expect_err("sealed");
    assert_eq!(refused.code(), Code::Sealed, "attack: an answer is changed after the signature");
    let new = serde_json::json!({"counts": {"PTO-3": {"value": false, "who": "Ana", "reason": "x"}}});
    let new: PointAnswers = serde_json::from_value(new).expect("the form");
    let refused = desk.answer_points(case, new).await.expect_err("sealed");
    assert_eq!(refused.code(), Code::Sealed, "attack: an answer that was open is given after the signature");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_indicio_is_put_aside_with_its_reason_and_taken_up_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case) = (&scene.desk, scene.case.as_str());
    let members = scene.commission().await;
    scene.votes(members[0], scene.bids[0], Verdict::Cumple).await;
    let listed = desk.indicios(case).await.expect("lists");
    let only = listed.rows.iter().find(|row| row.code == "E-01").expect("one bid, of the course");
    assert!(only.of_course && only.dismissed.is_none());
    let flags = |view: &crate::view::MatrixView| view.columns[0].flags;
    let before = flags(&desk.matrix(case).await.expect("shows"));
    let verdicts = Decided::of(&scene.open.case).await.expect("reads").by_cell.len();

    let refused = desk.dismiss_indicio(case, &only.id, "  ").await.expect_err("no reason");
    assert_eq!(refused.code(), Code::Precondition);
    assert_eq!(
        desk.dismiss_indicio(case, "E-01-no-hay", "x").await.expect_err("unknown").code(),
        Code::NotFound
    );
    let after =
        desk.dismiss_indicio(case, &only.id, "El mercado es de un solo proveedor").await.expect("dismisses");
    let row = after.rows.iter().find(|row| row.id == only.id).expect("it stays listed");
    assert_eq!(row.dismissed.as_deref(), Some("El mercado es de un solo proveedor"));
    assert_eq!(flags(&desk.matrix(case).await.expect("shows")), before - 1, "the matrix counts what stands");
    assert_eq!(
        Decided::of(&scene.open.case).await.expect("reads").by_cell.len(),
        verdicts,
        "no verdict moved"
    );
    let file = serde_json::to_value(desk.evaluation(case).await.expect("writes")).expect("JSON");
    let line = &file["bids"][0]["flags"]
        .as_array()
        .expect("flags")
        .iter()
        .find(|line| line["code"] == "E-01")
        .cloned();
    let line = line.as_ref().expect("E-01 in evaluacion.json");
    assert_eq!(line["dismissed"]["reason"], "El mercado es de un solo proveedor");

    desk.undo(case).await.expect("undoes");
    assert_eq!(flags(&desk.matrix(case).await.expect("shows")), before);
    desk.redo(case).await.expect("redoes");
    desk.take_up_indicio(case, &only.id).await.expect("takes up");
    assert_eq!(desk.indicios(case).await.expect("lists").dismissed, 0);
}

#[test]
fn an_indicio_keeps_its_name_whatever_the_words_and_the_order() {
    let piece = |page| Evidence {
        file: FileHash::of(b"oferta"),
        file_name: "oferta.pdf".into(),
        location: Location::Page { page, quads: Vec::new() },
        quote: String::new(),
        extractor: "prueba@1".into(),
        confidence: Confidence::CERTAIN,
    };
    let bid = |number| BidId(uuid::Uuid::from_u128(number));
    let flag = |bids: Vec<BidId>, evidence: Vec<Evidence>, text: &str| Flag {
        code: "D-06".into(),
        bids,
        severity: cotejo_domain::Severity::Warning,
        text: text.into(),
        remedy: String::new(),
        evidence,
    };
    let one = flag(vec![bid(1), bid(2)], vec![piece(1), piece(2)], "Comparten teléfono");
    let same = flag(vec![bid(2), bid(1)], vec![piece(2), piece(1)], "Otras palabras");
    let other = flag(vec![bid(1), bid(2)], vec![piece(1), piece(3)], "Comparten teléfono");
    let name = |flag: &Flag| super::identities(&[flag]).remove(0);
    assert_eq!(name(&one), name(&same));
    assert_ne!(name(&one), name(&other), "it rests on another page");
    let both = super::identities(&[&one, &same]);
    assert_ne!(both[0], both[1], "two that rest on the same are told apart");
    let mut turned = super::identities(&[&same, &one]);
    turned.reverse();
    assert_eq!(both, turned);
}

#[tokio::test(flavor = "multi_thread")]
async fn members_who_differ_block_the_acta_until_the_commission_agrees() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A.", "Dos S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case, bid) = (&scene.desk, scene.case.as_str(), scene.bids[0]);
    let members = scene.commission().await;
    let disputed = "commission.block.disputed".to_owned();
    scene.votes(members[0], bid, Verdict::NoCumple).await;
    assert!(!scene.blocks().await.contains(&disputed), "with one evaluator nothing changes");
    scene.votes(members[1], bid, Verdict::Cumple).await;
    assert!(scene.blocks().await.contains(&disputed));
    let refused =
        desk.agree(case, &scene.cell(bid).await).await.expect_err("this regime gives no casting vote");
    assert_eq!(refused.view().details, "commission.open.tie");
    scene.votes(members[2], bid, Verdict::Cumple).await;
    let view = desk.agree(case, &scene.cell(bid).await).await.expect("two of three");
    assert_eq!(view.cells[0].agreed, Some(VerdictView::Cumple));
    assert!(view.cells[0].votes.iter().any(|vote| vote.presides && vote.dissents), "the president dissents");
    assert!(!scene.blocks().await.contains(&disputed));
    let decided = Decided::of(&scene.open.case).await.expect("reads");
    let requirement = scene.minimum().await;
    assert_eq!(
        decided.at(&requirement, bid).map(|one| one.verdict),
        Some(Verdict::Cumple),
        "what was agreed holds"
    );

    desk.dissent(case, &scene.cell(bid).await, "El certificado no dice el monto")
        .await
        .expect("my own reasons");
    let content = desk.acta_content(&scene.open, 1).await.expect("content");
    let row =
        content.acta.sections[0].minimum.iter().find(|row| !row.decided_by.is_empty()).expect("the row");
    assert!(
        row.decided_by.contains("mayoría") && row.decided_by.contains("no dice el monto"),
        "{}",
        row.decided_by
    );

    scene.votes(members[2], bid, Verdict::NoCumple).await;
    assert!(scene.blocks().await.contains(&disputed), "attack: a verdict is changed after the agreement");
    let view = desk.agreements(case).await.expect("shows");
    assert!(view.cells[0].outdated && view.cells[0].would_be == Some(VerdictView::NoCumple));
    let other = scene.cell(scene.bids[1]).await;
    assert_eq!(desk.agree(case, &other).await.expect_err("nobody").view().details, "commission.agree.nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_a_removed_member_s_verdict_still_decides() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case, bid) = (&scene.desk, scene.case.as_str(), scene.bids[0]);
    let members = scene.commission().await;
    scene.votes(members[1], bid, Verdict::NoCumple).await;
    let draft = ImpedimentDraft {
        kind: ImpedimentKindView::Recusacion,
        member: members[1].0.to_string(),
        raised_by: "Uno S.A.".into(),
        raised_on: "2024-02-01".into(),
        ground: "Parentesco".into(),
    };
    let view = desk.raise_impediment(case, &draft).await.expect("raised");
    let requirement = scene.minimum().await;
    let holds = async || Decided::of(&scene.open.case).await.expect("reads").at(&requirement, bid).is_some();
    assert!(holds().await, "pending is not removed");
    let instrument = |date: &str| InstrumentView {
        name: "Resolución".into(),
        number: "014".into(),
        date: date.into(),
        issued_by: String::new(),
    };
    let resolved = |date: &str| ResolutionDraft {
        impediment: view.impediments[0].id.clone(),
        accepted: true,
        instrument: instrument(date),
        reason: "Consta el parentesco".into(),
    };
    let refused =
        desk.resolve_impediment(case, &resolved("2024-01-31")).await.expect_err("before it was raised");
    assert_eq!(refused.view().details, "commission.impediment.before");
    let view = desk.resolve_impediment(case, &resolved("2024-02-02")).await.expect("accepted");
    assert!(!holds().await, "the verdict of who left decides nothing");
    assert!(view.remarks.iter().any(|text| text.contains("Luis Vera Castro")), "{:?}", view.remarks);
    assert!(
        scene.blocks().await.contains(&"commission.block.impediment".to_owned()),
        "the place is still held"
    );
    assert!(view.members.iter().all(|member| member.name != "Luis Vera Castro"), "who left declares no more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_declaration_is_renewed_when_a_bidder_comes_and_nobody_declares_for_another() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Carlos Muñoz Andrade"]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case) = (&scene.desk, scene.case.as_str());
    let members = scene.commission().await;
    let view = desk.declarations(case).await.expect("shows");
    assert_eq!(view.members[0].conflict.state, DeclarationStateView::Missing);
    let draft = |member: Option<MemberId>| DeclarationDraft {
        member: member.map(|member| member.to_string()),
        kind: DeclarationKindView::ConflictOfInterest,
        novelty: String::new(),
        made_on: "2024-02-01".into(),
        document: None,
        withdrawn: false,
    };
    let view = desk.declare(case, &draft(None)).await.expect("my own");
    assert_eq!(view.members[0].conflict.state, DeclarationStateView::Clear);
    assert_eq!(view.members[0].confidentiality.state, DeclarationStateView::Missing, "each is made apart");
    let refused = desk.declare(case, &draft(Some(members[1].0))).await.expect_err("without the signed paper");
    assert_eq!(refused.view().details, "commission.declaration.of_another");
    let paper = folder.path().join("declaracion.pdf");
    std::fs::write(&paper, b"firmada").expect("writes");
    let signed =
        DeclarationDraft { document: Some(paper.display().to_string()), ..draft(Some(members[1].0)) };
    let view = desk.declare(case, &signed).await.expect("with the signed paper");
    assert_eq!(view.members[1].conflict.state, DeclarationStateView::Clear);

    let asked = view.coincidences.iter().find(|one| one.shared == ["munoz"]).expect("the surname is asked");
    assert_eq!(asked.member_name, "Ana Muñoz Paredes");

    add_bid(desk, &scene.open, "Pedro Salas Ortiz").await;
    let view = desk.declarations(case).await.expect("shows");
    assert_eq!(view.members[0].conflict.state, DeclarationStateView::ToRenew, "the list is another");
    assert_eq!(view.members[0].conflict.new.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_a_verdict_against_a_bid_without_ever_opening_its_evidence() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, open, bid) = (&scene.desk, &scene.open, scene.bids[0]);
    scene.commission().await;
    let requirement = scene.minimum().await;
    let file = FileHash::of(b"oferta");
    let cited = [Evidence {
        file,
        file_name: "oferta.pdf".into(),
        location: Location::Page { page: 3, quads: Vec::new() },
        quote: String::new(),
        extractor: "prueba@1".into(),
        confidence: Confidence::CERTAIN,
    }];
    let reason = || "ficticio".to_owned();
    let motivation =
        || Motivation { fact: reason(), evidence: reason(), norm: reason(), conclusion: reason() };
    for verdict in [Verdict::NoCumple, Verdict::AConvalidar] {
        let refused = desk
            .record_decision(open, requirement.clone(), bid, verdict, motivation(), cited.to_vec())
            .await
            .expect_err("never opened");
        assert_eq!(refused.view().details, "commission.evidence_unopened");
        assert!(refused.view().message.contains("Uno S.A."), "{}", refused.view().message);
    }
    desk.record_decision(open, requirement.clone(), bid, Verdict::Cumple, motivation(), cited.to_vec())
        .await
        .expect("nothing is held against the bid");
    let judgement = open.judgement().await.expect("judges");
    desk.look_at_page(open, &judgement, file, 3).await.expect("the page is shown");
    desk.record_decision(open, requirement, bid, Verdict::NoCumple, motivation(), cited.to_vec())
        .await
        .expect("seen now");
    let acts = CommissionActs::of(&open.case).await.expect("reads");
    assert_eq!(acts.openings.len(), 1);
    assert_eq!(acts.openings[0].pieces[0].way, OpeningWay::Shown, "recorded as shown by the program");

    let opened = open.case.course_acts().await.expect("reads");
    let undone = EventPayload::RecordUndone { record: opened[0].0 };
    let refused =
        open.case.record(desk.actor.id, undone).await.expect_err("attack: the opening is undone by hand");
    assert_eq!(refused.key(), "store.only_happened");
    desk.undo(&scene.case).await.expect("undoes the verdict");
    let acts = CommissionActs::of(&open.case).await.expect("reads");
    assert_eq!(acts.openings.len(), 1, "what happened is not undone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_is_drawn_once_and_checked_by_another_member() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A.", "Dos S.A.", "Tres S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case) = (&scene.desk, scene.case.as_str());
    let members = scene.commission().await;
    let refused =
        desk.draw_sample(case, Some("50"), "Instructivo interno").await.expect_err("nothing accepted");
    assert_eq!(refused.view().details, "commission.sample.nothing");
    for bid in &scene.bids[..2] {
        scene.votes(members[1], *bid, Verdict::Cumple).await;
    }
    let refused = desk.draw_sample(case, None, "").await.expect_err("the pack does not say which part");
    assert_eq!(refused.view().details, "commission.sample.no_percent");
    let view = desk.draw_sample(case, Some("100"), "Instructivo interno").await.expect("draws");
    assert_eq!((view.samples[0].cells.len(), view.samples[0].population), (2, 2));
    assert_eq!(view.samples[0].seed.len(), 64);
    assert!(
        view.samples[0].cells.iter().all(|cell| cell.first.is_none()),
        "who checks does not see what was said"
    );
    let refused = desk.draw_sample(case, Some("100"), "Instructivo interno").await.expect_err("once");
    assert_eq!(refused.view().details, "commission.sample.drawn_already", "attack: drawn until it pleases");
    assert!(
        desk.undo(case).await.is_err(),
        "nothing but the commission is left to undo, and verdicts hold it"
    );
    assert_eq!(desk.samples(case).await.expect("shows").samples.len(), 1, "attack: the draw is undone");

    let of = |at: usize| view.samples[0].cells[at].cell.clone();
    desk.check_sample(case, &of(0), VerdictView::Cumple, "De acuerdo").await.expect("checks");
    let view = desk.check_sample(case, &of(1), VerdictView::NoCumple, "No consta").await.expect("checks");
    let sample = &view.samples[0];
    assert_eq!((sample.checked, sample.alike, sample.agreement.as_deref()), (2, 1, Some("50.0")));
    assert!(sample.cells.iter().all(|cell| cell.first == Some(VerdictView::Cumple)));
    assert_eq!(view.proposals.accepted + view.proposals.not_proposed, 2);

    scene.votes(members[0], scene.bids[2], Verdict::Cumple).await;
    let view = desk.draw_sample(case, Some("100"), "Instructivo interno").await.expect("what is new");
    assert_eq!(view.samples[1].cells.len(), 1, "only what was accepted since");
    let mine = view.samples[1].cells[0].cell.clone();
    let refused = desk.check_sample(case, &mine, VerdictView::Cumple, "").await.expect_err("my own");
    assert_eq!(refused.view().details, "commission.sample.same_member");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_criterion_blocks_the_acta_until_it_is_answered_and_the_rehearsal_tells_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(scene) = scene(folder.path(), &["Uno S.A."]).await else {
        return println!("skipped: no worker");
    };
    let (desk, case, bid) = (&scene.desk, scene.case.as_str(), scene.bids[0]);
    scene.commission().await;
    let motivation = Motivation {
        fact: "La oferta presenta un certificado".into(),
        evidence: "No consta el monto".into(),
        norm: "Pliego".into(),
        conclusion: "No alcanza el mínimo exigido de USD 987.654,32.".into(),
    };
    desk.record_decision(&scene.open, scene.minimum().await, bid, Verdict::NoCumple, motivation, Vec::new())
        .await
        .expect("decided");
    let found = desk.treatments(case).await.expect("looks");
    assert_eq!(found.findings.len(), 1, "{:?}", found.findings);
    assert_eq!(found.findings[0].kind, TreatmentKindView::ForeignCriterion);
    let block = "commission.block.treatment".to_owned();
    assert!(scene.blocks().await.contains(&block));
    let id = found.findings[0].id.clone();
    assert_eq!(desk.answer_treatment(case, "otro", "x").await.expect_err("unknown").code(), Code::NotFound);
    desk.answer_treatment(case, &id, "El monto es el de la aclaración 2").await.expect("answers");
    assert!(!scene.blocks().await.contains(&block));

    let view = desk.rehearse(case).await.expect("rehearses");
    assert_eq!(view.charges.len(), 1);
    let objection = |code: &str| view.charges[0].objections.iter().find(|one| one.code == code);
    assert_eq!(objection("commission.claim.unequal").map(|one| one.strength), Some(StrengthView::Weak));
    assert_eq!(objection("commission.claim.evidence").map(|one| one.strength), Some(StrengthView::Open));
    assert!(objection("commission.claim.undeclared").is_some(), "nobody declared");
    assert!(
        view.charges[0].objections.windows(2).all(|pair| rank(pair[0].strength) <= rank(pair[1].strength))
    );
}

fn rank(strength: StrengthView) -> u8 {
    match strength {
        StrengthView::Open => 0,
        StrengthView::Weak => 1,
        StrengthView::Answered => 2,
    }
}
