//! `cotejo bitacora …`.

use crate::arguments::Log;
use crate::output;
use cotejo_casework::quick::refused;
use cotejo_casework::{CaseworkError, Desk, DeskSettings};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use cotejo_store::ChainHead;

pub(crate) async fn run(settings: DeskSettings, order: Log, json: bool) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    match order {
        Log::Verificar { caso, cabeza } => {
            let printed = cabeza.iter().map(|text| head(text)).collect::<Result<Vec<_>, _>>()?;
            let report = desk.verify_log(&caso, &printed).await?;
            if json {
                output::json(&report)?;
            } else {
                let key = if report.holds() { "cli.log_holds" } else { "cli.log_broken" };
                output::line(&message(key, &[("actos", &report.events.to_string())]));
                for problem in &report.problems {
                    output::line(&format!("  {problem:?}"));
                }
            }
            Ok(u8::from(!report.holds()))
        }
        Log::Exportar { caso } => {
            for event in desk.events(&caso).await? {
                output::json(&event)?;
            }
            Ok(0)
        }
    }
}

/// Reads a head as actas print it: device, count and hash, with colons.
fn head(text: &str) -> Result<ChainHead, CaseworkError> {
    let wrong = || refused(Code::WrongUse, "cli.bad_head", text);
    let mut parts = text.split(':');
    let (Some(device), Some(count), Some(hash), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(wrong());
    };
    Ok(ChainHead {
        device: device.parse().map_err(|_| wrong())?,
        count: count.parse().map_err(|_| wrong())?,
        head: hash.parse().map_err(|_| wrong())?,
    })
}
