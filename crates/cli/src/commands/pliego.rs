//! `cotejo pliego`.

use crate::arguments::{Pliego, PliegoAct};
use crate::output;
use cotejo_casework::contract::PliegoLine;
use cotejo_casework::quick::{self, lector};
use cotejo_casework::view::Cancellation;
use cotejo_casework::{CaseworkError, lint_pliego};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::Path;

pub(crate) fn run(order: &Pliego, json: bool) -> Result<u8, CaseworkError> {
    if let Some(PliegoAct::Revisar { file, inicio }) = &order.acto {
        return review(file, *inicio, json);
    }
    let Some(file) = &order.file else {
        return Err(quick::refused(Code::WrongUse, "cli.bad_file", ""));
    };
    let pliego = quick::read_pliego(&lector()?, file, &Cancellation::default())?;
    let line = PliegoLine::from(&pliego);
    let unreadable = line.findings.iter().any(|finding| finding.severity == cotejo_domain::Severity::Error);
    if json {
        output::json(&line)?;
    } else {
        print(&line);
    }
    Ok(u8::from(unreadable))
}

/// Looks a draft through before it is published; the status is 0 whatever was found, for a finding is a proposal.
fn review(file: &Path, start: Option<jiff::civil::Date>, json: bool) -> Result<u8, CaseworkError> {
    let view = lint_pliego(&lector()?, file, start, &Cancellation::default())?;
    if json {
        output::json(&view)?;
        return Ok(0);
    }
    let values = [("norma", view.pack.as_str()), ("fecha", view.start.as_str())];
    output::line(&message("requirements.cli.lint_pack", &values));
    for finding in &view.findings {
        let page = finding.page.map_or_else(String::new, |page| format!(" · p. {page}"));
        let norm = finding.legal_basis.join(", ");
        output::line(&format!("[{}] {}{page}  {}", finding.severity, finding.code, finding.message));
        output::line(&format!("    {} {norm}", finding.remedy));
    }
    if view.findings.is_empty() {
        output::line(&message("requirements.cli.lint_clean", &[]));
    }
    Ok(0)
}

fn print(line: &PliegoLine) {
    let unknown = message("cli.unknown", &[]);
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| unknown.clone());
    let process = &line.process;
    for (key, value) in [
        ("cli.pliego.code", shown(&process.code)),
        ("cli.pliego.entity", shown(&process.entity.name)),
        ("cli.pliego.ruc", shown(&process.entity.ruc)),
        ("cli.pliego.object", shown(&process.object)),
        ("cli.pliego.procedure", process.procedure.map_or(unknown.clone(), str::to_owned)),
        (
            "cli.pliego.budget",
            if process.budget_encrypted { message("cli.encrypted", &[]) } else { shown(&process.budget) },
        ),
        ("cli.pliego.term", process.term_days.map_or(unknown.clone(), |days| days.to_string())),
        ("cli.pliego.validity", process.validity_days.map_or(unknown.clone(), |days| days.to_string())),
    ] {
        output::line(&format!("{}: {value}", message(key, &[])));
    }
    for stage in &line.schedule {
        output::line(&format!("  {}  {}", shown(&stage.at), stage.stage));
    }
    for requirement in &line.requirements {
        output::line(&format!("  [{:?}] {}  {}", requirement.kind, requirement.id, requirement.text));
    }
    for finding in &line.findings {
        let told = output::told(&finding.message, &finding.remedy, &finding.code);
        output::line(&format!("  ! {told}"));
    }
}
