//! Signing real documents without damaging them.

mod support;

use cotejo_signing::{SigningOptions, sign_pdf};
use std::collections::BTreeMap;
use support::{certificate, files, now, pdfsig, qpdf_accepts, shared};

#[test]
fn real_documents_are_signed_or_refused_and_never_damaged() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (_, keystore) = certificate("ROSA PERALTA");
    let mut refusals: BTreeMap<&'static str, usize> = BTreeMap::new();
    let (mut signed, mut faults) = (0, Vec::new());
    for name in ["documents", "hostile/pdf", "signed"] {
        for path in files(&shared.join(name), "pdf") {
            let bytes = std::fs::read(&path).expect("reads");
            match sign_pdf(&bytes, &keystore, &SigningOptions::at(now())) {
                Ok(output) => {
                    assert_eq!(output[..bytes.len()], bytes[..], "every earlier byte stays");
                    signed += 1;
                    let copy = folder.path().join("signed.pdf");
                    std::fs::write(&copy, &output).expect("writes");
                    let valid = |report: String| report.matches("Signature is Valid.").count();
                    let kept = match (pdfsig(&path).map(valid), pdfsig(&copy).map(valid)) {
                        (Some(before), Some(after)) => after == before + 1,
                        _ => true, // nobody to ask
                    };
                    let fine = qpdf_accepts(&copy) || !qpdf_accepts(&path);
                    if !fine || !kept {
                        faults.push(format!("{}: qpdf {fine}, signatures kept {kept}", path.display()));
                    }
                }
                Err(error) => *refusals.entry(error.key()).or_default() += 1,
            }
        }
    }
    println!("signed {signed}, refused {refusals:?}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
