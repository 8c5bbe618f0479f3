//! Certificates that a person trusts, from the files in which authorities publish them.

use base64::Engine;
use cotejo_signature_format::Certificate;

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";

/// Returns the certificates in a file, each in DER: PEM (RFC 7468) with any number of them, or one in DER. Empty when there is none.
#[must_use]
pub fn certificates_in(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut found: Vec<Vec<u8>> = Vec::new();
    match std::str::from_utf8(bytes) {
        Ok(text) => {
            for block in text.split(BEGIN).skip(1) {
                let Some((content, _)) = block.split_once(END) else { continue };
                let content: String = content.split_whitespace().collect();
                found.extend(base64::engine::general_purpose::STANDARD.decode(content));
            }
        }
        Err(_) => found.push(bytes.to_vec()),
    }
    found.retain(|der| Certificate::read_lenient(der).is_ok());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_gives_none() {
        assert!(certificates_in(b"").is_empty(), "an empty file");
        assert!(certificates_in(format!("{BEGIN}\nAAAA\n{END}\n").as_bytes()).is_empty(), "no DER inside");
        assert!(certificates_in(&[0xff, 0xfe]).is_empty(), "neither text nor DER");
    }
}
