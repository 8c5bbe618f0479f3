//! Closings that run on in one paragraph: «Para constancia, firmo. REPRESENTANTE LEGAL Ana Lema Cruz (LUGAR Y FECHA) Loja, 3 de mayo de 2024».

use super::collect::has;
use super::{Candidate, Candidates, reading, single};
use crate::documents::cut::Cut;
use crate::grammar::{date, pattern};
use crate::layout::{Folded, PageLayout};
use cotejo_domain::FactValue;
use std::ops::Range;

pattern!(
    SIGNED,
    r"\b(?:firma del oferente(?:, su representante legal,? apoderado o procurador comun)?(?: ?\(segun el caso\))?|firma del representante legal|firmado electronicamente por:?|representante legal|apoderad[oa](?: especial)?|procurador[a]? comun|gerente general)[:,]? "
);
pattern!(
    CUE,
    r"\bpara constancia\b|\blugar y fecha\b|^\W*(?:firma del|firmado|representante legal|apoderad[oa]\b|procurador)"
);
/// Words that begin the name of a town of two words.
const TOWN_BEGINS: [&str; 13] = [
    "santa", "santo", "san", "el", "la", "los", "las", "puerto", "nueva", "nuevo", "general", "simon",
    "pedro",
];
/// Rows at the end of a paper among which it closes.
const LAST: usize = 10;

/// Reads the signer and the day of a form whose closing is one paragraph; `field` is the day's name.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut, field: &str) {
    let Some(span) = cut.spans.last() else { return };
    let layout = &layouts[span.page];
    let end = span.rows.end.min(layout.rows.len());
    let start = span.rows.start.max(end.saturating_sub(LAST));
    for rows in paragraphs(layout, start..end) {
        let Some(place) = super::text_range(layout, &rows) else { continue };
        let text = Folded::new(layout.text.raw(place.clone()));
        if !CUE.as_ref().is_some_and(|pattern| pattern.is_match(text.ascii())) {
            continue;
        }
        let days = date::find(&text);
        if let ([day], false) = (days.as_slice(), has(found, field))
            && after_a_town(&text, day.range.start)
        {
            found.list.push(Candidate {
                field: field.into(),
                value: FactValue::Date(day.value),
                raw: text.raw(day.range.clone()).to_string(),
                page: span.page,
                places: single(place.start + day.range.start..place.start + day.range.end),
                confidence: 0.88 * day.certainty,
                extractor: "fecha@1",
            });
            fill(found, cut, "fecha");
        }
        let name = if has(found, "firmante") {
            None
        } else {
            signer(&text, days.first().map(|day| day.range.start))
        };
        let Some((name, sure)) = name else { continue };
        let written = Folded::new(text.raw(name.clone()));
        if let reading::Reading::Value { value, range, certainty } =
            reading::read(super::FieldKind::Person, &written, None)
        {
            let start = place.start + name.start;
            found.list.push(Candidate {
                field: "firmante".into(),
                value,
                raw: written.raw(range.clone()).to_string(),
                page: span.page,
                places: single(start + range.start..start + range.end),
                confidence: sure * certainty,
                extractor: "firmante@1",
            });
            fill(found, cut, "firmante");
        }
    }
}

/// Counts a slot as filled on forms that leave nothing else to the bidder: of any other the empty model may be signed.
fn fill(found: &mut Candidates, cut: &Cut, slot: &'static str) {
    let nothing_else = cotejo_domain::document_type_entry(&cut.kind.0).is_some_and(|entry| {
        entry.fields.iter().all(|field| matches!(field.name.as_str(), "firmante" | "fecha"))
    });
    if nothing_else {
        found.slots.push((slot, true));
    }
}

/// Parts rows into paragraphs by the room between them.
fn paragraphs(layout: &PageLayout, rows: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for row in rows {
        let joined = row.checked_sub(1).is_some_and(|above| {
            let (above, current) = (&layout.rows[above], &layout.rows[row]);
            let height = (current.bounds[3] - current.bounds[1]).clamp(5.0, 20.0);
            !layout.reading_view && current.bounds[1] - above.bounds[3] < height * 0.95
        });
        match found.last_mut() {
            Some(last) if joined && last.end == row => last.end = row + 1,
            _ => found.push(row..row + 1),
        }
    }
    found
}

/// «Santa Elena, 3 de octubre de 2026»: a capital word and a comma before the day.
fn after_a_town(text: &Folded, day: usize) -> bool {
    let before = text.raw(0..day).trim_end();
    before.strip_suffix(',').is_some_and(|before| {
        before.rsplit(' ').next().is_some_and(|word| word.starts_with(char::is_uppercase))
    })
}

/// Finds the name after the last words that announce a signature. Where a town and a day follow at once, the town's words are taken off;
/// what is left must be a name of three or four words, or written in other letters than the town.
fn signer(text: &Folded, day: Option<usize>) -> Option<(Range<usize>, f64)> {
    let start = crate::grammar::ranges(&SIGNED, text.ascii()).last()?.end;
    let rest = text.raw(start..text.len());
    let mut words: Vec<(Range<usize>, &str)> = Vec::new();
    let mut at = 0;
    for word in rest.split_inclusive(' ') {
        let range = at..at + word.trim_end().len();
        at += word.len();
        let word = word.trim_end();
        let bare = word.trim_end_matches([',', '.']);
        let letters =
            !bare.is_empty() && bare.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '\'' | '-'));
        if !letters
            || !bare.starts_with(char::is_uppercase)
            || matches!(bare, "Lugar" | "LUGAR" | "Para" | "Firma")
        {
            break;
        }
        words.push((range, word));
        if word.ends_with(',') {
            break;
        }
    }
    let honorific = words.first().is_some_and(|(_, word)| word.ends_with('.') && word.chars().count() <= 6);
    let names = &words[usize::from(honorific)..];
    let (first, last) = (names.first()?, names.last()?);
    let to = |end: usize| Some(index_of(text, start, first.0.start)?..index_of(text, start, end)?);
    let town = last.1.ends_with(',') && day.is_some_and(|day| day >= start);
    if !town {
        let whole = (2..=5).contains(&names.len()) && !last.1.ends_with(',');
        return to(last.0.end).filter(|_| whole).map(|range| (range, 0.84));
    }
    let capitals = |word: &str| word.chars().filter(|sign| sign.is_alphabetic()).all(char::is_uppercase);
    let by_letters = names.iter().position(|(_, word)| !capitals(word)).filter(|_| capitals(first.1));
    let two = names.len() >= 2 && TOWN_BEGINS.contains(&Folded::new(names[names.len() - 2].1).ascii());
    let count = by_letters.unwrap_or_else(|| names.len().saturating_sub(if two { 2 } else { 1 }));
    let sure = by_letters.is_some() || (3..=4).contains(&count);
    let end = names.get(count.checked_sub(1)?)?.0.end;
    to(end).filter(|_| sure && count >= 2).map(|range| (range, 0.8))
}

/// Returns the index of the folded text for a byte of the raw text after a start.
fn index_of(text: &Folded, start: usize, raw: usize) -> Option<usize> {
    let rest = text.raw(start..text.len());
    let characters = rest.get(..raw)?.chars().count();
    Some(start + characters).filter(|index| *index <= text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::cut::Span;
    use crate::layout::tests::prose;
    use cotejo_domain::Confidence;

    fn found(kind: &str, rows: &[&str]) -> Candidates {
        let layouts = [PageLayout::new(&prose(1, rows))];
        let cut = Cut {
            kind: kind.into(),
            confidence: Confidence::CERTAIN,
            spans: vec![Span { page: 0, rows: 0..rows.len() }],
        };
        let mut found = Candidates::default();
        read(&mut found, &layouts, &cut, "fecha");
        found
    }

    fn facts(rows: &[&str]) -> Vec<(String, String)> {
        let list = found("FORM_INTEGRIDAD", rows).list;
        list.into_iter().map(|candidate| (candidate.field, candidate.value.canonical())).collect()
    }

    #[test]
    fn signer_and_day_stand_in_one_paragraph() {
        let expected = |name: &str| {
            vec![("fecha".to_string(), "2024-05-03".to_string()), ("firmante".to_string(), name.to_string())]
        };
        assert_eq!(
            facts(&[
                "Para constancia, firmo. REPRESENTANTE LEGAL Ing. Ana Belén Lema Cruz (LUGAR Y FECHA) Loja, 3 de",
                "mayo de 2024"
            ]),
            expected("Ana Belén Lema Cruz")
        );
        assert_eq!(
            facts(&[
                "Lugar y fecha: Loja, 03/05/2024 FIRMA DEL OFERENTE, SU REPRESENTANTE LEGAL, APODERADO O",
                "PROCURADOR COMÚN (según el caso) Ana Belén Lema Cruz"
            ]),
            expected("Ana Belén Lema Cruz")
        );
        assert_eq!(
            facts(&["Para constancia firmo. Apoderado Ana Belén Lema Cruz Santa Elena, 3 de mayo de 2024"]),
            expected("Ana Belén Lema Cruz"),
            "the town is none of the name"
        );
        assert_eq!(
            facts(&["Para constancia firmo. Apoderado LEMA CRUZ ANA Santo Domingo, 3 de mayo de 2024"]),
            expected("LEMA CRUZ ANA"),
            "letters part name and town"
        );
    }

    #[test]
    fn a_signature_fills_only_the_form_that_asks_for_nothing_else() {
        let rows =
            ["Para constancia, firmo. Apoderado Ana Belén Lema Cruz (LUGAR Y FECHA) Loja, 3 de mayo de 2024"];
        assert_eq!(found("FORM_INTEGRIDAD", &rows).slots.len(), 2);
        assert!(found("FUO_1_1", &rows).slots.is_empty(), "an empty model may be signed");
    }

    #[test]
    fn where_a_name_ends_is_not_guessed() {
        let found = facts(&["Para constancia firmo. Apoderado Ana Lema Loja, 3 de mayo de 2024"]);
        assert!(!found.iter().any(|(field, _)| field == "firmante"), "«Lema Loja» may be a town: {found:?}");
        let found = facts(&[
            "el representante legal Ana Belén Lema Cruz intervino en la visita del 3 de mayo de 2024",
        ]);
        assert!(found.is_empty(), "a sentence is no closing: {found:?}");
    }
}
