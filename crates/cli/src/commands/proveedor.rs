//! `cotejo proveedor`: validation of one bidder by its number.

use crate::arguments::Supplier;
use crate::output;
use cotejo_casework::view::{FindingView, SourceStatus, SourceView, SupplierView};
use cotejo_casework::{CaseworkError, DeskSettings, supplier};
use cotejo_catalogue::message;

pub(crate) async fn run(settings: DeskSettings, order: Supplier, json: bool) -> Result<u8, CaseworkError> {
    let simulator = order.simulado.at()?;
    let view = supplier::consult(&settings, &order.ruc, simulator.as_ref(), order.salida.as_deref()).await?;
    if json {
        output::json(&view)?;
    } else {
        print(&view);
    }
    Ok(status(&view))
}

/// A number that is none, and a source that was asked in vain, are checks that failed. What was not asked on purpose is not.
fn status(view: &SupplierView) -> u8 {
    let in_vain = view.sources.iter().any(|source| source.status == SourceStatus::Unknown);
    u8::from(in_vain || view.structure.status == "error")
}

pub(crate) fn print(view: &SupplierView) {
    if view.simulated {
        output::line(&message("cli.simulated", &[]));
    }
    output::line(&format!("RUC {}", view.ruc));
    let kind = view.structure.kind.as_deref().unwrap_or("unknown");
    output::line(&format!("  {}", message(&format!("cli.supplier.kind.{kind}"), &[])));
    view.structure.finding.iter().for_each(print_finding);
    view.sources.iter().for_each(print_source);
}

fn print_source(source: &SourceView) {
    output::line(&format!("{} · {}: {}", source.service, source.question, source.status_text));
    for fact in &source.facts {
        output::line(&format!("    {}: {}", fact.label, fact.value));
    }
    source.findings.iter().for_each(print_finding);
    if let (Some(at), Some(url), Some(sha256)) = (&source.at, &source.url, &source.sha256) {
        let values = [("fecha", at.as_str()), ("url", url.as_str()), ("sha256", sha256.as_str())];
        output::line(&format!("    {}", message("cli.supplier.evidence", &values)));
    }
}

fn print_finding(finding: &FindingView) {
    output::line(&format!("  ! {}", output::told(&finding.message, &finding.remedy, &finding.code)));
}
