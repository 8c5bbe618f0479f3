//! Cover, the forms 1.1 to 1.4 and the commitments.

use super::{Author, Sheet, fact, marked};
use crate::numbers::cents;
use rust_decimal::Decimal;
use serde_json::{Value, json};

impl Author<'_> {
    /// Cover of the bid.
    #[must_use]
    pub(crate) fn cover(&self) -> Sheet {
        let mut data = self.base("CARATULA");
        data.insert("procedimiento".into(), json!(self.scenario.procedure.title()));
        let mut sheet = self.sheet("CARATULA", "caratula", 3, data);
        sheet.running = false;
        sheet
    }

    /// Form 1.1.
    #[must_use]
    pub(crate) fn presentation(&self) -> Sheet {
        let mut data = self.base("FUO_1_1");
        let bidder = self.bidder;
        let quality = if bidder.parties.len() > 1 {
            format!(
                "los derechos que represento del compromiso de consorcio {}, en calidad de procurador común",
                bidder.name
            )
        } else if bidder.parties[0].natural {
            "mis propios derechos".into()
        } else {
            format!("los derechos que represento de {}, en calidad de representante legal", bidder.name)
        };
        data.insert("en_calidad".into(), json!(quality));
        data.insert("plazo".into(), self.days(bidder.term));
        data.insert("validez".into(), self.days(bidder.validity));
        data.insert("uafe".into(), marked("SÍ", "true"));
        self.sheet("FUO_1_1", "fuo_1_1", 3, data)
    }

    /// Form 1.2.
    #[must_use]
    pub(crate) fn general_data(&self) -> Sheet {
        let mut data = self.base("FUO_1_2");
        let bidder = self.bidder;
        let party = &bidder.parties[0];
        let consortium = bidder.parties.len() > 1;
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put(
            "participacion",
            fact(if consortium { "Compromiso de asociación o consorcio" } else { "Individual" }),
        );
        put("nombre", fact(&bidder.name));
        put("origen", fact("Nacional"));
        put("ruc", fact(&party.ruc));
        put("naturaleza", fact(if party.natural { "Persona natural" } else { "Persona jurídica" }));
        put("provincia", fact(&party.province));
        put("canton", fact(&party.canton));
        put("calle", fact(&party.street));
        put("numero_casa", json!(party.house));
        put("secundaria", json!(party.crossing));
        put("postal", fact(&party.postal));
        put("telefono", fact(&party.phone));
        put("correo", fact(&party.email));
        if consortium {
            let partners = bidder.parties.iter().zip(&bidder.shares);
            let partners: Vec<Value> = partners
                .map(|(party, share)| json!({"nombre": fact(&party.name), "ruc": fact(&party.ruc), "porcentaje": self.percent(*share)}))
                .collect();
            put("socios", Value::Array(partners));
        }
        self.sheet("FUO_1_2", "fuo_1_2", 3, data)
    }

    /// Form 1.3.
    #[must_use]
    pub(crate) fn shareholders(&self) -> Sheet {
        let mut data = self.base("FUO_1_3");
        let bidder = self.bidder;
        let natural = bidder.parties[0].natural;
        let partners: Vec<Value> = bidder
            .parties
            .iter()
            .flat_map(|party| party.partners.iter().map(move |(person, share)| (party, person, *share)))
            .map(|(party, person, share)| {
                json!({"nombre": fact(&person.name), "id": fact(&person.cedula), "porcentaje": self.percent(share), "domicilio": fact(&party.canton)})
            })
            .collect();
        let owner = bidder.parties[0].partners.first().map_or(bidder.signer(), |(person, _)| person);
        let mut draw = self.draw("beneficiario");
        data.insert("bolsa".into(), json!("NO"));
        data.insert("bolsa_dato".into(), json!({"t": "", "v": "false"}));
        data.insert("natural".into(), json!(natural));
        data.insert("socios".into(), Value::Array(partners));
        data.insert(
            "beneficiario".into(),
            json!({
                "nombre": fact(&owner.name), "id": fact(&owner.cedula), "nacionalidad": fact("Ecuatoriana"),
                "cuenta": fact(&format!("99{:08}", draw.below(99_999_999))), "institucion": fact(draw.pick(crate::vocabulary::BANKS)),
            }),
        );
        self.sheet("FUO_1_3", "fuo_1_3", 3, data)
    }

    /// Form 1.4. The patrimonio of a consortium is the sum of its partners'.
    #[must_use]
    pub(crate) fn financial_situation(&self) -> Sheet {
        let mut data = self.base("FUO_1_4");
        let bidder = self.bidder;
        let weights: Vec<Decimal> = if bidder.shares.is_empty() {
            vec![Decimal::ONE]
        } else {
            bidder.shares.iter().map(|share| Decimal::new(*share, 4)).collect()
        };
        let weighted = |index: &dyn Fn(&crate::bidder::Finances) -> Decimal| {
            cents(
                bidder.finances.iter().zip(&weights).map(|(finances, weight)| index(finances) * weight).sum(),
            )
        };
        let solvency = weighted(&|finances| finances.current_assets / finances.current_debts);
        let debt =
            weighted(&|finances| (finances.current_debts + finances.other_debts) / finances.patrimonio);
        let total: Decimal = bidder.finances.iter().map(|finances| finances.patrimonio).sum();
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("solvencia", self.number(solvency, 2));
        put("endeudamiento", self.number(debt, 2));
        put("patrimonio", self.amount(total));
        put("ejercicio", fact(&bidder.finances[0].year.to_string()));
        put("obs", json!("Cumple"));
        put("natural", json!(bidder.parties[0].natural));
        put("consorcio", json!(bidder.parties.len() > 1));
        let parts = bidder.parties.iter().zip(&bidder.finances);
        let parts: Vec<Value> = parts.map(|(party, finances)| json!({"nombre": party.name, "patrimonio": self.bare(finances.patrimonio)})).collect();
        put("partes", Value::Array(parts));
        self.sheet("FUO_1_4", "fuo_1_4", 3, data)
    }

    /// Integrity agreement.
    #[must_use]
    pub(crate) fn integrity_agreement(&self) -> Sheet {
        self.sheet("FORM_INTEGRIDAD", "form_integridad", 3, self.base("FORM_INTEGRIDAD"))
    }

    /// Commitment for the contractual stage (works).
    #[must_use]
    pub(crate) fn contractual_commitment(&self) -> Sheet {
        self.sheet("FORM_II_ETAPA", "form_ii_etapa", 3, self.base("FORM_II_ETAPA"))
    }

    /// Commitment of the partners of a consortium.
    #[must_use]
    pub(crate) fn consortium_commitment(&self) -> Sheet {
        let mut data = self.base("FORM_CONSORCIO");
        let bidder = self.bidder;
        let partners = bidder.parties.iter().zip(&bidder.shares);
        let partners: Vec<Value> = partners
            .map(|(party, share)| {
                json!({
                    "nombre": fact(&party.name), "ruc": fact(&party.ruc), "representante": fact(&party.representative.name),
                    "porcentaje": self.percent(*share),
                })
            })
            .collect();
        data.insert("partes".into(), Value::Array(partners));
        data.insert("nombre".into(), fact(&bidder.name));
        data.insert("procurador".into(), fact(&bidder.signer().name));
        data.insert("suma".into(), self.percent(10_000));
        data.insert("plazo_adicional".into(), marked("90", "90"));
        self.sheet("FORM_CONSORCIO", "form_consorcio", 3, data)
    }
}
