//! Addresses of web pages, such as the link to a past process on the public portal.

use super::{Found, pattern, ranges};
use crate::layout::Folded;

pattern!(ADDRESS, r"(?:https?://|www\.)[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:[:/?#][^\s<>]*)?");

/// Finds addresses as they are written; a full stop or bracket after one is the sentence's.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<String>> {
    ranges(&ADDRESS, text.ascii())
        .into_iter()
        .map(|range| {
            let kept = text.slice(range.clone()).trim_end_matches(['.', ',', ';', ')', '"']).len();
            let range = range.start..range.start + kept;
            Found { value: text.raw(range.clone()).to_string(), range, certainty: 1.0 }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_s_stop_is_not_the_address_s() {
        let found =
            |text: &str| find(&Folded::new(text)).into_iter().map(|found| found.value).collect::<Vec<_>>();
        assert_eq!(
            found("Ver https://portal.ejemplo.gob.ec/proceso?id=Ab12 (publicado) y www.ejemplo.ec."),
            ["https://portal.ejemplo.gob.ec/proceso?id=Ab12", "www.ejemplo.ec"]
        );
        assert!(found("correo@ejemplo.ec").is_empty());
    }
}
