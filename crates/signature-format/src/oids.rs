//! Object identifiers of signatures and certificates.

use const_oid::ObjectIdentifier;

macro_rules! oids {
    ($($(#[$meta:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$meta])* pub const $name: ObjectIdentifier = ObjectIdentifier::new_unwrap($text);)*
    };
}

oids! {
    /// CMS `data` (RFC 5652).
    DATA = "1.2.840.113549.1.7.1";
    /// CMS `signedData` (RFC 5652).
    SIGNED_DATA = "1.2.840.113549.1.7.2";
    /// `TSTInfo`, the content of an RFC 3161 timestamp.
    TST_INFO = "1.2.840.113549.1.9.16.1.4";
    /// Signed attribute: type of the content.
    CONTENT_TYPE = "1.2.840.113549.1.9.3";
    /// Signed attribute: digest of the content.
    MESSAGE_DIGEST = "1.2.840.113549.1.9.4";
    /// Signed attribute: the signer's clock.
    SIGNING_TIME = "1.2.840.113549.1.9.5";
    /// Signed attribute: ESS signing-certificate with SHA-1 (RFC 2634).
    SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    /// Signed attribute: ESS signing-certificate-v2 (RFC 5035).
    SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    /// Unsigned attribute: RFC 3161 timestamp over the signature's value.
    TIME_STAMP_TOKEN = "1.2.840.113549.1.9.16.2.14";

    /// RSA key; RSA PKCS#1 v1.5 with the digest named elsewhere.
    RSA = "1.2.840.113549.1.1.1";
    /// RSA PKCS#1 v1.5 with MD5.
    RSA_MD5 = "1.2.840.113549.1.1.4";
    /// RSA PKCS#1 v1.5 with SHA-1.
    RSA_SHA1 = "1.2.840.113549.1.1.5";
    /// RSA PKCS#1 v1.5 with SHA-256.
    RSA_SHA256 = "1.2.840.113549.1.1.11";
    /// RSA PKCS#1 v1.5 with SHA-384.
    RSA_SHA384 = "1.2.840.113549.1.1.12";
    /// RSA PKCS#1 v1.5 with SHA-512.
    RSA_SHA512 = "1.2.840.113549.1.1.13";
    /// RSA PKCS#1 v1.5 with SHA-224.
    RSA_SHA224 = "1.2.840.113549.1.1.14";
    /// RSA-PSS (RFC 4055).
    RSA_PSS = "1.2.840.113549.1.1.10";
    /// Mask generation function 1.
    MGF1 = "1.2.840.113549.1.1.8";
    /// Elliptic curve key.
    EC_KEY = "1.2.840.10045.2.1";
    /// Curve P-256.
    P256 = "1.2.840.10045.3.1.7";
    /// Curve P-384.
    P384 = "1.3.132.0.34";
    /// ECDSA with SHA-1.
    ECDSA_SHA1 = "1.2.840.10045.4.1";
    /// ECDSA with SHA-224.
    ECDSA_SHA224 = "1.2.840.10045.4.3.1";
    /// ECDSA with SHA-256.
    ECDSA_SHA256 = "1.2.840.10045.4.3.2";
    /// ECDSA with SHA-384.
    ECDSA_SHA384 = "1.2.840.10045.4.3.3";
    /// ECDSA with SHA-512.
    ECDSA_SHA512 = "1.2.840.10045.4.3.4";

    /// MD5.
    MD5 = "1.2.840.113549.2.5";
    /// SHA-1.
    SHA1 = "1.3.14.3.2.26";
    /// SHA-224.
    SHA224 = "2.16.840.1.101.3.4.2.4";
    /// SHA-256.
    SHA256 = "2.16.840.1.101.3.4.2.1";
    /// SHA-384.
    SHA384 = "2.16.840.1.101.3.4.2.2";
    /// SHA-512.
    SHA512 = "2.16.840.1.101.3.4.2.3";

    /// Name: common name.
    COMMON_NAME = "2.5.4.3";
    /// Name: surname.
    SURNAME = "2.5.4.4";
    /// Name: serial number of the person; `IDCEC-` and the cédula in the newer profile.
    SERIAL_NUMBER = "2.5.4.5";
    /// Name: organisation.
    ORGANIZATION = "2.5.4.10";
    /// Name: given name.
    GIVEN_NAME = "2.5.4.42";
    /// Name: organisation's identifier; `VATEC-` and the RUC in the newer profile.
    ORGANIZATION_IDENTIFIER = "2.5.4.97";

    /// Extension: subject key identifier.
    SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    /// Extension: key usage.
    KEY_USAGE = "2.5.29.15";
    /// Extension: alternative names of the subject.
    SUBJECT_ALT_NAME = "2.5.29.17";
    /// Extension: basic constraints.
    BASIC_CONSTRAINTS = "2.5.29.19";
    /// Extension: name constraints.
    NAME_CONSTRAINTS = "2.5.29.30";
    /// Extension: certificate policies.
    CERTIFICATE_POLICIES = "2.5.29.32";
    /// Extension: policy mappings.
    POLICY_MAPPINGS = "2.5.29.33";
    /// Extension: authority key identifier.
    AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    /// Extension: policy constraints.
    POLICY_CONSTRAINTS = "2.5.29.36";
    /// List of revoked certificates: its number.
    CRL_NUMBER = "2.5.29.20";
    /// Entry of a list of revoked certificates: why.
    REASON_CODE = "2.5.29.21";
    /// Entry of a list of revoked certificates: what to do about one on hold.
    HOLD_INSTRUCTION = "2.5.29.23";
    /// Entry of a list of revoked certificates: since when the key is doubted.
    INVALIDITY_DATE = "2.5.29.24";
    /// List of revoked certificates: it holds only what changed since the list of this number.
    DELTA_CRL_INDICATOR = "2.5.29.27";
    /// List of revoked certificates: which certificates it is about.
    ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    /// Entry of an indirect list of revoked certificates: who issued the certificate.
    CERTIFICATE_ISSUER = "2.5.29.29";
    /// Extension: where lists of revoked certificates are.
    CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    /// The policy that stands for any.
    ANY_POLICY = "2.5.29.32.0";
    /// Extension: where lists of changes are.
    FRESHEST_CRL = "2.5.29.46";
    /// Extension: *any policy* no longer counts.
    INHIBIT_ANY_POLICY = "2.5.29.54";
    /// Extension: alternative names of the issuer.
    ISSUER_ALT_NAME = "2.5.29.18";
    /// Name: mailbox.
    EMAIL_ADDRESS = "1.2.840.113549.1.9.1";
    /// Extension: extended key usage.
    EXTENDED_KEY_USAGE = "2.5.29.37";
    /// Purpose: answering about certificates (OCSP).
    OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    /// The only kind of answer there is (RFC 6960).
    OCSP_BASIC = "1.3.6.1.5.5.7.48.1.1";
    /// Signed attribute: lists and answers that were at hand (Adobe).
    REVOCATION_ARCHIVAL = "1.2.840.113583.1.1.8";
    /// Purpose: time stamping.
    TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
}
