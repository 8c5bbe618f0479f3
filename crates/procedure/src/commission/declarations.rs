//! Declarations on conflicts of interest and confidentiality: over which list each was made, and which are to be renewed (LEY 75 and 76).
//!
//! A declaration speaks of the bidders and persons it was made over. When the list changes, another is due: nobody has declared anything of a
//! bidder who was not in it.

use cotejo_domain::course::{Declaration, DeclarationKind};
use cotejo_domain::{BidId, FileHash, MemberId, naming};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Names a bidder or a person behind one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ListedPerson {
    /// The bid.
    pub bid: BidId,
    /// The bidder's name.
    pub bidder: String,
    /// The name as most papers write it.
    pub name: String,
    /// Cédula or RUC, where one was read.
    pub identifier: Option<String>,
    /// In what part: `oferente`, `representante`, `socio o accionista`.
    pub part: String,
    /// Whether it is a company.
    pub company: bool,
}

/// Holds the list that declarations are made over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PeopleList {
    /// Identifies the list: the same as long as bidders and persons are, whatever their order.
    pub hash: FileHash,
    /// Who stands in it, each once for each bid.
    pub persons: Vec<ListedPerson>,
}

impl PeopleList {
    /// Makes the list.
    #[must_use]
    pub fn of(persons: Vec<ListedPerson>) -> Self {
        let mut by_key: BTreeMap<String, ListedPerson> = BTreeMap::new();
        for person in persons {
            by_key.entry(key(&person)).or_insert(person);
        }
        let keys: Vec<&str> = by_key.keys().map(String::as_str).collect();
        let hash = FileHash::of(keys.join("\n").as_bytes());
        Self { hash, persons: by_key.into_values().collect() }
    }

    /// Writes who stands in it, a line each, as a declaration keeps it.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let line = |person: &ListedPerson| {
            let number = person.identifier.as_ref().map_or_else(String::new, |number| format!(" ({number})"));
            if person.name == person.bidder {
                format!("{}{number}", person.name)
            } else {
                format!("{}{number}, {} de {}", person.name, person.part, person.bidder)
            }
        };
        self.persons.iter().map(line).collect()
    }
}

/// What makes a person of a bid the same in two lists: the bid, the number or, without one, the words of the name in any order.
fn key(person: &ListedPerson) -> String {
    let mut words = naming::name_words(&person.name);
    words.sort();
    format!("{}|{}|{}", person.bid, words.join(" "), person.identifier.as_deref().unwrap_or_default())
}

/// Tells how a declaration stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DeclarationState {
    /// None was made.
    Missing,
    /// Made over the list as it is: nothing against evaluating.
    Clear,
    /// Made over the list as it is, and makes a conflict known.
    Novelty {
        /// The conflict.
        text: String,
    },
    /// Made over another list.
    ToRenew {
        /// Who is in the list now and was not then.
        new: Vec<String>,
        /// Who was in it then and is not now.
        gone: Vec<String>,
    },
}

impl DeclarationState {
    /// Tells whether another declaration is due.
    #[must_use]
    pub fn is_due(&self) -> bool {
        matches!(self, Self::Missing | Self::ToRenew { .. })
    }
}

/// Returns the declaration of a member that holds.
#[must_use]
pub fn holding(
    declarations: &[Declaration],
    member: MemberId,
    kind: DeclarationKind,
) -> Option<&Declaration> {
    let own = |one: &&Declaration| one.member == member && one.kind == kind && !one.withdrawn;
    declarations.iter().rev().find(own)
}

/// Judges the declaration of a member over the list as it is.
#[must_use]
pub fn state(
    declarations: &[Declaration],
    member: MemberId,
    kind: DeclarationKind,
    list: &PeopleList,
) -> DeclarationState {
    let Some(made) = holding(declarations, member, kind) else { return DeclarationState::Missing };
    if made.over != list.hash {
        let now: BTreeSet<String> = list.lines().into_iter().collect();
        let then: BTreeSet<String> = made.list.iter().cloned().collect();
        return DeclarationState::ToRenew {
            new: now.difference(&then).cloned().collect(),
            gone: then.difference(&now).cloned().collect(),
        };
    }
    match made.novelty.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => DeclarationState::Novelty { text: text.to_owned() },
        None => DeclarationState::Clear,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commission::agreement::tests::member;
    use cotejo_domain::ActorId;
    use uuid::Uuid;

    fn person(bid: u128, name: &str, identifier: Option<&str>) -> ListedPerson {
        ListedPerson {
            bid: BidId(Uuid::from_u128(bid)),
            bidder: "Maderas Ficticias S.A.".into(),
            name: name.into(),
            identifier: identifier.map(str::to_owned),
            part: "representante".into(),
            company: false,
        }
    }

    fn declaration(list: &PeopleList, novelty: Option<&str>) -> Declaration {
        Declaration {
            member: member(1),
            kind: DeclarationKind::ConflictOfInterest,
            novelty: novelty.map(str::to_owned),
            made_on: jiff::civil::date(2026, 2, 3),
            over: list.hash,
            list: list.lines(),
            document: None,
            withdrawn: false,
            author: ActorId(Uuid::from_u128(1)),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn judged(made: &[Declaration], list: &PeopleList) -> DeclarationState {
        state(made, member(1), DeclarationKind::ConflictOfInterest, list)
    }

    #[test]
    fn a_list_is_the_same_in_any_order_and_writing() {
        let one = PeopleList::of(vec![person(1, "Ana Pérez Mora", None), person(2, "Luis Vera", Some("1"))]);
        let other = PeopleList::of(vec![
            person(2, "LUIS VERA", Some("1")),
            person(1, "PEREZ MORA ANA", None),
            person(1, "Ana Pérez Mora", None),
        ]);
        assert_eq!(one.hash, other.hash);
        assert_eq!(other.persons.len(), 2, "each once");
    }

    #[test]
    fn attack_a_declaration_older_than_the_last_bidder() {
        let before = PeopleList::of(vec![person(1, "Ana Pérez Mora", None)]);
        let made = [declaration(&before, None)];
        assert_eq!(judged(&made, &before), DeclarationState::Clear);
        let after = PeopleList::of(vec![person(1, "Ana Pérez Mora", None), person(2, "Luis Vera", None)]);
        let DeclarationState::ToRenew { new, gone } = judged(&made, &after) else {
            panic!("nothing was declared of the new bidder's people")
        };
        assert!(new.len() == 1 && new[0].starts_with("Luis Vera") && gone.is_empty(), "{new:?}");
        assert!(judged(&made, &after).is_due());
        let renewed = [made[0].clone(), declaration(&after, None)];
        assert_eq!(judged(&renewed, &after), DeclarationState::Clear, "the newest holds");
    }

    #[test]
    fn a_conflict_that_was_made_known_is_no_clear_declaration_and_one_taken_back_is_none() {
        let list = PeopleList::of(vec![person(1, "Ana Pérez Mora", None)]);
        let state = judged(&[declaration(&list, Some("Es mi prima"))], &list);
        assert_eq!(state, DeclarationState::Novelty { text: "Es mi prima".into() });
        let taken_back = Declaration { withdrawn: true, ..declaration(&list, None) };
        assert_eq!(judged(&[taken_back], &list), DeclarationState::Missing);
        assert_eq!(
            state_of_other(&[declaration(&list, None)], &list),
            DeclarationState::Missing,
            "one kind does not stand for the other"
        );
    }

    fn state_of_other(made: &[Declaration], list: &PeopleList) -> DeclarationState {
        state(made, member(1), DeclarationKind::Confidentiality, list)
    }
}
