//! The header of the pliego: process, schedule, items.

use super::table::{Row, Tables};
use super::value::{decimal, is_encrypted, money, process_code, ruc, whole, without_entities};
use crate::finding;
use cotejo_domain::{
    Entity, Finding, Money, Plazo, Pliego, PliegoItem, ProcedureType, Process, ProcessCode, ScheduleStage,
    Severity,
};
use jiff::civil::{Date, DateTime, Time};

/// Fills in process, schedule and items.
pub(super) fn fill(pliego: &mut Pliego, tables: &Tables, findings: &mut Vec<Finding>) {
    let process = &mut pliego.process;
    process.code = text(tables, "TMEP_PLIEGOS", "CODIGO_PROCESO").map(|code| process_code(&code));
    process.object = text(tables, "TMEP_REQUERIMIENTOS", "OBJETO_CONTRATACION");
    process.entity = entity(tables, findings);
    process.procedure = procedure(tables, process.code.as_ref(), findings);
    process.term = term(tables, findings);
    process.validity = number(tables, "VIGENCIA_OFERTA", findings).map(Plazo);
    budget(process, tables, findings);
    schedule(pliego, tables, findings);
    pliego.items = items(tables, findings);
}

fn text(tables: &Tables, table: &str, column: &str) -> Option<String> {
    tables.first(table)?.get(column).map(without_entities)
}

fn number(tables: &Tables, column: &str, findings: &mut Vec<Finding>) -> Option<u32> {
    let value = tables.first("TMEP_REQUERIMIENTOS")?.get(column)?;
    let number = whole(value);
    if number.is_none() {
        findings.push(unreadable("TMEP_REQUERIMIENTOS", column));
    }
    number
}

pub(super) fn unreadable(table: &str, column: &str) -> Finding {
    finding("ushay.unreadable_value", Severity::Warning, &[("tabla", table), ("columna", column)])
}

fn entity(tables: &Tables, findings: &mut Vec<Finding>) -> Option<Entity> {
    let row = tables.first("TMEP_INSTITUCIONES")?;
    let name = row.get("NOMBRE_ENTID_CONTRAT").map(without_entities)?;
    let written = row.get("RUC");
    let ruc = written.and_then(ruc);
    if written.is_some() && ruc.is_none() {
        findings.push(unreadable("TMEP_INSTITUCIONES", "RUC"));
    }
    Some(Entity { name, ruc })
}

/// Brings a text to lower case without accents, for comparisons.
pub(super) fn folded(text: &str) -> String {
    use std::iter::once;
    text.to_lowercase()
        .chars()
        .flat_map(|character| {
            once(match character {
                'á' | 'à' | 'ä' => 'a',
                'é' | 'è' | 'ë' => 'e',
                'í' | 'ì' | 'ï' => 'i',
                'ó' | 'ò' | 'ö' => 'o',
                'ú' | 'ù' | 'ü' => 'u',
                other => other,
            })
        })
        .collect()
}

/// Names the procedure from the pliego's own identifier (two are known from real files), else from its name, else from the code's
/// prefix. Two sources that disagree give `Otro`: a person says which.
fn procedure(tables: &Tables, code: Option<&ProcessCode>, findings: &mut Vec<Finding>) -> ProcedureType {
    let row = tables.first("TMEP_CONTRATACIONES");
    let by_id = row.and_then(|row| row.get("CAT_PLIEGO_ID")).and_then(procedure_of_id);
    let by_name = row.and_then(|row| row.get("CAT_PLIEGO_NOMBRE")).and_then(procedure_of_name);
    let by_code = code.and_then(|code| procedure_of_prefix(code.prefix()));
    let mut said = [by_id, by_name, by_code].into_iter().flatten();
    let Some(first) = said.next() else {
        findings.push(finding("ushay.unknown_procedure", Severity::Warning, &[]));
        return ProcedureType::Otro;
    };
    if said.any(|other| other != first) {
        findings.push(finding("ushay.procedure_contradiction", Severity::Warning, &[]));
        return if by_id.is_some() { first } else { ProcedureType::Otro };
    }
    first
}

fn procedure_of_id(id: &str) -> Option<ProcedureType> {
    match id {
        "PLI.SUBINV" => Some(ProcedureType::Sie),
        "PLI.COTOBR" => Some(ProcedureType::Coto),
        _ => None,
    }
}

/// Names the procedure from its name in the MFC's list, where the words leave no choice.
pub(crate) fn procedure_of_name(name: &str) -> Option<ProcedureType> {
    let name = folded(name);
    let works = name.contains("obra");
    let goods = name.contains("bien") || name.contains("servicio");
    let pick = |on_works, on_goods| match (works, goods) {
        (true, false) => Some(on_works),
        (false, true) => Some(on_goods),
        _ => None,
    };
    if name.contains("subasta inversa") {
        Some(ProcedureType::Sie)
    } else if name.contains("lista corta") {
        Some(ProcedureType::Lcc)
    } else if name.contains("consultoria") && name.contains("directa") {
        Some(ProcedureType::Cdc)
    } else if name.contains("consultoria") && name.contains("concurso") {
        Some(ProcedureType::Consultoria)
    } else if name.contains("cotizacion") {
        pick(ProcedureType::Coto, ProcedureType::Cotbs)
    } else if name.contains("menor cuantia") {
        pick(ProcedureType::Mco, ProcedureType::Mcbs)
    } else if name.contains("licitacion") {
        pick(ProcedureType::Lico, ProcedureType::Licbs)
    } else if name.contains("feria inclusiva") {
        Some(ProcedureType::Feria)
    } else if name.contains("infima") {
        Some(ProcedureType::Infima)
    } else if name.contains("regimen especial") {
        Some(ProcedureType::RegimenEspecial)
    } else {
        None
    }
}

/// Names the procedure from the prefix of a process code (manual §1.1 and §6).
pub(crate) fn procedure_of_prefix(prefix: &str) -> Option<ProcedureType> {
    Some(match prefix {
        "SIE" => ProcedureType::Sie,
        "LICO" => ProcedureType::Lico,
        "LICBS" | "LICB" | "LICS" => ProcedureType::Licbs,
        "COTO" => ProcedureType::Coto,
        "COTBS" | "COTB" | "COTS" => ProcedureType::Cotbs,
        "MCO" => ProcedureType::Mco,
        "MCBS" | "MCB" | "MCS" => ProcedureType::Mcbs,
        "CDC" => ProcedureType::Cdc,
        "LCC" => ProcedureType::Lcc,
        "CPC" => ProcedureType::Consultoria,
        "IC" | "NIC" => ProcedureType::Infima,
        "FI" => ProcedureType::Feria,
        "CATE" | "CE" => ProcedureType::Catalogo,
        "EMERG" => ProcedureType::Emergencia,
        "RE" => ProcedureType::RegimenEspecial,
        _ => return None,
    })
}

fn term(tables: &Tables, findings: &mut Vec<Finding>) -> Option<Plazo> {
    let unit = tables.first("TMEP_REQUERIMIENTOS")?.get("UNIDAD_PLAZO_EJEC");
    let amount = number(tables, "PLAZO_EJEC", findings)?;
    if unit == Some("D") {
        return Some(Plazo(amount));
    }
    // Only days have been seen in real files; months and years have no fixed number of days.
    let values = [("valor", amount.to_string()), ("unidad", unit.unwrap_or("—").to_owned())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    findings.push(finding("ushay.term_unit", Severity::Warning, &values));
    None
}

fn budget(process: &mut Process, tables: &Tables, findings: &mut Vec<Finding>) {
    const PLACES: [(&str, &str); 3] = [
        ("TMEP_PLIEGOS", "PRESUPUESTO_REFERENCIAL_NUMEROS"),
        ("TMEP_REQUERIMIENTOS", "PRT"),
        ("TMEP_PRESUPUESTO", "PRECIO_TOTAL"),
    ];
    let mut amounts: Vec<Money> = Vec::new();
    let mut encrypted = false;
    for (table, column) in PLACES {
        let Some(value) = tables.first(table).and_then(|row| row.get(column)) else { continue };
        match money(value) {
            Some(amount) => amounts.push(amount),
            None if is_encrypted(value) => encrypted = true,
            None => findings.push(unreadable(table, column)),
        }
    }
    process.budget_encrypted = encrypted;
    process.budget = amounts.first().copied();
    if let Some(first) = process.budget
        && amounts.iter().any(|amount| amount.rounded() != first.rounded())
    {
        let list: Vec<String> = amounts.iter().map(|amount| amount.spanish()).collect();
        findings.push(finding(
            "ushay.budget_contradiction",
            Severity::Warning,
            &[("valores", &list.join("; "))],
        ));
        process.budget = None;
    }
    if encrypted {
        findings.push(finding("ushay.encrypted_budget", Severity::Info, &[]));
    }
}

fn moment(row: &Row) -> Option<DateTime> {
    let date = civil_date(row.get("FECHA")?)?;
    let time = match row.get("HORA") {
        Some(hour) => civil_time(hour)?,
        None => Time::midnight(),
    };
    Some(date.to_datetime(time))
}

fn civil_date(text: &str) -> Option<Date> {
    let mut parts = text.split(['/', '-']);
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    if parts.next().is_some() { None } else { Date::new(year, month, day).ok() }
}

fn civil_time(text: &str) -> Option<Time> {
    let mut parts = text.split(':');
    let hour = parts.next()?.parse().ok()?;
    let minute = parts.next()?.parse().ok()?;
    let second = parts.next().map_or(Some(0), |second| second.parse().ok())?;
    Time::new(hour, minute, second, 0).ok()
}

fn schedule(pliego: &mut Pliego, tables: &Tables, findings: &mut Vec<Finding>) {
    let mut rows: Vec<&Row> = tables.rows("TMEP_CRONDETALLE").collect();
    rows.sort_by_key(|row| row.get("ORDEN").and_then(whole).unwrap_or(u32::MAX));
    let mut unreadable_dates = false;
    for row in rows {
        let at = moment(row);
        unreadable_dates |= at.is_none() && row.get("FECHA").is_some();
        let stage = row.get("ETAPA").map(without_entities).unwrap_or_default();
        let name = folded(&stage);
        if pliego.process.started.is_none() && name.contains("publicacion") {
            pliego.process.started = at.map(DateTime::date);
        }
        if pliego.process.bids_due.is_none() && row.get("ES_FECHA_ENTREGA") == Some("1") {
            pliego.process.bids_due = at;
        }
        pliego.schedule.push(ScheduleStage { code: row.get("CODIGO_ETAPA").map(str::to_owned), stage, at });
    }
    if unreadable_dates {
        findings.push(unreadable("TMEP_CRONDETALLE", "FECHA"));
    }
    if pliego.process.started.is_none() {
        findings.push(finding("ushay.no_start", Severity::Warning, &[]));
    }
}

fn items(tables: &Tables, findings: &mut Vec<Finding>) -> Vec<PliegoItem> {
    let mut items = Vec::new();
    for (table, columns) in [
        ("TMEP_ESPE_TECNICAS", ["CPC_NIVEL9", "DESCRIPCION", "CANTIDAD", "UNIDADES", "PRECIO_REF_UNITARIO"]),
        ("TMEP_PRESUPUESTO_DET", ["", "RUBRO_DESCRIPCION", "CANTIDAD", "UNIDAD", "PRECIO_VALOR_UNI"]),
    ] {
        let [cpc, description, quantity, unit, price] = columns;
        let (mut encrypted, mut unread) = (false, false);
        for row in tables.rows(table) {
            let stated = row.get(price);
            let unit_price = stated.and_then(money);
            encrypted |= unit_price.is_none() && stated.is_some_and(is_encrypted);
            unread |= unit_price.is_none() && stated.is_some_and(|value| !is_encrypted(value));
            items.push(PliegoItem {
                cpc: row.get(cpc).map(str::to_owned),
                description: row.get(description).map(without_entities).unwrap_or_default(),
                quantity: row.get(quantity).and_then(decimal),
                unit: row.get(unit).map(without_entities),
                unit_price,
            });
        }
        if encrypted {
            findings.push(finding("ushay.encrypted_price", Severity::Info, &[("tabla", table)]));
        }
        if unread {
            findings.push(unreadable(table, price));
        }
    }
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_both_spellings_are_read() {
        assert_eq!(civil_date("2024/08/23"), Some(jiff::civil::date(2024, 8, 23)), "the schedule's spelling");
        assert_eq!(civil_date("2024-08-23"), Some(jiff::civil::date(2024, 8, 23)), "the header's spelling");
        assert_eq!(civil_date("2024/02/30"), None, "no such day");
    }

    #[test]
    fn a_name_that_leaves_a_choice_names_nothing() {
        assert_eq!(procedure_of_name("Cotización de Obras"), Some(ProcedureType::Coto), "works only");
        assert_eq!(
            procedure_of_name("Licitación de Bienes y/o Servicios"),
            Some(ProcedureType::Licbs),
            "goods only"
        );
        assert_eq!(procedure_of_name("Licitación de bienes, servicios y obras"), None, "both");
        assert_eq!(procedure_of_name("Contratación integral"), None, "unknown");
    }
}
