//! A scanned offer read by the worker's pool with every core, against OCRmyPDF with as many jobs.

use crate::{Place, Row, peer};
use cotejo_lector_client::{Cancel, Lector, Pace, Resources, Settings};
use cotejo_lector_protocol::ReadOptions;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) fn measure(place: &Place) -> Result<Vec<Row>, Box<dyn Error>> {
    let scan = largest_scan(&place.sample()?)?.ok_or("the sample has no scanned offer")?;
    let bytes = std::fs::read(&scan)?;
    let settings = Settings::at(Pace::FullSpeed);
    let jobs = settings.readers;
    let lector = Lector::new(Resources::discover()?, settings);
    let options = ReadOptions { ocr: true, ..ReadOptions::default() };
    let mut pages = 0;
    let ours = peer::best(2, || {
        let reading = lector.read("escaneada.pdf", &bytes, &options, &Cancel::new(), &mut |_| {})?;
        pages = reading.pages.len();
        Ok(())
    })?;
    let theirs = peer::best(2, || {
        let mut command = Command::new(&place.python);
        command
            .args(["-m", "ocrmypdf", "--quiet", "--language", "spa", "--output-type", "pdf"])
            .args(["--optimize", "0", "--invalidate-digital-signatures", "--jobs", &jobs.to_string()])
            .arg(&scan)
            .arg(place.scratch.join("ocrmypdf.pdf"))
            .env_remove("OMP_THREAD_LIMIT");
        let output = command.output()?;
        if output.status.success() {
            Ok(())
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
        }
    });
    if let Err(error) = &theirs {
        eprintln!("OCRmyPDF gave no figure: {error}");
    }
    Ok(vec![Row {
        what: "OCR of a scanned offer",
        unit: "s",
        ours,
        peer: "OCRmyPDF 17.13.0, as many jobs as ours has workers, no optimising",
        theirs: theirs.ok(),
        larger: false,
        input: format!("{pages} generated pages as an office scans them, {jobs} workers"),
    }])
}

/// Finds the largest file named as the sample names what was scanned.
pub(crate) fn largest_scan(folder: &Path) -> Result<Option<PathBuf>, std::io::Error> {
    let mut best: Option<(u64, PathBuf)> = None;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let found = if path.is_dir() {
            largest_scan(&path)?
        } else {
            path.file_name().is_some_and(|name| name.to_string_lossy().contains("escanead")).then_some(path)
        };
        if let Some(path) = found {
            let length = path.metadata()?.len();
            if best.as_ref().is_none_or(|(longest, _)| *longest < length) {
                best = Some((length, path));
            }
        }
    }
    Ok(best.map(|(_, path)| path))
}
