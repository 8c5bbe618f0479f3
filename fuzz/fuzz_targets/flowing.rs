//! Documents of every flowing kind.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cotejo_hostile::texts::flowing(bytes));
