//! Answers and lists about a certificate, made by a library that is not ours: which are believed, and what they come to.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "helpers of tests")]

use cotejo_domain::{ChainStatus, RevocationStatus};
use cotejo_signature_verify::{Options, RevocationAnswer, RevocationList, verify_certificate};
use std::path::Path;
use std::process::Command;

struct Made {
    folder: tempfile::TempDir,
}

impl Made {
    fn new() -> Option<Self> {
        let python = std::env::var_os("COTEJO_PYTHON").or_else(|| {
            println!("skipped: the tests' Python is not here");
            None
        })?;
        let folder = tempfile::tempdir().expect("a folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("make_answers.py");
        let output = Command::new(python).arg(script).arg(folder.path()).output().expect("runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Some(Self { folder })
    }

    fn bytes(&self, file: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(file)).expect("reads")
    }

    /// Judges the certificate at the moment of a signature with these pieces of evidence.
    fn status(&self, evidence: &[&str]) -> RevocationStatus {
        let read = |ending: &'static str| evidence.iter().filter(move |file| file.ends_with(ending));
        let options = Options {
            anchors: vec![self.bytes("root.der")],
            at: Some("2026-03-01T12:00:00Z".parse().expect("a time")),
            lists: read("crl").map(|f| RevocationList::read(&self.bytes(f)).expect("a list")).collect(),
            answers: read("ocsp")
                .map(|f| RevocationAnswer::read(&self.bytes(f)).expect("an answer"))
                .collect(),
            ..Options::default()
        };
        let reading = verify_certificate(&self.bytes("leaf.der"), &[], &options).expect("a certificate");
        assert_eq!(reading.chain, ChainStatus::Trusted);
        reading.revocation
    }
}

#[test]
fn the_authority_and_whom_it_charged_are_believed() {
    let Some(made) = Made::new() else { return };
    assert_eq!(made.status(&[]), RevocationStatus::NotChecked, "nobody looked");
    assert_eq!(made.status(&["good.ocsp"]), RevocationStatus::Good);
    assert_eq!(made.status(&["good_by_delegate.ocsp"]), RevocationStatus::Good);
    assert_eq!(made.status(&["clean.crl"]), RevocationStatus::Good);
    assert_eq!(made.status(&["revoked_before.ocsp"]), RevocationStatus::Revoked);
    assert_eq!(made.status(&["revoked.crl"]), RevocationStatus::Revoked);
    assert_eq!(made.status(&["revoked_after.ocsp"]), RevocationStatus::Good, "it was good when it signed");
}

#[test]
fn attack_answers_and_lists_of_those_who_may_not_answer() {
    let Some(made) = Made::new() else { return };
    let mut tried = 0;
    for entry in std::fs::read_dir(made.folder.path()).expect("reads") {
        let name = entry.expect("reads").file_name().to_string_lossy().into_owned();
        if name.starts_with("attack_") {
            tried += 1;
            assert_eq!(made.status(&[&name]), RevocationStatus::NotChecked, "{name}");
        }
    }
    assert_eq!(tried, 7);
}

#[test]
fn attack_a_good_answer_hides_the_list_that_revokes() {
    let Some(made) = Made::new() else { return };
    assert_eq!(made.status(&["good.ocsp", "revoked.crl"]), RevocationStatus::Revoked);
    assert_eq!(made.status(&["clean.crl", "revoked_before.ocsp"]), RevocationStatus::Revoked);
}
