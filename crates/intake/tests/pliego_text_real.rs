//! Printed papers of real processes: every field that is recognised in their text must be the one their `proceso.xml` states; a field may be
//! absent, never wrong. Text comes from `pdftotext` and `antiword`; skipped where those or the papers are absent.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

use cotejo_domain::{Confidence, PageReading, PageStatus, Pliego, Quad, Word};
use cotejo_intake::{pliego_text, ushay};
use std::path::{Path, PathBuf};
use std::process::Command;

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("COTEJO_SHARED").map_or(beside, PathBuf::from);
    folder.join("documents").is_dir().then_some(folder)
}

fn text_of(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_string_lossy().to_lowercase();
    let output = match extension.as_str() {
        "pdf" => Command::new("pdftotext").arg("-layout").arg(path).arg("-").output(),
        "doc" => Command::new("antiword").arg("-w").arg("0").arg(path).output(),
        _ => return None,
    };
    output
        .ok()
        .filter(|output| output.status.success())
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
}

fn pages(text: &str) -> Vec<PageReading> {
    let page = |(index, text): (usize, &str)| {
        let words = text.lines().enumerate().flat_map(|(line, text)| {
            text.split_whitespace().map(move |word| Word {
                text: word.trim_matches('|').into(),
                quad: Quad::upright(0.0, 0.0, 1.0, 1.0),
                line: u32::try_from(line).unwrap_or(0),
                size: 10.0,
                confidence: Confidence::CERTAIN,
            })
        });
        PageReading {
            number: u32::try_from(index + 1).unwrap_or(1),
            status: PageStatus::Text,
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words: words.filter(|word| !word.text.is_empty()).collect(),
            reading_view: false,
        }
    };
    text.split('\u{c}').enumerate().map(page).collect()
}

fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|character| character.is_alphanumeric()).collect()
}

/// Says of each field: absent, right or wrong.
fn judge(truth: &Pliego, found: &Pliego) -> Vec<(&'static str, Option<bool>)> {
    let (truth, found) = (&truth.process, &found.process);
    let alike = |one: &str, other: &str| {
        let (one, other) = (plain(one), plain(other));
        one.contains(&other) || other.contains(&one)
    };
    let name = |entity: &Option<cotejo_domain::Entity>| entity.as_ref().map(|entity| entity.name.clone());
    vec![
        ("código", found.code.as_ref().map(|code| Some(code) == truth.code.as_ref())),
        (
            "objeto",
            found
                .object
                .as_ref()
                .map(|object| truth.object.as_ref().is_some_and(|truth| alike(truth, object))),
        ),
        (
            "entidad",
            name(&found.entity).map(|found| name(&truth.entity).is_some_and(|truth| alike(&truth, &found))),
        ),
        (
            "presupuesto",
            found.budget.map(|budget| truth.budget.is_none_or(|truth| truth.rounded() == budget)),
        ),
        ("plazo", found.term.map(|term| Some(term) == truth.term)),
        ("vigencia", found.validity.map(|days| Some(days) == truth.validity)),
        ("inicio", found.started.map(|day| Some(day) == truth.started)),
        ("entrega", found.bids_due.map(|at| Some(at) == truth.bids_due)),
    ]
}

#[test]
fn what_printed_papers_state_is_right_or_left_out() {
    let Some(shared) = shared() else {
        println!("skipped: real papers are not here (COTEJO_SHARED)");
        return;
    };
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: pdftotext is not installed");
        return;
    }
    let (mut right, mut wrong, mut absent, mut papers) = (0, Vec::new(), 0, 0);
    for folder in std::fs::read_dir(shared.join("documents/ec_ushay_pliegos")).expect("a folder").flatten() {
        let Ok(xml) = std::fs::read(folder.path().join("proceso.xml")) else { continue };
        let truth = ushay::decode_pliego("proceso.xml", &xml).value;
        for file in std::fs::read_dir(folder.path()).expect("a folder").flatten() {
            let Some(text) = text_of(&file.path()) else { continue };
            papers += 1;
            let found = pliego_text::read(&pages(&text)).value;
            for (field, verdict) in judge(&truth, &found) {
                match verdict {
                    None => absent += 1,
                    Some(true) => right += 1,
                    Some(false) => wrong.push((papers, field, file.file_name())),
                }
            }
        }
    }
    println!("{papers} papeles: {right} datos correctos, {absent} ausentes, {} equivocados", wrong.len());
    assert!(wrong.is_empty(), "recognised and wrong: {wrong:?}");
}
