//! The desktop window: it shows what `cotejo_casework::Desk` gives and hands back what the person decides.
//!
//! Thin on purpose: commands delegate in three lines, and no rule of the evaluation lives here.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod commission;
mod course;
mod curing;
mod exchange;
mod indicios;
mod ipc;
mod launch;
mod papers;
mod points;
mod protocol;
mod reading;
mod requirements;
mod rules;
mod shell;
mod stages;
mod window;

use clap::Parser as _;
use cotejo_casework::{Desk, DeskSettings};
use tauri::Manager as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let launch = launch::Launch::parse();
    let bindings = ipc::bindings();
    let invoke_handler = bindings.invoke_handler();
    tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol(protocol::SCHEME, protocol::serve)
        .invoke_handler(invoke_handler)
        .setup(move |app| {
            bindings.mount_events(app);
            let desk = tauri::async_runtime::block_on(Desk::open(DeskSettings {
                data: launch.data.clone(),
                offline: launch.offline,
            }));
            app.manage(shell::Shell::new(desk.map_err(Into::into), launch));
            window::open(app)?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}
