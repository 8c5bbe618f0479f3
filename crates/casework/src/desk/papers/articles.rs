//! Articles as documents cite them: from the case's pack, topic by topic; where it names none, none is printed.

use cotejo_domain::spanish::joined;
use cotejo_rules::{Answer, RulePack};

/// Cites what the pack's topics rest on: `RGLOSNCP, arts. 99 y 100; LOSNCP, art. 115`.
pub(crate) fn of_topics(pack: Option<&RulePack>, topics: &[&str]) -> String {
    let articles: Vec<String> =
        pack.iter().flat_map(|pack| topics.iter().flat_map(|topic| pack.legal_basis(topic))).collect();
    cited(&articles)
}

/// Cites the topics one by one, for a list of norms.
pub(crate) fn each(pack: Option<&RulePack>, topics: &[&str]) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for topic in topics {
        let line = of_topics(pack, &[topic]);
        if !line.is_empty() && !list.contains(&line) {
            list.push(line);
        }
    }
    list
}

/// Cites the norm in which a value of the pack was read, and whether that was verified, for topics that the pack has as a value alone.
pub(crate) fn of_value(pack: &RulePack, topic: &str) -> Option<(String, bool)> {
    let name = match topic {
        "desierto" => "desierto_causas",
        "convalidacion.prohibicion" => "convalidacion_prohibido",
        "convalidacion.rechazo" => "rechazo_causas",
        _ => return None,
    };
    let Answer::Known(value) = pack.parameter(name) else { return None };
    let verified = !value.marked();
    let norm = &value.citation.norm;
    let short = [("LOSNCP", "LEY"), ("Reglamento General", "RGL")];
    let short = short.iter().find(|(long, _)| norm.starts_with(long));
    Some(match (short, value.citation.art.as_deref()) {
        (Some((_, short)), Some(art)) => (format!("{short} {art}"), verified),
        _ => (value.source, verified),
    })
}

/// Writes the articles of packs and acts in words: packs shorten the law to `LEY` and its regulation to `RGL`.
pub(crate) fn cited(articles: &[String]) -> String {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for article in articles {
        let article = article.trim();
        let (norm, number) = match article.split_once(' ') {
            Some(("RGL" | "RGLOSNCP", number)) => ("RGLOSNCP", number),
            Some(("LEY" | "LOSNCP", number)) => ("LOSNCP", number),
            _ => (article, ""),
        };
        let group = groups.iter_mut().find(|(name, _)| name == norm);
        let numbers = match group {
            Some((_, numbers)) => numbers,
            None => {
                groups.push((norm.to_owned(), Vec::new()));
                let Some((_, numbers)) = groups.last_mut() else { continue };
                numbers
            }
        };
        if !number.is_empty() && !numbers.iter().any(|known| known == number) {
            numbers.push(number.to_owned());
        }
    }
    let written: Vec<String> = groups
        .into_iter()
        .map(|(norm, numbers)| match numbers.as_slice() {
            [] => norm,
            [one] if !one.contains('-') => format!("{norm}, art. {one}"),
            several => format!("{norm}, arts. {}", joined(several)),
        })
        .collect();
    written.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_that_the_pack_has_as_a_value_is_cited_and_no_other() {
        let pack = RulePack::by_id("ec-2025-de193").expect("compiled in");
        let cite = |topic| of_value(pack, topic).map(|(article, verified)| (cited(&[article]), verified));
        assert_eq!(cite("convalidacion.prohibicion"), Some(("RGLOSNCP, art. 103".into(), true)));
        assert_eq!(cite("convalidacion.rechazo"), Some(("RGLOSNCP, art. 104".into(), true)));
        assert_eq!(cite("desierto"), Some(("LOSNCP, art. 31".into(), true)));
        assert_eq!(cite("subcomision"), None, "no article is invented");
    }

    #[test]
    fn articles_are_grouped_by_their_norm() {
        let list = |items: &[&str]| cited(&items.iter().map(|&item| item.to_owned()).collect::<Vec<_>>());
        assert_eq!(list(&["RGL 98"]), "RGLOSNCP, art. 98");
        assert_eq!(
            list(&["RGL 99", "RGL 100.3", "RGL 99", "LEY 115"]),
            "RGLOSNCP, arts. 99 y 100.3; LOSNCP, art. 115"
        );
        assert_eq!(
            list(&["Normativa Secundaria R.E-SERCOP-2023-0134"]),
            "Normativa Secundaria R.E-SERCOP-2023-0134"
        );
        assert_eq!(list(&[]), "", "no article is invented");
    }
}
