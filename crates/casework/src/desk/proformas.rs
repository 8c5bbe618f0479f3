//! The proformas of an ínfima cuantía side by side: what the rules compare, with numbers and places for people.

use super::Desk;
use super::judgement::bid_facts;
use crate::CaseworkError;
use crate::view::{CurePlace, ProformaItem, ProformaPrice, ProformaView, ProformasView};
use cotejo_domain::{Code, Evidence, Pliego, ProcedureType};
use cotejo_rules::{BidFacts, EvaluationInput, compare_proformas};

impl Desk {
    /// Compares the proformas of an ínfima cuantía, item by item.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a rule pack or a notice, or in another procedure.
    pub async fn proformas(&self, case: &str) -> Result<ProformasView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let refused = |key| CaseworkError::refused(Code::Precondition, key, "");
        let state = &judgement.state;
        if state.process.procedure != ProcedureType::Infima {
            return Err(refused("casework.no_proformas"));
        }
        let (Some(pack), Some(pliego)) = (&judgement.pack, &state.pliego) else {
            return Err(refused("casework.no_pack"));
        };
        let pliego = Pliego { process: state.process.clone(), ..pliego.clone() };
        let facts: Vec<BidFacts> = judgement.bids.iter().map(|bid| bid_facts(bid)).collect();
        let inputs: Vec<EvaluationInput<'_>> = facts
            .iter()
            .zip(&judgement.bids)
            .map(|(bid, judged)| EvaluationInput {
                pliego: &pliego,
                requirements: &judgement.requirements,
                pack,
                lot: judged.bid.lot,
                bid,
            })
            .collect();
        let found = compare_proformas(&inputs);
        let number = |bid| judgement.bid(bid).map_or(0, |judged| judged.number);
        let proformas = found.proformas.into_iter().map(|one| ProformaView {
            bid: one.bid.to_string(),
            number: number(one.bid),
            name: one.name,
            total: one.total.map(|total| total.to_string()),
            question: one.question.map(|question| question.text).unwrap_or_default(),
            places: one.evidence.iter().map(place).collect(),
            missing: one.missing,
            above_budget: one.above_budget,
            above_limit: one.above_limit,
        });
        let items = found.items.into_iter().map(|item| ProformaItem {
            description: item.description,
            quantity: item.quantity.map(|quantity| quantity.normalize().to_string()),
            lowest: item.lowest.map(|price| price.to_string()),
            prices: item
                .prices
                .into_iter()
                .map(|price| {
                    price.map(|price| ProformaPrice {
                        unit: price.unit.to_string(),
                        quantity: price.quantity.normalize().to_string(),
                        place: place(&price.evidence),
                    })
                })
                .collect(),
        });
        Ok(ProformasView {
            proformas: proformas.collect(),
            items: items.collect(),
            order: found.order.iter().map(|place| place.iter().map(|bid| number(*bid)).collect()).collect(),
            notes: found.notes.into_iter().map(|note| note.text).collect(),
        })
    }
}

fn place(evidence: &Evidence) -> CurePlace {
    CurePlace {
        file: evidence.file.to_string(),
        file_name: evidence.file_name.clone(),
        page: evidence.location.page(),
        quote: evidence.quote.clone(),
    }
}
