//! Red flags: what an evaluator should look at. A flag is an *indicio*; it never changes a verdict, and nothing reads it to make one.
//!
//! One file for each flag, under its code: `src/P-01.rs`, explained in `docs/flags/P-01.md`. To add one: write the file with its
//! tests, its page and its sentences `flags.P-01…`, and name it in [`OF_PAPERS`] or [`OF_COURSE`]. What every entry of
//! the catalogue of indicios needs, and which are built, stands in `docs/flags/README.md`; from where on a flag speaks in `parameters.rs`.

mod appearance;
#[path = "C-02.rs"]
mod c_02;
#[cfg(test)]
mod cost;
mod course;
#[path = "D-01.rs"]
mod d_01;
#[path = "D-02.rs"]
mod d_02;
#[path = "D-03.rs"]
mod d_03;
#[path = "D-04.rs"]
mod d_04;
#[path = "D-05.rs"]
mod d_05;
#[path = "D-06.rs"]
mod d_06;
#[path = "D-07.rs"]
mod d_07;
#[path = "D-08.rs"]
mod d_08;
#[path = "E-01.rs"]
mod e_01;
#[path = "E-02.rs"]
mod e_02;
#[path = "E-03.rs"]
mod e_03;
#[path = "E-06.rs"]
mod e_06;
pub mod entities;
mod input;
mod lot;
#[path = "M-01.rs"]
mod m_01;
pub mod memory;
mod offers;
#[path = "P-01.rs"]
mod p_01;
#[path = "P-02.rs"]
mod p_02;
#[path = "P-03.rs"]
mod p_03;
#[path = "P-04.rs"]
mod p_04;
#[path = "P-05.rs"]
mod p_05;
#[path = "P-06.rs"]
mod p_06;
mod pages;
mod parameters;
mod persons;
mod provenance;
mod reading;
#[cfg(test)]
mod sample;
mod spread;
#[path = "V-01.rs"]
mod v_01;
#[path = "V-02.rs"]
mod v_02;
#[path = "V-03.rs"]
mod v_03;
#[path = "V-04.rs"]
mod v_04;
#[path = "V-05.rs"]
mod v_05;
#[path = "V-06.rs"]
mod v_06;
#[path = "V-08.rs"]
mod v_08;
#[path = "V-09.rs"]
mod v_09;
#[path = "V-10.rs"]
mod v_10;

pub use appearance::{PageAppearance, PageText, is_own_text, sequences};
pub use input::{BidPapers, Course, DescribedFile, Flag, LotTerms, Ruling, SignedFile};
pub use pages::{Section, page};
pub use parameters::{PARAMETERS, Parameter};

/// A detector of a flag that papers show.
type Detector = fn(&lot::Lot<'_>) -> Vec<Flag>;

/// A detector of a flag that the course of the evaluation shows.
type CourseDetector = fn(&course::Evaluated<'_>) -> Vec<Flag>;

/// Every flag that papers show: its code and its detector.
const OF_PAPERS: &[(&str, Detector)] = &[
    (c_02::CODE, c_02::detect),
    (d_01::CODE, d_01::detect),
    (d_02::CODE, d_02::detect),
    (d_03::CODE, d_03::detect),
    (d_04::CODE, d_04::detect),
    (d_05::CODE, d_05::detect),
    (d_06::CODE, d_06::detect),
    (d_07::CODE, d_07::detect),
    (d_08::CODE, d_08::detect),
    (p_01::CODE, p_01::detect),
    (p_02::CODE, p_02::detect),
    (p_03::CODE, p_03::detect),
    (p_04::CODE, p_04::detect),
    (p_05::CODE, p_05::detect),
    (p_06::CODE, p_06::detect),
    (v_01::CODE, v_01::detect),
    (v_02::CODE, v_02::detect),
    (v_03::CODE, v_03::detect),
    (v_04::CODE, v_04::detect),
    (v_05::CODE, v_05::detect),
    (v_06::CODE, v_06::detect),
    (v_08::CODE, v_08::detect),
    (v_09::CODE, v_09::detect),
    (v_10::CODE, v_10::detect),
];

/// Every flag that the course of the evaluation shows: its code and its detector.
const OF_COURSE: &[(&str, CourseDetector)] = &[
    (e_01::CODE, e_01::detect),
    (e_02::CODE, e_02::detect),
    (e_03::CODE, e_03::detect),
    (e_06::CODE, e_06::detect),
];

/// Lists the code of every flag.
pub fn codes() -> impl Iterator<Item = &'static str> {
    let found = OF_PAPERS.iter().map(|(code, _)| *code).chain(OF_COURSE.iter().map(|(code, _)| *code));
    found.chain([m_01::CODE])
}

/// Looks for papers of the bids that other cases of the same entity hold with other data.
#[must_use]
pub fn detect_in_memory(own: &[memory::OwnPaper], remembered: &[memory::Remembered]) -> Vec<Flag> {
    m_01::detect(own, remembered)
}

/// Leaves of a page only what a flag may look at, given the bidders of its lot; the flags are the same as with the whole page.
#[must_use]
pub fn only_telling(
    page: cotejo_domain::PageReading,
    bidders: &[&cotejo_domain::Bidder],
) -> cotejo_domain::PageReading {
    d_08::only_telling(page, bidders)
}

/// Looks for every flag that papers show among the bids of one lot of which nothing else is known.
#[must_use]
pub fn detect(bids: &[BidPapers<'_>]) -> Vec<Flag> {
    detect_in_lot(bids, LotTerms::default())
}

/// Looks for every flag that papers show among the bids of one lot. The result does not depend on the order of the bids.
#[must_use]
pub fn detect_in_lot(bids: &[BidPapers<'_>], terms: LotTerms<'_>) -> Vec<Flag> {
    let lot = lot::Lot::new(bids, terms);
    OF_PAPERS.iter().flat_map(|(_, detector)| detector(&lot)).collect()
}

/// Looks for every flag that the course of the evaluation shows. Like the others they change nothing of it: they are there to be answered.
#[must_use]
pub fn detect_in_course(bids: &[BidPapers<'_>], terms: LotTerms<'_>, course: Course<'_>) -> Vec<Flag> {
    let evaluated = course::Evaluated { lot: lot::Lot::new(bids, terms), course };
    OF_COURSE.iter().flat_map(|(_, detector)| detector(&evaluated)).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_flag_has_its_page_and_its_sentences() {
        for code in super::codes() {
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
