//! The acta is typeset, archival, and prints what it is told literally.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use cotejo_reports::{
    ActaCalificacion, AuditHead, BidLine, BidderSection, MemberLine, ParameterRow, SignerLine,
    typeset_acta_calificacion,
};

fn acta() -> ActaCalificacion {
    ActaCalificacion {
        number: "001".into(),
        sample: true,
        process_code: "SIE-EJEMPLO-2026-001".into(),
        object: "Adquisición de equipos ficticios".into(),
        entity: "Entidad de Ejemplo".into(),
        members: vec![MemberLine {
            name: "Persona de Ejemplo".into(),
            capacity: "Presidente/a".into(),
            votes: true,
            ..MemberLine::default()
        }],
        bids: vec![BidLine { number: 1, bidder: "Compañía Ficticia S.A.".into(), ..BidLine::default() }],
        audit: vec![AuditHead { device: "equipo".into(), count: 3, head: "ab".repeat(32) }],
        ..ActaCalificacion::default()
    }
}

fn text_of(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("acta.pdf");
    std::fs::write(&path, pdf).expect("writes");
    let output = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn the_acta_is_archival_and_the_same_description_gives_the_same_bytes() {
    let moment = jiff::Timestamp::UNIX_EPOCH;
    let first = typeset_acta_calificacion(&acta(), "acta-1", moment).expect("typesets");
    let second = typeset_acta_calificacion(&acta(), "acta-1", moment).expect("typesets");
    assert_eq!(first.pdf, second.pdf, "an acta must be reproducible from what it states");
    let text = String::from_utf8_lossy(&first.pdf);
    assert!(text.contains("pdfaid:part"), "the metadata must claim PDF/A");
}

#[test]
fn attack_a_bidder_named_like_template_code_is_printed_and_not_run() {
    let hostile = "#import \"/etc/passwd\"; *negrita* $x$ [corchete] <etiqueta> @ref";
    let mut acta = acta();
    acta.bids[0].bidder = hostile.into();
    acta.object = hostile.into();
    let typeset = typeset_acta_calificacion(&acta, "acta-1", jiff::Timestamp::UNIX_EPOCH).expect("typesets");
    let Some(text) = text_of(&typeset.pdf) else { return println!("skipped: pdftotext is not installed") };
    for piece in ["#import", "*negrita*", "$x$", "[corchete]"] {
        assert!(text.contains(piece), "{piece} must stand in the acta as it was written: {text}");
    }
}

#[test]
fn a_long_table_repeats_its_head_and_every_page_carries_the_marks() {
    let mut acta = acta();
    let row = |number| ParameterRow {
        number,
        parameter: format!("Parámetro {number}"),
        verdict: "CUMPLE".into(),
        basis: "Pliego, sección 4.1".into(),
        ..ParameterRow::default()
    };
    acta.sections =
        vec![BidderSection { number: 1, minimum: (1..=80).map(row).collect(), ..BidderSection::default() }];
    let typeset = typeset_acta_calificacion(&acta, "acta-1", jiff::Timestamp::UNIX_EPOCH).expect("typesets");
    assert!(typeset.pages > 2, "eighty rows do not fit on two pages");
    let Some(text) = text_of(&typeset.pdf) else { return println!("skipped: pdftotext is not installed") };
    assert_eq!(
        text.matches("EJEMPLO: proceso").count(),
        typeset.pages,
        "each page says that this is a sample"
    );
    assert_eq!(
        text.matches("Actuante sin inscripción").count(),
        typeset.pages,
        "each page says that nobody is enrolled"
    );
    assert!(text.contains("Parámetro 80"), "the last row is printed");
}

#[test]
fn sections_and_places_for_signatures_are_where_the_document_says() {
    let mut acta = acta();
    let signer = |number| SignerLine {
        name: format!("Persona {number} de Ejemplo"),
        capacity: "Profesional afín al objeto".into(),
        ..SignerLine::default()
    };
    acta.signers = (1..=4).map(signer).collect();
    acta.sections = vec![BidderSection {
        number: 1,
        bidder: "Compañía Ficticia S.A.".into(),
        pending: true,
        ..BidderSection::default()
    }];
    let typeset = typeset_acta_calificacion(&acta, "acta-1", jiff::Timestamp::UNIX_EPOCH).expect("typesets");
    let titles: Vec<_> = typeset.sections.iter().map(|section| section.title.as_str()).collect();
    assert!(titles.contains(&"1. Antecedentes y ofertas presentadas"), "numbered heads: {titles:?}");
    assert!(titles.contains(&"Oferta 1. Compañía Ficticia S.A."), "each bid: {titles:?}");
    assert_eq!(titles.last(), Some(&"Firmas"));
    assert!(typeset.sections.iter().any(|section| section.pending), "what is open is marked");
    assert!(typeset.sections.is_sorted_by_key(|section| section.page), "in the order of the pages");
    assert_eq!(typeset.places.len(), 4, "one place for each who signs");
    for (index, place) in typeset.places.iter().enumerate() {
        let [left, top, right, bottom] = place.bounds;
        assert!(
            left >= 50.0 && right <= 595.28 - 50.0 && top >= 60.0 && bottom <= 841.89 - 60.0,
            "within the text of the page: {place:?}"
        );
        for other in &typeset.places[index + 1..] {
            let apart = other.page != place.page
                || other.bounds[0] >= right
                || other.bounds[2] <= left
                || other.bounds[1] >= bottom
                || other.bounds[3] <= top;
            assert!(apart, "two stamps would cover each other: {place:?} {other:?}");
        }
    }
}
