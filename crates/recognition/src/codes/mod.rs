//! Codes against print: what a QR code, a barcode or a stamp says, beside what is printed, read and signed.
//!
//! A code carries check sums and says the same under every scanner: where it contradicts the print, one of both is of another paper. What
//! OCR may have misread contradicts nothing. A stamp that looks like an electronic signature proves none: without a signature in the file,
//! or with that of somebody else, a finding says so. Nothing here rejects anything.

mod stamp;
#[cfg(test)]
mod tests;

use crate::grammar::access_key::{self, AccessKey};
use crate::grammar::fuzzy::distance_within;
use crate::grammar::{pattern, ranges};
use crate::layout::{Folded, PageLayout};
use crate::recognise::{Input, Recognised};
use cotejo_domain::{
    CodeKind, Fact, FactValue, Finding, Location, PrintDifference, PrintedCode, Quad, Severity,
    SignatureReading, naming,
};
use stamp::Stamp;

/// Confidence from which a fact may contradict a code.
const SURE: f64 = 0.8;
/// Digits of a key that a misreading may change.
const MISREAD: usize = 6;
/// Days between the day a stamp says and the day of its signature: clocks and zones differ.
const DAYS: i32 = 1;

/// Compares the codes and stamps of the pages with what is printed and read there, and with the signatures of the file.
pub(crate) fn check(recognised: &mut Recognised, input: &Input<'_>, layouts: &[PageLayout]) {
    let mut told = Told::default();
    for layout in layouts {
        let codes: Vec<&PrintedCode> = input
            .beside
            .codes
            .iter()
            .filter(|(page, _)| *page == layout.number)
            .map(|(_, code)| code)
            .collect();
        keys(&mut told, layout, &codes, &recognised.facts);
        certificates(&mut told, layout, &codes);
    }
    let mut stamps: Vec<Stamp> = Vec::new();
    for layout in layouts {
        let codes = input.beside.codes.iter().filter(|(page, _)| *page == layout.number);
        let of_codes: Vec<Stamp> = codes.filter_map(|(page, code)| stamp::of_code(*page, code)).collect();
        let printed = stamp::printed(layout);
        beside(&mut told, &of_codes, &printed);
        stamps.extend(of_codes);
        stamps.extend(printed);
    }
    if let Some(signatures) = input.beside.signatures {
        against_signatures(&mut told, recognised, &stamps, signatures);
    }
    recognised.findings.append(&mut told.findings);
    recognised.print_differences.append(&mut told.differences);
}

#[derive(Default)]
struct Told {
    findings: Vec<Finding>,
    differences: Vec<PrintDifference>,
}

impl Told {
    fn tell(&mut self, code: &str, severity: Severity, page: u32, values: &[(&str, &str)], quads: Vec<Quad>) {
        let value =
            |name: &str| values.iter().find(|(of, _)| *of == name).map_or("", |(_, value)| *value).to_owned();
        self.differences.push(PrintDifference {
            code: code.into(),
            said: value("codigo"),
            beside: value("impreso"),
            page,
            quads,
        });
        self.findings.push(Finding {
            code: code.into(),
            severity,
            page: Some(page),
            message: cotejo_catalogue::message(code, values),
            remedy: cotejo_catalogue::remedy(code, values),
        });
    }
}

// The one access key that the codes of a page say.
fn key_of(codes: &[&PrintedCode]) -> Option<(AccessKey, Quad)> {
    let mut found: Vec<(AccessKey, Quad)> = codes
        .iter()
        .flat_map(|code| {
            let keys = access_key::find(&Folded::new(&code.text)).into_iter();
            keys.filter(|key| key.value.agrees).map(|key| (key.value, code.quad))
        })
        .collect();
    found.dedup_by(|a, b| a.0.digits == b.0.digits);
    let (first, rest) = found.split_first()?;
    rest.iter().all(|(key, _)| key.digits == first.0.digits).then(|| first.clone())
}

fn keys(told: &mut Told, layout: &PageLayout, codes: &[&PrintedCode], facts: &[Fact]) {
    let Some((key, quad)) = key_of(codes) else { return };
    let printed = access_key::find(&layout.text);
    let close = |other: &AccessKey| distance_within(&key.digits, &other.digits, MISREAD).is_some();
    if !printed.is_empty() && !printed.iter().any(|other| other.value.digits == key.digits) {
        // A key that OCR misread is near to the one of the code, or its check digit disagrees.
        let other = printed.iter().find(|other| {
            !layout.ocr && other.certainty > 0.99
                || other.value.agrees
                    && layout.confidence(&other.range).value() >= SURE
                    && !close(&other.value)
        });
        if let Some(other) = other {
            let mut quads = vec![quad];
            quads.extend(layout.quads(&other.range));
            let values = [("codigo", key.digits.as_str()), ("impreso", other.value.digits.as_str())];
            told.tell("recognition.code_key_differs", Severity::Warning, layout.number, &values, quads);
        }
    }
    let on_page = |fact: &&Fact| {
        fact.evidence.location.page() == Some(layout.number) && fact.confidence.value() >= SURE
    };
    for fact in facts.iter().filter(on_page) {
        let (says, is) = match (&fact.value, fact.field.as_str()) {
            (FactValue::Ruc(ruc), "ruc_emisor") => {
                (key.issuer().map(|issuer| issuer.to_string()), ruc.to_string())
            }
            (FactValue::Date(day), "fecha" | "fecha_emision") => {
                (key.date().map(|day| day.to_string()), day.to_string())
            }
            (FactValue::Text(number), "numero") if is_voucher_number(number) => {
                (key.number(), number.trim().to_owned())
            }
            _ => continue,
        };
        let Some(says) = says.filter(|says| *says != is) else { continue };
        // One digit more or less in a scan is a misreading, not another paper.
        if layout.ocr && distance_within(&says, &is, 2).is_some() {
            continue;
        }
        let mut quads = vec![quad];
        if let Location::Page { quads: places, .. } = &fact.evidence.location {
            quads.extend(places.iter().copied());
        }
        let field = cotejo_catalogue::message(&format!("recognition.code.{}", field_name(&fact.field)), &[]);
        let values = [("campo", field.as_str()), ("codigo", says.as_str()), ("impreso", is.as_str())];
        told.tell("recognition.code_fact_differs", Severity::Warning, layout.number, &values, quads);
    }
}

fn field_name(field: &str) -> &'static str {
    match field {
        "ruc_emisor" => "ruc_emisor",
        "numero" => "numero",
        _ => "fecha",
    }
}

pattern!(VOUCHER_NUMBER, r"^ ?\d{3}-\d{3}-\d{9} ?$");

fn is_voucher_number(number: &str) -> bool {
    !ranges(&VOUCHER_NUMBER, number).is_empty()
}

pattern!(
    PRINTED_CODE,
    r"codigo (?:de verificacion|de validacion|de seguridad|unico|del certificado|cur)(?: del? [a-z]+)? ?:? ?"
);
pattern!(CODE, r"^[a-z0-9](?:[a-z0-9-]{5,38})[a-z0-9]");

// A certificate prints a code to verify it by, and its QR says one of the same make: both are the same.
fn certificates(told: &mut Told, layout: &PageLayout, codes: &[&PrintedCode]) {
    for label in ranges(&PRINTED_CODE, layout.text.ascii()) {
        let rest = layout.text.slice(label.end..label.end + 48);
        let Some(place) = ranges(&CODE, rest).into_iter().next() else { continue };
        let range = label.end + place.start..label.end + place.end;
        let printed = layout.text.slice(range.clone()).to_owned();
        let digits = printed.bytes().filter(u8::is_ascii_digit).count();
        if digits < 3 || layout.ocr && layout.confidence(&range).value() < 0.9 {
            continue;
        }
        let all: Vec<Folded> = codes.iter().map(|code| Folded::new(&code.text)).collect();
        if all.iter().any(|text| text.ascii().contains(&printed)) {
            continue;
        }
        let make = |text: &str| -> String {
            text.chars()
                .map(|character| match character {
                    '0'..='9' => '0',
                    'a'..='z' => 'a',
                    other => other,
                })
                .collect()
        };
        let wanted = make(&printed);
        let other =
            codes.iter().zip(&all).filter(|(code, _)| code.kind == CodeKind::Qr).find_map(|(code, text)| {
                let words = text
                    .ascii()
                    .split(|character: char| !character.is_ascii_alphanumeric() && character != '-');
                let of_make = |word: &&str| word.len() >= 8 && make(word) == wanted;
                words
                    .filter(of_make)
                    .find(|word| !(layout.ocr && distance_within(word, &printed, 2).is_some()))
                    .map(|word| (word.to_owned(), code.quad))
            });
        if let Some((said, quad)) = other {
            let mut quads = vec![quad];
            quads.extend(layout.quads(&range));
            let printed = layout.text.raw(range);
            let values = [("codigo", said.as_str()), ("impreso", printed)];
            told.tell(
                "recognition.code_certificate_differs",
                Severity::Warning,
                layout.number,
                &values,
                quads,
            );
        }
    }
}

fn can_be_one(a: &str, b: &str) -> bool {
    let squeezed = |name: &str| naming::person_words(name).concat();
    let (a_all, b_all) = (squeezed(a), squeezed(b));
    naming::same_person_name(a, b).is_some()
        || naming::says_less(a, b)
        || naming::same_company_name(a, b).is_some()
        // OCR breaks and joins words: a fifth of the letters may differ.
        || a_all.is_ascii() && b_all.is_ascii() && distance_within(&a_all, &b_all, a_all.len().max(b_all.len()) / 5).is_some()
}

// The print beside a code names somebody else.
fn beside(told: &mut Told, codes: &[Stamp], printed: &[Stamp]) {
    for code in codes {
        let near = |other: &&Stamp| {
            let ([a, b], [c, d]) = (centre(&code.quad), centre(&other.quad));
            (a - c).abs() < 180.0 && (b - d).abs() < 60.0
        };
        let mut close = printed.iter().filter(near);
        let (Some(other), None) = (close.next(), close.next()) else { continue };
        let (Some(said), Some(print)) = (&code.name, &other.name) else { continue };
        if !can_be_one(said, print) {
            let values = [("codigo", said.as_str()), ("impreso", print.as_str())];
            let quads = vec![code.quad, other.quad];
            told.tell("recognition.stamp_print_differs", Severity::Warning, code.page, &values, quads);
        }
    }
}

fn centre(quad: &Quad) -> [f64; 2] {
    let [left, top, right, bottom] = quad.bounds();
    [f64::midpoint(left, right), f64::midpoint(top, bottom)]
}

fn against_signatures(
    told: &mut Told,
    recognised: &Recognised,
    stamps: &[Stamp],
    signatures: &[SignatureReading],
) {
    let holders: Vec<&str> = signatures.iter().filter_map(|signature| signature.signer.as_deref()).collect();
    // Once for each document: ten pages of a copy are one copy.
    let mut seen: Vec<(Option<cotejo_domain::DocumentId>, String)> = Vec::new();
    for stamp in stamps {
        let owner = recognised.documents.iter().find(|document| document.pages.contains(&stamp.page));
        let name = stamp.name.clone().unwrap_or_default();
        let known = seen.iter().any(|(document, of)| {
            *document == owner.map(|owner| owner.id)
                && (of.is_empty() || name.is_empty() || can_be_one(of, &name))
        });
        if known {
            continue;
        }
        let named = if name.is_empty() {
            cotejo_catalogue::message("recognition.stamp.no_name", &[])
        } else {
            name.clone()
        };
        if signatures.is_empty() {
            seen.push((owner.map(|owner| owner.id), name));
            let values = [("codigo", named.as_str()), ("impreso", ""), ("sello", stamp.text.as_str())];
            told.tell("recognition.stamp_unsigned", Severity::Warning, stamp.page, &values, vec![stamp.quad]);
            continue;
        }
        let Some(said) = &stamp.name else { continue };
        // A signature whose holder could not be read may be anybody's.
        let all_named = holders.len() == signatures.len() && !holders.is_empty();
        if all_named && !holders.iter().any(|holder| can_be_one(said, holder)) {
            seen.push((owner.map(|owner| owner.id), name.clone()));
            let all = holders.join("; ");
            let values = [("codigo", said.as_str()), ("impreso", all.as_str())];
            told.tell(
                "recognition.stamp_other_signer",
                Severity::Warning,
                stamp.page,
                &values,
                vec![stamp.quad],
            );
            continue;
        }
        other_day(told, stamp, said, signatures);
    }
}

fn other_day(told: &mut Told, stamp: &Stamp, said: &str, signatures: &[SignatureReading]) {
    let Some(day) = stamp.day.filter(|_| stamp.of_code) else { return };
    let days: Vec<jiff::civil::Date> = signatures
        .iter()
        .filter(|signature| signature.signer.as_deref().is_some_and(|holder| can_be_one(said, holder)))
        .filter_map(|signature| signature.signing_time)
        .map(|time| jiff::tz::Offset::constant(-5).to_datetime(time).date())
        .collect();
    let apart = |other: &jiff::civil::Date| day.until(*other).map_or(i32::MAX, |span| span.get_days().abs());
    if !days.is_empty() && days.iter().all(|other| apart(other) > DAYS) {
        let all = days.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        let day = day.to_string();
        let values = [("codigo", day.as_str()), ("impreso", all.as_str()), ("firmante", said)];
        told.tell("recognition.stamp_day_differs", Severity::Warning, stamp.page, &values, vec![stamp.quad]);
    }
}
