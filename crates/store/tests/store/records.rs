//! Session, commission and notes: recorded as a whole, undone as a whole, sealed by the acta that states them.

use crate::world::{ANA, BID, BRUNO, LOT, MEMBER, OTHER_MEMBER, actor, assert_sound, case, decide, decision};
use cotejo_domain::{
    ActaId, Capacity, Code, Commission, EvaluatingBody, FileHash, Member, MemberId, Note, NoteId, RecordId,
    RequirementId, Seat, Session, Verdict,
};
use cotejo_store::{ActaRecord, ActaSignature, Case, EventPayload, FileOwner, Stated, Version};
use uuid::Uuid;

fn record(number: u128) -> RecordId {
    RecordId(Uuid::from_u128(5000 + number))
}

fn session(number: u128, city: &str) -> EventPayload {
    let session = Session { city: Some(city.into()), ..Session::default() };
    EventPayload::SessionRecorded { record: record(number), session }
}

fn seat(member: MemberId, person: cotejo_domain::ActorId, name: &str, capacity: Capacity) -> Seat {
    Seat {
        actor: actor(person, name),
        member: Member { id: member, actor: person, capacity },
        gender: None,
        substitutes: None,
        present: true,
    }
}

fn commission(number: u128, seats: Vec<Seat>) -> EventPayload {
    let commission = Commission { body: EvaluatingBody::ComisionTecnica, designation: None, seats };
    EventPayload::CommissionRecorded { record: record(number), commission }
}

fn note(number: u128, version: u128, text: &str, in_acta: bool) -> EventPayload {
    let note = Note {
        id: NoteId(Uuid::from_u128(7000 + number)),
        lot: LOT,
        requirement: RequirementId("R1".into()),
        bid: BID,
        author: ANA,
        text: text.into(),
        in_acta,
        withdrawn: false,
        at: "2026-11-02T15:00:00Z".parse().expect("a time"),
    };
    EventPayload::NoteRecorded { record: record(version), note }
}

async fn sign(case: &Case, states: Vec<Stated>) {
    let acta = ActaRecord {
        id: ActaId(Uuid::from_u128(41)),
        kind: "calificacion".into(),
        number: Some("001".into()),
        sha256: FileHash::of(b"pdf"),
        content_sha256: FileHash::of(b"content"),
    };
    let signature = ActaSignature {
        signer: "ANA EJEMPLO".into(),
        cedula: None,
        certificate_serial: None,
        sha256: FileHash::of(b"signed pdf"),
        signed_at: "2026-11-02T15:00:00Z".parse().expect("a time"),
    };
    let id = acta.id;
    case.record(ANA, EventPayload::ActaGenerated { acta, states }).await.expect("generates");
    case.record(ANA, EventPayload::ActaSigned { acta: id, signature }).await.expect("signs");
}

async fn city(case: &Case) -> Option<String> {
    case.session().await.expect("reads").and_then(|session| session.city)
}

#[tokio::test]
async fn a_session_is_replaced_undone_and_redone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    assert_eq!(city(&case).await, None, "nobody recorded it");
    case.record(ANA, session(1, "Loja")).await.expect("records");
    case.record(ANA, session(2, "Cuenca")).await.expect("replaces");
    assert_eq!(city(&case).await.as_deref(), Some("Cuenca"));
    let undo = |number| EventPayload::RecordUndone { record: record(number) };
    let redo = |number| EventPayload::RecordRedone { record: record(number) };
    assert_eq!(case.record(ANA, undo(1)).await.expect_err("replaced").key(), "store.not_current");
    case.record(ANA, undo(2)).await.expect("undoes");
    assert_eq!(city(&case).await.as_deref(), Some("Loja"), "the version before holds again");
    case.record(ANA, redo(2)).await.expect("redoes");
    assert_eq!(city(&case).await.as_deref(), Some("Cuenca"));
    case.record(ANA, undo(2)).await.expect("undoes again");
    case.record(ANA, session(3, "Quito")).await.expect("records");
    assert_eq!(
        case.record(ANA, redo(2)).await.expect_err("overtaken").key(),
        "store.decided_since",
        "redoing would overwrite the newer one in silence"
    );
    assert_sound(&case, 16).await;
}

#[tokio::test]
async fn a_recorded_commission_takes_the_place_of_the_members_and_keeps_who_decided() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    decide(&case, 1, "R1", Verdict::Cumple).await;
    let without_ana = vec![seat(OTHER_MEMBER, BRUNO, "Bruno Ejemplo", Capacity::Presidente)];
    let error = case.record(ANA, commission(1, without_ana)).await.expect_err("Ana decided");
    assert_eq!(error.key(), "store.member_decided", "a verdict would belong to nobody");
    let secretary = vec![seat(MEMBER, ANA, "Ana Ejemplo", Capacity::Secretario)];
    let error = case.record(ANA, commission(2, secretary)).await.expect_err("without a vote");
    assert_eq!(error.key(), "store.member_decided");
    let swapped = vec![seat(MEMBER, BRUNO, "Bruno Ejemplo", Capacity::Presidente)];
    let error = case.record(ANA, commission(3, swapped)).await.expect_err("another person");
    assert_eq!(error.key(), "store.member_decided", "her verdict would become his");

    let renamed = vec![seat(MEMBER, ANA, "Ana María Ejemplo", Capacity::Presidente)];
    case.record(ANA, commission(4, renamed)).await.expect("she keeps her place");
    assert_eq!(case.members().await.expect("reads").len(), 1, "Bruno sits no longer");
    let names: Vec<_> = case.actors().await.expect("reads").into_iter().map(|actor| actor.name).collect();
    assert!(names.contains(&"Ana María Ejemplo".to_owned()), "the commission names her better: {names:?}");
    let mut by_bruno = decision(2, "R1", Verdict::NoCumple);
    by_bruno.member = OTHER_MEMBER;
    let error = case.record(BRUNO, EventPayload::Decided { decision: by_bruno }).await.expect_err("left");
    assert_eq!(error.key(), "store.unknown_member");
    case.record(ANA, EventPayload::RecordUndone { record: record(4) }).await.expect("undoes");
    assert_eq!(case.members().await.expect("reads").len(), 2, "the members before sit again");
    assert_sound(&case, 13).await;
}

#[tokio::test]
async fn undoing_a_commission_does_not_leave_a_verdict_without_its_member() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let newcomer = MemberId(Uuid::from_u128(13));
    let seats = vec![seat(newcomer, ANA, "Ana Ejemplo", Capacity::Presidente)];
    case.record(ANA, commission(1, seats)).await.expect("records");
    let mut decided = decision(1, "R1", Verdict::Cumple);
    decided.member = newcomer;
    case.record(ANA, EventPayload::Decided { decision: decided }).await.expect("she has that place now");
    let undo = EventPayload::RecordUndone { record: record(1) };
    assert_eq!(case.record(ANA, undo).await.expect_err("decided").key(), "store.member_decided");
}

#[tokio::test]
async fn a_signed_acta_seals_session_commission_and_the_notes_it_states() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    case.record(ANA, session(1, "Loja")).await.expect("records");
    let seats = || vec![seat(MEMBER, ANA, "Ana Ejemplo", Capacity::Presidente)];
    case.record(ANA, commission(2, seats())).await.expect("records");
    case.record(ANA, note(1, 3, "Consta en la foja 12", true)).await.expect("records");
    case.record(ANA, note(2, 4, "Revisar con el área requirente", false)).await.expect("records");
    let id = decide(&case, 1, "R1", Verdict::Cumple).await;
    let stated = NoteId(Uuid::from_u128(7001));
    let states = vec![
        Stated::Decision { decision: id },
        Stated::Session,
        Stated::Commission,
        Stated::Note { note: stated },
    ];
    sign(&case, states).await;
    let refused = [
        session(10, "Cuenca"),
        commission(11, seats()),
        EventPayload::RecordUndone { record: record(1) },
        EventPayload::RecordUndone { record: record(2) },
        EventPayload::RecordUndone { record: record(3) },
        note(1, 12, "Otra cosa", false),
        note(3, 13, "Ahora sí en el acta", true),
        note(2, 14, "Ahora sí en el acta", true),
    ];
    for payload in refused {
        let what = format!("{payload:?}");
        let error = case.record(ANA, payload).await.expect_err("sealed");
        assert_eq!(error.code(), Code::Sealed, "the signed acta states it: {what}");
    }
    case.record(ANA, note(2, 15, "Revisado", false)).await.expect("it never stood in the acta");
    let acta = ActaId(Uuid::from_u128(41));
    let cause = "Ciudad equivocada".into();
    case.record(ANA, EventPayload::RectificationOpened { acta, cause }).await.expect("opens");
    case.record(ANA, session(16, "Cuenca")).await.expect("the way to rectify");
    assert_sound(&case, 20).await;
}

#[tokio::test]
async fn an_acta_whose_session_changed_since_cannot_be_signed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let acta = ActaRecord {
        id: ActaId(Uuid::from_u128(42)),
        kind: "calificacion".into(),
        number: None,
        sha256: FileHash::of(b"pdf"),
        content_sha256: FileHash::of(b"content"),
    };
    let id = acta.id;
    let generated = EventPayload::ActaGenerated { acta, states: vec![Stated::Session] };
    case.record(ANA, generated).await.expect("generates");
    assert!(case.acta_holds(id).await.expect("reads"));
    case.record(ANA, session(1, "Loja")).await.expect("records");
    assert!(!case.acta_holds(id).await.expect("reads"), "it says that no session is recorded");
}

#[tokio::test]
async fn attack_somebody_rewrites_a_note_of_another_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    case.record(ANA, note(1, 1, "Falta la firma", true)).await.expect("records");
    let error = case.record(BRUNO, note(1, 2, "No falta nada", true)).await.expect_err("not his");
    assert_eq!(error.key(), "store.not_your_note");
    let EventPayload::NoteRecorded { note: mut forged, .. } = note(1, 3, "No falta nada", true) else {
        panic!("a note")
    };
    forged.author = BRUNO;
    let forged = EventPayload::NoteRecorded { record: record(3), note: forged };
    assert_eq!(case.record(BRUNO, forged).await.expect_err("not his").key(), "store.not_your_note");
    let undo = EventPayload::RecordUndone { record: record(1) };
    assert_eq!(case.record(BRUNO, undo).await.expect_err("not his").key(), "store.not_your_note");
    let kept = case.recorded(record(1)).await.expect("reads");
    assert!(matches!(kept, Some(Version::Note(note)) if note.text == "Falta la firma"));
}

#[tokio::test]
async fn what_the_reader_says_of_a_file_is_kept_and_the_same_bytes_are_sealed_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let owner = FileOwner::Bid(BID);
    let other = FileOwner::Bid(crate::world::OTHER_BID);
    let file = case.import_file(ANA, owner, "a.pdf", "", false, b"bytes".to_vec()).await.expect("stores");
    let media_types = vec![(file.hash, "application/pdf".to_owned())];
    case.record(ANA, EventPayload::FilesDescribed { bid: BID, media_types }).await.expect("describes");
    assert_eq!(case.files(owner).await.expect("reads")[0].media_type, "application/pdf");
    case.import_file(ANA, other, "b.pdf", "", true, b"bytes".to_vec()).await.expect("stores");
    assert!(case.files(owner).await.expect("reads")[0].sealed, "the same bytes under another name");
    assert!(case.owners_of(file.hash).await.expect("reads").iter().all(|(_, file)| file.sealed));
    assert_sound(&case, 13).await;
}
