//! Fills the places of a template so that the paper is consistent: sums add up, the bidder stays the same, and every value that prints a
//! field of the catalogue is known in its canonical form.

use super::numbers;
use super::party::Party;
use crate::random::Random;
use crate::slots;
use crate::templates::{Fill, Filled, Slot};
use cotejo_domain::{DocumentTypeEntry, Money, spanish};
use jiff::civil::{Date, date};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Holds what one paper has printed so far.
pub(crate) struct Filler<'a> {
    party: &'a Party,
    entry: &'static DocumentTypeEntry,
    /// Single fields: the same field prints the same value on every place.
    single: BTreeMap<String, Filled>,
    /// Places whose first occurrence is the bidder's.
    taken: BTreeSet<String>,
    /// Rows of each list so far, and the lists that the current line has touched.
    rows: BTreeMap<String, u32>,
    touched: BTreeSet<String>,
    repeated: bool,
    quantity: Option<Decimal>,
    price: Option<Decimal>,
    sum: Decimal,
    last: Decimal,
    /// Whether the form is handed in as the empty model.
    empty: bool,
    /// Fields that the catalogue does not have: a fault of the template.
    pub(crate) unknown: BTreeSet<String>,
}

impl<'a> Filler<'a> {
    pub(crate) fn new(party: &'a Party, entry: &'static DocumentTypeEntry) -> Self {
        Self {
            party,
            entry,
            single: BTreeMap::new(),
            taken: BTreeSet::new(),
            rows: BTreeMap::new(),
            touched: BTreeSet::new(),
            repeated: false,
            quantity: None,
            price: None,
            sum: Decimal::ZERO,
            last: Decimal::ZERO,
            empty: false,
            unknown: BTreeSet::new(),
        }
    }

    /// Leaves every place as the model of the form has it.
    pub(crate) fn emptied(self) -> Self {
        Self { empty: true, ..self }
    }

    /// Begins a line; `repeated` when its template line comes several times.
    pub(crate) fn begin_line(&mut self, repeated: bool) {
        self.touched.clear();
        self.repeated = repeated;
    }

    /// Returns the row that a list stands at, where the field belongs to one.
    pub(crate) fn row_of(&self, field: &str) -> Option<u32> {
        self.rows.get(field.split_once("[]")?.0).copied()
    }

    /// Returns the field of the catalogue that a template's name means: `items.pu` is `items[].pu`.
    fn resolve(&mut self, name: &str) -> Option<String> {
        let fields = &self.entry.fields;
        let listed = name.split_once('.').map(|(list, column)| (format!("{list}[]"), column));
        let found = fields
            .iter()
            .map(|field| field.name.as_str())
            .find(|field| *field == name || field.replace("[]", "") == name)
            .map(str::to_owned)
            // A list that the catalogue names as a whole has columns of its own.
            .or_else(|| {
                let (list, column) = listed?;
                fields.iter().any(|field| field.name == list).then(|| format!("{list}.{column}"))
            });
        if found.is_none() {
            self.unknown.insert(format!("{} {name}", self.entry.id));
        }
        found
    }

    fn marked(&mut self, field: &str, make: impl FnOnce(&mut Self) -> (String, String)) -> Filled {
        if let Some((list, _)) = field.split_once("[]") {
            if self.touched.insert(list.into()) {
                *self.rows.entry(list.into()).or_default() += 1;
            }
            let (text, value) = make(self);
            return Filled { text, mark: Some((field.into(), value)) };
        }
        if let Some(known) = self.single.get(field) {
            return known.clone();
        }
        let (text, value) = make(self);
        let filled = Filled { text, mark: Some((field.into(), value)) };
        self.single.insert(field.into(), filled.clone());
        filled
    }

    /// Makes a text for a place, with its canonical value.
    fn make(&mut self, name: &str, listed: bool, random: &mut Random) -> (String, String) {
        let own = !listed && !self.repeated;
        let shared = match name {
            "codigo" if own => Some(&self.party.process),
            "entidad" if own => Some(&self.party.entity),
            "objeto_obra" if own => Some(&self.party.work),
            "objeto_bien" | "objeto" if own => Some(&self.party.goods),
            "empresa" if own && self.taken.insert(name.into()) => Some(&self.party.firm),
            "ruc" if own && self.taken.insert(name.into()) => Some(&self.party.ruc),
            "persona" if own && self.taken.insert(name.into()) => Some(&self.party.representative),
            "cedula" if own && self.taken.insert(name.into()) => Some(&self.party.cedula),
            _ => None,
        };
        if let Some(shared) = shared {
            return (shared.clone(), shared.clone());
        }
        let same = |text: String| (text.clone(), text);
        match name {
            "ruc" => same(numbers::ruc(random)),
            "cedula" => same(numbers::cedula(random)),
            "fecha" | "fecha_corta" | "fecha_hora" => self.date(name, random),
            "dias" => same(random.pick(&["15", "24", "30", "45", "60", "90", "120", "180", "240"]).into()),
            "plazo_dias" => {
                let days = random.pick(&["30", "45", "60", "90", "120", "180"]);
                (format!("{days} días calendario"), days.into())
            }
            "plazo_meses" => same(format!("{} meses", random.pick(&["6", "12", "18", "24", "36"]))),
            "plazo_anios" => {
                let years = random.pick(&["2", "3", "4", "5"]);
                (format!("{years} años"), years.into())
            }
            "clave49" => same(numbers::access_key(moment(random), &self.party.ruc, random)),
            "factura" => same(format!("001-00{}-{:09}", random.between(1, 9), random.between(1, 99_999))),
            "secuencia" => same(self.rows.values().copied().max().unwrap_or(1).to_string()),
            "monto_letras" | "suma_letras" => {
                let amount = if self.sum > Decimal::ZERO { self.sum } else { self.last };
                let words = spanish::amount_in_words(Money(amount)).unwrap_or_default();
                // What the words say is the amount.
                (if random.chance(0.4) { words.to_uppercase() } else { words }, amount.to_string())
            }
            _ => self.number(name, random).unwrap_or_else(|| same(slots::fill(name, random))),
        }
    }

    fn number(&mut self, name: &str, random: &mut Random) -> Option<(String, String)> {
        let notation = self.party.notation;
        let value = match name {
            "monto" => numbers::amount(random, 900_000),
            "pu" => numbers::amount(random, 900),
            "cant" => numbers::amount(random, 2_000),
            "cantidad" => Decimal::from(random.between(1, 300)),
            "dec" => Decimal::new(i64::try_from(random.between(11, 590)).unwrap_or(100), 2),
            "pct" => Decimal::new(i64::try_from(random.between(100, 9_900)).unwrap_or(100), 2),
            "producto" => {
                let product = self.quantity.unwrap_or(Decimal::ONE) * self.price.unwrap_or(Decimal::TEN);
                let product = product.round_dp(2);
                self.sum += product;
                product
            }
            "suma" if self.sum > Decimal::ZERO => self.sum,
            "suma" => numbers::amount(random, 900_000),
            _ => return None,
        };
        match name {
            "pu" => self.price = Some(value),
            "cant" | "cantidad" => self.quantity = Some(value),
            _ => {}
        }
        self.last = value;
        let text = match name {
            "cantidad" => value.to_string(),
            "monto" | "suma" if !self.repeated => format!("{}{}", self.party.currency, notation.write(value)),
            _ => notation.write(value),
        };
        Some((text, value.to_string()))
    }

    fn date(&self, name: &str, random: &mut Random) -> (String, String) {
        let day = moment(random);
        let text = match (name, self.party.dates) {
            ("fecha", _) => format!("{} de {} de {}", day.day(), spanish::month_name(day), day.year()),
            (_, 0) => format!("{:02}/{:02}/{}", day.day(), day.month(), day.year()),
            (_, 1) => format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day()),
            _ => format!("{:02}-{:02}-{}", day.day(), day.month(), day.year()),
        };
        let clock = format!(" {:02}:{:02}", random.between(8, 17), random.between(0, 59));
        (if name == "fecha_hora" { text + &clock } else { text }, day.to_string())
    }
}

/// Draws a day of the last ten years.
fn moment(random: &mut Random) -> Date {
    let number = |low, high, random: &mut Random| i8::try_from(random.between(low, high)).unwrap_or(1);
    let (month, day) = (number(1, 12, random), number(1, 28, random));
    date(i16::try_from(random.between(2016, 2026)).unwrap_or(2024), month, day)
}

impl Fill for Filler<'_> {
    fn place(&mut self, slot: &Slot<'_>, random: &mut Random) -> Filled {
        let field = match slot.field {
            Some(name) => self.resolve(name),
            None => slot
                .implied
                .iter()
                .find(|name| self.entry.fields.iter().any(|field| field.name == **name))
                .map(|name| (*name).to_owned()),
        };
        match field {
            _ if self.empty => Filled { text: slots::blank(slot.name, random), mark: None },
            Some(field) => {
                let listed = field.contains("[]");
                self.marked(&field, |filler| filler.make(slot.name, listed, random))
            }
            None => Filled { text: self.make(slot.name, false, random).0, mark: None },
        }
    }

    fn literal(&mut self, field: &str, text: &str, value: &str) -> Filled {
        match self.resolve(field) {
            _ if self.empty => Filled { text: "__________".into(), mark: None },
            Some(field) => self.marked(&field, |_| (text.to_owned(), value.to_owned())),
            None => Filled { text: text.into(), mark: None },
        }
    }
}
