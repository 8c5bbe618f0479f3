//! The SRI's catastro of taxpayers: public REST, no captcha.
//!
//! Contract: `GET …/ConsolidadoContribuyente/existePorNumeroRuc?numeroRuc=` gives `true` or `false`;
//! `…/ConsolidadoContribuyente/obtenerPorNumerosRuc?ruc=` an array of taxpayers, bare or under `contribuyentes`;
//! `…/Establecimiento/consultarPorNumeroRuc?numeroRuc=` an array. Nothing found is `[]`, `204` or an empty body. The service is said
//! to turn away (403, 406) what does not look like a browser. This program says who it is and does not pretend: a refusal stays
//! *unknown*, with the page where a person can look.

use crate::consultation::{Answer, Consultation, finding, unreached};
use cotejo_domain::ports::Clock;
use cotejo_domain::{Finding, Ruc, Severity};
use cotejo_net::{Client, Exchange, Request};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// Where the catastro answers.
pub const SRI_BASE: &str = "https://srienlinea.sri.gob.ec/sri-catastro-sujeto-servicio-internet/rest";

/// Tells the state of a taxpayer, in the SRI's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaxpayerState {
    /// Active.
    Activo,
    /// Suspended.
    Suspendido,
    /// Passive: closed.
    Pasivo,
    /// Cancelled.
    Cancelado,
    /// A word this program does not know, or none.
    Otro(String),
}

/// Names a legal representative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representative {
    /// Number, as the SRI gives it.
    pub identification: Option<String>,
    /// Name.
    pub name: Option<String>,
}

/// Describes a taxpayer. What the answer does not state is `None`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxpayer {
    /// Number.
    pub ruc: Ruc,
    /// Razón social.
    pub name: Option<String>,
    /// State.
    pub state: TaxpayerState,
    /// Main economic activity.
    pub activity: Option<String>,
    /// `SOCIEDAD` or `PERSONA NATURAL`.
    pub kind: Option<String>,
    /// Tax regime.
    pub regime: Option<String>,
    /// Whether it must keep accounts.
    pub keeps_accounts: Option<bool>,
    /// Beginning of activities.
    pub began: Option<jiff::civil::Date>,
    /// End of activities.
    pub ceased: Option<jiff::civil::Date>,
    /// Activities taken up again.
    pub restarted: Option<jiff::civil::Date>,
    /// Last change of the registration.
    pub updated: Option<jiff::civil::Date>,
    /// Legal representatives.
    pub representatives: Vec<Representative>,
    /// Why it was cancelled or suspended.
    pub reason: Option<String>,
    /// Listed as *contribuyente fantasma*.
    pub ghost: Option<bool>,
    /// Listed for *transacciones inexistentes*.
    pub nonexistent_transactions: Option<bool>,
}

/// Names one field of an answer with its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegistryField {
    /// Name of the field in the answer, from its root: `informacionFechasContribuyente.fechaCese`.
    pub name: &'static str,
    /// Key of its Spanish label in the catalogue.
    pub label: &'static str,
    /// Its value in the answer's words; dates as ISO 8601.
    pub value: String,
}

impl Taxpayer {
    /// Lists the fields that the answer states, in the order people ask for them. Representatives are not among them.
    #[must_use]
    pub fn fields(&self) -> Vec<RegistryField> {
        let words = |value: &Option<String>| value.clone();
        let day = |value: Option<jiff::civil::Date>| value.map(|day| day.to_string());
        let yes = |value: Option<bool>| value.map(|yes| if yes { "SI".to_owned() } else { "NO".to_owned() });
        let state = self.state.words();
        [
            (
                "estadoContribuyenteRuc",
                "registries.sri.field.state",
                (!state.is_empty()).then(|| state.to_owned()),
            ),
            ("razonSocial", "registries.sri.field.name", words(&self.name)),
            ("tipoContribuyente", "registries.sri.field.kind", words(&self.kind)),
            ("actividadEconomicaPrincipal", "registries.sri.field.activity", words(&self.activity)),
            ("regimen", "registries.sri.field.regime", words(&self.regime)),
            ("obligadoLlevarContabilidad", "registries.sri.field.accounts", yes(self.keeps_accounts)),
            (
                "informacionFechasContribuyente.fechaInicioActividades",
                "registries.sri.field.began",
                day(self.began),
            ),
            ("informacionFechasContribuyente.fechaCese", "registries.sri.field.ceased", day(self.ceased)),
            (
                "informacionFechasContribuyente.fechaReinicioActividades",
                "registries.sri.field.restarted",
                day(self.restarted),
            ),
            (
                "informacionFechasContribuyente.fechaActualizacion",
                "registries.sri.field.updated",
                day(self.updated),
            ),
            ("motivoCancelacionSuspension", "registries.sri.field.reason", words(&self.reason)),
            ("contribuyenteFantasma", "registries.sri.field.ghost", yes(self.ghost)),
            (
                "transaccionesInexistente",
                "registries.sri.field.nonexistent",
                yes(self.nonexistent_transactions),
            ),
        ]
        .into_iter()
        .filter_map(|(name, label, value)| Some(RegistryField { name, label, value: value? }))
        .collect()
    }

    /// Says what an evaluator should look at. These are findings, never verdicts.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let ruc = self.ruc.as_str();
        if self.state == TaxpayerState::Otro(String::new()) {
            findings.push(finding("registries.sri.no_state", Severity::Warning, &[("ruc", ruc)]));
        } else if self.state != TaxpayerState::Activo {
            let state = self.state.words();
            findings.push(finding(
                "registries.sri.not_active",
                Severity::Warning,
                &[("ruc", ruc), ("estado", state)],
            ));
        }
        if self.ghost == Some(true) {
            findings.push(finding("registries.sri.ghost", Severity::Warning, &[("ruc", ruc)]));
        }
        if self.nonexistent_transactions == Some(true) {
            findings.push(finding(
                "registries.sri.nonexistent_transactions",
                Severity::Warning,
                &[("ruc", ruc)],
            ));
        }
        findings
    }
}

impl TaxpayerState {
    fn named(word: &str) -> Self {
        match word.trim().to_uppercase().as_str() {
            "ACTIVO" => Self::Activo,
            "SUSPENDIDO" => Self::Suspendido,
            "PASIVO" => Self::Pasivo,
            "CANCELADO" => Self::Cancelado,
            _ => Self::Otro(word.trim().to_owned()),
        }
    }

    /// Returns the state in the SRI's own word.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Activo => "ACTIVO",
            Self::Suspendido => "SUSPENDIDO",
            Self::Pasivo => "PASIVO",
            Self::Cancelado => "CANCELADO",
            Self::Otro(word) => word,
        }
    }
}

/// Describes one establishment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Establishment {
    /// Number: `001`.
    pub number: Option<String>,
    /// Name of the shop.
    pub trade_name: Option<String>,
    /// Address, `PROVINCIA / CANTÓN / …`.
    pub address: Option<String>,
    /// `ABIERTO` or `CERRADO`.
    pub state: Option<String>,
}

/// Asks the catastro.
#[derive(Clone)]
pub struct Sri {
    client: Client,
    base: String,
    clock: Arc<dyn Clock>,
}

/// What a raw answer holds.
enum Content {
    Json(Value),
    Nothing,
    Unknown(Finding),
}

impl Sri {
    /// Asks at `base`: [`SRI_BASE`], or a simulator.
    #[must_use]
    pub fn new(client: Client, base: &str, clock: Arc<dyn Clock>) -> Self {
        Self { client, base: base.trim_end_matches('/').to_owned(), clock }
    }

    async fn ask<T>(
        &self,
        ruc: &Ruc,
        path: &str,
        read: impl FnOnce(Value) -> Result<Answer<T>, &'static str>,
    ) -> Consultation<T> {
        let request = Request::get(format!("{}/{path}{ruc}", self.base))
            .header("accept", "application/json, text/plain, */*")
            .header("accept-language", "es-EC,es;q=0.9");
        let (answer, exchange) = match self.client.send(&request).await {
            Err(error) => (Answer::Unknown(unreached(&error)), None),
            Ok(exchange) => {
                let answer = match content(&exchange) {
                    Content::Nothing => Answer::Absent,
                    Content::Unknown(finding) => Answer::Unknown(finding),
                    Content::Json(value) => read(value).unwrap_or_else(|field| Answer::Unknown(shape(field))),
                };
                (answer, Some(exchange))
            }
        };
        let at = exchange.as_ref().map_or_else(|| self.clock.now(), |exchange| exchange.at);
        Consultation { service: "SRI".into(), question: ruc.to_string(), answer, at, exchange }
    }

    /// Asks whether a number exists. Existence decides where a check digit does not.
    pub async fn exists(&self, ruc: &Ruc) -> Consultation<bool> {
        let path = "ConsolidadoContribuyente/existePorNumeroRuc?numeroRuc=";
        self.ask(ruc, path, |value| match value {
            Value::Bool(true) => Ok(Answer::Known(true)),
            Value::Bool(false) => Ok(Answer::Absent),
            _ => Err("existePorNumeroRuc"),
        })
        .await
    }

    /// Asks for the data of a taxpayer.
    pub async fn taxpayer(&self, ruc: &Ruc) -> Consultation<Taxpayer> {
        self.ask(ruc, "ConsolidadoContribuyente/obtenerPorNumerosRuc?ruc=", |value| taxpayer(&value, ruc))
            .await
    }

    /// Asks for the establishments of a taxpayer.
    pub async fn establishments(&self, ruc: &Ruc) -> Consultation<Vec<Establishment>> {
        self.ask(ruc, "Establecimiento/consultarPorNumeroRuc?numeroRuc=", |value| {
            let rows = value.as_array().ok_or("Establecimiento")?;
            if rows.is_empty() {
                return Ok(Answer::Absent);
            }
            let read = |row: &Value| Establishment {
                number: text(row, "numeroEstablecimiento"),
                trade_name: text(row, "nombreFantasiaComercial"),
                address: text(row, "direccionCompleta"),
                state: text(row, "estado"),
            };
            Ok(Answer::Known(rows.iter().map(read).collect()))
        })
        .await
    }
}

fn shape(field: &str) -> Finding {
    finding("registries.shape", Severity::Warning, &[("servicio", "SRI"), ("campo", field)])
}

fn content(exchange: &Exchange) -> Content {
    let status = exchange.status.to_string();
    let refused = || {
        Content::Unknown(finding(
            "registries.refused",
            Severity::Warning,
            &[("servicio", "SRI"), ("estado", &status)],
        ))
    };
    match exchange.status {
        204 => Content::Nothing,
        200 if exchange.body.iter().all(u8::is_ascii_whitespace) => Content::Nothing,
        200 if exchange.looks_like_json() => match serde_json::from_slice(&exchange.body) {
            Ok(value) => Content::Json(value),
            Err(_) => Content::Unknown(shape("JSON")),
        },
        _ => refused(),
    }
}

/// Returns a text field; an empty one is absent.
fn text(value: &Value, key: &str) -> Option<String> {
    let text = value.get(key)?.as_str()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn yes_or_no(value: &Value, key: &str) -> Option<bool> {
    match text(value, key)?.to_uppercase().as_str() {
        "SI" | "SÍ" | "S" => Some(true),
        "NO" | "N" => Some(false),
        _ => None,
    }
}

/// Reads `2009-06-04 00:00:00.0`.
fn date(value: &Value, key: &str) -> Option<jiff::civil::Date> {
    text(value, key)?.get(..10)?.parse().ok()
}

fn taxpayer(value: &Value, asked: &Ruc) -> Result<Answer<Taxpayer>, &'static str> {
    // Both shapes were seen: a bare array, and one under a name.
    let rows =
        value.as_array().or_else(|| value.get("contribuyentes")?.as_array()).ok_or("contribuyentes")?;
    if rows.is_empty() {
        return Ok(Answer::Absent);
    }
    let row = rows
        .iter()
        .find(|row| text(row, "numeroRuc").as_deref() == Some(asked.as_str()))
        .ok_or("numeroRuc")?; // an answer about another number is no answer
    let dates = row.get("informacionFechasContribuyente").unwrap_or(&Value::Null);
    let representatives = row.get("representantesLegales").and_then(Value::as_array);
    Ok(Answer::Known(Taxpayer {
        ruc: asked.clone(),
        name: text(row, "razonSocial"),
        state: TaxpayerState::named(&text(row, "estadoContribuyenteRuc").unwrap_or_default()),
        activity: text(row, "actividadEconomicaPrincipal"),
        kind: text(row, "tipoContribuyente"),
        regime: text(row, "regimen"),
        keeps_accounts: yes_or_no(row, "obligadoLlevarContabilidad"),
        began: date(dates, "fechaInicioActividades"),
        ceased: date(dates, "fechaCese"),
        restarted: date(dates, "fechaReinicioActividades"),
        updated: date(dates, "fechaActualizacion"),
        representatives: representatives
            .into_iter()
            .flatten()
            .map(|person| Representative {
                identification: text(person, "identificacion"),
                name: text(person, "nombre"),
            })
            .collect(),
        reason: text(row, "motivoCancelacionSuspension"),
        ghost: yes_or_no(row, "contribuyenteFantasma"),
        nonexistent_transactions: yes_or_no(row, "transaccionesInexistente"),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ruc(text: &str) -> Ruc {
        Ruc::parse(text).expect("well formed")
    }

    #[test]
    fn both_shapes_of_the_answer_are_read_and_an_answer_about_another_number_is_none() {
        let row = serde_json::json!({"numeroRuc": "1790012344001", "razonSocial": " EJEMPLO ", "estadoContribuyenteRuc": "PASIVO"});
        for value in [serde_json::json!([row]), serde_json::json!({"contribuyentes": [row]})] {
            let Ok(Answer::Known(found)) = taxpayer(&value, &ruc("1790012344001")) else { panic!("{value}") };
            assert_eq!((found.name.as_deref(), &found.state), (Some("EJEMPLO"), &TaxpayerState::Pasivo));
            assert_eq!(found.ghost, None, "what is not said is not known");
            assert!(taxpayer(&value, &ruc("0990054321001")).is_err());
        }
        assert_eq!(taxpayer(&serde_json::json!([]), &ruc("1790012344001")), Ok(Answer::Absent));
        assert!(taxpayer(&serde_json::json!({"error": 1}), &ruc("1790012344001")).is_err());
    }

    /// The recorded answer of 2026-06-13, where it is at hand.
    #[test]
    fn the_recorded_answer_is_read() {
        let shared = std::env::var("COTEJO_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned());
        let folder = std::path::Path::new(&shared).join("government/sri");
        let Some(recorded) = std::fs::read_dir(&folder).ok().and_then(|entries| {
            entries
                .flatten()
                .map(|entry| entry.path())
                .find(|path| path.to_string_lossy().contains("-2026-06-13"))
        }) else {
            println!("skipped: no recorded answer of the SRI");
            return;
        };
        let recorded: Value =
            serde_json::from_slice(&std::fs::read(recorded).expect("readable")).expect("JSON");
        let (key, answer) = recorded
            .as_object()
            .and_then(|object| object.iter().find(|(key, _)| key.contains("obtenerPorNumerosRuc")))
            .expect("the answer is in it");
        let asked = ruc(key.rsplit('=').next().expect("a number"));
        let Ok(Answer::Known(found)) = taxpayer(answer, &asked) else { panic!("it must be read") };
        assert_eq!(found.state, TaxpayerState::Activo);
        assert_eq!((found.ghost, found.keeps_accounts), (Some(false), Some(true)));
        assert!(found.began.is_some() && found.ceased.is_none() && found.representatives.len() == 1);
        assert!(found.findings().is_empty());
    }
}
