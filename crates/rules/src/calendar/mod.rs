//! Working days: the calendar as data by year, cantons and suspensions, and términos counted over it with the working (manual §2.1, Código del
//! Trabajo 65, COA 158 and 159).

mod data;
mod holidays;
mod termino;
#[cfg(test)]
mod tests;

pub use data::{Calendar, EntityDay, OffDay, OffKind};
pub use holidays::Holiday;
pub use termino::{CountedDay, Deadline, add_termino};
