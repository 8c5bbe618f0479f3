//! The body: one function for each block.

use super::escaped;
use crate::model::{Block, Column, Paper, Signer, Span, Text};
use std::fmt::Write as _;

/// Width of the text in twentieths of a point: A4 without its margins.
const TEXT_WIDTH: f64 = 9_410.0;
/// English metric units in a twentieth of a point.
const EMU: f64 = 635.0;
const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#;

pub(crate) fn namespaces() -> &'static str {
    NAMESPACES
}

/// Counts the ordered lists: each has a numbering of its own, so that it begins at 1.
pub(crate) fn ordered_lists(paper: &Paper) -> usize {
    paper.blocks.iter().filter(|block| matches!(block, Block::List { ordered: true, .. })).count()
}

/// Writes the runs of a text.
pub(crate) fn runs(text: &[Span], size: Option<u32>) -> String {
    let mut xml = String::new();
    for span in text {
        let mut properties = String::new();
        if span.style.bold {
            properties.push_str("<w:b/>");
        }
        if span.style.italic {
            properties.push_str("<w:i/>");
        }
        let size = if span.style.small { Some(size.map_or(17, |size| size.saturating_sub(2))) } else { size };
        if span.style.small {
            properties.push_str(r#"<w:color w:val="525252"/>"#);
        }
        if let Some(size) = size {
            let _ = write!(properties, r#"<w:sz w:val="{size}"/>"#);
        }
        for (index, line) in span.text.split('\n').enumerate() {
            let before = if index > 0 { "<w:br/>" } else { "" };
            let _ = write!(
                xml,
                r#"<w:r><w:rPr>{properties}</w:rPr>{before}<w:t xml:space="preserve">{}</w:t></w:r>"#,
                escaped(line)
            );
        }
    }
    xml
}

pub(crate) fn paragraph(style: &str, extra: &str, runs: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>{runs}</w:p>"#)
}

fn words(text: &str) -> Text {
    vec![Span { text: text.to_owned(), ..Span::default() }]
}

/// Writes the document part.
pub(crate) fn document(paper: &Paper) -> String {
    let mut body = String::new();
    let mut list = 1_usize;
    let head = if paper.number.is_empty() {
        paper.title.clone()
    } else {
        cotejo_catalogue::message(
            "reports.print.numbered",
            &[("titulo", &paper.title), ("numero", &paper.number)],
        )
    };
    body.push_str(&paragraph("Title", "", &runs(&words(&head), None)));
    let code = format!("{} {}", cotejo_catalogue::message("reports.print.code", &[]), paper.process_code);
    body.push_str(&paragraph("Subtitle", "", &runs(&words(&code), None)));
    for (index, block) in paper.blocks.iter().enumerate() {
        match block {
            Block::Section { hidden: true, .. } => {}
            Block::Section { number, title, .. } => {
                let head = format!("{number} {title}");
                body.push_str(&paragraph("Heading1", "", &runs(&words(head.trim()), None)));
            }
            Block::Subsection { title, .. } => {
                body.push_str(&paragraph("Heading2", "", &runs(&words(title), None)));
            }
            Block::Paragraph { text, keep } => {
                body.push_str(&paragraph(
                    "Normal",
                    if *keep { "<w:keepNext/>" } else { "" },
                    &runs(text, None),
                ));
            }
            Block::List { ordered, items } => {
                // Numbering 1 is the bullets; each ordered list has the next.
                let number = if *ordered {
                    list += 1;
                    list
                } else {
                    1
                };
                let numbered =
                    format!(r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>"#);
                for item in items {
                    body.push_str(&paragraph("ListParagraph", &numbered, &runs(item, None)));
                }
            }
            Block::Pairs { pairs } => body.push_str(&pairs_table(pairs)),
            Block::Result { text } => body.push_str(&paragraph("Resultado", "", &runs(text, None))),
            Block::Table { columns, rows } => body.push_str(&table(columns, rows)),
            Block::Picture { image, alt, caption } => {
                if let Some(picture) = paper.images.get(*image) {
                    let (width, height) = fitted(picture.width, picture.height);
                    body.push_str(&paragraph(
                        "Imagen",
                        "<w:keepNext/>",
                        &drawing(*image, index, alt, width, height),
                    ));
                }
                body.push_str(&paragraph("Caption", "", &runs(caption, None)));
            }
            Block::Signatures { signers } => body.push_str(&signatures(signers)),
            Block::PageBreak => {
                body.push_str(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#);
            }
        }
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document {NAMESPACES}><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1588" w:right="1191" w:bottom="1531" w:left="1304" w:header="680" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#
    )
}

fn cell(width: f64, paragraphs: &str, extra: &str) -> String {
    format!(r#"<w:tc><w:tcPr><w:tcW w:w="{width:.0}" w:type="dxa"/>{extra}</w:tcPr>{paragraphs}</w:tc>"#)
}

fn widths(columns: &[Column]) -> Vec<f64> {
    // A column as wide as its content has no share: it is given a small one.
    let shares: Vec<f64> =
        columns.iter().map(|column| if column.share > 0.0 { column.share } else { 0.5 }).collect();
    let whole: f64 = shares.iter().sum::<f64>().max(0.1);
    shares.iter().map(|share| share / whole * TEXT_WIDTH).collect()
}

fn table(columns: &[Column], rows: &[Vec<Text>]) -> String {
    let widths = widths(columns);
    let grid: String = widths.iter().map(|width| format!(r#"<w:gridCol w:w="{width:.0}"/>"#)).collect();
    let side = |column: &Column| if column.right { r#"<w:jc w:val="right"/>"# } else { "" };
    let head: String = columns
        .iter()
        .zip(&widths)
        .map(|(column, &width)| {
            let text = paragraph("Cabeza", side(column), &runs(&column.head, None));
            cell(width, &text, r#"<w:shd w:val="clear" w:color="auto" w:fill="F2F2F2"/>"#)
        })
        .collect();
    let mut xml = format!(
        r#"<w:tbl><w:tblPr><w:tblStyle w:val="Cuadro"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"#
    );
    for row in rows {
        // A row stays on one page unless it could hardly fit on one.
        let short = row.iter().all(|cell| cell.iter().map(|span| span.text.len()).sum::<usize>() < 1_100);
        let whole = if short { "<w:cantSplit/>" } else { "" };
        let _ = write!(xml, "<w:tr><w:trPr>{whole}</w:trPr>");
        for ((text, column), &width) in row.iter().zip(columns).zip(&widths) {
            xml.push_str(&cell(width, &paragraph("Celda", side(column), &runs(text, None)), ""));
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    xml.push_str(&paragraph("Espacio", "", ""));
    xml
}

fn pairs_table(pairs: &[(String, Text)]) -> String {
    let (left, right) = (2_150.0, TEXT_WIDTH - 2_150.0);
    let mut xml = format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{left:.0}"/><w:gridCol w:w="{right:.0}"/></w:tblGrid>"#
    );
    for (label, text) in pairs {
        let italic = crate::Style { italic: true, ..crate::Style::default() };
        let label = paragraph("Dato", "", &runs(&[Span { text: label.clone(), style: italic }], None));
        let value = paragraph("Dato", "", &runs(text, None));
        let _ = write!(xml, "<w:tr>{}{}</w:tr>", cell(left, &label, ""), cell(right, &value, ""));
    }
    xml.push_str("</w:tbl>");
    xml.push_str(&paragraph("Espacio", "", ""));
    xml
}

fn signatures(signers: &[Signer]) -> String {
    let half = TEXT_WIDTH / 2.0;
    let mut xml = format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid><w:gridCol w:w="{half:.0}"/><w:gridCol w:w="{half:.0}"/></w:tblGrid>"#
    );
    for pair in signers.chunks(2) {
        xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        for slot in 0..2 {
            let text = pair.get(slot).map_or_else(
                || paragraph("Dato", "", ""),
                |signer| {
                    let bold = crate::Style { bold: true, ..crate::Style::default() };
                    let mut text = paragraph(
                        "Firma",
                        "",
                        &runs(&[Span { text: signer.name.clone(), style: bold }], None),
                    );
                    for line in &signer.lines {
                        text.push_str(&paragraph("Dato", "", &runs(&words(line), None)));
                    }
                    text
                },
            );
            xml.push_str(&cell(half, &text, ""));
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
    xml.push_str(&paragraph("Espacio", "", ""));
    xml
}

/// Fits an image into the text and 150 mm of height; in English metric units.
fn fitted(width: u32, height: u32) -> (f64, f64) {
    let (most_wide, most_high) = (TEXT_WIDTH * EMU, 150.0 * 36_000.0);
    let (width, height) = (f64::from(width.max(1)), f64::from(height.max(1)));
    let scale = (most_wide / width).min(most_high / height);
    (width * scale, height * scale)
}

pub(crate) fn drawing(image: usize, id: usize, alt: &str, width: f64, height: f64) -> String {
    let (alt, id) = (escaped(alt), id + 1);
    format!(
        r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width:.0}" cy="{height:.0}"/><wp:docPr id="{id}" name="Imagen {id}" descr="{alt}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="Imagen {id}" descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdImage{image}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width:.0}" cy="{height:.0}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#
    )
}
