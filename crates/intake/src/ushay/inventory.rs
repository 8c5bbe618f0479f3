//! What becomes of every table that real files have shown, and the report of those that are new.

use super::container::UshayContainer;
use super::structure::structure_of_tables;
use super::table::Tables;
use crate::finding;
use cotejo_domain::{Finding, Severity};

/// Lists the known tables with what is done with each.
pub const KNOWN_TABLES: &[(&str, &str)] = &[
    ("TMEP_INSTITUCIONES", "entity: name and RUC; its officials and addresses are not needed"),
    ("TMEP_CONTRATACIONES", "kind of procedure"),
    ("TMEP_REQUERIMIENTOS", "object, term, validity, budget, step of the puja, VAE threshold"),
    ("TMEP_ARCHIVOS", "names of the attachments, compared with the container"),
    ("TMEP_ESPE_TECNICAS", "items and technical specifications"),
    ("TMEP_ESPE_TEC_DET", "details of the technical specifications"),
    ("TMEP_VALORACION", "total of the points; the parameters stand in the next table"),
    ("TMEP_VALORACION_DET", "points"),
    ("TMEP_PRESUPUESTO", "budget of works, compared with the header"),
    ("TMEP_PRESUPUESTO_DET", "rubros of works"),
    ("TMEP_PLIEGOS", "process code and budget; duties of the contract are not evaluated"),
    ("TMEP_INDICEPATRIMONIO", "financial indices"),
    ("TMEP_OBLIGACIONES", "duties during execution: not part of the evaluation"),
    ("TMEP_CRONOGRAMA", "head of the schedule: nothing beyond its details"),
    ("TMEP_CRONDETALLE", "schedule"),
    ("TMEP_EQUIPOMINIMO", "minimum equipment"),
    ("TMEP_METCRONEJEC", "methodology and schedule of works"),
    ("TMEP_PERSONALTECNICO", "technical personnel"),
    ("TMEP_EXPEPERSTECN", "experience of the personnel"),
    ("TMEP_REQUISITOS_MINIMOS", "patrimonio and remarks on integridad"),
    ("TMEP_OTROSPARAMETROS", "other parameters"),
    ("TMEP_EXPERIENCIA", "general and specific experience"),
    ("TMEP_PAC_SOCE_CONTRA", "link to the annual plan: not part of the evaluation"),
    ("TMEP_PAC_SOCE", "line of the annual plan: not part of the evaluation"),
    ("TMEP_MAT_FORMAS_PAGO", "payment: not part of the evaluation"),
    (
        "TMEP_MAT_PRES_REF",
        "budget lines: the lots they name; else they repeat the budget, encrypted where it is",
    ),
];

/// Tells whether real files have shown this table.
#[must_use]
pub fn is_known(table: &str) -> bool {
    KNOWN_TABLES.iter().any(|(known, _)| *known == table)
}

/// Adds one finding that names the tables nothing is known about, with their columns and without values.
pub(super) fn report_unknown(tables: &Tables, findings: &mut Vec<Finding>) {
    let unknown: Vec<String> = structure_of_tables(tables)
        .into_iter()
        .filter(|table| !is_known(&table.name))
        .take(200)
        .map(|table| format!("{} ({})", table.name, table.columns.join(", ")))
        .collect();
    if !unknown.is_empty() {
        findings.push(finding("ushay.unknown_tables", Severity::Info, &[("tablas", &unknown.join("; "))]));
    }
}

/// Adds one finding that names the files which the table of attachments announces and the container does not have.
pub(super) fn report_missing_attachments(
    tables: &Tables,
    container: &UshayContainer,
    findings: &mut Vec<Finding>,
) {
    let missing: Vec<&str> = tables
        .rows("TMEP_ARCHIVOS")
        .filter_map(|row| row.get("ARCHIVO"))
        .filter(|name| container.entry(name).is_none())
        .collect();
    if !missing.is_empty() {
        findings.push(finding(
            "ushay.missing_attachment",
            Severity::Warning,
            &[("archivos", &missing.join(", "))],
        ));
    }
}
