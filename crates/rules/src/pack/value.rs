//! A value of the norm with where it comes from, and the order in which those who may say it are heard.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Says where a value was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The norm, or the paper that stands for it.
    pub norm: String,
    /// Article: `100.3`.
    pub art: Option<String>,
    /// Registro Oficial with its date.
    pub ro: Option<String>,
    /// Page there.
    pub page: Option<String>,
}

impl Source {
    /// Names a source that is known by one text only.
    #[must_use]
    pub fn of(norm: &str) -> Self {
        Self { norm: norm.to_owned(), ..Self::default() }
    }

    /// Returns the citation, as sentences and actas print it.
    #[must_use]
    pub fn cite(&self) -> String {
        // An article is a number; an annex, or a part of the pliego, says itself what it is.
        let numbered =
            self.art.as_deref().is_some_and(|art| art.starts_with(|first: char| first.is_ascii_digit()));
        let article = if numbered { "Art. " } else { "" };
        let parts = [(article, &self.art), ("R.O. ", &self.ro), ("pág. ", &self.page)];
        let mut text = self.norm.clone();
        for (label, part) in parts {
            if let Some(part) = part {
                text.push_str(", ");
                text.push_str(label);
                text.push_str(part);
            }
        }
        text
    }
}

/// Says who states a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum Origin {
    /// The pliego of the process, its aclaraciones included: it binds.
    Pliego,
    /// The entity, in place of the pack.
    Entity {
        /// Who recorded it.
        by: String,
        /// The day.
        at: Date,
        /// Why.
        reason: String,
    },
    /// The pack of the regime itself.
    Pack {
        /// Its identifier.
        id: String,
        /// Its version.
        version: u32,
    },
    /// An older pack, whose value this regime inherits expressly.
    Inherited {
        /// The older pack.
        id: String,
        /// Its version.
        version: u32,
    },
}

/// Says which person confirmed a value in its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Confirmation {
    /// Name.
    pub by: String,
    /// The day.
    pub at: Date,
    /// The paper it was confirmed with.
    pub document: String,
}

/// Holds a value of the norm with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// Where it was read, as a citation.
    pub source: String,
    /// Where it was read, in parts.
    pub citation: Source,
    /// Whether it was read in the primary source, or a person confirmed it. Conclusions that rest on an unverified value are marked.
    pub verified: bool,
    /// Who confirmed it, where a person did.
    pub confirmed: Option<Confirmation>,
    /// True when the value looks wrong in its source and was kept as read.
    pub suspicious: bool,
    /// What a person should know about it.
    pub note: Option<String>,
    /// Who states it.
    pub origin: Origin,
}

impl<T> Value<T> {
    /// Tells whether a conclusion that rests on it carries the mark: nobody has read it in its source, or it looks wrong there and no person
    /// confirmed it.
    #[must_use]
    pub fn marked(&self) -> bool {
        !self.verified || (self.suspicious && self.confirmed.is_none())
    }

    /// Puts another value in the place of this one; where it comes from stays.
    pub fn map<U>(self, value: U) -> Value<U> {
        Value {
            value,
            unit: self.unit,
            source: self.source,
            citation: self.citation,
            verified: self.verified,
            confirmed: self.confirmed,
            suspicious: self.suspicious,
            note: self.note,
            origin: self.origin,
        }
    }

    fn of_the_pliego(value: T) -> Self {
        let source = cotejo_catalogue::message("rules.pack.origin.pliego", &[]);
        Self {
            value,
            unit: None,
            citation: Source::of(&source),
            source,
            verified: true,
            confirmed: None,
            suspicious: false,
            note: None,
            origin: Origin::Pliego,
        }
    }
}

/// Answers a question put to the norms: a value, or that a person must be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "answers are used one at a time and never kept in numbers")]
pub enum Answer<T> {
    /// Somebody says it; [`Value::origin`] says who.
    Known(Value<T>),
    /// Neither pliego, entity nor pack says it.
    Ask {
        /// Key of the value.
        parameter: String,
    },
}

impl<T> Answer<T> {
    /// Returns the value, if there is one.
    #[must_use]
    pub fn known(self) -> Option<Value<T>> {
        match self {
            Self::Known(value) => Some(value),
            Self::Ask { .. } => None,
        }
    }
}

/// Hears who may state a value in their order: the pliego, then what `norms` says (the entity, then the pack), then nobody, and a person is
/// asked. Every check that has a value of the pliego decides through this.
#[must_use]
pub fn precedence<T>(pliego: Option<T>, norms: impl FnOnce() -> Answer<T>) -> Answer<T> {
    match pliego {
        Some(value) => Answer::Known(Value::of_the_pliego(value)),
        None => norms(),
    }
}
