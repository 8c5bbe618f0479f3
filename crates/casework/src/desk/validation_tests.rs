//! Validation over real TLS against the simulator, and with no network at all.

use super::Desk;
use super::judgement::put_analysis;
use crate::SimulatorAt;
use crate::analysis::{FileAnalysis, PageNote, ReadFile};
use crate::view::{Cancellation, SourceStatus, ValidationView, Verdict};
use cotejo_domain::{
    Bid, BidId, Bidder, BidderKind, Confidence, Document, DocumentId, DocumentType, Evidence, Fact,
    FactValue, FileHash, Location, Lot, LotId, PageStatus, Pliego, ProcedureType, Process, Requirement,
    RequirementId, RequirementKind, RequirementSource, Ruc, Subject,
};
use cotejo_lector_client::Resources;
use cotejo_rules::RulePack;
use cotejo_simulators::{ACTIVE_RUC, GHOST_RUC, Simulator, Tripwire, UNKNOWN_RUC};
use cotejo_store::{EventPayload, FileOwner, MemoryKeyring, NewCase, PackReference, Ports};
use std::sync::Arc;

/// Bidders as their papers name them.
const BIDDERS: [(&str, &str); 4] = [
    (ACTIVE_RUC, "Maderas Ficticias S.A. (Ejemplo)"),
    (GHOST_RUC, "Comercial Inexistente Cía. Ltda. (Ejemplo)"),
    (UNKNOWN_RUC, "Nadie S.A."),
    (ACTIVE_RUC, "Otra Compañía Distinta S.A."),
];

struct World {
    desk: Desk,
    case: String,
    bids: Vec<BidId>,
    _folder: tempfile::TempDir,
}

fn process() -> Process {
    Process {
        code: None,
        entity: None,
        object: None,
        procedure: ProcedureType::Sie,
        budget: None,
        budget_encrypted: false,
        term: None,
        validity: None,
        started: None,
        bids_due: None,
    }
}

fn analysis(hash: FileHash, ruc: &str, name: &str) -> FileAnalysis {
    let fact = |field: &str, value: FactValue| Fact {
        document: None,
        field: field.into(),
        raw: value.canonical(),
        evidence: Evidence {
            file: hash,
            file_name: "oferta.pdf".into(),
            location: Location::Page { page: 1, quads: Vec::new() },
            quote: value.canonical(),
            extractor: "test@1".into(),
            confidence: Confidence::new(0.95),
        },
        value,
        confidence: Confidence::new(0.95),
    };
    FileAnalysis {
        hash,
        path: "oferta.pdf".into(),
        media_type: "application/pdf".into(),
        pages: vec![PageNote {
            number: 1,
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: 10,
            kind: "FUO_1_2".into(),
            confidence: 0.95,
            reading_view: false,
            look: None,
            leaf: None,
        }],
        documents: vec![Document {
            id: DocumentId(uuid::Uuid::from_u128(1)),
            file: hash,
            kind: DocumentType("FUO_1_2".into()),
            confidence: Confidence::new(0.95),
            pages: vec![1],
            blank_form: false,
        }],
        facts: vec![
            fact("ruc", FactValue::Ruc(Ruc::parse(ruc).expect("well formed"))),
            fact("nombre", FactValue::Text(name.into())),
        ],
        tables: Vec::new(),
        signatures: Vec::new(),
        properties: None,
        findings: Vec::new(),
        model: "prueba".into(),
        trace: crate::analysis::Trace::default(),
    }
}

/// A case with four bids whose papers were read; no worker is needed.
async fn world(online: bool) -> World {
    let folder = tempfile::tempdir().expect("a folder");
    let nowhere = || folder.path().join("nada");
    let resources =
        Resources { program: nowhere(), pdfium: nowhere(), tessdata: nowhere(), encoder: None, heads: None };
    let ports = Ports::system(Arc::new(MemoryKeyring::default()));
    let mut desk = Desk::open_with(&folder.path().join("datos"), ports, resources).await.expect("opens");
    desk.offline = !online;
    let pack = RulePack::for_start("2026-01-15".parse().expect("a day")).expect("a pack");
    let lot = Lot::named(LotId(desk.new_uuid()), "único");
    let lot_id = lot.id;
    let new = NewCase {
        name: "EJEMPLO".into(),
        process: process(),
        lots: vec![lot],
        pack: Some(PackReference { id: pack.id.clone(), sha256: pack.sha256.parse().expect("a hash") }),
    };
    let author = desk.actor.id;
    let case = desk.profile.create_case(author, new).await.expect("made");
    let requirement = Requirement {
        id: RequirementId("RUC".into()),
        lot: None,
        kind: RequirementKind::Minimo,
        text: "RUC del oferente".into(),
        points: None,
        subject: Subject::RucStructure,
        source: RequirementSource::ByHand,
    };
    let pliego = Pliego {
        process: process(),
        schedule: Vec::new(),
        items: Vec::new(),
        requirements: vec![requirement],
        lots: Vec::new(),
        attachments: Vec::new(),
        findings: Vec::new(),
    };
    let taken_in = EventPayload::PliegoImported { file: None, pliego: Box::new(pliego) };
    case.record(author, taken_in).await.expect("recorded");
    let mut bids = Vec::new();
    for (index, (ruc, name)) in BIDDERS.iter().enumerate() {
        let bytes = format!("oferta {index}").into_bytes();
        let bidder = Bidder {
            name: format!("carpeta-{index}"),
            ruc: None,
            kind: BidderKind::Unknown,
            members: Vec::new(),
        };
        let bid = Bid { id: BidId(desk.new_uuid()), lot: lot_id, bidder, files: Vec::new() };
        let owner = FileOwner::Bid(bid.id);
        bids.push(bid.id);
        case.record(author, EventPayload::BidAdded { bid }).await.expect("recorded");
        let imported = case.import_file(author, owner, "oferta.pdf", "application/pdf", false, bytes).await;
        let hash = imported.expect("imported").hash;
        let read = ReadFile { analysis: analysis(hash, ruc, name), pages: Vec::new() };
        put_analysis(&case, &read, None).await.expect("kept");
    }
    let id = case.id().to_string();
    desk.keep(case).await;
    World { desk, case: id, bids, _folder: folder }
}

impl World {
    async fn validate(&self, at: &SimulatorAt) -> ValidationView {
        let outcome =
            self.desk.validate_bidders(&self.case, Some(at), &|_, _| {}, &Cancellation::default()).await;
        outcome.expect("validates")
    }

    async fn ruc_cell(&self, bid: usize) -> crate::view::CellView {
        self.desk.cell(&self.case, "RUC", &self.bids[bid].to_string()).await.expect("a cell")
    }
}

fn at(simulator: &Simulator) -> SimulatorAt {
    SimulatorAt { url: simulator.url(""), authority_pem: Some(simulator.authority_pem().into()) }
}

#[tokio::test]
async fn bidders_are_validated_and_the_proposals_rest_on_the_registry() {
    let simulator = Simulator::start().await.expect("starts");
    let world = world(true).await;
    let before = world.ruc_cell(0).await.proposal.expect("proposed");
    assert_eq!(before.verdict, Verdict::Cumple);
    assert!(before.reasons.iter().any(|reason| reason.contains("no fue consultado")), "{:?}", before.reasons);

    let view = world.validate(&at(&simulator)).await;
    assert!(view.simulated, "fictional answers are marked");
    assert_eq!((view.asked, view.unanswered), (3, 0), "each number once, though two bids carry the same");
    let status = |index: usize| view.bids[index].suppliers[0].supplier.sources[0].status;
    assert_eq!(
        [status(0), status(1), status(2)],
        [SourceStatus::Answered, SourceStatus::Answered, SourceStatus::Absent]
    );
    let source = &view.bids[1].suppliers[0].supplier.sources[0];
    assert!(source.service.contains("simulador") && source.url.is_some() && source.at.is_some());
    let hash: FileHash = source.sha256.as_deref().expect("kept").parse().expect("a hash");
    let open = world.desk.opened(&world.case).await.expect("opens");
    let raw = open.case.read_original(hash).await.expect("the raw answer is kept");
    assert!(String::from_utf8_lossy(&raw).contains("SUSPENDIDO"));
    assert!(
        view.bids[0].suppliers[0].supplier.sources.iter().any(|source| source.status == SourceStatus::ByHand)
    );

    for (bid, verdict, word) in [
        (0, Verdict::Cumple, "ACTIVO"),
        (1, Verdict::Pendiente, "SUSPENDIDO"),
        (2, Verdict::Pendiente, "no tiene el RUC"),
        (3, Verdict::Pendiente, "Otra Compañía Distinta"),
    ] {
        let cell = world.ruc_cell(bid).await;
        let proposal = cell.proposal.expect("proposed");
        assert_eq!(proposal.verdict, verdict, "{bid}: {:?}", proposal.reasons);
        assert!(proposal.reasons.iter().any(|reason| reason.contains(word)), "{bid}: {:?}", proposal.reasons);
        assert!(
            cell.evidence.iter().any(|piece| piece.file_name.starts_with("https://localhost")),
            "{bid}: the answer is evidence"
        );
    }
}

#[tokio::test]
async fn a_later_silence_erases_no_answer_and_a_silent_service_is_left_alone() {
    let simulator = Simulator::start().await.expect("starts");
    let world = world(true).await;
    let here = at(&simulator);
    world.validate(&here).await;
    drop(simulator);
    let view = world.validate(&here).await;
    assert_eq!((view.asked, view.unanswered), (1, 3), "after the first silence nobody is asked");
    let sources = &view.bids[0].suppliers[0].supplier.sources;
    assert_eq!((sources[0].status, sources[1].status), (SourceStatus::Answered, SourceStatus::Unknown));
    let proposal = world.ruc_cell(1).await.proposal.expect("proposed");
    assert!(proposal.reasons.iter().any(|reason| reason.contains("SUSPENDIDO")), "the earlier answer stands");
}

#[tokio::test]
async fn offline_no_socket_is_opened() {
    let tripwire = Tripwire::new().expect("listens");
    let here = SimulatorAt { url: tripwire.url().expect("an address"), authority_pem: None };
    let world = world(false).await;
    let view = world.validate(&here).await;
    assert!(view.offline && view.asked == 0);
    let first = &view.bids[0].suppliers[0].supplier.sources[0];
    assert_eq!((first.status, first.status_text.as_str()), (SourceStatus::NotAsked, "no consultado"));

    let data = world._folder.path().join("otros");
    let settings = crate::DeskSettings { data: Some(data), offline: true };
    let processes = crate::market::PublicProcesses::open(&settings).await.expect("opens");
    let order = crate::market::SyncOrder {
        year: 2026,
        words: "sillas".into(),
        first_page: 1,
        pages: 1,
        records: true,
    };
    let refused = processes.synchronize(&order, Some(&here), &|_, _| {}, &Cancellation::default()).await;
    assert!(matches!(refused, Err(crate::CaseworkError::Net(cotejo_net::NetError::Offline))));
    let report = crate::supplier::consult(&settings, ACTIVE_RUC, Some(&here), None).await.expect("reports");
    assert!(report.sources.iter().all(|source| {
        matches!(source.status, SourceStatus::NotAsked | SourceStatus::ByHand | SourceStatus::Absent)
    }));
    assert!(tripwire.is_untouched(), "somebody connected");

    // The same questions online do touch it: the wire is no dead one.
    let settings = crate::DeskSettings { offline: false, ..settings };
    let report = crate::supplier::consult(&settings, ACTIVE_RUC, Some(&here), None);
    let touched = async {
        while tripwire.is_untouched() {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::select! {
        _ = report => panic!("the wire never answers"),
        called = tokio::time::timeout(std::time::Duration::from_secs(30), touched) => {
            assert!(called.is_ok(), "online it is called");
        }
    }
}

#[tokio::test]
async fn processes_are_synchronized_kept_and_found() {
    let simulator = Simulator::start().await.expect("starts");
    let folder = tempfile::tempdir().expect("a folder");
    let settings = crate::DeskSettings { data: Some(folder.path().to_owned()), offline: false };
    let processes = crate::market::PublicProcesses::open(&settings).await.expect("opens");
    let order = |first_page, pages| crate::market::SyncOrder {
        year: 2026,
        words: "sillas".into(),
        first_page,
        pages,
        records: false,
    };
    let here = at(&simulator);
    let run = async |first_page, pages| {
        let order = order(first_page, pages);
        let line = processes.synchronize(&order, Some(&here), &|_, _| {}, &Cancellation::default()).await;
        line.expect("synchronizes")
    };
    let first = run(1, 2).await;
    assert_eq!((first.total, first.pages_read, first.next_page), (Some(23), 2, Some(3)));
    assert_eq!((first.saved.new, first.simulated), (20, true));
    let rest = run(3, 5).await;
    assert_eq!((rest.saved.new, rest.next_page), (3, None), "everything was read");
    let words = |words: &str| cotejo_tenders::Query { words: words.into(), year: Some(2026), limit: 5 };
    let found = processes.search(&words("sillas")).await.expect("searches");
    assert_eq!((found.total, found.processes.len()), (23, 5));
    let file = folder.path().join("salida.csv");
    assert_eq!(processes.export(&words("grupo 7"), &file).await.expect("exports"), 1);
    let again = processes.import(&file).await.expect("reads its own table");
    assert_eq!((again.status, again.saved.new, again.rejected), ("partly", 0, 0), "{again:?}");
}

#[tokio::test]
async fn what_a_person_read_at_a_source_is_an_act_with_a_name_that_can_be_undone() {
    use crate::view::{SourceNoteDraft, SourceNoteView, SourceOutcomeView};
    use cotejo_domain::Code;
    const SOURCE: &str = "registries.by_hand.sercop_debarred";
    let world = world(false).await;
    let (desk, case) = (&world.desk, world.case.as_str());
    let capture = world._folder.path().join("captura.pdf");
    std::fs::write(&capture, b"%PDF-1.4 captura").expect("writes");
    let draft = SourceNoteDraft {
        ruc: ACTIVE_RUC.into(),
        source: SOURCE.into(),
        outcome: SourceOutcomeView::Adverse,
        text: "  Consta como incumplido desde 2025.  ".into(),
        consulted: Some("2020-01-15".into()),
        attach: Some(capture.display().to_string()),
    };
    let noted = |view: &ValidationView| -> Vec<Option<SourceNoteView>> {
        let of_ruc =
            view.bids.iter().flat_map(|bid| &bid.suppliers).filter(|entry| entry.supplier.ruc == ACTIVE_RUC);
        let sources = of_ruc.flat_map(|entry| &entry.supplier.sources);
        sources
            .filter(|source| source.key.as_deref() == Some(SOURCE))
            .map(|source| source.note.clone())
            .collect()
    };
    let view = desk.note_source(case, &draft).await.expect("notes");
    let notes = noted(&view);
    assert_eq!(notes.len(), 2, "two bids carry the number, and both show it");
    let note = notes[0].clone().expect("noted");
    assert_eq!(notes[0], notes[1]);
    assert_eq!(
        (note.text.as_str(), note.consulted.as_str()),
        ("Consta como incumplido desde 2025.", "2020-01-15")
    );
    assert_eq!(note.kept_name.as_deref(), Some("captura.pdf"));
    let open = desk.opened(case).await.expect("opens");
    let hash: FileHash = note.kept_sha256.as_deref().expect("kept").parse().expect("a hash");
    assert_eq!(open.case.read_original(hash).await.expect("kept as it came").as_slice(), b"%PDF-1.4 captura");

    let refused = |change: SourceNoteDraft| async move {
        desk.note_source(case, &change).await.expect_err("refused").code()
    };
    assert_eq!(refused(SourceNoteDraft { text: " ".into(), ..draft.clone() }).await, Code::Precondition);
    let ahead = SourceNoteDraft { consulted: Some("9999-01-01".into()), ..draft.clone() };
    assert_eq!(refused(ahead).await, Code::Precondition, "nobody consults tomorrow");
    let foreign = SourceNoteDraft { ruc: "1790000009001".into(), ..draft.clone() };
    assert_eq!(refused(foreign).await, Code::NotFound, "no bidder of this case");
    let elsewhere = SourceNoteDraft { source: "https://ejemplo.ec".into(), ..draft.clone() };
    assert_eq!(refused(elsewhere).await, Code::NotFound);

    let clear = SourceNoteDraft {
        outcome: SourceOutcomeView::Clear,
        text: String::new(),
        attach: None,
        consulted: None,
        ..draft
    };
    let view = desk.note_source(case, &clear).await.expect("notes anew");
    assert_eq!(noted(&view)[0].clone().map(|note| note.outcome), Some(SourceOutcomeView::Clear));
    desk.undo(case).await.expect("undoes");
    let view = desk.validation(case).await.expect("shows");
    assert_eq!(
        noted(&view)[0].clone().map(|note| note.outcome),
        Some(SourceOutcomeView::Adverse),
        "the one before"
    );
    desk.undo(case).await.expect("undoes");
    assert_eq!(noted(&desk.validation(case).await.expect("shows"))[0], None);
    desk.redo(case).await.expect("redoes");
    assert!(noted(&desk.validation(case).await.expect("shows"))[0].is_some());
    assert!(desk.rebuild(case).await.expect("rebuilds").identical);
    assert_eq!(
        desk.registry_answer(case, &hash.to_string()).await.expect_err("no answer").code(),
        Code::NotFound
    );
}
