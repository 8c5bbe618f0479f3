//! The least technical score of a consultoría as a pliego writes it. Read only where the sentence can mean nothing else: about the technical
//! evaluation as a whole, *mínimo* beside the number, the number beside *puntos* or *sobre cien*. Two numbers are a doubt that a person settles.

use super::model::{Sourced, reason};
use crate::text::folded;
use cotejo_domain::Reason;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The least technical score as the pliego writes it, or why a person must say which.
pub type WrittenMinimum = Result<Sourced<Decimal>, Reason>;

/// Names the question for a minimum that nobody says.
pub(super) const NO_MINIMUM: &str = "rules.puntaje.consultoria.pregunta_minimo";
const DOUBTFUL: &str = "rules.puntaje.consultoria.minimo_dudoso";

/// Tells whether a question is about the least technical score: until it is answered nobody has reached it.
#[must_use]
pub fn asks_the_minimum(question: &Reason) -> bool {
    [NO_MINIMUM, DOUBTFUL, "rules.puntaje.consultoria.pregunta_reglas"].contains(&question.code.as_str())
}

/// What may stand between *mínimo* and its number.
const BETWEEN: &str = "de del la el las los es sera igual o y a mayor superior para que en por debe puntaje puntuacion calificacion \
     evaluacion oferta propuesta tecnica tecnico requerido requerida exigido exigida calificar pasar acceder apertura economica sobre \
     sesenta setenta ochenta noventa cinco";

/// What makes a sentence one about a part of the evaluation, or about persons and papers.
const PARTS: [&str; 9] = [
    "personal",
    "experiencia",
    "equipo",
    "parametro",
    "contrato",
    "proyecto",
    "patrimonio",
    "plazo",
    "indice",
];

/// Reads the minimum from texts of the pliego, each with where it stands.
#[must_use]
pub fn written_minimum<O: Clone>(
    texts: impl IntoIterator<Item = (String, O)>,
    origin: impl Fn(&O, &str) -> super::Origin,
) -> Option<WrittenMinimum> {
    let mut found: Vec<(Decimal, super::Origin)> = Vec::new();
    for (text, place) in texts {
        for sentence in sentences(&text) {
            for value in of_sentence(&sentence) {
                found.push((value, origin(&place, &sentence)));
            }
        }
    }
    let values: BTreeSet<Decimal> = found.iter().map(|(value, _)| value.normalize()).collect();
    let mut each = values.iter();
    match (each.next(), each.next()) {
        (None, _) => None,
        (Some(value), None) => {
            let origins = found.into_iter().map(|(_, origin)| origin).collect();
            Some(Ok(Sourced { value: *value, origins }))
        }
        _ => {
            let texts: Vec<String> = values.iter().map(|value| value.to_string().replace('.', ",")).collect();
            Some(Err(reason(DOUBTFUL, &[("valores", &texts.join(", "))])))
        }
    }
}

/// Cuts a text where a sentence or a paragraph ends; a line alone ends neither.
fn sentences(text: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let ends = match letter {
            '.' | ';' | ':' => letters.peek().is_none_or(|next| next.is_whitespace()),
            '\n' => letters.peek() == Some(&'\n'),
            _ => false,
        };
        let kept = if letter == '\n' { ' ' } else { letter };
        if let Some(last) = found.last_mut() {
            last.push(kept);
        }
        if ends {
            found.push(String::new());
        }
    }
    found.retain(|sentence| !sentence.trim().is_empty());
    found.into_iter().map(|sentence| sentence.trim().to_owned()).collect()
}

/// Returns the minimums that one sentence states; none where it can be about anything else.
fn of_sentence(sentence: &str) -> Vec<Decimal> {
    let plain: String = sentence
        .to_lowercase()
        .split_inclusive([',', '.', '/'])
        .map(|part| {
            let mark = part.chars().last().filter(|mark| [',', '.', '/'].contains(mark));
            let lead = if part.starts_with(char::is_whitespace) { " " } else { "" };
            format!("{lead}{}{}", folded(part), mark.map(String::from).unwrap_or_default())
        })
        .collect();
    if !plain.contains("tecnic") || !plain.contains("minim") || PARTS.iter().any(|word| plain.contains(word))
    {
        return Vec::new();
    }
    let words: Vec<&str> = plain
        .split(|letter: char| !(letter.is_alphanumeric() || letter == ',' || letter == '.' || letter == '/'))
        .map(|word| word.trim_matches(['.', ',']))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !word.starts_with("minim") {
            continue;
        }
        let after = words.get(at + 1..).unwrap_or_default();
        let run = after.iter().take_while(|word| BETWEEN.split(' ').any(|known| known == **word)).count();
        if run > 12 {
            continue;
        }
        let rest = after.get(run..).unwrap_or_default();
        found.extend(score_of(rest));
    }
    found
}

/// Reads a score at the head of some words: `70 puntos`, `70/100`, `70,00 sobre 100`.
fn score_of(words: &[&str]) -> Option<Decimal> {
    let (first, next) = (words.first()?, words.get(1).copied().unwrap_or_default());
    let (number, of) = first.split_once('/').unwrap_or((first, ""));
    let value: Decimal = number.replace(',', ".").parse().ok()?;
    let beside = next.starts_with("punto")
        || of == "100"
        || (next == "sobre" && words.get(2).is_some_and(|word| ["100", "cien"].contains(word)));
    let plausible = value >= Decimal::from(50) && value < Decimal::ONE_HUNDRED;
    (beside && plausible).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::super::Origin;
    use super::*;

    fn read(texts: &[&str]) -> Option<WrittenMinimum> {
        let texts = texts.iter().map(|text| ((*text).to_owned(), ()));
        written_minimum(texts, |(), quote| Origin::Person { who: String::new(), reason: quote.into() })
    }

    fn value(texts: &[&str]) -> Option<String> {
        read(texts).and_then(Result::ok).map(|found| found.value.to_string())
    }

    #[test]
    fn a_minimum_is_read_where_the_sentence_means_nothing_else() {
        for (text, expected) in [
            ("El puntaje mínimo de la evaluación técnica será de 75 puntos.", "75"),
            ("Quien no alcance en la oferta técnica un mínimo de setenta (70) puntos no continúa.", "70"),
            ("La calificación técnica\nmínima es de 80/100.", "80"),
            ("Evaluación técnica, mínimo 72,5 sobre 100", "72.5"),
        ] {
            assert_eq!(value(&[text]).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn attack_a_number_of_another_thing_becomes_the_technical_minimum() {
        for text in [
            "Experiencia del personal técnico: mínimo 60 puntos.",
            "El plazo mínimo de la propuesta técnica es de 75 días.",
            "La oferta técnica tiene un máximo de 80 puntos.",
            "El personal técnico mínimo tendrá 55 puntos de formación.",
            "La oferta técnica se evalúa sobre 100 puntos.",
        ] {
            assert_eq!(value(&[text]), None, "{text}");
        }
    }

    #[test]
    fn two_minimums_are_a_doubt_and_one_written_twice_is_none() {
        let seventy = "El mínimo de la evaluación técnica es de 70 puntos.";
        assert_eq!(value(&[seventy, seventy]).as_deref(), Some("70"));
        let doubt = read(&[seventy, "Puntaje técnico mínimo: 80 puntos."]);
        let eighty = read(&["Puntaje técnico mínimo de 80 puntos."]);
        assert!(eighty.is_some_and(|found| found.is_ok()));
        let both = read(&[seventy, "Puntaje técnico mínimo de 80 puntos."]);
        assert!(matches!(&both, Some(Err(why)) if asks_the_minimum(why)), "{both:?} {doubt:?}");
    }
}
