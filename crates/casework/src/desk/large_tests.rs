//! Large packages: what is kept while a file is read, and how soon a cancel is heard. What they take is measured by `cargo xtask bench`.

use super::open_case::OpenCase;
use super::tests::case_of;
use super::{Desk, readings};
use crate::view::{Cancellation, ImportPhase, ImportProgress, SeverityView};
use cotejo_domain::{FileHash, ProcedureType};
use cotejo_lector_client::Resources;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Writes a PDF of text: `pages` pages of some four hundred words, in documents of five pages, and `ballast` bytes that nobody shows.
fn write_pdf(path: &Path, pages: usize, ballast: usize, seed: u64) {
    let file = std::fs::File::create(path).expect("makes");
    let mut out = Counting { inner: std::io::BufWriter::new(file), written: 0 };
    let mut places = Vec::new();
    let mut random = 2 * seed + 1;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random
    };
    writeln!(out, "%PDF-1.4").expect("writes");
    let mut object = |out: &mut Counting, body: &[u8]| {
        places.push(out.written);
        let number = places.len();
        writeln!(out, "{number} 0 obj").expect("writes");
        out.write_all(body).expect("writes");
        write!(out, "\nendobj\n").expect("writes");
    };
    object(&mut out, b"<</Type/Catalog/Pages 2 0 R>>");
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 5 + 2 * page)).collect();
    object(&mut out, format!("<</Type/Pages/Count {pages}/Kids[{}]>>", kids.join(" ")).as_bytes());
    object(&mut out, b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>");
    let block: Vec<u8> = (0..8_192).flat_map(|_| next().to_le_bytes()).collect();
    let mut noise = block.repeat(ballast / block.len());
    // No two blocks alike.
    noise.chunks_mut(block.len()).for_each(|block| block[..8].copy_from_slice(&next().to_le_bytes()));
    let head = format!("<</Length {}>>\nstream\n", noise.len());
    object(&mut out, &[head.as_bytes(), &noise, b"\nendstream"].concat());
    let words =
        ["plazo", "entrega", "suministro", "garantia", "equipo", "oferente", "obra", "precio", "total"];
    let titles = ["1.2 DATOS GENERALES DEL OFERENTE", "1.4 SITUACION FINANCIERA", "CARTA DE COMPROMISO"];
    for page in 0..pages {
        let mut text = String::from("BT /F1 10 Tf 14 TL 56 790 Td\n");
        if page % 5 == 0 {
            text.push_str(&format!("({}) Tj T*\n", titles[page / 5 % titles.len()]));
        }
        for line in 0..46 {
            let words: Vec<&str> =
                (0..9).map(|at| words[(page * 31 + line * 7 + at * 3) % words.len()]).collect();
            text.push_str(&format!("({} {}) Tj T*\n", words.join(" "), page * 46 + line));
        }
        text.push_str("ET");
        let content = 6 + 2 * page;
        let resources = "/Resources<</Font<</F1 3 0 R>>>>";
        let body =
            format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]{resources}/Contents {content} 0 R>>");
        object(&mut out, body.as_bytes());
        object(&mut out, format!("<</Length {}>>\nstream\n{text}\nendstream", text.len()).as_bytes());
    }
    let start = out.written;
    write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).expect("writes");
    for place in &places {
        writeln!(out, "{place:010} 00000 n ").expect("writes");
    }
    let size = places.len() + 1;
    write!(out, "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").expect("writes");
    out.flush().expect("writes");
}

struct Counting {
    inner: std::io::BufWriter<std::fs::File>,
    written: u64,
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let count = self.inner.write(bytes)?;
        self.written += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.inner.flush()
    }
}

/// Writes a ZIP of files as they are, without packing them.
fn write_zip(path: &Path, files: &[PathBuf]) {
    let mut out =
        Counting { inner: std::io::BufWriter::new(std::fs::File::create(path).expect("makes")), written: 0 };
    let mut directory = Vec::new();
    for file in files {
        let bytes = std::fs::read(file).expect("reads");
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let sum = crc32(&bytes).to_le_bytes();
        let size = u32::try_from(bytes.len()).expect("small").to_le_bytes();
        let length = u16::try_from(name.len()).expect("short").to_le_bytes();
        let common = [&[0; 2][..], &[0; 2], &[0; 4], &sum, &size, &size, &length, &[0; 2]].concat();
        let place = u32::try_from(out.written).expect("under 4 GB").to_le_bytes();
        out.write_all(&[&b"PK\x03\x04\x14\0"[..], &common, name.as_bytes()].concat()).expect("writes");
        out.write_all(&bytes).expect("writes");
        directory
            .extend([&b"PK\x01\x02\x14\0\x14\0"[..], &common, &[0; 10], &place, name.as_bytes()].concat());
    }
    let count = u16::try_from(files.len()).expect("few").to_le_bytes();
    let (size, place) = (directory.len() as u32, u32::try_from(out.written).expect("under 4 GB"));
    out.write_all(&directory).expect("writes");
    let end =
        [&b"PK\x05\x06\0\0\0\0"[..], &count, &count, &size.to_le_bytes(), &place.to_le_bytes(), &[0; 2]];
    out.write_all(&end.concat()).expect("writes");
    out.flush().expect("writes");
}

fn crc32(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256u32)
        .map(|byte| {
            (0..8).fold(byte, |sum, _| if sum & 1 == 1 { 0xedb8_8320 ^ (sum >> 1) } else { sum >> 1 })
        })
        .collect();
    !bytes.iter().fold(!0, |sum, byte| table[((sum ^ u32::from(*byte)) & 0xff) as usize] ^ (sum >> 8))
}

/// Imports a file or folder as a bid; returns how many of its pages were read.
async fn import(desk: &Desk, case: &str, path: &Path) -> usize {
    let told = AtomicUsize::new(0);
    let listen = |progress: ImportProgress| {
        if progress.phase == ImportPhase::Reading {
            told.fetch_max(progress.pages_done as usize, Ordering::Relaxed);
        }
    };
    let outcome =
        desk.import_bids(case, &[path.to_owned()], &listen, &Cancellation::default()).await.expect("imports");
    assert!(
        outcome.remarks.iter().all(|remark| remark.finding.severity != SeverityView::Error),
        "{:?}",
        outcome.remarks
    );
    told.into_inner()
}

async fn start(folder: &Path) -> Option<(Desk, String, Arc<OpenCase>)> {
    let Ok(resources) = Resources::discover() else {
        println!("skipped: no worker");
        return None;
    };
    // How long the encoder takes for a page is another question.
    let resources = Resources { encoder: None, ..resources };
    let keyring = Arc::new(cotejo_store::MemoryKeyring::default());
    let ports = cotejo_store::Ports::system(keyring);
    let desk = Desk::open_with(&folder.join("datos"), ports, resources).await.expect("a desk");
    let (case, open) = case_of(&desk, ProcedureType::Lico).await;
    Some((desk, case, open))
}

/// Pages of the long file of the tests.
const PAGES: usize = 400;

#[tokio::test(flavor = "multi_thread")]
async fn pages_are_there_while_the_file_is_read_and_a_cancel_is_heard_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some((desk, case, open)) = start(folder.path()).await else { return };
    let path = folder.path().join("larga.pdf");
    write_pdf(&path, PAGES, 0, 1);
    let hash = FileHash::of(&std::fs::read(&path).expect("reads"));
    let (cancel, stopped) = (Cancellation::default(), Mutex::new(None));
    let listen = |progress: ImportProgress| {
        if progress.pages_done >= 40 && !cancel.is_cancelled() {
            *stopped.lock().expect("alone") = Some(Instant::now());
            cancel.cancel();
        }
    };
    let outcome =
        desk.import_bids(&case, std::slice::from_ref(&path), &listen, &cancel).await.expect("stops");
    let waited = stopped.lock().expect("alone").expect("was stopped").elapsed();
    assert!(outcome.cancelled && outcome.pages >= 40, "{outcome:?}");
    assert!(waited < Duration::from_secs(1), "the cancel took {waited:?}");

    let kept = readings::numbers(&open.case, hash).await.expect("lists");
    assert!((40..PAGES).contains(&kept.len()), "some pages are kept: {}", kept.len());
    let page = readings::page(&open.case, hash, 1).await.expect("reads").expect("the first page is kept");
    assert!(page.words.len() > 300, "with its words");
    let documents = desk.documents(&case).await.expect("shows");
    assert_eq!(documents.bids[1].files[0].pages.len(), kept.len(), "what is there so far is told");
    let view = desk.page(&case, &hash.to_string(), 1).await.expect("it can be looked at");
    assert_eq!((view.page, view.page_count as usize), (1, kept.len()));
    assert!(!desk.search(&case, "suministro").await.expect("finds").is_empty(), "and found");

    // Going on reads the pages that are missing, and no other.
    let told = import(&desk, &case, &path).await;
    assert_eq!(told, PAGES - kept.len(), "it goes on at the page");
    assert_eq!(readings::numbers(&open.case, hash).await.expect("lists").len(), PAGES);
    let documents = desk.documents(&case).await.expect("shows");
    assert_eq!(documents.bids[1].files[0].pages.len(), PAGES, "every page is told");

    // The same file in another bid under other names: what was read is not read again.
    let other = folder.path().join("otra");
    std::fs::create_dir(&other).expect("makes");
    for name in ["la-misma.pdf", "y-otra-vez.pdf"] {
        std::fs::copy(&path, other.join(name)).expect("copies");
    }
    let told = import(&desk, &case, &other).await;
    assert_eq!(told, 0, "not a page was read");
    let documents = desk.documents(&case).await.expect("shows");
    assert!(documents.bids[2].files.iter().all(|file| file.pages.len() == PAGES));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_under_two_names_are_read_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some((desk, case, open)) = start(folder.path()).await else { return };
    let bid = folder.path().join("oferta");
    std::fs::create_dir(&bid).expect("makes");
    write_pdf(&bid.join("a.pdf"), 60, 0, 1);
    for name in ["b.pdf", "c.pdf", "d.pdf"] {
        std::fs::copy(bid.join("a.pdf"), bid.join(name)).expect("copies");
    }
    let told = import(&desk, &case, &bid).await;
    assert_eq!(told, 60, "read once, however many readers there are");
    let hash = FileHash::of(&std::fs::read(bid.join("a.pdf")).expect("reads"));
    assert_eq!(readings::numbers(&open.case, hash).await.expect("lists"), (1..=60).collect::<Vec<_>>());
    let documents = desk.documents(&case).await.expect("shows");
    assert!(documents.bids[1].files.iter().all(|file| file.pages.len() == 60 && !file.documents.is_empty()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_package_is_taken_out_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let Some((desk, case, open)) = start(folder.path()).await else { return };
    let files: Vec<PathBuf> =
        (0..3).map(|number| folder.path().join(format!("{number} oferta.pdf"))).collect();
    for (number, file) in (1..).zip(&files) {
        // More than a piece, and together more than what is held whole.
        write_pdf(file, 2, 18 << 20, number);
    }
    let package = folder.path().join("oferta.zip");
    write_zip(&package, &files);
    let told = import(&desk, &case, &package).await;
    assert_eq!(told, 6);
    let bid = open.case.bids().await.expect("lists").remove(0);
    let mut taken: Vec<(String, FileHash)> =
        bid.files.into_iter().map(|file| (file.path, file.hash)).collect();
    taken.sort();
    let mut expected: Vec<(String, FileHash)> = files
        .iter()
        .chain([&package])
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let inside = if *path == package { name } else { format!("oferta.zip/{name}") };
            (inside, FileHash::of(&std::fs::read(path).expect("reads")))
        })
        .collect();
    expected.sort();
    assert_eq!(taken, expected, "every byte");
    assert!(open.case.inspect().await.expect("looks").is_sound());
}
