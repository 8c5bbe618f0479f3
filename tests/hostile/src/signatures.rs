//! Signatures: DER, certificates, extents of values in a PDF, and the judge of signed files.

use crate::findings::are_sentences;
use cotejo_domain::{Coverage, Integrity, SignatureVerdict};
use cotejo_signature_format::name::{self, Name};
use cotejo_signature_format::tlv::{self, Reader};
use cotejo_signature_format::{Certificate, Holder, pdf};
use std::ops::Range;

/// Reads any bytes as DER, as a certificate and as a name.
pub fn der(bytes: &[u8]) {
    elements(bytes, 0);
    if let Ok(definite) = tlv::definite(bytes) {
        let whole = Reader::new(&definite).all();
        assert!(whole.is_ok_and(|elements| elements.len() == 1), "definite lengths give one element");
        assert_eq!(tlv::definite(&definite).as_ref(), Ok(&definite), "and stay as they are");
    }
    let _ = Name::read(bytes).map(|name| name.display());
    for certificate in [Certificate::read(bytes), Certificate::read_lenient(bytes)].into_iter().flatten() {
        let _ = Holder::of(&certificate);
        let _ = (certificate.serial_hex(), certificate.basic_constraints(), certificate.purposes());
        let _ = (certificate.is_self_issued(), certificate.subject_key_identifier());
        for bit in [0, 1, 5, 8, 255] {
            let _ = certificate.allows_usage(bit);
        }
    }
}

fn elements(bytes: &[u8], depth: u32) {
    let mut reader = Reader::new(bytes);
    while depth < 32 && !reader.is_empty() {
        let Ok(element) = reader.next() else { return };
        assert!(element.raw.ends_with(element.content), "the content ends with its element");
        let _ =
            (element.oid(), element.small_integer(), element.bits(), element.time(), name::text(&element));
        if element.tag & 0x20 != 0 {
            elements(element.content, depth + 1);
        }
    }
}

fn lies_within(bytes: &[u8], range: &Range<usize>) {
    assert!(range.start < range.end && range.end <= bytes.len(), "{range:?} of {} bytes", bytes.len());
}

/// Reads values at the beginning of the bytes and after every line feed.
pub fn pdf_extents(bytes: &[u8]) {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(index, _)| index + 1);
    for start in std::iter::once(0).chain(starts).take(64) {
        values_at(bytes, start);
    }
    let _ = pdf::name(bytes);
}

fn values_at(bytes: &[u8], start: usize) {
    let start = pdf::skip_space(bytes, start);
    assert!(start <= bytes.len(), "white space does not pass the end");
    if let Some(end) = pdf::value_end(bytes, start) {
        lies_within(bytes, &(start..end));
        let _ = pdf::string(bytes, &(start..end));
        let _ = pdf::integer(bytes, &(start..end));
    }
    if let Some((_, end)) = pdf::reference(bytes, start) {
        lies_within(bytes, &(start..end));
    }
    if let Some(dictionary) = pdf::Dictionary::at(bytes, start) {
        lies_within(bytes, &dictionary.range);
        assert_eq!(pdf::value_end(bytes, start), Some(dictionary.range.end), "both readings end at one byte");
        for entry in &dictionary.entries {
            lies_within(bytes, &entry.value);
            assert!(entry.start < entry.value.start && entry.value.end < dictionary.range.end);
            assert!(dictionary.get(&entry.key).is_some(), "a key that stands there is found");
        }
    }
    if let Some(values) = pdf::array_at(bytes, start) {
        values.iter().for_each(|value| lies_within(bytes, value));
        assert!(values.is_sorted_by(|one, next| one.end <= next.start), "values do not overlap");
    }
    if let Some(indirect) = pdf::indirect_at(bytes, start) {
        lies_within(bytes, &indirect.value);
    }
}

/// Judges a PDF without any anchor: whatever it says of itself, nothing is plainly valid, and what is broken covers nothing.
pub fn signed_pdf(bytes: &[u8]) {
    let read = cotejo_signature_verify::verify_pdf(bytes, &cotejo_signature_verify::Options::default());
    are_sentences(&read.findings);
    for signature in &read.value {
        assert_ne!(signature.verdict, SignatureVerdict::Valid, "valid without an anchor");
        are_sentences(&signature.findings);
        let whole = signature.covers == Coverage::Whole && signature.integrity == Integrity::Ok;
        assert!(!whole || bytes.windows(10).any(|found| found == b"/ByteRange"), "whole without a range");
    }
}
