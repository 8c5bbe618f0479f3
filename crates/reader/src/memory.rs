//! What was read of the image of a page: it depends on the image, the engine and what stood there already, and on nothing else. Whoever keeps
//! it spares reading the same page twice, in whatever file it comes.

use crate::ink::Gray;
use crate::layout::Placed;
use crate::look::Colour;
use cotejo_domain::{Finding, PageLook, PageReading, PageStatus, Word};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Holds what was read of an image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadImage {
    /// How the page ended.
    pub status: PageStatus,
    /// Its words.
    pub words: Vec<Word>,
    /// How it looks.
    pub look: PageLook,
    /// What was found on it.
    pub findings: Vec<Finding>,
}

impl ReadImage {
    /// Puts what was read on a page, which may have another number than the one it was read on.
    pub(crate) fn onto(self, page: &mut PageReading, findings: &mut Vec<Finding>) -> PageLook {
        page.status = self.status;
        page.words = self.words;
        let numbered = |finding: Finding| Finding { page: finding.page.map(|_| page.number), ..finding };
        findings.extend(self.findings.into_iter().map(numbered));
        PageLook { number: page.number, ..self.look }
    }
}

/// Keeps what was read of images. What it gives back was kept under the same key.
pub trait ImageMemory: Send {
    /// Returns what was kept under a key.
    fn recall(&self, key: &str) -> Option<ReadImage>;

    /// Keeps what was read.
    fn keep(&self, key: &str, read: &ReadImage);
}

/// Makes the key: a hash of the pixels and colours, of the page's size and the words its layer has, and of engine and settings.
pub(crate) fn key(
    version: &str,
    image: &Gray,
    colour: Option<&Colour>,
    page: &PageReading,
    known: &[Placed],
) -> String {
    let mut hash = Sha256::new();
    hash.update((version.len() as u64).to_le_bytes());
    hash.update(version);
    for side in [image.width as u64, image.height as u64] {
        hash.update(side.to_le_bytes());
    }
    hash.update(&image.pixels);
    if let Some(colour) = colour {
        hash.update((colour.width as u64).to_le_bytes());
        hash.update(colour.pixels.as_flattened());
    }
    for measure in [page.width, page.height] {
        hash.update(measure.to_bits().to_le_bytes());
    }
    for word in known {
        hash.update((word.text.len() as u64).to_le_bytes());
        hash.update(&word.text);
        for side in [word.left, word.top, word.right, word.bottom] {
            hash.update(side.to_bits().to_le_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: u32, width: f64) -> PageReading {
        PageReading {
            number,
            status: PageStatus::Failed,
            width,
            height: 842.0,
            rotation: 0,
            words: Vec::new(),
            reading_view: false,
        }
    }

    #[test]
    fn a_key_is_that_of_the_image_and_of_what_reads_it() {
        let image = |first: u8| Gray { width: 2, height: 2, pixels: vec![first, 0, 0, 0] };
        let one = key("tesseract 5", &image(0), None, &page(1, 595.0), &[]);
        let blue = Colour { width: 1, height: 1, pixels: vec![[0, 0, 200]] };
        assert_eq!(one.len(), 64);
        assert_eq!(
            one,
            key("tesseract 5", &image(0), None, &page(7, 595.0), &[]),
            "wherever the page stands"
        );
        for other in [
            key("tesseract 6", &image(0), None, &page(1, 595.0), &[]),
            key("tesseract 5", &image(0), Some(&blue), &page(1, 595.0), &[]),
            key("tesseract 5", &image(1), None, &page(1, 595.0), &[]),
            key("tesseract 5", &image(0), None, &page(1, 596.0), &[]),
            key("tesseract 5", &Gray { width: 4, height: 1, pixels: vec![0; 4] }, None, &page(1, 595.0), &[]),
        ] {
            assert_ne!(one, other);
        }
    }
}
