//! The frames between the core and the worker.
#![no_main]

libfuzzer_sys::fuzz_target!(init: cotejo_hostile::foreign_panics_pass(), |bytes: &[u8]| cotejo_hostile::frames::frames(bytes));
