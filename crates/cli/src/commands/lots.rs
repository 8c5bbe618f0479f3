//! `cotejo caso lotes`.

use crate::output;
use clap::Args;
use cotejo_casework::quick::refused;
use cotejo_casework::view::{LotOrder, LotsOrder, LotsView, PlaceOrder};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

/// Says which lots a process has, and for which of them a bid is.
#[derive(Debug, Args)]
pub(crate) struct LotsArguments {
    /// Identificador del caso
    caso: String,
    /// Los lotes son los que enuncia el pliego
    #[arg(long, group = "que")]
    del_pliego: bool,
    /// El proceso tiene un solo lote
    #[arg(long, group = "que")]
    unico: bool,
    /// Un lote: NOMBRE|PRESUPUESTO|CPC; se repite, en orden
    #[arg(long = "definir", group = "que", value_name = "NOMBRE[|PRESUPUESTO[|CPC]]")]
    definir: Vec<String>,
    /// Los lotes en JSON, con sus ítems y requisitos
    #[arg(long, group = "que")]
    archivo: Option<PathBuf>,
    /// Dónde consta
    #[arg(long, default_value = "")]
    segun: String,
    /// Número de la oferta de la que se dice el lote
    #[arg(long, group = "que")]
    oferta: Option<String>,
    /// Lote de esa oferta, por su número o su nombre; se repite. Sin él, lo que la oferta dice con claridad
    #[arg(long, requires = "oferta")]
    en: Vec<String>,
    /// Por qué
    #[arg(long, default_value = "")]
    motivo: String,
}

fn lot(text: &str) -> LotOrder {
    let mut parts = text.split('|').map(|part| part.trim().to_owned());
    let name = parts.next().unwrap_or_default();
    let mut next = || parts.next().filter(|part| !part.is_empty());
    LotOrder { name, budget: next(), cpc: next(), ..LotOrder::default() }
}

pub(crate) async fn run(desk: &Desk, order: LotsArguments, json: bool) -> Result<u8, CaseworkError> {
    let case = &order.caso;
    let view = if let Some(bid) = order.oferta {
        desk.place_bid(case, &PlaceOrder { bid, lots: order.en, reason: order.motivo }).await?
    } else if let Some(path) = &order.archivo {
        let name = path.display().to_string();
        let wrong = |code, error: String| refused(code, "cli.bad_file", &format!("{name}: {error}"));
        let text = std::fs::read_to_string(path).map_err(|error| wrong(Code::NotFound, error.to_string()))?;
        let lots: LotsOrder =
            serde_json::from_str(&text).map_err(|error| wrong(Code::WrongUse, error.to_string()))?;
        desk.state_lots(case, &lots).await?
    } else if order.del_pliego || order.unico || !order.definir.is_empty() {
        let lots = order.definir.iter().map(|text| lot(text)).collect();
        desk.state_lots(case, &LotsOrder { lots, single: order.unico, source: order.segun }).await?
    } else {
        desk.lots(case).await?
    };
    if json {
        output::json(&view)?;
    } else {
        print(&view);
    }
    Ok(0)
}

fn numbers(list: &[u32]) -> String {
    list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn print(view: &LotsView) {
    for lot in &view.lots {
        let budget = lot.budget.as_deref().unwrap_or("—");
        let cpc = lot.cpc.as_deref().unwrap_or("—");
        let (number, bids) = (lot.number.to_string(), numbers(&lot.bids));
        let values = [
            ("numero", number.as_str()),
            ("nombre", &lot.name),
            ("monto", budget),
            ("cpc", cpc),
            ("ofertas", &bids),
        ];
        output::line(&message("cli.lots.lot", &values));
    }
    if !view.stated {
        for lot in &view.pliego {
            let budget = lot.budget.as_deref().unwrap_or("—");
            let values = [("nombre", lot.name.as_str()), ("monto", budget), ("fuente", lot.source.as_str())];
            output::line(&message("cli.lots.pliego", &values));
        }
    }
    if view.lots.len() > 1 {
        for package in &view.packages {
            let lots = if package.lots.is_empty() { "—".to_owned() } else { numbers(&package.lots) };
            let number = package.number.to_string();
            let values = [
                ("numero", number.as_str()),
                ("oferente", &package.name),
                ("lotes", &lots),
                ("motivo", &package.reason),
            ];
            output::line(&message("cli.lots.bid", &values));
            if package.lots.is_empty() && !package.words.is_empty() {
                output::line(&format!("    {}", package.words.join(" · ")));
            }
        }
    }
    view.waiting.iter().for_each(|text| output::line(&format!("  ? {text}")));
}
