//! Where papers name a person or a company: the name, the numbers beside it, in what part.

use crate::input::BidPapers;
use cotejo_domain::{
    BidId, CheckDigit, Document, DocumentId, Evidence, Fact, FactValue, Location, Ruc, RucKind, naming,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Tells in what part somebody stands in a bid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The bidder, or a partner of its consortium.
    Bidder,
    /// Represents it: legal representative, attorney, who signs its forms.
    Representative,
    /// Holds a share of it, or is its beneficial owner.
    Partner,
    /// Works for it in this offer.
    Personnel,
    /// Married to, or living with, whoever represents it or holds a share of it.
    Spouse,
    /// Named otherwise: a client, an issuer, who certifies.
    Other,
}

/// Holds one place that names somebody.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention {
    /// The bid.
    pub bid: BidId,
    /// Type of the document, empty where it is not known.
    pub kind: String,
    /// Field that names it.
    pub field: String,
    /// In what part.
    pub part: Part,
    /// The name as it stands; empty where only a number stands.
    pub name: String,
    /// Cédula or RUC beside it, as it stands.
    pub number: Option<String>,
    /// Where it stands.
    pub evidence: Evidence,
    /// Whether it is a company.
    #[serde(skip)]
    pub company: bool,
    /// The number as far as it tells persons apart: the first ten digits, when its check digit agrees.
    #[serde(skip)]
    pub key: Option<String>,
    /// Whether a machine read the name from an image.
    #[serde(skip)]
    pub of_image: bool,
}

/// How a field names somebody.
struct Naming {
    kinds: &'static [&'static str],
    name: &'static str,
    /// Field of the number that belongs to the name, in the same row or document.
    number: Option<&'static str>,
    part: Part,
}

/// Papers that speak of whomever they were issued for: they count for the bidder only where they name it.
const OF_THE_BIDDER_IF_NAMED: &[&str] = &["RUC_SRI", "NOMBRAMIENTO", "PODER"];

const FORMS: &[&str] = &["FUO_1_1", "FORM_II_ETAPA", "FORM_INTEGRIDAD"];

const NAMINGS: &[Naming] = &[
    Naming { kinds: FORMS, name: "firmante", number: None, part: Part::Representative },
    Naming { kinds: &["FORM_VINCULACION"], name: "rep_legal", number: None, part: Part::Representative },
    Naming { kinds: &["FORM_VINCULACION"], name: "socios51[]", number: None, part: Part::Partner },
    Naming { kinds: &["FORM_VINCULACION"], name: "conyuges[]", number: None, part: Part::Spouse },
    Naming { kinds: &["RUC_SRI"], name: "representante", number: None, part: Part::Representative },
    Naming {
        kinds: &["NOMBRAMIENTO"],
        name: "representante",
        number: Some("cedula"),
        part: Part::Representative,
    },
    Naming { kinds: &["PODER"], name: "apoderado", number: None, part: Part::Representative },
    Naming {
        kinds: &["FORM_CONSORCIO"],
        name: "partes[].nombre",
        number: Some("partes[].ruc"),
        part: Part::Bidder,
    },
    Naming {
        kinds: &["FORM_CONSORCIO"],
        name: "partes[].representante",
        number: None,
        part: Part::Representative,
    },
    Naming {
        kinds: &["FORM_CONSORCIO", "CONSORCIO_CONSTITUIDO"],
        name: "procurador",
        number: None,
        part: Part::Representative,
    },
    Naming { kinds: &["FUO_1_2"], name: "nombre", number: Some("ruc"), part: Part::Bidder },
    Naming { kinds: &["FUO_1_3"], name: "socios[].nombre", number: Some("socios[].id"), part: Part::Partner },
    Naming {
        kinds: &["FUO_1_3"],
        name: "beneficiario.nombre",
        number: Some("beneficiario.id"),
        part: Part::Partner,
    },
    Naming {
        kinds: &["FUO_1_10_PER"],
        name: "filas[].nombre",
        number: Some("filas[].cedula"),
        part: Part::Personnel,
    },
    Naming { kinds: &["CV"], name: "nombre", number: Some("cedula"), part: Part::Personnel },
    Naming { kinds: &["COMPROMISO_PERS"], name: "nombre", number: Some("cedula"), part: Part::Personnel },
    Naming { kinds: &["TITULO"], name: "nombre", number: Some("cedula"), part: Part::Personnel },
    Naming { kinds: &["CERT_EXP"], name: "emisor", number: Some("emisor_id"), part: Part::Other },
    Naming { kinds: &["CERT_EXP"], name: "beneficiario", number: None, part: Part::Other },
    Naming { kinds: &["CERT_EXP"], name: "firmante", number: None, part: Part::Other },
    Naming {
        kinds: &["DECLARACION_JURAMENTADA"],
        name: "declarante",
        number: Some("cedula"),
        part: Part::Other,
    },
];

/// Below this a reading says too little to name anybody.
const READ: f64 = 0.6;

/// Lists who is named in a bid.
pub(super) fn of_bid(papers: &BidPapers<'_>) -> Vec<Mention> {
    let documents: BTreeMap<DocumentId, &Document> =
        papers.documents.iter().map(|document| (document.id, document)).collect();
    let mut by_document: BTreeMap<DocumentId, Vec<&Fact>> = BTreeMap::new();
    for fact in papers.facts {
        if let Some(id) = fact.document {
            by_document.entry(id).or_default().push(fact);
        }
    }
    let mut found = Vec::new();
    for (id, facts) in &by_document {
        let Some(document) = documents.get(id).filter(|document| !document.blank_form) else { continue };
        let kind = document.kind.0.as_str();
        for naming in NAMINGS.iter().filter(|naming| naming.kinds.contains(&kind)) {
            let names: Vec<&&Fact> = facts
                .iter()
                .filter(|fact| fact.field == naming.name && fact.confidence.value() >= READ)
                .collect();
            for fact in &names {
                let FactValue::Text(name) = &fact.value else { continue };
                let number = naming.number.and_then(|field| number_of(fact, facts, field, names.len() == 1));
                let part = if OF_THE_BIDDER_IF_NAMED.contains(&kind) && !names_the_bidder(papers, facts) {
                    Part::Other
                } else {
                    naming.part
                };
                found.extend(mention(papers, kind, fact, name, number, part));
            }
        }
    }
    found
}

fn mention(
    papers: &BidPapers<'_>,
    kind: &str,
    fact: &Fact,
    name: &str,
    number: Option<&Fact>,
    part: Part,
) -> Option<Mention> {
    let letters = name.chars().filter(|character| character.is_alphabetic()).count();
    if letters < 5 || naming::name_words(name).len() > 12 {
        return None;
    }
    let text = number.map(|number| number.value.canonical());
    let company = match number.map(|number| &number.value) {
        Some(FactValue::Ruc(ruc)) => ruc.kind() != RucKind::Natural,
        Some(FactValue::Cedula(_)) => false,
        _ => naming::is_company(name),
    };
    Some(Mention {
        bid: papers.bid,
        kind: kind.to_owned(),
        field: fact.field.clone(),
        part,
        name: name.trim().to_owned(),
        key: number.and_then(|number| key(&number.value)),
        number: text,
        evidence: fact.evidence.clone(),
        company,
        of_image: fact.evidence.confidence.value() < 1.0,
    })
}

/// The first ten digits of a number whose check digit agrees: a cédula, and the RUC of the same person.
fn key(value: &FactValue) -> Option<String> {
    match value {
        FactValue::Cedula(cedula) => {
            (cedula.check_digit() == CheckDigit::Agrees).then(|| cedula.as_str().to_owned())
        }
        FactValue::Ruc(ruc) => of_ruc(ruc),
        FactValue::Text(text) => {
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let cedula = cotejo_domain::Cedula::parse(&digits).ok();
            let cedula = cedula.filter(|cedula| cedula.check_digit() == CheckDigit::Agrees);
            cedula.map(|cedula| cedula.as_str().to_owned()).or_else(|| of_ruc(&Ruc::parse(&digits).ok()?))
        }
        _ => None,
    }
}

fn of_ruc(ruc: &Ruc) -> Option<String> {
    (ruc.check_digit() == CheckDigit::Agrees).then(|| ruc.as_str().chars().take(10).collect())
}

// The number beside a name: in a list the one on the same row, else the only one of the document.
fn number_of<'f>(name: &Fact, facts: &[&'f Fact], field: &str, only: bool) -> Option<&'f Fact> {
    let mut numbers =
        facts.iter().copied().filter(|fact| fact.field == field && fact.confidence.value() >= READ);
    if !field.contains("[]") {
        let first = numbers.next().filter(|_| only)?;
        return numbers.all(|other| other.value == first.value).then_some(first);
    }
    let mut beside = numbers.filter(|number| level(name, number));
    let first = beside.next()?;
    beside.next().is_none().then_some(first)
}

fn level(a: &Fact, b: &Fact) -> bool {
    let span = |fact: &Fact| match &fact.evidence.location {
        Location::Page { page, quads } => quads.iter().copied().reduce(|a, b| a.union(&b)).map(|quad| {
            let [_, top, _, bottom] = quad.bounds();
            (*page, top, bottom)
        }),
        _ => None,
    };
    let (Some((a_page, a_top, a_bottom)), Some((b_page, b_top, b_bottom))) = (span(a), span(b)) else {
        return false;
    };
    let within = |low: f64, high: f64, middle: f64| (low..=high).contains(&middle);
    a_page == b_page
        && (within(a_top, a_bottom, f64::midpoint(b_top, b_bottom))
            || within(b_top, b_bottom, f64::midpoint(a_top, a_bottom)))
}

fn names_the_bidder(papers: &BidPapers<'_>, facts: &[&Fact]) -> bool {
    let own = |ruc: &Ruc| {
        let of_members = papers.bidder.members.iter().filter_map(|member| member.ruc.as_ref());
        papers.bidder.ruc.iter().chain(of_members).any(|known| known == ruc)
    };
    let names = || papers.bidder.members.iter().map(|member| &member.name).chain([&papers.bidder.name]);
    facts.iter().any(|fact| match (&fact.value, fact.field.as_str()) {
        (FactValue::Ruc(ruc), "ruc") => own(ruc),
        (FactValue::Text(name), "empresa" | "razon_social" | "poderdante") => {
            names().any(|own| naming::same_company_name(own, name).is_some())
        }
        _ => false,
    })
}
