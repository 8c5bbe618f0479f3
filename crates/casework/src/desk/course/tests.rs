//! The course of a case at the desk: recorded, undone, sealed envelopes, rounds, calendar file, report.

use crate::desk::Desk;
use crate::view::{
    Cancellation, ClaimAnswerDraft, ClaimDraft, ConstanciaDraft, CourseView, FrameDraft, InstrumentView,
    StageDateDraft, StageDraft, StageOrder, SupportDraft,
};
use cotejo_domain::ports::Clock;
use cotejo_domain::{Bid, BidId, Bidder, BidderKind, Code, Ruc};
use cotejo_lector_client::Resources;
use cotejo_store::{EventPayload, MemoryKeyring, Ports};
use std::path::Path;
use std::sync::Arc;

struct Noon;

impl Clock for Noon {
    fn now(&self) -> jiff::Timestamp {
        "2026-03-31T17:00:00Z".parse().expect("noon in Ecuador")
    }
}

async fn desk(folder: &Path) -> Option<Desk> {
    let Ok(resources) = Resources::discover() else { return None };
    let system = Ports::system(Arc::new(MemoryKeyring::default()));
    let ports = Ports { clock: Arc::new(Noon), ..system };
    Some(Desk::open_with(&folder.join("datos"), ports, resources).await.expect("a desk"))
}

const RUC: &str = "1790016919001";

async fn case(desk: &Desk, folder: &Path, started: &str) -> String {
    let sample = folder.join("muestra");
    if !sample.exists() {
        cotejo_sample::generate(cotejo_sample::SampleProcedure::Sie, 7, &sample).expect("the sample");
    }
    let stop = Cancellation::default();
    let started = Some(started.parse().expect("a day"));
    let open = desk
        .create_case_started(&sample.join("pliego.ushay"), started, true, &|_| {}, &stop)
        .await
        .expect("a case");
    let lot = open.case.state().await.expect("a state").lots[0].id;
    let bidder = Bidder {
        name: "Proveedora Uno".into(),
        ruc: Some(Ruc::parse(RUC).expect("a number")),
        kind: BidderKind::Juridica,
        members: Vec::new(),
    };
    let bid = Bid { id: BidId(desk.new_uuid()), lot, bidder, files: Vec::new() };
    open.case.record(desk.actor.id, EventPayload::BidAdded { bid }).await.expect("recorded");
    open.forget().await;
    open.case.id().to_string()
}

fn stage(stage: &str, order: StageOrder, when: &str) -> StageDraft {
    StageDraft {
        lot: None,
        stage: stage.into(),
        order,
        when: Some(when.into()),
        end: None,
        ground: None,
        cause: None,
        reason: String::new(),
        claim: None,
        rectified_by: None,
        new_round: None,
        support: SupportDraft::default(),
    }
}

async fn close(desk: &Desk, case: &str, name: &str, when: &str) -> CourseView {
    desk.move_stage(case, &stage(name, StageOrder::Close, when))
        .await
        .unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

fn current(view: &CourseView) -> Option<&str> {
    view.lots[0].current.as_deref()
}

#[tokio::test(flavor = "multi_thread")]
async fn stages_are_recorded_undone_and_kept_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let case = case(&desk, folder.path(), "2026-03-02").await;
    let view = desk.course(&case).await.expect("shows");
    assert!(view.ask.is_none() && view.verified && view.pack.starts_with("ec-2025-de193@"), "{view:?}");
    assert_eq!((current(&view), view.lots[0].round), (Some("preguntas"), 1));
    assert!(view.lots[0].confidential.is_some(), "a subasta inversa before its puja");

    let view = close(&desk, &case, "preguntas", "2026-03-05T17:00").await;
    assert!(
        current(&view) == Some("respuestas") && !view.warnings.is_empty(),
        "nothing proves it: {:?}",
        view.warnings
    );
    let skipped = desk.move_stage(&case, &stage("apertura", StageOrder::Close, "2026-03-06T10:00")).await;
    assert_eq!(skipped.err().map(|error| error.code()), Some(Code::Precondition));
    desk.undo(&case).await.expect("undoes");
    assert_eq!(current(&desk.course(&case).await.expect("shows")), Some("preguntas"), "undone");
    desk.redo(&case).await.expect("redoes");
    assert_eq!(current(&desk.course(&case).await.expect("shows")), Some("respuestas"));

    for (name, when) in [
        ("respuestas", "2026-03-10T17:00"),
        ("entrega", "2026-03-12T10:00"),
        ("apertura", "2026-03-12T11:00"),
    ] {
        close(&desk, &case, name, when).await;
    }
    let mut nobody = stage("integridad", StageOrder::Omit, "2026-03-12T12:00");
    nobody.ground = Some("sin_ofertas".into());
    let refused = desk.move_stage(&case, &nobody).await.expect_err("there is a bid").view();
    assert!(refused.message.contains("ofertas"), "{}", refused.message);
    let future = desk.move_stage(&case, &stage("integridad", StageOrder::Close, "2026-04-12T12:00")).await;
    assert_eq!(future.err().map(|error| error.code()), Some(Code::Precondition), "it has not come");

    // What was recorded is the same after a rebuild from the log.
    let before = desk.course(&case).await.expect("shows");
    desk.rebuild(&case).await.expect("rebuilds");
    assert_eq!(desk.course(&case).await.expect("shows"), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_holds_up_the_award_until_it_is_decided_and_carried_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let case = case(&desk, folder.path(), "2026-03-02").await;
    let all = [
        "preguntas",
        "respuestas",
        "entrega",
        "apertura",
        "integridad",
        "convalidacion",
        "calificacion",
        "oferta_inicial",
        "puja",
        "negociacion",
        "recomendacion",
    ];
    for (day, name) in all.iter().enumerate() {
        close(&desk, &case, name, &format!("2026-03-{:02}T10:00", 5 + day)).await;
    }
    let open = desk.course(&case).await.expect("shows");
    assert!(open.lots[0].confidential.is_none(), "the puja is over");
    let claim = ClaimDraft {
        stage: "calificacion".into(),
        claimant: "Proveedora Dos".into(),
        against: "Acta de calificación".into(),
        filed: "2026-03-16T09:00".into(),
        answer_days: Some(3),
        ..ClaimDraft::default()
    };
    let claims = desk.raise_claim(&case, &claim).await.expect("recorded");
    let id = claims[0].id.clone();
    assert!(claims[0].holds_up && claims[0].in_time == Some(true), "{:?}", claims[0]);
    assert_eq!(claims[0].answer_due.as_deref(), Some("2026-03-19"), "Tue 17, Wed 18, Thu 19");
    let mut award = stage("adjudicacion", StageOrder::Close, "2026-03-25T10:00");
    award.end = Some("adjudicado".into());
    let refused = desk.move_stage(&case, &award).await.expect_err("a claim is open").view();
    assert!(
        refused.details == "stages.claim_open" && refused.message.contains("Proveedora Dos"),
        "{refused:?}"
    );

    let answer = ClaimAnswerDraft {
        claim: id.clone(),
        result: "accepted".into(),
        back_to: Some("calificacion".into()),
        when: Some("2026-03-20T10:00".into()),
        reason: "No se analizó un documento".into(),
        ..ClaimAnswerDraft::default()
    };
    let claims = desk.answer_claim(&case, &answer).await.expect("recorded");
    assert!(claims[0].holds_up && claims[0].to_execute.is_some(), "accepted and not carried out");
    let mut back = stage("calificacion", StageOrder::Return, "2026-03-20T11:00");
    (back.cause, back.reason, back.claim) = (Some("reclamo".into()), "Reclamo aceptado".into(), Some(id));
    let view = desk.move_stage(&case, &back).await.expect("goes back");
    assert_eq!((current(&view), view.lots[0].round), (Some("calificacion"), 2));
    assert!(view.lots[0].confidential.is_some(), "a puja is to come again");
    assert!(!desk.claims(&case).await.expect("lists")[0].holds_up, "carried out");
    let report = desk.compliance(&case).await.expect("reports");
    assert!(
        report.lines.iter().any(|line| line.topic == "reclamo" && line.status == "not_kept"),
        "answered a day late"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn deadlines_have_their_working_and_go_to_a_calendar() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let case = case(&desk, folder.path(), "2026-03-02").await;
    let stated = |stage: &str, due: &str| StageDateDraft {
        lot: None,
        stage: stage.into(),
        due: due.into(),
        reason: "Cronograma reformado en el Portal".into(),
        support: SupportDraft::default(),
    };
    desk.set_stage_date(&case, &stated("preguntas", "2026-03-03T17:00")).await.expect("stated");
    let view = desk.set_stage_date(&case, &stated("puja", "2026-04-07T10:45")).await.expect("stated");
    let found = |name: &str| view.stages.iter().find(|stage| stage.stage == name).expect("a stage");
    assert_eq!(
        (found("puja").due.as_deref(), found("puja").state.as_str()),
        (Some("2026-04-07T10:45"), "upcoming")
    );
    assert_eq!(found("preguntas").state, "overdue", "it passed and nothing was recorded");
    assert!(found("preguntas").remarks.iter().any(|remark| remark.contains("más corto")), "one working day");
    let term = &found("preguntas").terms[0];
    assert!(
        term.unverified && term.working_earliest.len() >= 2 && term.working_earliest[0].number == Some(1)
    );
    let canton = FrameDraft { canton: Some("Cuenca".into()), ..FrameDraft::default() };
    desk.frame_course(&case, &canton).await.expect("stated");
    let text = desk.deadlines_calendar(&case, 30).await.expect("written");
    assert!(text.contains("UID:etapa-puja-") && text.contains("DTSTART:20260407T154500Z"), "{text}");
    assert!(
        text.contains("DTSTAMP:20260331T170000Z") && !text.contains("etapa-preguntas"),
        "what passed is no appointment"
    );
    let view = desk.deadlines(&case, 30).await.expect("shows");
    assert_eq!(view.canton.as_deref(), Some("Cuenca"));
}

#[tokio::test(flavor = "multi_thread")]
async fn constancias_make_lines_of_the_report_and_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let case = case(&desk, folder.path(), "2026-03-02").await;
    for (name, when) in [
        ("preguntas", "2026-03-05T17:00"),
        ("respuestas", "2026-03-10T17:00"),
        ("entrega", "2026-03-12T10:00"),
    ] {
        close(&desk, &case, name, when).await;
    }
    let capture = folder.path().join("captura.png");
    std::fs::write(&capture, b"captura del Portal").expect("writes");
    let mut opening = stage("apertura", StageOrder::Close, "2026-03-12T11:00");
    opening.support.instrument = Some(InstrumentView {
        name: "Acta de apertura".into(),
        number: "002".into(),
        date: "2026-03-12".into(),
        issued_by: String::new(),
    });
    let view = desk.move_stage(&case, &opening).await.expect("closed");
    assert!(view.warnings.is_empty(), "an instrument does it");
    let rup = ConstanciaDraft {
        kind: "rup".into(),
        moment: "apertura".into(),
        ruc: RUC.into(),
        status: "habilitado".into(),
        when: Some("2026-03-12T11:05".into()),
        by: "Secretaria".into(),
        support: SupportDraft { attach: Some(capture.display().to_string()), ..SupportDraft::default() },
        ..ConstanciaDraft::default()
    };
    let said = desk.record_constancia(&case, &rup).await.expect("recorded");
    assert!(said[0].support.file_sha256.is_some() && said[0].stage == "apertura", "{:?}", said[0]);
    let published = ConstanciaDraft {
        kind: "publication".into(),
        stage: "respuestas".into(),
        when: Some("2026-03-10T18:00".into()),
        ..ConstanciaDraft::default()
    };
    desk.record_constancia(&case, &published).await.expect("recorded");
    let status = |view: &crate::view::ComplianceView, topic: &str, stage: &str| {
        let found = view.lines.iter().find(|line| line.topic == topic && line.stage == stage);
        found.map(|line| line.status.clone())
    };
    let report = desk.compliance(&case).await.expect("reports");
    assert_eq!(status(&report, "publicacion", "respuestas").as_deref(), Some("kept"));
    assert_eq!(status(&report, "publicacion", "apertura").as_deref(), Some("not_recorded"));
    // No paper told the bidder's number: its own line stays open, and the consultation stands beside it.
    let rup_of = |view: &crate::view::ComplianceView, whom: &str| {
        let of_it = |line: &&crate::view::ComplianceLineView| line.topic == "rup" && line.what.contains(whom);
        view.lines.iter().find(of_it).cloned()
    };
    let open = rup_of(&report, "Proveedora Uno").expect("a line");
    assert_eq!(open.status, "not_recorded");
    let line = rup_of(&report, RUC).expect("a line");
    assert!(line.status == "kept" && line.legal_basis == ["RGL 26"], "{line:?}");
    assert!(line.rests.iter().any(|rest| rest.kind == "file"), "{line:?}");
    let taken =
        ConstanciaDraft { id: Some(said[0].id.clone()), withdrawn: true, ..ConstanciaDraft::default() };
    desk.record_constancia(&case, &taken).await.expect("taken back");
    let report = desk.compliance(&case).await.expect("reports");
    assert!(rup_of(&report, RUC).is_none(), "taken back");
    let bad = ConstanciaDraft { ruc: "123".into(), ..rup };
    assert!(desk.record_constancia(&case, &bad).await.is_err(), "no number");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_case_before_the_reform_asks_what_its_regime_does_not_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let old = case(&desk, folder.path(), "2024-08-23").await;
    let new = case(&desk, folder.path(), "2026-03-02").await;
    let award = |view: crate::view::DeadlinesView| {
        view.stages.into_iter().find(|stage| stage.stage == "adjudicacion").expect("a stage").terms[0]
            .state
            .clone()
    };
    assert_eq!(award(desk.deadlines(&old, 15).await.expect("shows")), "ask");
    assert_ne!(award(desk.deadlines(&new, 15).await.expect("shows")), "ask", "RGL 111");
    let view = desk.course(&old).await.expect("shows");
    assert!(
        !view.verified && view.remarks.iter().any(|remark| remark.contains("verificado")),
        "{:?}",
        view.remarks
    );
    let own = FrameDraft {
        stages: Some(vec!["entrega".into(), "apertura".into(), "calificacion".into(), "adjudicacion".into()]),
        stages_source: "Pliego, 2.3".into(),
        ..FrameDraft::default()
    };
    let view = desk.frame_course(&old, &own).await.expect("stated");
    assert_eq!((view.lots[0].stages.len(), view.source.as_str()), (4, "Pliego, 2.3"));
    let twice = FrameDraft {
        stages: Some(vec!["puja".into(), "puja".into()]),
        stages_source: "x".into(),
        ..FrameDraft::default()
    };
    assert!(desk.frame_course(&old, &twice).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_blocks_the_next_step_is_said_with_the_room_that_resolves_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let case = case(&desk, folder.path(), "2026-03-02").await;
    let view = desk.course(&case).await.expect("shows");
    let lot = &view.lots[0];
    assert_eq!(lot.confidential_until.as_deref(), Some("Puja"), "the stage that frees it");
    let opens = |view: &CourseView, order: StageOrder| {
        view.lots[0].acts.iter().filter(|act| act.order == order).cloned().collect::<Vec<_>>()
    };
    assert!(opens(&view, StageOrder::Open)[0].blocked.is_none(), "nothing stands before the questions");
    let all = ["preguntas", "respuestas", "entrega", "apertura"];
    for (day, name) in all.iter().enumerate() {
        close(&desk, &case, name, &format!("2026-03-{:02}T10:00", 5 + day)).await;
    }
    let view = desk.course(&case).await.expect("shows");
    let none = opens(&view, StageOrder::Omit);
    let nobody = none.iter().find(|act| act.ground.as_deref() == Some("sin_ofertas")).expect("a ground");
    assert!(nobody.blocked.is_some(), "there is a bid");
    assert_eq!(nobody.room, Some(crate::view::Room::Documentos));
    let rest = [
        "integridad",
        "convalidacion",
        "calificacion",
        "oferta_inicial",
        "puja",
        "negociacion",
        "recomendacion",
    ];
    for (day, name) in rest.iter().enumerate() {
        close(&desk, &case, name, &format!("2026-03-{:02}T10:00", 9 + day)).await;
    }
    let claim = ClaimDraft {
        stage: "calificacion".into(),
        claimant: "Proveedora Dos".into(),
        against: "Acta de calificación".into(),
        filed: "2026-03-16T09:00".into(),
        ..ClaimDraft::default()
    };
    desk.raise_claim(&case, &claim).await.expect("recorded");
    let view = desk.course(&case).await.expect("shows");
    let ends = opens(&view, StageOrder::Close);
    let award = ends.iter().find(|act| act.end.as_deref() == Some("adjudicado")).expect("an end");
    assert!(award.blocked.as_ref().is_some_and(|why| why.contains("Proveedora Dos")), "{award:?}");
    assert_eq!(award.room, Some(crate::view::Room::Etapas));
    let nothing = ends.iter().find(|act| act.end.as_deref() == Some("desierto")).expect("an end");
    assert!(nothing.blocked.is_none(), "what declares a lot desierto awards nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cover_shows_the_recorded_course_and_the_days_of_termino_left() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let case = case(&desk, folder.path(), "2026-03-02").await;
    let cover = desk.open_case(&case).await.expect("opens");
    assert!(cover.time_left.is_none() && cover.stages.iter().all(|stage| stage.stage.is_none()));
    close(&desk, &case, "preguntas", "2026-03-26T10:00").await;
    let dated = StageDateDraft {
        lot: None,
        stage: "respuestas".into(),
        // Friday the 3rd of April 2026 is Viernes Santo.
        due: "2026-04-06T17:00".into(),
        reason: "Cronograma reformado".into(),
        support: SupportDraft::default(),
    };
    desk.set_stage_date(&case, &dated).await.expect("stated");
    let cover = desk.open_case(&case).await.expect("opens");
    let of = |key: &str| cover.stages.iter().find(|stage| stage.stage.as_deref() == Some(key)).cloned();
    let (asked, answered) = (of("preguntas").expect("a stage"), of("respuestas").expect("a stage"));
    assert_eq!((asked.state, asked.at.as_deref()), (crate::view::StageState::Done, Some("2026-03-26T10:00")));
    assert_eq!(answered.state, crate::view::StageState::Now);
    let left = cover.time_left.expect("it is dated");
    assert_eq!((left.stage.as_str(), left.overdue, left.today), ("respuestas", false, true));
    assert_eq!(left.days, 3, "Wed 1, Thu 2, Mon 6; not Viernes Santo nor the weekend: {left:?}");
    assert_eq!(left.passed, 2, "Fri 27, Mon 30");
    desk.undo(&case).await.expect("undoes the date");
    desk.undo(&case).await.expect("undoes the end");
    let cover = desk.open_case(&case).await.expect("opens");
    assert!(cover.time_left.is_none() && cover.stages.iter().all(|stage| stage.stage.is_none()), "undone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_file_is_copied_out_and_nothing_else_leaves_the_case_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let case = case(&desk, folder.path(), "2026-03-02").await;
    let capture = folder.path().join("captura.png");
    std::fs::write(&capture, b"captura del Portal").expect("writes");
    let mut asked = stage("preguntas", StageOrder::Close, "2026-03-05T17:00");
    asked.support.attach = Some(capture.display().to_string());
    let view = desk.move_stage(&case, &asked).await.expect("closed");
    let hash = view.lots[0].history[0].support.file_sha256.clone().expect("kept");
    let copy = folder.path().join("copia.png");
    desk.copy_kept_file(&case, &hash, &copy).await.expect("copied");
    assert_eq!(std::fs::read(&copy).expect("reads"), b"captura del Portal");
    let pliego = desk.deadlines(&case, 15).await.expect("shows").pliego_file.expect("a pliego");
    let refused = desk.copy_kept_file(&case, &pliego, &folder.path().join("otra")).await;
    assert_eq!(refused.err().map(|error| error.code()), Some(Code::NotFound), "no act rests on the pliego");
}
