//! What a scanner and OCR do to a page: letters taken for others, accents lost, words cut and joined, words lost.

use crate::random::Random;
use cotejo_domain::{Confidence, PageReading, PageStatus};

const CONFUSED: &[(char, &str)] = &[
    ('á', "a"),
    ('é', "e"),
    ('í', "i"),
    ('ó', "o"),
    ('ú', "u"),
    ('ñ', "n"),
    ('Á', "A"),
    ('É', "E"),
    ('Í', "I"),
    ('Ó', "O"),
    ('Ú', "U"),
    ('Ñ', "N"),
    ('l', "1"),
    ('1', "l"),
    ('I', "l"),
    ('i', "l"),
    ('O', "0"),
    ('0', "O"),
    ('o', "0"),
    ('S', "5"),
    ('5', "S"),
    ('B', "8"),
    ('8', "B"),
    ('m', "rn"),
    ('n', "ri"),
    ('c', "e"),
    ('e', "c"),
    ('u', "ii"),
    ('d', "cl"),
    ('t', "f"),
    ('f', "t"),
    ('g', "q"),
    ('h', "b"),
    ('a', "o"),
    ('r', "t"),
    ('v', "y"),
    ('.', ","),
    (',', "."),
    (':', "."),
    ('E', "F"),
    ('C', "G"),
    ('T', "I"),
    ('D', "O"),
    ('Z', "2"),
    ('A', "4"),
    ('R', "P"),
    ('M', "N"),
];

/// Returns the page as OCR would give it, with this share of letters misread.
pub(crate) fn scanned(page: &PageReading, rate: f64, random: &mut Random) -> PageReading {
    scanned_with_origins(page, rate, random).0
}

/// As [`scanned`], and for each word that is left the word of the page that it begins with.
pub(crate) fn scanned_with_origins(
    page: &PageReading,
    rate: f64,
    random: &mut Random,
) -> (PageReading, Vec<usize>) {
    let mut scanned = page.clone();
    let mut origins = Vec::new();
    scanned.status = PageStatus::Ocr;
    scanned.words.clear();
    for (origin, word) in page.words.iter().enumerate() {
        if random.chance(rate * 0.3) {
            continue;
        }
        let mut word = word.clone();
        word.text = garble(&word.text, rate, random);
        word.confidence = Confidence::new(0.99 - rate * 4.0 * random.unit());
        // OCR measures type by the height of its box, which is never quite even.
        #[expect(clippy::cast_possible_truncation, reason = "a type size")]
        let uneven = (0.9 + 0.2 * random.unit()) as f32;
        word.size *= uneven;
        let joins = random.chance(rate * 0.4);
        match scanned.words.last_mut() {
            Some(last) if joins && last.line == word.line => {
                last.text.push_str(&word.text);
                last.quad = last.quad.union(&word.quad);
            }
            _ if word.text.is_empty() => {}
            _ => {
                scanned.words.push(word);
                origins.push(origin);
            }
        }
    }
    (scanned, origins)
}

fn garble(text: &str, rate: f64, random: &mut Random) -> String {
    let mut garbled = String::new();
    for c in text.chars() {
        if !random.chance(rate) {
            garbled.push(c);
            continue;
        }
        let candidates: Vec<&str> =
            CONFUSED.iter().filter(|(from, _)| *from == c).map(|(_, to)| *to).collect();
        if !candidates.is_empty() && random.chance(0.8) {
            garbled.push_str(random.pick(&candidates));
        } else if random.chance(0.5) {
            garbled.push(char::from(b'a' + u8::try_from(random.between(0, 25)).unwrap_or(0)));
        }
    }
    garbled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_about_what_was_asked_for() {
        let text = "presentacion y compromiso del oferente ".repeat(100);
        let garbled = garble(&text, 0.08, &mut Random::new(5));
        let differing = text.chars().zip(garbled.chars()).take(60).filter(|(a, b)| a != b).count();
        assert_ne!(garbled, text, "something is misread");
        assert!(garble(&text, 0.0, &mut Random::new(5)) == text, "nothing is misread at rate 0");
        assert!(differing < 60, "most of it is read right at the start");
    }
}
