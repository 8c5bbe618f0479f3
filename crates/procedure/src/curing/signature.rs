//! What is said of a signature hurts nobody before the official application, or an authorised one, was asked (RGL 43; corrections 11): an act of its
//! own, with who, when, the file by its hash, and the result as a file.

use super::errors::reason;
use super::outcome::CellCourse;
use cotejo_domain::course::Constatation;
use cotejo_domain::{BidId, FileHash, Motivation, Reason};
use jiff::civil::DateTime;
use std::collections::BTreeMap;

/// Says how validations stand behind something adverse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constated {
    /// The application found the signature missing or not valid.
    Adverse,
    /// It found the signatures valid: nothing adverse can rest on them.
    Contrary,
    /// It could not say.
    Inconclusive,
    /// Nobody asked it.
    Missing,
}

/// Says how the validations of a bid's files stand. `files` are those that something adverse rests on; where it rests on none (a form that is not
/// there), any file of the bid tells. Of one file the newest validation counts.
#[must_use]
pub fn constated(constatations: &[Constatation], bid: BidId, files: &[FileHash]) -> Constated {
    let mut newest: BTreeMap<FileHash, &Constatation> = BTreeMap::new();
    let own = constatations.iter().filter(|said| said.bid == bid && !said.withdrawn);
    for said in own.filter(|said| files.is_empty() || files.contains(&said.file)) {
        let kept = newest.entry(said.file).or_insert(said);
        if (said.when, said.at) > (kept.when, kept.at) {
            *kept = said;
        }
    }
    let results: Vec<_> = newest.values().map(|said| said.result).collect();
    if results.iter().any(|result| result.is_adverse()) {
        Constated::Adverse
    } else if files.is_empty() {
        // That another paper is well signed says nothing of what is not there.
        Constated::Missing
    } else if results.contains(&cotejo_domain::course::SignatureResult::Valida) {
        Constated::Contrary
    } else if results.is_empty() {
        Constated::Missing
    } else {
        Constated::Inconclusive
    }
}

/// Says what a cell that rests on a signature lacks before it may hurt the bid; `None` where the application found against it.
pub(crate) fn constatation_fault(
    constatations: &[Constatation],
    bid: BidId,
    cell: &CellCourse,
) -> Option<Reason> {
    let number = cell.number.to_string();
    let at = [("fila", number.as_str())];
    match constated(constatations, bid, &cell.files) {
        Constated::Adverse => None,
        Constated::Contrary => Some(reason("curing.necesita.constatacion_contraria", &at)),
        Constated::Inconclusive => Some(reason("curing.necesita.constatacion_concluyente", &at)),
        Constated::Missing => Some(reason("curing.necesita.constatacion", &at)),
    }
}

/// Tells whether the words of a motivation accuse a signature. Words only ask for more here; none of them is enough to prove anything.
pub(crate) fn speaks_of_signature(motivation: &Motivation) -> bool {
    const WORDS: [&str; 8] = [
        "firma electr",
        "firmas electr",
        "firmado electr",
        "firmada electr",
        "sin firma",
        "no está firmad",
        "no esta firmad",
        "falta la firma",
    ];
    let said = format!("{} {}", motivation.fact, motivation.conclusion).to_lowercase();
    WORDS.iter().any(|word| said.contains(word))
}

/// Lists why a validation cannot be recorded as it is.
#[must_use]
pub fn faults_of_constatation(draft: &Constatation, now: DateTime) -> Vec<Reason> {
    let mut faults = Vec::new();
    if draft.when > now {
        faults.push(reason("curing.falta.en_el_futuro", &[]));
    }
    if draft.by.trim().is_empty() {
        faults.push(reason("curing.falta.constatacion_sin_persona", &[]));
    }
    if draft.application.trim().is_empty() {
        faults.push(reason("curing.falta.constatacion_sin_aplicacion", &[]));
    }
    if draft.proof.name.trim().is_empty() {
        faults.push(reason("curing.falta.constatacion_sin_archivo", &[]));
    }
    if draft.proof.sha256 == draft.file {
        faults.push(reason("curing.falta.constatacion_mismo_archivo", &[]));
    }
    faults
}
