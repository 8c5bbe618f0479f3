//! A case goes to a colleague, comes back with their verdicts, and both machines say the same.

use crate::world::{
    ANA, BID, LOT, MEMBER, OTHER_MEMBER, assert_sound, case, decide, decision, ports, ports_ahead,
    requirement,
};
use cotejo_domain::{
    ActaId, ActorId, BidFile, Code, DecisionId, FileHash, Note, NoteId, RecordId, RequirementId, Verdict,
};
use cotejo_store::{
    ActaRecord, ActaSignature, Case, DerivedKey, Direction, EventPayload, FileOwner, PackageKind, Profile,
    Stated, fingerprint,
};
use std::path::{Path, PathBuf};
use uuid::Uuid;

pub(crate) const PASSWORD: &str = "clave de ejemplo";
/// The person at the second machine, as that machine names them.
const BEA: ActorId = ActorId(Uuid::from_u128(3));

fn file(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.cotejo"))
}

async fn sent(case: &Case, author: ActorId, path: &Path, kind: PackageKind) {
    case.send(author, path, PASSWORD, kind).await.expect("sends");
}

/// The case of the first machine, received on a second one whose person took the other seat.
async fn two(folder: &Path) -> (Profile, Case, Profile, Case) {
    two_apart(folder, 0).await
}

/// As [`two`]; the second machine's clock runs ahead.
async fn two_apart(folder: &Path, seconds: i64) -> (Profile, Case, Profile, Case) {
    let (here, first) = case(&folder.join("a")).await;
    let path = file(folder, "caso");
    sent(&first, ANA, &path, PackageKind::Case).await;
    let there = Profile::open(&folder.join("b"), ports_ahead(2, seconds)).await.expect("a profile");
    let (second, _) = there.receive_case(&path, PASSWORD).await.expect("receives");
    second.take_seat(BEA, OTHER_MEMBER).await.expect("the own seat");
    (here, first, there, second)
}

fn own(number: u128, requirement: &str, verdict: Verdict) -> EventPayload {
    let mut decision = decision(number, requirement, verdict);
    decision.member = OTHER_MEMBER;
    EventPayload::Decided { decision }
}

async fn print(case: &Case) -> Vec<String> {
    vec![fingerprint(&case.this_device(BEA).public_key)]
}

#[tokio::test]
async fn a_whole_case_travels_with_its_originals_and_readings_and_what_is_sealed_stays_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first) = case(&folder.path().join("a")).await;
    let owner = FileOwner::Bid(BID);
    let open = first.import_file(ANA, owner, "oferta.pdf", "application/pdf", false, vec![7; 600_000]).await;
    let sealed =
        first.import_file(ANA, owner, "sobre.pdf", "application/pdf", true, b"precio".to_vec()).await;
    let (open, sealed): (BidFile, BidFile) = (open.expect("stored"), sealed.expect("stored"));
    let key = DerivedKey {
        input: open.hash,
        producer: "lectura".into(),
        version: "1".into(),
        parameters: "1".into(),
    };
    first.put_derived(&key, &"lo leído").await.expect("kept");
    first.index_text(open.hash, &[(1, "experiencia en mobiliario".into())]).await.expect("indexed");
    let path = file(folder.path(), "caso");
    let sent = first.send(ANA, &path, PASSWORD, PackageKind::Case).await.expect("sends");
    assert_eq!((sent.events, sent.originals), (12, 2));
    let bytes = std::fs::read(&path).expect("reads");
    for word in ["precio", "Maderas", "sobre.pdf", "lectura", "case_created"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} stands in clear");
    }

    let there = Profile::open(&folder.path().join("b"), ports(2)).await.expect("a profile");
    let wrong = there.receive_case(&path, "otra clave larga").await.expect_err("a wrong password");
    assert_eq!((wrong.code(), wrong.key()), (Code::WrongKey, "store.package_password"));
    assert!(there.list_cases().await.expect("lists").is_empty(), "nothing is left of what was refused");
    let looked = there.look_at_package(&path, PASSWORD).await.expect("looks");
    assert!(
        !looked.here && looked.manifest.name == "Sillas (EJEMPLO)" && looked.fingerprint == sent.fingerprint
    );
    let (second, received) = there.receive_case(&path, PASSWORD).await.expect("receives");
    assert_eq!((received.derived, received.fingerprint), (1, sent.fingerprint));
    assert_sound(&second, 12).await;
    assert_eq!(second.read_original(open.hash).await.expect("opens").len(), 600_000);
    assert_eq!(second.derived::<String>(&key).await.expect("reads").as_deref(), Some("lo leído"));
    assert_eq!(second.search("mobiliario", 5).await.expect("finds").len(), 1);
    let closed = second.read_original(sealed.hash).await.expect_err("its moment has not come");
    assert_eq!(closed.key(), "store.document_sealed");
    assert_eq!(
        first.compare_projections().await.expect("a"),
        second.compare_projections().await.expect("b"),
        "both machines compute the same tables"
    );
    let again = there.receive_case(&path, PASSWORD).await.expect_err("it is here");
    assert_eq!(again.key(), "store.package_case_here");

    let unsealed = EventPayload::FileUnsealed { file: sealed.hash, reason: "x".into() };
    let refused =
        second.record(BEA, unsealed.clone()).await.expect_err("nobody writes before a seat is taken");
    assert_eq!(refused.key(), "store.no_seat");
    second.take_seat(BEA, OTHER_MEMBER).await.expect("the own seat");
    let refused = second.record(BEA, unsealed).await.expect_err("attack: a colleague opens an envelope");
    assert_eq!(refused.key(), "store.not_holder");
    let refused = second.send(BEA, &path, PASSWORD, PackageKind::Case).await.expect_err("not the holder");
    assert_eq!(refused.key(), "store.only_holder_sends");
    second.close().await.expect("closes");
    assert!(there.open_case(first.id()).await.is_ok(), "the key rests wrapped by the own profile's");
}

#[tokio::test]
async fn verdicts_of_two_members_meet_and_both_machines_say_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first, _there, second) = two(folder.path()).await;
    decide(&first, 1, "R1", Verdict::Cumple).await;
    second.record(BEA, own(2, "R1", Verdict::NoCumple)).await.expect("the own verdict");
    let theirs = decision(3, "R2", Verdict::Cumple);
    let refused = second.record(BEA, EventPayload::Decided { decision: theirs }).await;
    assert_eq!(refused.expect_err("the seat of another").key(), "store.not_your_verdict");
    second.record(BEA, own(4, "R2", Verdict::Cumple)).await.expect("the own verdict");
    second
        .record(BEA, EventPayload::DecisionUndone { decision: DecisionId(Uuid::from_u128(1004)) })
        .await
        .expect("undoes");

    let path = file(folder.path(), "novedades");
    let news = second.send(BEA, &path, PASSWORD, PackageKind::News).await.expect("sends");
    assert_eq!((news.events, news.verdicts, news.originals), (5, 2, 0), "only what is new");
    let stranger =
        first.join(ANA, &path, PASSWORD, &[]).await.expect_err("attack: a device that nobody admitted");
    assert_eq!(stranger.key(), "store.join_device_unknown");
    assert!(stranger.message().contains(&print(&second).await[0]), "{}", stranger.message());
    assert_eq!(first.devices().await.expect("reads").len(), 1, "nothing was taken");
    let joined = first.join(ANA, &path, PASSWORD, &print(&second).await).await.expect("joins");
    assert_eq!((joined.new, joined.known, joined.verdicts, joined.admitted.len()), (5, 0, 2, 1));
    assert_eq!(first.decisions().await.expect("reads").len(), 2, "two members, two verdicts on one cell");
    let again = first.join(ANA, &path, PASSWORD, &[]).await.expect("the same file again");
    assert_eq!((again.new, again.known), (0, 5));
    assert_sound(&first, 17).await;

    let path = file(folder.path(), "vuelta");
    sent(&first, ANA, &path, PackageKind::News).await;
    let joined = second.join(BEA, &path, PASSWORD, &[]).await.expect("joins");
    assert_eq!((joined.new, joined.known, joined.late), (2, 5, 0), "a verdict and an admission");
    assert_sound(&second, 17).await;
    assert_eq!(
        first.compare_projections().await.expect("a"),
        second.compare_projections().await.expect("b"),
        "both machines compute the same tables"
    );
    assert!(first.conflicts().await.expect("reads").is_empty(), "different verdicts are for the commission");
    let told: Vec<Direction> =
        first.exchanges().await.expect("reads").iter().map(|one| one.direction).collect();
    assert_eq!(told, [Direction::Sent, Direction::Joined, Direction::Joined, Direction::Sent]);
    second.record(BEA, own(5, "R2", Verdict::NoCumple)).await.expect("goes on");
    let path = file(folder.path(), "mas");
    let more = second.send(BEA, &path, PASSWORD, PackageKind::News).await.expect("sends");
    assert_eq!(more.events, 1, "what whoever holds the case was seen to have is not sent again");
    assert_eq!(first.join(ANA, &path, PASSWORD, &[]).await.expect("joins").new, 1);
}

#[tokio::test]
async fn a_third_machine_believes_whoever_holds_the_case_about_the_second() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first, _there, second) = two(folder.path()).await;
    let third = EventPayload::MemberAdded {
        member: cotejo_domain::Member {
            id: cotejo_domain::MemberId(Uuid::from_u128(13)),
            actor: ActorId(Uuid::from_u128(99)),
            capacity: cotejo_domain::Capacity::ProfesionalAfin,
        },
    };
    first.record(ANA, third).await.expect("a third member");
    let whole = file(folder.path(), "caso3");
    sent(&first, ANA, &whole, PackageKind::Case).await;
    let profile = Profile::open(&folder.path().join("c"), ports(3)).await.expect("a profile");
    let (other, _) = profile.receive_case(&whole, PASSWORD).await.expect("receives");
    let carla = ActorId(Uuid::from_u128(5));
    other.take_seat(carla, cotejo_domain::MemberId(Uuid::from_u128(13))).await.expect("the own seat");

    second.record(BEA, own(2, "R1", Verdict::NoCumple)).await.expect("decides");
    let direct = file(folder.path(), "directo");
    sent(&second, BEA, &direct, PackageKind::News).await;
    let refused =
        other.join(carla, &direct, PASSWORD, &print(&second).await).await.expect_err("not by this way");
    assert_eq!(refused.key(), "store.join_device_unknown");
    first.join(ANA, &direct, PASSWORD, &print(&second).await).await.expect("joins");
    let news = file(folder.path(), "novedades");
    sent(&first, ANA, &news, PackageKind::News).await;
    let joined = other.join(carla, &news, PASSWORD, &[]).await.expect("joins");
    assert_eq!((joined.verdicts, joined.admitted.len()), (1, 1));
}

#[tokio::test]
async fn attack_a_late_file_changes_what_a_signature_sealed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first, _there, second) = two(folder.path()).await;
    // Recorded before the signature by every clock, and joined after it.
    second.record(BEA, own(2, "R1", Verdict::NoCumple)).await.expect("decides");
    let path = file(folder.path(), "tarde");
    sent(&second, BEA, &path, PackageKind::News).await;
    let id = decide(&first, 1, "R1", Verdict::Cumple).await;
    let acta = ActaRecord {
        id: ActaId(Uuid::from_u128(41)),
        kind: "calificacion".into(),
        number: None,
        sha256: FileHash::of(b"pdf"),
        content_sha256: FileHash::of(b"content"),
    };
    let states = vec![Stated::Decision { decision: id }];
    first.record(ANA, EventPayload::ActaGenerated { acta: acta.clone(), states }).await.expect("generates");
    let signature = ActaSignature {
        signer: "ANA EJEMPLO".into(),
        cedula: None,
        certificate_serial: None,
        sha256: FileHash::of(b"signed"),
        signed_at: "2026-11-02T15:00:00Z".parse().expect("a time"),
    };
    let signed = EventPayload::ActaSigned { acta: acta.id, signature };
    first.record(ANA, signed).await.expect("signs");
    let before = first.events().await.expect("reads").len();
    let refused = first.join(ANA, &path, PASSWORD, &print(&second).await).await.expect_err("sealed");
    assert_eq!(refused.code(), Code::Sealed);
    assert_eq!(first.events().await.expect("reads").len(), before, "nothing was taken");
    assert_eq!(first.decisions().await.expect("reads").len(), 1);

    let news = file(folder.path(), "firmada");
    sent(&first, ANA, &news, PackageKind::News).await;
    let joined = second.join(BEA, &news, PASSWORD, &[]).await.expect("what holds is told there");
    assert_eq!(joined.late, 1, "the own verdict cannot enter any more");
    let rectified =
        EventPayload::RectificationOpened { acta: acta.id, cause: "Un miembro no constaba".into() };
    first.record(ANA, rectified).await.expect("for a recorded cause");
    first.join(ANA, &path, PASSWORD, &print(&second).await).await.expect("now it may enter");
}

#[tokio::test]
async fn an_acta_that_was_generated_before_a_colleague_s_verdict_came_is_outdated() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first, _there, second) = two(folder.path()).await;
    second.record(BEA, own(2, "R1", Verdict::NoCumple)).await.expect("decides");
    let path = file(folder.path(), "novedades");
    sent(&second, BEA, &path, PackageKind::News).await;
    // This machine's clock ran on: whatever it does is later than what the colleague did.
    for number in 10..20 {
        decide(&first, number, "R1", Verdict::Cumple).await;
    }
    let acta = ActaRecord {
        id: ActaId(Uuid::from_u128(41)),
        kind: "calificacion".into(),
        number: None,
        sha256: FileHash::of(b"pdf"),
        content_sha256: FileHash::of(b"content"),
    };
    let id = acta.id;
    let states = vec![Stated::Outcome { lot: LOT, bid: BID }];
    first.record(ANA, EventPayload::ActaGenerated { acta, states }).await.expect("generates");
    assert!(first.acta_holds(id).await.expect("reads"));
    first.join(ANA, &path, PASSWORD, &print(&second).await).await.expect("joins");
    assert!(!first.acta_holds(id).await.expect("reads"), "its pages cannot state a verdict that came later");
}

#[tokio::test]
async fn what_two_machines_said_of_one_thing_is_told_until_a_person_settles_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first, _there, second) = two(folder.path()).await;
    let dismissal = |author, reason: &str| EventPayload::CourseRecorded {
        record: RecordId(Uuid::from_u128(reason.len() as u128 + 700)),
        act: cotejo_domain::course::CourseAct::IndicioDismissed(cotejo_domain::course::IndicioDismissal {
            indicio: "D-06-abc".into(),
            reason: reason.into(),
            author,
            at: "2026-11-02T15:00:00Z".parse().expect("a time"),
        }),
    };
    first.record(ANA, dismissal(ANA, "Comparten contador")).await.expect("dismisses");
    second.record(BEA, dismissal(BEA, "Es el mismo edificio")).await.expect("dismisses");
    let path = file(folder.path(), "novedades");
    sent(&second, BEA, &path, PackageKind::News).await;
    first.join(ANA, &path, PASSWORD, &print(&second).await).await.expect("joins");
    let conflicts = first.conflicts().await.expect("reads");
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].sides.len(), 2, "both are kept: {conflicts:?}");
    assert_eq!(conflicts[0].sides.iter().filter(|side| side.holds).count(), 1);
    first.record(ANA, dismissal(ANA, "Comparten contador y edificio")).await.expect("settles");
    assert!(first.conflicts().await.expect("reads").is_empty());
}

#[tokio::test]
async fn a_word_about_a_requirement_that_was_taken_out_meanwhile_counts_for_nothing_and_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first, _there, second) = two_apart(folder.path(), 3600).await;
    let gone = EventPayload::RequirementRemoved { requirement: RequirementId("R2".into()) };
    first.record(ANA, gone).await.expect("removes");
    // The colleague's clock is later than the removal.
    for number in 10..20 {
        second.record(BEA, own(number, "R2", Verdict::Cumple)).await.expect("decides");
    }
    let note = Note {
        id: NoteId(Uuid::from_u128(61)),
        lot: LOT,
        requirement: RequirementId("R2".into()),
        bid: BID,
        text: "Ver foja 3".into(),
        in_acta: false,
        withdrawn: false,
        author: BEA,
        at: "2026-11-02T15:00:00Z".parse().expect("a time"),
    };
    let note = EventPayload::NoteRecorded { record: RecordId(Uuid::from_u128(62)), note };
    second.record(BEA, note).await.expect("writes");
    let path = file(folder.path(), "novedades");
    sent(&second, BEA, &path, PackageKind::News).await;
    let joined = first.join(ANA, &path, PASSWORD, &print(&second).await).await.expect("joins");
    assert!(joined.outdated > 0, "{joined:?}");
    assert_eq!(first.requirements().await.expect("reads"), [requirement("R1")]);
    assert_sound(&first, 25).await;
}

#[tokio::test]
async fn attack_a_seat_that_is_held_is_taken_on_another_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_here, first, _there, second) = two(folder.path()).await;
    let whole = file(folder.path(), "caso");
    let profile = Profile::open(&folder.path().join("c"), ports(3)).await.expect("a profile");
    let (other, _) = profile.receive_case(&whole, PASSWORD).await.expect("receives");
    let carla = ActorId(Uuid::from_u128(5));
    let refused = other.take_seat(carla, MEMBER).await.expect_err("the seat of whoever holds the case");
    assert_eq!(refused.key(), "store.seat_taken");
    assert_eq!(second.take_seat(BEA, MEMBER).await.expect_err("a second seat").key(), "store.seat_had");
    // Neither machine knows of the other: the second to come is refused.
    other.take_seat(carla, OTHER_MEMBER).await.expect("free as far as is known here");
    let mut decision = decision(9, "R1", Verdict::NoCumple);
    decision.member = OTHER_MEMBER;
    other.record(carla, EventPayload::Decided { decision }).await.expect("decides");
    let (one, two) = (file(folder.path(), "uno"), file(folder.path(), "dos"));
    sent(&second, BEA, &one, PackageKind::News).await;
    sent(&other, carla, &two, PackageKind::News).await;
    first.join(ANA, &one, PASSWORD, &print(&second).await).await.expect("the first");
    let admitted = vec![fingerprint(&other.this_device(carla).public_key)];
    let refused = first.join(ANA, &two, PASSWORD, &admitted).await.expect_err("the seat is held");
    assert_eq!(refused.key(), "store.seat_taken");
    assert!(first.decisions().await.expect("reads").is_empty());
}
