//! ASN.1 as tags, lengths and values: a reader that copies nothing, a writer, and BER made definite.

use const_oid::ObjectIdentifier;

/// Depth of nesting beyond which an encoding is refused.
const MAX_DEPTH: usize = 48;

/// Tells that an encoding cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed ASN.1")]
pub struct Malformed;

/// `SEQUENCE`.
pub const SEQUENCE: u8 = 0x30;
/// `SET`.
pub const SET: u8 = 0x31;
/// `INTEGER`.
pub const INTEGER: u8 = 0x02;
/// `BIT STRING`.
pub const BIT_STRING: u8 = 0x03;
/// `OCTET STRING`.
pub const OCTET_STRING: u8 = 0x04;
/// `NULL`.
pub const NULL: u8 = 0x05;
/// `OBJECT IDENTIFIER`.
pub const OBJECT_IDENTIFIER: u8 = 0x06;
/// `BOOLEAN`.
pub const BOOLEAN: u8 = 0x01;
/// `UTCTime`.
pub const UTC_TIME: u8 = 0x17;
/// `GeneralizedTime`.
pub const GENERALIZED_TIME: u8 = 0x18;

/// Returns the first byte of a context-specific, constructed tag.
#[must_use]
pub const fn context(number: u8) -> u8 {
    0xA0 | number
}

/// Points at one element of an encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element<'a> {
    /// First byte of the tag: class, constructed bit and number.
    pub tag: u8,
    /// The whole element.
    pub raw: &'a [u8],
    /// Its value.
    pub content: &'a [u8],
}

impl<'a> Element<'a> {
    /// Returns a reader over the elements inside.
    #[must_use]
    pub fn inside(&self) -> Reader<'a> {
        Reader { rest: self.content }
    }

    /// Reads the value as an object identifier.
    ///
    /// # Errors
    /// When it is none.
    pub fn oid(&self) -> Result<ObjectIdentifier, Malformed> {
        if self.tag != OBJECT_IDENTIFIER {
            return Err(Malformed);
        }
        ObjectIdentifier::from_bytes(self.content).map_err(|_| Malformed)
    }

    /// Reads the value as a small non-negative number.
    ///
    /// # Errors
    /// When it is none, or does not fit.
    pub fn small_integer(&self) -> Result<u64, Malformed> {
        if self.tag != INTEGER || self.content.is_empty() || self.content.len() > 8 || self.content[0] > 0x7F
        {
            return Err(Malformed);
        }
        Ok(self.content.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)))
    }

    /// Reads the value as a bit string of whole bytes or less and returns its bytes.
    ///
    /// # Errors
    /// When it is none.
    pub fn bits(&self) -> Result<&'a [u8], Malformed> {
        match (self.tag, self.content.split_first()) {
            (BIT_STRING, Some((unused, bytes))) if *unused < 8 => Ok(bytes),
            _ => Err(Malformed),
        }
    }

    /// Reads `UTCTime` or `GeneralizedTime`.
    ///
    /// # Errors
    /// When it is neither, or names no moment.
    pub fn time(&self) -> Result<jiff::Timestamp, Malformed> {
        let text = std::str::from_utf8(self.content).map_err(|_| Malformed)?;
        let (year, rest) = match self.tag {
            UTC_TIME => {
                let year: i16 = text.get(..2).and_then(|digits| digits.parse().ok()).ok_or(Malformed)?;
                (if year < 50 { 2000 + year } else { 1900 + year }, text.get(2..))
            }
            GENERALIZED_TIME => {
                (text.get(..4).and_then(|digits| digits.parse().ok()).ok_or(Malformed)?, text.get(4..))
            }
            _ => return Err(Malformed),
        };
        time_of(year, rest.ok_or(Malformed)?).ok_or(Malformed)
    }
}

/// Reads `MMDDHHMM[SS][.fff](Z|±HHMM)`; a time without zone counts as UTC.
fn time_of(year: i16, text: &str) -> Option<jiff::Timestamp> {
    let two = |start: usize| text.get(start..start + 2)?.parse::<i8>().ok();
    let (month, day, hour, minute) = (two(0)?, two(2)?, two(4)?, two(6)?);
    let (second, mut rest) = match two(8) {
        Some(second) => (second, text.get(10..)?),
        None => (0, text.get(8..)?),
    };
    if let Some(fraction) = rest.strip_prefix(['.', ',']) {
        rest = fraction.trim_start_matches(|symbol: char| symbol.is_ascii_digit());
    }
    let offset = match rest.as_bytes() {
        [] | [b'Z'] => 0,
        [sign @ (b'+' | b'-'), digits @ ..] if digits.len() == 4 => {
            let number: i32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
            let seconds = number / 100 * 3600 + number % 100 * 60;
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => return None,
    };
    let moment = jiff::civil::DateTime::new(year, month, day, hour, minute, second.min(59), 0).ok()?;
    let zone = jiff::tz::Offset::from_seconds(offset).ok()?;
    zone.to_timestamp(moment).ok()
}

/// Reads elements one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Starts at the beginning of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Tells whether nothing is left.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Returns the tag of the next element without taking it.
    #[must_use]
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Takes the next element.
    ///
    /// # Errors
    /// When none is left, or its length is indefinite or beyond the end.
    #[expect(
        clippy::should_implement_trait,
        reason = "the end is an error here: who reads a structure expects a member"
    )]
    pub fn next(&mut self) -> Result<Element<'a>, Malformed> {
        let (header, length) = header(self.rest)?;
        let length = length.ok_or(Malformed)?;
        let end = header.checked_add(length).filter(|end| *end <= self.rest.len()).ok_or(Malformed)?;
        let (raw, rest) = self.rest.split_at(end);
        self.rest = rest;
        Ok(Element { tag: raw[0], raw, content: &raw[header..] })
    }

    /// Takes the next element, which must have `tag`.
    ///
    /// # Errors
    /// When it has not.
    pub fn expect(&mut self, tag: u8) -> Result<Element<'a>, Malformed> {
        let element = self.next()?;
        if element.tag == tag { Ok(element) } else { Err(Malformed) }
    }

    /// Takes the next element if it has `tag`.
    ///
    /// # Errors
    /// When it has the tag and cannot be read.
    pub fn optional(&mut self, tag: u8) -> Result<Option<Element<'a>>, Malformed> {
        if self.peek() == Some(tag) { self.next().map(Some) } else { Ok(None) }
    }

    /// Takes all that is left.
    ///
    /// # Errors
    /// When an element cannot be read.
    pub fn all(mut self) -> Result<Vec<Element<'a>>, Malformed> {
        let mut elements = Vec::new();
        while !self.is_empty() {
            elements.push(self.next()?);
        }
        Ok(elements)
    }
}

/// Returns the size of tag and length, and the length; `None` when it is indefinite.
fn header(bytes: &[u8]) -> Result<(usize, Option<usize>), Malformed> {
    let first = *bytes.first().ok_or(Malformed)?;
    let mut position = 1;
    if first & 0x1F == 0x1F {
        while *bytes.get(position).ok_or(Malformed)? & 0x80 != 0 {
            position += 1;
        }
        position += 1;
    }
    let length = *bytes.get(position).ok_or(Malformed)?;
    position += 1;
    match length {
        0x80 => Ok((position, None)),
        0..0x80 => Ok((position, Some(usize::from(length)))),
        _ => {
            let count = usize::from(length & 0x7F);
            let digits = bytes.get(position..position + count).ok_or(Malformed)?;
            let significant = digits.iter().skip_while(|digit| **digit == 0);
            if significant.clone().count() > 4 {
                return Err(Malformed);
            }
            let value = significant.fold(0_usize, |value, digit| value << 8 | usize::from(*digit));
            Ok((position + count, Some(value)))
        }
    }
}

/// Returns the first element with definite lengths throughout: strings in pieces are joined, everything else keeps its bytes.
///
/// # Errors
/// When it cannot be read, or nests too deeply.
pub fn definite(bytes: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut output = Vec::with_capacity(bytes.len());
    transcode(bytes, &mut output, 0)?;
    Ok(output)
}

fn transcode(bytes: &[u8], output: &mut Vec<u8>, depth: usize) -> Result<usize, Malformed> {
    if depth > MAX_DEPTH {
        return Err(Malformed);
    }
    let (start, length) = header(bytes)?;
    let tag = bytes[0];
    if tag & 0x20 == 0 {
        let end = start.checked_add(length.ok_or(Malformed)?).ok_or(Malformed)?;
        output.extend_from_slice(bytes.get(..end).ok_or(Malformed)?);
        return Ok(end);
    }
    let mut inner = Vec::new();
    let mut position = start;
    match length {
        Some(length) => {
            let end = start.checked_add(length).filter(|end| *end <= bytes.len()).ok_or(Malformed)?;
            while position < end {
                position += transcode(&bytes[position..end], &mut inner, depth + 1)?;
            }
        }
        None => {
            while bytes.get(position..position + 2).ok_or(Malformed)? != [0, 0] {
                position += transcode(&bytes[position..], &mut inner, depth + 1)?;
            }
            position += 2;
        }
    }
    if tag == OCTET_STRING | 0x20 {
        let pieces = Reader::new(&inner).all()?;
        let joined: Vec<u8> = pieces.iter().flat_map(|piece| piece.content).copied().collect();
        output.extend(write(OCTET_STRING, &joined));
    } else {
        let tag_size = if tag & 0x1F == 0x1F {
            bytes[1..start].iter().take_while(|byte| **byte & 0x80 != 0).count() + 2
        } else {
            1
        };
        output.extend_from_slice(bytes.get(..tag_size).ok_or(Malformed)?);
        push_length(output, inner.len());
        output.extend(inner);
    }
    Ok(position)
}

fn push_length(output: &mut Vec<u8>, length: usize) {
    if length < 0x80 {
        output.push(length as u8);
    } else {
        let digits = length.to_be_bytes();
        let skip = digits.iter().take_while(|digit| **digit == 0).count();
        output.push(0x80 | (digits.len() - skip) as u8);
        output.extend_from_slice(&digits[skip..]);
    }
}

/// Writes an element.
#[must_use]
pub fn write(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(content.len() + 6);
    output.push(tag);
    push_length(&mut output, content.len());
    output.extend_from_slice(content);
    output
}

/// Writes an element whose value is made of elements.
#[must_use]
pub fn constructed(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    write(tag, &parts.concat())
}

/// Writes a `SET OF` in the order DER wants (X.690 §11.6).
#[must_use]
pub fn set_of(tag: u8, mut members: Vec<Vec<u8>>) -> Vec<u8> {
    members.sort();
    write(tag, &members.concat())
}

/// Writes an object identifier.
#[must_use]
pub fn oid(identifier: ObjectIdentifier) -> Vec<u8> {
    write(OBJECT_IDENTIFIER, identifier.as_bytes())
}

/// Writes an `AlgorithmIdentifier`, with `NULL` as parameters or with none.
#[must_use]
pub fn algorithm(identifier: ObjectIdentifier, with_null: bool) -> Vec<u8> {
    let parameters: &[u8] = if with_null { &[NULL, 0] } else { &[] };
    constructed(SEQUENCE, &[&oid(identifier), parameters])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indefinite_lengths_and_strings_in_pieces_become_definite() {
        let ber = [0x30, 0x80, 0x24, 0x80, 0x04, 1, 7, 0x04, 2, 8, 9, 0, 0, 0x02, 1, 5, 0, 0];
        let der = definite(&ber).expect("well formed");
        assert_eq!(der, [0x30, 8, 0x04, 3, 7, 8, 9, 0x02, 1, 5]);
    }

    #[test]
    fn a_bomb_of_nested_sequences_is_refused() {
        let bomb = [0x30, 0x80].repeat(20_000);
        assert_eq!(definite(&bomb), Err(Malformed), "the depth has a limit");
    }

    #[test]
    fn a_length_beyond_the_end_is_refused() {
        assert_eq!(Reader::new(&[0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF, 1]).next(), Err(Malformed));
        assert_eq!(
            Reader::new(&[0x30, 0x88, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).next(),
            Err(Malformed)
        );
    }

    #[test]
    fn times_are_read_with_their_zone() {
        let read = |tag, text: &str| {
            Element { tag, raw: &[], content: text.as_bytes() }.time().map(|time| time.to_string())
        };
        assert_eq!(read(UTC_TIME, "260330060932Z").as_deref(), Ok("2026-03-30T06:09:32Z"));
        assert_eq!(read(UTC_TIME, "991231235959-0500").as_deref(), Ok("2000-01-01T04:59:59Z"));
        assert_eq!(read(GENERALIZED_TIME, "20500101000000.5Z").as_deref(), Ok("2050-01-01T00:00:00Z"));
        assert_eq!(read(UTC_TIME, "261330060932Z"), Err(Malformed), "month 13");
        assert_eq!(read(UTC_TIME, "2é"), Err(Malformed), "not digits");
    }

    #[test]
    fn a_set_is_written_in_the_order_of_its_encodings() {
        let set = set_of(SET, vec![vec![0x30, 1, 9], vec![0x02, 1, 1]]);
        assert_eq!(set, [0x31, 6, 0x02, 1, 1, 0x30, 1, 9]);
    }
}
