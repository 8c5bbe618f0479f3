//! Papers of the professionals and of those who let equipment, and the rarer forms and letters.

use super::{Author, Sheet, fact, ink, marked};
use crate::numbers::cents;
use rust_decimal::Decimal;
use serde_json::{Value, json};

impl Author<'_> {
    fn professional(&self, index: usize) -> crate::identity::Person {
        let mut registry =
            crate::identity::Registry::new(self.scenario.seed ^ (self.bidder.number as u64) << 40);
        let mut person = registry.person();
        for _ in 0..index {
            person = registry.person();
        }
        person
    }

    fn professional_data(&self, index: usize) -> serde_json::Map<String, Value> {
        let person = self.professional(index);
        let mut draw = self.draw(&format!("profesional {index}"));
        let (role, title) =
            *self.scenario.personnel.get(index).unwrap_or(&("Técnico responsable", "Ingeniero Mecánico"));
        let mut data = self.base("CV");
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        let university = draw.pick(&[
            "UNIVERSIDAD TÉCNICA DE MONTE ALTO",
            "UNIVERSIDAD CENTRAL DE LAGUNA BLANCA",
            "ESCUELA POLITÉCNICA DEL VALLE CLARO",
        ]);
        let year = draw.between(1998, 2014);
        put("nombre", fact(&person.name));
        put("cedula", fact(&person.cedula));
        put("nacimiento", self.date(person.born)["t"].clone());
        put("correo", json!(format!("profesional{index}@correo.example")));
        put("titulo", fact(title));
        put("cargo", fact(role));
        put("universidad", json!(university));
        put("anio_titulo", json!(year.to_string()));
        put("nivel", fact("Tercer Nivel"));
        put(
            "registro",
            fact(&format!("{:04}-{:02}-{:07}", draw.between(1001, 1099), year % 100, draw.below(9_999_999))),
        );
        put("fecha", self.date(jiff::civil::date(i16::try_from(year).unwrap_or(2004), 9, 17)));
        put("consulta", self.date(self.bidder.date)["t"].clone());
        put("participacion", json!("100 %"));
        let jobs: Vec<Value> = (0..draw.between(2, 4))
            .map(|step| {
                let from = self.scenario.started.saturating_sub(jiff::Span::new().days(900 * (step + 1)));
                let to = from.saturating_add(jiff::Span::new().days(draw.between(120, 700)));
                json!({
                    "empresa": fact(draw.pick(crate::vocabulary::CONTRACTORS)), "cargo": fact(draw.pick(&[role, "Residente", "Fiscalizador", "Asistente técnico"])),
                    "desde": self.date(from)["t"], "hasta": self.date(to)["t"],
                })
            })
            .collect();
        put("trabajos", Value::Array(jobs));
        put("tinta", ink(&mut draw));
        data
    }

    /// Résumé of a professional.
    pub(crate) fn resume(&self, index: usize) -> Sheet {
        self.plain("CV", "cv", index, self.professional_data(index))
    }

    /// Registered degree of a professional.
    pub(crate) fn degree(&self, index: usize) -> Sheet {
        self.plain("TITULO", "titulo_doc", index, self.professional_data(index))
    }

    /// Commitment of a professional.
    pub(crate) fn professional_commitment(&self, index: usize) -> Sheet {
        self.plain("COMPROMISO_PERS", "compromiso_pers", index, self.professional_data(index))
    }

    /// A sheet without running header whose variant belongs to this copy.
    fn plain(
        &self,
        kind: &'static str,
        template: &'static str,
        index: usize,
        data: serde_json::Map<String, Value>,
    ) -> Sheet {
        let mut sheet = self.sheet(kind, template, 3, data);
        sheet.variant = self.draw(&format!("variante {template} {index}")).below(3);
        sheet.running = false;
        sheet
    }

    /// Commitment of who lets equipment.
    pub(crate) fn equipment_commitment(&self) -> Sheet {
        let mut draw = self.draw("arriendo");
        let owner = crate::identity::Registry::new(draw.next()).person();
        let mut data = self.base("COMPROMISO_EQUIPO");
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("ciudad", json!(self.bidder.city));
        put("fecha", self.date(self.bidder.date));
        put("propietario", fact(&owner.name));
        put("propietario_id", json!(owner.cedula));
        put(
            "equipo",
            fact(draw.pick(&[
                "Retroexcavadora",
                "Volqueta de 8 m3",
                "Rodillo vibratorio",
                "Tanquero",
                "Concretera",
            ])),
        );
        put("placa", fact(&format!("{}-{:04}", draw.pick(&["ZZX", "ZZQ", "XZZ"]), draw.below(9999))));
        put("anio", json!(draw.between(2008, 2023).to_string()));
        put("tinta", ink(&mut draw));
        let mut sheet = self.plain("COMPROMISO_EQUIPO", "compromiso_equipo", 0, data);
        sheet.style["membrete"]["nombre"] = json!(owner.name.to_uppercase());
        sheet
    }

    /// Constituted consortium.
    pub(crate) fn constituted_consortium(&self) -> Sheet {
        let mut draw = self.draw("consorcio constituido");
        let date = self.scenario.started.saturating_sub(jiff::Span::new().days(draw.between(200, 2000)));
        let party = &self.bidder.parties[0];
        let other = crate::identity::Registry::new(draw.next()).party(true, false, self.scenario.started);
        let mut data = self.base("CONSORCIO_CONSTITUIDO");
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put(
            "nombre",
            fact(&format!("CONSORCIO {}", draw.pick(&["AGUAS CLARAS", "VÍAS DEL SUR", "MONTE NUEVO"]))),
        );
        put("ciudad", json!(party.canton));
        put("fecha_letras", json!(crate::numbers::date_in_words(date)));
        put("notaria", json!(draw.pick(&["Primero", "Segundo", "Tercero"])));
        put("ruc", fact(&crate::identity::company_ruc(22, u32::try_from(draw.below(80_000)).unwrap_or(1))));
        put("procurador", fact(&party.representative.name));
        put("fecha", self.date(date));
        put(
            "partes",
            json!([
                {"nombre": party.name, "ruc": party.ruc, "porcentaje": self.percent(6_000)["t"]},
                {"nombre": other.name, "ruc": other.ruc, "porcentaje": self.percent(4_000)["t"]},
            ]),
        );
        self.plain("CONSORCIO_CONSTITUIDO", "consorcio_constituido", 0, data)
    }

    /// Commitment of a subcontractor.
    pub(crate) fn subcontract(&self) -> Sheet {
        let mut draw = self.draw("subcontratación");
        let other = crate::identity::Registry::new(draw.next()).party(true, false, self.scenario.started);
        let mut data = self.base("FORM_SUBCON");
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("subcontratista", fact(&other.name));
        put("sub_representante", json!(other.representative.name));
        put("sub_ruc", fact(&other.ruc));
        put("rubro", fact(self.scenario.lines.last().map_or("Transporte", |line| &line.description)));
        put("valor", self.amount(cents(self.bidder.total * Decimal::new(15, 2))));
        put("porcentaje", self.percent(1_500));
        put("tinta", ink(&mut draw));
        self.sheet("FORM_SUBCON", "form_subcon", 3, data)
    }

    /// Analysis of links between bidders.
    pub(crate) fn links(&self) -> Sheet {
        let mut draw = self.draw("vinculación");
        let spouse = crate::identity::Registry::new(draw.next()).person();
        let person = self.bidder.signer();
        let mut data = self.base("FORM_VINCULACION");
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("cedula", json!(person.cedula));
        put("civil", json!(if person.woman { "CASADA" } else { "CASADO" }));
        let partners = self.bidder.parties[0].partners.iter().filter(|(_, share)| *share >= 5_100);
        put(
            "socios",
            partners
                .map(|(partner, _)| json!({"nombre": fact(&partner.name), "id": partner.cedula}))
                .collect(),
        );
        put("conyuge", fact(&spouse.name));
        put("conyuge_id", json!(spouse.cedula));
        self.sheet("FORM_VINCULACION", "form_vinculacion", 3, data)
    }

    /// Answer to a request of convalidación.
    pub(crate) fn cure_letter(&self) -> Sheet {
        let mut draw = self.draw("convalidación");
        let mut data = self.base("RESP_CONV");
        let errors = [
            (
                "Falta la firma electrónica en el formulario de situación financiera",
                "Formulario firmado electrónicamente",
            ),
            ("No se distingue la fecha del certificado de experiencia", "Certificado legible"),
            ("Diferencia entre el total en letras y en números", "Tabla de cantidades y precios corregida"),
            ("El formulario de datos generales está incompleto", "Formulario con todos los datos"),
        ];
        let count = 2 + draw.below(2);
        let rows = errors
            .iter()
            .take(count)
            .map(|(error, paper)| json!({"error": fact(error), "documento": fact(paper)}));
        data.insert("errores".into(), rows.collect());
        data.insert(
            "oficio".into(),
            json!(format!("{:03}-{}", draw.between(1, 99), self.scenario.started.year())),
        );
        data.insert("tinta".into(), ink(&mut draw));
        let mut sheet = self.sheet("RESP_CONV", "resp_conv", 3, data);
        sheet.running = false;
        sheet
    }

    /// Proforma.
    pub(crate) fn proforma(&self) -> Sheet {
        let mut draw = self.draw("proforma");
        let mut data = self.base("PROFORMA");
        let lines = self.scenario.lines.iter().zip(&self.bidder.lines).take(4);
        let mut total = Decimal::ZERO;
        let items: Vec<Value> = lines
            .map(|(line, offered)| {
                let sum = cents(line.quantity * offered.price);
                total += sum;
                json!({"cantidad": self.quantity(line.quantity), "descripcion": fact(&line.description), "pu": self.bare(offered.price), "total": self.bare(sum)})
            })
            .collect();
        data.insert("items".into(), Value::Array(items));
        data.insert("total".into(), self.bare(total));
        data.insert("validez".into(), self.days(30));
        data.insert("ruc_dato".into(), fact(&self.bidder.parties[0].ruc));
        data.insert("oficio".into(), json!(format!("{:04}", draw.between(1, 999))));
        data.insert("tinta".into(), ink(&mut draw));
        let mut sheet = self.sheet("PROFORMA", "proforma", 3, data);
        sheet.running = false;
        sheet
    }

    /// Work plan of a consultancy.
    pub(crate) fn work_plan(&self) -> Sheet {
        let mut draw = self.draw("plan de trabajo");
        let mut data = self.base("PLAN_TRABAJO");
        let paragraphs = [
            (
                "Enfoque",
                "El enfoque parte del diagnóstico de la situación actual y de la participación de los usuarios en cada etapa del estudio.",
            ),
            (
                "Alcance",
                "El alcance comprende el levantamiento de información, el análisis de alternativas y los diseños definitivos con presupuesto.",
            ),
            (
                "Metodología",
                "La metodología combina trabajo de campo, ensayos y modelación, con informes mensuales y un informe final.",
            ),
            (
                "Cronograma",
                "Las actividades se distribuyen en fases sucesivas, con hitos de entrega acordados con el administrador del contrato.",
            ),
            (
                "Organización",
                "El equipo se organiza con un director del estudio y especialistas por área, con funciones definidas.",
            ),
        ];
        let count = 3 + draw.below(3);
        data.insert(
            "parrafos".into(),
            paragraphs
                .iter()
                .take(count)
                .map(|(name, text)| json!({"nombre": name, "texto": text}))
                .collect(),
        );
        self.sheet("PLAN_TRABAJO", "plan_trabajo", 3, data)
    }

    /// Economic offer of a consultancy.
    pub(crate) fn consultancy_offer(&self) -> Sheet {
        let mut draw = self.draw("oferta de consultoría");
        let mut data = self.base("OFERTA_ECONOMICA_CONSULTORIA");
        let mut parts: Vec<Decimal> =
            (0..6).map(|_| Decimal::new(draw.between(90_000, 2_400_000), 2)).collect();
        let sheet =
            self.sheet("OFERTA_ECONOMICA_CONSULTORIA", "oferta_consultoria", 3, serde_json::Map::new());
        if sheet.variant == 2 {
            parts[5] = Decimal::ZERO;
        }
        if self.scenario.procedure.consultancy() {
            parts = shares(self.bidder.total, parts[5].is_zero());
        }
        let total: Decimal = parts.iter().sum();
        for (index, part) in parts.iter().enumerate() {
            data.insert(format!("c{}", index + 1), self.bare(*part));
        }
        data.insert("total".into(), self.bare(total));
        data.insert("letras".into(), marked(self.bidder.habits.words.dollars(total), format!("{total:.2}")));
        Sheet { data: Value::Object(data), ..sheet }
    }

    /// Separator between parts of a bid.
    pub(crate) fn separator(&self, title: &str) -> Sheet {
        let mut data = self.base("SEPARADOR");
        data.insert("titulo".into(), fact(title));
        data.insert("seccion".into(), json!("SECCIÓN"));
        let mut sheet = self.plain("SEPARADOR", "separador", 0, data);
        sheet.style["foja"] = Value::Null;
        sheet
    }

    /// A page with nothing on it but the mark and the stamp.
    pub(crate) fn empty_page(&self) -> Sheet {
        self.plain("HOJA_EN_BLANCO", "hoja_en_blanco", 0, self.base("HOJA_EN_BLANCO"))
    }
}

/// Divides the total of a consultancy among its six kinds of cost; the last may be none.
fn shares(total: Decimal, without_fees: bool) -> Vec<Decimal> {
    let mut parts: Vec<Decimal> =
        [42, 11, 6, 9, 12].map(|percent| crate::numbers::cents(total * Decimal::new(percent, 2))).to_vec();
    let rest = total - parts.iter().sum::<Decimal>();
    if without_fees {
        parts[4] += rest;
        parts.push(Decimal::ZERO);
    } else {
        parts.push(rest);
    }
    parts
}
