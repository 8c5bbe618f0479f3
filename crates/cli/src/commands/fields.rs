//! `cotejo caso dato`: the fields of a document, and what a person says of them.

use crate::output;
use clap::{ArgGroup, Args};
use cotejo_casework::quick::refused;
use cotejo_casework::view::{FieldOrder, FieldsView};
use cotejo_casework::{CaseworkError, Desk};
use cotejo_catalogue::message;
use cotejo_domain::Code;

/// Names a document and a field, and what is said of it; without a field the fields are only shown.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("dicho").multiple(true).args(["texto", "valor"]).conflicts_with_all(["no_consta", "volver"]))]
pub(crate) struct FieldArguments {
    /// Identificador del caso
    caso: String,
    /// SHA-256 del archivo
    #[arg(long)]
    archivo: String,
    /// El documento: su número en la lista de «cotejo caso documento», desde 1, o su identificador
    #[arg(long, value_name = "N")]
    documento: String,
    /// El dato, por su nombre, como ruc o emisor
    #[arg(long)]
    campo: Option<String>,
    /// La foja donde consta
    #[arg(long, requires = "dicho")]
    foja: Option<u32>,
    /// Las palabras de esa foja que son el valor, como están escritas
    #[arg(long, requires_all = ["campo", "foja"])]
    texto: Option<String>,
    /// El valor, cuando las palabras leídas no lo dicen bien o solo se ve en la imagen
    #[arg(long, requires_all = ["campo", "foja"])]
    valor: Option<String>,
    /// El documento no tiene ese dato
    #[arg(long = "no-consta", requires = "campo", conflicts_with = "volver")]
    no_consta: bool,
    /// Vuelve a valer lo que leyó Cotejo
    #[arg(long, requires = "campo")]
    volver: bool,
}

pub(crate) async fn run(desk: &Desk, order: FieldArguments, json: bool) -> Result<u8, CaseworkError> {
    let documents = desk.documents(&order.caso).await?;
    let file = documents.bids.iter().flat_map(|bid| &bid.files).find(|file| file.hash == order.archivo);
    let file = file.ok_or_else(|| refused(Code::NotFound, "casework.no_such_file", &order.archivo))?;
    let document = super::documents::identifier(&file.documents, &order.documento)?;
    let act = match order.foja {
        _ if order.no_consta => Some(FieldOrder::Absent),
        _ if order.volver => Some(FieldOrder::Withdraw),
        Some(page) => Some(FieldOrder::Value {
            page,
            quote: order.texto.unwrap_or_default(),
            value: order.valor.unwrap_or_default(),
        }),
        None => None,
    };
    let view = match (order.campo, act) {
        (Some(field), Some(act)) => {
            desk.correct_field(&order.caso, &order.archivo, &document, &field, &act).await?
        }
        (Some(field), None) => return Err(refused(Code::WrongUse, "cli.field.no_act", &field)),
        _ => desk.fields(&order.caso, &order.archivo, &document).await?,
    };
    if json {
        output::json(&view)?;
    } else {
        print(&view);
    }
    Ok(0)
}

fn print(view: &FieldsView) {
    output::line(&format!("{}  {}", view.kind, view.name));
    for field in &view.fields {
        let by =
            field.by.as_deref().map_or_else(String::new, |by| message("cli.field.by", &[("persona", by)]));
        if field.values.is_empty() {
            let key = if field.absent { "cli.field.absent" } else { "cli.field.none" };
            output::line(&format!("  {:<22} {} {by}", field.field, message(key, &[])));
        }
        for value in &field.values {
            let level = if value.certain { "cli.measure.sure" } else { "cli.measure.probable" };
            let level = if field.by.is_some() { by.clone() } else { message(level, &[]) };
            output::line(&format!(
                "  {:<22} {}  {}  {:.2}  {level}",
                field.field, value.value, value.place_text, value.confidence
            ));
        }
        if let Some(reason) = &field.reason {
            output::line(&format!("    {reason}"));
        }
    }
}
