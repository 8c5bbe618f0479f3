//! What a file brings along to judge its signatures by: certificates, lists of revoked ones and answers about them, in the store of the
//! document (DSS, ISO 32000-2 §12.8.4.3) and in the signature itself. None of it is believed unless its issuer's signature holds.

use crate::cms::Signed;
use crate::document::dictionary;
use crate::revocation::{RevocationAnswer, RevocationList};
use cotejo_signature_format::tlv::{Reader, SEQUENCE};
use cotejo_signature_format::{Certificate, oids};
use lopdf::{Document, Object};

/// Most pieces of one kind that are read from a file.
const MAX_PIECES: usize = 256;

/// Largest piece, unpacked.
const MAX_PIECE: usize = 64 * 1024 * 1024;

/// Pieces of evidence at hand.
#[derive(Debug, Default)]
pub(crate) struct Evidence {
    pub(crate) certificates: Vec<Certificate>,
    pub(crate) lists: Vec<RevocationList>,
    pub(crate) answers: Vec<RevocationAnswer>,
}

impl Evidence {
    /// Returns what a document's store holds; nothing where there is no document.
    pub(crate) fn of(document: Option<&Document>) -> Self {
        let mut evidence = Self::default();
        if let Some(document) = document {
            evidence.add_store(document);
        }
        evidence
    }

    /// Adds what the document's store holds.
    fn add_store(&mut self, document: &Document) {
        let store = document.catalog().ok().and_then(|catalog| dictionary(document, catalog, b"DSS"));
        let Some(store) = store else { return };
        let pieces = |key: &[u8]| -> Vec<Vec<u8>> {
            let Ok(members) = store.get_deref(key, document).and_then(Object::as_array) else {
                return Vec::new();
            };
            let streams = members.iter().take(MAX_PIECES).filter_map(|member| {
                let (_, object) = document.dereference(member).ok()?;
                let stream = object.as_stream().ok()?;
                stream.get_plain_content_with_limit(MAX_PIECE).ok()
            });
            streams.collect()
        };
        self.certificates.extend(pieces(b"Certs").iter().filter_map(|bytes| Certificate::read(bytes).ok()));
        self.lists.extend(pieces(b"CRLs").iter().filter_map(|bytes| RevocationList::read(bytes).ok()));
        self.answers.extend(pieces(b"OCSPs").iter().filter_map(|bytes| RevocationAnswer::read(bytes).ok()));
    }

    /// Adds what a signature holds: its certificates, and the attribute that Acrobat and FirmaEC's kin write (ISO 32000-2 §12.8.3.3.2).
    pub(crate) fn add_signature(&mut self, signed: &Signed) {
        self.certificates.extend(signed.certificates.iter().cloned());
        let Ok(Some(value)) = signed.attribute(oids::REVOCATION_ARCHIVAL) else { return };
        let Ok(fields) = Reader::new(value).expect(SEQUENCE).and_then(|whole| whole.inside().all()) else {
            return;
        };
        for field in fields {
            let Ok(members) = field.inside().expect(SEQUENCE).and_then(|list| list.inside().all()) else {
                continue;
            };
            for member in members.iter().take(MAX_PIECES) {
                match field.tag {
                    0xA0 => self.lists.extend(RevocationList::read(member.raw)),
                    0xA1 => self.answers.extend(RevocationAnswer::read(member.raw)),
                    _ => {}
                }
            }
        }
    }
}
