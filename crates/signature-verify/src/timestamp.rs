//! RFC 3161 timestamps: inside a signature, and as signatures of a document.

use crate::algorithm::Hash;
use crate::cms::{Check, Signed};
use cotejo_signature_format::oids;
use cotejo_signature_format::tlv::{
    GENERALIZED_TIME, INTEGER, Malformed, OBJECT_IDENTIFIER, OCTET_STRING, Reader, SEQUENCE,
};

/// Holds a timestamp whose own signature was looked at.
pub(crate) struct Timestamp {
    /// The moment it vouches for.
    pub(crate) time: jiff::Timestamp,
    /// What the cryptography says of it, with regard to the bytes it was checked against.
    pub(crate) check: Check,
    /// The token.
    pub(crate) token: Signed,
}

impl Timestamp {
    /// Reads a token and checks it against the bytes it should be about.
    pub(crate) fn read(bytes: &[u8], about: &[&[u8]]) -> Result<Self, Malformed> {
        Self::judge(Signed::read(bytes)?, about)
    }

    /// Checks a token that was read already.
    pub(crate) fn judge(token: Signed, about: &[&[u8]]) -> Result<Self, Malformed> {
        if token.content_type != oids::TST_INFO {
            return Err(Malformed);
        }
        let content = token.content.clone().ok_or(Malformed)?;
        let mut fields = Reader::new(&content).expect(SEQUENCE)?.inside();
        fields.expect(INTEGER)?;
        fields.expect(OBJECT_IDENTIFIER)?;
        let mut imprint = fields.expect(SEQUENCE)?.inside();
        let hash = Hash::read(&imprint.expect(SEQUENCE)?);
        let imprint = imprint.expect(OCTET_STRING)?.content.to_vec();
        fields.expect(INTEGER)?;
        let time = fields.expect(GENERALIZED_TIME)?.time()?;
        let check = match (token.check(&[&content]), hash) {
            (Check::Holds { .. }, None) => Check::Unsupported,
            (Check::Holds { .. }, Some(hash)) if hash.digest(about) != imprint => Check::WrongContent,
            (Check::Holds { obsolete }, Some(hash)) => {
                Check::Holds { obsolete: obsolete || hash.is_obsolete() }
            }
            (other, _) => other,
        };
        Ok(Self { time, check, token })
    }

    /// Returns the timestamp over the value of `signature`, if it carries one.
    pub(crate) fn of(signature: &Signed) -> Option<Result<Self, Malformed>> {
        let attribute =
            signature.unsigned.iter().find(|attribute| attribute.kind == oids::TIME_STAMP_TOKEN)?;
        let token = attribute.values.first()?;
        Some(Self::read(token, &[&signature.value]))
    }
}
