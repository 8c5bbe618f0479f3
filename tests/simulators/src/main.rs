//! Runs the simulators until it is stopped: prints their address, writes the certificate of their authority.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the terminal")]

use cotejo_simulators::{SimulatedTaxpayer, Simulator};
use std::process::ExitCode;

const USAGE: &str = "cotejo-simulador --autoridad ARCHIVO.pem [--puerto N] [--contribuyentes ARCHIVO.json]";

#[derive(Default)]
struct Wanted {
    authority: Option<String>,
    port: u16,
    taxpayers: Vec<SimulatedTaxpayer>,
}

fn wanted() -> Result<Wanted, String> {
    let mut wanted = Wanted::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or(USAGE)?;
        match name.as_str() {
            "--autoridad" => wanted.authority = Some(value),
            "--puerto" => wanted.port = value.parse().map_err(|_| USAGE)?,
            "--contribuyentes" => {
                let text = std::fs::read_to_string(&value).map_err(|error| format!("{value}: {error}"))?;
                wanted.taxpayers =
                    serde_json::from_str(&text).map_err(|error| format!("{value}: {error}"))?;
            }
            _ => return Err(USAGE.into()),
        }
    }
    Ok(wanted)
}

async fn run() -> Result<(), String> {
    let wanted = wanted()?;
    let authority = wanted.authority.ok_or(USAGE)?;
    let simulator =
        Simulator::start_with(wanted.port, wanted.taxpayers).await.map_err(|error| error.to_string())?;
    std::fs::write(&authority, simulator.authority_pem()).map_err(|error| format!("{authority}: {error}"))?;
    println!("{}", simulator.url("").trim_end_matches('/'));
    std::future::pending().await
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
