//! Two members of a commission on two machines, by the command line alone: the case goes, verdicts come back, the commission agrees, the
//! dissent stands in the acta, and what is signed stays.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use cotejo_journeys::{program, worker};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// One member's machine.
struct Machine {
    program: PathBuf,
    worker: PathBuf,
    data: PathBuf,
}

impl Machine {
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(&self.program)
            .env("COTEJO_LECTOR", &self.worker)
            .env("COTEJO_LLAVERO", "archivo")
            .env("CLAVE_CASO", "clave de ejemplo")
            .env("OTRA_CLAVE", "otra clave de ejemplo")
            .args(["--json", "--sin-red", "--datos"])
            .arg(&self.data)
            .args(arguments)
            .output()
            .expect("the program starts")
    }

    fn answer(&self, arguments: &[&str]) -> Value {
        let done = self.run(arguments);
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        assert!(done.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&done.stderr));
        serde_json::from_str(&said).unwrap_or(Value::String(said))
    }

    /// Runs what must be refused; returns the key of the reason.
    fn refused(&self, arguments: &[&str]) -> String {
        let done = self.run(arguments);
        assert!(!done.status.success(), "{arguments:?} was not refused");
        let answer: Value = serde_json::from_slice(&done.stdout).expect("an error in JSON");
        answer["error"]["details"].as_str().expect("a reason").to_owned()
    }

    fn tables(&self, case: &str) -> Value {
        let rebuilt = self.answer(&["caso", "reconstruir", case]);
        assert_eq!(rebuilt["identical"], true, "projections are what the events say");
        rebuilt["report"]["tables"].clone()
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}

/// Cells that hold a verdict, by requirement and number of the bid.
fn cells(matrix: &Value, verdict: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for row in matrix["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .flat_map(|group| group["rows"].as_array().expect("rows"))
    {
        for (number, cell) in row["cells"].as_array().expect("cells").iter().enumerate() {
            if cell["verdict"] == verdict && cell["state"] == "decided" {
                let requirement = row["requirement"]["id"].as_str().expect("an id").to_owned();
                found.push((requirement, (number + 1).to_string()));
            }
        }
    }
    found
}

#[test]
fn two_members_decide_on_two_machines_and_the_acta_names_the_dissent() {
    let (Some(worker), Some(program)) = (worker(), program()) else {
        return println!("skipped: cotejo or cotejo-lector is not built");
    };
    let held = tempfile::tempdir().expect("a folder");
    let folder = held.path();
    let machine =
        |name: &str| Machine { program: program.clone(), worker: worker.clone(), data: folder.join(name) };
    let (ana, bruno) = (machine("ana"), machine("bruno"));

    // Ana makes the case; the fictional acta is signed at once, and rectified so that Bruno can take part.
    let out = text(&folder.join("demo"));
    let made = ana.run(&["demo", "--salida", &out]);
    if made.status.code() == Some(3) {
        return println!("skipped: {}", String::from_utf8_lossy(&made.stderr));
    }
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let case = ana.answer(&["caso", "listar"])[0]["id"].as_str().expect("a case").to_owned();
    ana.answer(&["caso", "rectificar", &case, "--causa", "Falta el voto de un miembro"]);
    let drawn = ana.run(&["caso", "muestra", &case, "--sortear"]);
    if !drawn.status.success() {
        ana.answer(&[
            "caso",
            "muestra",
            &case,
            "--sortear",
            "--porcentaje",
            "2",
            "--fuente",
            "Instructivo de ejemplo",
        ]);
    }
    let whole = text(&folder.join("caso.cotejo"));
    let sent = ana.answer(&["caso", "enviar", &case, "--salida", &whole, "--clave-env", "CLAVE_CASO"]);

    // Bruno receives it, says which seat is his, and decides.
    assert_eq!(
        bruno.refused(&["caso", "recibir", &whole, "--clave-env", "OTRA_CLAVE"]),
        "store.package_password"
    );
    let received = bruno.answer(&["caso", "recibir", &whole, "--clave-env", "CLAVE_CASO"]);
    assert_eq!(received["case"], case.as_str());
    assert_eq!(received["sender"], sent["fingerprint"], "both see the same fingerprint");
    assert!(received["derived"].as_u64().expect("a number") > 0, "what was read need not be read again");
    assert_eq!(received["exchange"]["may_write"], false);
    let matrix = bruno.answer(&["caso", "matriz", &case]);
    assert_eq!(matrix, ana.answer(&["caso", "matriz", &case]), "both see the same matrix");
    let (requirement, bid) = cells(&matrix, "no_cumple")
        .into_iter()
        .chain(cells(&matrix, "a_convalidar"))
        .next()
        .expect("a cell against a bid");
    let decide = |verdict: &str, requirement: &str, bid: &str| {
        let arguments = [
            "caso",
            "decidir",
            &case,
            "--requisito",
            requirement,
            "--oferta",
            bid,
            "--resultado",
            verdict,
            "--hecho",
            "Consta en la oferta (EJEMPLO)",
            "--conclusion",
            "Cumple (EJEMPLO)",
            "--evidencia-vista",
        ];
        arguments.map(str::to_owned).to_vec()
    };
    let words = |arguments: &[String]| arguments.iter().map(|word| word.to_owned()).collect::<Vec<_>>();
    let run = |machine: &Machine, arguments: Vec<String>| {
        machine.answer(&words(&arguments).iter().map(String::as_str).collect::<Vec<_>>())
    };
    let first = decide("cumple", &requirement, &bid);
    let early: Vec<&str> = first.iter().map(String::as_str).collect();
    assert_eq!(bruno.refused(&early), "store.no_seat", "nobody writes before a seat is taken");
    assert_eq!(bruno.refused(&["caso", "puesto", &case, "--tomar", "1"]), "store.seat_taken");
    let seat = bruno.answer(&["caso", "puesto", &case, "--tomar", "2"]);
    assert_eq!((&seat["seats"][1]["state"], &seat["may_write"]), (&"mine".into(), &true.into()));
    let print = seat["fingerprint"].as_str().expect("a fingerprint").to_owned();
    run(&bruno, first.clone());
    let agreeing = cells(&matrix, "cumple").first().expect("a cell").clone();
    run(&bruno, decide("cumple", &agreeing.0, &agreeing.1));
    let samples = bruno.answer(&["caso", "muestra", &case]);
    let drawn = samples["samples"].as_array().expect("samples").last().expect("one")["cells"]
        .as_array()
        .expect("cells")
        .clone();
    let bids = bruno.answer(&["caso", "matriz", &case])["columns"].clone();
    for cell in &drawn {
        let column =
            bids.as_array().expect("bids").iter().position(|column| column["bid"] == cell["cell"]["bid"]);
        let number = (column.expect("a bid") + 1).to_string();
        let asked = cell["cell"]["requirement"].as_str().expect("an id");
        bruno.answer(&[
            "caso",
            "muestra",
            &case,
            "--requisito",
            asked,
            "--oferta",
            &number,
            "--resultado",
            "cumple",
        ]);
    }
    assert_eq!(
        bruno.refused(&[
            "caso",
            "acuerdos",
            &case,
            "--requisito",
            &requirement,
            "--oferta",
            &bid,
            "--acordar"
        ]),
        "store.not_holder",
        "the agreement is recorded where the case is held"
    );
    let back = text(&folder.join("vuelta.cotejo"));
    let news = bruno.answer(&[
        "caso",
        "enviar",
        &case,
        "--salida",
        &back,
        "--clave-env",
        "CLAVE_CASO",
        "--novedades",
    ]);
    assert_eq!((&news["verdicts"], &news["originals"]), (&2.into(), &0.into()), "only what is new");

    // Ana joins it, once she compared the fingerprint.
    assert_eq!(
        ana.refused(&["caso", "unir", &back, "--clave-env", "CLAVE_CASO"]),
        "store.join_device_unknown"
    );
    let joined = ana.answer(&["caso", "unir", &back, "--clave-env", "CLAVE_CASO", "--admitir", &print]);
    assert_eq!(
        (&joined["verdicts"], joined["exchange"]["differing"].as_array().map(Vec::len)),
        (&2.into(), Some(1))
    );
    let checked = ana.answer(&["caso", "muestra", &case]);
    let sample = checked["samples"].as_array().expect("samples").last().expect("one").clone();
    assert_eq!(sample["checked"].as_u64(), Some(drawn.len() as u64), "the second check came along");

    // The commission agrees; Bruno gives the reasons of his dissent on his machine.
    let agreed =
        ana.answer(&["caso", "acuerdos", &case, "--requisito", &requirement, "--oferta", &bid, "--acordar"]);
    assert_eq!(agreed["cells"][0]["votes"].as_array().map(Vec::len), Some(2), "{agreed}");
    assert!(agreed["cells"][0]["agreed"].is_string(), "{agreed}");
    let news = text(&folder.join("acuerdo.cotejo"));
    ana.answer(&["caso", "enviar", &case, "--salida", &news, "--clave-env", "CLAVE_CASO", "--novedades"]);
    bruno.answer(&["caso", "unir", &news, "--clave-env", "CLAVE_CASO"]);
    assert_eq!(ana.tables(&case), bruno.tables(&case), "both machines compute the same tables");
    let reasons = "El certificado consta en la foja tres";
    bruno.answer(&[
        "caso",
        "acuerdos",
        &case,
        "--requisito",
        &requirement,
        "--oferta",
        &bid,
        "--voto-salvado",
        reasons,
    ]);
    let dissent = text(&folder.join("voto.cotejo"));
    bruno.answer(&[
        "caso",
        "enviar",
        &case,
        "--salida",
        &dissent,
        "--clave-env",
        "CLAVE_CASO",
        "--novedades",
    ]);
    ana.answer(&["caso", "unir", &dissent, "--clave-env", "CLAVE_CASO"]);
    assert_eq!(
        ana.answer(&["caso", "unir", &back, "--clave-env", "CLAVE_CASO"])["new"],
        0,
        "attack: an old file is handed in again"
    );

    // What Bruno decides now is late: Ana signs first.
    let late = cells(&matrix, "cumple").get(1).expect("another cell").clone();
    run(&bruno, decide("no_aplica", &late.0, &late.1));
    let too_late = text(&folder.join("tarde.cotejo"));
    bruno.answer(&[
        "caso",
        "enviar",
        &case,
        "--salida",
        &too_late,
        "--clave-env",
        "CLAVE_CASO",
        "--novedades",
    ]);
    let acta = sign(&ana, &case, folder);
    let read = ana.answer(&["leer", &acta, "--texto"]).to_string();
    let read = read.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        read.contains("Bruno Ficticio") && read.contains("foja tres"),
        "the acta names who dissents and why"
    );
    assert_eq!(ana.refused(&["caso", "unir", &too_late, "--clave-env", "CLAVE_CASO"]), "store.sealed");
    let report = ana.answer(&["bitacora", "verificar", &case]);
    assert_eq!(report["problems"].as_array().map(Vec::len), Some(0));
    let signed = text(&folder.join("firmada.cotejo"));
    ana.answer(&["caso", "enviar", &case, "--salida", &signed, "--clave-env", "CLAVE_CASO", "--novedades"]);
    assert_eq!(
        bruno.answer(&["caso", "unir", &signed, "--clave-env", "CLAVE_CASO"])["late"],
        1,
        "Bruno is told"
    );
    let listed = ana.answer(&["caso", "envios", &case]);
    assert_eq!(listed["rows"].as_array().map(Vec::len), Some(6), "{}", listed["rows"]);
}

/// Generates and signs the acta as the fictional president; returns its path.
fn sign(machine: &Machine, case: &str, folder: &Path) -> String {
    let (name, cedula) = cotejo_casework::sample_president().expect("the sample");
    let person = cotejo_signing::DemoPerson { name, cedula: Some(cedula), ruc: None, organization: None };
    let made = "2026-01-05T12:00:00Z".parse().expect("a moment");
    let issued = cotejo_signing::demo_certificate(&person, made).expect("a certificate");
    let certificate = folder.join("demo.p12");
    std::fs::write(&certificate, &issued.pkcs12).expect("writes");
    let done = Command::new(&machine.program)
        .env("COTEJO_LECTOR", &machine.worker)
        .env("COTEJO_LLAVERO", "archivo")
        .env("CLAVE_DEMO", issued.password.as_str())
        .args(["--json", "--sin-red", "--datos"])
        .arg(&machine.data)
        .args(["caso", "actas", case, "--certificado"])
        .arg(&certificate)
        .args(["--clave-env", "CLAVE_DEMO"])
        .output()
        .expect("the program starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let view: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    view["path"].as_str().expect("a path").to_owned()
}
