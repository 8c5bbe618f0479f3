//! Measures OCR: character and bag-of-words error of each scan profile, ours beside the `tesseract` program at its best setting.
//!
//! `cargo test -p cotejo-reader --test ocr_errors -- --ignored --nocapture`. The pages (`NAME_PROFILE.pdf` beside `NAME_PROFILE.gt.txt`) are
//! those of `COTEJO_ESCANEOS`, or of the shared data. The program's answers are kept in `COTEJO_OCR_CACHE` (`NAME.psmN.DPI.txt`): asking it
//! eight ways takes long. `COTEJO_OCR_SOLO=fax,skew` measures only these profiles.
//!
//! Three measures, all as errors for a hundred of the truth:
//! - *character*: Levenshtein distance of the letters in the order they were read (V. Levenshtein, Soviet Physics Doklady 10, 1966), blanks
//!   folded. The truth of tables has an order of its own, so this has a floor.
//! - *letters, free*: the same over words paired without regard to order.
//! - *words*: bag of words, the larger of missing and surplus ones (as in the ISRI tools: Rice, Jenkins, Nartker 1996).

use cotejo_domain::PageReading;
use cotejo_reader::{Event, Options, Reader};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const MODES: [u8; 4] = [1, 3, 4, 6];
const RESOLUTIONS: [u32; 2] = [200, 300];

#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Errors {
    characters: f64,
    free: f64,
    words: f64,
    seconds: f64,
}

impl Errors {
    fn of(truth: &str, read: &str) -> Self {
        Self {
            characters: character_error(truth, read),
            free: free_error(truth, read),
            words: word_error(truth, read),
            seconds: 0.0,
        }
    }

    fn mean(all: &[Self]) -> Self {
        let count = all.len().max(1) as f64;
        let mean = |part: fn(&Self) -> f64| all.iter().map(part).sum::<f64>() / count;
        Self {
            characters: mean(|e| e.characters),
            free: mean(|e| e.free),
            words: mean(|e| e.words),
            seconds: mean(|e| e.seconds),
        }
    }
}

fn letters(text: &str) -> Vec<char> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect()
}

fn distance(truth: &[char], read: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=read.len()).collect();
    for (i, expected) in truth.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, found) in read.iter().enumerate() {
            let cost = (row[j + 1] + 1).min(row[j] + 1).min(diagonal + usize::from(expected != found));
            diagonal = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[read.len()]
}

fn character_error(truth: &str, read: &str) -> f64 {
    let (truth, read) = (letters(truth), letters(read));
    100.0 * distance(&truth, &read) as f64 / truth.len().max(1) as f64
}

// Words that differ after the equal ones are taken out of both.
fn unpaired(truth: &str, read: &str) -> (Vec<String>, Vec<String>) {
    let mut counts: BTreeMap<&str, i64> = BTreeMap::new();
    truth.split_whitespace().for_each(|word| *counts.entry(word).or_default() += 1);
    read.split_whitespace().for_each(|word| *counts.entry(word).or_default() -= 1);
    let repeated = |word: &str, count: i64| vec![word.to_string(); usize::try_from(count).unwrap_or(0)];
    let missing = counts.iter().flat_map(|(word, count)| repeated(word, *count)).collect();
    let surplus = counts.iter().flat_map(|(word, count)| repeated(word, -*count)).collect();
    (missing, surplus)
}

fn word_error(truth: &str, read: &str) -> f64 {
    let (missing, surplus) = unpaired(truth, read);
    100.0 * missing.len().max(surplus.len()) as f64 / truth.split_whitespace().count().max(1) as f64
}

// Each missing word is paired with the surplus word nearest to it; what finds no pair counts whole.
fn free_error(truth: &str, read: &str) -> f64 {
    let (missing, surplus) = unpaired(truth, read);
    let split =
        |words: &[String]| words.iter().map(|word| word.chars().collect::<Vec<char>>()).collect::<Vec<_>>();
    let (missing, surplus) = (split(&missing), split(&surplus));
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for (i, a) in missing.iter().enumerate() {
        for (j, b) in surplus.iter().enumerate() {
            if a.len().abs_diff(b.len()) < a.len().max(b.len()) {
                let cost = distance(a, b);
                if cost < a.len().max(b.len()) {
                    pairs.push((cost, i, j));
                }
            }
        }
    }
    pairs.sort_unstable();
    let (mut left, mut right) = (vec![true; missing.len()], vec![true; surplus.len()]);
    let mut errors = 0;
    for (cost, i, j) in pairs {
        if left[i] && right[j] {
            (left[i], right[j]) = (false, false);
            errors += cost;
        }
    }
    let rest = |words: &[Vec<char>], open: &[bool]| -> usize {
        words.iter().zip(open).filter(|(_, open)| **open).map(|(word, _)| word.len()).sum()
    };
    errors += rest(&missing, &left).max(rest(&surplus, &right));
    100.0 * errors as f64 / truth.chars().filter(|sign| !sign.is_whitespace()).count().max(1) as f64
}

fn resources() -> Option<(PathBuf, PathBuf)> {
    let resources = PathBuf::from(std::env::var_os("COTEJO_RECURSOS")?);
    let library = resources.join("pdfium").join("libpdfium.so");
    let tessdata =
        ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata"].into_iter().map(PathBuf::from);
    let tessdata = tessdata.into_iter().find(|folder| folder.join("spa.traineddata").exists())?;
    library.exists().then_some((library, tessdata))
}

fn scans() -> Option<Vec<PathBuf>> {
    let folder = std::env::var_os("COTEJO_ESCANEOS").map(PathBuf::from).unwrap_or_else(|| {
        let shared = std::env::var_os("COTEJO_SHARED").map(PathBuf::from);
        shared
            .unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"))
            .join("scans/derived_scans")
    });
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
        .collect();
    paths.sort();
    Some(paths)
}

fn profile(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    stem.rsplit('_').next().unwrap_or_default().to_string()
}

// What the program reads in the page as pdfium draws it, from the cache or asked for now.
fn program(reader: &Reader, pdf: &Path, bytes: &[u8], mode: u8, dpi: u32) -> Option<String> {
    let stem = pdf.file_stem()?.to_string_lossy().into_owned();
    let cache = PathBuf::from(std::env::var_os("COTEJO_OCR_CACHE")?);
    let answer = cache.join(format!("{stem}.psm{mode}.{dpi}.txt"));
    if let Ok(text) = std::fs::read_to_string(&answer) {
        return Some(text);
    }
    if std::env::var_os("COTEJO_OCR_SIN_PROGRAMA").is_some() {
        return None;
    }
    let image = cache.join(format!("{stem}.{dpi}.png"));
    if !image.exists() {
        let rendered = reader.render(bytes, 1, dpi as f32 / 72.0, None).ok()?;
        std::fs::write(&image, rendered.png).ok()?;
    }
    let output = Command::new("tesseract")
        .args([image.as_os_str(), "-".as_ref()])
        .args(["-l", "spa", "--psm", &mode.to_string(), "--dpi", &dpi.to_string()])
        .env("OMP_THREAD_LIMIT", "1")
        .output()
        .ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    std::fs::write(answer, &text).ok()?;
    Some(text)
}

#[test]
#[ignore = "a measurement of minutes: asked for by name"]
fn errors_by_profile() {
    let (Some((library, tessdata)), Some(paths)) = (resources(), scans()) else {
        println!("skipped: pdfium, Tesseract with Spanish or the scans are absent");
        return;
    };
    let only = std::env::var("COTEJO_OCR_SOLO").unwrap_or_default();
    let reader = Reader::start(&library, Some(&tessdata)).expect("the reader starts");
    let mut ours: BTreeMap<String, Vec<Errors>> = BTreeMap::new();
    let mut theirs: BTreeMap<String, BTreeMap<(u8, u32), Vec<Errors>>> = BTreeMap::new();
    for path in paths {
        let profile = profile(&path);
        if !only.is_empty() && !only.split(',').any(|name| profile.starts_with(name)) {
            continue;
        }
        let bytes = std::fs::read(&path).expect("reads");
        let truth = std::fs::read_to_string(path.with_extension("gt.txt")).expect("has its truth");
        let started = Instant::now();
        let mut pages: Vec<PageReading> = Vec::new();
        reader.read_pdf(&bytes, &Options { ocr: true, ..Options::default() }, &mut |event| {
            if let Event::Page(page) = event {
                pages.push(*page);
            }
        });
        let seconds = started.elapsed().as_secs_f64();
        let text = pages.iter().map(PageReading::text).collect::<Vec<_>>().join("\n");
        let errors = Errors { seconds, ..Errors::of(&truth, &text) };
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        println!("{name}: {errors:.2?}");
        if let Some(folder) = std::env::var_os("COTEJO_OCR_SALIDA") {
            let folder = PathBuf::from(folder);
            let _ = std::fs::write(folder.join(format!("{name}.txt")), &text);
            let words = pages.iter().flat_map(|page| &page.words).map(|word| {
                let [left, top, right, bottom] = word.quad.bounds();
                format!(
                    "{:.2}\t{}\t{left}\t{top}\t{right}\t{bottom}\t{}",
                    word.confidence.value(),
                    word.line,
                    word.text
                )
            });
            let _ = std::fs::write(folder.join(format!("{name}.tsv")), words.collect::<Vec<_>>().join("\n"));
        }
        ours.entry(profile.clone()).or_default().push(errors);
        for (mode, dpi) in MODES.iter().flat_map(|mode| RESOLUTIONS.iter().map(|dpi| (*mode, *dpi))) {
            if let Some(read) = program(&reader, &path, &bytes, mode, dpi) {
                let entry = theirs.entry(profile.clone()).or_default();
                entry.entry((mode, dpi)).or_default().push(Errors::of(&truth, &read));
            }
        }
    }
    println!(
        "profile    pages  ours: char free words s/page | program's best: char free words (setting by words)"
    );
    for (profile, all) in &ours {
        let mean = Errors::mean(all);
        let settings: Vec<((u8, u32), Errors)> = theirs
            .get(profile)
            .into_iter()
            .flatten()
            .filter(|(_, errors)| errors.len() == all.len())
            .map(|(setting, errors)| (*setting, Errors::mean(errors)))
            .collect();
        let least = |part: fn(&Errors) -> f64| {
            settings
                .iter()
                .min_by(|a, b| part(&a.1).total_cmp(&part(&b.1)))
                .map(|(setting, errors)| (*setting, part(errors)))
        };
        let show = |best: Option<((u8, u32), f64)>, ours: f64| {
            best.map_or("-".to_string(), |((mode, dpi), theirs)| {
                format!("{theirs:.2} (psm {mode}, {dpi}; {:+.0} %)", 100.0 * (ours / theirs.max(0.01) - 1.0))
            })
        };
        println!(
            "{profile:<10} {:>3}  {:6.2} {:6.2} {:6.2}  {:5.2} | {} | {} | {}",
            all.len(),
            mean.characters,
            mean.free,
            mean.words,
            mean.seconds,
            show(least(|e| e.characters), mean.characters),
            show(least(|e| e.free), mean.free),
            show(least(|e| e.words), mean.words),
        );
    }
}

#[test]
fn the_measures_count_what_they_say() {
    assert_eq!(character_error("abcd", "abxd"), 25.0);
    assert_eq!(word_error("uno dos tres cuatro", "cuatro tres dos"), 25.0, "order does not count");
    assert_eq!(word_error("uno dos", "uno dos dos dos"), 100.0, "surplus words count");
    assert_eq!(free_error("abcd efgh", "efgh abxd"), 12.5, "one letter of eight");
    assert_eq!(free_error("abcd efgh", "abcd"), 50.0);
}
