//! The partners of a consortium where sentences and signatures name them: «A S.A., con RUC …, representada por …».

use super::{Candidate, Candidates, single};
use crate::documents::cut::{Cut, Span};
use crate::grammar::{identifier, pattern};
use crate::layout::{Folded, PageLayout, squeeze};
use cotejo_domain::{FactValue, Ruc, RucKind};
use std::ops::Range;

pattern!(
    BEFORE_THE_NUMBER,
    r",? ?(?:(?:,|con|titular del|portadora? del|identificad[oa] con|inscrit[oa] con)? ?(?:el )?(?:numero de )?)r\.?u\.?c\.?(?: ?n[o~r]{0,2}\.?| numero)?[ .:]*$"
);
// What comes before a partner's name in a sentence or a list.
pattern!(
    BEGINS,
    r"(?:(?:una|otra|primera|segunda|tercera) parte,? |[:;] |(?:^|[ .])- |(?:^| )\d{1,2}[.)] |(?:[a-z]{4,}|\d)\. )(?:y,? )?(?:el |la )?(?:compania |empresa |sociedad |senora? )?"
);
pattern!(
    REPRESENTED,
    r"^,? (?:debidamente |legalmente )?representad[oa] por (?:el |la )?(?:(?:senora?|senorita|sra?|ing|arq|abg|dra?|econ|lcd[oa]|lic|mgs)\.? )?([a-z~ ]{6,60}?)[,.;]"
);

/// Reads `partes[].nombre`, `.ruc` and `.representante` where no table did.
pub fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    if !matches!(cut.kind.0.as_str(), "FORM_CONSORCIO" | "CONSORCIO_CONSTITUIDO") {
        return;
    }
    let mut known: Vec<Ruc> = found
        .list
        .iter()
        .filter(|candidate| candidate.field == "partes[].ruc")
        .filter_map(|candidate| match &candidate.value {
            FactValue::Ruc(ruc) => Some(ruc.clone()),
            _ => None,
        })
        .collect();
    for span in &cut.spans {
        read_span(found, &mut known, &layouts[span.page], span);
    }
}

fn read_span(found: &mut Candidates, known: &mut Vec<Ruc>, layout: &PageLayout, span: &Span) {
    let Some(whole) = super::text_range(layout, &span.rows) else { return };
    let text = Folded::new(layout.text.raw(whole.clone()));
    for number in identifier::find_rucs(&text) {
        // The buyer's number stands in such papers too.
        if number.value.kind() == RucKind::Public || known.contains(&number.value) {
            continue;
        }
        let place = whole.start + number.range.start..whole.start + number.range.end;
        let in_sentence = name_before(&text, &number.range);
        let name = match in_sentence {
            Some(range) => Some(whole.start + range.start..whole.start + range.end),
            None => name_above(layout, span, &place),
        };
        let Some(name) = name else { continue };
        known.push(number.value.clone());
        push_name(found, layout, span.page, name);
        let after = text.slice(number.range.end..text.len());
        if let Some(person) = REPRESENTED
            .as_ref()
            .and_then(|pattern| pattern.captures(after))
            .and_then(|captures| captures.get(1))
        {
            let start = whole.start + number.range.end + person.start();
            push(found, layout, span.page, "partes[].representante", start..start + person.len(), 0.85, None);
        }
        share_after(found, layout, span.page, &text, whole.start, number.range.end);
        let certainty = 0.9 * number.certainty;
        push(found, layout, span.page, "partes[].ruc", place, certainty, Some(FactValue::Ruc(number.value)));
    }
}

pattern!(NEXT_PARTNER, r"\br\.?u\.?c\b|;|\. (?:la compania|la empresa|segund[ao]|clausula)");
pattern!(
    SHARE,
    r"\b(?:participacion|aporte|porcentaje|cuota)s?(?: [a-z]+){0,4}?:? (?:del? |de el )?(\d{1,3}(?:[.,]\d{1,4})? ?(?:%|por ciento))"
);

/// Reads the share that the sentence of a partner states, up to where the next partner's begins.
fn share_after(
    found: &mut Candidates,
    layout: &PageLayout,
    page: usize,
    text: &Folded,
    start: usize,
    from: usize,
) {
    let rest = text.slice(from..text.len());
    let end =
        NEXT_PARTNER.as_ref().and_then(|pattern| pattern.find(rest)).map_or(rest.len(), |next| next.start());
    let Some(share) = SHARE
        .as_ref()
        .and_then(|pattern| pattern.captures(&rest[..end.min(400)]))
        .and_then(|captures| captures.get(1))
    else {
        return;
    };
    let place = start + from + share.start()..start + from + share.end();
    let written = Folded::new(layout.text.raw(place.clone()));
    if let super::reading::Reading::Value { value, certainty, .. } =
        super::reading::read(super::FieldKind::Percent, &written, None)
    {
        push(found, layout, page, "partes[].porcentaje", place, 0.88 * certainty, Some(value));
    }
}

/// Returns where the name stands that a number follows in its sentence.
fn name_before(text: &Folded, number: &Range<usize>) -> Option<Range<usize>> {
    let from = number.start.saturating_sub(170);
    let before = text.slice(from..number.start);
    let end = BEFORE_THE_NUMBER.as_ref()?.find(before)?.start();
    let start = crate::grammar::ranges(&BEGINS, &before[..end])
        .into_iter()
        .map(|range| range.end)
        // «Cía. Ltda.» and «S.A.» end no sentence.
        .rfind(|start| {
            let head = before[..*start].trim_end();
            !["cia.", "ltda.", "s.a.", "ing.", "arq."].iter().any(|end| head.ends_with(end))
        })?;
    let mut range = text.trim(from + start..from + end);
    while text.slice(range.clone()).starts_with(['-', '*', '.', ',']) {
        range = text.trim(range.start + 1..range.end);
    }
    plausible(text.slice(range.clone())).then_some(range)
}

/// Returns the segment that stands right above a number in the block of a signature.
fn name_above(layout: &PageLayout, span: &Span, number: &Range<usize>) -> Option<Range<usize>> {
    let row = layout.row_at(number.start);
    let segment =
        layout.rows.get(row)?.segments.iter().find(|segment| segment.range.contains(&number.start))?;
    let above = layout.rows.get(row.checked_sub(1).filter(|above| span.rows.contains(above))?)?;
    let height = (segment.bounds[3] - segment.bounds[1]).max(5.0);
    if layout.reading_view || segment.bounds[1] - above.bounds[3] > height * 1.5 {
        return None;
    }
    let name =
        above.segments.iter().find(|candidate| (candidate.bounds[0] - segment.bounds[0]).abs() < 12.0)?;
    plausible(layout.segment_text(name)).then(|| name.range.clone())
}

/// A name has words, few digits, and is no sentence.
fn plausible(name: &str) -> bool {
    let letters = name.bytes().filter(u8::is_ascii_alphabetic).count();
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    letters >= 4
        && digits <= 4
        && name.split(' ').count() <= 12
        && !["representante", "promitente", "procurador", "oferente", "ruc", "comparece", "entidad"]
            .iter()
            .any(|word| squeeze(name).starts_with(word))
}

/// Adds a name unless a table gave it.
fn push_name(found: &mut Candidates, layout: &PageLayout, page: usize, place: Range<usize>) {
    let name = squeeze(layout.text.slice(place.clone()));
    let given = found.list.iter().any(|candidate| {
        candidate.field == "partes[].nombre" && squeeze(Folded::new(&candidate.raw).ascii()) == name
    });
    if !given {
        push(found, layout, page, "partes[].nombre", place, 0.88, None);
    }
}

fn push(
    found: &mut Candidates,
    layout: &PageLayout,
    page: usize,
    field: &str,
    place: Range<usize>,
    confidence: f64,
    value: Option<FactValue>,
) {
    let raw = layout.text.raw(place.clone()).trim().to_string();
    found.list.push(Candidate {
        field: field.into(),
        value: value.unwrap_or_else(|| FactValue::Text(raw.clone())),
        raw,
        page,
        places: single(place),
        confidence,
        extractor: "socios@1",
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{page, prose};
    use cotejo_domain::{Confidence, PageReading};

    fn facts(page: &PageReading) -> Vec<(String, String)> {
        let layouts = [PageLayout::new(page)];
        let cut = Cut {
            kind: "FORM_CONSORCIO".into(),
            confidence: Confidence::CERTAIN,
            spans: vec![Span { page: 0, rows: 0..layouts[0].rows.len() }],
        };
        let mut found = Candidates::default();
        read(&mut found, &layouts, &cut);
        found.list.into_iter().map(|candidate| (candidate.field, candidate.value.canonical())).collect()
    }

    fn of(facts: &[(String, String)], field: &str) -> Vec<String> {
        facts.iter().filter(|(name, _)| name == field).map(|(_, value)| value.clone()).collect()
    }

    #[test]
    fn sentences_name_the_partners() {
        let found = facts(&prose(
            1,
            &[
                "Comparecen a la suscripción del presente compromiso:",
                "– COMERCIAL VERTIENTE CÍA. LTDA., con RUC 1790012345001, representada por Inés",
                "Carmen Ortega Yánez.",
                "– SUMINISTROS PIRCA S.A., con RUC No. 0990012342001, representada por Diego",
                "Vallejo Guamán. Ante la entidad con RUC 1760001230001.",
            ],
        ));
        assert_eq!(
            of(&found, "partes[].nombre"),
            ["COMERCIAL VERTIENTE CÍA. LTDA.", "SUMINISTROS PIRCA S.A."]
        );
        assert_eq!(of(&found, "partes[].ruc"), ["1790012345001", "0990012342001"], "the buyer is no partner");
        assert_eq!(
            of(&found, "partes[].representante"),
            ["Inés Carmen Ortega Yánez", "Diego Vallejo Guamán"]
        );
    }

    #[test]
    fn two_parties_of_a_contract_are_two_partners() {
        let found = facts(&prose(
            1,
            &[
                "Comparecen, por una parte, la compañía UNO S.A., titular del RUC 1790012345001, con un",
                "aporte del 60,5 %, y por otra parte, DOS S.A., titular del RUC 0990012342001, cuya",
                "participación es de 39,5 %, quienes acuerdan:",
            ],
        ));
        assert_eq!(of(&found, "partes[].porcentaje"), ["60.5", "39.5"]);
        assert_eq!(of(&found, "partes[].nombre"), ["UNO S.A.", "DOS S.A."]);
    }

    #[test]
    fn signatures_name_them_where_nothing_else_does() {
        let found = facts(&page(
            1,
            &[
                (60.0, 100.0, "Promitente consorciado"),
                (320.0, 100.0, "Promitente consorciado"),
                (60.0, 112.0, "UNO S.A."),
                (320.0, 112.0, "DOS S.A."),
                (60.0, 124.0, "RUC No. 1790012345001"),
                (320.0, 124.0, "RUC No. 0990012342001"),
            ],
        ));
        assert_eq!(of(&found, "partes[].nombre"), ["UNO S.A.", "DOS S.A."]);
        assert_eq!(of(&found, "partes[].ruc"), ["1790012345001", "0990012342001"]);
    }
}
