//! Pages that stand in two bids: the same letter for letter, or nearly. An observation for a person, never a verdict.

use super::Desk;
use super::judgement::{JudgedBid, Judgement};
use super::pages;
use crate::CaseworkError;
use crate::alike::{self, Seen};
use crate::analysis::PageNote;
use crate::view::{CopiesView, CopyPlace, CopyRun};
use cotejo_domain::{FileHash, Likeness, PageLook, PageRemedy, PageStatus};
use std::collections::{BTreeMap, BTreeSet};

/// Most runs that are listed.
const MOST_RUNS: usize = 300;

/// One page among those that are compared.
#[derive(Clone, Copy)]
struct Sheet<'j> {
    bid: usize,
    judged: &'j JudgedBid,
    file: FileHash,
    path: &'j str,
    note: &'j PageNote,
    look: &'j PageLook,
}

impl Desk {
    /// Lists the pages that look like a page of another bid, runs of pages together. Forms that most bidders share are only counted.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn copies(&self, case: &str) -> Result<CopiesView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let remedies = open.case.all_page_remedies().await?;
        super::import::blocking(move || copies(&judgement, &remedies)).await
    }
}

fn sheets(judgement: &Judgement) -> (Vec<Sheet<'_>>, u32) {
    let mut not_compared = 0;
    let mut sheets = Vec::new();
    for (bid, judged) in judgement.bids.iter().enumerate() {
        for file in &judged.files {
            for note in file.pages.iter().filter(|note| !note.reading_view) {
                let compared = matches!(note.status, PageStatus::Text | PageStatus::Ocr);
                match &note.look {
                    Some(look) if compared => {
                        sheets.push(Sheet { bid, judged, file: file.hash, path: &file.path, note, look });
                    }
                    None if compared => not_compared += 1,
                    _ => {}
                }
            }
        }
    }
    (sheets, not_compared)
}

fn copies(judgement: &Judgement, remedies: &[PageRemedy]) -> CopiesView {
    let (sheets, not_compared) = sheets(judgement);
    let pairs = pairs(&sheets);
    // A page that most bidders hand in is the entity's own form.
    let shared = (judgement.bids.len() / 2).max(2);
    let mut with: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (a, b, _) in &pairs {
        with.entry(*a).or_default().insert(sheets[*b].bid);
        with.entry(*b).or_default().insert(sheets[*a].bid);
    }
    let common: BTreeSet<usize> =
        with.iter().filter(|(_, bids)| bids.len() >= shared).map(|(sheet, _)| *sheet).collect();
    let mut listed: Vec<_> =
        pairs.into_iter().filter(|(a, b, _)| !common.contains(a) && !common.contains(b)).collect();
    let place = |sheet: &Sheet<'_>| (sheet.bid, sheet.path.to_owned(), sheet.note.number);
    listed.sort_by_key(|(a, b, _)| {
        let (a, b) = (&sheets[*a], &sheets[*b]);
        (a.bid, b.bid, place(a).1, place(b).1, a.note.number, b.note.number)
    });
    let mut runs: Vec<(bool, Vec<(usize, usize)>)> = Vec::new();
    for (a, b, likeness) in listed {
        let exact = likeness == Likeness::Exact;
        let follows = |(of, pairs): &(bool, Vec<(usize, usize)>)| {
            *of == exact
                && pairs.last().is_some_and(|(c, d)| {
                    follows(&sheets[*c], &sheets[a]) && follows(&sheets[*d], &sheets[b])
                })
        };
        match runs.iter_mut().rev().take(8).find(|run| follows(run)) {
            Some((_, pairs)) => pairs.push((a, b)),
            None => runs.push((exact, vec![(a, b)])),
        }
    }
    runs.sort_by_key(|(exact, pairs)| (std::cmp::Reverse(pairs.len()), !*exact));
    runs.truncate(MOST_RUNS);
    let view = |sheet: &Sheet<'_>| CopyPlace {
        bid: sheet.judged.bid.id.to_string(),
        number: sheet.judged.number,
        name: sheet.judged.bid.bidder.name.clone(),
        file: sheet.file.to_string(),
        path: sheet.path.to_owned(),
        page: sheet.note.number,
        status: sheet.note.status.into(),
        turn: turn(remedies, sheet.file, sheet.note.number),
    };
    CopiesView {
        runs: runs
            .into_iter()
            .map(|(exact, pairs)| CopyRun {
                exact,
                pairs: pairs.iter().map(|(a, b)| (view(&sheets[*a]), view(&sheets[*b]))).collect(),
            })
            .collect(),
        common: u32::try_from(common.len()).unwrap_or(u32::MAX),
        not_compared,
        shared: super::entities::shared(judgement),
    }
}

fn turn(remedies: &[PageRemedy], file: FileHash, page: u32) -> u32 {
    let of_file: Vec<PageRemedy> = remedies.iter().filter(|remedy| remedy.file == file).cloned().collect();
    pages::turn_of(&of_file, page).unwrap_or(0).into()
}

fn follows(before: &Sheet<'_>, after: &Sheet<'_>) -> bool {
    before.bid == after.bid && before.path == after.path && before.note.number + 1 == after.note.number
}

/// Pairs of pages of different bids that look alike.
fn pairs(sheets: &[Sheet<'_>]) -> Vec<(usize, usize, Likeness)> {
    let mut found = Vec::new();
    let mut seen = Seen::default();
    for (index, sheet) in sheets.iter().enumerate() {
        if alike::compared(sheet.note).is_none() {
            continue;
        }
        let others =
            seen.alike(sheet.look).filter(|(other, _): &(&usize, _)| sheets[**other].bid != sheet.bid);
        found.extend(others.map(|(other, likeness)| (*other, index, likeness)));
        seen.put(index, sheet.look);
    }
    found
}
