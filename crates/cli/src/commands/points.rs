//! `cotejo caso puntaje`.

use crate::output;
use clap::Args;
use cotejo_casework::contract::{PointAnswers, PointsFile, ScoringLine};
use cotejo_casework::quick::{self, refused};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

/// Says what to show of the points.
#[derive(Debug, Args)]
pub(crate) struct PointsOrder {
    /// Identificador del caso
    caso: String,
    /// Respuestas a lo que el programa pregunta, en JSON; se registran
    #[arg(long)]
    respuestas: Option<PathBuf>,
    /// Calcula con esas respuestas sin registrarlas
    #[arg(long, requires = "respuestas")]
    probar: bool,
    /// Respuesta registrada que se retira, por su clave
    #[arg(long, value_name = "CLAVE", conflicts_with = "respuestas")]
    retirar: Option<String>,
    /// Escribe la hoja de puntajes en CSV, con los campos del Portal y en su orden
    #[arg(long)]
    hoja: Option<PathBuf>,
    /// La hoja es la del puntaje motivado y no la del Portal
    #[arg(long)]
    motivado: bool,
}

pub(crate) async fn run(desk: &Desk, order: PointsOrder, json: bool) -> Result<u8, CaseworkError> {
    let answers = match &order.respuestas {
        None => PointAnswers::default(),
        Some(path) => {
            let text = std::fs::read(path).map_err(|error| {
                refused(
                    Code::UnreadableInput,
                    "cli.points.unreadable",
                    &format!("{}: {error}", path.display()),
                )
            })?;
            serde_json::from_slice(&text)
                .map_err(|error| refused(Code::WrongUse, "cli.points.answers", &error.to_string()))?
        }
    };
    let points = match &order.retirar {
        Some(key) => desk.withdraw_point_answer(&order.caso, key).await?,
        None if order.respuestas.is_some() && !order.probar => {
            desk.answer_points(&order.caso, answers).await?
        }
        None => desk.points(&order.caso, answers).await?,
    };
    if let Some(path) = &order.hoja {
        let scoring = if order.motivado { &points.motivated } else { &points.portal };
        quick::write_whole(path, scoring.sheet.csv().as_bytes())?;
    }
    if json {
        output::json(&points)?;
    } else {
        print(&points);
    }
    Ok(0)
}

fn print(points: &PointsFile) {
    for answer in &points.answers {
        let value = answer.answer.to_string();
        let values = [
            ("clave", answer.key.as_str()),
            ("valor", &value),
            ("quien", &answer.who),
            ("motivo", &answer.reason),
        ];
        output::line(&message("cli.points.answered", &values));
    }
    scoring(&points.portal);
    scoring(&points.motivated);
    for difference in &points.reconciliation.differences {
        output::line(&difference.reason.text);
    }
    for note in &points.reconciliation.notes {
        output::line(&note.text);
    }
    if let Some(consultancy) = &points.consultancy {
        for bid in &consultancy.bids {
            let reason = bid.reason.as_ref().map(|reason| reason.text.clone()).unwrap_or_default();
            output::line(&format!("  {}  {}  {reason}", bid.number, bid.points.as_deref().unwrap_or("—")));
        }
        consultancy.notes.iter().for_each(|note| output::line(&note.text));
    }
    for offer in &points.low_offers {
        for reason in &offer.reasons {
            output::line(&format!("  {}  {}", offer.number, reason.text));
        }
    }
}

fn scoring(scoring: &ScoringLine) {
    output::line(&scoring.sheet.title);
    let heads: Vec<String> = scoring.sheet.bidders.iter().map(|(_, name)| name.clone()).collect();
    output::line(&format!("  {}", heads.join(" · ")));
    for row in scoring.sheet.rows.iter().chain(std::iter::once(&scoring.sheet.total)) {
        output::line(&format!("  {} ({}): {}", row.parameter, row.points, row.cells.join(" · ")));
    }
    for parameter in &scoring.parameters {
        for question in &parameter.questions {
            output::line(&format!("  ? {}: {}", parameter.requirement, question.text));
        }
        for asked in parameter.bids.iter().filter_map(|bid| bid.question.as_ref()) {
            if !parameter.questions.contains(asked) {
                output::line(&format!("  ? {}: {}", parameter.requirement, asked.text));
            }
        }
    }
    for note in &scoring.notes {
        output::line(&format!("  {}", note.text));
    }
    let places = scoring.order.iter().map(|place| {
        let bids: Vec<String> = place.bids.iter().map(ToString::to_string).collect();
        format!("{}.º: {}", place.place, bids.join(" = "))
    });
    let order = places.collect::<Vec<_>>().join("; ");
    if !order.is_empty() {
        let key = if scoring.provisional { "cli.points.order_provisional" } else { "cli.points.order" };
        output::line(&message(key, &[("orden", &order)]));
    }
}
