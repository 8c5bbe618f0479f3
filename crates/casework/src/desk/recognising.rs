//! Recognition of pages that are at hand.

use crate::CaseworkError;
use crate::view::Cancellation;
use cotejo_domain::{FileHash, PageReading};
use cotejo_lector_client::{Lector, in_frames};
use cotejo_lector_protocol::{Recognition, RecognitionInput};

/// Returns the leaf number of a page, where one was read.
pub(crate) fn leaf_of(leaves: &[(u32, u32)], page: u32) -> Option<u32> {
    leaves.iter().find(|(of, _)| *of == page).map(|(_, leaf)| *leaf)
}

/// Types pages, cuts them into documents and reads facts from them.
///
/// # Errors
/// When the worker cannot run here.
pub(crate) fn recognise(
    lector: &Lector,
    path: &str,
    hash: FileHash,
    process_code: Option<String>,
    pages: &[PageReading],
) -> Result<Recognition, CaseworkError> {
    if pages.is_empty() {
        return Ok(Recognition::default());
    }
    let input = RecognitionInput { file: hash, file_name: path.to_owned(), process_code };
    Ok(lector.recognise(input, &mut in_frames(pages), Cancellation::default().switch())?)
}
