//! Amounts of a scan whose decimal point was lost: «191» in a column of «1.91» is not a hundred times as much.
//!
//! Nothing is repaired in silence: the cell stays empty, and a finding says what was read there.

use cotejo_domain::Table;

/// Columns that hold amounts of money; a quantity may well be whole among broken ones.
const AMOUNTS: [&str; 12] = [
    "costo",
    "costo_hora",
    "global",
    "monto",
    "precio_total",
    "precio_unitario",
    "pu",
    "subtotal",
    "tarifa",
    "total",
    "acumulado",
    "valor",
];

/// Fewest cells with decimals that make a column one of amounts with decimals.
const FEWEST: usize = 3;

/// Tells how a figure is written: `None` for what is none.
fn decimals(text: &str) -> Option<usize> {
    let figure = text.trim().trim_start_matches("USD").trim_start_matches('$').trim();
    let digits = figure.bytes().filter(u8::is_ascii_digit).count();
    let others =
        figure.bytes().any(|byte| !byte.is_ascii_digit() && !matches!(byte, b'.' | b',' | b'\'' | b' '));
    if digits == 0 || others {
        return None;
    }
    Some(figure.rfind(['.', ',']).map_or(0, |point| figure.len() - point - 1))
}

/// Empties the cells of a scanned table whose point was lost, and returns what was read in them.
pub(super) fn withhold(table: &mut Table) -> Vec<String> {
    let mut lost = Vec::new();
    for (column, key) in table.columns.iter().enumerate() {
        if !AMOUNTS.contains(&key.as_str()) {
            continue;
        }
        let written =
            |row: &Vec<cotejo_domain::TableCell>| row.get(column).and_then(|cell| decimals(&cell.text));
        let figures: Vec<usize> = table.rows.iter().filter_map(written).collect();
        let broken = figures.iter().filter(|decimals| **decimals >= 2).count();
        if broken < FEWEST || broken * 10 < figures.len() * 7 {
            continue;
        }
        for row in &mut table.rows {
            if let Some(cell) = row.get_mut(column)
                && decimals(&cell.text) == Some(0)
                && cell.text.bytes().filter(u8::is_ascii_digit).count() >= 3
            {
                lost.push(std::mem::take(&mut cell.text));
            }
        }
    }
    lost
}

#[cfg(test)]
mod tests {
    use super::withhold;
    use cotejo_domain::{Table, TableCell};

    fn table(key: &str, cells: &[&str]) -> Table {
        let row = |text: &&str| vec![TableCell { text: (*text).into(), quad: None }];
        Table { page: 1, columns: vec![key.into()], rows: cells.iter().map(row).collect() }
    }

    #[test]
    fn a_price_that_lost_its_point_among_prices_with_decimals_is_not_stated() {
        let mut prices = table("costo", &["1.91", "2,80", "191", "0.37"]);
        assert_eq!(withhold(&mut prices), ["191"]);
        assert_eq!(prices.rows[2][0].text, "");
        assert_eq!(prices.rows[0][0].text, "1.91");
    }

    #[test]
    fn whole_amounts_quantities_and_short_figures_stay() {
        for mut stays in [
            table("total", &["1200", "350", "191", "80.50"]),
            table("cantidad", &["1.91", "2.80", "191", "0.37"]),
            table("costo", &["1.91", "2.80", "19", "0.37"]),
            table("costo", &["1.91", "m3", "191"]),
        ] {
            let before = stays.clone();
            assert_eq!(withhold(&mut stays), Vec::<String>::new());
            assert_eq!(stays, before);
        }
    }
}
