//! Papers as they are remembered from one case to another: what identifies them, what they state, how they look and read.

use crate::reading::folded;
use cotejo_domain::{BidId, Document, Fact, FileHash};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

/// Words of a sequence: short ones survive the errors of a second OCR.
const SHINGLE: usize = 4;
/// Hashes that are kept of the sequences of a paper, the smallest ones: enough to estimate how much two papers share.
const SKETCH: usize = 96;

/// Says what a field of a paper is in any comparison of papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The number its issuer gave it.
    Number,
    /// Who issued it.
    Issuer,
    /// Whom it speaks of.
    Party,
    /// What it speaks of.
    Object,
    /// An amount.
    Amount,
    /// Where a time begins, or a single day.
    Begins,
    /// Where a time ends.
    Ends,
}

/// Types that are remembered, with the role of their fields. Of each role the first field that was read counts.
const KINDS: &[(&str, &[(&str, Role)])] = &[
    (
        "CERT_EXP",
        &[
            ("emisor", Role::Issuer),
            ("beneficiario", Role::Party),
            ("objeto", Role::Object),
            ("monto", Role::Amount),
            ("desde", Role::Begins),
            ("hasta", Role::Ends),
        ],
    ),
    (
        "CONTRATO_EXP",
        &[
            ("numero", Role::Number),
            ("contratante", Role::Issuer),
            ("contratista", Role::Party),
            ("objeto", Role::Object),
            ("monto", Role::Amount),
            ("fecha", Role::Begins),
        ],
    ),
    (
        "ACTA_ER",
        &[
            ("contrato", Role::Number),
            ("contratante", Role::Issuer),
            ("contratista", Role::Party),
            ("objeto", Role::Object),
            ("monto_contrato", Role::Amount),
            ("fecha_recepcion", Role::Begins),
        ],
    ),
    (
        "FACTURA",
        &[
            ("numero", Role::Number),
            ("ruc_emisor", Role::Issuer),
            ("ruc_receptor", Role::Party),
            ("total", Role::Amount),
            ("fecha", Role::Begins),
        ],
    ),
    (
        "POLIZA",
        &[
            ("numero", Role::Number),
            ("emisor", Role::Issuer),
            ("monto", Role::Amount),
            ("desde", Role::Begins),
            ("hasta", Role::Ends),
        ],
    ),
    (
        "TITULO",
        &[
            ("registro", Role::Number),
            ("nombre", Role::Party),
            ("titulo", Role::Object),
            ("fecha_registro", Role::Begins),
        ],
    ),
];

/// Tells whether papers of a type are remembered.
#[must_use]
pub fn is_remembered(kind: &str) -> bool {
    KINDS.iter().any(|(known, _)| *known == kind)
}

/// Holds one field of a paper.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperField {
    /// Its role.
    pub role: Role,
    /// Its name in the catalogue of types.
    pub field: String,
    /// As it was read.
    pub raw: String,
    /// As it is compared: money with a dot, days in ISO 8601.
    pub value: String,
    /// The page it stands on.
    pub page: u32,
    /// Whether it was read surely.
    pub sure: bool,
}

/// Holds how one page of a paper looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaperLook {
    /// The page.
    pub page: u32,
    /// Perceptual hash of its image.
    #[serde(default)]
    pub image: Option<u64>,
    /// Similarity hash of its words.
    #[serde(default)]
    pub text: Option<u64>,
}

/// Holds what is remembered of one paper, and nothing else of it: no text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Paper {
    /// Type of the document.
    pub kind: String,
    /// The file it stands in.
    pub file: FileHash,
    /// Path of the file within its bid.
    pub file_name: String,
    /// Its pages.
    pub pages: Vec<u32>,
    /// Who handed it in.
    pub bidder: String,
    /// What it states.
    pub fields: Vec<PaperField>,
    /// The smallest hashes of its sequences of words.
    pub sketch: Vec<u64>,
    /// How its pages look.
    pub looks: Vec<PaperLook>,
}

impl Paper {
    /// Takes of a document what is remembered; `None` where its type is not, or nothing identifies it.
    #[must_use]
    pub fn of(
        document: &Document,
        file_name: &str,
        bidder: &str,
        facts: &[Fact],
        text: &str,
        looks: Vec<PaperLook>,
    ) -> Option<Self> {
        let (_, roles) = KINDS.iter().find(|(kind, _)| *kind == document.kind.0)?;
        if document.blank_form {
            return None;
        }
        let mut fields: Vec<PaperField> = Vec::new();
        for (name, role) in *roles {
            let read = facts.iter().find(|fact| fact.document == Some(document.id) && fact.field == *name);
            let Some(fact) = read.filter(|_| fields.iter().all(|known| known.role != *role)) else {
                continue;
            };
            let value = fact.value.canonical();
            if value.trim().is_empty() {
                continue;
            }
            fields.push(PaperField {
                role: *role,
                field: (*name).to_owned(),
                raw: fact.raw.trim().to_owned(),
                value,
                page: fact.evidence.location.page().or(document.pages.first().copied()).unwrap_or(1),
                sure: fact.confidence.value() >= SURE,
            });
        }
        let has = |role: Role| fields.iter().any(|field| field.role == role);
        let identified = has(Role::Number) || (has(Role::Issuer) && has(Role::Object));
        identified.then(|| Self {
            kind: document.kind.0.clone(),
            file: document.file,
            file_name: file_name.to_owned(),
            pages: document.pages.clone(),
            bidder: bidder.to_owned(),
            fields,
            sketch: sketch(text),
            looks,
        })
    }

    pub(crate) fn field(&self, role: Role) -> Option<&PaperField> {
        self.fields.iter().find(|field| field.role == role)
    }
}

/// Confidence from which on a value counts as surely read.
const SURE: f64 = 0.8;

/// Holds a paper of a bid of this case.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnPaper {
    /// The bid.
    pub bid: BidId,
    /// The paper.
    pub paper: Paper,
}

/// Holds a paper of another case.
#[derive(Clone, Debug, PartialEq)]
pub struct Remembered {
    /// How people call that case.
    pub case: String,
    /// The paper.
    pub paper: Paper,
}

/// Returns the smallest hashes of the sequences of words of a text. Figures are left out: what was altered are they.
#[must_use]
pub fn sketch(text: &str) -> Vec<u64> {
    let folded = folded(text);
    let words: Vec<&str> = folded.split(' ').filter(|word| word.chars().any(char::is_alphabetic)).collect();
    let hashes: BTreeSet<u64> = words
        .windows(SHINGLE)
        .map(|words| {
            let mut hash = crate::appearance::Fnv::start();
            words.hash(&mut hash);
            mixed(hash.finish())
        })
        .collect();
    hashes.into_iter().take(SKETCH).collect()
}

// FNV leaves patterns in the high bits, by which the smallest are chosen (finaliser of SplitMix64, public domain).
fn mixed(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Estimates which share of the sequences of two texts is common (Jaccard, from the smallest hashes of both), in hundredths; `None` where
/// either is too short to tell.
pub(crate) fn shared_percent(a: &[u64], b: &[u64], least: usize) -> Option<u32> {
    if a.len() < least || b.len() < least {
        return None;
    }
    let union: BTreeSet<u64> = a.iter().chain(b).copied().collect();
    let smallest: Vec<u64> = union.into_iter().take(a.len().max(b.len())).collect();
    let common = smallest.iter().filter(|hash| a.contains(hash) && b.contains(hash)).count();
    u32::try_from(common * 100 / smallest.len().max(1)).ok()
}

/// Tells whether two amounts or days are the same.
pub(crate) fn same_value(a: &PaperField, b: &PaperField) -> bool {
    match (a.value.parse::<Decimal>(), b.value.parse::<Decimal>()) {
        (Ok(a), Ok(b)) => a == b,
        _ => a.value == b.value,
    }
}

/// Tells whether two texts have the same words, but for a letter that OCR may have misread in a long one. Figures are exact.
pub(crate) fn same_words(a: &str, b: &str) -> bool {
    let (a, b) = (folded(a), folded(b));
    let (a, b): (Vec<&str>, Vec<&str>) = (a.split(' ').collect(), b.split(' ').collect());
    let misread = a.iter().zip(&b).filter(|(one, other)| one != other);
    let doubtful: Vec<(&&str, &&str)> = misread.collect();
    a.len() == b.len()
        && doubtful.len() <= 1 + a.len() / 6
        && doubtful.iter().all(|(one, other)| one_letter_apart(one, other))
}

fn one_letter_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if short.len() < 5 || long.len() - short.len() > 1 || a.iter().chain(&b).any(char::is_ascii_digit) {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(one, other)| one == other).count();
    let tail = short.iter().rev().zip(long.iter().rev()).take_while(|(one, other)| one == other).count();
    head + tail + 1 >= long.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_letter_of_a_long_word_parts_nothing_and_figures_part_all() {
        let object = "Construcción del puente sobre el río Ejemplo, tramo 2";
        assert!(same_words(object, "CONSTRUCCION DEL PUENTE SOBRE EL RIO EJEMPLO TRAMO 2"));
        assert!(same_words(object, "Construccion del puemte sobre el río Ejemplo tramo 2"));
        assert!(!same_words(object, "Construcción del puente sobre el río Ejemplo, tramo 3"));
        assert!(!same_words("Limpieza del sector norte", "Limpieza del sector sur"));
        assert!(!same_words("Limpieza del sector norte", "Limpieza del sector norte y sur"));
    }

    #[test]
    fn the_share_of_sequences_is_estimated_from_sketches() {
        let words: Vec<String> = (0..300)
            .map(|number| {
                format!("palabra{}", char::from(b'a' + (number % 26) as u8)) + &"x".repeat(number / 26)
            })
            .collect();
        let text = words.join(" ");
        let half = words[..150].join(" ");
        assert_eq!(shared_percent(&sketch(&text), &sketch(&text), 20), Some(100));
        let estimate = shared_percent(&sketch(&text), &sketch(&half), 20).expect("long enough");
        assert!((35..=65).contains(&estimate), "{estimate}");
        assert_eq!(shared_percent(&sketch("una dos tres cuatro cinco"), &sketch(&text), 20), None);
    }
}
