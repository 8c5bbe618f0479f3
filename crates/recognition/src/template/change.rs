//! What a difference touches: a negation weighs more than another wording.

use super::tokens::Token;
use cotejo_domain::{TemplateChange, spanish};
use std::collections::BTreeSet;

const NEGATIONS: &[&str] = &["no", "ni", "nunca", "jamas", "tampoco", "ningun", "ninguna", "ninguno", "sin"];

/// Conditions and exceptions, as sequences of words.
const CONDITIONS: &[&[&str]] = &[
    &["siempre", "que"],
    &["siempre", "y", "cuando"],
    &["salvo"],
    &["excepto"],
    &["excepcion"],
    &["menos", "que"],
    &["condicionado"],
    &["condicionada"],
    &["condicion", "de", "que"],
    &["sujeto"],
    &["sujeta"],
    &["solo", "si"],
    &["solamente"],
    &["unicamente"],
    &["parcialmente"],
    &["parcial"],
    &["hasta", "donde"],
    &["podra"],
    &["podria"],
    &["medida", "de", "lo", "posible"],
    &["reservo"],
    &["reserva"],
];

/// Stems of the words by which a bidder binds himself.
const COMMITMENTS: &[&str] = &[
    "compromet",
    "compromis",
    "declar",
    "garanti",
    "acept",
    "oblig",
    "renunci",
    "respons",
    "autoriz",
    "someto",
    "somet",
    "allan",
    "cumpl",
    "debera",
    "asum",
    "conoz",
    "conoc",
    "certific",
    "juro",
    "juram",
    "solidari",
    "indivisibl",
    "habilitad",
    "inhabilitad",
    "incurs",
    "calendario",
    "habiles",
    "laborables",
    "termino",
    "plazo",
];

fn is_figure(token: &Token) -> bool {
    token.text.bytes().any(|byte| byte.is_ascii_digit())
}

fn count(tokens: &[&Token], of: &[&str]) -> usize {
    tokens.iter().filter(|token| of.contains(&token.text.as_str())).count()
}

fn conditions(tokens: &[&Token]) -> BTreeSet<usize> {
    let holds = |phrase: &[&str]| {
        // Single letters are no words here: "siempre y cuando" stands as "siempre cuando".
        let phrase: Vec<&str> = phrase.iter().copied().filter(|word| word.len() > 1).collect();
        tokens
            .windows(phrase.len())
            .any(|window| window.iter().zip(&phrase).all(|(token, word)| token.text == **word))
    };
    CONDITIONS.iter().enumerate().filter(|(_, phrase)| holds(phrase)).map(|(at, _)| at).collect()
}

fn commitments(tokens: &[&Token]) -> BTreeSet<&'static str> {
    let stems = COMMITMENTS.iter().copied();
    stems.filter(|stem| tokens.iter().any(|token| token.text.starts_with(stem))).collect()
}

/// Tells what the words of the model that are gone and those that came in their place touch.
pub(super) fn of(gone: &[&Token], came: &[&Token]) -> TemplateChange {
    // "Sí ( ) No (x)": a choice, not a negation.
    let choice = |tokens: &[&Token]| count(tokens, &["si"]) > 0 && count(tokens, &["no"]) > 0;
    if !choice(gone) && !choice(came) && count(gone, NEGATIONS) != count(came, NEGATIONS) {
        return TemplateChange::Negation;
    }
    if conditions(gone) != conditions(came) {
        return TemplateChange::Condition;
    }
    if commitments(gone) != commitments(came) {
        return TemplateChange::Commitment;
    }
    let figures = |tokens: &[&Token]| -> Vec<String> {
        tokens.iter().filter(|token| is_figure(token)).map(|token| token.text.clone()).collect()
    };
    if figures(gone) != figures(came) { TemplateChange::Figure } else { TemplateChange::Wording }
}

/// Tells whether words say nothing of themselves: articles and their like.
pub(super) fn says_nothing(tokens: &[&Token]) -> bool {
    tokens
        .iter()
        .all(|token| token.text.len() <= 3 && !is_figure(token) && !NEGATIONS.contains(&token.text.as_str()))
}

/// Tells whether both are the same number, once in figures and once in words, or the same words spaced otherwise.
pub(super) fn same_written_otherwise(gone: &[&Token], came: &[&Token]) -> bool {
    let joined = |tokens: &[&Token]| tokens.iter().map(|token| token.text.as_str()).collect::<String>();
    let number = |tokens: &[&Token], words: &[&Token]| {
        let [figure] = tokens else { return false };
        let Ok(number) = figure.text.trim_end_matches('%').parse::<u64>() else { return false };
        let folded =
            crate::layout::squeeze(crate::layout::Folded::new(&spanish::number_in_words(number)).ascii());
        // "y" is left out, as every single letter.
        let spoken: String = spanish::number_in_words(number)
            .split(' ')
            .filter(|word| word.len() > 1)
            .map(|word| crate::layout::squeeze(crate::layout::Folded::new(word).ascii()))
            .collect();
        let said = joined(words);
        said == folded || said == spoken
    };
    joined(gone) == joined(came) || number(gone, came) || number(came, gone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Folded;
    use crate::template::tokens::of_model;

    fn change(gone: &str, came: &str) -> TemplateChange {
        let (gone, came) = (of_model(&Folded::new(gone)), of_model(&Folded::new(came)));
        of(&gone.iter().collect::<Vec<_>>(), &came.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_changed_commitment_is_told_from_another_wording() {
        assert_eq!(change("", "no"), TemplateChange::Negation);
        assert_eq!(change("", "siempre y cuando se pague el anticipo"), TemplateChange::Condition);
        assert_eq!(change("debera", "podra"), TemplateChange::Condition);
        assert_eq!(change("se compromete a", "procurara"), TemplateChange::Commitment);
        assert_eq!(change("90", "30"), TemplateChange::Figure);
        assert_eq!(change("obra", "contratación"), TemplateChange::Wording);
        assert_eq!(change("", "Si No"), TemplateChange::Wording, "a choice");
    }

    #[test]
    fn a_number_in_words_is_the_same_number() {
        let of = |text: &str| of_model(&Folded::new(text));
        let same = |a: &str, b: &str| {
            let (a, b) = (of(a), of(b));
            same_written_otherwise(&a.iter().collect::<Vec<_>>(), &b.iter().collect::<Vec<_>>())
        };
        assert!(
            same("90", "noventa")
                && same("treinta y cinco", "35")
                && same("sub contratista", "subcontratista")
        );
        assert!(!same("90", "treinta"));
    }
}
