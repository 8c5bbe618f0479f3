//! The MD5 list `zip.info`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: cotejo_hostile::foreign_panics_pass(), |bytes: &[u8]| cotejo_hostile::containers::zip_info(bytes));
