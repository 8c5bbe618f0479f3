//! Attacks on signed documents: each must be seen, and none may be called valid.
#![expect(clippy::expect_used, reason = "helpers of tests")]

#[path = "../../signing/tests/support/mod.rs"]
mod support;

use cotejo_domain::{
    ChainStatus, ChangesAfter, Coverage, Integrity, SignatureReading, SignatureVerdict, ValidityAtSigning,
};
use cotejo_signature_verify::{Options, verify_pdf};
use cotejo_signing::{DemoCertificate, SigningOptions, SubFilter, sign_pdf};
use support::{certificate, classic_pdf, modern_pdf, now};

struct Signed {
    bytes: Vec<u8>,
    demo: DemoCertificate,
}

impl Signed {
    fn new() -> Self {
        let (demo, keystore) = certificate("ROSA PERALTA");
        let bytes = sign_pdf(&classic_pdf(2, true), &keystore, &SigningOptions::at(now())).expect("signs");
        Self { bytes, demo }
    }

    fn options(&self) -> Options {
        Options { anchors: vec![self.demo.authority.clone()], at: None, ..Options::default() }
    }

    fn read(&self, bytes: &[u8]) -> Vec<SignatureReading> {
        verify_pdf(bytes, &self.options()).value
    }
}

/// Appends a classic increment with one object.
fn append(bytes: &[u8], number: u32, value: &str) -> Vec<u8> {
    let mut output = bytes.to_vec();
    let previous = last_xref(bytes);
    let offset = output.len();
    output.extend_from_slice(format!("{number} 0 obj\n{value}\nendobj\n").as_bytes());
    let xref = output.len();
    output.extend_from_slice(
        format!(
            "xref\n{number} 1\n{offset:010} 00000 n\r\ntrailer\n<</Size 40/Root 1 0 R/Prev {previous}>>\nstartxref\n{xref}\n%%EOF\n"
        )
        .as_bytes(),
    );
    output
}

fn last_xref(bytes: &[u8]) -> usize {
    let text = String::from_utf8_lossy(&bytes[bytes.len() - 64..]).into_owned();
    let number = text.split("startxref").nth(1).expect("at the end").trim();
    number.split_whitespace().next().and_then(|word| word.parse().ok()).expect("a number")
}

fn replace(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len(), "offsets must stay");
    let at = bytes.windows(from.len()).position(|window| window == from.as_bytes()).expect("present");
    let mut output = bytes.to_vec();
    output[at..at + to.len()].copy_from_slice(to.as_bytes());
    output
}

#[test]
fn our_own_signature_is_valid_and_says_who_signed() {
    for (document, sub_filter) in
        [(classic_pdf(2, true), SubFilter::Pkcs7Detached), (modern_pdf(2, false), SubFilter::CadesDetached)]
    {
        let (demo, keystore) = certificate("ROSA PERALTA");
        let mut options = SigningOptions::at(now());
        options.sub_filter = sub_filter;
        let bytes = sign_pdf(&document, &keystore, &options).expect("signs");
        let read =
            verify_pdf(&bytes, &Options { anchors: vec![demo.authority], at: None, ..Options::default() });
        assert_eq!(read.value.len(), 1);
        let reading = &read.value[0];
        assert_eq!(reading.verdict, SignatureVerdict::Valid, "{:?}", reading.reasons);
        assert_eq!(reading.signer.as_deref(), Some("ROSA PERALTA (EJEMPLO)"));
        assert_eq!(reading.cedula.as_deref(), Some("1710034065"));
        assert_eq!(reading.ruc.as_deref(), Some("1790011674001"));
        assert_eq!((reading.covers, reading.changes_after), (Coverage::Whole, ChangesAfter::None));
        assert_eq!(reading.level, "B-B");
        assert_eq!(reading.page, None, "the widget is invisible");
        let difference = reading.signing_time.expect("declared").duration_since(options.signing_time);
        assert!(difference.unsigned_abs().as_secs() < 2, "the time is the one of signing");
    }
}

#[test]
fn an_unsigned_file_has_no_reading_and_no_error() {
    let read = verify_pdf(&classic_pdf(1, false), &Options::default());
    assert_eq!((read.value.len(), read.findings.len()), (0, 0), "{:?}", read.findings);
}

#[test]
fn attack_one_byte_changed() {
    let signed = Signed::new();
    let readings = signed.read(&replace(&signed.bytes, "EJEMPLO 1", "EJEMPLO 7"));
    assert_eq!((readings[0].integrity, readings[0].verdict), (Integrity::Broken, SignatureVerdict::Invalid));
}

#[test]
fn attack_every_byte_outside_the_value_counts() {
    let signed = Signed::new();
    let find =
        |word: &[u8]| signed.bytes.windows(word.len()).position(|window| window == word).expect("there");
    let start = find(b"/Contents<");
    let end = start + signed.bytes[start..].iter().position(|byte| *byte == b'>').expect("closed");
    let step = signed.bytes.len() / 199 + 1;
    for position in
        (0..signed.bytes.len()).step_by(step).filter(|position| !(start + 9..end).contains(position))
    {
        let mut bytes = signed.bytes.clone();
        bytes[position] ^= 1;
        for reading in signed.read(&bytes) {
            assert_ne!(reading.verdict, SignatureVerdict::Valid, "byte {position} changed");
        }
    }
}

#[test]
fn attack_page_content_replaced_by_an_increment() {
    let signed = Signed::new();
    let shown = "BT /F1 24 Tf 72 700 Td (OTRA OFERTA) Tj ET";
    let bytes = append(&signed.bytes, 6, &format!("<</Length {}>>\nstream\n{shown}\nendstream", shown.len()));
    let readings = signed.read(&bytes);
    assert_eq!(readings[0].integrity, Integrity::Ok, "the signed bytes are still there");
    assert_eq!(readings[0].covers, Coverage::Revision);
    assert_eq!(readings[0].changes_after, ChangesAfter::Disallowed);
    assert_eq!(readings[0].changes, ["Cambió el contenido de la página 1."]);
    assert_eq!(readings[0].verdict, SignatureVerdict::Indeterminate);
}

#[test]
fn attack_annotation_over_the_page() {
    let signed = Signed::new();
    let bytes =
        append(&signed.bytes, 4, "<</Type/Annot/Subtype/FreeText/Rect[0 0 595 842]/Contents(OTRA)/F 4>>");
    let readings = signed.read(&bytes);
    assert_eq!(readings[0].changes_after, ChangesAfter::Disallowed);
    assert_eq!(readings[0].changes, ["Cambiaron las anotaciones de la página 1."]);
}

#[test]
fn attack_pages_removed_or_exchanged() {
    let signed = Signed::new();
    for kids in ["[5 0 R]/Count 1", "[7 0 R 5 0 R]/Count 2"] {
        let tree = format!("<</Type/Pages/Kids{kids}/MediaBox[0 0 595.27559 841.88976]>>");
        let readings = signed.read(&append(&signed.bytes, 2, &tree));
        assert_eq!(readings[0].changes_after, ChangesAfter::Disallowed, "{kids}");
        assert_ne!(readings[0].verdict, SignatureVerdict::Valid, "{kids}");
    }
}

#[test]
fn attack_signature_taken_out_of_the_form() {
    let signed = Signed::new();
    let readings = signed.read(&append(&signed.bytes, 1, "<</Type/Catalog/Pages 2 0 R>>"));
    assert_eq!(readings.len(), 1, "the file is not called unsigned");
    assert!(readings[0].reasons.iter().any(|reason| reason.starts_with("signature.not_in_form:")));
    assert_eq!(readings[0].verdict, SignatureVerdict::Indeterminate);
}

#[test]
fn attack_wrapping_the_range_is_moved_to_an_older_copy() {
    // The signed bytes stay, a new revision carries a dictionary whose range leaves out everything in between.
    let signed = Signed::new();
    let text = String::from_utf8_lossy(&signed.bytes).into_owned();
    let start = text.find("/ByteRange[").expect("there") + "/ByteRange[".len();
    let numbers: Vec<usize> =
        text[start..].split([' ', ']']).take(4).map(|word| word.parse().expect("number")).collect();
    let wider = format!("[0 {} {} {}]", numbers[1], numbers[2] + 2, numbers[3] - 2);
    let exact = format!("[0 {} {} {}]", numbers[1], numbers[2], numbers[3]);
    assert_eq!(wider.len(), exact.len());
    let readings = signed.read(&replace(&signed.bytes, &exact, &wider));
    assert_eq!((readings[0].integrity, readings[0].verdict), (Integrity::Broken, SignatureVerdict::Invalid));
    assert!(readings[0].reasons.iter().any(|reason| reason.starts_with("signature.byte_range.hole:")));
}

#[test]
fn attack_somebody_elses_authority() {
    let signed = Signed::new();
    let (other, _) = certificate("OTRA PERSONA");
    let reading = &verify_pdf(
        &signed.bytes,
        &Options { anchors: vec![other.authority], at: None, ..Options::default() },
    )
    .value[0];
    assert_ne!(reading.chain, ChainStatus::Trusted, "same name, another key");
    assert_eq!(reading.verdict, SignatureVerdict::Indeterminate);
    let reading = &verify_pdf(&signed.bytes, &Options::default()).value[0];
    assert_eq!((reading.chain, reading.verdict), (ChainStatus::Incomplete, SignatureVerdict::Indeterminate));
    assert_eq!(reading.integrity, Integrity::Ok);
}

#[test]
fn attack_time_before_the_certificate() {
    let (demo, keystore) = certificate("ROSA PERALTA");
    let signed = sign_pdf(&classic_pdf(1, false), &keystore, &SigningOptions::at(now())).expect("signs");
    let at = now() + jiff::SignedDuration::from_hours(24 * 365 * 5);
    let reading =
        &verify_pdf(&signed, &Options { anchors: vec![demo.authority], at: Some(at), ..Options::default() })
            .value[0];
    assert_eq!(reading.validity_at_signing, ValidityAtSigning::Ok, "it was valid when it signed");
    assert_ne!(reading.verdict, SignatureVerdict::Valid, "but not at the date that was asked for");
}

#[test]
fn attack_a_signed_file_made_unreadable_is_not_called_unsigned() {
    let signed = Signed::new();
    let mut bytes = signed.bytes.clone();
    // Without catalog, page tree and table there is no structure left.
    for word in ["/Catalog", "/Pages 2", "startxref", "xref\n", "trailer"] {
        let mut from = 0;
        while let Some(at) = bytes[from..].windows(word.len()).position(|window| window == word.as_bytes()) {
            bytes[from + at] = b'#';
            from += at + 1;
        }
    }
    let read = verify_pdf(&bytes, &signed.options());
    assert_eq!(read.value.len(), 1, "{:?}", read.findings);
    assert_ne!(read.value[0].verdict, SignatureVerdict::Valid);
    assert!(read.value[0].reasons.iter().any(|reason| reason.starts_with("signature.structure:")));
}

#[test]
fn further_signatures_are_allowed_after_the_first() {
    for document in [classic_pdf(2, true), modern_pdf(2, true)] {
        let mut bytes = document;
        let mut anchors = Vec::new();
        for name in ["ROSA PERALTA", "LUIS CAIZA", "ANA MINDA"] {
            let (demo, keystore) = certificate(name);
            anchors.push(demo.authority);
            bytes = sign_pdf(&bytes, &keystore, &SigningOptions::at(now())).expect("signs");
        }
        let readings = verify_pdf(&bytes, &Options { anchors, at: None, ..Options::default() }).value;
        let coverage: Vec<_> =
            readings.iter().map(|reading| (reading.covers, reading.changes_after)).collect();
        assert_eq!(
            coverage,
            [
                (Coverage::Revision, ChangesAfter::Allowed),
                (Coverage::Revision, ChangesAfter::Allowed),
                (Coverage::Whole, ChangesAfter::None)
            ]
        );
        for reading in &readings {
            assert_eq!(reading.verdict, SignatureVerdict::Valid, "{:?}", reading.reasons);
        }
        assert_eq!(readings[1].signer.as_deref(), Some("LUIS CAIZA (EJEMPLO)"), "in the order of signing");
    }
}

#[test]
fn truncated_files_give_findings_and_never_panic() {
    let signed = Signed::new();
    for length in (0..signed.bytes.len()).step_by(311) {
        for reading in signed.read(&signed.bytes[..length]) {
            assert_ne!(reading.verdict, SignatureVerdict::Valid, "cut at {length}");
        }
    }
    let read = verify_pdf(b"%PDF-1.7\nnothing here", &Options::default());
    assert_eq!(read.findings[0].code, "signature.file_unreadable");
    assert!(!read.findings[0].remedy.is_empty(), "it says what to do");
}

#[test]
fn attack_bytes_changed_at_random_never_give_a_panic_or_a_valid_signature() {
    let signed = Signed::new();
    let text = String::from_utf8_lossy(&signed.bytes).into_owned();
    let start = text.find("/Contents<").expect("there") + 10;
    let end = start + text[start..].find('>').expect("closed");
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut next = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % limit as u64).expect("small")
    };
    for round in 0..400 {
        let mut bytes = signed.bytes.clone();
        // Every other round goes into the signature's own structure, where the ASN.1 is.
        let (from, length) = if round % 2 == 0 { (0, bytes.len()) } else { (start, 2400) };
        for _ in 0..=next(6) {
            let position = from + next(length);
            if round % 2 == 0 && (start..end).contains(&position) {
                continue;
            }
            bytes[position] = if round % 2 == 0 { next(256) as u8 } else { b"0123456789ABCDEF"[next(16)] };
        }
        for reading in signed.read(&bytes) {
            // The embedded root is not signed: the chain is built to the anchor, not to it.
            let is_untouched = bytes == signed.bytes;
            assert!(
                reading.verdict != SignatureVerdict::Valid || round % 2 == 1 || is_untouched,
                "round {round}"
            );
        }
    }
}

#[test]
fn a_field_that_names_the_form_as_its_parent_does_not_stand_against_further_signatures() {
    let mut bytes = append(&classic_pdf(1, true), 21, "<</FT/Tx/T(nota)/V()/Parent 20 0 R/Rect[0 0 9 9]>>");
    bytes = append(&bytes, 20, "<</Fields[21 0 R]>>");
    bytes = append(&bytes, 1, "<</Type/Catalog/Pages 2 0 R/AcroForm 20 0 R>>");
    for name in ["ROSA PERALTA", "LUIS CAIZA"] {
        let (_, keystore) = certificate(name);
        bytes = sign_pdf(&bytes, &keystore, &SigningOptions::at(now())).expect("signs");
    }
    let readings = verify_pdf(&bytes, &Options::default()).value;
    assert_eq!(readings[0].changes_after, ChangesAfter::Allowed, "{:?}", readings[0].changes);
    let bytes = append(&bytes, 21, "<</FT/Tx/T(nota)/V(OTRA)/Parent 20 0 R/Rect[0 0 9 9]>>");
    let readings = verify_pdf(&bytes, &Options::default()).value;
    assert_eq!(readings[0].changes, ["Cambió un campo del formulario."], "but a filled-in field does");
}

#[test]
fn what_could_not_be_established_travels_as_null() {
    let signed = Signed::new();
    let text = String::from_utf8_lossy(&signed.bytes).into_owned();
    let start = text.find("/Contents<").expect("there") + 10;
    let mut bytes = signed.bytes.clone();
    bytes[start..start + 8].copy_from_slice(b"00000000");
    let reading = signed.read(&bytes).remove(0);
    assert_eq!((reading.integrity, reading.verdict), (Integrity::Unknown, SignatureVerdict::Indeterminate));
    let json = serde_json::to_value(&reading).expect("writes");
    assert!(json["integrity"].is_null(), "it is neither intact nor broken");
    let back: SignatureReading = serde_json::from_value(json).expect("reads");
    assert_eq!(back, reading, "the worker's answer arrives as it was sent");
}
