//! Finds the worker and its engines on this machine.

use crate::LectorError;
use std::path::{Path, PathBuf};

/// Names an installed file of heads that the core has checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadsPlace {
    /// The file.
    pub path: PathBuf,
    /// Its SHA-256: the worker takes no other bytes.
    pub sha256: String,
    /// SHA-256 of its weights that type pages; `None` where it has none.
    pub page_types: Option<String>,
}

/// Names where things are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resources {
    /// The program `cotejo-lector`.
    pub program: PathBuf,
    /// The pdfium library.
    pub pdfium: PathBuf,
    /// The folder of Tesseract's data, with `spa.traineddata`.
    pub tessdata: PathBuf,
    /// The folder of the converted encoder, if it is installed.
    pub encoder: Option<PathBuf>,
    /// Heads in place of the compiled-in ones.
    pub heads: Option<HeadsPlace>,
}

impl Resources {
    /// Looks in the known places: `COTEJO_CODIFICADOR` for another encoder, `COTEJO_LECTOR` or beside this program for the worker; `COTEJO_RECURSOS`, `recursos/` beside this program
    /// or the platform's data folder for pdfium and the encoder; `TESSDATA_PREFIX`, `recursos/tessdata` or the system's folders for Tesseract.
    ///
    /// # Errors
    /// Fails with the first thing that is missing; the encoder may be.
    pub fn discover() -> Result<Self, LectorError> {
        let missing =
            |code: &str, detail: &str| LectorError::Missing { code: code.into(), detail: detail.into() };
        let beside = program_folders();
        let program = std::env::var_os("COTEJO_LECTOR")
            .map(PathBuf::from)
            .into_iter()
            .chain(
                beside
                    .iter()
                    .map(|folder| folder.join(format!("cotejo-lector{}", std::env::consts::EXE_SUFFIX))),
            )
            .find(|path| path.is_file())
            .ok_or_else(|| missing("lector.no_program", "cotejo-lector"))?;
        let folders = resource_folders(&beside);
        let library = format!("{}pdfium{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
        let pdfium = folders
            .iter()
            .map(|folder| folder.join("pdfium").join(&library))
            .find(|path| path.is_file())
            .ok_or_else(|| missing("reader.no_pdfium", &library))?;
        let tessdata = tessdata_folders(&folders)
            .into_iter()
            .find(|folder| folder.join("spa.traineddata").is_file())
            .ok_or_else(|| missing("reader.no_tesseract", "spa.traineddata"))?;
        // Another encoder is only taken where a person names its folder.
        let chosen = std::env::var_os("COTEJO_CODIFICADOR").map(PathBuf::from);
        let usual = folders.iter().map(|folder| folder.join("encoder"));
        let encoder = chosen.into_iter().chain(usual).find(|folder| is_filled(folder));
        Ok(Self { program, pdfium, tessdata, encoder, heads: None })
    }
}

// Beside this program, and one level up: test programs stand in `deps/`.
fn program_folders() -> Vec<PathBuf> {
    let program = std::env::current_exe().ok();
    let folder = program.as_deref().and_then(Path::parent);
    folder.into_iter().chain(folder.and_then(Path::parent)).map(Path::to_path_buf).collect()
}

fn resource_folders(beside: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::var_os("COTEJO_RECURSOS").map(PathBuf::from).into_iter().collect();
    folders.extend(beside.iter().map(|folder| folder.join("recursos")));
    folders.extend(data_folder().map(|folder| folder.join("cotejo").join("recursos")));
    folders
}

fn data_folder() -> Option<PathBuf> {
    let home = || std::env::var_os(if cfg!(windows) { "USERPROFILE" } else { "HOME" }).map(PathBuf::from);
    if cfg!(windows) {
        return std::env::var_os("LOCALAPPDATA").map(PathBuf::from);
    }
    if cfg!(target_os = "macos") {
        return home().map(|home| home.join("Library").join("Application Support"));
    }
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute())
        .or_else(|| home().map(|home| home.join(".local").join("share")))
}

fn tessdata_folders(resources: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(prefix) = std::env::var_os("TESSDATA_PREFIX").map(PathBuf::from) {
        folders.push(prefix.join("tessdata"));
        folders.push(prefix);
    }
    folders.extend(resources.iter().map(|folder| folder.join("tessdata")));
    let known = [
        "/usr/share/tesseract-ocr/5/tessdata",
        "/usr/share/tesseract-ocr/tessdata",
        "/usr/share/tessdata",
        "/opt/homebrew/share/tessdata",
        "/usr/local/share/tessdata",
        "C:\\Program Files\\Tesseract-OCR\\tessdata",
    ];
    folders.extend(known.map(PathBuf::from));
    folders
}

fn is_filled(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}
