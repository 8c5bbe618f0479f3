//! `cotejo`: the use cases for the terminal and for scripts. The contract is docs/cli.md.

mod arguments;
mod commands;
mod output;

use arguments::{Arguments, Command};
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are answers; anything else is wrong use.
            let status = if error.use_stderr() { 2 } else { 0 };
            output::print_parse(&error);
            return ExitCode::from(status);
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            output::error_line(&error.to_string());
            return ExitCode::from(3);
        }
    };
    let json = arguments.json;
    let status = runtime.block_on(run(arguments)).unwrap_or_else(|error| {
        output::error(&error, json);
        output::status_of(error.code())
    });
    drop(runtime);
    cotejo_confinement::leave(status)
}

async fn run(arguments: Arguments) -> Result<u8, cotejo_casework::CaseworkError> {
    let json = arguments.json;
    let settings = cotejo_casework::DeskSettings { data: arguments.datos, offline: arguments.sin_red };
    match arguments.command {
        Command::Demo(order) => commands::demo::run(settings, order, json).await,
        Command::Leer(order) => commands::read::run(&order, json),
        Command::Pliego(order) => commands::pliego::run(&order, json),
        Command::Requisitos { acto } => commands::asked::run(settings, acto, json).await,
        Command::Evaluar(order) => commands::evaluate::run(settings, order, json).await,
        Command::Verificar(order) => commands::verify::run(&order, json),
        Command::Firmar(order) => commands::sign::run(&order, json),
        Command::Caso(order) => commands::case::run(settings, order, json).await,
        Command::Proveedor(order) => commands::proveedor::run(settings, order, json).await,
        Command::Procesos(order) => commands::procesos::run(settings, order, json).await,
        Command::Aprendizaje(order) => commands::learning::run(settings, order, json).await,
        Command::Memoria(order) => commands::memory::run(settings, order, json).await,
        Command::Plantillas(act) => commands::papers::templates(settings, act, json).await,
        Command::VerificarExpediente(order) => commands::papers::prove(&order, json),
        Command::Modelos { acto } => commands::heads::run(settings, acto, json).await,
        Command::Reglas { acto } => commands::reglas::run(settings, acto, json).await,
        Command::EvaluarModelo(order) => commands::measure::run(settings, order, json).await,
        Command::Bitacora(order) => commands::log::run(settings, order, json).await,
        Command::Ritmo { ritmo } => commands::pace::run(settings, ritmo, json).await,
        Command::Limites { limites } => commands::pages::limits(settings, &limites, json).await,
        Command::Diagnostico => commands::diagnosis::run(settings, json).await,
    }
}
