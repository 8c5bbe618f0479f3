//! What files say of themselves, through the real worker.

use crate::analysis::{ReadingContext, analyse};
use crate::view::Cancellation;
use cotejo_domain::{FileProperties, PropertyKind};
use std::fmt::Write as _;
use std::io::Write as _;

fn pdf() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        "<< /Author (Ana Ejemplo Ficticia) /Creator (Writer) /Producer (LibreOffice 7.3) /ModDate (D:20260105103000-05'00') >>",
    ];
    let (mut text, mut places) = ("%PDF-1.4\n".to_owned(), Vec::new());
    for (number, object) in (1..).zip(objects) {
        places.push(text.len());
        write!(text, "{number} 0 obj\n{object}\nendobj\n").expect("written");
    }
    let start = text.len();
    text.push_str("xref\n0 5\n0000000000 65535 f \n");
    places.iter().for_each(|place| writeln!(text, "{place:010} 00000 n ").expect("written"));
    let id = "30313233343536373839616263646566";
    write!(
        text,
        "trailer\n<< /Size 5 /Root 1 0 R /Info 4 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{start}\n%%EOF\n"
    )
    .expect("written");
    text.into_bytes()
}

fn docx() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let types = "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>";
    let document =
        "<w:document><w:body><w:p><w:r><w:t>Carta de presentación</w:t></w:r></w:p></w:body></w:document>";
    let core = "<cp:coreProperties><dc:creator>Ana Ejemplo Ficticia</dc:creator></cp:coreProperties>";
    for (name, text) in
        [("[Content_Types].xml", types), ("word/document.xml", document), ("docProps/core.xml", core)]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    }
    zip.finish().expect("closes").into_inner()
}

#[test]
fn a_pdf_and_a_word_document_say_who_wrote_them() {
    let Ok(lector) = crate::quick::lector() else {
        return println!("skipped: the worker or its resources are missing");
    };
    let read = |name: &str, bytes: &[u8]| -> FileProperties {
        let context = ReadingContext::default();
        let read =
            analyse(&lector, name, bytes, &context, &Cancellation::default(), &mut || {}).expect("reads");
        read.analysis.properties.expect("says something of itself")
    };
    let author = |said: &FileProperties| said.of(PropertyKind::Author).next().map(|one| one.value.clone());
    let said = read("carta.pdf", &pdf());
    assert_eq!(author(&said).as_deref(), Some("Ana Ejemplo Ficticia"));
    assert_eq!(said.of(PropertyKind::DocumentId).count(), 1, "the second parser works in the worker too");
    let moment = said.of(PropertyKind::Modified).next().and_then(|one| one.at).expect("a moment");
    assert_eq!(moment.to_string(), "2026-01-05T15:30:00Z");
    assert_eq!(author(&read("carta.docx", &docx())).as_deref(), Some("Ana Ejemplo Ficticia"));
}
