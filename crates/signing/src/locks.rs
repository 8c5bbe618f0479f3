//! What earlier signatures forbid (ISO 32000-1 §12.8.2.2 and ISO 32000-2 §12.7.5.5).

use lopdf::{Dictionary, Document, Object};

/// Tells whether an earlier signature forbids every change: certification with `/P 1`, or a signed field whose lock says so.
pub(crate) fn forbids_changes(document: &Document) -> bool {
    document.objects.values().filter_map(dictionary_of).any(|dictionary| {
        certifies_without_changes(document, dictionary) || locks_document(document, dictionary)
    })
}

fn dictionary_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        _ => None,
    }
}

fn certifies_without_changes(document: &Document, signature: &Dictionary) -> bool {
    if !signature.has(b"ByteRange") {
        return false;
    }
    let Ok(references) = signature.get_deref(b"Reference", document).and_then(Object::as_array) else {
        return false;
    };
    references.iter().any(|reference| {
        let Ok((_, Object::Dictionary(reference))) = document.dereference(reference) else { return false };
        let method = reference.get(b"TransformMethod").and_then(Object::as_name).unwrap_or_default();
        let parameters = reference.get_deref(b"TransformParams", document).and_then(Object::as_dict);
        method == b"DocMDP" && parameters.is_ok_and(|parameters| forbids(document, parameters))
    })
}

fn locks_document(document: &Document, field: &Dictionary) -> bool {
    let is_signed =
        field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig") && field.has(b"V");
    is_signed
        && field
            .get_deref(b"Lock", document)
            .and_then(Object::as_dict)
            .is_ok_and(|lock| forbids(document, lock))
}

fn forbids(document: &Document, parameters: &Dictionary) -> bool {
    parameters.get_deref(b"P", document).and_then(Object::as_i64).is_ok_and(|level| level == 1)
}
