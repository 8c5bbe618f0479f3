//! `cotejo modelos …`: the heads that recognise, and signed files of newer ones.

use crate::output;
use clap::Subcommand;
use cotejo_casework::view::HeadsView;
use cotejo_casework::{CaseworkError, Desk, DeskSettings};
use cotejo_catalogue::message;
use std::path::PathBuf;

/// Names what is done with the models; without it they are listed.
#[derive(Debug, Subcommand)]
pub(crate) enum HeadsAct {
    /// Muestra los modelos: los incluidos, los instalados y de quién se aceptan
    Listar,
    /// Instala un archivo firmado de modelos y lo usa desde ahora
    Instalar {
        /// El archivo
        archivo: PathBuf,
        /// Lo acepta aunque no sea más nuevo que el que se usa
        #[arg(long = "aunque-anterior")]
        aunque_anterior: bool,
    },
    /// Usa un archivo ya instalado, o los modelos incluidos en el programa
    Usar {
        /// SHA-256 del archivo, o «incluidos»
        archivo: String,
    },
    /// Quita un archivo instalado
    Quitar {
        /// SHA-256 del archivo
        archivo: String,
    },
    /// Acepta archivos de un editor, por su huella: su clave pública Ed25519 completa, en hexadecimal
    Confiar {
        /// La huella
        huella: String,
    },
    /// Deja de aceptar archivos de un editor
    Desconfiar {
        /// La huella
        huella: String,
    },
}

pub(crate) async fn run(
    settings: DeskSettings,
    act: Option<HeadsAct>,
    json: bool,
) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let view = match act.unwrap_or(HeadsAct::Listar) {
        HeadsAct::Listar => desk.heads().await?,
        HeadsAct::Instalar { archivo, aunque_anterior } => {
            desk.install_heads(&archivo, aunque_anterior).await?
        }
        HeadsAct::Usar { archivo } => {
            desk.use_heads(Some(archivo.as_str()).filter(|name| *name != "incluidos")).await?
        }
        HeadsAct::Quitar { archivo } => desk.remove_heads(&archivo).await?,
        HeadsAct::Confiar { huella } => desk.trust_publisher(&huella, true).await?,
        HeadsAct::Desconfiar { huella } => desk.trust_publisher(&huella, false).await?,
    };
    if json {
        output::json(&view)?;
    } else {
        print(&view);
    }
    Ok(0)
}

fn print(view: &HeadsView) {
    let mark = |used: bool| if used { '*' } else { ' ' };
    let series = view.built_in_series.to_string();
    let values = [("serie", series.as_str()), ("pesos", view.built_in.as_str())];
    output::line(&format!("{} {}", mark(view.built_in_used), message("cli.heads.built_in", &values)));
    for heads in &view.installed {
        let (series, names) = (heads.series.to_string(), heads.heads.join(", "));
        let values = [
            ("archivo", heads.file.as_str()),
            ("serie", &series),
            ("fecha", &heads.made_on),
            ("cabezas", &names),
            ("editor", &heads.publisher),
        ];
        output::line(&format!("{} {}", mark(heads.used), message("cli.heads.installed", &values)));
    }
    for refused in &view.refused {
        output::line(&format!("! {}", message("cli.heads.refused", &[("archivo", refused)])));
    }
    if view.publishers.is_empty() {
        output::line(&message("cli.heads.no_publisher", &[]));
    }
    for publisher in &view.publishers {
        output::line(&message("cli.heads.publisher", &[("huella", publisher)]));
    }
}
