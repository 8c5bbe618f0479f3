//! The total of an offer, in figures and in words.

use super::{Candidate, Candidates, Undecided};
use crate::documents::cut::Cut;
use crate::grammar::{money, pattern, words};
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{FactValue, Money};
use rust_decimal::Decimal;
use std::ops::Range;

pattern!(
    TOTAL_LABEL,
    r"(?:(?:precio|valor|monto|costo) )?total (?:general )?(?:de (?:la|mi|nuestra) )?(?:oferta|propuesta|ofertado|ofertada|proforma)(?: economica)?"
);
pattern!(
    TABLE_TOTAL,
    r"^(?:suma )?total(?: general| sin iva| oferta| sin i\.v\.a\.?)*(?: ?\([^)]{1,24}\))?[ :.$]*(?:usd?)?[ :.$]*(?:\d[\d.,' ]*)?$"
);
pattern!(
    SUBTOTAL,
    r"^sub ?total(?: general| sin iva| sin impuestos)*[ :.$]*(?:usd?)?[ :.$]*(?:\d[\d.,' ]*)?$"
);
pattern!(IN_WORDS, r"en letras ?\)?:?|\bson ?:");

/// Reads `total` at the foot of the table, `total_numeros` where the form states the total of the offer, and `total_letras`: its value is the amount, its raw text the words.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    if !matches!(
        cut.kind.0.as_str(),
        "FUO_1_5_RUBROS" | "FUO_1_5_CANT" | "OFERTA_ECONOMICA_CONSULTORIA" | "PROFORMA"
    ) {
        return;
    }
    let in_words = read_words(found, layouts, cut);
    for span in &cut.spans {
        let layout = &layouts[span.page];
        for row in span.rows.clone() {
            let Some(current) = layout.rows.get(row) else { continue };
            let text = layout.row_text(current);
            let labelled = TOTAL_LABEL.as_ref().and_then(|pattern| pattern.find(text));
            let first_segment = current.segments.first().map_or("", |segment| layout.segment_text(segment));
            let table_total = TABLE_TOTAL.as_ref().is_some_and(|pattern| pattern.is_match(first_segment));
            let (start, weight) = match labelled {
                Some(label) => (label.end(), 0.95),
                None if table_total => (5, 0.9),
                None => continue,
            };
            let mut place = current.range.start + start..current.range.end;
            let mut amounts = amounts_in(layout, &place);
            if amounts.is_empty()
                && labelled.is_some()
                && let Some(next) = layout.rows.get(row + 1).filter(|_| row + 1 < span.rows.end)
            {
                place = next.range.clone();
                amounts = amounts_in(layout, &place);
            }
            let field = if labelled.is_some() { "total_numeros" } else { "total" };
            push_total(found, layout, span.page, field, amounts, weight, &in_words);
        }
    }
    subtotal(found, layouts, cut, &in_words);
}

/// Reads the subtotal at the foot of a table of prices that has no total: the offer is compared before tax.
fn subtotal(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut, in_words: &[Decimal]) {
    if ["total", "total_numeros"].iter().any(|field| super::collect::has(found, field)) {
        return;
    }
    let mut rows = cut.spans.iter().flat_map(|span| {
        let layout = &layouts[span.page];
        let rows = span.rows.start..span.rows.end.min(layout.rows.len());
        rows.filter_map(move |row| {
            let current = layout.rows.get(row)?;
            let first = layout.segment_text(current.segments.first()?);
            let foot = SUBTOTAL.as_ref().is_some_and(|pattern| pattern.is_match(first));
            foot.then(|| (layout, span.page, current.range.start + 8..current.range.end))
        })
    });
    // Several subtotals are those of parts.
    if let (Some((layout, page, place)), None) = (rows.next(), rows.next()) {
        let amounts = amounts_in(layout, &place);
        if amounts.len() == 1 {
            push_total(found, layout, page, "total", amounts, 0.85, in_words);
        }
    }
}

/// Gives the total of an offer under the name that the catalogue has for its type, where only the other was read: the same sum stands
/// at the foot of the table and in the sentence under it.
pub(super) fn under_its_name(found: &mut Candidates, kind: &str) {
    let known = |field: &str| {
        cotejo_domain::document_type_entry(kind)
            .is_some_and(|entry| entry.fields.iter().any(|known| known.name == field))
    };
    for (name, other) in [("total", "total_numeros"), ("total_numeros", "total")] {
        if !known(name) || known(other) || super::collect::has(found, name) {
            continue;
        }
        let mut same: Vec<Candidate> =
            found.list.iter().filter(|candidate| candidate.field == other).cloned().collect();
        let value = same.first().map(|candidate| candidate.value.clone());
        if same.iter().any(|candidate| Some(&candidate.value) != value.as_ref()) {
            continue;
        }
        same.iter_mut().for_each(|candidate| candidate.field = name.into());
        found.list.extend(same);
    }
}

fn amounts_in(layout: &PageLayout, place: &Range<usize>) -> Vec<(Range<usize>, money::Amount)> {
    let text = Folded::new(layout.text.raw(place.clone()));
    let all = money::find(&text);
    let marked = all.iter().any(|found| found.value.currency);
    all.into_iter()
        // Cents in words («20/100») and counters are no totals.
        .filter(|found| found.value.currency || !marked && found.range.len() >= 4)
        .map(|found| (place.start + found.range.start..place.start + found.range.end, found.value))
        .collect()
}

fn push_total(
    found: &mut Candidates,
    layout: &PageLayout,
    page: usize,
    field: &'static str,
    amounts: Vec<(Range<usize>, money::Amount)>,
    weight: f64,
    in_words: &[Decimal],
) {
    let filled = !amounts.is_empty();
    found.slots.push((field, filled));
    // With several amounts on the row (unit columns, IVA) the last one is the total column; but then it is less sure.
    let several = amounts.len() > 1;
    let Some((place, amount)) = amounts.into_iter().next_back() else { return };
    let raw = layout.text.raw(place.clone()).to_string();
    let number =
        amount.number.exact().or_else(|| amount.number.confirmed_by(|reading| in_words.contains(&reading)));
    match number {
        Some(number) => found.list.push(Candidate {
            field: field.into(),
            value: FactValue::Money(Money(number)),
            raw,
            page,
            places: vec![place],
            confidence: weight * if several { 0.8 } else { 1.0 },
            extractor: "total@1",
        }),
        None => found.undecided.push(Undecided {
            number: amount.number,
            candidate: Candidate {
                field: field.into(),
                value: FactValue::Money(Money::ZERO),
                raw,
                page,
                places: vec![place],
                confidence: weight,
                extractor: "total@1",
            },
        }),
    }
}

fn read_words(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) -> Vec<Decimal> {
    let mut values = Vec::new();
    for span in &cut.spans {
        let layout = &layouts[span.page];
        let Some(whole) = super::text_range(layout, &span.rows) else { continue };
        let text = Folded::new(layout.text.raw(whole.clone()));
        for amount in words::find(&text)
            .into_iter()
            .filter(|amount| amount.value.money && amount.value.value >= Decimal::ONE)
        {
            let before = text.slice(amount.range.start.saturating_sub(160)..amount.range.start);
            let near_total = TOTAL_LABEL.as_ref().is_some_and(|pattern| pattern.is_match(before))
                || IN_WORDS.as_ref().is_some_and(|pattern| pattern.is_match(before));
            let place = whole.start + amount.range.start..whole.start + amount.range.end;
            let confidence = amount.certainty * if near_total { 0.95 } else { 0.7 };
            values.push(amount.value.value);
            let raw = text.raw(amount.range.clone()).trim().to_string();
            found.list.push(Candidate {
                field: "total_letras".into(),
                value: FactValue::Money(Money(amount.value.value)),
                raw,
                page: span.page,
                places: vec![place],
                confidence,
                extractor: "monto_en_letras@1",
            });
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::cut::Span;
    use crate::layout::tests::prose;
    use cotejo_domain::Confidence;

    fn read_from(rows: &[&str]) -> (Vec<(String, String)>, usize) {
        let layouts = [PageLayout::new(&prose(1, rows))];
        let cut = Cut {
            kind: "FUO_1_5_CANT".into(),
            confidence: Confidence::CERTAIN,
            spans: vec![Span { page: 0, rows: 0..rows.len() }],
        };
        let mut found = Candidates::default();
        read(&mut found, &layouts, &cut);
        (found.list.into_iter().map(|c| (c.field, c.value.canonical())).collect(), found.undecided.len())
    }

    #[test]
    fn figures_and_words_are_two_facts() {
        let (facts, _) = read_from(&[
            "TOTAL 12.650,20",
            "PRECIO TOTAL DE LA OFERTA: USD 12.650,20",
            "(Doce mil seiscientos cincuenta con 20/100 dólares)",
        ]);
        assert!(facts.contains(&("total_numeros".into(), "12650.20".into())), "{facts:?}");
        assert!(facts.contains(&("total_letras".into(), "12650.20".into())), "{facts:?}");
        assert!(
            !facts.iter().any(|(_, value)| value == "20" || value == "100"),
            "cents are no totals: {facts:?}"
        );
    }

    #[test]
    fn an_ambiguous_total_is_confirmed_by_its_words_or_not_at_all() {
        let (facts, undecided) =
            read_from(&["PRECIO TOTAL DE LA OFERTA: USD 1.250", "son: mil doscientos cincuenta dólares"]);
        assert!(facts.contains(&("total_numeros".into(), "1250".into())), "{facts:?}");
        assert_eq!(undecided, 0);
        let (facts, undecided) = read_from(&["PRECIO TOTAL DE LA OFERTA: USD 1.250"]);
        assert!(facts.is_empty() && undecided == 1, "never guessed: {facts:?}");
    }
}
