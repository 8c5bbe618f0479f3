//! OCDS releases.

use crate::TenderError;
use crate::procedure::procedure;
use cotejo_catalogue::message;
use cotejo_domain::{Entity, Money, Pliego, PliegoItem, Process, ProcessCode, Ruc, ScheduleStage};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Stands before every ocid of Ecuador.
pub(crate) const PREFIX: &str = "ocds-5wno2w-";

/// Names a party. Its identifier's suffix varies; parties are joined by RUC.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Name.
    pub name: String,
    /// Taxpayer's number, where the identifier carries one.
    pub ruc: Option<Ruc>,
}

/// Describes an award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Award {
    /// To whom.
    pub suppliers: Vec<Party>,
    /// Amount.
    pub value: Option<Money>,
    /// When, local date.
    pub date: Option<jiff::civil::Date>,
}

/// Describes a process as the open data state it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tender {
    /// Identifier in the open data.
    pub ocid: String,
    /// When this state was published.
    pub published_at: Option<jiff::Timestamp>,
    /// Stages it went through: `planning`, `tender`, `award`, …
    pub tags: Vec<String>,
    /// The header.
    pub process: Process,
    /// Kind of procedure in SERCOP's words.
    pub method: Option<String>,
    /// Dates.
    pub schedule: Vec<ScheduleStage>,
    /// What is to be bought.
    pub items: Vec<PliegoItem>,
    /// Who bid, as far as it is published.
    pub tenderers: Vec<Party>,
    /// Awards.
    pub awards: Vec<Award>,
}

impl Tender {
    /// Returns the process as a pliego without requirements or attachments: the open data carry neither.
    #[must_use]
    pub fn pliego(&self) -> Pliego {
        Pliego {
            process: self.process.clone(),
            schedule: self.schedule.clone(),
            items: self.items.clone(),
            requirements: Vec::new(),
            lots: Vec::new(),
            attachments: Vec::new(),
            findings: Vec::new(),
        }
    }
}

/// Takes the process code out of an ocid: between the prefix and the number of the entity.
pub(crate) fn code_of(ocid: &str) -> Option<ProcessCode> {
    let rest = ocid.strip_prefix(PREFIX)?;
    let (code, entity) = rest.rsplit_once('-')?;
    let is_number = !entity.is_empty() && entity.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && !code.is_empty()).then(|| ProcessCode::new(code))
}

/// Reads every process in a JSON text: release package, record package, bare release, record, or an array of these.
///
/// # Errors
/// [`TenderError::Shape`] when it is none of them, or holds no release.
pub fn parse(bytes: &[u8]) -> Result<Vec<Tender>, TenderError> {
    let shape = |detail: String| TenderError::Shape { detail };
    // A byte order mark stands before files saved by some browsers.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| shape(error.to_string()))?;
    let (tenders, _) = tenders_in(&value);
    if tenders.is_empty() { Err(shape("releases, records, ocid".into())) } else { Ok(tenders) }
}

/// Reads every process in a JSON value, and counts the releases that name none.
pub(crate) fn tenders_in(value: &Value) -> (Vec<Tender>, usize) {
    let mut releases = Vec::new();
    collect(value, &mut releases);
    let all = releases.len();
    let tenders: Vec<Tender> = releases.into_iter().filter_map(tender).collect();
    let nameless = all - tenders.len();
    (tenders, nameless)
}

fn collect<'a>(value: &'a Value, releases: &mut Vec<&'a Value>) {
    if let Some(entries) = value.as_array() {
        entries.iter().for_each(|entry| collect(entry, releases));
    } else if let Some(records) = value.get("records").and_then(Value::as_array) {
        for record in records {
            collect_record(record, releases);
        }
    } else if let Some(found) = value.get("releases").and_then(Value::as_array) {
        if value.get("ocid").is_some() {
            collect_record(value, releases);
        } else {
            releases.extend(found);
        }
    } else if value.get("compiledRelease").is_some() {
        collect_record(value, releases);
    } else if value.get("ocid").is_some() {
        releases.push(value);
    }
}

/// The compiled release says where a process stands; without one the latest does.
fn collect_record<'a>(record: &'a Value, releases: &mut Vec<&'a Value>) {
    match record.get("compiledRelease") {
        Some(compiled) if compiled.is_object() => releases.push(compiled),
        _ => {
            let all = record.get("releases").and_then(Value::as_array);
            let latest = all
                .and_then(|all| all.iter().max_by_key(|release| text(release, "date").unwrap_or_default()));
            releases.extend(latest);
        }
    }
}

fn text(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads a JSON number by its shortest decimal text, never through float arithmetic; SERCOP also writes amounts as text.
pub(crate) fn decimal(value: &Value) -> Option<Decimal> {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok())
        }
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn amount(value: Option<&Value>) -> Option<Money> {
    decimal(value?.get("amount")?).map(Money)
}

/// Reads an instant as local time of mainland Ecuador (UTC−5, no daylight saving time).
fn local(value: &Value, key: &str) -> Option<jiff::civil::DateTime> {
    let instant: jiff::Timestamp = text(value, key)?.parse().ok()?;
    Some(jiff::tz::Offset::constant(-5).to_datetime(instant))
}

fn party(value: &Value) -> Option<Party> {
    // EC-RUC-<thirteen digits>-<number>
    let ruc =
        text(value, "id").and_then(|id| Ruc::parse(id.strip_prefix("EC-RUC-")?.split('-').next()?).ok());
    Some(Party { name: text(value, "name")?, ruc })
}

fn parties(value: Option<&Value>) -> Vec<Party> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(party).collect()
}

fn item(value: &Value) -> PliegoItem {
    let unit = value.get("unit");
    // The additional classification is written with dots, as people know it.
    let dotted = value.get("additionalClassifications").and_then(|all| text(all.get(0)?, "id"));
    PliegoItem {
        cpc: dotted.or_else(|| text(value.get("classification")?, "id")),
        description: text(value, "description").unwrap_or_default(),
        quantity: value.get("quantity").and_then(decimal),
        unit: unit.and_then(|unit| text(unit, "name")),
        unit_price: unit.and_then(|unit| amount(unit.get("value"))),
    }
}

fn schedule(tender: &Value) -> Vec<ScheduleStage> {
    let stages = [
        ("tenderPeriod", "startDate", "tenders.stage.start"),
        ("enquiryPeriod", "endDate", "tenders.stage.questions"),
        ("tenderPeriod", "endDate", "tenders.stage.bids"),
        ("awardPeriod", "endDate", "tenders.stage.award"),
    ];
    stages
        .into_iter()
        .filter_map(|(period, end, key)| {
            let at = local(tender.get(period)?, end)?;
            Some(ScheduleStage {
                code: Some(format!("{period}.{end}")),
                stage: message(key, &[]),
                at: Some(at),
            })
        })
        .collect()
}

fn tender(release: &Value) -> Option<Tender> {
    let ocid = text(release, "ocid")?;
    let none = Value::Null;
    let tender = release.get("tender").unwrap_or(&none);
    let planning = release.get("planning").unwrap_or(&none);
    let code = code_of(&ocid);
    let method = text(tender, "procurementMethodDetails");
    let category = text(tender, "mainProcurementCategory").unwrap_or_default();
    let buyer = release.get("buyer").or_else(|| tender.get("procuringEntity")).and_then(party);
    let budget = planning.get("budget");
    let process = Process {
        procedure: procedure(code.as_ref(), method.as_deref().unwrap_or_default(), &category),
        code,
        entity: buyer.map(|buyer| Entity { name: buyer.name, ruc: buyer.ruc }),
        object: text(tender, "description").or_else(|| text(planning, "rationale")),
        // Both shapes of the budget were seen: {amount: {amount}} and {amount}.
        budget: amount(tender.get("value"))
            .or_else(|| amount(budget.and_then(|budget| budget.get("amount"))))
            .or_else(|| amount(budget)),
        budget_encrypted: false,
        term: None,
        validity: None,
        started: tender.get("tenderPeriod").and_then(|period| local(period, "startDate")).map(|at| at.date()),
        bids_due: tender.get("tenderPeriod").and_then(|period| local(period, "endDate")),
    };
    let awards = release.get("awards").and_then(Value::as_array);
    Some(Tender {
        ocid,
        published_at: text(release, "date").and_then(|date| date.parse().ok()),
        tags: release
            .get("tag")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|tag| tag.as_str().map(str::to_owned))
            .collect(),
        process,
        method,
        schedule: schedule(tender),
        items: tender.get("items").and_then(Value::as_array).into_iter().flatten().map(item).collect(),
        tenderers: parties(tender.get("tenderers")),
        awards: awards
            .into_iter()
            .flatten()
            .map(|award| Award {
                suppliers: parties(award.get("suppliers")),
                value: amount(award.get("value")),
                date: local(award, "date").map(|at| at.date()),
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::ProcedureType;
    use serde_json::json;

    fn release() -> Value {
        json!({"ocid": "ocds-5wno2w-SIE-EJEMPLO-2026-001-99", "date": "2026-09-02T11:00:00-05:00", "tag": ["tender"],
            "tender": {"value": {"amount": 13000.1, "currency": "USD"}, "tenderPeriod": {"endDate": "2026-09-10T15:00:00-05:00"}}})
    }

    #[test]
    fn every_shape_of_the_answer_gives_the_same_process() {
        let older =
            json!({"ocid": "ocds-5wno2w-SIE-EJEMPLO-2026-001-99", "date": "2026-01-01T00:00:00-05:00"});
        let shapes = [
            release(),
            json!({"releases": [release()]}),
            json!([{"releases": [release()]}]),
            json!({"records": [{"ocid": "x", "compiledRelease": release()}]}),
            json!({"records": [{"ocid": "x", "releases": [release(), older]}]}),
        ];
        let wanted = parse(release().to_string().as_bytes()).expect("reads");
        for shape in shapes {
            assert_eq!(parse(shape.to_string().as_bytes()).expect("reads"), wanted, "{shape}");
        }
        assert_eq!(wanted[0].process.budget, Some(Money("13000.1".parse().expect("a decimal"))));
        assert_eq!(wanted[0].process.procedure, ProcedureType::Sie);
        let due = wanted[0].process.bids_due.expect("stated");
        assert_eq!(due.to_string(), "2026-09-10T15:00:00", "as clocks in Quito showed it");
        assert_eq!(wanted[0].process.started, None, "what is not stated is not invented");
    }

    #[test]
    fn what_is_no_ocds_is_refused() {
        for text in ["", "<html>", "{}", "[]", "{\"releases\": []}", "{\"records\": [{}]}", "true"] {
            assert!(matches!(parse(text.as_bytes()), Err(TenderError::Shape { .. })), "{text}");
        }
    }

    #[test]
    fn the_code_stands_between_prefix_and_entity() {
        let code = |ocid| code_of(ocid).map(|code| code.to_string());
        assert_eq!(
            code("ocds-5wno2w-RE-CSCD-MDMQ-2026-3703-41357").as_deref(),
            Some("RE-CSCD-MDMQ-2026-3703")
        );
        assert_eq!(code("ocds-abc-SIE-1-2"), None, "another country");
        assert_eq!(code("ocds-5wno2w-SIE"), None);
    }

    /// Recorded answers, where they are at hand.
    #[test]
    fn recorded_answers_are_read() {
        let shared = std::env::var("COTEJO_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned());
        let mut read = 0;
        for folder in ["government/sercop", "ocds"] {
            let Ok(entries) = std::fs::read_dir(std::path::Path::new(&shared).join(folder)) else { continue };
            for path in entries.flatten().map(|entry| entry.path()) {
                let name =
                    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let is_record = name.starts_with("record-") || name.starts_with("ocds-");
                if !is_record || !name.ends_with(".json") {
                    continue;
                }
                let tenders = parse(&std::fs::read(&path).expect("readable")).expect("reads");
                assert_eq!(tenders.len(), 1, "{name}");
                let process = &tenders[0].process;
                assert!(process.code.is_some() && process.object.is_some(), "{name}: {process:?}");
                assert!(process.entity.as_ref().is_some_and(|entity| entity.ruc.is_some()), "{name}");
                assert_ne!(process.procedure, ProcedureType::Otro, "{name}");
                read += 1;
            }
        }
        if read == 0 {
            println!("skipped: no recorded answers of SERCOP");
        }
    }
}
