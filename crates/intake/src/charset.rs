//! Encodings of text files: which one it is, and *mojibake* repaired.
//!
//! Spanish files come as UTF-8, UTF-16 with or without a mark, Windows-1252 (of which Latin-1's letters are a part) or, from old
//! programs, code page 850. Without a mark the encoding is judged by what the text would read like. A text that was decoded wrongly
//! once before it was sent (`econÃ³mica`) is repaired where the repair is certain, and the caller is told how often.

use crate::finding::finding;
use crate::names::{CP850, code_page};
use cotejo_domain::{Finding, Severity};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes looked at to tell encodings apart.
const SAMPLE: usize = 64 * 1024;

/// Holds a text with how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// Name of the encoding: `UTF-8`, `windows-1252`, `IBM850`, ….
    pub encoding: &'static str,
    /// Places where a wrong earlier decoding was undone.
    pub repaired: usize,
    /// Signs that no encoding explains; each stands as `U+FFFD`.
    pub lost: usize,
}

impl Decoded {
    /// Returns what a person should know about the decoding.
    #[must_use]
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.repaired > 0 {
            let count = self.repaired.to_string();
            findings.push(finding("intake.mojibake", Severity::Warning, &[("cantidad", &count)]));
        }
        if self.lost > 0 {
            let count = self.lost.to_string();
            findings.push(finding("intake.lost_letters", Severity::Warning, &[("cantidad", &count)]));
        }
        findings
    }
}

/// Decodes a text, and repairs what was decoded wrongly before.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let (text, encoding) = plain(bytes);
    finish(text, encoding)
}

/// Decodes a text whose sender says which encoding it has. UTF-8 is tried first, since many say another and are not.
#[must_use]
pub fn decode_declared(bytes: &[u8], label: Option<&str>) -> Decoded {
    let declared = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match declared {
        // A document that could be read so far as to find its UTF-16 declaration is not in UTF-16.
        Some(encoding)
            if encoding != UTF_16LE
                && encoding != UTF_16BE
                && encoding != UTF_8
                && std::str::from_utf8(bytes).is_err()
                && Encoding::for_bom(bytes).is_none() =>
        {
            finish(encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding.name())
        }
        _ => decode(bytes),
    }
}

fn finish(text: String, encoding: &'static str) -> Decoded {
    let (text, repaired) = repair(text);
    let lost = text.matches('\u{fffd}').count();
    Decoded { text, encoding, repaired, lost }
}

fn plain(bytes: &[u8]) -> (String, &'static str) {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(skip..).unwrap_or_default();
        return (encoding.decode_without_bom_handling(rest).0.into_owned(), encoding.name());
    }
    if let Some(encoding) = unmarked_wide(bytes) {
        return (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding.name());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), "UTF-8"),
        // A sample may be cut inside a letter.
        Err(error) if error.error_len().is_none() => (String::from_utf8_lossy(bytes).into_owned(), "UTF-8"),
        Err(_) if mostly_utf8(bytes) => (line_by_line(bytes), "UTF-8"),
        Err(_) => single_byte(bytes),
    }
}

/// Tells whether a text is in UTF-16, by its mark or its zeros.
pub(crate) fn is_wide(sample: &[u8]) -> bool {
    sample.starts_with(&[0xff, 0xfe]) || sample.starts_with(&[0xfe, 0xff]) || unmarked_wide(sample).is_some()
}

// UTF-16 of Western text has a zero in every other byte.
fn unmarked_wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match () {
        () if odd * 10 > pairs * 7 && even * 20 < pairs => Some(UTF_16LE),
        () if even * 10 > pairs * 7 && odd * 20 < pairs => Some(UTF_16BE),
        () => None,
    }
}

// Files put together from pieces: most letters beyond ASCII are good UTF-8, some lines are not.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|letter| !letter.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    good > bad * 2 && good >= 4
}

fn line_by_line(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(line).0),
        }
    }
    text
}

fn single_byte(bytes: &[u8]) -> (String, &'static str) {
    let sample = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default();
    let windows = WINDOWS_1252.decode_without_bom_handling(sample).0.into_owned();
    let dos = code_page(sample, CP850);
    // The old code page only where it reads clearly better: Spanish letters inside of words instead of signs.
    if spanish_score(&dos) > spanish_score(&windows) + 2 {
        return (code_page(bytes, CP850), "IBM850");
    }
    (WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(), "windows-1252")
}

// Spanish letters beside letters count for, other signs beyond ASCII that touch letters count against.
fn spanish_score(text: &str) -> i64 {
    let letters: Vec<char> = text.chars().collect();
    let mut score = 0;
    for (index, letter) in letters.iter().enumerate().filter(|(_, letter)| !letter.is_ascii()) {
        let beside = |at: Option<usize>| {
            at.and_then(|at| letters.get(at)).is_some_and(|letter| letter.is_ascii_alphabetic())
        };
        let touches = beside(index.checked_sub(1)) || beside(index.checked_add(1));
        score += match letter {
            'á' | 'é' | 'í' | 'ó' | 'ú' | 'ñ' | 'ü' | 'Á' | 'É' | 'Í' | 'Ó' | 'Ú' | 'Ñ' | 'Ü' if touches => {
                2
            }
            '°' | 'º' | 'ª' | '¿' | '¡' | '«' | '»' | '“' | '”' | '–' | '—' | '•' | '’' | '…' => {
                1
            }
            _ if touches => -2,
            _ => -1,
        };
    }
    score
}

/// Undoes text that was UTF-8 once and was taken for Windows-1252: `Ã³` becomes `ó`. Returns how often. Only whole sequences that are
/// valid UTF-8 are undone, so that a real `Ã` beside a letter stays.
#[must_use]
pub fn repair(text: String) -> (String, usize) {
    // Every wrongly decoded sequence begins with one of these: Latin letters, signs of punctuation.
    if !text.contains(['Ã', 'Â', 'â', 'ï']) {
        return (text, 0);
    }
    let letters: Vec<char> = text.chars().collect();
    let mut repaired = String::with_capacity(text.len());
    let (mut at, mut count) = (0, 0);
    while let Some(letter) = letters.get(at) {
        match sequence(letters.get(at..).unwrap_or_default()) {
            Some((original, length)) => {
                repaired.push(original);
                at += length;
                count += 1;
            }
            None => {
                repaired.push(*letter);
                at += 1;
            }
        }
    }
    (repaired, count)
}

fn sequence(letters: &[char]) -> Option<(char, usize)> {
    let length = match letters.first()? {
        'Â' | 'Ã' => 2,
        'â' | 'ï' => 3,
        _ => return None,
    };
    let bytes: Option<Vec<u8>> = letters.get(..length)?.iter().map(|letter| as_byte(*letter)).collect();
    let bytes = bytes?;
    let original = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    let expected = matches!(
        original,
        '\u{a0}'..='\u{ff}' | '\u{2010}'..='\u{203a}' | '€' | '™' | '\u{fb01}' | '\u{fb02}' | '\u{feff}'
    );
    expected.then_some((original, length))
}

// The byte that Windows-1252, or Latin-1 where that has no sign, shows as this letter.
fn as_byte(letter: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(u32::from(letter)) {
        return Some(byte);
    }
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
    match (&*bytes, unmappable) {
        ([byte], false) => Some(*byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Oferta económica del año 2026: señalización, teléfono y «garantía»";

    #[test]
    fn every_usual_encoding_reads_the_same() {
        let latin = WINDOWS_1252.encode(TEXT).0.into_owned();
        let little: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked: Vec<u8> = [0xfe, 0xff].into_iter().chain(big.clone()).collect();
        let dos: Vec<u8> = TEXT
            .chars()
            .map(|c| {
                u8::try_from(u32::from(c)).ok().filter(u8::is_ascii).unwrap_or_else(|| {
                    let index = CP850.chars().position(|other| other == c).expect("in the code page");
                    u8::try_from(index + 128).expect("one byte")
                })
            })
            .collect();
        let cases: [(&[u8], &str); 6] = [
            (TEXT.as_bytes(), "UTF-8"),
            (&latin, "windows-1252"),
            (&little, "UTF-16LE"),
            (&big, "UTF-16BE"),
            (&marked, "UTF-16BE"),
            (&dos, "IBM850"),
        ];
        for (bytes, encoding) in cases {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (TEXT, encoding));
            assert!(decoded.findings().is_empty(), "{encoding}");
        }
    }

    #[test]
    fn mojibake_is_undone_and_told() {
        let wrong = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes()).0.into_owned();
        let decoded = decode(wrong.as_bytes());
        assert_eq!(decoded.text, TEXT);
        assert_eq!(decoded.repaired, 8, "{wrong}");
        assert_eq!(decoded.findings()[0].code, "intake.mojibake");
        assert_eq!(decode("Quote â€œasÃ\u{ad}â€ 1".as_bytes()).text, "Quote “así” 1".replace('”', "â€"));
        for right in ["SÃO PAULO", "Ã", "CÂMARA", "â la carte", "naïve"] {
            assert_eq!(repair(right.into()), (right.to_string(), 0), "a real letter stays");
        }
    }

    #[test]
    fn a_file_put_together_from_two_encodings_keeps_both() {
        let mut bytes = "Descripción técnica del año\n".repeat(4).into_bytes();
        bytes.extend_from_slice(&WINDOWS_1252.encode("Señal económica\n").0);
        let decoded = decode(&bytes);
        assert!(decoded.text.ends_with("año\nSeñal económica\n"), "{}", decoded.text);
        assert_eq!(decoded.lost, 0);
    }

    #[test]
    fn what_is_declared_counts_unless_it_is_not_true() {
        let cyrillic = encoding_rs::WINDOWS_1251.encode("договор поставки").0.into_owned();
        assert_eq!(decode_declared(&cyrillic, Some("windows-1251")).text, "договор поставки");
        assert_eq!(
            decode_declared(TEXT.as_bytes(), Some("ISO-8859-1")).text,
            TEXT,
            "it is UTF-8 all the same"
        );
        assert_eq!(decode_declared(TEXT.as_bytes(), Some("no-existe")).text, TEXT);
    }

    #[test]
    fn bytes_of_every_kind_are_decoded_without_panic() {
        let mut state = 7u64;
        for length in 0..400usize {
            let bytes: Vec<u8> = (0..length)
                .map(|_| {
                    state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    state.to_be_bytes()[0]
                })
                .collect();
            let _ = decode(&bytes);
        }
    }
}
