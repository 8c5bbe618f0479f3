//! `cotejo caso etapas`, `plazos`, `reclamo`, `constancia`, `cumplimiento`: the course of a process.

use crate::output;
use clap::{ArgGroup, Args};
use cotejo_casework::quick::{self, refused};
use cotejo_casework::view::{
    ClaimAnswerDraft, ClaimDraft, ClaimView, ComplianceView, ConstanciaDraft, ConstanciaView, CourseView,
    DeadlinesView, FrameDraft, InstrumentView, StageDateDraft, StageDraft, StageOrder, SupportDraft,
    TermDayView,
};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

/// Names what an act rests on.
#[derive(Debug, Args)]
pub(crate) struct Support {
    /// Acta del caso que lo hace: su identificador o su número
    #[arg(long, value_name = "ACTA")]
    acta: Option<String>,
    /// Documento que lo hace, como «Resolución|012|2026-11-18|autor»; el autor puede faltar
    #[arg(long, value_name = "D")]
    instrumento: Option<String>,
    /// Archivo que lo prueba: una captura, un PDF firmado; se guarda en el caso
    #[arg(long, value_name = "F")]
    adjunto: Option<String>,
    /// Observación
    #[arg(long, default_value = "")]
    observacion: String,
}

impl Support {
    fn draft(self) -> Result<SupportDraft, CaseworkError> {
        Ok(SupportDraft {
            acta: self.acta,
            instrument: self.instrumento.as_deref().map(instrument).transpose()?,
            attach: self.adjunto,
            note: self.observacion,
        })
    }
}

fn instrument(text: &str) -> Result<InstrumentView, CaseworkError> {
    let parts: Vec<&str> = text.split('|').map(str::trim).collect();
    let (name, number, date, issued_by) = match parts.as_slice() {
        [name, number, date] => (*name, *number, *date, ""),
        [name, number, date, issued_by] => (*name, *number, *date, *issued_by),
        _ => return Err(refused(Code::WrongUse, "cli.bad_instrument", text)),
    };
    Ok(InstrumentView {
        name: name.into(),
        number: number.into(),
        date: date.into(),
        issued_by: issued_by.into(),
    })
}

/// Shows the stages, or records what happens to one.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("acto").multiple(false))]
pub(crate) struct StagesOrder {
    /// Identificador del caso
    caso: String,
    /// La etapa empieza
    #[arg(long, value_name = "ETAPA", group = "acto")]
    abrir: Option<String>,
    /// La etapa termina
    #[arg(long, value_name = "ETAPA", group = "acto")]
    cerrar: Option<String>,
    /// La etapa no se da, por el motivo de --por
    #[arg(long, value_name = "ETAPA", group = "acto", requires = "por")]
    omitir: Option<String>,
    /// Se vuelve a la etapa, por la causa de --por y con --causa en palabras
    #[arg(long, value_name = "ETAPA", group = "acto", requires = "causa")]
    volver: Option<String>,
    /// Se rectificó el acta de la etapa, que conserva su lugar
    #[arg(long, value_name = "ETAPA", group = "acto", requires = "causa")]
    rectificar: Option<String>,
    /// El proceso se cancela en la etapa
    #[arg(long, value_name = "ETAPA", group = "acto", requires = "causa")]
    cancelar: Option<String>,
    /// Motivo (sin_ofertas, sin_calificadas, sin_errores, un_solo_calificado, rebaja_alcanzada, hubo_puja, no_prevista) o causa para
    /// volver (reclamo, control_sercop, error_advertido, orden_judicial, reapertura, otra)
    #[arg(long, value_name = "CLAVE")]
    por: Option<String>,
    /// La causa, en palabras
    #[arg(long, default_value = "")]
    causa: String,
    /// El reclamo aceptado por el que se vuelve
    #[arg(long, value_name = "ID")]
    reclamo: Option<String>,
    /// Cómo termina el lote, al cerrar la adjudicación
    #[arg(long, value_parser = ["adjudicado", "desierto"])]
    resultado: Option<String>,
    /// El acta que rectifica
    #[arg(long = "rectificada-por", value_name = "ACTA")]
    rectificada_por: Option<String>,
    /// Al volver: las actas firmadas pasan a ser de una ronda anterior (si) o siguen selladas (no)
    #[arg(long = "nueva-ronda", value_parser = ["si", "no"])]
    nueva_ronda: Option<String>,
    /// El lote, por nombre o número desde 1; «todos» para todos
    #[arg(long)]
    lote: Option<String>,
    /// Cuándo ocurrió, como 2026-11-20T09:00, hora del Ecuador continental; ahora si no se dice
    #[arg(long)]
    fecha: Option<String>,
    /// Cantón de la entidad, para los feriados locales; vacío lo quita
    #[arg(long)]
    canton: Option<String>,
    /// Variante del procedimiento, como «preferente»; vacío la quita
    #[arg(long)]
    variante: Option<String>,
    /// Las etapas como están en el pliego, separadas por comas; vacío las quita
    #[arg(long, value_name = "LISTA", requires = "segun")]
    etapas: Option<String>,
    /// Numeral del pliego o documento que tiene esas etapas
    #[arg(long)]
    segun: Option<String>,
    #[command(flatten)]
    respaldo: Support,
}

pub(crate) async fn stages(desk: &Desk, order: StagesOrder, json: bool) -> Result<u8, CaseworkError> {
    let case = order.caso.clone();
    let acts = [
        (&order.abrir, StageOrder::Open),
        (&order.cerrar, StageOrder::Close),
        (&order.omitir, StageOrder::Omit),
        (&order.volver, StageOrder::Return),
        (&order.rectificar, StageOrder::Rectify),
        (&order.cancelar, StageOrder::Cancel),
    ];
    let act = acts.into_iter().find_map(|(stage, act)| stage.clone().map(|stage| (stage, act)));
    let framed = order.canton.is_some() || order.variante.is_some() || order.etapas.is_some();
    let mut view = None;
    if framed {
        let stages = order.etapas.as_ref().map(|list| {
            list.split(',').map(str::trim).filter(|key| !key.is_empty()).map(str::to_owned).collect()
        });
        let draft = FrameDraft {
            canton: order.canton,
            variant: order.variante,
            stages,
            stages_source: order.segun.unwrap_or_default(),
        };
        view = Some(desk.frame_course(&case, &draft).await?);
    }
    if let Some((stage, act)) = act {
        let draft = StageDraft {
            lot: order.lote,
            stage,
            order: act,
            when: order.fecha,
            end: order.resultado,
            ground: order.por.clone(),
            cause: order.por.or_else(|| order.reclamo.as_ref().map(|_| "reclamo".to_owned())),
            reason: order.causa,
            claim: order.reclamo,
            rectified_by: order.rectificada_por,
            new_round: order.nueva_ronda.map(|said| said == "si"),
            support: order.respaldo.draft()?,
        };
        view = Some(desk.move_stage(&case, &draft).await?);
    }
    let view = match view {
        Some(view) => view,
        None => desk.course(&case).await?,
    };
    if json {
        output::json(&view)?
    } else {
        print_course(&view)
    }
    Ok(0)
}

fn print_course(view: &CourseView) {
    if let Some(ask) = &view.ask {
        output::line(&format!("  ? {ask}"));
    }
    for lot in &view.lots {
        let stands = lot.end_text.clone().or_else(|| lot.current_name.clone()).unwrap_or_default();
        let values = [("lote", lot.name.clone()), ("etapa", stands), ("ronda", lot.round.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        output::line(&message("cli.course.lot", &values));
        for stage in &lot.stages {
            let moment = stage.closed.as_ref().or(stage.opened.as_ref()).cloned().unwrap_or_default();
            let ground = stage.ground_text.as_ref().map(|ground| format!("({ground})")).unwrap_or_default();
            let line = format!("  {}  {}  {}  {moment} {ground}", stage.stage, stage.name, stage.status_text);
            output::line(line.trim_end());
        }
        for fault in &lot.faults {
            output::line(&format!("  ! {fault}"));
        }
        for held in lot.held_up_by.iter().chain(&lot.confidential) {
            output::line(&format!("  ! {held}"));
        }
    }
    for remark in view.remarks.iter().chain(&view.warnings) {
        output::line(&format!("  ! {remark}"));
    }
}

/// Shows deadlines, writes them as a calendar, or states one.
#[derive(Debug, Args)]
pub(crate) struct DeadlinesOrder {
    /// Identificador del caso
    caso: String,
    /// Recuerda lo que vence en estos días
    #[arg(long, default_value_t = 15)]
    dias: u32,
    /// Escribe lo que vence como archivo de calendario (.ics)
    #[arg(long, value_name = "F.ics")]
    ics: Option<PathBuf>,
    /// Muestra cada día de la cuenta
    #[arg(long)]
    detalle: bool,
    /// Etapa cuya fecha se registra, en lugar de la del cronograma
    #[arg(long, value_name = "ETAPA", requires = "hasta")]
    etapa: Option<String>,
    /// Hasta cuándo, como 2026-11-20T17:00; vacío la quita
    #[arg(long, value_name = "FECHA", requires = "etapa")]
    hasta: Option<String>,
    /// El lote, por nombre o número desde 1
    #[arg(long)]
    lote: Option<String>,
    /// Por qué es esa fecha
    #[arg(long, default_value = "")]
    causa: String,
    #[command(flatten)]
    respaldo: Support,
}

pub(crate) async fn deadlines(desk: &Desk, order: DeadlinesOrder, json: bool) -> Result<u8, CaseworkError> {
    if let (Some(stage), Some(due)) = (order.etapa, order.hasta) {
        let draft = StageDateDraft {
            lot: order.lote,
            stage,
            due,
            reason: order.causa,
            support: order.respaldo.draft()?,
        };
        desk.set_stage_date(&order.caso, &draft).await?;
    }
    if let Some(path) = &order.ics {
        let text = desk.deadlines_calendar(&order.caso, order.dias).await?;
        quick::write_whole(path, text.as_bytes())?;
    }
    let view = desk.deadlines(&order.caso, order.dias).await?;
    if json {
        output::json(&view)?
    } else {
        print_deadlines(&view, order.detalle)
    }
    Ok(0)
}

fn print_deadlines(view: &DeadlinesView, days: bool) {
    for stage in &view.stages {
        let lot = stage.lot.as_ref().map(|lot| format!("{lot} · ")).unwrap_or_default();
        let due = stage.due.clone().unwrap_or_else(|| "—".into());
        output::line(&format!("{lot}{}  {due}  {}", stage.name, stage.state_text));
        for term in &stage.terms {
            let bounds = [&term.earliest, &term.latest].map(|at| at.clone().unwrap_or_else(|| "—".into()));
            let source = if term.source.is_empty() { String::new() } else { format!("  ({})", term.source) };
            let line = format!(
                "    {} [{} … {}]  {}{source}",
                term.parameter, bounds[0], bounds[1], term.state_text
            );
            output::line(&line);
            term.remarks.iter().for_each(|remark| output::line(&format!("    ! {remark}")));
            if days {
                counted(if term.working_latest.is_empty() {
                    &term.working_earliest
                } else {
                    &term.working_latest
                });
            }
        }
        for remark in stage.remarks.iter().chain(&stage.unverified) {
            output::line(&format!("    ! {remark}"));
        }
    }
    if !view.reminders.is_empty() {
        output::line(&message("cli.course.reminders", &[]));
    }
    for reminder in &view.reminders {
        let lot = reminder.lot.as_ref().map(|lot| format!(" · {lot}")).unwrap_or_default();
        let mark = if reminder.overdue { "!" } else { " " };
        output::line(&format!("  {mark} {}  {}{lot}", reminder.due, reminder.title));
    }
}

fn counted(days: &[TermDayView]) {
    for day in days {
        let number = day.number.map(|number| number.to_string()).unwrap_or_else(|| "—".into());
        let line = format!("      {} {}  {number}  {}", day.day, day.weekday, day.reason);
        output::line(line.trim_end());
    }
}

/// Shows the claims, records one, or how one ended.
#[derive(Debug, Args)]
pub(crate) struct ClaimOrder {
    /// Identificador del caso
    caso: String,
    /// Reclamo que se cambia, se resuelve o se retira; sin él, uno nuevo
    #[arg(long, value_name = "ID")]
    reclamo: Option<String>,
    /// Quién reclama
    #[arg(long, default_value = "")]
    de: String,
    /// RUC de quien reclama
    #[arg(long)]
    ruc: Option<String>,
    /// Contra qué acto, y qué pide
    #[arg(long, default_value = "")]
    contra: String,
    /// Etapa contra la que se reclama
    #[arg(long, default_value = "")]
    etapa: String,
    /// Cuándo se presentó o se resolvió, como 2026-11-20T09:00
    #[arg(long, default_value = "")]
    fecha: String,
    /// Cuándo se notificó a la entidad
    #[arg(long)]
    notificado: Option<String>,
    /// Días de término para responder, como los da la notificación
    #[arg(long)]
    dias: Option<u32>,
    /// Es una supervisión o suspensión del SERCOP
    #[arg(long)]
    supervision: bool,
    /// El lote, por nombre o número desde 1; «todos» para todos
    #[arg(long)]
    lote: Option<String>,
    /// Cómo terminó
    #[arg(long, requires = "reclamo", value_parser = ["aceptado", "rechazado", "desistido", "inadmitido", "levantada"])]
    resultado: Option<String>,
    /// Etapa a la que se vuelve, si fue aceptado
    #[arg(long = "volver-a", value_name = "ETAPA", requires = "resultado")]
    volver_a: Option<String>,
    /// Por qué se resolvió así
    #[arg(long, default_value = "")]
    motivo: String,
    /// Se registró por error
    #[arg(long, requires = "reclamo", conflicts_with = "resultado")]
    retirar: bool,
    #[command(flatten)]
    respaldo: Support,
}

pub(crate) async fn claim(desk: &Desk, order: ClaimOrder, json: bool) -> Result<u8, CaseworkError> {
    let case = order.caso.clone();
    let given = Some(order.fecha.clone()).filter(|text| !text.trim().is_empty());
    let found = desk.claims(&case).await?;
    let view = match (order.resultado.as_deref(), &order.reclamo) {
        (Some(result), Some(id)) => {
            let result = match result {
                "aceptado" => "accepted",
                "rechazado" => "rejected",
                "desistido" => "desisted",
                "inadmitido" => "inadmissible",
                _ => "lifted",
            };
            let draft = ClaimAnswerDraft {
                claim: id.clone(),
                result: result.into(),
                back_to: order.volver_a,
                when: given,
                reason: order.motivo,
                support: order.respaldo.draft()?,
            };
            desk.answer_claim(&case, &draft).await?
        }
        _ if order.de.is_empty() && order.reclamo.is_none() => found,
        _ => {
            // What is not given of a claim that is changed stays as it was.
            let before = found.into_iter().find(|claim| Some(&claim.id) == order.reclamo.as_ref());
            if let (Some(id), None) = (&order.reclamo, &before) {
                return Err(refused(Code::NotFound, "stages.no_such_claim", id));
            }
            let kept = |given: String, of: fn(&ClaimView) -> &String| match &before {
                Some(before) if given.trim().is_empty() => of(before).clone(),
                _ => given,
            };
            let draft = ClaimDraft {
                id: order.reclamo,
                supervision: order.supervision || before.as_ref().is_some_and(|before| before.supervision),
                lot: order
                    .lote
                    .or_else(|| before.as_ref().map(|before| before.lot.clone().unwrap_or("todos".into()))),
                stage: kept(order.etapa, |claim| &claim.stage),
                claimant: kept(order.de, |claim| &claim.claimant),
                ruc: order.ruc.or_else(|| before.as_ref().and_then(|before| before.ruc.clone())),
                against: kept(order.contra, |claim| &claim.against),
                filed: kept(order.fecha, |claim| &claim.filed),
                notified: order.notificado,
                answer_days: order.dias,
                withdrawn: order.retirar,
                support: order.respaldo.draft()?,
            };
            desk.raise_claim(&case, &draft).await?
        }
    };
    if json {
        output::json(&view)?;
        return Ok(0);
    }
    for claim in &view {
        let state = claim.result.clone().unwrap_or_else(|| message("cli.course.open_claim", &[]));
        let due = claim.answer_due.as_ref().map(|due| format!("  → {due}")).unwrap_or_default();
        let (name, against) = (&claim.claimant, &claim.against);
        output::line(&format!(
            "{}  {}  {name}: {against}  ({}) {state}{due}",
            claim.id, claim.filed, claim.stage_name
        ));
    }
    Ok(0)
}

/// Shows the constancias, or records one.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("clase").multiple(false))]
pub(crate) struct ConstanciaOrder {
    /// Identificador del caso
    caso: String,
    /// Se publicó; el documento va en --documento
    #[arg(long, group = "clase")]
    publicacion: bool,
    /// Se notificó, a todos o a las ofertas de --oferta
    #[arg(long, group = "clase")]
    notificacion: bool,
    /// Se consultó el RUP de este número
    #[arg(long, value_name = "RUC", group = "clase", requires_all = ["momento", "estado"])]
    rup: Option<String>,
    /// Un documento se firmó fuera de este programa; el archivo va en --adjunto
    #[arg(long, group = "clase")]
    firmado: bool,
    /// Se retira esta constancia
    #[arg(long, value_name = "ID", group = "clase")]
    retirar: Option<String>,
    /// Etapa a la que pertenece
    #[arg(long, default_value = "")]
    etapa: String,
    /// De qué documento es; si no se dice, el de la etapa
    #[arg(long, default_value = "")]
    documento: String,
    /// Cuándo se hizo, como 2026-11-20T09:00; ahora si no se dice
    #[arg(long)]
    fecha: Option<String>,
    /// Quién lo hizo; quien usa este equipo si no se dice
    #[arg(long, default_value = "")]
    por: String,
    /// Dónde se publicó; el Portal si no se dice
    #[arg(long, default_value = "")]
    lugar: String,
    /// Número de una oferta notificada, desde 1; se repite; sin ninguna, a todos
    #[arg(long = "oferta")]
    ofertas: Vec<u32>,
    /// Momento de la consulta al RUP
    #[arg(long, value_parser = ["apertura", "adjudicacion", "suscripcion"])]
    momento: Option<String>,
    /// Qué dijo el RUP
    #[arg(long, value_parser = ["habilitado", "no-habilitado", "sin-respuesta"])]
    estado: Option<String>,
    /// El lote, por nombre o número desde 1; «todos» para todos
    #[arg(long)]
    lote: Option<String>,
    #[command(flatten)]
    respaldo: Support,
}

pub(crate) async fn constancia(desk: &Desk, order: ConstanciaOrder, json: bool) -> Result<u8, CaseworkError> {
    let kind = match (&order.rup, &order.retirar) {
        (Some(_), _) => Some("rup"),
        (_, Some(_)) => Some("withdrawn"),
        _ if order.publicacion => Some("publication"),
        _ if order.notificacion => Some("notification"),
        _ if order.firmado => Some("signed_elsewhere"),
        _ => None,
    };
    let view = match kind {
        None => desk.constancias(&order.caso).await?,
        Some(kind) => {
            let draft = ConstanciaDraft {
                withdrawn: order.retirar.is_some(),
                id: order.retirar,
                kind: kind.into(),
                lot: order.lote,
                stage: order.etapa,
                document: order.documento,
                when: order.fecha,
                by: order.por,
                place: order.lugar,
                bids: order.ofertas,
                moment: order.momento.unwrap_or_default(),
                ruc: order.rup.unwrap_or_default(),
                status: order.estado.unwrap_or_default().replace('-', "_"),
                support: order.respaldo.draft()?,
            };
            desk.record_constancia(&order.caso, &draft).await?
        }
    };
    if json {
        output::json(&view)?
    } else {
        view.iter().for_each(print_constancia)
    }
    Ok(0)
}

fn print_constancia(said: &ConstanciaView) {
    let proof = said.support.file_sha256.as_ref().map(|hash| format!("  {hash}")).unwrap_or_default();
    output::line(&format!(
        "{}  {}  {}  {}  ({}){proof}",
        said.id, said.when, said.stage_name, said.text, said.by
    ));
}

/// Reports on compliance.
#[derive(Debug, Args)]
pub(crate) struct ComplianceOrder {
    /// Identificador del caso
    caso: String,
    /// Solo lo que no se cumplió, no consta o está por decidir
    #[arg(long)]
    pendientes: bool,
}

pub(crate) async fn compliance(desk: &Desk, order: ComplianceOrder, json: bool) -> Result<u8, CaseworkError> {
    let mut view = desk.compliance(&order.caso).await?;
    if order.pendientes {
        view.lines.retain(|line| matches!(line.status.as_str(), "not_kept" | "not_recorded" | "undecided"));
    }
    if json {
        output::json(&view)?
    } else {
        print_compliance(&view)
    }
    Ok(0)
}

fn print_compliance(view: &ComplianceView) {
    for line in &view.lines {
        let lot = line.lot.as_ref().map(|lot| format!("{lot} · ")).unwrap_or_default();
        let basis = line.legal_basis.join(", ");
        output::line(format!("{}  {lot}{}  {basis}", line.status_text, line.what).trim_end());
        if !line.detail.is_empty() {
            output::line(&format!("    {}", line.detail));
        }
        for rest in &line.rests {
            output::line(format!("    = {} {}", rest.label, rest.id).trim_end());
        }
        line.unverified.iter().for_each(|mark| output::line(&format!("    ! {mark}")));
    }
    let counts = [
        ("cumplidas", view.kept),
        ("incumplidas", view.not_kept),
        ("ausentes", view.not_recorded),
        ("dudosas", view.undecided),
    ];
    let counts: Vec<(&str, String)> =
        counts.into_iter().map(|(name, count)| (name, count.to_string())).collect();
    let values: Vec<(&str, &str)> = counts.iter().map(|(name, count)| (*name, count.as_str())).collect();
    output::line(&message("cli.course.compliance", &values));
}
