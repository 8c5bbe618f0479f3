//! Hashes that stay the same when a page is scanned again.
//!
//! Pictures: the signs of the lowest frequencies of a cosine transform, 64 bits (C. Zauner, "Implementation and Benchmarking of Perceptual
//! Image Hash Functions", 2010). Words: similarity hash of pairs of words (M. Charikar, "Similarity Estimation Techniques from Rounding
//! Algorithms", STOC 2002), so that a few misread words move few bits.

use crate::ink::Gray;
use cotejo_domain::Word;
use sha2::{Digest, Sha256};

/// Side of the picture the transform is taken of.
const SIDE: usize = 32;
/// Side of the block of frequencies that is kept.
const KEPT: usize = 8;
/// Fewer words than this tell too little.
const LEAST_WORDS: usize = 20;
/// Rim that scans crop differently, as part of the page.
const RIM: usize = 24;

/// Returns the perceptual hash of an upright, level picture, or `None` of one without contrast.
pub(crate) fn of_image(page: &Gray) -> Option<u64> {
    let small = shrunk(page)?;
    let wave = |place: usize, frequency: usize| {
        #[expect(clippy::cast_precision_loss, reason = "numbers up to 32")]
        let turns = (2.0 * place as f64 + 1.0) * frequency as f64 / (2.0 * SIDE as f64);
        (turns * std::f64::consts::PI).cos()
    };
    let mut found = Vec::with_capacity(KEPT * KEPT);
    // The first row and column are left out: they tell the light, not the page.
    for v in 1..=KEPT {
        for u in 1..=KEPT {
            let mut sum = 0.0;
            for y in 0..SIDE {
                for x in 0..SIDE {
                    sum += small.get(y * SIDE + x).copied().unwrap_or_default() * wave(x, u) * wave(y, v);
                }
            }
            found.push(sum);
        }
    }
    let mut sorted = found.clone();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.get(sorted.len() / 2).copied()?;
    if sorted.last()? - sorted.first()? < 1.0 {
        return None;
    }
    Some(
        found.iter().enumerate().fold(0, |bits, (place, value)| bits | (u64::from(*value > middle) << place)),
    )
}

// Means of the cells of a grid, without the rim.
fn shrunk(page: &Gray) -> Option<Vec<f64>> {
    let (left, top) = (page.width / RIM, page.height / RIM);
    let (width, height) = (page.width.checked_sub(2 * left)?, page.height.checked_sub(2 * top)?);
    if width < SIDE || height < SIDE {
        return None;
    }
    let mut sums = vec![(0u64, 0u64); SIDE * SIDE];
    for y in 0..height {
        let row = page.row(top + y).get(left..left + width)?;
        let line = sums.get_mut(y * SIDE / height * SIDE..)?;
        for (x, pixel) in row.iter().enumerate().step_by(2) {
            let cell = line.get_mut(x * SIDE / width)?;
            *cell = (cell.0 + u64::from(*pixel), cell.1 + 1);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "sums of a page's pixels")]
    Some(sums.into_iter().map(|(sum, count)| sum as f64 / count.max(1) as f64).collect())
}

/// Returns the similarity hash of a page's words, or `None` of too few.
pub(crate) fn of_words(words: &[Word]) -> Option<u64> {
    let folded: Vec<String> =
        words.iter().map(|word| folded(&word.text)).filter(|word| word.len() > 1).collect();
    if folded.len() < LEAST_WORDS {
        return None;
    }
    let mut balance = [0i64; 64];
    for pair in folded.windows(2) {
        let bits = fnv(pair);
        for (place, sum) in balance.iter_mut().enumerate() {
            *sum += if bits >> place & 1 == 1 { 1 } else { -1 };
        }
    }
    Some(balance.iter().enumerate().fold(0, |bits, (place, sum)| bits | (u64::from(*sum > 0) << place)))
}

// Letters and digits in lower case, without the accents that readings lose.
fn folded(text: &str) -> String {
    let plain = |sign: char| match sign {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        sign => sign,
    };
    text.to_lowercase().chars().filter(|sign| sign.is_alphanumeric()).map(plain).collect()
}

// FNV-1a, 64 bits (RFC 9923), stirred once more: alone it moves the upper bits of short texts too little.
fn fnv(parts: &[String]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    for byte in parts.iter().flat_map(|part| part.bytes().chain([b' '])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    hash ^= hash >> 32;
    hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (hash >> 29)
}

/// Returns the SHA-256 of the words, blanks folded, in hexadecimal.
pub(crate) fn exact_words(words: &[Word]) -> String {
    let mut sum = Sha256::new();
    for word in words {
        sum.update(word.text.as_bytes());
        sum.update(b" ");
    }
    hexadecimal(sum)
}

/// Returns the SHA-256 of the pixels, in hexadecimal.
pub(crate) fn exact_pixels(page: &Gray) -> String {
    let mut sum = Sha256::new();
    sum.update(page.width.to_le_bytes());
    sum.update(&page.pixels);
    hexadecimal(sum)
}

fn hexadecimal(sum: Sha256) -> String {
    sum.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        for half in [byte >> 4, byte & 15] {
            text.extend(char::from_digit(u32::from(half), 16));
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Confidence, Quad};

    // Paragraphs of dashes whose lengths come from a seed.
    fn page(seed: u64) -> Gray {
        let (width, height) = (900usize, 1200usize);
        let mut page = Gray { width, height, pixels: vec![245; width * height] };
        let mut state = seed;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 40).expect("small")
        };
        let mut top = 100;
        while top < 1050 {
            let (from, to) = (80 + next() % 200, 500 + next() % 300);
            for _ in 0..2 + next() % 5 {
                for y in top..(top + 10).min(1150) {
                    page.pixels[y * width + from..y * width + to].fill(60);
                }
                top += 22;
            }
            top += 10 + next() % 60;
        }
        page
    }

    fn noisy(page: &Gray) -> Gray {
        let mut state = 7u64;
        let pixels = page.pixels.iter().map(|pixel| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let noise = i32::try_from(state >> 59).expect("five bits") - 16;
            u8::try_from((i32::from(*pixel) + noise).clamp(0, 255)).expect("a luminance")
        });
        Gray { width: page.width, height: page.height, pixels: pixels.collect() }
    }

    fn apart(a: Option<u64>, b: Option<u64>) -> u32 {
        (a.expect("a hash") ^ b.expect("a hash")).count_ones()
    }

    #[test]
    fn the_same_page_scanned_again_is_near_another_is_far() {
        let original = page(1);
        let again = crate::deskew::level(&noisy(&original), 0.4);
        let near = apart(of_image(&original), of_image(&again));
        assert!(near <= 8, "noise and a small skew move {near} bits");
        for seed in 2..8 {
            let far = apart(of_image(&original), of_image(&page(seed)));
            assert!(far >= 14, "another page differs by {far}");
        }
        assert_eq!(of_image(&Gray { width: 900, height: 900, pixels: vec![250; 810_000] }), None);
    }

    #[test]
    fn misread_words_move_few_bits() {
        let words = |text: &str| -> Vec<Word> {
            let word = |text: &str| Word {
                text: text.into(),
                quad: Quad([0.0; 8]),
                line: 0,
                size: 0.0,
                confidence: Confidence::CERTAIN,
            };
            text.split(' ').map(word).collect()
        };
        let text = (0..120).map(|n| format!("palabra{}", n * 7 % 97)).collect::<Vec<_>>().join(" ");
        let near =
            apart(of_words(&words(&text)), of_words(&words(&text.replacen("palabra21 ", "palobra21 ", 1))));
        assert!(near <= 6, "{near}");
        let other = (0..120).map(|n| format!("otra{}", n * 5 % 89)).collect::<Vec<_>>().join(" ");
        assert!(apart(of_words(&words(&text)), of_words(&words(&other))) >= 16);
        assert_eq!(of_words(&words("pocas palabras")), None);
        assert_eq!(exact_words(&words("a b")), exact_words(&words("a b")));
        assert_ne!(exact_words(&words("a b")), exact_words(&words("a c")));
    }
}
