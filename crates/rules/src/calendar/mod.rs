//! Working days: national holidays with their transfers, and términos counted over them (manual §2.1, Código del Trabajo 65).

mod holidays;
mod termino;

pub use holidays::{Holiday, holidays};
pub use termino::{CountedDay, Deadline, add_termino};
