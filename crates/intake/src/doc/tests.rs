//! Word documents written byte by byte.

use super::*;
use crate::cfb::tests::compound;

const TEXT_AT: usize = 0x600;

/// Writes a document: the text in two pieces (the first narrow, the second wide), with paragraph and character properties.
fn document(narrow: &[u8], wide: &str, cells: bool, deleted: std::ops::Range<usize>) -> Vec<u8> {
    let mut main = vec![0u8; TEXT_AT];
    main[..2].copy_from_slice(&0xa5ecu16.to_le_bytes());
    main[2..4].copy_from_slice(&0x00c1u16.to_le_bytes());
    main[10..12].copy_from_slice(&0x0200u16.to_le_bytes());
    let units: Vec<u16> = wide.encode_utf16().collect();
    let letters = narrow.len() + units.len();
    main.extend_from_slice(narrow);
    let wide_at = main.len();
    main.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    let end = main.len();
    main.resize(end.div_ceil(512) * 512, 0);
    let put = |main: &mut Vec<u8>, at: usize, value: usize| {
        main[at..at + 4].copy_from_slice(&u32::try_from(value).expect("small").to_le_bytes());
    };
    // One page of paragraph properties: each narrow paragraph by itself, then the rest.
    let mut ends = Vec::new();
    for (index, byte) in narrow.iter().enumerate() {
        if matches!(byte, 7 | 13) {
            ends.push((
                TEXT_AT + index + 1,
                *byte == 7 && cells,
                *byte == 7 && narrow.get(index.wrapping_sub(1)) == Some(&7),
            ));
        }
    }
    ends.push((end, false, false));
    let paragraph_page = main.len() / 512;
    let mut page = vec![0u8; 512];
    page[..4].copy_from_slice(&u32::try_from(TEXT_AT).expect("small").to_le_bytes());
    for (index, (stop, in_table, row_end)) in ends.iter().enumerate() {
        page[index * 4 + 4..index * 4 + 8]
            .copy_from_slice(&u32::try_from(*stop).expect("small").to_le_bytes());
        let place = 500 - 10 * (index + 1);
        let mut list = vec![5u8, 0, 0];
        list.extend_from_slice(&[0x16, 0x24, u8::from(*in_table), 0x17, 0x24, u8::from(*row_end)]);
        page[place..place + list.len()].copy_from_slice(&list);
        page[(ends.len() + 1) * 4 + index * 13] = u8::try_from(place / 2).expect("in the page");
    }
    page[511] = u8::try_from(ends.len()).expect("few");
    main.extend_from_slice(&page);
    let character_page = main.len() / 512;
    let mut page = vec![0u8; 512];
    for (index, at) in [TEXT_AT, TEXT_AT + deleted.start, TEXT_AT + deleted.end, end].into_iter().enumerate()
    {
        page[index * 4..index * 4 + 4].copy_from_slice(&u32::try_from(at).expect("small").to_le_bytes());
    }
    page[400..404].copy_from_slice(&[3, 0x00, 0x08, 1]);
    page[17] = 200;
    page[511] = 3;
    main.extend_from_slice(&page);
    let plc = |page: usize| {
        let mut plc = Vec::new();
        for value in [TEXT_AT, end, page] {
            plc.extend_from_slice(&u32::try_from(value).expect("small").to_le_bytes());
        }
        plc
    };
    let mut table = Vec::new();
    table.push(2u8);
    table.extend_from_slice(&28u32.to_le_bytes());
    for position in [0, narrow.len(), letters] {
        table.extend_from_slice(&u32::try_from(position).expect("small").to_le_bytes());
    }
    for place in [(TEXT_AT * 2) as u32 | 0x4000_0000, u32::try_from(wide_at).expect("small")] {
        table.extend_from_slice(&[0, 0]);
        table.extend_from_slice(&place.to_le_bytes());
        table.extend_from_slice(&[0, 0]);
    }
    let clx = table.len();
    let paragraphs_at = table.len();
    table.extend(plc(paragraph_page));
    let characters_at = table.len();
    table.extend(plc(character_page));
    put(&mut main, 0x1a2, 0);
    put(&mut main, 0x1a6, clx);
    put(&mut main, 0x102, paragraphs_at);
    put(&mut main, 0x106, 12);
    put(&mut main, 0xfa, characters_at);
    put(&mut main, 0xfe, 12);
    put(&mut main, 0x4c, letters);
    compound(&[("/WordDocument", &main), ("/1Table", &table)])
}

fn texts(read: &Read<ReadingView>) -> Vec<String> {
    read.value.pages.iter().map(cotejo_domain::PageReading::text).collect()
}

#[test]
fn pieces_of_both_widths_fields_and_page_breaks_are_read() {
    let bytes = document(
        b"Oferta econ\xf3mica\r\x13HYPERLINK x\x14Se\xf1ores\x15 de\x0buno\r\x0cSegunda ",
        "“hoja” Łódź\r",
        false,
        0..0,
    );
    assert_eq!(crate::media::detect(&bytes), "application/msword");
    let read = read(&bytes);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert_eq!(texts(&read), ["Oferta económica\nSeñores de uno", "Segunda “hoja” Łódź"]);
}

#[test]
fn cells_and_rows_become_a_table() {
    let bytes =
        document(b"Antes\rRubro\x07Total\x07\x07Cemento\x07\x3112\x07\x07Despues\r", "fin\r", true, 0..0);
    let read = read(&bytes);
    assert_eq!(texts(&read), ["Antes\nRubro Total\nCemento 112\nDespues\nfin"]);
    assert_eq!(read.value.tables[0].columns, ["Rubro", "Total"]);
    assert_eq!(read.value.tables[0].rows.len(), 1);
}

#[test]
fn struck_text_is_not_shown_and_is_told() {
    let read = read(&document(b"Precio 900 100\r", "x\r", false, 7..11));
    assert_eq!(texts(&read), ["Precio 100\nx"]);
    assert_eq!(read.findings[0].code, "intake.struck_text");
}

#[test]
fn a_document_with_a_password_says_so() {
    let main = {
        let mut main = vec![0u8; 0x600];
        main[2..4].copy_from_slice(&0x00c1u16.to_le_bytes());
        main[10..12].copy_from_slice(&0x0100u16.to_le_bytes());
        main
    };
    assert_eq!(read(&compound(&[("/WordDocument", &main)])).findings[0].code, "intake.document_password");
}

#[test]
fn truncated_and_mutated_documents_never_panic() {
    let bytes = document(b"Antes\rRubro\x07Total\x07\x07Despues\r", "fin\r", true, 1..3);
    (0..bytes.len()).step_by(101).for_each(|end| drop(read(&bytes[..end])));
    let mut state = 5u64;
    for _ in 0..2_000 {
        let mut copy = bytes.clone();
        for _ in 0..5 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(state >> 33).expect("fits") % copy.len();
            copy[at] = state.to_le_bytes()[7];
        }
        let _ = read(&copy);
    }
}
