//! How pages look and what running text says, as far as copies of them are looked for.

use crate::parameters::D_03_SHINGLE;
use crate::reading::folded;
use cotejo_domain::{FileHash, PageLook};
use std::hash::{Hash, Hasher};

/// Holds how one page of a bid looks.
#[derive(Clone, Debug, PartialEq)]
pub struct PageAppearance {
    /// The file.
    pub file: FileHash,
    /// Its path within the package.
    pub file_name: String,
    /// The page, from 1.
    pub page: u32,
    /// Type of its document.
    pub kind: String,
    /// Whether it is an image that OCR read.
    pub scanned: bool,
    /// How many words were read on it.
    pub words: u32,
    /// Its look; of it only the hashes count.
    pub look: PageLook,
}

/// Holds the sequences of words of one page of running text.
#[derive(Clone, Debug, PartialEq)]
pub struct PageText {
    /// The file.
    pub file: FileHash,
    /// Its path within the package.
    pub file_name: String,
    /// The page, from 1.
    pub page: u32,
    /// What [`sequences`] gives of its text.
    pub sequences: Vec<u64>,
}

/// Types of documents whose text a bidder writes itself: the others are forms of the process or papers of third parties.
const OWN_TEXT: &[&str] = &["FUO_1_7_MET", "PLAN_TRABAJO"];

/// Tells whether documents of a type hold text that the bidder writes itself.
#[must_use]
pub fn is_own_text(kind: &str) -> bool {
    OWN_TEXT.contains(&kind)
}

/// Returns the hashes of every sequence of so many words as `D-03` compares, sorted, each once. The same text gives the same on every machine.
#[must_use]
pub fn sequences(text: &str) -> Vec<u64> {
    let folded = folded(text);
    // Numbers differ in copies that were adapted.
    let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let mut found: Vec<u64> = words
        .windows(D_03_SHINGLE.count().max(1))
        .map(|words| {
            let mut hash = Fnv::start();
            words.hash(&mut hash);
            hash.finish()
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// FNV-1a: short, and fixed by its definition.
pub(crate) struct Fnv(u64);

impl Fnv {
    pub(crate) fn start() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    // The length of a slice would be written in the machine's own order and width.
    fn write_usize(&mut self, number: usize) {
        self.write(&(number as u64).to_le_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_accents_and_case_do_not_part_texts_and_few_words_have_no_sequence() {
        let one = "El método constructivo empieza con el replanteo general de la obra, 12 días";
        let other = "EL METODO CONSTRUCTIVO EMPIEZA CON EL REPLANTEO GENERAL DE LA OBRA 15 DIAS";
        assert_eq!(sequences(one), sequences(other));
        assert!(sequences("uno dos tres cuatro cinco seis siete").is_empty());
        assert_ne!(sequences(one), sequences(&one.replace("replanteo", "desbroce")));
    }
}
