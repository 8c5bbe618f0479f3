//! The smallest office files that readers accept: a spreadsheet of the price table and a letter (ECMA-376).

use crate::SampleError;
use crate::bidder::Bidder;
use crate::lines::{Block, Piece};
use crate::scenario::Scenario;

const TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Media type of a spreadsheet.
pub(crate) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Media type of a letter.
pub(crate) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn package(parts: &[(&str, String, &str)], main: (&str, &str)) -> Result<Vec<u8>, SampleError> {
    let mut types = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"{TYPES}\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    );
    for (name, _, kind) in parts.iter().filter(|(_, _, kind)| !kind.is_empty()) {
        types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
    }
    types.push_str("</Types>");
    let root = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{}\" Target=\"{}\"/></Relationships>",
        main.1, main.0
    );
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), types.into_bytes()),
        ("_rels/.rels".to_owned(), root.into_bytes()),
    ];
    files.extend(parts.iter().map(|(name, text, _)| ((*name).to_owned(), text.clone().into_bytes())));
    crate::archive::pack(&files)
}

enum Cell {
    Text(String),
    Number(rust_decimal::Decimal),
}

/// Writes the offered lines as a spreadsheet.
pub(crate) fn price_sheet(scenario: &Scenario, bidder: &Bidder) -> Result<Vec<u8>, SampleError> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut rows = vec![
        vec![text("EJEMPLO - TABLA DE CANTIDADES Y PRECIOS")],
        vec![text("Oferente"), text(&bidder.name)],
        vec![text("Código del proceso"), text(&scenario.code)],
        vec![
            text("No."),
            text("Descripción"),
            text("Unidad"),
            text("Cantidad"),
            text("Precio unitario"),
            text("Precio total"),
        ],
    ];
    for (index, (line, offered)) in scenario.lines.iter().zip(&bidder.lines).enumerate() {
        rows.push(vec![
            Cell::Number(rust_decimal::Decimal::from(index + 1)),
            text(&line.description),
            text(&line.unit),
            Cell::Number(line.quantity),
            Cell::Number(offered.price),
            Cell::Number(offered.total),
        ]);
    }
    rows.push(vec![
        text(""),
        text("TOTAL (sin IVA)"),
        text(""),
        text(""),
        text(""),
        Cell::Number(bidder.total),
    ]);
    let mut sheet = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (index, row) in rows.iter().enumerate() {
        sheet.push_str(&format!("<row r=\"{}\">", index + 1));
        for (column, cell) in row.iter().enumerate() {
            let place = format!("{}{}", char::from(b'A' + u8::try_from(column).unwrap_or(0)), index + 1);
            match cell {
                Cell::Text(text) if text.is_empty() => {}
                Cell::Text(text) => sheet.push_str(&format!(
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t>{}</t></is></c>",
                    escaped(text)
                )),
                Cell::Number(number) => sheet.push_str(&format!("<c r=\"{place}\"><v>{number}</v></c>")),
            }
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let workbook = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"Oferta\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let relations = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
    );
    package(
        &[
            (
                "xl/workbook.xml",
                workbook,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            ),
            ("xl/_rels/workbook.xml.rels", relations, ""),
            (
                "xl/worksheets/sheet1.xml",
                sheet,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
            ),
        ],
        ("xl/workbook.xml", &format!("{OFFICE}/officeDocument")),
    )
}

/// Writes paragraphs as a letter.
pub(crate) fn letter(paragraphs: &[String]) -> Result<Vec<u8>, SampleError> {
    let mut body = String::new();
    for paragraph in paragraphs {
        body.push_str(&format!(
            "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(paragraph)
        ));
    }
    word(&body)
}

/// Writes blocks as a document with paragraphs and tables.
pub(crate) fn document(blocks: &[Block]) -> Result<Vec<u8>, SampleError> {
    let run = |pieces: &[Piece]| {
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(&text))
    };
    let mut body = String::new();
    for block in blocks {
        match block {
            Block::Heading(pieces)
            | Block::Subheading(pieces)
            | Block::Paragraph(pieces)
            | Block::Signature(pieces) => {
                body.push_str(&run(pieces));
            }
            Block::NewPage => body.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
            Block::Pairs(pairs) => {
                for [name, value] in pairs {
                    let line: Vec<Piece> = name
                        .iter()
                        .cloned()
                        .chain([Piece::plain(" ")])
                        .chain(value.iter().cloned())
                        .collect();
                    body.push_str(&run(&line));
                }
            }
            Block::Table { heads, rows } => {
                body.push_str("<w:tbl>");
                let heads: Vec<(usize, &[Piece])> = heads.iter().map(|head| (1, head.as_slice())).collect();
                let rows = rows
                    .iter()
                    .map(|row| row.iter().map(|cell| (cell.span, cell.pieces.as_slice())).collect());
                for row in (!heads.is_empty()).then_some(heads).into_iter().chain(rows) {
                    body.push_str("<w:tr>");
                    for (span, pieces) in row {
                        let span = if span > 1 {
                            format!("<w:tcPr><w:gridSpan w:val=\"{span}\"/></w:tcPr>")
                        } else {
                            String::new()
                        };
                        body.push_str(&format!("<w:tc>{span}{}</w:tc>", run(pieces)));
                    }
                    body.push_str("</w:tr>");
                }
                body.push_str("</w:tbl>");
            }
        }
    }
    word(&body)
}

fn word(body: &str) -> Result<Vec<u8>, SampleError> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    package(
        &[(
            "word/document.xml",
            document,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        )],
        ("word/document.xml", &format!("{OFFICE}/officeDocument")),
    )
}
