//! Opens what bidders hand in: containers, office files and plain text, under limits.
//!
//! Runs in the worker only: every byte here is a bidder's. Nothing panics, nothing is skipped in silence: each function returns
//! what it could read and the findings about the rest. Original bytes are never changed.
//!
//! - [`media`] names the media type by content, never by the file's name.
//! - [`package`] opens ZIP and `.ushay` containers, nested ones included, under [`cotejo_lector_protocol::IntakeLimits`].
//! - [`docx`], [`xlsx`], [`plain`] turn flowing documents into a *vista de lectura* ([`reading_view`] says how places are kept).
//! - [`pliego_text`] recognises a pliego from printed text, where no `.ushay` is at hand.
//! - [`ushay`] decodes SERCOP's container into a pliego.

pub mod docx;
mod finding;
pub mod media;
mod names;
pub mod package;
pub mod plain;
pub mod pliego_text;
pub mod reading_view;
pub mod ushay;
pub mod xlsx;

pub use finding::finding;
