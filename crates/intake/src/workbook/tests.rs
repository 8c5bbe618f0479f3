//! Workbooks written by hand.

use super::*;
use crate::cfb::tests::compound;
use crate::odf::tests::odf;
use cotejo_domain::{Location, reading_view_location};

fn record(stream: &mut Vec<u8>, kind: u16, body: &[u8]) {
    stream.extend_from_slice(&kind.to_le_bytes());
    stream.extend_from_slice(&u16::try_from(body.len()).expect("short").to_le_bytes());
    stream.extend_from_slice(body);
}

/// Writes a workbook of one sheet: labels, and numbers as IEEE doubles.
fn xls(labels: &[(u16, u16, &str)], numbers: &[(u16, u16, f64)]) -> Vec<u8> {
    let globals = |offset: u32| {
        let mut stream = Vec::new();
        record(&mut stream, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        record(&mut stream, 0x0042, &1200u16.to_le_bytes());
        let mut sheet = offset.to_le_bytes().to_vec();
        sheet.extend_from_slice(&[0, 0, 6, 0]);
        sheet.extend_from_slice(b"Precio");
        record(&mut stream, 0x0085, &sheet);
        record(&mut stream, 0x000a, &[]);
        stream
    };
    let offset = u32::try_from(globals(0).len()).expect("small");
    let mut stream = globals(offset);
    record(&mut stream, 0x0809, &[0, 6, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    for (row, column, text) in labels {
        let mut body: Vec<u8> = [*row, *column, 0].iter().flat_map(|n| n.to_le_bytes()).collect();
        body.extend_from_slice(&u16::try_from(text.encode_utf16().count()).expect("short").to_le_bytes());
        body.push(1);
        body.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        record(&mut stream, 0x0204, &body);
    }
    for (row, column, number) in numbers {
        let mut body: Vec<u8> = [*row, *column, 0].iter().flat_map(|n| n.to_le_bytes()).collect();
        body.extend_from_slice(&number.to_le_bytes());
        record(&mut stream, 0x0203, &body);
    }
    record(&mut stream, 0x000a, &[]);
    stream.resize(stream.len().max(4_096), 0);
    compound(&[("/Workbook", &stream)])
}

fn places(view: &ReadingView) -> Vec<(String, String)> {
    let page = view.pages.first().expect("a sheet");
    let words = page.words.iter().filter(|word| word.line > 0);
    words
        .map(|word| match reading_view_location(&view.pages, 1, word) {
            Location::Sheet { sheet, range } => (format!("{sheet}!{range}"), word.text.clone()),
            other => (format!("{other:?}"), word.text.clone()),
        })
        .collect()
}

fn pair(place: &str, text: &str) -> (String, String) {
    (place.into(), text.into())
}

#[test]
fn cells_of_an_old_workbook_keep_their_places() {
    let bytes = xls(&[(2, 1, "Señal"), (2, 2, "Total")], &[(3, 1, 12_650.2), (3, 2, 3.0)]);
    assert_eq!(crate::media::detect(&bytes), crate::media::XLS);
    let read = read_xls(&bytes, 100);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    let expected = [
        pair("Precio!B3", "Señal"),
        pair("Precio!C3", "Total"),
        pair("Precio!B4", "12650.2"),
        pair("Precio!C4", "3"),
    ];
    assert_eq!(places(&read.value), expected);
}

#[test]
fn attack_a_vast_old_sheet_is_refused_before_it_is_laid_out() {
    let bytes = xls(&[(0, 0, "a"), (65_535, 60_000, "b")], &[]);
    assert_eq!(read_xls(&bytes, 100).findings[0].code, "intake.vast_sheet");
}

#[test]
fn a_locked_old_workbook_says_so() {
    let mut stream = Vec::new();
    record(&mut stream, 0x0809, &[0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    record(&mut stream, 0x002f, &[0; 6]);
    let bytes = compound(&[("/Workbook", &stream)]);
    assert_eq!(read_xls(&bytes, 100).findings[0].code, "intake.document_password");
}

#[test]
fn truncated_and_mutated_old_workbooks_never_panic() {
    let bytes = xls(&[(2, 1, "Señal")], &[(3, 1, 12_650.2)]);
    (0..bytes.len()).step_by(113).for_each(|end| drop(read_xls(&bytes[..end], 100)));
    let mut state = 9u64;
    for _ in 0..500 {
        let mut copy = bytes.clone();
        for _ in 0..3 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).expect("fits") % copy.len();
            copy[at] = state.to_le_bytes()[7];
        }
        let _ = read_xls(&copy, 100);
    }
}

#[test]
fn an_open_document_sheet_keeps_repeated_and_hidden_cells_in_their_places() {
    let content = "<d><s><style:style style:name='ta2'><style:table-properties table:display='false'/></style:style></s>\
        <table:table table:name='Hoja 1' table:style-name='ta2'><table:table-row table:number-rows-repeated='2'><table:table-cell table:number-columns-repeated='3'/></table:table-row>\
        <table:table-row table:number-rows-repeated='2'><table:table-cell/><table:table-cell office:value-type='float' office:value='12650.2'><text:p>12.650,20</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated='2' office:value-type='string'><office:annotation><text:p>nota</text:p></office:annotation><text:p>Señal</text:p></table:table-cell></table:table-row>\
        </table:table></d>";
    let bytes = odf("spreadsheet", &[("content.xml", content)]);
    assert_eq!(crate::media::detect(&bytes), crate::media::ODS);
    let read = read_ods(&bytes, 100, 1 << 20);
    assert_eq!(read.findings[0].code, "intake.hidden_sheet");
    let expected = [
        pair("Hoja 1!B3", "12650.2"),
        pair("Hoja 1!C3", "Señal"),
        pair("Hoja 1!D3", "Señal"),
        pair("Hoja 1!B4", "12650.2"),
        pair("Hoja 1!C4", "Señal"),
        pair("Hoja 1!D4", "Señal"),
    ];
    assert_eq!(places(&read.value), expected);
}

#[test]
fn attack_a_cell_repeated_without_end_stops_at_the_limit() {
    let content = "<d><table:table table:name='H'><table:table-row table:number-rows-repeated='4000000000'><table:table-cell table:number-columns-repeated='4000000000'><text:p>x</text:p></table:table-cell></table:table-row></table:table></d>";
    let read = read_ods(&odf("spreadsheet", &[("content.xml", content)]), 1_000, 1 << 20);
    assert_eq!(read.findings[0].code, "intake.too_many_cells");
    assert_eq!(read.value.pages[0].words.len(), 1_001, "the name of the sheet and its cells");
}
