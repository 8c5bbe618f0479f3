//! The program is killed while it records or imports: whatever it said was recorded is there, and nothing is half there.
//!
//! The test starts itself as a child that works until it is killed. Ten times; fifty with `COTEJO_FULL=1`.

use crate::world::{ANA, BID, beginning, decision, new_case};
use cotejo_domain::{CaseId, Code, FileHash, Verdict};
use cotejo_store::{EventPayload, FileKeyring, FileOwner, Ports, Profile};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

const FOLDER: &str = "COTEJO_STORE_KILL_FOLDER";
const CASE: &str = "COTEJO_STORE_KILL_CASE";

fn ports(folder: &Path) -> Ports {
    Ports::system(Arc::new(FileKeyring::in_folder(folder)))
}

/// Not a test by itself: the child of the one below. It decides and imports by turns, and says how many events are safe.
#[tokio::test]
async fn child_that_works_until_it_is_killed() {
    let (Ok(folder), Ok(case)) = (std::env::var(FOLDER), std::env::var(CASE)) else { return };
    let folder = Path::new(&folder);
    let profile = Profile::open(folder, ports(folder)).await.expect("a profile");
    let case =
        profile.open_case(case.parse::<CaseId>().expect("an id")).await.expect("the last one's lock is free");
    let begin = uuid::Uuid::now_v7().as_u128() >> 40;
    for turn in 0.. {
        let number = begin.wrapping_mul(1_000_000) + turn;
        let verdict = if turn % 2 == 0 { Verdict::Cumple } else { Verdict::NoCumple };
        let recorded = if turn % 3 == 2 {
            let bytes = format!("archivo {number}").into_bytes().repeat(2000);
            let path = format!("{number}.pdf");
            case.import_file(ANA, FileOwner::Bid(BID), &path, "application/pdf", false, bytes)
                .await
                .expect("imports");
            case.log_heads().await.expect("heads")[0].count
        } else {
            let decision = decision(number, "R1", verdict);
            case.record(ANA, EventPayload::Decided { decision }).await.expect("records").seq
        };
        println!("safe {recorded}");
    }
}

#[tokio::test]
async fn killed_at_any_moment_the_case_is_whole() {
    let times = if std::env::var("COTEJO_FULL").is_ok_and(|value| value == "1") { 50 } else { 10 };
    let folder = tempfile::tempdir().expect("a folder");
    let id = {
        let profile = Profile::open(folder.path(), ports(folder.path())).await.expect("a profile");
        let case = profile.create_case(ANA, new_case()).await.expect("a case");
        case.record_all(ANA, beginning()).await.expect("fits");
        let id = case.id();
        case.close().await.expect("closes");
        id
    };
    let mut before = 10;
    let mut state: u64 = 20261122; // seeded, so that a failure can be repeated
    for round in 0..times {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let wait = Duration::from_millis(5 + (state >> 33) % 150);
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "kill::child_that_works_until_it_is_killed", "--nocapture"])
            .env(FOLDER, folder.path())
            .env(CASE, id.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let mut safe = before;
        let mut first: Option<Instant> = None;
        // Kill a seeded while after the first act, in the middle of whatever comes then.
        while first.is_none_or(|first| first.elapsed() < wait) {
            let Some(Ok(line)) = lines.next() else { break };
            if let Some(count) = line.trim().rsplit("safe ").next().and_then(|count| count.parse().ok()) {
                safe = safe.max(count);
                first.get_or_insert_with(Instant::now);
            }
        }
        if round == 0 {
            let profile =
                Profile::open(folder.path(), ports(folder.path())).await.expect("a profile is shared");
            let error = profile.open_case(id).await.expect_err("the child has it");
            assert_eq!(error.code(), Code::CaseLocked, "a second program is told");
        }
        child.kill().expect("kills"); // SIGKILL
        child.wait().expect("ends");
        assert!(first.is_some(), "round {round}: the child recorded nothing");
        for line in lines.map_while(Result::ok) {
            let count = line.trim().rsplit("safe ").next().and_then(|count| count.parse().ok());
            safe = count.map_or(safe, |count: u64| safe.max(count));
        }

        let profile = Profile::open(folder.path(), ports(folder.path())).await.expect("a profile");
        let case = profile.open_case(id).await.expect("opens after a kill");
        let report = case.verify_log(&[]).await.expect("readable");
        assert!(report.holds(), "round {round}: {:?}", report.problems);
        assert!(
            report.events >= safe,
            "round {round}: {safe} were said to be safe, {} are there",
            report.events
        );
        let rebuilt = case.compare_projections().await.expect("readable");
        assert!(rebuilt.identical(), "round {round}: {:?} differ", rebuilt.differing());
        for file in case.files(FileOwner::Bid(BID)).await.expect("reads") {
            let bytes = case.read_original(file.hash).await.expect("what is recorded is stored");
            assert_eq!(FileHash::of(&bytes), file.hash, "round {round}: {}", file.path);
        }
        before = report.events;
        case.close().await.expect("closes");
    }
    println!("killed {times} times; {before} events, all whole");
}
