//! `cotejo caso documentos|foja|releer|copias|vigilar|anotar` and `cotejo limites`: what a person does about reading.

use crate::output;
use clap::{Args, ValueEnum};
use cotejo_casework::quick::refused;
use cotejo_casework::view::{
    Cancellation, CopiesView, DocumentsView, LimitChange, LimitsView, PageStatusView, Password,
    SourceNoteDraft, SourceOutcomeView, WatchAnswer, WatchView,
};
use cotejo_casework::{CaseworkError, Desk, DeskSettings};
use cotejo_catalogue::message;
use cotejo_domain::Code;
use std::path::PathBuf;

/// Names a page, and what is done to it.
#[derive(Debug, Args)]
pub(crate) struct PageOrder {
    /// Identificador del caso
    pub(crate) caso: String,
    /// SHA-256 del archivo
    #[arg(long)]
    pub(crate) archivo: String,
    /// Foja, desde 1
    #[arg(long)]
    pub(crate) pagina: u32,
    /// La gira en el sentido del reloj, contado desde como vino; 0 la deja como vino
    #[arg(long, value_parser = ["0", "90", "180", "270"])]
    pub(crate) girar: Option<String>,
    /// Pone como texto de la foja el de este archivo
    #[arg(long = "texto-de", value_name = "ARCHIVO", conflicts_with = "sin_texto")]
    pub(crate) texto_de: Option<PathBuf>,
    /// Retira el texto que escribió una persona
    #[arg(long = "sin-texto")]
    pub(crate) sin_texto: bool,
}

/// Names what is read again.
#[derive(Debug, Args)]
pub(crate) struct ReadAgain {
    /// Identificador del caso
    pub(crate) caso: String,
    /// SHA-256 del archivo
    #[arg(long)]
    pub(crate) archivo: String,
    /// Solo esta foja, desde 1
    #[arg(long)]
    pub(crate) pagina: Option<u32>,
    /// Variable de entorno con la clave del archivo
    #[arg(long = "clave-env")]
    pub(crate) clave_env: Option<String>,
}

/// Notes what a source answered to a person.
#[derive(Debug, Args)]
pub(crate) struct NoteSource {
    /// Identificador del caso
    pub(crate) caso: String,
    /// RUC que se consultó
    #[arg(long)]
    pub(crate) ruc: String,
    /// Fuente, como la nombra «caso validar»: sri_status, sercop_debarred, sercop_rup, scvs, iess
    #[arg(long)]
    pub(crate) fuente: String,
    /// A qué llegó
    #[arg(long)]
    pub(crate) resultado: SourceResult,
    /// Lo que dice la página
    #[arg(long, default_value = "")]
    pub(crate) texto: String,
    /// Día de la consulta, como 2026-11-20; hoy si no se da
    #[arg(long)]
    pub(crate) fecha: Option<String>,
    /// Captura o certificado que se guarda
    #[arg(long, value_name = "ARCHIVO")]
    pub(crate) adjunto: Option<PathBuf>,
}

/// A qué llegó una consulta
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SourceResult {
    /// Nada en contra
    SinNovedad,
    /// Algo que hay que mirar
    ConNovedad,
    /// La página no respondió
    SinRespuesta,
    /// Retira lo anotado
    Retirada,
}

/// Watches a folder for a case.
#[derive(Debug, Args)]
pub(crate) struct WatchOrder {
    /// Identificador del caso
    pub(crate) caso: String,
    /// La carpeta que se vigila desde ahora
    #[arg(long, value_name = "CARPETA", conflicts_with = "ninguna")]
    pub(crate) carpeta: Option<PathBuf>,
    /// Deja de vigilar
    #[arg(long)]
    pub(crate) ninguna: bool,
    /// No ofrece más este paquete, por su nombre
    #[arg(long, value_name = "NOMBRE")]
    pub(crate) ignorar: Option<String>,
    /// Espera este tiempo, en segundos, a que los paquetes reposen
    #[arg(long, value_name = "SEGUNDOS", default_value_t = 0)]
    pub(crate) esperar: u64,
    /// Importa lo nuevo que reposa
    #[arg(long)]
    pub(crate) importar: bool,
}

pub(crate) async fn documents(desk: &Desk, case: &str, json: bool) -> Result<u8, CaseworkError> {
    show_documents(&desk.documents(case).await?, json)?;
    Ok(0)
}

pub(crate) fn show_documents(view: &DocumentsView, json: bool) -> Result<(), CaseworkError> {
    if json {
        return output::json(view);
    }
    for bid in &view.bids {
        output::line(&bid.name);
        for file in &bid.files {
            output::line(&format!("  {}  {}", file.hash, file.path));
            for page in file.pages.iter().filter(|page| page.status == PageStatusView::Failed) {
                let why = page.failure.as_deref().unwrap_or_default();
                output::line(&format!("    ! {}: {why}", page.number));
            }
        }
    }
    Ok(())
}

pub(crate) async fn page(desk: &Desk, order: PageOrder, json: bool) -> Result<u8, CaseworkError> {
    let PageOrder { caso, archivo, pagina, girar, texto_de, sin_texto } = order;
    if let Some(degrees) = girar {
        desk.turn_page(&caso, &archivo, pagina, degrees.parse().unwrap_or(0)).await?;
    }
    if let Some(path) = texto_de {
        let text = std::fs::read_to_string(&path)
            .map_err(|_| refused(Code::UnreadableInput, "cli.no_text", &path.display().to_string()))?;
        desk.write_page(&caso, &archivo, pagina, &text).await?;
    } else if sin_texto {
        desk.write_page(&caso, &archivo, pagina, "").await?;
    }
    let view = desk.page(&caso, &archivo, pagina).await?;
    if json {
        output::json(&view)?;
    } else {
        let text = view.written.as_ref().map_or(&view.machine_text, |written| &written.text);
        output::line(text);
    }
    Ok(0)
}

pub(crate) async fn read_again(desk: &Desk, order: ReadAgain, json: bool) -> Result<u8, CaseworkError> {
    let password = match order.clave_env.as_deref() {
        Some(variable) => Some(Password::new(super::password(Some(variable))?.to_string())),
        None => None,
    };
    let stop = Cancellation::default();
    let view = desk
        .read_again(&order.caso, &order.archivo, order.pagina, password.as_ref(), &output::progress, &stop)
        .await?;
    let failed =
        view.bids.iter().flat_map(|bid| &bid.files).filter(|file| file.hash == order.archivo).any(|file| {
            file.pages.is_empty() || file.pages.iter().any(|page| page.status == PageStatusView::Failed)
        });
    show_documents(&view, json)?;
    Ok(u8::from(failed))
}

pub(crate) async fn note_source(desk: &Desk, order: NoteSource, json: bool) -> Result<u8, CaseworkError> {
    let source = match order.fuente.strip_prefix("registries.by_hand.") {
        Some(_) => order.fuente.clone(),
        None => format!("registries.by_hand.{}", order.fuente),
    };
    let draft = SourceNoteDraft {
        ruc: order.ruc,
        source,
        outcome: match order.resultado {
            SourceResult::SinNovedad => SourceOutcomeView::Clear,
            SourceResult::ConNovedad => SourceOutcomeView::Adverse,
            SourceResult::SinRespuesta => SourceOutcomeView::NoAnswer,
            SourceResult::Retirada => SourceOutcomeView::Withdrawn,
        },
        text: order.texto,
        consulted: order.fecha,
        attach: order.adjunto.map(|path| path.display().to_string()),
    };
    let view = desk.note_source(&order.caso, &draft).await?;
    if json {
        output::json(&view)?
    } else {
        output::line(&message("cli.source_noted", &[]))
    }
    Ok(0)
}

pub(crate) async fn copies(desk: &Desk, case: &str, json: bool) -> Result<u8, CaseworkError> {
    let view: CopiesView = desk.copies(case).await?;
    if json {
        output::json(&view)?;
        return Ok(0);
    }
    for run in &view.runs {
        let key = if run.exact { "cli.copies.exact" } else { "cli.copies.near" };
        if let (Some((first, other)), Some((last, _))) = (run.pairs.first(), run.pairs.last()) {
            let place = |number: u32, path: &str, page: u32| format!("{number}. {path}, {page}");
            let values = [
                ("una", place(first.number, &first.path, first.page)),
                ("otra", place(other.number, &other.path, other.page)),
                ("paginas", (last.page + 1 - first.page).to_string()),
            ];
            output::line(&message(key, &values.each_ref().map(|(key, value)| (*key, value.as_str()))));
        }
    }
    for shared in &view.shared {
        let reasons = shared.reasons.join("; ");
        output::line(&message("cli.shared.who", &[("nombre", &shared.name), ("razones", &reasons)]));
        for place in &shared.places {
            let (number, page) =
                (place.number.to_string(), place.page.map_or_else(|| "-".into(), |page| page.to_string()));
            let values = [
                ("numero", number.as_str()),
                ("parte", place.part.as_str()),
                ("documento", place.document.as_str()),
                ("archivo", place.path.as_str()),
                ("pagina", page.as_str()),
            ];
            output::line(&message("cli.shared.place", &values));
        }
    }
    Ok(0)
}

pub(crate) async fn watch(desk: &Desk, order: WatchOrder, json: bool) -> Result<u8, CaseworkError> {
    let WatchOrder { caso, carpeta, ninguna, ignorar, esperar, importar } = order;
    let mut view = match (&carpeta, ninguna) {
        (Some(folder), _) => desk.watch(&caso, Some(folder)).await?,
        (None, true) => desk.watch(&caso, None).await?,
        (None, false) => desk.watched(&caso).await?,
    };
    let until = std::time::Instant::now() + std::time::Duration::from_secs(esperar);
    while view.settling > 0 && std::time::Instant::now() < until {
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        view = desk.watched(&caso).await?;
    }
    if let Some(name) = ignorar {
        let offer = view.offers.iter().find(|offer| offer.name == name).map(|offer| offer.id.clone());
        let offer = offer.ok_or_else(|| refused(Code::NotFound, "cli.no_such_offer", &name))?;
        view = desk.answer_offer(&caso, &offer, WatchAnswer::Ignore).await?;
    }
    if importar {
        for offer in view.offers.clone() {
            let paths = [PathBuf::from(&offer.path)];
            let stop = Cancellation::default();
            desk.import_bids(&caso, &paths, &output::progress, &stop).await?;
            view = desk.answer_offer(&caso, &offer.id, WatchAnswer::Imported).await?;
        }
    }
    show_watch(&view, json)?;
    Ok(u8::from(view.absent.is_some()))
}

fn show_watch(view: &WatchView, json: bool) -> Result<(), CaseworkError> {
    if json {
        return output::json(view);
    }
    match &view.folder {
        None => output::line(&message("cli.watch.none", &[])),
        Some(folder) => output::line(folder),
    }
    if let Some(absent) = &view.absent {
        output::line(absent);
    }
    for offer in &view.offers {
        output::line(&format!("  {}  {}", offer.name, offer.size));
    }
    if view.settling > 0 {
        output::line(&message("cli.watch.settling", &[("cuantos", &view.settling.to_string())]));
    }
    Ok(())
}

pub(crate) async fn limits(
    settings: DeskSettings,
    changes: &[String],
    json: bool,
) -> Result<u8, CaseworkError> {
    let desk = Desk::open(settings).await?;
    let mut parsed = Vec::new();
    for change in changes {
        let wrong = || refused(Code::WrongUse, "cli.bad_limit", change);
        let (key, value) = change.split_once('=').ok_or_else(wrong)?;
        let value = match value {
            "usual" => None,
            number => Some(number.parse().map_err(|_| wrong())?),
        };
        parsed.push(LimitChange { key: key.to_owned(), value });
    }
    let view: LimitsView = if parsed.is_empty() { desk.limits() } else { desk.set_limits(&parsed).await? };
    if json {
        output::json(&view)?;
        return Ok(0);
    }
    view.problem.iter().for_each(|problem| output::line(problem));
    for row in &view.rows {
        let policy = if row.by_policy { message("cli.by_policy", &[]) } else { String::new() };
        output::line(&format!(
            "{:<16} {:>8} {:<12} ({}–{}) {policy}",
            row.key, row.value, row.unit, row.least, row.most
        ));
    }
    Ok(0)
}
