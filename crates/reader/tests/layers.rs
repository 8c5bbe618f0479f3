//! PDFs whose text layer lies, and PDFs that carry files.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "test code: a failure is the test's answer")]

mod start;

use cotejo_domain::PageStatus;
use cotejo_reader::{Event, Options};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

const LINES: [&str; 6] = [
    "El oferente declara que la informacion consignada es veraz",
    "y autoriza a la entidad contratante a verificarla cuando",
    "lo considere necesario para el presente procedimiento",
    "de contratacion publica de la obra de alcantarillado",
    "cuyo plazo de ejecucion es de ciento veinte dias contados",
    "desde la fecha de notificacion del anticipo disponible",
];

/// Writes a page of text whose font says of each code that it is the letter after the one it draws, and a file beside it.
fn lying() -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def \
        1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfrange <20> <20> <0020> <41> <7A> <0042> endbfrange \
        endcmap end end";
    let map = document.add_object(Stream::new(Dictionary::new(), map.as_bytes().to_vec()));
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding", "ToUnicode" => map,
    });
    let lines: String = LINES
        .iter()
        .enumerate()
        .map(|(index, line)| format!("1 0 0 1 70 {} Tm ({line}) Tj ", 700 - index * 24))
        .collect();
    let content = format!("BT /F 14 Tf {lines} ET");
    let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let tree = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => tree, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F" => font } },
    });
    let kids = vec![Object::from(page)];
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let file =
        document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, b"contenido".to_vec()));
    let specification = document.add_object(dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal("anexo.txt"), "UF" => Object::string_literal("anexo.txt"),
        "EF" => dictionary! { "F" => file },
    });
    let names = vec![Object::string_literal("anexo.txt"), specification.into()];
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog", "Pages" => tree,
        "Names" => dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } },
    });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("saves");
    bytes
}

// One test, since there is one reader a process.
#[test]
fn a_layer_that_lies_is_replaced_by_what_is_seen_and_attachments_come_out() {
    let Some(reader) = start::reader(true) else { return };
    let bytes = lying();
    let read = |ocr: bool| {
        let (mut pages, mut codes) = (Vec::new(), Vec::new());
        reader.read_pdf(&bytes, &Options { ocr, ..Options::default() }, &mut |event| match event {
            Event::Page(page) => pages.push(*page),
            Event::Finding(finding) => codes.push(finding.code),
            Event::Pages(_) | Event::Properties(_) | Event::Look(_) => {}
        });
        (pages.remove(0), codes)
    };
    let (page, codes) = read(true);
    assert_eq!(page.status, PageStatus::Ocr, "{}", page.text());
    assert!(page.text().contains("informacion consignada"), "{}", page.text());
    assert!(codes.contains(&"pdf.layer_replaced".to_string()), "{codes:?}");
    assert!(codes.contains(&"pdf.attachments".to_string()), "{codes:?}");
    let (page, codes) = read(false);
    assert!(page.text().contains("jogpsnbdjpo"), "the layer as it is: {}", page.text());
    assert!(codes.contains(&"pdf.layer_doubtful".to_string()), "{codes:?}");
    let mut taken = Vec::new();
    let findings = reader.attachments(&bytes, None, &mut |name, content| taken.push((name, content)));
    assert_eq!(taken, [("anexo.txt".to_string(), b"contenido".to_vec())], "{findings:?}");
}
