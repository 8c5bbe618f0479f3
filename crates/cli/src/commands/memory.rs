//! `cotejo memoria …`: what is remembered of papers from one case to another, and forgetting it.

use crate::output;
use clap::{Args, Subcommand};
use cotejo_casework::view::{ForgettingOrder, MemoryView};
use cotejo_casework::{CaseworkError, Desk, DeskSettings};
use cotejo_catalogue::message;

/// Names what is done with the memory.
#[derive(Debug, Subcommand)]
pub(crate) enum Memory {
    /// Dice de qué expedientes se recuerdan papeles, y cuántos
    Ver,
    /// Olvida lo recordado; no se vuelve a recordar hasta que usted lo permita
    Olvidar(What),
    /// Permite que se recuerde otra vez un expediente que se mandó olvidar
    Recordar {
        /// Identificador del caso
        #[arg(long, value_name = "CASO")]
        caso: String,
    },
    /// Deja de recordar y de consultar; lo que hay queda hasta que se olvide
    Apagar,
    /// Vuelve a recordar y a consultar
    Encender,
}

/// Says what is forgotten.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct What {
    /// Un expediente, por su identificador
    #[arg(long, value_name = "CASO")]
    caso: Option<String>,
    /// Todos los de una entidad, por su nombre
    #[arg(long, value_name = "NOMBRE")]
    entidad: Option<String>,
    /// Todo
    #[arg(long)]
    todo: bool,
}

pub(crate) async fn run(settings: DeskSettings, order: Memory, json: bool) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let forgets = matches!(order, Memory::Olvidar(_));
    let view = match order {
        Memory::Ver => desk.memory().await?,
        Memory::Olvidar(what) => {
            let order = match (what.caso, what.entidad) {
                (Some(case), _) => ForgettingOrder::Case(case),
                (None, Some(entity)) => ForgettingOrder::Entity(entity),
                (None, None) => ForgettingOrder::All,
            };
            desk.forget_memory(&order).await?
        }
        Memory::Recordar { caso } => desk.allow_memory(&caso).await?,
        Memory::Apagar => desk.set_memory(false).await?,
        Memory::Encender => desk.set_memory(true).await?,
    };
    if json {
        output::json(&view)?;
    } else {
        show(&view, forgets);
    }
    Ok(0)
}

fn show(view: &MemoryView, forgets: bool) {
    if forgets {
        output::line(&message("cli.memory.forgotten", &[("cantidad", &view.forgotten.to_string())]));
    }
    if !view.on {
        output::line(&message("cli.memory.off", &[]));
    }
    if view.cases.is_empty() {
        output::line(&message("cli.memory.empty", &[]));
    }
    for case in &view.cases {
        let count = case.papers.to_string();
        let values = [
            ("entidad", case.entity.as_str()),
            ("caso", &case.name),
            ("id", &case.case),
            ("cantidad", &count),
        ];
        let key = if case.refused { "cli.memory.refused" } else { "cli.memory.case" };
        output::line(&message(key, &values));
    }
}
