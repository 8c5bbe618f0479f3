//! SERCOP's open data: `PLATAFORMA/api/search_ocds` and `PLATAFORMA/api/record`.

use axum::Router;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};
use std::collections::HashMap;

/// Code of the fictional process.
pub const PROCESS_CODE: &str = "SIE-EJEMPLO-2026-001";
/// Its ocid: prefix, code, number of the entity.
pub const PROCESS_OCID: &str = "ocds-5wno2w-SIE-EJEMPLO-2026-001-99001";

/// Rows that the search can find; pages have ten.
const ROWS: usize = 23;

fn row(number: usize) -> Value {
    let code = format!("SIE-EJEMPLO-2026-{number:03}-99001");
    json!({
        "id": 7_000_000 + number,
        "ocid": format!("ocds-5wno2w-{code}"),
        "year": 2026,
        "month": 9,
        "method": "open",
        "internal_type": "Subasta Inversa Electrónica",
        "locality": "QUITO",
        "region": "PICHINCHA",
        "suppliers": null,
        "buyer": "ENTIDAD DE EJEMPLO",
        "amount": "0.000000",
        "date": format!("2026-09-{:02}T10:00:00-05:00", number % 28 + 1),
        "title": code,
        "description": format!("ADQUISICIÓN DE SILLAS, GRUPO {number} (EJEMPLO)"),
        "budget": if number % 2 == 1 { json!("13000.25") } else { Value::Null }
    })
}

/// Returns the answer about the fictional process, in the form of 2026: a release package.
#[must_use]
pub fn release_package() -> Value {
    json!({
        "uri": "https://localhost/",
        "version": "1.1",
        "publishedDate": "2026-09-02T12:00:00-05:00",
        "publisher": {"name": "SERCOP (EJEMPLO)", "uid": "ocds-5wno2w"},
        "releases": [{
            "id": "SIE-EJEMPLO-2026-001-99001-compiled",
            "ocid": PROCESS_OCID,
            "date": "2026-09-02T11:00:00-05:00",
            "tag": ["planning", "tender"],
            "language": "es",
            "initiationType": "tender",
            "buyer": {"id": "EC-RUC-1760001550001-99001", "name": "ENTIDAD DE EJEMPLO"},
            "planning": {"rationale": "ADQUISICIÓN DE SILLAS (EJEMPLO)", "budget": {"id": "530803", "amount": {"amount": 13000.25, "currency": "USD"}}},
            "tender": {
                "id": "SIE-EJEMPLO-2026-001-99001",
                "title": "SIE-EJEMPLO-2026-001-99001",
                "description": "ADQUISICIÓN DE SILLAS (EJEMPLO)",
                "status": "active",
                "value": {"amount": 13000.25, "currency": "USD"},
                "procuringEntity": {"id": "EC-RUC-1760001550001-99001", "name": "ENTIDAD DE EJEMPLO"},
                "procurementMethod": "open",
                "procurementMethodDetails": "Subasta Inversa Electrónica",
                "mainProcurementCategory": "goods",
                "tenderPeriod": {"startDate": "2026-09-02T18:00:00-05:00", "endDate": "2026-09-10T15:00:00-05:00", "durationInDays": 8},
                "enquiryPeriod": {"startDate": "2026-09-02T18:00:00-05:00", "endDate": "2026-09-04T18:00:00-05:00"},
                "awardPeriod": {"endDate": "2026-09-20T12:00:00-05:00"},
                "items": [{
                    "id": "1-DS-SO",
                    "description": "SILLAS",
                    "quantity": 120,
                    "unit": {"id": "436", "name": "Unidad", "scheme": "SERCOP", "value": {"amount": 108.33, "currency": "USD"}},
                    "classification": {"id": "381110011", "scheme": "CPC", "description": "SILLAS"},
                    "additionalClassifications": [{"id": "38111.00.1", "scheme": "CPC", "description": "SILLAS DE MADERA"}]
                }]
            },
            "parties": [{
                "id": "EC-RUC-1760001550001-99001",
                "name": "ENTIDAD DE EJEMPLO",
                "roles": ["buyer", "procuringEntity"],
                "address": {"region": "PICHINCHA", "locality": "QUITO", "countryName": "ECUADOR"}
            }]
        }]
    })
}

fn as_json(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

async fn search(Query(query): Query<HashMap<String, String>>) -> Response {
    if query.get("year").is_none_or(|year| year.parse::<u16>().is_err()) {
        return as_json(&json!({"total": 0, "page": 1, "pages": 0, "data": []}));
    }
    let words = query.get("search").map(|words| words.to_uppercase()).unwrap_or_default();
    let found: Vec<Value> = (1..=ROWS)
        .map(row)
        .filter(|row| {
            ["title", "description"]
                .iter()
                .any(|key| row[*key].as_str().is_some_and(|text| text.contains(&words)))
        })
        .collect();
    let page: usize = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1);
    let data: Vec<&Value> = found.iter().skip((page.max(1) - 1) * 10).take(10).collect();
    as_json(&json!({"total": found.len(), "page": page, "pages": found.len().div_ceil(10), "data": data}))
}

async fn record(Query(query): Query<HashMap<String, String>>) -> Response {
    match query.get("ocid").map(String::as_str) {
        Some(PROCESS_OCID) => as_json(&release_package()),
        // Unknown processes are answered in HTML.
        _ => (StatusCode::NOT_FOUND, Html("<html><body>404</body></html>")).into_response(),
    }
}

async fn blocked() -> Response {
    // Seen when the service blocks somebody: 200 with a page.
    Html("<!DOCTYPE html><html><body>Acceso restringido</body></html>").into_response()
}

pub(crate) fn routes() -> Router {
    let open_data = Router::new()
        .route("/PLATAFORMA/api/search_ocds", get(search))
        .route("/PLATAFORMA/api/record", get(record));
    // At the root the paths are those of the real service, so that only its host need be replaced.
    Router::new()
        .merge(open_data.clone())
        .nest("/sercop", open_data)
        .route("/sercop-bloqueado/PLATAFORMA/api/search_ocds", get(blocked))
        .route("/sercop-bloqueado/PLATAFORMA/api/record", get(blocked))
}
