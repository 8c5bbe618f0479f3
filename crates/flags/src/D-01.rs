//! D-01: files of two bids that say of themselves that one person, one company or one document stands behind both.

use crate::input::Flag;
use crate::lot::{Lot, put_once};
use crate::provenance::{Told, key_of, telling, told};
use cotejo_catalogue::message;
use cotejo_domain::{FileProperty, Severity};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CODE: &str = "D-01";

/// Values that a flag names, and files of each bid that it shows for a value.
const NAMED: usize = 5;
const PLACES: usize = 2;

type Key = (char, String);

/// What the files of one bid say, by what it is compared by.
type Sayings<'l, 't> = BTreeMap<Key, Vec<(&'t Told<'l>, &'l FileProperty)>>;

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let files = told(lot);
    let mut said: Vec<Sayings<'_, '_>> = vec![BTreeMap::new(); lot.bids.len()];
    for file in &files {
        if let Some(of_bid) = said.get_mut(file.bid) {
            keys(file).for_each(|(key, property)| of_bid.entry(key).or_default().push((file, property)));
        }
    }
    let of_bids: Vec<BTreeSet<Key>> = said.iter().map(|said| said.keys().cloned().collect()).collect();
    let of_process: BTreeSet<Key> =
        lot.terms.own_files.iter().flat_map(|said| said.properties.iter().filter_map(key_of)).collect();
    let telling = telling(lot, &of_bids, &of_process);
    said.iter_mut().for_each(|said| said.retain(|key, _| telling.contains(key)));
    lot.pairs().filter_map(|(first, second)| shared(lot, &said, first, second)).collect()
}

// A person or a company only where the bidder writes itself: an office that certifies writes for everybody.
fn keys<'l>(told: &Told<'l>) -> impl Iterator<Item = (Key, &'l FileProperty)> {
    let own = told.own;
    let said = told.file.properties.properties.iter();
    said.filter_map(|property| Some((key_of(property)?, property)))
        .filter(move |((kind, _), _)| own || *kind == 'd')
}

fn shared(lot: &Lot<'_>, said: &[Sayings<'_, '_>], first: usize, second: usize) -> Option<Flag> {
    let (one, other) = (lot.bids.get(first)?, lot.bids.get(second)?);
    let (own, others) = (said.get(first)?, said.get(second)?);
    let common: Vec<&Key> = own.keys().filter(|key| others.contains_key(key)).collect();
    // One identifier in several notations is one; the first place that tells it is enough.
    let mut severity = Severity::Info;
    let (mut named, mut evidence) = (Vec::new(), Vec::new());
    for key in common {
        let (Some(here), Some(there)) = (own.get(key), others.get(key)) else { continue };
        let Some((_, property)) = here.first() else { continue };
        let both_own = here.iter().any(|(file, _)| file.own) && there.iter().any(|(file, _)| file.own);
        let weighs = match key.0 {
            // A first name alone is shared by many.
            'p' => key.1.contains(' '),
            'c' => true,
            'd' => both_own,
            _ => false,
        };
        if weighs {
            severity = Severity::Warning;
        }
        if named.len() < NAMED {
            let variant = match key.0 {
                'p' => "flags.D-01.persona",
                'c' => "flags.D-01.empresa",
                'd' => "flags.D-01.documento",
                _ => "flags.D-01.licencia",
            };
            named.push(message(variant, &[("valor", property.value.as_str())]));
            for (file, property) in here.iter().take(PLACES).chain(there.iter().take(PLACES)) {
                file.place(CODE, lot, property).into_iter().for_each(|place| put_once(&mut evidence, place));
            }
        }
    }
    if named.is_empty() {
        return None;
    }
    let named = named.join("; ");
    let values =
        [("a", one.bidder.name.as_str()), ("b", other.bidder.name.as_str()), ("datos", named.as_str())];
    let variant = if severity == Severity::Warning { "coincide" } else { "indicio_leve" };
    Some(Flag::new(CODE, variant, severity, vec![one.bid, other.bid], &values, evidence))
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::LotTerms;
    use crate::sample::{Sample, detect_in_terms, said};
    use cotejo_domain::{FileProperties, PropertyKind, Severity};

    fn found(samples: &[Sample], process: &[FileProperties]) -> Vec<(Severity, String)> {
        let terms = LotTerms { own_files: process, ..LotTerms::default() };
        let flags = detect_in_terms(samples, terms).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| (flag.severity, flag.text)).collect()
    }

    fn one() -> Sample {
        Sample::new("1790012344001", "Maderas Ficticias S.A.")
    }

    fn two() -> Sample {
        Sample::new("0990054321001", "Tornillos Inventados S.A.")
    }

    fn three() -> Sample {
        Sample::new("1710034065001", "Clavos Imaginarios")
    }

    #[test]
    fn one_author_of_the_forms_of_two_bids_is_a_warning_wherever_the_name_stands() {
        let a = one().described("a.docx", "FUO_1_1", said(&[(PropertyKind::Author, "Ana Ejemplo Ficticia")]));
        let b = two().described(
            "b.docx",
            "FUO_1_1",
            said(&[(PropertyKind::LastAuthor, "ANA  EJEMPLO FICTICIA")]),
        );
        let found = found(&[a, b], &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].0, Severity::Warning);
        assert!(found[0].1.contains("Ana Ejemplo Ficticia"), "{}", found[0].1);
    }

    #[test]
    fn a_first_name_alone_is_only_for_information() {
        let a = one().described("a.docx", "FUO_1_1", said(&[(PropertyKind::Author, "Ana")]));
        let b = two().described("b.docx", "FUO_1_1", said(&[(PropertyKind::Author, "Ana")]));
        assert_eq!(found(&[a, b], &[])[0].0, Severity::Info);
    }

    #[test]
    fn the_entity_s_model_carries_the_entity_s_author_and_tells_nothing() {
        let model = said(&[
            (PropertyKind::Author, "Compras Municipio Ficticio"),
            (PropertyKind::DocumentId, "uuid:modelo-1"),
        ]);
        let filled = |sample: Sample, name| sample.described(name, "FUO_1_1", model.clone());
        let both = || [filled(one(), "a.docx"), filled(two(), "b.docx")];
        assert_eq!(found(&both(), &[]).len(), 1, "without the process's papers nobody knows whose it is");
        assert!(found(&both(), std::slice::from_ref(&model)).is_empty());
        // Where the process's own file is not at hand, what three of three have came from one source.
        assert!(
            found(&[filled(one(), "a.docx"), filled(two(), "b.docx"), filled(three(), "c.docx")], &[])
                .is_empty()
        );
    }

    #[test]
    fn an_office_that_certifies_and_a_common_program_are_no_indicio() {
        let of = |sample: Sample, name: &str, kind: &str| {
            let paper = [
                (PropertyKind::Author, "Servicio de Rentas Ficticio"),
                (PropertyKind::Producer, "Microsoft® Word 2019"),
                (PropertyKind::Program, "Canon iR-ADV C3525"),
            ];
            sample.described(name, kind, said(&paper))
        };
        assert!(found(&[of(one(), "a.pdf", "RUC_SRI"), of(two(), "b.pdf", "RUC_SRI")], &[]).is_empty());
        let program = |sample: Sample, name| {
            sample.described(name, "FUO_1_1", said(&[(PropertyKind::Producer, "Microsoft® Word 2019")]))
        };
        assert!(found(&[program(one(), "a.pdf"), program(two(), "b.pdf")], &[]).is_empty());
    }

    #[test]
    fn one_document_behind_two_files_weighs_only_where_bidders_write_themselves() {
        let of = |sample: Sample, name: &str, kind: &str| {
            sample.described(name, kind, said(&[(PropertyKind::DocumentId, "uuid:0001-0002")]))
        };
        assert_eq!(
            found(&[of(one(), "a.pdf", "FUO_1_5_CANT"), of(two(), "b.pdf", "FUO_1_5_CANT")], &[])[0].0,
            Severity::Warning
        );
        assert_eq!(
            found(&[of(one(), "a.pdf", "FICHA_TECNICA"), of(two(), "b.pdf", "FICHA_TECNICA")], &[])[0].0,
            Severity::Info
        );
    }

    #[test]
    fn the_same_bytes_in_two_bids_are_one_file_for_all() {
        let same = said(&[(PropertyKind::Author, "Ana Ejemplo Ficticia")]);
        let samples = [
            one().described("same.docx", "FUO_1_1", same.clone()),
            two().described("same.docx", "FUO_1_1", same),
        ];
        assert!(found(&samples, &[]).is_empty());
    }
}
