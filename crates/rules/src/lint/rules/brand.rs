//! A brand named without *o equivalente*, or a sign of a registered mark: what is bought is described by what it does.

use super::super::{Draft, LintFinding};
use super::cited;
use crate::text::folded;
use cotejo_domain::Severity;

/// Code of the rule.
pub(super) const CODE: &str = "lint.marca";

/// Words after *marca* that ask for one, or speak of marks, and name none.
const NO_NAME: [&str; 34] = [
    "especificar",
    "indicar",
    "detallar",
    "senalar",
    "modelo",
    "modelos",
    "pais",
    "procedencia",
    "ofertada",
    "ofertado",
    "registrada",
    "registradas",
    "reconocida",
    "reconocidas",
    "de",
    "del",
    "y",
    "o",
    "u",
    "en",
    "que",
    "a",
    "la",
    "el",
    "los",
    "las",
    "comercial",
    "comerciales",
    "propia",
    "serie",
    "ano",
    "n",
    "si",
    "cumple",
];
/// Words that leave the choice open.
const OPEN: [&str; 9] = [
    "equivalente",
    "similar",
    "compatible",
    "sin determinacion",
    "sin marca",
    "misma marca",
    "no se mencion",
    "cualquier marca",
    "indicar marca",
];

pub(super) fn check(draft: &Draft<'_>) -> Vec<LintFinding> {
    let mut found = Vec::new();
    for statement in draft.statements {
        let plain = folded(&statement.text);
        if OPEN.iter().any(|words| plain.contains(words)) {
            continue;
        }
        let named = named_brand(&statement.text);
        let signed = statement.text.contains(['®', '™']);
        if let Some(name) = named.or_else(|| signed.then(|| signed_word(&statement.text))) {
            let values = [("marca", name.as_str()), ("texto", &cited(&statement.text))];
            found.push(
                LintFinding::of(draft, CODE, Severity::Warning, "especificaciones", &values)
                    .at(&statement.source),
            );
        }
    }
    found
}

/// Returns the word that *marca* is followed by, where it looks like a name: a capital, or letters and digits.
fn named_brand(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for (index, word) in words.iter().enumerate() {
        let plain = folded(word);
        if plain != "marca" && plain != "marcas" {
            continue;
        }
        let mut next =
            words.iter().skip(index + 1).map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
        let Some(name) = next.find(|word| !word.is_empty()) else { continue };
        let capital = name.chars().next().is_some_and(|first| first.is_uppercase() || first.is_ascii_digit());
        if capital && name.chars().count() >= 2 && !NO_NAME.contains(&folded(name).as_str()) {
            return Some(name.to_owned());
        }
    }
    None
}

fn signed_word(text: &str) -> String {
    let word = text.split_whitespace().find(|word| word.contains(['®', '™']));
    word.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::DraftFixture;
    use super::CODE;
    use cotejo_domain::ProcedureType;

    fn found(text: &str) -> usize {
        DraftFixture::new("2026-01-15", ProcedureType::Sie).say(text).found(CODE).len()
    }

    #[test]
    fn one_draft_is_left_alone_and_one_is_found() {
        for text in [
            "Tóner marca Ejemplo o equivalente",
            "MARCA/ MODELO Especificar",
            "Cortadora compatible con la fusionadora (misma marca)",
            "El oferente indicará marca y modelo",
            "el equipo mínimo se define sin determinación de marcas",
            "Registro de marca de la empresa",
        ] {
            assert_eq!(found(text), 0, "{text}");
        }
        for text in [
            "Tóner marca Ejemplo para impresora",
            "Procesador marca: EJEMPLO 7000",
            "OmniEjemplo® acetato de amonio",
        ] {
            assert_eq!(found(text), 1, "{text}");
        }
    }
}
