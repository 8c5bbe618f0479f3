//! What must hold of every parser of ours, whatever the bytes.
//!
//! A [`Target`] takes any bytes, gives them to one parser and panics where a promise is broken: a value out of bounds, a finding
//! without a sentence, a limit passed. The fuzzers of `fuzz/` search for such bytes; the tests of this crate try the ones that are
//! known, and seeded mutations of them. Bytes that broke a promise once stay in `fuzz/corpus` and get a named test in their crate.
#![expect(clippy::panic, reason = "a broken promise is told by panicking: that is what a fuzzer looks for")]

pub mod containers;
mod findings;
pub mod frames;
pub mod mutate;
pub mod signatures;
pub mod texts;

/// Lets a panic of a foreign parser pass in silence: our crates catch it and turn it into a finding, and one that they do not catch still
/// ends the run. (libFuzzer's own hook would end the process before anybody can catch.)
pub fn foreign_panics_pass() {
    drop(std::panic::take_hook());
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let foreign = panic.location().is_some_and(|place| place.file().contains("registry"));
        if !foreign {
            usual(panic);
        }
    }));
}

/// Names a parser and the promise it is held to.
#[derive(Clone, Copy)]
pub struct Target {
    /// Name of the fuzzer, and of its folder under `fuzz/corpus`.
    pub name: &'static str,
    /// Panics where the promise is broken.
    pub check: fn(&[u8]),
}

/// Lists the targets; each has a fuzzer of the same name in `fuzz/fuzz_targets`.
pub const TARGETS: [Target; 14] = [
    Target { name: "ushay", check: containers::ushay },
    Target { name: "proceso_xml", check: containers::process_xml },
    Target { name: "zip_info", check: containers::zip_info },
    Target { name: "package", check: containers::package },
    Target { name: "frames", check: frames::frames },
    Target { name: "der", check: signatures::der },
    Target { name: "pdf_extents", check: signatures::pdf_extents },
    Target { name: "signed_pdf", check: signatures::signed_pdf },
    Target { name: "pliego_text", check: texts::pliego_text },
    Target { name: "flowing", check: texts::flowing },
    Target { name: "doc", check: texts::doc },
    Target { name: "rtf", check: texts::rtf },
    Target { name: "mail", check: containers::mail },
    Target { name: "p7m", check: containers::envelope },
];
