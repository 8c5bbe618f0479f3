//! Character 3- to 5-grams, hashed: they hold up where OCR garbles words and need no files beside the program.

use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Buckets of one block of grams.
pub const BUCKETS: usize = 1 << 13;

/// Folds a text: lower case, accents stripped, every digit `0`, everything else one space; a space at both ends.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    folded.push(' ');
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_ascii_digit() {
            folded.push('0');
        } else if c.is_alphanumeric() {
            folded.push(c);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
    folded
}

/// Returns, for each bucket that occurs, 1 + ln(count) of the grams of a folded text, in order of bucket.
#[must_use]
pub fn frequencies(folded: &str) -> Vec<(u32, f32)> {
    let characters: Vec<char> = folded.chars().collect();
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for start in 0..characters.len() {
        let mut hash = FNV_OFFSET;
        for (length, c) in characters[start..].iter().take(5).enumerate() {
            hash = step(hash, *c);
            if length >= 2 {
                *counts.entry(bucket(hash)).or_default() += 1;
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a page has a few thousand grams")]
    counts.into_iter().map(|(bucket, count)| (bucket, 1.0 + (count as f32).ln())).collect()
}

/// Returns the sorted, distinct hashes of a folded text's trigrams: for tolerant comparison of phrases.
#[must_use]
pub fn trigrams(folded: &str) -> Vec<u64> {
    let characters: Vec<char> = folded.chars().collect();
    let mut hashes: Vec<u64> = characters
        .windows(3)
        .map(|window| window.iter().fold(FNV_OFFSET, |hash, c| step(hash, *c)))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Returns the share of `part` that is found in `whole`; both as [`trigrams`] gives them.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a page has a few thousand trigrams")]
pub fn containment(part: &[u64], whole: &[u64]) -> f32 {
    if part.is_empty() {
        return 0.0;
    }
    part.iter().filter(|hash| whole.binary_search(hash).is_ok()).count() as f32 / part.len() as f32
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01b3)
}

fn bucket(hash: u64) -> u32 {
    // The low bits of this hash mix badly: fold the high half in before cutting.
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    u32::try_from(mixed >> (64 - 13)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_strips_case_accents_and_signs() {
        assert_eq!(fold("  1.1 PRESENTACIÓN—y  compromiso: Ñandú "), " 0 0 presentacion y compromiso nandu ");
        assert_eq!(fold(""), " ");
    }

    #[test]
    fn a_garbled_phrase_is_still_mostly_contained() {
        let phrase = trigrams(&fold("ANÁLISIS DE PRECIOS UNITARIOS"));
        let scanned = trigrams(&fold("rubro 12 ANALlSIS DE PREC1OS UNITARIOS hoja 3 de 9"));
        let other = trigrams(&fold("Certificado de cumplimiento de obligaciones patronales"));
        assert!(containment(&phrase, &scanned) > 0.6, "two letters misread");
        assert!(containment(&phrase, &other) < 0.3, "another document");
    }

    #[test]
    fn buckets_stay_in_range_and_spread() {
        let grams = frequencies(&fold(
            &"En la ciudad de Ambato comparecen las partes a la firma del acta ".repeat(3),
        ));
        assert!(grams.iter().all(|(bucket, _)| (*bucket as usize) < BUCKETS));
        assert!(grams.len() > 120, "{} buckets for some 180 distinct grams", grams.len());
    }
}
