//! `cotejo caso documentos-…`: the actas and informes of a case, its evidence and its expediente; `cotejo plantillas`.

use crate::output;
use clap::{Args, Subcommand};
use cotejo_casework::quick;
use cotejo_casework::view::{PaperDraft, Password, SigningRequest};
use cotejo_casework::{CaseworkError, Desk, DeskSettings, verify_expediente};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct PaperOrder {
    /// Identificador del caso
    caso: String,
    /// El documento: apertura, integridad, informe…; sin él se listan todos
    documento: Option<String>,
    /// De qué trata, donde hay varios: el integrante, el reclamo, el número de la oferta
    #[arg(long, default_value = "")]
    sobre: String,
    /// Archivo JSON con lo que usted escribe para el documento
    #[arg(long, value_name = "F.json")]
    archivo: Option<PathBuf>,
    /// Escribe la vista previa (PDF, DOCX y JSON) en esta carpeta, sin generar el documento
    #[arg(long, value_name = "DIR")]
    salida: Option<PathBuf>,
    /// La vista previa es la copia para publicación, con los datos personales ocultos
    #[arg(long, requires = "salida")]
    publica: bool,
    /// Genera el documento para suscribirlo
    #[arg(long)]
    generar: bool,
    /// Certificado .p12 con el que se firma el documento generado
    #[arg(long, requires = "clave_env")]
    certificado: Option<PathBuf>,
    /// Variable de entorno con la clave
    #[arg(long = "clave-env")]
    clave_env: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct EvidenceOrder {
    /// Identificador del caso
    caso: String,
    /// Carpeta del anexo y del visor
    #[arg(long, value_name = "DIR")]
    salida: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct DossierOrder {
    /// Identificador del caso
    caso: String,
    /// Carpeta vacía donde se forma el expediente
    #[arg(long, value_name = "DIR")]
    salida: PathBuf,
    /// Certificado .p12 con el que se firma el índice
    #[arg(long, requires = "clave_env")]
    certificado: Option<PathBuf>,
    /// Variable de entorno con la clave
    #[arg(long = "clave-env")]
    clave_env: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct DossierProof {
    /// Carpeta del expediente
    carpeta: PathBuf,
    /// Carpeta con los certificados de confianza
    #[arg(long)]
    anclas: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TemplateAct {
    /// Lista los documentos; de uno, sus bloques que se pueden cambiar y sus datos
    Listar {
        /// El documento
        documento: Option<String>,
    },
    /// Escribe la plantilla de un documento y su ejemplo, para leerlos
    Exportar {
        /// El documento
        documento: String,
        /// Carpeta
        #[arg(long, value_name = "DIR")]
        salida: PathBuf,
    },
    /// Revisa una adaptación de la entidad
    Validar {
        /// La adaptación
        archivo: PathBuf,
    },
    /// Instala una adaptación de la entidad para los documentos de este equipo
    Instalar {
        /// La adaptación
        archivo: PathBuf,
    },
    /// Retira la adaptación instalada
    Retirar,
}

pub(crate) async fn paper(desk: &Desk, order: PaperOrder, json: bool) -> Result<u8, CaseworkError> {
    let Some(kind) = &order.documento else {
        let view = desk.papers(&order.caso).await?;
        if json {
            output::json(&view)?;
        } else {
            for paper in &view.papers {
                let number = paper.number.clone().unwrap_or_default();
                output::line(&format!(
                    "{:<15} {number:>6}  {}  {}",
                    paper.kind,
                    paper.title,
                    paper.signers.join("; ")
                ));
            }
        }
        return Ok(0);
    };
    let mut said = false;
    if let Some(path) = &order.archivo {
        let text = std::fs::read(path)
            .map_err(|_| quick::refused(Code::NotFound, "cli.paper_file", &path.display().to_string()))?;
        let draft: PaperDraft = serde_json::from_slice(&text)
            .map_err(|error| quick::refused(Code::WrongUse, "cli.paper_file", &error.to_string()))?;
        let view = desk.write_paper(&order.caso, kind, &order.sobre, &draft).await?;
        said = true;
        if !order.generar && order.salida.is_none() {
            if json { output::json(&view)? } else { output::line(&message("cli.paper_written", &[])) }
        }
    }
    if let Some(folder) = &order.salida {
        let files = desk.export_paper(&order.caso, kind, &order.sobre, order.publica).await?;
        let name = if order.publica { format!("{kind}-copia-publica") } else { kind.clone() };
        let written = [
            (format!("{name}.pdf"), &files.pdf),
            (format!("{name}.docx"), &files.docx),
            (format!("{name}.json"), &files.json),
        ];
        for (name, bytes) in &written {
            quick::write_whole(&folder.join(name), bytes)?;
        }
        said = true;
        let paths: Vec<String> =
            written.iter().map(|(name, _)| folder.join(name).display().to_string()).collect();
        if json {
            output::json(
                &serde_json::json!({ "kind": kind, "pages": files.pages, "files": paths, "public": order.publica }),
            )?;
        } else {
            paths.iter().for_each(|path| output::line(path));
        }
    }
    let mut view =
        if order.generar { Some(desk.generate_paper(&order.caso, kind, &order.sobre).await?) } else { None };
    if let Some(certificate) = &order.certificado {
        let password = super::password(order.clave_env.as_deref())?;
        let present = match view.take() {
            Some(view) => view,
            None => {
                let papers = desk.papers(&order.caso).await?.papers;
                let missing = || quick::refused(Code::WrongUse, "casework.no_such_paper", kind);
                papers.into_iter().find(|paper| paper.kind == *kind).ok_or_else(missing)?
            }
        };
        let request = SigningRequest {
            certificate: certificate.display().to_string(),
            password: Password::new(password.to_string()),
            sha256: present.sha256,
        };
        view = Some(desk.sign_paper(&order.caso, kind, &request).await?);
    }
    match view {
        Some(view) if json => output::json(&view)?,
        Some(view) => output::line(&view.path),
        None if !said => return Err(quick::refused(Code::WrongUse, "cli.paper_nothing", kind)),
        None => {}
    }
    Ok(0)
}

pub(crate) async fn evidence(desk: &Desk, order: EvidenceOrder, json: bool) -> Result<u8, CaseworkError> {
    let (pieces, chain) = desk.export_evidence(&order.caso, &order.salida).await?;
    if json {
        output::json(
            &serde_json::json!({ "pieces": pieces, "chain": chain, "folder": order.salida.display().to_string() }),
        )?;
    } else {
        output::line(&order.salida.display().to_string());
    }
    Ok(0)
}

pub(crate) async fn dossier(desk: &Desk, order: DossierOrder, json: bool) -> Result<u8, CaseworkError> {
    let keystore = match &order.certificado {
        Some(path) => Some(quick::open_keystore(path, &super::password(order.clave_env.as_deref())?)?),
        None => None,
    };
    let index = desk.export_expediente(&order.caso, &order.salida, keystore.as_ref()).await?;
    if json {
        output::json(
            &serde_json::json!({ "index": index.display().to_string(), "signed": keystore.is_some() }),
        )?;
    } else {
        output::line(&index.display().to_string());
    }
    Ok(0)
}

pub(crate) fn prove(order: &DossierProof, json: bool) -> Result<u8, CaseworkError> {
    let anchors = order.anclas.as_deref().map(quick::read_anchors).transpose()?.unwrap_or_default();
    let report = verify_expediente(&quick::lector()?, &order.carpeta, &anchors)?;
    if json {
        output::json(&report)?;
    } else {
        let count = report.files.to_string();
        let key = if report.intact() { "cli.dossier_intact" } else { "cli.dossier_broken" };
        output::line(&message(key, &[("archivos", &count)]));
        for (list, key) in [
            (&report.missing, "cli.dossier_missing"),
            (&report.changed, "cli.dossier_changed"),
            (&report.extra, "cli.dossier_extra"),
        ] {
            list.iter().for_each(|name| output::line(&message(key, &[("archivo", name)])));
        }
        if !report.sealed {
            output::line(&message("cli.dossier_unsealed", &[]));
        }
        output::line(&message(&format!("cli.summary.{}", report.signature), &[]));
        for signature in &report.index.signatures {
            output::line(&format!(
                "  {}  {:?}",
                signature.signer.clone().unwrap_or_default(),
                signature.verdict
            ));
        }
    }
    Ok(u8::from(!report.holds()))
}

pub(crate) async fn templates(
    settings: DeskSettings,
    act: TemplateAct,
    json: bool,
) -> Result<u8, CaseworkError> {
    match act {
        TemplateAct::Listar { documento } => {
            let list = Desk::templates(documento.as_deref())?;
            if json {
                output::json(&list)?;
            } else {
                for template in &list {
                    output::line(&format!("{:<15} {}", template.kind, template.title));
                    if documento.is_some() {
                        template.blocks.iter().for_each(|block| output::line(&format!("  @{block}")));
                        template.names.iter().for_each(|name| output::line(&format!("  {name}")));
                    }
                }
            }
        }
        TemplateAct::Exportar { documento, salida } => {
            let files = Desk::export_template(&documento, &salida)?;
            if json { output::json(&files)? } else { files.iter().for_each(|file| output::line(file)) }
        }
        TemplateAct::Validar { archivo } => {
            let faults = Desk::check_adaptation(&archivo)?;
            if json {
                output::json(&serde_json::json!({ "faults": faults }))?;
            } else if faults.is_empty() {
                output::line(&message("cli.template_good", &[]));
            } else {
                faults.iter().for_each(|fault| output::line(fault));
            }
            return Ok(u8::from(!faults.is_empty()));
        }
        TemplateAct::Instalar { archivo } => {
            Desk::open(settings).await?.install_adaptation(&archivo).await?;
            output::line(&message("cli.template_installed", &[]));
        }
        TemplateAct::Retirar => {
            Desk::open(settings).await?.remove_adaptation().await?;
            output::line(&message("cli.template_removed", &[]));
        }
    }
    Ok(0)
}
