//! The day of a paper that no label names: it stands alone on its row, or after the town where the paper was written.

use super::collect::has;
use super::{Candidate, Candidates, single};
use crate::documents::cut::Cut;
use crate::grammar::date;
use crate::layout::{Folded, PageLayout};
use cotejo_domain::{FactValue, document_type_entry};

/// Fields that are the day of the paper itself.
const FIELDS: [&str; 3] = ["fecha", "lugar_fecha", "fecha_envio"];
/// Types whose day is another than that on which they were written.
const OF_ANOTHER_DAY: [&str; 4] = ["FACTURA", "NOMBRAMIENTO", "CONTRATO_EXP", "CONSORCIO_CONSTITUIDO"];
/// Words beside the day: a town, «a», «de», «Fecha».
const MOST_WORDS: usize = 4;

/// Reads it where every such row of the paper says the same day.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    let kind = cut.kind.0.as_str();
    let Some(entry) = document_type_entry(kind).filter(|_| !OF_ANOTHER_DAY.contains(&kind)) else { return };
    let Some(field) = FIELDS.into_iter().find(|field| entry.fields.iter().any(|known| known.name == *field))
    else {
        return;
    };
    if has(found, field) {
        return;
    }
    let mut days: Vec<Candidate> = Vec::new();
    for span in &cut.spans {
        let layout = &layouts[span.page];
        for row in layout.rows.iter().take(span.rows.end.min(layout.rows.len())).skip(span.rows.start) {
            for segment in &row.segments {
                let text = Folded::new(layout.text.raw(segment.range.clone()));
                let found = date::find(&text);
                let [day] = found.as_slice() else { continue };
                if !is_alone(&text, &day.range) {
                    continue;
                }
                let start = segment.range.start;
                days.push(Candidate {
                    field: field.into(),
                    value: FactValue::Date(day.value),
                    raw: text.raw(day.range.clone()).to_string(),
                    page: span.page,
                    places: single(start + day.range.start..start + day.range.end),
                    confidence: 0.8 * day.certainty,
                    extractor: "dia@1",
                });
            }
        }
    }
    let one_day = days.windows(2).all(|pair| pair[0].value == pair[1].value);
    found.list.extend(days.into_iter().next().filter(|_| one_day));
}

/// Tells whether beside a day stands a town at most: nothing that says whose day it is.
fn is_alone(text: &Folded, day: &std::ops::Range<usize>) -> bool {
    let (before, after) = (&text.ascii()[..day.start], &text.ascii()[day.end..]);
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic() || b" ,.-".contains(&byte));
    let town = before.trim().is_empty() || before.trim_end().ends_with([',', '.', '-']);
    plain(before)
        && town
        && before.split_whitespace().count() <= MOST_WORDS
        && after.trim_matches([' ', '.']).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::cut::Span;
    use crate::layout::tests::prose;
    use cotejo_domain::Confidence;

    fn day(kind: &str, rows: &[&str]) -> Option<String> {
        let layouts = [PageLayout::new(&prose(1, rows))];
        let spans = vec![Span { page: 0, rows: 0..layouts[0].rows.len() }];
        let cut = Cut { kind: kind.into(), confidence: Confidence::CERTAIN, spans };
        let mut found = Candidates::default();
        read(&mut found, &layouts, &cut);
        found.list.first().map(|candidate| candidate.value.canonical())
    }

    #[test]
    fn a_day_alone_or_after_a_town_is_the_papers() {
        assert_eq!(
            day("FORM_INTEGRIDAD", &["ACUERDO DE INTEGRIDAD", "12/03/2026"]).as_deref(),
            Some("2026-03-12")
        );
        assert_eq!(
            day("PODER", &["Santo Domingo, 3 de mayo de 2025", "doy poder"]).as_deref(),
            Some("2025-05-03")
        );
    }

    #[test]
    fn a_day_of_something_else_or_two_days_say_nothing() {
        assert_eq!(day("PODER", &["Vence el 3 de mayo de 2025"]), None, "a sentence says whose day it is");
        assert_eq!(day("PODER", &["Loja, 3 de mayo de 2025", "Quito, 4 de mayo de 2025"]), None);
        assert_eq!(day("FACTURA", &["12/03/2026"]), None, "of an invoice it may be any");
    }
}
