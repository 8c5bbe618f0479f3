//! `cotejo caso …`.

use crate::arguments::Case;
use crate::output;
use cotejo_casework::quick::{self, refused};
use cotejo_casework::view::{
    Cancellation, CellAddress, DecisionDraft, ImportRemark, MatrixView, MotivationView, NoteDraft, Password,
    SeverityView, SigningRequest, Verdict,
};
use cotejo_casework::{CaseworkError, Desk, DeskSettings, RequirementDraft};
use cotejo_catalogue::message;
use cotejo_domain::{Code, RequirementKind};

pub(crate) async fn run(settings: DeskSettings, order: Case, json: bool) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    match order {
        Case::Nuevo { pliego } => {
            let view = desk.create_case(&pliego, &output::progress, &Cancellation::default()).await?;
            if json { output::json(&view)? } else { output::line(&view.id) }
        }
        Case::Importar { caso, ofertas, sellado, ritmo } => {
            if let Some(pace) = ritmo {
                desk.use_reading_pace(pace.into());
            }
            let stop = Cancellation::default();
            let sealing = sellado.into();
            let outcome =
                desk.import_bids_sealing(&caso, &ofertas, &sealing, &output::progress, &stop).await?;
            if json {
                output::json(&outcome)?;
            } else {
                let values = [("ofertas", outcome.bids.to_string()), ("archivos", outcome.files.to_string())];
                output::line(&message(
                    "cli.imported",
                    &values.each_ref().map(|(key, value)| (*key, value.as_str())),
                ));
                for remark in &outcome.remarks {
                    output::line(&format!("  ! {}: {}", remark.file, remark.finding.message));
                }
            }
            // That something is kept sealed is no trouble.
            let trouble = |remark: &ImportRemark| remark.finding.severity != SeverityView::Info;
            return Ok(u8::from(outcome.remarks.iter().any(trouble)));
        }
        Case::Validar { caso, simulado } => {
            return super::validar::run(&desk, &caso, simulado, json).await;
        }
        Case::Requisito { caso, tipo, texto, documento, firmado } => {
            let kind = match tipo.as_str() {
                "integridad" => RequirementKind::Integridad,
                "minimo" => RequirementKind::Minimo,
                "puntaje" => RequirementKind::Puntaje,
                _ => RequirementKind::Informativo,
            };
            let draft = RequirementDraft { kind, text: texto, document: documento, signed: firmado };
            let view = desk.add_requirement(&caso, draft).await?;
            if json {
                output::json(&view)?;
            } else {
                output::line(&message("cli.requirement_added", &[("id", &view.id)]));
            }
        }
        Case::Abrir { caso, archivo, causa } => {
            let view = desk.open_sealed(&caso, &archivo, &causa).await?;
            if json { output::json(&view)? } else { output::line(&message("cli.opened", &[])) }
        }
        Case::Presupuesto { caso, monto, fuente } => {
            let view = desk.state_budget(&caso, &monto, &fuente).await?;
            if json {
                output::json(&view)?;
            } else {
                output::line(&message("cli.budget_stated", &[("monto", &view.budget.unwrap_or_default())]));
            }
        }
        Case::Proformas { caso } => return super::proformas::show(&desk, &caso, json).await,
        Case::Sesion(order) => super::session::session(&desk, *order, json).await?,
        Case::Comision(order) => super::session::commission(&desk, *order, json).await?,
        Case::Nota { caso, requisito, oferta, texto, en_acta, nota } => {
            let view = desk.open_case(&caso).await?;
            let bid = view
                .bids
                .iter()
                .find(|bid| bid.number == oferta)
                .ok_or_else(|| refused(Code::NotFound, "cli.no_such_bid", &oferta.to_string()))?;
            let cell = CellAddress { requirement: requisito, bid: bid.id.clone() };
            let cell = desk.note(&caso, &NoteDraft { cell, id: nota, text: texto, in_acta: en_acta }).await?;
            if json {
                output::json(&cell)?;
            } else {
                for note in &cell.notes {
                    output::line(&format!("{}  {}: {}", note.id, note.author, note.text));
                }
            }
        }
        Case::Documentos { caso } => return super::pages::documents(&desk, &caso, json).await,
        Case::Foja(order) => return super::pages::page(&desk, *order, json).await,
        Case::Documento(order) => return super::documents::run(&desk, *order, json).await,
        Case::Dato(order) => return super::fields::run(&desk, *order, json).await,
        Case::Reconocer { caso, archivo, con_otros_modelos } => {
            let stop = Cancellation::default();
            let view = desk.recognise_again_with(&caso, archivo.as_deref(), con_otros_modelos, &stop).await?;
            super::pages::show_documents(&view, json)?;
        }
        Case::Releer(order) => return super::pages::read_again(&desk, order, json).await,
        Case::Copias { caso } => return super::pages::copies(&desk, &caso, json).await,
        Case::Vigilar(order) => return super::pages::watch(&desk, *order, json).await,
        Case::Anotar(order) => return super::pages::note_source(&desk, *order, json).await,
        Case::Listar => {
            let cases = desk.list_cases().await?;
            if json {
                output::json(&cases)?;
            } else {
                for case in cases {
                    let code = case.code.unwrap_or_default();
                    output::line(&format!("{}  {code}  {}", case.id, case.unavailable.unwrap_or_default()));
                }
            }
        }
        Case::Etapas(order) => return super::course::stages(&desk, *order, json).await,
        Case::Plazos(order) => return super::course::deadlines(&desk, *order, json).await,
        Case::Reclamo(order) => return super::course::claim(&desk, *order, json).await,
        Case::Constancia(order) => return super::course::constancia(&desk, *order, json).await,
        Case::Cumplimiento(order) => return super::course::compliance(&desk, order, json).await,
        Case::Indicios(order) => return super::commission::indicios(&desk, *order, json).await,
        Case::Evidencia(order) => return super::commission::evidence(&desk, *order, json).await,
        Case::Declaraciones(order) => return super::commission::declarations(&desk, *order, json).await,
        Case::Impedimentos(order) => return super::commission::impediments(&desk, *order, json).await,
        Case::Acuerdos(order) => return super::commission::agreements(&desk, *order, json).await,
        Case::Muestra(order) => return super::commission::sample(&desk, *order, json).await,
        Case::Trato(order) => return super::commission::treatment(&desk, *order, json).await,
        Case::Enviar(order) => return super::exchange::send(&desk, &order, json).await,
        Case::Recibir(order) => return super::exchange::receive(&desk, &order, json).await,
        Case::Puesto(order) => return super::exchange::seat(&desk, &order, json).await,
        Case::Unir(order) => return super::exchange::join(&desk, &order, json).await,
        Case::Envios { caso } => return super::exchange::exchange(&desk, &caso, json).await,
        Case::Ensayo { caso } => return super::commission::rehearse(&desk, &caso, json).await,
        Case::Subcomision(order) => return super::commission::report(&desk, *order, json).await,
        Case::Convalidar(order) => return super::curing::curing(&desk, *order, json).await,
        Case::Constatar(order) => return super::signatures::constatation(&desk, *order, json).await,
        Case::Defecto(order) => return super::signatures::defect(&desk, *order, json).await,
        Case::Resultado(order) => return super::curing::outcome(&desk, *order, json).await,
        Case::Negociar(order) => return super::curing::negotiate(&desk, *order, json).await,
        Case::Recomendar(order) => return super::curing::recommend(&desk, *order, json).await,
        Case::Lotes(order) => return super::lots::run(&desk, *order, json).await,
        Case::Puntaje(order) => return super::points::run(&desk, *order, json).await,
        Case::Matriz { caso } => {
            let matrix = desk.matrix(&caso).await?;
            if json { output::json(&matrix)? } else { print(&matrix) }
        }
        Case::Decidir {
            caso,
            requisito,
            oferta,
            resultado,
            hecho,
            evidencia,
            norma,
            conclusion,
            evidencia_vista,
        } => {
            let view = desk.open_case(&caso).await?;
            let bid = view
                .bids
                .iter()
                .find(|bid| bid.number == oferta)
                .ok_or_else(|| refused(Code::NotFound, "cli.no_such_bid", &oferta.to_string()))?;
            let verdict = match resultado.as_str() {
                "cumple" => Verdict::Cumple,
                "no_cumple" => Verdict::NoCumple,
                "a_convalidar" => Verdict::AConvalidar,
                _ => Verdict::NoAplica,
            };
            let cell = desk.cell(&caso, &requisito, &bid.id).await?;
            let or = |given: String, drafted: String| if given.is_empty() { drafted } else { given };
            let draft = DecisionDraft {
                cell: CellAddress { requirement: requisito, bid: bid.id.clone() },
                verdict,
                motivation: MotivationView {
                    fact: or(hecho, cell.draft.fact),
                    evidence: or(evidencia, cell.draft.evidence),
                    norm: or(norma, cell.draft.norm),
                    conclusion: or(conclusion, cell.draft.conclusion),
                },
                evidence: (0..u32::try_from(cell.evidence.len()).unwrap_or(0)).collect(),
                added: Vec::new(),
            };
            if evidencia_vista {
                desk.open_evidence(&caso, &draft.cell, &[]).await?;
            }
            let decided = desk.decide(&caso, &draft).await?;
            if json { output::json(&decided)? } else { output::line(&message("cli.decided", &[])) }
        }
        Case::Deshacer { caso } => {
            let undone = desk.undo(&caso).await?;
            if json { output::json(&undone)? } else { output::line(&undone.text) }
        }
        Case::Actas { caso, certificado, clave_env } => {
            let present = desk.acta(&caso).await?;
            let mut view =
                if present.sealed_notice.is_some() { present } else { desk.generate_acta(&caso).await? };
            if let Some(certificate) = certificado {
                let password = super::password(clave_env.as_deref())?;
                let request = SigningRequest {
                    certificate: certificate.display().to_string(),
                    password: Password::new(password.to_string()),
                    sha256: view.sha256.clone(),
                };
                view = desk.sign_acta(&caso, &request).await?;
            }
            if json { output::json(&view)? } else { output::line(&view.path) }
        }
        Case::Papel(order) => return super::papers::paper(&desk, *order, json).await,
        Case::Evidencias(order) => return super::papers::evidence(&desk, order, json).await,
        Case::Expediente(order) => return super::papers::dossier(&desk, order, json).await,
        Case::Rectificar { caso, causa } => {
            let view = desk.rectify(&caso, &causa).await?;
            if json { output::json(&view)? } else { output::line(&message("cli.rectifying", &[])) }
        }
        Case::Exportar { caso, salida } => {
            let content = desk.evaluation(&caso).await?;
            quick::write_whole(&salida, &serde_json::to_vec_pretty(&content)?)?;
            if json { output::json(&content)? } else { output::line(&salida.display().to_string()) }
        }
        Case::Reconstruir { caso } => {
            let summary = desk.rebuild(&caso).await?;
            let key = if summary.identical { "cli.rebuilt_identical" } else { "cli.rebuilt_differs" };
            if json {
                output::json(&summary)?
            } else {
                output::line(&message(key, &[]))
            }
            return Ok(u8::from(!summary.identical));
        }
    }
    Ok(0)
}

fn print(matrix: &MatrixView) {
    for group in &matrix.groups {
        output::line(&group.title);
        for row in &group.rows {
            output::line(&format!("  {} {}", row.requirement.id, row.requirement.title));
            for (cell, column) in row.cells.iter().zip(&matrix.columns) {
                let decided = cell.decided_by.as_deref().unwrap_or("·");
                let ruc = column.ruc.as_deref().map_or_else(String::new, |ruc| format!(" (RUC {ruc})"));
                let verdict = format!("{:?}", cell.verdict);
                output::line(&format!("      {}. {}{ruc}: {verdict} {decided}", column.number, column.name));
            }
        }
    }
}
