//! Support of experience and of the patrimonio.

use super::{Author, Sheet, fact, ink, marked};
use crate::bidder::{Contract, Finances};
use crate::identity::Party;
use rust_decimal::Decimal;
use serde_json::{Value, json};

impl Author<'_> {
    /// Form 1.9: experience.
    #[must_use]
    pub(crate) fn experience(&self) -> Sheet {
        let mut data = self.base("FUO_1_9_EXP");
        let rows: Vec<Value> = self
            .bidder
            .contracts
            .iter()
            .enumerate()
            .map(|(index, contract)| {
                json!({
                    "contratante": fact(&contract.body), "objeto": fact(&contract.object), "valor": self.bare(contract.amount),
                    "tipo": fact(if index == 0 { "Específica" } else { "General" }), "fecha": self.date(contract.to),
                })
            })
            .collect();
        data.insert("filas".into(), Value::Array(rows));
        data.insert("obras".into(), json!(self.scenario.procedure.works()));
        self.sheet("FUO_1_9_EXP", "fuo_1_9_exp", 3, data)
    }

    /// A style for papers that the bidder did not write.
    fn foreign_style(&self, sheet: &mut Sheet, body: &str, purpose: &str) {
        let mut draw = self.draw(purpose);
        sheet.running = false;
        if let Value::Object(style) = &mut sheet.style {
            style.insert(
                "fuente".into(),
                json!(draw.pick(&["Liberation Serif", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"])),
            );
            style.insert("cuerpo".into(), json!(draw.choose(&[10.0, 10.5, 11.0])));
            style.insert("color".into(), json!(draw.pick(&["#1b4d3e", "#2c3e70", "#6b2020", "#404040"])));
            style.insert("tabla".into(), json!(draw.below(4)));
            style.insert("membrete_forma".into(), json!(draw.below(3)));
            style.insert("membrete".into(), json!({"nombre": body, "lema": "ECUADOR", "direccion": "Calle principal s/n", "telefono": "Telf. 000"}));
        }
    }

    /// Certificate of a contract.
    #[must_use]
    pub(crate) fn experience_certificate(&self, contract: &Contract) -> Sheet {
        let mut draw = self.draw(&format!("certificado {}", contract.number));
        let long = if draw.once_in(2) {
            crate::numbers::DateHabit::Words
        } else {
            crate::numbers::DateHabit::WordsDel
        };
        let day = |date: jiff::civil::Date| marked(long.date(date), date.to_string());
        let party = &self.bidder.parties[0];
        let siglas: String =
            contract.body.split(' ').filter_map(|word| word.chars().next()).take(6).collect();
        let issued = contract.to.saturating_add(jiff::Span::new().days(draw.between(10, 200)));
        let mut data = serde_json::Map::new();
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("emisor", fact(&contract.body));
        put("emisor_id", fact(&contract.body_ruc));
        put("beneficiario", fact(&party.name));
        put("ruc", json!(party.ruc));
        put("objeto", fact(&contract.object));
        put("monto", self.amount(contract.amount));
        put("desde", day(contract.from));
        put("hasta", day(contract.to));
        put("ciudad", json!(self.scenario.entity.canton));
        put("fecha", day(issued)["t"].clone());
        put("firmante", fact(&contract.administrator));
        put(
            "cargo",
            fact(draw.pick(&[
                "ADMINISTRADOR DEL CONTRATO",
                "DIRECTOR ADMINISTRATIVO",
                "JEFE DE OBRAS PÚBLICAS",
            ])),
        );
        put("siglas", json!(siglas));
        put("tinta", ink(&mut draw));
        let mut sheet = self.sheet("CERT_EXP", "cert_exp", 3, data);
        sheet.variant = draw.below(3); // each issuer has a form of its own
        self.foreign_style(&mut sheet, &contract.body, &contract.number);
        sheet
    }

    /// Minutes of reception of a contract.
    #[must_use]
    pub(crate) fn reception(&self, contract: &Contract, definitive: bool) -> Sheet {
        let mut draw = self.draw(&format!("acta {}", contract.number));
        let long = if draw.once_in(2) {
            crate::numbers::DateHabit::Words
        } else {
            crate::numbers::DateHabit::WordsDel
        };
        let party = &self.bidder.parties[0];
        let days = i64::from((contract.to - contract.from).get_days().max(30));
        let mut data = serde_json::Map::new();
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("contratante", fact(&contract.body));
        put("contrato", fact(&contract.number));
        put("tipo", json!(if definitive { "definitiva" } else { "provisional" }));
        put("ciudad", json!(self.scenario.entity.canton));
        put("fecha_letras", json!(crate::numbers::date_in_words(contract.to)));
        put("administrador", json!(contract.administrator));
        put("contratista", fact(&party.name));
        put("firmante", fact(&party.representative.name));
        put("suscrito", marked(long.date(contract.from), contract.from.to_string())["t"].clone());
        put("objeto", fact(&contract.object));
        put("monto", self.amount(contract.amount));
        put("plazo", json!(format!("{days} días")));
        put("liquidado", self.bare(contract.amount));
        put("multas", self.bare(Decimal::ZERO));
        put("cero", self.bare(Decimal::ZERO)["t"].clone());
        put("fecha", marked(long.date(contract.to), contract.to.to_string()));
        put("tinta", ink(&mut draw));
        let mut sheet = self.sheet("ACTA_ER", "acta_er", 3, data);
        sheet.variant = draw.below(3);
        self.foreign_style(&mut sheet, &contract.body, &contract.number);
        sheet
    }

    /// Income tax declaration of a party.
    #[must_use]
    pub(crate) fn tax_declaration(&self, party: &Party, finances: &Finances) -> Sheet {
        let mut draw = self.draw(&format!("renta {}", party.ruc));
        // The tax office prints amounts in one notation, whatever the bidder's habit.
        let money =
            |value: Decimal| marked(crate::numbers::Notation::Bare.number(value, 2), format!("{value:.2}"));
        let plain = |value: Decimal| Value::String(crate::numbers::Notation::Bare.number(value, 2));
        let share = |draw: &mut crate::random::Draw, of: Decimal| {
            crate::numbers::cents(of * Decimal::new(draw.between(15, 40), 2))
        };
        let cash = share(&mut draw, finances.current_assets);
        let due = share(&mut draw, finances.current_assets);
        let debts = finances.current_debts + finances.other_debts;
        let income = crate::numbers::cents(finances.patrimonio * Decimal::new(draw.between(180, 480), 2));
        let profit = crate::numbers::cents(income * Decimal::new(draw.between(3, 11), 2));
        let filed = jiff::civil::date(finances.year + 1, 4, i8::try_from(draw.between(8, 26)).unwrap_or(20));
        let mut data = serde_json::Map::new();
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("formulario", json!(if party.natural { "102" } else { "101" }));
        put("natural", json!(party.natural));
        put("ruc", fact(&party.ruc));
        put("razon", json!(party.name));
        put("anio", fact(&finances.year.to_string()));
        put("tipo", fact("ORIGINAL"));
        put("serial", fact(&format!("8{:011}", draw.next() % 99_999_999_999)));
        put("fecha", json!(format!("{:02}-{:02}-{}", filed.day(), filed.month(), filed.year())));
        put("caja", plain(cash));
        put("cobrar", plain(due));
        put("inventario", plain(finances.current_assets - cash - due));
        put("ac", money(finances.current_assets));
        put("planta", plain(finances.fixed_assets));
        put("at", money(finances.current_assets + finances.fixed_assets));
        put("pagar", plain(finances.current_debts));
        put("pc", money(finances.current_debts));
        put("pnc", plain(finances.other_debts));
        put("pt", money(debts));
        put("capital", plain(finances.capital));
        put("reservas", plain(finances.patrimonio - finances.capital));
        put("patrimonio", money(finances.patrimonio));
        put("ingresos", plain(income));
        put("gastos", plain(income - profit));
        put("utilidad", plain(profit));
        put("impuesto", plain(crate::numbers::cents(profit * Decimal::new(25, 2))));
        put(
            "contador",
            json!(format!(
                "{}001",
                crate::identity::cedula(19, u32::try_from(draw.below(90_000)).unwrap_or(0))
            )),
        );
        let mut sheet = self.sheet("F101_F102", "f101", 3, data);
        sheet.running = false;
        sheet
    }
}
