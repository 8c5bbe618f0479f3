//! Certificates for the sample: an authority made on the spot, marked EJEMPLO, whose signatures are worth nothing.

use p12_keystore::{Certificate, KeyStore, KeyStoreEntry, PrivateKey, PrivateKeyChain};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, DnValue, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, SerialNumber,
};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

/// Names the fictional person of a certificate.
#[derive(Clone, Debug, Default)]
pub struct DemoPerson {
    /// Full name; ` (EJEMPLO)` is added to the common name.
    pub name: String,
    /// Ten digits, structurally valid, of nobody.
    pub cedula: Option<String>,
    /// Thirteen digits, structurally valid, of nobody.
    pub ruc: Option<String>,
    /// Name of the entity or company.
    pub organization: Option<String>,
}

/// Makes certificates of fictional persons, all under one root.
pub struct DemoAuthority {
    issuer: Issuer<'static, KeyPair>,
    certificate: Vec<u8>,
    start: jiff::civil::Date,
}

/// Holds a certificate of a fictional person in a PKCS#12 file.
pub struct DemoCertificate {
    /// The PKCS#12 file.
    pub pkcs12: Vec<u8>,
    /// Its password.
    pub password: Zeroizing<String>,
    /// The person's certificate.
    pub certificate: Vec<u8>,
    /// The root: the anchor to trust in the sample, and nowhere else.
    pub authority: Vec<u8>,
}

/// Tells that a certificate for the sample could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the demo certificate could not be made: {detail}")]
pub struct DemoError {
    detail: String,
}

fn failed(error: impl std::fmt::Display) -> DemoError {
    DemoError { detail: error.to_string() }
}

impl DemoAuthority {
    /// Makes the root, valid for ten years from the day before `moment`.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new(moment: jiff::Timestamp) -> Result<Self, DemoError> {
        let start = jiff::tz::Offset::UTC.to_datetime(moment).date().yesterday().map_err(failed)?;
        let key = KeyPair::generate().map_err(failed)?;
        let mut parameters = parameters(start, 10)?;
        parameters.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
        parameters.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        parameters.distinguished_name = name(&[
            (DnType::CountryName, "EC"),
            (DnType::OrganizationName, "COTEJO EJEMPLO - SIN VALIDEZ LEGAL"),
            (DnType::CommonName, "AUTORIDAD DE EJEMPLO COTEJO"),
        ]);
        let certificate = parameters.self_signed(&key).map_err(failed)?.der().to_vec();
        Ok(Self { issuer: Issuer::new(parameters, key), certificate, start })
    }

    /// Returns the root certificate.
    #[must_use]
    pub fn certificate(&self) -> &[u8] {
        &self.certificate
    }

    /// Makes the certificate of a person by the newer profile (`IDCEC-`, `VATEC-`), valid for two years, with an elliptic curve key.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn issue(&self, person: &DemoPerson) -> Result<DemoCertificate, DemoError> {
        let key = KeyPair::generate().map_err(failed)?;
        let mut parameters = parameters(self.start, 2)?;
        parameters.key_usages = vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::ContentCommitment];
        parameters.use_authority_key_identifier_extension = true;
        let mut subject = vec![(DnType::CountryName, "EC".to_owned())];
        let custom = |arc: u64| DnType::CustomDnType(vec![2, 5, 4, arc]);
        if let Some(organization) = &person.organization {
            subject.push((DnType::OrganizationName, organization.clone()));
        }
        if let Some(ruc) = &person.ruc {
            subject.push((custom(97), format!("VATEC-{ruc}")));
        }
        if let Some(cedula) = &person.cedula {
            subject.push((custom(5), format!("IDCEC-{cedula}")));
        }
        subject.push((DnType::CommonName, format!("{} (EJEMPLO)", person.name)));
        let subject: Vec<_> = subject.iter().map(|(kind, value)| (kind.clone(), value.as_str())).collect();
        parameters.distinguished_name = name(&subject);
        let certificate = parameters.signed_by(&key, &self.issuer).map_err(failed)?.der().to_vec();

        let mut identifier = [0; 8];
        random(&mut identifier)?;
        let password = Zeroizing::new(format!("ejemplo-{}", hex::encode(identifier)));
        let chain = PrivateKeyChain::new(
            identifier.to_vec(),
            PrivateKey::from_der(&Zeroizing::new(key.serialize_der())).map_err(failed)?,
            [
                Certificate::from_der(&certificate).map_err(failed)?,
                Certificate::from_der(&self.certificate).map_err(failed)?,
            ],
        );
        let mut keystore = KeyStore::new();
        keystore.add_entry("ejemplo", KeyStoreEntry::PrivateKeyChain(chain));
        let pkcs12 = keystore.writer(&password).write().map_err(failed)?;
        Ok(DemoCertificate { pkcs12, password, certificate, authority: self.certificate.clone() })
    }
}

/// Makes an authority and a certificate of `person` in one go, valid from the day before `moment`.
///
/// # Errors
/// When the system gives no randomness.
pub fn demo_certificate(person: &DemoPerson, moment: jiff::Timestamp) -> Result<DemoCertificate, DemoError> {
    DemoAuthority::new(moment)?.issue(person)
}

fn parameters(start: jiff::civil::Date, years: i16) -> Result<CertificateParams, DemoError> {
    let mut parameters = CertificateParams::new(Vec::new()).map_err(failed)?;
    let day = |date: jiff::civil::Date| {
        rcgen::date_time_ymd(i32::from(date.year()), date.month().unsigned_abs(), date.day().unsigned_abs())
    };
    parameters.not_before = day(start);
    parameters.not_after = day(start.saturating_add(jiff::Span::new().years(years)));
    let mut serial = [0; 16];
    random(&mut serial)?;
    serial[0] = serial[0] & 0x7F | 0x40; // positive, and of full length
    parameters.serial_number = Some(SerialNumber::from_slice(&serial));
    Ok(parameters)
}

fn name(attributes: &[(DnType, &str)]) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    for (kind, value) in attributes {
        name.push(kind.clone(), DnValue::Utf8String((*value).to_owned()));
    }
    name
}

fn random(buffer: &mut [u8]) -> Result<(), DemoError> {
    SystemRandom::new().fill(buffer).map_err(failed)
}
