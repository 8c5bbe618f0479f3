//! `cotejo caso proformas`: the proformas of an ínfima cuantía side by side.

use crate::output;
use cotejo_casework::view::ProformasView;
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;

pub(crate) async fn show(desk: &Desk, case: &str, json: bool) -> Result<u8, CaseworkError> {
    let view = desk.proformas(case).await?;
    if json {
        output::json(&view)?;
    } else {
        print(&view);
    }
    Ok(0)
}

fn print(view: &ProformasView) {
    for one in &view.proformas {
        let total = one.total.clone().unwrap_or_else(|| message("cli.unknown", &[]));
        output::line(&format!("{}. {}  {total}", one.number, one.name));
        let above = [
            (one.above_budget, "cli.proformas.above_budget"),
            (one.above_limit, "cli.proformas.above_limit"),
        ];
        let above = above.into_iter().filter(|(is, _)| *is).map(|(_, key)| message(key, &[]));
        let missing = one.missing.iter().map(|item| message("cli.proformas.missing", &[("item", item)]));
        let question = Some(one.question.clone()).filter(|question| !question.is_empty());
        above.chain(missing).chain(question).for_each(|text| output::line(&format!("    ! {text}")));
    }
    for item in &view.items {
        let prices: Vec<String> = item
            .prices
            .iter()
            .map(|price| {
                price.as_ref().map_or_else(
                    || "—".to_owned(),
                    |price| {
                        let low = if item.lowest.as_ref() == Some(&price.unit) { "*" } else { "" };
                        format!("{}{low}", price.unit)
                    },
                )
            })
            .collect();
        output::line(&format!("  {}  {}", item.description, prices.join("  ")));
    }
    let places: Vec<String> = view
        .order
        .iter()
        .map(|place| place.iter().map(ToString::to_string).collect::<Vec<_>>().join(" = "))
        .collect();
    if !places.is_empty() {
        output::line(&message("cli.proformas.order", &[("orden", &places.join(", "))]));
    }
    view.notes.iter().for_each(|note| output::line(&format!("  {note}")));
}
