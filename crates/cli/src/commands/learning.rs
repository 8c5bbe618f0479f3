//! `cotejo aprendizaje …`: what corrections taught on this machine.

use crate::output;
use clap::Subcommand;
use cotejo_casework::view::LearningView;
use cotejo_casework::{CaseworkError, Desk, DeskSettings};
use cotejo_catalogue::message;
use std::path::PathBuf;

/// Names what is done with what was learnt.
#[derive(Debug, Subcommand)]
pub(crate) enum Learning {
    /// Muestra los ejemplos que dejaron las correcciones
    Listar,
    /// Muestra, mes a mes, cuánto no supo nombrar Cotejo y cuánto se corrigió
    Deriva,
    /// Olvida un ejemplo
    Olvidar {
        /// Identificador del ejemplo
        ejemplo: String,
    },
    /// Vuelve a tener en cuenta un ejemplo olvidado
    Recordar {
        /// Identificador del ejemplo
        ejemplo: String,
    },
    /// Guarda los ejemplos propios en un archivo firmado, sin imágenes ni texto
    Exportar {
        /// El archivo
        #[arg(long, value_name = "ARCHIVO")]
        salida: PathBuf,
    },
    /// Toma los ejemplos del archivo firmado de un colega
    Importar {
        /// El archivo
        archivo: PathBuf,
    },
}

pub(crate) async fn run(settings: DeskSettings, order: Learning, json: bool) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    match order {
        Learning::Listar => show_examples(&desk.learning().await?, json)?,
        Learning::Olvidar { ejemplo } => show_examples(&desk.set_example(&ejemplo, false).await?, json)?,
        Learning::Recordar { ejemplo } => show_examples(&desk.set_example(&ejemplo, true).await?, json)?,
        Learning::Deriva => {
            let view = desk.learning().await?;
            if json {
                output::json(&view.drift)?;
            } else {
                output::line(&message("cli.learning.drift_head", &[]));
                for month in &view.drift {
                    let share = |share: &Option<String>| share.clone().unwrap_or_else(|| "–".into());
                    output::line(&format!(
                        "{}  {:>8}  {:>8} {:>6} %  {:>8} {:>6} %  {:>8}",
                        month.month,
                        month.pages,
                        month.abstained,
                        share(&month.abstained_percent),
                        month.corrected,
                        share(&month.corrected_percent),
                        month.by_example
                    ));
                }
            }
        }
        Learning::Exportar { salida } => {
            desk.export_learning(&salida).await?;
            if json {
                output::json(&serde_json::json!({ "file": salida.display().to_string() }))?;
            } else {
                output::line(&salida.display().to_string());
            }
        }
        Learning::Importar { archivo } => {
            let import = desk.import_learning(&archivo).await?;
            if json {
                output::json(&import)?;
            } else {
                let values = [
                    ("nuevos", import.added.to_string()),
                    ("conocidos", import.known.to_string()),
                    ("huella", import.signer.clone()),
                ];
                output::line(&message(
                    "cli.learning.imported",
                    &values.each_ref().map(|(key, value)| (*key, value.as_str())),
                ));
            }
        }
    }
    Ok(0)
}

fn show_examples(view: &LearningView, json: bool) -> Result<(), CaseworkError> {
    if json {
        return output::json(view);
    }
    for example in &view.examples {
        let mark = if example.active { ' ' } else { '-' };
        output::line(&format!(
            "{mark} {}  {}  {}  {}  ({})",
            example.id,
            example.on,
            example.kind,
            example.field.as_deref().unwrap_or(&example.was),
            example.origin
        ));
    }
    Ok(())
}
