//! Single values: Base64 in SERCOP's spelling, UTF-8 or Latin-1 inside, HTML entities, and the mark of an encrypted price.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use cotejo_domain::{Money, ProcessCode, Ruc};
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::str::FromStr;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Decodes one value of `proceso.xml`: Base64 with `_` for `/`, `-` for `+` and the padding stripped; the bytes are UTF-8, else
/// Windows-1252. `None` when it is not Base64.
#[must_use]
pub fn decode_value(encoded: &str) -> Option<String> {
    let standard: String = encoded
        .chars()
        .filter(|character| !character.is_ascii_whitespace())
        .map(|character| match character {
            '_' => '/',
            '-' => '+',
            ',' => '=',
            other => other,
        })
        .collect();
    let bytes = BASE64.decode(standard.trim_end_matches('=')).ok()?;
    Some(decode_text(&bytes).into_owned())
}

/// Encodes one value as `proceso.xml` carries it: the inverse of [`decode_value`].
#[must_use]
pub fn encode_value(value: &str) -> String {
    let standard = base64::engine::general_purpose::STANDARD_NO_PAD.encode(value);
    standard.replace('/', "_").replace('+', "-")
}

/// Reads bytes as UTF-8, and as Windows-1252 (which contains Latin-1's letters) when they are not.
pub(crate) fn decode_text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

/// Tells whether a decoded value is one of those that newer versions of the MFC encrypt: URL-safe Base64 of whole cipher blocks.
pub(crate) fn is_encrypted(value: &str) -> bool {
    let body = value.trim_end_matches(',');
    let padding = value.len() - body.len();
    let bytes = body.len() * 3 / 4;
    padding <= 2
        && body.len() >= 22
        && value.len().is_multiple_of(4)
        && bytes.is_multiple_of(16)
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        && body.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Reads a plain decimal with a dot, as the MFC stores numbers.
pub(crate) fn decimal(value: &str) -> Option<Decimal> {
    Decimal::from_str(value.trim()).ok()
}

/// Reads an amount.
pub(crate) fn money(value: &str) -> Option<Money> {
    decimal(value).map(Money)
}

/// Reads a whole number that the MFC may write as `10` or `10.0`.
pub(crate) fn whole(value: &str) -> Option<u32> {
    let number = decimal(value)?.normalize();
    if number.scale() == 0 { u32::try_from(number).ok() } else { None }
}

/// Reads a taxpayer's number.
pub(crate) fn ruc(value: &str) -> Option<Ruc> {
    Ruc::parse(value.trim()).ok()
}

/// Reads a process code.
pub(crate) fn process_code(value: &str) -> ProcessCode {
    ProcessCode::new(value)
}

const LATIN_1_NAMES: [&str; 96] = [
    "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect", "uml", "copy", "ordf", "laquo",
    "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute", "micro", "para", "middot",
    "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",
    "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc", "Euml", "Igrave", "Iacute",
    "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde", "Ouml", "times", "Oslash",
    "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave", "aacute", "acirc", "atilde",
    "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml", "igrave", "iacute", "icirc",
    "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml", "divide", "oslash", "ugrave",
    "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml",
];

fn entity(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|character| !character.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "bull" => '•',
        "hellip" => '…',
        "euro" => '€',
        other => {
            let index = LATIN_1_NAMES.iter().position(|candidate| *candidate == other)?;
            char::from_u32(160 + u32::try_from(index).ok()?)?
        }
    })
}

/// Replaces HTML entities once: the MFC stores the descriptions of rubros as `NIVELACI&Oacute;N`.
pub(crate) fn without_entities(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find('&') {
        let (before, after) = rest.split_at(start);
        text.push_str(before);
        let candidate =
            after.get(1..).and_then(|tail| tail.split_once(';')).filter(|(name, _)| name.len() <= 8);
        match candidate.and_then(|(name, tail)| Some((entity(name)?, tail))) {
            Some((character, tail)) => {
                text.push(character);
                rest = tail;
            }
            None => {
                text.push('&');
                rest = &after[1..];
            }
        }
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_survives_its_encoding() {
        for text in ["", "COTO-EJEMPLO-001-2025", "Adquisición ¿?>>>~~~ñÑ 2\u{2033}", "a", "ab", "abc"] {
            let encoded = encode_value(text);
            assert!(!encoded.contains(['+', '/', '=']), "{encoded} must be in SERCOP's spelling");
            assert_eq!(decode_value(&encoded).as_deref(), Some(text), "decoding undoes encoding");
        }
    }

    #[test]
    fn latin_1_inside_base64_is_read_when_it_is_not_utf_8() {
        let encoded = BASE64.encode(b"CONTRATACI\xd3N");
        assert_eq!(decode_value(&encoded).as_deref(), Some("CONTRATACIÓN"), "older files carry Latin-1");
    }

    #[test]
    fn what_is_no_base64_is_no_value() {
        assert_eq!(decode_value("¡no!"), None, "a foreign character is refused, not skipped");
    }

    #[test]
    fn entities_are_replaced_once_and_strays_stay() {
        assert_eq!(
            without_entities("NIVELACI&Oacute;N e= 2&quot; &amp;lt; A&B &desconocida; &#209;"),
            "NIVELACIÓN e= 2\" &lt; A&B &desconocida; Ñ"
        );
        assert_eq!(without_entities("&yuml;&nbsp;"), "ÿ\u{a0}", "both ends of the table");
        assert_eq!(without_entities("&"), "&", "a lone ampersand at the end");
    }

    #[test]
    fn numbers_and_names_are_not_taken_for_encrypted() {
        let block = "lg6aeVAYB0oCSL5kMkYKL3cdNbzzMka9LhzEM2io6iA,";
        assert!(is_encrypted(block), "32 bytes of cipher text");
        for plain in ["495930.26", "", "30", "CUATROCIENTOSNOVENTAYCINCO", "12345678901234567890123456789012"]
        {
            assert!(!is_encrypted(plain), "{plain} is plain");
        }
    }

    #[test]
    fn whole_numbers_may_carry_a_zero_fraction() {
        assert_eq!(whole("10.0"), Some(10), "the MFC writes ids so");
        assert_eq!(whole("1.5"), None, "a fraction is no count");
        assert_eq!(whole("-1"), None, "nor is a negative");
    }
}
