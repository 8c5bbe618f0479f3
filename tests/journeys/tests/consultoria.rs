//! `cotejo evaluar --certificado` on a consultoría: what impedes signing impedes it in one go too.

use cotejo_journeys::{program, worker};
use std::process::Command;

#[test]
fn attack_a_certificate_signs_in_one_go_what_nobody_decided() {
    let (Some(worker), Some(program)) = (worker(), program()) else {
        return println!("skipped: cotejo or cotejo-lector is not built");
    };
    let held = tempfile::tempdir().expect("a folder");
    let folder = held.path();
    let sample = folder.join("muestra");
    cotejo_sample::generate(cotejo_sample::SampleProcedure::Consultoria, 1, &sample).expect("a sample");
    // One bid is enough: nothing of it is decided.
    let bids = folder.join("ofertas");
    let first = std::fs::read_dir(sample.join("ofertas")).expect("bids").next().expect("one").expect("one");
    std::fs::create_dir_all(&bids).expect("makes");
    std::fs::rename(first.path(), bids.join("01")).expect("moves");
    let person = cotejo_signing::DemoPerson {
        name: "PERSONA EJEMPLO".into(),
        cedula: None,
        ruc: None,
        organization: None,
    };
    let issued = cotejo_signing::demo_certificate(&person, "2026-01-05T12:00:00Z".parse().expect("a moment"))
        .expect("a certificate");
    let certificate = folder.join("demo.p12");
    std::fs::write(&certificate, &issued.pkcs12).expect("writes");
    let out = folder.join("salida");
    let done = Command::new(&program)
        .env("COTEJO_LECTOR", &worker)
        .env("COTEJO_LLAVERO", "archivo")
        .env("CLAVE_DEMO", issued.password.as_str())
        .args(["--json", "--datos"])
        .arg(folder.join("datos"))
        .arg("evaluar")
        .arg("--pliego")
        .arg(sample.join("pliego.ushay"))
        .arg("--ofertas")
        .arg(&bids)
        .arg("--salida")
        .arg(&out)
        .arg("--certificado")
        .arg(&certificate)
        .args(["--clave-env", "CLAVE_DEMO"])
        .output()
        .expect("the program starts");
    if done.status.code() == Some(3) {
        return println!("skipped: {}", String::from_utf8_lossy(&done.stderr));
    }
    assert!(!done.status.success(), "nothing was decided, and it was signed");
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(said.contains("no se puede firmar"), "it says why: {said}");
    let acta = std::fs::read(out.join("acta-calificacion.pdf")).expect("the draft is there to go on with");
    assert!(!acta.windows(10).any(|bytes| bytes == b"/ByteRange"), "and carries no signature");
    assert!(out.join("evaluacion.json").exists(), "the results are written all the same");
}
