//! What a taxpayer's number itself tells. A wrong structure is an error; a check digit that disagrees is only ever a warning, because
//! the SRI issues numbers that do not satisfy it.

use crate::consultation::finding;
use cotejo_domain::{CheckDigit, Finding, IdentifierError, Ruc, RucKind, Severity};

/// Holds what the digits tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Structure {
    /// The number, where the text is one.
    pub ruc: Option<Ruc>,
    /// Kind of taxpayer, by the third digit.
    pub kind: Option<RucKind>,
    /// Whether the check digit agrees.
    pub check_digit: Option<CheckDigit>,
    /// What is wrong or odd.
    pub finding: Option<Finding>,
}

/// Reads a number as a person typed it; blanks around it do not matter.
#[must_use]
pub fn structure(text: &str) -> Structure {
    let text = text.trim();
    match Ruc::parse(text) {
        Ok(ruc) => {
            let check_digit = ruc.check_digit();
            let odd = check_digit == CheckDigit::Disagrees;
            Structure {
                kind: Some(ruc.kind()),
                check_digit: Some(check_digit),
                finding: odd
                    .then(|| finding("registries.ruc.check_digit", Severity::Warning, &[("ruc", text)])),
                ruc: Some(ruc),
            }
        }
        Err(error) => {
            let key = match error {
                IdentifierError::Shape { .. } => "registries.ruc.shape",
                IdentifierError::Province => "registries.ruc.province",
                IdentifierError::ThirdDigit => "registries.ruc.third_digit",
                IdentifierError::Establishment => "registries.ruc.establishment",
            };
            let finding = finding(key, Severity::Error, &[("ruc", text)]);
            Structure { ruc: None, kind: None, check_digit: None, finding: Some(finding) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_digit_warns_and_a_wrong_structure_is_an_error() {
        let sound = structure(" 1790011674001 ");
        assert_eq!((sound.kind, sound.finding), (Some(RucKind::Private), None));
        let odd = structure("1790011675001");
        assert!(odd.ruc.is_some(), "never rejected for its check digit");
        let finding = odd.finding.expect("a warning");
        assert_eq!(
            (finding.code.as_str(), finding.severity),
            ("registries.ruc.check_digit", Severity::Warning)
        );
        for (text, code) in [
            ("179001167400", "registries.ruc.shape"),
            ("17900116740O1", "registries.ruc.shape"),
            ("9990011674001", "registries.ruc.province"),
            ("1770011674001", "registries.ruc.third_digit"),
            ("1790011674000", "registries.ruc.establishment"),
        ] {
            let wrong = structure(text);
            let finding = wrong.finding.expect("an error");
            assert_eq!((wrong.ruc, finding.code.as_str()), (None, code), "{text}");
            assert!(
                finding.severity == Severity::Error && !finding.message.contains("«registries"),
                "{finding:?}"
            );
        }
    }

    /// Real numbers of companies and public bodies, where they are at hand.
    #[test]
    fn no_real_number_is_an_error() {
        let shared = std::env::var("COTEJO_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data").to_owned());
        let path = std::path::Path::new(&shared).join("government/sri/ruc-check-digit-cases.json");
        let Ok(text) = std::fs::read_to_string(path) else {
            println!("skipped: no numbers at hand");
            return;
        };
        let numbers = text.split(|character: char| !character.is_ascii_digit()).filter(|run| run.len() == 13);
        let mut read = 0;
        for number in numbers {
            assert!(structure(number).ruc.is_some(), "{number}");
            read += 1;
        }
        assert!(read > 20, "{read} numbers");
    }
}
