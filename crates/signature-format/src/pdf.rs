//! Where the values of a PDF begin and end, byte for byte (ISO 32000-1 §7.2 and §7.3).
//!
//! Nothing is decoded but names: who appends to a signed file must leave every byte as it was, and who judges a signature must look at
//! the bytes themselves.

use std::ops::Range;

/// Depth of nesting beyond which a value is refused.
const MAX_DEPTH: usize = 96;

/// Tells whether a byte is white space in a PDF.
#[must_use]
pub fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Returns the first position from `position` that is neither white space nor comment.
#[must_use]
pub fn skip_space(bytes: &[u8], mut position: usize) -> usize {
    while let Some(byte) = bytes.get(position) {
        if *byte == b'%' {
            position += bytes[position..].iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')).count();
        } else if is_space(*byte) {
            position += 1;
        } else {
            break;
        }
    }
    position
}

/// Returns where the regular word at `position` ends.
fn word_end(bytes: &[u8], position: usize) -> usize {
    position
        + bytes.get(position..).map_or(0, |rest| {
            rest.iter().take_while(|byte| !is_space(**byte) && !is_delimiter(**byte)).count()
        })
}

fn unsigned(bytes: &[u8], position: usize) -> Option<(u64, usize)> {
    let end = word_end(bytes, position);
    let word = std::str::from_utf8(bytes.get(position..end)?).ok()?;
    if word.is_empty() || word.len() > 19 || !word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((word.parse().ok()?, end))
}

/// Reads `12 0 R` at `position`; returns number, generation and where it ends.
#[must_use]
pub fn reference(bytes: &[u8], position: usize) -> Option<((u32, u16), usize)> {
    let (number, after) = unsigned(bytes, position)?;
    let (generation, after) = unsigned(bytes, skip_space(bytes, after))?;
    let start = skip_space(bytes, after);
    let end = word_end(bytes, start);
    if bytes.get(start..end)? != b"R" {
        return None;
    }
    Some(((u32::try_from(number).ok()?, u16::try_from(generation).ok()?), end))
}

/// Reads an integer without sign at `range`.
#[must_use]
pub fn integer(bytes: &[u8], range: &Range<usize>) -> Option<u64> {
    let (value, end) = unsigned(bytes, range.start)?;
    (end == range.end).then_some(value)
}

/// Returns where the value that begins at `start` ends; `start` must not be white space.
#[must_use]
pub fn value_end(bytes: &[u8], start: usize) -> Option<usize> {
    end_of_value(bytes, start, 0)
}

fn end_of_value(bytes: &[u8], start: usize, depth: usize) -> Option<usize> {
    if depth > MAX_DEPTH {
        return None;
    }
    match bytes.get(start)? {
        b'/' => Some(word_end(bytes, start + 1)),
        b'(' => literal_end(bytes, start),
        b'<' if bytes.get(start + 1) == Some(&b'<') => {
            let mut position = skip_space(bytes, start + 2);
            while bytes.get(position..position + 2)? != b">>" {
                if bytes[position] == b'>' {
                    return None;
                }
                position = skip_space(bytes, end_of_value(bytes, position, depth + 1)?);
            }
            Some(position + 2)
        }
        b'<' => bytes[start..].iter().position(|byte| *byte == b'>').map(|length| start + length + 1),
        b'[' => {
            let mut position = skip_space(bytes, start + 1);
            while *bytes.get(position)? != b']' {
                position = skip_space(bytes, end_of_value(bytes, position, depth + 1)?);
            }
            Some(position + 1)
        }
        b')' | b'>' | b']' | b'{' | b'}' => None,
        _ => match reference(bytes, start) {
            Some((_, end)) => Some(end),
            None => Some(word_end(bytes, start)).filter(|end| *end > start),
        },
    }
}

fn literal_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut position = start;
    loop {
        match bytes.get(position)? {
            b'\\' => position += 1,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return Some(position + 1);
                }
            }
            _ => {}
        }
        position += 1;
    }
}

/// Points at one entry of a dictionary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key, with `#xx` resolved, without the slash.
    pub key: Vec<u8>,
    /// Where the key begins, at its slash.
    pub start: usize,
    /// Where the value lies.
    pub value: Range<usize>,
}

/// Points at a dictionary and its entries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dictionary {
    /// From `<<` to `>>`, both included.
    pub range: Range<usize>,
    /// Entries in order; a key may stand twice.
    pub entries: Vec<Entry>,
}

impl Dictionary {
    /// Reads the dictionary that begins at `start`.
    #[must_use]
    pub fn at(bytes: &[u8], start: usize) -> Option<Self> {
        if bytes.get(start..start + 2)? != b"<<" {
            return None;
        }
        let mut entries = Vec::new();
        let mut position = skip_space(bytes, start + 2);
        while bytes.get(position..position + 2)? != b">>" {
            if bytes[position] != b'/' {
                return None;
            }
            let key_end = word_end(bytes, position + 1);
            let value_start = skip_space(bytes, key_end);
            let value_end = value_end(bytes, value_start)?;
            entries.push(Entry {
                key: name(&bytes[position + 1..key_end]),
                start: position,
                value: value_start..value_end,
            });
            position = skip_space(bytes, value_end);
        }
        Some(Self { range: start..position + 2, entries })
    }

    /// Returns where the value of `key` lies; the last one when the key stands twice.
    #[must_use]
    pub fn get(&self, key: &[u8]) -> Option<&Range<usize>> {
        self.entries.iter().rev().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// Tells whether `key` stands more than once.
    #[must_use]
    pub fn is_ambiguous(&self, key: &[u8]) -> bool {
        self.entries.iter().filter(|entry| entry.key == key).count() > 1
    }
}

/// Resolves `#xx` in a name.
#[must_use]
pub fn name(raw: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(raw.len());
    let mut position = 0;
    while position < raw.len() {
        let code = raw.get(position + 1..position + 3).and_then(|digits| std::str::from_utf8(digits).ok());
        match code.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if raw[position] == b'#' => {
                output.push(byte);
                position += 3;
            }
            _ => {
                output.push(raw[position]);
                position += 1;
            }
        }
    }
    output
}

/// Points at an indirect object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indirect {
    /// Number and generation.
    pub id: (u32, u16),
    /// Where its value lies; of a stream, the dictionary.
    pub value: Range<usize>,
}

/// Reads `12 0 obj` and the extent of the value after it.
#[must_use]
pub fn indirect_at(bytes: &[u8], offset: usize) -> Option<Indirect> {
    let (number, after) = unsigned(bytes, skip_space(bytes, offset))?;
    let (generation, after) = unsigned(bytes, skip_space(bytes, after))?;
    let keyword = skip_space(bytes, after);
    if bytes.get(keyword..keyword + 3)? != b"obj" {
        return None;
    }
    let start = skip_space(bytes, keyword + 3);
    let end = value_end(bytes, start)?;
    Some(Indirect { id: (u32::try_from(number).ok()?, u16::try_from(generation).ok()?), value: start..end })
}

/// Returns the values of the array that begins at `start`.
#[must_use]
pub fn array_at(bytes: &[u8], start: usize) -> Option<Vec<Range<usize>>> {
    if *bytes.get(start)? != b'[' {
        return None;
    }
    let mut values = Vec::new();
    let mut position = skip_space(bytes, start + 1);
    while *bytes.get(position)? != b']' {
        let end = value_end(bytes, position)?;
        values.push(position..end);
        position = skip_space(bytes, end);
    }
    Some(values)
}

/// Decodes the string at `range`: literal or hexadecimal; `None` when there is none, or it is not complete.
#[must_use]
pub fn string(bytes: &[u8], range: &Range<usize>) -> Option<Vec<u8>> {
    let raw = bytes.get(range.clone())?;
    match raw {
        [b'<', digits @ .., b'>'] => hexadecimal(digits),
        [b'(', inner @ .., b')'] => Some(literal(inner)),
        _ => None,
    }
}

fn hexadecimal(digits: &[u8]) -> Option<Vec<u8>> {
    let mut values = Vec::with_capacity(digits.len());
    for digit in digits.iter().filter(|digit| !is_space(**digit)) {
        values.push(char::from(*digit).to_digit(16)? as u8);
    }
    Some(values.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect())
}

fn literal(inner: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            output.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'n') => output.push(b'\n'),
            Some(b'r') => output.push(b'\r'),
            Some(b't') => output.push(b'\t'),
            Some(b'b') => output.push(8),
            Some(b'f') => output.push(12),
            Some(b'\r') => {
                bytes.next_if_eq(&b'\n');
            }
            Some(b'\n') | None => {}
            Some(digit @ b'0'..=b'7') => {
                let mut code = u32::from(digit - b'0');
                for _ in 0..2 {
                    match bytes.next_if(|next| matches!(next, b'0'..=b'7')) {
                        Some(next) => code = code << 3 | u32::from(next - b'0'),
                        None => break,
                    }
                }
                output.push(code as u8);
            }
            Some(other) => output.push(other),
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_of_a_dictionary_are_found_with_their_exact_extents() {
        let bytes = b"<</Type/Page % a comment >>\n/MediaBox[0 0 595.276 841.89]/P#61rent 3 0 R /Note(a \\) (b) >>)/K<41 42>/D<</X 1>>/N 7>>tail";
        let dictionary = Dictionary::at(bytes, 0).expect("well formed");
        let value = |key: &[u8]| &bytes[dictionary.get(key).expect("present").clone()];
        assert_eq!(value(b"MediaBox"), b"[0 0 595.276 841.89]");
        assert_eq!(value(b"Parent"), b"3 0 R", "a reference is one value, and names are resolved");
        assert_eq!(value(b"Note"), b"(a \\) (b) >>)", "strings hide delimiters");
        assert_eq!(value(b"D"), b"<</X 1>>");
        assert_eq!(value(b"N"), b"7");
        assert_eq!(&bytes[dictionary.range.end..], b"tail");
    }

    #[test]
    fn nesting_without_end_is_refused() {
        assert_eq!(value_end(&b"[".repeat(200_000), 0), None);
        assert_eq!(value_end(&b"<</A".repeat(50_000), 0), None);
        assert_eq!(value_end(b"(never closed", 0), None);
        assert_eq!(value_end(b"<< /A > >>", 0), None, "a lone bracket");
    }

    #[test]
    fn strings_are_decoded_in_both_notations() {
        assert_eq!(string(b"<4 14>", &(0..6)).as_deref(), Some(&b"A@"[..]));
        assert_eq!(string(b"(a\\(\\101\\\r\n\\53)", &(0..15)).as_deref(), Some(&b"a(A+"[..]));
        assert_eq!(string(b"<4x>", &(0..4)), None, "not hexadecimal");
    }

    #[test]
    fn an_indirect_object_is_read_where_it_stands() {
        let bytes = b"%PDF-1.7\n12 0 obj\n<</A 1>>\nendobj";
        let object = indirect_at(bytes, 9).expect("there it is");
        assert_eq!((object.id, &bytes[object.value]), ((12, 0), &b"<</A 1>>"[..]));
        assert_eq!(indirect_at(bytes, 18), None, "no object begins there");
    }
}
