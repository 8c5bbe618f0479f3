//! The page of each flag, `docs/flags/CODE.md`, as people read it beside the flag: what is looked at, the formula with its limits, what is left
//! out. One text for both, so that the program never says of a flag what its page does not.

/// Holds one part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// `Fórmula`.
    pub title: String,
    /// Its text, without marks.
    pub text: String,
}

macro_rules! pages {
    ($($code:literal),* $(,)?) => {
        &[$(($code, include_str!(concat!("../../../docs/flags/", $code, ".md")))),*]
    };
}

const PAGES: &[(&str, &str)] = pages![
    "C-02", "D-01", "D-02", "D-03", "D-04", "D-05", "D-06", "D-07", "D-08", "E-01", "E-02", "E-03", "E-06",
    "M-01", "P-01", "P-02", "P-03", "P-04", "P-05", "P-06", "V-01", "V-02", "V-03", "V-04", "V-05", "V-06",
    "V-08", "V-09", "V-10",
];

/// Returns the page of a flag, part by part; empty for a code that has none.
#[must_use]
pub fn page(code: &str) -> Vec<Section> {
    let text = PAGES.iter().find(|(known, _)| *known == code).map_or("", |(_, text)| text);
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("# ")) {
        let titled = line.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        match (titled, sections.last_mut()) {
            (Some((title, rest)), _) => sections
                .push(Section { title: title.trim_end_matches('.').to_owned(), text: plain(rest.trim()) }),
            (None, Some(section)) => {
                section.text.push('\n');
                section.text.push_str(&plain(line));
            }
            (None, None) => sections.push(Section { title: String::new(), text: plain(line) }),
        }
    }
    sections
}

/// Takes the marks out of a line, and the addresses of its links.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let Some((words, address)) = after.split_once("](") else { break };
        let Some((_, behind)) = address.split_once(')') else { break };
        text.push_str(before);
        text.push_str(words);
        rest = behind;
    }
    text.push_str(rest);
    text.replace(['`', '*'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_says_what_it_looks_at_when_it_speaks_and_that_it_changes_no_verdict() {
        for code in crate::codes() {
            let page = page(code);
            let titles: Vec<&str> = page.iter().map(|section| section.title.as_str()).collect();
            assert!(titles.contains(&"Qué se mira"), "{code}: {titles:?}");
            assert!(
                titles.contains(&"Fórmula") || titles.contains(&"Cuándo se señala"),
                "{code}: {titles:?}"
            );
            assert!(titles.contains(&"Qué no hace"), "{code}: {titles:?}");
            for section in &page {
                assert!(!section.title.is_empty() && !section.text.is_empty(), "{code}: {section:?}");
                assert!(
                    !section.text.contains(['`', '*']) && !section.text.contains("]("),
                    "{code}: {section:?}"
                );
            }
        }
    }

    #[test]
    fn a_limit_that_a_page_states_is_the_one_the_program_uses() {
        for parameter in crate::PARAMETERS {
            let value = parameter.value.normalize().to_string().replace('.', ",");
            let page: Vec<String> = page(parameter.flag).into_iter().map(|section| section.text).collect();
            let text = page.join(" ");
            let Some((_, after)) = text.split_once(&format!("{} = ", parameter.name)) else { continue };
            let stated: String =
                after.chars().take_while(|letter| letter.is_ascii_digit() || *letter == ',').collect();
            assert_eq!(stated.trim_end_matches(','), value, "{} of {}", parameter.name, parameter.flag);
        }
    }

    #[test]
    fn a_code_without_a_page_has_none() {
        assert!(page("X-99").is_empty());
    }
}
