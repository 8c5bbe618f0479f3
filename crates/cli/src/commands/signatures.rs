//! `cotejo caso constatar`, `cotejo caso defecto`.

use crate::output;
use clap::{ArgGroup, Args};
use cotejo_casework::view::{ConstatationDraft, ConstatationsView, CurePlace, DefectOrder};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;

/// Shows the validations of signatures, records one or takes one back.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("que").multiple(false))]
pub(crate) struct ConstatationArguments {
    /// Identificador del caso
    caso: String,
    /// Número de la oferta
    #[arg(long, requires_all = ["archivo", "resultado"])]
    oferta: Option<String>,
    /// SHA-256 del archivo que se validó
    #[arg(long, requires = "oferta", group = "que")]
    archivo: Option<String>,
    /// Qué dijo la aplicación
    #[arg(long, requires = "oferta", value_parser = ["valida", "no-valida", "sin-firma", "no-concluyente"])]
    resultado: Option<String>,
    /// Aplicación con la que se validó; FirmaEC si no se dice
    #[arg(long, default_value = "")]
    aplicacion: String,
    /// Cuándo, como 2026-11-20T09:00; ahora si no se dice
    #[arg(long)]
    momento: Option<String>,
    /// Quién lo hizo; quien usa este equipo si no se dice
    #[arg(long, default_value = "")]
    por: String,
    /// Qué más dijo
    #[arg(long, default_value = "")]
    detalle: String,
    /// Resultado de la aplicación o captura; se guarda en el caso
    #[arg(long, value_name = "F")]
    adjunto: Option<String>,
    /// Cambia la constatación con este identificador
    #[arg(long, value_name = "ID", requires = "oferta")]
    cambia: Option<String>,
    /// Se retira esta constatación
    #[arg(long, value_name = "ID", group = "que")]
    retirar: Option<String>,
}

/// Says what a defect is.
#[derive(Debug, Args)]
pub(crate) struct DefectArguments {
    /// Identificador del caso
    caso: String,
    /// Requisito, por su clave o su número
    #[arg(long)]
    requisito: String,
    /// Número de la oferta
    #[arg(long)]
    oferta: String,
    /// Qué es el defecto; sin decirlo se retira lo dicho
    #[arg(long, value_parser = ["formal", "mencionado", "sin-mencion", "de-fondo"])]
    es: Option<String>,
    /// De un error de forma, su clave
    #[arg(long, default_value = "")]
    error: String,
    /// Numeral del pliego en que se apoya
    #[arg(long, default_value = "")]
    numeral: String,
    /// Por qué
    #[arg(long, default_value = "")]
    motivo: String,
    /// Foja que lo muestra: SHA256 o SHA256:PÁGINA
    #[arg(long = "foja")]
    fojas: Vec<String>,
}

pub(crate) async fn constatation(
    desk: &Desk,
    order: ConstatationArguments,
    json: bool,
) -> Result<u8, CaseworkError> {
    let view = match (order.retirar, order.archivo) {
        (Some(id), _) => {
            let draft = ConstatationDraft { id: Some(id), withdrawn: true, ..ConstatationDraft::default() };
            desk.record_constatation(&order.caso, &draft).await?
        }
        (None, Some(file)) => {
            let draft = ConstatationDraft {
                id: order.cambia,
                bid: order.oferta.unwrap_or_default(),
                file,
                application: order.aplicacion,
                when: order.momento,
                by: order.por,
                result: order.resultado.unwrap_or_default().replace('-', "_"),
                detail: order.detalle,
                attach: order.adjunto,
                withdrawn: false,
            };
            desk.record_constatation(&order.caso, &draft).await?
        }
        (None, None) => desk.constatations(&order.caso).await?,
    };
    if json {
        output::json(&view)?
    } else {
        print(&view)
    }
    Ok(0)
}

fn print(view: &ConstatationsView) {
    for said in &view.done {
        output::line(&format!(
            "{}  {}  {}  {}: {} ({}, {})  {}",
            said.id,
            said.when,
            said.bid_number,
            said.file_name,
            said.result_name,
            said.application,
            said.by,
            said.proof
        ));
    }
    if !view.pending.is_empty() {
        output::line(&message("cli.constatar.pendientes", &[]));
    }
    for wants in &view.pending {
        output::line(&format!("  {}  {}  {}", wants.bid_number, wants.bid_name, wants.text));
        for CurePlace { file, file_name, .. } in &wants.files {
            output::line(&format!("      {file}  {file_name}"));
        }
    }
}

pub(crate) async fn defect(desk: &Desk, order: DefectArguments, json: bool) -> Result<u8, CaseworkError> {
    let draft = DefectOrder {
        requirement: order.requisito,
        bid: order.oferta,
        nature: order.es.unwrap_or_default().replace('-', "_"),
        error: order.error,
        clause: order.numeral,
        reason: order.motivo,
        evidence: super::curing::pages(&order.fojas)?,
    };
    let view = desk.say_defect(&order.caso, &draft).await?;
    if json {
        output::json(&view)?;
    } else {
        for found in &view.candidates {
            output::line(&format!(
                "{} × {}  {}: {} {}",
                found.requirement_number, found.bid_number, found.title, found.error_name, found.answer_text
            ));
        }
    }
    Ok(0)
}
