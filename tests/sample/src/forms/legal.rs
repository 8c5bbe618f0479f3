//! Papers of registries: RUC, appointment, identity card.

use super::{Author, Sheet, fact, ink, marked};
use crate::bidder::Fault;
use crate::identity::Party;
use serde_json::{Value, json};

impl Author<'_> {
    /// RUC certificate of a party.
    #[must_use]
    pub(crate) fn ruc_certificate(&self, party: &Party) -> Sheet {
        let mut draw = self.draw(&format!("ruc {}", party.ruc));
        let disagrees = self.bidder.has(Fault::RucDisagrees);
        let ruc = if disagrees { self.bidder.other_ruc.as_ref().unwrap_or(&party.ruc) } else { &party.ruc };
        let activity = match self.scenario.theme {
            crate::scenario::Theme::Goods(theme) => theme.activity,
            crate::scenario::Theme::Works(_) => {
                ("F421011", "CONSTRUCCIÓN DE CARRETERAS, CALLES Y OTRAS OBRAS CIVILES")
            }
        };
        let mut data = serde_json::Map::new();
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        let day = |date: jiff::civil::Date| {
            marked(format!("{:02}/{:02}/{}", date.day(), date.month(), date.year()), date.to_string())
        };
        put("natural", json!(party.natural));
        put("ruc", fact(ruc));
        put("razon", fact(&party.name));
        put("estado", fact("ACTIVO"));
        put("inicio", day(party.founded));
        put("contabilidad", marked("SI", "true"));
        put("representante", fact(&party.representative.registry_name));
        put("rep_id", json!(party.representative.cedula));
        put("provincia", json!(party.province.to_uppercase()));
        put("canton", json!(party.canton.to_uppercase()));
        put(
            "domicilio",
            fact(&format!("{} {} Y {}", party.street, party.house, party.crossing).to_uppercase()),
        );
        put(
            "actividades",
            json!([
                {"codigo": fact(activity.0), "texto": activity.1},
                {"codigo": fact("G466311"), "texto": "VENTA AL POR MAYOR DE MATERIALES DIVERSOS"},
            ]),
        );
        put("codigo_ver", json!(format!("{}{:010}", self.scenario.started.year(), draw.below(999_999_999))));
        let issued = self.bidder.date.saturating_sub(jiff::Span::new().days(draw.between(2, 20)));
        put(
            "emision",
            json!(format!(
                "{:02}/{:02}/{} {:02}:{:02}",
                issued.day(),
                issued.month(),
                issued.year(),
                draw.between(8, 18),
                draw.below(60)
            )),
        );
        let mut sheet = self.sheet("RUC_SRI", "ruc_sri", 3, data);
        sheet.running = false;
        sheet
    }

    /// Appointment of a company's representative.
    #[must_use]
    pub(crate) fn appointment(&self, party: &Party) -> Sheet {
        let mut draw = self.draw(&format!("nombramiento {}", party.ruc));
        let date = self.scenario.started.saturating_sub(jiff::Span::new().days(draw.between(60, 700)));
        let limited = party.name.contains("LTDA");
        let mut data = serde_json::Map::new();
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        let spelled = self.bidder.habits.variants & 16 == 0;
        let text = if spelled {
            crate::numbers::DateHabit::Words.date(date)
        } else {
            crate::numbers::DateHabit::WordsDel.date(date)
        };
        put("ciudad", json!(party.canton));
        put("fecha", marked(text, date.to_string()));
        put("nombre", fact(&party.representative.name));
        put("empresa", fact(&party.name));
        put("cargo", fact(&party.office));
        put("periodo", marked(if spelled { "dos" } else { "2" }, "2"));
        put("organo", json!(if limited { "Socios" } else { "Accionistas" }));
        put("notaria", json!(draw.pick(&["Primera", "Segunda", "Tercera", "Cuarta"])));
        put("canton", json!(party.canton));
        put(
            "secretario",
            json!(party.partners.get(1).map_or("Secretaría de la Junta", |(person, _)| &person.name)),
        );
        put("cedula", fact(&party.representative.cedula));
        put("inscripcion", fact(&draw.between(100, 9_800).to_string()));
        put("repertorio", json!(draw.between(1_000, 48_000).to_string()));
        put("tinta", ink(&mut draw));
        let mut sheet = self.sheet("NOMBRAMIENTO", "nombramiento", 3, data);
        sheet.running = false;
        if let Value::Object(style) = &mut sheet.style {
            style["membrete"]["nombre"] = json!(party.name);
        }
        sheet
    }

    /// Identity card of the person who signs.
    #[must_use]
    pub(crate) fn identity_card(&self) -> Sheet {
        let mut draw = self.draw("cédula");
        let person = self.bidder.signer();
        let expires = self.scenario.started.saturating_add(jiff::Span::new().days(draw.between(200, 2_400)));
        let mut data = serde_json::Map::new();
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        let date = |date: jiff::civil::Date| {
            let month = ["ENE", "FEB", "MAR", "ABR", "MAY", "JUN", "JUL", "AGO", "SEP", "OCT", "NOV", "DIC"];
            let name = month[usize::try_from(date.month() - 1).unwrap_or(0) % 12];
            marked(format!("{:02} {name} {}", date.day(), date.year()), date.to_string())
        };
        put("nombres", fact(&person.registry_name));
        put("cedula", fact(&person.cedula));
        put("nacimiento", date(person.born));
        put("vencimiento", date(expires));
        let civil = if person.woman {
            ["CASADA", "SOLTERA", "DIVORCIADA"]
        } else {
            ["CASADO", "SOLTERO", "DIVORCIADO"]
        };
        put("civil", fact(civil[draw.below(3)]));
        put("lugar", json!(self.bidder.parties[0].canton.to_uppercase()));
        put("junta", json!(draw.between(100, 999).to_string()));
        let mut sheet = self.sheet("CEDULA_DOC", "cedula_doc", 3, data);
        sheet.running = false;
        sheet
    }
}
