//! Red flags: what an evaluator should look at. A flag is an *indicio*; it never changes a verdict, and nothing reads it to make one.
//!
//! One file for each flag, under its code: `src/P-01.rs`, explained in `docs/flags/P-01.md`. To add one: write the file with its
//! tests, its page and its sentences `flags.P-01…`, and name it in [`FLAGS`].

#[path = "D-05.rs"]
mod d_05;
#[path = "D-06.rs"]
mod d_06;
#[path = "D-07.rs"]
mod d_07;
#[path = "D-08.rs"]
mod d_08;
pub mod entities;
mod input;
#[path = "P-01.rs"]
mod p_01;
mod persons;
mod reading;
#[cfg(test)]
mod sample;
#[path = "V-01.rs"]
mod v_01;
#[path = "V-04.rs"]
mod v_04;
#[path = "V-05.rs"]
mod v_05;

pub use input::{BidPapers, Flag, SignedFile};

/// A flag's detector.
type Detector = fn(&[BidPapers<'_>]) -> Vec<Flag>;

/// Every flag: its code and its detector.
pub const FLAGS: &[(&str, Detector)] = &[
    (d_05::CODE, d_05::detect),
    (d_06::CODE, d_06::detect),
    (d_07::CODE, d_07::detect),
    (d_08::CODE, d_08::detect),
    (p_01::CODE, p_01::detect),
    (v_01::CODE, v_01::detect),
    (v_04::CODE, v_04::detect),
    (v_05::CODE, v_05::detect),
];

/// Leaves of a page only what a flag may look at, given the bidders of its lot; the flags are the same as with the whole page.
#[must_use]
pub fn only_telling(
    page: cotejo_domain::PageReading,
    bidders: &[&cotejo_domain::Bidder],
) -> cotejo_domain::PageReading {
    d_08::only_telling(page, bidders)
}

/// Looks for every flag among the bids of one lot. The result does not depend on the order of the bids.
#[must_use]
pub fn detect(bids: &[BidPapers<'_>]) -> Vec<Flag> {
    let mut ordered = bids.to_vec();
    ordered.sort_by_key(|papers| papers.bid);
    FLAGS.iter().flat_map(|(_, detector)| detector(&ordered)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_flag_has_its_page_and_its_sentences() {
        for (code, _) in super::FLAGS {
            let page = format!("{}/../../docs/flags/{code}.md", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&page).unwrap_or_else(|error| panic!("{page}: {error}"));
            assert!(text.starts_with(&format!("# {code}")), "{page} is about another flag");
            for key in ["nombre", "remedio"] {
                assert!(
                    cotejo_catalogue::exists(&format!("flags.{code}.{key}")),
                    "flags.{code}.{key} is missing"
                );
            }
        }
    }
}
