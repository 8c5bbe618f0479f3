//! `cotejo diagnostico`.

use crate::output;
use cotejo_casework::{CaseworkError, Desk, DeskSettings};

pub(crate) async fn run(settings: DeskSettings, json: bool) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let diagnosis = desk.diagnosis().await?;
    if json {
        output::json(&diagnosis)?;
    } else {
        for (name, value) in &diagnosis.lines {
            output::line(&format!("{name}: {value}"));
        }
        for notice in &diagnosis.notices {
            output::line(&format!("! {notice}"));
        }
    }
    Ok(if diagnosis.complete { 0 } else { 3 })
}
