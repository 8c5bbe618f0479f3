//! Recognition of files of any length: a stretch of pages at a time, so that memory does not grow with the file.
//!
//! A stretch ends where a document does. Its last document may go on in the pages that follow: it is left to the next stretch, which begins
//! with its first page. Only a document longer than [`LONGEST`] is cut where the stretch ends.

use crate::documents::foliation;
use crate::recognise::{Input, Recognised};
use crate::{Recogniser, documents};
use cotejo_domain::{Document, FileHash, PageReading, Word};

/// Pages of a stretch. Files of no more than so many are recognised in one.
const STRETCH: usize = 160;
/// Pages of the longest document that is kept in one piece.
const LONGEST: usize = 480;

/// Tells what file the pages are of.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// SHA-256 of the file.
    pub file: FileHash,
    /// Path within the package.
    pub file_name: &'a str,
    /// Code of the process, as context for ambiguous codes.
    pub process_code: Option<&'a str>,
    /// What is known beside the pages.
    pub beside: crate::Beside<'a>,
}

impl Recogniser {
    /// Recognises a file whose pages `next` gives a few at a time, none at the end; each stretch is handed to `sink`. The parts say the same
    /// as [`Recogniser::recognise`] says of all pages at once, but for documents longer than some hundred pages.
    pub fn recognise_long(
        &self,
        about: &About<'_>,
        next: &mut dyn FnMut() -> Vec<PageReading>,
        sink: &mut dyn FnMut(Recognised),
    ) {
        let mut held: Vec<PageReading> = Vec::new();
        let mut corners: Vec<PageReading> = Vec::new();
        let mut wanted = STRETCH;
        let mut told = false;
        loop {
            let more = next();
            let ended = more.is_empty();
            corners.extend(more.iter().map(with_corners_only));
            held.extend(more);
            // Flowing text is counted from its beginning: it stays in one piece, and is bounded by the limits of reading.
            let flowing = held.first().is_some_and(|page| page.reading_view);
            if !ended && (held.len() < wanted || flowing) {
                continue;
            }
            let mut recognised = self.recognise_stretch(&Input {
                file: about.file,
                file_name: about.file_name,
                pages: &held,
                process_code: about.process_code,
                beside: about.beside,
            });
            if !ended && held.len() < LONGEST {
                let Some(keep_from) = last_document_begins(&recognised, &held) else {
                    // One document so far: it gets more room.
                    wanted = LONGEST;
                    continue;
                };
                leave_to_next(&mut recognised, keep_from);
                held.retain(|page| page.number >= keep_from);
            } else {
                held.clear();
            }
            wanted = (held.len() + STRETCH).min(LONGEST);
            if ended {
                let (leaves, findings) = foliation::told(&corners);
                recognised.leaves = leaves;
                recognised.findings.extend(findings);
            }
            let nothing = recognised.pages.is_empty() && recognised.findings.is_empty();
            if !ended || !told || !nothing || !recognised.leaves.is_empty() {
                told = true;
                sink(recognised);
            }
            if ended {
                return;
            }
        }
    }
}

// The first page of the last document that others stand before. Its first page may carry the end of the one before, a stamp at its head as a
// rule: it serves when the new document is what the page is, and the one before is something else.
fn last_document_begins(recognised: &Recognised, held: &[PageReading]) -> Option<u32> {
    let first_page = held.first()?.number;
    let begins = |document: &Document| document.pages.first().copied().filter(|page| *page > first_page);
    let is_clean = |document: &Document, page: u32| {
        let kind =
            recognised.pages.iter().find(|known| known.number == page).map(|known| known.kind.as_str());
        let sharing = recognised.documents.iter().filter(|other| {
            other.id != document.id
                && other.pages.contains(&page)
                && other.pages.first().is_some_and(|first| *first < page)
        });
        let mut sharing = sharing.peekable();
        sharing.peek().is_none()
            || kind == Some(document.kind.0.as_str()) && sharing.all(|other| other.kind != document.kind)
    };
    recognised
        .documents
        .iter()
        .filter_map(|document| begins(document).filter(|page| is_clean(document, *page)))
        .max()
}

// Takes out of a stretch what the next one will say: everything from a page on.
fn leave_to_next(recognised: &mut Recognised, from: u32) {
    recognised.pages.retain(|page| page.number < from);
    recognised.documents.retain(|document| document.pages.first().is_none_or(|first| *first < from));
    let kept: std::collections::BTreeSet<_> =
        recognised.documents.iter().map(|document| document.id).collect();
    recognised.signatures.retain(|(page, _)| *page < from);
    recognised.examples.retain(|used| used.page < from);
    recognised.field_uses.retain(|used| used.page < from);
    recognised.extents.retain(|extent| kept.contains(&extent.document));
    recognised.print_differences.retain(|difference| difference.page < from);
    recognised.templates.retain(|compared| kept.contains(&compared.document));
    recognised.facts.retain(|fact| fact.document.is_none_or(|document| kept.contains(&document)));
    recognised.tables.retain(|table| table.page < from);
    recognised.findings.retain(|finding| finding.page.is_none_or(|page| page < from));
}

// What the leaf numbers are read from, and nothing else of a page.
fn with_corners_only(page: &PageReading) -> PageReading {
    let band = documents::foliation::BAND * page.height.max(1.0);
    let telling = |word: &&Word| {
        let [_, top, _, bottom] = word.quad.bounds();
        let middle = f64::midpoint(top, bottom);
        let outside = middle <= band || middle >= page.height - band;
        outside && word.text.len() <= 16 && word.text.bytes().any(|byte| byte.is_ascii_digit())
    };
    PageReading {
        words: page.words.iter().filter(telling).cloned().collect(),
        number: page.number,
        status: page.status,
        width: page.width,
        height: page.height,
        rotation: page.rotation,
        reading_view: page.reading_view,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;

    const ABOUT: About<'_> = About {
        file: FileHash([7; 32]),
        file_name: "oferta.pdf",
        process_code: None,
        beside: crate::Beside {
            templates: &[],
            codes: &[],
            examples: &[],
            field_examples: &[],
            signatures: None,
        },
    };

    // Documents of a few pages each, with a leaf number on every page.
    fn bid(pages: u32, each: u32) -> Vec<PageReading> {
        (1..=pages)
            .map(|number| {
                let leaf = number.to_string();
                let ruc = format!("17900{:05}001", number / each);
                let mut words = Vec::new();
                if (number - 1).is_multiple_of(each) {
                    let heads = ["1.2 DATOS GENERALES DEL OFERENTE", "1.4 SITUACIÓN FINANCIERA"];
                    words.push((60.0, 60.0, heads[(number / each) as usize % 2]));
                    words.push((60.0, 116.0, "R.U.C."));
                    words.push((260.0, 116.0, ruc.as_str()));
                } else {
                    words.push((60.0, 300.0, "sigue el texto del documento anterior sin otro título"));
                }
                words.push((540.0, 810.0, leaf.as_str()));
                page(number, &words)
            })
            .collect()
    }

    fn long(pages: &[PageReading]) -> (Vec<Recognised>, usize) {
        let (mut given, mut most, mut parts) = (0, 0, Vec::new());
        let mut next = || {
            let some: Vec<PageReading> = pages.iter().skip(given).take(16).cloned().collect();
            given += some.len();
            most = most.max(some.len());
            some
        };
        Recogniser::new(None).recognise_long(&ABOUT, &mut next, &mut |part| parts.push(part));
        (parts, most)
    }

    #[test]
    fn stretches_say_what_the_whole_says() {
        let pages = bid(700, 7);
        let input = Input {
            file: ABOUT.file,
            file_name: ABOUT.file_name,
            pages: &pages,
            process_code: None,
            beside: crate::Beside::default(),
        };
        let whole = Recogniser::new(None).recognise(&input);
        let (parts, _) = long(&pages);
        assert!(parts.len() > 3, "{}", parts.len());
        let together = |of: fn(&Recognised) -> Vec<String>| parts.iter().flat_map(of).collect::<Vec<_>>();
        let pages_of: fn(&Recognised) -> Vec<String> =
            |part| part.pages.iter().map(|page| format!("{} {}", page.number, page.kind)).collect();
        let documents: fn(&Recognised) -> Vec<String> =
            |part| part.documents.iter().map(|one| format!("{} {:?}", one.kind, one.pages)).collect();
        let facts: fn(&Recognised) -> Vec<String> =
            |part| part.facts.iter().map(|fact| format!("{} {}", fact.field, fact.raw)).collect();
        let codes: fn(&Recognised) -> Vec<String> =
            |part| part.findings.iter().map(|finding| finding.code.clone()).collect();
        assert!(whole.documents.len() >= 90, "{}", whole.documents.len());
        assert_eq!(together(pages_of), pages_of(&whole));
        assert_eq!(together(documents), documents(&whole));
        assert_eq!(together(facts), facts(&whole));
        assert_eq!(together(codes), codes(&whole));
        let ids: std::collections::BTreeSet<_> =
            parts.iter().flat_map(|part| part.documents.iter().map(|document| document.id)).collect();
        assert_eq!(ids.len(), whole.documents.len(), "each document has an identifier of its own");
    }

    #[test]
    fn a_short_file_is_one_part_and_the_same() {
        let pages = bid(20, 7);
        let input = Input {
            file: ABOUT.file,
            file_name: ABOUT.file_name,
            pages: &pages,
            process_code: None,
            beside: crate::Beside::default(),
        };
        assert_eq!(long(&pages).0, [Recogniser::new(None).recognise(&input)]);
        assert_eq!(long(&[]).0.len(), 1, "a file without pages is recognised too");
    }

    #[test]
    fn a_document_without_end_is_cut_and_every_page_is_told_once() {
        let pages = bid(1_200, 5_000);
        let numbers: Vec<u32> =
            long(&pages).0.iter().flat_map(|part| part.pages.iter().map(|page| page.number)).collect();
        assert_eq!(numbers, (1..=1_200).collect::<Vec<_>>());
    }

    #[test]
    fn a_break_of_the_leaf_numbers_between_two_stretches_is_reported() {
        let mut pages = bid(400, 7);
        for page in pages.iter_mut().filter(|page| page.number > 160) {
            for word in page.words.iter_mut().filter(|word| word.quad.bounds()[1] > 780.0) {
                word.text = (page.number + 9).to_string();
            }
        }
        let (parts, _) = long(&pages);
        let breaks: Vec<_> = parts
            .iter()
            .flat_map(|part| &part.findings)
            .filter(|finding| finding.code == "recognition.foliation_break")
            .map(|finding| finding.page)
            .collect();
        assert_eq!(breaks, [Some(161)]);
    }
}
