//! SIGKILL during an import and during a decision: the case opens, the chain verifies, projections equal a rebuild, the import resumes.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise, and says what it skips")]

use cotejo_journeys::{desk, worker};
use cotejo_sample::SampleProcedure;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A small generator, seeded: a failure can be repeated.
struct Moments(u64);

impl Moments {
    fn next(&mut self, most: u64) -> Duration {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Duration::from_millis(20 + (self.0 >> 33) % most)
    }
}

fn program() -> Option<PathBuf> {
    let beside = worker()?.with_file_name(format!("cotejo{}", std::env::consts::EXE_SUFFIX));
    beside.exists().then_some(beside)
}

fn start(program: &Path, data: &Path, words: &[&str]) -> Child {
    Command::new(program)
        .env("COTEJO_LECTOR", worker().expect("found before"))
        .env("COTEJO_LLAVERO", "archivo")
        .arg("--datos")
        .arg(data)
        .args(words)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("starts")
}

/// Kills the program after a while; tells whether it was still running.
fn kill_after(mut child: Child, wait: Duration) -> bool {
    std::thread::sleep(wait);
    let running = child.try_wait().expect("is ours").is_none();
    let _ = child.kill();
    let _ = child.wait();
    running
}

async fn check(data: &Path, case: &str, moment: &str) -> usize {
    let desk = desk(data).await.expect("the data folder opens");
    let report = desk.verify_log(case, &[]).await.expect("the case opens");
    assert!(report.holds(), "the chain verifies after a kill {moment}: {:?}", report.problems);
    let rebuilt = desk.rebuild(case).await.expect("rebuilds");
    assert!(rebuilt.identical, "projections equal a rebuild after a kill {moment}");
    desk.documents(case).await.expect("lists").bids.iter().map(|bid| bid.files.len()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn attack_the_power_goes_during_import_and_decision() {
    let Some(program) = program() else { return println!("skipped: cotejo or cotejo-lector is not built") };
    let kills = if std::env::var_os("COTEJO_FULL").is_some() { 25 } else { 5 };
    let folder = tempfile::tempdir().expect("a folder");
    let sample = folder.path().join("muestra");
    cotejo_sample::generate(SampleProcedure::Sie, 3, &sample).expect("the sample is generated");
    let data = folder.path().join("datos");
    let case = {
        let desk = match desk(&data).await {
            Ok(desk) => desk,
            Err(reason) => return println!("skipped: {reason}"),
        };
        let view = desk
            .create_case(&sample.join("pliego.ushay"), &|_| {}, &Default::default())
            .await
            .expect("a case");
        view.id
    };
    let bids = sample.join("ofertas");
    let first =
        std::fs::read_dir(&bids).expect("bids").flatten().map(|entry| entry.path()).min().expect("a bid");
    let first = first.display().to_string();
    let mut moments = Moments(20_261_121);
    for number in 0..kills {
        let wait = moments.next(4_000);
        let running = kill_after(start(&program, &data, &["caso", "importar", &case, &first]), wait);
        let files =
            check(&data, &case, &format!("{number} during import, {wait:?}, running {running}")).await;
        println!("kill {number} after {wait:?} (running {running}): {files} files stored");
    }
    let status = start(&program, &data, &["caso", "importar", &case, &first]).wait().expect("ends");
    assert!(status.code().is_some_and(|code| code <= 1), "the import resumes and ends: {status}");
    let (requirement, unfinished) = {
        let desk = desk(&data).await.expect("opens");
        let matrix = desk.matrix(&case).await.expect("a matrix");
        assert_eq!(matrix.columns.len(), 1, "a resumed import makes no second bid");
        let row = &matrix.groups[0].rows[0];
        assert!(row.cells[0].proposed.is_some(), "the resumed bid was judged");
        let documents = desk.documents(&case).await.expect("lists");
        let unread = documents.bids[1].files.iter().filter(|file| file.media_type.is_empty()).count();
        (row.requirement.id.clone(), unread)
    };
    assert_eq!(unfinished, 0, "every file of the resumed import was read");
    for number in 0..kills {
        let wait = moments.next(600);
        let words = [
            "caso",
            "decidir",
            &case,
            "--requisito",
            &requirement,
            "--oferta",
            "1",
            "--resultado",
            "cumple",
            "--conclusion",
            "Decisión de prueba.",
        ];
        let running = kill_after(start(&program, &data, &words), wait);
        check(&data, &case, &format!("{number} during a decision, {wait:?}, running {running}")).await;
    }
}
