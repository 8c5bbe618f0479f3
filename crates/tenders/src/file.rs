//! Files that somebody downloaded from SERCOP's open data.
//!
//! Understood: OCDS in JSON (release and record packages, bare releases and records, arrays of these: the bulk files), the same one a line,
//! the JSON of a search, and CSV tables that have a column `ocid` with the columns of a search. Everything else is refused with a reason. A
//! row that cannot be used is counted, never dropped in silence.

use crate::TenderError;
use crate::listing::Listing;
use crate::release::{PREFIX, tenders_in};
use crate::search::row;
use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Finding, Severity};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Columns of a search, which SERCOP's tables share.
const COLUMNS: [&str; 15] = [
    "id",
    "ocid",
    "year",
    "month",
    "method",
    "internal_type",
    "locality",
    "region",
    "suppliers",
    "buyer",
    "amount",
    "date",
    "title",
    "description",
    "budget",
];

/// Tells what a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// OCDS in one JSON value.
    Ocds,
    /// OCDS, one JSON value a line.
    OcdsLines,
    /// The answer of a search, or rows of one.
    Search,
    /// A table with the columns of a search.
    Table,
}

/// Holds what was read from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReading {
    /// What the file is.
    pub format: FileFormat,
    /// The processes, in the order of the file; one may stand there several times.
    pub listings: Vec<Listing>,
    /// Rows that name no process of Ecuador.
    pub rejected: usize,
    /// What a person should know.
    pub findings: Vec<Finding>,
}

fn finding(code: &str, values: &[(&str, &str)]) -> Finding {
    Finding {
        code: code.into(),
        severity: Severity::Warning,
        page: None,
        message: message(code, values),
        remedy: remedy(code, values),
    }
}

fn shape(detail: impl Into<String>) -> TenderError {
    TenderError::Shape { detail: detail.into() }
}

/// Reads a downloaded file; `name` is its name, for people.
///
/// # Errors
/// [`TenderError::Packed`] for an archive; [`TenderError::Shape`] for what holds no process.
pub fn read_file(name: &str, bytes: &[u8]) -> Result<FileReading, TenderError> {
    // A byte order mark stands before files saved by some browsers.
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1f\x8b") {
        return Err(TenderError::Packed { what: name.to_owned() });
    }
    let mut reading = match bytes.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => return Err(shape(message("tenders.file.empty", &[]))),
        Some(b'{' | b'[') => json(bytes)?,
        Some(b'<') => return Err(shape(message("tenders.file.web_page", &[]))),
        Some(_) => table(bytes)?,
    };
    let all = reading.listings.len();
    reading.listings.retain(|listing| listing.ocid.starts_with(PREFIX));
    reading.rejected += all - reading.listings.len();
    if reading.listings.is_empty() {
        return Err(shape(message("tenders.file.no_process", &[])));
    }
    if reading.rejected > 0 {
        let count = reading.rejected.to_string();
        reading.findings.push(finding("tenders.file.rejected", &[("filas", &count)]));
    }
    Ok(reading)
}

fn json(bytes: &[u8]) -> Result<FileReading, TenderError> {
    match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => Ok(one_value(&value)),
        Err(error) => lines(bytes, &error),
    }
}

fn one_value(value: &Value) -> FileReading {
    let rows = value.get("data").or(Some(value)).and_then(Value::as_array);
    let is_search = |rows: &&Vec<Value>| {
        // A release has a tag or a tender; a row of a search has neither, but a title of its own.
        !rows.is_empty()
            && rows.iter().all(|row| row.get("internal_type").is_some() && row.get("tender").is_none())
    };
    if let Some(rows) = rows.filter(is_search) {
        let listings: Vec<Listing> = rows.iter().filter_map(row).map(Listing::from).collect();
        let rejected = rows.len() - listings.len();
        return FileReading { format: FileFormat::Search, listings, rejected, findings: Vec::new() };
    }
    let (tenders, rejected) = tenders_in(value);
    let listings = tenders.iter().map(Listing::from).collect();
    FileReading { format: FileFormat::Ocds, listings, rejected, findings: Vec::new() }
}

/// One value a line. A broken line costs itself alone.
fn lines(bytes: &[u8], whole: &serde_json::Error) -> Result<FileReading, TenderError> {
    let mut reading = FileReading {
        format: FileFormat::OcdsLines,
        listings: Vec::new(),
        rejected: 0,
        findings: Vec::new(),
    };
    let mut broken = 0_usize;
    for line in bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Value>(line) {
            Ok(value) => {
                let found = one_value(&value);
                reading.rejected += found.rejected;
                reading.listings.extend(found.listings);
            }
            Err(_) => broken += 1,
        }
    }
    if reading.listings.is_empty() {
        return Err(shape(whole.to_string()));
    }
    if broken > 0 {
        reading.findings.push(finding("tenders.file.broken_lines", &[("lineas", &broken.to_string())]));
    }
    Ok(reading)
}

fn table(bytes: &[u8]) -> Result<FileReading, TenderError> {
    let mut reader = csv::ReaderBuilder::new().flexible(true).delimiter(delimiter(bytes)).from_reader(bytes);
    let header: Vec<String> = reader
        .byte_headers()
        .map_err(|error| shape(error.to_string()))?
        .iter()
        .map(|name| String::from_utf8_lossy(name).trim().to_lowercase())
        .collect();
    if !header.iter().any(|name| name == "ocid") {
        return Err(shape(message("tenders.file.no_ocid", &[])));
    }
    let mut reading =
        FileReading { format: FileFormat::Table, listings: Vec::new(), rejected: 0, findings: Vec::new() };
    let strange: Vec<&str> =
        header.iter().map(String::as_str).filter(|name| !COLUMNS.contains(name)).collect();
    if !strange.is_empty() {
        reading.findings.push(finding("tenders.file.columns", &[("columnas", &strange.join(", "))]));
    }
    for record in reader.byte_records() {
        let Ok(record) = record else {
            reading.rejected += 1;
            continue;
        };
        let mut fields = Map::new();
        for (name, cell) in header.iter().zip(&record) {
            if COLUMNS.contains(&name.as_str()) {
                fields.insert(name.clone(), Value::String(String::from_utf8_lossy(cell).into_owned()));
            }
        }
        match row(&Value::Object(fields)) {
            // A row of another length may have its cells in the wrong columns.
            Some(found) if record.len() == header.len() => reading.listings.push(found.into()),
            _ => reading.rejected += 1,
        }
    }
    Ok(reading)
}

/// Spreadsheets of this country save with semicolons.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first.iter().filter(|byte| **byte == wanted).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::Money;

    const RELEASE: &str = r#"{"ocid":"ocds-5wno2w-SIE-EJEMPLO-2026-001-99","date":"2026-09-02T11:00:00-05:00","tag":["tender"],"tender":{"description":"SILLAS"}}"#;

    fn read(text: &str) -> Result<FileReading, TenderError> {
        read_file("archivo", text.as_bytes())
    }

    #[test]
    fn every_form_of_the_open_data_is_read() {
        let forms = [
            (RELEASE.to_owned(), FileFormat::Ocds),
            (format!(r#"[{{"releases":[{RELEASE}]}}]"#), FileFormat::Ocds),
            (format!("{RELEASE}\n{RELEASE}\n"), FileFormat::OcdsLines),
            (
                r#"{"total":1,"page":1,"pages":1,"data":[{"ocid":"ocds-5wno2w-SIE-EJEMPLO-2026-001-99","internal_type":"Subasta","description":"SILLAS"}]}"#.to_owned(),
                FileFormat::Search,
            ),
            (
                "\u{feff}id,ocid,year,description,budget\n1,ocds-5wno2w-SIE-EJEMPLO-2026-001-99,2026,\"SILLAS\",13000.25\n".to_owned(),
                FileFormat::Table,
            ),
            (
                "ocid;description\nocds-5wno2w-SIE-EJEMPLO-2026-001-99;SILLAS\n".to_owned(),
                FileFormat::Table,
            ),
        ];
        for (text, format) in forms {
            let reading = read(&text).expect("reads");
            assert_eq!(reading.format, format, "{text}");
            let first = &reading.listings[0];
            assert_eq!(first.object.as_deref(), Some("SILLAS"), "{text}");
            assert_eq!(first.code.as_ref().map(ToString::to_string).as_deref(), Some("SIE-EJEMPLO-2026-001"));
        }
    }

    #[test]
    fn a_table_gives_decimals_and_years_and_empty_cells_state_nothing() {
        let text = "ocid,year,budget,amount,region,inventada\nocds-5wno2w-A-1,2021,59.7408,0.000000,,x\n";
        let reading = read(text).expect("reads");
        let listing = &reading.listings[0];
        assert_eq!((listing.year, listing.region.as_deref(), listing.awarded), (Some(2021), None, None));
        assert_eq!(listing.budget, Some(Money("59.7408".parse().expect("a decimal"))));
        assert_eq!(reading.findings[0].code, "tenders.file.columns");
        assert!(reading.findings[0].message.contains("inventada"));
    }

    #[test]
    fn what_cannot_be_used_is_counted_and_said() {
        let text = format!("{RELEASE}\n{{\"ocid\":\"ocds-otro-1\"}}\n{{broken\n");
        let reading = read(&text).expect("the good line is read");
        assert_eq!((reading.listings.len(), reading.rejected), (1, 1));
        let codes: Vec<_> = reading.findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["tenders.file.broken_lines", "tenders.file.rejected"]);
        let shifted = "ocid,description\nocds-5wno2w-A-1,SILLAS\nocds-5wno2w-B-1,SILLAS, MESAS\n";
        assert_eq!(read(shifted).expect("reads").rejected, 1, "an unquoted comma shifts the cells");
    }

    #[test]
    fn what_is_no_open_data_is_refused_with_a_reason() {
        for text in ["", "  ", "<html></html>", "{}", "a,b\n1,2\n", "{\"ocid\":\"ocds-otro-1\"}", "hola"] {
            assert!(matches!(read(text), Err(TenderError::Shape { .. })), "{text}");
        }
        assert!(matches!(read("PK\u{3}\u{4}…"), Err(TenderError::Packed { .. })));
    }

    /// Real files, where they are at hand.
    #[test]
    fn recorded_files_are_read() {
        let shared = std::env::var("COTEJO_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned());
        let root = std::path::Path::new(&shared);
        let expected = [
            ("government/sercop/search-2015-agua-page-1.json", FileFormat::Search, 10),
            ("government/sercop/record-2026-RE-OACL-GADMSFD-2026-001-2452.json", FileFormat::Ocds, 1),
            ("ocds/ocds-5wno2w-SIE-HOALO-2025-003-141697.json", FileFormat::Ocds, 1),
        ];
        for (name, format, count) in expected {
            let Ok(bytes) = std::fs::read(root.join(name)) else {
                println!("skipped: {name} is not at hand");
                continue;
            };
            let reading = read_file(name, &bytes).expect("reads");
            assert_eq!(
                (reading.format, reading.listings.len(), reading.rejected),
                (format, count, 0),
                "{name}"
            );
        }
        let table = root.join("ocds/ec_flat_csv/data__resume__2022__dataset2022_batch10.csv");
        if let Ok(bytes) = std::fs::read(table) {
            let reading = read_file("tabla", &bytes).expect("reads");
            assert!(reading.listings.len() > 8000, "{} rows", reading.listings.len());
            assert_eq!(reading.rejected, 0);
            assert!(reading.listings.iter().all(|listing| listing.year_of().is_some()));
        }
    }
}
