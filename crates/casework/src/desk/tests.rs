//! Session, commission, notes and sealed documents through the desk.

use super::Desk;
use super::open_case::OpenCase;
use crate::view::{
    BodyView, CapacityView, CellAddress, CommissionDraft, ModalityView, NoteDraft, SealingOrder, SeatDraft,
    SessionDraft,
};
use cotejo_domain::{Code, Lot, LotId, ProcedureType, Process, ProcessCode};
use cotejo_lector_client::Resources;
use cotejo_store::{EventPayload, NewCase, Ports};
use std::path::Path;
use std::sync::Arc;

pub(super) async fn desk(folder: &Path) -> Option<Desk> {
    let Ok(resources) = Resources::discover() else { return None };
    let keyring = Arc::new(cotejo_store::MemoryKeyring::default());
    Some(Desk::open_with(folder, Ports::system(keyring), resources).await.expect("a desk"))
}

pub(super) async fn case_of(desk: &Desk, procedure: ProcedureType) -> (String, Arc<OpenCase>) {
    let process = Process {
        code: Some(ProcessCode::new("EJEMPLO-2026-001")),
        entity: None,
        object: Some("Estudio ficticio (EJEMPLO)".into()),
        procedure,
        budget: None,
        budget_encrypted: false,
        term: None,
        validity: None,
        started: None,
        bids_due: None,
    };
    let new = NewCase {
        name: "EJEMPLO".into(),
        process,
        lots: vec![Lot::named(LotId(desk.new_uuid()), "Lote único")],
        pack: None,
    };
    let case = desk.profile.create_case(desk.actor.id, new).await.expect("a case");
    let member = cotejo_domain::Member {
        id: cotejo_domain::MemberId(desk.new_uuid()),
        actor: desk.actor.id,
        capacity: cotejo_domain::Capacity::ServidorDesignado,
    };
    let acts =
        vec![EventPayload::ActorAdded { actor: desk.actor.clone() }, EventPayload::MemberAdded { member }];
    case.record_all(desk.actor.id, acts).await.expect("records");
    let id = case.id().to_string();
    (id, desk.keep(case).await)
}

fn seat(name: &str, capacity: CapacityView, me: bool) -> SeatDraft {
    SeatDraft {
        id: None,
        name: name.into(),
        cedula: String::new(),
        position: "Analista (EJEMPLO)".into(),
        capacity,
        gender: None,
        present: true,
        me,
        substitutes: None,
        substitution: None,
    }
}

fn commission() -> CommissionDraft {
    CommissionDraft {
        body: BodyView::ComisionTecnica,
        designation: None,
        seats: vec![
            seat("Ana Ejemplo", CapacityView::Presidente, true),
            seat("Bruno Ficticio", CapacityView::TitularAreaRequirente, false),
            seat("Carla Inventada", CapacityView::ProfesionalAfin, false),
        ],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn session_and_commission_are_recorded_undone_and_kept_in_their_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(folder.path()).await else { return println!("skipped: no worker") };
    let (case, _open) = case_of(&desk, ProcedureType::Lico).await;
    let draft = SessionDraft {
        city: "  Ciudad   de Ejemplo ".into(),
        modality: Some(ModalityView::Virtual),
        opened: Some("2026-11-20T09:00".into()),
        ..SessionDraft::default()
    };
    let session = desk.record_session(&case, &draft).await.expect("records");
    assert_eq!(session.data.city, "Ciudad de Ejemplo", "blanks are one");
    assert_eq!(session.missing.len(), 2, "place and closing hour: {:?}", session.missing);
    let bad = SessionDraft { closed: Some("2026-11-20T08:00".into()), ..draft };
    let error = desk.record_session(&case, &bad).await.expect_err("before it opened");
    assert_eq!(error.code(), Code::Precondition);

    let first = desk.record_commission(&case, &commission()).await.expect("records");
    assert!(first.quorum && first.members.len() == 3, "three with a vote: {first:?}");
    let mut again = commission();
    again.seats.swap(1, 2);
    let second = desk.record_commission(&case, &again).await.expect("records");
    let id = |view: &crate::view::CommissionView, name: &str| {
        view.data.seats.iter().find(|seat| seat.name == name).and_then(|seat| seat.id.clone())
    };
    for name in ["Ana Ejemplo", "Bruno Ficticio", "Carla Inventada"] {
        assert_eq!(id(&first, name), id(&second, name), "{name} keeps the place, whatever the order");
    }
    desk.undo(&case).await.expect("undoes the second");
    desk.undo(&case).await.expect("undoes the first");
    assert!(!desk.commission(&case).await.expect("shows").recorded);
    desk.undo(&case).await.expect("undoes the session");
    assert!(!desk.session(&case).await.expect("shows").recorded);
    assert_eq!(desk.undo(&case).await.expect_err("nothing is left").code(), Code::Precondition);
    desk.redo(&case).await.expect("redoes the session");
    assert_eq!(desk.session(&case).await.expect("shows").data.city, "Ciudad de Ejemplo");
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_envelope_of_a_consultancy_is_stored_and_neither_read_nor_found_nor_opened_before_its_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else {
        return println!("skipped: no worker");
    };
    let (case, open) = case_of(&desk, ProcedureType::Lcc).await;
    let bid = folder.path().join("Consultora Ficticia");
    std::fs::create_dir_all(&bid).expect("makes");
    std::fs::write(bid.join("Oferta tecnica.txt"), "Plan de trabajo ficticio").expect("writes");
    std::fs::write(bid.join("Oferta económica.txt"), "Precio secretísimo 12650.20").expect("writes");
    std::fs::write(bid.join("lista.txt"), "Honorarios confidenciales").expect("writes");
    let order = SealingOrder { seal: vec!["lista".into()], leave_open: Vec::new() };
    let stop = crate::view::Cancellation::default();
    let outcome = desk
        .import_bids_sealing(&case, std::slice::from_ref(&bid), &order, &|_| {}, &stop)
        .await
        .expect("imports");
    assert_eq!(outcome.files, 1, "only the technical file was read: {outcome:?}");
    let documents = desk.documents(&case).await.expect("shows");
    let files = &documents.bids[1].files;
    let sealed: Vec<_> = files.iter().filter(|file| file.sealed).collect();
    assert_eq!(sealed.len(), 2, "the envelope and what the person named: {files:?}");
    assert!(sealed.iter().all(|file| file.sealed_reason.is_some() && file.pages.is_empty()));
    for words in ["secretísimo", "honorarios"] {
        assert!(desk.search(&case, words).await.expect("searches").is_empty(), "{words} must not be found");
    }
    assert_eq!(desk.search(&case, "ficticio").await.expect("searches").len(), 1, "the rest is indexed");
    for file in &sealed {
        assert_eq!(desk.page(&case, &file.hash, 1).await.expect_err("sealed").code(), Code::Precondition);
        let image = desk.page_image(&case, &file.hash, 1, 1.0).await;
        assert_eq!(image.expect_err("sealed").code(), Code::Precondition);
        let hash = file.hash.parse().expect("a hash");
        assert!(open.case.has_original(hash), "it is stored and hashed all the same");
        let early = desk.open_sealed(&case, &file.hash, "Apertura").await.expect_err("no acta is signed");
        assert_eq!(early.code(), Code::Precondition);
        let silent = desk.open_sealed(&case, &file.hash, "  ").await.expect_err("no cause");
        assert_eq!(silent.view().details, "casework.sealed.no_cause");
    }
    // The same path again reads nothing more.
    let again = desk.import_bids(&case, &[bid], &|_| {}, &stop).await.expect("imports again");
    assert_eq!((again.bids, again.files), (0, 0), "a resumed import does not open what is sealed: {again:?}");
    let technical = files.iter().find(|file| !file.sealed).expect("the technical file");
    let kept = open.case.owners_of(technical.hash.parse().expect("a hash")).await.expect("reads");
    assert!(!kept[0].1.media_type.is_empty(), "what the worker said it is: {kept:?}");
    assert!(desk.rebuild(&case).await.expect("rebuilds").identical);
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_the_same_bytes_are_handed_in_under_a_harmless_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else {
        return println!("skipped: no worker");
    };
    let (case, _open) = case_of(&desk, ProcedureType::Consultoria).await;
    let bids = folder.path().join("ofertas");
    for (bid, name) in [("01 Alfa", "Sobre 2.txt"), ("02 Beta", "anexo.txt")] {
        std::fs::create_dir_all(bids.join(bid)).expect("makes");
        std::fs::write(bids.join(bid).join(name), "Precio ofertado 990.00").expect("writes");
    }
    let stop = crate::view::Cancellation::default();
    desk.import_bids(&case, &[bids], &|_| {}, &stop).await.expect("imports");
    let documents = desk.documents(&case).await.expect("shows");
    let open: Vec<_> =
        documents.bids[1..].iter().flat_map(|bid| &bid.files).filter(|file| !file.sealed).collect();
    assert!(open.is_empty(), "the second copy would have shown the first: {open:?}");
    assert!(desk.search(&case, "precio").await.expect("searches").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_stand_in_their_cell_and_only_their_author_changes_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some(desk) = desk(&folder.path().join("datos")).await else {
        return println!("skipped: no worker");
    };
    let (case, open) = case_of(&desk, ProcedureType::Lico).await;
    let bid = folder.path().join("Constructora Ficticia");
    std::fs::create_dir_all(&bid).expect("makes");
    std::fs::write(bid.join("carta.txt"), "Carta ficticia").expect("writes");
    let stop = crate::view::Cancellation::default();
    desk.import_bids(&case, &[bid], &|_| {}, &stop).await.expect("imports");
    let requirement = desk
        .add_requirement(
            &case,
            crate::RequirementDraft {
                kind: cotejo_domain::RequirementKind::Minimo,
                text: "Plan ficticio".into(),
                document: None,
                signed: false,
            },
        )
        .await
        .expect("adds");
    let bid = desk.open_case(&case).await.expect("opens").bids[0].id.clone();
    let cell = CellAddress { requirement: requirement.id, bid };
    let draft = |id: Option<String>, text: &str| NoteDraft {
        cell: cell.clone(),
        id,
        text: text.into(),
        in_acta: true,
    };
    let empty = desk.note(&case, &draft(None, "  ")).await.expect_err("no text");
    assert_eq!(empty.code(), Code::Precondition);
    let view = desk.note(&case, &draft(None, "Falta una foja")).await.expect("writes");
    let id = view.notes[0].id.clone();
    assert!(view.notes[0].mine && view.notes[0].in_acta);
    let content = desk.acta_content(&open, 1).await.expect("content");
    assert_eq!(content.acta.sections[0].notes[0].text, "Falta una foja", "its author wants it there");
    desk.note(&case, &NoteDraft { in_acta: false, ..draft(Some(id.clone()), "Falta una foja") })
        .await
        .expect("changes");
    let content = desk.acta_content(&open, 1).await.expect("content");
    assert!(content.acta.sections[0].notes.is_empty(), "never in the acta unless its author says so");
    let view = desk.note(&case, &draft(Some(id), "")).await.expect("takes it back");
    assert!(view.notes.is_empty());
    desk.undo(&case).await.expect("undoes the taking back");
    let matrix = desk.matrix(&case).await.expect("shows");
    assert!(matrix.groups[0].rows[0].cells[0].has_note, "it is there again");
}
