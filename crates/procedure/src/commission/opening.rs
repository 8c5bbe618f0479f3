//! Evidence is opened before it is held against a bid. A *no cumple* or *a convalidar* of somebody who never looked at what it cites is
//! refused; what was opened, by whom and when stays in the log.

use cotejo_domain::course::{EvidenceOpening, OpenedPiece, OpeningWay};
use cotejo_domain::{ActorId, Evidence, FileHash, Location, Verdict};
use serde::Serialize;
use std::collections::BTreeSet;

/// Tells whether a verdict is held against the bid and so needs its evidence opened.
#[must_use]
pub fn needs_opening(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::NoCumple | Verdict::AConvalidar)
}

/// Names a piece of evidence by file and place: all quads of a page are one piece.
#[must_use]
pub fn piece(evidence: &Evidence) -> String {
    match &evidence.location {
        Location::Page { page, .. } => page_piece(evidence.file, *page),
        other => {
            let place = serde_json::to_vec(other).unwrap_or_default();
            let place: String = FileHash::of(&place).to_string().chars().take(16).collect();
            format!("{}:{place}", evidence.file)
        }
    }
}

/// Names a page as evidence.
#[must_use]
pub fn page_piece(file: FileHash, page: u32) -> String {
    format!("{file}:p{page}")
}

/// Counts what of the evidence of a cell a person opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Pieces, each once.
    pub pieces: usize,
    /// Of them opened by this person.
    pub opened: usize,
    /// Of them only stated to have been looked at.
    pub stated: usize,
}

impl Opened {
    /// Tells whether a verdict against the bid may be recorded: what is cited was opened, one piece at least. Where nothing is cited, as with
    /// what is absent, there is nothing to open.
    #[must_use]
    pub fn suffices(&self) -> bool {
        self.pieces == 0 || self.opened > 0
    }
}

/// Counts what of `evidence` a person opened on a cell.
#[must_use]
pub fn opened(evidence: &[Evidence], openings: &[EvidenceOpening], by: ActorId) -> Opened {
    let pieces: BTreeSet<String> = evidence.iter().map(piece).collect();
    let own: Vec<&OpenedPiece> =
        openings.iter().filter(|one| one.author == by).flat_map(|one| &one.pieces).collect();
    let of = |piece: &String, way: Option<OpeningWay>| {
        own.iter().any(|known| known.piece == *piece && way.is_none_or(|way| known.way == way))
    };
    Opened {
        pieces: pieces.len(),
        opened: pieces.iter().filter(|piece| of(piece, None)).count(),
        stated: pieces
            .iter()
            .filter(|piece| of(piece, Some(OpeningWay::Stated)) && !of(piece, Some(OpeningWay::Shown)))
            .count(),
    }
}

/// Adds pieces to what was opened before, each once; returns `None` when nothing is new. A page that was shown stays shown.
#[must_use]
pub fn add(
    before: &[OpenedPiece],
    pieces: impl IntoIterator<Item = String>,
    way: OpeningWay,
    at: jiff::Timestamp,
) -> Option<Vec<OpenedPiece>> {
    let mut all = before.to_vec();
    let mut new = false;
    for piece in pieces {
        match all.iter_mut().find(|known| known.piece == piece) {
            Some(known) if known.way == OpeningWay::Stated && way == OpeningWay::Shown => {
                known.way = OpeningWay::Shown;
                new = true;
            }
            Some(_) => {}
            None => {
                all.push(OpenedPiece { piece, way, at });
                new = true;
            }
        }
    }
    new.then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{BidId, Confidence, Quad, RequirementId};
    use uuid::Uuid;

    pub(crate) fn on_page(page: u32, left: f64) -> Evidence {
        Evidence {
            file: FileHash::of(b"oferta"),
            file_name: "oferta.pdf".into(),
            location: Location::Page { page, quads: vec![Quad::upright(left, 1.0, left + 9.0, 2.0)] },
            quote: "12,00".into(),
            extractor: "prueba@1".into(),
            confidence: Confidence::CERTAIN,
        }
    }

    fn actor(number: u128) -> ActorId {
        ActorId(Uuid::from_u128(number))
    }

    fn opening(by: u128, pieces: Vec<OpenedPiece>) -> EvidenceOpening {
        EvidenceOpening {
            requirement: RequirementId("MIN-1".into()),
            bid: BidId(Uuid::from_u128(1)),
            pieces,
            author: actor(by),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn shown(pages: &[u32]) -> Vec<OpenedPiece> {
        let pieces = pages.iter().map(|page| page_piece(FileHash::of(b"oferta"), *page));
        add(&[], pieces, OpeningWay::Shown, jiff::Timestamp::UNIX_EPOCH).unwrap_or_default()
    }

    #[test]
    fn two_places_of_a_page_are_one_piece_and_one_opening() {
        let evidence = [on_page(3, 1.0), on_page(3, 40.0), on_page(4, 1.0)];
        let found = opened(&evidence, &[opening(1, shown(&[3, 9]))], actor(1));
        assert_eq!((found.pieces, found.opened), (2, 1), "page 9 is no evidence of this cell");
        assert!(found.suffices());
    }

    #[test]
    fn attack_a_no_cumple_of_somebody_who_never_opened_the_page() {
        let evidence = [on_page(3, 1.0)];
        assert!(!opened(&evidence, &[], actor(1)).suffices());
        let of_another = [opening(2, shown(&[3]))];
        assert!(!opened(&evidence, &of_another, actor(1)).suffices(), "each looks with own eyes");
        let another_page = [opening(1, shown(&[4]))];
        assert!(!opened(&evidence, &another_page, actor(1)).suffices());
        assert!(needs_opening(Verdict::NoCumple) && needs_opening(Verdict::AConvalidar));
        assert!(!needs_opening(Verdict::Cumple) && !needs_opening(Verdict::NoAplica));
    }

    #[test]
    fn what_is_absent_has_nothing_to_open() {
        assert!(opened(&[], &[], actor(1)).suffices());
    }

    #[test]
    fn a_statement_becomes_a_showing_and_never_the_other_way() {
        let at = jiff::Timestamp::UNIX_EPOCH;
        let piece = || [page_piece(FileHash::of(b"oferta"), 3)];
        let stated = add(&[], piece(), OpeningWay::Stated, at).expect("new");
        assert_eq!(opened(&[on_page(3, 1.0)], &[opening(1, stated.clone())], actor(1)).stated, 1);
        let seen = add(&stated, piece(), OpeningWay::Shown, at).expect("shown now");
        assert_eq!(seen.len(), 1);
        assert!(add(&seen, piece(), OpeningWay::Stated, at).is_none(), "nothing is new");
    }
}
