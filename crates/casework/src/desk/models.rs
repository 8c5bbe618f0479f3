//! The models of the process's own forms: the texts of its pliego and annexes that bidders' forms are compared with. Each file is looked at
//! once, before the first bid is read, by its text layer alone: what only OCR could read is no sure model.

use super::Desk;
use super::import::blocking;
use super::judgement::key;
use super::open_case::OpenCase;
use super::taking::feed_of_original;
use crate::CaseworkError;
use crate::view::Cancellation;
use cotejo_domain::{BidFile, FileHash, FileProperties, ModelText};
use cotejo_lector_client::{FileFeed, Lector, LectorError, in_frames};
use cotejo_lector_protocol::{ReadOptions, RecognitionInput};
use cotejo_store::{Case, FileOwner};

const MODEL: &str = "modelo";
const PROPERTIES: &str = "propiedades";
/// Bytes of the largest file that is looked at.
const LARGEST: u64 = 40 * 1024 * 1024;
/// Bytes of all models together: they travel to the worker with each file of a bid.
const ALL: usize = 512 * 1024;

impl Desk {
    /// Takes the models out of the files of the process that were not looked at yet. A file that cannot be read has none.
    pub(crate) async fn take_models(
        &self,
        open: &OpenCase,
        cancellation: &Cancellation,
    ) -> Result<(), CaseworkError> {
        for file in open.case.files(FileOwner::Process).await?.into_iter().filter(may_carry_forms) {
            let kept: Option<Option<ModelText>> = open.case.derived(&key(file.hash, MODEL, "")).await?;
            if kept.is_some() {
                continue;
            }
            let feed = feed_of_original(&open.case, file.hash).await?;
            let (lector, cancel) = (self.lector(), cancellation.clone());
            let hash = file.hash;
            let model = blocking(move || take_model(&lector, &file.path, hash, &feed, &cancel)).await??;
            open.case.put_derived(&key(hash, MODEL, ""), &model).await?;
        }
        self.take_properties(open, cancellation).await
    }

    /// Keeps what the files of the process say of themselves: a form that was filled in still says it.
    async fn take_properties(
        &self,
        open: &OpenCase,
        cancellation: &Cancellation,
    ) -> Result<(), CaseworkError> {
        for file in open.case.files(FileOwner::Process).await?.into_iter().filter(may_say_something) {
            let kept: Option<Option<FileProperties>> =
                open.case.derived(&key(file.hash, PROPERTIES, "")).await?;
            if kept.is_some() {
                continue;
            }
            let feed = feed_of_original(&open.case, file.hash).await?;
            let (lector, cancel, hash) = (self.lector(), cancellation.clone(), file.hash);
            // They come with the first page; no other is read.
            let options =
                ReadOptions { pages: vec![1], limits: lector.settings().reading, ..ReadOptions::default() };
            let reading =
                blocking(move || lector.read(&file.path, &feed, &options, cancel.switch(), &mut |_| {}))
                    .await??;
            open.case.put_derived(&key(hash, PROPERTIES, ""), &reading.properties).await?;
        }
        Ok(())
    }
}

/// Returns what the files of the process say of themselves, as far as they were looked at.
pub(crate) async fn properties_of_process(case: &Case) -> Result<Vec<FileProperties>, CaseworkError> {
    let mut said = Vec::new();
    for file in case.files(FileOwner::Process).await? {
        let kept: Option<Option<FileProperties>> = case.derived(&key(file.hash, PROPERTIES, "")).await?;
        said.extend(kept.flatten());
    }
    Ok(said)
}

/// Returns the models of a case, as far as its files were looked at.
pub(crate) async fn of_process(case: &Case) -> Result<Vec<ModelText>, CaseworkError> {
    let mut models: Vec<ModelText> = Vec::new();
    for file in case.files(FileOwner::Process).await? {
        let kept: Option<Option<ModelText>> = case.derived(&key(file.hash, MODEL, "")).await?;
        models.extend(kept.flatten());
    }
    // An annex with nothing but forms is shorter than a pliego that holds them among other things.
    models.sort_by_key(|model| model.text.len());
    let mut bytes = 0;
    models.retain(|model| {
        bytes += model.text.len();
        bytes <= ALL
    });
    Ok(models)
}

fn may_carry_forms(file: &BidFile) -> bool {
    has_extension(file, &["pdf", "doc", "docx", "odt", "rtf", "txt"])
}

fn may_say_something(file: &BidFile) -> bool {
    has_extension(file, &["pdf", "doc", "docx", "odt", "xls", "xlsx", "xlsb", "ods"])
}

fn has_extension(file: &BidFile, of: &[&str]) -> bool {
    let extension = file.path.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    file.size <= LARGEST
        && !file.sealed
        && extension.is_some_and(|extension| of.contains(&extension.as_str()))
}

/// Takes the text of one file of the process; `None` where it carries no forms.
///
/// # Errors
/// When the worker cannot run here, or the person cancelled.
pub(crate) fn take_model(
    lector: &Lector,
    path: &str,
    hash: FileHash,
    feed: &FileFeed<'_>,
    cancellation: &Cancellation,
) -> Result<Option<ModelText>, LectorError> {
    let options = ReadOptions { ocr: false, limits: lector.settings().reading, ..ReadOptions::default() };
    let reading = lector.read(path, feed, &options, cancellation.switch(), &mut |_| {})?;
    if reading.pages.is_empty() {
        return Ok(None);
    }
    let input = RecognitionInput::new(hash, path, None);
    lector.take_model(input, &mut in_frames(&reading.pages), cancellation.switch())
}
