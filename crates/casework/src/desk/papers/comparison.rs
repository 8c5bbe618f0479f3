//! Points and amounts of all bids beside one another, for the table of the informe: as the case has them, each amount with the page it stands on.

use super::gather::{Gathered, figures};
use crate::CaseworkError;
use crate::contract::PointsFile;
use crate::desk::judgement::{JudgedBid, Judgement, bid_facts};
use crate::desk::open_case::OpenCase;
use crate::desk::{commission, curing, labels, scoring};
use cotejo_catalogue::message;
use cotejo_domain::course::CourseAct;
use cotejo_domain::{BidId, Code, Pliego};
use cotejo_procedure::curing::chain::CureChain;
use cotejo_rules::EvaluationInput;
use cotejo_rules::scoring::Standing;
use std::collections::BTreeMap;

/// What the table says of each bid; a bid that is not there has nothing to be said.
#[derive(Debug, Default)]
pub(crate) struct Comparison {
    pub(crate) points: BTreeMap<BidId, String>,
    pub(crate) amounts: BTreeMap<BidId, String>,
}

impl Comparison {
    pub(crate) async fn of(open: &OpenCase, case: &Gathered) -> Result<Self, CaseworkError> {
        let mut found = Self::default();
        for lot in &case.judgement.state.lots {
            let judgement = Judgement::of_lot(&case.judgement, lot.id);
            let mut answers = commission::recorded_answers(&open.case).await?;
            curing::price_as_corrected(&open.case, &judgement, &mut answers).await?;
            match scoring::computed(&judgement, &case.decided, &answers) {
                Ok(points) => found.scored(&judgement, &points),
                // Without pliego or pack there are no points.
                Err(error) if error.code() == Code::Precondition => {}
                Err(error) => return Err(error),
            }
            let chain = CureChain::of(&case.acts, lot.id);
            for bid in &judgement.bids {
                if let Some(amount) = amount(case, &judgement, &chain, bid) {
                    found.amounts.insert(bid.bid.id, amount);
                }
            }
        }
        Ok(found)
    }

    fn scored(&mut self, judgement: &Judgement, points: &PointsFile) {
        if points.motivated.parameters.is_empty() {
            return;
        }
        let spanish = |text: &str| text.replace('.', ",");
        let mark = |text: String, open: bool| {
            if open { message("commission.points.provisional", &[("puntos", &text)]) } else { text }
        };
        for bid in &judgement.bids {
            let of = points.bids.iter().find(|one| one.number == bid.number);
            let out = of.is_none_or(|one| one.standing == Standing::NotQualified);
            let total = points.motivated.totals.iter().find(|total| total.number == bid.number);
            let own = total.and_then(|total| Some((spanish(total.points.as_deref()?), total.provisional)));
            let both = points
                .consultancy
                .as_ref()
                .map(|both| both.bids.iter().find(|line| line.number == bid.number && line.points.is_some()));
            let text = match (out, both, own) {
                (true, _, _) => Some(message("casework.paper.compare.out", &[])),
                (_, _, None) => None,
                (_, None, Some((own, open))) => Some(mark(own, open)),
                (_, Some(None), Some((technical, open))) => {
                    Some(mark(message("casework.paper.compare.technical", &[("tecnico", &technical)]), open))
                }
                (_, Some(Some(line)), Some((technical, open))) => {
                    let total = spanish(line.points.as_deref().unwrap_or_default());
                    let values = [("total", total.as_str()), ("tecnico", &technical)];
                    let text = message("casework.paper.compare.whole", &values);
                    Some(mark(text, open || !line.provisional.is_empty()))
                }
            };
            if let Some(text) = text {
                self.points.insert(bid.bid.id, text);
            }
        }
    }
}

/// What a bid costs: as negotiated, else as its bidder corrected it on request, else as it was offered, with its page. A recalculation of ours is no
/// price, and of an envelope that was never opened nothing is known.
fn amount(case: &Gathered, judgement: &Judgement, chain: &CureChain, bid: &JudgedBid) -> Option<String> {
    let id = bid.bid.id;
    let agreed = case.acts.iter().rev().find_map(|act| match act {
        CourseAct::NegotiationHeld(said) if said.bid == id => said.agreed,
        _ => None,
    });
    if let Some(agreed) = agreed {
        return Some(message("casework.paper.compare.negotiated", &[("monto", &figures(agreed))]));
    }
    if let Some(total) = chain.corrected_total(id) {
        let request = chain.of_bid(id).find(|request| {
            chain.results.get(&request.number).is_some_and(|result| result.corrected_total.is_some())
        });
        let number = request.map_or_else(String::new, |request| request.number.to_string());
        let values = [("monto", figures(total)), ("pedido", number)];
        return Some(message(
            "casework.paper.compare.corrected",
            &values.each_ref().map(|(key, value)| (*key, value.as_str())),
        ));
    }
    let (pack, pliego) = (judgement.pack.as_ref()?, judgement.state.pliego.as_ref()?);
    let facts = bid_facts(bid);
    let pliego = Pliego { requirements: judgement.requirements.clone(), ..pliego.clone() };
    let input = EvaluationInput {
        pliego: &pliego,
        requirements: &judgement.requirements,
        pack,
        lot: bid.bid.lot,
        bid: &facts,
    };
    let Some((price, places)) = cotejo_rules::offered_price_at(&input) else {
        let sealed = bid.bid.files.iter().any(|file| file.sealed);
        return sealed.then(|| message("casework.paper.compare.sealed", &[]));
    };
    let Some(place) = places.first() else { return Some(figures(price)) };
    let name = place.file_name.rsplit('/').next().unwrap_or_default();
    let place = format!("{name}, {}", labels::place(&place.location));
    let values = [("monto", figures(price)), ("lugar", place)];
    Some(message(
        "casework.paper.compare.placed",
        &values.each_ref().map(|(key, value)| (*key, value.as_str())),
    ))
}
