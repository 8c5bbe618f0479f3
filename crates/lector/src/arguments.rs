//! The words of the call.

use crate::Failure;
use std::ffi::OsString;
use std::path::PathBuf;

/// What the worker is started for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Reads hostile bytes.
    Leer,
    /// Recognises what was read.
    Reconocer,
}

/// Holds the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) role: Role,
    pub(crate) pdfium: Option<PathBuf>,
    pub(crate) tessdata: Option<PathBuf>,
    pub(crate) encoder: Option<PathBuf>,
    /// A file of heads, and the SHA-256 that it must have.
    pub(crate) heads: Option<PathBuf>,
    pub(crate) heads_sha256: Option<String>,
    /// Ceiling of the address space in megabytes; 0 for none.
    pub(crate) memory_megabytes: u64,
    /// Levels below the usual priority, 0 to 19.
    pub(crate) niceness: u8,
}

/// Enough for a package of the largest size with what is taken out of it.
const MEMORY_MEGABYTES: u64 = 3072;
/// Recognition stands back behind everything a person waits for.
const RECOGNITION_NICENESS: u8 = 15;

impl Arguments {
    pub(crate) fn parse(words: impl Iterator<Item = OsString>) -> Result<Self, Failure> {
        let mut words = words;
        let role = match words.next().and_then(|word| word.into_string().ok()).as_deref() {
            Some("leer") => Role::Leer,
            Some("reconocer") => Role::Reconocer,
            _ => return Err(Failure::WrongUse("se espera «leer» o «reconocer»".into())),
        };
        let mut arguments = Self {
            role,
            pdfium: None,
            tessdata: None,
            encoder: None,
            heads: None,
            heads_sha256: None,
            memory_megabytes: MEMORY_MEGABYTES,
            niceness: if role == Role::Reconocer { RECOGNITION_NICENESS } else { 0 },
        };
        while let Some(name) = words.next() {
            let name = name.to_string_lossy().into_owned();
            let value = words.next().ok_or_else(|| Failure::WrongUse(format!("falta el valor de {name}")))?;
            match name.as_str() {
                "--pdfium" => arguments.pdfium = Some(value.into()),
                "--tessdata" => arguments.tessdata = Some(value.into()),
                "--codificador" => arguments.encoder = Some(value.into()),
                "--cabezas" => arguments.heads = Some(value.into()),
                "--cabezas-sha256" => arguments.heads_sha256 = value.into_string().ok(),
                "--memoria" => {
                    let number = value.to_str().and_then(|text| text.parse().ok());
                    arguments.memory_megabytes =
                        number.ok_or_else(|| Failure::WrongUse("--memoria espera megabytes".into()))?;
                }
                "--prioridad" => {
                    let number =
                        value.to_str().and_then(|text| text.parse().ok()).filter(|level| *level <= 19);
                    arguments.niceness =
                        number.ok_or_else(|| Failure::WrongUse("--prioridad espera 0 a 19".into()))?;
                }
                other => return Err(Failure::WrongUse(format!("no se conoce {other}"))),
            }
        }
        Ok(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, String> {
        Arguments::parse(words.iter().map(OsString::from)).map_err(|failure| failure.to_string())
    }

    #[test]
    fn calls_are_understood_or_refused() {
        let read = parse(&["leer", "--pdfium", "libpdfium.so", "--memoria", "512"]).expect("a right call");
        assert_eq!((read.role, read.memory_megabytes), (Role::Leer, 512));
        assert_eq!(read.pdfium, Some("libpdfium.so".into()));
        for wrong in [
            &["leer", "--pdfium"][..],
            &["otro"],
            &[],
            &["reconocer", "--x", "1"],
            &["leer", "--memoria", "x"],
            &["leer", "--prioridad", "20"],
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
