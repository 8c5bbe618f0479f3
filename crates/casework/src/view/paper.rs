//! The documents of a case besides the acta de calificación.

use super::{ActaSection, PageSize, Room, SignatureSlot};
use serde::{Deserialize, Serialize};
use specta::Type;
use std::collections::BTreeMap;

/// Shows one kind of document and the last one that was generated of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperView {
    /// Kind: `apertura`.
    pub kind: String,
    /// Title, in Spanish.
    pub title: String,
    /// Its number, once one was generated.
    pub number: Option<String>,
    /// SHA-256 of the newest bytes; empty when there is none.
    pub sha256: String,
    /// Path of the file on disk, for people; empty when there is none.
    pub path: String,
    /// Who signed it, in order.
    pub signers: Vec<String>,
    /// True while a rectification of it is open.
    pub in_rectification: bool,
}

/// Lists the documents of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PapersView {
    /// Every kind, in the order of an evaluation.
    pub papers: Vec<PaperView>,
}

/// Describes the template of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct TemplateView {
    /// Kind of the document.
    pub kind: String,
    /// Title, in Spanish.
    pub title: String,
    /// Names of the blocks whose sentences an entity may replace.
    pub blocks: Vec<String>,
    /// Names that its sentences may use.
    pub names: Vec<String>,
}

/// Holds what a person writes for a document: only what the case does not hold otherwise is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperDraft {
    /// The fields, by the names of the template.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// The rows of the lists, by name; a list of sentences has the field `texto`.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
}

/// Holds the files of a document that is exported.
#[derive(Clone, Debug)]
pub struct PaperFiles {
    /// PDF/A-2a and PDF/UA-1, not to be signed.
    pub pdf: Vec<u8>,
    /// Word file.
    pub docx: Vec<u8>,
    /// Its content, machine-readable.
    pub json: Vec<u8>,
    /// Pages of the PDF.
    pub pages: u32,
}

/// Tells how far a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PaperState {
    /// What it is about does not exist in the case yet.
    Impossible,
    /// It can be composed.
    Composable,
    /// It was composed and nobody signed it.
    Draft,
    /// Somebody signed it.
    Signed,
}

/// Says what a document waits for, and where that is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperWait {
    /// What, in Spanish.
    pub text: String,
    /// The room that resolves it.
    pub room: Room,
}

/// Shows one kind of document in the list of the case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperRow {
    /// The kind with the last one that was generated of it.
    pub paper: PaperView,
    /// How far it is.
    pub state: PaperState,
    /// What it waits for; `None` where it can be final.
    pub waits: Option<PaperWait>,
}

/// Names one thing that a document can be about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperSubject {
    /// What the desk is told.
    pub about: String,
    /// Its name, in Spanish.
    pub name: String,
}

/// Shows a field or a cell of a document that a person may write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperField {
    /// Its name in the template.
    pub name: String,
    /// Its name for people, in Spanish.
    pub label: String,
    /// `text`, `yes`, `moment` or `modality`.
    pub form: String,
    /// What it holds now.
    pub value: String,
    /// True when the case holds it: it is not written here.
    pub held: bool,
}

/// Shows a list of a document that a person may write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PaperList {
    /// Its name in the template.
    pub name: String,
    /// Its name for people, in Spanish.
    pub label: String,
    /// True when the case names the rows: none is added or taken away.
    pub fixed: bool,
    /// An empty row, with its columns.
    pub blank: Vec<PaperField>,
    /// The rows.
    pub rows: Vec<Vec<PaperField>>,
}

/// Shows a document of a case whole: what it waits for, what is written for it, its pages and signatures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PaperSheet {
    /// Its row of the list.
    pub row: PaperRow,
    /// What it can be about; empty where there is one only.
    pub subjects: Vec<PaperSubject>,
    /// What this one is about.
    pub about: String,
    /// Why it cannot be composed, in Spanish, where it cannot.
    pub refused: Option<String>,
    /// True when what was composed is a *proyecto*, which nobody signs.
    pub project: bool,
    /// True when the case changed after it was composed.
    pub stale: bool,
    /// The fields that a person writes.
    pub fields: Vec<PaperField>,
    /// The lists that a person writes.
    pub lists: Vec<PaperList>,
    /// The pages that were composed.
    pub pages: Vec<PageSize>,
    /// Their sections.
    pub sections: Vec<ActaSection>,
    /// The signatures, in turn.
    pub signatures: Vec<SignatureSlot>,
    /// When it may be published, in Spanish, while it may not.
    pub publishable_from: Option<String>,
    /// The article that keeps it from publication until then.
    pub confidential_by: String,
}

/// Names the form in which a document is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PaperFormat {
    /// The file that was composed or signed, byte for byte.
    Pdf,
    /// Word, for Quipux.
    Docx,
    /// Machine-readable.
    Json,
    /// The masked copy for publication, as PDF.
    PublicPdf,
    /// The masked copy for publication, as Word.
    PublicDocx,
}

/// Says what the proof of an expediente found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExpedienteView {
    /// How many files the manifest names.
    pub files: u32,
    /// Files that it names and are not there.
    pub missing: Vec<String>,
    /// Files that are not as it says.
    pub changed: Vec<String>,
    /// Files that it does not name.
    pub extra: Vec<String>,
    /// True when the index seals this very manifest.
    pub sealed: bool,
    /// What the signatures of the index are: `valid`, `invalid`, `indeterminate` or `unsigned`.
    pub signature: String,
    /// Who signed the index, as the certificates say.
    pub signers: Vec<String>,
    /// True when manifest, files and index agree.
    pub intact: bool,
}

/// Shows the entity's dress of its documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AdaptationView {
    /// The text that is installed; `None` where there is none.
    pub text: Option<String>,
    /// Its faults, each a sentence; a faulty one impedes composing.
    pub faults: Vec<String>,
}
