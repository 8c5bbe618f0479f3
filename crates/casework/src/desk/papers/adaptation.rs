//! The entity's dress of its documents: installed once for the profile, kept as text with its logo.

use crate::CaseworkError;
use crate::desk::Desk;
use crate::view::{AdaptationView, TemplateView};
use cotejo_domain::Code;
use cotejo_reports::{ActaError, Adaptation, Kind, TemplateFault};
use std::path::Path;

const FILE: &str = "adaptacion.txt";
const FOLDER: &str = "plantillas";

/// Reads an adaptation from the disk, its logo from beside it.
///
/// # Errors
/// When the file cannot be read; its faults are returned as a list.
pub(crate) fn read(path: &Path) -> Result<Result<Adaptation, Vec<TemplateFault>>, CaseworkError> {
    let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        CaseworkError::refused(
            Code::UnreadableInput,
            "casework.template_not_text",
            path.display().to_string(),
        )
    })?;
    let place = path.file_name().map_or_else(|| FILE.to_owned(), |name| name.to_string_lossy().into_owned());
    let folder = path.parent().unwrap_or(Path::new("."));
    Ok(Adaptation::parse(&place, &text, |name| {
        // Only a file beside it: a path would read anything.
        let plain = Path::new(name).file_name().is_some_and(|plain| plain == name);
        plain.then(|| std::fs::read(folder.join(name)).ok()).flatten()
    }))
}

fn faulty(faults: &[TemplateFault]) -> CaseworkError {
    let list: Vec<String> = faults.iter().map(TemplateFault::message).collect();
    CaseworkError::refused(Code::UnreadableInput, "casework.template_faulty", list.join(" "))
}

impl Desk {
    /// Lists the templates, or one of them.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for a document that there is not.
    pub fn templates(kind: Option<&str>) -> Result<Vec<TemplateView>, CaseworkError> {
        let kinds = match kind {
            Some(name) => vec![super::kind_of(name)?],
            None => Kind::ALL.to_vec(),
        };
        let view = |kind: Kind| {
            let mut blocks = kind.template().block_names();
            blocks.sort();
            blocks.dedup();
            TemplateView {
                kind: kind.name().into(),
                title: kind.title(),
                blocks,
                names: cotejo_reports::names(&kind.example()),
            }
        };
        Ok(kinds.into_iter().map(view).collect())
    }

    /// Writes the template of a document, its invented example and a preview of it to a folder; returns the paths.
    ///
    /// # Errors
    /// [`Code::WrongUse`] for a document that there is not, or when a file cannot be written.
    pub fn export_template(kind: &str, folder: &Path) -> Result<Vec<String>, CaseworkError> {
        let kind = super::kind_of(kind)?;
        let paper = cotejo_reports::compose_example(kind, None).map_err(ActaError::from)?;
        let preview = cotejo_reports::typeset_unsigned(&paper, kind.name(), jiff::Timestamp::UNIX_EPOCH)
            .map_err(ActaError::from)?;
        let files = [
            (format!("{}.plantilla", kind.name()), kind.template_source().as_bytes().to_vec()),
            (format!("{}.ejemplo.json", kind.name()), serde_json::to_vec_pretty(&kind.example())?),
            (format!("{}.pdf", kind.name()), preview.pdf),
        ];
        let mut paths = Vec::new();
        for (name, bytes) in files {
            let path = folder.join(name);
            crate::quick::write_whole(&path, &bytes)?;
            paths.push(path.display().to_string());
        }
        Ok(paths)
    }

    /// Checks an adaptation and returns its faults as sentences; none where it can be installed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn check_adaptation(path: &Path) -> Result<Vec<String>, CaseworkError> {
        Ok(match read(path)? {
            Ok(_) => Vec::new(),
            Err(faults) => faults.iter().map(TemplateFault::message).collect(),
        })
    }

    /// Installs an adaptation for the documents of this profile.
    ///
    /// # Errors
    /// [`Code::UnreadableInput`] with its faults.
    pub async fn install_adaptation(&self, path: &Path) -> Result<(), CaseworkError> {
        let adaptation = read(path)?.map_err(|faults| faulty(&faults))?;
        let folder = self.profile.folder().join(FOLDER);
        let source = std::fs::read(path).map_err(CaseworkError::file(path))?;
        if let (Some(name), Some(logo)) = (&adaptation.logo_file, &adaptation.logo) {
            crate::quick::write_whole(&folder.join(name), &logo.bytes)?;
        }
        crate::quick::write_whole(&folder.join(FILE), &source)
    }

    /// Shows what is installed, with its faults where a later program no longer takes it.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn adaptation_view(&self) -> Result<AdaptationView, CaseworkError> {
        let path = self.profile.folder().join(FOLDER).join(FILE);
        if !path.exists() {
            return Ok(AdaptationView { text: None, faults: Vec::new() });
        }
        let text = std::fs::read_to_string(&path).map_err(CaseworkError::file(&path))?;
        Ok(AdaptationView { text: Some(text), faults: Self::check_adaptation(&path)? })
    }

    /// Takes the adaptation away; documents that were made keep it.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub async fn remove_adaptation(&self) -> Result<(), CaseworkError> {
        let path = self.profile.folder().join(FOLDER).join(FILE);
        if path.exists() {
            std::fs::remove_file(&path).map_err(CaseworkError::file(&path))?;
        }
        Ok(())
    }

    /// Returns the installed adaptation. One that no longer fits (a later program changed a block) is refused, not left out in silence.
    pub(crate) async fn adaptation(&self) -> Result<Option<Adaptation>, CaseworkError> {
        let path = self.profile.folder().join(FOLDER).join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        read(&path)?.map(Some).map_err(|faults| faulty(&faults))
    }
}
