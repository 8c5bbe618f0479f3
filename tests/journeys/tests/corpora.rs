//! Every file at hand through the program: nothing dies, nothing vanishes, memory stays bounded. Long: only in the full run.
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, and says what it skips"
)]

use cotejo_journeys::memory::Watched;
use cotejo_journeys::{desk, worker};
use cotejo_sample::SampleProcedure;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Most the program itself may hold, in megabytes.
const PARENT: u64 = 300;
/// Most one reading worker may hold, in megabytes.
const READER: u64 = 400;
/// Most the recognition worker may hold, in megabytes.
const RECOGNISER: u64 = 600;

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("COTEJO_SHARED").map_or(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn program() -> Option<PathBuf> {
    let beside = worker()?.with_file_name(format!("cotejo{}", std::env::consts::EXE_SUFFIX));
    beside.exists().then_some(beside)
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("lists").flatten() {
        let path = entry.path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("COTEJO_LECTOR", worker().expect("found before")).env("COTEJO_LLAVERO", "archivo");
    command
}

/// Counts how the files of each kind ended.
#[derive(Default)]
struct Outcomes(BTreeMap<(String, String), usize>);

impl Outcomes {
    fn take(&mut self, folder: &str, line: &Value) {
        let text = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        *self.0.entry((format!("{folder}: {}", text("media_type")), text("status"))).or_default() += 1;
    }

    fn table(&self) -> String {
        let rows = self.0.iter().map(|((kind, status), count)| format!("| {kind} | {status} | {count} |\n"));
        rows.fold(String::from("| kind | outcome | files |\n|---|---|---|\n"), |table, row| table + &row)
    }
}

#[test]
fn every_file_alone() {
    let (Some(program), Some(shared)) = (program(), shared()) else {
        return println!("skipped: the shared data or the programs are missing");
    };
    if std::env::var_os("COTEJO_FULL").is_none() {
        return println!("skipped: only in the full run");
    }
    let mut outcomes = Outcomes::default();
    for name in ["hostile", "documents", "signed", "scans"] {
        let folder = shared.join(name);
        let mut command = command(&program);
        command.args(["leer", "--json"]).arg(&folder);
        let run = Watched::run(&mut command).expect("starts");
        assert!(run.status.code().is_some(), "{name}: the program was killed by {:?}", run.status);
        let mut seen = BTreeSet::new();
        for line in run.output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            let line: Value = serde_json::from_slice(line).expect("a line of JSON");
            let told = line.get("findings").and_then(Value::as_array).is_some_and(|found| !found.is_empty());
            let status = line.get("status").and_then(Value::as_str).unwrap_or_default();
            assert!(status == "read" || told, "not read, and no finding says why: {line}");
            seen.insert(line.get("file").and_then(Value::as_str).unwrap_or_default().to_owned());
            outcomes.take(name, &line);
        }
        let mut expected = Vec::new();
        files(&folder, &mut expected);
        for path in expected {
            assert!(seen.contains(&path.display().to_string()), "{} vanished", path.display());
        }
        println!("{name}: {run}");
        run.held_under(PARENT, READER, RECOGNISER);
    }
    println!("{}", outcomes.table());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_in_one_package() {
    let (Some(program), Some(shared)) = (program(), shared()) else {
        return println!("skipped: the shared data or the programs are missing");
    };
    if std::env::var_os("COTEJO_FULL").is_none() {
        return println!("skipped: only in the full run");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let sample = folder.path().join("muestra");
    cotejo_sample::generate(SampleProcedure::Sie, 3, &sample).expect("the sample is generated");
    let bid = folder.path().join("01_todo");
    std::fs::create_dir(&bid).expect("a folder");
    let packed = pack(&shared, &bid.join("oferta.zip"));
    let data = folder.path().join("datos");
    let case = {
        let desk = match desk(&data).await {
            Ok(desk) => desk,
            Err(reason) => return println!("skipped: {reason}"),
        };
        let pliego = sample.join("pliego.ushay");
        desk.create_case(&pliego, &|_| {}, &Default::default()).await.expect("a case").id
    };
    let mut import = command(&program);
    import.arg("--datos").arg(&data).args(["caso", "importar", &case]).arg(&bid);
    let run = Watched::run(&mut import).expect("starts");
    println!("{packed} files in one package: {run}");
    assert!(run.status.code().is_some(), "the program was killed by {:?}", run.status);
    run.held_under(PARENT, READER, RECOGNISER);
    let desk = desk(&data).await.expect("the data folder opens");
    let view = desk.documents(&case).await.expect("lists");
    let kept: usize = view.bids.iter().map(|bid| bid.files.len()).sum();
    assert!(kept >= packed, "{kept} files of {packed}: the rest vanished");
    let report = desk.verify_log(&case, &[]).await.expect("the case opens");
    assert!(report.holds(), "{:?}", report.problems);
}

/// Packs the four folders into one ZIP; returns how many files.
fn pack(shared: &Path, to: &Path) -> usize {
    let mut zip = zip::ZipWriter::new(std::fs::File::create(to).expect("creates"));
    let options = zip::write::SimpleFileOptions::default();
    let mut all = Vec::new();
    for name in ["hostile", "documents", "signed", "scans"] {
        files(&shared.join(name), &mut all);
    }
    for path in &all {
        let inside =
            path.strip_prefix(shared).unwrap_or_else(|_| panic!("{} lies elsewhere", path.display()));
        zip.start_file(inside.to_string_lossy(), options).expect("starts an entry");
        zip.write_all(&std::fs::read(path).expect("reads")).expect("writes");
    }
    zip.finish().expect("finishes");
    all.len()
}
