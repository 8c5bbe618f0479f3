//! Paths and lists of NIST's Public Key Interoperability Test Suite (PKITS 1.0.1, 2011): every test but those of DSA keys, which nobody in
//! Ecuador signs with. What a test expects stands in the name of its file; for tests of policies, in the suite's document by setting.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use cotejo_domain::{ChainStatus, RevocationStatus};
use cotejo_signature_verify::{Options, PolicyRules, RevocationList, verify_certificate};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Settings of a test of policies: which policies of the suite are wanted (none for any), and the flags.
#[derive(Clone, Copy, Default)]
struct Setting {
    wanted: &'static [u8],
    explicit: bool,
    no_mapping: bool,
    no_any: bool,
}

const fn wants(wanted: &'static [u8]) -> Setting {
    Setting { wanted, explicit: false, no_mapping: false, no_any: false }
}

const EXPLICIT: Setting = Setting { explicit: true, ..wants(&[]) };

/// What the suite expects where the name of the file does not say it all (§4.8, §4.10, §4.12).
const BY_SETTING: &[(&str, Setting, bool)] = &[
    ("ValidCertificatePathTest1", EXPLICIT, true),
    ("ValidCertificatePathTest1", Setting { wanted: &[1], ..EXPLICIT }, true),
    ("ValidCertificatePathTest1", Setting { wanted: &[2], ..EXPLICIT }, false),
    ("ValidCertificatePathTest1", Setting { wanted: &[1, 2], ..EXPLICIT }, true),
    ("AllCertificatesNoPoliciesTest2", wants(&[]), true),
    ("AllCertificatesNoPoliciesTest2", EXPLICIT, false),
    ("DifferentPoliciesTest3", wants(&[]), true),
    ("DifferentPoliciesTest3", EXPLICIT, false),
    ("DifferentPoliciesTest3", Setting { wanted: &[1, 2], ..EXPLICIT }, false),
    ("DifferentPoliciesTest4", wants(&[]), false),
    ("DifferentPoliciesTest5", wants(&[]), false),
    ("OverlappingPoliciesTest6", wants(&[]), true),
    ("OverlappingPoliciesTest6", wants(&[1]), true),
    ("OverlappingPoliciesTest6", wants(&[2]), false),
    ("DifferentPoliciesTest7", wants(&[]), false),
    ("DifferentPoliciesTest8", wants(&[]), false),
    ("DifferentPoliciesTest9", wants(&[]), false),
    ("AllCertificatesSamePoliciesTest10", wants(&[]), true),
    ("AllCertificatesSamePoliciesTest10", wants(&[1]), true),
    ("AllCertificatesSamePoliciesTest10", wants(&[2]), true),
    ("AllCertificatesanyPolicyTest11", wants(&[]), true),
    ("AllCertificatesanyPolicyTest11", wants(&[1]), true),
    ("DifferentPoliciesTest12", wants(&[]), false),
    ("AllCertificatesSamePoliciesTest13", wants(&[1]), true),
    ("AllCertificatesSamePoliciesTest13", wants(&[2]), true),
    ("AllCertificatesSamePoliciesTest13", wants(&[3]), true),
    ("AnyPolicyTest14", wants(&[1]), true),
    ("AnyPolicyTest14", wants(&[2]), false),
    ("UserNoticeQualifierTest15", wants(&[]), true),
    ("UserNoticeQualifierTest16", wants(&[]), true),
    ("UserNoticeQualifierTest17", wants(&[]), true),
    ("UserNoticeQualifierTest18", wants(&[1]), true),
    ("UserNoticeQualifierTest18", wants(&[2]), true),
    ("UserNoticeQualifierTest19", wants(&[]), true),
    ("CPSPointerQualifierTest20", wants(&[]), true),
    ("ValidPolicyMappingTest1", wants(&[1]), true),
    ("ValidPolicyMappingTest1", wants(&[2]), false),
    ("ValidPolicyMappingTest1", Setting { no_mapping: true, ..wants(&[]) }, false),
    ("InvalidPolicyMappingTest2", Setting { no_mapping: true, ..wants(&[]) }, false),
    ("ValidPolicyMappingTest3", wants(&[1]), false),
    ("ValidPolicyMappingTest3", wants(&[2]), true),
    ("ValidPolicyMappingTest5", wants(&[1]), true),
    ("ValidPolicyMappingTest5", wants(&[6]), false),
    ("ValidPolicyMappingTest6", wants(&[1]), true),
    ("ValidPolicyMappingTest6", wants(&[6]), false),
    ("ValidPolicyMappingTest12", wants(&[1]), true),
    ("ValidPolicyMappingTest12", wants(&[2]), true),
    ("inhibitAnyPolicyTest3", wants(&[]), true),
    ("inhibitAnyPolicyTest3", Setting { no_any: true, ..wants(&[]) }, false),
];

/// Names of files that decide nothing by themselves: §4.8, §4.10 and §4.12 give them settings.
fn only_by_setting(name: &str) -> bool {
    !name.starts_with("Valid") && !name.starts_with("Invalid")
        || ["ValidPolicyMappingTest1EE", "ValidPolicyMappingTest3EE", "ValidPolicyMappingTest5EE"]
            .contains(&name)
        || name == "ValidPolicyMappingTest6EE"
}

/// Finds the suite where the tests' Python keeps it.
fn suite() -> Option<PathBuf> {
    let python = std::env::var_os("COTEJO_PYTHON")?;
    let code = "import cryptography_vectors, os; print(os.path.dirname(cryptography_vectors.__file__))";
    let output = Command::new(python).args(["-c", code]).output().ok()?;
    let folder = PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()).join("x509").join("PKITS_data");
    folder.is_dir().then_some(folder)
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("reads")
        .map(|entry| {
            let path = entry.expect("reads").path();
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (name, std::fs::read(&path).expect("reads"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn pkits() {
    let Some(suite) = suite() else {
        return println!("skipped: the tests' Python has no cryptography_vectors");
    };
    let certificates = files(&suite.join("certs"));
    let (others, anchor): (Vec<_>, Vec<_>) =
        certificates.iter().cloned().partition(|(name, _)| name != "TrustAnchorRootCertificate");
    let authorities: Vec<Vec<u8>> =
        others.iter().filter(|(name, _)| !name.ends_with("EE")).map(|(_, bytes)| bytes.clone()).collect();
    // Some lists of the suite are broken on purpose; what cannot be read says nothing.
    let lists: Vec<RevocationList> =
        files(&suite.join("crls")).iter().filter_map(|(_, bytes)| RevocationList::read(bytes).ok()).collect();
    let holds = |bytes: &[u8], setting: Setting| {
        let wanted = setting.wanted.iter().map(|number| {
            const_oid::ObjectIdentifier::new(&format!("2.16.840.1.101.3.2.1.48.{number}"))
                .expect("an identifier")
        });
        let policies = PolicyRules {
            initial: (!setting.wanted.is_empty()).then(|| wanted.collect()),
            explicit: setting.explicit,
            no_mapping: setting.no_mapping,
            no_any: setting.no_any,
        };
        let options = Options {
            anchors: anchor.iter().map(|(_, bytes)| bytes.clone()).collect(),
            at: Some("2020-06-01T00:00:00Z".parse().expect("a time")),
            lists: lists.clone(),
            answers: Vec::new(),
            policies,
        };
        let reading = verify_certificate(bytes, &authorities, &options);
        let fine = reading.as_ref().is_ok_and(|reading| {
            reading.chain == ChainStatus::Trusted && reading.revocation == RevocationStatus::Good
        });
        (fine, format!("{reading:?}"))
    };
    let mut count = 0;
    let mut wrong = Vec::new();
    let mut without = Vec::new();
    for (name, bytes) in others.iter().filter(|(name, _)| name.ends_with("EE")) {
        if name.contains("DSA") {
            assert!(
                !holds(bytes, Setting::default()).0,
                "{name}: a key of a kind that is not read is never trusted"
            );
            without.push(name.clone());
            continue;
        }
        let mut tests: Vec<(Setting, bool)> = BY_SETTING
            .iter()
            .filter(|(test, ..)| format!("{test}EE") == *name)
            .map(|(_, setting, expected)| (*setting, *expected))
            .collect();
        if !only_by_setting(name) {
            tests.push((Setting::default(), name.starts_with("Valid")));
        }
        assert!(!tests.is_empty(), "{name} is not tested");
        for (setting, expected) in tests {
            count += 1;
            let (found, said) = holds(bytes, setting);
            if found != expected {
                wrong.push(format!("{name} {:?}: expected {expected}: {said}", setting.wanted));
            }
        }
    }
    println!("PKITS: {count} tests, {} not applied (DSA): {without:?}", without.len());
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
}
