//! An acta of a hundred pages, typeset as a tagged PDF/A. The peer is the product's own goal.

use crate::Row;
use cotejo_reports::{Calificacion, Frame, Kind, compose, typeset_paper};
use std::error::Error;
use std::time::Instant;

const BIDDERS: usize = 22;
const ROWS: usize = 50;

pub(crate) fn measure() -> Result<Vec<Row>, Box<dyn Error>> {
    let mut content: Calificacion = serde_json::from_value(Kind::Calificacion.example())?;
    let section = content.secciones.first().cloned().ok_or("the example has no bid")?;
    let minimum = section.minimos.first().cloned().ok_or("the example has no minimum")?;
    content.secciones = (1..=BIDDERS)
        .map(|number| {
            let mut section = section.clone();
            section.numero = number.to_string();
            section.oferente = format!("Compañía Ficticia {number} S.A.");
            section.minimos = (1..=ROWS)
                .map(|row| {
                    let mut minimum = minimum.clone();
                    minimum.numero = row.to_string();
                    minimum.parametro = format!("Parámetro {row} de la oferta {number}: experiencia del oferente en contratos de objeto similar");
                    if row % 7 == 0 {
                        minimum.ofertado = "Contrato de ejemplo con acta de entrega recepción. ".repeat(9);
                    }
                    minimum
                })
                .collect();
            section
        })
        .collect();
    let paper = compose(&content, Frame::default())?;
    let begun = Instant::now();
    let typeset = typeset_paper(&paper, "medida", jiff::Timestamp::UNIX_EPOCH)?;
    Ok(vec![Row {
        what: "an acta typeset",
        unit: "s",
        ours: begun.elapsed().as_secs_f64(),
        peer: "goal for 100 pages",
        theirs: Some(3.0),
        larger: false,
        input: format!("{} pages, {BIDDERS} bids of {ROWS} requirements, tagged PDF/A", typeset.pages),
    }])
}
