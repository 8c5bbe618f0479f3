//! The tables of a page: rows, columns and cells from the rules around them, or from words that stand in columns.
//!
//! Rules come from the image of a scan or from what a PDF draws. Where rules mark rows only, columns are the valleys of white between words. A
//! table without rules is a stretch of lines whose words leave the same valleys free.

use crate::geometry::Bounds;
use cotejo_domain::{Quad, RegionCell, TableRegion, Word};

/// Tables of one page.
const MOST_TABLES: usize = 40;
/// Rows and columns of one table.
const MOST_LINES: usize = 200;
/// Rules nearer than this many heights of a word are one.
const SAME_RULE: f64 = 0.4;
/// Tallest row between two rules that no rule down connects, and between two that one does, in heights of a word.
const TALLEST_ROW: [f64; 2] = [5.0, 40.0];
/// Narrowest valley between columns, in heights of a word.
const VALLEY: f64 = 0.8;
/// Gap that parts cells of an unruled line, in heights of a word.
const APART: f64 = 1.3;
/// Lines of an unruled table.
const FEWEST_LINES: usize = 3;
/// Part of a table's height that a rule down it must run along to part columns.
const LONG_RULE: f64 = 0.3;

/// Holds rules in the space the words are given in.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Rules {
    pub(crate) across: Vec<Bounds>,
    pub(crate) down: Vec<Bounds>,
}

impl Rules {
    /// Tells whether two rules run over a place (left, top, right, bottom), as between the rows of a table.
    pub(crate) fn cross(&self, [left, top, right, bottom]: [f64; 4]) -> bool {
        let over =
            |rule: &&Bounds| rule.left < left && right < rule.right && top < rule.top && rule.bottom < bottom;
        let heights = merged(self.across.iter().filter(over).map(|rule| rule.top), 3.0);
        heights.len() >= 2
    }
}

/// One word with its box and line.
struct Placed<'w> {
    text: &'w str,
    place: Bounds,
    line: u32,
}

/// Finds the tables among words whose boxes run to the right, given what maps boxes back to the page.
pub(crate) fn find(
    words: &[Word],
    enter: &dyn Fn(&Word) -> Bounds,
    rules: &Rules,
    leave: &dyn Fn(&Bounds) -> Quad,
) -> Vec<TableRegion> {
    let words: Vec<Placed<'_>> =
        words.iter().map(|word| Placed { text: &word.text, place: enter(word), line: word.line }).collect();
    let mut heights: Vec<f64> = words.iter().map(|word| word.place.height()).collect();
    heights.sort_by(f64::total_cmp);
    let Some(height) = heights.get(heights.len() / 2).copied().filter(|height| *height > 0.0) else {
        return Vec::new();
    };
    let mut grids: Vec<Grid> = ruled(&words, rules, height);
    let taken: Vec<Bounds> = grids.iter().map(Grid::bounds).collect();
    let free: Vec<&Placed<'_>> =
        words.iter().filter(|word| !taken.iter().any(|table| contains(table, &word.place))).collect();
    grids.extend(unruled(&free, height));
    grids.sort_by(|a, b| a.bounds().top.total_cmp(&b.bounds().top));
    grids.truncate(MOST_TABLES);
    grids.iter().map(|grid| grid.region(&words, leave)).collect()
}

fn contains(outer: &Bounds, inner: &Bounds) -> bool {
    let (x, y) = (f64::midpoint(inner.left, inner.right), f64::midpoint(inner.top, inner.bottom));
    (outer.left..=outer.right).contains(&x) && (outer.top..=outer.bottom).contains(&y)
}

/// Edges of rows and columns, and which neighbours are one cell.
struct Grid {
    ruled: bool,
    rows: Vec<f64>,
    columns: Vec<f64>,
    /// Rules down and across that part cells; empty where words part them.
    rules: Rules,
}

impl Grid {
    fn bounds(&self) -> Bounds {
        let ends = |edges: &[f64]| {
            (edges.first().copied().unwrap_or_default(), edges.last().copied().unwrap_or_default())
        };
        let ((top, bottom), (left, right)) = (ends(&self.rows), ends(&self.columns));
        Bounds { left, top, right, bottom }
    }

    // Whether the edge `column` is drawn beside a row.
    fn parts_columns(&self, column: usize, row: usize) -> bool {
        let (Some(x), Some([top, bottom])) =
            (self.columns.get(column), self.rows.get(row..row + 2).and_then(|pair| pair.first_chunk::<2>()))
        else {
            return true;
        };
        let middle = f64::midpoint(*top, *bottom);
        let slack = 0.35 * (bottom - top).abs();
        self.rules.down.is_empty()
            || self.rules.down.iter().any(|rule| {
                (f64::midpoint(rule.left, rule.right) - x).abs() <= slack.max(2.0)
                    && rule.top <= middle
                    && middle <= rule.bottom
            })
    }

    fn region(&self, words: &[Placed<'_>], leave: &dyn Fn(&Bounds) -> Quad) -> TableRegion {
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let (rows, columns) = (self.rows.len().saturating_sub(1), self.columns.len().saturating_sub(1));
        let mut cells = Vec::new();
        for row in 0..rows {
            let mut column = 0;
            while column < columns {
                let mut end = column + 1;
                while end < columns && !self.parts_columns(end, row) {
                    end += 1;
                }
                let place = Bounds {
                    left: self.columns.get(column).copied().unwrap_or_default(),
                    right: self.columns.get(end).copied().unwrap_or_default(),
                    top: self.rows.get(row).copied().unwrap_or_default(),
                    bottom: self.rows.get(row + 1).copied().unwrap_or_default(),
                };
                cells.push(RegionCell {
                    row: number(row),
                    column: number(column),
                    row_span: 1,
                    column_span: number(end - column),
                    quad: leave(&place),
                    text: text_in(words, &place),
                });
                column = end;
            }
        }
        TableRegion {
            quad: leave(&self.bounds()),
            ruled: self.ruled,
            rows: number(rows),
            columns: number(columns),
            cells,
        }
    }
}

// The words of a cell, line by line.
fn text_in(words: &[Placed<'_>], place: &Bounds) -> String {
    let inside = words.iter().filter(|word| contains(place, &word.place));
    inside.map(|word| word.text).collect::<Vec<_>>().join(" ")
}

fn ruled(words: &[Placed<'_>], rules: &Rules, height: f64) -> Vec<Grid> {
    let mut across: Vec<Bounds> = rules.across.clone();
    across.sort_by(|a, b| a.top.total_cmp(&b.top));
    // Rules that follow each other over the same stretch.
    let mut groups: Vec<Vec<Bounds>> = Vec::new();
    for rule in across {
        let joins = |group: &&mut Vec<Bounds>| {
            group.iter().rev().take(60).any(|other| {
                let shared = other.right.min(rule.right) - other.left.max(rule.left);
                let gap = rule.top - other.bottom;
                let connected = || {
                    let slack = height;
                    rules.down.iter().any(|down| {
                        down.top <= other.bottom + slack
                            && down.bottom >= rule.top - slack
                            && down.left >= other.left.max(rule.left) - slack
                            && down.right <= other.right.min(rule.right) + slack
                    })
                };
                (gap <= TALLEST_ROW[0] * height || gap <= TALLEST_ROW[1] * height && connected())
                    && shared > 0.5 * other.width().min(rule.width())
                    && shared > 0.0
            })
        };
        match groups.iter_mut().rev().find(joins) {
            Some(group) => group.push(rule),
            None => groups.push(vec![rule]),
        }
    }
    let grids = groups.iter().filter_map(|group| grid(words, group, rules, height));
    // Of tables within each other the outer one stands.
    let mut kept: Vec<Grid> = Vec::new();
    for grid in grids {
        let bounds = grid.bounds();
        if !kept.iter().any(|other| contains(&other.bounds(), &bounds)) {
            kept.push(grid);
        }
    }
    kept
}

fn grid(words: &[Placed<'_>], group: &[Bounds], rules: &Rules, height: f64) -> Option<Grid> {
    let left = group.iter().map(|rule| rule.left).reduce(f64::min)?;
    let right = group.iter().map(|rule| rule.right).reduce(f64::max)?;
    let rows = merged(group.iter().map(|rule| f64::midpoint(rule.top, rule.bottom)), SAME_RULE * height);
    let (top, bottom) = (rows.first().copied()?, rows.last().copied()?);
    let area = Bounds { left, top, right, bottom };
    let inside: Vec<&Placed<'_>> = words.iter().filter(|word| contains(&area, &word.place)).collect();
    if rows.len() < 3 || rows.len() > MOST_LINES || inside.len() < 4 {
        return None;
    }
    // Rules down that run along enough of the table.
    let slack = SAME_RULE * height;
    let down: Vec<Bounds> = rules
        .down
        .iter()
        .filter(|rule| rule.bottom > top + slack && rule.top < bottom - slack)
        .filter(|rule| rule.right > left - slack && rule.left < right + slack)
        .copied()
        .collect();
    let along = |x: f64| -> f64 {
        let near = down.iter().filter(|rule| (f64::midpoint(rule.left, rule.right) - x).abs() <= slack);
        near.map(|rule| rule.bottom.min(bottom) - rule.top.max(top)).sum()
    };
    let drawn = merged(down.iter().map(|rule| f64::midpoint(rule.left, rule.right)), slack);
    let mut columns: Vec<f64> =
        drawn.into_iter().filter(|x| along(*x) >= LONG_RULE * (bottom - top)).collect();
    columns.retain(|x| *x > left + height && *x < right - height);
    let by_rules = !columns.is_empty();
    if !by_rules {
        columns = valleys(&inside, height, area);
    }
    columns.insert(0, left);
    columns.push(right);
    // One column is a box or a list of underlined lines.
    (columns.len() >= 3 && columns.len() <= MOST_LINES).then(|| Grid {
        ruled: true,
        rows,
        columns,
        rules: if by_rules { Rules { across: Vec::new(), down } } else { Rules::default() },
    })
}

// Sorted places, those nearer than `least` to the one before left out.
fn merged(places: impl Iterator<Item = f64>, least: f64) -> Vec<f64> {
    let mut places: Vec<f64> = places.filter(|place| place.is_finite()).collect();
    places.sort_by(f64::total_cmp);
    let mut kept: Vec<f64> = Vec::new();
    for place in places {
        if kept.last().is_none_or(|last| place - last > least) {
            kept.push(place);
        }
    }
    kept
}

// The middles of the stretches that hardly a line crosses. A total's label may cross one.
fn valleys(words: &[&Placed<'_>], height: f64, area: Bounds) -> Vec<f64> {
    let mut lines: Vec<u32> = words.iter().map(|word| word.line).collect();
    lines.sort_unstable();
    lines.dedup();
    let allowed = if lines.len() >= 4 { (lines.len() / 8).max(1) } else { 0 };
    // Steps of a tenth of a height along the table.
    let step = (height / 10.0).max((area.width() / 4000.0).max(1e-3));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most a few thousand steps"
    )]
    let place = |x: f64| ((x - area.left) / step).max(0.0) as usize;
    let count = place(area.right) + 1;
    let mut covered = vec![0usize; count];
    for word in words {
        for cell in covered.iter_mut().take(place(word.place.right) + 1).skip(place(word.place.left)) {
            *cell += 1;
        }
    }
    let mut found = Vec::new();
    let mut start = None;
    for (index, cell) in covered.iter().enumerate() {
        match (start, *cell <= allowed) {
            (None, true) => start = Some(index),
            (Some(from), false) => {
                start = None;
                #[expect(clippy::cast_precision_loss, reason = "steps of a table")]
                let (from, to) = (area.left + from as f64 * step, area.left + index as f64 * step);
                // The rim is no valley.
                if to - from >= VALLEY * height && from > area.left + step {
                    found.push(lightest(&covered, step, area.left, from, to));
                }
            }
            _ => {}
        }
    }
    found
}

// The middle of what is least covered within a valley.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "steps of a table"
)]
fn lightest(covered: &[usize], step: f64, left: f64, from: f64, to: f64) -> f64 {
    let range = ((from - left) / step) as usize..((to - left) / step) as usize;
    let least = covered.get(range.clone()).into_iter().flatten().min().copied().unwrap_or(0);
    let places: Vec<usize> =
        range.filter(|index| covered.get(*index).is_some_and(|cell| *cell == least)).collect();
    places.get(places.len() / 2).map_or(f64::midpoint(from, to), |index| left + *index as f64 * step)
}

// One line of an unruled table: its words from left to right, in cells.
struct Row<'a, 'w> {
    words: Vec<&'a Placed<'w>>,
    cells: usize,
    place: Bounds,
}

fn unruled(words: &[&Placed<'_>], height: f64) -> Vec<Grid> {
    let rows: Vec<Row<'_, '_>> = words
        .chunk_by(|a, b| a.line == b.line)
        .filter_map(|line| {
            let mut line: Vec<&Placed<'_>> = line.to_vec();
            line.sort_by(|a, b| a.place.left.total_cmp(&b.place.left));
            let gaps =
                line.windows(2).filter(|pair| pair[1].place.left - pair[0].place.right > APART * height);
            let cells = gaps.count() + 1;
            let place = line.iter().map(|word| word.place).reduce(|a, b| a.union(&b))?;
            Some(Row { words: line, cells, place })
        })
        .collect();
    let mut found = Vec::new();
    let mut start = 0;
    while start < rows.len() {
        let mut end = start;
        while end < rows.len()
            && rows[end].cells >= 3
            && (end == start || rows[end].place.top - rows[end - 1].place.bottom < 2.5 * height)
            && (end == start || rows[end].place.top > rows[end - 1].place.top)
        {
            end += 1;
        }
        if end - start >= FEWEST_LINES
            && let Some(grid) = in_columns(&rows[start..end], height)
        {
            found.push(grid);
        }
        start = end.max(start + 1);
    }
    found
}

fn in_columns(rows: &[Row<'_, '_>], height: f64) -> Option<Grid> {
    let area = rows.iter().map(|row| row.place).reduce(|a, b| a.union(&b))?;
    let words: Vec<&Placed<'_>> = rows.iter().flat_map(|row| row.words.iter().copied()).collect();
    let mut columns = valleys(&words, height, area);
    if columns.len() < 2 {
        return None;
    }
    columns.insert(0, area.left);
    columns.push(area.right);
    // Most lines have something in most columns, and numbers stand in at least one of these: a table, not a letterhead or signatures.
    let filled = |row: &Row<'_, '_>| {
        columns
            .windows(2)
            .filter(|edges| {
                row.words.iter().any(|word| {
                    let x = f64::midpoint(word.place.left, word.place.right);
                    (edges[0]..=edges[1]).contains(&x)
                })
            })
            .count()
    };
    let full = rows.iter().filter(|row| filled(row) * 3 >= (columns.len() - 1) * 2).count();
    let with_digits = rows
        .iter()
        .filter(|row| row.words.iter().any(|word| word.text.bytes().any(|byte| byte.is_ascii_digit())))
        .count();
    if full * 4 < rows.len() * 3 || with_digits * 2 < rows.len() {
        return None;
    }
    let mut edges = vec![area.top];
    edges.extend(rows.windows(2).map(|pair| f64::midpoint(pair[0].place.bottom, pair[1].place.top)));
    edges.push(area.bottom);
    Some(Grid { ruled: false, rows: edges, columns, rules: Rules::default() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::Confidence;

    fn words(texts: &[(f64, f64, &str)]) -> Vec<Word> {
        let mut words = Vec::new();
        let mut tops: Vec<f64> = texts.iter().map(|(_, top, _)| *top).collect();
        tops.sort_by(f64::total_cmp);
        tops.dedup();
        for (line, level) in (0..).zip(tops) {
            for (left, _, text) in texts.iter().filter(|(_, top, _)| (*top - level).abs() < 0.1) {
                let mut x = *left;
                for word in text.split(' ') {
                    #[expect(clippy::cast_precision_loss, reason = "short words")]
                    let width = word.chars().count() as f64 * 5.0;
                    words.push(Word {
                        text: word.into(),
                        quad: Quad::upright(x, level, x + width, level + 10.0),
                        line,
                        size: 10.0,
                        confidence: Confidence::CERTAIN,
                    });
                    x += width + 3.0;
                }
            }
        }
        words
    }

    fn found(words: &[Word], rules: &Rules) -> Vec<TableRegion> {
        let enter = |word: &Word| {
            let [left, top, right, bottom] = word.quad.bounds();
            Bounds { left, top, right, bottom }
        };
        find(words, &enter, rules, &|b| Quad::upright(b.left, b.top, b.right, b.bottom))
    }

    fn rows(table: &TableRegion) -> Vec<Vec<&str>> {
        (0..table.rows)
            .map(|row| {
                let cells = table.cells.iter().filter(|cell| cell.row == row);
                cells.map(|cell| cell.text.as_str()).collect()
            })
            .collect()
    }

    const TEXTS: [(f64, f64, &str); 11] = [
        (52.0, 105.0, "No."),
        (90.0, 105.0, "Rubro"),
        (300.0, 105.0, "Precio"),
        (52.0, 125.0, "1"),
        (90.0, 125.0, "Excavación a máquina"),
        (300.0, 125.0, "1.250,00"),
        (52.0, 145.0, "2"),
        (90.0, 145.0, "Relleno"),
        (300.0, 145.0, "340,10"),
        (200.0, 165.0, "TOTAL"),
        (300.0, 165.0, "1.590,10"),
    ];

    fn across() -> Vec<Bounds> {
        (0..5)
            .map(|row| {
                let top = 100.0 + 20.0 * f64::from(row);
                Bounds { left: 50.0, top, right: 400.0, bottom: top + 0.5 }
            })
            .collect()
    }

    #[test]
    fn rules_make_rows_columns_and_cells_over_several_columns() {
        let down = |x: f64, bottom: f64| Bounds { left: x, top: 100.0, right: x + 0.5, bottom };
        let down = vec![down(50.0, 180.0), down(80.0, 160.0), down(290.0, 180.0), down(400.0, 180.0)];
        let tables = found(&words(&TEXTS), &Rules { across: across(), down });
        assert_eq!(tables.len(), 1);
        assert!(tables[0].ruled);
        assert_eq!(
            rows(&tables[0]),
            [
                vec!["No.", "Rubro", "Precio"],
                vec!["1", "Excavación a máquina", "1.250,00"],
                vec!["2", "Relleno", "340,10"],
                vec!["TOTAL", "1.590,10"]
            ]
        );
        let total = tables[0].cells.iter().find(|cell| cell.text == "TOTAL").expect("a total");
        assert_eq!((total.column, total.column_span), (0, 2));
        assert_eq!(total.quad.bounds()[2].round(), 290.0);
    }

    #[test]
    fn rules_of_rows_alone_leave_columns_to_the_words() {
        let tables = found(&words(&TEXTS), &Rules { across: across(), down: Vec::new() });
        assert_eq!(tables.len(), 1);
        assert_eq!((tables[0].rows, tables[0].columns), (4, 3), "{:?}", rows(&tables[0]));
        assert_eq!(rows(&tables[0])[1], ["1", "Excavación a máquina", "1.250,00"]);
    }

    #[test]
    fn words_in_columns_are_a_table_without_rules() {
        let mut texts = TEXTS[..9].to_vec();
        texts.push((52.0, 220.0, "Los precios no incluyen el impuesto al valor agregado"));
        let tables = found(&words(&texts), &Rules::default());
        assert_eq!(tables.len(), 1);
        assert!(!tables[0].ruled);
        assert_eq!(rows(&tables[0])[2], ["2", "Relleno", "340,10"]);
    }

    #[test]
    fn prose_labels_and_boxes_are_no_tables() {
        let prose: Vec<(f64, f64, &str)> = (0..8)
            .map(|line| (50.0, 100.0 + 14.0 * f64::from(line), "texto corrido de una carta del oferente"))
            .collect();
        assert!(found(&words(&prose), &Rules::default()).is_empty());
        let frame = vec![
            Bounds { left: 40.0, top: 90.0, right: 500.0, bottom: 90.5 },
            Bounds { left: 40.0, top: 220.0, right: 500.0, bottom: 220.5 },
        ];
        assert!(found(&words(&prose), &Rules { across: frame, down: Vec::new() }).is_empty(), "a box");
        let labels: Vec<(f64, f64, &str)> = (0..4)
            .flat_map(|line| {
                let top = 100.0 + 14.0 * f64::from(line);
                [(50.0, top, "Etiqueta:"), (250.0, top, "valor 12")]
            })
            .collect();
        assert!(found(&words(&labels), &Rules::default()).is_empty(), "a label and its value");
    }
}
