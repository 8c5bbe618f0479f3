//! The main job in one act: pliego and bids in, evaluation, acta and evidence out.

use super::Desk;
use super::judgement::Judgement;
use super::open_case::OpenCase;
use super::sample;
use crate::contract::{
    AuditLine, BidDocumentLine, BidLine, BidderLine, ChainLine, EconomicLine, EvaluationFile,
    FileFindingLine, FlagLine, MemberLine, PackLine,
};
use crate::sources::bids_in;
use crate::view::{Cancellation, ImportProgress, SealingOrder};
use crate::{CaseworkError, quick};
use cotejo_domain::{Code, Location, Verdict};
use cotejo_signing::Keystore;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Says what to evaluate.
#[derive(Clone, Debug)]
pub struct EvaluationOrder {
    /// The pliego.
    pub pliego: PathBuf,
    /// Folder with one folder or file per bidder.
    pub bids: PathBuf,
    /// Where the results go.
    pub output: PathBuf,
    /// Start of the process, when the pliego does not tell it or a person knows better.
    pub started: Option<jiff::civil::Date>,
    /// Trusted certificates in DER.
    pub anchors: Vec<Vec<u8>>,
    /// What is sealed beside what the procedure seals.
    pub sealing: SealingOrder,
    /// For the fictional sample alone: decide every proposal as proposed, as its fictional evaluator.
    pub decide_sample: bool,
}

/// Tells what came of it.
#[derive(Clone, Debug)]
pub struct EvaluationResult {
    /// The case, kept in the data folder.
    pub case: String,
    /// `evaluacion.json`.
    pub evaluation: PathBuf,
    /// The acta.
    pub acta: PathBuf,
    /// The content of `evaluacion.json`.
    pub content: EvaluationFile,
    /// True when some file could not be read completely.
    pub incomplete: bool,
}

/// Most pages rendered into `evidencias/`.
const MOST_PAGES: usize = 200;

impl Desk {
    /// Evaluates a pile of bids against a pliego and writes `evaluacion.json`, `acta-calificacion.pdf` and `evidencias/`.
    ///
    /// # Errors
    /// When the pliego cannot be read, the worker is missing, or the results cannot be written.
    pub async fn evaluate(
        &self,
        order: &EvaluationOrder,
        keystore: Option<&Keystore>,
        progress: &(dyn Fn(ImportProgress) + Send + Sync),
        cancellation: &Cancellation,
    ) -> Result<EvaluationResult, CaseworkError> {
        *self.anchors.lock().await = order.anchors.clone();
        let open = self
            .create_case_started(&order.pliego, order.started, order.decide_sample, progress, cancellation)
            .await?;
        let state = open.case.state().await?;
        if state.pliego.as_ref().is_some_and(|pliego| pliego.lots.len() > 1) {
            // In one go nobody is asked: the lots are those of the pliego, and a warning says so.
            self.record_lots(&open, &crate::view::LotsOrder::default()).await?;
        }
        let sources = bids_in(&order.bids)?.into_iter().map(|bid| (order.bids.clone(), bid)).collect();
        self.import_sources(&open, sources, &order.sealing, progress, cancellation).await?;
        let judgement = open.judgement().await?;
        let case = open.case.id().to_string();
        if order.decide_sample {
            let process = &judgement.state.process;
            self.record_commission(&case, &sample::commission(process)?).await?;
            self.record_session(&case, &sample::session(process)?).await?;
            self.place_sample(&case, &judgement).await?;
            let judgement = open.judgement().await?;
            self.decide_sample(&open, &judgement).await?;
            self.answer_sample(&case, &judgement).await?;
        }
        let view = self.generate_acta(&case).await?;
        let mut acta = PathBuf::from(&view.path);
        // Signed in one go or by hand: what impedes signing impedes both. The results are written all the same, for whoever goes on by hand.
        let blocked = keystore.and_then(|_| view.blocks.first());
        if let (Some(keystore), None) = (keystore, blocked) {
            acta = self.sign_newest(&open, keystore).await?;
        }
        let written = order.output.join("acta-calificacion.pdf");
        quick::write_whole(&written, &std::fs::read(&acta).map_err(CaseworkError::file(&acta))?)?;
        let content = evaluation(&open, &judgement).await?;
        let evaluation = order.output.join("evaluacion.json");
        quick::write_whole(&evaluation, &serde_json::to_vec_pretty(&content)?)?;
        self.write_evidence(&open, &judgement, &order.output.join("evidencias")).await?;
        if let Some(block) = blocked {
            let detail = format!("{} {}", block.title, block.detail);
            return Err(CaseworkError::refused(Code::Precondition, "casework.signing_blocked", detail));
        }
        let incomplete = judgement.bids.iter().any(|bid| {
            let sealed = |path: &String| bid.bid.files.iter().any(|file| file.sealed && file.path == *path);
            !bid.unread.iter().all(sealed) || not_read(bid)
        });
        Ok(EvaluationResult { case, evaluation, acta: written, content, incomplete })
    }

    /// The sample's fictional evaluator puts what does not say its lot plainly into the first.
    async fn place_sample(&self, case: &str, judgement: &Judgement) -> Result<(), CaseworkError> {
        for bid in judgement.bids.iter().filter(|bid| !bid.bid.is_placed()) {
            let order = crate::view::PlaceOrder {
                bid: bid.bid.id.to_string(),
                lots: vec!["1".into()],
                reason: cotejo_catalogue::message("lots.sample_reason", &[]),
            };
            self.place_bid(case, &order).await?;
        }
        Ok(())
    }

    /// The sample's fictional evaluator decides every cell that is judged.
    async fn decide_sample(&self, open: &OpenCase, judgement: &Judgement) -> Result<(), CaseworkError> {
        for requirement in &judgement.requirements {
            if !super::acta_content::judged(requirement.kind) {
                continue;
            }
            for bid in &judgement.bids {
                if !super::judgement::stands(requirement, bid) {
                    continue;
                }
                let proposal = judgement.proposal(&requirement.id, bid.bid.id);
                // Nobody is asked to cure what this machine failed to read.
                let unsettled = proposal.is_none_or(|proposal| proposal.verdict == Verdict::Pendiente);
                if unsettled && not_read(bid) {
                    continue;
                }
                let drafted = super::cell::draft(proposal);
                let (verdict, motivation) = sample::decision(requirement.kind, proposal, drafted);
                let evidence = proposal.map_or_else(Vec::new, |proposal| proposal.evidence.clone());
                if cotejo_procedure::commission::opening::needs_opening(verdict) {
                    // The fictional evaluator of the sample says so of itself.
                    let way = cotejo_domain::course::OpeningWay::Stated;
                    self.state_opened(open, &requirement.id, bid.bid.id, &evidence, way).await?;
                }
                self.record_decision(open, requirement.id.clone(), bid.bid.id, verdict, motivation, evidence)
                    .await?;
            }
        }
        Ok(())
    }

    /// The sample's fictional evaluator answers every departure of its pliego from the norm.
    async fn answer_sample(&self, case: &str, judgement: &Judgement) -> Result<(), CaseworkError> {
        for departure in &judgement.departures {
            let motivation = cotejo_catalogue::message("requirements.sample_answer", &[]);
            let order = crate::view::DepartureOrder::AsPliego { motivation };
            self.answer_departure(case, &departure.key, &order).await?;
        }
        Ok(())
    }

    /// Renders the pages that adverse or doubtful proposals cite, each once, with an index.
    async fn write_evidence(
        &self,
        open: &OpenCase,
        judgement: &Judgement,
        folder: &Path,
    ) -> Result<(), CaseworkError> {
        let mut index: BTreeMap<String, serde_json::Value> = BTreeMap::new();
        for proposal in judgement.proposals.values() {
            if matches!(proposal.verdict, Verdict::Cumple | Verdict::NoAplica) {
                continue;
            }
            for piece in &proposal.evidence {
                let Location::Page { page, .. } = piece.location else { continue };
                let name = format!("{}-p{page:03}.png", &piece.file.to_string()[..12]);
                if index.contains_key(&name) || index.len() >= MOST_PAGES {
                    continue;
                }
                // A page that cannot be rendered (flowing text) has no picture; the index still names it.
                let picture = self.render(&open.case, piece.file, page, 1.5).await.ok();
                if let Some(picture) = &picture {
                    quick::write_whole(&folder.join(&name), picture)?;
                }
                let entry = serde_json::json!({
                    "file": piece.file_name, "sha256": piece.file.to_string(), "page": page, "image": picture.is_some(),
                });
                index.insert(name, entry);
            }
        }
        quick::write_whole(&folder.join("indice.json"), &serde_json::to_vec_pretty(&index)?)
    }

    /// Returns the content of `evaluacion.json` for a case.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn evaluation(&self, case: &str) -> Result<EvaluationFile, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        evaluation(&open, &judgement).await
    }
}

/// Tells whether the reader ended in a file of the bid, whatever the cause.
fn not_read(bid: &super::judgement::JudgedBid) -> bool {
    bid.files
        .iter()
        .any(|file| file.findings.iter().any(|finding| finding.severity == cotejo_domain::Severity::Error))
}

async fn evaluation(open: &OpenCase, judgement: &Judgement) -> Result<EvaluationFile, CaseworkError> {
    let heads = open.case.log_heads().await?;
    let first = heads.first();
    let course = super::indicios::of_course(&open.case, judgement).await?;
    let flags: Vec<&cotejo_flags::Flag> = judgement.flags.iter().chain(&course).collect();
    let acts = super::commission::CommissionActs::of(&open.case).await?;
    let decided = super::matrix::Decided::of(&open.case).await?;
    let said = super::commission::dismissal_lines(&flags, &acts, &decided);
    let flags: Vec<SaidFlag<'_>> = flags.into_iter().zip(said).collect();
    Ok(EvaluationFile {
        process: (&judgement.state.process).into(),
        pack: judgement
            .state
            .pack
            .as_ref()
            .map(|pack| PackLine { id: pack.id.clone(), sha256: pack.sha256.to_string() }),
        models: judgement.models(),
        requirements: judgement.requirements.iter().map(Into::into).collect(),
        warnings: judgement.warnings.iter().cloned().chain(of_lots(judgement)).collect(),
        bids: judgement.bids.iter().map(|bid| bid_line(judgement, &flags, bid)).collect(),
        audit: AuditLine {
            head: first.map(|head| head.head.to_string()),
            count: first.map_or(0, |head| head.count),
            chains: heads
                .iter()
                .map(|head| ChainLine {
                    device: head.device.to_string(),
                    head: head.head.to_string(),
                    count: head.count,
                })
                .collect(),
        },
    })
}

/// Says that the lots are those of the pliego, and which bids are in none.
fn of_lots(judgement: &Judgement) -> Vec<cotejo_domain::Finding> {
    let mut found = Vec::new();
    let warning = |code: &str, values: &[(&str, &str)]| cotejo_domain::Finding {
        code: code.into(),
        severity: cotejo_domain::Severity::Warning,
        page: None,
        message: cotejo_catalogue::message(code, values),
        remedy: cotejo_catalogue::message("lots.remedy", &[]),
    };
    if judgement.state.lots.len() > 1 {
        found.push(warning("lots.evaluated", &[("numero", &judgement.state.lots.len().to_string())]));
    }
    for bid in judgement.bids.iter().filter(|bid| !judgement.has_lot(bid.bid.lot)) {
        let values = [("numero", bid.number.to_string()), ("oferente", bid.bid.bidder.name.clone())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        found.push(warning("lots.waiting.bid", &values));
    }
    found
}

/// An indicio with its name and what was said to put it aside.
type SaidFlag<'a> = (&'a cotejo_flags::Flag, (String, Option<crate::contract::DismissalLine>));

fn bid_line(judgement: &Judgement, flags: &[SaidFlag<'_>], bid: &super::judgement::JudgedBid) -> BidLine {
    let bidder = &bid.bid.bidder;
    let fact = |names: &[&str]| {
        let mut values: Vec<String> = bid
            .files
            .iter()
            .flat_map(|file| &file.facts)
            .filter(|fact| names.contains(&fact.field.as_str()))
            .map(|fact| fact.value.canonical())
            .collect();
        values.sort();
        values.dedup();
        // Papers that contradict each other give no value.
        if values.len() == 1 { values.pop() } else { None }
    };
    BidLine {
        bidder: BidderLine {
            name: (bidder.name != bid.source).then(|| bidder.name.clone()),
            ruc: bidder.ruc.as_ref().map(ToString::to_string),
            kind: bidder.kind,
            members: bidder
                .members
                .iter()
                .map(|member| MemberLine {
                    name: member.name.clone(),
                    ruc: member.ruc.as_ref().map(ToString::to_string),
                    share: member.share.map(|share| share.0.to_string()),
                })
                .collect(),
        },
        source: bid.source.clone(),
        lot: super::lots::label(&judgement.state.lots, bid.bid.lot),
        documents: bid
            .files
            .iter()
            .flat_map(|file| {
                file.documents.iter().map(|document| BidDocumentLine {
                    file: file.path.clone(),
                    kind: document.kind.to_string(),
                    pages: document.pages.clone(),
                    confidence: document.confidence.value(),
                    blank_form: document.blank_form,
                })
            })
            .collect(),
        proposals: judgement
            .requirements
            .iter()
            .filter_map(|requirement| judgement.proposal(&requirement.id, bid.bid.id))
            .map(Into::into)
            .collect(),
        economic: EconomicLine {
            total: fact(&["total_numeros", "total"]),
            total_words: fact(&["total_letras"]),
        },
        flags: flags
            .iter()
            .filter(|(flag, _)| flag.bids.contains(&bid.bid.id))
            .map(|(flag, (id, dismissed))| FlagLine {
                id: id.clone(),
                code: flag.code.to_string(),
                text: flag.text.clone(),
                evidence: flag.evidence.iter().map(Into::into).collect(),
                dismissed: dismissed.clone(),
            })
            .collect(),
        findings: bid
            .findings
            .iter()
            .map(|finding| (String::new(), finding))
            .chain(
                bid.files
                    .iter()
                    .flat_map(|file| file.findings.iter().map(|finding| (file.path.clone(), finding))),
            )
            .map(|(file, finding)| FileFindingLine { file, finding: finding.clone() })
            .collect(),
    }
}
