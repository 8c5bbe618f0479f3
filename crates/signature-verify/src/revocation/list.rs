//! Lists of revoked certificates (RFC 5280 §5): what they say of themselves, and looking a certificate up in one.

use const_oid::ObjectIdentifier;
use cotejo_signature_format::general_name::{DistributionPoint, GeneralName, reasons};
use cotejo_signature_format::name::Name;
use cotejo_signature_format::tlv::{
    BIT_STRING, BOOLEAN, Element, GENERALIZED_TIME, INTEGER, Malformed, OCTET_STRING, Reader, SEQUENCE,
    UTC_TIME, context,
};
use cotejo_signature_format::{Certificate, oids};

/// Bits of `ReasonFlags` that a reason can have: `unused` is none.
pub(super) const ALL_REASONS: u16 = 0b0111_1111_1000_0000;
/// `removeFromCRL`: a certificate that was on hold is good again.
const REMOVED: u8 = 8;
/// `keyCompromise`.
const KEY_COMPROMISE: u8 = 1;

/// Which certificates a list is about (§5.2.5).
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// Encoded: a list of changes must have the same as the list it changes.
    pub(super) encoding: Vec<u8>,
    pub(super) point: Option<DistributionPoint>,
    pub(super) only_users: bool,
    pub(super) only_authorities: bool,
    pub(super) only_attributes: bool,
    pub(super) reasons: Option<u16>,
    pub(super) indirect: bool,
}

/// One signed list.
#[derive(Clone, Debug)]
pub struct RevocationList {
    pub(super) tbs: Vec<u8>,
    pub(super) algorithm: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) issuer: Name,
    pub(super) issued: jiff::Timestamp,
    pub(super) next: Option<jiff::Timestamp>,
    pub(super) number: Option<Vec<u8>>,
    /// Number of the list whose changes it holds; `None` for a complete list.
    pub(super) base: Option<Vec<u8>>,
    pub(super) scope: Scope,
    pub(super) authority_key: Vec<u8>,
    pub(super) unknown_critical: bool,
    /// The entries, one behind the other.
    entries: Vec<u8>,
}

/// What a list says of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// It is not there.
    Absent,
    /// It was on hold and is good again.
    Removed,
    /// Revoked since then; the earlier moment when its key is doubted from before.
    Revoked(jiff::Timestamp),
}

impl RevocationList {
    /// Reads a list.
    ///
    /// # Errors
    /// When it is none.
    pub fn read(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut parts = Reader::new(bytes).expect(SEQUENCE)?.inside();
        let tbs = parts.expect(SEQUENCE)?;
        let algorithm = parts.expect(SEQUENCE)?;
        let signature = parts.expect(BIT_STRING)?.bits()?;
        let mut fields = tbs.inside();
        fields.optional(INTEGER)?;
        fields.expect(SEQUENCE)?;
        let issuer = Name::read(fields.expect(SEQUENCE)?.raw)?;
        let issued = fields.next()?.time()?;
        let next = match fields.peek() {
            Some(UTC_TIME | GENERALIZED_TIME) => Some(fields.next()?.time()?),
            _ => None,
        };
        let entries = fields.optional(SEQUENCE)?.map(|list| list.content.to_vec()).unwrap_or_default();
        let mut list = Self {
            tbs: tbs.raw.to_vec(),
            algorithm: algorithm.raw.to_vec(),
            signature: signature.to_vec(),
            issuer,
            issued,
            next,
            number: None,
            base: None,
            scope: Scope::default(),
            authority_key: Vec::new(),
            unknown_critical: false,
            entries,
        };
        if let Some(wrapper) = fields.optional(context(0))? {
            for extension in wrapper.inside().expect(SEQUENCE)?.inside().all()? {
                list.take(extension.inside())?;
            }
        }
        Ok(list)
    }

    fn take(&mut self, fields: Reader<'_>) -> Result<(), Malformed> {
        let (kind, critical, value) = extension(fields)?;
        match kind {
            oids::CRL_NUMBER => self.number = Some(number(value)?),
            oids::DELTA_CRL_INDICATOR => self.base = Some(number(value)?),
            oids::ISSUING_DISTRIBUTION_POINT => self.scope = scope(value)?,
            oids::AUTHORITY_KEY_IDENTIFIER => self.authority_key = value.to_vec(),
            oids::ISSUER_ALT_NAME | oids::FRESHEST_CRL => {}
            _ => self.unknown_critical |= critical,
        }
        Ok(())
    }

    /// When it was issued.
    #[must_use]
    pub fn issued(&self) -> jiff::Timestamp {
        self.issued
    }

    /// Tells whether it can say something of `moment`: a list from after it says more than one that was current then.
    pub(super) fn speaks_of(&self, moment: jiff::Timestamp) -> bool {
        self.issued > moment || self.next.is_some_and(|next| moment <= next)
    }

    /// Looks a certificate up.
    ///
    /// # Errors
    /// When an entry cannot be read or has a critical extension that is not known: then the list says nothing of any.
    pub(super) fn find(&self, certificate: &Certificate) -> Result<Entry, Malformed> {
        let mut found = Entry::Absent;
        let mut issued_by: Option<Vec<Name>> = None;
        let mut entries = Reader::new(&self.entries);
        while !entries.is_empty() {
            let mut fields = entries.expect(SEQUENCE)?.inside();
            let serial = fields.expect(INTEGER)?.content;
            let moment = fields.next()?;
            let (mut reason, mut doubted) = (0, None);
            if let Some(list) = fields.optional(SEQUENCE)? {
                for member in list.inside().all()? {
                    let (kind, critical, value) = extension(member.inside())?;
                    match kind {
                        oids::REASON_CODE => {
                            reason = *Reader::new(value).next()?.content.first().ok_or(Malformed)?;
                        }
                        oids::INVALIDITY_DATE => doubted = Some(Reader::new(value).next()?.time()?),
                        oids::CERTIFICATE_ISSUER => issued_by = Some(directories(value)?),
                        oids::HOLD_INSTRUCTION => {}
                        _ if critical => return Err(Malformed),
                        _ => {}
                    }
                }
            }
            // In an indirect list an entry is of the issuer that the last entry with one names.
            let is_of_its_issuer = match &issued_by {
                Some(names) => names.iter().any(|name| name.matches(&certificate.issuer)),
                None => self.issuer.matches(&certificate.issuer),
            };
            if serial == certificate.serial && is_of_its_issuer {
                let since = moment.time()?;
                found = match (reason, doubted) {
                    (REMOVED, _) => Entry::Removed,
                    (KEY_COMPROMISE, Some(doubted)) => Entry::Revoked(since.min(doubted)),
                    _ => Entry::Revoked(since),
                };
            }
        }
        Ok(found)
    }
}

fn extension<'a>(mut fields: Reader<'a>) -> Result<(ObjectIdentifier, bool, &'a [u8]), Malformed> {
    let kind = fields.next()?.oid()?;
    let critical = fields.optional(BOOLEAN)?.is_some_and(|flag| flag.content != [0]);
    Ok((kind, critical, fields.expect(OCTET_STRING)?.content))
}

/// Returns the digits of a number, so that they compare as numbers do: by length, then byte by byte.
fn number(value: &[u8]) -> Result<Vec<u8>, Malformed> {
    let digits = Reader::new(value).expect(INTEGER)?.content;
    if digits.len() > 21 || digits.first().is_none_or(|first| *first > 0x7F) {
        return Err(Malformed);
    }
    let mut comparable = vec![0; 21 - digits.len()];
    comparable.extend_from_slice(digits);
    Ok(comparable)
}

fn directories(value: &[u8]) -> Result<Vec<Name>, Malformed> {
    let names = GeneralName::list(Reader::new(value).expect(SEQUENCE)?.inside())?;
    Ok(names
        .into_iter()
        .filter_map(|name| match name {
            GeneralName::Directory(name) => Some(name),
            _ => None,
        })
        .collect())
}

fn scope(value: &[u8]) -> Result<Scope, Malformed> {
    let mut scope = Scope { encoding: value.to_vec(), ..Scope::default() };
    let flag = |field: &Element<'_>| field.content != [0];
    for field in Reader::new(value).expect(SEQUENCE)?.inside().all()? {
        match field.tag {
            0xA0 => {
                let mut point = DistributionPoint::default();
                point.name(&field)?;
                scope.point = Some(point);
            }
            0x81 => scope.only_users = flag(&field),
            0x82 => scope.only_authorities = flag(&field),
            0x83 => scope.reasons = Some(reasons(&field)?),
            0x84 => scope.indirect = flag(&field),
            0x85 => scope.only_attributes = flag(&field),
            _ => return Err(Malformed),
        }
    }
    Ok(scope)
}
