//! E-mail addresses.

use super::{Found, pattern, ranges};
use crate::layout::Folded;

pattern!(ADDRESS, r"[a-z0-9][a-z0-9._%+-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,12}\b");

/// Finds e-mail addresses, in lower case. One whose characters are not ASCII is left to a person.
#[must_use]
pub fn find(text: &Folded) -> Vec<Found<String>> {
    ranges(&ADDRESS, text.ascii())
        .into_iter()
        .filter(|range| text.raw(range.clone()).is_ascii())
        .map(|range| Found { value: text.slice(range.clone()).to_string(), range, certainty: 1.0 })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_end_before_punctuation() {
        let text = Folded::new("Correo: Ventas.Uno@constructora-ejemplo.com.ec; o info@ejemplo.ec.");
        let found: Vec<_> = find(&text).into_iter().map(|found| found.value).collect();
        assert_eq!(found, ["ventas.uno@constructora-ejemplo.com.ec", "info@ejemplo.ec"]);
        assert!(find(&Folded::new("arroba @ejemplo")).is_empty());
    }
}
