//! `cotejo caso documento`: how a file is cut into documents, and what a person changes of it.

use crate::output;
use clap::{ArgGroup, Args};
use cotejo_casework::quick::refused;
use cotejo_casework::view::{ArrangeOrder, DocumentView, DocumentsView, FileView};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;

/// Names a document, and what is done to it; without an act the documents are only shown.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("acto").multiple(false))]
pub(crate) struct DocumentOrder {
    /// Identificador del caso
    pub(crate) caso: String,
    /// SHA-256 del archivo
    #[arg(long)]
    pub(crate) archivo: String,
    /// El documento: su número en la lista, desde 1, o su identificador
    #[arg(long, value_name = "N", required_unless_present_any = ["volver_al_corte", "listar"])]
    pub(crate) documento: Option<String>,
    /// Solo muestra la lista
    #[arg(long, group = "acto")]
    pub(crate) listar: bool,
    /// Otro documento comienza en esta foja
    #[arg(long = "dividir-en", value_name = "FOJA", group = "acto")]
    pub(crate) dividir_en: Option<u32>,
    /// Une a este documento el otro, que se nombra igual; queda el tipo de este
    #[arg(long = "unir-con", value_name = "N", group = "acto")]
    pub(crate) unir_con: Option<String>,
    /// El documento es de este tipo, por su identificador (FUO_1_1, RUC_SRI…)
    #[arg(long, group = "acto")]
    pub(crate) tipo: Option<String>,
    /// Pone el documento en este lugar de la lista, desde 1
    #[arg(long = "mover-a", value_name = "LUGAR", group = "acto")]
    pub(crate) mover_a: Option<u32>,
    /// Pone la foja en este lugar del documento, desde 1
    #[arg(long = "mover-foja-a", value_name = "LUGAR", group = "acto", requires = "foja")]
    pub(crate) mover_foja_a: Option<u32>,
    /// La foja que cambia de lugar
    #[arg(long)]
    pub(crate) foja: Option<u32>,
    /// Vuelve a valer el corte de Cotejo
    #[arg(long = "volver-al-corte", group = "acto")]
    pub(crate) volver_al_corte: bool,
}

pub(crate) async fn run(desk: &Desk, order: DocumentOrder, json: bool) -> Result<u8, CaseworkError> {
    let mut view = desk.documents(&order.caso).await?;
    let wanted = act(&order, file(&view, &order.archivo)?)?;
    if let Some(wanted) = wanted {
        view = desk.arrange(&order.caso, &order.archivo, &wanted).await?;
    }
    let file = file(&view, &order.archivo)?;
    if json {
        output::json(file)?;
        return Ok(0);
    }
    for (number, document) in (1..).zip(&file.documents) {
        let pages: Vec<String> = document.pages.iter().map(ToString::to_string).collect();
        let by = if document.typed { message("cli.document.typed", &[]) } else { String::new() };
        output::line(&format!(
            "{number:>4}  {:<24} {:.2}  {}  {}  {by}",
            document.kind,
            document.confidence,
            pages.join(","),
            document.name
        ));
    }
    Ok(0)
}

fn file<'v>(view: &'v DocumentsView, hash: &str) -> Result<&'v FileView, CaseworkError> {
    let mut files = view.bids.iter().flat_map(|bid| &bid.files);
    files.find(|file| file.hash == hash).ok_or_else(|| refused(Code::NotFound, "casework.no_such_file", hash))
}

fn act(order: &DocumentOrder, file: &FileView) -> Result<Option<ArrangeOrder>, CaseworkError> {
    if order.volver_al_corte {
        return Ok(Some(ArrangeOrder::Withdraw));
    }
    let Some(named) = order.documento.as_deref() else { return Ok(None) };
    let document = identifier(&file.documents, named)?;
    // People count from 1.
    let place = |place: u32| place.saturating_sub(1);
    Ok(if let Some(page) = order.dividir_en {
        Some(ArrangeOrder::Split { document, page })
    } else if let Some(other) = order.unir_con.as_deref() {
        Some(ArrangeOrder::Merge { document, other: identifier(&file.documents, other)? })
    } else if let Some(kind) = order.tipo.clone() {
        Some(ArrangeOrder::Name { document, kind })
    } else if let Some(to) = order.mover_a {
        Some(ArrangeOrder::Move { document, to: place(to) })
    } else if let (Some(to), Some(page)) = (order.mover_foja_a, order.foja) {
        Some(ArrangeOrder::MovePage { document, page, to: place(to) })
    } else {
        None
    })
}

pub(crate) fn identifier(documents: &[DocumentView], named: &str) -> Result<String, CaseworkError> {
    let by_number = named.parse::<usize>().ok().and_then(|number| documents.get(number.checked_sub(1)?));
    let found = by_number.or_else(|| documents.iter().find(|document| document.id == named));
    found
        .map(|document| document.id.clone())
        .ok_or_else(|| refused(Code::NotFound, "casework.no_such_document", named))
}
