//! Who signs a paper, and where and when: what stands around its last lines.

use super::{Candidate, Candidates, reading};
use crate::documents::cut::Cut;
use crate::grammar::{date, pattern, placeholder};
use crate::layout::{Folded, PageLayout, squeeze};
use cotejo_domain::FactValue;
use std::ops::Range;

pattern!(
    ANCHOR,
    r"^\W*(?:firma(?: del oferente.{0,90}| autorizada| y sello|:)?|f\) ?.{0,40}|(?:el |la )?(?:representante legal|procurador(?:a)? comun|apoderad[oa](?: especial)?|gerente general|presidente ejecutivo|oferente|contratista)|por (?:mis|sus) propios derechos)(?: de .{0,50}| del .{0,50})?\W*$"
);
pattern!(NAMED, r"^(?:nombres?(?: y apellidos?)?|nombre completo|suscrib[oe]|firmante) ?: ?");
pattern!(
    PLACE_AND_DATE,
    r"^(?:\(?lugar y fecha\)? ?:? ?|dado en |en )?[a-z~. ]{3,40},? ?(?:a |el |al )?(?:los )?"
);
pattern!(
    CAPACITY,
    r"^\W*(?:el |la )?(?:representante legal|procurador(?:a)? comun|apoderad[oa](?: especial)?|gerente general|por (?:mis|sus) propios derechos)(?: de [^,]{0,50}| del [^,]{0,50})?\W*$"
);
pattern!(STAMP, r"firmado electronicamente por");

/// Points between a name and the line of its office: room for a hand, not for the foot of the page.
const SIGNING_ROOM: f64 = 110.0;

/// Types whose end is a signature of one person.
fn is_signed(kind: &str) -> bool {
    kind.starts_with("FUO_")
        || matches!(
            kind,
            "FORM_II_ETAPA"
                | "FORM_INTEGRIDAD"
                | "FORM_SUBCON"
                | "CERT_EXP"
                | "COMPROMISO_PERS"
                | "NOMBRAMIENTO"
                | "DECLARACION_JURAMENTADA"
                | "COMPROMISO_EQUIPO"
                | "PROFORMA"
                | "RESP_CONV"
        )
}

/// Reads the signer and the place and date.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    if !is_signed(&cut.kind.0) {
        return;
    }
    let Some(span) = cut.spans.last() else { return };
    let layout = &layouts[span.page];
    let end = span.rows.end.min(layout.rows.len());
    // The signature block is looked for at the end only: a form's text speaks of signing too.
    let start = span.rows.start.max(end.saturating_sub(22));
    read_signer(found, layout, span.page, start..end);
    let field = match cut.kind.0.as_str() {
        kind if kind.starts_with("FUO_") => "lugar_fecha",
        "RESP_CONV" => "fecha_envio",
        _ => "fecha",
    };
    let whole = if matches!(cut.kind.0.as_str(), "CERT_EXP" | "NOMBRAMIENTO" | "PROFORMA" | "RESP_CONV") {
        let first = &cut.spans[0];
        let top = first.rows.start..first.rows.end.min(first.rows.start + 10);
        read_date(found, &layouts[first.page], first.page, top, field);
        start..end
    } else {
        start..end
    };
    read_date(found, layout, span.page, whole, field);
    if crate::documents::blank::is_form(&cut.kind.0) {
        super::closing::read(found, layouts, cut, field);
    }
}

fn read_signer(found: &mut Candidates, layout: &PageLayout, page: usize, rows: Range<usize>) {
    let matches = |pattern: &Option<regex::Regex>, text: &str| {
        pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
    };
    let mut candidates: Vec<(Range<usize>, f64)> = Vec::new();
    let mut capacities: Vec<Range<usize>> = Vec::new();
    for row in rows.clone() {
        for segment in &layout.rows[row].segments {
            let text = layout.segment_text(segment);
            if let Some(label) = NAMED.as_ref().and_then(|pattern| pattern.find(text)) {
                let value = segment.range.start + label.end()..segment.range.end;
                if reading::looks_like_person(layout.text.slice(value.clone())) {
                    candidates.push((value, 0.9));
                }
            }
            if !matches(&ANCHOR, text) {
                continue;
            }
            let near = row.saturating_sub(3).max(rows.start)..(row + 4).min(rows.end);
            for other in near.filter(|other| *other != row) {
                let stamped = (other.saturating_sub(4)..=other).any(|above| {
                    layout.rows.get(above).is_some_and(|row| matches(&STAMP, layout.row_text(row)))
                });
                for candidate in &layout.rows[other].segments {
                    let overlaps =
                        candidate.bounds[0] < segment.bounds[2] && candidate.bounds[2] > segment.bounds[0];
                    let name = layout.segment_text(candidate);
                    let apart = (candidate.bounds[1] - segment.bounds[3])
                        .max(segment.bounds[1] - candidate.bounds[3]);
                    if !stamped
                        && (layout.reading_view || apart < SIGNING_ROOM)
                        && (overlaps || layout.reading_view)
                        && named_like_a_signature(layout, candidate.range.clone(), name)
                    {
                        candidates.push((candidate.range.clone(), 0.82));
                        capacities.push(segment.range.clone());
                    }
                }
            }
        }
    }
    read_capacity(found, layout, page, &capacities);
    for (place, confidence) in candidates {
        let value = Folded::new(layout.text.raw(place.clone()));
        if let reading::Reading::Value { value: typed, range, certainty } =
            reading::read(super::FieldKind::Person, &value, None)
        {
            found.list.push(Candidate {
                field: "firmante".into(),
                value: typed,
                raw: value.raw(range.clone()).to_string(),
                page,
                places: super::single(place.start + range.start..place.start + range.end),
                confidence: confidence * certainty,
                extractor: "firmante@1",
            });
        }
    }
}

/// Reads what the signer signs as, from the line beside the name: of the model's own alternatives none is an answer.
fn read_capacity(found: &mut Candidates, layout: &PageLayout, page: usize, places: &[Range<usize>]) {
    if super::collect::has(found, "calidad_firmante") {
        return;
    }
    for place in places {
        let text = Folded::new(layout.text.raw(place.clone()));
        let one = CAPACITY.as_ref().is_some_and(|pattern| pattern.is_match(text.ascii()));
        if !one {
            continue;
        }
        let kind = super::FieldKind::Choice(super::rules::CAPACITIES);
        if let reading::Reading::Value { value, certainty, .. } = reading::read(kind, &text, None) {
            found.list.push(Candidate {
                field: "calidad_firmante".into(),
                value,
                raw: text.raw(0..text.len()).trim().to_string(),
                page,
                places: super::single(place.clone()),
                confidence: 0.85 * certainty,
                extractor: "firmante@1",
            });
            return;
        }
    }
}

/// A name under a signature is written with capitals: «Ejemplo Andrade» or «EJEMPLO ANDRADE».
fn named_like_a_signature(layout: &PageLayout, place: Range<usize>, folded: &str) -> bool {
    let raw = layout.text.raw(place);
    let capitals = raw
        .split_whitespace()
        .filter(|word| word.chars().count() > 3)
        .all(|word| word.chars().next().is_some_and(char::is_uppercase));
    // «RAZÓN SOCIAL ……» is what a model leaves to be filled in.
    capitals && placeholder::find(folded).is_empty() && reading::looks_like_person(folded)
}

fn read_date(found: &mut Candidates, layout: &PageLayout, page: usize, rows: Range<usize>, field: &str) {
    for row in rows {
        let Some(row) = layout.rows.get(row) else { continue };
        let text = layout.row_text(row);
        let Some(lead) = PLACE_AND_DATE.as_ref().and_then(|pattern| pattern.find(text)) else { continue };
        let place = Folded::new(layout.text.raw(row.range.clone()));
        for date in date::find(&place) {
            // Only a town may stand before the date; a sentence that mentions a date is none.
            let before = squeeze(place.slice(0..date.range.start));
            let after = squeeze(place.slice(date.range.end..place.len()));
            if date.range.start <= lead.end() + 2
                && before.len() <= 36
                && after.is_empty()
                && place.slice(0..date.range.start).split(' ').count() <= 7
            {
                found.list.push(Candidate {
                    field: field.into(),
                    value: FactValue::Date(date.value),
                    raw: place.raw(date.range.clone()).to_string(),
                    page,
                    places: super::single(
                        row.range.start + date.range.start..row.range.start + date.range.end,
                    ),
                    confidence: 0.92 * date.certainty,
                    extractor: "fecha@1",
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents::cut::Span;
    use crate::layout::tests::prose;
    use cotejo_domain::Confidence;

    fn read_from(rows: &[&str]) -> Vec<(String, String)> {
        let layouts = [PageLayout::new(&prose(1, rows))];
        let cut = Cut {
            kind: "FUO_1_1".into(),
            confidence: Confidence::CERTAIN,
            spans: vec![Span { page: 0, rows: 0..rows.len() }],
        };
        let mut found = Candidates::default();
        read(&mut found, &layouts, &cut);
        found.list.into_iter().map(|candidate| (candidate.field, candidate.value.canonical())).collect()
    }

    #[test]
    fn the_signer_stands_around_the_signature_line() {
        let found = read_from(&[
            "Para constancia de lo ofertado, suscribo este formulario,",
            "----------------",
            "Ing. Ejemplo Ficticio Andrade",
            "FIRMA DEL OFERENTE, SU REPRESENTANTE LEGAL",
            "Quito, 22 de abril de 2024",
        ]);
        assert_eq!(
            found,
            [
                ("firmante".into(), "Ejemplo Ficticio Andrade".into()),
                ("lugar_fecha".into(), "2024-04-22".into())
            ]
        );
    }

    #[test]
    fn the_blank_model_has_no_signer() {
        let found = read_from(&[
            "Para constancia de lo ofertado, suscribo este formulario,",
            "----------------",
            "FIRMA DEL OFERENTE, SU REPRESENTANTE LEGAL, APODERADO",
            "O PROCURADOR COMÚN (según el caso)",
            "(LUGAR Y FECHA)",
        ]);
        assert!(found.is_empty(), "{found:?}");
        let dotted = ["f) ………………", "RAZÓN SOCIAL…………………", "REPRESENTANTE LEGAL"];
        assert!(read_from(&dotted).is_empty(), "{:?}", read_from(&dotted));
    }

    #[test]
    fn a_sentence_that_mentions_a_date_is_no_place_and_date() {
        let found = read_from(&[
            "la convocatoria publicada el 22 de abril de 2024 por la entidad",
            "FIRMA DEL OFERENTE",
        ]);
        assert!(found.is_empty(), "{found:?}");
    }
}
