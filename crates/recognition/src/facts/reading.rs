//! Turns the text beside a label into a typed value, or says that it is none.

use super::{FieldKind, kinds};
use crate::grammar::duration::Duration;
use crate::grammar::{
    Found, cpc, date, duration, email, identifier, money, pattern, percent, phone, placeholder, process_code,
    words,
};
use crate::layout::{Folded, squeeze};
use cotejo_domain::{FactValue, Money, Plazo, ProcessCode};
use rust_decimal::Decimal;
use std::ops::Range;

/// Holds the outcome of a reading.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A value with its place in the given text.
    Value {
        /// The value.
        value: FactValue,
        /// Its place.
        range: Range<usize>,
        /// How sure.
        certainty: f64,
    },
    /// An amount with two readings.
    Undecided {
        /// Both.
        number: money::Number,
        /// Its place.
        range: Range<usize>,
    },
    /// Nothing of this kind.
    Nothing,
}

pattern!(YEAR, r"\b(?:19|20)\d{2}\b");
pattern!(
    ABBREVIATION,
    r"(?:^|[ .])(?:s\.? ?a|s\.a\.s|s\.a\.c|s\.r\.l|s\. en c|c\.? ?a|c\.? ?l|cia|ltda?|inc|corp|co|e\.? ?p|b\.i\.c|s\. ?c|n\.v|g\.m\.b\.h)\.$"
);
pattern!(SENTENCE_END, r"\d[^.]{0,60}?[a-z0-9)]\. [a-z]");
pattern!(CODE_SHAPE, r"^[a-z0-9.&/~]{2,}(?: ?- ?[a-z0-9.&/~]+){2,6}");

/// Names the reader of a kind, with its version.
#[must_use]
pub fn extractor(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Ruc => "ruc@1",
        FieldKind::Cedula => "cedula@1",
        FieldKind::Code => "codigo_proceso@1",
        FieldKind::Money => "monto@1",
        FieldKind::Percent => "porcentaje@1",
        FieldKind::Date => "fecha@1",
        FieldKind::Duration | FieldKind::Years => "duracion@1",
        FieldKind::Year => "anio@1",
        FieldKind::Email => "correo@1",
        FieldKind::Phone => "telefono@1",
        FieldKind::Digits(_) => "digitos@1",
        FieldKind::Person => "persona@1",
        FieldKind::Choice(_) | FieldKind::YesNo => "opcion@1",
        FieldKind::Text => "texto@1",
        other => kinds::extractor(other),
    }
}

/// Reads the value of a field; where nothing can be read, as a scan may have written it with letters for figures.
#[must_use]
pub fn read(kind: FieldKind, text: &Folded, expected: Option<&ProcessCode>) -> Reading {
    match read_plain(kind, text, expected) {
        Reading::Nothing => kinds::repaired(kind, text, expected),
        read => read,
    }
}

/// Reads the value of a field as it is written.
pub(super) fn read_plain(kind: FieldKind, text: &Folded, expected: Option<&ProcessCode>) -> Reading {
    let whole = 0..text.len();
    match kind {
        FieldKind::Ruc => one(identifier::read_ruc(text, whole), FactValue::Ruc),
        FieldKind::Cedula => one(identifier::read_cedula(text, whole), FactValue::Cedula),
        FieldKind::Code => code(text, expected),
        FieldKind::Money => amount(text),
        FieldKind::Percent => match first(percent::find(text), FactValue::Percent) {
            Reading::Nothing => kinds::bare_share(text),
            share => share,
        },
        FieldKind::Date => first(date::find(text), FactValue::Date),
        FieldKind::Duration => term(text),
        FieldKind::Years => match duration::find(text).into_iter().next() {
            Some(Found { value: Duration::Years(count), range, certainty }) => {
                value(FactValue::Decimal(Decimal::from(count)), range, certainty)
            }
            _ => years_in_words(text),
        },
        FieldKind::Year => match crate::grammar::ranges(&YEAR, text.ascii()).as_slice() {
            [only] => match text.slice(only.clone()).parse::<u32>() {
                Ok(year) => value(FactValue::Decimal(Decimal::from(year)), only.clone(), 0.97),
                Err(_) => Reading::Nothing,
            },
            _ => Reading::Nothing,
        },
        FieldKind::Email => first(email::find(text), FactValue::Email),
        FieldKind::Phone => first(phone::find(text), FactValue::Text),
        FieldKind::Digits(count) => digits(text, count),
        FieldKind::Person => person(text),
        FieldKind::Choice(options) => choice(text, options),
        FieldKind::YesNo => yes_or_no(text),
        FieldKind::Text => free(text),
        other => kinds::read(other, text),
    }
}

fn value(value: FactValue, range: Range<usize>, certainty: f64) -> Reading {
    Reading::Value { value, range, certainty }
}

fn one<T>(found: Option<Found<T>>, wrap: impl Fn(T) -> FactValue) -> Reading {
    found.map_or(Reading::Nothing, |found| value(wrap(found.value), found.range, found.certainty))
}

/// Takes the first of several values; the more there are, the less sure that it is the one meant.
fn first<T>(found: Vec<Found<T>>, wrap: impl Fn(T) -> FactValue) -> Reading {
    let share = if found.len() > 1 { 0.8 } else { 1.0 };
    found
        .into_iter()
        .next()
        .map_or(Reading::Nothing, |found| value(wrap(found.value), found.range, found.certainty * share))
}

fn code(text: &Folded, expected: Option<&ProcessCode>) -> Reading {
    if let Some(found) = process_code::find(text, expected).into_iter().next() {
        return value(FactValue::ProcessCode(found.value), found.range, found.certainty.max(0.9));
    }
    let Some(range) = crate::grammar::ranges(&CODE_SHAPE, text.ascii()).into_iter().next() else {
        return Reading::Nothing;
    };
    let slice = text.slice(range.clone());
    let whole = range.end >= text.len()
        || !text.slice(range.end..range.end + 1).starts_with(|next: char| next.is_ascii_alphanumeric());
    let dated = slice.contains("20") && slice.chars().any(|character| character.is_ascii_alphabetic());
    if whole && dated && !slice.starts_with("re-sercop") {
        let code = ProcessCode::new(text.raw(range.clone()));
        let agrees = expected.is_some_and(|expected| process_code::same(expected, &code));
        return value(FactValue::ProcessCode(code), range, if agrees { 1.0 } else { 0.6 });
    }
    Reading::Nothing
}

fn amount(text: &Folded) -> Reading {
    let first = first_sentence(text);
    let text = first.as_ref().unwrap_or(text);
    let whole = text.trim(0..text.len());
    let found = match money::read(text, whole.clone()) {
        Some(found) => vec![found],
        None => {
            let all = money::find(text);
            let marked: Vec<_> = all.iter().filter(|found| found.value.currency).cloned().collect();
            let plain = all.into_iter().filter(|found| found.range.len() >= 4);
            if marked.is_empty() { plain.collect() } else { marked }
        }
    };
    let in_words: Vec<Decimal> = words::find(text)
        .into_iter()
        .filter(|found| found.value.money)
        .map(|found| found.value.value)
        .collect();
    let found: Vec<_> = found
        .into_iter()
        .filter(|found| found.value.currency || looks_like_money(text.slice(found.range.clone())))
        .collect();
    // Beside an amount with cents a bare number is a year or a count: «2.281,05 al cierre del ejercicio 2024».
    let with_cents = |found: &Found<money::Amount>| {
        found.value.currency || text.slice(found.range.clone()).contains(['.', ','])
    };
    let found: Vec<_> =
        if found.iter().any(with_cents) { found.into_iter().filter(with_cents).collect() } else { found };
    let Some(chosen) = found.first() else { return Reading::Nothing };
    let several = found.iter().any(|other| other.value.number != chosen.value.number);
    let number = match chosen.value.number.exact() {
        Some(number) => number,
        None => match chosen.value.number.confirmed_by(|reading| in_words.contains(&reading)) {
            Some(number) => number,
            None => return Reading::Undecided { number: chosen.value.number, range: chosen.range.clone() },
        },
    };
    let contradicted = !in_words.is_empty() && !in_words.contains(&number);
    let certainty = if several {
        0.5
    } else if contradicted {
        0.6
    } else {
        1.0
    };
    value(FactValue::Money(Money(number)), chosen.range.clone(), certainty)
}

/// Cuts a value after its first sentence, if that holds a number: what a further sentence counts is something else.
fn first_sentence(text: &Folded) -> Option<Folded> {
    let end = SENTENCE_END.as_ref()?.find(text.ascii())?.end() - 2;
    Some(Folded::new(text.raw(0..end)))
}

/// Numbers of clauses and boxes (`5.2`, `361`) stand where amounts do: an amount without its sign has cents or thousands.
fn looks_like_money(number: &str) -> bool {
    match number.rfind(['.', ',']) {
        Some(mark) => number.len() - mark > 2,
        None => number.len() >= 4,
    }
}

fn term(text: &Folded) -> Reading {
    let found = duration::find(text);
    let several = found.windows(2).any(|pair| pair[0].value != pair[1].value);
    let Some(found) = found.into_iter().next() else { return days_in_words(text) };
    let (typed, sure) = match found.value {
        Duration::Plazo(days) => (FactValue::Plazo(days), 1.0),
        Duration::Termino(days) => (FactValue::Termino(days), 1.0),
        // Terms of execution and validity run in calendar days unless the text says otherwise.
        Duration::Days(days) => (FactValue::Plazo(Plazo(days)), 0.85),
        Duration::Weeks(count) => (FactValue::Text(format!("{count} semanas")), 0.9),
        Duration::Months(count) => (FactValue::Text(format!("{count} meses")), 0.9),
        Duration::Years(count) => (FactValue::Text(format!("{count} años")), 0.9),
    };
    value(typed, found.range, found.certainty * sure * if several { 0.7 } else { 1.0 })
}

fn days_in_words(text: &Folded) -> Reading {
    let slice = text.ascii().trim();
    let Some(count) = slice.strip_suffix("dias").or_else(|| slice.strip_suffix("dias calendario")) else {
        return Reading::Nothing;
    };
    match words::read_whole(count.trim()).and_then(|count| u32::try_from(count).ok()) {
        Some(count) => value(FactValue::Plazo(Plazo(count)), text.trim(0..text.len()), 0.85),
        None => Reading::Nothing,
    }
}

fn years_in_words(text: &Folded) -> Reading {
    let count = text.ascii().trim().strip_suffix("anos").and_then(|count| words::read_whole(count.trim()));
    match count {
        Some(count) => value(FactValue::Decimal(Decimal::from(count)), text.trim(0..text.len()), 0.95),
        None => Reading::Nothing,
    }
}

fn digits(text: &Folded, count: usize) -> Reading {
    let range = text.trim(0..text.len());
    let slice = text.slice(range.clone());
    if count == 9 {
        return first(cpc::find(text), FactValue::Text);
    }
    let digits = squeeze(slice);
    let plain = !digits.is_empty() && digits.len() <= 60 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain && (count == 0 || digits.len() == count) {
        value(FactValue::Text(digits), range, 0.97)
    } else {
        Reading::Nothing
    }
}

const HONORIFICS: [&str; 30] = [
    "sr",
    "sra",
    "srta",
    "senor",
    "senora",
    "senorita",
    "ing",
    "ingeniero",
    "ingeniera",
    "arq",
    "arquitecto",
    "arquitecta",
    "abg",
    "ab",
    "abogado",
    "dr",
    "dra",
    "doctor",
    "doctora",
    "econ",
    "ec",
    "eco",
    "lcdo",
    "lcda",
    "lic",
    "mgs",
    "msc",
    "mg",
    "tnlgo",
    "tlgo",
];
const NOT_A_NAME: [&str; 56] = [
    "beneficiario",
    "nomina",
    "socios",
    "accionistas",
    "declaracion",
    "documento",
    "certificado",
    "acta",
    "entrega",
    "recepcion",
    "bienes",
    "servicios",
    "servicio",
    "tecnica",
    "tecnico",
    "requerida",
    "ofertada",
    "precio",
    "total",
    "obra",
    "proyecto",
    "anexo",
    "seccion",
    "cargo",
    "oferente",
    "representante",
    "legal",
    "apoderado",
    "procurador",
    "comun",
    "firma",
    "gerente",
    "general",
    "presidente",
    "contratista",
    "contratante",
    "fecha",
    "lugar",
    "formulario",
    "oferta",
    "nombre",
    "cedula",
    "ruc",
    "compania",
    "empresa",
    "entidad",
    "suscribo",
    "constancia",
    "atentamente",
    "consorcio",
    "fiscalizador",
    "administrador",
    "contrato",
    "pagina",
    "persona",
    "natural",
];

/// Tells whether a text is made like the name of a person: two to eight words of letters, none of them a role.
#[must_use]
pub fn looks_like_person(folded: &str) -> bool {
    let tokens: Vec<&str> = folded
        .split(|character: char| !character.is_ascii_alphanumeric())
        .filter(|token| !token.is_empty())
        .collect();
    let names: Vec<&&str> = tokens.iter().filter(|token| !HONORIFICS.contains(*token)).collect();
    // «S.A.», «C.A.», «Cía. Ltda.» end the name of a company.
    let company = tokens.windows(2).any(|pair| pair.iter().all(|token| token.len() == 1))
        || tokens.iter().any(|token| matches!(*token, "cia" | "ltda" | "constructora" | "sas" | "ep"));
    !company && (2..=8).contains(&names.len())
        && !matches!(tokens.first(), Some(&("de" | "del" | "la" | "el" | "los" | "las")))
        && names.iter().all(|token| token.bytes().all(|byte| byte.is_ascii_alphabetic()) && !NOT_A_NAME.contains(*token))
        && names.iter().filter(|token| token.len() >= 3).count() >= 2
        // Words that join sentences join no names.
        && !tokens.iter().any(|token| ["y", "o", "e", "que", "en", "por", "para", "con", "se", "su", "al", "no"].contains(token))
}

fn person(text: &Folded) -> Reading {
    let mut range = text.trim(0..text.len());
    while let Some(first) = text.slice(range.clone()).split([' ', '.']).next() {
        if first.is_empty() && !range.is_empty() || HONORIFICS.contains(&first) {
            range = text.trim((range.start + first.len() + 1).min(range.end)..range.end);
        } else {
            break;
        }
    }
    let slice = text.slice(range.clone());
    // What follows a comma or bracket is a role or a number.
    let end = slice.find([',', '(', ';', '/', ':']).unwrap_or(slice.len());
    let range = text.trim(range.start..range.start + end);
    if !looks_like_person(text.slice(range.clone())) {
        return Reading::Nothing;
    }
    value(FactValue::Text(text.raw(range.clone()).trim_end_matches(['.', ',']).to_string()), range, 0.92)
}

fn choice(text: &Folded, options: &[(&str, &[&str])]) -> Reading {
    let ascii = text.ascii();
    let matching: Vec<_> =
        options.iter().filter(|(_, marks)| marks.iter().any(|mark| begins_word(ascii, mark))).collect();
    let Some((canonical, marks)) = matching.first() else { return Reading::Nothing };
    // «(individual / compromiso / consorcio)» is the model's own list, not an answer.
    if matching.len() > 1 && matching.len() == options.len() || ascii.contains(" / ") && matching.len() > 1 {
        return Reading::Nothing;
    }
    let _ = marks;
    value(
        FactValue::Text((*canonical).to_string()),
        text.trim(0..text.len()),
        if matching.len() == 1 { 0.97 } else { 0.85 },
    )
}

fn yes_or_no(text: &Folded) -> Reading {
    match squeeze(text.ascii()).as_str() {
        "si" => value(FactValue::Boolean(true), text.trim(0..text.len()), 0.97),
        "no" => value(FactValue::Boolean(false), text.trim(0..text.len()), 0.97),
        _ => Reading::Nothing,
    }
}

fn begins_word(text: &str, mark: &str) -> bool {
    text.match_indices(mark).any(|(index, _)| {
        let open = index == 0 || !text.as_bytes()[index - 1].is_ascii_alphanumeric();
        let closed = mark.len() > 3
            || text.as_bytes().get(index + mark.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
        open && closed
    })
}

pattern!(
    NEXT_CLAUSE,
    r",? (?:demostrando|cumpliendo|dejando (?:constancia|a salvo)|habiendo (?:cumplid|demostrad|ejecutad|sid)|por haber (?:cumplid|aprobad|satisfech)|a entera satisfaccion|y comprende\b|(?:que |quien )?en adelante\b)"
);

/// Words that begin what only points to something named elsewhere.
const POINTS: [&str; 10] =
    ["su ", "sus ", "mi ", "mis ", "nuestr", "dicho", "dicha", "el mismo", "la misma", "este "];

fn free(text: &Folded) -> Reading {
    let mut range = text.trim(0..text.len());
    // What is said of a thing is no part of its name.
    if let Some(clause) = NEXT_CLAUSE.as_ref().and_then(|pattern| pattern.find(text.slice(range.clone()))) {
        range = text.trim(range.start..range.start + clause.start());
    }
    while text.slice(range.clone()).ends_with([',', ';', '.', ':', '-', '"']) {
        let slice = text.slice(range.clone());
        // A full stop may belong to «S.A.» or «Cía. Ltda.».
        if ABBREVIATION.as_ref().is_some_and(|pattern| pattern.is_match(slice)) {
            break;
        }
        range = text.trim(range.start..range.end - 1);
    }
    while text.slice(range.clone()).starts_with(['"', '-', ':', '*']) {
        range = text.trim(range.start + 1..range.end);
    }
    let slice = text.slice(range.clone());
    // «sus productos» points to a name and is none.
    let lower = text.raw(range.clone()).starts_with(char::is_lowercase);
    if lower && POINTS.iter().any(|word| slice.starts_with(word)) {
        return Reading::Nothing;
    }
    let letters = slice.bytes().filter(u8::is_ascii_alphanumeric).count();
    if letters < 2 || slice.len() > 700 || placeholder::find(slice).iter().any(|place| place.len() > 6) {
        return Reading::Nothing;
    }
    value(FactValue::Text(text.raw(range.clone()).to_string()), range, 0.93)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(kind: FieldKind, text: &str) -> Option<String> {
        match read(kind, &Folded::new(text), None) {
            Reading::Value { value, .. } => Some(value.canonical()),
            _ => None,
        }
    }

    #[test]
    fn amounts_use_the_words_beside_them() {
        assert_eq!(
            read_as(FieldKind::Money, "USD 87.020,22 (ochenta y siete mil veinte con 22/100)"),
            Some("87020.22".into())
        );
        assert!(matches!(read(FieldKind::Money, &Folded::new("$ 1.250"), None), Reading::Undecided { .. }));
        assert_eq!(
            read_as(FieldKind::Money, "$ 1.250 (mil doscientos cincuenta dólares)"),
            Some("1250".into())
        );
        assert_eq!(read_as(FieldKind::Money, "por definir"), None);
    }

    #[test]
    fn names_lose_their_titles_and_roles() {
        assert_eq!(
            read_as(FieldKind::Person, "Ing. Ejemplo Ficticio Andrade, Gerente General"),
            Some("Ejemplo Ficticio Andrade".into())
        );
        assert_eq!(read_as(FieldKind::Person, "REPRESENTANTE LEGAL"), None);
        assert_eq!(read_as(FieldKind::Person, "(indicar el nombre)"), None);
        assert_eq!(
            read_as(FieldKind::Person, "Montajes Ejemplo C.A. · Quito"),
            None,
            "a company at the foot"
        );
    }

    #[test]
    fn a_choice_that_is_the_models_list_is_no_answer() {
        const NATURE: &[(&str, &[&str])] = &[("natural", &["natural"]), ("jurídica", &["juridica"])];
        assert_eq!(read_as(FieldKind::Choice(NATURE), "PERSONA JURÍDICA"), Some("jurídica".into()));
        assert_eq!(read_as(FieldKind::Choice(NATURE), "natural / jurídica"), None);
    }

    #[test]
    fn terms_say_which_days() {
        assert_eq!(
            read(FieldKind::Duration, &Folded::new("90 (noventa) días calendario"), None),
            value(FactValue::Plazo(Plazo(90)), 0..28, 1.0)
        );
        assert_eq!(
            read_as(FieldKind::Duration, "12 meses"),
            Some("12 meses".into()),
            "a month has no fixed days"
        );
        assert_eq!(read_as(FieldKind::Duration, "noventa días"), Some("90".into()));
    }

    #[test]
    fn texts_keep_the_stop_of_their_abbreviation() {
        assert_eq!(
            read_as(FieldKind::Text, " CONSTRUCTORA EJEMPLO S.A. "),
            Some("CONSTRUCTORA EJEMPLO S.A.".into())
        );
        assert_eq!(read_as(FieldKind::Text, "Quito."), Some("Quito".into()));
        assert_eq!(read_as(FieldKind::Text, "sus repuestos y accesorios"), None, "it points to a name");
        assert_eq!(read_as(FieldKind::Text, "SU FERRETERÍA S.A."), Some("SU FERRETERÍA S.A.".into()));
    }
}
