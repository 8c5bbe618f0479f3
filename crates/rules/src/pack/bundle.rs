//! A pack whole: itself, its parents and the state's yearly budgets, as it is frozen in a case, exported and signed.

use super::problem::Problem;
use super::tables::StateBudgets;
use super::{EntityRules, RulePack, schema};
use serde_json::Value;

impl RulePack {
    /// Returns everything that judging by this pack rests on, as canonical JSON (RFC 8785). Its SHA-256 is [`RulePack::sha256`].
    #[must_use]
    pub fn frozen(&self) -> String {
        let packs: Vec<&Value> = self.chain().map(|link| &link.json).collect();
        let entity = (!self.entity.is_empty()).then_some(&self.entity);
        let whole = serde_json::json!({ "packs": packs, "pie": self.budgets.json(), "entity": entity });
        serde_json_canonicalizer::to_string(&whole).unwrap_or_default()
    }

    /// Makes a pack of what [`RulePack::frozen`] returned.
    ///
    /// # Errors
    /// What is wrong with it: it was changed.
    pub fn thaw(name: &str, text: &str) -> Result<Self, Vec<Problem>> {
        let mut whole = schema::parse(name, text).map_err(|problem| vec![problem])?;
        let broken = |pointer: &str| vec![Problem::new("rules.pack.shape", name, pointer, "JSON", "")];
        let mut take = |key: &str| whole.get_mut(key).map(Value::take);
        let packs = take("packs").ok_or_else(|| broken("/packs"))?;
        let budgets = take("pie").ok_or_else(|| broken("/pie"))?;
        let entity: Option<EntityRules> = match take("entity") {
            None => None,
            Some(entity) => serde_json::from_value(entity).map_err(|_| broken("/entity"))?,
        };
        let Value::Array(packs) = packs else { return Err(broken("/packs")) };
        let mut pack = Self::from_chain(name, packs)?;
        pack.budgets = StateBudgets::from_json(&budgets).ok_or_else(|| broken("/pie"))?.into();
        if let Some(entity) = entity {
            pack.entity = entity;
        }
        pack.hash();
        Ok(pack)
    }

    /// Makes a pack of a chain: itself first, then its parents, nearest first.
    ///
    /// # Errors
    /// What is wrong with any of them; the places begin with the position in the chain.
    pub fn from_chain(name: &str, packs: Vec<Value>) -> Result<Self, Vec<Problem>> {
        let mut made: Vec<Self> = Vec::new();
        for (position, json) in packs.into_iter().enumerate().rev() {
            let pack = Self::from_json(name, json, &made).map_err(|problems| {
                let at = |problem: Problem| Problem {
                    pointer: format!("/packs/{position}{}", problem.pointer),
                    ..problem
                };
                problems.into_iter().map(at).collect::<Vec<_>>()
            })?;
            made.push(pack);
        }
        match made.pop() {
            // Each but the last must be somebody's parent: nothing rides along unread.
            Some(pack) if pack.chain().count() == made.len() + 1 => Ok(pack),
            _ => Err(vec![Problem::new(
                "rules.pack.not_a_chain",
                name,
                "/packs",
                &cotejo_catalogue::message("rules.pack.expected.chain", &[]),
                "",
            )]),
        }
    }

    /// Reads a file that a person edits: one pack, or a chain under `packs`, as [`RulePack::draft`] writes it.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read_draft(name: &str, text: &str, known: &[Self]) -> Result<Self, Vec<Problem>> {
        let mut json = schema::parse(name, text).map_err(|problem| vec![problem])?;
        let is_chain =
            json.as_object().is_some_and(|fields| fields.len() == 1 && fields.contains_key("packs"));
        match json.get_mut("packs").map(Value::take) {
            Some(Value::Array(packs)) if is_chain => Self::from_chain(name, packs)?.whose_flags_agree(name),
            _ if is_chain => Err(vec![Problem::new("rules.pack.shape", name, "/packs", "[…]", "")]),
            _ => Self::load(name, text, known),
        }
    }

    /// Returns the pack if flags and values name each other in it and in each of its parents.
    ///
    /// # Errors
    /// Where they do not; the places begin with the position in the chain.
    pub fn whose_flags_agree(self, name: &str) -> Result<Self, Vec<Problem>> {
        let links = self.chain().enumerate();
        let problems: Vec<Problem> = links
            .flat_map(|(position, link)| {
                link.flag_disagreements(name).into_iter().map(move |problem| Problem {
                    pointer: format!("/packs/{position}{}", problem.pointer),
                    ..problem
                })
            })
            .collect();
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }

    /// Returns the pack and its parents as JSON to be edited: `{"packs": [this one, its parent, …]}`. What the entity recorded is not in it.
    #[must_use]
    pub fn draft(&self) -> Value {
        let packs: Vec<&Value> = self.chain().map(|link| &link.json).collect();
        serde_json::json!({ "packs": packs })
    }

    /// Returns the JSON of the pack itself and of its parents, nearest first.
    #[must_use]
    pub fn chain_json(&self) -> Vec<Value> {
        self.chain().map(|link| link.json.clone()).collect()
    }
}

impl RulePack {
    /// Reads a value that the entity wants in the place of the one at `key`: JSON of the form that a pack may have there.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn entity_value(&self, key: &str, text: &str) -> Result<Value, Vec<Problem>> {
        let value = schema::parse(key, text).map_err(|problem| vec![problem])?;
        let problems = schema::check_value(key, &value);
        if problems.is_empty() { Ok(value) } else { Err(problems) }
    }
}
