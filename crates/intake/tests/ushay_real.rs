//! Real pliegos against a second, independent decoder: every field of the list must say the same. Skipped where the material is absent.
//!
//! The second decoder shares nothing with the crate: it finds tags by plain text search, decodes Base64 by its own table, and reads only the
//! columns it is asked for.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

use cotejo_domain::{Pliego, RequirementKind, Subject};
use cotejo_intake::ushay;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn shared() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("COTEJO_SHARED").map_or(beside, PathBuf::from);
    folder.join("documents").is_dir().then_some(folder)
}

/// The independent decoder.
mod plain {
    fn sextet(byte: u8) -> Option<u32> {
        Some(u32::from(match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        }))
    }

    pub(crate) fn base64(text: &str) -> String {
        let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
        for value in text.bytes().filter_map(sextet) {
            bits = (bits << 6) | value;
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push(u8::try_from((bits >> count) & 0xff).expect("a byte"));
            }
        }
        String::from_utf8(bytes)
            .unwrap_or_else(|error| error.into_bytes().iter().map(|byte| char::from(*byte)).collect())
    }

    /// Returns the decoded values of `column` in every row of `table`.
    pub(crate) fn column(xml: &str, table: &str, column: &str) -> Vec<String> {
        let Some(start) = xml.find(&format!("NAME=\"{table}\"")) else { return Vec::new() };
        let body = &xml[start..];
        let body = &body[..body.find("</TABLE>").unwrap_or(body.len())];
        body.split("<ROW>")
            .skip(1)
            .map(|row| {
                let open = format!("<{column}>");
                let value = row
                    .split_once(&open)
                    .and_then(|(_, after)| after.split_once("</"))
                    .map_or("", |(value, _)| value);
                base64(value).trim().to_owned()
            })
            .collect()
    }
}

/// Brings a decoded number to one spelling.
fn number(text: &str) -> String {
    text.parse::<rust_decimal::Decimal>()
        .map_or_else(|_| String::new(), |number| number.normalize().to_string())
}

/// Says of each field of the list what the independent decoder and ours read.
fn fields(xml: &str, pliego: &Pliego) -> Vec<(&'static str, String, String)> {
    let first =
        |table: &str, column: &str| plain::column(xml, table, column).into_iter().next().unwrap_or_default();
    let process = &pliego.process;
    let text = |value: Option<String>| value.unwrap_or_default();
    let money = |value: Option<cotejo_domain::Money>| {
        value.map_or_else(String::new, |money| money.0.normalize().to_string())
    };
    let stages = || {
        let mut rows: Vec<(u32, String)> = Vec::new();
        let [order, code, name, date, hour] = ["ORDEN", "CODIGO_ETAPA", "ETAPA", "FECHA", "HORA"]
            .map(|column| plain::column(xml, "TMEP_CRONDETALLE", column));
        for index in 0..order.len() {
            let at = if date[index].is_empty() {
                String::new()
            } else {
                format!("{}T{}:00", date[index].replace('/', "-"), hour[index])
            };
            rows.push((order[index].parse().unwrap_or(0), format!("{} {} {at}", code[index], name[index])));
        }
        rows.sort();
        rows.into_iter().map(|(_, row)| row).collect::<Vec<_>>().join("|")
    };
    let ours: Vec<String> = pliego
        .schedule
        .iter()
        .map(|stage| {
            format!(
                "{} {} {}",
                text(stage.code.clone()),
                stage.stage,
                text(stage.at.map(|at| at.to_string()))
            )
        })
        .collect();
    let points = |of: &dyn Fn(&str) -> bool| {
        let names = plain::column(xml, "TMEP_VALORACION_DET", "NOMBRE");
        let values = plain::column(xml, "TMEP_VALORACION_DET", "VALOR");
        let rows = names.iter().zip(&values).filter(|(name, _)| of(name));
        rows.map(|(name, value)| format!("{name}={}", number(value))).collect::<Vec<_>>().join("|")
    };
    let our_points = pliego.requirements.iter().filter_map(|requirement| match &requirement.subject {
        Subject::Score { parameter } => Some(format!(
            "{parameter}={}",
            requirement.points.map_or_else(String::new, |points| points.normalize().to_string())
        )),
        _ => None,
    });
    let budget = first("TMEP_PLIEGOS", "PRESUPUESTO_REFERENCIAL_NUMEROS");
    let patrimonio = pliego.requirements.iter().find_map(|requirement| match requirement.subject {
        Subject::Patrimonio { minimum } => minimum,
        _ => None,
    });
    vec![
        (
            "código",
            first("TMEP_PLIEGOS", "CODIGO_PROCESO"),
            text(process.code.as_ref().map(ToString::to_string)),
        ),
        ("objeto", first("TMEP_REQUERIMIENTOS", "OBJETO_CONTRATACION"), text(process.object.clone())),
        (
            "entidad",
            first("TMEP_INSTITUCIONES", "NOMBRE_ENTID_CONTRAT"),
            text(process.entity.as_ref().map(|entity| entity.name.clone())),
        ),
        (
            "RUC",
            first("TMEP_INSTITUCIONES", "RUC"),
            text(process.entity.as_ref().and_then(|entity| entity.ruc.as_ref()).map(ToString::to_string)),
        ),
        ("presupuesto", number(&budget), money(process.budget)),
        ("presupuesto cifrado", number(&budget).is_empty().to_string(), process.budget_encrypted.to_string()),
        (
            "plazo",
            first("TMEP_REQUERIMIENTOS", "PLAZO_EJEC"),
            text(process.term.map(|term| term.0.to_string())),
        ),
        (
            "vigencia",
            first("TMEP_REQUERIMIENTOS", "VIGENCIA_OFERTA"),
            text(process.validity.map(|days| days.0.to_string())),
        ),
        ("cronograma", stages(), ours.join("|")),
        ("puntajes", points(&|name| name != "Subtotal"), our_points.collect::<Vec<_>>().join("|")),
        ("patrimonio", number(&first("TMEP_REQUISITOS_MINIMOS", "PATRIMONIO")), money(patrimonio)),
        ("requisitos", required(xml), found(pliego)),
    ]
}

/// Counts the rows that ask something, by table.
fn required(xml: &str) -> String {
    let tables = [
        "TMEP_ESPE_TECNICAS",
        "TMEP_EXPERIENCIA",
        "TMEP_PERSONALTECNICO",
        "TMEP_EXPEPERSTECN",
        "TMEP_EQUIPOMINIMO",
        "TMEP_METCRONEJEC",
        "TMEP_OTROSPARAMETROS",
        "TMEP_INDICEPATRIMONIO",
    ];
    let mut rows: Vec<String> = Vec::new();
    for table in tables {
        rows.push(format!("{table}={}", plain::column(xml, table, "ID").len()));
    }
    for column in ["VALOR_MONTO_MINIMO", "TEMPORALIDAD"] {
        rows.extend(plain::column(xml, "TMEP_EXPERIENCIA", column).iter().map(|value| number(value)));
    }
    rows.extend(plain::column(xml, "TMEP_PERSONALTECNICO", "CARGO"));
    rows.extend(plain::column(xml, "TMEP_EQUIPOMINIMO", "DESCRIPCION"));
    rows.join("|")
}

fn found(pliego: &Pliego) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut amounts, mut years, mut roles, mut equipment) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for requirement in &pliego.requirements {
        if let cotejo_domain::RequirementSource::Ushay { table, .. } = &requirement.source {
            *counts.entry(table).or_default() += 1;
        }
        match &requirement.subject {
            Subject::Experience { minimum, years: window, .. } => {
                amounts.push(minimum.map_or_else(String::new, |money| money.0.normalize().to_string()));
                years.push(window.map_or_else(String::new, |years| years.to_string()));
            }
            Subject::Personnel { role, .. } => roles.push(role.clone()),
            Subject::Equipment { description, .. } => equipment.push(description.clone()),
            _ => {}
        }
    }
    let tables = [
        "TMEP_ESPE_TECNICAS",
        "TMEP_EXPERIENCIA",
        "TMEP_PERSONALTECNICO",
        "TMEP_EXPEPERSTECN",
        "TMEP_EQUIPOMINIMO",
        "TMEP_METCRONEJEC",
        "TMEP_OTROSPARAMETROS",
        "TMEP_INDICEPATRIMONIO",
    ];
    let mut rows: Vec<String> =
        tables.iter().map(|table| format!("{table}={}", counts.get(table).copied().unwrap_or(0))).collect();
    rows.extend(amounts);
    rows.extend(years);
    rows.extend(roles);
    rows.extend(equipment);
    rows.join("|")
}

fn files(folder: &Path, name: &str, files_found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, name, files_found);
        } else if path.to_string_lossy().ends_with(name) {
            files_found.push(path);
        }
    }
    files_found.sort();
}

#[test]
fn real_pliegos_say_the_same_to_two_decoders() {
    let Some(shared) = shared() else {
        println!("skipped: real pliegos are not here (COTEJO_SHARED)");
        return;
    };
    let mut packages = Vec::new();
    files(&shared.join("documents/ec_ushay_pliegos"), "proceso.xml", &mut packages);
    files(&shared.join("documents/ec_ushay_raw"), ".ushay", &mut packages);
    assert!(!packages.is_empty(), "the material is here but holds no pliego");
    let (mut hits, mut misses) = (0, 0);
    for (index, path) in packages.iter().enumerate() {
        let bytes = std::fs::read(path).expect("readable");
        let read = ushay::decode_pliego("pliego", &bytes);
        let container = ushay::open(&bytes);
        let xml = container.value.entry("proceso.xml").expect("the tables").bytes.clone();
        let xml: String = xml.iter().map(|byte| char::from(*byte)).collect();
        let mut row = format!("paquete {:2}", index + 1);
        for (field, theirs, ours) in fields(&xml, &read.value) {
            let same = theirs == ours;
            row.push_str(&format!(" {field}:{}", if same { "sí" } else { "NO" }));
            if same {
                hits += 1;
            } else {
                misses += 1;
                // What differs stays out of logs: the papers are real.
                println!(
                    "paquete {} {field}: {} y {} caracteres",
                    index + 1,
                    theirs.chars().count(),
                    ours.chars().count()
                );
            }
        }
        println!(
            "{row} requisitos={} anexos={}",
            read.value.requirements.len(),
            read.value.attachments.len()
        );
        for finding in &read.findings {
            println!("   {}", finding.code);
        }
        let unknown = read.findings.iter().any(|finding| finding.code == "ushay.unknown_tables");
        assert!(!unknown, "every table of these packages was studied");
        assert!(
            read.findings.iter().all(|finding| finding.severity < cotejo_domain::Severity::Error),
            "{:?}",
            read.findings
        );
        assert!(
            read.value.process.started.is_some() && read.value.process.bids_due.is_some(),
            "the schedule gives both dates"
        );
        assert!(
            read.value.requirements.iter().any(|requirement| requirement.kind == RequirementKind::Minimo),
            "minimums"
        );
        if path.extension().is_some_and(|extension| extension == "ushay") {
            assert!(
                read.value.attachments.iter().all(|attachment| attachment.md5_ok == Some(true)),
                "every digest agrees"
            );
            assert!(!read.value.attachments.is_empty(), "with its attachments");
        }
    }
    println!("campos: {hits} iguales, {misses} distintos");
    assert_eq!(misses, 0, "two decoders of one file must not disagree");
}

#[test]
fn hostile_archives_end_in_findings() {
    let Some(shared) = shared() else {
        println!("skipped: hostile files are not here (COTEJO_SHARED)");
        return;
    };
    let mut archives = Vec::new();
    files(&shared.join("hostile"), "", &mut archives);
    let mut opened = 0;
    for path in archives.iter().filter(|path| path.metadata().is_ok_and(|data| data.len() < 20_000_000)) {
        let bytes = std::fs::read(path).expect("readable");
        let read = ushay::decode_pliego("hostil", &bytes);
        assert!(!read.findings.is_empty(), "none of these is a sound pliego");
        let _ = ushay::structure_of(&bytes);
        opened += 1;
    }
    println!("{opened} archivos hostiles, ninguno hizo caer al lector");
}
