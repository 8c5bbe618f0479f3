//! The words of the command line.

use clap::Parser;
use serde::Serialize;
use specta::Type;
use std::path::PathBuf;

/// Holds what the window was started with.
#[derive(Clone, Debug, Default, Parser)]
#[command(name = "cotejo-app", version, about = "Cotejo: se pide y se ofrece, lado a lado.")]
pub(crate) struct Launch {
    /// Carpeta de los expedientes.
    #[arg(long = "datos", value_name = "CARPETA", env = "COTEJO_DATOS")]
    pub(crate) data: Option<PathBuf>,
    /// No consulta ningún servicio.
    #[arg(long = "sin-red")]
    pub(crate) offline: bool,
    /// Expediente que se abre al empezar: su identificador o el código del proceso.
    #[arg(long = "caso", value_name = "CASO")]
    pub(crate) case: Option<String>,
}

/// Tells the interface what the person asked for on the command line.
#[derive(Clone, Debug, Serialize, Type)]
pub(crate) struct LaunchView {
    /// Identifier of a case or code of a process.
    pub(crate) case: Option<String>,
}
