//! The foot of a voucher: subtotal, IVA and total, checked against each other.

use super::Candidates;
use super::collect::{Stretch, has, stretches};
use crate::documents::cut::Cut;
use crate::grammar::{access_key, money, pattern};
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{FactValue, Money};
use rust_decimal::Decimal;
use std::ops::Range;

pattern!(
    FOOT,
    r"(subtotal sin impuestos|sub ?total(?: iva)?(?: tarifa)?(?: ?\d{1,2}(?:[.,]00?)? ?%)?(?: sin iva)?|i\.?v\.?a\.?(?: ?\(?\d{1,2}(?:[.,]00?)? ?%\)?)?|valor total|importe total|total a pagar|total factura|total)[ :=]*((?:usd?\.? ?)?\$? ?\d[\d.,']*\d)\b"
);

/// Holds the lines of a foot.
#[derive(Default)]
struct Foot {
    before_tax: Vec<Line>,
    without_tax: Option<Line>,
    tax: Vec<Line>,
    total: Vec<Line>,
}

#[derive(Clone)]
struct Line {
    amount: Decimal,
    place: Range<usize>,
}

/// Reads `subtotal`, `iva` and `total` of an invoice, the total of a proforma that breaks its tax down, and what the access key says.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    match cut.kind.0.as_str() {
        "FACTURA" => {
            for stretch in stretches(layouts, cut) {
                key(found, &stretch);
                invoice(found, &stretch);
            }
        }
        "PROFORMA" => {
            for stretch in stretches(layouts, cut) {
                let foot = foot(&stretch);
                // The quoted total is the one before tax: the offer is compared without IVA.
                if let (Some(line), false, false) =
                    (chosen(&foot.before_tax), foot.tax.is_empty(), has(found, "total_numeros"))
                {
                    found.list.retain(|candidate| candidate.field != "total");
                    keep(found, &stretch, "total", line, if balanced(&foot) { 0.93 } else { 0.7 });
                }
            }
        }
        _ => {}
    }
}

fn foot(stretch: &Stretch<'_>) -> Foot {
    let text = stretch.text.ascii();
    let mut foot = Foot::default();
    for captures in FOOT.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let (Some(label), Some(value)) = (captures.get(1), captures.get(2)) else { continue };
        let letter_before =
            text[..label.start()].bytes().next_back().is_some_and(|byte| byte.is_ascii_alphanumeric());
        let after = &text[value.end()..];
        if letter_before || after.trim_start().starts_with('%') {
            continue;
        }
        let amount = Folded::new(text.get(value.range()).unwrap_or_default());
        let Some(amount) = money::read(&amount, 0..amount.len()).and_then(|found| found.value.number.exact())
        else {
            continue;
        };
        let line = Line { amount, place: stretch.place(&value.range()) };
        match label.as_str() {
            "subtotal sin impuestos" => foot.without_tax = Some(line),
            label if label.starts_with("sub") => foot.before_tax.push(line),
            label if label.starts_with('i') && !label.starts_with("importe") => foot.tax.push(line),
            _ => foot.total.push(line),
        }
    }
    foot
}

/// Returns the line that counts: the only one, or the only one that is not zero (rates that were not used).
fn chosen(lines: &[Line]) -> Option<Line> {
    let used: Vec<&Line> = lines.iter().filter(|line| !line.amount.is_zero()).collect();
    match used.as_slice() {
        [] => lines.first().cloned(),
        [first, others @ ..] if others.iter().all(|other| other.amount == first.amount) => {
            Some((*first).clone())
        }
        _ => None,
    }
}

fn balanced(foot: &Foot) -> bool {
    let subtotal = foot.without_tax.clone().or_else(|| chosen(&foot.before_tax));
    match (subtotal, chosen(&foot.tax), chosen(&foot.total)) {
        (Some(subtotal), Some(tax), Some(total)) => {
            (subtotal.amount + tax.amount - total.amount).abs() <= Decimal::new(2, 2)
        }
        _ => false,
    }
}

fn invoice(found: &mut Candidates, stretch: &Stretch<'_>) {
    let foot = foot(stretch);
    let sure = if balanced(&foot) { 0.96 } else { 0.75 };
    let subtotal = foot.without_tax.clone().or_else(|| chosen(&foot.before_tax));
    for (field, line) in [("subtotal", subtotal), ("iva", chosen(&foot.tax)), ("total", chosen(&foot.total))]
    {
        if let Some(line) = line.filter(|_| field == "iva" || !has(found, field) || sure > 0.9) {
            keep(found, stretch, field, line, sure);
        }
    }
}

fn keep(found: &mut Candidates, stretch: &Stretch<'_>, field: &str, line: Line, confidence: f64) {
    stretch.keep(found, field, FactValue::Money(Money(line.amount)), line.place, confidence, "pie@1");
}

/// What the access key says of issuer, day and number stands in its figures: it fills what no print gave, and confirms the rest.
fn key(found: &mut Candidates, stretch: &Stretch<'_>) {
    let Some(key) = access_key::find(&stretch.text).into_iter().next() else { return };
    let place = stretch.place(&key.range);
    if !has(found, "clave_acceso") {
        stretch.keep(
            found,
            "clave_acceso",
            FactValue::Text(key.value.digits.clone()),
            place.clone(),
            0.95 * key.certainty,
            "clave_acceso@1",
        );
    }
    if !key.value.agrees {
        return;
    }
    let part = |from: usize, to: usize| place.start + from..place.start + to;
    let whole = place.len() == 49;
    if let (Some(issuer), true) = (key.value.issuer(), whole) {
        stretch.keep(found, "ruc_emisor", FactValue::Ruc(issuer), part(10, 23), 0.85, "clave_acceso@1");
    }
    if let (Some(day), true, false) = (key.value.date(), whole, has(found, "fecha")) {
        stretch.keep(found, "fecha", FactValue::Date(day), part(0, 8), 0.8, "clave_acceso@1");
    }
    if let (Some(number), true, false) = (key.value.number(), whole, has(found, "numero")) {
        stretch.keep(found, "numero", FactValue::Text(number), part(24, 39), 0.8, "clave_acceso@1");
    }
}
