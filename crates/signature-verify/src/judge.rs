//! From checks to a reading: one signature after the other, each with its reasons.

use crate::byte_range::{Breach, ByteRange};
use crate::certificate::standing;
use crate::chain::{self, Chain, Trust};
use crate::changes::{Place, compare};
use crate::cms::{Check, Signed};
use crate::document::{dictionary, is_as_written, load};
use crate::evidence::Evidence;
use crate::locate::{Located, locate};
use crate::path::PolicyRules;
use crate::revocation::{RevocationAnswer, RevocationList, Standing};
use crate::text::{finding, moment, reason};
use crate::timestamp::Timestamp;
use cotejo_domain::{
    ChainStatus, ChangesAfter, Coverage, Integrity, Read, RevocationStatus, Severity, SignatureReading,
    SignatureVerdict, TimeSource, ValidityAtSigning,
};
use cotejo_signature_format::tlv::Reader;
use cotejo_signature_format::{Certificate, Holder, oids};
use lopdf::{Document, Object};
use sha2::{Digest as _, Sha256};

/// Largest file that is looked at.
const MAX_FILE: usize = 512 * 1024 * 1024;
/// Revisions that are loaded again to see what came after them; more work than that is not done for one file.
const MAX_REVISION_BYTES: usize = 1024 * 1024 * 1024;

/// Says against what to judge.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Trusted certificates, DER; without any, no chain is trusted.
    pub anchors: Vec<Vec<u8>>,
    /// Moment to judge the chain at; the moment of signing when `None`.
    pub at: Option<jiff::Timestamp>,
    /// Lists of revoked certificates at hand; each is believed only where its issuer leads to the same anchor.
    pub lists: Vec<RevocationList>,
    /// Answers about single certificates at hand, believed where the issuer of the certificate stands behind them.
    pub answers: Vec<RevocationAnswer>,
    /// What is wanted of the policies of certificates.
    pub policies: PolicyRules,
}

/// Reads all signatures of a PDF, the oldest first.
///
/// No reading and no finding of weight error mean that the file is not signed. Never panics on hostile input; a file without
/// readable structure gives findings, and what signatures its bytes show.
#[must_use]
pub fn verify_pdf(bytes: &[u8], options: &Options) -> Read<Vec<SignatureReading>> {
    let mut read = Read::clean(Vec::new());
    if bytes.len() > MAX_FILE {
        read.findings.push(finding("signature.too_large", Severity::Error, &[]));
        return read;
    }
    let mut anchors = Vec::new();
    for anchor in &options.anchors {
        match Certificate::read_lenient(anchor) {
            Ok(certificate) => anchors.push(certificate),
            Err(_) => read.findings.push(finding("signature.anchor_unreadable", Severity::Warning, &[])),
        }
    }
    let document = load(bytes);
    let found = locate(bytes, document.as_ref());
    match &document {
        None if found.signatures.is_empty() => {
            read.findings.push(finding("signature.file_unreadable", Severity::Error, &[]));
        }
        None => read.findings.push(finding("signature.structure_unreadable", Severity::Error, &[])),
        Some(document) if document.is_encrypted() => {
            read.findings.push(finding("signature.encrypted", Severity::Warning, &[]));
        }
        Some(document) if !is_as_written(document) && !found.signatures.is_empty() => {
            read.findings.push(finding("signature.structure_repaired", Severity::Warning, &[]));
        }
        Some(_) => {}
    }
    if found.empty_fields > 0 {
        let count = found.empty_fields.to_string();
        read.findings.push(finding("signature.empty_fields", Severity::Info, &[("cuantos", &count)]));
    }
    if found.unreadable_fields > 0 {
        let count = found.unreadable_fields.to_string();
        read.findings.push(finding("signature.unreadable_fields", Severity::Error, &[("cuantos", &count)]));
    }
    let mut file = File {
        bytes,
        document: document.as_ref(),
        anchors: &anchors,
        evidence: Evidence::of(document.as_ref()),
        given: options,
        loaded: 0,
    };
    read.value = found.signatures.iter().map(|located| file.judge(located)).collect();
    raise_levels(document.as_ref(), &mut read.value);
    read
}

/// Judges a signed envelope (CMS `SignedData`, DER or BER) with its content inside, as `.p7m` files are. Where the content stands
/// apart the signature is read and its integrity stays unknown.
#[must_use]
pub fn verify_envelope(encoding: &[u8], options: &Options) -> Read<Vec<SignatureReading>> {
    let mut read = Read::clean(Vec::new());
    let anchors: Vec<Certificate> =
        options.anchors.iter().filter_map(|anchor| Certificate::read_lenient(anchor).ok()).collect();
    if anchors.len() < options.anchors.len() {
        read.findings.push(finding("signature.anchor_unreadable", Severity::Warning, &[]));
    }
    let Ok(signed) = Signed::read(encoding) else {
        read.findings.push(finding("signature.envelope_unreadable", Severity::Error, &[]));
        return read;
    };
    let file = File {
        bytes: &[],
        document: None,
        anchors: &anchors,
        evidence: Evidence::default(),
        given: options,
        loaded: 0,
    };
    let mut draft = Draft::new("CMS".into(), signed.declared_time(), None);
    if signed.signers != 1 {
        draft.doubt("signature.several_signers", &[]);
    }
    if signed.unreadable_certificates > 0 {
        draft.doubt("signature.certificate_unreadable", &[]);
    }
    match &signed.content {
        Some(content) => {
            draft.reading.covers = Coverage::Whole;
            draft.reading.changes_after = ChangesAfter::None;
            weigh(&mut draft, signed.check(&[content]));
        }
        None => draft.doubt("signature.content_apart", &[]),
    }
    file.signature_timestamp(&mut draft, &signed);
    file.signer(&mut draft, &signed);
    read.value.push(draft.finish());
    read
}

struct File<'a> {
    bytes: &'a [u8],
    document: Option<&'a Document>,
    anchors: &'a [Certificate],
    /// Found in the document's store.
    evidence: Evidence,
    given: &'a Options,
    loaded: usize,
}

/// Collects what is said of a signature, and whether anything stands against calling it valid.
struct Draft {
    reading: SignatureReading,
    doubts: bool,
}

impl Draft {
    fn new(sub_filter: String, signing_time: Option<jiff::Timestamp>, page: Option<u32>) -> Self {
        Self {
            reading: SignatureReading {
                signer: None,
                cedula: None,
                ruc: None,
                signing_time,
                time_source: TimeSource::Declared,
                sub_filter,
                level: "CMS".into(),
                integrity: Integrity::Unknown,
                covers: Coverage::Unknown,
                changes_after: ChangesAfter::Disallowed,
                changes: Vec::new(),
                chain: ChainStatus::Incomplete,
                validity_at_signing: ValidityAtSigning::Unknown,
                revocation: RevocationStatus::NotChecked,
                verdict: SignatureVerdict::Indeterminate,
                reasons: Vec::new(),
                page,
                certificate_serial: None,
                findings: Vec::new(),
            },
            doubts: false,
        }
    }

    /// Adds a reason that keeps the signature from being called valid.
    fn doubt(&mut self, code: &str, values: &[(&str, &str)]) {
        self.doubts = true;
        self.note(code, values);
    }

    fn note(&mut self, code: &str, values: &[(&str, &str)]) {
        self.reading.reasons.push(reason(code, values));
    }

    fn broken(&mut self, code: &str) {
        self.reading.integrity = Integrity::Broken;
        self.doubt(code, &[]);
    }

    fn finish(mut self) -> SignatureReading {
        let reading = &mut self.reading;
        let holds = reading.integrity == Integrity::Ok
            && reading.covers != Coverage::Unknown
            && reading.changes_after != ChangesAfter::Disallowed
            && reading.chain == ChainStatus::Trusted
            && reading.validity_at_signing == ValidityAtSigning::Ok
            && !self.doubts;
        reading.verdict = match reading.integrity {
            Integrity::Broken => SignatureVerdict::Invalid,
            _ if holds => SignatureVerdict::Valid,
            _ => SignatureVerdict::Indeterminate,
        };
        self.reading
    }
}

impl File<'_> {
    fn judge(&mut self, located: &Located) -> SignatureReading {
        let sub_filter = located.name(self.bytes, b"SubFilter").unwrap_or_default();
        let declared = located.string(self.bytes, b"M").and_then(|text| pdf_date(&text));
        let mut draft = Draft::new(sub_filter, declared, located.page);
        if self.document.is_none_or(|document| !is_as_written(document)) {
            draft.doubt("signature.structure", &[]);
        } else if !located.is_in_form {
            draft.doubt("signature.not_in_form", &[]);
        }
        let contents = located.string(self.bytes, b"Contents");
        match &located.range {
            Ok(range) => {
                draft.reading.covers =
                    if range.covers_whole(self.bytes) { Coverage::Whole } else { Coverage::Revision };
                self.changes(&mut draft, located, range);
                self.signature(&mut draft, range, contents.as_deref().unwrap_or_default());
            }
            Err(breach) => {
                // Whose signature it claims to be is still worth saying.
                if let Ok(signed) = Signed::read(contents.as_deref().unwrap_or_default()) {
                    self.signer(&mut draft, &signed);
                }
                draft.broken(match breach {
                    Breach::Missing => "signature.byte_range.missing",
                    Breach::Bounds => "signature.byte_range.bounds",
                    Breach::Hole => "signature.byte_range.hole",
                    Breach::Ambiguous => "signature.byte_range.ambiguous",
                });
            }
        }
        draft.finish()
    }

    /// Checks the signature's value and everything that hangs on its certificate.
    fn signature(&self, draft: &mut Draft, range: &ByteRange, contents: &[u8]) {
        let Ok(signed) = Signed::read(contents) else {
            draft.doubt("signature.cms_unreadable", &[]);
            return;
        };
        // What stands behind the signature's value is protected by nothing.
        let rest = Reader::new(contents).next().map_or(&[][..], |element| &contents[element.raw.len()..]);
        if rest.iter().any(|byte| *byte != 0) {
            draft.doubt("signature.padding", &[]);
        }
        if signed.signers != 1 {
            draft.doubt("signature.several_signers", &[]);
        }
        if signed.unreadable_certificates > 0 {
            draft.doubt("signature.certificate_unreadable", &[]);
        }
        let pieces = range.signed(self.bytes);
        let is_document_timestamp = draft.reading.sub_filter == "ETSI.RFC3161";
        if is_document_timestamp {
            self.document_timestamp(draft, signed, &pieces);
            return;
        }
        let check = match draft.reading.sub_filter.as_str() {
            "adbe.pkcs7.detached" | "ETSI.CAdES.detached" => {
                if signed.content.is_some() {
                    draft.doubt("signature.content_inside", &[]);
                }
                signed.check(&pieces)
            }
            "adbe.pkcs7.sha1" => match &signed.content {
                Some(content) if *content == crate::algorithm::Hash::Sha1.digest(&pieces) => {
                    match signed.check(&[content]) {
                        Check::Holds { .. } => Check::Holds { obsolete: true },
                        other => other,
                    }
                }
                _ => Check::WrongContent,
            },
            _ => {
                draft.doubt("signature.sub_filter", &[]);
                Check::Unsupported
            }
        };
        weigh(draft, check);
        if signed.is_baseline() {
            draft.reading.level = "B-B".into();
        }
        draft.reading.signing_time = signed.declared_time().or(draft.reading.signing_time);
        self.signature_timestamp(draft, &signed);
        self.signer(draft, &signed);
    }

    /// Looks at the timestamp over the signature's value.
    fn signature_timestamp(&self, draft: &mut Draft, signed: &Signed) {
        let timestamp = match Timestamp::of(signed) {
            None => {
                draft.note("signature.time_declared", &[]);
                return;
            }
            Some(Err(_)) => {
                draft.doubt("signature.timestamp.unreadable", &[]);
                return;
            }
            Some(Ok(timestamp)) => timestamp,
        };
        match timestamp.check {
            Check::Holds { .. } => {
                draft.reading.level = if draft.reading.level == "B-B" { "B-T".into() } else { "CMS".into() };
                if self.is_trusted_authority(&timestamp) {
                    draft.reading.time_source = TimeSource::Timestamp;
                    draft.reading.signing_time = Some(timestamp.time);
                } else {
                    draft.note("signature.timestamp.untrusted", &[("fecha", &moment(timestamp.time))]);
                }
            }
            Check::Unsupported => draft.doubt("signature.timestamp.unreadable", &[]),
            _ => draft.doubt("signature.timestamp.broken", &[]),
        }
    }

    /// Tells whether the authority of a timestamp leads to an anchor and may make timestamps.
    fn is_trusted_authority(&self, timestamp: &Timestamp) -> bool {
        timestamp.token.certificate().is_some_and(|certificate| {
            let may = certificate.purposes().is_some_and(|purposes| purposes.contains(&oids::TIME_STAMPING));
            may && self.chain(certificate, &timestamp.token, timestamp.time).status == ChainStatus::Trusted
        })
    }

    fn document_timestamp(&self, draft: &mut Draft, signed: Signed, pieces: &[&[u8]]) {
        draft.reading.level = "DocTimeStamp".into();
        match Timestamp::judge(signed, pieces) {
            Ok(timestamp) => {
                weigh(draft, timestamp.check);
                draft.reading.signing_time = Some(timestamp.time);
                if self.is_trusted_authority(&timestamp) {
                    draft.reading.time_source = TimeSource::Timestamp;
                }
                self.signer(draft, &timestamp.token);
            }
            Err(_) => draft.doubt("signature.cms_unreadable", &[]),
        }
    }

    /// Says who signed, and where the certificate leads.
    fn signer(&self, draft: &mut Draft, signed: &Signed) {
        let Some(certificate) = signed.certificate() else {
            draft.doubt("signature.certificate_missing", &[]);
            return;
        };
        let holder = Holder::of(certificate);
        draft.reading.signer = holder.name;
        draft.reading.cedula = holder.cedula;
        draft.reading.ruc = holder.ruc;
        draft.reading.certificate_serial = Some(certificate.serial_hex());
        if !certificate.allows_usage(0) && !certificate.allows_usage(1) {
            draft.doubt("signature.usage", &[]);
        }
        let Some(time) = draft.reading.signing_time else {
            draft.doubt("signature.time_missing", &[]);
            return;
        };
        draft.reading.validity_at_signing = if time < certificate.not_before {
            draft.doubt("signature.not_yet_valid", &[("fecha", &moment(certificate.not_before))]);
            ValidityAtSigning::NotYet
        } else if time > certificate.not_after {
            draft.doubt("signature.expired", &[("fecha", &moment(certificate.not_after))]);
            ValidityAtSigning::Expired
        } else {
            ValidityAtSigning::Ok
        };
        let chain = self.chain(certificate, signed, self.given.at.unwrap_or(time));
        describe(draft, &chain);
        revocation(draft, &chain, time);
    }

    /// Looks where a certificate of a signature leads, with all that is at hand.
    fn chain(&self, certificate: &Certificate, signed: &Signed, moment: jiff::Timestamp) -> Chain {
        let mut own = Evidence::default();
        own.add_signature(signed);
        // Lists may have many megabytes: they are lent.
        let certificates: Vec<_> = self.evidence.certificates.iter().chain(&own.certificates).collect();
        let lists: Vec<_> = self.given.lists.iter().chain(&self.evidence.lists).chain(&own.lists).collect();
        let answers: Vec<_> =
            self.given.answers.iter().chain(&self.evidence.answers).chain(&own.answers).collect();
        let trust = Trust {
            anchors: self.anchors,
            lists: &lists,
            answers: &answers,
            policies: self.given.policies.clone(),
        };
        chain::build(certificate, &certificates, &trust, moment)
    }

    /// Classifies what came after the signed revision.
    fn changes(&mut self, draft: &mut Draft, located: &Located, range: &ByteRange) {
        if range.covers_whole(self.bytes) {
            draft.reading.changes_after = ChangesAfter::None;
            return;
        }
        self.loaded = self.loaded.saturating_add(range.end);
        let before = if self.loaded > MAX_REVISION_BYTES { None } else { load(&self.bytes[..range.end]) };
        let places: Vec<Place> = match (before, self.document) {
            (Some(before), Some(after)) if is_as_written(&before) && is_as_written(after) => {
                if before.is_encrypted()
                    || after.is_encrypted()
                    || before.was_encrypted() != after.was_encrypted()
                {
                    vec![Place::Unclassified]
                } else {
                    compare(&before, after).into_iter().collect()
                }
            }
            _ => vec![Place::Unclassified],
        };
        if self.forbids_changes(located) {
            draft.doubt("signature.changes.certified", &[]);
        } else if places.is_empty() {
            draft.reading.changes_after = ChangesAfter::Allowed;
        } else if places == [Place::Unclassified] {
            draft.doubt("signature.changes.unclassified", &[]);
        } else if places == [Place::Structure] {
            draft.doubt("signature.changes.structure", &[]);
        } else {
            draft.doubt("signature.changes.disallowed", &[]);
        }
        draft.reading.changes = places.into_iter().map(Place::spanish).collect();
    }

    /// Tells whether the signature certifies the document and forbids every change (`/P 1`).
    fn forbids_changes(&self, located: &Located) -> bool {
        let forbids = |document: &Document| -> Option<bool> {
            let signature = document.get_dictionary(located.object?).ok()?;
            let references = signature.get_deref(b"Reference", document).ok()?.as_array().ok()?;
            Some(references.iter().any(|reference| {
                let Ok((_, Object::Dictionary(reference))) = document.dereference(reference) else {
                    return false;
                };
                let certifies =
                    reference.get(b"TransformMethod").and_then(Object::as_name).is_ok_and(|n| n == b"DocMDP");
                let parameters = dictionary(document, reference, b"TransformParams");
                let level = parameters.and_then(|p| p.get_deref(b"P", document).ok()?.as_i64().ok());
                certifies && level == Some(1)
            }))
        };
        self.document.and_then(forbids).unwrap_or(false)
    }
}

fn weigh(draft: &mut Draft, check: Check) {
    match check {
        Check::Holds { obsolete } => {
            draft.reading.integrity = Integrity::Ok;
            if obsolete {
                draft.doubt("signature.obsolete_algorithm", &[]);
            }
        }
        Check::WrongContent => draft.broken("signature.content_changed"),
        Check::WrongValue => draft.broken("signature.value_wrong"),
        Check::WrongCertificate => draft.broken("signature.certificate_substituted"),
        Check::Unsupported => draft.doubt("signature.unsupported_algorithm", &[]),
    }
}

fn describe(draft: &mut Draft, chain: &Chain) {
    draft.reading.chain = chain.status;
    if let Some(obstacle) = chain.obstacle {
        draft.doubt(obstacle, &[]);
    }
    if chain.obsolete {
        draft.doubt("signature.obsolete_chain", &[]);
    }
    if let Some(anchor) = &chain.anchor {
        let print = hex::encode(Sha256::digest(&anchor.der));
        draft.note("signature.anchor", &[("nombre", &anchor.subject.display()), ("huella", &print)]);
    }
}

/// Says what lists of revoked certificates say of the signer and the authorities above at the moment of signing.
fn revocation(draft: &mut Draft, chain: &Chain, time: jiff::Timestamp) {
    let (status, since) = standing(chain.standing, time);
    draft.reading.revocation = status;
    let day = since.map(moment).unwrap_or_default();
    match (status, chain.standing) {
        (RevocationStatus::Revoked, _) => draft.doubt("signature.revoked", &[("fecha", &day)]),
        (RevocationStatus::Good, Standing::Revoked(_)) => {
            draft.note("signature.revoked_later", &[("fecha", &day)]);
        }
        (RevocationStatus::Good, _) => draft.note("signature.revocation_good", &[("fecha", &day)]),
        (RevocationStatus::NotChecked, _) => draft.note("signature.revocation_not_checked", &[]),
    }
}

/// Raises `B-T` to `B-LT` and `B-LTA` by what the document holds for the long term.
fn raise_levels(document: Option<&Document>, readings: &mut [SignatureReading]) {
    let store = document.and_then(|document| {
        let store = dictionary(document, document.catalog().ok()?, b"DSS")?;
        let has = |key: &[u8]| {
            store.get_deref(key, document).and_then(Object::as_array).is_ok_and(|members| !members.is_empty())
        };
        Some(has(b"Certs") && (has(b"CRLs") || has(b"OCSPs")))
    });
    if store != Some(true) {
        return;
    }
    let last_timestamp = readings
        .iter()
        .rposition(|reading| reading.level == "DocTimeStamp" && reading.integrity == Integrity::Ok);
    for (index, reading) in readings.iter_mut().enumerate() {
        if reading.level == "B-T" {
            let is_archived = last_timestamp.is_some_and(|last| last > index);
            reading.level = if is_archived { "B-LTA".into() } else { "B-LT".into() };
        }
    }
}

/// Reads `D:YYYYMMDDHHmmSSOHH'mm'` (ISO 32000-1 §7.9.4); a date without zone counts as UTC.
fn pdf_date(text: &[u8]) -> Option<jiff::Timestamp> {
    let text = std::str::from_utf8(text).ok()?;
    let text = text.strip_prefix("D:").unwrap_or(text);
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    let part = |start: usize, length: usize, otherwise: i16| match digits.get(start..start + length) {
        Some(part) => part.parse().ok(),
        None => Some(otherwise),
    };
    let small = |value: i16| i8::try_from(value).ok();
    let moment = jiff::civil::DateTime::new(
        part(0, 4, 0).filter(|_| digits.len() >= 4)?,
        small(part(4, 2, 1)?)?,
        small(part(6, 2, 1)?)?,
        small(part(8, 2, 0)?)?,
        small(part(10, 2, 0)?)?,
        small(part(12, 2, 0)?)?,
        0,
    )
    .ok()?;
    let zone: String = text[digits.len()..].chars().filter(|symbol| *symbol != '\'').collect();
    let seconds = match zone.as_bytes() {
        [sign @ (b'+' | b'-'), rest @ ..] if rest.len() >= 2 => {
            let number = |range: std::ops::Range<usize>| {
                rest.get(range).and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<i32>().ok())
            };
            let seconds = number(0..2)? * 3600 + number(2..4).unwrap_or(0) * 60;
            if *sign == b'-' { -seconds } else { seconds }
        }
        _ => 0,
    };
    jiff::tz::Offset::from_seconds(seconds).ok()?.to_timestamp(moment).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_pdfs_are_read_with_their_zone() {
        let read = |text: &str| pdf_date(text.as_bytes()).map(|time| time.to_string());
        assert_eq!(read("D:20260330010932-05'00'").as_deref(), Some("2026-03-30T06:09:32Z"));
        assert_eq!(read("D:20260330010932Z").as_deref(), Some("2026-03-30T01:09:32Z"));
        assert_eq!(read("D:2026").as_deref(), Some("2026-01-01T00:00:00Z"));
        assert_eq!(read("D:20261330010932Z"), None, "month 13");
        assert_eq!(read("ayer"), None);
    }
}
