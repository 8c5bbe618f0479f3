//! Answers that are no value beside a label: crosses in boxes, verdicts of offices, sentences that affirm or deny.

use super::Candidates;
use super::collect::{Stretch, has, stretches};
use crate::documents::cut::Cut;
use crate::grammar::pattern;
use crate::layout::PageLayout;
use cotejo_domain::FactValue;
use std::ops::Range;

pattern!(CROSSES, r"\bsi ?[:.]? ?[(\[] ?(x|~)? ?[)\]][ /,;]*no ?[:.]? ?[(\[] ?(x|~)?");
pattern!(CROSSES_BEFORE, r"[(\[] ?(x)? ?[)\]] ?si\b[ /,;]*[(\[] ?(x)? ?[)\]] ?no\b");
pattern!(
    LISTED,
    r"\b(?:(no) cotiza|(si)? ?cotiza|(no) esta registrada|(si)? ?esta registrada)(?: [a-z]+){0,3} en (?:la |una )?bolsa"
);
pattern!(
    LISTED_ANSWER,
    r"\b(?:cotiza|registrad[ao]|inscrit[ao]|listad[ao])(?: [a-z]+){0,3} bolsa(?: de valores)?[ ?:]*(si|no)\b[. ]?(?:$|[^a-z(]|[a-z]{3})"
);
pattern!(
    DEALER,
    r"\b(?:(no) es|es) intermediari[oa]\b|\b(?:(no) soy|soy|(no) somos|somos) intermediari[oa]s?\b|intermediari[oa][^?:]{0,120}[?:]+ ?(si|no)\b ?(?:[^( ]|$)"
);
pattern!(WAIVER, r"\b(?:autorizo|acepto|autoriza|acepta)[^.;]{0,120}(?:sigilo bancario|uafe)");

/// Reads them.
pub(super) fn read(found: &mut Candidates, layouts: &[PageLayout], cut: &Cut) {
    for stretch in stretches(layouts, cut) {
        match cut.kind.0.as_str() {
            "FUO_1_3" if !has(found, "bolsa") => listed(found, &stretch),
            "FUO_VAE" => dealer(found, &stretch),
            "FUO_1_1" if !has(found, "acepta_bancario_uafe") => waiver(found, &stretch),
            "CERT_SRI" => taxes(found, &stretch),
            "CERT_IESS" => contributions(found, &stretch),
            "MIPYME" => size(found, &stretch),
            _ => {}
        }
    }
}

/// Finds a pair of boxes within the text, with the answer that one of them gives: both or neither marked is none.
fn crosses(stretch: &Stretch<'_>, within: Range<usize>) -> Option<(Option<bool>, Range<usize>)> {
    let slice = stretch.text.slice(within.clone());
    [&CROSSES, &CROSSES_BEFORE].into_iter().find_map(|pattern| {
        let captures = pattern.as_ref()?.captures(slice)?;
        let whole = captures.get(0)?;
        let range = within.start + whole.start()..within.start + whole.end();
        let answer = match (captures.get(1), captures.get(2)) {
            (Some(_), None) => Some(true),
            (None, Some(_)) => Some(false),
            _ => None,
        };
        Some((answer, range))
    })
}

fn listed(found: &mut Candidates, stretch: &Stretch<'_>) {
    let text = stretch.text.ascii();
    let mut answers: Vec<(bool, Range<usize>, f64)> = Vec::new();
    if let Some(question) = text.find("en bolsa").or_else(|| text.find("bolsa de valores"))
        && let Some((answer, range)) = crosses(stretch, question..(question + 90).min(text.len()))
    {
        answers.extend(answer.map(|answer| (answer, range, 0.95)));
    } else if let Some(captures) = LISTED_ANSWER.as_ref().and_then(|pattern| pattern.captures(text))
        && let Some(answer) = captures.get(1)
    {
        answers.push((answer.as_str() == "si", answer.range(), 0.92));
    } else {
        for captures in LISTED.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let Some(whole) = captures.get(0) else { continue };
            // A question or a box that nobody marked affirms nothing.
            let after = &text[whole.end()..(whole.end() + 14).min(text.len())];
            let asked = after.split('.').next().is_some_and(|rest| rest.contains(['?', ':']));
            if asked || after.contains("si") && after.contains("no") {
                continue;
            }
            let before = text[..whole.start()].trim_end();
            let denied = captures.get(1).is_some() || captures.get(3).is_some() || before.ends_with(" no");
            answers.push((!denied, whole.range(), 0.88));
        }
    }
    settle_answers(found, stretch, "bolsa", answers);
}

fn dealer(found: &mut Candidates, stretch: &Stretch<'_>) {
    let text = stretch.text.ascii();
    let mut answers = Vec::new();
    if let Some(question) = text.find("intermediari")
        && let Some((answer, range)) =
            crosses(stretch, question.saturating_sub(160)..(question + 420).min(text.len()))
    {
        answers.extend(answer.map(|answer| (answer, range, 0.93)));
    } else {
        for captures in DEALER.iter().flat_map(|pattern| pattern.captures_iter(text)) {
            let Some(whole) = captures.get(0) else { continue };
            if let Some(answer) = captures.get(4) {
                answers.push((answer.as_str() == "si", answer.range(), 0.9));
            } else if !text[..whole.start()].trim_end().ends_with(['¿', '?'])
                && !question_around(text, &whole.range())
            {
                let denied = (1..=3).any(|group| captures.get(group).is_some());
                answers.push((!denied, whole.range(), 0.88));
            }
        }
    }
    settle_answers(found, stretch, "intermediario", answers);
}

/// «¿Es usted … intermediario …?» asks.
fn question_around(text: &str, range: &Range<usize>) -> bool {
    let end = text[range.end..].find(['.', '?']).map_or(text.len(), |end| range.end + end);
    text[..range.start].trim_end().ends_with('~') || text.as_bytes().get(end) == Some(&b'?')
}

fn waiver(found: &mut Candidates, stretch: &Stretch<'_>) {
    let Some(place) = WAIVER.as_ref().and_then(|pattern| pattern.find(stretch.text.ascii())) else { return };
    stretch.keep(
        found,
        "acepta_bancario_uafe",
        FactValue::Boolean(true),
        stretch.place(&place.range()),
        0.85,
        "declaracion@1",
    );
}

/// Keeps an answer that nothing contradicts; of two that differ none.
fn settle_answers(
    found: &mut Candidates,
    stretch: &Stretch<'_>,
    field: &str,
    answers: Vec<(bool, Range<usize>, f64)>,
) {
    let Some((first, range, confidence)) = answers.first().cloned() else { return };
    if has(found, field) || answers.iter().any(|(answer, _, _)| *answer != first) {
        return;
    }
    stretch.keep(found, field, FactValue::Boolean(first), stretch.place(&range), confidence, "marca@1");
}

pattern!(
    TAXES_CLEAR,
    r"no (?:registra|mantiene|tiene|adeuda)[a-z, ]{0,30}(?:deudas|obligaciones)|(?:ha|han) cumplido con sus obligaciones|se encuentra al dia|estado tributario:? (?:al dia|obligaciones tributarias al dia)|obligaciones tributarias al dia|obligaciones pendientes:? ninguna"
);
pattern!(
    TAXES_OPEN,
    r"(?:[a-z]+) (?:si )?(?:registra|mantiene|tiene) (?:deudas|obligaciones)[a-z ]{0,30}(?:pendientes|firme)?|estado tributario:? (?:con obligaciones|obligaciones pendientes)|no se encuentra al dia|no ha cumplido con sus obligaciones"
);

fn taxes(found: &mut Candidates, stretch: &Stretch<'_>) {
    let clear = ranges_of(&TAXES_CLEAR, stretch, |text, at| !text[..at].trim_end().ends_with(" no"));
    let open = ranges_of(&TAXES_OPEN, stretch, |text, at| {
        let verb = &text[at..];
        !verb.starts_with("no registra")
            && !verb.starts_with("no mantiene")
            && !verb.starts_with("no tiene")
            && !verb.starts_with("ni ")
    });
    verdict(found, stretch, [("al día", clear), ("con obligaciones", open)]);
}

pattern!(
    PAID,
    r"no (?:registra|mantiene|tiene|adeuda)[a-z, ]{0,60}(?:mora|obligaciones)|al dia en el pago de(?: sus)? (?:aportes|obligaciones)|no se encuentra en mora|no adeuda"
);
pattern!(
    IN_ARREARS,
    r"(?:[a-z0-9]+),? (?:si )?(?:registra|mantiene|tiene) (?:obligaciones patronales en mora|mora patronal)|(?:[a-z0-9]+),? se encuentra en mora"
);
pattern!(NOTE, r"(?:[a-z]+) (?:registra|mantiene|tiene) glosas?\b");
pattern!(AGREEMENT, r"convenio de (?:purga|pago)[a-z ]{0,40}|acuerdo de pagos parciales");

fn contributions(found: &mut Candidates, stretch: &Stretch<'_>) {
    let affirmed = |text: &str, at: usize| !text[at..].starts_with("no ") && !text[at..].starts_with("ni ");
    let any = |_: &str, _: usize| true;
    let denied = |text: &str, at: usize| {
        let before = text[..at].trim_end();
        !(before.ends_with(" no") || before.ends_with(" sin") || before.ends_with(" ni"))
    };
    verdict(
        found,
        stretch,
        [
            ("sin mora", ranges_of(&PAID, stretch, any)),
            ("mora", ranges_of(&IN_ARREARS, stretch, affirmed)),
            ("glosa", ranges_of(&NOTE, stretch, affirmed)),
            ("convenio", ranges_of(&AGREEMENT, stretch, denied)),
        ],
    );
}

fn ranges_of(
    pattern: &Option<regex::Regex>,
    stretch: &Stretch<'_>,
    counts: impl Fn(&str, usize) -> bool,
) -> Vec<Range<usize>> {
    let text = stretch.text.ascii();
    crate::grammar::ranges(pattern, text).into_iter().filter(|range| counts(text, range.start)).collect()
}

/// Keeps the one verdict that a paper gives. Where it says two things a person must read it.
fn verdict<const N: usize>(
    found: &mut Candidates,
    stretch: &Stretch<'_>,
    said: [(&str, Vec<Range<usize>>); N],
) {
    let mut given =
        said.into_iter().filter_map(|(verdict, ranges)| Some((verdict, ranges.into_iter().next()?)));
    let (Some((verdict, range)), None) = (given.next(), given.next()) else { return };
    if !has(found, "resultado") {
        stretch.keep(
            found,
            "resultado",
            FactValue::Text(verdict.into()),
            stretch.place(&range),
            0.9,
            "resultado@1",
        );
    }
}

pattern!(
    SIZE,
    r"categoria:? (micro|pequena|mediana|artesan[a-z]*)|\b(micro|pequena|mediana) ?empresa\b|(?:calificacion|unidad) (artesanal)"
);
pattern!(SOLIDARITY, r"economia popular y solidaria|\brueps\b");
pattern!(FAMILY_FARMING, r"agricultura familiar campesina|\bafc\b");

fn size(found: &mut Candidates, stretch: &Stretch<'_>) {
    if has(found, "categoria") {
        return;
    }
    let text = stretch.text.ascii();
    let word = |group: &str| match group {
        "micro" => "micro",
        "pequena" => "pequeña",
        "mediana" => "mediana",
        _ => "artesano",
    };
    let mut named: Vec<(&str, Range<usize>, bool)> = Vec::new();
    for captures in SIZE.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let Some(group) = captures.get(1).or_else(|| captures.get(2)).or_else(|| captures.get(3)) else {
            continue;
        };
        named.push((word(group.as_str()), group.range(), captures.get(1).is_some()));
    }
    // What the paper calls its category decides; its prose may name every size.
    let labelled: Vec<_> = named.iter().filter(|(_, _, labelled)| *labelled).cloned().collect();
    let named = if labelled.is_empty() { named } else { labelled };
    let (size, range, confidence) = match named.as_slice() {
        [(first, range, labelled), others @ ..] if others.iter().all(|(other, _, _)| other == first) => {
            (*first, range.clone(), if *labelled { 0.95 } else { 0.82 })
        }
        [] => {
            let register =
                [("AFC", &FAMILY_FARMING), ("EPS", &SOLIDARITY)].into_iter().find_map(|(name, pattern)| {
                    Some((name, crate::grammar::ranges(pattern, text).into_iter().next()?))
                });
            match register {
                Some((name, range)) => (name, range, 0.82),
                None => return,
            }
        }
        _ => return,
    };
    stretch.keep(
        found,
        "categoria",
        FactValue::Text(size.into()),
        stretch.place(&range),
        confidence,
        "categoria@1",
    );
}
