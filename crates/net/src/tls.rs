//! TLS: rustls with ring, the platform's trust, and an identity where one is given.

use crate::{NetError, Settings};
use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

fn settings(error: impl std::fmt::Display) -> NetError {
    NetError::Settings(error.to_string())
}

fn certificates(pem: &str) -> Result<Vec<CertificateDer<'static>>, NetError> {
    CertificateDer::pem_slice_iter(pem.as_bytes()).collect::<Result<_, _>>().map_err(settings)
}

/// Makes the configuration of all connections.
pub(crate) fn configuration(wanted: &Settings) -> Result<ClientConfig, NetError> {
    let mut roots = Vec::new();
    for pem in &wanted.extra_roots_pem {
        let found = certificates(pem)?;
        if found.is_empty() {
            return Err(settings("no certificate in the PEM text"));
        }
        roots.extend(found);
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = Verifier::new_with_extra_roots(roots, provider.clone()).map_err(settings)?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(settings)?
        .dangerous() // the name rustls gives to any verifier but its own; this one is the platform's
        .with_custom_certificate_verifier(Arc::new(verifier));
    let mut config = match &wanted.identity_pem {
        Some(pem) => {
            let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(settings)?;
            builder.with_client_auth_cert(certificates(pem)?, key).map_err(settings)?
        }
        None => builder.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
