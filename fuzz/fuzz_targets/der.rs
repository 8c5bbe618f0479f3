//! DER, certificates and names.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cotejo_hostile::signatures::der(bytes));
