//! What registries said of the bidders of a case: kept beside the case, handed to the rules as facts.
//!
//! The raw answer is an encrypted file among the originals, named by its hash. What was read from it is derived data: keyed by the number
//! that was asked about and by the source; inside, one entry a moment, so that a later answer does not erase an earlier one.

use super::judgement::JudgedBid;
use crate::CaseworkError;
use crate::supplier::KeptConsultation;
use cotejo_domain::{BidderKind, Fact, FactValue, FileHash, Ruc};
use cotejo_registries::{Answer, Taxpayer};
use cotejo_rules::{RegistryAnswer, RegistryOutcome, registry_fields};
use cotejo_store::{Case, DerivedKey};

/// Most answers kept about one number.
const MOST: usize = 50;

fn key(ruc: &Ruc) -> DerivedKey {
    DerivedKey {
        input: FileHash::of(ruc.as_str().as_bytes()),
        producer: "registro".into(),
        version: "1".into(),
        parameters: "SRI".into(),
    }
}

/// Returns what is kept about a number, oldest first.
pub(crate) async fn history(case: &Case, ruc: &Ruc) -> Result<Vec<KeptConsultation>, CaseworkError> {
    Ok(case.derived(&key(ruc)).await?.unwrap_or_default())
}

/// Keeps a further answer.
pub(crate) async fn keep(case: &Case, ruc: &Ruc, fresh: KeptConsultation) -> Result<(), CaseworkError> {
    let mut kept = history(case, ruc).await?;
    kept.push(fresh);
    let surplus = kept.len().saturating_sub(MOST);
    kept.drain(..surplus);
    case.put_derived(&key(ruc), &kept).await?;
    Ok(())
}

/// Chooses the answer that counts: the latest that says something; only where there is none, the latest failure.
pub(crate) fn standing(history: &[KeptConsultation]) -> Option<&KeptConsultation> {
    let says = |kept: &&KeptConsultation| !matches!(kept.answer, Answer::Unknown(_));
    history.iter().rfind(says).or_else(|| history.last())
}

/// Lists the numbers a bid stands on, each once: the bidder's, then its partners'. Where a consortium's form did not tell the partners,
/// those of the certificates it handed in.
pub(crate) fn numbers(bid: &JudgedBid) -> Vec<Ruc> {
    let bidder = &bid.bid.bidder;
    let partners: Vec<&Ruc> = bidder.members.iter().filter_map(|member| member.ruc.as_ref()).collect();
    let unknown_partners = bidder.kind == BidderKind::Consorcio && partners.len() < 2;
    let certified = if unknown_partners { certified(bid) } else { Vec::new() };
    let mut numbers: Vec<Ruc> = Vec::new();
    for ruc in bidder.ruc.iter().chain(partners).chain(certified) {
        if !numbers.contains(ruc) {
            numbers.push(ruc.clone());
        }
    }
    numbers
}

/// The numbers on RUC certificates, as far as they were read well.
fn certified(bid: &JudgedBid) -> Vec<&Ruc> {
    let mut found = Vec::new();
    for file in &bid.files {
        let certificates = file.documents.iter().filter(|document| document.kind.0 == "RUC_SRI");
        let pages: Vec<u32> = certificates.flat_map(|document| document.pages.iter().copied()).collect();
        for fact in &file.facts {
            let on_one = fact.evidence.location.page().is_some_and(|page| pages.contains(&page));
            match &fact.value {
                FactValue::Ruc(ruc) if on_one && fact.field == "ruc" && fact.confidence.value() >= 0.7 => {
                    found.push(ruc);
                }
                _ => {}
            }
        }
    }
    found
}

/// Returns what is kept about a bidder and its partners, as the rules read it.
pub(crate) async fn answers(case: &Case, bid: &JudgedBid) -> Result<Vec<RegistryAnswer>, CaseworkError> {
    let mut answers = Vec::new();
    for ruc in numbers(bid) {
        let history = history(case, &ruc).await?;
        answers.extend(standing(&history).map(|kept| for_rules(ruc, kept)));
    }
    Ok(answers)
}

fn for_rules(ruc: Ruc, kept: &KeptConsultation) -> RegistryAnswer {
    let outcome = match &kept.answer {
        Answer::Known(taxpayer) => RegistryOutcome::Known(facts(taxpayer, kept)),
        Answer::Absent => RegistryOutcome::Absent(kept.evidence("numeroRuc", "")),
        Answer::Unknown(finding) => RegistryOutcome::Unknown(finding.message.clone()),
    };
    // Mainland Ecuador keeps one time all year.
    let day = jiff::tz::Offset::constant(-5).to_datetime(kept.at).date();
    RegistryAnswer { service: kept.service.clone(), ruc, day, outcome }
}

fn facts(taxpayer: &Taxpayer, kept: &KeptConsultation) -> Vec<Fact> {
    let name_of = |field: &str| match field {
        "estadoContribuyenteRuc" => Some(registry_fields::STATE),
        "razonSocial" => Some(registry_fields::NAME),
        "contribuyenteFantasma" => Some(registry_fields::GHOST),
        "transaccionesInexistente" => Some(registry_fields::NONEXISTENT),
        _ => None,
    };
    taxpayer
        .fields()
        .into_iter()
        .filter_map(|field| {
            let evidence = kept.evidence(field.name, &field.value)?;
            Some(Fact {
                document: None,
                field: name_of(field.name)?.into(),
                raw: field.value.clone(),
                confidence: evidence.confidence,
                value: FactValue::Text(field.value),
                evidence,
            })
        })
        .collect()
}
