//! What a person may do to the cut of a file into documents: pure, so that it can be tried without a case.

use crate::analysis::FileAnalysis;
use crate::view::ArrangeOrder;
use cotejo_domain::{
    ArrangeAct, ArrangedDocument, Arrangement, Confidence, DocumentId, DocumentType, PagePart,
    document_type_entry,
};
use std::collections::BTreeSet;

/// One document as it stands, with its identifier.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    pub(crate) id: DocumentId,
    pub(crate) document: ArrangedDocument,
    /// True when the machine cut and typed it just so.
    pub(crate) of_machine: bool,
}

/// Lists the documents of a file as they stand: the person's where somebody arranged them, else the machine's.
pub(crate) fn listed(base: &FileAnalysis, arrangement: Option<&Arrangement>) -> Vec<Listed> {
    let machine = base.documents.iter().map(|document| {
        let extent = base.trace.extents.iter().find(|extent| extent.document == document.id);
        // What was recognised before extents were kept counts by whole pages.
        let whole = || document.pages.iter().copied().map(PagePart::whole).collect();
        Listed {
            id: document.id,
            of_machine: true,
            document: ArrangedDocument {
                kind: document.kind.clone(),
                typed: false,
                confidence: document.confidence,
                parts: extent.map_or_else(whole, |extent| extent.parts.clone()),
            },
        }
    });
    let machine: Vec<Listed> = machine.collect();
    let Some(arrangement) = arrangement.filter(|arrangement| !arrangement.documents.is_empty()) else {
        return machine;
    };
    let given = arrangement.documents.iter().map(|document| {
        let same = machine.iter().find(|listed| listed.document.reads_as(document));
        Listed {
            id: same.map_or_else(|| document.identifier(base.hash), |same| same.id),
            document: document.clone(),
            of_machine: same.is_some(),
        }
    });
    given.collect()
}

/// Why an order was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    NoSuchDocument,
    NoSuchPage,
    FirstPage,
    SameDocument,
    UnknownType,
    NothingChanges,
}

/// Carries out an order: the documents after it, and what it was. `page_kind` tells what the machine takes a page for.
pub(crate) fn carried_out(
    before: &[Listed],
    order: &ArrangeOrder,
    page_kind: &dyn Fn(u32) -> Option<(DocumentType, Confidence)>,
) -> Result<(Vec<ArrangedDocument>, ArrangeAct), Fault> {
    let mut after: Vec<ArrangedDocument> = before.iter().map(|listed| listed.document.clone()).collect();
    let find = |id: &String| {
        before.iter().position(|listed| listed.id.to_string() == *id).ok_or(Fault::NoSuchDocument)
    };
    let act = match order {
        ArrangeOrder::Split { document, page } => {
            let at = find(document)?;
            let whole = after.get_mut(at).ok_or(Fault::NoSuchDocument)?;
            let from = whole.parts.iter().position(|part| part.page == *page).ok_or(Fault::NoSuchPage)?;
            if from == 0 {
                return Err(Fault::FirstPage);
            }
            let parts = whole.parts.split_off(from);
            let mut rest = ArrangedDocument { parts, ..whole.clone() };
            // The machine had an opinion of that page before it was drowned in its document.
            if let Some((kind, confidence)) = page_kind(*page).filter(|(kind, _)| *kind != rest.kind) {
                rest = ArrangedDocument { kind, confidence, typed: false, ..rest };
            }
            after.insert(at + 1, rest);
            ArrangeAct::Split
        }
        ArrangeOrder::Merge { document, other } => {
            let (stays, goes) = (find(document)?, find(other)?);
            if stays == goes {
                return Err(Fault::SameDocument);
            }
            let gone = after.get(goes).cloned().ok_or(Fault::NoSuchDocument)?;
            let kept = after.get_mut(stays).ok_or(Fault::NoSuchDocument)?;
            kept.parts = if stays < goes {
                joined(&kept.parts, &gone.parts)
            } else {
                joined(&gone.parts, &kept.parts)
            };
            // One stands where the first of the two stood.
            let kept = after.remove(stays);
            after.remove(if goes > stays { goes - 1 } else { goes });
            after.insert(stays.min(goes), kept);
            ArrangeAct::Merged
        }
        ArrangeOrder::Name { document, kind } => {
            if document_type_entry(kind).is_none() {
                return Err(Fault::UnknownType);
            }
            let named = after.get_mut(find(document)?).ok_or(Fault::NoSuchDocument)?;
            named.kind = DocumentType(kind.clone());
            named.typed = true;
            named.confidence = Confidence::CERTAIN;
            ArrangeAct::Typed
        }
        ArrangeOrder::Move { document, to } => {
            let moved = after.remove(find(document)?);
            let to = usize::try_from(*to).unwrap_or(usize::MAX).min(after.len());
            after.insert(to, moved);
            ArrangeAct::Moved
        }
        ArrangeOrder::MovePage { document, page, to } => {
            let parts = &mut after.get_mut(find(document)?).ok_or(Fault::NoSuchDocument)?.parts;
            let from = parts.iter().position(|part| part.page == *page).ok_or(Fault::NoSuchPage)?;
            let moved = parts.remove(from);
            let to = usize::try_from(*to).unwrap_or(usize::MAX).min(parts.len());
            parts.insert(to, moved);
            ArrangeAct::PageMoved
        }
        ArrangeOrder::Withdraw => {
            after.clear();
            ArrangeAct::Withdrawn
        }
    };
    let same =
        after.len() == before.len() && after.iter().zip(before).all(|(one, listed)| *one == listed.document);
    if same { Err(Fault::NothingChanges) } else { Ok((after, act)) }
}

// Pages of two documents in one: one after the other, but in order of page where the second lies within the first, as a blank back does.
fn joined(first: &[PagePart], second: &[PagePart]) -> Vec<PagePart> {
    let mut parts: Vec<PagePart> = first.iter().chain(second).copied().collect();
    let ascending = |parts: &[PagePart]| parts.windows(2).all(|pair| pair[0].page <= pair[1].page);
    let ends =
        |parts: &[PagePart]| parts.first().map(|part| part.page).zip(parts.last().map(|part| part.page));
    let within =
        ends(first).zip(ends(second)).is_some_and(|((start, end), (from, to))| start < from && to < end);
    if within && ascending(first) && ascending(second) {
        parts.sort_by_key(|part| part.page);
    }
    // Strips of one page that meet are one strip, and at last the page.
    let mut merged: Vec<PagePart> = Vec::new();
    for part in parts {
        match merged.last_mut() {
            Some(last) if last.page == part.page && last.bottom.is_some() && last.bottom == part.top => {
                last.bottom = part.bottom;
            }
            _ => merged.push(part),
        }
    }
    merged
}

/// Lists the pages of documents that are not the same in both cuts: what is read of them may differ.
pub(crate) fn changed(before: &[ArrangedDocument], after: &[ArrangedDocument]) -> BTreeSet<u32> {
    let missing = |of: &[ArrangedDocument], among: &[ArrangedDocument]| {
        let pages: BTreeSet<u32> = of
            .iter()
            .filter(|document| !among.iter().any(|other| other.reads_as(document)))
            .flat_map(|document| document.parts.iter().map(|part| part.page))
            .collect();
        pages
    };
    missing(before, after).into_iter().chain(missing(after, before)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed_as(documents: &[(&str, &[u32])]) -> Vec<Listed> {
        let file = cotejo_domain::FileHash::of(b"x");
        documents
            .iter()
            .map(|(kind, pages)| {
                let document = ArrangedDocument {
                    kind: (*kind).into(),
                    typed: false,
                    confidence: Confidence::new(0.8),
                    parts: pages.iter().copied().map(PagePart::whole).collect(),
                };
                Listed { id: document.identifier(file), document, of_machine: true }
            })
            .collect()
    }

    fn shape(documents: &[ArrangedDocument]) -> Vec<(String, Vec<u32>)> {
        documents.iter().map(|document| (document.kind.0.clone(), document.pages())).collect()
    }

    fn owned(shape: &[(&str, &[u32])]) -> Vec<(String, Vec<u32>)> {
        shape.iter().map(|(kind, pages)| ((*kind).to_owned(), pages.to_vec())).collect()
    }

    fn nobody(_: u32) -> Option<(DocumentType, Confidence)> {
        None
    }

    #[test]
    fn a_split_takes_the_type_that_the_machine_gave_the_page() {
        let before = listed_as(&[("FUO_1_1", &[1, 2, 3]), ("OTRO", &[4])]);
        let order = ArrangeOrder::Split { document: before[0].id.to_string(), page: 2 };
        let kind = |page: u32| (page == 2).then(|| (DocumentType::from("RUC_SRI"), Confidence::new(0.5)));
        let (after, act) = carried_out(&before, &order, &kind).expect("splits");
        assert_eq!(shape(&after), owned(&[("FUO_1_1", &[1]), ("RUC_SRI", &[2, 3]), ("OTRO", &[4])]));
        assert_eq!((act, after[1].confidence), (ArrangeAct::Split, Confidence::new(0.5)));
        let (after, _) = carried_out(&before, &order, &nobody).expect("splits");
        assert_eq!(after[1].kind.0, "FUO_1_1", "without an opinion the type stays");
        let documents: Vec<_> = before.iter().map(|listed| listed.document.clone()).collect();
        assert_eq!(changed(&documents, &after), BTreeSet::from([1, 2, 3]), "the other document is as it was");
        for (page, fault) in [(1, Fault::FirstPage), (4, Fault::NoSuchPage)] {
            let order = ArrangeOrder::Split { document: before[0].id.to_string(), page };
            assert_eq!(carried_out(&before, &order, &nobody), Err(fault));
        }
    }

    #[test]
    fn a_merge_keeps_the_type_of_the_one_and_the_place_of_the_first() {
        let before = listed_as(&[("FUO_1_1", &[1]), ("OTRO", &[2]), ("RUC_SRI", &[3])]);
        let merge = |stays: usize, goes: usize| {
            let order = ArrangeOrder::Merge {
                document: before[stays].id.to_string(),
                other: before[goes].id.to_string(),
            };
            shape(&carried_out(&before, &order, &nobody).expect("merges").0)
        };
        assert_eq!(merge(0, 1), owned(&[("FUO_1_1", &[1, 2]), ("RUC_SRI", &[3])]));
        assert_eq!(merge(2, 1), owned(&[("FUO_1_1", &[1]), ("RUC_SRI", &[2, 3])]), "into the one after it");
        assert_eq!(merge(0, 2), owned(&[("FUO_1_1", &[1, 3]), ("OTRO", &[2])]), "past another one");
        let itself =
            ArrangeOrder::Merge { document: before[0].id.to_string(), other: before[0].id.to_string() };
        assert_eq!(carried_out(&before, &itself, &nobody), Err(Fault::SameDocument));
        let back = listed_as(&[("FORM_CONSORCIO", &[1, 3]), ("HOJA_EN_BLANCO", &[2])]);
        let order = ArrangeOrder::Merge { document: back[0].id.to_string(), other: back[1].id.to_string() };
        let (after, _) = carried_out(&back, &order, &nobody).expect("merges");
        assert_eq!(shape(&after), owned(&[("FORM_CONSORCIO", &[1, 2, 3])]), "a blank back lies within");
    }

    #[test]
    fn strips_that_meet_become_the_page() {
        let strip = |top: Option<f64>, bottom: Option<f64>| PagePart { page: 2, top, bottom };
        let first = [PagePart::whole(1), strip(None, Some(300.0))];
        let second = [strip(Some(300.0), None), PagePart::whole(3)];
        assert_eq!(joined(&first, &second), [PagePart::whole(1), PagePart::whole(2), PagePart::whole(3)]);
    }

    #[test]
    fn an_order_that_changes_nothing_is_no_act() {
        let before = listed_as(&[("FUO_1_1", &[1, 2]), ("OTRO", &[3])]);
        let id = before[0].id.to_string();
        let same = [
            ArrangeOrder::Move { document: id.clone(), to: 0 },
            ArrangeOrder::MovePage { document: id.clone(), page: 1, to: 0 },
        ];
        for order in same {
            assert_eq!(carried_out(&before, &order, &nobody), Err(Fault::NothingChanges), "{order:?}");
        }
        let named = ArrangeOrder::Name { document: id.clone(), kind: "FUO_1_1".into() };
        let (after, _) = carried_out(&before, &named, &nobody).expect("a person confirms the type");
        assert!(after[0].typed && changed(&[before[0].document.clone()], &after[..1]).is_empty());
        let unknown = ArrangeOrder::Name { document: id, kind: "INVENTADO".into() };
        assert_eq!(carried_out(&before, &unknown, &nobody), Err(Fault::UnknownType));
        let nobodys = ArrangeOrder::Move { document: "x".into(), to: 0 };
        assert_eq!(carried_out(&before, &nobodys, &nobody), Err(Fault::NoSuchDocument));
    }

    #[test]
    fn documents_and_pages_change_places() {
        let before = listed_as(&[("FUO_1_1", &[1, 2, 3]), ("OTRO", &[4]), ("RUC_SRI", &[5])]);
        let order = ArrangeOrder::Move { document: before[2].id.to_string(), to: 0 };
        let (after, _) = carried_out(&before, &order, &nobody).expect("moves");
        assert_eq!(shape(&after), owned(&[("RUC_SRI", &[5]), ("FUO_1_1", &[1, 2, 3]), ("OTRO", &[4])]));
        let documents: Vec<_> = before.iter().map(|listed| listed.document.clone()).collect();
        assert!(changed(&documents, &after).is_empty(), "their order changes nothing that is read");
        let order = ArrangeOrder::MovePage { document: before[0].id.to_string(), page: 3, to: 0 };
        let (after, _) = carried_out(&before, &order, &nobody).expect("moves");
        assert_eq!(after[0].pages(), [3, 1, 2]);
        assert_eq!(changed(&documents, &after), BTreeSet::from([1, 2, 3]));
    }
}
