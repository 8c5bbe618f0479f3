//! The judge of signed PDFs.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cotejo_hostile::signatures::signed_pdf(bytes));
