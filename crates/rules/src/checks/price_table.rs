//! Tables of prices: which column is what, and what each row says.

use crate::amount::{Notation, Reading, half_up, readings};
use crate::text::folded;
use cotejo_domain::{FileHash, Quad, Table, TableCell};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Where the columns of a price table stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    description: Option<usize>,
    cpc: Option<usize>,
    quantity: usize,
    price: usize,
    total: usize,
}

impl Columns {
    /// Recognises the columns by their heads; `None` when it is no table of quantities, prices and totals.
    pub(super) fn of(heads: &[String]) -> Option<Self> {
        let (mut description, mut quantity, mut price, mut total, mut cpc) = (None, None, None, None, None);
        for (index, head) in heads.iter().enumerate() {
            let head = folded(head);
            let is = |names: &[&str]| names.contains(&head.as_str());
            if head.contains("cpc") && !head.contains("descripcion") {
                cpc.get_or_insert(index);
            } else if head.contains("unitario")
                || is(&["p u", "pu", "p unit", "v unit", "v u", "precio unit"])
            {
                price.get_or_insert(index);
            } else if head.contains("total")
                || head.contains("global")
                || is(&["p t", "subtotal", "v total", "valor"])
            {
                total.get_or_insert(index);
            } else if head.contains("cantidad") || is(&["cant"]) {
                quantity.get_or_insert(index);
            } else if head.contains("descripcion")
                || head.contains("rubro")
                || head.contains("detalle")
                || head.contains("bien")
            {
                description.get_or_insert(index);
            }
        }
        Some(Self { description, cpc, quantity: quantity?, price: price?, total: total? })
    }
}

/// One row that offers something.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) file: FileHash,
    pub(crate) page: u32,
    pub(crate) quads: Vec<Quad>,
    pub(crate) quote: String,
    pub(crate) description: String,
    /// Digits of the product code; empty where the table has none.
    pub(crate) cpc: String,
    quantity: Vec<Reading>,
    price: Vec<Reading>,
    total: Vec<Reading>,
}

/// What a line amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Product {
    /// Quantity times price is the total.
    Agrees(Numbers),
    /// It is not.
    Disagrees(Numbers),
    /// The digits allow several readings and none is consistent.
    Ambiguous,
    /// A number is missing or is none.
    Unreadable,
}

/// The three numbers of a line under one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    pub(crate) quantity: Reading,
    pub(crate) price: Reading,
    pub(crate) total: Reading,
}

impl Numbers {
    /// Returns quantity times price, rounded half up to the decimals of the printed total, at least two.
    pub(super) fn product(self) -> Decimal {
        let exact = self.quantity.value.checked_mul(self.price.value).unwrap_or(Decimal::MAX);
        half_up(exact, self.total.decimals.max(2))
    }

    fn agrees(self) -> bool {
        let exact = self.quantity.value.checked_mul(self.price.value);
        exact.is_some_and(|exact| half_up(exact, self.total.decimals) == self.total.value)
    }

    /// Returns the notation the three share: `Some(None)` when none of them tells, `None` when they contradict each other.
    fn notation(self) -> Option<Option<Notation>> {
        let mut notation = None;
        for reading in [self.quantity, self.price, self.total] {
            match (notation, reading.notation) {
                (Some(one), Some(other)) if one != other => return None,
                (None, Some(other)) => notation = Some(other),
                _ => {}
            }
        }
        Some(notation)
    }
}

impl Line {
    /// Tells whether two lines offer the same thing at the same figures, however these are written.
    fn says_the_same(&self, other: &Self) -> bool {
        let meet = |one: &[Reading], other: &[Reading]| {
            one.is_empty() && other.is_empty()
                || one.iter().any(|one| other.iter().any(|other| one.value == other.value))
        };
        folded(&self.description) == folded(&other.description)
            && meet(&self.quantity, &other.quantity)
            && meet(&self.price, &other.price)
            && meet(&self.total, &other.total)
    }

    fn combinations(&self) -> Vec<Numbers> {
        let mut all = Vec::new();
        for quantity in &self.quantity {
            for price in &self.price {
                for total in &self.total {
                    let numbers = Numbers { quantity: *quantity, price: *price, total: *total };
                    if numbers.notation().is_some() {
                        all.push(numbers);
                    }
                }
            }
        }
        all
    }

    /// Judges the line; `usual` is the notation that the rest of the table uses.
    pub(crate) fn product(&self, usual: Option<Notation>) -> Product {
        if [&self.quantity, &self.price, &self.total].iter().any(|readings| readings.is_empty()) {
            return Product::Unreadable;
        }
        let all = self.combinations();
        let fits = |numbers: &&Numbers| match (numbers.notation(), usual) {
            (Some(Some(own)), Some(usual)) => own == usual,
            _ => true,
        };
        let agreeing: Vec<Numbers> = all.iter().copied().filter(|numbers| numbers.agrees()).collect();
        if let Some(first) = agreeing.iter().find(fits).or(agreeing.first()) {
            return Product::Agrees(*first);
        }
        let usual_ones: Vec<Numbers> = all.iter().filter(fits).copied().collect();
        match (usual_ones.as_slice(), all.as_slice()) {
            ([only], _) | (_, [only]) => Product::Disagrees(*only),
            _ => Product::Ambiguous,
        }
    }
}

/// The row of a sum: `TOTAL`, `SUBTOTAL`, `IVA`.
#[derive(Clone, Debug)]
pub(crate) struct SumRow {
    pub(super) label: String,
    pub(super) amount: Vec<Reading>,
    pub(crate) page: u32,
    pub(crate) file: FileHash,
    pub(crate) quads: Vec<Quad>,
}

impl SumRow {
    /// Tells whether the row is a tax or includes one.
    pub(super) fn is_tax(&self) -> bool {
        self.label.split(' ').any(|word| word == "iva" || word.starts_with("impuesto"))
    }
}

/// A price table put together from its pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct PriceTable {
    pub(super) lines: Vec<Line>,
    pub(super) sums: Vec<SumRow>,
}

impl PriceTable {
    /// Puts the tables of one document together. A page that repeats no heads continues the table before it.
    pub(super) fn assemble<'a>(tables: impl Iterator<Item = &'a (FileHash, Table)>) -> Self {
        let mut price_table = Self::default();
        let mut previous: Option<(Columns, usize)> = None;
        for (file, table) in tables {
            let columns = match (Columns::of(&table.columns), previous) {
                (Some(columns), _) => columns,
                (None, Some((columns, width))) if width == table.columns.len() => {
                    let heads: Vec<TableCell> = table
                        .columns
                        .iter()
                        .map(|text| TableCell { text: text.clone(), quad: None })
                        .collect();
                    price_table.row(*file, table.page, columns, &heads);
                    columns
                }
                _ => continue,
            };
            previous = Some((columns, table.columns.len()));
            let before = price_table.lines.len();
            for row in &table.rows {
                price_table.row(*file, table.page, columns, row);
            }
            price_table.forget_repeated(before, *file, table.page);
        }
        price_table
    }

    /// Takes out the lines from `first` on when all of them stand already in another table of the same page: a sheet is read as it is laid out
    /// and as typed rows, and its prices are offered once.
    fn forget_repeated(&mut self, first: usize, file: FileHash, page: u32) {
        let (known, new) = self.lines.split_at(first);
        let stands = |line: &Line| {
            known.iter().any(|other| other.file == file && other.page == page && other.says_the_same(line))
        };
        if !new.is_empty() && new.iter().all(stands) {
            self.lines.truncate(first);
        }
    }

    fn row(&mut self, file: FileHash, page: u32, columns: Columns, row: &[TableCell]) {
        let text = |index: usize| row.get(index).map(|cell| cell.text.trim()).unwrap_or_default();
        let (quantity, price, total) = (text(columns.quantity), text(columns.price), text(columns.total));
        let quads: Vec<Quad> = row.iter().filter_map(|cell| cell.quad).collect();
        let words = row.iter().filter(|cell| readings(&cell.text).is_empty()).map(|cell| cell.text.as_str());
        let label = folded(&words.collect::<Vec<_>>().join(" "));
        let sum_word = label.split(' ').any(|word| {
            matches!(word, "suma" | "iva" | "impuesto" | "impuestos")
                || word.starts_with("total")
                || word.starts_with("subtotal")
        });
        if sum_word && (readings(quantity).is_empty() || readings(price).is_empty()) {
            let amount = row
                .iter()
                .rev()
                .map(|cell| readings(&cell.text))
                .find(|found| !found.is_empty())
                .unwrap_or_default();
            self.sums.push(SumRow { label, amount, page, file, quads });
            return;
        }
        let (quantity, price, total) = (readings(quantity), readings(price), readings(total));
        if quantity.is_empty() && price.is_empty() && total.is_empty() {
            return;
        }
        let description = columns.description.map(text).unwrap_or_default().to_owned();
        let cpc: String =
            columns.cpc.map(text).unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
        let quote: Vec<&str> =
            row.iter().map(|cell| cell.text.trim()).filter(|text| !text.is_empty()).collect();
        self.lines.push(Line {
            file,
            page,
            quads,
            quote: quote.join(" · "),
            description,
            cpc,
            quantity,
            price,
            total,
        });
    }

    /// Returns the notation that the cells with one reading use, by majority; `None` when they are even or silent.
    pub(super) fn usual_notation(&self) -> Option<Notation> {
        let mut votes: BTreeMap<Notation, usize> = BTreeMap::new();
        for line in &self.lines {
            for cell in [&line.quantity, &line.price, &line.total] {
                if let [only] = cell.as_slice()
                    && let Some(notation) = only.notation
                {
                    *votes.entry(notation).or_default() += 1;
                }
            }
        }
        let comma = votes.get(&Notation::Comma).copied().unwrap_or(0);
        let dot = votes.get(&Notation::Dot).copied().unwrap_or(0);
        match comma.cmp(&dot) {
            std::cmp::Ordering::Greater => Some(Notation::Comma),
            std::cmp::Ordering::Less => Some(Notation::Dot),
            std::cmp::Ordering::Equal => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(quantity: &str, price: &str, total: &str) -> Line {
        Line {
            file: FileHash::of(b""),
            page: 1,
            quads: Vec::new(),
            quote: String::new(),
            description: String::new(),
            cpc: String::new(),
            quantity: readings(quantity),
            price: readings(price),
            total: readings(total),
        }
    }

    #[test]
    fn a_sheet_read_twice_is_offered_once_and_equal_rows_of_one_table_stay() {
        let table = |heads: &[&str], rows: &[&[&str]]| {
            let cell = |text: &&str| TableCell { text: (*text).into(), quad: None };
            let table = Table {
                page: 1,
                columns: heads.iter().map(|head| (*head).to_owned()).collect(),
                rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
            };
            (FileHash::of(b"hoja"), table)
        };
        let printed = table(
            &["Descripción", "Cantidad", "Precio unitario", "Precio total"],
            &[&["Tubo", "13", "469.76", "6106.88"], &["Codo", "2", "3", "6"], &["TOTAL", "", "", "6112.88"]],
        );
        let typed = table(
            &["descripcion", "cantidad", "precio_unitario", "precio_total"],
            &[&["Tubo", "13", "469.76", "6106.88"], &["Codo", "2.00", "3.00", "6.00"]],
        );
        let both = PriceTable::assemble([printed.clone(), typed.clone()].iter());
        assert_eq!((both.lines.len(), both.sums.len()), (2, 1));
        let further = table(
            &["descripcion", "cantidad", "precio_unitario", "precio_total"],
            &[&["Tee", "1", "5", "5"]],
        );
        assert_eq!(PriceTable::assemble([printed, further].iter()).lines.len(), 3);
        let twice = table(
            &["descripcion", "cantidad", "precio_unitario", "precio_total"],
            &[&["Tubo", "1", "5", "5"], &["Tubo", "1", "5", "5"]],
        );
        assert_eq!(PriceTable::assemble([twice].iter()).lines.len(), 2);
    }

    #[test]
    fn heads_of_both_official_forms_are_recognised() {
        let heads = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        let works =
            heads(&["No.", "Rubro / Descripción", "Unidad", "Cantidad", "Precio unitario", "Precio global"]);
        assert_eq!(
            Columns::of(&works),
            Some(Columns { description: Some(1), cpc: None, quantity: 3, price: 4, total: 5 })
        );
        let goods = heads(&[
            "CÓDIGO CPC",
            "Descripción del bien o servicio",
            "Unidad",
            "Cantidad",
            "Precio Unitario",
            "Precio Total",
        ]);
        assert_eq!(Columns::of(&goods).and_then(|columns| columns.cpc), Some(0), "goods, with their code");
        assert_eq!(Columns::of(&heads(&["Nombre", "Cédula", "Cargo"])), None, "people have no price");
    }

    #[test]
    fn consistency_settles_an_ambiguous_number() {
        assert!(matches!(line("1.250", "2,00", "2.500,00").product(None), Product::Agrees(_)), "1250 × 2");
        assert!(matches!(line("1.250", "2.00", "2.50").product(None), Product::Agrees(_)), "1.25 × 2");
        assert_eq!(
            line("1.250", "3", "4.000").product(None),
            Product::Ambiguous,
            "neither reading is consistent"
        );
        assert!(
            matches!(line("1.250", "3", "4.000").product(Some(Notation::Comma)), Product::Disagrees(_)),
            "the table tells"
        );
    }

    #[test]
    fn a_cent_is_a_difference_and_rounding_is_half_up() {
        assert!(matches!(line("3", "0,335", "1,01").product(None), Product::Agrees(_)), "1.005 rounds up");
        assert!(matches!(line("3", "0,335", "1,00").product(None), Product::Disagrees(_)), "and not down");
        assert_eq!(line("3", "—", "1,00").product(None), Product::Unreadable, "a dash is no price");
    }

    proptest! {
        #[test]
        fn a_right_line_is_never_accused(quantity in 1_i64..1_000_000, price in 1_i64..100_000_000, comma in any::<bool>()) {
            let (quantity, price) = (Decimal::new(quantity, 2), Decimal::new(price, 2));
            let total = half_up(quantity * price, 2);
            let print = |number: Decimal| {
                let text = cotejo_domain::Money(number).spanish();
                if comma { text } else { text.replace('.', "'").replace(',', ".").replace('\'', ",") }
            };
            let line = line(&print(quantity), &print(price), &print(total));
            prop_assert!(matches!(line.product(None), Product::Agrees(_)), "{line:?}");
        }

        #[test]
        fn a_wrong_total_is_never_missed(quantity in 1_i64..10_000, price in 1_i64..1_000_000, off in 1_i64..100_000) {
            let (quantity, price) = (Decimal::from(quantity), Decimal::new(price, 2));
            let wrong = half_up(quantity * price, 2) + Decimal::new(off, 2);
            let print = |number: Decimal| cotejo_domain::Money(number).spanish();
            let line = line(&quantity.to_string(), &print(price), &print(wrong));
            prop_assert!(matches!(line.product(Some(Notation::Comma)), Product::Disagrees(_)), "{line:?}");
        }
    }
}
