//! Who holds a certificate: name, cédula and RUC by the profiles in use in Ecuador.
//!
//! Newer certificates (resolución ARCOTEL-2024-0176) carry `IDCEC-` and the cédula in the subject's `serialNumber`, and `VATEC-` and
//! the RUC in `organizationIdentifier`. Older ones carry them in private extensions, or in `otherName` of the subject's
//! alternative names, under `<arc of the authority>.3.1` and `.3.11`; the Registro Civil has an arc of its own.

use crate::certificate::Certificate;
use crate::name::text;
use crate::oids;
use crate::tlv::{Element, OCTET_STRING, Reader, SEQUENCE, context};
use const_oid::ObjectIdentifier;

/// Names the holder of a certificate as the certificate does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// Name of the person or entity.
    pub name: Option<String>,
    /// Ten digits of the cédula.
    pub cedula: Option<String>,
    /// Thirteen digits of the RUC.
    pub ruc: Option<String>,
}

/// Arc of the Registro Civil (DIGERCIC): `.1` is the cédula, `.4` the RUC.
const REGISTRO_CIVIL: &str = "1.3.6.1.4.1.55519.1.1.1.5.2.";

impl Holder {
    /// Reads who holds `certificate`.
    #[must_use]
    pub fn of(certificate: &Certificate) -> Self {
        let subject = &certificate.subject;
        let mut holder = Self { name: name_of(certificate), ..Self::default() };
        holder.cedula =
            subject.get(oids::SERIAL_NUMBER).and_then(|value| digits(value.strip_prefix("IDCEC-")?, 10));
        holder.ruc = subject
            .get(oids::ORGANIZATION_IDENTIFIER)
            .and_then(|value| digits(value.strip_prefix("VATEC-")?, 13));
        for extension in &certificate.extensions {
            if let Some(element) =
                Reader::new(&extension.value).next().ok().filter(|element| text(element).is_some())
            {
                holder.take(extension.kind, &element);
            } else {
                let element = Element { tag: 0x16, raw: &extension.value, content: &extension.value };
                holder.take(extension.kind, &element);
            }
        }
        for (kind, value) in other_names(certificate) {
            let element = Reader::new(&value).next();
            if let Ok(element) = element {
                holder.take(kind, &element);
            }
        }
        holder
    }

    fn take(&mut self, kind: ObjectIdentifier, value: &Element<'_>) {
        let kind = kind.to_string();
        let Some(rest) = kind.strip_prefix("1.3.6.1.4.1.") else { return };
        let Some(text) = text(value) else { return };
        let of_registro_civil = kind.strip_prefix(REGISTRO_CIVIL);
        let is_private = rest.split('.').count() <= 4;
        if of_registro_civil == Some("1") || is_private && rest.ends_with(".3.1") {
            self.cedula = self.cedula.take().or_else(|| digits(&text, 10));
        } else if of_registro_civil == Some("4") || is_private && rest.ends_with(".3.11") {
            self.ruc = self.ruc.take().or_else(|| digits(&text, 13));
        }
    }
}

fn name_of(certificate: &Certificate) -> Option<String> {
    let subject = &certificate.subject;
    let trimmed = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    subject.get(oids::COMMON_NAME).and_then(trimmed).or_else(|| {
        let parts = [subject.get(oids::GIVEN_NAME), subject.get(oids::SURNAME)];
        trimmed(&parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
            .or_else(|| trimmed(&certificate.subject.display()))
    })
}

fn digits(text: &str, count: usize) -> Option<String> {
    let text = text.trim();
    (text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

/// Returns the `otherName`s of the subject's alternative names, each with its encoded value.
fn other_names(certificate: &Certificate) -> Vec<(ObjectIdentifier, Vec<u8>)> {
    let Some(extension) = certificate.extension(oids::SUBJECT_ALT_NAME) else { return Vec::new() };
    let names = Reader::new(&extension.value).expect(SEQUENCE).and_then(|element| element.inside().all());
    let read = |element: &Element<'_>| {
        let mut fields = element.inside();
        let kind = fields.next().ok()?.oid().ok()?;
        let value = fields.expect(context(0)).ok()?;
        let inner = value.inside().next().ok()?;
        // Some authorities wrap the string once more.
        let string = if inner.tag == OCTET_STRING { inner.content.to_vec() } else { inner.raw.to_vec() };
        Some((kind, string))
    };
    names.unwrap_or_default().iter().filter(|element| element.tag == context(0)).filter_map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tlv::{BIT_STRING, INTEGER, SET, UTC_TIME, algorithm, constructed, oid, write};

    fn identifier(text: &str) -> ObjectIdentifier {
        ObjectIdentifier::new(text).expect("an identifier")
    }

    fn name(attributes: &[(ObjectIdentifier, &str)]) -> Vec<u8> {
        let sets: Vec<u8> = attributes
            .iter()
            .flat_map(|(kind, value)| {
                write(SET, &constructed(SEQUENCE, &[&oid(*kind), &write(0x0C, value.as_bytes())]))
            })
            .collect();
        write(SEQUENCE, &sets)
    }

    fn certificate(
        subject: &[(ObjectIdentifier, &str)],
        extensions: &[(ObjectIdentifier, Vec<u8>)],
    ) -> Certificate {
        let extensions: Vec<u8> = extensions
            .iter()
            .flat_map(|(kind, value)| constructed(SEQUENCE, &[&oid(*kind), &write(OCTET_STRING, value)]))
            .collect();
        let validity = [write(UTC_TIME, b"260101000000Z"), write(UTC_TIME, b"280101000000Z")].concat();
        let signature = algorithm(oids::RSA_SHA256, true);
        let key = constructed(SEQUENCE, &[&algorithm(oids::RSA, true), &write(BIT_STRING, &[0, 1])]);
        let tbs = constructed(
            SEQUENCE,
            &[
                &write(context(0), &write(INTEGER, &[2])),
                &write(INTEGER, &[0, 0xA5]),
                &signature,
                &name(&[(oids::COMMON_NAME, "AC DE EJEMPLO")]),
                &write(SEQUENCE, &validity),
                &name(subject),
                &key,
                &write(context(3), &write(SEQUENCE, &extensions)),
            ],
        );
        Certificate::read(&constructed(SEQUENCE, &[&tbs, &signature, &write(BIT_STRING, &[0, 1])]))
            .expect("well formed")
    }

    #[test]
    fn the_newer_profile_keeps_the_numbers_in_the_subject() {
        let certificate = certificate(
            &[
                (oids::COMMON_NAME, "ROSA PERALTA"),
                (oids::SERIAL_NUMBER, "IDCEC-1710034065"),
                (oids::ORGANIZATION_IDENTIFIER, "VATEC-1790011674001"),
            ],
            &[],
        );
        let holder = Holder::of(&certificate);
        assert_eq!(holder.name.as_deref(), Some("ROSA PERALTA"));
        assert_eq!(holder.cedula.as_deref(), Some("1710034065"));
        assert_eq!(holder.ruc.as_deref(), Some("1790011674001"));
        assert_eq!(certificate.serial_hex(), "a5", "without the sign byte");
    }

    #[test]
    fn a_passport_is_no_cedula() {
        let certificate = certificate(&[(oids::SERIAL_NUMBER, "PASEC-1710034065")], &[]);
        assert_eq!(Holder::of(&certificate).cedula, None);
    }

    #[test]
    fn older_profiles_keep_them_in_extensions_or_alternative_names() {
        let value = |text: &str| write(0x13, text.as_bytes());
        let by_extension = certificate(
            &[(oids::GIVEN_NAME, "ROSA"), (oids::SURNAME, "PERALTA")],
            &[
                (identifier("1.3.6.1.4.1.37746.3.1"), value("1710034065")),
                (identifier("1.3.6.1.4.1.37746.3.11"), value("1790011674001")),
                (identifier("1.3.6.1.4.1.37746.3.8"), value("0222222222")),
            ],
        );
        let holder = Holder::of(&by_extension);
        assert_eq!(holder.name.as_deref(), Some("ROSA PERALTA"));
        assert_eq!(holder.cedula.as_deref(), Some("1710034065"), "not the telephone number");
        assert_eq!(holder.ruc.as_deref(), Some("1790011674001"));

        let other_name = |kind: &str, text: &str| {
            constructed(context(0), &[&oid(identifier(kind)), &write(context(0), &value(text))])
        };
        let names = [
            other_name("1.3.6.1.4.1.47286.102.3.1", "1710034065"),
            other_name("1.3.6.1.4.1.47286.102.3.11", "1790011674001"),
        ];
        let by_name = certificate(&[], &[(oids::SUBJECT_ALT_NAME, write(SEQUENCE, &names.concat()))]);
        let holder = Holder::of(&by_name);
        assert_eq!(holder.cedula.as_deref(), Some("1710034065"));
        assert_eq!(holder.ruc.as_deref(), Some("1790011674001"));

        let civil = certificate(&[], &[(identifier("1.3.6.1.4.1.55519.1.1.1.5.2.1"), value("1710034065"))]);
        assert_eq!(Holder::of(&civil).cedula.as_deref(), Some("1710034065"));
    }
}
