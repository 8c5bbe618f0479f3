//! The real worker behind the client: what it reads, what it refuses, what its jail holds, and hostile files by the hundred.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "test code: a failure is the test's answer")]

use cotejo_domain::{FileHash, PageStatus};
use cotejo_lector_client::{
    Cancel, FileReading, FileStatus, Following, Lector, PageMemory, Resources, Settings, Unpacked, in_frames,
};
use cotejo_lector_protocol::{ReadOptions, RecognitionInput};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

fn lector() -> Option<Lector> {
    match Resources::discover() {
        Ok(resources) => Some(Lector::new(resources, Settings::default())),
        Err(error) => {
            println!("skipped: {error} ({})", error.remedy());
            None
        }
    }
}

fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("COTEJO_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    if root.join(folder).exists() {
        return Some(root.join(folder));
    }
    println!("skipped: the shared {folder} is absent");
    None
}

fn all() -> ReadOptions {
    ReadOptions { ocr: true, ..ReadOptions::default() }
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in entries {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).expect("starts");
        writer.write_all(content).expect("writes");
    }
    writer.finish().expect("finishes").into_inner()
}

#[test]
fn text_packages_and_unknown_formats() {
    let Some(lector) = lector() else { return };
    let cancel = Cancel::new();
    let read =
        |name: &str, bytes: &[u8]| lector.read(name, bytes, &all(), &cancel, &mut |_| {}).expect("reads");
    let text = read("nota.txt", "Oferta económica\nUSD 12.650,20".as_bytes());
    assert_eq!((text.media_type.as_str(), text.status()), ("text/plain", FileStatus::Read));
    assert_eq!(text.pages[0].text(), "Oferta económica\nUSD 12.650,20");
    assert!(text.pages[0].reading_view, "never shown as a page");
    for (name, bytes, code) in [
        ("oferta.bin", &b"\0\x01\x02\x03\x04"[..], "intake.unsupported_format"),
        ("vacio.pdf", b"", "intake.empty_file"),
        ("roto.pdf", b"%PDF-1.7 roto", "pdf.damaged"),
        ("roto.png", b"\x89PNG\r\n\x1a\nroto", "image.damaged"),
    ] {
        let reading = read(name, bytes);
        assert_eq!(reading.findings[0].code, code, "{name}");
        assert!(!reading.findings[0].remedy.is_empty(), "{name} says what to do");
        assert_eq!(reading.status(), FileStatus::Failed, "{name}");
    }
    let package =
        zip(&[("a/nota.txt", b"uno"), ("anexos.zip", &zip(&[("dos.txt", b"dos")])), ("../fuera.txt", b"no")]);
    assert_eq!(read("oferta.zip", &package).findings[0].code, "lector.is_package");
    let unpacked = lector.unpack("oferta.zip", &package, &cancel).expect("unpacks");
    let paths: Vec<&str> = unpacked.entries.iter().map(|(entry, _)| entry.path.as_str()).collect();
    assert_eq!(paths, ["a/nota.txt", "anexos.zip/dos.txt"]);
    assert_eq!(unpacked.entries[1].1, b"dos");
    assert_eq!(unpacked.findings[0].code, "intake.zip_slip");
}

#[test]
#[cfg(target_os = "linux")]
fn the_jail_holds_while_the_worker_waits() {
    let Some(lector) = lector() else { return };
    lector.read("x.txt", b"x", &all(), &Cancel::new(), &mut |_| {}).expect("reads");
    let process = lector.idle_processes()[0];
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).expect("reads");
    let value = |name: &str| {
        status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).map(str::to_string)
    };
    assert_eq!(value("NoNewPrivs:").as_deref(), Some("1"), "no new privileges");
    assert_eq!(value("Seccomp:").as_deref(), Some("2"), "a filter is in force");
    assert_eq!(value("Threads:").as_deref(), Some("1"), "one thread");
    let limits = std::fs::read_to_string(format!("/proc/{process}/limits")).expect("reads");
    let limit =
        |name: &str| limits.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_string();
    assert!(limit("Max file size").contains(" 0 "), "{}", limit("Max file size"));
    assert!(!limit("Max address space").contains("unlimited"), "{}", limit("Max address space"));
    let environment = std::fs::read(format!("/proc/{process}/environ")).expect("reads");
    assert_eq!(environment, b"OMP_THREAD_LIMIT=1\0", "nothing else of our environment");
}

// What happens to a worker that outgrows its memory all the same stands in misbehaving.rs.
#[test]
fn attack_a_text_without_end_is_cut_and_said() {
    let Ok(resources) = Resources::discover() else { return };
    let lector =
        Lector::new(resources, Settings { readers: 1, reader_megabytes: 500, ..Settings::default() });
    // A text of 45 MB would become words of far more than the ceiling.
    let greedy = b"a b c d e f g h i j ".repeat(45 * 1024 * 1024 / 20);
    let reading = lector.read("enorme.txt", &greedy, &all(), &Cancel::new(), &mut |_| {}).expect("a finding");
    assert_eq!(reading.findings[0].code, "intake.too_much_text", "{:?}", reading.findings);
    assert_ne!(reading.status(), FileStatus::Read, "a part is not the whole");
    let next = lector.read("x.txt", b"sigue", &all(), &Cancel::new(), &mut |_| {}).expect("reads");
    assert_eq!(next.pages[0].text(), "sigue", "the next file is read");
}

#[test]
fn the_worker_links_nothing_it_must_not() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = std::process::Command::new(cargo)
        .args(["tree", "--offline", "--prefix", "none", "--edges", "normal", "-p", "cotejo-lector"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8_lossy(&output.stdout);
    assert!(tree.contains("pdfium-render"), "the tree was read: {}", String::from_utf8_lossy(&output.stderr));
    for line in tree.lines() {
        let name = line.split_whitespace().next().unwrap_or_default();
        let forbidden = [
            "tauri",
            "sqlx",
            "libsqlite3-sys",
            "reqwest",
            "hyper",
            "rustls",
            "keyring",
            "tokio",
            "cotejo-signing",
        ];
        let starts = forbidden.iter().any(|f| name == *f || name.starts_with(&format!("{f}-")));
        assert!(!starts, "the worker must not link {name}");
    }
}

#[test]
fn recognition_works_in_its_own_jail() {
    let Some(lector) = lector() else { return };
    let cancel = Cancel::new();
    let text = "FORMULARIO ÚNICO DE LA OFERTA\n1.1 PRESENTACIÓN Y COMPROMISO\nRUC: 1790012345001\nCorreo: ventas@ejemplo.ec";
    let reading = lector.read("oferta.txt", text.as_bytes(), &all(), &cancel, &mut |_| {}).expect("reads");
    let input = RecognitionInput::new(FileHash::of(text.as_bytes()), "oferta.txt", None);
    for _ in 0..2 {
        let recognition =
            lector.recognise(input.clone(), &mut in_frames(&reading.pages), &cancel).expect("recognises");
        assert_eq!(recognition.pages.len(), 1, "each page has a type: {:?}", recognition.findings);
        assert!(!recognition.model.is_empty(), "and says by which model");
    }
    assert_eq!(lector.idle_processes().len(), 2, "a reader and a recogniser wait");
}

/// Keeps in memory, and counts.
#[derive(Default)]
struct Kept {
    values: Mutex<BTreeMap<String, Vec<u8>>>,
    recalled: AtomicUsize,
}

impl PageMemory for Kept {
    fn recall(&self, key: &str) -> Option<Vec<u8>> {
        let value = self.values.lock().expect("not poisoned").get(key).cloned();
        self.recalled.fetch_add(usize::from(value.is_some()), Ordering::Relaxed);
        value
    }

    fn keep(&self, key: &str, value: &[u8]) {
        self.values.lock().expect("not poisoned").insert(key.into(), value.to_vec());
    }
}

/// A bitmap of 400 by 200 pixels with HIT in strokes; `note` stands behind them, where no reader looks.
fn bitmap(note: u16) -> Vec<u8> {
    let (width, height) = (400_usize, 200_usize);
    let mut pixels = vec![255_u8; width * height * 3];
    let strokes = [
        (40, 40, 16, 120),
        (104, 40, 16, 120),
        (40, 92, 80, 16),
        (170, 40, 16, 120),
        (220, 40, 100, 16),
        (262, 40, 16, 120),
    ];
    for (left, top, wide, high) in strokes {
        for y in top..top + high {
            // Rows stand from the last to the first.
            let start = ((height - 1 - y) * width + left) * 3;
            pixels[start..start + wide * 3].fill(0);
        }
    }
    let size = |bytes: usize| u32::try_from(bytes).expect("small").to_le_bytes();
    let head = [&b"BM"[..], &size(54 + pixels.len()), &[0; 4], &size(54)].concat();
    let shape =
        [&size(40)[..], &size(width), &size(height), &[1, 0, 24, 0], &[0; 4], &size(pixels.len()), &[0; 16]];
    [head, shape.concat(), pixels, note.to_le_bytes().to_vec()].concat()
}

#[test]
fn an_image_that_was_read_is_not_read_again_in_another_file() {
    let Some(lector) = lector() else { return };
    let memory = Kept::default();
    let read = |bytes: &[u8], memory: Option<&dyn PageMemory>| {
        let following = Following {
            known: Vec::new(),
            on_page: &mut |_| {},
            on_part: &mut |_| {},
            let_go: false,
            memory,
        };
        lector.read_on("foto.bmp", bytes, &all(), following, &Cancel::new()).expect("reads")
    };
    let (first, second) = (bitmap(1), bitmap(2));
    assert_ne!(FileHash::of(&first), FileHash::of(&second));
    let fresh = read(&first, Some(&memory));
    assert_eq!(fresh.pages[0].status, PageStatus::Ocr, "{:?}", fresh.findings);
    assert_eq!(
        (memory.values.lock().expect("not poisoned").len(), memory.recalled.load(Ordering::Relaxed)),
        (1, 0)
    );
    let again = read(&second, Some(&memory));
    assert_eq!(memory.recalled.load(Ordering::Relaxed), 1, "the second file has the same image");
    assert_eq!(again, fresh, "and reads the same");
    assert_eq!(read(&first, None), fresh, "as it does without a memory");
    // What somebody put there that is no reading is no reading: the page is read.
    memory.values.lock().expect("not poisoned").values_mut().for_each(|value| *value = b"{}".to_vec());
    assert_eq!(read(&second, Some(&memory)), fresh);
}

#[test]
fn real_pliegos_and_signed_files_come_through_the_worker() {
    let Some(lector) = lector() else { return };
    let cancel = Cancel::new();
    for path in sample("documents/ec_ushay_raw", 9) {
        let bytes = std::fs::read(&path).expect("reads");
        let decoded = lector.decode_pliego("pliego.ushay", &bytes, &cancel).expect("decodes");
        let pliego = decoded.value.expect("the worker lives");
        assert!(
            pliego.process.code.is_some() && !pliego.attachments.is_empty(),
            "a real pliego says what it is"
        );
        let unpacked = lector.unpack("pliego.ushay", &bytes, &cancel).expect("unpacks");
        let signed = unpacked.entries.iter().find(|(entry, _)| entry.path.contains("signed"));
        assert!(
            unpacked
                .entries
                .iter()
                .filter(|(e, _)| e.path.ends_with(".pdf"))
                .all(|(e, _)| e.md5_ok == Some(true))
        );
        let Some((entry, content)) = signed else { continue };
        let reading = lector.read(&entry.path, content, &all(), &cancel, &mut |_| {}).expect("reads");
        let verified = lector.verify(&entry.path, content, &[], None, &cancel).expect("verifies");
        assert!(!verified.value.is_empty(), "it is signed");
        assert_eq!(
            reading.signatures.len(),
            verified.value.len(),
            "the reading tells of the same signatures, each once"
        );
        let rendered = lector.render(content, 1, 1.0, &cancel).expect("renders").value.expect("an image");
        assert_eq!(
            (f64::from(rendered.width), rendered.png.starts_with(b"\x89PNG")),
            (reading.pages[0].width.round(), true)
        );
        let none = lector.render(content, 9_999, 1.0, &cancel).expect("a finding");
        assert_eq!((none.value, none.findings[0].code.as_str()), (None, "page.not_rendered"));
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push(path);
        }
    }
}

// A bounded, fixed sample of a folder; all of it with COTEJO_FULL=1.
fn sample(folder: &str, most: usize) -> Vec<PathBuf> {
    let Some(folder) = shared(folder) else { return Vec::new() };
    let mut found = Vec::new();
    files(&folder, &mut found);
    found.sort();
    if std::env::var_os("COTEJO_FULL").is_some() || found.len() <= most {
        return found;
    }
    let step = found.len() / most;
    found.into_iter().step_by(step.max(1)).collect()
}

// Every page stands once, in order; what failed has its reason; what was taken out of a package has a safe name.
fn check(name: &str, reading: &FileReading, unpacked: &Unpacked) {
    for (page, number) in reading.pages.iter().zip(1..) {
        assert_eq!(page.number, number, "{name}: each page once, in order");
        let explained = reading.findings.iter().any(|finding| finding.page == Some(number));
        assert!(
            page.status != PageStatus::Failed || explained,
            "{name}: page {number} failed without a reason"
        );
    }
    let silent =
        reading.pages.is_empty() && reading.findings.is_empty() && reading.media_type != "text/plain";
    assert!(!silent, "{name}: nothing read and nothing said");
    for (entry, content) in &unpacked.entries {
        assert_eq!(entry.size, content.len() as u64, "{name}");
        assert!(!entry.path.starts_with('/') && !entry.path.split('/').any(|part| part == ".."), "{name}");
    }
}

#[test]
fn hostile_files_never_stop_the_work() {
    let Some(lector) = lector() else { return };
    let cancel = Cancel::new();
    for (folder, most) in
        [("hostile/pdf", 60), ("hostile/office", 40), ("hostile/zip", 60), ("hostile/encoding", 14)]
    {
        let started = Instant::now();
        let (mut files, mut pages, mut failed, mut deaths) = (0, 0, 0, Vec::new());
        let mut slowest = (Duration::ZERO, String::new());
        for path in sample(folder, most) {
            let bytes = std::fs::read(&path).expect("reads");
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let begun = Instant::now();
            let reading =
                lector.read(&name, &bytes, &all(), &cancel, &mut |_| {}).expect("a finding, never an error");
            let unpacked = lector.unpack(&name, &bytes, &cancel).expect("a finding, never an error");
            if begun.elapsed() > slowest.0 {
                slowest = (begun.elapsed(), name.clone());
            }
            check(&name, &reading, &unpacked);
            files += 1;
            pages += reading.pages.len();
            failed += reading.pages.iter().filter(|page| page.status == PageStatus::Failed).count();
            let died = |code: &str| code == "lector.killed" || code == "lector.timeout";
            let findings = reading.findings.iter().chain(&unpacked.findings);
            deaths.extend(
                findings.filter(|f| died(&f.code)).map(|f| format!("{name}: {} {:?}", f.message, f.page)),
            );
        }
        println!(
            "{folder}: {files} files, {pages} pages, {failed} failed, {} deaths, {:.1} s, slowest {} {:.1} s",
            deaths.len(),
            started.elapsed().as_secs_f64(),
            slowest.1,
            slowest.0.as_secs_f64()
        );
        deaths.iter().for_each(|death| println!("  {death}"));
    }
}
