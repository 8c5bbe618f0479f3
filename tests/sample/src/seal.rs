//! Electronic signatures of the sample's papers, with certificates of nobody.

use crate::SampleError;
use crate::identity::Party;
use cotejo_signing::{DemoAuthority, DemoPerson, Keystore, SigningOptions, sign_pdf};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Turns a local time of Ecuador (UTC-5, no summer time) into a moment.
pub(crate) fn moment(local: DateTime) -> jiff::Timestamp {
    TimeZone::fixed(jiff::tz::offset(-5)).to_timestamp(local).unwrap_or_default()
}

/// The authority of one process.
pub(crate) struct Notary {
    authority: DemoAuthority,
}

/// Signs for one person.
pub(crate) struct Pen {
    keystore: Keystore,
}

impl Notary {
    /// Starts an authority some time before the process.
    pub(crate) fn new(start: DateTime) -> Result<Self, SampleError> {
        Ok(Self {
            authority: DemoAuthority::new(moment(start))
                .map_err(|error| SampleError::Signing(error.to_string()))?,
        })
    }

    /// Returns the root's certificate (DER).
    pub(crate) fn root(&self) -> &[u8] {
        self.authority.certificate()
    }

    /// Issues a certificate for a party's representative.
    pub(crate) fn pen(&self, party: &Party) -> Result<Pen, SampleError> {
        let person = DemoPerson {
            name: party.representative.name.to_uppercase(),
            cedula: Some(party.representative.cedula.clone()),
            ruc: Some(party.ruc.clone()),
            organization: (!party.natural).then(|| party.name.clone()),
        };
        let signing = |error: &dyn std::fmt::Display| SampleError::Signing(error.to_string());
        let issued = self.authority.issue(&person).map_err(|error| signing(&error))?;
        let keystore =
            Keystore::open_pkcs12(&issued.pkcs12, &issued.password).map_err(|error| signing(&error))?;
        Ok(Pen { keystore })
    }
}

impl Pen {
    /// Signs a file.
    pub(crate) fn sign(&self, pdf: &[u8], at: DateTime) -> Result<Vec<u8>, SampleError> {
        let options = SigningOptions::at(moment(at));
        sign_pdf(pdf, &self.keystore, &options).map_err(|error| SampleError::Signing(error.to_string()))
    }
}
