//! The measured comparisons of docs/benchmarks.md: each against a named peer, in the same run, on the same input, in a release build.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

mod encoder;
mod folder;
mod input;
mod judgement;
mod large;
mod ocr;
mod offer;
mod peer;
mod scanned;
mod signing;
mod text;
mod typesetting;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// One measured line.
pub(crate) struct Row {
    what: &'static str,
    unit: &'static str,
    ours: f64,
    peer: &'static str,
    theirs: Option<f64>,
    /// True when a larger figure is better.
    larger: bool,
    input: String,
}

/// Folders the measurements share.
pub(crate) struct Place {
    pub(crate) resources: PathBuf,
    pub(crate) python: PathBuf,
    pub(crate) scratch: PathBuf,
    pub(crate) wheels: PathBuf,
    /// The generator of fictional processes.
    pub(crate) generator: PathBuf,
}

impl Place {
    /// Returns the folder of a generated process with its four bids, made once a run.
    pub(crate) fn sample(&self) -> Result<PathBuf, Box<dyn Error>> {
        let folder = self.scratch.join("muestra");
        if !folder.is_dir() {
            let mut generate = Command::new(&self.generator);
            generate.args(["--semilla", "20261", "--proceso", "lico", "--salida"]).arg(&folder);
            if !generate.status()?.success() {
                return Err("the sample was not generated".into());
            }
        }
        Ok(folder)
    }
}

fn main() -> ExitCode {
    match measure() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Result<(), Box<dyn Error>> {
    // Before the work: the load that is ours does not count.
    let machine = peer::machine();
    let scratch = tempfile::tempdir()?;
    let from = |variable: &str| std::env::var_os(variable).map(PathBuf::from).unwrap_or_default();
    let place = Place {
        resources: from("COTEJO_RECURSOS"),
        python: from("COTEJO_PYTHON"),
        scratch: scratch.path().to_owned(),
        wheels: from("COTEJO_WHEELS"),
        generator: from("COTEJO_MUESTRA"),
    };
    let pdf = input::pdf(200)?;
    let path = place.scratch.join("paginas.pdf");
    std::fs::write(&path, &pdf)?;
    let mut rows = Vec::new();
    let library = place.resources.join("pdfium").join(format!(
        "{}pdfium{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ));
    let tessdata = ["/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata"].map(Path::new);
    let reader = cotejo_reader::Reader::start(&library, tessdata.into_iter().find(|path| path.is_dir()))?;
    for (what, measured) in [
        // First, while this process holds nothing else.
        ("the long file", large::measure(&place)),
        ("judging", judgement::measure(&place, &path)),
        ("text", text::measure(&place, &path, &reader)),
        ("OCR", ocr::measure(&place, &path, &reader)),
        ("the scanned offer", scanned::measure(&place)),
        ("the scanned offer of three hundred pages", offer::scanned(&place)),
        ("the digital package of two hundred pages", offer::digital(&place)),
        ("an acta of a hundred pages", typesetting::measure()),
        ("the folder", folder::measure(&place)),
        ("encoder", encoder::measure(&place, &path)),
        ("signature", signing::measure(&place, &path)),
    ] {
        match measured {
            Ok(measured) => rows.extend(measured),
            Err(error) => eprintln!("{what} is not measured: {error}"),
        }
    }
    let table = table(&rows, &machine);
    println!("{table}");
    if cfg!(debug_assertions) {
        println!("figures of a debug build are none: docs/benchmarks.md stays as it is");
        return Ok(());
    }
    std::fs::write(repository().join("docs").join("benchmarks.md"), table)?;
    Ok(())
}

/// Returns the root of the repository: where cargo says that it is now, or else where this program was built.
fn repository() -> std::path::PathBuf {
    std::env::var_os("COTEJO_REPOSITORIO")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."), std::path::PathBuf::from)
}

fn table(rows: &[Row], machine: &str) -> String {
    let mut text = String::from(
        "# Benchmarks\n\nWritten by `cargo xtask bench`: release builds, the same input for both sides, the same run. A ratio above 1 means that ours is better.\n\n",
    );
    text.push_str(&format!("Machine: {machine}.\n\n"));
    text.push_str("| what | input | ours | peer | theirs | ratio |\n|---|---|---|---|---|---|\n");
    for row in rows {
        let ratio = row.theirs.map(|theirs| if row.larger { row.ours / theirs } else { theirs / row.ours });
        let figure = |value: f64| format!("{value:.2} {}", row.unit);
        text.push_str(&format!(
            "| {} | {} | {} | {} | {} | {} |\n",
            row.what,
            row.input,
            figure(row.ours),
            row.peer,
            row.theirs.map_or_else(|| "no figure".into(), figure),
            ratio.map_or_else(|| "—".into(), |ratio| format!("{ratio:.2}"))
        ));
    }
    text
}
