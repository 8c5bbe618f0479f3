//! Certificates that a person trusts, from the files in which authorities publish them.

use der::{Decode, Encode};
use x509_cert::Certificate;

/// Returns the certificates in a file, each in DER: PEM with any number of them, or one in DER. Empty when there is none.
#[must_use]
pub fn certificates_in(bytes: &[u8]) -> Vec<Vec<u8>> {
    let in_der = |certificate: &Certificate| certificate.to_der().ok();
    if let Ok(chain) = Certificate::load_pem_chain(bytes) {
        return chain.iter().filter_map(in_der).collect();
    }
    Certificate::from_der(bytes).ok().iter().filter_map(in_der).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_gives_none() {
        assert!(certificates_in(b"").is_empty(), "an empty file");
        assert!(certificates_in(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n").is_empty());
    }
}
