//! A watched folder, with a clock that stands still until a test moves it.

use super::Desk;
use super::tests::case_of;
use crate::view::WatchAnswer;
use cotejo_domain::ports::Clock;
use cotejo_domain::{Code, ProcedureType};
use cotejo_lector_client::Resources;
use cotejo_store::{MemoryKeyring, Ports};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Default)]
struct StandingClock(AtomicI64);

impl StandingClock {
    fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for StandingClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_second(1_800_000_000 + self.0.load(Ordering::SeqCst)).expect("a moment")
    }
}

async fn desk(folder: &Path, clock: &Arc<StandingClock>) -> Option<Desk> {
    let Ok(resources) = Resources::discover() else { return None };
    let system = Ports::system(Arc::new(MemoryKeyring::default()));
    let ports = Ports { clock: Arc::<StandingClock>::clone(clock), ..system };
    Some(Desk::open_with(folder, ports, resources).await.expect("a desk"))
}

fn names(view: &crate::view::WatchView) -> Vec<&str> {
    view.offers.iter().map(|offer| offer.name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_offered_once_it_rests_and_what_was_answered_is_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(StandingClock::default());
    let Some(desk) = desk(&folder.path().join("datos"), &clock).await else {
        return println!("skipped: no worker");
    };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let drop = folder.path().join("llegadas");
    std::fs::create_dir(&drop).expect("a folder");
    std::fs::write(drop.join("01 Alfa.zip"), b"first part").expect("writes");
    assert_eq!(desk.watched(&case).await.expect("looks").folder, None);
    let view = desk.watch(&case, Some(&drop)).await.expect("watches");
    assert_eq!((view.settling, view.offers.len()), (1, 0), "it may still be copied");
    clock.pass(19);
    std::fs::write(drop.join("01 Alfa.zip"), b"first part and more").expect("writes");
    assert_eq!(desk.watched(&case).await.expect("looks").settling, 1, "it grew");
    clock.pass(19);
    assert_eq!(desk.watched(&case).await.expect("looks").offers.len(), 0, "nineteen seconds are not twenty");
    clock.pass(1);
    std::fs::write(drop.join("02 Beta.zip.part"), b"half").expect("writes");
    std::fs::create_dir_all(drop.join("03 Gamma/anexos")).expect("a folder");
    std::fs::write(drop.join("03 Gamma/anexos/ruc.pdf"), b"%PDF-").expect("writes");
    let view = desk.watched(&case).await.expect("looks");
    assert_eq!(names(&view), ["01 Alfa.zip"]);
    assert_eq!(view.settling, 1, "the folder came just now; the unfinished download is no package");
    clock.pass(30);
    let view = desk.watched(&case).await.expect("looks");
    assert_eq!(names(&view), ["01 Alfa.zip", "03 Gamma"]);
    let (alfa, gamma) = (view.offers[0].id.clone(), view.offers[1].id.clone());

    let view = desk.answer_offer(&case, &gamma, WatchAnswer::NotNow).await.expect("answers");
    assert_eq!(names(&view), ["01 Alfa.zip"]);
    let view = desk.answer_offer(&case, &alfa, WatchAnswer::Imported).await.expect("answers");
    assert!(view.offers.is_empty());
    // As after the program was opened anew.
    desk.seen.lock().await.clear();
    desk.watched(&case).await.expect("looks");
    clock.pass(30);
    assert_eq!(names(&desk.watched(&case).await.expect("looks")), ["03 Gamma"], "not now was only for then");
    desk.answer_offer(&case, &gamma, WatchAnswer::Ignore).await.expect("answers");
    std::fs::write(drop.join("01 Alfa.zip"), b"corrected and handed in anew").expect("writes");
    desk.watched(&case).await.expect("looks");
    clock.pass(30);
    let view = desk.watched(&case).await.expect("looks");
    assert_eq!(names(&view), ["01 Alfa.zip"]);
    assert!(view.offers[0].changed, "it is said that something of that name came before");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_drive_that_goes_away_is_told_and_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(StandingClock::default());
    let Some(desk) = desk(&folder.path().join("datos"), &clock).await else {
        return println!("skipped: no worker");
    };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let (drive, away) = (folder.path().join("unidad"), folder.path().join("desmontada"));
    let error = desk.watch(&case, Some(&drive)).await.expect_err("there is none yet");
    assert_eq!(error.code(), Code::NotFound);
    std::fs::create_dir(&drive).expect("a folder");
    desk.watch(&case, Some(&drive)).await.expect("watches");
    std::fs::rename(&drive, &away).expect("goes away");
    let view = desk.watched(&case).await.expect("no error");
    assert!(view.absent.is_some() && view.folder.is_some(), "{view:?}");
    std::fs::write(away.join("01 Alfa.zip"), b"x").expect("writes");
    std::fs::rename(&away, &drive).expect("comes back");
    assert_eq!(desk.watched(&case).await.expect("looks").settling, 1);
    clock.pass(20);
    assert_eq!(names(&desk.watched(&case).await.expect("looks")), ["01 Alfa.zip"]);
    let view = desk.watch(&case, None).await.expect("stops");
    assert_eq!(view, crate::view::WatchView::default());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn attack_a_link_in_the_watched_folder_is_not_followed_and_nothing_in_it_is_opened() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().expect("a folder");
    let clock = Arc::new(StandingClock::default());
    let Some(desk) = desk(&folder.path().join("datos"), &clock).await else {
        return println!("skipped: no worker");
    };
    let (case, _open) = case_of(&desk, ProcedureType::Sie).await;
    let drop = folder.path().join("llegadas");
    std::fs::create_dir(&drop).expect("a folder");
    symlink("/etc", drop.join("enlace")).expect("links");
    symlink(&drop, drop.join("yo mismo")).expect("links");
    let shut = drop.join("cerrado.zip");
    std::fs::write(&shut, b"x").expect("writes");
    std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(0o000)).expect("shuts");
    desk.watch(&case, Some(&drop)).await.expect("watches");
    clock.pass(30);
    assert_eq!(names(&desk.watched(&case).await.expect("looks")), ["cerrado.zip"], "seen without being read");
}
