//! The JSON of the command line: a contract that outside checks rely on (docs/cli.md). Keys are never renamed.

use crate::alike::{self, Seen};
use crate::analysis::{FileAnalysis, PageNote, ReadFile};
use crate::desk::is_package;
use cotejo_domain::{
    Evidence, Finding, InkRegion, Likeness, PageReading, PageStatus, Pliego, PrintDifference, PrintedCode,
    Process, Proposal, Quad, Requirement, RequirementKind, RequirementSource, SignatureReading,
    SignatureVerdict, Subject, TableRegion, Verdict, Word,
};
use serde::Serialize;

/// One line of `cotejo leer --json`.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)] // the keys are documented in docs/cli.md
pub struct ReadLine {
    pub file: String,
    pub sha256: String,
    pub media_type: String,
    /// Earlier file of this call with the same bytes.
    pub same_as: Option<String>,
    /// `read`, `partly` or `failed`.
    pub status: &'static str,
    pub pages: Vec<PageLine>,
    pub documents: Vec<DocumentLine>,
    pub facts: Vec<FactLine>,
    pub tables: Vec<TableLine>,
    pub signatures: Vec<SignatureReading>,
    pub findings: Vec<Finding>,
    /// Codes and stamps that say something else than what stands beside them.
    pub print_differences: Vec<PrintDifference>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Vec<String>>,
}

/// One page of [`ReadLine`].
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PageLine {
    pub number: u32,
    pub status: PageStatus,
    pub width: f64,
    pub height: f64,
    pub rotation: u16,
    pub words: u32,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub confidence: f64,
    /// Part of the page that carries ink; `null` where the page was not drawn.
    pub ink: Option<f64>,
    /// True for a page with so little on it that it may count as blank.
    pub near_blank: bool,
    /// SHA-256 of what the page says, or of its pixels.
    pub exact: Option<String>,
    /// Perceptual hash of the image, in hexadecimal.
    pub image_hash: Option<String>,
    /// Similarity hash of the words, in hexadecimal.
    pub text_hash: Option<String>,
    /// Earlier page of this file that this one is a copy of.
    pub copy_of: Option<CopyLine>,
    /// Page of an earlier file of this call that this one is a copy of.
    pub also_in: Option<ElsewhereLine>,
    /// Leaf number, where one was read as part of a series.
    pub leaf: Option<u32>,
    /// How many words are unsure.
    pub unsure_words: u32,
    /// The words whose reading is unsure.
    pub low_confidence_words: Vec<UnsureWordLine>,
    pub codes: Vec<PrintedCode>,
    /// Ink that is neither text nor rule nor a code.
    pub ink_regions: Vec<InkRegion>,
    pub tables: Vec<RegionLine>,
}

/// A page that another one is a copy of.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct CopyLine {
    pub page: u32,
    pub likeness: Likeness,
}

/// A page of another file that a page is a copy of.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ElsewhereLine {
    pub file: String,
    pub sha256: String,
    pub page: u32,
    pub likeness: Likeness,
}

/// A word whose reading is unsure.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct UnsureWordLine {
    pub text: String,
    pub quad: Quad,
    pub confidence: f64,
}

/// A table as it stands on a page.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct RegionLine {
    /// Whether it goes on from the last table of the page before.
    pub continues: bool,
    #[serde(flatten)]
    pub region: TableRegion,
}

/// Part of a page that ink covers below which it may count as blank.
const NEAR_BLANK: f64 = 0.003;
/// Words below which it may.
const NEAR_BLANK_WORDS: u32 = 4;

// A page as the contract shows it; `before` are the pages before it.
fn page_line(page: &PageNote, before: &[PageNote]) -> PageLine {
    let look = page.look.clone().unwrap_or_default();
    let likeness = |other: &PageNote| {
        let likeness = look.likeness(other.look.as_ref()?)?;
        Some(CopyLine { page: other.number, likeness })
    };
    let last_table = before.last().and_then(|page| page.look.as_ref()?.tables.last());
    let tables = look.tables.iter().enumerate().map(|(index, region)| RegionLine {
        continues: index == 0 && last_table.is_some_and(|last| region.continues(last)),
        region: region.clone(),
    });
    let hexadecimal = |bits: u64| format!("{bits:016x}");
    PageLine {
        number: page.number,
        status: page.status,
        width: page.width,
        height: page.height,
        rotation: page.rotation,
        words: page.words,
        kind: (!page.kind.is_empty()).then(|| page.kind.clone()),
        confidence: page.confidence,
        near_blank: page.status == PageStatus::Blank
            || look.ink.is_some_and(|ink| ink < NEAR_BLANK) && page.words < NEAR_BLANK_WORDS,
        copy_of: before.iter().find_map(likeness),
        tables: tables.collect(),
        ink: look.ink,
        exact: look.exact,
        image_hash: look.image_hash.map(hexadecimal),
        text_hash: look.text_hash.map(hexadecimal),
        also_in: None,
        leaf: page.leaf,
        unsure_words: look.unsure_words,
        low_confidence_words: Vec::new(),
        codes: look.codes,
        ink_regions: look.ink_regions,
    }
}

/// One document of [`ReadLine`].
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct DocumentLine {
    #[serde(rename = "type")]
    pub kind: String,
    pub pages: Vec<u32>,
    pub confidence: f64,
    pub blank_form: bool,
}

/// One fact of [`ReadLine`].
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct FactLine {
    /// Index into `documents`.
    pub document: Option<usize>,
    pub field: String,
    pub value: String,
    pub raw: String,
    pub page: Option<u32>,
    pub quad: Option<Quad>,
    pub quote: String,
    pub confidence: f64,
    pub extractor: String,
}

/// One table of [`ReadLine`].
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct TableLine {
    pub document: Option<usize>,
    pub page: u32,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Builds the lines of one call: what is copied from file to file shows in the later ones.
#[derive(Default)]
pub struct ReadLines {
    files: Vec<(String, String)>,
    seen: Seen<(usize, u32)>,
}

impl ReadLines {
    /// Builds the next line; `file` is the path as the person gave it.
    #[must_use]
    pub fn next(&mut self, file: String, read: &ReadFile) -> ReadLine {
        let analysis = &read.analysis;
        let mut line = ReadLine::new(file, analysis);
        let here = self.files.len();
        line.same_as = self.files.iter().find(|(_, hash)| *hash == line.sha256).map(|(file, _)| file.clone());
        for (page, note) in line.pages.iter_mut().zip(&analysis.pages) {
            let words = read.pages.iter().find(|words| words.number == page.number);
            page.low_confidence_words = words.map_or_else(Vec::new, unsure);
            let Some(look) = alike::compared(note) else { continue };
            let elsewhere = self.seen.best(look, |(file, _)| *file != here);
            page.also_in = elsewhere.and_then(|((index, page), likeness)| {
                let (file, sha256) = self.files.get(*index)?.clone();
                Some(ElsewhereLine { file, sha256, page: *page, likeness })
            });
            self.seen.put((here, page.number), look);
        }
        self.files.push((line.file.clone(), line.sha256.clone()));
        line
    }
}

fn unsure(page: &PageReading) -> Vec<UnsureWordLine> {
    let line = |word: &Word| UnsureWordLine {
        text: word.text.clone(),
        quad: word.quad,
        confidence: word.confidence.value(),
    };
    page.unsure_words().map(line).collect()
}

impl ReadLine {
    /// Builds the line of an analysed file; `file` is the path as the person gave it.
    #[must_use]
    pub fn new(file: String, analysis: &FileAnalysis) -> Self {
        let document_of_page =
            |page: u32| analysis.documents.iter().position(|document| document.pages.contains(&page));
        let failed = analysis.pages.iter().filter(|page| page.status == PageStatus::Failed).count();
        let errors =
            analysis.findings.iter().any(|finding| finding.severity == cotejo_domain::Severity::Error);
        let package =
            analysis.media_type == "application/vnd.sercop.ushay" || is_package(&analysis.media_type);
        let status = match (analysis.pages.len(), failed) {
            // A package has no pages of its own: its files follow, each on its line.
            (0, _) if package => {
                if errors {
                    "partly"
                } else {
                    "read"
                }
            }
            (0, _) => "failed",
            (pages, failed) if failed == pages => "failed",
            (_, 0) if !errors => "read",
            _ => "partly",
        };
        Self {
            file,
            sha256: analysis.hash.to_string(),
            media_type: analysis.media_type.clone(),
            same_as: None,
            status,
            pages: analysis
                .pages
                .iter()
                .enumerate()
                .map(|(index, page)| page_line(page, analysis.pages.get(..index).unwrap_or_default()))
                .collect(),
            documents: analysis
                .documents
                .iter()
                .map(|document| DocumentLine {
                    kind: document.kind.to_string(),
                    pages: document.pages.clone(),
                    confidence: document.confidence.value(),
                    blank_form: document.blank_form,
                })
                .collect(),
            facts: analysis
                .facts
                .iter()
                .map(|fact| FactLine {
                    document: fact
                        .document
                        .and_then(|id| analysis.documents.iter().position(|document| document.id == id)),
                    field: fact.field.clone(),
                    value: fact.value.canonical(),
                    raw: fact.raw.clone(),
                    page: fact.evidence.location.page(),
                    quad: fact.evidence.location.quad(),
                    quote: fact.evidence.quote.clone(),
                    confidence: fact.confidence.value(),
                    extractor: fact.evidence.extractor.clone(),
                })
                .collect(),
            tables: analysis
                .tables
                .iter()
                .map(|table| TableLine {
                    document: document_of_page(table.page),
                    page: table.page,
                    columns: table.columns.clone(),
                    rows: table
                        .rows
                        .iter()
                        .map(|row| row.iter().map(|cell| cell.text.clone()).collect())
                        .collect(),
                })
                .collect(),
            signatures: analysis.signatures.clone(),
            findings: analysis.findings.clone(),
            print_differences: analysis.trace.print_differences.clone(),
            text: None,
        }
    }
}

/// One line of `cotejo verificar --json`.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct VerifyLine {
    pub file: String,
    pub sha256: String,
    /// `valid`, `invalid`, `indeterminate` or `unsigned`.
    pub summary: &'static str,
    pub signatures: Vec<SignatureReading>,
    pub findings: Vec<Finding>,
}

impl VerifyLine {
    /// Sums up the signatures of a file: it is as good as its worst signature.
    #[must_use]
    pub fn new(
        file: String,
        sha256: String,
        signatures: Vec<SignatureReading>,
        findings: Vec<Finding>,
    ) -> Self {
        let any = |verdict| signatures.iter().any(|signature| signature.verdict == verdict);
        let unreadable = findings.iter().any(|finding| finding.severity == cotejo_domain::Severity::Error);
        let summary = if any(SignatureVerdict::Invalid) {
            "invalid"
        } else if any(SignatureVerdict::Indeterminate) || (signatures.is_empty() && unreadable) {
            "indeterminate"
        } else if signatures.is_empty() {
            "unsigned"
        } else {
            "valid"
        };
        Self { file, sha256, summary, signatures, findings }
    }
}

/// The answer of `cotejo pliego --json`.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PliegoLine {
    pub process: ProcessLine,
    pub schedule: Vec<StageLine>,
    pub items: Vec<ItemLine>,
    pub requirements: Vec<RequirementLine>,
    pub attachments: Vec<AttachmentLine>,
    pub findings: Vec<Finding>,
}

/// The header of a process.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ProcessLine {
    pub code: Option<String>,
    pub entity: EntityLine,
    pub object: Option<String>,
    pub procedure: Option<&'static str>,
    pub budget: Option<String>,
    pub budget_encrypted: bool,
    pub term_days: Option<u32>,
    pub validity_days: Option<u32>,
    pub started: Option<String>,
    pub bids_due: Option<String>,
}

/// The buying body.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct EntityLine {
    pub name: Option<String>,
    pub ruc: Option<String>,
}

/// A stage of the schedule.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct StageLine {
    pub stage: String,
    pub code: Option<String>,
    pub at: Option<String>,
}

/// A thing to be bought.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ItemLine {
    pub cpc: Option<String>,
    pub description: String,
    pub quantity: Option<String>,
    pub unit: Option<String>,
    pub unit_price: Option<String>,
}

/// A requirement.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct RequirementLine {
    pub id: String,
    pub kind: RequirementKind,
    pub text: String,
    pub points: Option<String>,
    pub subject: Subject,
    pub source: SourceLine,
}

/// Where a requirement stands.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct SourceLine {
    pub table: Option<String>,
    pub row: Option<u32>,
    pub page: Option<u32>,
    pub template: Option<String>,
}

/// A file inside the pliego.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct AttachmentLine {
    pub name: String,
    pub sha256: String,
    pub size: u64,
    pub md5_ok: Option<bool>,
}

impl From<&Process> for ProcessLine {
    fn from(process: &Process) -> Self {
        Self {
            code: process.code.as_ref().map(ToString::to_string),
            entity: EntityLine {
                name: process.entity.as_ref().map(|entity| entity.name.clone()),
                ruc: process.entity.as_ref().and_then(|entity| entity.ruc.as_ref()).map(ToString::to_string),
            },
            object: process.object.clone(),
            procedure: (process.procedure != cotejo_domain::ProcedureType::Otro)
                .then(|| process.procedure.abbreviation()),
            budget: process.budget.map(|budget| budget.to_string()),
            budget_encrypted: process.budget_encrypted,
            term_days: process.term.map(|term| term.0),
            validity_days: process.validity.map(|validity| validity.0),
            started: process.started.map(|date| date.to_string()),
            bids_due: process.bids_due.map(|moment| moment.to_string()),
        }
    }
}

impl From<&Requirement> for RequirementLine {
    fn from(requirement: &Requirement) -> Self {
        let mut source = SourceLine { table: None, row: None, page: None, template: None };
        match &requirement.source {
            RequirementSource::Ushay { table, row } => {
                source.table = Some(table.clone());
                source.row = Some(*row);
            }
            RequirementSource::Page { page, .. } => source.page = Some(*page),
            RequirementSource::Template { name } => source.template = Some(name.clone()),
            RequirementSource::ByHand => {}
            RequirementSource::Clarification { page, .. } => source.page = *page,
        }
        Self {
            id: requirement.id.to_string(),
            kind: requirement.kind,
            text: requirement.text.clone(),
            points: requirement.points.map(|points| points.to_string()),
            subject: requirement.subject.clone(),
            source,
        }
    }
}

impl From<&Pliego> for PliegoLine {
    fn from(pliego: &Pliego) -> Self {
        Self {
            process: (&pliego.process).into(),
            schedule: pliego
                .schedule
                .iter()
                .map(|stage| StageLine {
                    stage: stage.stage.clone(),
                    code: stage.code.clone(),
                    at: stage.at.map(|moment| moment.to_string()),
                })
                .collect(),
            items: pliego
                .items
                .iter()
                .map(|item| ItemLine {
                    cpc: item.cpc.clone(),
                    description: item.description.clone(),
                    quantity: item.quantity.map(|quantity| quantity.to_string()),
                    unit: item.unit.clone(),
                    unit_price: item.unit_price.map(|price| price.to_string()),
                })
                .collect(),
            requirements: pliego.requirements.iter().map(Into::into).collect(),
            attachments: pliego
                .attachments
                .iter()
                .map(|attachment| AttachmentLine {
                    name: attachment.name.clone(),
                    sha256: attachment.sha256.clone(),
                    size: attachment.size,
                    md5_ok: attachment.md5_ok,
                })
                .collect(),
            findings: pliego.findings.clone(),
        }
    }
}

/// The content of `evaluacion.json`.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct EvaluationFile {
    pub process: ProcessLine,
    pub pack: Option<PackLine>,
    pub models: Vec<String>,
    pub requirements: Vec<RequirementLine>,
    pub warnings: Vec<Finding>,
    pub bids: Vec<BidLine>,
    pub audit: AuditLine,
}

/// The frozen rule pack.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct PackLine {
    pub id: String,
    pub sha256: String,
}

/// The head of the log. With several devices, `head` is that of this device.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct AuditLine {
    pub head: Option<String>,
    pub count: u64,
    pub chains: Vec<ChainLine>,
}

/// The head of one chain.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ChainLine {
    pub device: String,
    pub head: String,
    pub count: u64,
}

/// One bid.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct BidLine {
    pub bidder: BidderLine,
    /// Name of the folder or file it came from.
    pub source: String,
    /// Its lot, where the process has several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    pub documents: Vec<BidDocumentLine>,
    pub proposals: Vec<ProposalLine>,
    pub economic: EconomicLine,
    pub flags: Vec<FlagLine>,
    pub findings: Vec<FileFindingLine>,
}

/// Who bids.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct BidderLine {
    pub name: Option<String>,
    pub ruc: Option<String>,
    pub kind: cotejo_domain::BidderKind,
    pub members: Vec<MemberLine>,
}

/// A partner of a consortium.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct MemberLine {
    pub name: String,
    pub ruc: Option<String>,
    pub share: Option<String>,
}

/// A document of a bid.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct BidDocumentLine {
    pub file: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub pages: Vec<u32>,
    pub confidence: f64,
    pub blank_form: bool,
}

/// A proposal.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct ProposalLine {
    pub requirement: String,
    pub check: String,
    pub verdict: Verdict,
    pub confidence: f64,
    pub reasons: Vec<String>,
    pub legal_basis: Vec<String>,
    pub norm_unverified: bool,
    /// Those values, each with its source.
    pub unverified_norms: Vec<String>,
    pub trace: Vec<cotejo_domain::TraceStep>,
    pub evidence: Vec<EvidenceLine>,
}

/// A piece of evidence.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct EvidenceLine {
    pub file: String,
    pub sha256: String,
    pub page: Option<u32>,
    pub quad: Option<Quad>,
    pub quote: String,
    pub location: cotejo_domain::Location,
}

/// What was read of the economic offer; `null` where it was not read or contradicts itself.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct EconomicLine {
    pub total: Option<String>,
    pub total_words: Option<String>,
}

/// An indicio. It never changes a verdict.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct FlagLine {
    /// Names it: the same as long as what it rests on is.
    pub id: String,
    pub code: String,
    pub text: String,
    pub evidence: Vec<EvidenceLine>,
    /// What was said to put it aside; `null` while nobody did.
    pub dismissed: Option<DismissalLine>,
}

/// Why an indicio was put aside.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct DismissalLine {
    pub reason: String,
    pub by: String,
    pub at: String,
}

/// A finding about a file.
#[derive(Clone, Debug, Serialize)]
#[allow(missing_docs)]
pub struct FileFindingLine {
    pub file: String,
    #[serde(flatten)]
    pub finding: Finding,
}

impl From<&Evidence> for EvidenceLine {
    fn from(evidence: &Evidence) -> Self {
        Self {
            file: evidence.file_name.clone(),
            sha256: evidence.file.to_string(),
            page: evidence.location.page(),
            quad: evidence.location.quad(),
            quote: evidence.quote.clone(),
            location: evidence.location.clone(),
        }
    }
}

impl From<&Proposal> for ProposalLine {
    fn from(proposal: &Proposal) -> Self {
        Self {
            requirement: proposal.requirement.to_string(),
            check: proposal.check.clone(),
            verdict: proposal.verdict,
            confidence: proposal.confidence.value(),
            reasons: proposal.reasons.iter().map(|reason| reason.text.clone()).collect(),
            legal_basis: proposal.legal_basis.clone(),
            norm_unverified: proposal.rests_on_unverified,
            unverified_norms: proposal.unverified_norms.clone(),
            trace: proposal.trace.clone(),
            evidence: proposal.evidence.iter().map(Into::into).collect(),
        }
    }
}

mod points;
pub use points::*;

#[cfg(test)]
mod tests;
