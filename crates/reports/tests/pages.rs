//! Tables over many pages, and how long a hundred pages take.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use cotejo_reports::{Calificacion, Frame, Kind, Paper, compose, docx, typeset_paper};
use std::process::Command;

const MOMENT: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;

fn long(bidders: usize, rows: usize) -> Paper {
    let mut content: Calificacion = serde_json::from_value(Kind::Calificacion.example()).expect("reads");
    let section = content.secciones[0].clone();
    content.secciones = (1..=bidders)
        .map(|number| {
            let mut section = section.clone();
            section.numero = number.to_string();
            section.oferente = format!("Compañía Ficticia {number} S.A.");
            section.minimos = (1..=rows)
                .map(|row| {
                    let mut filled = section.minimos[0].clone();
                    filled.numero = row.to_string();
                    filled.parametro = format!("Parámetro {row} de la oferta {number}: experiencia del oferente en contratos de objeto similar");
                    if row % 7 == 0 {
                        filled.ofertado = "Contrato de ejemplo con acta de entrega recepción. ".repeat(9);
                    }
                    filled
                })
                .collect();
            section
        })
        .collect();
    compose(&content, Frame::default()).expect("composes")
}

fn pages_of(pdf: &[u8]) -> Option<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("acta.pdf");
    std::fs::write(&path, pdf).expect("writes");
    let output = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Some(text.trim_end_matches('\u{c}').split('\u{c}').map(str::to_owned).collect())
}

#[test]
fn a_table_over_pages_repeats_its_head_and_leaves_no_head_alone() {
    let typeset = typeset_paper(&long(2, 60), "a", MOMENT).expect("typesets");
    let Some(pages) = pages_of(&typeset.pdf) else { return println!("skipped: pdftotext is not installed") };
    assert_eq!(pages.len(), typeset.pages);
    for (index, page) in pages.iter().enumerate() {
        let lines: Vec<&str> = page.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let head =
            lines.iter().rposition(|line| line.contains("Parámetro exigido") && line.contains("Fundamento"));
        let row = lines.iter().position(|line| line.contains("CUMPLE"));
        if let Some(row) = row {
            let first_head = lines.iter().position(|line| line.contains("Parámetro exigido"));
            assert!(
                first_head.is_some_and(|head| head < row),
                "page {}: rows without the head of their table",
                index + 1
            );
        }
        if let Some(head) = head {
            let after = lines.len() - head;
            assert!(after > 3, "page {}: a head alone at the end of the page: {lines:#?}", index + 1);
        }
    }
}

#[test]
fn a_cell_longer_than_a_page_goes_on_over_the_next() {
    let mut content: Calificacion = serde_json::from_value(Kind::Calificacion.example()).expect("reads");
    content.secciones[0].minimos[0].fundamento = "Razón de ejemplo con sus palabras. ".repeat(400) + "FINAL";
    let typeset = typeset_paper(&compose(&content, Frame::default()).expect("composes"), "a", MOMENT)
        .expect("typesets");
    let Some(pages) = pages_of(&typeset.pdf) else { return println!("skipped: pdftotext is not installed") };
    assert!(pages.iter().any(|page| page.contains("FINAL")), "nothing of a long cell is lost");
}

#[test]
#[ignore = "measures: run with --release -- --ignored --nocapture"]
fn a_hundred_pages() {
    let paper = long(22, 50);
    let begun = std::time::Instant::now();
    let typeset = typeset_paper(&paper, "a", MOMENT).expect("typesets");
    let typesetting = begun.elapsed();
    let begun = std::time::Instant::now();
    let word = docx(&paper, MOMENT).expect("writes");
    println!(
        "{} pages: PDF {typesetting:?} ({} bytes), DOCX {:?} ({} bytes)",
        typeset.pages,
        typeset.pdf.len(),
        begun.elapsed(),
        word.len()
    );
    if let Some(folder) = std::env::var_os("COTEJO_GUARDAR") {
        std::fs::write(std::path::Path::new(&folder).join("largo.pdf"), &typeset.pdf).expect("writes");
    }
}
