//! Single fields: code, object, entity, budget, term, validity, patrimonio.

use super::lines::Lines;
use super::{AgreedDays, AgreedMoney, agreed};
use cotejo_domain::{Money, Plazo, ProcessCode, RequirementSource};
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A pattern that is written here: one that did not compile would find nothing, and the tests below would show it.
type Pattern = LazyLock<Option<Regex>>;

static CODE: Pattern = LazyLock::new(|| {
    Regex::new(
        r"\b(SIE|LICO|LICBS|LICB|LICS|COTO|COTBS|COTS|COTB|MCO|MCBS|MCS|CDC|LCC|CPC|RE|FI|CATE|CE|NIC|IC|EMERG)\s?-\s?[A-ZÁÉÍÓÚÑ0-9.&/]{2,20}(?:\s?-\s?[A-ZÁÉÍÓÚÑ0-9.&/]{1,12}){0,2}\s?-\s?\d{2,5}(?:\s?-\s?[A-Z0-9]{1,6})?\b",
    )
    .ok()
});
static MONEY: Pattern = LazyLock::new(|| {
    Regex::new(r"^[^()0-9]{0,60}?(?:usd?\.?|us\$|\$)\s?\$?\s?(\d[\d.,' ]*\d)|^[^()0-9]{0,40}?(\d[\d.,']*\d)\s?(?:dolares|usd)").ok()
});
static AMOUNT: Pattern = LazyLock::new(|| {
    Regex::new(r"(?:usd?\.?|us\$|\$)\s?\$?\s?(\d[\d.,']*\d)|(\d[\d.,']*\d)\s?(?:dolares|usd)").ok()
});
static DAYS: Pattern = LazyLock::new(|| {
    Regex::new(r"^[^()0-9.;]{0,80}?(?:[a-z ]{3,40}\((\d{1,4})\)|(\d{1,4})(?: ?\([a-z ]{3,40}\))?) dias?( calendario| termino| habiles| laborables| laborales| de termino| plazo)?").ok()
});
static HEADING: Pattern = LazyLock::new(|| {
    Regex::new(r"^(?:\d{1,2}\.)+\d{0,2}\.?-? |^\d{1,2}\.-? [a-z]|^seccion [ivx]+|^[ivx]{1,4}\. ").ok()
});

/// Returns the code of the process: the one that a label names, or the only one there is.
pub(super) fn code(lines: &Lines) -> Option<ProcessCode> {
    let pattern = CODE.as_ref()?;
    let mut counts: BTreeMap<ProcessCode, usize> = BTreeMap::new();
    let mut named: Vec<ProcessCode> = Vec::new();
    for line in lines.iter() {
        for found in pattern.find_iter(&line.text.to_uppercase()) {
            let code = ProcessCode::new(found.as_str());
            *counts.entry(code.clone()).or_default() += 1;
            let before = &line.folded;
            let labelled = ["codigo del proce", "codigo de proce", "procedimiento n", "proceso n"]
                .iter()
                .any(|label| before.contains(label));
            let alone = found.as_str().len() + 4 >= line.text.len();
            if labelled || alone {
                named.push(code);
            }
        }
    }
    let strong = |code: &ProcessCode| !matches!(code.prefix(), "CPC" | "RE" | "FI" | "IC" | "CE");
    named.retain(|code| strong(code) || counts.get(code).copied().unwrap_or(0) > 1);
    match agreed(named) {
        Ok(Some(code)) => Some(code),
        Err(()) => None,
        Ok(None) => {
            let mut codes = counts.into_keys().filter(strong);
            let first = codes.next()?;
            if codes.next().is_some() { None } else { Some(first) }
        }
    }
}

/// Returns the object: what stands under its own heading, up to the next heading.
pub(super) fn object(lines: &Lines) -> Option<String> {
    const HEADS: [&str; 4] = [
        "objeto de contratacion:",
        "objeto de la contratacion:",
        "objeto del procedimiento:",
        "objeto de contratacion :",
    ];
    let all = lines.all();
    for (index, line) in all.iter().enumerate() {
        let Some((start, head)) = HEADS.iter().find_map(|head| Some((line.folded.find(head)?, head))) else {
            continue;
        };
        // The heading begins the line, after its number at most.
        if line.folded[..start].contains(|character: char| character.is_ascii_alphabetic()) {
            continue;
        }
        let skip = line.folded[..start + head.len()].chars().count();
        let mut text: String = line.text.chars().skip(skip).collect();
        for next in all.iter().skip(index + 1).take(6) {
            let ends = HEADING.as_ref().is_some_and(|pattern| pattern.is_match(&next.folded))
                || next.folded.contains(':');
            if ends || text.trim_end().ends_with('.') {
                break;
            }
            text.push(' ');
            text.push_str(&next.text);
        }
        if let Some(text) = real(&text, 8, 600) {
            return Some(text);
        }
    }
    None
}

/// Returns the entity named by its own label.
pub(super) fn entity(lines: &Lines) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines.iter() {
        let Some(rest) = ["entidad contratante:", "nombre de la entidad contratante:"]
            .iter()
            .find_map(|label| line.folded.strip_prefix(label))
        else {
            continue;
        };
        let skip = line.text.chars().count() - rest.chars().count();
        let text: String = line.text.chars().skip(skip).collect();
        found.extend(real(&text, 5, 160));
    }
    agreed(found).ok().flatten()
}

/// Words of the models themselves: a text that has them was not written by anybody.
const INSTRUCTIONS: [&str; 14] = [
    "(detallar",
    "(describ",
    "(descrip",
    "(indicar",
    "(establecer",
    "(nombre",
    "(senalar",
    "(determinar",
    "___",
    "……",
    "....",
    "comparece",
    "este procedimiento precontractual",
    "suscripcion del presente",
];

/// Keeps a text that somebody wrote: no instruction of the model in brackets, of a sensible length.
fn real(text: &str, least: usize, most: usize) -> Option<String> {
    let text = text.trim().trim_matches(['“', '”', '"', '.']).trim();
    let plain = super::lines::fold(text);
    let instruction =
        text.starts_with(['(', '[', '<']) || INSTRUCTIONS.iter().any(|words| plain.contains(words));
    let length = text.chars().count();
    let has_words = text.chars().filter(|character| character.is_alphabetic()).count() * 2 > length;
    (!instruction && has_words && (least..=most).contains(&length)).then(|| text.to_owned())
}

/// Returns what follows each place where `anchor` stands, folded, over the break of the line; with the number of the line.
fn after(lines: &Lines, anchor: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let text = lines.folded_from(index, 3);
        if let Some(place) = text.find(anchor)
            && place < line.folded.len()
        {
            found.push((index, text[place + anchor.len()..].to_owned()));
        }
    }
    found
}

/// Reads an amount that has one reading only: two decimals after the last separator, or none at all.
fn amount(text: &str) -> Option<Money> {
    let plain: String = text.chars().filter(|character| !matches!(character, ' ' | '\'')).collect();
    let (whole, cents) = match plain.rfind(['.', ',']) {
        None => (plain.as_str(), ""),
        Some(place) if (1..=2).contains(&(plain.len() - place - 1)) => (&plain[..place], &plain[place + 1..]),
        // Five decimals, as the Portal prints them.
        Some(place) if plain.len() - place - 1 == 5 => (&plain[..place], &plain[place + 1..]),
        Some(_) => return None,
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let number = if cents.is_empty() { digits } else { format!("{digits}.{cents}") };
    number.parse().ok().map(Money)
}

pub(super) fn money_after(text: &str) -> Option<Money> {
    let captures = MONEY.as_ref()?.captures(text)?;
    amount(captures.get(1).or_else(|| captures.get(2))?.as_str())
}

/// Returns the presupuesto referencial.
pub(super) fn budget(lines: &Lines) -> AgreedMoney {
    let places = after(lines, "presupuesto referencial").into_iter();
    let mut found: Vec<Money> = places.filter_map(|(_, text)| money_after(&text)).collect();
    for money in &mut found {
        *money = money.rounded();
    }
    agreed(found)
}

/// Returns the minimum patrimonio with its place.
pub(super) fn patrimonio(lines: &Lines) -> Option<(Money, RequirementSource)> {
    let mut found: Vec<(usize, Money)> = Vec::new();
    for anchor in [
        "patrimonio minimo",
        "minimo de patrimonio",
        "patrimonio requerido",
        "patrimonio exigido",
        "patrimonio igual o superior",
    ] {
        found.extend(
            after(lines, anchor).into_iter().filter_map(|(index, text)| Some((index, money_after(&text)?))),
        );
    }
    let (index, amount) = found.first().copied()?;
    let place =
        super::lines::place(lines.all().get(index..).unwrap_or_default().get(..1).unwrap_or_default());
    found.iter().all(|(_, money)| *money == amount).then_some((amount, place))
}

/// Returns the amounts of money that a text names with its currency, each with its place.
pub(super) fn amounts(folded: &str) -> Vec<(usize, Money)> {
    let Some(pattern) = AMOUNT.as_ref() else { return Vec::new() };
    let found = pattern.captures_iter(folded).filter_map(|captures| {
        let number = captures.get(1).or_else(|| captures.get(2))?;
        Some((number.start(), amount(number.as_str())?))
    });
    found.collect()
}

fn days_after(text: &str) -> Option<Plazo> {
    let captures = DAYS.as_ref()?.captures(text)?;
    if captures.get(3).is_some_and(|kind| {
        matches!(kind.as_str().trim(), "termino" | "habiles" | "laborables" | "laborales" | "de termino")
    }) {
        return None;
    }
    let days: u32 = captures.get(1).or_else(|| captures.get(2))?.as_str().parse().ok()?;
    (days > 0).then_some(Plazo(days))
}

/// Returns the term of execution in calendar days.
pub(super) fn term(lines: &Lines) -> AgreedDays {
    let mut found = Vec::new();
    for anchor in [
        "plazo estimado para la ejecucion del contrato",
        "plazo de ejecucion",
        "plazo para la ejecucion",
        "plazo de entrega",
        "el plazo es",
    ] {
        found.extend(after(lines, anchor).into_iter().filter_map(|(_, text)| days_after(&text)));
    }
    agreed(found)
}

/// Returns the validity of the offers in calendar days.
pub(super) fn validity(lines: &Lines) -> AgreedDays {
    let mut found = Vec::new();
    for anchor in ["vigencia de la oferta", "ofertas se entenderan vigentes"] {
        found.extend(after(lines, anchor).into_iter().filter_map(|(_, text)| days_after(&text)));
    }
    agreed(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles() {
        for pattern in [&CODE, &MONEY, &AMOUNT, &DAYS, &HEADING] {
            assert!(pattern.is_some(), "a pattern that does not compile finds nothing");
        }
    }

    #[test]
    fn an_amount_with_two_readings_is_none() {
        assert_eq!(amount("12.650,20").map(|money| money.to_string()).as_deref(), Some("12650.20"));
        assert_eq!(amount("495930.26").map(|money| money.to_string()).as_deref(), Some("495930.26"));
        assert_eq!(amount("12.650"), None, "twelve thousand, or twelve and a bit");
    }

    #[test]
    fn working_days_are_no_plazo() {
        assert_eq!(days_after(" es de 30 dias termino"), None, "another kind of days");
        assert_eq!(days_after(" tendra un plazo de 10 dias laborales, contados"), None, "and its other name");
        assert_eq!(days_after(" es de noventa (90) dias calendario"), Some(Plazo(90)));
        assert_eq!(days_after(": 120 (ciento veinte) dias, contados"), Some(Plazo(120)));
        assert_eq!(days_after(" es de (dias)"), None, "the model's instruction");
    }
}
