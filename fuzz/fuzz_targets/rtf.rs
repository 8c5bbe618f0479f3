//! RTF.
#![no_main]

libfuzzer_sys::fuzz_target!(init: cotejo_hostile::foreign_panics_pass(), |bytes: &[u8]| cotejo_hostile::texts::rtf(bytes));
