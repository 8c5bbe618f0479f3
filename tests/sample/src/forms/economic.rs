//! Prices: tables, unit price analyses, schedule of values, added value.

use super::{Author, Sheet, fact, marked};
use crate::apu::{Analysis, Row};
use crate::numbers::cents;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

impl Author<'_> {
    fn totals(&self, data: &mut Map<String, Value>) {
        let bidder = self.bidder;
        data.insert("total".into(), self.bare(bidder.total));
        data.insert("total_pie".into(), self.amount(bidder.total));
        data.insert(
            "letras".into(),
            marked(
                bidder.habits.words.dollars(bidder.total_in_words),
                format!("{:.2}", bidder.total_in_words),
            ),
        );
        data.insert("plazo".into(), self.days(bidder.term));
        data.insert("validez".into(), self.days(bidder.validity));
    }

    /// Form 1.5 of goods.
    #[must_use]
    pub(crate) fn price_table(&self) -> Sheet {
        let mut data = self.base("FUO_1_5_CANT");
        let lines = self.scenario.lines.iter().zip(&self.bidder.lines);
        let items: Vec<Value> = lines
            .map(|(line, offered)| {
                json!({
                    "cpc": fact(&line.cpc), "descripcion": fact(&line.description), "unidad": fact(&line.unit),
                    "cantidad": self.quantity(line.quantity), "pu": self.bare(offered.price), "total": self.bare(offered.total),
                })
            })
            .collect();
        data.insert("items".into(), Value::Array(items));
        self.totals(&mut data);
        self.sheet("FUO_1_5_CANT", "fuo_1_5_cant", 3, data)
    }

    /// Form 1.5 of works.
    #[must_use]
    pub(crate) fn rubro_table(&self) -> Sheet {
        let mut data = self.base("FUO_1_5_RUBROS");
        let lines = self.scenario.lines.iter().zip(&self.bidder.lines).enumerate();
        let mut draw = self.draw("agregado");
        let items: Vec<Value> = lines
            .map(|(index, (line, offered))| {
                json!({
                    "no": fact(&(index + 1).to_string()), "descripcion": fact(&line.description), "unidad": fact(&line.unit),
                    "cantidad": self.number(line.quantity, 2), "pu": self.bare(offered.price), "total": self.bare(offered.total),
                    "agregado": self.percent(draw.between(4_000, 9_900)),
                })
            })
            .collect();
        data.insert("items".into(), Value::Array(items));
        self.totals(&mut data);
        self.sheet("FUO_1_5_RUBROS", "fuo_1_5_rubros", 3, data)
    }

    /// Form 1.6 of works: one analysis a rubro.
    #[must_use]
    pub(crate) fn analyses(&self) -> Vec<Sheet> {
        let lines = self.scenario.lines.iter().zip(&self.bidder.lines);
        let count = self.scenario.lines.len();
        lines
            .enumerate()
            .filter_map(|(index, (line, offered))| {
                let analysis = offered.analysis.as_ref()?;
                Some(self.analysis(analysis, index, count, &line.description, &line.unit))
            })
            .collect()
    }

    fn analysis(
        &self,
        analysis: &Analysis,
        index: usize,
        count: usize,
        description: &str,
        unit: &str,
    ) -> Sheet {
        let mut data = self.base("FUO_1_6_APU");
        let timed = |row: &Row| {
            json!({
                "d": row.name, "a": self.number(row.quantity, 2)["t"], "b": self.bare(row.price)["t"], "c": self.bare(row.hourly)["t"],
                "r": self.number(row.hours, 4)["t"], "k": self.bare(row.cost),
            })
        };
        let material = |row: &Row| json!({"d": row.name, "u": row.unit, "a": self.number(row.quantity, 3)["t"], "b": self.bare(row.price)["t"], "k": self.bare(row.cost)});
        let mut put = |key: &str, value: Value| {
            data.insert(key.into(), value);
        };
        put("rubro", fact(description));
        put("detalle", json!(""));
        put("unidad", fact(unit));
        put("hoja", json!(index + 1));
        put("hojas", json!(count));
        put("equipos", analysis.equipment.iter().map(timed).collect());
        put("obreros", analysis.labour.iter().map(timed).collect());
        put("materiales", analysis.materials.iter().map(material).collect());
        put("transporte", Value::Array(Vec::new()));
        put("m", self.bare(analysis.subtotals[0]));
        put("n", self.bare(analysis.subtotals[1]));
        put("o", self.bare(analysis.subtotals[2]));
        put("p", self.bare(Decimal::ZERO));
        put("directo", self.bare(analysis.direct));
        put("ind_pct", self.percent(self.bidder.costs.indirect * 100));
        put("ind", self.bare(analysis.indirect)["t"].clone());
        put("uti_pct", self.percent(self.bidder.costs.profit * 100));
        put("uti", self.bare(analysis.profit)["t"].clone());
        put("costo", self.bare(analysis.offered));
        put("valor", self.bare(analysis.offered));
        put(
            "letras",
            marked(self.bidder.habits.words.dollars(analysis.offered), format!("{:.2}", analysis.offered)),
        );
        put("firma", json!(index + 1 == count));
        let mut sheet = self.sheet("FUO_1_6_APU", "fuo_1_6_apu", 3, data);
        // Analyses are set small, so that one fits a page as estimators print them.
        if let Value::Object(style) = &mut sheet.style {
            style.insert("cuerpo".into(), json!(9.0));
            style.insert("celda".into(), json!(2.6));
            if style.get("encabezado") == Some(&json!(3)) {
                style.insert("encabezado".into(), json!(0));
            }
        }
        sheet
    }

    /// Form 1.8 of works: schedule of values.
    #[must_use]
    pub(crate) fn schedule(&self) -> Sheet {
        let mut data = self.base("FUO_1_8_CRON");
        let bidder = self.bidder;
        let months = usize::try_from(bidder.term.div_ceil(30)).unwrap_or(1);
        let count = self.scenario.lines.len();
        let mut monthly = vec![Decimal::ZERO; months];
        let mut rows = Vec::new();
        for (index, (line, offered)) in self.scenario.lines.iter().zip(&bidder.lines).enumerate() {
            let first = index * months / count;
            let span = 2.min(months - first);
            let share = cents(offered.total / Decimal::from(span));
            let mut cells = vec![json!(""); months];
            let mut left = offered.total;
            for step in 0..span {
                let part = if step + 1 == span { left } else { share };
                left -= part;
                monthly[first + step] += part;
                cells[first + step] = self.bare(part)["t"].clone();
            }
            rows.push(
                json!({"rubro": line.description, "total": self.bare(offered.total)["t"], "partes": cells}),
            );
        }
        let total: Decimal = monthly.iter().sum();
        let percent = |part: Decimal| self.number(cents(part / total * Decimal::ONE_HUNDRED), 2);
        let mut running = Decimal::ZERO;
        let (mut partial, mut accumulated, mut progress) = (Vec::new(), Vec::new(), Vec::new());
        for part in &monthly {
            running += part;
            partial.push(percent(*part));
            accumulated.push(self.bare(running));
            progress.push(percent(running));
        }
        data.insert("meses".into(), json!(months));
        data.insert("filas".into(), Value::Array(rows));
        data.insert("mensual".into(), monthly.iter().map(|part| self.bare(*part)).collect());
        data.insert("parcial".into(), Value::Array(partial));
        data.insert("acumulada".into(), Value::Array(accumulated));
        data.insert("acumulado".into(), Value::Array(progress));
        data.insert("plazo".into(), self.days(bidder.term));
        let mut sheet = self.sheet("FUO_1_8_CRON", "fuo_1_8_cron", 2, data);
        sheet.landscape = true;
        sheet
    }

    /// Form 1.12 of works.
    #[must_use]
    pub(crate) fn ecuadorian_share(&self) -> Sheet {
        let mut data = self.base("FUO_1_12_PE");
        let mut draw = self.draw("participación");
        data.insert("porcentaje".into(), self.percent(draw.between(5_000, 8_900)));
        data.insert("minimo".into(), json!("30,19 %"));
        self.sheet("FUO_1_12_PE", "fuo_1_12_pe", 3, data)
    }

    /// Declaration of Ecuadorian added value (goods).
    #[must_use]
    pub(crate) fn added_value(&self) -> Sheet {
        let mut data = self.base("FUO_VAE");
        let mut draw = self.draw("vae");
        let intermediary = !draw.once_in(3);
        let imported = cents(self.bidder.total * Decimal::new(draw.between(10, 60), 2));
        let bought = cents(self.bidder.total * Decimal::new(draw.between(0, 25), 2));
        let share = if intermediary { 0 } else { draw.between(2_000, 6_500) };
        data.insert("intermediario_si".into(), json!(intermediary));
        data.insert("intermediario".into(), json!({"t": "", "v": intermediary.to_string()}));
        data.insert("importado".into(), self.amount(imported));
        data.insert("comprado".into(), self.amount(bought));
        data.insert("vae".into(), self.percent(share));
        self.sheet("FUO_VAE", "fuo_vae", 3, data)
    }
}
