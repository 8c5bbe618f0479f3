//! The technical score of a consultoría against its least: one truth for ends of bids, stages and sealed envelopes.

use super::judgement::{self, Judgement};
use super::matrix::Decided;
use super::open_case::OpenCase;
use super::sealed::is_consultancy;
use crate::CaseworkError;
use crate::contract::PointsFile;
use cotejo_catalogue::message;
use cotejo_domain::{BidId, Code, PageReading, Reason, Requirement, RequirementId, RequirementSource};
use cotejo_procedure::curing::outcome::TechnicalScore;
use cotejo_rules::scoring::{Origin, WrittenMinimum, asks_the_minimum, written_minimum};
use cotejo_store::{Case, CaseState};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads the least technical score in the pliego's own texts: the requirements as they stand and the pages of the files of the process.
pub(crate) async fn written(
    case: &Case,
    state: &CaseState,
    requirements: &[Requirement],
) -> Result<Option<WrittenMinimum>, CaseworkError> {
    if !is_consultancy(state.process.procedure) {
        return Ok(None);
    }
    let mut texts: Vec<(String, RequirementSource)> =
        requirements.iter().map(|asked| (asked.text.clone(), asked.source.clone())).collect();
    for file in judgement::process_files(case).await? {
        for page in judgement::pages(case, file.hash).await? {
            let source = RequirementSource::Page {
                page: page.number,
                quads: Vec::new(),
                quote: String::new(),
                file: Some(file.hash),
            };
            texts.push((PageReading::text(&page), source));
        }
    }
    let origin = |source: &RequirementSource, sentence: &str| {
        let mut source = source.clone();
        if let RequirementSource::Page { quote, .. } = &mut source
            && quote.is_empty()
        {
            sentence.clone_into(quote);
        }
        Origin::Pliego { requirement: RequirementId("MINIMO-TECNICO".into()), source }
    };
    Ok(written_minimum(texts, origin))
}

/// Says how the technical score of each bid that meets the minimums stands against the least, from computed points; empty where the procedure
/// has no such score. A score that may still change has reached nothing and is below nothing.
pub(crate) fn standings(judgement: &Judgement, points: &PointsFile) -> BTreeMap<BidId, TechnicalScore> {
    let mut scores = BTreeMap::new();
    for line in points.consultancy.iter().flat_map(|both| &both.bids) {
        let Some(judged) = judgement.bids.iter().find(|bid| bid.number == line.number) else { continue };
        let total = points.motivated.totals.iter().find(|total| total.number == line.number);
        let determined = total.is_some_and(|total| total.exact.is_some() && !total.provisional);
        let open = || {
            let values = [("oferente", judged.bid.bidder.name.as_str())];
            let code = "casework.envelope.points_open";
            Reason { code: code.into(), text: message(code, &values) }
        };
        let score = match (line.outcome, &line.reason) {
            (_, Some(question)) if asks_the_minimum(question) => TechnicalScore::Open(question.clone()),
            ("below_minimum", Some(reason)) if determined => TechnicalScore::Below(reason.clone()),
            (_, Some(question)) if line.outcome == "ask" && !determined => {
                TechnicalScore::Open(question.clone())
            }
            _ if !determined => TechnicalScore::Open(open()),
            _ => TechnicalScore::Reached,
        };
        scores.insert(judged.bid.id, score);
    }
    scores
}

/// As [`standings`], of a case as it is decided and answered now.
///
/// # Errors
/// When the log cannot be read.
pub(crate) async fn of_case(
    open: &OpenCase,
    judgement: &Arc<Judgement>,
    decided: &Decided,
) -> Result<BTreeMap<BidId, TechnicalScore>, CaseworkError> {
    let mut scores = BTreeMap::new();
    if !is_consultancy(judgement.state.process.procedure) {
        return Ok(scores);
    }
    let answers = super::commission::recorded_answers(&open.case).await?;
    for lot in &judgement.state.lots {
        let of_lot = Judgement::of_lot(judgement, lot.id);
        match super::scoring::computed(&of_lot, decided, &answers) {
            Ok(points) => scores.extend(standings(&of_lot, &points)),
            // Without pliego or pack there are no points.
            Err(error) if error.code() == Code::Precondition => {}
            Err(error) => return Err(error),
        }
    }
    Ok(scores)
}
