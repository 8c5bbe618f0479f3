//! Comparison that forgives what OCR does to letters.

/// Counts the insertions, deletions and substitutions between two ASCII texts, and stops counting beyond `limit`.
#[must_use]
pub fn distance_within(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    let mut current = vec![0; b.len() + 1];
    for (row, left) in a.iter().enumerate() {
        current[0] = row + 1;
        let mut least = current[0];
        for (column, right) in b.iter().enumerate() {
            let substituted = previous[column] + usize::from(left != right);
            current[column + 1] = substituted.min(previous[column + 1] + 1).min(current[column] + 1);
            least = least.min(current[column + 1]);
        }
        if least > limit {
            return None;
        }
        std::mem::swap(&mut previous, &mut current);
    }
    previous.last().copied().filter(|distance| *distance <= limit)
}

/// Tells whether two texts are the same but for at most `share` of the length of the first.
#[must_use]
pub fn alike(expected: &str, read: &str, share: f64) -> bool {
    expected == read || distance_within(expected, read, allowance(expected.len(), share)).is_some()
}

/// Finds `needle` anywhere in `hay` with at most `limit` errors, and returns where it ends and with how many errors.
#[must_use]
pub fn find_within(needle: &str, hay: &str, limit: usize) -> Option<(usize, usize)> {
    let needle = needle.as_bytes();
    if needle.is_empty() {
        return None;
    }
    let mut column: Vec<usize> = (0..=needle.len()).collect();
    let mut best: Option<(usize, usize)> = None;
    for (position, byte) in hay.bytes().enumerate() {
        let mut diagonal = column[0];
        for row in 1..=needle.len() {
            let substituted = diagonal + usize::from(needle[row - 1] != byte);
            diagonal = column[row];
            column[row] = substituted.min(column[row] + 1).min(column[row - 1] + 1);
        }
        let errors = column[needle.len()];
        if errors <= limit && best.is_none_or(|(_, least)| errors < least) {
            best = Some((position + 1, errors));
        }
    }
    best
}

/// Returns how many errors a text of this length may have.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small share of a small length"
)]
pub fn allowance(length: usize, share: f64) -> usize {
    (length as f64 * share) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ocr_slip_is_forgiven_and_another_word_is_not() {
        assert!(alike("presentacionycompromiso", "presentac1onycornpromiso", 0.15), "1 for i, rn for m");
        assert!(!alike("situacionfinanciera", "situaciontributaria", 0.15), "another title");
        assert_eq!(distance_within("kitten", "sitting", 3), Some(3), "the classical example");
        assert_eq!(distance_within("abc", "xyz", 2), None, "beyond the limit nothing is said");
    }

    #[test]
    fn a_phrase_is_found_inside_noise() {
        let (end, errors) =
            find_within("rendimiento", "costohora rendirniento costo", 2).expect("within two errors");
        assert_eq!((&"costohora rendirniento costo"[..end], errors), ("costohora rendirniento", 2));
        assert_eq!(find_within("rendimiento", "jornal", 1), None);
    }
}
