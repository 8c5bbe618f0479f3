//! What a colleague who has the password, the case's key and a device of their own could put into a file. Each test is named after its attack.

use crate::contents::{EVENTS, MANIFEST, close};
use crate::event::{Event, HybridClock, SeenHead};
use crate::package::PackageWriter;
use crate::world::{ANA, BID, BRUNO, LOT, MEMBER, OTHER_MEMBER, case, decide, decision, ports};
use crate::{Case, EventPayload, FileOwner, Manifest, PackageKind, Profile, StoreError, fingerprint, log};
use cotejo_domain::{ActorId, Code, FileHash, Outcome, Verdict};
use ed25519_dalek::SigningKey;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const PASSWORD: &str = "clave de ejemplo";
const BEA: ActorId = ActorId(Uuid::from_u128(3));

/// The case, and the copy of a colleague who turns against it.
struct Scene {
    _profiles: (Profile, Profile),
    case: Case,
    colleague: Case,
    path: PathBuf,
}

async fn scene(folder: &Path) -> Scene {
    let (here, case) = case(&folder.join("a")).await;
    let path = folder.join("caso.cotejo");
    case.send(ANA, &path, PASSWORD, PackageKind::Case).await.expect("sends");
    let there = Profile::open(&folder.join("b"), ports(2)).await.expect("a profile");
    let (colleague, _) = there.receive_case(&path, PASSWORD).await.expect("receives");
    colleague.take_seat(BEA, OTHER_MEMBER).await.expect("the own seat");
    let mut own = decision(1, "R1", Verdict::Cumple);
    own.member = OTHER_MEMBER;
    colleague.record(BEA, EventPayload::Decided { decision: own }).await.expect("decides");
    Scene { _profiles: (here, there), case, colleague, path }
}

impl Scene {
    /// The colleague's own events, in order.
    async fn own(&self) -> Vec<Event> {
        let all = self.colleague.events().await.expect("reads");
        let device = self.colleague.device.id;
        all.into_iter().filter(|event| event.header().expect("a header").device_id == device).collect()
    }

    /// An event that the colleague's device signs after those, whatever the program would say to it.
    async fn forged(&self, author: ActorId, payload: &EventPayload, clock: Option<HybridClock>) -> Event {
        let own = self.own().await;
        let last = own.last().expect("some");
        let before = last.header().expect("a header");
        let mut header = before.clone();
        header.event_id = cotejo_domain::EventId(Uuid::from_u128(4242));
        header.author_id = author;
        header.seq = before.seq + 1;
        header.prev_hash = Some(last.hash);
        header.clock =
            clock.unwrap_or(HybridClock { wall: before.clock.wall, counter: before.clock.counter + 1 });
        header.kind = payload.kind().into();
        let text = crate::projection::text(payload).expect("writes");
        Event::sign(&header, text, [9; 32], &self.colleague.device.key).expect("signs")
    }

    /// Puts events into a file that `key` signs as the colleague's device.
    async fn package(
        &self,
        events: &[Event],
        key: &SigningKey,
        change: impl FnOnce(&mut Manifest),
    ) -> PathBuf {
        let mut heads: Vec<crate::ChainHead> = self.case.log_heads().await.expect("heads");
        if let Some(last) = events.last() {
            let header = last.header().expect("a header");
            heads.push(crate::ChainHead { device: header.device_id, count: header.seq, head: last.hash });
        }
        let mut manifest = Manifest {
            form: 1,
            kind: PackageKind::News,
            case: self.case.id(),
            name: "EJEMPLO".into(),
            device: self.colleague.device.id,
            actor: BEA,
            made_at: "2026-11-02T15:00:00Z".parse().expect("a time"),
            heads,
            events: events.len() as u64,
            originals: 0,
        };
        change(&mut manifest);
        let mut writer = PackageWriter::begin(&self.path, PASSWORD, [4; 32]).expect("begins");
        writer.record(MANIFEST, &serde_json::to_vec(&manifest).expect("writes")).expect("writes");
        writer.record(EVENTS, &serde_json::to_vec(events).expect("writes")).expect("writes");
        close(writer, key).expect("ends");
        self.path.clone()
    }

    async fn joined(&self, path: &Path) -> Result<u64, StoreError> {
        let print = fingerprint(&self.colleague.this_device(BEA).public_key);
        self.case.join(ANA, path, PASSWORD, &[print]).await.map(|joined| joined.new)
    }

    /// Hands the events in, and tells why they were refused; nothing may be left of them.
    async fn refused(&self, events: &[Event]) -> StoreError {
        let path = self.package(events, &self.colleague.device.key.clone(), |_| {}).await;
        let before = self.case.events().await.expect("reads").len();
        let error = self.joined(&path).await.expect_err("must be refused");
        assert_eq!(self.case.events().await.expect("reads").len(), before, "nothing was taken");
        assert!(!error.message().contains("«store."), "{}", error.message());
        error
    }
}

#[tokio::test]
async fn what_the_scene_hands_in_unchanged_is_joined() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let path = scene.package(&scene.own().await, &scene.colleague.device.key.clone(), |_| {}).await;
    assert_eq!(scene.joined(&path).await.expect("joins"), 3);
}

#[tokio::test]
async fn attack_an_act_within_is_edited_by_somebody_with_the_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let mut events = scene.own().await;
    let last = events.last_mut().expect("some");
    last.payload = last.payload.as_ref().map(|text| text.replace("\"cumple\"", "\"no_cumple\""));
    assert_eq!(scene.refused(&events).await.key(), "store.package_edited");
}

#[tokio::test]
async fn attack_an_act_within_is_signed_by_another_device() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let mut events = scene.own().await;
    let last = events.pop().expect("some");
    let (header, text) = (last.header().expect("a header"), last.payload.expect("kept"));
    let intruder = SigningKey::from_bytes(&[3; 32]);
    events.push(Event::sign(&header, text, [9; 32], &intruder).expect("signs"));
    assert_eq!(scene.refused(&events).await.key(), "store.package_forged");
}

#[tokio::test]
async fn attack_the_file_is_signed_by_another_device() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let intruder = SigningKey::from_bytes(&[3; 32]);
    let path = scene.package(&scene.own().await, &intruder, |_| {}).await;
    assert_eq!(scene.joined(&path).await.expect_err("refused").key(), "store.package_not_sender");
}

#[tokio::test]
async fn attack_an_act_in_the_middle_is_left_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let mut events = scene.own().await;
    events.remove(1);
    assert_eq!(scene.refused(&events).await.key(), "store.package_gap");
}

#[tokio::test]
async fn attack_the_last_act_is_left_out_of_what_the_file_says_it_has() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let events = scene.own().await;
    let last = events.last().expect("some").clone();
    let path = scene
        .package(&events[..2], &scene.colleague.device.key.clone(), |manifest| {
            let head = manifest.heads.last_mut().expect("some");
            (head.count, head.head) = (3, last.hash);
        })
        .await;
    assert_eq!(scene.joined(&path).await.expect_err("refused").key(), "store.package_incomplete");
}

#[tokio::test]
async fn attack_two_acts_change_places() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let mut events = scene.own().await;
    events.swap(1, 2);
    let path = scene
        .package(&events, &scene.colleague.device.key.clone(), |manifest| manifest.heads.truncate(1))
        .await;
    assert_eq!(
        scene.joined(&path).await.expect("their numbers are signed: the order of the file is nothing"),
        3
    );
    let folder = tempfile::tempdir().expect("a folder");
    let scene = self::scene(folder.path()).await;
    let mut events = scene.own().await;
    let renumbered = events[1].header.replace("\"seq\":2", "\"seq\":3");
    events[1].header = renumbered;
    events[2].header = events[2].header.replace("\"seq\":3", "\"seq\":2");
    let error = scene.refused(&events).await;
    assert!(matches!(error.key(), "store.package_gap" | "store.package_edited"), "{}", error.key());
}

#[tokio::test]
async fn attack_the_file_is_of_another_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let key = scene.colleague.device.key.clone();
    let other = cotejo_domain::CaseId(Uuid::from_u128(1));
    let path = scene.package(&scene.own().await, &key, |manifest| manifest.case = other).await;
    assert_eq!(scene.joined(&path).await.expect_err("refused").key(), "store.package_other_case");
    // The manifest says it is of this case, and its events are of another.
    let (elsewhere, second) = {
        let profile = Profile::open(&folder.path().join("c"), ports(7)).await.expect("a profile");
        let case = profile.create_case(ANA, crate::world::new_case()).await.expect("a case");
        (profile, case)
    };
    let events = second.events().await.expect("reads");
    assert_eq!(scene.refused(&events).await.key(), "store.package_other_case");
    drop(elsewhere);
}

#[tokio::test]
async fn attack_the_verdict_of_another_member_is_claimed() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let stolen = EventPayload::Decided { decision: decision(7, "R1", Verdict::NoCumple) };
    assert_eq!(
        scene.colleague.record(BEA, stolen.clone()).await.expect_err("not by the program").key(),
        "store.not_your_verdict"
    );
    let mut events = scene.own().await;
    events.push(scene.forged(BEA, &stolen, None).await);
    assert_eq!(scene.refused(&events).await.key(), "store.not_your_verdict");
    // And in the name of that member.
    for name in [ANA, BRUNO] {
        let mut events = scene.own().await;
        events.push(scene.forged(name, &stolen, None).await);
        assert_eq!(scene.refused(&events).await.key(), "store.package_foreign_author");
    }
}

#[tokio::test]
async fn attack_a_verdict_takes_the_identifier_of_another_s_with_an_earlier_clock() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    for number in 20..30 {
        decide(&scene.case, number, "R2", Verdict::Cumple).await;
    }
    // Of the last of them, whose clock is later than everything the colleague did.
    let mut own = decision(29, "R2", Verdict::NoCumple);
    own.member = OTHER_MEMBER;
    let mut events = scene.own().await;
    events.push(scene.forged(BEA, &EventPayload::Decided { decision: own }, None).await);
    assert_eq!(scene.refused(&events).await.key(), "store.join_taken");
}

#[tokio::test]
async fn attack_a_check_of_a_sample_is_recorded_for_another_member() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let check = cotejo_domain::course::SampleChecked {
        number: 1,
        decision: cotejo_domain::DecisionId(Uuid::from_u128(1001)),
        member: MEMBER,
        verdict: Some(Verdict::Cumple),
        reason: String::new(),
        author: BEA,
        at: "2026-11-02T15:00:00Z".parse().expect("a time"),
    };
    let act = cotejo_domain::course::CourseAct::SampleChecked(check);
    let act = EventPayload::CourseRecorded { record: cotejo_domain::RecordId(Uuid::from_u128(5)), act };
    let mut events = scene.own().await;
    events.push(scene.forged(BEA, &act, None).await);
    assert_eq!(scene.refused(&events).await.key(), "store.not_your_act");
}

#[tokio::test]
async fn attack_another_member_s_verdict_is_undone() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let id = decide(&scene.case, 8, "R2", Verdict::Cumple).await;
    let news = folder.path().join("novedades.cotejo");
    scene.case.send(ANA, &news, PASSWORD, PackageKind::News).await.expect("sends");
    scene.colleague.join(BEA, &news, PASSWORD, &[]).await.expect("joins");
    let mut own = decision(2, "R2", Verdict::Cumple);
    own.member = OTHER_MEMBER;
    scene.colleague.record(BEA, EventPayload::Decided { decision: own }).await.expect("sees it now");
    let mut events = scene.own().await;
    events.push(scene.forged(BEA, &EventPayload::DecisionUndone { decision: id }, None).await);
    assert_eq!(scene.refused(&events).await.key(), "store.not_your_verdict");
}

#[tokio::test]
async fn attack_an_act_of_whoever_holds_the_case_comes_from_a_colleague() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let file = scene
        .case
        .import_file(ANA, FileOwner::Bid(BID), "sobre.pdf", "application/pdf", true, b"precio".to_vec())
        .await
        .expect("stored");
    let acts = [
        EventPayload::FileUnsealed { file: file.hash, reason: "x".into() },
        EventPayload::OutcomeSet { lot: LOT, bid: BID, outcome: Outcome::Calificada },
        EventPayload::BidRemoved { bid: BID },
        EventPayload::MemberRemoved { member: MEMBER },
        EventPayload::PackFrozen {
            pack: crate::PackReference { id: "otro".into(), sha256: FileHash::of(b"otro") },
            content: None,
        },
        EventPayload::RoundOpened { round: cotejo_domain::Round(2), cause: "x".into() },
        EventPayload::DeviceAdmitted { device: scene.colleague.this_device(BEA) },
    ];
    for act in acts {
        let mut events = scene.own().await;
        events.push(scene.forged(BEA, &act, None).await);
        let error = scene.refused(&events).await;
        assert_eq!((error.key(), error.code()), ("store.join_serial", Code::Precondition), "{}", act.kind());
        assert!(error.message().contains(act.kind()), "it says which act: {}", error.message());
    }
}

#[tokio::test]
async fn attack_an_act_is_dated_before_what_its_author_had_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let mut own = decision(7, "R2", Verdict::NoCumple);
    own.member = OTHER_MEMBER;
    let act = EventPayload::Decided { decision: own };
    let mut events = scene.own().await;
    events.push(scene.forged(BEA, &act, Some(HybridClock { wall: 1, counter: 0 })).await);
    assert_eq!(scene.refused(&events).await.key(), "store.package_backdated");
    let mut events = scene.own().await;
    let far = HybridClock { wall: 4_000_000_000_000, counter: 0 };
    events.push(scene.forged(BEA, &act, Some(far)).await);
    assert_eq!(scene.refused(&events).await.key(), "store.package_ahead");
}

#[tokio::test]
async fn attack_a_device_tells_two_histories() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let path = scene.package(&scene.own().await, &scene.colleague.device.key.clone(), |_| {}).await;
    scene.joined(&path).await.expect("the first");
    let mut events = scene.own().await;
    let last = events.pop().expect("some");
    let mut other = decision(1, "R1", Verdict::NoCumple);
    other.member = OTHER_MEMBER;
    let text = crate::projection::text(&EventPayload::Decided { decision: other }).expect("writes");
    let header = last.header().expect("a header");
    events.push(Event::sign(&header, text, [9; 32], &scene.colleague.device.key).expect("signs"));
    assert_eq!(scene.refused(&events).await.key(), "store.package_other_history");
}

#[tokio::test]
async fn attack_a_file_brings_acts_of_the_very_machine_that_reads_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    // An old backup is put back: what this machine did since is only in a colleague's copy.
    decide(&scene.case, 8, "R2", Verdict::Cumple).await;
    let events = scene.case.events().await.expect("reads");
    sqlx::query("DELETE FROM events WHERE seq = 11")
        .execute(&mut *scene.case.writer().await)
        .await
        .expect("deletes");
    let heads = scene.case.log_heads().await.expect("heads");
    let path = scene
        .package(&events, &scene.case.device.key.clone(), |manifest| {
            manifest.device = scene.case.device.id;
            manifest.heads = heads;
        })
        .await;
    assert_eq!(scene.joined(&path).await.expect_err("refused").key(), "store.join_own");
}

#[tokio::test]
async fn attack_a_device_says_it_saw_what_never_was() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let mut own = decision(7, "R2", Verdict::NoCumple);
    own.member = OTHER_MEMBER;
    let honest = scene.forged(BEA, &EventPayload::Decided { decision: own }, None).await;
    for (seq, hash) in [(10, FileHash::of(b"otra historia")), (99, FileHash::of(b"nunca"))] {
        let mut header = honest.header().expect("a header");
        header.seen.insert(scene.case.device.id, SeenHead { seq, hash });
        let text = honest.payload.clone().expect("kept");
        let forged = Event::sign(&header, text, [9; 32], &scene.colleague.device.key).expect("signs");
        let mut events = scene.own().await;
        events.push(forged);
        let error = scene.refused(&events).await;
        assert!(
            matches!(error.key(), "store.package_other_history" | "store.package_gap"),
            "{}",
            error.key()
        );
    }
}

#[tokio::test]
async fn attack_a_whole_case_is_made_up_by_somebody_who_does_not_hold_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = scene(folder.path()).await;
    let events = scene.colleague.events().await.expect("reads");
    let heads = scene.colleague.log_heads().await.expect("heads");
    let manifest = Manifest {
        form: 1,
        kind: PackageKind::Case,
        case: scene.case.id(),
        name: "EJEMPLO".into(),
        device: scene.colleague.device.id,
        actor: BEA,
        made_at: "2026-11-02T15:00:00Z".parse().expect("a time"),
        heads,
        events: events.len() as u64,
        originals: 0,
    };
    let mut writer = PackageWriter::begin(&scene.path, PASSWORD, [4; 32]).expect("begins");
    writer.record(MANIFEST, &serde_json::to_vec(&manifest).expect("writes")).expect("writes");
    writer.record(crate::contents::CASE_KEY, scene.colleague.key.bytes()).expect("writes");
    writer.record(EVENTS, &serde_json::to_vec(&events).expect("writes")).expect("writes");
    close(writer, &scene.colleague.device.key).expect("ends");
    let profile = Profile::open(&folder.path().join("c"), ports(7)).await.expect("a profile");
    let error = profile.receive_case(&scene.path, PASSWORD).await.expect_err("refused");
    assert_eq!(error.key(), "store.package_not_sender");
    assert!(profile.list_cases().await.expect("lists").is_empty());
    assert_eq!(
        std::fs::read_dir(folder.path().join("c/casos")).expect("lists").count(),
        0,
        "nothing is left"
    );
    let _ = log::heads(&mut *scene.case.writer().await).await.expect("the case goes on");
}
