//! `cotejo caso indicios|evidencia|declaraciones|impedimentos|acuerdos|muestra|trato|ensayo|subcomision`.

use super::session::instrument;
use crate::output;
use clap::Args;
use cotejo_casework::quick::refused;
use cotejo_casework::view::{
    AgreementsView, CellAddress, CommissionPlace, DeclarationDraft, DeclarationKindView,
    DeclarationStateView, DeclarationView, DeclarationsView, ImpedimentDraft, ImpedimentKindView,
    IndiciosView, KinshipDraft, KinshipView, OpenedEvidence, PointHandlingView, RefusalDraft, RehearsalView,
    ReportDraft, ReportsView, ResolutionDraft, SamplesView, StrengthView, TreatmentsView, Verdict,
};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use serde::Serialize;
use std::path::PathBuf;

const VERDICTS: [&str; 4] = ["cumple", "no_cumple", "a_convalidar", "no_aplica"];

/// Names a cell.
#[derive(Debug, Default, Args)]
pub(crate) struct CellArguments {
    /// Requisito
    #[arg(long, requires = "oferta")]
    requisito: Option<String>,
    /// Número de la oferta, desde 1
    #[arg(long, requires = "requisito")]
    oferta: Option<u32>,
}

impl CellArguments {
    async fn address(&self, desk: &Desk, case: &str) -> Result<CellAddress, CaseworkError> {
        let number = self.oferta.unwrap_or_default();
        let view = desk.open_case(case).await?;
        let bid = view.bids.iter().find(|bid| bid.number == number);
        let bid = bid.ok_or_else(|| refused(Code::NotFound, "cli.no_such_bid", &number.to_string()))?;
        Ok(CellAddress { requirement: self.requisito.clone().unwrap_or_default(), bid: bid.id.clone() })
    }
}

fn verdict(text: &str) -> Verdict {
    match text {
        "cumple" => Verdict::Cumple,
        "no_cumple" => Verdict::NoCumple,
        "a_convalidar" => Verdict::AConvalidar,
        _ => Verdict::NoAplica,
    }
}

fn word(verdict: Verdict) -> String {
    let key = match verdict {
        Verdict::Cumple => "flags.veredicto.cumple",
        Verdict::NoCumple => "flags.veredicto.no_cumple",
        Verdict::AConvalidar => "flags.veredicto.a_convalidar",
        Verdict::NoAplica => "flags.veredicto.no_aplica",
        Verdict::Pendiente => "flags.veredicto.pendiente",
    };
    message(key, &[])
}

fn shown<T: Serialize>(view: &T, json: bool, print: impl FnOnce(&T)) -> Result<u8, CaseworkError> {
    if json {
        output::json(view)?;
    } else {
        print(view);
    }
    Ok(0)
}

fn place(place: &CommissionPlace) -> String {
    format!("{}, {}", place.path, place.place)
}

/// Lists indicios, dismisses one or takes it up again.
#[derive(Debug, Args)]
pub(crate) struct IndiciosOrder {
    /// Identificador del caso
    caso: String,
    /// Indicio que se descarta, con su motivo
    #[arg(long, value_name = "ID", requires = "motivo", conflicts_with = "retomar")]
    descartar: Option<String>,
    /// Por qué se descarta
    #[arg(long)]
    motivo: Option<String>,
    /// Indicio descartado que se retoma
    #[arg(long, value_name = "ID")]
    retomar: Option<String>,
}

pub(crate) async fn indicios(desk: &Desk, order: IndiciosOrder, json: bool) -> Result<u8, CaseworkError> {
    let view = match (&order.descartar, &order.retomar) {
        (Some(id), _) => {
            desk.dismiss_indicio(&order.caso, id, order.motivo.as_deref().unwrap_or_default()).await?
        }
        (None, Some(id)) => desk.take_up_indicio(&order.caso, id).await?,
        (None, None) => desk.indicios(&order.caso).await?,
    };
    shown(&view, json, |view: &IndiciosView| {
        for row in &view.rows {
            let bids: Vec<String> = row.bids.iter().map(ToString::to_string).collect();
            output::line(&format!("{}  {}  ({})", row.id, row.name, bids.join(", ")));
            output::line(&format!("    {}", row.text));
            row.places.iter().for_each(|one| output::line(&format!("      {}", place(one))));
            if let Some(reason) = &row.dismissed {
                let by = row.dismissed_by.as_deref().unwrap_or_default();
                output::line(&message("cli.indicio.dismissed", &[("quien", by), ("motivo", reason)]));
            }
        }
        let (live, dismissed) = (view.live.to_string(), view.dismissed.to_string());
        output::line(&message("cli.indicio.count", &[("vigentes", &live), ("descartados", &dismissed)]));
    })
}

/// Shows which evidence of a cell was opened, or states that it was seen.
#[derive(Debug, Args)]
pub(crate) struct EvidenceOrder {
    /// Identificador del caso
    caso: String,
    #[command(flatten)]
    celda: CellArguments,
    /// Hace constar que usted vio la evidencia
    #[arg(long)]
    vista: bool,
    /// Solo esta pieza de la lista, desde 1; se repite
    #[arg(long, requires = "vista")]
    pieza: Vec<u32>,
}

pub(crate) async fn evidence(desk: &Desk, order: EvidenceOrder, json: bool) -> Result<u8, CaseworkError> {
    let cell = order.celda.address(desk, &order.caso).await?;
    let view = if order.vista {
        let pieces: Vec<u32> = order.pieza.iter().map(|piece| piece.saturating_sub(1)).collect();
        desk.open_evidence(&order.caso, &cell, &pieces).await?
    } else {
        desk.opened_evidence(&order.caso, &cell).await?
    };
    shown(&view, json, |view: &OpenedEvidence| {
        for (number, piece) in (1..).zip(&view.pieces) {
            let key = match (&piece.opened_at, piece.stated) {
                (None, _) => "cli.evidence.unopened",
                (_, true) => "cli.evidence.stated",
                _ => "cli.evidence.shown",
            };
            output::line(&format!("{number}  {}  {}", place(&piece.place), message(key, &[])));
        }
    })
}

/// Shows declarations and coincidences of surnames; declares or answers.
#[derive(Debug, Args)]
pub(crate) struct DeclarationsOrder {
    /// Identificador del caso
    caso: String,
    /// Lo que se declara
    #[arg(long, value_parser = ["conflicto", "confidencialidad"], requires = "fecha", conflicts_with = "parentesco")]
    declarar: Option<String>,
    /// Fecha que consta en la declaración (AAAA-MM-DD)
    #[arg(long)]
    fecha: Option<String>,
    /// Miembro que declara, si no es usted
    #[arg(long)]
    miembro: Option<String>,
    /// Conflicto que se da a conocer; sin esto se declara que no hay ninguno
    #[arg(long)]
    novedad: Option<String>,
    /// Documento firmado
    #[arg(long)]
    documento: Option<PathBuf>,
    /// Retira la declaración
    #[arg(long)]
    retirar: bool,
    /// Coincidencia de apellidos que se responde
    #[arg(long, value_name = "ID", requires = "respuesta")]
    parentesco: Option<String>,
    /// Qué parentesco hay
    #[arg(long, value_parser = ["ninguno", "dentro", "fuera", "sin-respuesta"])]
    respuesta: Option<String>,
    /// Lo que dice el miembro
    #[arg(long)]
    texto: Option<String>,
}

pub(crate) async fn declarations(
    desk: &Desk,
    order: DeclarationsOrder,
    json: bool,
) -> Result<u8, CaseworkError> {
    let document = order.documento.as_ref().map(|path| path.display().to_string());
    let view = match (&order.declarar, order.parentesco) {
        (Some(kind), _) => {
            let draft = DeclarationDraft {
                member: order.miembro,
                kind: if kind == "conflicto" {
                    DeclarationKindView::ConflictOfInterest
                } else {
                    DeclarationKindView::Confidentiality
                },
                novelty: order.novedad.unwrap_or_default(),
                made_on: order.fecha.unwrap_or_default(),
                document,
                withdrawn: order.retirar,
            };
            desk.declare(&order.caso, &draft).await?
        }
        (None, Some(coincidence)) => {
            let kinship = match order.respuesta.as_deref() {
                Some("ninguno") => Some(KinshipView::None),
                Some("dentro") => Some(KinshipView::WithinDegrees),
                Some("fuera") => Some(KinshipView::Beyond),
                _ => None,
            };
            let text = order.texto.unwrap_or_default();
            desk.answer_kinship(&order.caso, &KinshipDraft { coincidence, kinship, text, document }).await?
        }
        (None, None) => desk.declarations(&order.caso).await?,
    };
    shown(&view, json, print_declarations)
}

fn print_declarations(view: &DeclarationsView) {
    let state = |one: &DeclarationView| {
        let key = match one.state {
            DeclarationStateView::Missing => "cli.declaration.missing",
            DeclarationStateView::Clear => "cli.declaration.clear",
            DeclarationStateView::Novelty => "cli.declaration.novelty",
            DeclarationStateView::ToRenew => "cli.declaration.renew",
        };
        message(key, &[("novedad", &one.novelty)])
    };
    output::line(&message("cli.declaration.list", &[("huella", &view.list_hash)]));
    for person in &view.persons {
        let number = person.identifier.as_deref().unwrap_or("—");
        let line =
            format!("  {}. {}: {} ({}, {number})", person.bid, person.bidder, person.name, person.part);
        output::line(&line);
    }
    for member in &view.members {
        output::line(&format!("{}  {} ({})", member.member, member.name, member.capacity));
        output::line(&format!(
            "    {}",
            message("cli.declaration.conflict", &[("estado", &state(&member.conflict))])
        ));
        let kept = state(&member.confidentiality);
        output::line(&format!("    {}", message("cli.declaration.confidentiality", &[("estado", &kept)])));
    }
    for one in &view.coincidences {
        let shared = one.shared.join(", ");
        let answer = match one.answer {
            None => message("cli.kinship.unanswered", &[]),
            Some(KinshipView::None) => message("cli.kinship.none", &[]),
            Some(KinshipView::WithinDegrees) => message("cli.kinship.within", &[]),
            Some(KinshipView::Beyond) => message("cli.kinship.beyond", &[]),
        };
        let values = [
            ("id", one.id.as_str()),
            ("miembro", &one.member_name),
            ("persona", &one.person),
            ("parte", &one.part),
            ("oferente", &one.bidder),
            ("apellidos", &shared),
            ("respuesta", &answer),
        ];
        output::line(&message("cli.kinship.line", &values));
    }
    view.remarks.iter().for_each(|remark| output::line(remark));
}

/// Shows excusas and recusaciones, raises one or resolves it.
#[derive(Debug, Args)]
pub(crate) struct ImpedimentsOrder {
    /// Identificador del caso
    caso: String,
    /// Miembro que se excusa
    #[arg(long, value_name = "MIEMBRO", requires_all = ["fecha", "causa"], conflicts_with_all = ["recusacion", "resolver"])]
    excusa: Option<String>,
    /// Miembro a quien se recusa
    #[arg(long, value_name = "MIEMBRO", requires_all = ["fecha", "causa", "de"], conflicts_with = "resolver")]
    recusacion: Option<String>,
    /// Quien la presenta
    #[arg(long, value_name = "NOMBRE")]
    de: Option<String>,
    /// Fecha en que se presenta (AAAA-MM-DD)
    #[arg(long)]
    fecha: Option<String>,
    /// Causa
    #[arg(long)]
    causa: Option<String>,
    /// La que se resuelve
    #[arg(long, value_name = "ID", requires_all = ["resolucion", "motivo"])]
    resolver: Option<String>,
    /// Se acepta; sin esto se niega
    #[arg(long, requires = "resolver")]
    aceptar: bool,
    /// Resolución, como «Resolución|014|2026-02-12|autor»; el autor puede faltar
    #[arg(long)]
    resolucion: Option<String>,
    /// Razones de la resolución
    #[arg(long)]
    motivo: Option<String>,
}

pub(crate) async fn impediments(
    desk: &Desk,
    order: ImpedimentsOrder,
    json: bool,
) -> Result<u8, CaseworkError> {
    let raised = match (order.excusa, order.recusacion) {
        (Some(member), _) => Some((ImpedimentKindView::Excusa, member)),
        (None, Some(member)) => Some((ImpedimentKindView::Recusacion, member)),
        (None, None) => None,
    };
    let view = match (raised, order.resolver) {
        (Some((kind, member)), _) => {
            let known = desk.declarations(&order.caso).await?;
            let own = known.members.iter().find(|one| one.member == member).map(|one| one.name.clone());
            let draft = ImpedimentDraft {
                kind,
                member,
                raised_by: order.de.or(own).unwrap_or_default(),
                raised_on: order.fecha.unwrap_or_default(),
                ground: order.causa.unwrap_or_default(),
            };
            desk.raise_impediment(&order.caso, &draft).await?
        }
        (None, Some(impediment)) => {
            let draft = ResolutionDraft {
                impediment,
                accepted: order.aceptar,
                instrument: instrument(order.resolucion.as_deref().unwrap_or_default())?,
                reason: order.motivo.unwrap_or_default(),
            };
            desk.resolve_impediment(&order.caso, &draft).await?
        }
        (None, None) => desk.declarations(&order.caso).await?,
    };
    shown(&view, json, |view: &DeclarationsView| {
        for one in &view.impediments {
            let key = match one.kind {
                ImpedimentKindView::Excusa => "commission.impediment.excusa",
                ImpedimentKindView::Recusacion => "commission.impediment.recusacion",
            };
            output::line(&format!("{}  {}: {} ({})", one.id, message(key, &[]), one.name, one.raised_on));
            output::line(&format!("    {}: {}", one.raised_by, one.ground));
            let key = match one.accepted {
                None => "cli.impediment.pending",
                Some(true) => "cli.impediment.accepted",
                Some(false) => "cli.impediment.denied",
            };
            output::line(&format!("    {}", message(key, &[("resolucion", &one.resolution)])));
        }
        view.remarks.iter().for_each(|remark| output::line(remark));
    })
}

/// Shows where members differ; agrees, dissents, or records who does not sign.
#[derive(Debug, Args)]
pub(crate) struct AgreementsOrder {
    /// Identificador del caso
    caso: String,
    #[command(flatten)]
    celda: CellArguments,
    /// Registra lo que resulta de los votos en la celda
    #[arg(long, requires = "requisito", conflicts_with = "voto_salvado")]
    acordar: bool,
    /// Razones de su voto salvado en la celda; vacío las retira
    #[arg(long = "voto-salvado", value_name = "RAZONES", requires = "requisito")]
    voto_salvado: Option<String>,
    /// Miembro que no suscribe el acta
    #[arg(long = "no-suscribe", value_name = "MIEMBRO", requires_all = ["motivo", "fecha"], conflicts_with = "requisito")]
    no_suscribe: Option<String>,
    /// Razones de no suscribir; vacío las retira
    #[arg(long)]
    motivo: Option<String>,
    /// Fecha de la razón (AAAA-MM-DD)
    #[arg(long)]
    fecha: Option<jiff::civil::Date>,
    /// Quien da fe
    #[arg(long = "da-fe", value_name = "NOMBRE")]
    da_fe: Option<String>,
}

pub(crate) async fn agreements(desk: &Desk, order: AgreementsOrder, json: bool) -> Result<u8, CaseworkError> {
    let case = &order.caso;
    let view = if let (Some(member), Some(on)) = (&order.no_suscribe, order.fecha) {
        let draft = RefusalDraft {
            member: member.clone(),
            reasons: order.motivo.clone().unwrap_or_default(),
            on: on.to_string(),
            attested_by: order.da_fe.clone().unwrap_or_default(),
        };
        desk.refuse_to_sign(case, &draft).await?
    } else if order.acordar {
        desk.agree(case, &order.celda.address(desk, case).await?).await?
    } else if let Some(reasons) = &order.voto_salvado {
        desk.dissent(case, &order.celda.address(desk, case).await?, reasons).await?
    } else {
        desk.agreements(case).await?
    };
    shown(&view, json, |view: &AgreementsView| {
        for row in &view.cells {
            output::line(&format!("{}  {}", row.cell.requirement, row.name));
            for vote in &row.votes {
                let reasons =
                    if vote.reasons.is_empty() { String::new() } else { format!(": {}", vote.reasons) };
                output::line(&format!("    {}: {}{reasons}", vote.name, word(vote.verdict)));
            }
            let key = match (row.agreed, row.would_be) {
                (Some(_), _) => "cli.agreement.agreed",
                (None, Some(_)) => "cli.agreement.would_be",
                (None, None) => "cli.agreement.open",
            };
            let verdict = row.agreed.or(row.would_be).map(word).unwrap_or_default();
            let why = row.impediment.as_deref().unwrap_or_default();
            output::line(&format!("    {}", message(key, &[("resultado", &verdict), ("causa", why)])));
        }
        for one in &view.refusals {
            let values = [("nombre", one.name.as_str()), ("fecha", &one.on), ("razones", &one.reasons)];
            output::line(&message("cli.agreement.refusal", &values));
        }
    })
}

/// Draws a sample of accepted proposals, or says what a second member finds.
#[derive(Debug, Args)]
pub(crate) struct SampleOrder {
    /// Identificador del caso
    caso: String,
    /// Sortea una muestra de las propuestas aceptadas
    #[arg(long, conflicts_with = "requisito")]
    sortear: bool,
    /// Parte que se sortea, en por ciento, donde el paquete de reglas no lo dice
    #[arg(long, requires = "fuente")]
    porcentaje: Option<String>,
    /// De dónde sale ese porcentaje
    #[arg(long)]
    fuente: Option<String>,
    #[command(flatten)]
    celda: CellArguments,
    /// Lo que usted encuentra, como segundo miembro
    #[arg(long, value_parser = VERDICTS, requires = "requisito")]
    resultado: Option<String>,
    /// Por qué
    #[arg(long)]
    motivo: Option<String>,
}

pub(crate) async fn sample(desk: &Desk, order: SampleOrder, json: bool) -> Result<u8, CaseworkError> {
    let case = &order.caso;
    let view = if order.sortear {
        let source = order.fuente.as_deref().unwrap_or_default();
        desk.draw_sample(case, order.porcentaje.as_deref(), source).await?
    } else if let Some(found) = &order.resultado {
        let cell = order.celda.address(desk, case).await?;
        desk.check_sample(case, &cell, verdict(found), order.motivo.as_deref().unwrap_or_default()).await?
    } else {
        desk.samples(case).await?
    };
    shown(&view, json, |view: &SamplesView| {
        for sample in &view.samples {
            let (number, cells) = (sample.number.to_string(), sample.cells.len().to_string());
            let population = sample.population.to_string();
            let values = [
                ("numero", number.as_str()),
                ("celdas", &cells),
                ("poblacion", &population),
                ("porcentaje", &sample.percent),
                ("fuente", &sample.percent_source),
                ("semilla", &sample.seed),
            ];
            output::line(&message("cli.sample.drawn", &values));
            for cell in &sample.cells {
                let second = match (&cell.checked_by, cell.second) {
                    (Some(who), Some(second)) => format!("{who}: {}", word(second)),
                    _ => message("cli.sample.unchecked", &[]),
                };
                output::line(&format!("  {}  {}  {second}", cell.cell.requirement, cell.name));
            }
            let checked = sample.checked.to_string();
            let percent = sample.agreement.as_deref().unwrap_or("—").replace('.', ",");
            let kappa = sample.kappa.as_deref().unwrap_or("—").replace('.', ",");
            let values = [("revisadas", checked.as_str()), ("acuerdo", &percent), ("kappa", &kappa)];
            output::line(&message("cli.sample.measured", &values));
        }
        let counts = &view.proposals;
        let [accepted, modified, rejected, none] =
            [counts.accepted, counts.modified, counts.rejected, counts.not_proposed]
                .map(|count| count.to_string());
        let values = [
            ("aceptadas", accepted.as_str()),
            ("modificadas", &modified),
            ("rechazadas", &rejected),
            ("sin", &none),
        ];
        output::line(&message("cli.sample.proposals", &values));
    })
}

/// Lists what was found about equal treatment, or answers it.
#[derive(Debug, Args)]
pub(crate) struct TreatmentOrder {
    /// Identificador del caso
    caso: String,
    /// Hallazgo que se responde
    #[arg(long, value_name = "ID", requires = "motivo")]
    responder: Option<String>,
    /// El motivo; vacío retira la respuesta
    #[arg(long)]
    motivo: Option<String>,
}

pub(crate) async fn treatment(desk: &Desk, order: TreatmentOrder, json: bool) -> Result<u8, CaseworkError> {
    let view = match &order.responder {
        Some(id) => {
            desk.answer_treatment(&order.caso, id, order.motivo.as_deref().unwrap_or_default()).await?
        }
        None => desk.treatments(&order.caso).await?,
    };
    shown(&view, json, |view: &TreatmentsView| {
        for one in &view.findings {
            output::line(&format!("{}  {}", one.id, one.text));
            for side in &one.sides {
                output::line(&format!("    {}. {}: {}", side.number, side.bidder, word(side.verdict)));
                for piece in &side.evidence {
                    output::line(&format!("      {}, {}", piece.file_name, piece.place_text));
                }
            }
            let key = if one.answer.is_some() { "cli.treatment.answered" } else { "cli.treatment.open" };
            let by = one.answered_by.as_deref().unwrap_or_default();
            let values = [("quien", by), ("motivo", one.answer.as_deref().unwrap_or_default())];
            output::line(&format!("    {}", message(key, &values)));
        }
        let (count, cells) = (view.findings.len().to_string(), view.cells.to_string());
        output::line(&message("cli.treatment.count", &[("numero", &count), ("celdas", &cells)]));
    })
}

pub(crate) async fn rehearse(desk: &Desk, case: &str, json: bool) -> Result<u8, CaseworkError> {
    let view = desk.rehearse(case).await?;
    shown(&view, json, |view: &RehearsalView| {
        for charge in &view.charges {
            output::line(&format!("{}  {}", charge.cell.requirement, charge.name));
            for one in &charge.objections {
                let key = match one.strength {
                    StrengthView::Open => "cli.claim.open",
                    StrengthView::Weak => "cli.claim.weak",
                    StrengthView::Answered => "cli.claim.answered",
                };
                output::line(&format!("  {} {}", message(key, &[]), one.objection));
                output::line(&format!("      {}", one.answer));
            }
        }
        if view.charges.is_empty() {
            output::line(&message("cli.claim.none", &[]));
        }
    })
}

/// Shows the reports of subcommissions; records one, or says what becomes of a point.
#[derive(Debug, Args)]
pub(crate) struct ReportOrder {
    /// Identificador del caso
    caso: String,
    /// Archivo JSON con el informe y sus puntos
    #[arg(long, value_name = "F.json", conflicts_with = "informe")]
    archivo: Option<PathBuf>,
    /// Informe de que se trata
    #[arg(long, value_name = "ID", requires_all = ["punto", "tratamiento"])]
    informe: Option<String>,
    /// Punto del informe
    #[arg(long)]
    punto: Option<u32>,
    /// Qué se hace con el punto
    #[arg(long, value_parser = ["acoger", "corregir", "abrir"])]
    tratamiento: Option<String>,
    /// Razones, o el texto corregido
    #[arg(long)]
    motivo: Option<String>,
}

pub(crate) async fn report(desk: &Desk, order: ReportOrder, json: bool) -> Result<u8, CaseworkError> {
    let view = match (&order.archivo, &order.informe) {
        (Some(path), _) => {
            let unreadable = |error: std::io::Error| {
                let detail = format!("{}: {error}", path.display());
                refused(Code::UnreadableInput, "cli.report.unreadable", &detail)
            };
            let text = std::fs::read(path).map_err(unreadable)?;
            let draft: ReportDraft = serde_json::from_slice(&text)
                .map_err(|error| refused(Code::WrongUse, "cli.report.form", &error.to_string()))?;
            desk.record_report(&order.caso, &draft).await?
        }
        (None, Some(id)) => {
            let handling = match order.tratamiento.as_deref() {
                Some("acoger") => Some(PointHandlingView::Endorsed),
                Some("corregir") => Some(PointHandlingView::Corrected),
                _ => None,
            };
            let (number, reasons) =
                (order.punto.unwrap_or_default(), order.motivo.as_deref().unwrap_or_default());
            desk.answer_report(&order.caso, id, number, handling, reasons).await?
        }
        (None, None) => desk.subcommission_reports(&order.caso).await?,
    };
    shown(&view, json, |view: &ReportsView| {
        for report in &view.reports {
            output::line(&format!("{}  {} ({})", report.id, report.number, report.date));
            for point in &report.points {
                let key = match point.handling {
                    None => "cli.report.open",
                    Some(PointHandlingView::Endorsed) => "cli.report.endorsed",
                    Some(PointHandlingView::Corrected) => "cli.report.corrected",
                };
                output::line(&format!("  {}. {}", point.number, point.text));
                output::line(format!("     {} {}", message(key, &[]), point.reasons).trim_end());
            }
        }
    })
}
