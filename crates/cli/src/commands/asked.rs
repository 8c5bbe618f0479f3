//! `cotejo requisitos`: what the pliego asks as persons left it, aclaraciones, and departures from the norm.

use crate::output;
use clap::Subcommand;
use cotejo_casework::quick::refused;
use cotejo_casework::view::{
    AskedView, Cancellation, ClarificationOrder, ClarificationView, ClarifiedRequirement, DepartureOrder,
    DepartureView, RequirementOrder, StandingView,
};
use cotejo_casework::{CaseworkError, Desk, DeskSettings};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

/// Acts on the requirements of a case.
#[derive(Debug, Subcommand)]
pub(crate) enum Asked {
    /// Lista los requisitos con su lugar en el pliego, su estado y su historia
    Listar {
        /// Identificador del caso
        caso: String,
    },
    /// Confirma requisitos reconocidos en el texto del pliego
    Confirmar {
        /// Identificador del caso
        caso: String,
        /// Requisito; puede repetirse
        #[arg(long = "requisito", required_unless_present = "todos")]
        requisitos: Vec<String>,
        /// Todos los que esperan confirmación
        #[arg(long, conflicts_with = "requisitos")]
        todos: bool,
    },
    /// Corrige un requisito; lo que no se indica queda como está
    Editar {
        /// Identificador del caso
        caso: String,
        /// Requisito
        #[arg(long)]
        requisito: String,
        /// Las palabras del pliego
        #[arg(long)]
        texto: Option<String>,
        /// Qué significa incumplirlo
        #[arg(long, value_parser = ["integridad", "minimo", "puntaje", "informativo"])]
        tipo: Option<String>,
        /// Puntaje, con punto decimal; vacío lo quita
        #[arg(long)]
        puntos: Option<String>,
        /// De qué trata, en JSON
        #[arg(long)]
        asunto: Option<String>,
        /// Nombre del lote; vacío significa todos
        #[arg(long)]
        lote: Option<String>,
        /// Por qué
        #[arg(long)]
        motivo: String,
    },
    /// Descarta un requisito que el pliego no pide
    Descartar {
        /// Identificador del caso
        caso: String,
        /// Requisito
        #[arg(long)]
        requisito: String,
        /// Por qué
        #[arg(long)]
        motivo: String,
    },
    /// Restituye un requisito descartado
    Restituir {
        /// Identificador del caso
        caso: String,
        /// Requisito
        #[arg(long)]
        requisito: String,
        /// Por qué
        #[arg(long)]
        motivo: String,
    },
    /// Lee requisitos de otro documento de la entidad: términos de referencia, especificaciones, un anexo
    Leer {
        /// Identificador del caso
        caso: String,
        /// Documento
        #[arg(long)]
        archivo: PathBuf,
    },
    /// Añade los formularios del modelo del procedimiento, o las verificaciones que se indiquen
    Plantilla {
        /// Identificador del caso
        caso: String,
        /// Verificación disponible; puede repetirse
        #[arg(long)]
        verificacion: Vec<String>,
    },
    /// Lista las verificaciones disponibles
    Verificaciones,
    /// Aplica una aclaración: qué respuesta de qué documento cambia qué requisitos
    Aclarar {
        /// Identificador del caso
        caso: String,
        /// Documento que responde
        #[arg(long)]
        documento: String,
        /// Número de la pregunta que se responde
        #[arg(long)]
        respuesta: String,
        /// Las palabras de la respuesta
        #[arg(long)]
        texto: String,
        /// Página, desde 1
        #[arg(long)]
        pagina: Option<u32>,
        /// Día de la respuesta: 2026-11-30
        #[arg(long)]
        dia: Option<String>,
        /// Archivo JSON con los cambios
        #[arg(long)]
        cambios: PathBuf,
    },
    /// Retira una aclaración que no debió aplicarse
    RetirarAclaracion {
        /// Identificador del caso
        caso: String,
        /// Su nombre: ACL-1
        #[arg(long)]
        aclaracion: String,
        /// Por qué
        #[arg(long)]
        motivo: String,
    },
    /// Lista las aclaraciones aplicadas
    Aclaraciones {
        /// Identificador del caso
        caso: String,
    },
    /// Lista las diferencias entre el pliego y la norma, con su respuesta
    Diferencias {
        /// Identificador del caso
        caso: String,
    },
    /// Responde a una diferencia entre el pliego y la norma
    Responder {
        /// Identificador del caso
        caso: String,
        /// La diferencia
        #[arg(long)]
        diferencia: String,
        /// Qué se hace
        #[arg(long, value_parser = ["pliego", "consultada", "corregida", "retirada"])]
        respuesta: String,
        /// Por qué
        #[arg(long, default_value = "")]
        motivo: String,
        /// A quién se consultó
        #[arg(long, default_value = "")]
        quien: String,
        /// Número de la consulta y de la respuesta
        #[arg(long, default_value = "")]
        referencia: String,
        /// Aclaración que la corrige: ACL-1
        #[arg(long, default_value = "")]
        aclaracion: String,
    },
}

pub(crate) async fn run(settings: DeskSettings, order: Asked, json: bool) -> Result<u8, CaseworkError> {
    if let Asked::Verificaciones = order {
        return checks(json);
    }
    let desk = Desk::open(settings).await?;
    match order {
        Asked::Verificaciones => Ok(0),
        Asked::Listar { caso } => show(&desk.asked(&caso).await?, json),
        Asked::Confirmar { caso, requisitos, todos } => {
            let ids = if todos {
                let rows = desk.asked(&caso).await?.rows;
                let waits = |standing| matches!(standing, StandingView::Recognised | StandingView::FromModel);
                rows.into_iter().filter(|row| waits(row.standing)).map(|row| row.requirement.id).collect()
            } else {
                requisitos
            };
            show(&desk.say_of_requirements(&caso, &ids, &RequirementOrder::Confirm).await?, json)
        }
        Asked::Editar { caso, requisito, texto, tipo, puntos, asunto, lote, motivo } => {
            let order = RequirementOrder::Edit {
                text: texto,
                kind: tipo,
                points: puntos,
                subject: asunto,
                lot: lote,
                reason: motivo,
            };
            show(&desk.say_of_requirements(&caso, &[requisito], &order).await?, json)
        }
        Asked::Descartar { caso, requisito, motivo } => {
            let order = RequirementOrder::Reject { reason: motivo };
            show(&desk.say_of_requirements(&caso, &[requisito], &order).await?, json)
        }
        Asked::Restituir { caso, requisito, motivo } => {
            let order = RequirementOrder::Restore { reason: motivo };
            show(&desk.say_of_requirements(&caso, &[requisito], &order).await?, json)
        }
        Asked::Leer { caso, archivo } => {
            let (added, view) = desk.read_requirements(&caso, &archivo, &Cancellation::default()).await?;
            if !json {
                output::line(&message("requirements.cli.added", &[("numero", &added.to_string())]));
            }
            show(&view, json)
        }
        Asked::Plantilla { caso, verificacion } => {
            let (added, view) = desk.add_from_template(&caso, &verificacion).await?;
            if !json {
                output::line(&message("requirements.cli.added", &[("numero", &added.to_string())]));
            }
            show(&view, json)
        }
        Asked::Aclarar { caso, documento, respuesta, texto, pagina, dia, cambios } => {
            let name = cambios.display().to_string();
            let content = std::fs::read_to_string(&cambios)
                .map_err(|error| refused(Code::NotFound, "cli.bad_file", &format!("{name}: {error}")))?;
            let changes: Vec<ClarifiedRequirement> = serde_json::from_str(&content)
                .map_err(|error| refused(Code::WrongUse, "cli.bad_file", &format!("{name}: {error}")))?;
            let order = ClarificationOrder {
                document: documento,
                answer: respuesta,
                quote: texto,
                page: pagina,
                day: dia,
                changes,
            };
            clarifications(&[desk.apply_clarification(&caso, &order).await?], json)
        }
        Asked::RetirarAclaracion { caso, aclaracion, motivo } => {
            clarifications(&[desk.withdraw_clarification(&caso, &aclaracion, &motivo).await?], json)
        }
        Asked::Aclaraciones { caso } => clarifications(&desk.clarifications(&caso).await?, json),
        Asked::Diferencias { caso } => departures(&desk.departures(&caso).await?, json),
        Asked::Responder { caso, diferencia, respuesta, motivo, quien, referencia, aclaracion } => {
            let order = match respuesta.as_str() {
                "consultada" => {
                    DepartureOrder::Consulted { whom: quien, reference: referencia, motivation: motivo }
                }
                "corregida" => DepartureOrder::Corrected { clarification: aclaracion, motivation: motivo },
                "retirada" => DepartureOrder::TakenBack,
                _ => DepartureOrder::AsPliego { motivation: motivo },
            };
            departures(&desk.answer_departure(&caso, &diferencia, &order).await?, json)
        }
    }
}

fn show(view: &AskedView, json: bool) -> Result<u8, CaseworkError> {
    if json {
        output::json(view)?;
        return Ok(0);
    }
    for row in &view.rows {
        let requirement = &row.requirement;
        output::line(&format!("{:<16} {:<28} {}", requirement.id, row.standing_text, requirement.source));
        output::line(&format!("                 {}", requirement.text));
        for word in &row.history {
            let document = word.document.as_deref().map(|text| format!(" · {text}")).unwrap_or_default();
            output::line(&format!(
                "                 {} · {} · {}{document} · {}",
                word.at, word.who, word.what, word.reason
            ));
        }
    }
    let values = [("esperan", view.waiting.to_string()), ("diferencias", view.departures_open.to_string())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    output::line(&message("requirements.cli.waiting", &values));
    Ok(0)
}

fn clarifications(all: &[ClarificationView], json: bool) -> Result<u8, CaseworkError> {
    if json {
        output::json(&all)?;
        return Ok(0);
    }
    for one in all {
        output::line(&format!(
            "{:<8} {} · {} · {}",
            one.clarification,
            one.document,
            one.answer,
            one.requirements.join(", ")
        ));
        output::line(&format!("         {}", one.quote));
        if !one.withdrawn.is_empty() {
            output::line(&message("requirements.cli.withdrawn", &[("motivo", &one.withdrawn)]));
        }
    }
    Ok(0)
}

fn departures(all: &[DepartureView], json: bool) -> Result<u8, CaseworkError> {
    if json {
        output::json(&all)?;
        return Ok(0);
    }
    for one in all {
        output::line(&format!("{}  {}", one.departure, one.text));
        output::line(&match &one.answer {
            Some(answer) => format!("         {} · {} · {}", answer.what, answer.who, answer.motivation),
            None => message("requirements.cli.unanswered", &[]),
        });
    }
    Ok(0)
}

fn checks(json: bool) -> Result<u8, CaseworkError> {
    let all = cotejo_casework::declared_checks();
    if json {
        output::json(&all)?;
        return Ok(0);
    }
    for check in &all {
        output::line(&format!("{:<30} {}", check.version, check.title));
    }
    Ok(0)
}
