//! PKCS#12 files and the identities in them (RFC 7292).

use crate::error::KeystoreError;
use crate::key::PrivateKey;
use cotejo_signature_format::tlv::{INTEGER, Malformed, Reader, SEQUENCE, constructed};
use cotejo_signature_format::{Certificate, Holder};
use p12_keystore::Pkcs12Archive;
use p12_keystore::error::Error;
use zeroize::Zeroizing;

/// Holds one private key with its certificate and what the file has of the chain above it.
pub struct Identity {
    pub(crate) key: PrivateKey,
    pub(crate) certificate: Certificate,
    pub(crate) chain: Vec<Certificate>,
    holder: Holder,
    label: Option<String>,
}

impl Identity {
    /// Returns who holds the certificate.
    #[must_use]
    pub fn holder(&self) -> &Holder {
        &self.holder
    }

    /// Returns the name the file gives to the entry.
    #[must_use]
    pub fn label(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// Returns the certificate.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Returns the certificates above, from the issuer upwards.
    #[must_use]
    pub fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    /// Tells whether the certificate is meant for signing documents: digital signature or content commitment.
    #[must_use]
    pub fn may_sign(&self) -> bool {
        self.certificate.allows_usage(0) || self.certificate.allows_usage(1)
    }
}

/// Holds the identities of a keystore, the best suited first. Keys are wiped from memory when it goes.
pub struct Keystore {
    identities: Vec<Identity>,
}

impl std::fmt::Debug for Keystore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Keystore").field("identities", &self.identities.len()).finish_non_exhaustive()
    }
}

impl Keystore {
    /// Opens a PKCS#12 file, with the algorithms of its age: RC2 and 3DES with SHA-1, or AES with PBKDF2.
    ///
    /// The parser's own copies of the key are freed, not wiped; the one that stays is.
    ///
    /// # Errors
    /// Tells whether the password is wrong, the file is damaged, or holds nothing to sign with.
    pub fn open_pkcs12(bytes: &[u8], password: &Zeroizing<String>) -> Result<Self, KeystoreError> {
        let archive = match Pkcs12Archive::from_pkcs12(bytes, password) {
            // Files without a password come with a checksum over no password at all, which differs from the empty one.
            Err(Error::MacError(_)) if password.is_empty() => {
                let bare = without_checksum(bytes).map_err(|_| KeystoreError::WrongPassword)?;
                Pkcs12Archive::from_pkcs12(&bare, password).map_err(|_| KeystoreError::WrongPassword)?
            }
            other => other.map_err(of_parser)?,
        };
        let certificates: Vec<Certificate> = archive
            .certs
            .iter()
            .filter_map(|bag| Certificate::read_lenient(bag.cert.as_der()).ok())
            .collect();
        let mut identities = Vec::new();
        let mut refused = None;
        for bag in &archive.keys {
            let key = match PrivateKey::read(bag.key.as_der()) {
                Ok(key) => key,
                Err(error) => {
                    refused = Some(error);
                    continue;
                }
            };
            if let Some(detail) = key.refusal() {
                refused = Some(KeystoreError::Unsupported { detail });
                continue;
            }
            let Some(certificate) = certificates.iter().find(|certificate| key.belongs_to(certificate))
            else {
                continue;
            };
            identities.push(Identity {
                chain: chain_above(certificate, &certificates),
                holder: Holder::of(certificate),
                label: bag.friendly_name.clone(),
                certificate: certificate.clone(),
                key,
            });
        }
        if identities.is_empty() {
            return Err(refused.unwrap_or(KeystoreError::NoKey));
        }
        // A file may hold the certificate of last year beside the present one, or one for authentication only.
        identities.sort_by_key(|identity| {
            let authority = identity.certificate.basic_constraints().is_some_and(|(authority, _)| authority);
            (authority, !identity.may_sign(), std::cmp::Reverse(identity.certificate.not_after))
        });
        Ok(Self { identities })
    }

    /// Returns the identities, the best suited first.
    #[must_use]
    pub fn identities(&self) -> &[Identity] {
        &self.identities
    }

    /// Returns the identity that signs: the first.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        // `open_pkcs12` never builds an empty one.
        &self.identities[0]
    }

    /// Puts the identity at `index` first, so that it signs. An index beyond the end changes nothing.
    pub fn choose(&mut self, index: usize) {
        if index < self.identities.len() {
            let chosen = self.identities.remove(index);
            self.identities.insert(0, chosen);
        }
    }
}

fn chain_above(certificate: &Certificate, certificates: &[Certificate]) -> Vec<Certificate> {
    let mut chain: Vec<Certificate> = Vec::new();
    let mut current = certificate;
    while !current.is_self_issued() {
        let issuer = certificates.iter().find(|candidate| {
            candidate.subject.matches(&current.issuer)
                && *candidate != certificate
                && !chain.contains(candidate)
        });
        let Some(issuer) = issuer else { break };
        chain.push(issuer.clone());
        current = issuer;
    }
    chain
}

/// Returns the file without its checksum (`macData`), which proves nothing when there is no password.
fn without_checksum(bytes: &[u8]) -> Result<Vec<u8>, Malformed> {
    let mut fields = Reader::new(bytes).expect(SEQUENCE)?.inside();
    let version = fields.expect(INTEGER)?;
    let content = fields.expect(SEQUENCE)?;
    Ok(constructed(SEQUENCE, &[version.raw, content.raw]))
}

fn of_parser(error: Error) -> KeystoreError {
    match error {
        Error::Pkcs5Error(detail) if detail.contains("unsupported") => KeystoreError::Unsupported { detail },
        Error::MacError(_) | Error::UnpadError | Error::Pkcs5Error(_) => KeystoreError::WrongPassword,
        Error::UnsupportedEncryptionScheme | Error::UnsupportedMacAlgorithm => {
            KeystoreError::Unsupported { detail: error.to_string() }
        }
        other => KeystoreError::Unreadable { detail: other.to_string() },
    }
}
