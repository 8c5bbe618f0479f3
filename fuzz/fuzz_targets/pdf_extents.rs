//! Extents of values in a PDF.
#![no_main]

libfuzzer_sys::fuzz_target!(init: cotejo_hostile::foreign_panics_pass(), |bytes: &[u8]| cotejo_hostile::signatures::pdf_extents(bytes));
