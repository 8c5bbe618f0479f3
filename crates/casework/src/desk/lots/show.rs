//! The lots of a case and the bids in them, shown.

use super::settle::{Packages, waits_for_lots};
use super::{label, stated};
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::curing::place;
use crate::desk::labels;
use crate::desk::open_case::OpenCase;
use crate::view::{FindingView, ImportRemark, LotRow, LotsView, PackageRow, PliegoLotRow};
use cotejo_catalogue::message;
use cotejo_domain::{BidId, Finding, PliegoLot, RequirementSource, Severity};

impl Desk {
    /// Shows which lots a case has, what the pliego states of them, and for which lots each bid is.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn lots(&self, case: &str) -> Result<LotsView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let state = &judgement.state;
        let (said, placed) = stated(&open.case).await?;
        let number = |bid: BidId| judgement.bid(bid).map_or(0, |bid| bid.number);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let lots = (1_u32..)
            .zip(&state.lots)
            .map(|(at, lot)| LotRow {
                id: lot.id.to_string(),
                number: at,
                name: lot.name.clone(),
                budget: lot.budget.map(|budget| budget.to_string()),
                cpc: lot.cpc.clone(),
                items: lot.items.clone(),
                requirements: lot.requirements.iter().map(ToString::to_string).collect(),
                bids: judgement
                    .bids
                    .iter()
                    .filter(|bid| bid.bid.lot == lot.id)
                    .map(|bid| bid.number)
                    .collect(),
            })
            .collect();
        let several = state.lots.len() > 1;
        let mut packages = Vec::new();
        for bids in Packages::of(&open.case).await?.iter() {
            let Some(own) = bids.first() else { continue };
            let told = if several { self.told_of(&open, state, own).await? } else { Default::default() };
            let said = placed.iter().rev().find(|said| said.package == own.id && !said.bids.is_empty());
            let in_lots: Vec<(usize, BidId)> = bids
                .iter()
                .filter_map(|bid| Some((state.lots.iter().position(|lot| lot.id == bid.lot)?, bid.id)))
                .collect();
            let name = judgement
                .bid(own.id)
                .map_or_else(|| own.bidder.name.clone(), |bid| bid.bid.bidder.name.clone());
            packages.push(PackageRow {
                bid: own.id.to_string(),
                number: number(own.id),
                name,
                lots: in_lots.iter().map(|(index, _)| count(index + 1)).collect(),
                bids: in_lots.iter().map(|(_, bid)| number(*bid)).collect(),
                stated: said.is_some_and(|said| said.stated),
                reason: said.map_or_else(String::new, |said| said.reason.clone()),
                told: told.lots.iter().map(|number| count(*number)).collect(),
                plain: told.plain,
                words: told.words,
                places: told.evidence.iter().map(place).collect(),
            });
        }
        let of_pliego = state.pliego.as_ref().map_or(&[][..], |pliego| pliego.lots.as_slice());
        let mut waiting = Vec::new();
        if waits_for_lots(said.is_some(), state.pliego.as_ref()) {
            waiting.push(message("lots.waiting.lots", &[("numero", &of_pliego.len().to_string())]));
        }
        waiting.extend(packages.iter().filter(|package| package.lots.is_empty()).map(|package| {
            message(
                "lots.waiting.bid",
                &[("numero", &package.number.to_string()), ("oferente", &package.name)],
            )
        }));
        if several {
            let without = state.lots.iter().filter(|lot| lot.budget.is_none());
            waiting.extend(without.map(|lot| message("lots.waiting.budget", &[("lote", &lot.name)])));
        }
        Ok(LotsView {
            stated: said.is_some(),
            source: said.map_or_else(String::new, |said| said.source),
            lots,
            pliego: of_pliego.iter().map(row).collect(),
            packages,
            waiting,
        })
    }
}

/// Says after an import which bids wait for a person to say which lot they are for, and which were put into one by what they say.
pub(crate) async fn waiting_remarks(open: &OpenCase) -> Result<Vec<ImportRemark>, CaseworkError> {
    let state = open.case.state().await?;
    let (said, placed) = stated(&open.case).await?;
    let mut remarks = Vec::new();
    let mut remark = |severity, code: &str, file: &str, values: &[(&str, &str)]| {
        let finding = Finding {
            code: code.into(),
            severity,
            page: None,
            message: message(code, values),
            remedy: message("lots.remedy", &[]),
        };
        remarks.push(ImportRemark { file: file.to_owned(), finding: FindingView::from(&finding) });
    };
    if waits_for_lots(said.is_some(), state.pliego.as_ref()) {
        let number = state.pliego.as_ref().map_or(0, |pliego| pliego.lots.len()).to_string();
        remark(Severity::Warning, "lots.waiting.lots", "", &[("numero", &number)]);
    }
    for (number, bid) in (1_u32..).zip(open.case.bids().await?) {
        let name = bid.bidder.name.clone();
        if !bid.is_placed() {
            let number = number.to_string();
            remark(Severity::Warning, "lots.waiting.bid", &name, &[("numero", &number), ("oferente", &name)]);
        } else if let Some(said) = placed.iter().find(|said| said.package == bid.id && !said.stated) {
            let lots: Vec<String> =
                said.bids.iter().filter_map(|placed| label(&state.lots, placed.lot)).collect();
            remark(
                Severity::Info,
                "lots.placed",
                &name,
                &[("lotes", &lots.join("; ")), ("motivo", &said.reason)],
            );
        }
    }
    Ok(remarks)
}

fn row(lot: &PliegoLot) -> PliegoLotRow {
    PliegoLotRow {
        name: lot.name.clone(),
        budget: lot.budget.map(|budget| budget.to_string()),
        cpc: lot.cpc.clone(),
        items: lot.items.clone(),
        source: labels::source(&lot.source),
        page: match &lot.source {
            RequirementSource::Page { page, .. } => Some(*page),
            _ => None,
        },
    }
}
