//! Mails of the internet and of Outlook.
#![no_main]

libfuzzer_sys::fuzz_target!(init: cotejo_hostile::foreign_panics_pass(), |bytes: &[u8]| cotejo_hostile::containers::mail(bytes));
