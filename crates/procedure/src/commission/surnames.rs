//! Surnames that a member shares with a bidder or a person behind one: a question to the member, never a finding against anybody.
//!
//! Papers write surnames first or last, with accents or without. Where the given names tell which half is which only the surnames are compared;
//! where they do not, both halves may be.

use super::declarations::{ListedPerson, PeopleList};
use cotejo_domain::course::{Kinship, KinshipAnswer};
use cotejo_domain::{FileHash, MemberId, naming};
use serde::Serialize;
use std::collections::BTreeSet;

/// Given names that are common in Ecuador: a half of a name that begins with one holds the given names. Those that are surnames as well
/// are left out.
const GIVEN: &[&str] = &[
    "adriana",
    "alejandra",
    "alejandro",
    "alex",
    "alexandra",
    "alfredo",
    "alicia",
    "ana",
    "andrea",
    "andres",
    "angel",
    "angela",
    "angelica",
    "antonio",
    "armando",
    "arturo",
    "beatriz",
    "belen",
    "blanca",
    "byron",
    "camila",
    "carla",
    "carlos",
    "carmen",
    "carolina",
    "catalina",
    "cecilia",
    "cesar",
    "christian",
    "clara",
    "claudia",
    "consuelo",
    "cristian",
    "cristina",
    "cristobal",
    "daniel",
    "daniela",
    "danilo",
    "dario",
    "david",
    "diana",
    "diego",
    "dolores",
    "eduardo",
    "edwin",
    "elena",
    "elizabeth",
    "elsa",
    "ernesto",
    "esteban",
    "eva",
    "fabian",
    "fabiola",
    "fanny",
    "fausto",
    "felipe",
    "fernanda",
    "fernando",
    "francisca",
    "francisco",
    "freddy",
    "gabriel",
    "gabriela",
    "galo",
    "gerardo",
    "german",
    "gladys",
    "gloria",
    "gonzalo",
    "graciela",
    "guadalupe",
    "guillermo",
    "gustavo",
    "hector",
    "hernan",
    "hugo",
    "ines",
    "irene",
    "isabel",
    "ivan",
    "jaime",
    "javier",
    "jenny",
    "jessica",
    "jesus",
    "jhon",
    "joaquin",
    "john",
    "johanna",
    "jonathan",
    "jorge",
    "jose",
    "josefina",
    "juan",
    "juana",
    "julia",
    "julio",
    "karen",
    "karina",
    "karla",
    "katherine",
    "laura",
    "leonardo",
    "leonor",
    "lorena",
    "lourdes",
    "lucia",
    "luis",
    "luisa",
    "luz",
    "magdalena",
    "manuel",
    "manuela",
    "marcelo",
    "marcia",
    "marco",
    "marcos",
    "margarita",
    "maria",
    "mariana",
    "maribel",
    "mario",
    "marlene",
    "marta",
    "martha",
    "mauricio",
    "mayra",
    "mercedes",
    "miguel",
    "milton",
    "miriam",
    "monica",
    "nancy",
    "narcisa",
    "natalia",
    "nelly",
    "nelson",
    "nestor",
    "norma",
    "olga",
    "oscar",
    "oswaldo",
    "pablo",
    "paola",
    "patricia",
    "patricio",
    "paul",
    "paula",
    "paulina",
    "pedro",
    "piedad",
    "rafael",
    "ramiro",
    "raquel",
    "raul",
    "rebeca",
    "renato",
    "ricardo",
    "roberto",
    "rocio",
    "rodrigo",
    "rosa",
    "rosario",
    "ruben",
    "ruth",
    "sandra",
    "santiago",
    "sara",
    "segundo",
    "sebastian",
    "sergio",
    "silvia",
    "sofia",
    "sonia",
    "soledad",
    "susana",
    "tania",
    "tatiana",
    "teresa",
    "valeria",
    "veronica",
    "vicente",
    "victor",
    "victoria",
    "viviana",
    "walter",
    "washington",
    "wilmer",
    "wilson",
    "ximena",
    "xavier",
    "yolanda",
];

fn given(word: &str) -> bool {
    GIVEN.binary_search(&word).is_ok() || GIVEN.contains(&word)
}

/// Returns the words of a person's name that may be surnames: one or two of them where that can be told, else all.
#[must_use]
pub fn possible_surnames(name: &str) -> BTreeSet<String> {
    let words = naming::person_words(name);
    let half = match words.len() {
        0 | 1 => return words.into_iter().collect(),
        count => count.div_ceil(2).min(2),
    };
    let first = words.first().is_some_and(|word| given(word));
    let from_last = |back: usize| words.len().checked_sub(back).and_then(|at| words.get(at));
    let last = from_last(1).is_some_and(|word| given(word));
    let at_end = words.iter().skip(words.len() - half.min(words.len()));
    let found: BTreeSet<String> = match (first, last) {
        (true, false) => at_end.cloned().collect(),
        (false, true) => words.iter().take(half).cloned().collect(),
        _ => words.iter().cloned().collect(),
    };
    // A given name is no surname where anything else may be one.
    let plain: BTreeSet<String> = found.iter().filter(|word| !given(word)).cloned().collect();
    if plain.is_empty() { found } else { plain }
}

/// Tells how near two persons are by their names and numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Nearness {
    /// One surname is the same.
    OneSurname,
    /// Two surnames are.
    BothSurnames,
    /// It may be the same person: the number, or the whole name.
    SamePerson,
}

/// Puts a question to a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coincidence {
    /// Names it: the same as long as both names are.
    pub id: String,
    /// The member.
    pub member: MemberId,
    /// The member's name.
    pub member_name: String,
    /// The person behind a bidder.
    pub person: ListedPerson,
    /// The surnames that are the same.
    pub shared: Vec<String>,
    /// How near.
    pub nearness: Nearness,
}

/// Somebody who declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declarant {
    /// The place in the body.
    pub member: MemberId,
    /// The name.
    pub name: String,
    /// The number of the cédula, where it is recorded.
    pub cedula: Option<String>,
}

/// Lists the coincidences between those who declare and those in the list.
#[must_use]
pub fn coincidences(declarants: &[Declarant], list: &PeopleList) -> Vec<Coincidence> {
    let mut found = Vec::new();
    for declarant in declarants {
        let own = possible_surnames(&declarant.name);
        for person in list.persons.iter().filter(|person| !person.company) {
            let theirs = possible_surnames(&person.name);
            let shared: Vec<String> = own.intersection(&theirs).cloned().collect();
            let number = declarant.cedula.as_deref().zip(person.identifier.as_deref());
            let same_number = number.is_some_and(|(one, other)| other == one || other.get(..10) == Some(one));
            let same_name = naming::same_person_name(&declarant.name, &person.name).is_some()
                || naming::says_less(&declarant.name, &person.name);
            let nearness = match (same_number || same_name, shared.len()) {
                (true, _) => Nearness::SamePerson,
                (_, 0) => continue,
                (_, 1) => Nearness::OneSurname,
                _ => Nearness::BothSurnames,
            };
            let id = identity(declarant, person);
            if found.iter().any(|known: &Coincidence| known.id == id && known.member == declarant.member) {
                continue;
            }
            found.push(Coincidence {
                id,
                member: declarant.member,
                member_name: declarant.name.clone(),
                person: person.clone(),
                shared,
                nearness,
            });
        }
    }
    found
}

fn identity(declarant: &Declarant, person: &ListedPerson) -> String {
    let words = |name: &str| {
        let mut words = naming::person_words(name);
        words.sort();
        words.join(" ")
    };
    let text = format!("{}|{}|{}", words(&declarant.name), words(&person.name), person.bid);
    FileHash::of(text.as_bytes()).to_string().chars().take(12).collect()
}

/// Returns what a member answered to a coincidence, where an answer holds.
#[must_use]
pub fn answer<'a>(answers: &'a [KinshipAnswer], asked: &Coincidence) -> Option<&'a KinshipAnswer> {
    let of = |one: &&KinshipAnswer| one.member == asked.member && one.coincidence == asked.id;
    answers.iter().rev().find(of).filter(|one| one.kinship.is_some())
}

/// Tells whether an answer bars the member from evaluating.
#[must_use]
pub fn bars(answer: &KinshipAnswer) -> bool {
    answer.kinship == Some(Kinship::WithinDegrees)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::agreement::tests::member;
    use cotejo_domain::BidId;
    use uuid::Uuid;

    fn asked(own: &str, names: &[&str]) -> Vec<(String, Nearness)> {
        let person = |name: &&str| ListedPerson {
            bid: BidId(Uuid::from_u128(1)),
            bidder: "Maderas Ficticias S.A.".into(),
            name: (*name).into(),
            identifier: None,
            part: "socio".into(),
            company: naming::is_company(name),
        };
        let list = PeopleList::of(names.iter().map(person).collect());
        let declarant = Declarant { member: member(1), name: own.into(), cedula: None };
        coincidences(&[declarant], &list).into_iter().map(|one| (one.person.name, one.nearness)).collect()
    }

    #[test]
    fn a_surname_is_found_in_any_order_with_or_without_accents() {
        for other in ["Muñoz Vera Carlos Andrés", "CARLOS ANDRES MUNOZ VERA", "Ing. Carlos Muñoz"] {
            let found = asked("Ana Lucía Muñoz Paredes", &[other]);
            assert_eq!(found.len(), 1, "{other}");
            assert_eq!(found[0].1, Nearness::OneSurname);
        }
        assert_eq!(asked("Muñoz Paredes Ana Lucía", &["Pedro Munoz Paredes"])[0].1, Nearness::BothSurnames);
    }

    #[test]
    fn given_names_and_companies_ask_nothing() {
        assert!(asked("Ana María Muñoz Paredes", &["María José Vera Luna", "Luis Vera Castro"]).is_empty());
        assert!(asked("Ana Muñoz", &["Muñoz Hermanos Cía. Ltda."]).is_empty(), "a company has no kin");
        assert!(asked("Luis Vera Mora", &["Vera Lucía Castro Paz"]).len() <= 1);
    }

    #[test]
    fn attack_a_member_bids_under_the_name_written_otherwise() {
        let found = asked("Ana Lucía Muñoz Paredes", &["MUNOZ PAREDES ANA LUCIA"]);
        assert_eq!(found[0].1, Nearness::SamePerson);
    }

    #[test]
    fn a_cedula_tells_the_same_person_whatever_the_name() {
        let person = ListedPerson {
            bid: BidId(Uuid::from_u128(1)),
            bidder: "Otra".into(),
            name: "Nombre Distinto".into(),
            identifier: Some("1559000011001".into()),
            part: "representante".into(),
            company: false,
        };
        let declarant =
            Declarant { member: member(1), name: "Ana Muñoz".into(), cedula: Some("1559000011".into()) };
        let found = coincidences(&[declarant], &PeopleList::of(vec![person]));
        assert_eq!(found[0].nearness, Nearness::SamePerson, "a RUC of a person begins with the cédula");
    }

    #[test]
    fn given_names_are_written_as_names_are_compared() {
        assert!(
            GIVEN.iter().all(|name| naming::name_words(name) == [name.to_owned()]),
            "as names are compared"
        );
    }
}
