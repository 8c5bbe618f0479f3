//! Recognition of pages that are at hand.

use crate::CaseworkError;
use crate::analysis::{FileAnalysis, codes_of, signatures_of};
use crate::view::Cancellation;
use cotejo_domain::{FileHash, ModelText, PageReading};
use cotejo_lector_client::{Lector, in_frames};
use cotejo_lector_protocol::{Recognition, RecognitionInput};

/// Returns the leaf number of a page, where one was read.
pub(crate) fn leaf_of(leaves: &[(u32, u32)], page: u32) -> Option<u32> {
    leaves.iter().find(|(of, _)| *of == page).map(|(_, leaf)| *leaf)
}

/// Says of a file that was read before what is known of it beside its pages.
pub(crate) fn known(
    path: &str,
    hash: FileHash,
    process_code: Option<String>,
    models: Vec<ModelText>,
    before: Option<&FileAnalysis>,
) -> RecognitionInput {
    let looks = before.iter().flat_map(|before| &before.pages).filter_map(|note| note.look.as_ref());
    RecognitionInput {
        models,
        codes: looks.flat_map(codes_of).collect(),
        signatures: before.and_then(|before| signatures_of(path, &before.signatures, &before.findings)),
        ..RecognitionInput::new(hash, path, process_code)
    }
}

/// Types pages, cuts them into documents and reads facts from them.
///
/// # Errors
/// When the worker cannot run here.
pub(crate) fn recognise(
    lector: &Lector,
    input: RecognitionInput,
    pages: &[PageReading],
) -> Result<Recognition, CaseworkError> {
    if pages.is_empty() {
        return Ok(Recognition::default());
    }
    Ok(lector.recognise(input, &mut in_frames(pages), Cancellation::default().switch())?)
}
