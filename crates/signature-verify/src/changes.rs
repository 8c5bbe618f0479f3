//! What changed between the signed revision and the file as it is now.
//!
//! Both are walked side by side from the catalog. Everything must be equal except what is on the list of what may follow a
//! signature: further signature fields with their widgets, the form's list of them, the document security store, and metadata. What
//! nothing leads to is not shown and does not count. Whatever is not on the list is a change, named by where it lies.

use crate::document::{dictionary, form};
use cotejo_catalogue::message;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Pairs of objects that are compared at most.
const MAX_PAIRS: usize = 3_000_000;

/// Names where a change lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A page's content, resources or size.
    Page(u32),
    /// An annotation of a page.
    Annotation(u32),
    /// The number or order of pages.
    PageTree,
    /// A field of the form.
    Form,
    /// The structure tree: FirmaEC and others write it anew when they sign a tagged document.
    Structure,
    /// Something else the catalog leads to.
    Catalog,
    /// Too large to compare.
    Unclassified,
}

impl Place {
    /// Says in Spanish what changed.
    pub(crate) fn spanish(self) -> String {
        let page = match self {
            Self::Page(page) | Self::Annotation(page) => page.to_string(),
            _ => String::new(),
        };
        let key = match self {
            Self::Page(_) => "signature.change.page",
            Self::Annotation(_) => "signature.change.annotation",
            Self::PageTree => "signature.change.page_tree",
            Self::Form => "signature.change.form",
            Self::Structure => "signature.change.structure",
            Self::Catalog => "signature.change.catalog",
            Self::Unclassified => "signature.change.unclassified",
        };
        message(key, &[("pagina", &page)])
    }
}

/// Returns the places of all changes that may not follow a signature.
pub(crate) fn compare(before: &Document, after: &Document) -> BTreeSet<Place> {
    let numbers = before.get_pages().into_iter().map(|(number, id)| (id, number)).collect();
    let mut walk =
        Walk { before, after, numbers, seen: HashSet::new(), stack: Vec::new(), found: BTreeSet::new() };
    walk.catalog();
    walk.run();
    walk.found
}

struct Walk<'a> {
    before: &'a Document,
    after: &'a Document,
    numbers: BTreeMap<ObjectId, u32>,
    seen: HashSet<(ObjectId, ObjectId)>,
    stack: Vec<(&'a Object, &'a Object, Place)>,
    found: BTreeSet<Place>,
}

impl<'a> Walk<'a> {
    fn catalog(&mut self) {
        let (Ok(before), Ok(after)) = (self.before.catalog(), self.after.catalog()) else {
            self.found.insert(Place::Unclassified);
            return;
        };
        // What is pushed first is compared last: by then the pages have claimed what is theirs.
        for key in [&b"StructTreeRoot"[..], b"MarkInfo"] {
            self.entry(before, after, key, Place::Structure);
        }
        for key in keys(before, after) {
            match &key[..] {
                b"StructTreeRoot" | b"MarkInfo" => {}
                b"AcroForm" | b"DSS" | b"Extensions" | b"Metadata" | b"Version" => {}
                b"Pages" => self.entry(before, after, &key, Place::PageTree),
                _ => self.entry(before, after, &key, Place::Catalog),
            }
        }
        self.form();
    }

    /// Compares one entry of two dictionaries; `null` counts as absent.
    fn entry(&mut self, before: &'a Dictionary, after: &'a Dictionary, key: &[u8], place: Place) {
        match (present(before, key), present(after, key)) {
            (Some(before), Some(after)) => self.stack.push((before, after, place)),
            (None, None) => {}
            _ => {
                self.found.insert(place);
            }
        }
    }

    fn form(&mut self) {
        // Some fields name the form as their parent: it is compared here, and not once more as any other dictionary.
        let of = |document: &Document| document.catalog().ok()?.get(b"AcroForm").ok()?.as_reference().ok();
        if let (Some(before), Some(after)) = (of(self.before), of(self.after)) {
            self.seen.insert((before, after));
        }
        let empty: &'static Dictionary = empty();
        let (before, after) = (form(self.before).unwrap_or(empty), form(self.after).unwrap_or(empty));
        for key in keys(before, after) {
            match &key[..] {
                b"SigFlags" => {}
                b"Fields" => self.fields(before, after),
                // Signers add the font of their stamp here; what was there must stay.
                b"DR" => self.resources(before, after),
                b"DA" if !before.has(b"DA") => {}
                _ => self.entry(before, after, &key, Place::Form),
            }
        }
    }

    fn resources(&mut self, before: &'a Dictionary, after: &'a Dictionary) {
        let Some(old) = dictionary(self.before, before, b"DR") else { return };
        let Some(new) = dictionary(self.after, after, b"DR") else {
            self.found.insert(Place::Form);
            return;
        };
        for (kind, value) in old.iter() {
            let (Ok(old), Ok(new)) = (self.before.dereference(value), new.get_deref(kind, self.after)) else {
                self.found.insert(Place::Form);
                continue;
            };
            match (old.1, new) {
                (Object::Dictionary(old), Object::Dictionary(new)) => {
                    for (name, _) in old.iter() {
                        self.entry(old, new, name, Place::Form);
                    }
                }
                (old, new) => self.stack.push((old, new, Place::Form)),
            }
        }
    }

    fn fields(&mut self, before: &'a Dictionary, after: &'a Dictionary) {
        let old = array(self.before, before, b"Fields");
        let new = array(self.after, after, b"Fields");
        self.list(old, new, Place::Form, Self::is_new_signature);
    }

    /// Compares lists: the old members must be there in their order, and `may_follow` decides about others.
    fn list(
        &mut self,
        old: &'a [Object],
        new: &'a [Object],
        place: Place,
        may_follow: impl Fn(&Self, &Object) -> bool,
    ) {
        let mut remaining = old.iter().peekable();
        for member in new {
            let is_old =
                remaining.peek().is_some_and(|first| match (first.as_reference(), member.as_reference()) {
                    (Ok(first), Ok(member)) => first == member,
                    (Err(_), Err(_)) => true,
                    _ => false,
                });
            if is_old {
                if let Some(first) = remaining.next() {
                    self.stack.push((first, member, place));
                }
            } else if !may_follow(self, member) {
                self.found.insert(place);
            }
        }
        if remaining.next().is_some() {
            self.found.insert(place);
        }
    }

    /// Tells whether an object of the later revision is a signature field or its widget, signed or without anything to show.
    fn is_new_signature(&self, member: &Object) -> bool {
        let Ok((_, Object::Dictionary(field))) = self.after.dereference(member) else { return false };
        let parent = dictionary(self.after, field, b"Parent");
        let of_field = |key: &[u8]| {
            field.get_deref(key, self.after).ok().or_else(|| parent?.get_deref(key, self.after).ok())
        };
        let is_signature =
            of_field(b"FT").and_then(|kind| kind.as_name().ok()).is_some_and(|kind| kind == b"Sig");
        let is_signed = of_field(b"V")
            .and_then(|value| value.as_dict().ok())
            .is_some_and(|value| value.has(b"ByteRange") && value.has(b"Contents"));
        let kids_fit = array(self.after, field, b"Kids").iter().all(|kid| {
            matches!(self.after.dereference(kid), Ok((_, Object::Dictionary(kid))) if !kid.has(b"T") && !kid.has(b"FT"))
        });
        is_signature && kids_fit && (is_signed || !field.has(b"AP"))
    }

    /// Tells whether an element of the structure tree does nothing but mark the widget of a new signature as a form field.
    fn tags_new_signature(&self, member: &Object) -> bool {
        let Ok((_, Object::Dictionary(element))) = self.after.dereference(member) else { return false };
        let children = members(self.after, element, b"K");
        let points_to_signature = |child: &Object| {
            let Ok((_, Object::Dictionary(child))) = self.after.dereference(child) else { return false };
            child.has_type(b"OBJR") && child.get(b"Obj").is_ok_and(|widget| self.is_new_signature(widget))
        };
        let says_nothing = [&b"ActualText"[..], b"Alt", b"E"].iter().all(|key| !element.has(key));
        is_structure(element)
            && says_nothing
            && !children.is_empty()
            && children.iter().all(points_to_signature)
    }

    /// Compares the tree that leads from marked content to the structure: the old keys must keep their values.
    fn parent_tree(&mut self, before: &'a Dictionary, after: &'a Dictionary) {
        let old = number_tree(self.before, before, b"ParentTree");
        let new = number_tree(self.after, after, b"ParentTree");
        let (Some(old), Some(new)) = (old, new) else {
            self.found.insert(Place::Unclassified);
            return;
        };
        for (key, value) in &old {
            match new.get(key) {
                Some(found) => self.stack.push((value, found, Place::Structure)),
                None => {
                    self.found.insert(Place::Structure);
                }
            }
        }
        if new.iter().any(|(key, value)| !old.contains_key(key) && !self.tags_new_signature(value)) {
            self.found.insert(Place::Structure);
        }
    }

    fn run(&mut self) {
        while let Some((before, after, place)) = self.stack.pop() {
            if self.seen.len() > MAX_PAIRS || self.stack.len() > MAX_PAIRS {
                self.found.insert(Place::Unclassified);
                return;
            }
            self.pair(before, after, place);
        }
    }

    fn pair(&mut self, before: &'a Object, after: &'a Object, mut place: Place) {
        let (Ok((old_id, old)), Ok((new_id, new))) =
            (self.before.dereference(before), self.after.dereference(after))
        else {
            // Both lead nowhere: shown as nothing, then and now.
            if self.before.dereference(before).is_ok() != self.after.dereference(after).is_ok() {
                self.found.insert(place);
            }
            return;
        };
        if let (Some(old_id), Some(new_id)) = (old_id, new_id) {
            if !self.seen.insert((old_id, new_id)) {
                return;
            }
            if let Some(number) = self.numbers.get(&old_id) {
                place = Place::Page(*number);
                if old_id != new_id {
                    self.found.insert(place);
                }
            }
        }
        match (old, new) {
            (Object::Dictionary(old), Object::Dictionary(new)) => self.dictionaries(old, new, place),
            (Object::Stream(old), Object::Stream(new)) => {
                if old.content != new.content {
                    self.found.insert(place);
                }
                self.dictionaries(&old.dict, &new.dict, place);
            }
            (Object::Array(old), Object::Array(new)) => {
                if old.len() != new.len() {
                    self.found.insert(place);
                }
                for (old, new) in old.iter().zip(new) {
                    self.stack.push((old, new, place));
                }
            }
            (old, new) => {
                // 612 and 612.0 are one number.
                let is_same = old == new
                    || matches!((old.as_float(), new.as_float()), (Ok(old), Ok(new)) if old == new);
                if !is_same {
                    self.found.insert(place);
                }
            }
        }
    }

    fn dictionaries(&mut self, before: &'a Dictionary, after: &'a Dictionary, place: Place) {
        let is_page = before.has_type(b"Page");
        let was_unsigned = self.is_unsigned_signature_field(before);
        for key in keys(before, after) {
            match (&key[..], place) {
                (b"Length", _) => {}
                // Older versions of iText leave their number here.
                (b"ITXT", _) if after.get(&key).is_ok_and(|value| value.as_str().is_ok()) => {}
                (b"Annots", Place::Page(number)) if is_page => {
                    let old = array(self.before, before, b"Annots");
                    let new = array(self.after, after, b"Annots");
                    self.list(old, new, Place::Annotation(number), Self::is_new_signature);
                }
                (b"K", Place::Structure) if is_structure(before) => {
                    let old = members(self.before, before, b"K");
                    let new = members(self.after, after, b"K");
                    self.list(old, new, place, Self::tags_new_signature);
                }
                (b"ParentTree", Place::Structure) if is_structure(before) => self.parent_tree(before, after),
                (b"ParentTreeNextKey", Place::Structure) => {}
                (b"StructParents" | b"StructParent" | b"Tabs", _) => {
                    self.entry(before, after, &key, Place::Structure);
                }
                // Signing a field that waited for it.
                (b"V" | b"AP" | b"AS" | b"MK" | b"DA" | b"F" | b"M", _) if was_unsigned => {}
                _ => self.entry(before, after, &key, place),
            }
        }
    }

    /// Tells whether a field, or the field of a widget, waited for a signature.
    fn is_unsigned_signature_field(&self, field: &Dictionary) -> bool {
        let is_signature =
            |field: &Dictionary| field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig");
        let parent = dictionary(self.before, field, b"Parent");
        let owner = if is_signature(field) {
            field
        } else if let Some(parent) = parent.filter(|parent| is_signature(parent) && field.has(b"Rect")) {
            parent
        } else {
            return false;
        };
        present(owner, b"V").is_none() && present(field, b"V").is_none()
    }
}

fn keys(before: &Dictionary, after: &Dictionary) -> BTreeSet<Vec<u8>> {
    before.iter().chain(after.iter()).map(|(key, _)| key.clone()).collect()
}

fn present<'a>(dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    dictionary.get(key).ok().filter(|value| !value.is_null())
}

fn array<'a>(document: &'a Document, owner: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    owner.get_deref(key, document).and_then(Object::as_array).map_or(&[], Vec::as_slice)
}

/// Returns the values under `key`, be it one or an array of them.
fn members<'a>(document: &'a Document, owner: &'a Dictionary, key: &[u8]) -> &'a [Object] {
    match owner.get(key) {
        Ok(value) => match document.dereference(value) {
            Ok((_, Object::Array(members))) => members,
            _ => std::slice::from_ref(value),
        },
        Err(_) => &[],
    }
}

/// Tells whether a dictionary is the root or an element of a structure tree.
fn is_structure(dictionary: &Dictionary) -> bool {
    dictionary.has_type(b"StructTreeRoot") || dictionary.has_type(b"StructElem") || dictionary.has(b"S")
}

/// Reads a number tree (ISO 32000-1 §7.9.7) into a map; `None` when it is no tree or too large.
fn number_tree<'a>(
    document: &'a Document,
    owner: &'a Dictionary,
    key: &[u8],
) -> Option<BTreeMap<i64, &'a Object>> {
    let mut map = BTreeMap::new();
    let mut nodes: Vec<&Dictionary> = dictionary(document, owner, key).into_iter().collect();
    let mut count = 0;
    while let Some(node) = nodes.pop() {
        count += 1;
        if count > 100_000 {
            return None;
        }
        for pair in array(document, node, b"Nums").chunks_exact(2) {
            map.insert(pair[0].as_i64().ok()?, &pair[1]);
        }
        for kid in array(document, node, b"Kids") {
            nodes.push(document.dereference(kid).ok()?.1.as_dict().ok()?);
        }
    }
    Some(map)
}

fn empty() -> &'static Dictionary {
    static EMPTY: std::sync::LazyLock<Dictionary> = std::sync::LazyLock::new(Dictionary::new);
    &EMPTY
}
