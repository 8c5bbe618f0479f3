//! What is offered: components, personnel, equipment, method, sheets and guarantees.

use super::{Author, Sheet, fact, ink, marked};
use serde_json::{Value, json};

impl Author<'_> {
    /// Form 1.6 of goods.
    #[must_use]
    pub(crate) fn components(&self) -> Sheet {
        let mut data = self.base("FUO_1_6_COMP");
        let lines = self.scenario.lines.iter().zip(&self.bidder.lines);
        let goods: Vec<Value> = lines
            .filter_map(|(line, offered)| {
                let good = self.scenario.good(line)?;
                let rows: Vec<Value> =
                    good.specifications.iter().map(|(asked, suits)| json!({"requerida": fact(asked), "ofertada": fact(suits)})).collect();
                let [brand, model, origin] = &offered.brand;
                Some(json!({"descripcion": line.description, "marca": fact(brand), "modelo": fact(model), "origen": fact(origin), "filas": rows}))
            })
            .collect();
        data.insert("bienes".into(), Value::Array(goods));
        data.insert("plazo".into(), self.days(self.bidder.term));
        data.insert("garantia".into(), self.months(self.scenario.guarantee_months));
        self.sheet("FUO_1_6_COMP", "fuo_1_6_comp", 3, data)
    }

    /// A number of months in figures and words.
    #[must_use]
    pub(crate) fn months(&self, months: u32) -> Value {
        let words = cotejo_domain::spanish::number_before_noun(u64::from(months));
        marked(
            if self.bidder.habits.variants & 32 == 0 {
                format!("{months} ({words}) meses")
            } else {
                format!("{months} meses")
            },
            months.to_string(),
        )
    }

    /// Form 1.7 of works: method.
    #[must_use]
    pub(crate) fn method(&self) -> Sheet {
        let mut data = self.base("FUO_1_7_MET");
        let mut draw = self.draw("metodología");
        let mut paragraphs = Vec::new();
        let first = self.scenario.lines.first().map_or("", |line| line.description.as_str());
        let last = self.scenario.lines.last().map_or("", |line| line.description.as_str());
        let texts = [
            ("Frentes de trabajo", format!("La obra se organizará en {} frentes de trabajo, cada uno con su cuadrilla y su capataz, bajo la dirección del residente.", draw.pick(&["dos", "tres", "cuatro"]))),
            ("Secuencia lógica", format!("Los trabajos seguirán una secuencia lógica: se iniciará con {}, continuará con los rubros de estructura y acabados, y terminará con {}.", first.to_lowercase(), last.to_lowercase())),
            ("Control de calidad", "Los materiales se ensayarán en laboratorio calificado y los resultados se entregarán a la fiscalización antes de su uso en obra.".to_owned()),
            ("Seguridad y ambiente", "Se aplicará el plan de manejo ambiental, con señalización, equipo de protección y disposición autorizada de los desalojos.".to_owned()),
            ("Organigrama", "El organigrama de la obra comprende superintendente, residente, topógrafo, bodeguero y cuadrillas, con responsabilidades definidas.".to_owned()),
        ];
        for (name, text) in texts.iter().take(4 + draw.below(2)) {
            paragraphs.push(json!({"nombre": name, "texto": text}));
        }
        data.insert("parrafos".into(), Value::Array(paragraphs));
        let mut sheet = self.sheet("FUO_1_7_MET", "fuo_1_7_met", 3, data);
        sheet.landscape = false;
        sheet
    }

    /// Personnel; says that it does not apply where the pliego asks none.
    #[must_use]
    pub(crate) fn personnel(&self) -> Sheet {
        let mut data = self.base("FUO_1_10_PER");
        let mut registry =
            crate::identity::Registry::new(self.scenario.seed ^ (self.bidder.number as u64) << 40);
        let mut draw = self.draw("personal");
        let rows: Vec<Value> = self
            .scenario
            .personnel
            .iter()
            .map(|(role, title)| {
                let person = registry.person();
                let degree = jiff::civil::date(i16::try_from(draw.between(1996, 2015)).unwrap_or(2005), 7, 15);
                json!({
                    "nombre": fact(&person.name), "cedula": fact(&person.cedula), "titulo": fact(title), "grado": self.date(degree),
                    "cargo": fact(role), "participacion": self.percent(draw.between(5, 10) * 1000),
                })
            })
            .collect();
        let landscape = !rows.is_empty() && draw.once_in(2);
        data.insert("filas".into(), Value::Array(rows));
        let mut sheet = self.sheet("FUO_1_10_PER", "fuo_1_10_per", 2, data);
        sheet.landscape = landscape;
        sheet
    }

    /// Equipment; says that it does not apply where the pliego asks none.
    #[must_use]
    pub(crate) fn equipment(&self) -> Sheet {
        let mut data = self.base("FUO_1_11_EQ");
        let mut draw = self.draw("equipo");
        let party = &self.bidder.parties[0];
        let rows: Vec<Value> = self
            .scenario
            .equipment
            .iter()
            .map(|(name, detail)| {
                let own = draw.once_in(2);
                json!({
                    "detalle": fact(&format!("{name}. {detail}")), "anio": fact(&draw.between(2008, 2023).to_string()), "lugar": party.canton,
                    "propietario": fact(if own { &party.name } else { "Equipo en arriendo" }),
                    "matricula": fact(&format!("{}-{:04}", draw.pick(&["ZZX", "ZZQ", "XZZ"]), draw.below(9999))),
                    "obs": if own { "Propio" } else { "Compromiso de arriendo" },
                })
            })
            .collect();
        let landscape = !rows.is_empty() && draw.once_in(2);
        data.insert("filas".into(), Value::Array(rows));
        let mut sheet = self.sheet("FUO_1_11_EQ", "fuo_1_11_eq", 2, data);
        sheet.landscape = landscape;
        sheet
    }

    /// Technical sheet of a line (goods).
    #[must_use]
    pub(crate) fn technical_sheet(&self, index: usize) -> Option<Sheet> {
        let line = self.scenario.lines.get(index)?;
        let good = self.scenario.good(line)?;
        let [brand, model, origin] = &self.bidder.lines.get(index)?.brand;
        let mut draw = self.draw(&format!("ficha {index}"));
        let parameters: Vec<Value> = good
            .specifications
            .iter()
            .enumerate()
            .map(|(number, (_, suits))| {
                let (name, value) = suits.split_once(" de ").unwrap_or(("Característica", suits));
                json!([
                    if name.len() > 40 { format!("Característica {}", number + 1) } else { name.to_owned() },
                    value
                ])
            })
            .chain([
                json!(["Garantía de fábrica", format!("{} meses", self.scenario.guarantee_months)]),
                json!(["Peso", format!("{} kg", draw.between(1, 60))]),
            ])
            .collect();
        let mut data = serde_json::Map::new();
        data.insert("producto".into(), json!(line.description));
        data.insert("marca".into(), fact(brand));
        data.insert("modelo".into(), fact(model));
        data.insert("origen".into(), json!(origin));
        data.insert("parametros".into(), Value::Array(parameters));
        let mut sheet = self.sheet("FICHA_TECNICA", "ficha_tecnica", 3, data);
        sheet.variant = draw.below(3);
        sheet.running = false;
        Some(sheet)
    }

    /// Technical guarantee.
    #[must_use]
    pub(crate) fn guarantee(&self) -> Sheet {
        let mut data = self.base("GARANTIA_TEC");
        let mut draw = self.draw("garantía");
        data.insert("plazo".into(), self.months(self.scenario.guarantee_months));
        data.insert(
            "cobertura".into(),
            fact(draw.pick(&[
                "Defectos de fabricación, mano de obra y repuestos",
                "Repuestos, accesorios y mantenimiento preventivo",
                "Reparación o reposición del bien por uno nuevo",
            ])),
        );
        data.insert("tinta".into(), ink(&mut draw));
        self.sheet("GARANTIA_TEC", "garantia_tec", 3, data)
    }
}
