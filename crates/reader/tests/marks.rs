//! Stamps, handwriting and photographs of sheets: what is marked where, under every rotation, crop and user unit, and what is read of a leaning sheet.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "test code: a failure is the test's answer"
)]

mod shown;
mod start;

use cotejo_domain::{InkKind, Likeness, PageLook, PageReading, PageStatus};
use cotejo_reader::{Event, Options, Reader};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use lopdf::{Document, Object, Stream, dictionary};
use shown::{near, shown};
use std::fmt::Write as _;
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

static READER: LazyLock<Option<Mutex<Reader>>> = LazyLock::new(|| start::reader(true).map(Mutex::new));

fn with_reader(test: impl FnOnce(&Reader)) {
    let Some(reader) = &*READER else { return println!("skipped: the reader did not start") };
    test(&reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
}

const LINES: [&str; 6] = [
    "El oferente declara que los precios de la propuesta se mantienen",
    "durante noventa dias y que conoce las condiciones del pliego",
    "La entrega de los bienes se hara en la bodega de la entidad",
    "dentro del plazo previsto en el cronograma de este contrato",
    "Los equipos tienen garantia tecnica de dos anios contra fallas",
    "de fabricacion y se entregan con sus manuales en castellano",
];
/// Scale of the painted sheet: pixels a point, 200 dpi.
const SCALE: f64 = 200.0 / 72.0;
const SHEET: [f64; 2] = [595.0, 842.0];

/// One PDF page with content in user space, and an image if there is one.
fn pdf(content: &str, picture: Option<&RgbImage>, rotate: i64, crop: [i64; 4], unit: Option<i64>) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let mut resources = dictionary! { "Font" => dictionary! { "F" => font } };
    if let Some(picture) = picture {
        let image = document.add_object(Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
                "Width" => i64::from(picture.width()), "Height" => i64::from(picture.height()),
            },
            picture.as_raw().clone(),
        ));
        resources.set("XObject", dictionary! { "I" => image });
    }
    // The same sheet on paper, whatever its unit.
    let unit_size = unit.unwrap_or(1) as f32;
    let content = format!("q {0} 0 0 {0} 0 0 cm {content} Q", 1.0 / unit_size);
    let units = |edges: [i64; 4]| edges.map(|edge| Object::Real(edge as f32 / unit_size)).to_vec();
    let content = document.add_object(Stream::new(dictionary! {}, content.into_bytes()));
    let tree = document.new_object_id();
    let mut page = dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "Rotate" => rotate, "Resources" => resources,
        "MediaBox" => units([0, 0, 595, 842]), "CropBox" => units(crop),
    };
    if let Some(unit) = unit {
        page.set("UserUnit", unit);
    }
    let page = document.add_object(page);
    let kids = vec![Object::from(page)];
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

fn printed() -> String {
    let mut content = String::from("BT /F 12 Tf ");
    for (index, line) in LINES.iter().cycle().take(18).enumerate() {
        let _ = write!(content, "1 0 0 1 80 {} Tm ({line}) Tj ", 700 - 24 * index);
    }
    content.push_str("ET");
    content
}

/// The printed sheet as a picture.
fn sheet(reader: &Reader) -> RgbImage {
    let bytes = pdf(&printed(), None, 0, [0, 0, 595, 842], None);
    let png = reader.render(&bytes, 1, SCALE as f32, None).expect("renders").png;
    image::load_from_memory(&png).expect("a picture").to_rgb8()
}

/// Lays ink wherever `inked` says so, in points from the top left; print stays to be seen through it.
fn lay(sheet: &mut RgbImage, ink: [u8; 3], inked: impl Fn(f64, f64) -> bool) {
    for (x, y, pixel) in sheet.enumerate_pixels_mut() {
        if inked((f64::from(x) + 0.5) / SCALE, (f64::from(y) + 0.5) / SCALE) {
            let through = |paper: u8, ink: u8| (u16::from(paper) * u16::from(ink) / 255) as u8;
            *pixel = Rgb([through(pixel[0], ink[0]), through(pixel[1], ink[1]), through(pixel[2], ink[2])]);
        }
    }
}

/// A round stamp of 42 points.
fn ring(middle: [f64; 2]) -> impl Fn(f64, f64) -> bool {
    move |x, y| {
        let (dx, dy) = (x - middle[0], y - middle[1]);
        let (away, turn) = (dx.hypot(dy), dy.atan2(dx).rem_euclid(0.22));
        (40.0..42.0).contains(&away)
            || (31.0..37.0).contains(&away) && turn < 0.1
            || away < 22.0 && dy.rem_euclid(12.0) < 3.0 && dx.rem_euclid(7.0) < 3.0
    }
}

/// A signature 130 points wide.
fn scrawl(from: [f64; 2]) -> impl Fn(f64, f64) -> bool {
    move |x, y| {
        let (u, v) = (x - from[0], y - from[1]);
        let wave = 16.0 * (u / 5.0).sin();
        (0.0..130.0).contains(&u) && (v - wave).abs() < 1.6 + 1.3 * (u / 5.0).cos().abs()
    }
}

fn read(read: impl FnOnce(&mut dyn FnMut(Event))) -> (PageReading, PageLook, Vec<String>) {
    let (mut pages, mut looks, mut codes) = (Vec::new(), Vec::new(), Vec::new());
    read(&mut |event| match event {
        Event::Page(page) => pages.push(*page),
        Event::Look(look) => looks.push(*look),
        Event::Finding(finding) => codes.push(finding.code.to_string()),
        Event::Pages(_) | Event::Properties(_) => {}
    });
    (pages.pop().expect("a page"), looks.pop().expect("its look"), codes)
}

fn options() -> Options {
    Options { ocr: true, ..Options::default() }
}

// The same for a box of the sheet, in points from its top left.
fn of_sheet([left, top, right, bottom]: [f64; 4], rotate: i64, crop: [i64; 4]) -> [f64; 4] {
    shown([left, SHEET[1] - bottom, right, SHEET[1] - top], rotate, crop)
}

#[test]
fn stamps_and_signatures_stand_where_they_are_shown_and_cost_no_text() {
    with_reader(|reader| {
        let mut picture = sheet(reader);
        // One stamp in the open, one over the print, a signature.
        lay(&mut picture, [60, 70, 190], ring([440.0, 640.0]));
        lay(&mut picture, [150, 80, 190], ring([250.0, 250.0]));
        lay(&mut picture, [50, 60, 150], scrawl([110.0, 650.0]));
        let draw = "q 595 0 0 842 0 0 cm /I Do Q";
        let mut upright: Option<PageLook> = None;
        for (rotate, crop, unit) in [
            (0, [0, 0, 595, 842], None),
            (0, [40, 30, 570, 810], Some(2)),
            (90, [40, 30, 570, 810], Some(7)),
            (180, [40, 30, 570, 810], None),
            (270, [40, 30, 570, 810], None),
        ] {
            let bytes = pdf(draw, Some(&picture), rotate, crop, unit);
            let (page, look, _) = read(|sink| reader.read_pdf(&bytes, &options(), sink));
            assert_eq!(page.status, PageStatus::Ocr);
            let boxes = |kind: InkKind| -> Vec<[f64; 4]> {
                look.ink_regions
                    .iter()
                    .filter(|region| region.kind == kind)
                    .map(|region| region.quad.bounds())
                    .collect()
            };
            let stamps = boxes(InkKind::Sello);
            for [x, y] in [[440.0, 640.0], [250.0, 250.0]] {
                let expected = of_sheet([x - 42.0, y - 42.0, x + 42.0, y + 42.0], rotate, crop);
                assert!(
                    stamps.iter().any(|found| near(*found, expected, 4.0)),
                    "{rotate} {crop:?}: no stamp at {expected:?}: {:?}",
                    look.ink_regions
                );
            }
            assert_eq!(stamps.len(), 2, "{rotate} {crop:?}: {:?}", look.ink_regions);
            let expected = of_sheet([110.0, 632.0, 240.0, 668.0], rotate, crop);
            let pens = boxes(InkKind::RubricaOManuscrito);
            assert!(
                pens.iter().any(|found| near(*found, expected, 12.0)),
                "{rotate} {crop:?}: no signature at {expected:?}: {:?}",
                look.ink_regions
            );
            let words = LINES.iter().cycle().take(18).flat_map(|line| line.split(' '));
            let wanted = words.count();
            let text = page.text();
            let read = LINES.iter().map(|line| {
                line.split(' ')
                    .map(|word| text.split_whitespace().filter(|read| *read == word).count().min(9))
                    .sum::<usize>()
            });
            let read: usize = read.sum();
            assert!(read * 100 >= wanted * 93, "{rotate} {crop:?}: {read} of {wanted} words\n{text}");
            assert!(
                look.ink.is_some_and(|ink| ink > 0.02) && look.reader.starts_with("tesseract"),
                "{look:?}"
            );
            // A page looks like itself however it lies.
            match &upright {
                None if rotate == 0 && unit.is_some() => upright = Some(look.clone()),
                Some(upright) => {
                    let alike = PageLook { exact: None, text_hash: None, ..look.clone() };
                    let upright = PageLook { exact: None, text_hash: None, ..upright.clone() };
                    assert_eq!(alike.likeness(&upright), Some(Likeness::Near), "{rotate}");
                }
                None => {}
            }
        }
    });
}

#[test]
fn a_text_layer_drawn_in_large_units_has_its_size_in_points() {
    with_reader(|reader| {
        let pages = [None, Some(4)].map(|unit| {
            let bytes = pdf(&printed(), None, 0, [40, 30, 570, 810], unit);
            read(|sink| reader.read_pdf(&bytes, &options(), sink)).0
        });
        let [plain, drawn] = &pages;
        assert_eq!((drawn.status, drawn.width, drawn.height), (PageStatus::Text, 530.0, 780.0));
        assert_eq!(plain.words.len(), drawn.words.len());
        for (one, other) in plain.words.iter().zip(&drawn.words) {
            assert_eq!(one.text, other.text);
            assert!(near(one.quad.bounds(), other.quad.bounds(), 0.2), "{one:?} {other:?}");
            assert!((one.size - other.size).abs() < 0.2, "{one:?} {other:?}");
        }
        let bytes = pdf(&printed(), None, 0, [40, 30, 570, 810], Some(4));
        let image = reader.render(&bytes, 1, 2.0, None).expect("renders");
        assert_eq!((image.width, image.height), (1060, 1560), "two pixels a point");
    });
}

#[test]
fn the_code_of_a_signature_s_stamp_is_read_in_a_scan_of_300_dots_an_inch() {
    const TEXT: &str = "FIRMADO POR: PERSONA FICTICIA DE EJEMPLO\nRAZON: \nLOCALIZACION: \nFECHA: 2026-11-20T10:00:00.123456-05:00\n\
                        VALIDAR CON: www.example.org\n3.1.1";
    with_reader(|reader| {
        // Modules of 0.65 points, as real stamps have them: 2.7 pixels of the scan, 1.8 of the page as it is drawn to be read.
        let (dots, module, corner) = (300.0 / 72.0, 0.65, [90.0, 640.0]);
        let code = qrcode::QrCode::new(TEXT.as_bytes()).expect("encodes");
        let (side, colors) = (code.width() as f64, code.to_colors());
        let printed = sheet(reader);
        let mut scan = image::imageops::resize(&printed, 2479, 3508, image::imageops::FilterType::CatmullRom);
        for (x, y, pixel) in scan.enumerate_pixels_mut() {
            // A dot of the scan sees the mean of sixteen places.
            let dark = (0..16).filter(|place| {
                let [u, v] =
                    [(x, place % 4, corner[0]), (y, place / 4, corner[1])].map(|(pixel, step, from)| {
                        ((f64::from(pixel) + (f64::from(step) + 0.5) / 4.0) / dots - from) / module
                    });
                let inside = (0.0..side).contains(&u) && (0.0..side).contains(&v);
                inside && colors[(v as usize) * side as usize + u as usize] == qrcode::Color::Dark
            });
            let light = 235 - dark.count() as u8 * 12;
            *pixel = Rgb(pixel.0.map(|value| value.min(light)));
        }
        let bytes = pdf("q 595 0 0 842 0 0 cm /I Do Q", Some(&scan), 0, [0, 0, 595, 842], None);
        let (page, look, _) = read(|sink| reader.read_pdf(&bytes, &options(), sink));
        assert_eq!(page.status, PageStatus::Ocr);
        let texts: Vec<&str> = look.codes.iter().map(|code| code.text.as_str()).collect();
        assert_eq!(texts, [TEXT]);
        let width = side * module;
        let expected = [corner[0], corner[1], corner[0] + width, corner[1] + width];
        assert!(near(look.codes[0].quad.bounds(), expected, 2.0), "{:?}", look.codes[0].quad);
    });
}

/// A homography as a matrix by rows.
type Map = [[f64; 3]; 3];

// Takes the sheet (points) to four corners: the linear equations of eight unknowns, solved by elimination.
fn map(corners: [[f64; 2]; 4]) -> Map {
    let [width, height] = SHEET;
    let mut rows: Vec<[f64; 9]> = Vec::new();
    for ([x, y], [u, v]) in
        [[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]].into_iter().zip(corners)
    {
        rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
        rows.push([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
    }
    for pivot in 0..8 {
        let best =
            (pivot..8).max_by(|a, b| rows[*a][pivot].abs().total_cmp(&rows[*b][pivot].abs())).expect("rows");
        rows.swap(pivot, best);
        let row = rows[pivot].map(|value| value / rows[pivot][pivot]);
        for (index, other) in rows.iter_mut().enumerate() {
            if index != pivot {
                let factor = other[pivot];
                other.iter_mut().zip(row).for_each(|(value, own)| *value -= factor * own);
            }
        }
        rows[pivot] = row;
    }
    let h: Vec<f64> = rows.iter().map(|row| row[8]).collect();
    [[h[0], h[1], h[2]], [h[3], h[4], h[5]], [h[6], h[7], 1.0]]
}

fn apply(map: &Map, x: f64, y: f64) -> [f64; 2] {
    let [u, v, w] = map.map(|row| row[0] * x + row[1] * y + row[2]);
    [u / w, v / w]
}

fn inverse(m: &Map) -> Map {
    let cofactor = |r: usize, c: usize| {
        let (a, b, d, e) = ((r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3);
        m[a][d] * m[b][e] - m[a][e] * m[b][d]
    };
    std::array::from_fn(|row| std::array::from_fn(|column| cofactor(column, row)))
}

/// Photographs the sheet: its corners in pixels of a picture of 1500 × 2000, on a table of boards, in light that falls off.
fn photograph(sheet: &RgbImage, corners: [[f64; 2]; 4], table: u8) -> RgbImage {
    let back = inverse(&map(corners));
    RgbImage::from_fn(1500, 2000, |x, y| {
        let [u, v] = apply(&back, f64::from(x) + 0.5, f64::from(y) + 0.5).map(|points| points * SCALE);
        let light = 1.0 - 0.25 * f64::from(x) / 1500.0;
        let boards =
            f64::from(table) + f64::from((y / 90 + x / 400) % 3) * 9.0 + f64::from((x * 7 + y * 13) % 5);
        let inside =
            u >= 0.0 && v >= 0.0 && u + 1.0 < f64::from(sheet.width()) && v + 1.0 < f64::from(sheet.height());
        let value = if inside {
            // The mean of four: a camera does not see single points.
            let at = |dx: u32, dy: u32| f64::from(sheet.get_pixel(u as u32 + dx, v as u32 + dy)[1]);
            let (fu, fv) = (u.fract(), v.fract());
            0.9 * ((at(0, 0) * (1.0 - fu) + at(1, 0) * fu) * (1.0 - fv)
                + (at(0, 1) * (1.0 - fu) + at(1, 1) * fu) * fv)
        } else {
            boards
        };
        let value = (value * light) as u8;
        Rgb([value, value, value.saturating_sub(4)])
    })
}

fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture.clone()).write_to(&mut bytes, ImageFormat::Jpeg).expect("encodes");
    bytes.into_inner()
}

/// Where the words of the sheet are, in points of the sheet: what they say and their middles.
fn truth(reader: &Reader) -> Vec<(String, [f64; 2])> {
    let bytes = pdf(&printed(), None, 0, [0, 0, 595, 842], None);
    let (page, ..) = read(|sink| reader.read_pdf(&bytes, &options(), sink));
    let middle =
        |[left, top, right, bottom]: [f64; 4]| [f64::midpoint(left, right), f64::midpoint(top, bottom)];
    page.words.iter().map(|word| (word.text.clone(), middle(word.quad.bounds()))).collect()
}

/// How many words were read where they stand in the picture, within so many pixels.
fn in_place(
    page: &PageReading,
    pixels: f64,
    truth: &[(String, [f64; 2])],
    place: impl Fn([f64; 2]) -> [f64; 2],
) -> usize {
    let scale = pixels / page.width;
    truth
        .iter()
        .filter(|(text, middle)| {
            let [x, y] = place(*middle);
            page.words.iter().filter(|word| word.text == *text).any(|word| {
                let quad = word.quad.0;
                let (u, v) = ((quad[0] + quad[4]) / 2.0 * scale, (quad[1] + quad[5]) / 2.0 * scale);
                (u - x).hypot(v - y) < 9.0
            })
        })
        .count()
}

const LEANING: [[f64; 2]; 4] = [[230.0, 190.0], [1260.0, 260.0], [1370.0, 1830.0], [110.0, 1780.0]];

#[test]
fn a_leaning_sheet_is_read_and_its_words_stand_in_the_photograph() {
    with_reader(|reader| {
        let (sheet, truth) = (sheet(reader), truth(reader));
        for table in [40, 120] {
            let picture = photograph(&sheet, LEANING, table);
            let (page, _, codes) = read(|sink| reader.read_image(&jpeg(&picture), &options(), sink));
            assert!(codes.iter().any(|code| code == "ocr.photograph"), "{codes:?}");
            let onto = map(LEANING);
            let found = in_place(&page, 1500.0, &truth, |[x, y]| apply(&onto, x, y));
            assert!(
                found * 100 >= truth.len() * 90,
                "table {table}: {found} of {} words in place",
                truth.len()
            );
        }
        // The same photograph lying on its side.
        let picture = image::imageops::rotate90(&photograph(&sheet, LEANING, 60));
        let (page, _, codes) = read(|sink| reader.read_image(&jpeg(&picture), &options(), sink));
        assert!(codes.iter().any(|code| code == "ocr.photograph"), "{codes:?}");
        let onto = map(LEANING);
        let place = |[x, y]: [f64; 2]| {
            let [u, v] = apply(&onto, x, y);
            [2000.0 - v, u]
        };
        let found = in_place(&page, 2000.0, &truth, place);
        assert!(found * 100 >= truth.len() * 90, "on its side: {found} of {} words in place", truth.len());
    });
}

#[test]
fn a_scan_with_a_dark_rim_is_not_bent() {
    with_reader(|reader| {
        let (sheet, truth) = (sheet(reader), truth(reader));
        // Square to the picture, but for what a careless hand leaves on the glass.
        let square = [[70.0, 40.0], [1430.0, 48.0], [1419.0, 1968.0], [60.0, 1960.0]];
        let picture = photograph(&sheet, square, 12);
        let (page, _, codes) = read(|sink| reader.read_image(&jpeg(&picture), &options(), sink));
        assert!(!codes.iter().any(|code| code == "ocr.photograph"), "{codes:?}");
        let onto = map(square);
        let found = in_place(&page, 1500.0, &truth, |[x, y]| apply(&onto, x, y));
        assert!(found * 100 >= truth.len() * 90, "{found} of {} words in place", truth.len());
    });
}

/// Reads the photographs of a folder: `COTEJO_FOTOS=FOLDER cargo test -p cotejo-reader --test marks -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement: asked for by name"]
fn words_of_photographs() {
    let Some(folder) = std::env::var_os("COTEJO_FOTOS").map(PathBuf::from) else {
        println!("skipped: COTEJO_FOTOS names no folder");
        return;
    };
    with_reader(|reader| {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("a folder")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "jpg"))
            .collect();
        paths.sort();
        for path in paths {
            let bytes = std::fs::read(&path).expect("reads");
            let started = std::time::Instant::now();
            let (page, look, codes) = read(|sink| reader.read_image(&bytes, &options(), sink));
            let seconds = started.elapsed().as_secs_f64();
            let _ = std::fs::write(path.with_extension("new.txt"), page.text());
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            println!(
                "{name}: {:?}, {} words, {} unsure, {codes:?}, {seconds:.1} s",
                page.status,
                page.words.len(),
                look.unsure_words
            );
        }
    });
}
