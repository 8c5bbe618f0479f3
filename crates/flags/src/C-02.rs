//! C-02: papers of experience that do not fit: older than the company, or issued by whom the bids themselves name.

use crate::entities::Part;
use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use cotejo_domain::{
    BidderKind, Document, DocumentId, Fact, FactValue, Severity, document_type_entry, naming,
};
use std::collections::BTreeMap;

pub(crate) const CODE: &str = "C-02";

/// Below this a reading is too unsure to weigh.
const SURE: f64 = 0.6;

/// A paper of experience: its type, the field that names who did the work, the fields that date the work.
const PAPERS: &[(&str, &str, &[&str])] = &[
    ("CERT_EXP", "beneficiario", &["desde", "hasta"]),
    ("CONTRATO_EXP", "contratista", &["fecha"]),
    ("ACTA_ER", "contratista", &["fecha_recepcion"]),
    ("FACTURA", "ruc_emisor", &["fecha"]),
];

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let mut flags: Vec<Flag> = lot.bids.iter().filter_map(before_the_start).collect();
    flags.extend(issuers(lot));
    flags
}

/// Facts of one document, by document.
fn by_document<'f>(papers: &BidPapers<'f>) -> BTreeMap<DocumentId, (&'f Document, Vec<&'f Fact>)> {
    let (documents, facts): (&'f [Document], &'f [Fact]) = (papers.documents, papers.facts);
    let mut found: BTreeMap<DocumentId, (&Document, Vec<&Fact>)> =
        documents.iter().map(|document| (document.id, (document, Vec::new()))).collect();
    for fact in facts {
        if let Some((_, own)) = fact.document.and_then(|id| found.get_mut(&id)) {
            own.push(fact);
        }
    }
    found
}

/// Tells whether a fact names the bidder, or a partner of its consortium.
fn names_the_bidder(papers: &BidPapers<'_>, fact: &Fact) -> bool {
    let members = papers.bidder.members.iter();
    match &fact.value {
        FactValue::Ruc(ruc) => {
            papers.bidder.ruc.as_ref() == Some(ruc)
                || members.clone().any(|member| member.ruc.as_ref() == Some(ruc))
        }
        FactValue::Text(name) => members
            .map(|member| member.name.as_str())
            .chain([papers.bidder.name.as_str()])
            .any(|own| naming::same_company_name(own, name).is_some()),
        _ => false,
    }
}

/// The earliest day on which the company can have existed, as its own papers tell: the deed, or the start of activities.
fn start<'f>(
    documents: &BTreeMap<DocumentId, (&Document, Vec<&'f Fact>)>,
    papers: &BidPapers<'_>,
) -> Option<&'f Fact> {
    let mut dates: Vec<&Fact> = Vec::new();
    for (document, facts) in documents.values() {
        let (named_by, dated_by) = match document.kind.0.as_str() {
            "RUC_SRI" => ("ruc", "inicio_actividades"),
            "ESCRITURA" => ("empresa", "fecha_constitucion"),
            _ => continue,
        };
        let own = |fact: &&&Fact| fact.field == named_by && names_the_bidder(papers, fact);
        if facts.iter().any(|fact| own(&fact)) {
            let dated = facts
                .iter()
                .copied()
                .filter(|fact| fact.field == dated_by && matches!(fact.value, FactValue::Date(_)));
            dates.extend(dated);
        }
    }
    dates.into_iter().min_by(|a, b| match (&a.value, &b.value) {
        (FactValue::Date(a), FactValue::Date(b)) => a.cmp(b),
        _ => std::cmp::Ordering::Equal,
    })
}

fn before_the_start(papers: &BidPapers<'_>) -> Option<Flag> {
    // A person worked before registering; a consortium proves with its partners' papers.
    if papers.bidder.kind != BidderKind::Juridica {
        return None;
    }
    let documents = by_document(papers);
    let start = start(&documents, papers)?;
    let FactValue::Date(began) = start.value else { return None };
    let mut evidence = vec![start.evidence.clone()];
    let mut said: Vec<String> = Vec::new();
    let mut sure = start.confidence.value() >= SURE;
    for (document, facts) in documents.values() {
        let Some((kind, named_by, dated_by)) =
            PAPERS.iter().find(|(kind, _, _)| *kind == document.kind.0.as_str())
        else {
            continue;
        };
        let own = |fact: &&Fact| fact.field == *named_by && names_the_bidder(papers, fact);
        if !facts.iter().copied().any(|fact| own(&fact)) {
            continue;
        }
        let early = facts.iter().copied().find(|fact| {
            dated_by.contains(&fact.field.as_str())
                && matches!(fact.value, FactValue::Date(date) if date < began)
        });
        if let Some(early) = early {
            sure &= early.confidence.value() >= SURE;
            let name = document_type_entry(kind).map_or(*kind, |entry| entry.name.as_str());
            said.push(format!("{name} ({})", spanish(early)));
            evidence.push(early.evidence.clone());
        }
    }
    if said.is_empty() {
        return None;
    }
    said.sort();
    said.dedup();
    let (papers_said, began) = (said.join("; "), spanish(start));
    let values =
        [("a", papers.bidder.name.as_str()), ("papeles", papers_said.as_str()), ("inicio", began.as_str())];
    let severity = if sure { Severity::Warning } else { Severity::Info };
    Some(Flag::new(CODE, "anterior", severity, vec![papers.bid], &values, evidence))
}

/// Writes a date as papers do: `05/03/2019`.
fn spanish(fact: &Fact) -> String {
    match fact.value {
        FactValue::Date(date) => format!("{:02}/{:02}/{:04}", date.day(), date.month(), date.year()),
        _ => fact.raw.clone(),
    }
}

/// Certificates that a bidder holds from itself, from its own partners or from another bidder of the lot.
fn issuers(lot: &Lot<'_>) -> Vec<Flag> {
    let mut flags = Vec::new();
    for papers in &lot.bids {
        let documents = by_document(papers);
        // An employer certifies its staff: only what certifies the bidder itself counts.
        let of_bidder = |mention: &crate::entities::Mention| {
            documents.values().any(|(document, facts)| {
                document.kind.0 == "CERT_EXP"
                    && facts.iter().any(|fact| fact.evidence == mention.evidence)
                    && facts.iter().any(|fact| fact.field == "beneficiario" && names_the_bidder(papers, fact))
            })
        };
        for entity in &lot.entities {
            let issued = entity.mentions.iter().find(|mention| {
                mention.bid == papers.bid
                    && mention.kind == "CERT_EXP"
                    && mention.field == "emisor"
                    && of_bidder(mention)
            });
            let Some(issued) = issued else { continue };
            let related = entity
                .mentions
                .iter()
                .find(|mention| matches!(mention.part, Part::Bidder | Part::Partner | Part::Representative));
            let Some(related) = related else { continue };
            let Some(other) = lot.bids.iter().find(|other| other.bid == related.bid) else { continue };
            let variant = if related.bid == papers.bid { "emisor_propio" } else { "emisor_oferente" };
            let sure = issued.key.is_some() && related.key.is_some();
            let severity = if sure { Severity::Warning } else { Severity::Info };
            let mut bids = vec![papers.bid, other.bid];
            bids.sort();
            bids.dedup();
            let values = [
                ("a", papers.bidder.name.as_str()),
                ("b", other.bidder.name.as_str()),
                ("emisor", entity.name.as_str()),
            ];
            let evidence = vec![issued.evidence.clone(), related.evidence.clone()];
            flags.push(Flag::new(CODE, variant, severity, bids, &values, evidence));
        }
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::{FactValue, Ruc, Severity};

    const RUC: &str = "1790012344001";
    const NAME: &str = "Maderas Ficticias S.A.";

    fn date(text: &str) -> FactValue {
        FactValue::Date(text.parse().expect("a day"))
    }

    fn text(text: &str) -> FactValue {
        FactValue::Text(text.into())
    }

    fn company(began: &str) -> Sample {
        let ruc = FactValue::Ruc(Ruc::parse(RUC).expect("well formed"));
        Sample::new(RUC, NAME).paper("RUC_SRI", &[("ruc", ruc), ("inicio_actividades", date(began))])
    }

    fn certified(sample: Sample, whom: &str, from: &str) -> Sample {
        sample.paper("CERT_EXP", &[("beneficiario", text(whom)), ("desde", date(from))])
    }

    fn found(samples: &[Sample]) -> Vec<(Severity, usize, String)> {
        let flags = detect_in(samples).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| (flag.severity, flag.evidence.len(), flag.text)).collect()
    }

    #[test]
    fn work_from_before_the_company_began_is_found_with_both_papers() {
        let told = found(&[certified(company("2019-03-05"), "MADERAS FICTICIAS", "2017-01-10")]);
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].0, told[0].1), (Severity::Warning, 2));
        assert!(told[0].2.contains("10/01/2017") && told[0].2.contains("05/03/2019"), "{}", told[0].2);
    }

    #[test]
    fn work_from_after_the_start_and_work_of_its_staff_are_in_order() {
        assert!(found(&[certified(company("2019-03-05"), NAME, "2019-03-05")]).is_empty());
        let engineer = certified(company("2019-03-05"), "Ana Lucía Ejemplo Mora", "2010-01-10");
        assert!(found(&[engineer]).is_empty(), "an engineer worked before");
        let deed = company("2019-03-05")
            .paper("ESCRITURA", &[("empresa", text(NAME)), ("fecha_constitucion", date("2015-06-01"))]);
        assert!(found(&[certified(deed, NAME, "2017-01-10")]).is_empty(), "constituted before registering");
        let unknown = certified(Sample::new(RUC, NAME), NAME, "2017-01-10");
        assert!(found(&[unknown]).is_empty());
    }

    #[test]
    fn a_certificate_by_another_bidder_is_found_and_one_of_its_former_staff_is_not() {
        let other = || {
            Sample::new("0990054321001", "Tornillos Inventados S.A.").named(
                "FUO_1_2",
                "nombre",
                "Tornillos Inventados S.A.",
                None,
            )
        };
        let issued = |whom: &str| {
            Sample::new(RUC, NAME).paper(
                "CERT_EXP",
                &[("beneficiario", text(whom)), ("emisor", text("TORNILLOS INVENTADOS SA"))],
            )
        };
        let told = found(&[issued(NAME), other()]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].2.contains("TORNILLOS") || told[0].2.contains("Tornillos"), "{}", told[0].2);
        assert!(found(&[issued("Ana Lucía Ejemplo Mora"), other()]).is_empty());
    }
}
