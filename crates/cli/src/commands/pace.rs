//! `cotejo ritmo`.

use crate::arguments::Pace;
use crate::output;
use cotejo_casework::{CaseworkError, Desk, DeskSettings};

pub(crate) async fn run(settings: DeskSettings, pace: Option<Pace>, json: bool) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let view = match pace {
        Some(pace) => desk.set_reading_pace(pace.into()).await?,
        None => desk.reading_pace().await?,
    };
    if json {
        output::json(&view)?;
    } else {
        for option in &view.options {
            let mark = if option.pace == view.pace { "*" } else { " " };
            output::line(&format!("{mark} {}. {}", option.label, option.explanation));
        }
    }
    Ok(0)
}
