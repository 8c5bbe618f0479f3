//! The structure of a PDF as lopdf sees it, with the limits a bidder's file needs.

use cotejo_signature_format::pdf::indirect_at;
use lopdf::xref::XrefEntry;
use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};
use std::collections::BTreeSet;

/// Largest decompressed stream.
const MAX_STREAM: usize = 64 * 1024 * 1024;
/// Most fields that are looked at.
const MAX_FIELDS: usize = 20_000;

/// Loads a file or a revision of it; `None` when it has no readable structure.
pub(crate) fn load(bytes: &[u8]) -> Option<Document> {
    Document::load_mem_with_options(bytes, LoadOptions::with_max_decompressed_size(MAX_STREAM)).ok()
}

/// Tells whether the structure was read as it is written, without repairs.
pub(crate) fn is_as_written(document: &Document) -> bool {
    document.xref_recovery.is_none()
}

/// Returns where the value of an object begins in the file.
pub(crate) fn offset_of(bytes: &[u8], document: &Document, id: ObjectId) -> Option<usize> {
    let base = bytes.windows(5).take(4096).position(|window| window == b"%PDF-").unwrap_or(0);
    let XrefEntry::Normal { offset, .. } = document.reference_table.get(id.0)? else { return None };
    let object = indirect_at(bytes, base.checked_add(*offset as usize)?)?;
    (object.id == id).then_some(object.value.start)
}

/// Holds a signature field.
pub(crate) struct SignatureField {
    pub(crate) id: ObjectId,
    /// The object of `/V`; `None` when it stands in the field itself.
    pub(crate) value: Option<ObjectId>,
    /// True when the field is signed.
    pub(crate) is_signed: bool,
    /// The field and its widgets.
    pub(crate) widgets: Vec<ObjectId>,
}

/// Follows references to the dictionary behind `key`.
pub(crate) fn dictionary<'a>(
    document: &'a Document,
    owner: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    owner.get_deref(key, document).ok()?.as_dict().ok()
}

/// Returns the form of the document.
pub(crate) fn form(document: &Document) -> Option<&Dictionary> {
    dictionary(document, document.catalog().ok()?, b"AcroForm")
}

/// Returns the signature fields of the form, in order.
pub(crate) fn signature_fields(document: &Document) -> Vec<SignatureField> {
    let mut found = Vec::new();
    let Some(form) = form(document) else { return found };
    let Ok(fields) = form.get_deref(b"Fields", document).and_then(Object::as_array) else { return found };
    let mut seen = BTreeSet::new();
    let mut stack: Vec<(ObjectId, bool)> =
        fields.iter().rev().filter_map(|field| Some((field.as_reference().ok()?, false))).collect();
    while let Some((id, inherited)) = stack.pop() {
        if seen.len() > MAX_FIELDS || !seen.insert(id) {
            continue;
        }
        let Ok(field) = document.get_dictionary(id) else { continue };
        let is_signature = match field.get(b"FT").and_then(Object::as_name) {
            Ok(kind) => kind == b"Sig",
            Err(_) => inherited,
        };
        let kids: Vec<ObjectId> = field
            .get_deref(b"Kids", document)
            .and_then(Object::as_array)
            .map(|kids| kids.iter().filter_map(|kid| kid.as_reference().ok()).collect())
            .unwrap_or_default();
        if is_signature && (field.has(b"V") || kids.iter().all(|kid| is_widget_only(document, *kid))) {
            let value = field.get(b"V").ok();
            found.push(SignatureField {
                id,
                value: value.and_then(|value| value.as_reference().ok()),
                is_signed: value.is_some_and(|value| !value.is_null()),
                widgets: std::iter::once(id).chain(kids).collect(),
            });
        } else {
            stack.extend(kids.into_iter().rev().map(|kid| (kid, is_signature)));
        }
    }
    found
}

fn is_widget_only(document: &Document, id: ObjectId) -> bool {
    document.get_dictionary(id).is_ok_and(|kid| !kid.has(b"T") && !kid.has(b"V"))
}

/// Returns the page, from 1, on which one of `widgets` can be seen.
pub(crate) fn page_of(document: &Document, widgets: &[ObjectId]) -> Option<u32> {
    let is_visible = |id: &ObjectId| {
        let Ok(widget) = document.get_dictionary(*id) else { return false };
        let corners = widget.get_deref(b"Rect", document).and_then(Object::as_array);
        let numbers: Vec<f32> =
            corners.map(|all| all.iter().filter_map(|one| one.as_float().ok()).collect()).unwrap_or_default();
        matches!(numbers[..], [left, bottom, right, top] if left != right && bottom != top)
    };
    let visible: Vec<ObjectId> = widgets.iter().copied().filter(is_visible).collect();
    if visible.is_empty() {
        return None;
    }
    document.get_pages().into_iter().find_map(|(number, page)| {
        let annotations =
            document.get_dictionary(page).ok()?.get_deref(b"Annots", document).ok()?.as_array().ok()?;
        let shows = |one: &Object| one.as_reference().is_ok_and(|id| visible.contains(&id));
        annotations.iter().any(shows).then_some(number)
    })
}
