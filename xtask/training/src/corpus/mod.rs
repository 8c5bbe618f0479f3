//! Rendered documents with their truth, from the templates that nothing was trained on.
//!
//! Each paper is filled with one bidder's people and numbers, laid out in one author's manner, and put with others into heaps: files that
//! hold several documents of several types, with pages that go on, covers, separators and blank backs. The layout says on which page
//! each value stands, so the truth is what was printed. The same seed gives the same bytes.

mod blocks;
mod filler;
mod heap;
pub(crate) mod numbers;
mod party;

pub(crate) use heap::{DocumentTruth, Format, Heap, Plan, heaps};

#[cfg(test)]
mod tests;
