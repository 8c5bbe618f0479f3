//! The SRI's catastro: `sri-catastro-sujeto-servicio-internet/rest/…`, public, without captcha. A second one, under
//! `sri-estricto/`, is behind a firewall that turns away what does not look like a browser on the SRI's own page.

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::sync::Arc;

/// A fictional company in good standing.
pub const ACTIVE_RUC: &str = "1790012344001";
/// A fictional company that the SRI lists as *fantasma* and suspended.
pub const GHOST_RUC: &str = "0990054321001";
/// A well-formed number that nobody has.
pub const UNKNOWN_RUC: &str = "1791999990001";

const REST: &str = "/sri-catastro-sujeto-servicio-internet/rest";

/// Describes a taxpayer that the simulator knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SimulatedTaxpayer {
    /// Number.
    pub ruc: String,
    /// Razón social.
    pub name: String,
    /// `ACTIVO`, `SUSPENDIDO`, `PASIVO` or `CANCELADO`.
    pub state: String,
    /// Listed as *contribuyente fantasma*.
    #[serde(default)]
    pub ghost: bool,
}

/// Knows these besides the two that are always there.
pub(crate) type Taxpayers = Arc<Vec<SimulatedTaxpayer>>;

fn standing() -> [SimulatedTaxpayer; 2] {
    let taxpayer = |ruc: &str, name: &str, state: &str, ghost| SimulatedTaxpayer {
        ruc: ruc.into(),
        name: name.into(),
        state: state.into(),
        ghost,
    };
    [
        taxpayer(ACTIVE_RUC, "MADERAS FICTICIAS S.A. (EJEMPLO)", "ACTIVO", false),
        taxpayer(GHOST_RUC, "COMERCIAL INEXISTENTE CIA. LTDA. (EJEMPLO)", "SUSPENDIDO", true),
    ]
}

fn taxpayer(known: &Taxpayers, ruc: &str) -> Option<Value> {
    let found = known.iter().cloned().chain(standing()).find(|taxpayer| taxpayer.ruc == ruc)?;
    let reason = if found.state == "ACTIVO" { Value::Null } else { json!("DE OFICIO") };
    let ghost = if found.ghost { "SI" } else { "NO" };
    Some(json!({
        "numeroRuc": ruc,
        "razonSocial": found.name,
        "estadoContribuyenteRuc": found.state,
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

fn not_acceptable() -> Response {
    (StatusCode::NOT_ACCEPTABLE, "<html><body>Not Acceptable</body></html>").into_response()
}

/// The firewall turns away what does not say who it is.
fn refused(headers: &HeaderMap) -> Option<Response> {
    let complete = [header::ACCEPT, header::USER_AGENT]
        .iter()
        .all(|name| headers.get(name).is_some_and(|value| !value.is_empty()));
    (!complete).then(not_acceptable)
}

/// The strict one lets through only what comes from the SRI's own page.
async fn strict(headers: HeaderMap) -> Response {
    if headers.contains_key(header::REFERER) { as_json(&json!([])) } else { not_acceptable() }
}

fn as_json(value: &Value) -> Response {
    ([(header::CONTENT_TYPE, "application/json;charset=UTF-8")], value.to_string()).into_response()
}

async fn exists(State(known): State<Taxpayers>, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let found = values(&query, "numeroRuc").first().is_some_and(|ruc| taxpayer(&known, ruc).is_some());
    refused(&headers).unwrap_or_else(|| as_json(&Value::Bool(found)))
}

async fn consolidated(
    State(known): State<Taxpayers>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let found: Vec<Value> =
        values(&query, "ruc").into_iter().filter_map(|ruc| taxpayer(&known, ruc)).collect();
    refused(&headers).unwrap_or_else(|| as_json(&Value::Array(found)))
}

async fn establishments(
    State(known): State<Taxpayers>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default();
    let known = values(&query, "numeroRuc").first().is_some_and(|ruc| taxpayer(&known, ruc).is_some());
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

pub(crate) fn routes(known: Taxpayers) -> Router {
    let catastro = Router::new()
        .route(&format!("{REST}/ConsolidadoContribuyente/existePorNumeroRuc"), get(exists))
        .route(&format!("{REST}/ConsolidadoContribuyente/obtenerPorNumerosRuc"), get(consolidated))
        .route(&format!("{REST}/Establecimiento/consultarPorNumeroRuc"), get(establishments))
        .with_state(known);
    // At the root the paths are those of the real service, so that only its host need be replaced.
    Router::new()
        .merge(catastro.clone())
        .nest("/sri", catastro)
        .route(&format!("/sri-estricto{REST}/ConsolidadoContribuyente/obtenerPorNumerosRuc"), get(strict))
}
