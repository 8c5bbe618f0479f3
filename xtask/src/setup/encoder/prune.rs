//! Which word pieces stay: a rule over characters, with no word list behind it and so no licence to carry.
//!
//! Text reaches the vocabulary after NFKC (`ª` has become `a`, `…` three dots), so a piece that holds any other character can never
//! match Spanish text, and leaving it out changes nothing. A foreign letter in a page becomes *unknown*, as a rare sign always did.

use super::source::Piece;

/// Letters of Spanish beyond the Latin alphabet.
const ACCENTED: &str = "áéíóúüñÁÉÍÓÚÜÑ";

/// Signs of Spanish text: punctuation, opening marks, quotes and dashes of print, ordinals, degrees, money and arithmetic.
const SIGNS: &str = "¿¡.,;:!?()[]{}«»“”„‘’'\"–—‑-_/\\|@#&%‰$€£¢*+=<>~^`´¨°ºª·•…§¶†©®™×÷±≤≥≠√∞µ¬■□●○►▪✓✔☐☑☒";

/// The sign that stands for a space before a word.
const SPACE: char = '▁';

/// Special pieces at the start of the vocabulary: `<s>`, `<pad>`, `</s>`, `<unk>`.
const SPECIALS: usize = 4;

/// Returns the indices of the pieces that stay, in order: the special ones, then every piece made only of what Spanish uses.
pub(super) fn kept(pieces: &[Piece]) -> Vec<usize> {
    pieces
        .iter()
        .enumerate()
        .filter(|(index, piece)| *index < SPECIALS || is_spanish(&piece.text))
        .map(|(index, _)| index)
        .collect()
}

fn is_spanish(text: &str) -> bool {
    !text.is_empty()
        && text != "<mask>"
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == SPACE || ACCENTED.contains(c) || SIGNS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_keeps_what_spanish_writes_and_drops_other_scripts() {
        for piece in ["▁licitación", "ñ", "▁2024", "¿", "“", "▁n.º", "%", "USD"] {
            assert!(is_spanish(piece), "{piece} can occur in Spanish text");
        }
        for piece in ["▁lição", "ß", "▁работа", "蜘", "", "<mask>", "ố"] {
            assert!(!is_spanish(piece), "{piece} cannot");
        }
    }

    #[test]
    fn special_pieces_stay_in_front() {
        let pieces: Vec<Piece> = ["<s>", "<pad>", "</s>", "<unk>", "я", "▁de"]
            .map(|text| Piece { text: text.into(), score: 0.0 })
            .into();
        assert_eq!(kept(&pieces), [0, 1, 2, 3, 5]);
    }
}
