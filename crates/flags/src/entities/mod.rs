//! The same person or company across a bid and across bids, with the reasons.
//!
//! A number whose check digit agrees joins, where the names allow it; a name joins only where no number contradicts: fathers and sons, and
//! homonyms, share names. A person of whom a bid says less than two surnames and a name is joined by number alone. What is joined is a lead
//! for a person to follow, with the places it was read from; it decides nothing.

mod mention;
#[cfg(test)]
mod tests;

pub use mention::{Mention, Part};

use crate::input::BidPapers;
use cotejo_domain::{BidId, naming, naming::SameName};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Words that a person's name must have to join by itself: two surnames and a name.
const WORDS: usize = 3;
/// Groups beyond which names are not compared letter by letter.
const MANY: usize = 800;

/// Tells why mentions were joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The same RUC.
    SameRuc,
    /// The same cédula.
    SameCedula,
    /// A RUC is the cédula of the same person and its establishment.
    RucOfCedula,
    /// The same name, in the same order.
    SameName,
    /// The same name, surnames and given names the other way round.
    NameReordered,
    /// The same name but for a letter that OCR may have misread.
    OneLetter,
}

impl Reason {
    /// Tells whether a number joined.
    #[must_use]
    pub fn by_number(self) -> bool {
        matches!(self, Self::SameRuc | Self::SameCedula | Self::RucOfCedula)
    }

    /// Returns the reason in words, from the catalogue.
    #[must_use]
    pub fn in_words(self) -> String {
        let key = match self {
            Self::SameRuc => "flags.razon.mismo_ruc",
            Self::SameCedula => "flags.razon.misma_cedula",
            Self::RucOfCedula => "flags.razon.ruc_de_cedula",
            Self::SameName => "flags.razon.mismo_nombre",
            Self::NameReordered => "flags.razon.otro_orden",
            Self::OneLetter => "flags.razon.una_letra",
        };
        cotejo_catalogue::message(key, &[])
    }
}

/// Holds one person or company with every place that names it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entity {
    /// Its name as most papers write it.
    pub name: String,
    /// Whether it is a company.
    pub company: bool,
    /// The places, bid by bid.
    pub mentions: Vec<Mention>,
    /// Why they were joined; empty where one place names it.
    pub reasons: Vec<Reason>,
}

impl Entity {
    /// Returns the bids that name it, each once.
    #[must_use]
    pub fn bids(&self) -> BTreeSet<BidId> {
        self.mentions.iter().map(|mention| mention.bid).collect()
    }

    fn key(&self) -> Option<&str> {
        self.mentions.iter().find_map(|mention| mention.key.as_deref())
    }
}

/// Joins who is named in the bids of a lot.
#[must_use]
pub fn join(bids: &[BidPapers<'_>]) -> Vec<Entity> {
    let mentions: Vec<Mention> = bids.iter().flat_map(mention::of_bid).collect();
    let mut entities = by_number(mentions);
    by_name(&mut entities);
    one_letter(&mut entities);
    for entity in &mut entities {
        entity.reasons.sort();
        entity.reasons.dedup();
        entity.mentions.sort_by(|a, b| (a.bid, a.part, &a.kind).cmp(&(b.bid, b.part, &b.kind)));
        entity.name = common_name(&entity.mentions);
    }
    entities.sort_by(|a, b| (b.bids().len(), &a.name).cmp(&(a.bids().len(), &b.name)));
    entities
}

fn alone(mention: Mention) -> Entity {
    Entity {
        name: mention.name.clone(),
        company: mention.company,
        mentions: vec![mention],
        reasons: Vec::new(),
    }
}

// Whether two names can be of one, for a number that both carry.
fn compatible(a: &Mention, b: &Mention) -> bool {
    if a.company || b.company {
        return naming::same_company_name(&a.name, &b.name).is_some()
            || naming::name_words(&a.name).first() == naming::name_words(&b.name).first();
    }
    naming::same_person_name(&a.name, &b.name).is_some() || naming::says_less(&a.name, &b.name)
}

fn by_number(mentions: Vec<Mention>) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for mention in mentions {
        let Some(key) = mention.key.clone() else {
            entities.push(alone(mention));
            continue;
        };
        let places = known.entry(key).or_default();
        let fits = |at: &&usize| entities[**at].mentions.iter().all(|other| compatible(other, &mention));
        match places.iter().find(fits).copied() {
            Some(at) => {
                let entity = &mut entities[at];
                let lengths = |mention: &Mention| mention.number.as_ref().map_or(0, String::len);
                let reason = match entity.mentions.iter().any(|other| lengths(other) == lengths(&mention)) {
                    true if lengths(&mention) == 13 => Reason::SameRuc,
                    true => Reason::SameCedula,
                    false => Reason::RucOfCedula,
                };
                entity.reasons.push(reason);
                entity.mentions.push(mention);
            }
            None => {
                places.push(entities.len());
                entities.push(alone(mention));
            }
        }
    }
    entities
}

// What a name is found by, whatever the order of its words.
fn index_of(mention: &Mention) -> Option<String> {
    if mention.company {
        let (words, _) = naming::company_words(&mention.name);
        return (words.concat().len() >= 5).then(|| format!("c {}", words.concat()));
    }
    let mut words = naming::person_words(&mention.name);
    words.sort();
    (words.len() >= WORDS).then(|| format!("p {}", words.join(" ")))
}

fn same(a: &Mention, b: &Mention) -> Option<SameName> {
    if a.company != b.company {
        return None;
    }
    if a.company {
        naming::same_company_name(&a.name, &b.name)
    } else {
        naming::same_person_name(&a.name, &b.name)
    }
}

// Joins groups by name: into the one group that has a number, or among themselves where none has. Where two numbers carry the name nobody
// can tell whose a mention without number is.
fn by_name(entities: &mut Vec<Entity>) {
    let mut indexes: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, entity) in entities.iter().enumerate() {
        let keys: BTreeSet<String> = entity.mentions.iter().filter_map(index_of).collect();
        for key in keys {
            indexes.entry(key).or_default().push(at);
        }
    }
    let mut gone: BTreeSet<usize> = BTreeSet::new();
    for places in indexes.values().filter(|places| places.len() > 1) {
        let numbered: BTreeSet<&str> = places.iter().filter_map(|at| entities[*at].key()).collect();
        if numbered.len() > 1 {
            continue;
        }
        let Some(into) =
            places.iter().copied().find(|at| entities[*at].key().is_some()).or(places.first().copied())
        else {
            continue;
        };
        for at in places.iter().copied().filter(|at| *at != into) {
            if gone.contains(&at) || gone.contains(&into) || entities[at].key().is_some() {
                continue;
            }
            let alike =
                entities[into].mentions.iter().find_map(|mention| same(mention, &entities[at].mentions[0]));
            let Some(alike) = alike.filter(|alike| *alike != SameName::OneLetter) else { continue };
            let reason = if alike == SameName::Exact { Reason::SameName } else { Reason::NameReordered };
            let moved = std::mem::take(&mut entities[at].mentions);
            let reasons = std::mem::take(&mut entities[at].reasons);
            entities[into].reasons.extend(reasons);
            entities[into].reasons.push(reason);
            entities[into].mentions.extend(moved);
            gone.insert(at);
        }
    }
    entities.retain(|entity| !entity.mentions.is_empty());
}

// A name read from an image that differs in one letter from exactly one other.
fn one_letter(entities: &mut Vec<Entity>) {
    if entities.len() > MANY {
        return;
    }
    let long = |mention: &Mention| mention.company || naming::person_words(&mention.name).len() >= WORDS;
    let mut moves: Vec<(usize, usize)> = Vec::new();
    for (at, entity) in entities.iter().enumerate() {
        let first = &entity.mentions[0];
        let read = entity.key().is_none() && entity.mentions.iter().all(|mention| mention.of_image);
        if !read || !long(first) {
            continue;
        }
        let mut near = entities.iter().enumerate().filter(|(other, entity)| {
            *other != at
                && entity.mentions.iter().any(|mention| same(mention, first) == Some(SameName::OneLetter))
        });
        if let (Some((into, _)), None) = (near.next(), near.next()) {
            moves.push((at, into));
        }
    }
    let mut touched: BTreeSet<usize> = BTreeSet::new();
    for (at, into) in moves {
        if touched.contains(&at) || touched.contains(&into) {
            continue;
        }
        touched.extend([at, into]);
        let moved = std::mem::take(&mut entities[at].mentions);
        entities[into].reasons.push(Reason::OneLetter);
        entities[into].mentions.extend(moved);
    }
    entities.retain(|entity| !entity.mentions.is_empty());
}

fn common_name(mentions: &[Mention]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for mention in mentions {
        *counts.entry(mention.name.as_str()).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(name, count)| (*count, name.len()));
    most.map_or_else(String::new, |(name, _)| name.to_owned())
}
