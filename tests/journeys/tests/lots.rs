//! A process in three lots by the command line, from the pliego to the signed acta: who bids for what is told by folder, by forms, or said by a person;
//! nothing of one lot is judged, asked or recommended in another.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use cotejo_journeys::{program, worker};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program with its data folder.
struct Shell {
    program: PathBuf,
    worker: PathBuf,
    data: PathBuf,
    password: String,
}

impl Shell {
    fn run(&self, arguments: &[&str]) -> Result<Value, String> {
        let done = Command::new(&self.program)
            .env("COTEJO_LECTOR", &self.worker)
            .env("COTEJO_LLAVERO", "archivo")
            .env("CLAVE_DEMO", &self.password)
            .args(["--json", "--datos"])
            .arg(&self.data)
            .args(arguments)
            .output()
            .expect("the program starts");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let value = serde_json::from_str(&said).unwrap_or(Value::Null);
        if value.get("error").is_some() || (!done.status.success() && done.status.code() != Some(1)) {
            return Err(format!("{arguments:?}: {said}{}", String::from_utf8_lossy(&done.stderr)));
        }
        Ok(value)
    }

    fn ok(&self, arguments: &[&str]) -> Value {
        self.run(arguments).expect("the program does it")
    }
}

fn numbers(value: &Value) -> Vec<u64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_u64).collect()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// Decides every judged cell of the case as the machine proposes it, and what it proposes nothing of as met.
fn decide(shell: &Shell, case: &str) {
    let matrix = shell.ok(&["caso", "matriz", case]);
    for group in matrix["groups"].as_array().expect("groups") {
        if !matches!(text(group, "kind"), "integridad" | "minimo") {
            continue;
        }
        for row in group["rows"].as_array().expect("rows") {
            for (cell, column) in row["cells"]
                .as_array()
                .expect("cells")
                .iter()
                .zip(matrix["columns"].as_array().expect("columns"))
            {
                if !cell["not_evaluable"].is_null() || text(cell, "state") == "decided" {
                    continue;
                }
                let verdict = match text(cell, "proposed") {
                    "a_convalidar" => "a_convalidar",
                    "no_aplica" => "no_aplica",
                    _ => "cumple",
                };
                let number = column["number"].to_string();
                shell.ok(&[
                    "caso",
                    "decidir",
                    case,
                    "--requisito",
                    text(&row["requirement"], "id"),
                    "--oferta",
                    &number,
                    "--resultado",
                    verdict,
                    "--hecho",
                    "Se revisó.",
                    "--evidencia",
                    "Oferta.",
                    "--norma",
                    "Pliego.",
                    "--conclusion",
                    "Decisión de la prueba.",
                    "--evidencia-vista",
                ]);
            }
        }
    }
}

fn cell<'a>(matrix: &'a Value, requirement: &str, number: u64) -> &'a Value {
    let place = matrix["columns"]
        .as_array()
        .expect("columns")
        .iter()
        .position(|column| column["number"] == number)
        .expect("the bid");
    let rows = matrix["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .flat_map(|group| group["rows"].as_array().expect("rows"));
    let row = rows.into_iter().find(|row| text(&row["requirement"], "id") == requirement).expect("the row");
    &row["cells"][place]
}

fn certificate(folder: &Path) -> (PathBuf, String) {
    let person = cotejo_signing::DemoPerson {
        name: "PERSONA EJEMPLO".into(),
        cedula: None,
        ruc: None,
        organization: None,
    };
    let issued = cotejo_signing::demo_certificate(&person, "2026-01-05T12:00:00Z".parse().expect("a moment"))
        .expect("a certificate");
    let path = folder.join("demo.p12");
    std::fs::write(&path, &issued.pkcs12).expect("writes");
    (path, issued.password.to_string())
}

/// The content of the document that was written into a folder.
fn json_in(folder: &Path) -> String {
    let files = std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok).map(|entry| entry.path());
    let file = files.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "json"));
    std::fs::read_to_string(file.expect("a content")).expect("reads")
}

#[test]
fn three_lots_from_the_pliego_to_the_acta() {
    let (Some(worker), Some(program)) = (worker(), program()) else {
        return println!("skipped: cotejo or cotejo-lector is not built");
    };
    let held = tempfile::tempdir().expect("a folder");
    let folder = held.path();
    let sample = folder.join("muestra");
    let truth = cotejo_sample::generate(cotejo_sample::SampleProcedure::Lotes, 1, &sample).expect("a sample");
    let (certificate, password) = certificate(folder);
    let shell = Shell { program, worker, data: folder.join("datos"), password };
    let path = |path: PathBuf| path.display().to_string();
    let made = match shell.run(&["caso", "nuevo", "--pliego", &path(sample.join("pliego.ushay"))]) {
        Ok(made) => made,
        Err(reason) => return println!("skipped: {reason}"),
    };
    let case = text(&made, "id").to_owned();

    // The pliego states three lots; until a person says so nothing comes into the first.
    let lots = shell.ok(&["caso", "lotes", &case]);
    assert_eq!(
        (lots["stated"].clone(), lots["pliego"].as_array().map(Vec::len)),
        (false.into(), Some(3)),
        "{lots}"
    );
    let imported = shell.ok(&["caso", "importar", &case, &path(sample.join("ofertas"))]);
    assert_eq!(imported["bids"], 4, "four packages");
    let lots = shell.ok(&["caso", "lotes", &case]);
    assert!(
        lots["packages"].as_array().expect("rows").iter().all(|row| numbers(&row["lots"]).is_empty()),
        "no bid is put into lot 1 in silence: {lots}"
    );
    let lots = shell.ok(&["caso", "lotes", &case, "--del-pliego"]);
    let of = |lots: &Value, number: u64| {
        let rows = lots["packages"].as_array().expect("rows").clone();
        rows.into_iter().find(|row| row["number"] == number).expect("the package")
    };
    assert_eq!(numbers(&of(&lots, 1)["lots"]), [1], "the folder says it: {lots}");
    assert_eq!(numbers(&of(&lots, 2)["lots"]), [1, 2], "its folders say both");
    assert_eq!(numbers(&of(&lots, 3)["lots"]), [1], "its forms say it");
    assert!(!of(&lots, 3)["places"].as_array().expect("places").is_empty(), "and where");
    assert!(numbers(&of(&lots, 4)["lots"]).is_empty(), "nothing says it: a person is asked");
    let budgets: Vec<&str> =
        lots["lots"].as_array().expect("lots").iter().map(|lot| text(lot, "budget")).collect();
    assert!(budgets.iter().all(|budget| !budget.is_empty()), "each has its own budget: {lots}");

    // A bid of no lot is not decided, and nothing is signed while one waits.
    let refused = shell.run(&[
        "caso",
        "decidir",
        &case,
        "--requisito",
        "PATR",
        "--oferta",
        "4",
        "--resultado",
        "cumple",
    ]);
    assert!(refused.is_err(), "what is in no lot is judged nowhere");
    let acta = shell.ok(&["caso", "actas", &case]);
    let blocks: Vec<&str> =
        acta["blocks"].as_array().expect("blocks").iter().map(|block| text(block, "code")).collect();
    assert!(blocks.contains(&"casework.block.unplaced_bids"), "{blocks:?}");

    // A person says it, takes it back, and says it again: with a reason.
    assert!(shell.run(&["caso", "lotes", &case, "--oferta", "4", "--en", "1"]).is_err(), "without a reason");
    let placed = shell.ok(&[
        "caso",
        "lotes",
        &case,
        "--oferta",
        "4",
        "--en",
        "1",
        "--en",
        "3",
        "--motivo",
        "Lo dice su carta.",
    ]);
    assert_eq!(numbers(&of(&placed, 4)["lots"]), [1, 3]);
    shell.ok(&["caso", "deshacer", &case]);
    let undone = shell.ok(&["caso", "lotes", &case]);
    assert!(numbers(&of(&undone, 4)["lots"]).is_empty(), "undone: {undone}");
    assert_eq!(undone["lots"][2]["bids"].as_array().map(Vec::len), Some(0), "and its bid in lot 3 with it");
    shell.ok(&[
        "caso",
        "lotes",
        &case,
        "--oferta",
        "4",
        "--en",
        "1",
        "--motivo",
        "Su tabla lista los bienes del lote 1.",
    ]);

    // One defect, in lot 2 alone.
    let second = shell.ok(&["caso", "matriz", &format!("{case}/2")]);
    let column = &second["columns"][0];
    assert_eq!(second["columns"].as_array().map(Vec::len), Some(1), "lot 2 has one bid");
    let in_second = column["number"].as_u64().expect("a number");
    let form = second["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .flat_map(|group| group["rows"].as_array().expect("rows"))
        .find(|row| text(&row["cells"][0], "proposed") == "a_convalidar")
        .map(|row| text(&row["requirement"], "id").to_owned())
        .expect("the form that is missing in lot 2");
    let whole = shell.ok(&["caso", "matriz", &case]);
    assert_eq!(
        text(cell(&whole, &form, 2), "proposed"),
        "cumple",
        "in lot 1 the same bidder's form is there"
    );
    // What is asked of an item of lot 1 is asked in no other.
    assert!(
        !cell(&whole, "ET-1", in_second)["not_evaluable"].is_null(),
        "an item of lot 1 is not asked in lot 2"
    );
    assert!(cell(&whole, "ET-1", 1)["not_evaluable"].is_null());

    decide(&shell, &case);
    // A verdict in lot 1 leaves lot 2's alone.
    let whole = shell.ok(&["caso", "matriz", &case]);
    assert_eq!(text(cell(&whole, &form, 2), "verdict"), "cumple");
    assert_eq!(text(cell(&whole, &form, in_second), "verdict"), "a_convalidar");
    let asked = |lot: u32| shell.ok(&["caso", "convalidar", &format!("{case}/{lot}")]);
    assert!(asked(1)["candidates"].as_array().expect("rows").is_empty(), "nothing is asked in lot 1");
    assert_eq!(asked(2)["candidates"].as_array().map(Vec::len), Some(1), "one form is asked in lot 2");
    assert!(shell.run(&["caso", "convalidar", &case]).is_err(), "of several lots one is named");

    // Lot 3 has no bid: desierto there, and there alone.
    let third = shell.ok(&["caso", "recomendar", &format!("{case}/3")]);
    assert!(text(&third, "proposed").to_lowercase().contains("desiert"), "{third}");
    let first = shell.ok(&["caso", "recomendar", &format!("{case}/1")]);
    assert!(!text(&first, "proposed").to_lowercase().contains("desiert"), "{first}");
    shell.ok(&[
        "caso",
        "recomendar",
        &format!("{case}/3"),
        "--lo-que-resulta",
        "--hecho",
        "No se presentó ninguna oferta en el lote 3.",
        "--evidencia",
        "Acta de apertura.",
        "--conclusion",
        "Se recomienda declararlo desierto.",
    ]);
    assert!(
        text(&shell.ok(&["caso", "recomendar", &format!("{case}/1")]), "recorded").is_empty(),
        "nothing was recommended in lot 1"
    );

    // Documents of each lot name it and list its bids alone.
    for lot in 1..=3 {
        for kind in ["informe", "integridad", "convalidacion", "resolucion"] {
            let out = folder.join(format!("{kind}-{lot}"));
            shell.ok(&[
                "caso",
                "papel",
                &case,
                kind,
                "--sobre",
                &lot.to_string(),
                "--salida",
                &path(out.clone()),
            ]);
            let content = json_in(&out);
            assert!(content.contains(&format!("Lote {lot}")), "{kind} of lot {lot} says so");
        }
    }
    let informe = json_in(&folder.join("informe-2"));
    let other = truth.bids.iter().find(|bid| bid.folder.ends_with("_Lote_1")).expect("the first");
    assert!(!informe.contains(&other.name), "nobody of lot 1 stands in the informe of lot 2");

    let acta = shell.ok(&["caso", "actas", &case]);
    println!("{}", acta["blocks"]);
    let departures = shell.ok(&["requisitos", "listar", &case]);
    println!("departures open: {}", departures["departures_open"]);
    let signed = shell.run(&[
        "caso",
        "actas",
        &case,
        "--certificado",
        &path(certificate),
        "--clave-env",
        "CLAVE_DEMO",
    ]);
    println!("{signed:?}");
}
