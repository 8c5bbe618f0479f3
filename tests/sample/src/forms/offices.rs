//! Papers of offices and third parties that bids carry besides: registries, insurers, banks, notaries, contracts, invoices.

use super::{Author, Sheet, fact, ink, marked};
use crate::bidder::Contract;
use crate::identity::Party;
use crate::numbers::{DateHabit, Notation, cents};
use crate::random::Draw;
use crate::vocabulary::{BANKS, BRANDS, INSURERS};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// What a paper of a third party looks like: its own face, never the bidder's.
fn foreign(sheet: &mut Sheet, draw: &mut Draw, body: &str) {
    sheet.running = false;
    if let Value::Object(style) = &mut sheet.style {
        style.insert(
            "fuente".into(),
            json!(draw.pick(&["Liberation Serif", "Liberation Sans", "DejaVu Sans", "Libertinus Serif"])),
        );
        style.insert("cuerpo".into(), json!(draw.choose(&[9.5, 10.0, 10.5, 11.0])));
        style.insert("color".into(), json!(draw.pick(&["#1b4d3e", "#2c3e70", "#6b2020", "#404040"])));
        style.insert("tabla".into(), json!(draw.below(4)));
        style.insert("ficha".into(), json!(draw.below(2)));
        style.insert("membrete_forma".into(), json!(draw.below(3)));
        style.insert("membrete".into(), json!({"nombre": body, "lema": "ECUADOR", "direccion": "Calle principal s/n", "telefono": "Telf. 000"}));
    }
    sheet.variant = draw.below(3);
}

fn ordinal(draw: &mut Draw) -> Value {
    json!(draw.pick(&["Primera", "Segunda", "Tercera", "Cuarta"]))
}

impl Author<'_> {
    fn third(
        &self,
        kind: &'static str,
        template: &'static str,
        key: &str,
        body: &str,
        data: Map<String, Value>,
    ) -> Sheet {
        let mut draw = self.draw(&format!("tercero {template} {key}"));
        let mut sheet = self.sheet(kind, template, 3, data);
        foreign(&mut sheet, &mut draw, body);
        sheet
    }

    fn issued(&self, draw: &mut Draw) -> jiff::civil::Date {
        self.bidder.date.saturating_sub(jiff::Span::new().days(draw.between(1, 25)))
    }

    fn long(date: jiff::civil::Date, draw: &mut Draw) -> Value {
        let habit = *draw.choose(&[DateHabit::Words, DateHabit::WordsDel, DateHabit::Slashes]);
        marked(habit.date(date), date.to_string())
    }

    fn of_party(&self, party: &Party) -> Map<String, Value> {
        let mut data = self.base("OTRO");
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("ruc", fact(&party.ruc));
        put("razon", fact(&party.name));
        put("representante", json!(party.representative.name));
        put("canton", json!(party.canton));
        put("provincia", json!(party.province));
        put("lugar", json!(format!("{} / {}", party.province, party.canton)));
        put("correo", json!(party.email));
        put("direccion", json!(format!("{} {} y {}", party.street, party.house, party.crossing)));
        put("ciudad", json!(party.canton));
        data
    }

    /// RUP certificate.
    pub(crate) fn rup(&self, party: &Party) -> Sheet {
        let mut draw = self.draw("rup");
        let date = self.issued(&mut draw);
        let mut data = self.of_party(party);
        data.insert("estado".into(), fact("HABILITADO"));
        data.insert("tipo".into(), fact(draw.pick(&["MICRO", "PEQUEÑA", "MEDIANA"])));
        data.insert(
            "consulta".into(),
            marked(
                format!(
                    "{:02}/{:02}/{} {:02}:{:02}",
                    date.day(),
                    date.month(),
                    date.year(),
                    draw.between(8, 17),
                    draw.below(60)
                ),
                date.to_string(),
            ),
        );
        let lines = self.scenario.lines.iter().take(3);
        data.insert(
            "cpcs".into(),
            lines
                .map(|line| json!({"codigo": fact(&line.cpc), "texto": line.description.to_uppercase()}))
                .collect(),
        );
        data.insert("codigo_ver".into(), json!(draw.below(99_999_999).to_string()));
        self.third("RUP", "rup", &party.ruc, "", data)
    }

    /// Certificate of the tax office.
    pub(crate) fn tax_compliance(&self, party: &Party) -> Sheet {
        let mut draw = self.draw("cumplimiento tributario");
        let date = self.issued(&mut draw);
        let mut data = self.of_party(party);
        data.insert("resultado".into(), fact(draw.pick(&["AL DÍA", "OBLIGACIONES TRIBUTARIAS AL DÍA"])));
        data.insert("fecha".into(), Self::long(date, &mut draw));
        data.insert("periodo".into(), json!(format!("{:02}-{}", date.month(), date.year())));
        data.insert("codigo_ver".into(), json!(format!("{}{:09}", date.year(), draw.below(999_999_999))));
        self.third("CERT_SRI", "cert_sri", &party.ruc, "", data)
    }

    /// Certificate of the social security.
    pub(crate) fn social_security(&self, party: &Party) -> Sheet {
        let mut draw = self.draw("iess");
        let date = self.issued(&mut draw);
        let mut data = self.of_party(party);
        data.insert("resultado".into(), marked("NO registra obligaciones patronales en mora", "sin mora"));
        data.insert("fecha".into(), Self::long(date, &mut draw));
        data.insert("codigo_ver".into(), json!(format!("{:012}", draw.next() % 999_999_999_999)));
        self.third("CERT_IESS", "cert_iess", &party.ruc, "", data)
    }

    /// Balance of a party.
    pub(crate) fn balance(&self, index: usize) -> Sheet {
        let (party, finances) = (&self.bidder.parties[index], &self.bidder.finances[index]);
        let mut draw = self.draw("balance");
        let notation = self.bidder.habits.notation;
        let money = |value: Decimal| marked(notation.number(value, 2), format!("{value:.2}"));
        let cash = cents(finances.current_assets * Decimal::new(draw.between(15, 40), 2));
        let due = cents(finances.current_assets * Decimal::new(draw.between(15, 40), 2));
        let mut data = self.of_party(party);
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("anio", fact(&finances.year.to_string()));
        put("caja", money(cash));
        put("cobrar", money(due));
        put("inventario", money(finances.current_assets - cash - due));
        put("ac", money(finances.current_assets));
        put("planta", money(finances.fixed_assets));
        put("at", money(finances.current_assets + finances.fixed_assets));
        put("pagar", money(finances.current_debts));
        put("pc", money(finances.current_debts));
        put("pnc", money(finances.other_debts));
        put("pt", money(finances.current_debts + finances.other_debts));
        put("capital", money(finances.capital));
        put("reservas", money(finances.patrimonio - finances.capital));
        put("patrimonio", money(finances.patrimonio));
        let accountant = crate::identity::Registry::new(draw.next()).person();
        put("contador", json!(format!("{}001", accountant.cedula)));
        put("contador_nombre", json!(accountant.name));
        let mut sheet = self.sheet("EEFF", "eeff", 3, data);
        sheet.running = false;
        sheet
    }

    /// A past contract.
    pub(crate) fn past_contract(&self, contract: &Contract) -> Sheet {
        let mut draw = self.draw(&format!("contrato {}", contract.number));
        let party = &self.bidder.parties[0];
        let days = i64::from((contract.to - contract.from).get_days().max(30));
        let mut data = self.of_party(party);
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("contrato", fact(&contract.number));
        put("contratante", fact(&contract.body));
        put("contratista", fact(&party.name));
        put("administrador", json!(contract.administrator));
        put("firmante", fact(&party.representative.name));
        put("objeto", fact(&contract.object));
        put("monto", self.amount(contract.amount));
        put("plazo", marked(format!("{days} días"), days.to_string()));
        put("suscrito", Self::long(contract.from, &mut draw));
        self.third("CONTRATO_EXP", "contrato_exp", &contract.number, &contract.body, data)
    }

    /// An invoice for a past contract.
    pub(crate) fn invoice(&self, contract: &Contract) -> Sheet {
        let mut draw = self.draw(&format!("factura {}", contract.number));
        let party = &self.bidder.parties[0];
        let money = |value: Decimal| marked(Notation::Bare.number(value, 2), format!("{value:.2}"));
        let tax = cents(contract.amount * Decimal::new(15, 2));
        let number = draw.between(100, 9_999);
        let day = contract.to;
        let key = access_key(day, &party.ruc, number, &mut draw);
        let mut data = self.of_party(party);
        let mut put = |field: &str, value: Value| {
            data.insert(field.into(), value);
        };
        put("numero_factura", fact(&format!("001-001-{number:09}")));
        put("clave", fact(&key));
        put("cliente", json!(contract.body));
        put("cliente_ruc", fact(&contract.body_ruc));
        put("fecha", marked(format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()), day.to_string()));
        put("objeto", fact(&contract.object));
        put("subtotal", money(contract.amount));
        put("iva", money(tax));
        put("total", money(contract.amount + tax));
        self.third("FACTURA", "factura", &contract.number, &party.name, data)
    }

    /// A progress statement of a past work.
    pub(crate) fn progress_statement(&self, contract: &Contract) -> Sheet {
        let mut draw = self.draw(&format!("planilla {}", contract.number));
        let notation = self.bidder.habits.notation;
        let lines = self.scenario.lines.iter().take(6).enumerate();
        let rows: Vec<Value> = lines
            .map(|(index, line)| {
                let before = cents(line.quantity * Decimal::new(draw.between(10, 50), 2));
                let now = cents(line.quantity * Decimal::new(draw.between(10, 40), 2));
                let number = |value: Decimal| notation.number(value, 2);
                json!({
                    "no": index + 1, "rubro": line.description, "u": line.unit, "a": number(line.quantity), "b": number(before),
                    "c": number(now), "d": number(before + now), "v": number(cents(now * line.reference)),
                })
            })
            .collect();
        let party = &self.bidder.parties[0];
        let mut data = self.of_party(party);
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("contratante", json!(contract.body));
        put("contratista", json!(party.name));
        put("contrato", json!(contract.number));
        put("objeto", json!(contract.object));
        put("administrador", json!(contract.administrator));
        put("numero_planilla", fact(&draw.between(2, 9).to_string()));
        put("avance", self.percent(draw.between(7_600, 9_800)));
        put("monto", self.amount(cents(contract.amount * Decimal::new(draw.between(8, 20), 2))));
        put("filas", Value::Array(rows));
        self.third("PLANILLA", "planilla", &contract.number, &contract.body, data)
    }

    /// A bond or bank guarantee.
    pub(crate) fn bond(&self) -> Sheet {
        let mut draw = self.draw("póliza");
        let party = &self.bidder.parties[0];
        let from = self.issued(&mut draw);
        let to = from.saturating_add(jiff::Span::new().days(draw.between(90, 400)));
        let mut data = self.of_party(party);
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("emisor", fact(draw.pick(INSURERS)));
        put("numero_poliza", fact(&format!("{}-{:06}", draw.pick(&["FC", "BA", "GA"]), draw.below(999_999))));
        put("tipo", fact(draw.pick(&["FIEL CUMPLIMIENTO DE CONTRATO", "BUEN USO DE ANTICIPO"])));
        put("asegurado", json!(self.scenario.entity.name));
        put("afianzado", json!(party.name));
        put("monto", self.amount(cents(self.bidder.total * Decimal::new(5, 2))));
        put("desde", Self::long(from, &mut draw));
        put("hasta", Self::long(to, &mut draw));
        let mut sheet = self.third("POLIZA", "poliza", "", "", data);
        if sheet.variant == 2 {
            sheet.data["emisor"] = fact(draw.pick(BANKS));
        }
        sheet
    }

    /// Certificate of size or craft.
    pub(crate) fn small_company(&self, party: &Party) -> Sheet {
        let mut draw = self.draw("mipyme");
        let to = self.bidder.date.saturating_add(jiff::Span::new().days(draw.between(60, 500)));
        let mut data = self.of_party(party);
        data.insert("categoria".into(), fact(draw.pick(&["MICRO", "PEQUEÑA EMPRESA", "MEDIANA"])));
        data.insert("hasta".into(), Self::long(to, &mut draw));
        data.insert("codigo_ver".into(), json!(draw.below(9_999_999).to_string()));
        self.third("MIPYME", "mipyme", &party.ruc, "", data)
    }

    /// Bank certificate.
    pub(crate) fn bank_certificate(&self, party: &Party) -> Sheet {
        let mut draw = self.draw("banco");
        let date = self.issued(&mut draw);
        let mut data = self.of_party(party);
        let bank = draw.pick(BANKS);
        data.insert("banco".into(), fact(bank));
        data.insert("titular".into(), fact(&party.name));
        data.insert("cuenta".into(), fact(&format!("99{:08}", draw.below(99_999_999))));
        data.insert("fecha".into(), Self::long(date, &mut draw)["t"].clone());
        data.insert("desde".into(), json!(draw.between(2009, 2021).to_string()));
        self.third("BANCARIO", "bancario", &party.ruc, bank, data)
    }

    /// Power of attorney.
    pub(crate) fn power(&self, party: &Party) -> Sheet {
        let mut draw = self.draw("poder");
        let date = self.scenario.started.saturating_sub(jiff::Span::new().days(draw.between(20, 400)));
        let agent = crate::identity::Registry::new(draw.next()).person();
        let mut data = self.of_party(party);
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("notaria", ordinal(&mut draw));
        put("mandante", fact(&party.name));
        put("apoderado", fact(&agent.name));
        put("apoderado_id", json!(agent.cedula));
        put("fecha_letras", json!(crate::numbers::date_in_words(date)));
        put("fecha", Self::long(date, &mut draw));
        put("alcance", fact(draw.pick(&["presente ofertas y suscriba los documentos que correspondan en procedimientos de contratación pública", "comparezca a audiencias, presente ofertas y suscriba contratos con entidades del Estado"])));
        self.third("PODER", "poder", &party.ruc, "", data)
    }

    /// Deed of foundation.
    pub(crate) fn deed(&self, party: &Party) -> Sheet {
        let mut draw = self.draw("escritura");
        let mut data = self.of_party(party);
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("notaria", ordinal(&mut draw));
        put("empresa", fact(&party.name));
        put("capital", self.amount(Decimal::from(draw.between(1, 60) * 400)));
        put("fecha_letras", json!(crate::numbers::date_in_words(party.founded)));
        put("fecha", Self::long(party.founded, &mut draw));
        put(
            "objeto_social",
            fact(if self.scenario.procedure.works() {
                "la construcción de obras civiles, viales, hidráulicas y edificaciones"
            } else {
                "la compra, venta, importación y distribución de bienes y equipos"
            }),
        );
        self.third("ESCRITURA", "escritura", &party.ruc, "", data)
    }

    /// Sworn declaration.
    pub(crate) fn sworn_declaration(&self) -> Sheet {
        let mut draw = self.draw("declaración juramentada");
        let person = self.bidder.signer();
        let date = self.issued(&mut draw);
        let mut data = self.of_party(&self.bidder.parties[0]);
        data.insert("notaria".into(), ordinal(&mut draw));
        data.insert("declarante".into(), fact(&person.name));
        data.insert("cedula".into(), fact(&person.cedula));
        data.insert("mujer".into(), json!(person.woman));
        data.insert("fecha".into(), Self::long(date, &mut draw));
        data.insert("codigo".into(), json!(self.scenario.code));
        self.third("DECLARACION_JURAMENTADA", "declaracion_juramentada", "", "", data)
    }

    /// Letter of a manufacturer.
    pub(crate) fn distributor(&self) -> Sheet {
        let mut draw = self.draw("distribuidor");
        let brand = draw.pick(BRANDS);
        let to = self.bidder.date.saturating_add(jiff::Span::new().days(draw.between(100, 700)));
        let person = crate::identity::Registry::new(draw.next()).person();
        let mut data = self.base("DISTRIBUIDOR");
        data.insert(
            "fabricante".into(),
            fact(&format!("{} INDUSTRIES {}", brand.to_uppercase(), draw.pick(&["LTD.", "S.A.", "INC."]))),
        );
        data.insert("marca".into(), json!(brand));
        data.insert("hasta".into(), Self::long(to, &mut draw));
        data.insert("quien".into(), json!(person.name));
        data.insert("tinta".into(), ink(&mut draw));
        self.third("DISTRIBUIDOR", "distribuidor", "", brand, data)
    }

    /// Registration of a vehicle or machine.
    pub(crate) fn registration(&self, index: usize) -> Sheet {
        let mut draw = self.draw(&format!("matrícula {index}"));
        let party = &self.bidder.parties[0];
        let from = self.scenario.started.saturating_sub(jiff::Span::new().days(draw.between(30, 300)));
        let to = from.saturating_add(jiff::Span::new().days(365 * 4));
        let mut data = self.of_party(party);
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("placa", fact(&format!("{}-{:04}", draw.pick(&["ZZX", "ZZQ", "XZZ"]), draw.below(9999))));
        put("anio", fact(&draw.between(2008, 2023).to_string()));
        put("clase", json!(draw.pick(&["VOLQUETE", "CAMIONETA", "RETROEXCAVADORA", "TANQUERO"])));
        put("marca", json!(draw.pick(BRANDS).to_uppercase()));
        put("chasis", json!(format!("EJ{:015}", draw.next() % 999_999_999_999_999)));
        put("motor", json!(format!("M{:09}", draw.below(999_999_999))));
        put("propietario", fact(&party.name));
        put("desde", Self::long(from, &mut draw)["t"].clone());
        put("hasta", Self::long(to, &mut draw));
        put("especie", json!(draw.below(9_999_999).to_string()));
        self.third("MATRICULA", "matricula", &index.to_string(), "", data)
    }
}

/// A key of 49 digits with its check digit (modulus 11), as electronic invoices carry.
fn access_key(day: jiff::civil::Date, ruc: &str, number: i64, draw: &mut Draw) -> String {
    let key = format!(
        "{:02}{:02}{}01{ruc}2001001{number:09}{:08}1",
        day.day(),
        day.month(),
        day.year(),
        draw.below(99_999_999)
    );
    let sum: u32 =
        key.bytes().rev().zip((2..=7).cycle()).map(|(byte, weight)| u32::from(byte - b'0') * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        10 => 1,
        other => other,
    };
    format!("{key}{check}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_keys_have_49_digits() {
        let mut draw = Draw::new(1, "clave");
        let key =
            access_key(jiff::civil::date(2024, 5, 3), &crate::identity::company_ruc(14, 7), 12, &mut draw);
        assert_eq!(key.len(), 49, "{key}");
    }
}
