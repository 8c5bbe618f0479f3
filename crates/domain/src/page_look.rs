//! How a page looks, beside what it says: ink, hashes that find copies, codes, what was read of its leaf number.

use crate::{Confidence, InkRegion, Quad, TableRegion};
use serde::{Deserialize, Serialize};

/// Bits that may differ between two pictures of the same page (of 64): the second scan of a sheet, a copy with another stamp.
const NEAR_IMAGE: u32 = 8;
/// Bits that may differ between two texts of the same page (of 64).
const NEAR_TEXT: u32 = 6;

/// Holds how one page looks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PageLook {
    /// Counts from 1 within the file.
    pub number: u32,
    /// Part of the page that carries ink, 0 to 1; `None` where the page was not drawn.
    #[serde(default)]
    pub ink: Option<f64>,
    /// SHA-256 (hexadecimal) of what the page says, blanks folded; of its pixels where it says nothing. `None` for a blank page.
    #[serde(default)]
    pub exact: Option<String>,
    /// Perceptual hash of the upright, levelled image; `None` where the page was not drawn.
    #[serde(default, with = "bits")]
    pub image_hash: Option<u64>,
    /// Similarity hash of the words; `None` where there are too few.
    #[serde(default, with = "bits")]
    pub text_hash: Option<u64>,
    /// Codes that were read on the page.
    #[serde(default)]
    pub codes: Vec<PrintedCode>,
    /// Tables, from above to below.
    #[serde(default)]
    pub tables: Vec<TableRegion>,
    /// Ink that is neither text nor rule nor a code; only pages read by OCR have any.
    #[serde(default)]
    pub ink_regions: Vec<InkRegion>,
    /// Words below this confidence are to be shown as unsure; how many there are.
    #[serde(default)]
    pub unsure_words: u32,
    /// What read the page's image: engine, version and settings; empty for a text layer.
    #[serde(default)]
    pub reader: String,
}

/// Holds one QR code or barcode.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrintedCode {
    /// Which kind it is.
    pub kind: CodeKind,
    /// What it says.
    pub text: String,
    /// Where it stands, in page space.
    pub quad: Quad,
    /// How sure its reading is: both kinds carry check sums.
    pub confidence: Confidence,
}

/// Tells the kind of a printed code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CodeKind {
    /// QR code (ISO/IEC 18004).
    Qr,
    /// Code 128 (ISO/IEC 15417), as under the *clave de acceso* of electronic vouchers.
    Code128,
}

/// Tells how alike two pages are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Likeness {
    /// Nearly the same words or the same picture.
    Near,
    /// The same words, letter for letter, or the same pixels.
    Exact,
}

impl PageLook {
    /// Tells whether `other` is a copy of this page, and how exact a one. Blank pages are copies of nothing.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        if self.exact.is_some() && self.exact == other.exact {
            return Some(Likeness::Exact);
        }
        let within =
            |a: Option<u64>, b: Option<u64>, bits: u32| a.zip(b).map(|(a, b)| (a ^ b).count_ones() <= bits);
        // Forms look alike with other words in them: where both texts are known, they decide.
        within(self.text_hash, other.text_hash, NEAR_TEXT)
            .or_else(|| within(self.image_hash, other.image_hash, NEAR_IMAGE))
            .filter(|near| *near)
            .map(|_| Likeness::Near)
    }
}

/// 64 bits as text in hexadecimal: numbers of JSON hold only 53.
mod bits {
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "what serde hands over")]
    pub(super) fn serialize<S: Serializer>(bits: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
        match bits {
            Some(bits) => serializer.serialize_str(&format!("{bits:016x}")),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
        let text = Option::<String>::deserialize(deserializer)?;
        text.map(|text| u64::from_str_radix(&text, 16).map_err(serde::de::Error::custom)).transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_told_by_words_first_and_by_picture_where_there_are_none() {
        let page = |exact: &str, text: Option<u64>, image: u64| PageLook {
            exact: Some(exact.into()),
            text_hash: text,
            image_hash: Some(image),
            ..PageLook::default()
        };
        assert_eq!(page("a", None, 0).likeness(&page("a", None, u64::MAX)), Some(Likeness::Exact));
        assert_eq!(page("a", None, 0).likeness(&page("b", None, 0b111)), Some(Likeness::Near));
        assert_eq!(
            page("a", Some(0), 0).likeness(&page("b", Some(u64::MAX), 0)),
            None,
            "a form filled in otherwise"
        );
        assert_eq!(PageLook::default().likeness(&PageLook::default()), None, "blank pages");
    }

    #[test]
    fn readings_of_before_stay_readable() {
        let look: PageLook = serde_json::from_str(r#"{"number":3}"#).expect("reads");
        assert_eq!((look.number, look.codes.len()), (3, 0));
        let hashed = PageLook { image_hash: Some(u64::MAX - 1), ..look };
        let text = serde_json::to_string(&hashed).expect("writes");
        assert_eq!(serde_json::from_str::<PageLook>(&text).expect("reads"), hashed, "no bit is lost");
    }
}
