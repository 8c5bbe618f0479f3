//! D-05: the same signing certificate, or the same signer, in two bids.

use crate::input::{BidPapers, Flag, SignedFile};
use crate::lot::Lot;
use crate::reading::folded;
use cotejo_domain::{Evidence, Location, Severity, SignatureReading, document_type_entry};

pub(crate) const CODE: &str = "D-05";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let bids = &lot.bids;
    let mut flags = Vec::new();
    for (index, first) in bids.iter().enumerate() {
        for second in &bids[index + 1..] {
            flags.extend(shared(first, second));
        }
    }
    flags
}

/// A file that stands in both bids byte by byte was signed once, for everybody: the pliego, a notice of the entity.
fn own_files<'a>(papers: &BidPapers<'a>, other: &BidPapers<'_>) -> impl Iterator<Item = &'a SignedFile> {
    let shared: Vec<_> = other.signatures.iter().map(|signed| signed.file).collect();
    papers.signatures.iter().filter(move |signed| !shared.contains(&signed.file))
}

/// The same serial number is the same certificate only with the same holder: issuers number on their own.
fn same_certificate(a: &SignatureReading, b: &SignatureReading) -> bool {
    let serial = |reading: &SignatureReading| {
        reading.certificate_serial.as_deref().map(|serial| serial.trim_start_matches('0').to_lowercase())
    };
    let holder = |reading: &SignatureReading| reading.signer.as_deref().map(folded);
    serial(a).is_some_and(|serial| !serial.is_empty()) && serial(a) == serial(b) && holder(a) == holder(b)
}

fn same_person(a: &SignatureReading, b: &SignatureReading) -> bool {
    a.cedula.as_deref().is_some_and(|cedula| !cedula.is_empty()) && a.cedula == b.cedula
}

/// Tells whether a file holds a form of the offer: what a bidder signs, and no issuer of certificates.
fn is_form(papers: &BidPapers<'_>, signed: &SignedFile) -> bool {
    papers.documents.iter().any(|document| {
        document.file == signed.file
            && document_type_entry(&document.kind.0).is_some_and(|entry| entry.group == "formulario")
    })
}

fn place(papers: &BidPapers<'_>, signed: &SignedFile, reading: &SignatureReading) -> Evidence {
    let location =
        reading.page.map_or(Location::WholeFile, |page| Location::Page { page, quads: Vec::new() });
    let quote = reading.signer.as_deref().unwrap_or_default();
    papers.evidence(CODE, signed.file, location, quote)
}

fn shared(first: &BidPapers<'_>, second: &BidPapers<'_>) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    let mut told: Vec<(String, String)> = Vec::new();
    for a in own_files(first, second) {
        for reading in &a.signatures {
            let mut found: Option<(&SignedFile, &SignatureReading)> = None;
            for b in own_files(second, first) {
                let matching = b
                    .signatures
                    .iter()
                    .find(|other| same_certificate(reading, other) || same_person(reading, other));
                if let Some(other) = matching {
                    // A form weighs more than another file.
                    if found.is_none() || is_form(second, b) {
                        found = Some((b, other));
                    }
                }
            }
            let Some((b, other)) = found else { continue };
            let variant = if same_certificate(reading, other) { "certificado" } else { "firmante" };
            let both_forms = is_form(first, a) && is_form(second, b);
            let holder = reading.signer.clone().unwrap_or_default();
            let key = (variant.to_owned(), folded(&holder));
            let severity = if both_forms { Severity::Warning } else { Severity::Info };
            if let Some(position) = told.iter().position(|told| *told == key) {
                // Told already; a later pair may weigh more.
                if let Some(flag) = flags.get_mut(position) {
                    flag.severity = flag.severity.max(severity);
                }
                continue;
            }
            told.push(key);
            let values = [
                ("a", first.bidder.name.as_str()),
                ("b", second.bidder.name.as_str()),
                ("firmante", holder.as_str()),
                ("serie", reading.certificate_serial.as_deref().unwrap_or_default()),
            ];
            let evidence = vec![place(first, a, reading), place(second, b, other)];
            flags.push(Flag::new(CODE, variant, severity, vec![first.bid, second.bid], &values, evidence));
        }
    }
    flags
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::Severity;

    fn flags(a: Sample, b: Sample) -> Vec<Severity> {
        detect_in(&[a, b]).into_iter().map(|flag| flag.severity).collect()
    }

    fn one() -> Sample {
        Sample::new("1790012344001", "Maderas Ficticias S.A.")
    }

    fn two() -> Sample {
        Sample::new("0990054321001", "Tornillos Inventados S.A.")
    }

    #[test]
    fn one_certificate_on_the_forms_of_two_bids_is_a_warning() {
        let a = one().signed("a.pdf", "FUO_1_1", "ANA EJEMPLO", "0A1B", None);
        let b = two().signed("b.pdf", "FUO_1_1", "Ana Ejemplo", "a1b", None);
        assert_eq!(flags(a, b), [Severity::Warning]);
        let a = one().signed("a.pdf", "FUO_1_1", "ANA EJEMPLO", "01", None);
        let b = two().signed("b.pdf", "FUO_1_1", "LUIS EJEMPLO", "01", None);
        assert!(
            flags(a, b).is_empty(),
            "the same number of another issuer's certificate is another certificate"
        );
    }

    #[test]
    fn one_person_with_two_certificates_is_found_by_the_cedula() {
        let a = one().signed("a.pdf", "FUO_1_1", "ANA EJEMPLO", "0a", Some("1710034065"));
        let b = two().signed("b.pdf", "FUO_1_1", "ANA EJEMPLO", "0b", Some("1710034065"));
        assert_eq!(flags(a, b), [Severity::Warning]);
    }

    #[test]
    fn an_issuer_of_certificates_is_only_for_information_and_a_shared_file_nothing() {
        let a = one().signed("ruc-a.pdf", "RUC_SRI", "DIRECTOR EJEMPLO", "0c", None);
        let b = two().signed("ruc-b.pdf", "RUC_SRI", "DIRECTOR EJEMPLO", "0c", None);
        assert_eq!(flags(a, b), [Severity::Info]);
        let a = one().signed("pliego.pdf", "OTRO", "LA ENTIDAD", "0d", None);
        let b = two().signed("pliego.pdf", "OTRO", "LA ENTIDAD", "0d", None);
        assert!(flags(a, b).is_empty(), "the same bytes were signed once, for all");
    }
}
