//! The lots of a pliego's text, where it numbers them plainly: `LOTE 1: …`, `LOTE 2: …`, from the first on and each by one name.

use super::lines::{Line, Lines, place};
use super::values::money_after;
use cotejo_domain::PliegoLot;
use regex::Regex;
use std::sync::LazyLock;

/// Number and name of a lot at the head of a line, folded.
static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:\d{1,2}[.)] ?|[-•*] ?)?lote ?(?:n[°º.]?o?\.? ?|nro\.? ?|numero )?(\d{1,2})(?: ?[:.\-] ?(.*))?$",
    )
    .ok()
});
static CODE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\bcpc ?(?:n[°º.]?o?\.?|:)? ?:? ?(\d{5,9})\b").ok());

/// How far below its head a lot's budget and code are looked for.
const BELOW: usize = 5;

struct Head<'a> {
    number: usize,
    name: String,
    lines: &'a [Line],
}

/// Reads the lots; none unless they are numbered from 1 without a gap, at least two, and each has one name throughout.
pub(super) fn read(lines: &Lines) -> Vec<PliegoLot> {
    let all = lines.all();
    let heads: Vec<Head<'_>> = (0..all.len()).filter_map(|index| head(all, index)).collect();
    let mut lots: Vec<PliegoLot> = Vec::new();
    for number in 1.. {
        let named: Vec<&Head<'_>> =
            heads.iter().filter(|head| head.number == number && !head.name.is_empty()).collect();
        let Some(first) = named.first() else { break };
        let same = |name: &str| super::lines::fold(name) == super::lines::fold(&first.name);
        if !named.iter().all(|head| same(&head.name)) {
            // Two names for one number: what the lots are is not plain.
            return Vec::new();
        }
        let below = || heads.iter().filter(|head| head.number == number).flat_map(|head| head.lines);
        let mut budgets: Vec<_> = below()
            .filter(|line| line.folded.contains("presupuesto"))
            .filter_map(|line| money_after(&line.folded))
            .collect();
        budgets.sort_unstable();
        budgets.dedup();
        let mut codes: Vec<String> = below().filter_map(|line| code(&line.folded)).collect();
        codes.sort();
        codes.dedup();
        lots.push(PliegoLot {
            name: first.name.clone(),
            budget: budgets.first().copied().filter(|_| budgets.len() == 1),
            cpc: codes.first().cloned().filter(|_| codes.len() == 1),
            items: Vec::new(),
            requirements: Vec::new(),
            source: place(first.lines),
        });
    }
    let most = heads.iter().map(|head| head.number).max().unwrap_or(0);
    if lots.len() < 2 || most != lots.len() { Vec::new() } else { lots }
}

fn head(all: &[Line], index: usize) -> Option<Head<'_>> {
    let line = all.get(index)?;
    let found = HEAD.as_ref()?.captures(&line.folded)?;
    let number = found.get(1)?.as_str().parse().ok().filter(|number| *number > 0)?;
    // Folding keeps the number of characters, so that the name is as written.
    let folded = found.get(2).map_or("", |name| name.as_str());
    let skip = line.text.chars().count().saturating_sub(folded.chars().count());
    let name: String = line.text.chars().skip(skip).collect();
    let end = (index + 1..all.len().min(index + BELOW))
        .find(|next| all.get(*next).is_some_and(|line| line.folded.starts_with("lote ")))
        .unwrap_or(all.len().min(index + BELOW));
    Some(Head { number, name: name.trim().trim_end_matches('.').to_owned(), lines: all.get(index..end)? })
}

fn code(line: &str) -> Option<String> {
    Some(CODE.as_ref()?.captures(line)?.get(1)?.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::lines::Lines;
    use super::super::tests::page;
    use super::read;
    use cotejo_domain::Money;

    fn names(text: &str) -> Vec<String> {
        read(&Lines::of(&[page(1, text)])).into_iter().map(|lot| lot.name).collect()
    }

    #[test]
    fn numbered_lots_are_read_with_budget_and_code() {
        let text = "El proceso se adjudica por lotes.\nLOTE 1: Reactivos de laboratorio\nPresupuesto referencial: USD 12.500,40\n\
                    CPC: 342401116\nLOTE N° 2 - Mobiliario clínico\nPresupuesto referencial USD 8.000,00";
        let lots = read(&Lines::of(&[page(3, text)]));
        assert_eq!(
            lots.iter().map(|lot| lot.name.as_str()).collect::<Vec<_>>(),
            ["Reactivos de laboratorio", "Mobiliario clínico"]
        );
        assert_eq!(lots[0].budget, Some(Money("12500.40".parse().expect("a decimal"))));
        assert_eq!((lots[0].cpc.as_deref(), lots[1].cpc.as_deref()), (Some("342401116"), None));
    }

    #[test]
    fn a_word_a_gap_or_two_names_are_no_lots() {
        assert!(names("Se entregará en un solo lote.\nLote 1: Bombas").is_empty(), "one lot is the process");
        assert!(names("Lote 1: Bombas\nLote 3: Tubos").is_empty(), "a gap");
        assert!(
            names("Lote 1: Bombas\nLote 2: Tubos\nLote 1: Válvulas").is_empty(),
            "two names for one number"
        );
        assert!(names("El lote 1 y el lote 2 se entregan juntos").is_empty(), "a sentence is no head");
    }
}
