//! Timestamps of an authority (RFC 3161): what is asked of it, and what of its answer is taken. No socket is opened here: the caller carries the
//! request there and the answer back. Whether the authority is one to trust is judged by whoever verifies.

use crate::error::SigningError;
use crate::key::Digest;
use cotejo_signature_format::oids;
use cotejo_signature_format::tlv::{
    BOOLEAN, GENERALIZED_TIME, INTEGER, OCTET_STRING, Reader, SEQUENCE, SET, algorithm, constructed, context,
    definite, write,
};

/// Carries a request (`TimeStampReq`, DER) to an authority and brings its answer (`TimeStampResp`, DER).
pub type Carry<'a> = &'a mut dyn FnMut(&[u8]) -> Result<Vec<u8>, String>;

/// Largest answer that is taken.
const MAX_ANSWER: usize = 64 * 1024;

/// Asks for a timestamp over `content` and returns the token: a CMS `SignedData`.
pub(crate) fn token(content: &[u8], carry: Carry<'_>) -> Result<Vec<u8>, SigningError> {
    let imprint = Digest::Sha256.of(&[content]);
    let nonce = nonce(&imprint);
    let answer = carry(&request(&imprint, &nonce)).map_err(failed)?;
    if answer.len() > MAX_ANSWER {
        return Err(failed("answer too large"));
    }
    taken(&answer, &imprint, &nonce).ok_or_else(|| failed("the answer is not for this request"))?
}

/// The imprint is of a signature that nobody made before: a number that follows from it tells an old answer as well as a random one.
fn nonce(imprint: &[u8]) -> Vec<u8> {
    let mut nonce = Digest::Sha256.of(&[b"nonce", imprint]);
    nonce.truncate(8);
    nonce[0] = nonce[0] & 0x3F | 0x40; // positive, and no leading zero
    nonce
}

fn request(imprint: &[u8], nonce: &[u8]) -> Vec<u8> {
    constructed(
        SEQUENCE,
        &[
            &write(INTEGER, &[1]),
            &message_imprint(imprint),
            &write(INTEGER, nonce),
            &write(BOOLEAN, &[0xFF]), // with its certificate, so that it can be judged later
        ],
    )
}

fn message_imprint(imprint: &[u8]) -> Vec<u8> {
    constructed(SEQUENCE, &[&algorithm(oids::SHA256, true), &write(OCTET_STRING, imprint)])
}

/// Returns the token of an answer that grants; `None` when it is for something else, or cannot be read.
fn taken(answer: &[u8], imprint: &[u8], nonce: &[u8]) -> Option<Result<Vec<u8>, SigningError>> {
    let mut fields = Reader::new(answer).expect(SEQUENCE).ok()?.inside();
    let status = fields.expect(SEQUENCE).ok()?.inside().expect(INTEGER).ok()?.small_integer().ok()?;
    // 0 is granted, 1 granted with changes (RFC 3161 §2.4.2).
    if status > 1 {
        return Some(Err(failed(format!("refused with status {status}"))));
    }
    let raw = fields.expect(SEQUENCE).ok()?.raw;
    let token = definite(raw).ok()?;
    let mut outer = Reader::new(&token).expect(SEQUENCE).ok()?.inside();
    if outer.next().ok()?.oid().ok()? != oids::SIGNED_DATA {
        return None;
    }
    let mut data = outer.expect(context(0)).ok()?.inside().expect(SEQUENCE).ok()?.inside();
    data.expect(INTEGER).ok()?;
    data.expect(SET).ok()?;
    let mut content = data.expect(SEQUENCE).ok()?.inside();
    if content.next().ok()?.oid().ok()? != oids::TST_INFO {
        return None;
    }
    let info = content.expect(context(0)).ok()?.inside().expect(OCTET_STRING).ok()?.content;
    let members = Reader::new(info).expect(SEQUENCE).ok()?.inside().all().ok()?;
    // Version, policy, imprint, serial number and time; further on, among what may be missing, the nonce.
    let about = members.get(2)?;
    let mut about = about.inside();
    let hash = about.expect(SEQUENCE).ok()?.inside().next().ok()?.oid().ok()?;
    let printed = about.expect(OCTET_STRING).ok()?.content;
    let time = members.get(4).filter(|time| time.tag == GENERALIZED_TIME)?;
    time.time().ok()?;
    let returned = members.get(5..)?.iter().find(|member| member.tag == INTEGER)?.content;
    (hash == oids::SHA256 && printed == imprint && returned == nonce).then_some(Ok(token))
}

fn failed(detail: impl Into<String>) -> SigningError {
    SigningError::Timestamp { detail: detail.into() }
}
