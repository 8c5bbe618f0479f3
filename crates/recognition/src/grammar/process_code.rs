//! Process codes, in the variety of real papers (manual §6; corrections 12).

use super::{Found, pattern};
use crate::layout::Folded;
use cotejo_domain::ProcessCode;

pattern!(
    CODE,
    r"\b(sie|lico|licbs|licb|lics|coto|cotbs|cots|cotb|mco|mcbs|mcs|cdc|lcc|lccpp|cate|ce|nic|vpn|bid[a-z]*|cpc|re|fi|ic|pe) ?- ?[a-z0-9.&/~]{1,20}(?:(?: ?- ?)[a-z0-9.&/~]{1,20}?){0,4}(?: ?- ?)\d{2,4}(?:(?: ?- ?)\d{1,6})?(?:-[a-z0-9]{1,12})?\b"
);
pattern!(NAMES_A_PROCESS, r"(?:proce[sd]|procedimiento|codigo|contratacion n)[^.]{0,45}$");

/// Prefixes that also begin numbers of invoices, letters and resolutions.
const WEAK: [&str; 6] = ["cpc", "re", "fi", "ic", "pe", "ce"];

/// Finds process codes. A weak prefix counts only when the code is `expected` or the words before it name a process.
#[must_use]
pub fn find(text: &Folded, expected: Option<&ProcessCode>) -> Vec<Found<ProcessCode>> {
    let Some(pattern) = CODE.as_ref() else { return Vec::new() };
    let ascii = text.ascii();
    pattern
        .captures_iter(ascii)
        .filter_map(|captures| {
            let whole = captures.get(0)?;
            let prefix = captures.get(1)?.as_str();
            let code = ProcessCode::new(text.raw(whole.range()));
            let agrees = expected.is_some_and(|expected| same(expected, &code));
            let named = NAMES_A_PROCESS
                .as_ref()
                .is_some_and(|names| names.is_match(&ascii[whole.start().saturating_sub(60)..whole.start()]));
            let resolution = ascii[whole.start()..].starts_with("re-sercop")
                || preceded_by_letter_and_dot(ascii, whole.start());
            if resolution || WEAK.contains(&prefix) && !agrees && !named {
                return None;
            }
            let certainty = if agrees {
                1.0
            } else if named {
                0.97
            } else {
                0.85
            };
            Some(Found { range: whole.range(), value: code, certainty })
        })
        .collect()
}

/// Compares two codes without accents, which typists add and leave out.
#[must_use]
pub fn same(a: &ProcessCode, b: &ProcessCode) -> bool {
    Folded::new(a.as_str()).ascii() == Folded::new(b.as_str()).ascii()
}

fn preceded_by_letter_and_dot(text: &str, start: usize) -> bool {
    // «R.E-SERCOP-…»: the resolution's own abbreviation.
    start >= 2 && text.as_bytes()[start - 1] == b'.' && text.as_bytes()[start - 2].is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str, expected: Option<&str>) -> Vec<String> {
        let expected = expected.map(ProcessCode::new);
        find(&Folded::new(text), expected.as_ref()).into_iter().map(|found| found.value.to_string()).collect()
    }

    #[test]
    fn the_variety_of_real_codes_is_read() {
        for code in [
            "SIE-ELEPCOSA-2024-091",
            "SIE-CELSUR-110-2023",
            "SIE-UGEP-2023-18",
            "LICO-GADMC-L-2025-01",
            "COTO-EPMMOP-2024-008",
            "COTO-ETAPA-09-2020",
            "MCO-MDMQ-2023-8027",
            "SIE-UTSC-2026-00004",
            "COTO-GADMCN-001-2023",
        ] {
            assert_eq!(codes(&format!("Objeto del {code}, en Quito"), None), [code]);
        }
    }

    #[test]
    fn typists_spaces_and_line_breaks_do_not_hide_a_code() {
        assert_eq!(codes("proceso SIE – GADX - 2024 -091", None), ["SIE-GADX-2024-091"]);
        assert_eq!(
            codes("LICO-GADMX-2025- 01 para la obra", None),
            ["LICO-GADMX-2025-01"],
            "broken over lines"
        );
        assert_eq!(
            codes("SIE-GADX-2024-091 - ADQUISICIÓN", None),
            ["SIE-GADX-2024-091"],
            "the object is not part of it"
        );
    }

    #[test]
    fn weak_prefixes_need_the_pliego_or_a_context() {
        assert!(codes("Oficio RE-DIR-2024-015 de la entidad", None).is_empty());
        assert_eq!(codes("dentro del proceso RE-GADX-2024-015", None), ["RE-GADX-2024-015"]);
        assert_eq!(codes("ref. CPC-GADX-2024-015", Some("cpc-gadx-2024-015")), ["CPC-GADX-2024-015"]);
        assert!(codes("procedimiento según R.E-SERCOP-2023-0134", None).is_empty(), "a resolution of SERCOP");
        assert!(codes("procedimiento según RE-SERCOP-2023-0134", None).is_empty(), "a resolution of SERCOP");
    }
}
