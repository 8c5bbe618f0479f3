//! Further rules, by family of papers: what the first lists ([`super::rules`], [`super::support_rules`]) do not read.
//!
//! They come after those lists and in their own order, the surest first: a field that was read already is not read again by a weaker
//! rule, but one rule that finds two values gives both, and nobody chooses between them.

mod contracts;
mod deeds;
mod goods;
mod legal;
mod offer;
mod people;
mod presentation;
mod process;
mod prose;
mod registries;
mod sentences_more;

use super::rules::{LabelRule, PhraseRule, TypeRules};

/// An amount in a sentence, the sign of the currency with it.
macro_rules! amount {
    () => {
        r"((?:usd?\.? ?|us ?)?\$? ?\d[\d.,']*\d)"
    };
}
/// A share in a sentence.
macro_rules! share {
    () => {
        r"(\d{1,3}(?:[.,]\d{1,4})? ?(?:%|por ciento))"
    };
}
/// A date in figures or words, without what stands around it.
macro_rules! day {
    () => {
        r"((?:\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2}|\d{1,2} ?[/ -] ?[a-z]{3,4}\.? ?[/ -] ?\d{4}|(?:\d{1,2}|[a-z]+(?: y [a-z]+)?)(?: ?\([^)]{1,20}\))?(?: dias?)?(?: del mes)? de [a-z]{4,10},? (?:del? )?(?:ano )?(?:\d{4}|dos mil(?: [a-z]+){0,3})))"
    };
}
pub(super) use {amount, day, share};

/// Every family.
pub const FAMILIES: [&[TypeRules]; 11] = [
    presentation::RULES,
    offer::RULES,
    registries::RULES,
    legal::RULES,
    contracts::RULES,
    people::RULES,
    goods::RULES,
    process::RULES,
    prose::RULES,
    sentences_more::RULES,
    deeds::RULES,
];

const fn rules(
    types: &'static [&'static str],
    stacked: bool,
    labels: &'static [LabelRule],
    phrases: &'static [PhraseRule],
) -> TypeRules {
    TypeRules { types, stacked, labels, phrases }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pattern_compiles_and_has_one_group() {
        for rules in FAMILIES
            .iter()
            .copied()
            .flatten()
            .chain(crate::facts::rules::FORM_RULES)
            .chain(crate::facts::support_rules::SUPPORT_RULES)
        {
            for phrase in rules.phrases {
                let pattern = regex::Regex::new(phrase.pattern)
                    .unwrap_or_else(|error| panic!("{}: {error}", phrase.field));
                assert_eq!(pattern.captures_len(), 2, "{}: {}", phrase.field, phrase.pattern);
            }
        }
    }

    #[test]
    fn every_rule_names_a_type_of_the_catalogue() {
        for rules in FAMILIES.iter().copied().flatten() {
            for kind in rules.types {
                assert!(cotejo_domain::document_type_entry(kind).is_some(), "{kind}");
            }
        }
    }
}
