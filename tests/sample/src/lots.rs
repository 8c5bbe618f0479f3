//! The sample with lots: a subasta inversa of goods in three lots. Who bids for which is told in four ways, as real packages do it.
//!
//! | bid | lots | told by |
//! |---|---|---|
//! | 1 | 1 | the name of its folder |
//! | 2 | 1 and 2 | folders `Lote 1` and `Lote 2` in its package, the annexes beside both; in lot 2 a form is missing, in lot 1 it is there |
//! | 3 | 1 | its forms, which write `LOTE 1: …` under the object |
//! | 4 | 1 | nothing: a person says it |
//!
//! Lot 2 has one bid, lot 3 none.

use crate::SampleError;
use crate::answer;
use crate::bidder::{Bidder, Fault, Profile, draw_bidder};
use crate::identity::Registry;
use crate::numbers::cents;
use crate::package::{Paper, bid_truth, papers};
use crate::scenario::{Line, Scenario};
use crate::seal::Notary;
use crate::truth::{AnswerTruth, BidTruth};

/// A lot of the sample.
#[derive(Clone, Debug)]
pub(crate) struct SampleLot {
    /// Name as the pliego writes it.
    pub(crate) name: String,
    /// Places of its lines.
    pub(crate) lines: Vec<usize>,
}

/// Parts the lines into three lots: the last two have one line each.
pub(crate) fn parted(lines: &[Line]) -> Vec<SampleLot> {
    let last = lines.len().saturating_sub(2).max(1);
    let groups = [(0..last).collect::<Vec<_>>(), vec![last], vec![last + 1]];
    groups
        .into_iter()
        .map(|group| group.into_iter().filter(|place| *place < lines.len()).collect::<Vec<_>>())
        .filter(|group| !group.is_empty())
        .map(|group| SampleLot {
            name: group.first().map_or_else(String::new, |place| lines[*place].description.to_uppercase()),
            lines: group,
        })
        .collect()
}

/// The process as it is of one lot.
fn of_lot(scenario: &Scenario, lot: usize) -> Scenario {
    let mut slice = scenario.clone();
    let Some(chosen) = scenario.lots.get(lot) else { return slice };
    slice.lines = chosen.lines.iter().map(|place| scenario.lines[*place].clone()).collect();
    slice.budget = cents(slice.lines.iter().map(|line| cents(line.quantity * line.reference)).sum());
    slice
}

/// The process with its lot written under the object, as a bidder copies it.
fn saying_so(scenario: &Scenario, slice: &Scenario, lot: usize) -> Scenario {
    let mut said = slice.clone();
    if let Some(chosen) = scenario.lots.get(lot) {
        said.object = format!("{}. LOTE {}: {}", scenario.object, lot + 1, chosen.name);
    }
    said
}

/// A bid of the sample, with its papers.
pub(crate) struct Made {
    pub(crate) papers: Vec<Paper>,
    pub(crate) truth: BidTruth,
}

/// What a bidder hands in, and what it answers later.
pub(crate) struct LotsSample {
    pub(crate) bids: Vec<Made>,
    pub(crate) answers: Vec<(Vec<Paper>, AnswerTruth)>,
}

fn under(folder: &str, papers: Vec<Paper>) -> Vec<Paper> {
    papers
        .into_iter()
        .map(|mut paper| {
            if !paper.truth.path.starts_with("Anexos") {
                paper.truth.path = format!("{folder}/{}", paper.truth.path);
            }
            paper
        })
        .collect()
}

/// Makes the bids; without a notary only what is true of them.
///
/// # Errors
/// Fails when a paper cannot be typeset or signed.
pub(crate) fn bids(
    scenario: &Scenario,
    registry: &mut Registry,
    notary: Option<&Notary>,
) -> Result<LotsSample, SampleError> {
    let (first, second) = (of_lot(scenario, 0), of_lot(scenario, 1));
    let mut made = Vec::new();
    let mut answers = Vec::new();
    for (number, profile) in
        [(1, Profile::Clean), (2, Profile::Clean), (3, Profile::Consortium), (4, Profile::Clean)]
    {
        let mut bidder = draw_bidder(&first, registry, number, profile);
        // Whatever is wrong in this sample is wrong in lot 2 alone.
        unharmed(&mut bidder, &first);
        if number == 2 {
            let mut again = draw_bidder(&second, registry, number, profile);
            unharmed(&mut again, &second);
            let other = Bidder {
                lines: again.lines,
                total: again.total,
                total_in_words: again.total_in_words,
                faulty_line: again.faulty_line,
                faults: vec![Fault::MissingForm("FUO_1_3")],
                profile: Profile::Cures,
                ..bidder.clone()
            };
            let own = under("Lote 1", papers(&first, &bidder, notary)?);
            let mut truth = bid_truth(&first, &bidder, &own);
            truth.lot = Some(1);
            made.push(Made { papers: own, truth });
            let own: Vec<Paper> = under("Lote 2", papers(&second, &other, notary)?)
                .into_iter()
                .filter(|paper| !paper.truth.path.starts_with("Anexos"))
                .collect();
            let mut truth = bid_truth(&second, &other, &own);
            truth.lot = Some(2);
            answers.extend(answer::answer(&second, &other, &truth, notary)?);
            made.push(Made { papers: own, truth });
            continue;
        }
        let slice = if number == 3 { saying_so(scenario, &first, 0) } else { first.clone() };
        let own = papers(&slice, &bidder, notary)?;
        let mut truth = bid_truth(&slice, &bidder, &own);
        truth.lot = Some(1);
        if number == 1 {
            truth.folder.push_str("_Lote_1");
        }
        made.push(Made { papers: own, truth });
    }
    Ok(LotsSample { bids: made, answers })
}

/// Takes every planted error away.
fn unharmed(bidder: &mut Bidder, scenario: &Scenario) {
    bidder.faults.clear();
    for (line, asked) in bidder.lines.iter_mut().zip(&scenario.lines) {
        line.total = cents(asked.quantity * line.price);
    }
    bidder.total = bidder.lines.iter().map(|line| line.total).sum();
    bidder.total_in_words = bidder.total;
    bidder.validity = scenario.validity;
    // One annex a file, in a folder: what is of both lots lies beside them.
    bidder.habits.packaging = 0;
}
