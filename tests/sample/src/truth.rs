//! The truth of a sample, as `verdad.json` holds it.

use crate::typeset::PrintedValue;
use serde::{Deserialize, Serialize};

/// Everything that is true of a fictional process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SampleTruth {
    /// Always true: nothing in here is real.
    pub example: bool,
    /// Seed.
    pub seed: u64,
    /// `SIE`, `LICO` or `CPC`.
    pub procedure: String,
    /// Regime by the date of the start.
    pub regime: String,
    /// The process.
    pub process: ProcessTruth,
    /// Path of the pliego within the folder.
    pub pliego: String,
    /// The bids.
    pub bids: Vec<BidTruth>,
    /// Answers to a *convalidación*: of the bid that is full of defects; in consultoría of the one that cures and the one that does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<AnswerTruth>,
}

/// What is true of the answer to a *convalidación*. The one of goods and works cures one thing, leaves another, and changes a third that nobody asked about;
/// those of consultoría do one of it, and the others are empty.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AnswerTruth {
    /// Folder of the bid it answers for.
    pub bid: String,
    /// Folder of the answer within the package, with `/`: `respuestas/04_…`.
    pub folder: String,
    /// Its files.
    pub files: Vec<FileTruth>,
    /// Type of the form that was missing and is handed in now.
    pub cures: String,
    /// Type of the form that was empty and is still.
    pub leaves: String,
    /// The line, from 1, whose unit price is silently another; 0 where none is.
    pub changed_line: u32,
    /// Its unit price in the bid.
    pub price_before: String,
    /// Its unit price in the answer.
    pub price_after: String,
    /// The total as corrected.
    pub total: String,
}

/// What is true of the process.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProcessTruth {
    /// Code.
    pub code: String,
    /// Name of the buying body.
    pub entity: String,
    /// Its RUC.
    pub entity_ruc: String,
    /// Object.
    pub object: String,
    /// Budget without IVA.
    pub budget: String,
    /// True when the pliego carries the budget encrypted.
    pub budget_encrypted: bool,
    /// Term in days.
    pub term_days: u32,
    /// Validity in days.
    pub validity_days: u32,
    /// Minimum patrimonio.
    pub patrimonio: String,
    /// Minimum general and specific experience, for works.
    pub experience: Option<[String; 2]>,
    /// Start.
    pub started: String,
    /// Deadline for bids.
    pub bids_due: String,
    /// Lines: CPC, description, quantity, unit.
    pub items: Vec<[String; 4]>,
}

/// What is true of one bid.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct BidTruth {
    /// Folder of the bid within the package, with `/`: `ofertas/01_…`.
    pub folder: String,
    /// `limpio`, `consorcio`, `escaneado` or `defectuoso`; in consultoría `limpio`, `bajo_minimo`, `subsana` or `no_subsana`.
    pub profile: String,
    /// Name of the bidder.
    pub name: String,
    /// RUC of the bidder; of the procurador's company for a consortium that is only promised: `None`.
    pub ruc: Option<String>,
    /// `natural`, `juridica` or `consorcio`.
    pub kind: String,
    /// Partners of a consortium: name, RUC, share.
    pub members: Vec<[String; 3]>,
    /// Files.
    pub files: Vec<FileTruth>,
    /// What an evaluator of good sight would propose, by subject.
    pub expected: Vec<Expected>,
    /// What is wrong with it; everything else is right.
    pub defects: Vec<Defect>,
    /// Number of its lot, where the process has several; a package in two lots stands here twice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<u32>,
    /// Points of the technical envelope (consultoría) as the fictional commission gives them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub technical: Option<String>,
    /// Total of the economic envelope (consultoría).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed_total: Option<String>,
}

/// What is true of one file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FileTruth {
    /// Path within the bid's folder, with `/`; within a ZIP as `anexos.zip/ruc.pdf`.
    pub path: String,
    /// Media type.
    pub media_type: String,
    /// True when it carries a valid electronic signature.
    pub signed: bool,
    /// Name of the signer, as the certificate has it without its mark.
    pub signer: Option<String>,
    /// True when its pages are images only.
    pub scanned: bool,
    /// Documents in it, in order.
    pub documents: Vec<DocumentTruth>,
}

/// What is true of one document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DocumentTruth {
    /// Type by the catalogue.
    pub kind: String,
    /// Template and variant: `fuo_1_1/0`.
    pub variant: String,
    /// Pages within the file, from 1.
    pub pages: Vec<u32>,
    /// True when it is the empty template.
    pub blank_form: bool,
    /// What is printed.
    pub facts: Vec<PrintedValue>,
}

/// A proposal that is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expected {
    /// Subject: `form:FUO_1_1`, `patrimonio`, `economic_offer`, `ruc_structure`, `process_code`, `term`, `validity`.
    pub subject: String,
    /// Verdict in the words of the domain: `cumple`, `no_cumple`, `a_convalidar`, `no_aplica`, `pendiente`.
    pub verdict: String,
    /// Further verdicts that are not wrong either.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Codes of the planted defects behind it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<String>,
}

/// Something planted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Defect {
    /// Code: `line_total`, `sum`, `words`, `apu`, `missing_form`, `unsigned_form`, `blank_form`, `wrong_code`, `ruc_disagrees`,
    /// `ruc_check_digit`, `term`, `validity`, `patrimonio`.
    pub code: String,
    /// Subject it bears on.
    pub subject: String,
    /// Type of the document it stands in, where there is one.
    pub document: Option<String>,
    /// File it stands in, where there is one.
    pub file: Option<String>,
    /// Page within the file, from 1.
    pub page: Option<u32>,
    /// What is wrong, in Spanish.
    pub description: String,
}
