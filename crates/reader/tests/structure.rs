//! Tables, codes and columns of made pages, with their boxes under every rotation and a crop with an offset.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "test code: a failure is the test's answer")]

mod shown;
mod start;

use cotejo_domain::{CodeKind, PageLook, PageReading, PageStatus};
use cotejo_reader::{Event, Options, Reader};
use lopdf::{Document, Object, Stream, dictionary};
use shown::{near, shown};
use std::fmt::Write as _;

const CODE: &str = "FIRMADO POR: PERSONA FICTICIA FECHA: 2026-11-20";
/// Where things are drawn, in user space: the lower left corner of the code and its module; the left edges of columns; the top rule.
const CODE_AT: [f64; 2] = [400.0, 200.0];
const MODULE: f64 = 2.0;
const COLUMNS: [f64; 4] = [100.0, 140.0, 360.0, 480.0];
const TOP: f64 = 600.0;
const ROW: f64 = 24.0;

const ROWS: [[&str; 3]; 5] = [
    ["No.", "Descripcion del rubro", "Precio total"],
    ["1", "Excavacion a maquina con desalojo", "1.250,40"],
    ["2", "Relleno compactado con material", "340,10"],
    ["3", "Hormigon simple en plintos", "2.118,00"],
    ["4", "Acero de refuerzo figurado", "915,75"],
];

/// A page with a ruled table and a QR code drawn as squares.
fn page(rotate: i64, crop: [i64; 4]) -> Vec<u8> {
    let mut content = String::from("0 g 0.6 w ");
    for row in 0..=ROWS.len() {
        #[expect(clippy::cast_precision_loss, reason = "few rows")]
        let y = TOP - ROW * row as f64;
        let _ = write!(content, "{} {y} m {} {y} l S ", COLUMNS[0], COLUMNS[3]);
    }
    #[expect(clippy::cast_precision_loss, reason = "few rows")]
    let bottom = TOP - ROW * ROWS.len() as f64;
    for x in COLUMNS {
        let _ = write!(content, "{x} {TOP} m {x} {bottom} l S ");
    }
    content.push_str("BT /F 11 Tf ");
    for (row, cells) in (0..).zip(ROWS) {
        for (x, text) in COLUMNS.iter().zip(cells) {
            let _ =
                write!(content, "1 0 0 1 {} {} Tm ({text}) Tj ", x + 5.0, TOP - ROW * f64::from(row) - 16.0);
        }
    }
    for line in 0..4 {
        let y = 420 - 16 * line;
        let _ = write!(
            content,
            "1 0 0 1 100 {y} Tm (Los precios de la oferta no incluyen el impuesto al valor) Tj "
        );
    }
    content.push_str("ET ");
    let code = qrcode::QrCode::new(CODE).expect("encodes");
    let side = code.width();
    for (index, color) in
        code.to_colors().iter().enumerate().filter(|(_, color)| **color == qrcode::Color::Dark)
    {
        let _ = color;
        #[expect(clippy::cast_precision_loss, reason = "modules of a code")]
        let (x, y) = (
            CODE_AT[0] + (index % side) as f64 * MODULE,
            CODE_AT[1] + (side - 1 - index / side) as f64 * MODULE,
        );
        let _ = write!(content, "{x} {y} {MODULE} {MODULE} re f ");
    }
    pdf(content, rotate, crop)
}

fn pdf(content: String, rotate: i64, crop: [i64; 4]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
    let tree = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "Rotate" => rotate,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "CropBox" => crop.map(Object::from).to_vec(),
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    });
    let kids = vec![Object::from(page)];
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

fn read(read: impl FnOnce(&mut dyn FnMut(Event))) -> (PageReading, PageLook) {
    let (mut pages, mut looks) = (Vec::new(), Vec::new());
    read(&mut |event| match event {
        Event::Page(page) => pages.push(*page),
        Event::Look(look) => looks.push(*look),
        Event::Pages(_) | Event::Properties(_) | Event::Finding(_) => {}
    });
    (pages.pop().expect("a page"), looks.pop().expect("its look"))
}

// One test, since there is one reader a process.
#[test]
fn tables_and_codes_stand_where_they_are_shown_and_columns_read_down() {
    let Some(reader) = start::reader(true) else { return };
    let options = Options { ocr: true, ..Options::default() };
    #[expect(clippy::cast_precision_loss, reason = "modules of a code")]
    let side = qrcode::QrCode::new(CODE).expect("encodes").width() as f64 * MODULE;
    for rotate in [0, 90, 180, 270] {
        for crop in [[0, 0, 595, 842], [50, 30, 550, 800]] {
            let bytes = page(rotate, crop);
            let (reading, look) = read(|sink| reader.read_pdf(&bytes, &options, sink));
            assert_eq!(reading.status, PageStatus::Text);
            assert_eq!(look.codes.len(), 1, "{rotate} {crop:?}");
            assert_eq!((look.codes[0].kind, look.codes[0].text.as_str()), (CodeKind::Qr, CODE));
            let code = [CODE_AT[0], CODE_AT[1], CODE_AT[0] + side, CODE_AT[1] + side];
            let found = look.codes[0].quad.bounds();
            assert!(near(found, shown(code, rotate, crop), 4.0), "{rotate} {crop:?}: {found:?}");
            assert_eq!(look.tables.len(), 1, "{rotate} {crop:?}: {:?}", look.tables);
            let table = &look.tables[0];
            assert!(table.ruled && (table.rows, table.columns) == (5, 3), "{rotate} {crop:?}: {table:?}");
            let cell = table.cells.iter().find(|cell| cell.text == "340,10").expect("a cell");
            assert_eq!((cell.row, cell.column), (2, 2), "{rotate} {crop:?}");
            let place = [COLUMNS[2], TOP - 3.0 * ROW, COLUMNS[3], TOP - 2.0 * ROW];
            let found = cell.quad.bounds();
            assert!(near(found, shown(place, rotate, crop), 3.0), "{rotate} {crop:?}: {found:?}");
        }
    }
    // The same page as a picture, upright: the table comes from its image.
    let upright = page(0, [0, 0, 595, 842]);
    let picture = reader.render(&upright, 1, 200.0 / 72.0, None).expect("renders").png;
    let (reading, look) = read(|sink| reader.read_image(&picture, &options, sink));
    assert_eq!(reading.status, PageStatus::Ocr);
    let table = look.tables.iter().find(|table| table.rows == 5).expect("the table");
    let cell = table.cells.iter().find(|cell| cell.text == "1.250,40").expect("its cell");
    assert_eq!((cell.row, cell.column), (1, 2), "{table:?}");
    let place = [COLUMNS[2], TOP - 2.0 * ROW, COLUMNS[3], TOP - ROW];
    let found = cell.quad.bounds();
    assert!(near(found, shown(place, 0, [0, 0, 595, 842]), 4.0), "{found:?}");
    columns_read_down(&reader, &options);
}

fn columns_read_down(reader: &Reader, options: &Options) {
    let left = "La entidad podra suspender el tramite sin";
    let right = "Los oferentes deben leer estas condiciones";
    let mut content = String::from(
        "BT /F 11 Tf 1 0 0 1 90 760 Tm (CONDICIONES GENERALES PARA LA CONTRATACION DE LOS BIENES) Tj ",
    );
    for line in 0..14 {
        let y = 730 - 17 * line;
        let _ =
            write!(content, "1 0 0 1 60 {y} Tm ({left} {line}) Tj 1 0 0 1 320 {y} Tm ({right} {line}) Tj ");
    }
    content.push_str("ET");
    let bytes = pdf(content, 0, [0, 0, 595, 842]);
    let lines = |page: &PageReading| page.text().lines().map(str::to_owned).collect::<Vec<_>>();
    let (printed, _) = read(|sink| reader.read_pdf(&bytes, options, sink));
    let picture = reader.render(&bytes, 1, 200.0 / 72.0, None).expect("renders").png;
    let (scanned, _) = read(|sink| reader.read_image(&picture, options, sink));
    for page in [printed, scanned] {
        let lines = lines(&page);
        assert_eq!(lines.len(), 29, "{:?}: {lines:?}", page.status);
        assert!(lines[0].starts_with("CONDICIONES"), "{lines:?}");
        assert!(lines[1..15].iter().all(|line| line.starts_with("La entidad")), "{lines:?}");
        assert!(lines[15..].iter().all(|line| line.starts_with("Los oferentes")), "{lines:?}");
    }
}
