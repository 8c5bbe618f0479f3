//! pyHanko and pdfsig judge what we sign.
#![expect(clippy::expect_used, reason = "helpers of tests")]

mod support;

use cotejo_signing::{Digest, SigningError, SigningOptions, SubFilter, VisibleStamp, sign_pdf};
use std::path::{Path, PathBuf};
use support::{certificate, classic_pdf, modern_pdf, now, pdfsig, pyhanko, qpdf_accepts};

fn font() -> Vec<u8> {
    typst_assets::fonts().next().expect("fonts are compiled in").to_vec()
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("writes");
    path
}

fn stamp() -> VisibleStamp {
    VisibleStamp { page: 1, bounds: [300.0, 700.0, 520.0, 770.0], font: font(), qr_text: None }
}

#[test]
fn both_judges_call_our_signature_valid_and_covering_the_whole_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let (demo, keystore) = certificate("ROSA PERALTA ÑAUPARI");
    let root = write(folder.path(), "root.der", &demo.authority);
    let documents = [
        ("classic", classic_pdf(3, false)),
        ("classic-annots", classic_pdf(3, true)),
        ("modern", modern_pdf(3, true)),
    ];
    for (name, document) in documents {
        for (kind, sub_filter) in [("adbe", SubFilter::Pkcs7Detached), ("etsi", SubFilter::CadesDetached)] {
            for visible in [None, Some(stamp())] {
                let mut options = SigningOptions::at(now());
                options.sub_filter = sub_filter;
                options.reason = Some("Acta de calificación (EJEMPLO)".into());
                options.location = Some("Quito".into());
                let label =
                    format!("{name}-{kind}-{}", if visible.is_some() { "visible" } else { "invisible" });
                options.visible = visible;
                let signed = sign_pdf(&document, &keystore, &options).expect("signs");
                assert_eq!(signed[..document.len()], document[..], "{label}: every earlier byte stays");
                let path = write(folder.path(), &format!("{label}.pdf"), &signed);
                assert!(qpdf_accepts(&path), "{label}: qpdf finds a fault");
                if let Some(opinions) = pyhanko(&path, &[&root]) {
                    assert_eq!(opinions.len(), 1, "{label}: {opinions:?}");
                    for (key, value) in
                        [("bottom_line", "true"), ("trusted", "true"), ("coverage", "\"ENTIRE_FILE\"")]
                    {
                        assert!(opinions[0].has(key, value), "{label}: {opinions:?}");
                    }
                }
                if let Some(report) = pdfsig(&path) {
                    assert!(report.contains("Signature is Valid."), "{label}: {report}");
                    assert!(report.contains("Total document signed"), "{label}: {report}");
                }
            }
        }
    }
}

#[test]
fn one_byte_changed_and_both_judges_call_it_broken() {
    let folder = tempfile::tempdir().expect("a folder");
    let (demo, keystore) = certificate("ROSA PERALTA");
    let root = write(folder.path(), "root.der", &demo.authority);
    let mut signed = sign_pdf(&classic_pdf(1, false), &keystore, &SigningOptions::at(now())).expect("signs");
    let word = signed.windows(7).position(|window| window == b"EJEMPLO").expect("on the page");
    signed[word] = b'e';
    let path = write(folder.path(), "changed.pdf", &signed);
    if let Some(opinions) = pyhanko(&path, &[&root]) {
        assert!(
            opinions[0].has("bottom_line", "false") && opinions[0].has("intact", "false"),
            "{opinions:?}"
        );
    }
    if let Some(report) = pdfsig(&path) {
        assert!(!report.contains("Signature is Valid."), "{report}");
        assert!(report.contains("Digest Mismatch"), "{report}");
    }
}

#[test]
fn three_signers_in_turn_keep_the_earlier_ones_valid() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, document) in [("classic", classic_pdf(2, true)), ("modern", modern_pdf(2, false))] {
        let mut bytes = document;
        let mut roots = Vec::new();
        for (index, signer) in ["ROSA PERALTA", "LUIS CAIZA", "ANA MINDA"].into_iter().enumerate() {
            let (demo, keystore) = certificate(signer);
            roots.push(write(folder.path(), &format!("{name}-{index}.der"), &demo.authority));
            let mut options = SigningOptions::at(now());
            let top = 500.0 + 80.0 * index as f64;
            options.visible = Some(VisibleStamp { bounds: [300.0, top, 520.0, top + 70.0], ..stamp() });
            bytes = sign_pdf(&bytes, &keystore, &options).expect("signs");
        }
        let path = write(folder.path(), &format!("{name}.pdf"), &bytes);
        let roots: Vec<&Path> = roots.iter().map(PathBuf::as_path).collect();
        if let Some(opinions) = pyhanko(&path, &roots) {
            assert_eq!(opinions.len(), 3, "{opinions:?}");
            assert!(opinions.iter().all(|opinion| opinion.has("bottom_line", "true")), "{opinions:?}");
            assert!(opinions[2].has("coverage", "\"ENTIRE_FILE\""), "{opinions:?}");
        }
        if let Some(report) = pdfsig(&path) {
            assert_eq!(report.matches("Signature is Valid.").count(), 3, "{report}");
        }
    }
}

#[test]
fn a_long_document_is_signed_with_sha_512_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, keystore) = certificate("ROSA PERALTA");
    let mut options = SigningOptions::at(now());
    options.digest = Some(Digest::Sha512);
    options.visible = Some(VisibleStamp { page: 200, ..stamp() });
    let signed = sign_pdf(&modern_pdf(200, false), &keystore, &options).expect("signs");
    let path = write(folder.path(), "long.pdf", &signed);
    if let Some(report) = pdfsig(&path) {
        assert!(report.contains("Signature is Valid."), "{report}");
    }
    options.visible = Some(VisibleStamp { page: 201, ..stamp() });
    let error = sign_pdf(&modern_pdf(200, false), &keystore, &options).expect_err("there is no such page");
    assert_eq!(error, SigningError::NoSuchPage { page: 201 });
}

#[test]
fn a_certificate_out_of_its_time_does_not_sign() {
    let (_, keystore) = certificate("ROSA PERALTA");
    let late = now() + jiff::SignedDuration::from_hours(24 * 366 * 3);
    let error =
        sign_pdf(&classic_pdf(1, false), &keystore, &SigningOptions::at(late)).expect_err("it expired");
    assert!(matches!(error, SigningError::Expired { .. }), "{error}");
    assert!(error.spanish().starts_with("El certificado venció el "), "{}", error.spanish());
    let early = now() - jiff::SignedDuration::from_hours(24 * 30);
    let error = sign_pdf(&classic_pdf(1, false), &keystore, &SigningOptions::at(early)).expect_err("not yet");
    assert!(matches!(error, SigningError::NotYetValid { .. }), "{error}");
}

#[test]
fn what_is_no_pdf_is_refused_in_words() {
    let (_, keystore) = certificate("ROSA PERALTA");
    let error =
        sign_pdf(b"PK\x03\x04 a spreadsheet", &keystore, &SigningOptions::at(now())).expect_err("no PDF");
    assert_eq!(error, SigningError::NotPdf);
    let error =
        sign_pdf(b"%PDF-1.7 cut short", &keystore, &SigningOptions::at(now())).expect_err("cut short");
    assert!(matches!(error, SigningError::Damaged { .. }), "{error}");
}

#[test]
fn a_certification_that_forbids_changes_is_respected() {
    let (_, keystore) = certificate("ROSA PERALTA");
    let certified = String::from_utf8_lossy(&classic_pdf(1, false)).into_owned();
    // The square annotation's object becomes a signature that certifies with /P 1; lengths stay.
    let lock = "<</ByteRange[0 1]/Reference[<</TransformMethod/DocMDP/TransformParams<</P 1>>>>]>>";
    let plain = "<</Type/Annot/Subtype/Square/Rect[10 10 40 40]/F 4>>";
    let shift = lock.len() - plain.len();
    let mut bytes = certified.replace(plain, lock);
    // Offsets behind the object move: let the table be rebuilt from a fresh document instead.
    assert!(shift > 0);
    let mut document = lopdf::Document::load_mem(bytes.as_bytes()).expect("lopdf repairs the offsets");
    let mut saved = Vec::new();
    document.save_to(&mut saved).expect("writes");
    bytes.clear();
    let error = sign_pdf(&saved, &keystore, &SigningOptions::at(now())).expect_err("locked");
    assert_eq!(error, SigningError::Locked);
}
