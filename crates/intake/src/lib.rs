//! Opens what bidders hand in: containers, office files, mails and plain text, under limits.
//!
//! Runs in the worker only: every byte here is a bidder's. Nothing panics, nothing is skipped in silence: each function returns
//! what it could read and the findings about the rest. Original bytes are never changed.
//!
//! - [`media`] names the media type by content, never by the file's name.
//! - [`package`] opens archives, mails and signed envelopes, nested ones included, under [`cotejo_lector_protocol::IntakeLimits`].
//! - [`doc`], [`docx`], [`rtf`], [`odf`], [`html`], [`plain`] and [`mail`] turn flowing documents into a *vista de lectura*
//!   ([`reading_view`] says how places are kept), [`xlsx`], [`workbook`] and [`csv`] sheets.
//! - [`charset`] tells the encodings of text apart and repairs *mojibake*; [`p7m`] takes a signed file out of its envelope.
//! - [`properties`] reads what office files say of themselves: authors, programs, times.
//! - [`flowing`] knows which of them reads what; [`unlock`] takes Office documents out of their encryption.
//! - [`pliego_text`] recognises a pliego from printed text, where no `.ushay` is at hand.
//! - [`ushay`] decodes SERCOP's container into a pliego.
//!
//! `docs/formats.md` says which format is read by what.

mod cfb;
pub mod charset;
mod compose;
pub mod csv;
pub mod doc;
pub mod docx;
mod finding;
pub mod flowing;
mod guard;
pub mod html;
pub mod mail;
pub mod media;
mod names;
pub mod odf;
pub mod p7m;
pub mod package;
pub mod plain;
pub mod pliego_text;
pub mod properties;
pub mod reading_view;
pub mod rtf;
mod source;
mod tar;
pub mod unlock;
pub mod ushay;
pub mod workbook;
pub mod xlsx;
mod xml_steps;

pub use finding::finding;
pub use source::ByteSource;
