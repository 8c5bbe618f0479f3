//! What stands at the head of a paper without a label: the bank, the insurer, the issuer, the name over a résumé, the title of a
//! separator; and texts that are a value as a whole.

use super::collect::{Stretch, has, stretches};
use super::{Candidate, Candidates, FieldKind, reading};
use crate::documents::cut::Cut;
use crate::documents::headings;
use crate::grammar::pattern;
use crate::layout::PageLayout;
use cotejo_domain::FactValue;
use std::ops::Range;

pattern!(
    BANK,
    r"^(?:banco|bancodesarrollo|cooperativa de ahorro y credito|cooperativa|mutualista|banecuador|produbanco)\b"
);
pattern!(
    BANK_INSIDE,
    r"\b((?:banco|cooperativa de ahorro y credito|mutualista)(?: [a-z~&.]+){1,7}?)(?:,| certifica| informa| a quien| hace constar| se permite| sucursal|\. )"
);
pattern!(INSURER, r"\b(?:seguros|aseguradora|reaseguros|fianzas|banco|cooperativa)\b");
pattern!(CONSORTIUM, r"^(?:consorcio|asociacion) [a-z0-9~.& -]{3,80}$");
pattern!(
    PUBLIC_BODY,
    r"^(?:gobierno|municipio|ministerio|empresa publica|empresa electrica|universidad|hospital|prefectura|instituto|secretaria|direccion|escuela|consejo|agencia)\b|\b(?:ep|s\.a\.?|cia\. ?ltda\.?|s\.a\.s\.?|gad)$"
);
pattern!(NOT_A_TITLE, r"^(?:ejemplo|pagina|foja|hoja) ?\d*$");

pattern!(
    PART,
    r"^(?:seccion|anexo|parte|tomo|capitulo|carpeta|pestana|separador)(?: no\.?| n\.o)? (?:\d{1,3}|[ivxlc]{1,6}|[a-z])[.:]?$"
);

/// Rows at the top of a page among which a letterhead is looked for.
const TOP: usize = 4;

/// Reads them.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    let stretches = stretches(layouts, cut);
    let Some(first) = stretches.first() else { return };
    match cut.kind.0.as_str() {
        "BANCARIO"
            if !has(found, "banco") && !letterhead(found, first, "banco", |text| matches(&BANK, text)) =>
        {
            let inside = BANK_INSIDE.as_ref().and_then(|pattern| pattern.captures(first.text.ascii()));
            if let Some(name) = inside.and_then(|captures| captures.get(1)) {
                first.read(found, "banco", FieldKind::Text, first.place(&name.range()), 0.85);
            }
        }
        "POLIZA" if !has(found, "emisor") => {
            letterhead(found, first, "emisor", |text| {
                matches(&INSURER, text) && !text.starts_with("poliza") && !text.starts_with("garantia")
            });
        }
        "CERT_EXP" => {
            if !has(found, "emisor") {
                letterhead(found, first, "emisor", |text| {
                    matches(&PUBLIC_BODY, text) && !text.starts_with("certific")
                });
            }
            if !has(found, "emisor_id") {
                issuer_number(found, first);
            }
            if let Some(last) = stretches.last() {
                closing(found, last);
            }
        }
        "CONSORCIO_CONSTITUIDO" if !has(found, "nombre") => {
            letterhead(found, first, "nombre", |text| matches(&CONSORTIUM, text));
        }
        "CV" if !has(found, "nombre") => {
            letterhead(found, first, "nombre", reading::looks_like_person);
        }
        "SEPARADOR" => title(found, first),
        "FUO_1_7_MET" | "PLAN_TRABAJO" => {
            for stretch in &stretches {
                body(found, stretch);
            }
        }
        _ => {}
    }
}

fn matches(pattern: &Option<regex::Regex>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|pattern| pattern.is_match(text))
}

/// Reads the first segment among the top rows that the test accepts: written apart from its neighbours and not as a sentence.
fn letterhead(
    found: &mut Candidates,
    stretch: &Stretch<'_>,
    field: &str,
    accepts: impl Fn(&str) -> bool,
) -> bool {
    let layout = stretch.layout;
    let rows = stretch.rows.start..(stretch.rows.start + TOP).min(stretch.rows.end);
    for row in rows {
        for segment in &layout.rows[row].segments {
            let text = layout.segment_text(segment);
            let sentence = text.split(' ').count() > 10
                || text.contains(':')
                || text.ends_with(',')
                || runs_on(layout, row, segment);
            let raw = layout.text.raw(segment.range.clone());
            let capital =
                raw.chars().find(|character| character.is_alphabetic()).is_some_and(char::is_uppercase);
            if !sentence && capital && accepts(text) {
                let kind =
                    if field == "nombre" && !text.starts_with("consorcio") && !text.starts_with("asociacion")
                    {
                        FieldKind::Person
                    } else {
                        FieldKind::Text
                    };
                return stretch.read(found, field, kind, segment.range.clone(), 0.82);
            }
        }
    }
    false
}

/// Tells whether a segment is the beginning of a justified line that goes on beside it, or of a paragraph that goes on under it.
fn runs_on(layout: &PageLayout, row: usize, segment: &crate::layout::Segment) -> bool {
    let current = &layout.rows[row];
    let height = (current.bounds[3] - current.bounds[1]).max(5.0);
    let beside = current
        .segments
        .iter()
        .find(|next| next.bounds[0] > segment.bounds[2])
        .is_some_and(|next| next.bounds[0] - segment.bounds[2] < height * 2.5);
    let under = layout.rows.get(row + 1).is_some_and(|next| {
        let raw = layout.text.raw(next.range.clone());
        let close = next.bounds[1] - current.bounds[3] < height * 0.8;
        close
            && (next.bounds[0] - current.bounds[0]).abs() < height * 3.0
            && raw.chars().find(|sign| sign.is_alphabetic()).is_some_and(char::is_lowercase)
    });
    beside || under
}

/// Reads the issuer's number that stands under its name: at the head, or in the row after the one that names the issuer.
fn issuer_number(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    let named = found
        .list
        .iter()
        .find(|candidate| candidate.field == "emisor" && candidate.page == stretch.page)
        .and_then(|candidate| candidate.places.last())
        .map(|place| layout.row_at(place.end.saturating_sub(1)) + 1);
    if let Some(row) = named.and_then(|row| layout.rows.get(row).filter(|_| stretch.rows.contains(&row))) {
        let text = layout.row_text(row);
        if text.starts_with("ruc") || text.starts_with("r.u.c") {
            stretch.read(found, "emisor_id", FieldKind::Ruc, after_label(layout, row), 0.86);
            return;
        }
    }
    for row in stretch.rows.start..(stretch.rows.start + TOP).min(stretch.rows.end) {
        let row = &layout.rows[row];
        let text = layout.row_text(row);
        if (text.starts_with("ruc") || text.starts_with("r.u.c")) && row.segments.len() == 1 {
            stretch.read(found, "emisor_id", FieldKind::Ruc, after_label(layout, row), 0.85);
            return;
        }
    }
}

/// Returns what stands after the label of a row: from its first digit on.
fn after_label(layout: &PageLayout, row: &crate::layout::Row) -> Range<usize> {
    let text = layout.row_text(row);
    let start = text.find(|sign: char| sign.is_ascii_digit()).unwrap_or(0);
    row.range.start + start..row.range.end
}

pattern!(
    OFFICE,
    r"\b(?:administrador[a]?|director[a]?|jef[ea]|gerente|fiscalizador[a]?|president[ea]|coordinador[a]?|alcalde(?:sa)?|prefect[oa]|rector[a]?|subgerente|responsable|analista|talento humano)\b"
);

/// Reads who signs under *Atentamente*, and the office that stands under the name.
fn closing(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    let greeting =
        stretch.rows.clone().rev().find(|row| layout.row_text(&layout.rows[*row]).starts_with("atentamente"));
    // Without a greeting only a name with its office under it, among the last lines, is a signature.
    let start = greeting.unwrap_or_else(|| stretch.rows.start.max(stretch.rows.end.saturating_sub(7)));
    for row in start + 1..(start + 14).min(stretch.rows.end) {
        let Some(segment) = layout.rows[row].segments.iter().find(|segment| {
            let raw = layout.text.raw(segment.range.clone());
            let capitals = raw
                .split_whitespace()
                .filter(|word| word.chars().count() > 3)
                .all(|word| word.chars().next().is_some_and(char::is_uppercase));
            capitals && reading::looks_like_person(layout.segment_text(segment))
        }) else {
            continue;
        };
        let office = layout.rows.get(row + 1).filter(|_| row + 1 < stretch.rows.end).and_then(|next| {
            next.segments.iter().find(|other| {
                let text = layout.segment_text(other);
                (other.bounds[0] - segment.bounds[0]).abs() < 10.0
                    && matches(&OFFICE, text)
                    && text.split(' ').count() <= 8
            })
        });
        if greeting.is_none() && (office.is_none() || layout.rows[row].segments.len() > 1) {
            continue;
        }
        if !has(found, "firmante") {
            stretch.read(found, "firmante", FieldKind::Person, segment.range.clone(), 0.86);
        }
        // Under a name without a greeting stands the signer's office, not what the certified person did.
        if let Some(office) = office.filter(|_| greeting.is_some() && !has(found, "cargo")) {
            stretch.read(found, "cargo", FieldKind::Text, office.range.clone(), 0.84);
        }
        return;
    }
}

/// Reads the title of a separator: its largest lines, one under the other.
fn title(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    let counts = |row: usize| {
        let text = layout.row_text(&layout.rows[row]);
        text.bytes().any(|byte| byte.is_ascii_alphabetic()) && !matches(&NOT_A_TITLE, text)
    };
    let mut rows: Vec<usize> = stretch.rows.clone().filter(|row| counts(*row)).collect();
    // The number of a part is none of its title's words.
    if rows.len() > 1 && matches(&PART, layout.row_text(&layout.rows[rows[0]])) {
        rows.remove(0);
    }
    if rows.is_empty() || rows.len() > 8 {
        return;
    }
    let height = |row: usize| {
        let row = &layout.rows[row];
        if row.size > 0.0 { f64::from(row.size) } else { row.bounds[3] - row.bounds[1] }
    };
    let largest = rows.iter().map(|row| height(*row)).fold(0.0, f64::max);
    let chosen: Vec<usize> = rows.iter().copied().filter(|row| height(*row) > largest * 0.93).collect();
    // Lines of one size all over the sheet are no title that stands out.
    let alone = chosen.len() < rows.len() || rows.len() <= 2;
    let together = chosen.windows(2).all(|pair| pair[1] - pair[0] == 1);
    if !alone || !together || chosen.len() > 3 {
        return;
    }
    let places: Vec<Range<usize>> = chosen.iter().map(|row| layout.rows[*row].range.clone()).collect();
    let raw = super::join(layout, &places);
    let text = raw.raw(0..raw.len()).trim().to_string();
    found.list.push(Candidate {
        field: "titulo".into(),
        value: FactValue::Text(text.clone()),
        raw: text,
        page: stretch.page,
        places,
        confidence: 0.88,
        extractor: "titulo@1",
    });
}

/// Reads the body of a method or plan, page by page: everything under its titles that somebody wrote.
fn body(found: &mut Candidates, stretch: &Stretch<'_>) {
    let layout = stretch.layout;
    let titled = headings::find(layout);
    let places: Vec<Range<usize>> = stretch
        .rows
        .clone()
        .filter(|row| !titled.iter().any(|heading| heading.row == *row))
        .filter(|row| {
            let text = layout.row_text(&layout.rows[*row]);
            !crate::grammar::placeholder::is_unfilled(text) && !matches(&NOT_A_TITLE, text)
        })
        .map(|row| layout.rows[row].range.clone())
        .collect();
    let joined = super::join(layout, &places);
    let written =
        crate::grammar::placeholder::find(joined.ascii()).iter().map(ExactSizeIterator::len).sum::<usize>();
    let text = joined.raw(0..joined.len()).trim().to_string();
    // A line or two are a title or a signature, not a method.
    if joined.len().saturating_sub(written) < 120 {
        return;
    }
    found.list.push(Candidate {
        field: "texto".into(),
        value: FactValue::Text(text.clone()),
        raw: text,
        page: stretch.page,
        places,
        confidence: 0.85,
        extractor: "texto@1",
    });
}
