//! The SRI's catastro: `sri-catastro-sujeto-servicio-internet/rest/…`, public, without captcha, behind a firewall that wants the
//! headers of a browser.

use axum::Router;
use axum::extract::RawQuery;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::{Value, json};

/// A fictional company in good standing.
pub const ACTIVE_RUC: &str = "1790012344001";
/// A fictional company that the SRI lists as *fantasma* and suspended.
pub const GHOST_RUC: &str = "0990054321001";
/// A well-formed number that nobody has.
pub const UNKNOWN_RUC: &str = "1791999990001";

const REST: &str = "/sri/sri-catastro-sujeto-servicio-internet/rest";

fn taxpayer(ruc: &str) -> Option<Value> {
    let (name, state, ghost, reason) = match ruc {
        ACTIVE_RUC => ("MADERAS FICTICIAS S.A. (EJEMPLO)", "ACTIVO", "NO", Value::Null),
        GHOST_RUC => ("COMERCIAL INEXISTENTE CIA. LTDA. (EJEMPLO)", "SUSPENDIDO", "SI", json!("DE OFICIO")),
        _ => return None,
    };
    Some(json!({
        "numeroRuc": ruc,
        "razonSocial": name,
        "estadoContribuyenteRuc": state,
        "actividadEconomicaPrincipal": "FABRICACIÓN DE MUEBLES DE MADERA",
        "tipoContribuyente": "SOCIEDAD",
        "regimen": "GENERAL",
        "categoria": null,
        "obligadoLlevarContabilidad": "SI",
        "agenteRetencion": "NO",
        "contribuyenteEspecial": "NO",
        "informacionFechasContribuyente": {
            "fechaInicioActividades": "2010-03-01 00:00:00.0",
            "fechaCese": "",
            "fechaReinicioActividades": "",
            "fechaActualizacion": "2025-05-20 10:11:12.0"
        },
        "representantesLegales": [{"identificacion": "1700000000", "nombre": "PERSONA DE EJEMPLO"}],
        "motivoCancelacionSuspension": reason,
        "contribuyenteFantasma": ghost,
        "transaccionesInexistente": "NO"
    }))
}

fn values<'a>(query: &'a str, name: &str) -> Vec<&'a str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .collect()
}

/// The firewall turns away what does not look like a browser.
fn refused(headers: &HeaderMap) -> Option<Response> {
    let complete = [header::ACCEPT, header::USER_AGENT, header::REFERER]
        .iter()
        .all(|name| headers.get(name).is_some_and(|value| !value.is_empty()));
    (!complete)
        .then(|| (StatusCode::NOT_ACCEPTABLE, "<html><body>Not Acceptable</body></html>").into_response())
}

fn as_json(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json;charset=UTF-8")], value.to_string()).into_response()
}

async fn exists(headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let found = values(&query, "numeroRuc").first().is_some_and(|ruc| taxpayer(ruc).is_some());
    refused(&headers).unwrap_or_else(|| as_json(&Value::Bool(found)))
}

async fn consolidated(headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let found: Vec<Value> = values(&query, "ruc").into_iter().filter_map(taxpayer).collect();
    refused(&headers).unwrap_or_else(|| as_json(&Value::Array(found)))
}

async fn establishments(headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let known = values(&query, "numeroRuc").first().is_some_and(|ruc| taxpayer(ruc).is_some());
    if let Some(refusal) = refused(&headers) {
        return refusal;
    }
    if !known {
        return StatusCode::NO_CONTENT.into_response();
    }
    as_json(&json!([{
        "numeroEstablecimiento": "001",
        "tipoEstablecimiento": "MAT",
        "nombreFantasiaComercial": "MADERAS FICTICIAS",
        "direccionCompleta": "PICHINCHA / QUITO / CALLE DE EJEMPLO",
        "estado": "ABIERTO"
    }]))
}

pub(crate) fn routes() -> Router {
    Router::new()
        .route(&format!("{REST}/ConsolidadoContribuyente/existePorNumeroRuc"), get(exists))
        .route(&format!("{REST}/ConsolidadoContribuyente/obtenerPorNumerosRuc"), get(consolidated))
        .route(&format!("{REST}/Establecimiento/consultarPorNumeroRuc"), get(establishments))
}
