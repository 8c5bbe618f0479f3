//! Reads made and real pages: boxes against where the words were drawn, statuses, OCR of real scans.
#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "test code: a failure is the test's answer"
)]

mod start;

use cotejo_domain::{Finding, PageReading, PageStatus, Word};
use cotejo_reader::{Event, Options, Reader};
use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

static READER: LazyLock<Option<Mutex<Reader>>> = LazyLock::new(|| start::reader(false).map(Mutex::new));

fn with_reader(test: impl FnOnce(&Reader)) {
    match &*READER {
        Some(reader) => test(&reader.lock().unwrap_or_else(std::sync::PoisonError::into_inner)),
        None => println!("skipped: the reader did not start"),
    }
}

fn shared(folder: &str) -> Option<PathBuf> {
    let root = std::env::var_os("COTEJO_SHARED").map_or_else(
        || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"),
        PathBuf::from,
    );
    let folder = root.join(folder);
    if folder.exists() {
        return Some(folder);
    }
    println!("skipped: {} is absent", folder.display());
    None
}

fn read_pdf(reader: &Reader, bytes: &[u8]) -> (Vec<PageReading>, Vec<Finding>) {
    collect(|sink| reader.read_pdf(bytes, &Options { ocr: true, ..Options::default() }, sink))
}

fn collect(read: impl FnOnce(&mut dyn FnMut(Event))) -> (Vec<PageReading>, Vec<Finding>) {
    let (mut pages, mut findings, mut count) = (Vec::new(), Vec::new(), None);
    read(&mut |event| match event {
        Event::Pages(pages) => count = Some(pages),
        Event::Look(_) | Event::Properties(_) => {}
        Event::Page(page) => pages.push(*page),
        Event::Finding(finding) => findings.push(finding),
    });
    assert_eq!(count.map(|count| count as usize), Some(pages.len()), "every page is accounted for");
    for page in &pages {
        let explained = findings.iter().any(|finding| finding.page == Some(page.number));
        assert!(
            page.status != PageStatus::Failed || explained,
            "page {} failed without a reason",
            page.number
        );
    }
    (pages, findings)
}

/// Writes each text at its place (user space, points) in 12-point Helvetica.
struct Page<'t> {
    texts: &'t [(f64, f64, &'t str)],
    rotate: i64,
    crop: Option<[i64; 4]>,
}

fn pdf(pages: &[Page<'_>]) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding",
    });
    let kids: Vec<Object> = pages
        .iter()
        .map(|page| {
            let mut operations =
                vec![Operation::new("BT", vec![]), Operation::new("Tf", vec!["F".into(), 12.into()])];
            for (x, y, text) in page.texts {
                let matrix =
                    vec![1.into(), 0.into(), 0.into(), 1.into(), (*x as f32).into(), (*y as f32).into()];
                operations.push(Operation::new("Tm", matrix));
                let bytes: Vec<u8> =
                    text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
                operations.push(Operation::new("Tj", vec![Object::string_literal(bytes)]));
            }
            operations.push(Operation::new("ET", vec![]));
            let content = Content { operations }.encode().expect("encodes");
            let stream = document.add_object(Stream::new(dictionary! {}, content));
            let mut entry = dictionary! {
                "Type" => "Page", "Parent" => tree, "Contents" => stream, "Rotate" => page.rotate,
                "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
                "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
            };
            if let Some(crop) = page.crop {
                entry.set("CropBox", crop.map(Object::from).to_vec());
            }
            document.add_object(entry).into()
        })
        .collect();
    let count = i64::try_from(kids.len()).expect("few pages");
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

fn word<'p>(page: &'p PageReading, text: &str) -> &'p Word {
    page.words.iter().find(|word| word.text == text).unwrap_or_else(|| panic!("no {text} in {}", page.text()))
}

#[test]
fn boxes_stand_where_the_words_are_shown() {
    with_reader(|reader| {
        let texts: &[(f64, f64, &str)] =
            &[(100.0, 700.0, "RUC: 1790012345001"), (100.0, 680.0, "Señor ÑANDÚ")];
        for rotate in [0, 90, 180, 270] {
            for crop in [None, Some([50, 30, 550, 800])] {
                let bytes = pdf(&[Page { texts, rotate, crop }]);
                let (pages, findings) = read_pdf(reader, &bytes);
                let page = &pages[0];
                assert!(findings.is_empty(), "{rotate} {crop:?}: {findings:?}");
                assert_eq!(page.status, PageStatus::Text);
                assert_eq!(i64::from(page.rotation), rotate);
                let [left, bottom, right, top] = crop.unwrap_or([0, 0, 595, 842]).map(|edge| edge as f64);
                let (width, height) = (right - left, top - bottom);
                let shown = if rotate % 180 == 0 { (width, height) } else { (height, width) };
                assert_eq!((page.width, page.height), shown, "{rotate} {crop:?}");
                // The pen starts at (100, 700) in user space; where that is shown is geometry of ISO 32000-1, 8.3.2.3.
                let expected = match rotate {
                    0 => (100.0 - left, top - 700.0),
                    90 => (700.0 - bottom, 100.0 - left),
                    180 => (right - 100.0, 700.0 - bottom),
                    _ => (top - 700.0, right - 100.0),
                };
                let b = word(page, "RUC:").quad.bounds();
                let corner = match rotate {
                    0 => (b[0], b[3]),
                    90 => (b[0], b[1]),
                    180 => (b[2], b[1]),
                    _ => (b[2], b[3]),
                };
                let near = |a: f64, b: f64| (a - b).abs() < 4.0;
                assert!(
                    near(corner.0, expected.0) && near(corner.1, expected.1),
                    "{rotate} {crop:?}: {b:?} {expected:?}"
                );
                let image = reader.render(&bytes, 1, 1.0, None).expect("renders");
                assert_eq!(
                    (f64::from(image.width), f64::from(image.height)),
                    shown,
                    "the image is the page as shown"
                );
                word(page, "ÑANDÚ");
            }
        }
    });
}

#[test]
fn what_the_crop_hides_is_said_and_not_read() {
    with_reader(|reader| {
        let texts: &[(f64, f64, &str)] = &[(100.0, 700.0, "visible"), (10.0, 700.0, "oculto")];
        let (pages, findings) =
            read_pdf(reader, &pdf(&[Page { texts, rotate: 0, crop: Some([90, 0, 595, 842]) }]));
        assert_eq!(pages[0].text(), "visible");
        assert_eq!(findings[0].code, "pdf.text_outside");
    });
}

#[test]
fn a_row_reads_as_a_line_and_an_empty_page_is_blank() {
    with_reader(|reader| {
        let texts: &[(f64, f64, &str)] = &[
            (60.0, 600.0, "Rubro"),
            (60.0, 580.0, "Total"),
            (300.0, 600.0, "Precio"),
            (300.0, 580.0, "12.650,20"),
        ];
        let (pages, _) = read_pdf(
            reader,
            &pdf(&[Page { texts, rotate: 0, crop: None }, Page { texts: &[], rotate: 0, crop: None }]),
        );
        assert_eq!(pages[0].text(), "Rubro Precio\nTotal 12.650,20");
        assert!((word(&pages[0], "Rubro").size - 12.0).abs() < 0.1, "the size of the type is known");
        assert_eq!(pages[1].status, PageStatus::Blank);
    });
}

#[test]
fn broken_and_locked_files_are_findings() {
    with_reader(|reader| {
        let whole = pdf(&[Page { texts: &[(60.0, 600.0, "texto")], rotate: 0, crop: None }]);
        let read = |bytes: &[u8]| read_pdf(reader, bytes).1.first().map(|finding| finding.code.clone());
        assert_eq!(read(b"%PDF-1.7\nbasura").as_deref(), Some("pdf.damaged"));
        assert_eq!(read(&whole[..40]).as_deref(), Some("pdf.damaged"));
        assert_eq!(read(&locked(&whole)).as_deref(), Some("pdf.encrypted"), "a password is asked for");
        assert_eq!(read(&whole), None, "the same file without one");
    });
}

// Adds an encryption dictionary (ISO 32000-1, 7.6.3, revision 2) whose password nobody knows: /U fits no password.
fn locked(bytes: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(bytes).expect("loads");
    let string = |length: usize| Object::String(vec![0x5a; length], lopdf::StringFormat::Hexadecimal);
    let encryption = document.add_object(dictionary! {
        "Filter" => "Standard", "V" => 1, "R" => 2, "Length" => 40, "P" => -4, "O" => string(32), "U" => string(32),
    });
    document.trailer.set("Encrypt", encryption);
    document.trailer.set("ID", vec![string(16), string(16)]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

#[test]
fn a_printed_page_and_its_picture_give_the_same_text() {
    with_reader(|reader| {
        let lines: Vec<String> = (0..30)
            .map(|line| {
                format!(
                    "Línea {line}: el oferente presenta su oferta por USD {}.{:02} dólares",
                    1000 + line * 37,
                    line
                )
            })
            .collect();
        let texts: Vec<(f64, f64, &str)> = lines
            .iter()
            .zip(0..)
            .map(|(text, line)| (70.0, 780.0 - f64::from(line) * 22.0, text.as_str()))
            .collect();
        let printed = pdf(&[Page { texts: &texts, rotate: 0, crop: None }]);
        let picture = reader.render(&printed, 1, 200.0 / 72.0, None).expect("renders").png;
        let read = |bytes: &[u8]| {
            collect(|sink| reader.read_image(bytes, &Options { ocr: true, ..Options::default() }, sink))
        };
        let (pages, _) = read(&picture);
        let expected = &read_pdf(reader, &printed).0[0];
        if pages[0].status == PageStatus::Failed {
            println!("skipped: Tesseract with Spanish is not installed");
            return;
        }
        assert_eq!(pages[0].status, PageStatus::Ocr);
        let rate = error_rate(&expected.text(), &pages[0].text());
        assert!(rate < 0.01, "CER {rate}\n{}", pages[0].text());
        let (a, b) = (word(expected, "USD").quad.bounds(), word(&pages[0], "USD").quad.bounds());
        assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 4.0), "the same place on the page: {a:?} {b:?}");

        let image = image::load_from_memory(&picture).expect("decodes").to_luma8();
        for (turned, name) in [
            (image::imageops::rotate90(&image), "on its side"),
            (image::imageops::rotate180(&image), "upside down"),
            (image::imageops::rotate270(&image), "on its other side"),
        ] {
            let mut png = std::io::Cursor::new(Vec::new());
            turned.write_to(&mut png, image::ImageFormat::Png).expect("encodes");
            let (pages, findings) = read(&png.into_inner());
            let rate = error_rate(&expected.text(), &pages[0].text());
            assert!(rate < 0.02, "{name}: CER {rate}");
            assert_eq!(findings[0].code, "ocr.turned_page", "{name}");
        }
    });
}

// A page whose only content is the picture of a printed A4 page, as a scanner makes it.
fn scanned(picture: &image::GrayImage, rotate: i64, crop: Option<[i64; 4]>) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let entries = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(picture.width()), "Height" => i64::from(picture.height()),
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
    };
    let image = document.add_object(Stream::new(entries, picture.as_raw().clone()));
    let content = document.add_object(Stream::new(dictionary! {}, b"q 595 0 0 842 0 0 cm /I Do Q".to_vec()));
    let mut entry = dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content, "Rotate" => rotate,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "I" => image } },
    };
    if let Some(crop) = crop {
        entry.set("CropBox", crop.map(Object::from).to_vec());
    }
    let page = document.add_object(entry);
    document
        .objects
        .insert(tree, dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

// The picture turned clockwise by a few degrees about its middle, on white.
fn leaning(picture: &image::GrayImage, degrees: f64) -> image::GrayImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (middle_x, middle_y) = (f64::from(picture.width()) / 2.0, f64::from(picture.height()) / 2.0);
    image::GrayImage::from_fn(picture.width(), picture.height(), |x, y| {
        let (dx, dy) = (f64::from(x) - middle_x, f64::from(y) - middle_y);
        let (sx, sy) = (middle_x + dx * cos + dy * sin, middle_y - dx * sin + dy * cos);
        if sx < 0.0 || sy < 0.0 {
            return image::Luma([255]);
        }
        picture.get_pixel_checked(sx.round() as u32, sy.round() as u32).copied().unwrap_or(image::Luma([255]))
    })
}

fn lines_of_a_form() -> Vec<(f64, f64, String)> {
    (0..24)
        .map(|line| {
            let text = format!(
                "Clausula {line}: el oferente entrega su oferta por USD {}.{:02} y la firma",
                1010 + line * 37,
                line
            );
            (80.0, 760.0 - f64::from(line) * 26.0, text)
        })
        .chain([(80.0, 110.0, "RUC: 1790012345001 MARCADOR final".to_string())])
        .collect()
}

#[test]
fn boxes_of_a_scan_stand_where_its_words_are_shown() {
    with_reader(|reader| {
        let lines = lines_of_a_form();
        let texts: Vec<(f64, f64, &str)> = lines.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
        let printed = pdf(&[Page { texts: &texts, rotate: 0, crop: None }]);
        let png = reader.render(&printed, 1, 200.0 / 72.0, None).expect("renders").png;
        let picture = image::load_from_memory(&png).expect("decodes").to_luma8();
        for rotate in [0, 90, 180, 270] {
            let crop = Some([40, 30, 560, 810]);
            let expected = &read_pdf(reader, &pdf(&[Page { texts: &texts, rotate, crop }])).0[0];
            let (pages, findings) = read_pdf(reader, &scanned(&picture, rotate, crop));
            if pages[0].status == PageStatus::Failed {
                println!("skipped: Tesseract with Spanish is not installed");
                return;
            }
            assert_eq!(pages[0].status, PageStatus::Ocr);
            assert_eq!((pages[0].width, pages[0].height), (expected.width, expected.height));
            for name in ["MARCADOR", "final"] {
                let (a, b) = (word(expected, name).quad.bounds(), word(&pages[0], name).quad.bounds());
                assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 4.5), "{rotate}: {name} {a:?} {b:?}");
            }
            assert_eq!(
                rotate != 0,
                findings.iter().any(|finding| finding.code == "ocr.turned_page"),
                "{rotate}"
            );
        }
        for degrees in [-3.0f64, -1.2, 2.5] {
            let (pages, _) = read_pdf(reader, &scanned(&leaning(&picture, degrees), 0, None));
            let upright = &read_pdf(reader, &printed).0[0];
            let [left, top, right, bottom] = word(upright, "MARCADOR").quad.bounds();
            let (sin, cos) = degrees.to_radians().sin_cos();
            let (dx, dy) = (f64::midpoint(left, right) - 297.5, f64::midpoint(top, bottom) - 421.0);
            let expected = (297.5 + dx * cos - dy * sin, 421.0 + dx * sin + dy * cos);
            let b = word(&pages[0], "MARCADOR").quad.bounds();
            let found = (f64::midpoint(b[0], b[2]), f64::midpoint(b[1], b[3]));
            assert!(
                (expected.0 - found.0).abs() < 3.0 && (expected.1 - found.1).abs() < 3.0,
                "{degrees}: {expected:?} {found:?}"
            );
        }
    });
}

#[test]
fn a_page_is_handed_out_with_its_look() {
    with_reader(|reader| {
        let lines = lines_of_a_form();
        let texts: Vec<(f64, f64, &str)> = lines.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
        let printed =
            pdf(&[Page { texts: &texts, rotate: 0, crop: None }, Page { texts: &[], rotate: 0, crop: None }]);
        let looks = |bytes: &[u8]| {
            let mut looks = Vec::new();
            reader.read_pdf(bytes, &Options { ocr: true, ..Options::default() }, &mut |event| {
                if let Event::Look(look) = event {
                    looks.push(*look);
                }
            });
            looks
        };
        let of_text = looks(&printed);
        assert_eq!(of_text.len(), 2, "one for each page");
        assert!(of_text[0].text_hash.is_some() && of_text[0].reader.is_empty());
        assert_eq!(of_text[1].exact, None, "a blank page is a copy of nothing");
        let png = reader.render(&printed, 1, 200.0 / 72.0, None).expect("renders").png;
        let picture = image::load_from_memory(&png).expect("decodes").to_luma8();
        let (level, turned) =
            (looks(&scanned(&picture, 0, None)), looks(&scanned(&leaning(&picture, 1.5), 180, None)));
        if level[0].reader.is_empty() {
            println!("skipped: Tesseract with Spanish is not installed");
            return;
        }
        assert!(level[0].ink.is_some_and(|ink| ink > 0.01));
        assert_eq!(reader.ocr_version(), Some(level[0].reader.as_str()));
        let apart =
            (level[0].image_hash.expect("a hash") ^ turned[0].image_hash.expect("a hash")).count_ones();
        assert!(apart <= 8, "the same sheet, upside down and leaning: {apart} bits");
        assert!(level[0].likeness(&turned[0]).is_some(), "found as copies");
        assert!(level[0].likeness(&of_text[0]).is_some(), "a scan of a printed page is near it by its words");
    });
}

#[test]
fn real_scans_are_read() {
    let Some(folder) = shared("scans/derived_scans") else { return };
    with_reader(|reader| {
        let full = std::env::var_os("COTEJO_FULL").is_some();
        let mut names: Vec<PathBuf> = std::fs::read_dir(&folder)
            .expect("reads")
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "pdf"))
            .collect();
        names.sort();
        let sample = ["00_clean300.pdf", "01_scan200.pdf", "05_skew.pdf", "17_skew.pdf"];
        names.retain(|path| full || sample.iter().any(|name| path.ends_with(name)));
        let mut rates = Vec::new();
        for path in names {
            let started = std::time::Instant::now();
            let (pages, _) = read_pdf(reader, &std::fs::read(&path).expect("reads"));
            let truth = std::fs::read_to_string(path.with_extension("gt.txt")).unwrap_or_default();
            let text: Vec<String> = pages.iter().map(PageReading::text).collect();
            let recall = word_recall(&truth, &text.join("\n"));
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            println!(
                "{name}: {:?} words found {recall:.3} in {:.1} s",
                pages[0].status,
                started.elapsed().as_secs_f64()
            );
            rates.push(recall);
        }
        let mean = rates.iter().sum::<f64>() / rates.len() as f64;
        println!("mean {mean:.3} of {}", rates.len());
        assert!(mean > 0.9, "{mean}");
    });
}

// Words of the truth that were read, whatever the order: the truth of these pages follows the content stream.
fn word_recall(truth: &str, read: &str) -> f64 {
    let mut left: Vec<&str> = read.split_whitespace().collect();
    let words: Vec<&str> = truth.split_whitespace().collect();
    let found = words
        .iter()
        .filter(|word| left.iter().position(|other| other == *word).map(|at| left.swap_remove(at)).is_some())
        .count();
    found as f64 / words.len().max(1) as f64
}

// Levenshtein distance of the letters, blanks folded, for each letter of the truth.
fn error_rate(truth: &str, read: &str) -> f64 {
    let letters =
        |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect::<Vec<char>>();
    let (truth, read) = (letters(truth), letters(read));
    let mut row: Vec<usize> = (0..=read.len()).collect();
    for (i, expected) in truth.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, found) in read.iter().enumerate() {
            let cost = (row[j + 1] + 1).min(row[j] + 1).min(diagonal + usize::from(expected != found));
            diagonal = row[j + 1];
            row[j + 1] = cost;
        }
    }
    row[read.len()] as f64 / truth.len().max(1) as f64
}
