//! What the tests share: documents to sign, a person to sign them, and two judges that are not ours.
#![allow(dead_code, reason = "each test file uses its part")]
#![allow(unreachable_pub, clippy::expect_used, clippy::print_stdout, reason = "a module of tests")]

use cotejo_signing::{DemoCertificate, DemoPerson, Keystore, demo_certificate};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Returns the present moment: the judges look at their own clock.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

pub fn person(name: &str) -> DemoPerson {
    DemoPerson {
        name: name.into(),
        cedula: Some("1710034065".into()),
        ruc: Some("1790011674001".into()),
        organization: Some("ENTIDAD DE EJEMPLO".into()),
    }
}

pub fn certificate(name: &str) -> (DemoCertificate, Keystore) {
    let certificate = demo_certificate(&person(name), now()).expect("randomness");
    let keystore = Keystore::open_pkcs12(&certificate.pkcs12, &certificate.password).expect("just written");
    (certificate, keystore)
}

/// Builds a PDF with a classic table: `pages` pages with a box of many digits, the first with an annotation if asked.
pub fn classic_pdf(pages: usize, annotated: bool) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut offsets = Vec::new();
    let mut object = |bytes: &mut Vec<u8>, value: String| {
        offsets.push(bytes.len());
        let number = offsets.len();
        bytes.extend_from_slice(format!("{number} 0 obj\n{value}\nendobj\n").as_bytes());
    };
    let kids: String = (0..pages).map(|index| format!("{} 0 R ", 5 + index * 2)).collect();
    object(&mut bytes, "<</Type/Catalog/Pages 2 0 R>>".into());
    object(
        &mut bytes,
        format!("<</Type/Pages/Kids[{kids}]/Count {pages}/MediaBox[0 0 595.27559 841.88976]>>"),
    );
    object(&mut bytes, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".into());
    object(&mut bytes, "<</Type/Annot/Subtype/Square/Rect[10 10 40 40]/F 4>>".into());
    for index in 0..pages {
        let annotations = if annotated && index == 0 { "/Annots[4 0 R]" } else { "" };
        let content = format!("BT /F1 24 Tf 72 700 Td (EJEMPLO {}) Tj ET", index + 1);
        let own = 6 + index * 2;
        object(
            &mut bytes,
            format!(
                "<</Type/Page/Parent 2 0 R{annotations}/Resources<</Font<</F1 3 0 R>>>>/Contents {own} 0 R>>"
            ),
        );
        object(&mut bytes, format!("<</Length {}>>\nstream\n{content}\nendstream", content.len()));
    }
    let start = bytes.len();
    bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f\r\n", offsets.len() + 1).as_bytes());
    for offset in &offsets {
        bytes.extend_from_slice(format!("{offset:010} 00000 n\r\n").as_bytes());
    }
    let size = offsets.len() + 1;
    bytes.extend_from_slice(
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
    );
    bytes
}

/// Builds the same with object streams and a cross-reference stream.
pub fn modern_pdf(pages: usize, annotated: bool) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&classic_pdf(pages, annotated)).expect("well formed");
    let mut bytes = Vec::new();
    let options = lopdf::SaveOptions::builder().use_object_streams(true).use_xref_streams(true).build();
    document.save_with_options(&mut bytes, options).expect("writes");
    bytes
}

/// Holds what pyHanko says of one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion(pub String);

impl Opinion {
    pub fn has(&self, key: &str, value: &str) -> bool {
        self.0.contains(&format!("\"{key}\": {value}"))
    }
}

/// Asks pyHanko about every signature; `None`, said aloud, when it is not on this machine.
pub fn pyhanko(pdf: &Path, roots: &[&Path]) -> Option<Vec<Opinion>> {
    let Some(python) = std::env::var_os("COTEJO_PYTHON").map(PathBuf::from) else {
        println!("skipped: COTEJO_PYTHON does not name a Python with pyHanko");
        return None;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../signing/tests/support/judge.py");
    let output = Command::new(python).arg(script).arg(pdf).args(roots).output().expect("runs");
    assert!(output.status.success(), "pyHanko: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    Some(text.split("}").filter(|part| part.contains("field")).map(|part| Opinion(part.to_owned())).collect())
}

/// Asks pdfsig; `None`, said aloud, when it is not on this machine.
pub fn pdfsig(pdf: &Path) -> Option<String> {
    match Command::new("pdfsig").arg("-nocert").arg(pdf).env("LC_ALL", "C").output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(_) => {
            println!("skipped: pdfsig is not on this machine");
            None
        }
    }
}

/// Asserts that qpdf finds no fault; says aloud when it is not on this machine.
pub fn qpdf_accepts(pdf: &Path) -> bool {
    match Command::new("qpdf").arg("--check").arg(pdf).output() {
        // 3 is a warning about what was there before.
        Ok(output) => matches!(output.status.code(), Some(0 | 3)),
        Err(_) => {
            println!("skipped: qpdf is not on this machine");
            true
        }
    }
}

/// Returns the folder of real material, if this machine has it.
pub fn shared() -> Option<PathBuf> {
    let folder = std::env::var_os("COTEJO_SHARED")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"), PathBuf::from);
    if folder.is_dir() {
        Some(folder)
    } else {
        println!("skipped: no real material; set COTEJO_SHARED");
        None
    }
}

/// Lists the files with an extension below a folder.
pub fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found.eq_ignore_ascii_case(extension)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
