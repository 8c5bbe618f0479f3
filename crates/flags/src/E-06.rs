//! E-06: a member ruled otherwise on the same defect in another bid.

use crate::course::Evaluated;
use crate::input::{Flag, Ruling};
use crate::lot::put_once;
use cotejo_domain::{Severity, Verdict};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CODE: &str = "E-06";

/// Pieces of evidence of each ruling that a flag shows.
const PLACES: usize = 3;

/// What makes two rulings comparable: the requirement, who ruled, what was found wrong, on which articles.
type Matter<'r> = (&'r str, cotejo_domain::MemberId, BTreeSet<&'r str>, BTreeSet<&'r str>);

pub(crate) fn detect(evaluated: &Evaluated<'_>) -> Vec<Flag> {
    let mut of_matter: BTreeMap<Matter<'_>, Vec<&Ruling>> = BTreeMap::new();
    for ruling in evaluated.course.rulings.iter().filter(|ruling| tells(ruling)) {
        let matter = (
            ruling.requirement.0.as_str(),
            ruling.member,
            ruling.defects.iter().map(String::as_str).collect(),
            ruling.basis.iter().map(String::as_str).collect(),
        );
        of_matter.entry(matter).or_default().push(ruling);
    }
    let mut flags = Vec::new();
    for mut rulings in of_matter.into_values() {
        rulings.sort_by_key(|ruling| ruling.bid);
        let Some(first) = rulings.first() else { continue };
        let Some(other) = rulings.iter().find(|other| other.verdict != first.verdict) else { continue };
        let mut evidence = Vec::new();
        for ruling in [*first, *other] {
            for piece in ruling.evidence.iter().take(PLACES) {
                put_once(&mut evidence, piece.clone());
            }
        }
        let values = [
            ("requisito", first.title.as_str()),
            ("a", evaluated.name(first.bid)),
            ("b", evaluated.name(other.bid)),
            ("veredicto_a", &in_words(first.verdict)),
            ("veredicto_b", &in_words(other.verdict)),
        ];
        let bids = vec![first.bid, other.bid];
        flags.push(Flag::new(CODE, "trato", Severity::Warning, bids, &values, evidence));
    }
    flags
}

/// A ruling on something that was found wrong. One that nothing was found on has nothing in common with another, and one that is open or
/// does not apply rules nothing.
fn tells(ruling: &Ruling) -> bool {
    !ruling.defects.is_empty()
        && matches!(ruling.verdict, Verdict::Cumple | Verdict::NoCumple | Verdict::AConvalidar)
}

fn in_words(verdict: Verdict) -> String {
    let key = match verdict {
        Verdict::Cumple => "flags.veredicto.cumple",
        Verdict::NoCumple => "flags.veredicto.no_cumple",
        Verdict::AConvalidar => "flags.veredicto.a_convalidar",
        Verdict::NoAplica => "flags.veredicto.no_aplica",
        Verdict::Pendiente => "flags.veredicto.pendiente",
    };
    cotejo_catalogue::message(key, &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Course;
    use crate::sample::{Sample, bid, detect_in_course};
    use cotejo_domain::{MemberId, RequirementId};
    use uuid::Uuid;

    fn ruling(number: u128, member: u128, verdict: Verdict, defects: &[&str], basis: &str) -> Ruling {
        Ruling {
            bid: bid(number),
            requirement: RequirementId("r1".into()),
            title: "Formulario 1.1".into(),
            member: MemberId(Uuid::from_u128(member)),
            verdict,
            defects: defects.iter().map(|code| (*code).to_owned()).collect(),
            basis: vec![basis.into()],
            evidence: Vec::new(),
        }
    }

    fn told(rulings: &[Ruling]) -> Vec<String> {
        let bids = [Sample::new("1790012344001", "Uno S.A."), Sample::new("0990054321001", "Dos S.A.")];
        let flags = detect_in_course(&bids, Course { rulings, ..Course::default() });
        flags.into_iter().filter(|flag| flag.code == CODE).map(|flag| flag.text).collect()
    }

    const UNSIGNED: &[&str] = &["rules.sin_firma"];

    #[test]
    fn one_defect_curable_for_one_and_not_for_the_other_is_told_with_both_verdicts() {
        let told = told(&[
            ruling(1, 1, Verdict::AConvalidar, UNSIGNED, "RGL 100"),
            ruling(2, 1, Verdict::NoCumple, UNSIGNED, "RGL 100"),
        ]);
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("Uno S.A.") && told[0].contains("Dos S.A."), "{}", told[0]);
    }

    #[test]
    fn two_members_two_defects_two_norms_and_open_cells_are_no_unequal_treatment() {
        let first = || ruling(1, 1, Verdict::AConvalidar, UNSIGNED, "RGL 100");
        let other = |member, verdict, defects, basis| ruling(2, member, verdict, defects, basis);
        for second in [
            other(2, Verdict::NoCumple, UNSIGNED, "RGL 100"),
            other(1, Verdict::NoCumple, &["rules.ausente"], "RGL 100"),
            other(1, Verdict::NoCumple, &["rules.sin_firma", "rules.ausente"], "RGL 100"),
            other(1, Verdict::NoCumple, UNSIGNED, "RGL 104"),
            other(1, Verdict::Pendiente, UNSIGNED, "RGL 100"),
            other(1, Verdict::NoAplica, UNSIGNED, "RGL 100"),
            other(1, Verdict::AConvalidar, UNSIGNED, "RGL 100"),
        ] {
            assert!(told(&[first(), second]).is_empty());
        }
        let none = |number, verdict| ruling(number, 1, verdict, &[], "RGL 100");
        assert!(told(&[none(1, Verdict::Cumple), none(2, Verdict::NoCumple)]).is_empty());
    }
}
