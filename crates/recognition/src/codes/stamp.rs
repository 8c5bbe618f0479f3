//! The visible stamp of an electronic signature: what its QR code says, and what is printed beside it. The stamp is decoration: what counts
//! is the signature in the file (manual 2.3 f).

use crate::grammar::{date, fuzzy::find_within, pattern, ranges};
use crate::layout::{Folded, PageLayout, Segment, squeeze};
use cotejo_domain::{PrintedCode, Quad, naming};
use jiff::civil::Date;

/// Letters of the longest name that a stamp carries.
const LONGEST: usize = 80;

/// Holds one stamp.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stamp {
    /// The page, from 1.
    pub(super) page: u32,
    /// Who signed, as the stamp says; `None` where it cannot be read surely.
    pub(super) name: Option<String>,
    /// The day it says.
    pub(super) day: Option<Date>,
    /// Where it stands.
    pub(super) quad: Quad,
    /// Whether a QR code says it, or the print.
    pub(super) of_code: bool,
    /// What it says, for a quote.
    pub(super) text: String,
}

pattern!(SIGNED_BY, r"firmado (?:electronicamente )?por ?: ?");
pattern!(FIELD, r"\b(?:razon|localizacion|fecha|validar|valida|hash|version)\b ?:?");

/// Reads the text of a QR code as a stamp: lines of `FIRMADO POR`, `RAZON`, `LOCALIZACION`, `FECHA`. Other codes are none.
pub(super) fn of_code(page: u32, code: &PrintedCode) -> Option<Stamp> {
    let text = Folded::new(&code.text);
    let ascii = text.ascii();
    let begins = ranges(&SIGNED_BY, ascii).into_iter().next().filter(|range| range.start < 4)?;
    let fields = ranges(&FIELD, ascii);
    // Without any of its fields it may be any note that somebody signed.
    let end = fields.iter().map(|range| range.start).find(|start| *start >= begins.end)?;
    let name = text.raw(begins.end..end).split_whitespace().collect::<Vec<_>>().join(" ");
    let when =
        fields.iter().find(|range| text.slice((*range).clone()).starts_with("fecha")).and_then(|range| {
            let rest = Folded::new(text.raw(range.end..text.len().min(range.end + 40)));
            let iso = rest.ascii().trim_start().get(..10).and_then(|day| day.parse().ok());
            iso.or_else(|| date::find(&rest).into_iter().next().map(|found| found.value))
        });
    Some(Stamp {
        page,
        name: plausible(&name),
        day: when,
        quad: code.quad,
        of_code: true,
        text: code.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect(),
    })
}

fn plausible(name: &str) -> Option<String> {
    let words = naming::person_words(name);
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let fits =
        (2..=9).contains(&words.len()) && name.len() <= LONGEST && letters * 10 >= name.chars().count() * 7;
    fits.then(|| name.trim().to_owned())
}

/// Finds printed stamps: *Firmado electrónicamente por:* by itself, and under it a name in capitals, as FirmaEC sets it, or any name down to
/// *Validar únicamente con FirmaEC*. The phrase within a sentence is none: it stands in letters and in laws too.
pub(super) fn printed(layout: &PageLayout) -> Vec<Stamp> {
    let mut found = Vec::new();
    if layout.reading_view {
        return found;
    }
    let slips = if layout.ocr { 3 } else { 0 };
    for (at, row) in layout.rows.iter().enumerate() {
        for segment in &row.segments {
            let squeezed = squeeze(layout.segment_text(segment));
            let alone = squeezed.len() <= PHRASE.len() + slips;
            if alone && find_within(PHRASE, &squeezed, slips).is_some() {
                found.extend(below(layout, at, segment, slips));
            }
        }
    }
    found
}

const PHRASE: &str = "firmadoelectronicamentepor";
/// Rows that a name takes in a stamp.
const ROWS: usize = 4;

fn below(layout: &PageLayout, at: usize, head: &Segment, slips: usize) -> Option<Stamp> {
    let mut quad = quad_of(head);
    let mut sure = true;
    let mut words: Vec<String> = Vec::new();
    let mut last = head;
    let mut validated = false;
    for row in layout.rows.iter().skip(at + 1).take(3 * ROWS) {
        // What stands under the phrase, not what stands beside the stamp.
        let under = row.segments.iter().find(|segment| {
            segment.bounds[0] < head.bounds[2] && (segment.bounds[0] - head.bounds[0]).abs() < 24.0
        });
        let Some(segment) = under else { continue };
        let height = (last.bounds[3] - last.bounds[1]).max(segment.bounds[3] - segment.bounds[1]).max(4.0);
        if segment.bounds[1] - last.bounds[3] > 1.5 * height || words.len() > ROWS {
            break;
        }
        let squeezed = squeeze(layout.segment_text(segment));
        validated = find_within("validarunicamente", &squeezed, slips).is_some();
        let raw = layout.text.raw(segment.range.clone()).trim();
        let capitals = raw.chars().all(|letter| !letter.is_lowercase());
        if !validated && !capitals && !words.is_empty() {
            break;
        }
        quad = quad.union(&quad_of(segment));
        if validated {
            break;
        }
        sure &= layout.confidence(&segment.range).value() >= 0.75;
        words.push(raw.to_owned());
        last = segment;
    }
    let name = words.join(" ");
    let capitals = !name.is_empty() && name.chars().all(|letter| !letter.is_lowercase());
    let named = plausible(&name);
    (validated || capitals && named.is_some()).then(|| Stamp {
        page: layout.number,
        name: named.filter(|_| sure),
        day: None,
        quad,
        of_code: false,
        text: format!("Firmado electrónicamente por: {name}"),
    })
}

fn quad_of(segment: &Segment) -> Quad {
    let [left, top, right, bottom] = segment.bounds;
    Quad::upright(left, top, right, bottom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;
    use cotejo_domain::{CodeKind, Confidence};

    fn code(text: &str) -> PrintedCode {
        PrintedCode {
            kind: CodeKind::Qr,
            text: text.into(),
            quad: Quad::upright(1.0, 1.0, 50.0, 50.0),
            confidence: Confidence::CERTAIN,
        }
    }

    #[test]
    fn the_code_of_a_stamp_names_who_signed_and_when() {
        let text = "FIRMADO POR: ANA LUCIA EJEMPLO MORA\nRAZON: \nLOCALIZACION: \nFECHA: 2024-05-03T10:20:30.123-05:00\n";
        let stamp = of_code(2, &code(text)).expect("a stamp");
        assert_eq!(stamp.name.as_deref(), Some("ANA LUCIA EJEMPLO MORA"));
        assert_eq!(stamp.day, Some(jiff::civil::date(2024, 5, 3)));
        for other in [
            "https://www.ejemplo.ec/validar?codigo=1",
            "Documento firmado por la autoridad",
            "FIRMADO POR: ANA",
        ] {
            assert_eq!(of_code(1, &code(other)), None, "{other}");
        }
    }

    #[test]
    fn a_printed_stamp_has_both_phrases_and_the_name_between_them() {
        let sheet = page(
            1,
            &[
                (60.0, 60.0, "Atentamente,"),
                (300.0, 100.0, "Firmado electrónicamente por:"),
                (60.0, 112.0, "otra cosa"),
                (300.0, 112.0, "ANA LUCIA"),
                (300.0, 124.0, "EJEMPLO MORA"),
                (300.0, 136.0, "Validar únicamente con FirmaEC"),
            ],
        );
        let found = printed(&PageLayout::new(&sheet));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].name.as_deref(), Some("ANA LUCIA EJEMPLO MORA"));
        let letter = page(
            1,
            &[
                (60.0, 60.0, "El contrato fue firmado electrónicamente por: las partes"),
                (60.0, 74.0, "en la ciudad"),
            ],
        );
        assert!(printed(&PageLayout::new(&letter)).is_empty(), "the phrase alone is no stamp");
    }
}
