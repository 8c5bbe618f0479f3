//! `cotejo caso validar`: what registries say of the bidders of a case.

use crate::arguments::Simulated;
use crate::output;
use cotejo_casework::view::{Cancellation, ValidationView};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;

pub(crate) async fn run(
    desk: &Desk,
    case: &str,
    simulated: Simulated,
    json: bool,
) -> Result<u8, CaseworkError> {
    let simulator = simulated.at()?;
    let tell = |number: u32, all: u32| {
        output::error_line(&message(
            "cli.validating",
            &[("numero", &number.to_string()), ("total", &all.to_string())],
        ))
    };
    let view = desk.validate_bidders(case, simulator.as_ref(), &tell, &Cancellation::default()).await?;
    if json {
        output::json(&view)?;
    } else {
        print(&view);
    }
    Ok(u8::from(view.unanswered > 0))
}

fn print(view: &ValidationView) {
    if view.offline {
        output::line(&message("net.offline", &[]));
    }
    for bid in &view.bids {
        output::line(&format!("{}. {}", bid.number, bid.bidder));
        if !bid.notice.is_empty() {
            output::line(&format!("  ! {}", bid.notice));
        }
        for supplier in &bid.suppliers {
            super::proveedor::print(&supplier.supplier);
        }
    }
}
