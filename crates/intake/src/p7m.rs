//! Signed envelopes (`.p7m`, RFC 5652): the signed file out of its envelope. Whether the signature holds is judged elsewhere.
//!
//! DER and BER, in PEM armour or as bare Base64, as the programs of the region write them.

use base64::Engine;
use cotejo_signature_format::tlv::{Reader, SEQUENCE, context, definite};
use std::borrow::Cow;

/// `signedData`, 1.2.840.113549.1.7.2, as it is encoded.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// Envelopes inside of envelopes that are opened when a file was signed by several.
const DEEPEST: usize = 8;

/// Returns the encoding of the envelope without armour; `None` when there is none.
#[must_use]
pub fn encoding(bytes: &[u8]) -> Option<Cow<'_, [u8]>> {
    if bytes.first() == Some(&SEQUENCE) {
        return Some(Cow::Borrowed(bytes));
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let body = match text.split_once("-----BEGIN ") {
        Some((_, rest)) => rest.split_once("-----")?.1.split("-----END").next()?,
        None => text,
    };
    let letters: Vec<u8> = body.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let engine = base64::engine::GeneralPurpose::new(
        &base64::alphabet::STANDARD,
        base64::engine::GeneralPurposeConfig::new()
            .with_decode_padding_mode(base64::engine::DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let decoded = engine.decode(letters).ok()?;
    (decoded.first() == Some(&SEQUENCE)).then_some(Cow::Owned(decoded))
}

/// Tells whether `bytes` are a signed envelope, from their beginning.
#[must_use]
pub fn is_signed(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(2_048)).unwrap_or_default();
    let within = |encoded: &[u8]| {
        encoded.first() == Some(&SEQUENCE)
            && encoded
                .get(..encoded.len().min(32))
                .is_some_and(|start| start.windows(SIGNED_DATA.len()).any(|window| window == SIGNED_DATA))
    };
    if within(head) {
        return true;
    }
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start();
    if text.starts_with("-----BEGIN PKCS7") || text.starts_with("-----BEGIN CMS") {
        return true;
    }
    // Bare Base64: a sequence begins with M.
    if !text.starts_with('M') {
        return false;
    }
    let start: String = text.chars().filter(|letter| !letter.is_ascii_whitespace()).take(64).collect();
    start.len() == 64
        && base64::engine::general_purpose::STANDARD.decode(start).is_ok_and(|bytes| within(&bytes))
}

/// Takes the signed file out, through envelopes in envelopes. `None` when there is no content in it (the signature stands apart) or it
/// cannot be read.
#[must_use]
pub fn content(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut content = inside(&encoding(bytes)?)?;
    for _ in 0..DEEPEST {
        if !is_signed(&content) {
            break;
        }
        match encoding(&content).and_then(|encoded| inside(&encoded)) {
            Some(inner) => content = inner,
            None => break,
        }
    }
    Some(content)
}

fn inside(encoded: &[u8]) -> Option<Vec<u8>> {
    let whole = definite(encoded).ok()?;
    let mut outer = Reader::new(&whole).expect(SEQUENCE).ok()?.inside();
    if outer.next().ok()?.content != SIGNED_DATA {
        return None;
    }
    let mut fields = outer.expect(context(0)).ok()?.inside().expect(SEQUENCE).ok()?.inside();
    // Version, digest algorithms.
    fields.next().ok()?;
    fields.next().ok()?;
    let mut encapsulated = fields.expect(SEQUENCE).ok()?.inside();
    encapsulated.next().ok()?;
    let wrapper = encapsulated.optional(context(0)).ok()??;
    Some(wrapper.inside().next().ok()?.content.to_vec())
}

/// Names the content after its envelope: `oferta.pdf.p7m` holds `oferta.pdf`.
#[must_use]
pub fn name_of_content(envelope: &str, content: &[u8]) -> String {
    let last = envelope.rsplit('/').next().unwrap_or(envelope);
    let mut stem = last;
    for extension in [".p7m", ".p7s", ".p7b", ".p7c", ".pkcs7", ".p7", ".pem", ".der"] {
        let cut = stem.len().saturating_sub(extension.len());
        if cut > 0 && stem.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(extension)) {
            stem = stem.get(..cut).unwrap_or(stem);
        }
    }
    if stem.is_empty() || stem == last {
        stem = "contenido";
    }
    if stem.contains('.') {
        return stem.into();
    }
    let extension = match crate::media::detect(content) {
        crate::media::PDF => ".pdf",
        crate::media::XML => ".xml",
        crate::media::TEXT => ".txt",
        crate::media::DOCX => ".docx",
        crate::media::XLSX => ".xlsx",
        crate::media::ZIP => ".zip",
        _ => "",
    };
    format!("{stem}{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_signature_format::tlv::{constructed, write};

    fn envelope(content: Option<&[u8]>) -> Vec<u8> {
        let data = write(6, &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]);
        let wrapped =
            content.map(|content| constructed(context(0), &[&write(4, content)])).unwrap_or_default();
        let encapsulated = constructed(SEQUENCE, &[&data, &wrapped]);
        let signed =
            constructed(SEQUENCE, &[&write(2, &[1]), &write(0x31, &[]), &encapsulated, &write(0x31, &[])]);
        constructed(SEQUENCE, &[&write(6, SIGNED_DATA), &constructed(context(0), &[&signed])])
    }

    #[test]
    fn the_content_comes_out_of_every_wrapping() {
        let der = envelope(Some(b"%PDF-1.7 oferta"));
        let bare = base64::engine::general_purpose::STANDARD.encode(&der);
        let pem = format!("-----BEGIN PKCS7-----\n{bare}\n-----END PKCS7-----\n");
        let twice = envelope(Some(&der));
        // BER: indefinite lengths, and the content in two pieces.
        let mut ber = vec![0x30, 0x80, 0x06, 0x09];
        ber.extend_from_slice(SIGNED_DATA);
        ber.extend_from_slice(&[0xa0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80, 6, 9]);
        ber.extend_from_slice(&[
            0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01, 0xa0, 0x80, 0x24, 0x80,
        ]);
        ber.extend_from_slice(&write(4, b"%PDF-1.7"));
        ber.extend_from_slice(&write(4, b" oferta"));
        ber.extend_from_slice(&[0; 6]);
        ber.extend_from_slice(&[0x31, 0, 0, 0, 0, 0, 0, 0]);
        ber.extend_from_slice(&[0; 2]);
        for bytes in [der.clone(), bare.into_bytes(), pem.into_bytes(), twice, ber] {
            assert!(is_signed(&bytes));
            assert_eq!(crate::media::detect(&bytes), crate::media::PKCS7);
            assert_eq!(content(&bytes).as_deref(), Some(&b"%PDF-1.7 oferta"[..]));
        }
        assert_eq!(content(&envelope(None)), None, "the signature stands apart");
        assert!(!is_signed(b"Muy senores mios: les escribo para presentar la oferta de nuestra empresa"));
    }

    #[test]
    fn the_content_is_named_after_its_envelope() {
        assert_eq!(name_of_content("a/Oferta.PDF.P7M", b""), "Oferta.PDF");
        assert_eq!(name_of_content("oferta.p7m", b"%PDF-1.4"), "oferta.pdf");
        assert_eq!(name_of_content("smime", b"texto\n"), "contenido.txt");
    }

    #[test]
    fn truncated_and_mutated_envelopes_never_panic() {
        let bytes = envelope(Some(b"contenido"));
        for at in 0..bytes.len() {
            let _ = content(&bytes[..at]);
            for value in [0, 0x80, 0xff, 0x30] {
                let mut copy = bytes.clone();
                copy[at] = value;
                let _ = (content(&copy), is_signed(&copy));
            }
        }
    }
}
