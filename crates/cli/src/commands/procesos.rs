//! `cotejo procesos …`: public processes kept on this machine.

use crate::arguments::{Filter, Tenders};
use crate::output;
use cotejo_casework::market::{Kept, ProvenanceKind, PublicProcesses, Query, SyncLine, SyncOrder};
use cotejo_casework::quick::refused;
use cotejo_casework::view::Cancellation;
use cotejo_casework::{CaseworkError, DeskSettings};
use cotejo_catalogue::message;
use cotejo_domain::{Code, Finding};

use std::path::PathBuf;

pub(crate) async fn run(settings: DeskSettings, order: Tenders, json: bool) -> Result<u8, CaseworkError> {
    match order {
        Tenders::Importar { files } => import(&settings, &files, json).await,
        Tenders::Sincronizar { anio, buscar, desde_pagina, paginas, detalle, simulado } => {
            let order = SyncOrder {
                year: anio,
                words: buscar,
                first_page: desde_pagina,
                pages: paginas,
                records: detalle,
            };
            let tell = |page: u32, all: u32| {
                let values = [("pagina", page.to_string()), ("paginas", all.to_string())];
                output::error_line(&say("cli.tenders.page", &values));
            };
            let processes = PublicProcesses::open(&settings).await?;
            let line = processes
                .synchronize(&order, simulado.at()?.as_ref(), &tell, &Cancellation::default())
                .await?;
            if json {
                output::json(&line)?
            } else {
                print_sync(&line)
            }
            Ok(u8::from(!line.findings.is_empty()))
        }
        Tenders::Buscar { texto, filtro, limite } => {
            let found =
                PublicProcesses::open(&settings).await?.search(&query(texto, &filtro, limite)).await?;
            if json {
                output::json(&serde_json::json!({ "total": found.total, "processes": found.processes }))?;
            } else {
                let shown = found.processes.len().to_string();
                let values = [("total", found.total.to_string()), ("mostrados", shown)];
                output::line(&say("cli.tenders.found", &values));
                found.processes.iter().for_each(print);
            }
            Ok(0)
        }
        Tenders::Exportar { salida, buscar, filtro } => {
            let wanted = query(buscar.unwrap_or_default(), &filtro, 0);
            let count = PublicProcesses::open(&settings).await?.export(&wanted, &salida).await?;
            let path = salida.display().to_string();
            if json {
                output::json(&serde_json::json!({ "file": path, "processes": count }))?;
            } else {
                output::line(&say(
                    "cli.tenders.exported",
                    &[("procesos", count.to_string()), ("archivo", path)],
                ));
            }
            Ok(0)
        }
        Tenders::Vigilar { .. } => Err(refused(Code::MissingHere, "cli.tenders.watch_not_yet", "")),
    }
}

fn query(words: String, filter: &Filter, limit: u32) -> Query {
    Query { words, year: filter.anio, limit }
}

async fn import(settings: &DeskSettings, files: &[PathBuf], json: bool) -> Result<u8, CaseworkError> {
    let processes = PublicProcesses::open(settings).await?;
    let mut status = 0;
    for file in files {
        let line = processes.import(file).await?;
        if line.status == "failed" {
            status = 1;
        }
        if json {
            output::json(&line)?;
            continue;
        }
        let values = [
            ("archivo", line.file.clone()),
            ("nuevos", line.saved.new.to_string()),
            ("cambiados", line.saved.updated.to_string()),
            ("iguales", line.saved.unchanged.to_string()),
        ];
        output::line(&say("cli.tenders.imported", &values));
        line.findings.iter().for_each(print_finding);
    }
    Ok(status)
}

fn print_sync(line: &SyncLine) {
    if line.simulated {
        output::line(&message("cli.simulated", &[]));
    }
    let values = [
        ("total", line.total.map_or_else(|| message("cli.unknown", &[]), |total| total.to_string())),
        ("paginas", line.pages_read.to_string()),
        ("nuevos", line.saved.new.to_string()),
        ("cambiados", line.saved.updated.to_string()),
        ("iguales", line.saved.unchanged.to_string()),
    ];
    output::line(&say("cli.tenders.synchronized", &values));
    if let Some(page) = line.next_page {
        output::line(&say("cli.tenders.go_on", &[("pagina", page.to_string())]));
    }
    line.findings.iter().for_each(print_finding);
}

fn print(kept: &Kept) {
    let listing = &kept.listing;
    let code = listing.code.as_ref().map_or_else(|| listing.ocid.clone(), ToString::to_string);
    let buyer = listing.buyer.clone().unwrap_or_default();
    output::line(format!("{code}  {buyer}").trim_end());
    if let Some(object) = &listing.object {
        output::line(&format!("    {object}"));
    }
    let unknown = message("cli.unknown", &[]);
    let source = match kept.provenance.kind {
        ProvenanceKind::Simulator => {
            message("registries.simulated_service", &[("servicio", &kept.provenance.name)])
        }
        ProvenanceKind::File | ProvenanceKind::Service => kept.provenance.name.clone(),
    };
    let budget = listing.budget.map_or(unknown.clone(), |money| money.0.to_string());
    let published = listing.published_at.map_or(unknown, |at| at.to_string());
    let values = [("presupuesto", budget), ("fecha", published), ("fuente", source)];
    output::line(&format!("    {}", say("cli.tenders.line", &values)));
}

fn print_finding(finding: &Finding) {
    output::line(&format!("  ! {}", output::told(&finding.message, &finding.remedy, &finding.code)));
}

fn say(key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    message(key, &values)
}
