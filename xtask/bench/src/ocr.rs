//! OCR of one page image at 200 dpi, against the `tesseract` program with one thread.

use crate::{Place, Row, peer};
use cotejo_reader::{Options, Reader};
use std::error::Error;
use std::path::Path;
use std::process::Command;

pub(crate) fn measure(place: &Place, pdf: &Path, reader: &Reader) -> Result<Vec<Row>, Box<dyn Error>> {
    let image =
        reader.render(&std::fs::read(pdf)?, 1, 200.0 / 72.0, None).map_err(|finding| finding.message)?;
    let path = place.scratch.join("pagina.png");
    std::fs::write(&path, &image.png)?;
    let options = Options { ocr: true, ..Options::default() };
    let ours = peer::best(3, || {
        reader.read_image(&image.png, &options, &mut |_| {});
        Ok(())
    })?;
    let theirs = peer::best(3, || {
        let status = Command::new("tesseract")
            .arg(&path)
            .args(["-", "-l", "spa", "tsv"])
            .env("OMP_THREAD_LIMIT", "1")
            .output()?;
        if status.status.success() { Ok(()) } else { Err("tesseract failed".into()) }
    });
    Ok(vec![Row {
        what: "OCR of a page",
        unit: "s/page",
        ours,
        peer: "tesseract program, 1 thread, its start included",
        theirs: theirs.ok(),
        larger: false,
        input: "one generated page, 200 dpi".into(),
    }])
}
