//! The evaluation of one bid: every requirement gets exactly one proposal. A memory keeps what each rested on, so that a change judges anew
//! only what looked at what changed.

use crate::checks;
use crate::context::Context;
use crate::index::{Changed, Index, Reads};
use crate::{BidFacts, EvaluationInput};
use cotejo_domain::{BidId, LotId, PliegoItem, Process, Proposal, Requirement};
use std::collections::HashMap;

/// Proposes an answer to every requirement of the lot, in their order. The same input gives the same proposals, identifiers included.
#[must_use]
pub fn evaluate(input: &EvaluationInput<'_>) -> Vec<Proposal> {
    let index = Index::of(input);
    let of_lot = |requirement: &&Requirement| requirement.lot.is_none_or(|lot| lot == input.lot);
    let proposals = input.requirements.iter().filter(of_lot);
    proposals.map(|requirement| judge(input, &index, requirement).0).collect()
}

/// Says what a bid offers in all, as it stands there and without taxes; `None` where no total was read or several differ. A corrected price never
/// comes from here.
#[must_use]
pub fn offered_price(input: &EvaluationInput<'_>) -> Option<cotejo_domain::Money> {
    let (index, reads) = (Index::of(input), Reads::default());
    let offered = checks::offered_price::offered(Context::indexed(input, &index, &reads));
    offered.ok().map(|(price, _)| price)
}

/// As [`offered_price`], with the places where it stands.
#[must_use]
pub fn offered_price_at(
    input: &EvaluationInput<'_>,
) -> Option<(cotejo_domain::Money, Vec<cotejo_domain::Evidence>)> {
    let (index, reads) = (Index::of(input), Reads::default());
    let (price, facts) = checks::offered_price::offered(Context::indexed(input, &index, &reads)).ok()?;
    Some((price, facts.into_iter().map(|fact| fact.evidence.clone()).collect()))
}

fn judge(input: &EvaluationInput<'_>, index: &Index<'_>, requirement: &Requirement) -> (Proposal, Reads) {
    let reads = Reads::default();
    let draft = checks::propose(Context::indexed(input, index, &reads), requirement);
    (draft.finish(input, requirement), reads)
}

/// One answer with what it rested on.
#[derive(Debug)]
struct Kept {
    requirement: Requirement,
    proposal: Proposal,
    reads: Reads,
}

/// What a bid was judged by, with its answers.
#[derive(Debug)]
struct Judged {
    facts: BidFacts,
    process: Process,
    items: Vec<PliegoItem>,
    pack: String,
    answers: Vec<Kept>,
}

/// Remembers evaluations. The answers are those of [`evaluate`], to the letter: what a check looked at is noted while it looks, so an answer is
/// kept only where nothing of that changed.
#[derive(Debug, Default)]
pub struct EvaluationMemory {
    bids: HashMap<(BidId, LotId), Judged>,
    judged: usize,
}

impl EvaluationMemory {
    /// Proposes an answer to every requirement, as [`evaluate`] does.
    pub fn evaluate(&mut self, input: &EvaluationInput<'_>) -> Vec<Proposal> {
        let key = (input.bid.bid, input.lot);
        let mut before = self.bids.remove(&key).filter(|before| {
            before.pack == input.pack.sha256
                && before.process == input.pliego.process
                && before.items == input.pliego.items
        });
        let changed = before.as_ref().map(|before| Changed::between(&before.facts, input.bid));
        // Nothing is asked otherwise and nothing was read otherwise: most bids, whenever one changes.
        let of_lot = |requirement: &&Requirement| requirement.lot.is_none_or(|lot| lot == input.lot);
        let asked_alike = |before: &Judged| {
            before.answers.len() == input.requirements.iter().filter(of_lot).count()
                && before
                    .answers
                    .iter()
                    .zip(input.requirements.iter().filter(of_lot))
                    .all(|(kept, now)| kept.requirement == *now)
        };
        if changed.as_ref().is_some_and(Changed::is_nothing)
            && let Some(before) = before.take_if(|before| asked_alike(before))
        {
            let proposals = before.answers.iter().map(|kept| kept.proposal.clone()).collect();
            self.bids.insert(key, before);
            return proposals;
        }
        let mut kept: HashMap<String, Kept> = before
            .as_mut()
            .map(|before| std::mem::take(&mut before.answers))
            .unwrap_or_default()
            .into_iter()
            .map(|kept| (kept.requirement.id.0.clone(), kept))
            .collect();
        let mut index: Option<Index<'_>> = None;
        let mut answers = Vec::new();
        for requirement in input.requirements {
            if requirement.lot.is_some_and(|lot| lot != input.lot) {
                continue;
            }
            let holds = |kept: &Kept| {
                kept.requirement == *requirement
                    && changed.as_ref().is_some_and(|changed| !kept.reads.touches(changed))
            };
            if let Some(answer) = kept.remove(&requirement.id.0).filter(holds) {
                answers.push(answer);
                continue;
            }
            let index = index.get_or_insert_with(|| Index::of(input));
            let (proposal, reads) = judge(input, index, requirement);
            self.judged += 1;
            answers.push(Kept { requirement: requirement.clone(), proposal, reads });
        }
        let proposals = answers.iter().map(|kept| kept.proposal.clone()).collect();
        // The facts are cloned only where something of them is new.
        let unchanged = changed.is_some_and(|changed| changed.is_nothing());
        let facts = match before {
            Some(before) if unchanged => before.facts,
            _ => input.bid.clone(),
        };
        let judged = Judged {
            facts,
            process: input.pliego.process.clone(),
            items: input.pliego.items.clone(),
            pack: input.pack.sha256.clone(),
            answers,
        };
        self.bids.insert(key, judged);
        proposals
    }

    /// Forgets a bid that is no longer there.
    pub fn forget(&mut self, bid: BidId) {
        self.bids.retain(|(kept, _), _| *kept != bid);
    }

    /// Counts the requirements that were judged, and not taken from memory, since it was made.
    #[must_use]
    pub fn judged(&self) -> usize {
        self.judged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RulePack;
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{FactValue, Plazo, RequirementId, RequirementKind, RequirementSource, Subject};

    fn requirements() -> Vec<Requirement> {
        let of = |(number, subject)| Requirement {
            id: RequirementId(format!("R-{number}")),
            lot: None,
            kind: RequirementKind::Minimo,
            text: "requisito".into(),
            points: None,
            subject,
            source: RequirementSource::ByHand,
        };
        let subjects = [
            Subject::Term { maximum: Some(Plazo(90)) },
            Subject::Validity { minimum: Some(Plazo(60)) },
            Subject::ProcessCode,
            Subject::EconomicOffer,
            Subject::Patrimonio { minimum: None },
            Subject::RucStructure,
            Subject::Equipment { description: "Excavadora".into(), count: None },
            Subject::Experience { specific: true, minimum: None, minimum_per_contract: None, years: None },
        ];
        (1..).zip(subjects).map(of).collect()
    }

    fn bid(term: u32) -> Fixture {
        Fixture::new("2026-01-15")
            .document("FUO_1_1", 1)
            .fact("plazo", FactValue::Plazo(Plazo(term)), 1)
            .document("FUO_1_2", 2)
            .fact("vigencia_oferta", FactValue::Plazo(Plazo(60)), 1)
            .fact("ruc", Fixture::ruc("1790016919001"), 2)
            .document("MATRICULA", 3)
    }

    #[test]
    fn a_changed_fact_judges_only_what_looked_at_it_and_gives_the_same_answers() {
        let asked = requirements();
        let pack = RulePack::for_start("2026-01-15".parse().expect("a day")).expect("a pack");
        let mut memory = EvaluationMemory::default();
        let lot = LotId(uuid::Uuid::nil());
        let mut judge = |fixture: &Fixture| {
            let input = EvaluationInput {
                pliego: &fixture.pliego,
                requirements: &asked,
                pack,
                lot,
                bid: &fixture.bid,
            };
            let before = memory.judged();
            let answers = memory.evaluate(&input);
            assert_eq!(answers, evaluate(&input), "as without a memory");
            memory.judged() - before
        };
        assert_eq!(judge(&bid(90)), asked.len(), "all, the first time");
        assert_eq!(judge(&bid(90)), 0, "nothing changed");
        assert_eq!(judge(&bid(91)), 1, "the term alone");
        assert_eq!(
            judge(&bid(90).document("MATRICULA", 4)),
            6,
            "what looks at documents; code and patrimonio have no fact to look one up for"
        );
        assert!(
            judge(&bid(90).fact("objeto", FactValue::Text("otra cosa".into()), 9)) >= 1,
            "back to before, with a fact more"
        );
    }
}
