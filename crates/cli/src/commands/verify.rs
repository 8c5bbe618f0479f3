//! `cotejo verificar`.

use crate::arguments::Verify;
use crate::output;
use cotejo_casework::CaseworkError;
use cotejo_casework::quick::{self, lector};
use cotejo_catalogue::message;

pub(crate) fn run(order: &Verify, json: bool) -> Result<u8, CaseworkError> {
    let lector = lector()?;
    let anchors = order.anclas.as_deref().map(quick::read_anchors).transpose()?.unwrap_or_default();
    let at = order.fecha.and_then(|date| date.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok());
    let mut status = 0;
    for file in &order.files {
        let line = quick::verify_file(&lector, file, &anchors, at.as_ref().map(jiff::Zoned::timestamp))?;
        if matches!(line.summary, "invalid" | "indeterminate") {
            status = 1;
        }
        if json {
            output::json(&line)?;
            continue;
        }
        output::line(&format!("{}  {}", line.file, message(&format!("cli.summary.{}", line.summary), &[])));
        for signature in &line.signatures {
            let signer = signature.signer.clone().unwrap_or_else(|| message("cli.unknown", &[]));
            let at = signature.signing_time.map_or_else(String::new, |moment| moment.to_string());
            output::line(&format!("  {signer}  {at}  {:?}", signature.verdict));
            for reason in &signature.reasons {
                output::line(&format!("    {reason}"));
            }
        }
        for finding in &line.findings {
            let told = output::told(&finding.message, &finding.remedy, &finding.code);
            output::line(&format!("  ! {told}"));
        }
    }
    Ok(status)
}
