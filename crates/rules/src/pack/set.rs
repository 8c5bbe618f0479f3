//! The packs a profile judges new cases by: the compiled-in ones, and installed ones in their place or beside them.

use super::{EntityRules, NoPack, RulePack};
use jiff::civil::Date;

/// Holds one pack of each identifier.
#[derive(Clone, Debug)]
pub struct PackSet {
    packs: Vec<RulePack>,
}

impl PackSet {
    /// Returns the compiled-in packs.
    #[must_use]
    pub fn built_in() -> Self {
        Self { packs: RulePack::all().to_vec() }
    }

    /// Takes a pack in, in place of the one with its identifier.
    pub fn take(&mut self, pack: RulePack) {
        self.packs.retain(|other| other.id != pack.id);
        self.packs.push(pack);
        self.packs.sort_by(|one, other| (one.valid_from, &one.id).cmp(&(other.valid_from, &other.id)));
    }

    /// Adds what the entity recorded to every pack.
    #[must_use]
    pub fn with_entity(mut self, rules: &EntityRules) -> Self {
        for pack in &mut self.packs {
            *pack = pack.with_entity(rules);
        }
        self
    }

    /// Returns the packs, oldest first.
    #[must_use]
    pub fn all(&self) -> &[RulePack] {
        &self.packs
    }

    /// Returns the pack with this identifier.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<&RulePack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// Returns the pack that governs processes started on `date`; where a newer regime begins inside an open one, the newer.
    ///
    /// # Errors
    /// [`NoPack`] when none covers the day.
    pub fn for_start(&self, date: Date) -> Result<&RulePack, NoPack> {
        let covering = self.packs.iter().filter(|pack| pack.covers(date));
        covering.max_by_key(|pack| pack.valid_from).ok_or(NoPack(date))
    }
}
