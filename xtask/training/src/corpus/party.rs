//! Whose papers a heap holds: the same bidder, process and habits run through all of them.

use super::numbers::{self, Notation};
use crate::random::Random;
use crate::slots;

/// Holds what the papers of one heap share.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) firm: String,
    pub(crate) ruc: String,
    pub(crate) representative: String,
    pub(crate) cedula: String,
    pub(crate) town: String,
    pub(crate) entity: String,
    pub(crate) process: String,
    pub(crate) work: String,
    pub(crate) goods: String,
    pub(crate) notation: Notation,
    /// What stands before amounts.
    pub(crate) currency: &'static str,
    /// How numeric dates are written: 0 with slashes, 1 ISO, 2 with hyphens.
    pub(crate) dates: u64,
}

impl Party {
    pub(crate) fn draw(random: &mut Random) -> Self {
        Self {
            firm: slots::fill("empresa", random),
            ruc: numbers::ruc(random),
            representative: slots::fill("persona", random),
            cedula: numbers::cedula(random),
            town: slots::fill("ciudad", random),
            entity: slots::fill("entidad", random),
            process: slots::fill("codigo", random),
            work: slots::fill("objeto_obra", random),
            goods: slots::fill("objeto_bien", random),
            notation: Notation::draw(random),
            currency: random.pick(&["USD ", "$ ", "", "", "US$ "]),
            dates: random.between(0, 2),
        }
    }
}
