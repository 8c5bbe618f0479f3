//! Pages that say the same, or nearly, as pages that were seen before: the one comparison behind a case and the command line.

use crate::analysis::PageNote;
use cotejo_domain::{Likeness, PageLook, PageStatus};
use std::collections::HashMap;

/// Pages with fewer words than this say too little to be compared: separators, covers, *página en blanco*.
const FEW_WORDS: u32 = 12;

/// Returns the look of a page that is compared with others: one of a real page that was read and says enough.
pub(crate) fn compared(note: &PageNote) -> Option<&PageLook> {
    let read = matches!(note.status, PageStatus::Text | PageStatus::Ocr);
    note.look.as_ref().filter(|_| read && !note.reading_view && note.words >= FEW_WORDS)
}

/// Holds the pages that were seen, each under a key of the caller's.
pub(crate) struct Seen<K> {
    by_digest: HashMap<String, Vec<usize>>,
    pages: Vec<(K, PageLook)>,
}

impl<K> Default for Seen<K> {
    fn default() -> Self {
        Self { by_digest: HashMap::new(), pages: Vec::new() }
    }
}

impl<K> Seen<K> {
    /// Notes a page, and nothing of it but what is compared.
    pub(crate) fn put(&mut self, key: K, look: &PageLook) {
        if let Some(exact) = &look.exact {
            self.by_digest.entry(exact.clone()).or_default().push(self.pages.len());
        }
        let look = PageLook {
            number: look.number,
            exact: look.exact.clone(),
            image_hash: look.image_hash,
            text_hash: look.text_hash,
            ..PageLook::default()
        };
        self.pages.push((key, look));
    }

    /// Returns the pages that a page is a copy of, in the order they were noted.
    pub(crate) fn alike<'s>(&'s self, look: &'s PageLook) -> impl Iterator<Item = (&'s K, Likeness)> {
        self.pages.iter().filter_map(move |(key, seen)| Some((key, look.likeness(seen)?)))
    }

    /// Returns the page that a page is a copy of among those that `within` admits: an exact one if there is one, the earliest in any case.
    pub(crate) fn best<'s>(
        &'s self,
        look: &'s PageLook,
        within: impl Fn(&K) -> bool,
    ) -> Option<(&'s K, Likeness)> {
        let same = look.exact.as_ref().and_then(|exact| self.by_digest.get(exact));
        let exact = same.into_iter().flatten().filter_map(|index| self.pages.get(*index));
        let mut exact = exact.map(|(key, _)| (key, Likeness::Exact));
        exact.find(|(key, _)| within(key)).or_else(|| self.alike(look).find(|(key, _)| within(key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(exact: &str, text: u64) -> PageLook {
        PageLook { exact: Some(exact.into()), text_hash: Some(text), ..PageLook::default() }
    }

    #[test]
    fn an_exact_copy_goes_before_an_earlier_page_that_only_resembles() {
        let mut seen = Seen::default();
        seen.put(1, &look("a", 0b11));
        seen.put(2, &look("b", 0));
        seen.put(3, &look("b", 0));
        let page = look("b", 0);
        assert_eq!(seen.best(&page, |_| true), Some((&2, Likeness::Exact)));
        assert_eq!(seen.best(&page, |key| *key < 2), Some((&1, Likeness::Near)));
        assert_eq!(seen.best(&look("z", u64::MAX), |_| true), None);
        let all: Vec<_> = seen.alike(&page).map(|(key, likeness)| (*key, likeness)).collect();
        assert_eq!(all, [(1, Likeness::Near), (2, Likeness::Exact), (3, Likeness::Exact)]);
    }
}
