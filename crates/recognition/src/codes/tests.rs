//! What must be told of codes and stamps, and what must not.

use super::*;
use crate::Beside;
use crate::layout::tests::page;
use cotejo_domain::{
    ChainStatus, ChangesAfter, Confidence, Coverage, Document, DocumentId, DocumentType, Evidence, FileHash,
    Integrity, PageReading, PageStatus, RevocationStatus, Ruc, SignatureVerdict, TimeSource,
    ValidityAtSigning,
};

// Day 22/04/2024, invoice, a fictional issuer, 001-002-000000123.
const BODY: &str = "220420240117900123440012001002000000123123456781";

fn key(body: &str) -> String {
    let agrees = |digit: &u8| {
        access_key::find(&Folded::new(&format!("{body}{digit}"))).first().is_some_and(|key| key.value.agrees)
    };
    format!("{body}{}", (0..=9).find(agrees).expect("a check digit"))
}

fn code(kind: CodeKind, text: &str) -> (u32, PrintedCode) {
    let quad = Quad::upright(60.0, 100.0, 120.0, 160.0);
    (1, PrintedCode { kind, text: text.into(), quad, confidence: Confidence::CERTAIN })
}

fn stamp_code(name: &str, day: &str) -> (u32, PrintedCode) {
    code(CodeKind::Qr, &format!("FIRMADO POR: {name}\nRAZON: \nLOCALIZACION: \nFECHA: {day}T10:20:30-05:00"))
}

fn fact(field: &str, value: FactValue) -> Fact {
    let file = FileHash::of(b"x");
    let confidence = Confidence::new(0.95);
    let location = Location::Page { page: 1, quads: Vec::new() };
    let evidence = Evidence {
        file,
        file_name: "f.pdf".into(),
        location,
        quote: String::new(),
        extractor: "prueba@1".into(),
        confidence,
    };
    Fact { document: None, field: field.into(), value, raw: String::new(), evidence, confidence }
}

fn signature(signer: &str, time: &str) -> SignatureReading {
    SignatureReading {
        signer: Some(signer.into()),
        cedula: None,
        ruc: None,
        signing_time: time.parse().ok(),
        time_source: TimeSource::Declared,
        sub_filter: "adbe.pkcs7.detached".into(),
        level: "CMS".into(),
        integrity: Integrity::Ok,
        covers: Coverage::Whole,
        changes_after: ChangesAfter::None,
        changes: Vec::new(),
        chain: ChainStatus::Incomplete,
        validity_at_signing: ValidityAtSigning::Ok,
        revocation: RevocationStatus::NotChecked,
        verdict: SignatureVerdict::Indeterminate,
        reasons: Vec::new(),
        page: None,
        certificate_serial: None,
        findings: Vec::new(),
    }
}

fn scanned(mut sheet: PageReading, confidence: f64) -> PageReading {
    sheet.status = PageStatus::Ocr;
    for word in &mut sheet.words {
        word.confidence = Confidence::new(confidence);
    }
    sheet
}

fn told(
    sheets: &[PageReading],
    codes: &[(u32, PrintedCode)],
    facts: Vec<Fact>,
    signatures: Option<&[SignatureReading]>,
) -> Vec<(String, String, String)> {
    let layouts: Vec<PageLayout> = sheets.iter().map(PageLayout::new).collect();
    let beside = Beside { codes, signatures, ..Beside::NONE };
    let file = FileHash::of(b"x");
    let input = Input { file, file_name: "f.pdf", pages: sheets, process_code: None, beside };
    let document = Document {
        id: DocumentId(uuid::Uuid::from_u128(1)),
        file,
        kind: DocumentType::from("FACTURA"),
        confidence: Confidence::CERTAIN,
        pages: sheets.iter().map(|sheet| sheet.number).collect(),
        blank_form: false,
    };
    let mut recognised =
        Recognised { documents: vec![document], facts, ..Recognised::of_model("prueba".into()) };
    check(&mut recognised, &input, &layouts);
    for finding in &recognised.findings {
        assert!(!finding.message.contains('{') && !finding.remedy.is_empty(), "{finding:?}");
        assert!(finding.severity < Severity::Error, "nothing falls by a stamp");
    }
    assert!(recognised.print_differences.iter().all(|difference| !difference.quads.is_empty()));
    recognised.print_differences.into_iter().map(|found| (found.code, found.said, found.beside)).collect()
}

fn codes_of(told: &[(String, String, String)]) -> Vec<&str> {
    told.iter().map(|told| told.0.trim_start_matches("recognition.")).collect()
}

#[test]
fn a_key_that_agrees_with_its_print_and_facts_is_not_told() {
    let key = key(BODY);
    let sheet =
        page(1, &[(60.0, 60.0, "FACTURA"), (60.0, 80.0, "CLAVE DE ACCESO"), (60.0, 94.0, key.as_str())]);
    let facts = vec![
        fact("ruc_emisor", FactValue::Ruc(Ruc::parse("1790012344001").expect("a RUC"))),
        fact("fecha", FactValue::Date(jiff::civil::date(2024, 4, 22))),
        fact("numero", FactValue::Text("001-002-000000123".into())),
    ];
    assert!(told(&[sheet], &[code(CodeKind::Code128, &key)], facts, None).is_empty());
}

#[test]
fn a_key_of_another_voucher_is_told_with_both_values() {
    let (own, other) = (key(BODY), key(&BODY.replace("000000123", "000000777")));
    let sheet = page(1, &[(60.0, 60.0, "FACTURA"), (60.0, 94.0, own.as_str())]);
    let facts = vec![
        fact("numero", FactValue::Text("001-002-000000123".into())),
        fact("fecha", FactValue::Date(jiff::civil::date(2024, 5, 22))),
    ];
    let found = told(std::slice::from_ref(&sheet), &[code(CodeKind::Code128, &other)], facts, None);
    assert_eq!(codes_of(&found), ["code_key_differs", "code_fact_differs", "code_fact_differs"]);
    assert_eq!((found[0].1.as_str(), found[0].2.as_str()), (other.as_str(), own.as_str()));
    assert_eq!((found[1].1.as_str(), found[1].2.as_str()), ("001-002-000000777", "001-002-000000123"));
}

#[test]
fn what_ocr_misread_contradicts_no_code() {
    let own = key(BODY);
    let misread = own.replacen("000000123", "000000128", 1);
    let sheet = scanned(page(1, &[(60.0, 60.0, "FACTURA"), (60.0, 94.0, misread.as_str())]), 0.95);
    let facts = vec![fact("numero", FactValue::Text("001-002-000000128".into()))];
    assert!(told(&[sheet], &[code(CodeKind::Code128, &own)], facts, None).is_empty());
}

#[test]
fn a_certificate_whose_code_says_another_number_is_told() {
    let sheet = page(1, &[(60.0, 60.0, "Código de verificación: AB12-77345"), (60.0, 80.0, "Certificado")]);
    let qr = |text: &str| [code(CodeKind::Qr, text)];
    let of = |text: &str| codes_of(&told(std::slice::from_ref(&sheet), &qr(text), Vec::new(), None)).len();
    assert_eq!(of("https://ejemplo.gob.ec/ver?codigo=AB12-77345"), 0);
    assert_eq!(of("https://ejemplo.gob.ec/ver?codigo=ZX98-10234"), 1);
    assert_eq!(of("https://ejemplo.gob.ec/inicio"), 0, "a code that says no number contradicts none");
}

#[test]
fn a_stamp_without_a_signature_is_told_once_for_its_document() {
    let sheet = page(1, &[(60.0, 60.0, "Hoja de vida")]);
    let codes = [stamp_code("ANA EJEMPLO MORA", "2024-05-03"), stamp_code("ANA EJEMPLO MORA", "2024-05-03")];
    let found = told(std::slice::from_ref(&sheet), &codes, Vec::new(), Some(&[]));
    assert_eq!(codes_of(&found), ["stamp_unsigned"]);
    assert!(told(&[sheet], &codes, Vec::new(), None).is_empty(), "nobody knows whether the file is signed");
}

#[test]
fn a_printed_stamp_in_a_scan_is_told_and_its_holder_is_not() {
    let rows = [
        (300.0, 100.0, "Firmado electrónicamente por:"),
        (300.0, 112.0, "ANA LUCIA EJEMPLO MORA"),
        (300.0, 124.0, "Validar únicamente con FirmaEC"),
    ];
    let sheet = scanned(page(1, &rows), 0.9);
    assert_eq!(codes_of(&told(std::slice::from_ref(&sheet), &[], Vec::new(), Some(&[]))), ["stamp_unsigned"]);
    let own = signature("EJEMPLO MORA ANA LUCIA", "2024-05-03T15:20:30Z");
    assert!(told(&[sheet], &[], Vec::new(), Some(&[own])).is_empty());
}

#[test]
fn a_stamp_of_somebody_who_did_not_sign_is_told() {
    let sheet = page(1, &[(60.0, 60.0, "Hoja de vida")]);
    let codes = [stamp_code("ANA EJEMPLO MORA", "2024-05-03")];
    let of = |holder: &str, time: &str| {
        let signed = [signature(holder, time)];
        let found = told(std::slice::from_ref(&sheet), &codes, Vec::new(), Some(&signed));
        found.into_iter().map(|found| found.0).collect::<Vec<_>>()
    };
    assert_eq!(of("LUIS FICTICIO VERA", "2024-05-03T15:20:30Z"), ["recognition.stamp_other_signer"]);
    assert!(of("Ana Ejemplo Mora", "2024-05-03T15:20:30Z").is_empty());
    assert!(
        of("ANA LUCIA EJEMPLO MORA", "2024-05-04T02:00:00Z").is_empty(),
        "the certificate says more; the same night"
    );
    assert_eq!(of("Ana Ejemplo Mora", "2024-07-03T15:20:30Z"), ["recognition.stamp_day_differs"]);
    let unnamed = SignatureReading { signer: None, ..signature("", "2024-05-03T15:20:30Z") };
    assert!(
        told(std::slice::from_ref(&sheet), &codes, Vec::new(), Some(&[unnamed])).is_empty(),
        "its holder may be she"
    );
}

#[test]
fn the_print_beside_a_code_that_names_another_is_told() {
    let rows = [
        (130.0, 100.0, "Firmado electrónicamente por:"),
        (130.0, 112.0, "LUIS FICTICIO VERA"),
        (130.0, 124.0, "Validar únicamente con FirmaEC"),
    ];
    let found = told(&[page(1, &rows)], &[stamp_code("ANA EJEMPLO MORA", "2024-05-03")], Vec::new(), None);
    assert_eq!(codes_of(&found), ["stamp_print_differs"]);
    let same = told(&[page(1, &rows)], &[stamp_code("LUIS FICTICIO VERA", "2024-05-03")], Vec::new(), None);
    assert!(same.is_empty());
}
