//! `cotejo caso convalidar`, `cotejo caso resultado`, `cotejo caso negociar`, `cotejo caso recomendar`.

use crate::output;
use clap::{Args, Subcommand};
use cotejo_casework::quick::refused;
use cotejo_casework::view::{
    BidOutcomeView, Cancellation, CureAnswerOrder, CureChangeView, CureDifferenceView, CureItemOrder,
    CureNoticeOrder, CurePlace, CureRequestOrder, CureResultOrder, CuringView, MotivationOrder,
    NegotiationOrder, NegotiationsView, OutcomeOrder, RecommendationOrder, RecommendationView, StatedPrice,
};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

/// Says what to do about the *convalidación* of a case.
#[derive(Debug, Args)]
pub(crate) struct CuringOrder {
    /// Identificador del caso
    caso: String,
    #[command(subcommand)]
    acto: Option<CuringAct>,
}

#[derive(Debug, Subcommand)]
enum CuringAct {
    /// Registra los pedidos, todos en un acto; sin `--pedido`, todo lo que se propone y es convalidable
    Pedir(Box<RequestOrder>),
    /// Registra que los pedidos se notificaron a todos los oferentes
    Notificar(NoticeOrder),
    /// Registra lo que un oferente respondió, o que nada llegó
    Respuesta(AnswerOrder),
    /// Muestra la respuesta frente a la oferta: lo pedido, y lo que cambió además
    Diferencia {
        /// Número de la oferta
        #[arg(long)]
        oferta: String,
    },
    /// Registra el resultado de un pedido
    Resultado(Box<ResultOrder>),
}

#[derive(Debug, Args)]
struct RequestOrder {
    /// El acto en JSON; lo demás no se mira
    #[arg(long)]
    archivo: Option<PathBuf>,
    /// Un pedido: REQUISITO|OFERTA, y si hace falta |ERROR|NORMA
    #[arg(long = "pedido", value_name = "REQUISITO|OFERTA[|ERROR[|NORMA]]")]
    pedidos: Vec<String>,
    /// Término en días hábiles
    #[arg(long, default_value_t = 0)]
    dias: u32,
    /// Día en que se notificará, AAAA-MM-DD; hoy si no se dice
    #[arg(long, default_value = "")]
    notifica: String,
    /// Hora del último día, HH:MM
    #[arg(long, default_value = "17:00")]
    hasta: String,
    /// Cantón cuyos feriados no cuentan
    #[arg(long)]
    canton: Option<String>,
    /// De dónde sale un término fuera de lo que permite la norma
    #[arg(long, default_value = "")]
    motivo: String,
}

#[derive(Debug, Args)]
struct NoticeOrder {
    /// Fecha y hora de la notificación, AAAA-MM-DDTHH:MM
    #[arg(long)]
    momento: String,
    /// Medio
    #[arg(long, default_value = "Portal")]
    medio: String,
    /// Qué lo prueba: número de la publicación o captura
    #[arg(long, default_value = "")]
    prueba: String,
    /// Ofertas notificadas; todas si no se dice
    #[arg(long = "oferta")]
    ofertas: Vec<String>,
}

#[derive(Debug, Args)]
struct AnswerOrder {
    /// Número de la oferta
    #[arg(long)]
    oferta: String,
    /// Archivo, paquete o carpeta con la respuesta
    #[arg(long, required_unless_present = "nada", conflicts_with = "nada")]
    ruta: Option<PathBuf>,
    /// Fecha y hora en que llegó, AAAA-MM-DDTHH:MM
    #[arg(long, required_unless_present = "nada")]
    recibida: Option<String>,
    /// Medio por el que llegó
    #[arg(long, default_value = "Portal")]
    medio: String,
    /// El término venció y nada llegó
    #[arg(long)]
    nada: bool,
}

/// The four parts of a motivation.
#[derive(Debug, Args)]
struct Reasons {
    /// Hecho
    #[arg(long, default_value = "")]
    hecho: String,
    /// Evidencia, en palabras
    #[arg(long, default_value = "")]
    evidencia: String,
    /// Norma
    #[arg(long, default_value = "")]
    norma: String,
    /// Conclusión
    #[arg(long, default_value = "")]
    conclusion: String,
}

impl From<Reasons> for MotivationOrder {
    fn from(reasons: Reasons) -> Self {
        Self {
            fact: reasons.hecho,
            evidence: reasons.evidencia,
            norm: reasons.norma,
            conclusion: reasons.conclusion,
        }
    }
}

#[derive(Debug, Args)]
struct ResultOrder {
    /// Número del pedido
    #[arg(long)]
    pedido: u32,
    /// convalidado, parcial o no-convalidado
    #[arg(long)]
    resultado: String,
    #[command(flatten)]
    motivacion: Reasons,
    /// Foja que lo muestra: SHA256 o SHA256:PÁGINA
    #[arg(long = "foja")]
    fojas: Vec<String>,
    /// Total corregido por el oferente, sin IVA
    #[arg(long)]
    total: Option<String>,
    /// Qué se hace con lo que cambió sin que se pidiera
    #[arg(long, default_value = "")]
    no_pedido: String,
}

/// Says how a bid ends.
#[derive(Debug, Args)]
pub(crate) struct OutcomeArguments {
    /// Identificador del caso
    caso: String,
    /// Número de la oferta; sin ella se muestran todas
    #[arg(long)]
    oferta: Option<String>,
    /// calificada, no-calificada, bajo-minimo-tecnico, rechazada, inhabilitada, retirada o pendiente
    #[arg(long, requires = "oferta")]
    resultado: Option<String>,
    /// Causa de la lista cerrada, por su clave
    #[arg(long)]
    causa: Option<String>,
    /// Numeral del pliego que se cita junto a la causa
    #[arg(long, requires = "resultado")]
    numeral: Option<String>,
    #[command(flatten)]
    motivacion: Reasons,
    /// Foja o documento que lo prueba: SHA256 o SHA256:PÁGINA
    #[arg(long = "foja")]
    fojas: Vec<String>,
}

/// Says what was negotiated.
#[derive(Debug, Args)]
pub(crate) struct NegotiationArguments {
    /// Identificador del caso
    caso: String,
    /// Número de la oferta; sin ella se muestra lo registrado
    #[arg(long)]
    oferta: Option<String>,
    /// Fecha y hora de la sesión, AAAA-MM-DDTHH:MM
    #[arg(long, default_value = "")]
    momento: String,
    /// Lugar o plataforma
    #[arg(long, default_value = "")]
    lugar: String,
    /// Quién comparece; se repite
    #[arg(long = "compareciente")]
    comparecientes: Vec<String>,
    /// Oferta inicial sin IVA; la que se leyó si no se dice
    #[arg(long)]
    inicial: Option<String>,
    /// Valor acordado sin IVA
    #[arg(long, conflicts_with = "sin_acuerdo")]
    acordado: Option<String>,
    /// No hubo acuerdo
    #[arg(long)]
    sin_acuerdo: bool,
    /// Rebaja mínima según el pliego, en porcentaje
    #[arg(long)]
    minimo: Option<String>,
    /// Qué más se trató; dónde consta la rebaja mínima
    #[arg(long, default_value = "")]
    terminos: String,
}

/// Says what is recommended.
#[derive(Debug, Args)]
pub(crate) struct RecommendationArguments {
    /// Identificador del caso
    caso: String,
    /// Adjudicar a esta oferta
    #[arg(long, group = "que")]
    adjudicar: Option<String>,
    /// Declarar desierto por esta causal
    #[arg(long, group = "que")]
    desierto: Option<String>,
    /// Cancelar por esta causal
    #[arg(long, group = "que")]
    cancelar: Option<String>,
    /// Lo que resulta de los resultados y del orden
    #[arg(long, group = "que")]
    lo_que_resulta: bool,
    /// Monto sin IVA; el conocido si no se dice
    #[arg(long)]
    monto: Option<String>,
    #[command(flatten)]
    motivacion: Reasons,
    /// Por qué se aparta de lo que resulta, o cómo se resolvió un empate
    #[arg(long, default_value = "")]
    porque: String,
    /// Precio final de una oferta en la puja: N=VALOR; se repite
    #[arg(long = "precio", value_name = "N=VALOR")]
    precios: Vec<String>,
    /// Dónde constan esos precios
    #[arg(long, default_value = "")]
    fuente_precios: String,
}

fn wrong(text: &str) -> CaseworkError {
    refused(Code::WrongUse, "cli.bad_value", text)
}

/// Reads `SHA256` or `SHA256:PÁGINA`.
fn page(text: &str) -> Result<CurePlace, CaseworkError> {
    let (file, page) = match text.split_once(':') {
        Some((file, page)) => (file, Some(page.parse().map_err(|_| wrong(text))?)),
        None => (text, None),
    };
    Ok(CurePlace { file: file.to_owned(), page, ..CurePlace::default() })
}

pub(crate) fn pages(texts: &[String]) -> Result<Vec<CurePlace>, CaseworkError> {
    texts.iter().map(|text| page(text)).collect()
}

/// Reads `REQUISITO|OFERTA|ERROR|NORMA`.
fn item(text: &str) -> Result<CureItemOrder, CaseworkError> {
    let mut parts = text.split('|').map(|part| part.trim().to_owned());
    let mut next = || parts.next().unwrap_or_default();
    let item = CureItemOrder {
        requirement: next(),
        bid: next(),
        error: next(),
        reason: next(),
        ..CureItemOrder::default()
    };
    let whole = !item.requirement.is_empty() && !item.bid.is_empty() && parts.next().is_none();
    if whole { Ok(item) } else { Err(wrong(text)) }
}

pub(crate) async fn curing(desk: &Desk, order: CuringOrder, json: bool) -> Result<u8, CaseworkError> {
    let case = &order.caso;
    let view = match order.acto {
        None => desk.curing(case).await?,
        Some(CuringAct::Pedir(order)) => {
            let draft = match &order.archivo {
                Some(path) => {
                    let name = path.display().to_string();
                    let text = std::fs::read_to_string(path).map_err(|error| {
                        refused(Code::NotFound, "cli.bad_file", &format!("{name}: {error}"))
                    })?;
                    serde_json::from_str(&text).map_err(|error| {
                        refused(Code::WrongUse, "cli.bad_file", &format!("{name}: {error}"))
                    })?
                }
                None => CureRequestOrder {
                    items: order.pedidos.iter().map(|text| item(text)).collect::<Result<_, _>>()?,
                    days: order.dias,
                    notified_on: order.notifica,
                    until: order.hasta,
                    canton: order.canton,
                    reason: order.motivo,
                },
            };
            desk.request_cures(case, &draft).await?
        }
        Some(CuringAct::Notificar(order)) => {
            let notice = CureNoticeOrder {
                at: order.momento,
                channel: order.medio,
                proof: order.prueba,
                bids: order.ofertas,
            };
            desk.notify_cures(case, &notice).await?
        }
        Some(CuringAct::Respuesta(order)) => {
            let answer = CureAnswerOrder {
                bid: order.oferta,
                path: order.ruta.filter(|_| !order.nada).map(|path| path.display().to_string()),
                more: Vec::new(),
                received: order.recibida.filter(|_| !order.nada),
                channel: order.medio,
            };
            let stop = Cancellation::default();
            let (view, outcome) = desk.answer_cures(case, &answer, &output::progress, &stop).await?;
            if !json {
                for remark in &outcome.remarks {
                    output::line(&format!("  ! {}: {}", remark.file, remark.finding.message));
                }
            }
            view
        }
        Some(CuringAct::Diferencia { oferta }) => {
            let view = desk.cure_difference(case, &oferta).await?;
            if json {
                output::json(&view)?;
            } else {
                difference(&view);
            }
            return Ok(0);
        }
        Some(CuringAct::Resultado(order)) => {
            let result = CureResultOrder {
                request: order.pedido,
                result: order.resultado.replace('-', "_"),
                evidence: pages(&order.fojas)?,
                motivation: order.motivacion.into(),
                corrected_total: order.total,
                unasked: order.no_pedido,
            };
            desk.resolve_cure(case, &result).await?
        }
    };
    if json {
        output::json(&view)?;
    } else {
        print(&view);
    }
    Ok(0)
}

fn print(view: &CuringView) {
    for found in view.candidates.iter().filter(|found| found.request.is_none()) {
        let (row, bid) = (found.requirement_number.to_string(), found.bid_number.to_string());
        let values =
            [("requisito", row.as_str()), ("oferta", bid.as_str()), ("titulo", found.title.as_str())];
        output::line(&message("cli.curing.candidate", &values));
        output::line(&format!("    {}", found.defect));
        if found.answer == "curable" {
            output::line(&format!("    {} ({})", found.error_name, found.legal_basis.join("; ")));
        } else {
            output::line(&format!("    {}", found.answer_text));
        }
        for text in found.remarks.iter().chain(&found.unverified) {
            output::line(&format!("    ! {text}"));
        }
    }
    if let Some(term) = &view.term {
        let days = term.days.to_string();
        output::line(&message("cli.curing.term", &[("dias", &days), ("hasta", &term.due)]));
    }
    if let Some(notice) = &view.notice {
        output::line(&message("cli.curing.notified", &[("momento", &notice.at), ("medio", &notice.channel)]));
    }
    for request in &view.requests {
        let (number, bid) = (request.number.to_string(), request.bid_number.to_string());
        let result = request.result.clone().unwrap_or_else(|| request.state_text.clone());
        let values = [
            ("numero", number.as_str()),
            ("oferta", bid.as_str()),
            ("documento", request.document.as_str()),
            ("estado", result.as_str()),
        ];
        output::line(&message("cli.curing.request", &values));
        output::line(&format!("    {}", request.to_cure));
        if !request.checked.is_empty() {
            output::line(&format!("    {}", request.checked));
        }
    }
    for bid in view.bids.iter().filter(|bid| bid.unasked.is_some_and(|number| number > 0)) {
        let values = [("oferta", bid.number.to_string()), ("numero", bid.unasked.unwrap_or(0).to_string())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        output::line(&message("cli.curing.unasked", &values));
    }
}

fn difference(view: &CureDifferenceView) {
    let line = |change: &CureChangeView| {
        let at = |place: &Option<CurePlace>| {
            place.as_ref().map_or_else(String::new, |place| match place.page {
                Some(page) => format!("{} p. {page}", place.file_name),
                None => place.file_name.clone(),
            })
        };
        let places = [at(&change.before_at), at(&change.after_at)];
        let places: Vec<&str> = places.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        output::line(&format!("  {} ({})", change.text, places.join(" → ")));
    };
    view.unasked.iter().for_each(line);
    view.asked.iter().for_each(line);
    let same = view.pages.iter().filter(|pair| pair.same).count();
    let values = [
        ("fojas", view.answer_pages.to_string()),
        ("iguales", same.to_string()),
        ("casi", (view.pages.len() - same).to_string()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    output::line(&message("cli.curing.pages", &values));
    for text in view.remarks.iter().chain(view.findings.iter().map(|finding| &finding.message)) {
        output::line(&format!("  ! {text}"));
    }
}

pub(crate) async fn outcome(desk: &Desk, order: OutcomeArguments, json: bool) -> Result<u8, CaseworkError> {
    let views = match (order.oferta, order.resultado) {
        (Some(bid), Some(outcome)) => {
            let draft = OutcomeOrder {
                bid,
                outcome: outcome.replace('-', "_"),
                cause: order.causa,
                clause: order.numeral,
                motivation: order.motivacion.into(),
                evidence: pages(&order.fojas)?,
            };
            vec![desk.record_outcome(&order.caso, &draft).await?]
        }
        (wanted, _) => {
            let all = desk.outcomes(&order.caso).await?;
            let is = |view: &BidOutcomeView| {
                wanted.as_ref().is_none_or(|bid| *bid == view.number.to_string() || *bid == view.bid)
            };
            all.into_iter().filter(is).collect()
        }
    };
    if json {
        output::json(&views)?;
        return Ok(0);
    }
    for view in &views {
        let review = if view.review { message("cli.curing.review", &[]) } else { String::new() };
        output::line(&format!("{}  {}: {} {review}", view.number, view.name, view.word));
        for found in &view.allowed {
            let cause = found.cause.as_ref().map_or_else(String::new, |cause| format!(" --causa {cause}"));
            output::line(&format!(
                "  + {}{cause}: {} ({})",
                found.outcome,
                found.text,
                found.legal_basis.join("; ")
            ));
            for text in found.needs.iter().chain(&found.unverified) {
                output::line(&format!("      ! {text}"));
            }
        }
        for found in &view.refused {
            let cause = found.cause.as_ref().map_or_else(String::new, |cause| format!(" {cause}"));
            output::line(&format!("  – {}{cause}: {}", found.outcome, found.reasons.join(" ")));
        }
        view.missing.iter().for_each(|found| output::line(&format!("  ? {}", found.text)));
    }
    Ok(0)
}

pub(crate) async fn negotiate(
    desk: &Desk,
    order: NegotiationArguments,
    json: bool,
) -> Result<u8, CaseworkError> {
    let view = match order.oferta {
        None => desk.negotiations(&order.caso).await?,
        Some(bid) => {
            // That nothing was agreed is said, never understood from silence.
            if order.acordado.is_none() && !order.sin_acuerdo {
                return Err(wrong("--acordado | --sin-acuerdo"));
            }
            let draft = NegotiationOrder {
                bid,
                held: order.momento,
                place: order.lugar,
                attendants: order.comparecientes,
                initial: order.inicial,
                agreed: order.acordado,
                minimum: order.minimo,
                terms: order.terminos,
            };
            desk.negotiate(&order.caso, &draft).await?
        }
    };
    if json {
        output::json(&view)?;
    } else {
        negotiations(&view);
    }
    Ok(0)
}

fn negotiations(view: &NegotiationsView) {
    if let (Some(minimum), Some(highest)) = (&view.minimum, &view.highest) {
        output::line(&message("cli.curing.rebate", &[("minimo", minimum), ("maximo", highest)]));
    }
    for held in &view.sessions {
        let agreed = held.agreed.clone().unwrap_or_else(|| "—".to_owned());
        output::line(&format!("{}  {}  {} → {agreed}", held.number, held.name, held.initial));
        for step in &held.working {
            output::line(&format!("    {}: {} = {}", step.step, step.inputs, step.result));
        }
    }
    for text in view.remarks.iter().chain(&view.unverified) {
        output::line(&format!("  ! {text}"));
    }
    if !view.follows.is_empty() {
        output::line(&view.follows);
    }
}

pub(crate) async fn recommend(
    desk: &Desk,
    order: RecommendationArguments,
    json: bool,
) -> Result<u8, CaseworkError> {
    let kind = match (&order.adjudicar, &order.desierto, &order.cancelar, order.lo_que_resulta) {
        (Some(_), ..) => Some("adjudicar"),
        (_, Some(_), ..) => Some("desierto"),
        (_, _, Some(_), _) => Some("cancelar"),
        (.., true) => Some(""),
        _ => None,
    };
    let view = match kind {
        None => desk.recommendation(&order.caso).await?,
        Some(kind) => {
            let price = |text: &String| {
                let (bid, amount) = text.split_once('=').ok_or_else(|| wrong(text))?;
                Ok(StatedPrice { bid: bid.trim().to_owned(), amount: amount.trim().to_owned() })
            };
            let draft = RecommendationOrder {
                kind: kind.to_owned(),
                bid: order.adjudicar,
                amount: order.monto,
                ground: order.desierto.or(order.cancelar).unwrap_or_default(),
                motivation: order.motivacion.into(),
                departure: order.porque,
                prices: order.precios.iter().map(price).collect::<Result<_, CaseworkError>>()?,
                prices_source: order.fuente_precios,
            };
            desk.recommend(&order.caso, &draft).await?
        }
    };
    if json {
        output::json(&view)?;
    } else {
        recommendation(&view);
    }
    Ok(0)
}

fn recommendation(view: &RecommendationView) {
    if !view.recorded.is_empty() {
        let review = if view.review { message("cli.curing.review", &[]) } else { String::new() };
        output::line(&message("cli.curing.recommended", &[("texto", &view.recorded), ("nota", &review)]));
    }
    if !view.proposed.is_empty() {
        output::line(&message("cli.curing.follows", &[("texto", &view.proposed)]));
    }
    view.reasons.iter().for_each(|text| output::line(&format!("  {text}")));
    view.open.iter().for_each(|text| output::line(&format!("  ? {text}")));
    view.unverified.iter().for_each(|text| output::line(&format!("  ! {text}")));
}
