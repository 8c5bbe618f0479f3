//! `cotejo evaluar-modelo`: what the models are worth on one's own labelled documents.

use crate::output;
use clap::Args;
use cotejo_casework::view::{Cancellation, ImportPhase, ImportProgress, Level, MeasurementView};
use cotejo_casework::{CaseworkError, Desk, DeskSettings};
use cotejo_catalogue::message;
use std::path::PathBuf;
use std::sync::Arc;

/// Names the folder that is measured.
#[derive(Debug, Args)]
pub(crate) struct MeasureOrder {
    /// Carpeta con una subcarpeta por tipo, llamada como el tipo, por ejemplo FUO_1_1, POLIZA u OTRO; dentro, un archivo por documento
    #[arg(value_name = "DIR")]
    carpeta: PathBuf,
    /// Olvida lo que se midió antes
    #[arg(long)]
    olvidar: bool,
}

pub(crate) const FORM: &str = "\
La carpeta puede tener además dos tablas, guardadas desde una hoja de cálculo como CSV:
  campos.csv   archivo;campo;valor   los valores que constan en cada documento; vacío: ese dato no consta
  limites.csv  archivo;desde;hasta;tipo   para archivos con varios documentos, de qué página a cuál va cada uno
En campos.csv, la columna foja dice, para esos archivos, una página del documento al que pertenece el dato.
Los nombres de archivo son relativos a la carpeta, con «/»: POLIZA/una.pdf.

Los conteos quedan en su perfil, sin textos ni valores. Un tipo o un dato se muestra como seguro desde 20 documentos
etiquetados, si de lo que Cotejo afirma con confianza 0,85 o más acierta al menos en el 95 % (límite inferior de Wilson):
sin ningún error hacen falta 52.";

pub(crate) async fn run(
    settings: DeskSettings,
    order: MeasureOrder,
    json: bool,
) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let told = |done: u32, all: u32, name: &str| {
        output::progress(ImportProgress {
            phase: ImportPhase::Reading,
            files_done: done,
            files_total: all,
            pages_done: 0,
            pages_total: 0,
            current: Some(name.to_owned()),
            errors: 0,
        });
    };
    let measured =
        desk.evaluate_model(&order.carpeta, order.olvidar, Arc::new(told), &Cancellation::default()).await?;
    if json {
        output::json(&measured)?;
    } else {
        print(&measured);
    }
    Ok(u8::from(!measured.unread.is_empty()))
}

fn level(level: Level) -> String {
    message(if level == Level::Seguro { "cli.measure.sure" } else { "cli.measure.probable" }, &[])
}

fn print(measured: &MeasurementView) {
    let weights: String = measured.weights.chars().take(16).collect();
    let documents = measured.documents.to_string();
    let values = [("modelo", measured.model.as_str()), ("huella", &weights), ("documentos", &documents)];
    output::line(&message("cli.measure.head", &values));
    output::line(&message("cli.measure.columns", &[]));
    for kind in &measured.types {
        output::line(&format!(
            "{:<24} {:>6} {:>7} {:>5} {:>6} {:>8} {:>7}   {:>5}  {:.3}  {}",
            kind.kind,
            kind.documents,
            kind.right,
            kind.other,
            kind.wrong,
            kind.unread,
            kind.limits_right,
            kind.kept_documents,
            kind.lower_bound,
            level(kind.level)
        ));
        for field in &kind.fields {
            output::line(&format!(
                "  {:<22} {:>6} {:>7} {:>5} {:>6} {:>8} {:>7}   {:>5}  {:.3}  {}",
                field.field,
                field.documents,
                field.right,
                "",
                field.wrong,
                field.missing,
                "",
                field.kept_documents,
                field.lower_bound,
                level(field.level)
            ));
        }
    }
    output::line(&message("cli.measure.legend", &[]));
    if measured.repeated > 0 {
        let repeated = measured.repeated.to_string();
        output::line(&message("cli.measure.repeated", &[("cuantos", &repeated)]));
    }
    for (key, files) in
        [("cli.measure.unread", &measured.unread), ("cli.measure.unlabelled", &measured.unlabelled)]
    {
        for file in files {
            output::error_line(&message(key, &[("archivo", file)]));
        }
    }
}
