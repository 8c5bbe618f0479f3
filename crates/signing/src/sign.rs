//! Signing a PDF: one incremental update with a signature field, its widget and the signature (ISO 32000-1 §12.8).

use crate::cms::signed_data;
use crate::error::{SigningError, ecuador};
use crate::key::Digest;
use crate::keystore::{Identity, Keystore};
use crate::locks::forbids_changes;
use crate::stamp::{StampText, VisibleStamp};
use crate::structure::{Structure, damaged};
use crate::timestamp::Carry;
use crate::update::Update;
use cotejo_signature_format::pdf::{Dictionary, array_at, reference};
use lopdf::Object;
use std::collections::BTreeSet;
use std::ops::Range;

/// Room for the ten digits of each number of `/ByteRange`.
const BYTE_RANGE: &str = "[0 9999999999 9999999999 9999999999]";
/// Room for what a signature holds beside its certificates, in bytes.
const ROOM: usize = 6 * 1024;
/// Room for a timestamp with the certificates of its authority, in bytes.
const TIMESTAMP_ROOM: usize = 16 * 1024;
/// Smallest room, in bytes: 16,384 hexadecimal digits.
const LEAST_ROOM: usize = 8 * 1024;

/// Names the encoding of a signature in a PDF.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SubFilter {
    /// `adbe.pkcs7.detached`: what FirmaEC writes and reads.
    #[default]
    Pkcs7Detached,
    /// `ETSI.CAdES.detached`: what the PAdES baseline asks for.
    CadesDetached,
}

impl SubFilter {
    fn name(self) -> &'static str {
        match self {
            Self::Pkcs7Detached => "adbe.pkcs7.detached",
            Self::CadesDetached => "ETSI.CAdES.detached",
        }
    }
}

/// Says how to sign.
#[derive(Clone, Debug)]
pub struct SigningOptions {
    /// Encoding; `adbe.pkcs7.detached` unless asked otherwise.
    pub sub_filter: SubFilter,
    /// Digest for RSA keys; SHA-256 when `None`. With elliptic curves the curve decides.
    pub digest: Option<Digest>,
    /// Moment of signing, from the caller's clock.
    pub signing_time: jiff::Timestamp,
    /// Reason of the signature.
    pub reason: Option<String>,
    /// Place of the signature.
    pub location: Option<String>,
    /// Name to print; the certificate's holder when `None`.
    pub name: Option<String>,
    /// Stamp to show; an invisible signature when `None`.
    pub visible: Option<VisibleStamp>,
}

impl SigningOptions {
    /// Returns the usual options for a signature made at `signing_time`.
    #[must_use]
    pub fn at(signing_time: jiff::Timestamp) -> Self {
        Self {
            sub_filter: SubFilter::default(),
            digest: None,
            signing_time,
            reason: None,
            location: None,
            name: None,
            visible: None,
        }
    }
}

/// Appends a PAdES B-B signature by the keystore's first identity; every byte of `bytes` stays as it is.
///
/// # Errors
/// When the certificate is not valid at the time of signing or not meant for it, the file is no PDF, encrypted, damaged or locked by
/// an earlier signature, or the stamp cannot be drawn.
pub fn sign_pdf(
    bytes: &[u8],
    keystore: &Keystore,
    options: &SigningOptions,
) -> Result<Vec<u8>, SigningError> {
    sign(bytes, keystore, options, None)
}

/// Appends a PAdES B-T signature: one whose value an authority put a time to (RFC 3161), which `carry` reaches.
///
/// # Errors
/// As [`sign_pdf`], and [`SigningError::Timestamp`] when the authority gives none for this very signature: nothing is signed then.
pub fn sign_pdf_with_timestamp(
    bytes: &[u8],
    keystore: &Keystore,
    options: &SigningOptions,
    carry: Carry<'_>,
) -> Result<Vec<u8>, SigningError> {
    sign(bytes, keystore, options, Some(carry))
}

fn sign(
    bytes: &[u8],
    keystore: &Keystore,
    options: &SigningOptions,
    carry: Option<Carry<'_>>,
) -> Result<Vec<u8>, SigningError> {
    let identity = keystore.identity();
    check(identity, options.signing_time)?;
    let structure = Structure::open(bytes)?;
    if forbids_changes(&structure.document) {
        return Err(SigningError::Locked);
    }
    let mut update = Update::new(&structure);
    let name = options.name.clone().or_else(|| identity.holder().name.clone()).unwrap_or_default();

    let signature = update.reserve();
    let widget = update.reserve();
    let appearance = update.reserve();
    let room = room_for(identity) + if carry.is_some() { TIMESTAMP_ROOM } else { 0 };
    update.set((signature, 0), signature_dictionary(options, &name, room));

    let pages = structure.document.get_pages();
    let number = options.visible.as_ref().map_or(1, |stamp| stamp.page);
    let page = *pages.get(&number).ok_or(SigningError::NoSuchPage { page: number })?;
    let (rectangle, form) = match &options.visible {
        Some(stamp) => {
            let text =
                StampText { name: &name, moment: options.signing_time, reason: options.reason.as_deref() };
            stamp.draw(&structure.document, page, &text)?
        }
        None => ("[0 0 0 0]".to_owned(), empty_form()),
    };
    update.set((appearance, 0), form);
    let title = text_string(&unused_field_name(&structure));
    update.set(
        (widget, 0),
        format!(
            "<</Type/Annot/Subtype/Widget/FT/Sig/T{title}/V {signature} 0 R/P {} {} R/Rect{rectangle}/F 132/AP<</N {appearance} 0 R>>>>",
            page.0, page.1
        )
        .into_bytes(),
    );
    add_annotation(&structure, &mut update, page, widget)?;
    add_field(&structure, &mut update, widget)?;

    let (mut output, extents) = update.append(&structure);
    let extent = extents.get(&signature).cloned().ok_or_else(|| damaged("signature"))?;
    fill(
        &mut output,
        &extent,
        |digest, document| {
            let signing_time =
                (options.sub_filter == SubFilter::Pkcs7Detached).then_some(options.signing_time);
            signed_data(identity, digest, &document, signing_time, carry)
        },
        identity.key.digest(options.digest),
    )?;
    Ok(output)
}

fn check(identity: &Identity, moment: jiff::Timestamp) -> Result<(), SigningError> {
    let certificate = identity.certificate();
    if moment > certificate.not_after {
        return Err(SigningError::Expired { not_after: certificate.not_after });
    }
    if moment < certificate.not_before {
        return Err(SigningError::NotYetValid { not_before: certificate.not_before });
    }
    if !identity.may_sign() {
        return Err(SigningError::UsageNotAllowed);
    }
    Ok(())
}

/// Returns the bytes to leave for the signature.
fn room_for(identity: &Identity) -> usize {
    let chain: usize = identity.chain().iter().map(|certificate| certificate.der.len()).sum();
    (identity.certificate().der.len() + chain + ROOM).max(LEAST_ROOM)
}

fn signature_dictionary(options: &SigningOptions, name: &str, room: usize) -> Vec<u8> {
    let mut entries = format!(
        "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/{}/ByteRange{BYTE_RANGE}/Contents<{}>/M{}/Prop_Build<</App<</Name/Cotejo>>>>",
        options.sub_filter.name(),
        "0".repeat(room * 2),
        text_string(&ecuador(options.signing_time).strftime("D:%Y%m%d%H%M%S-05'00'").to_string()),
    );
    let texts = [
        ("Name", Some(name)),
        ("Reason", options.reason.as_deref()),
        ("Location", options.location.as_deref()),
    ];
    for (key, text) in texts {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            entries.push_str(&format!("/{key}{}", text_string(text)));
        }
    }
    entries.push_str(">>");
    entries.into_bytes()
}

/// Writes a text string: literal when it is ASCII, else UTF-16 in hexadecimal.
pub(crate) fn text_string(text: &str) -> String {
    if text.bytes().all(|byte| (0x20..0x7F).contains(&byte)) {
        let escaped = text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        return format!("({escaped})");
    }
    let units: String = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{units}>")
}

/// Writes the appearance of an invisible widget: PDF/A wants one for every annotation (ISO 19005-2 §6.3.3).
fn empty_form() -> Vec<u8> {
    b"<</Type/XObject/Subtype/Form/BBox[0 0 0 0]/Resources<<>>/Length 0>>\nstream\n\nendstream".to_vec()
}

/// Returns the first of `Firma_1`, `Firma_2`, … that no field has.
fn unused_field_name(structure: &Structure<'_>) -> String {
    let taken: BTreeSet<&[u8]> = structure
        .document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok()?.get(b"T").ok()?.as_str().ok())
        .collect();
    let mut number = 1_u32;
    loop {
        let name = format!("Firma_{number}");
        if !taken.contains(name.as_bytes()) {
            return name;
        }
        number += 1;
    }
}

/// Replaces the value of `key`, or adds the entry; every other byte stays.
fn with_entry(raw: &[u8], dictionary: &Dictionary, key: &str, value: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(raw.len() + value.len() + 16);
    match dictionary.get(key.as_bytes()) {
        Some(range) => {
            output.extend_from_slice(&raw[..range.start]);
            output.push(b' ');
            output.extend_from_slice(value);
            output.extend_from_slice(&raw[range.end..]);
        }
        None => {
            let end = dictionary.range.end - 2;
            output.extend_from_slice(&raw[..end]);
            output.extend_from_slice(format!("/{key} ").as_bytes());
            output.extend_from_slice(value);
            output.extend_from_slice(&raw[end..]);
        }
    }
    output
}

/// Adds `member` to the array under `key` of a dictionary: the array may stand there, in an object of its own, or not at all.
/// Returns the dictionary's new bytes, or `None` when only the array's object changed.
fn with_member(
    structure: &Structure<'_>,
    update: &mut Update,
    raw: &[u8],
    dictionary: &Dictionary,
    key: &str,
    member: u32,
) -> Result<Option<Vec<u8>>, SigningError> {
    let wrong = || damaged(&format!("/{key}"));
    let Some(range) = dictionary.get(key.as_bytes()).filter(|range| &raw[(*range).clone()] != b"null") else {
        return Ok(Some(with_entry(raw, dictionary, key, format!("[{member} 0 R]").as_bytes())));
    };
    if let Some((id, _)) = reference(raw, range.start) {
        let array = structure.raw(id)?;
        if array == b"null" {
            return Ok(Some(with_entry(raw, dictionary, key, format!("[{member} 0 R]").as_bytes())));
        }
        update.set(id, longer_array(&array, 0..array.len(), member).ok_or_else(wrong)?);
        return Ok(None);
    }
    let array = longer_array(raw, range.clone(), member).ok_or_else(wrong)?;
    Ok(Some(with_entry(raw, dictionary, key, &array)))
}

fn longer_array(raw: &[u8], range: Range<usize>, member: u32) -> Option<Vec<u8>> {
    array_at(raw, range.start)?;
    let mut array = raw[range.start..range.end - 1].to_vec();
    array.extend_from_slice(format!(" {member} 0 R]").as_bytes());
    Some(array)
}

fn add_annotation(
    structure: &Structure<'_>,
    update: &mut Update,
    page: (u32, u16),
    widget: u32,
) -> Result<(), SigningError> {
    let (raw, dictionary) = structure.raw_dictionary(page)?;
    if let Some(raw) = with_member(structure, update, &raw, &dictionary, "Annots", widget)? {
        update.set(page, raw);
    }
    Ok(())
}

fn add_field(structure: &Structure<'_>, update: &mut Update, widget: u32) -> Result<(), SigningError> {
    let catalog = structure.catalog()?;
    let (raw, dictionary) = update.dictionary(structure, catalog)?;
    let form = dictionary.get(b"AcroForm").filter(|range| &raw[(*range).clone()] != b"null");
    let Some(range) = form else {
        let form = update.reserve();
        update.set((form, 0), format!("<</Fields[{widget} 0 R]/SigFlags 3>>").into_bytes());
        update.set(catalog, with_entry(&raw, &dictionary, "AcroForm", format!("{form} 0 R").as_bytes()));
        return Ok(());
    };
    match reference(&raw, range.start) {
        Some((form, _)) => {
            let (raw, dictionary) = update.dictionary(structure, form)?;
            let raw = form_with_field(structure, update, raw, &dictionary, widget)?;
            update.set(form, raw);
        }
        None => {
            let form = raw[range.clone()].to_vec();
            let inner = Dictionary::at(&form, 0).ok_or_else(|| damaged("/AcroForm"))?;
            let form = form_with_field(structure, update, form, &inner, widget)?;
            update.set(catalog, with_entry(&raw, &dictionary, "AcroForm", &form));
        }
    }
    Ok(())
}

fn form_with_field(
    structure: &Structure<'_>,
    update: &mut Update,
    raw: Vec<u8>,
    dictionary: &Dictionary,
    widget: u32,
) -> Result<Vec<u8>, SigningError> {
    let raw = with_member(structure, update, &raw, dictionary, "Fields", widget)?.unwrap_or(raw);
    let dictionary = Dictionary::at(&raw, 0).ok_or_else(|| damaged("/AcroForm"))?;
    Ok(with_entry(&raw, &dictionary, "SigFlags", b"3"))
}

/// Fills in `/ByteRange` and `/Contents` of the signature dictionary at `extent`.
fn fill(
    output: &mut [u8],
    extent: &Range<usize>,
    sign: impl FnOnce(Digest, Vec<u8>) -> Result<Vec<u8>, SigningError>,
    digest: Digest,
) -> Result<(), SigningError> {
    let dictionary = Dictionary::at(output, extent.start).ok_or_else(|| damaged("signature"))?;
    let (Some(ranges), Some(contents)) = (dictionary.get(b"ByteRange"), dictionary.get(b"Contents")) else {
        return Err(damaged("signature"));
    };
    let (ranges, contents) = (ranges.clone(), contents.clone());
    let written = format!("[0 {} {} {}]", contents.start, contents.end, output.len() - contents.end);
    output[ranges.clone()].fill(b' ');
    output[ranges.start..ranges.start + written.len()].copy_from_slice(written.as_bytes());

    let document = digest.of(&[&output[..contents.start], &output[contents.end..]]);
    let value = hex::encode(sign(digest, document)?);
    if value.len() > contents.len() - 2 {
        return Err(SigningError::Key { detail: "signature larger than its room".into() });
    }
    output[contents.start + 1..contents.start + 1 + value.len()].copy_from_slice(value.as_bytes());
    Ok(())
}

/// Follows `/Parent` until `key` is found, as pages inherit.
pub(crate) fn inherited<'a>(
    document: &'a lopdf::Document,
    page: (u32, u16),
    key: &[u8],
) -> Option<&'a Object> {
    let mut dictionary = document.get_dictionary(page).ok()?;
    for _ in 0..64 {
        if let Ok(value) = dictionary.get_deref(key, document) {
            return Some(value);
        }
        dictionary = dictionary.get_deref(b"Parent", document).and_then(Object::as_dict).ok()?;
    }
    None
}
