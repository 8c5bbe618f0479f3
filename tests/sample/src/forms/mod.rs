//! The papers of a bid: each gives the data that its template prints.

pub(crate) mod economic;
pub(crate) mod general;
pub(crate) mod legal;
pub(crate) mod offices;
pub(crate) mod people;
pub(crate) mod process;
pub(crate) mod support;
pub(crate) mod technical;

use crate::bidder::{Bidder, Fault};
use crate::random::Draw;
use crate::scenario::Scenario;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// One paper, ready to be typeset.
#[derive(Clone, Debug)]
pub(crate) struct Sheet {
    /// Type by the catalogue.
    pub kind: &'static str,
    /// Template.
    pub template: &'static str,
    /// Variant of the template.
    pub variant: usize,
    /// Data.
    pub data: Value,
    /// Style.
    pub style: Value,
    /// True for a landscape page.
    pub landscape: bool,
    /// True when the author's running header and footer stand on it.
    pub running: bool,
    /// True when it is the empty template.
    pub blank: bool,
}

/// A value with its canonical form.
#[must_use]
pub(crate) fn marked(text: impl Into<String>, value: impl Into<String>) -> Value {
    json!({"t": text.into(), "v": value.into()})
}

/// A text that is its own canonical form.
#[must_use]
pub(crate) fn fact(text: &str) -> Value {
    marked(text, text)
}

/// Writes papers for one bidder.
pub(crate) struct Author<'a> {
    /// The process.
    pub scenario: &'a Scenario,
    /// The bidder.
    pub bidder: &'a Bidder,
}

impl Author<'_> {
    /// An amount with the author's currency sign.
    #[must_use]
    pub(crate) fn amount(&self, value: Decimal) -> Value {
        let habits = &self.bidder.habits;
        marked(format!("{}{}", habits.currency, habits.notation.number(value, 2)), format!("{value:.2}"))
    }

    /// An amount without sign, as in tables.
    #[must_use]
    pub(crate) fn bare(&self, value: Decimal) -> Value {
        marked(self.bidder.habits.notation.number(value, 2), format!("{value:.2}"))
    }

    /// A number with this many decimals.
    #[must_use]
    pub(crate) fn number(&self, value: Decimal, decimals: u32) -> Value {
        marked(
            self.bidder.habits.notation.number(value, decimals),
            format!("{:.*}", decimals as usize, value),
        )
    }

    /// A quantity: whole where it is whole, else two decimals.
    #[must_use]
    pub(crate) fn quantity(&self, value: Decimal) -> Value {
        if value.fract().is_zero() && self.bidder.habits.variants.is_multiple_of(2) {
            self.number(value, 0)
        } else {
            self.number(value, 2)
        }
    }

    /// A percentage.
    #[must_use]
    pub(crate) fn percent(&self, hundredths: i64) -> Value {
        let value = Decimal::new(hundredths, 2);
        let text = self.bidder.habits.notation.number(
            value,
            if value.fract().is_zero() && self.bidder.habits.variants & 4 == 0 { 0 } else { 2 },
        );
        marked(
            format!("{text}{}", if self.bidder.habits.variants & 8 == 0 { "%" } else { " %" }),
            value.normalize().to_string(),
        )
    }

    /// A date in the author's habit.
    #[must_use]
    pub(crate) fn date(&self, date: jiff::civil::Date) -> Value {
        marked(self.bidder.habits.dates.date(date), date.to_string())
    }

    /// A number of days in figures and words.
    #[must_use]
    pub(crate) fn days(&self, days: u32) -> Value {
        let words = cotejo_domain::spanish::number_before_noun(u64::from(days));
        let text = match self.bidder.habits.variants % 3 {
            0 => format!("{days} ({words}) días calendario"),
            1 => format!("{days} días"),
            _ => format!("{days} ({}) DÍAS", words.to_uppercase()),
        };
        marked(text, days.to_string())
    }

    /// Draws for one paper, so that papers do not shift one another.
    #[must_use]
    pub(crate) fn draw(&self, purpose: &str) -> Draw {
        Draw::new(self.scenario.seed, &format!("{} {purpose}", self.bidder.number))
    }

    /// The code that this form prints.
    #[must_use]
    pub(crate) fn code(&self, kind: &'static str) -> Value {
        if self.bidder.has(Fault::WrongCode(kind)) {
            fact(&self.bidder.other_code)
        } else {
            fact(&self.scenario.code)
        }
    }

    /// What every form shares.
    #[must_use]
    pub(crate) fn base(&self, kind: &'static str) -> Map<String, Value> {
        let bidder = self.bidder;
        let place = format!("{}, {}", bidder.city, bidder.habits.dates.long(bidder.date));
        let mut map = Map::new();
        let mut put = |key: &str, value: Value| map.insert(key.into(), value);
        put("codigo", self.code(kind));
        put("entidad", fact(&self.scenario.entity.name));
        put("objeto", fact(&self.scenario.object));
        put("oferente", fact(&bidder.name));
        put("ruc", json!(bidder.parties[0].ruc));
        put("firmante", fact(&bidder.signer().name));
        put("calidad", json!(bidder.quality()));
        put("lugar_fecha", marked(place, bidder.date.to_string()));
        put("en_blanco", json!(false));
        put("numero", json!(""));
        if bidder.profile == crate::bidder::Profile::Scanned {
            put("tinta", ink(&mut self.draw(&format!("tinta {kind}"))));
        }
        map
    }

    /// Makes a sheet in the author's style.
    #[must_use]
    pub(crate) fn sheet(
        &self,
        kind: &'static str,
        template: &'static str,
        variants: usize,
        data: Map<String, Value>,
    ) -> Sheet {
        let variant = Draw::new(self.bidder.habits.variants, template).below(variants);
        let blank = self.bidder.has(Fault::BlankForm(kind));
        let data = if blank { blanked(Value::Object(data)) } else { Value::Object(data) };
        Sheet {
            kind,
            template,
            variant,
            data,
            style: self.bidder.habits.style.clone(),
            landscape: false,
            running: true,
            blank,
        }
    }
}

/// Draws a scribble.
#[must_use]
pub(crate) fn ink(draw: &mut Draw) -> Value {
    let mut x = 4.0;
    let points: Vec<Value> = (0..9)
        .map(|_| {
            x += 4.0 + draw.unit() * 9.0;
            json!([x, 6.0 + draw.unit() * 24.0])
        })
        .collect();
    Value::Array(points)
}

fn placeholder(key: &str) -> &'static str {
    match key {
        "codigo" => "(código del proceso)",
        "oferente" | "nombre" => "(nombre del oferente)",
        "entidad" => "(nombre de la entidad contratante)",
        "objeto" => "(objeto de la contratación)",
        "firmante" => "……………………………",
        "calidad" | "en_calidad" => "(representante legal, apoderado o procurador común)",
        "lugar_fecha" => "(LUGAR Y FECHA)",
        "ruc" => "(número de RUC)",
        _ => "……………",
    }
}

/// Empties a form: every value becomes a place to fill in, and tables keep two empty rows.
fn blanked(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let emptied = map.into_iter().map(|(key, value)| {
                let value = match (&key[..], &value) {
                    ("en_blanco", _) => json!(true),
                    ("tinta", _) => Value::Null,
                    ("natural", _) => json!(false),
                    (
                        "numero" | "bolsa" | "consorcio" | "meses" | "obras" | "firma" | "hoja" | "hojas"
                        | "intermediario_si",
                        _,
                    ) => {
                        if key == "bolsa" {
                            json!("")
                        } else {
                            value
                        }
                    }
                    (key, Value::String(_)) => json!(placeholder(key)),
                    (key, Value::Object(inner)) if inner.contains_key("t") => json!({"t": placeholder(key)}),
                    _ => blanked(value),
                };
                (key, value)
            });
            Value::Object(emptied.collect())
        }
        Value::Array(rows) => Value::Array(rows.into_iter().take(2).map(blanked).collect()),
        other => other,
    }
}
