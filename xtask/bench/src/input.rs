//! Inputs made here: fictional Spanish pages, the same on every machine.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use std::error::Error;

const SENTENCES: [&str; 8] = [
    "El oferente declara que conoce y acepta las condiciones del pliego del procedimiento.",
    "La entidad contratante podra pedir la convalidacion de los errores de forma de la oferta.",
    "El plazo de ejecucion es de noventa dias contados desde la suscripcion del contrato.",
    "Los precios unitarios incluyen transporte, mano de obra, equipos y materiales, sin IVA.",
    "La experiencia se acredita con actas de entrega recepcion y certificados del contratante.",
    "El personal tecnico propuesto consta en el formulario y su compromiso se adjunta firmado.",
    "La vigencia de la oferta es de ciento veinte dias desde la fecha limite de presentacion.",
    "El patrimonio se sustenta con la declaracion del impuesto a la renta del ultimo ejercicio.",
];

/// Returns Spanish texts of about `words` words each.
pub(crate) fn texts(count: usize, words: usize) -> Vec<String> {
    (0..count)
        .map(|number| {
            let all: Vec<&str> = SENTENCES
                .iter()
                .cycle()
                .skip(number % SENTENCES.len())
                .take(40)
                .flat_map(|line| line.split(' '))
                .collect();
            all[..words.min(all.len())].join(" ")
        })
        .collect()
}

/// Makes a PDF of `pages` pages with 44 lines each.
pub(crate) fn pdf(pages: usize) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for page in 0..pages {
        let mut operations = vec![
            Operation::new("BT", vec![]),
            Operation::new("Tf", vec!["F1".into(), 10.into()]),
            Operation::new("TL", vec![16.into()]),
            Operation::new("Td", vec![60.into(), 790.into()]),
        ];
        for line in 0..44 {
            let sentence = SENTENCES[(page + line) % SENTENCES.len()];
            let text = format!("{}. {sentence} {}", line + 1, (page * 44 + line) * 37);
            operations.push(Operation::new("Tj", vec![Object::string_literal(text)]));
            operations.push(Operation::new("T*", vec![]));
        }
        operations.push(Operation::new("ET", vec![]));
        let content = document.add_object(Stream::new(dictionary! {}, Content { operations }.encode()?));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        });
        kids.push(page.into());
    }
    let count = i64::try_from(kids.len())?;
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalogue = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalogue);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}
