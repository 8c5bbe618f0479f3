//! The entity's own draft, read and looked through before it is published. It needs no case, and keeps nothing.

use crate::CaseworkError;
use crate::quick::{decode_pliego, media_type_of};
use crate::sources::name_of;
use crate::view::{Cancellation, LintFindingView, LintView};
use cotejo_catalogue::message;
use cotejo_domain::{Code, PageReading, Quad, RequirementSource};
use cotejo_lector_client::Lector;
use cotejo_lector_protocol::ReadOptions;
use cotejo_rules::lint::{Draft, LintFinding, Statement, codes, lint};
use cotejo_rules::{PackSet, requirements_for};
use std::path::Path;

/// Most lines of one sentence.
const MOST_LINES: usize = 12;

/// Reads a draft and looks it through against the pack of the day on which it would be published: the one given, else the draft's own, else
/// the newest.
///
/// # Errors
/// When the file cannot be read, the worker is missing, or no pack covers the day.
pub fn lint_pliego(
    lector: &Lector,
    path: &Path,
    start: Option<jiff::civil::Date>,
    cancellation: &Cancellation,
) -> Result<LintView, CaseworkError> {
    let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
    let name = name_of(path);
    let mut pliego = decode_pliego(lector, &name, &bytes, cancellation)?;
    let packs = PackSet::built_in();
    let newest = || packs.all().iter().map(|pack| pack.valid_from).max();
    let assumed = start.is_none() && pliego.process.started.is_none();
    let start = start.or(pliego.process.started).or_else(newest);
    let start = start.ok_or_else(|| CaseworkError::refused(Code::Precondition, "casework.no_pack", ""))?;
    let no_pack = |none: cotejo_rules::NoPack| {
        CaseworkError::refused(Code::Precondition, "requirements.lint_no_pack", none.message())
    };
    let pack = packs.for_start(start).map_err(no_pack)?;
    pliego.process.started = Some(start);
    let structured = bytes.starts_with(b"info.ushay:") || media_type_of(&name) == "application/xml";
    let statements = if structured {
        pliego
            .requirements
            .iter()
            .map(|asked| Statement { text: asked.text.clone(), source: asked.source.clone() })
            .collect()
    } else {
        let reading = lector.read(
            &name,
            bytes.as_slice(),
            &ReadOptions { ocr: true, ..ReadOptions::default() },
            cancellation.switch(),
            &mut |_| {},
        )?;
        statements(&reading.pages)
    };
    // Only what a structured draft lists is asked; the checks for every bid are nobody's text.
    if structured {
        pliego.requirements = requirements_for(&pliego, pack);
    }
    let draft = Draft { pliego: &pliego, statements: &statements, pack };
    Ok(LintView {
        file: name,
        pack: pack.id.clone(),
        start: start.to_string(),
        start_assumed: assumed,
        findings: lint(&draft).iter().map(shown).collect(),
        rules: codes().into_iter().map(str::to_owned).collect(),
        reading: pliego.findings.iter().map(|finding| finding.message.clone()).collect(),
    })
}

fn shown(finding: &LintFinding) -> LintFindingView {
    let quads: Vec<Quad> = match &finding.place {
        Some(RequirementSource::Page { quads, .. }) => quads.clone(),
        _ => Vec::new(),
    };
    let severity = serde_json::to_value(finding.severity).ok();
    let mut text = finding.message.clone();
    if finding.unverified && !text.contains(&message("rules.pliego.norma_sin_verificar", &[])) {
        text = format!("{text} {}", message("rules.pliego.norma_sin_verificar", &[]));
    }
    LintFindingView {
        code: finding.code.clone(),
        severity: severity.and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default(),
        message: text,
        remedy: finding.remedy.clone(),
        requirement: finding.requirement.as_ref().map(ToString::to_string),
        page: finding.page(),
        quads: quads.iter().map(|quad| quad.0.to_vec()).collect(),
        legal_basis: finding.legal_basis.clone(),
        unverified: finding.unverified,
    }
}

/// Joins the lines of pages to sentences: a line that ends none goes on with the next, unless that begins something of its own.
fn statements(pages: &[PageReading]) -> Vec<Statement> {
    let mut all = Vec::new();
    for page in pages {
        let mut text = String::new();
        let mut quads: Vec<Quad> = Vec::new();
        for words in page.lines() {
            let line = words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let begins = line.starts_with(|first: char| {
                first.is_uppercase() || first.is_ascii_digit() || "-•*".contains(first)
            });
            let ended = text.ends_with(['.', ';', ':']) || quads.len() >= MOST_LINES || page.reading_view;
            if !text.is_empty() && (ended || (begins && !text.ends_with(','))) {
                all.push(statement(page, &mut text, &mut quads));
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
            quads.extend(words.iter().map(|word| word.quad).reduce(|one, other| one.union(&other)));
        }
        if !text.is_empty() {
            all.push(statement(page, &mut text, &mut quads));
        }
    }
    all
}

fn statement(page: &PageReading, text: &mut String, quads: &mut Vec<Quad>) -> Statement {
    let quads = std::mem::take(quads);
    let text = std::mem::take(text);
    Statement {
        source: RequirementSource::Page {
            page: page.number,
            quads: if page.reading_view { Vec::new() } else { quads },
            quote: String::new(),
            file: None,
        },
        text,
    }
}

impl crate::Desk {
    /// Looks a draft through as [`lint_pliego`] does, away from whoever waits; an empty day means what the draft says.
    ///
    /// # Errors
    /// As [`lint_pliego`]; [`Code::WrongUse`] for what is no date.
    pub async fn lint_draft(
        &self,
        path: &Path,
        start: &str,
        cancellation: &Cancellation,
    ) -> Result<LintView, CaseworkError> {
        let day = Some(start.trim()).filter(|day| !day.is_empty()).map(crate::quick::day).transpose()?;
        let (lector, path, switch) = (self.lector(), path.to_path_buf(), cancellation.clone());
        crate::desk::blocking(move || lint_pliego(&lector, &path, day, &switch)).await?
    }
}
