//! PKCS#12 files of every age.

mod support;

use cotejo_domain::Code;
use cotejo_signing::{Keystore, KeystoreError, SigningOptions, demo_certificate, sign_pdf};
use support::{classic_pdf, files, now, pdfsig, person, shared};
use zeroize::Zeroizing;

fn open(bytes: &[u8], password: &str) -> Result<Keystore, KeystoreError> {
    Keystore::open_pkcs12(bytes, &Zeroizing::new(password.to_owned()))
}

#[test]
fn the_holder_is_read_from_the_certificate() {
    let demo = demo_certificate(&person("ROSA PERALTA ÑAUPARI"), now()).expect("randomness");
    let keystore = open(&demo.pkcs12, &demo.password).expect("opens");
    let holder = keystore.identity().holder();
    assert_eq!(holder.name.as_deref(), Some("ROSA PERALTA ÑAUPARI (EJEMPLO)"));
    assert_eq!(holder.cedula.as_deref(), Some("1710034065"), "IDCEC- is not part of the number");
    assert_eq!(holder.ruc.as_deref(), Some("1790011674001"), "VATEC- is not part of the number");
    assert_eq!(keystore.identity().chain().len(), 1, "the authority lies above");
}

#[test]
fn a_wrong_password_and_a_damaged_file_are_told_apart() {
    let demo = demo_certificate(&person("ROSA PERALTA"), now()).expect("randomness");
    let error = open(&demo.pkcs12, "equivocada").expect_err("wrong password");
    assert_eq!((error.clone(), error.code()), (KeystoreError::WrongPassword, Code::WrongKey));
    let error = open(&demo.pkcs12[..100], &demo.password).expect_err("cut short");
    assert!(matches!(error, KeystoreError::Unreadable { .. }), "{error}");
    let error = open(b"not a keystore", "").expect_err("text");
    assert!(matches!(error, KeystoreError::Unreadable { .. }), "{error}");
}

#[test]
fn real_keystores_old_and_modern_open_or_say_why_not() {
    let Some(shared) = shared() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (mut opened, mut signed, mut refused) = (0, 0, Vec::new());
    for name in ["pkcs12_pyca", "pkcs12_pkits", "dss_p12"] {
        let folder_of_files = shared.join("signed").join(name);
        for path in files(&folder_of_files, "p12").into_iter().chain(files(&folder_of_files, "pfx")) {
            let bytes = std::fs::read(&path).expect("reads");
            let label = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
            let mut results =
                ["password", "", "cryptography", "ks-password"].map(|password| open(&bytes, password));
            match results.iter_mut().find(|result| result.is_ok()) {
                Some(Ok(keystore)) => {
                    opened += 1;
                    let certificate = keystore.identity().certificate();
                    let options = SigningOptions::at(certificate.not_before);
                    match sign_pdf(&classic_pdf(1, false), keystore, &options) {
                        Ok(bytes) => {
                            signed += 1;
                            if signed % 10 == 1 {
                                let path = folder.path().join("signed.pdf");
                                std::fs::write(&path, bytes).expect("writes");
                                if let Some(report) = pdfsig(&path) {
                                    assert!(report.contains("Signature is Valid."), "{label}: {report}");
                                }
                            }
                        }
                        Err(error) => refused.push(format!("{label}: {error}")),
                    }
                }
                _ => {
                    let reasons: Vec<String> =
                        results.iter().filter_map(|r| r.as_ref().err().map(ToString::to_string)).collect();
                    refused.push(format!("{label}: {reasons:?}"));
                }
            }
        }
    }
    println!("opened {opened}, signed {signed}, refused {}:\n{}", refused.len(), refused.join("\n"));
    assert!(opened > 100, "most of them open");
}
