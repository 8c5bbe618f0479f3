//! `cotejo pliego`.

use crate::arguments::Pliego;
use crate::output;
use cotejo_casework::CaseworkError;
use cotejo_casework::contract::PliegoLine;
use cotejo_casework::quick::{self, lector};
use cotejo_casework::view::Cancellation;
use cotejo_catalogue::message;

pub(crate) fn run(order: &Pliego, json: bool) -> Result<u8, CaseworkError> {
    let pliego = quick::read_pliego(&lector()?, &order.file, &Cancellation::default())?;
    let line = PliegoLine::from(&pliego);
    let unreadable = line.findings.iter().any(|finding| finding.severity == cotejo_domain::Severity::Error);
    if json {
        output::json(&line)?;
    } else {
        print(&line);
    }
    Ok(u8::from(unreadable))
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
        output::line(&format!("  ! {} {}", finding.message, finding.remedy));
    }
}
