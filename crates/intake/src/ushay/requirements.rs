//! What the tables ask, each requirement with the row it stands in.

use super::header::unreadable;
use super::table::{Row, Tables};
use super::value::{decimal, is_encrypted, money, whole, without_entities};
use crate::finding;
use cotejo_domain::{
    Finding, Percent, Pliego, Requirement, RequirementId, RequirementKind, RequirementSource, Severity,
    Subject,
};
use rust_decimal::Decimal;

struct Collector<'a> {
    requirements: &'a mut Vec<Requirement>,
}

impl Collector<'_> {
    fn push(
        &mut self,
        id: String,
        kind: RequirementKind,
        text: String,
        subject: Subject,
        table: &str,
        row: &Row,
    ) {
        self.requirements.push(Requirement {
            id: RequirementId(id),
            lot: None,
            kind,
            text,
            points: None,
            subject,
            source: RequirementSource::Ushay { table: table.to_owned(), row: row.number },
        });
    }
}

/// Fills in the requirements, in the order in which an evaluator works: integridad, minimums, points, information.
pub(super) fn fill(pliego: &mut Pliego, tables: &Tables, findings: &mut Vec<Finding>) {
    let mut requirements = Vec::new();
    let mut collector = Collector { requirements: &mut requirements };
    integrity(&mut collector, tables);
    patrimonio(&mut collector, tables, findings);
    term_and_validity(&mut collector, pliego, tables);
    specifications(&mut collector, tables);
    experience(&mut collector, tables, findings);
    personnel(&mut collector, tables, findings);
    equipment(&mut collector, tables, findings);
    for row in tables.rows("TMEP_METCRONEJEC") {
        let text = joined(row, &["DESCRIPCION"], ": ");
        let id = format!("MET-{}", row.number);
        collector.push(id, RequirementKind::Minimo, text, Subject::Other, "TMEP_METCRONEJEC", row);
    }
    for row in tables.rows("TMEP_OTROSPARAMETROS") {
        let text = joined(row, &["NOMBRE", "DESCRIPCION", "MEDIO", "MEDIO_OFERENTE"], ": ");
        let id = format!("OTR-{}", row.number);
        collector.push(id, RequirementKind::Minimo, text, Subject::Other, "TMEP_OTROSPARAMETROS", row);
    }
    indices(&mut collector, tables, findings);
    vae(&mut collector, tables, findings);
    bidding_step(&mut collector, tables);
    scores(&mut requirements, tables, findings);
    pliego.requirements = requirements;
}

/// Joins the values of columns, leaving out the empty ones.
fn joined(row: &Row, columns: &[&str], separator: &str) -> String {
    let parts: Vec<String> =
        columns.iter().filter_map(|column| row.get(column)).map(without_entities).collect();
    parts.join(separator)
}

fn integrity(collector: &mut Collector<'_>, tables: &Tables) {
    const TABLE: &str = "TMEP_REQUISITOS_MINIMOS";
    for row in tables.rows(TABLE) {
        if let Some(text) = row.get("OBSERVACION_INTEGRIDAD_OFERTA") {
            let id = format!("INT-OBS-{}", row.number);
            collector.push(
                id,
                RequirementKind::Integridad,
                without_entities(text),
                Subject::Other,
                TABLE,
                row,
            );
        }
    }
}

fn patrimonio(collector: &mut Collector<'_>, tables: &Tables, findings: &mut Vec<Finding>) {
    const TABLE: &str = "TMEP_REQUISITOS_MINIMOS";
    for row in tables.rows(TABLE) {
        let Some(value) = row.get("PATRIMONIO") else { continue };
        let minimum = money(value);
        if minimum.is_none() {
            if is_encrypted(value) {
                findings.push(finding("ushay.encrypted_price", Severity::Info, &[("tabla", TABLE)]));
            } else {
                findings.push(unreadable(TABLE, "PATRIMONIO"));
            }
        }
        let text = match minimum {
            Some(minimum) => format!("Patrimonio mínimo de personas jurídicas: USD {}", minimum.spanish()),
            None => "Patrimonio mínimo de personas jurídicas".to_owned(),
        };
        let id = if row.number == 1 { "PATR".to_owned() } else { format!("PATR-{}", row.number) };
        collector.push(id, RequirementKind::Minimo, text, Subject::Patrimonio { minimum }, TABLE, row);
    }
}

fn term_and_validity(collector: &mut Collector<'_>, pliego: &Pliego, tables: &Tables) {
    const TABLE: &str = "TMEP_REQUERIMIENTOS";
    let Some(row) = tables.first(TABLE) else { return };
    if row.get("PLAZO_EJEC").is_some() {
        let from = joined(row, &["TIPO_PLAZ_EJEC_NOMBRE", "OTRO_TIPO_PLAZ_EJEC"], " ").to_lowercase();
        let text = match pliego.process.term {
            Some(term) => format!("Plazo de ejecución: {} días {from}", term.0).trim_end().to_owned(),
            None => format!("Plazo de ejecución: {}", joined(row, &["PLAZO_EJEC", "UNIDAD_PLAZO_EJEC"], " ")),
        };
        let subject = Subject::Term { maximum: pliego.process.term };
        collector.push("PLAZO".into(), RequirementKind::Minimo, text, subject, TABLE, row);
    }
    if let Some(validity) = pliego.process.validity {
        let text = format!("Vigencia de la oferta: {} días", validity.0);
        let subject = Subject::Validity { minimum: Some(validity) };
        collector.push("VIGENCIA".into(), RequirementKind::Minimo, text, subject, TABLE, row);
    }
}

fn specifications(collector: &mut Collector<'_>, tables: &Tables) {
    const TABLE: &str = "TMEP_ESPE_TECNICAS";
    for row in tables.rows(TABLE) {
        let name = joined(row, &["DESCRIPCION"], "");
        let mut text = name.clone();
        let details = tables
            .rows("TMEP_ESPE_TEC_DET")
            .filter(|detail| row.get("ID").is_some() && detail.get("ESPECIFICACION_ID") == row.get("ID"));
        for detail in details {
            let columns =
                ["CARACTERISTICA", "VALOR_REQUISITO", "VALOR_CONDICION", "VALOR_CANTIDAD", "VALOR_UNIDAD"];
            let detail = joined(detail, &columns, " · ");
            // Entities often repeat the item's name as its characteristic.
            let detail = match detail.strip_prefix(&name) {
                Some("") => "",
                Some(rest) => rest.strip_prefix(" · ").unwrap_or(&detail),
                None => &detail,
            };
            if !detail.is_empty() {
                text.push('\n');
                text.push_str(detail);
            }
        }
        let id = format!("ET-{}", row.number);
        collector.push(id, RequirementKind::Minimo, text, Subject::Other, TABLE, row);
    }
}

fn experience(collector: &mut Collector<'_>, tables: &Tables, findings: &mut Vec<Finding>) {
    const TABLE: &str = "TMEP_EXPERIENCIA";
    for row in tables.rows(TABLE) {
        let id = format!("EXP-{}", row.number);
        let text = joined(row, &["DESCRIPCION"], "");
        let specific = match row.get("TIPO") {
            Some("G") => false,
            Some("E") => true,
            _ => {
                findings.push(unreadable(TABLE, "TIPO"));
                collector.push(id, RequirementKind::Minimo, text, Subject::Other, TABLE, row);
                continue;
            }
        };
        let mut amount = |column: &str| {
            let value = row.get(column)?;
            let amount = money(value);
            if amount.is_none() {
                findings.push(unreadable(TABLE, column));
            }
            amount
        };
        let subject = Subject::Experience {
            specific,
            minimum: amount("VALOR_MONTO_MINIMO"),
            minimum_per_contract: amount("MONTO_MINIMO_POR_CONTRATO"),
            years: row.get("TEMPORALIDAD").and_then(whole),
        };
        let kind = if specific { "Experiencia específica" } else { "Experiencia general" };
        collector.push(id, RequirementKind::Minimo, format!("{kind}: {text}"), subject, TABLE, row);
    }
}

fn personnel(collector: &mut Collector<'_>, tables: &Tables, findings: &mut Vec<Finding>) {
    const TABLE: &str = "TMEP_PERSONALTECNICO";
    const EXPERIENCE: &str = "TMEP_EXPEPERSTECN";
    for row in tables.rows(TABLE) {
        let role = joined(row, &["CARGO"], "");
        let count = match row.get("CANTIDAD").map(whole) {
            Some(Some(count)) => count,
            Some(None) => {
                findings.push(unreadable(TABLE, "CANTIDAD"));
                1
            }
            None => 1,
        };
        let text = joined(row, &["CARGO", "NIVEL_ESTUDIO", "DESCRIPCION"], " · ");
        let id = format!("PERS-{}", row.number);
        collector.push(id, RequirementKind::Minimo, text, Subject::Personnel { role, count }, TABLE, row);
    }
    for row in tables.rows(EXPERIENCE) {
        let person = tables
            .rows(TABLE)
            .find(|person| person.get("ID").is_some() && person.get("ID") == row.get("PERSONALTECNICO_ID"))
            .map(|person| joined(person, &["CARGO"], ""));
        let mut text = joined(row, &["DESCRIPCION"], "");
        if let (Some(time), Some(unit)) = (row.get("TIEMPO_MINIMO"), row.get("TIPO_TIEMPO_MINIMO")) {
            text.push_str(&format!(" · {time} {unit}"));
        }
        if let Some(projects) = row.get("NUMERO_PROYECTOS") {
            text.push_str(&format!(" · proyectos: {projects}"));
        }
        if let Some(amount) = row.get("MONTO_PROYECTOS").and_then(money).filter(|amount| !amount.0.is_zero())
        {
            text.push_str(&format!(" · monto: USD {}", amount.spanish()));
        }
        let text = format!(
            "Experiencia del personal ({}): {text}",
            person.as_deref().unwrap_or("función no indicada")
        );
        let id = format!("PERSEXP-{}", row.number);
        collector.push(id, RequirementKind::Minimo, text, Subject::Other, EXPERIENCE, row);
    }
}

fn equipment(collector: &mut Collector<'_>, tables: &Tables, findings: &mut Vec<Finding>) {
    const TABLE: &str = "TMEP_EQUIPOMINIMO";
    for row in tables.rows(TABLE) {
        let count = row.get("CANTIDAD").and_then(decimal);
        if count.is_none() && row.get("CANTIDAD").is_some() {
            findings.push(unreadable(TABLE, "CANTIDAD"));
        }
        let subject = Subject::Equipment { description: joined(row, &["DESCRIPCION"], ""), count };
        let text = joined(row, &["DESCRIPCION", "CARACTERISTICAS", "EQUIPOESPECIAL"], " · ");
        collector.push(format!("EQ-{}", row.number), RequirementKind::Minimo, text, subject, TABLE, row);
    }
}

fn indices(collector: &mut Collector<'_>, tables: &Tables, findings: &mut Vec<Finding>) {
    const TABLE: &str = "TMEP_INDICEPATRIMONIO";
    for row in tables.rows(TABLE) {
        let threshold = row.get("VALOR").and_then(decimal);
        if threshold.is_none() && row.get("VALOR").is_some() {
            findings.push(unreadable(TABLE, "VALOR"));
        }
        let name = joined(row, &["TIPO_INDICE"], "");
        let text = joined(row, &["TIPO_INDICE", "VALOR", "MEDIO"], " · ");
        let id = format!("IND-{}", row.number);
        collector.push(
            id,
            RequirementKind::Informativo,
            text,
            Subject::FinancialIndex { name, threshold },
            TABLE,
            row,
        );
    }
}

fn vae(collector: &mut Collector<'_>, tables: &Tables, findings: &mut Vec<Finding>) {
    const TABLE: &str = "TMEP_REQUERIMIENTOS";
    let Some(row) = tables.first(TABLE) else { return };
    let Some(value) = row.get("UMBRAL") else { return };
    let threshold = decimal(value).map(Percent);
    if threshold.is_none() {
        findings.push(unreadable(TABLE, "UMBRAL"));
    }
    let text = match threshold {
        Some(threshold) => format!("Umbral de valor agregado ecuatoriano: {}", threshold.spanish()),
        None => "Umbral de valor agregado ecuatoriano".to_owned(),
    };
    collector.push("VAE".into(), RequirementKind::Informativo, text, Subject::Vae { threshold }, TABLE, row);
}

fn bidding_step(collector: &mut Collector<'_>, tables: &Tables) {
    const TABLE: &str = "TMEP_REQUERIMIENTOS";
    let Some(row) = tables.first(TABLE) else { return };
    if let Some(step) = row.get("VARIACION_PUJA") {
        let text = format!("Variación mínima de la oferta durante la puja: {step} %");
        collector.push("PUJA".into(), RequirementKind::Informativo, text, Subject::Other, TABLE, row);
    }
}

/// Adds what gives points. The row `Subtotal` is no parameter: it checks the sum of its group.
fn scores(requirements: &mut Vec<Requirement>, tables: &Tables, findings: &mut Vec<Finding>) {
    const TABLE: &str = "TMEP_VALORACION_DET";
    let (mut sum, mut subtotal, mut group) = (Decimal::ZERO, None, None);
    for row in tables.rows(TABLE).filter(|row| is_subtotal(row)) {
        subtotal = row.get("VALOR").and_then(decimal);
        group = row.get("GRUPO");
    }
    for row in tables.rows(TABLE).filter(|row| !is_subtotal(row)) {
        let parameter = joined(row, &["NOMBRE"], "");
        let points = row.get("VALOR").and_then(decimal);
        if points.is_none() && row.get("VALOR").is_some() {
            findings.push(unreadable(TABLE, "VALOR"));
        }
        if row.get("GRUPO") == group {
            sum += points.unwrap_or_default();
        }
        requirements.push(Requirement {
            id: RequirementId(format!("PTO-{}", row.number)),
            lot: None,
            kind: RequirementKind::Puntaje,
            text: joined(row, &["NOMBRE", "MENSAJE_PLIEGO"], ": "),
            points,
            subject: Subject::Score { parameter },
            source: RequirementSource::Ushay { table: TABLE.to_owned(), row: row.number },
        });
    }
    if let Some(subtotal) = subtotal
        && subtotal != sum
    {
        let values = [("suma", sum.to_string()), ("subtotal", subtotal.to_string())];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        findings.push(finding("ushay.score_sum", Severity::Warning, &values));
    }
}

fn is_subtotal(row: &Row) -> bool {
    row.get("NOMBRE").is_some_and(|name| name.eq_ignore_ascii_case("subtotal"))
}
