//! Starts the reader with what is installed on this machine.

use cotejo_reader::Reader;
use std::path::PathBuf;

/// Starts the reader; says aloud what is missing otherwise. Without `ocr` it does without Tesseract where that is missing.
pub(crate) fn reader(ocr: bool) -> Option<Reader> {
    let resources = std::env::var_os("COTEJO_RECURSOS")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share/cotejo/recursos")))?;
    let library = resources.join("pdfium").join(if cfg!(windows) { "pdfium.dll" } else { "libpdfium.so" });
    let tessdata = ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata"]
        .into_iter()
        .map(PathBuf::from)
        .find(|folder| folder.join("spa.traineddata").exists());
    if !library.exists() || ocr && tessdata.is_none() {
        println!("skipped: pdfium or Tesseract is not installed (cargo xtask run installs them)");
        return None;
    }
    Some(Reader::start(&library, tessdata.as_deref()).expect("the reader starts"))
}
