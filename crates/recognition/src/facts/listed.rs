//! Facts that stand in rows: indices, partners, shareholders.

use super::Candidates;
use crate::documents::cut::Cut;
use crate::tables::TablesRead;

/// Reads facts from the tables of a document.
pub fn read(_found: &mut Candidates, _read: &TablesRead, _cut: &Cut) {}

/// Confirms an undecided total by the sum of its table.
pub fn confirm_totals(_found: &mut Candidates, _read: &TablesRead, _cut: &Cut) {}
