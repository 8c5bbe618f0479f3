//! The lots that the tables state: budget lines with descriptions of their own, and the items and requirements that name their line.
//!
//! `TMEP_MAT_PRES_REF` has a description of the lot on each of its rows, and `TMEP_ESPE_TECNICAS` names the row of each item (`ID_PARTIDA`): so it is in
//! every real package at hand, all of them with one row. Several rows with different descriptions are told as lots of the process, for a person to say.

use super::table::{Row, Tables};
use super::value::{money, without_entities};
use cotejo_domain::{PliegoLot, RequirementId, RequirementSource};

const LINES: &str = "TMEP_MAT_PRES_REF";
const ITEMS: &str = "TMEP_ESPE_TECNICAS";

/// Reads the lots; none where all lines have one description, or no description.
pub(super) fn read(tables: &Tables) -> Vec<PliegoLot> {
    let mut lots: Vec<(String, Vec<&Row>)> = Vec::new();
    for row in tables.rows(LINES) {
        let Some(name) =
            row.get("DESCRIPCION_LOTE").map(without_entities).filter(|name| !name.trim().is_empty())
        else {
            // A line outside of all lots: what the lots are is not plain.
            return Vec::new();
        };
        match lots.iter_mut().find(|(known, _)| *known == name) {
            Some((_, rows)) => rows.push(row),
            None => lots.push((name, vec![row])),
        }
    }
    if lots.len() < 2 {
        return Vec::new();
    }
    lots.into_iter().map(|(name, rows)| lot(tables, name, &rows)).collect()
}

fn lot(tables: &Tables, name: String, rows: &[&Row]) -> PliegoLot {
    // The sum is known only where every line states its amount.
    let amounts: Option<Vec<_>> = rows.iter().map(|row| row.get("PRT").and_then(money)).collect();
    let budget = amounts.and_then(|amounts| {
        amounts.into_iter().try_fold(cotejo_domain::Money(rust_decimal::Decimal::ZERO), |sum, amount| {
            sum.0.checked_add(amount.0).map(cotejo_domain::Money)
        })
    });
    let codes: Vec<&str> =
        rows.iter().filter_map(|row| row.get("CPC9").or_else(|| row.get("CPC5"))).collect();
    let cpc =
        codes.first().filter(|first| codes.iter().all(|code| code == *first)).map(|code| (*code).to_owned());
    let lines: Vec<&str> = rows.iter().filter_map(|row| row.get("ID")).collect();
    let named = |row: &&Row| row.get("ID_PARTIDA").is_some_and(|line| lines.contains(&line));
    let items: Vec<u32> = tables.rows(ITEMS).filter(named).map(|row| row.number).collect();
    PliegoLot {
        name,
        budget,
        cpc,
        requirements: items.iter().map(|number| RequirementId(format!("ET-{number}"))).collect(),
        items,
        source: RequirementSource::Ushay {
            table: LINES.to_owned(),
            row: rows.first().map_or(1, |row| row.number),
        },
    }
}

#[cfg(test)]
mod tests {
    use crate::ushay::decode_pliego;
    use crate::ushay::write::{TableToWrite, process_xml};
    use cotejo_domain::{Money, PliegoLot};

    fn lots(lines: &[[(&str, &str); 5]]) -> Vec<PliegoLot> {
        let mut budget = TableToWrite::new("TMEP_MAT_PRES_REF");
        for line in lines {
            budget = budget.row(line);
        }
        let items = TableToWrite::new("TMEP_ESPE_TECNICAS")
            .row(&[("ID", "1"), ("DESCRIPCION", "REACTIVO"), ("ID_PARTIDA", "6")])
            .row(&[("ID", "2"), ("DESCRIPCION", "CAMILLA"), ("ID_PARTIDA", "7")])
            .row(&[("ID", "3"), ("DESCRIPCION", "MESA"), ("ID_PARTIDA", "7")]);
        decode_pliego("x.xml", &process_xml("1.13.0", &[items, budget])).value.lots
    }

    fn line<'a>(id: &'a str, name: &'a str, amount: &'a str, cpc: &'a str) -> [(&'a str, &'a str); 5] {
        [("ID", id), ("DESCRIPCION_LOTE", name), ("PRT", amount), ("CPC5", cpc), ("CPC9", "")]
    }

    #[test]
    fn lines_of_several_descriptions_are_lots_with_their_items() {
        let found = lots(&[line("6", "REACTIVOS", "1200.50", "34240"), line("7", "MUEBLES", "900", "38140")]);
        let told: Vec<_> =
            found.iter().map(|lot| (lot.name.as_str(), lot.cpc.as_deref(), &lot.items[..])).collect();
        assert_eq!(told, [("REACTIVOS", Some("34240"), &[1][..]), ("MUEBLES", Some("38140"), &[2, 3][..])]);
        assert_eq!(
            found[0].budget,
            Some(Money("1200.50".parse().expect("a decimal"))),
            "the line's own amount"
        );
        let asked: Vec<_> = found[1].requirements.iter().map(|id| id.0.as_str()).collect();
        assert_eq!(asked, ["ET-2", "ET-3"], "what is asked of an item is asked in its lot");
    }

    #[test]
    fn one_description_is_one_lot_and_an_amount_that_cannot_be_read_is_none() {
        assert!(
            lots(&[line("6", "TODO", "10", "1"), line("7", "TODO", "20", "2")]).is_empty(),
            "one description"
        );
        assert!(
            lots(&[line("6", "UNO", "10", "1"), line("7", "", "20", "2")]).is_empty(),
            "a line without one"
        );
        let found = lots(&[
            line("6", "UNO", "NT3-xorTpMYz9pJZNnhQdPeuhwXyoK07ezZ_3uoe1A,", "1"),
            line("7", "DOS", "20", "2"),
        ]);
        assert_eq!((found.len(), found[0].budget), (2, None), "an encrypted amount is not guessed");
    }
}
