//! The life of a case: made, listed, locked, decided, undone, opened again.

use crate::world::{
    ANA, BID, BRUNO, MEMBER, assert_sound, bid, case, decide, decision, new_case, ports, process, requirement,
};
use cotejo_domain::{Code, Pliego, Requirement, RequirementSource, Verdict};
use cotejo_store::{
    DecisionState, EventPayload, FileKeyring, KeyringKind, NewCase, Ports, Profile, StoreError, SystemClock,
    SystemEntropy,
};
use std::sync::Arc;

#[tokio::test]
async fn a_case_survives_closing_and_is_listed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let id = decide(&case, 1, "R1", Verdict::Cumple).await;
    let heads = case.log_heads().await.expect("heads");
    let case_id = case.id();
    case.close().await.expect("closes");

    let listed = profile.list_cases().await.expect("lists");
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].name.as_deref(), Some("Sillas (EJEMPLO)"));
    assert_eq!(listed[0].process_code.as_deref(), Some("SIE-EJEMPLO-2026-001"));

    let case = profile.open_case(case_id).await.expect("opens");
    assert_eq!(case.log_heads().await.expect("heads"), heads, "nothing was written by looking");
    assert_eq!(case.decisions().await.expect("reads")[0].decision.id, id);
    assert_eq!(case.bids().await.expect("reads").len(), 2);
    assert_sound(&case, 11).await;
}

#[tokio::test]
async fn a_second_program_is_told_that_the_case_is_open() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let error = profile.open_case(case.id()).await.expect_err("it is open");
    assert_eq!(error.code(), Code::CaseLocked);
    assert!(!error.message().contains('«') && !error.remedy().is_empty(), "{}", error.message());
    let id = case.id();
    drop(case);
    // The worker thread of a dropped connection may still be closing; the lock itself is free at once.
    profile.open_case(id).await.expect("opens once the other is gone");
}

#[tokio::test]
async fn neither_database_nor_originals_show_what_they_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let words = "Maderas Ficticias".as_bytes();
    let hash = case.store_original(words.repeat(50)).await.expect("stores");
    let place = case.folder().to_path_buf();
    case.close().await.expect("closes");
    let mut looked_at = 0;
    let mut folders = vec![place];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).expect("readable");
            looked_at += 1;
            assert!(!bytes.windows(words.len()).any(|window| window == words), "{} shows it", path.display());
            assert!(!bytes.starts_with(b"SQLite format 3"), "{} is not encrypted", path.display());
            let name = path.to_string_lossy().replace('/', "");
            assert!(!name.contains(&hash.to_string()), "the name tells which document it is");
        }
    }
    assert!(looked_at >= 3, "database, key and original were looked at");
}

#[tokio::test]
async fn another_profile_does_not_open_the_case() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let (id, place) = (case.id(), case.folder().to_path_buf());
    case.close().await.expect("closes");
    let other = Profile::open(elsewhere.path(), ports(2)).await.expect("a profile");
    std::fs::rename(place, elsewhere.path().join("casos").join(id.to_string())).expect("moves");
    assert_eq!(other.open_case(id).await.expect_err("foreign").code(), Code::WrongKey);
    assert_eq!(other.list_cases().await.expect("lists")[0].name, None, "its name is not known here");
}

#[tokio::test]
async fn a_profile_without_its_key_says_so_and_makes_no_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let ports = || Ports {
        clock: Arc::new(SystemClock),
        entropy: Arc::new(SystemEntropy),
        keyring: Arc::new(FileKeyring::in_folder(folder.path())),
    };
    let profile = Profile::open(folder.path(), ports()).await.expect("a profile");
    assert_eq!(profile.keyring_kind(), KeyringKind::File);
    drop(profile);
    let chosen = cotejo_store::choose_keyring(folder.path()).expect("the one it was made with");
    assert_eq!(chosen.kind(), KeyringKind::File);
    std::fs::remove_file(folder.path().join("llavero.json")).expect("lost");
    let Err(error) = Profile::open(folder.path(), ports()).await else { panic!("it must not open") };
    assert_eq!(error.code(), Code::MissingHere);
    assert!(matches!(error, StoreError::Keyring { .. }));
}

#[tokio::test]
async fn undo_brings_back_the_decision_before_and_redo_takes_it_up_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let first = decide(&case, 1, "R1", Verdict::Cumple).await;
    let second = decide(&case, 2, "R1", Verdict::NoCumple).await;
    let current = async || {
        let rows = case.decisions().await.expect("reads");
        rows.iter().map(|row| row.decision.id).collect::<Vec<_>>()
    };
    assert_eq!(current().await, [second]);
    case.record(ANA, EventPayload::DecisionUndone { decision: second }).await.expect("undoes");
    assert_eq!(current().await, [first], "the one before holds again");
    case.record(ANA, EventPayload::DecisionRedone { decision: second }).await.expect("redoes");
    assert_eq!(current().await, [second]);
    case.record(ANA, EventPayload::DecisionUndone { decision: second }).await.expect("undoes");
    case.record(ANA, EventPayload::DecisionUndone { decision: first }).await.expect("undoes");
    assert!(current().await.is_empty(), "nothing is decided");

    let third = decide(&case, 3, "R1", Verdict::Cumple).await;
    let error = case
        .record(ANA, EventPayload::DecisionRedone { decision: first })
        .await
        .expect_err("a newer decision must not be overwritten");
    assert_eq!((error.code(), error.key()), (Code::Precondition, "store.decided_since"));
    assert_eq!(current().await, [third]);

    let history = case.decision_history().await.expect("reads");
    let states: Vec<_> = history.iter().map(|row| row.state).collect();
    assert_eq!(states, [DecisionState::Undone, DecisionState::Undone, DecisionState::Current], "all is kept");
    assert_sound(&case, 17).await;
}

#[tokio::test]
async fn the_event_of_a_new_verdict_names_the_one_it_replaces() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    decide(&case, 1, "R1", Verdict::Cumple).await;
    decide(&case, 2, "R1", Verdict::NoCumple).await;
    let events = case.events().await.expect("reads");
    let (before, last) = (&events[events.len() - 2], &events[events.len() - 1]);
    assert_eq!(last.header().expect("a header").supersedes, [before.hash]);
    assert!(before.header().expect("a header").supersedes.is_empty());
}

#[tokio::test]
async fn a_verdict_belongs_to_its_member() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let id = decide(&case, 1, "R1", Verdict::Cumple).await;
    let foreign = EventPayload::Decided { decision: decision(2, "R1", Verdict::NoCumple) };
    let error = case.record(BRUNO, foreign).await.expect_err("it is Ana's");
    assert_eq!(error.key(), "store.not_your_verdict");
    let undo = EventPayload::DecisionUndone { decision: id };
    assert_eq!(case.record(BRUNO, undo).await.expect_err("it is Ana's").key(), "store.not_your_verdict");
    let mut stranger = decision(3, "R1", Verdict::Cumple);
    stranger.member = cotejo_domain::MemberId(uuid::Uuid::from_u128(99));
    let error = case.record(ANA, EventPayload::Decided { decision: stranger }).await.expect_err("no member");
    assert_eq!(error.key(), "store.unknown_member");
    assert_eq!(MEMBER, case.decisions().await.expect("reads")[0].decision.member);
    assert_sound(&case, 11).await;
}

#[tokio::test]
async fn what_does_not_fit_leaves_no_trace_not_even_of_the_acts_before_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let acts = vec![
        EventPayload::RequirementAdded { requirement: requirement("R3") },
        EventPayload::BidAdded { bid: bid(BID, "Otra vez") },
    ];
    let error = case.record_all(ANA, acts).await.expect_err("the bid is there already");
    assert_eq!(error.key(), "store.bid_exists");
    assert_eq!(case.requirements().await.expect("reads").len(), 2, "R3 was not kept");
    assert_sound(&case, 10).await;
}

#[tokio::test]
async fn a_changed_requirement_marks_what_rests_on_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    decide(&case, 1, "R1", Verdict::Cumple).await;
    decide(&case, 2, "R2", Verdict::Cumple).await;
    let mut changed = requirement("R1");
    changed.text = "Según la aclaración 2".into();
    case.record(ANA, EventPayload::RequirementChanged { requirement: changed }).await.expect("changes");
    let review: Vec<_> = case.decisions().await.expect("reads").iter().map(|row| row.review).collect();
    assert_eq!(review, [true, false], "only the decision on R1 is to be looked at again");
    decide(&case, 3, "R1", Verdict::Cumple).await;
    assert!(case.decisions().await.expect("reads").iter().all(|row| !row.review), "it was looked at");
}

#[tokio::test]
async fn an_erased_case_is_gone() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let id = case.id();
    assert_eq!(profile.erase_case(id).await.expect_err("it is open").code(), Code::CaseLocked);
    case.close().await.expect("closes");
    profile.erase_case(id).await.expect("erases");
    assert!(profile.list_cases().await.expect("lists").is_empty());
    assert_eq!(profile.open_case(id).await.expect_err("gone").code(), Code::NotFound);
    let another = NewCase { name: "Otro".into(), ..new_case() };
    profile.create_case(ANA, another).await.expect("life goes on");
}

#[tokio::test]
async fn settings_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let profile = Profile::open(folder.path(), ports(1)).await.expect("a profile");
    assert_eq!(profile.setting("persona").await.expect("reads"), None);
    profile.set_setting("persona", "uno").await.expect("keeps");
    profile.set_setting("persona", "dos").await.expect("replaces");
    assert_eq!(profile.setting("persona").await.expect("reads").as_deref(), Some("dos"));
}

#[tokio::test]
async fn a_pliego_taken_in_again_marks_only_what_it_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_profile, case) = case(folder.path()).await;
    let stated = |id: &str, text: &str| Requirement {
        source: RequirementSource::page(3),
        text: text.into(),
        ..requirement(id)
    };
    let pliego = |requirements| EventPayload::PliegoImported {
        file: None,
        pliego: Box::new(Pliego {
            process: process("SIE-EJEMPLO-2026-001"),
            schedule: Vec::new(),
            items: Vec::new(),
            requirements,
            lots: Vec::new(),
            attachments: Vec::new(),
            findings: Vec::new(),
        }),
    };
    case.record(ANA, pliego(vec![stated("P1", "uno"), stated("P2", "dos")])).await.expect("takes in");
    let ids: Vec<_> = case.requirements().await.expect("reads").into_iter().map(|row| row.id.0).collect();
    assert_eq!(ids, ["R1", "R2", "P1", "P2"], "what a person typed in stays");
    decide(&case, 1, "P1", Verdict::Cumple).await;
    decide(&case, 2, "P2", Verdict::Cumple).await;
    case.record(ANA, pliego(vec![stated("P1", "uno"), stated("P2", "otro")])).await.expect("takes in");
    let review: Vec<_> = case.decisions().await.expect("reads").iter().map(|row| row.review).collect();
    assert_eq!(review, [false, true]);
    assert_sound(&case, 14).await;
}

#[tokio::test]
async fn two_programs_that_start_together_share_one_profile() {
    let folder = tempfile::tempdir().expect("a folder");
    let open = || {
        let ports = Ports::system(Arc::new(FileKeyring::in_folder(folder.path())));
        Profile::open(folder.path(), ports)
    };
    let (a, b) = tokio::join!(open(), open());
    let (a, b) = (a.expect("opens"), b.expect("opens"));
    assert_eq!(a.device(ANA), b.device(ANA), "one of them made it, the other found it");
    let case = a.create_case(ANA, new_case()).await.expect("a case");
    let id = case.id();
    case.close().await.expect("closes");
    b.open_case(id).await.expect("both have its key");
}

#[tokio::test]
async fn what_a_crash_left_unfinished_is_swept_and_what_others_make_now_is_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let (profile, case) = case(folder.path()).await;
    let originals = case.folder().join("originales").join("ab");
    std::fs::create_dir_all(&originals).expect("makes");
    std::fs::write(originals.join("cd.1-1.tmp"), b"half").expect("writes");
    let unfinished = ["dead", "alive"].map(|name| folder.path().join("casos").join(format!(".nuevo-{name}")));
    for path in &unfinished {
        std::fs::create_dir_all(path).expect("makes");
    }
    let alive = std::fs::File::create(unfinished[1].join("caso.bloqueo")).expect("makes");
    alive.lock().expect("locks");
    let id = case.id();
    case.close().await.expect("closes");
    profile.open_case(id).await.expect("opens");
    assert!(!originals.join("cd.1-1.tmp").exists(), "half an original is none");
    Profile::open(folder.path(), profile.ports().clone()).await.expect("opens");
    assert_eq!(unfinished.map(|path| path.exists()), [false, true]);
}
