//! Pages as an extractor sees them: folded text, visual rows, segments between wide gaps, and the way back to boxes.
//!
//! - [`Folded`]: text next to its lower-case ASCII form, index for index, so that a match in one is a range of the other.
//! - [`PageLayout`]: the words of a page in visual rows; a [`Row`] is cut into [`Segment`]s where cells of a table or a label
//!   and its value stand apart.

mod cells;
mod folded;
mod glued;
mod page_layout;

#[cfg(test)]
pub(crate) use page_layout::tests;

pub use folded::{Folded, squeeze};
pub use page_layout::{PageLayout, Row, Segment, WordSpan};
