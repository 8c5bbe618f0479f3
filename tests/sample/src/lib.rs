//! Fictional processes with their truth: what demonstrations show, what the page types are trained on, and what tests compare with.
//!
//! [`generate`] writes one process: a pliego, four bids and `verdad.json`. Nothing in it is real: companies, persons, entities and
//! places are inventions, numbers satisfy their check digits but belong to nobody, and every page is marked EJEMPLO.
//! [`page_templates`] gives single documents of every type, for training and measuring.
//! The same procedure and seed give the same files, but for the electronic signatures, whose keys are new each time.
//!
//! To add a paper: write `templates/<name>.typ` (marking each value with `dato`), name it in `templates.rs`, give it its data in
//! `forms/`, and put it into a bid in `package.rs`.

mod answer;
mod apu;
mod archive;
mod bidder;
mod expected;
mod forms;
mod gallery;
mod identity;
mod lines;
mod lots;
mod numbers;
mod office;
mod package;
mod pliego;
mod random;
mod scan;
mod scenario;
mod seal;
mod templates;
mod themes;
mod truth;
mod typeset;
mod vocabulary;

pub use gallery::{PageTemplate, SampleDocument, page_templates};
pub use lines::{Block, Cell, LinedDocument, LinedFile, Manner, Piece};
pub use scan::ScanProfile;
pub use scenario::SampleProcedure;
pub use truth::{
    AnswerTruth, BidTruth, Defect, DocumentTruth, Expected, FileTruth, ProcessTruth, SampleTruth,
};
pub use typeset::PrintedValue;

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::Path;

/// Tells why a sample could not be made.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A template does not compile with its data: a fault of this crate.
    #[error("a template of the sample does not compile: {0}")]
    Template(String),
    /// A page could not be encoded.
    #[error("a scanned page could not be encoded: {0}")]
    Image(String),
    /// A file could not be signed.
    #[error("a paper of the sample could not be signed: {0}")]
    Signing(String),
    /// A ZIP could not be written.
    #[error("an archive of the sample could not be written: {0}")]
    Archive(String),
    /// A file could not be written.
    #[error("a file of the sample could not be written: {0}")]
    Io(#[from] std::io::Error),
    /// The truth could not be serialised.
    #[error("the truth of the sample could not be serialised: {0}")]
    Truth(#[from] serde_json::Error),
}

/// Writes a fictional process to a folder and returns its truth, which also stands there as `verdad.json`.
///
/// The folder then holds `pliego.ushay`, `ofertas/NN_bidder/…`, `respuestas/NN_bidder/…` (to a *convalidación*), `verdad.json` and `autoridad-ejemplo.cer` (the root of the demo
/// certificates).
///
/// # Errors
/// Fails when a file cannot be made or written.
pub fn generate(procedure: SampleProcedure, seed: u64, out: &Path) -> Result<SampleTruth, SampleError> {
    if procedure == SampleProcedure::Lotes {
        return generate_lots(seed, out);
    }
    let (scenario, bidders) = draw(procedure, seed);
    let notary =
        seal::Notary::new(scenario.started.saturating_sub(jiff::Span::new().days(90)).at(9, 0, 0, 0))?;
    std::fs::create_dir_all(out)?;
    std::fs::write(out.join("autoridad-ejemplo.cer"), notary.root())?;
    std::fs::write(out.join("pliego.ushay"), pliego_file(&scenario, &bidders)?)?;
    let mut bids = Vec::new();
    for bidder in &bidders {
        let papers = package::papers(&scenario, bidder, Some(&notary))?;
        let truth = package::bid_truth(&scenario, bidder, &papers);
        write_papers(&out.join(&truth.folder), &papers)?;
        bids.push(truth);
    }
    let mut answers = Vec::new();
    for (bidder, bid) in bidders.iter().zip(&bids) {
        if let Some((papers, truth)) = answer::answer(&scenario, bidder, bid, Some(&notary))? {
            write_papers(&out.join(&truth.folder), &papers)?;
            answers.push(truth);
        }
    }
    typeset::forget();
    let truth = sample_truth(&scenario, bids, answers);
    std::fs::write(out.join("verdad.json"), serde_json::to_vec_pretty(&truth)?)?;
    Ok(truth)
}

/// Writes the process with lots.
fn generate_lots(seed: u64, out: &Path) -> Result<SampleTruth, SampleError> {
    let mut registry = identity::Registry::new(seed);
    let scenario = scenario::Scenario::draw(SampleProcedure::Lotes, seed, &mut registry);
    let author = bidder::draw_bidders(&scenario, &mut registry.clone());
    let notary =
        seal::Notary::new(scenario.started.saturating_sub(jiff::Span::new().days(90)).at(9, 0, 0, 0))?;
    std::fs::create_dir_all(out)?;
    std::fs::write(out.join("autoridad-ejemplo.cer"), notary.root())?;
    std::fs::write(out.join("pliego.ushay"), pliego_file(&scenario, &author)?)?;
    let made = lots::bids(&scenario, &mut registry, Some(&notary))?;
    for bid in &made.bids {
        write_papers(&out.join(&bid.truth.folder), &bid.papers)?;
    }
    for (papers, answer) in &made.answers {
        write_papers(&out.join(&answer.folder), papers)?;
    }
    typeset::forget();
    let bids = made.bids.into_iter().map(|bid| bid.truth).collect();
    let answers = made.answers.into_iter().map(|(_, answer)| answer).collect();
    let truth = sample_truth(&scenario, bids, answers);
    std::fs::write(out.join("verdad.json"), serde_json::to_vec_pretty(&truth)?)?;
    Ok(truth)
}

/// Returns the truth of a fictional process without writing, painting or signing anything: the same that [`generate`] returns.
///
/// # Errors
/// Fails when a template does not compile.
pub fn truth_of(procedure: SampleProcedure, seed: u64) -> Result<SampleTruth, SampleError> {
    if procedure == SampleProcedure::Lotes {
        let mut registry = identity::Registry::new(seed);
        let scenario = scenario::Scenario::draw(procedure, seed, &mut registry);
        let made = lots::bids(&scenario, &mut registry, None)?;
        typeset::forget();
        let bids = made.bids.into_iter().map(|bid| bid.truth).collect();
        return Ok(sample_truth(
            &scenario,
            bids,
            made.answers.into_iter().map(|(_, answer)| answer).collect(),
        ));
    }
    let (scenario, bidders) = draw(procedure, seed);
    let bids = bidders.iter().map(|bidder| {
        let papers = package::papers(&scenario, bidder, None)?;
        Ok(package::bid_truth(&scenario, bidder, &papers))
    });
    let bids = bids.collect::<Result<Vec<_>, SampleError>>()?;
    let mut answers = Vec::new();
    for (bidder, bid) in bidders.iter().zip(&bids) {
        answers.extend(answer::answer(&scenario, bidder, bid, None)?.map(|(_, truth)| truth));
    }
    typeset::forget();
    Ok(sample_truth(&scenario, bids, answers))
}

fn draw(procedure: SampleProcedure, seed: u64) -> (scenario::Scenario, Vec<bidder::Bidder>) {
    let mut registry = identity::Registry::new(seed);
    let scenario = scenario::Scenario::draw(procedure, seed, &mut registry);
    let bidders = bidder::draw_bidders(&scenario, &mut registry);
    (scenario, bidders)
}

fn sample_truth(
    scenario: &scenario::Scenario,
    bids: Vec<BidTruth>,
    answers: Vec<AnswerTruth>,
) -> SampleTruth {
    SampleTruth {
        example: true,
        seed: scenario.seed,
        procedure: scenario.procedure.prefix().into(),
        regime: scenario.regime.into(),
        process: process_truth(scenario),
        pliego: "pliego.ushay".into(),
        bids,
        answers,
    }
}

/// Writes the pliego with its annexes: the document, the specifications and the empty forms.
fn pliego_file(scenario: &scenario::Scenario, bidders: &[bidder::Bidder]) -> Result<Vec<u8>, SampleError> {
    let Some(bidder) = bidders.first() else { return pliego::container(&[]) };
    let author = forms::Author { scenario, bidder };
    let created = scenario.started.at(8, 0, 0, 0);
    let mut attachments = Vec::new();
    for (number, (name, sheet)) in
        [("PLIEGO", author.pliego()), ("ESPECIFICACIONES TECNICAS", author.terms())].into_iter().enumerate()
    {
        let (typeset, _) = package::typeset_sheets(name, &[sheet], 0)?;
        let visible = format!("{}-{name}.pdf", number + 1);
        attachments.push((
            format!("8-{visible}"),
            visible,
            typeset.pdf(&format!("{} {name}", scenario.seed), created, "EJEMPLO")?,
        ));
    }
    let names: Vec<(String, String)> =
        attachments.iter().map(|(name, visible, _)| (name.clone(), visible.clone())).collect();
    let mut entries = vec![("proceso.xml".to_owned(), pliego::process_xml(scenario, &names))];
    entries.extend(attachments.into_iter().map(|(name, _, bytes)| (name, bytes)));
    pliego::container(&entries)
}

fn process_truth(scenario: &scenario::Scenario) -> ProcessTruth {
    ProcessTruth {
        code: scenario.code.clone(),
        entity: scenario.entity.name.clone(),
        entity_ruc: scenario.entity.ruc.clone(),
        object: scenario.object.clone(),
        budget: format!("{:.2}", scenario.budget),
        budget_encrypted: pliego::encrypts_prices(scenario),
        term_days: scenario.term,
        validity_days: scenario.validity,
        patrimonio: scenario.patrimonio.normalize().to_string(),
        experience: scenario.procedure.works().then(|| {
            [scenario.experience_general, scenario.experience_specific]
                .map(|amount: Decimal| format!("{amount:.2}"))
        }),
        started: scenario.started.to_string(),
        bids_due: scenario.due.to_string(),
        items: scenario
            .lines
            .iter()
            .map(|line| {
                [line.cpc.clone(), line.description.clone(), line.quantity.to_string(), line.unit.clone()]
            })
            .collect(),
    }
}

/// Writes files to a folder; a path through `….zip/` goes into that archive.
fn write_papers(folder: &Path, papers: &[package::Paper]) -> Result<(), SampleError> {
    let files: Vec<(String, Vec<u8>)> =
        papers.iter().map(|paper| (paper.truth.path.clone(), paper.bytes.clone())).collect();
    for (path, bytes) in packed(files)? {
        let target = folder.join(&path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(target, bytes)?;
    }
    Ok(())
}

/// Packs what lies in archives, innermost last.
fn packed(files: Vec<(String, Vec<u8>)>) -> Result<Vec<(String, Vec<u8>)>, SampleError> {
    let mut loose = Vec::new();
    let mut archives: BTreeMap<String, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for (path, bytes) in files {
        match path.split_once(".zip/") {
            Some((archive, inner)) => {
                archives.entry(format!("{archive}.zip")).or_default().push((inner.to_owned(), bytes))
            }
            None => loose.push((path, bytes)),
        }
    }
    for (archive, inner) in archives {
        loose.push((archive, archive::pack(&packed(inner)?)?));
    }
    Ok(loose)
}
