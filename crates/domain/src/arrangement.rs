//! How a person cut a file into documents. It takes the place of the machine's cut; undone, the cut before holds again.

use crate::{ActorId, Confidence, DocumentId, DocumentType, FileHash, document_type_entry};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Most documents of one file: several for each page of the longest file that is read.
pub const MOST_DOCUMENTS: usize = 50_000;

/// Names a page, or the strip of it that belongs to a document.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PagePart {
    /// The page, from 1.
    pub page: u32,
    /// Where the strip begins, in points from the top of the page as shown (in flowing text: its line, from 0); `None` for the top.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top: Option<f64>,
    /// Where it ends, in the same measure; `None` for the bottom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bottom: Option<f64>,
}

impl PagePart {
    /// Names a whole page.
    #[must_use]
    pub fn whole(page: u32) -> Self {
        Self { page, top: None, bottom: None }
    }

    /// Tells whether two parts share some of one page.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        let begins = |part: &Self| part.top.unwrap_or(f64::NEG_INFINITY);
        let ends = |part: &Self| part.bottom.unwrap_or(f64::INFINITY);
        self.page == other.page && begins(self) < ends(other) && begins(other) < ends(self)
    }

    fn is_sound(&self) -> bool {
        let finite = |edge: Option<f64>| edge.is_none_or(f64::is_finite);
        let ordered = self.top.zip(self.bottom).is_none_or(|(top, bottom)| top < bottom);
        self.page > 0 && finite(self.top) && finite(self.bottom) && ordered
    }
}

/// Describes one document of an arrangement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArrangedDocument {
    /// Its type.
    pub kind: DocumentType,
    /// True when a person named the type; else it is the machine's, as sure as it was.
    pub typed: bool,
    /// How sure the type is.
    pub confidence: Confidence,
    /// Where it lies, in the order in which it is to be read.
    pub parts: Vec<PagePart>,
}

impl ArrangedDocument {
    /// Lists its pages in the order in which they are read, each once.
    #[must_use]
    pub fn pages(&self) -> Vec<u32> {
        let mut pages: Vec<u32> = Vec::new();
        for part in &self.parts {
            if !pages.contains(&part.page) {
                pages.push(part.page);
            }
        }
        pages
    }

    /// Returns its identifier, made of what it is: type and extent, whatever stands around it.
    #[must_use]
    pub fn identifier(&self, file: FileHash) -> DocumentId {
        let mut hash = Sha256::new();
        hash.update("documentos de persona@1");
        hash.update(file.0);
        hash.update(self.kind.0.as_bytes());
        for part in &self.parts {
            hash.update(part.page.to_le_bytes());
            for edge in [part.top, part.bottom] {
                hash.update([u8::from(edge.is_some())]);
                hash.update(edge.unwrap_or_default().to_le_bytes());
            }
        }
        let digest: [u8; 32] = hash.finalize().into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(digest.split_at(16).0);
        DocumentId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }

    /// Tells whether type and extent are those of another document.
    #[must_use]
    pub fn reads_as(&self, other: &Self) -> bool {
        self.kind == other.kind && self.parts == other.parts
    }
}

/// Names what a person did to the documents of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ArrangeAct {
    /// One document became two.
    Split,
    /// Two documents became one.
    Merged,
    /// A document got another type.
    Typed,
    /// A document changed its place in the order.
    Moved,
    /// A page of a document changed its place in it.
    PageMoved,
    /// The machine's cut holds again.
    Withdrawn,
}

/// Holds the documents of a file as a person arranged them. A later one of the same file takes its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Arrangement {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// What was done last.
    pub act: ArrangeAct,
    /// Pages of the documents whose extent or type this act changed, in order: what rests on them is to be looked at again.
    pub changed: Vec<u32>,
    /// The documents in their order; none when the machine's cut holds.
    pub documents: Vec<ArrangedDocument>,
    /// Who did it.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}

/// Tells what is wrong with an arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrangementFault {
    /// A document has no page.
    Empty,
    /// A type is not in the catalogue of types.
    UnknownType,
    /// A page lies in two documents, or twice in one.
    Overlap,
    /// A page number, an edge or the number of documents makes no sense.
    Unsound,
}

impl Arrangement {
    /// Returns the first fault, if there is one.
    #[must_use]
    pub fn fault(&self) -> Option<ArrangementFault> {
        if self.documents.len() > MOST_DOCUMENTS {
            return Some(ArrangementFault::Unsound);
        }
        let mut parts: Vec<&PagePart> = Vec::new();
        for document in &self.documents {
            if document.parts.is_empty() {
                return Some(ArrangementFault::Empty);
            }
            if document_type_entry(&document.kind.0).is_none() {
                return Some(ArrangementFault::UnknownType);
            }
            if !document.parts.iter().all(PagePart::is_sound) {
                return Some(ArrangementFault::Unsound);
            }
            parts.extend(&document.parts);
        }
        // By page and top: neighbours are enough.
        let top = |part: &PagePart| part.top.unwrap_or(f64::NEG_INFINITY);
        parts.sort_by(|a, b| a.page.cmp(&b.page).then(top(a).total_cmp(&top(b))));
        let clash = parts.iter().zip(parts.iter().skip(1)).any(|(one, next)| one.overlaps(next));
        clash.then_some(ArrangementFault::Overlap)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(kind: &str, parts: Vec<PagePart>) -> ArrangedDocument {
        ArrangedDocument { kind: kind.into(), typed: true, confidence: Confidence::CERTAIN, parts }
    }

    fn arranged(documents: Vec<ArrangedDocument>) -> Arrangement {
        Arrangement {
            file: FileHash::of(b"x"),
            act: ArrangeAct::Split,
            changed: Vec::new(),
            documents,
            author: ActorId(uuid::Uuid::from_u128(1)),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_page_lies_in_one_document_and_a_strip_in_one_too() {
        let strip = |top: Option<f64>, bottom: Option<f64>| PagePart { page: 2, top, bottom };
        let shared = arranged(vec![
            document("FUO_1_1", vec![PagePart::whole(1), strip(None, Some(300.0))]),
            document("FUO_1_2", vec![strip(Some(300.0), None)]),
        ]);
        assert_eq!(shared.fault(), None, "two documents share a page without sharing a line");
        let cases = [
            (
                vec![document("FUO_1_1", vec![PagePart::whole(1), PagePart::whole(1)])],
                ArrangementFault::Overlap,
            ),
            (
                vec![
                    document("FUO_1_1", vec![PagePart::whole(2)]),
                    document("FUO_1_2", vec![strip(Some(300.0), None)]),
                ],
                ArrangementFault::Overlap,
            ),
            (vec![document("FUO_1_1", Vec::new())], ArrangementFault::Empty),
            (vec![document("INVENTADO", vec![PagePart::whole(1)])], ArrangementFault::UnknownType),
            (vec![document("FUO_1_1", vec![PagePart::whole(0)])], ArrangementFault::Unsound),
            (vec![document("FUO_1_1", vec![strip(Some(f64::NAN), None)])], ArrangementFault::Unsound),
            (vec![document("FUO_1_1", vec![strip(Some(9.0), Some(3.0))])], ArrangementFault::Unsound),
        ];
        for (documents, fault) in cases {
            assert_eq!(arranged(documents.clone()).fault(), Some(fault), "{documents:?}");
        }
    }
}
