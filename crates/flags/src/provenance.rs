//! What files say of themselves, as far as it can tell who made them: common programs, nameless users and the entity's own models tell nothing.

use crate::input::{BidPapers, DescribedFile};
use crate::lot::Lot;
use crate::reading::folded;
use cotejo_domain::{Evidence, FileProperty, PropertyKind, document_type_entry};
use std::collections::{BTreeMap, BTreeSet};

/// Names that programs and makers of machines give to whoever has none.
const NAMELESS: &[&str] = &[
    "acer",
    "admin",
    "administrador",
    "administrator",
    "anonimo",
    "anonymous",
    "asus",
    "author",
    "autor",
    "cliente",
    "compaq",
    "default",
    "dell",
    "desconocido",
    "equipo",
    "familia",
    "guest",
    "hewlett packard",
    "hewlett packard company",
    "home",
    "hogar",
    "hp",
    "hp inc",
    "intel",
    "invitado",
    "laptop",
    "lenovo",
    "luffi",
    "mac",
    "microsoft",
    "microsoft corporation",
    "microsoft office user",
    "my pc",
    "n a",
    "na",
    "none",
    "notebook",
    "null",
    "office",
    "oficina",
    "openoffice",
    "organizacion",
    "owner",
    "pc",
    "personal",
    "propietario",
    "root",
    "samsung",
    "scan",
    "scanner",
    "secretaria",
    "sin titulo",
    "sistemas",
    "sony",
    "toshiba",
    "unknown",
    "untitled",
    "user",
    "usuario",
    "usuario de microsoft office",
    "usuario de windows",
    "usuario invitado",
    "windows",
    "windows user",
    "windows xp",
    "windows 7",
    "windows 10",
    "www intercambiosvirtuales org",
    "www ligahosting com",
    "xp",
];

/// Words that say that a program belongs to somebody by name.
const REGISTERED: &[&str] = &["licensed to", "registered to", "licencia de", "licenciado a", "registrado a"];

/// Types that a bidder writes itself although they are no form.
const OWN_KINDS: &[&str] = &["CARATULA", "RESP_CONV", "PROFORMA"];

/// One file of a bid that says something of itself.
#[derive(Clone, Copy)]
pub(crate) struct Told<'l> {
    pub(crate) bid: usize,
    pub(crate) file: &'l DescribedFile,
    /// Whether it holds what a bidder writes itself, and not only papers of third parties.
    pub(crate) own: bool,
}

impl Told<'_> {
    /// Points to a property of the file.
    pub(crate) fn place(&self, code: &str, lot: &Lot<'_>, property: &FileProperty) -> Option<Evidence> {
        let papers = lot.bids.get(self.bid)?;
        let evidence = papers.evidence(code, self.file.file, property.location(), &property.value);
        Some(Evidence { file_name: self.file.file_name.clone(), ..evidence })
    }
}

/// Lists the files that say something of themselves, without those that stand in two bids byte by byte.
pub(crate) fn told<'l>(lot: &'l Lot<'_>) -> Vec<Told<'l>> {
    let mut holders: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    let described = |papers: &BidPapers<'l>| papers.described;
    for (bid, papers) in lot.bids.iter().enumerate() {
        for file in described(papers) {
            holders.entry(file.file).or_default().insert(bid);
        }
    }
    let mut told = Vec::new();
    for (bid, papers) in lot.bids.iter().enumerate() {
        for file in described(papers) {
            let alone = holders.get(&file.file).is_none_or(|bids| bids.len() == 1);
            if alone && !file.properties.is_empty() {
                told.push(Told { bid, file, own: file.kinds.iter().any(|kind| is_own(kind)) });
            }
        }
    }
    told
}

/// Tells whether a bidder writes documents of this type itself.
pub(crate) fn is_own(kind: &str) -> bool {
    OWN_KINDS.contains(&kind) || document_type_entry(kind).is_some_and(|entry| entry.group == "formulario")
}

/// What a property is compared by; nothing where it names nobody.
pub(crate) fn key_of(property: &FileProperty) -> Option<(char, String)> {
    let text = folded(&property.value);
    match property.kind {
        PropertyKind::Author | PropertyKind::LastAuthor => names(&text).then_some(('p', text)),
        PropertyKind::Company => names(&text).then_some(('c', text)),
        PropertyKind::Program | PropertyKind::Producer => {
            REGISTERED.iter().any(|words| text.contains(words)).then_some(('l', text))
        }
        PropertyKind::DocumentId => Some(('d', text)),
        PropertyKind::Created | PropertyKind::Modified => None,
    }
}

// A name with a number behind it is as nameless: `usuario2`, `pc 01`.
fn names(text: &str) -> bool {
    let bare = text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == ' ');
    bare.chars().filter(|letter| letter.is_alphabetic()).count() > 2
        && !NAMELESS.contains(&bare)
        && !NAMELESS.contains(&text)
}

/// Keeps of the values of each bid those that neither the process's own files nor most bids have.
pub(crate) fn telling<K: Ord + Clone>(
    lot: &Lot<'_>,
    of_bids: &[BTreeSet<K>],
    of_process: &BTreeSet<K>,
) -> BTreeSet<K> {
    let mut holders: BTreeMap<&K, usize> = BTreeMap::new();
    of_bids.iter().flatten().for_each(|value| *holders.entry(value).or_default() += 1);
    // What most bidders have came from one source: a model, a portal, a platform.
    let many = (lot.bids.len() / 2).max(2);
    let keeps = |(value, count): &(&K, usize)| (2..=many).contains(count) && !of_process.contains(*value);
    holders.into_iter().filter(keeps).map(|(value, _)| value.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(kind: PropertyKind, value: &str) -> Option<(char, String)> {
        let mut said = cotejo_domain::FileProperties::default();
        said.put(kind, value, "/Info", "x");
        key_of(said.properties.first()?)
    }

    #[test]
    fn nameless_users_and_common_programs_tell_nothing() {
        for value in [
            "user",
            "Usuario de Windows",
            "HP",
            "hp inc.",
            "Usuario2",
            "PC 01",
            "N/A",
            "-",
            "Jo",
            "Microsoft Office User",
        ] {
            assert_eq!(key(PropertyKind::Author, value), None, "{value}");
        }
        for value in ["Microsoft® Word 2016", "Canon iR-ADV C3525", "iText 2.1.7 by 1T3XT", "Skia/PDF m126"]
        {
            assert_eq!(key(PropertyKind::Producer, value), None, "{value}");
        }
        assert!(key(PropertyKind::LastAuthor, "María Ejemplo").is_some());
        assert!(key(PropertyKind::Producer, "PDF Ficticio 3 (licensed to Estudio Ejemplo)").is_some());
        assert_eq!(key(PropertyKind::Created, "2026-01-05T15:30:00Z"), None);
    }
}
