//! Heads, columns and rows of one table on one page.

use super::lean::Lean;
use super::senses;
use super::spec::TableSpec;
use crate::grammar::fuzzy::{allowance, distance_within};
use crate::grammar::money;
use crate::layout::{Folded, PageLayout, WordSpan, squeeze};
use cotejo_domain::{Quad, TableCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Rows that the heads of a table may take.
const HEAD_ROWS: usize = 8;

/// Holds a head that was recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Index of the column in the specification; `None` for a head that it does not know.
    pub column: Option<usize>,
    /// Left edge of its words.
    pub left: f64,
    /// Right edge of its words.
    pub right: f64,
}

/// Holds the heads of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Header {
    /// Rows it takes.
    pub rows: Range<usize>,
    /// Heads from left to right.
    pub heads: Vec<Head>,
    /// Whether heads had to be understood by their sense for the table to be known.
    pub by_sense: bool,
}

/// Holds the columns of a table: keys and the limits between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// Indexes into the specification's columns, from left to right; `None` for columns that it does not know.
    pub columns: Vec<Option<usize>>,
    /// Limits between neighbours: one less than the columns.
    pub limits: Vec<f64>,
    /// How they lean on a photograph: limits are those right under the heads.
    pub lean: Lean,
}

/// Holds one row: the words of each cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridRow {
    /// Cells in the order of the columns.
    pub cells: Vec<Vec<WordSpan>>,
}

/// Finds the heads of a table within the rows: word for word, or else by their sense.
#[must_use]
pub fn find_header(layout: &PageLayout, rows: Range<usize>, spec: &TableSpec) -> Option<Header> {
    find_listed_header(layout, rows.clone(), spec).or_else(|| find(layout, rows, spec, true))
}

/// Finds the heads of a table within the rows as the specification lists them; one that it does not list is taken by its sense.
#[must_use]
pub fn find_listed_header(layout: &PageLayout, rows: Range<usize>, spec: &TableSpec) -> Option<Header> {
    let mut header = find(layout, rows, spec, false)?;
    for index in 0..header.heads.len() {
        let head = &header.heads[index];
        if head.column.is_some() {
            continue;
        }
        let words: Vec<&WordSpan> = layout
            .words
            .iter()
            .filter(|word| header.rows.contains(&word.row))
            .filter(|word| word.bounds[0] >= head.left - 0.5 && word.bounds[2] <= head.right + 0.5)
            .collect();
        let column = senses::column_meant(&text_of(layout, &words), spec)
            .filter(|column| header.heads.iter().all(|head| head.column != Some(*column)));
        header.heads[index].column = column;
    }
    Some(header)
}

fn find(layout: &PageLayout, rows: Range<usize>, spec: &TableSpec, by_sense: bool) -> Option<Header> {
    let mut best: Option<(f64, Header)> = None;
    for start in rows.clone() {
        let mut last: Option<usize> = None;
        for height in 1..=HEAD_ROWS {
            let end = start + height;
            if end > rows.end || height > 1 && far(layout, end - 2, end - 1) {
                break;
            }
            let Some((score, heads)) = match_heads(layout, start..end, spec, by_sense) else { continue };
            let improved = best.as_ref().is_none_or(|(found, _)| score > *found + 1e-6);
            if improved {
                best = Some((score, Header { rows: start..end, heads, by_sense }));
                last = Some(end);
            }
        }
        // The first complete header wins: a later one belongs to the next table.
        if last.is_none() && best.as_ref().is_some_and(|(_, header)| start >= header.rows.end) {
            break;
        }
    }
    best.map(|(_, mut header)| {
        // Further lines of the heads: close below, without digits, colons or dotted lines.
        while header.rows.end < rows.end
            && header.rows.len() < HEAD_ROWS
            && continues_heads(layout, header.rows.end)
        {
            header.rows.end += 1;
        }
        header
    })
}

fn continues_heads(layout: &PageLayout, row: usize) -> bool {
    let (above, current) = (&layout.rows[row - 1], &layout.rows[row]);
    let height = (above.bounds[3] - above.bounds[1]).clamp(5.0, 20.0);
    let text = layout.row_text(current);
    // A line of a head lies closer than the first row: cells have room around their text.
    current.bounds[1] - above.bounds[3] < height * 0.3
        && !text.bytes().any(|byte| byte.is_ascii_digit() || b":$_".contains(&byte))
        && !text.contains("...")
        && !crate::grammar::placeholder::is_unfilled(text)
}

fn far(layout: &PageLayout, above: usize, below: usize) -> bool {
    let (above, below) = (&layout.rows[above], &layout.rows[below]);
    let height = (above.bounds[3] - above.bounds[1]).clamp(5.0, 20.0);
    below.bounds[1] - above.bounds[3] > height * 1.3
}

/// Matches the heads of the rows, as far as they make this table known.
fn match_heads(
    layout: &PageLayout,
    rows: Range<usize>,
    spec: &TableSpec,
    by_sense: bool,
) -> Option<(f64, Vec<Head>)> {
    let length = rows.len() as f64;
    let (quality, strangers, heads) = heads_in(layout, rows, spec, by_sense)?;
    let known: Vec<usize> = heads.iter().filter_map(|head| head.column).collect();
    let has = |key: &str| known.iter().any(|column| spec.columns[*column].key == key);
    if !spec.required.iter().all(|key| has(key)) || known.len() < 2 {
        return None;
    }
    // Strangers weigh against it; rows without a word for it too.
    Some((quality - 0.6 * strangers - 0.02 * length, heads))
}

/// Groups words of the rows into columns by overlap and matches each group with a head; returns how well, how many heads nobody knows, and all.
pub(super) fn heads_in(
    layout: &PageLayout,
    rows: Range<usize>,
    spec: &TableSpec,
    by_sense: bool,
) -> Option<(f64, f64, Vec<Head>)> {
    let parted: Vec<Vec<WordSpan>> = rows
        .clone()
        .flat_map(|row| &layout.rows[row].segments)
        .flat_map(|segment| unglued(layout, &layout.words[segment.words.clone()], spec))
        .collect();
    let mut groups: Vec<([f64; 2], Vec<&WordSpan>)> = Vec::new();
    {
        for words in &parted {
            for piece in split_closely(words, layout) {
                let left = piece.first()?.bounds[0];
                let right = piece.last()?.bounds[2];
                let mut joined: ([f64; 2], Vec<&WordSpan>) = ([left, right], Vec::new());
                let mut rest = Vec::new();
                for group in groups.drain(..) {
                    let overlap = group.0[1].min(right) - group.0[0].max(left);
                    if overlap > 0.35 * (group.0[1] - group.0[0]).min(right - left) {
                        joined.0 = [joined.0[0].min(group.0[0]), joined.0[1].max(group.0[1])];
                        joined.1.extend(group.1);
                    } else {
                        rest.push(group);
                    }
                }
                joined.1.extend(piece);
                rest.push(joined);
                groups = rest;
            }
        }
    }
    groups.sort_by(|a, b| a.0[0].total_cmp(&b.0[0]));
    let mut heads: Vec<Head> = Vec::new();
    let mut quality = 0.0;
    let mut strangers = 0.0;
    for ([left, right], mut words) in groups {
        words.sort_by_key(|word| (word.row, word.range.start));
        let free = |column: usize, heads: &[Head]| heads.iter().all(|head| head.column != Some(column));
        let written = text_of(layout, &words);
        let whole = column_for(&written, spec, layout.ocr)
            .or_else(|| by_sense.then(|| Some((senses::column_meant(&written, spec)?, 0.72))).flatten())
            .filter(|(column, _)| free(*column, &heads));
        let parted = || {
            let pair =
                two_heads(layout, &words, spec, by_sense).or_else(|| touching_heads(layout, &words, spec))?;
            pair.iter().all(|head| head.column.is_none_or(|column| free(column, &heads))).then_some(pair)
        };
        match whole {
            Some((column, score)) if score > 0.95 => {
                quality += score;
                heads.push(Head { column: Some(column), left, right });
            }
            whole => match (parted(), whole) {
                (Some(pair), _) => {
                    quality += pair.iter().filter(|head| head.column.is_some()).count() as f64 * 0.9;
                    heads.extend(pair);
                }
                (None, Some((column, score))) => {
                    quality += score;
                    heads.push(Head { column: Some(column), left, right });
                }
                (None, None) => {
                    strangers += 1.0;
                    heads.push(Head { column: None, left, right });
                }
            },
        }
    }
    if layout.ocr {
        quality += infer_missing(&mut heads, spec);
    }
    Some((quality, strangers, heads))
}

fn text_of(layout: &PageLayout, words: &[&WordSpan]) -> String {
    words.iter().map(|word| layout.text.slice(word.range.clone())).collect::<Vec<_>>().join(" ")
}

/// Parts heads of one line that stand no further from each other than words do: «Unidad Cantidad».
fn two_heads(
    layout: &PageLayout,
    words: &[&WordSpan],
    spec: &TableSpec,
    by_sense: bool,
) -> Option<[Head; 2]> {
    let head = |words: &[&WordSpan]| {
        exact_head(layout, words, spec).or_else(|| {
            let column = by_sense.then(|| senses::column_meant(&text_of(layout, words), spec))??;
            let (first, last) = (words.first()?, words.last()?);
            Some(Head { column: Some(column), left: first.bounds[0], right: last.bounds[2] })
        })
    };
    let one_line = words.windows(2).all(|pair| pair[0].row == pair[1].row);
    (1..words.len()).filter(|_| one_line).find_map(|at| {
        let pair = [head(&words[..at])?, head(&words[at..])?];
        (pair[0].column != pair[1].column).then_some(pair)
    })
}

/// Parts two heads that touch where one of them takes several lines: «Precio global» beside «Agregado / ecuatoriano / %». One of them
/// must be known to the letter; the other may be a stranger, but then one of several lines, not words left over.
fn touching_heads(layout: &PageLayout, words: &[&WordSpan], spec: &TableSpec) -> Option<[Head; 2]> {
    let mut across: Vec<&WordSpan> = words.to_vec();
    across.sort_by(|one, other| one.bounds[0].total_cmp(&other.bounds[0]));
    (1..across.len()).find_map(|at| {
        let (before, after) = across.split_at(at);
        let edge = |words: &[&WordSpan], side: usize, pick: fn(f64, f64) -> f64| {
            words.iter().map(|word| word.bounds[side]).reduce(pick)
        };
        let (end, start) = (edge(before, 2, f64::max)?, edge(after, 0, f64::min)?);
        if end > start + 1.0 {
            return None;
        }
        let rows = |words: &[&WordSpan]| words.iter().map(|word| word.row).collect::<BTreeSet<_>>();
        let head = |side: &[&WordSpan], other: &[&WordSpan]| {
            let mut read = side.to_vec();
            read.sort_by_key(|word| (word.row, word.range.start));
            exact_head(layout, &read, spec).or_else(|| {
                let (mine, theirs) = (rows(side), rows(other));
                (mine.len() > 1 && !mine.is_subset(&theirs)).then_some(Head {
                    column: None,
                    left: edge(side, 0, f64::min)?,
                    right: edge(side, 2, f64::max)?,
                })
            })
        };
        let pair = [head(before, after)?, head(after, before)?];
        (pair[0].column != pair[1].column).then_some(pair)
    })
}

/// Parts the words of a run where two heads were read as one word, «UnidadCantidad»: the limit between them is told by the number of
/// characters, and what stands beside them is a head of its own.
fn unglued(layout: &PageLayout, words: &[WordSpan], spec: &TableSpec) -> Vec<Vec<WordSpan>> {
    let whole = |part: &str| {
        let column = (part.len() >= 4).then(|| column_for(part, spec, false))??;
        (column.1 > 0.95).then_some(column.0)
    };
    let mut runs: Vec<Vec<WordSpan>> = vec![Vec::new()];
    for word in words {
        let text = layout.text.slice(word.range.clone());
        let plain = text.len() >= 8 && text.bytes().all(|byte| byte.is_ascii_alphabetic());
        let at = (4..text.len().saturating_sub(3)).filter(|_| plain && whole(text).is_none()).find(|at| {
            let (one, other) = text.split_at(*at);
            matches!((whole(one), whole(other)), (Some(one), Some(other)) if one != other)
        });
        let Some(at) = at else {
            if let Some(run) = runs.last_mut() {
                run.push(word.clone());
            }
            continue;
        };
        let limit = word.bounds[0] + (word.bounds[2] - word.bounds[0]) * at as f64 / text.len() as f64;
        let mut part = |range: Range<usize>, left: f64, right: f64| {
            let bounds = [left, word.bounds[1], right, word.bounds[3]];
            runs.push(vec![WordSpan { range, bounds, ..word.clone() }]);
        };
        part(word.range.start..word.range.start + at, word.bounds[0], limit - 0.5);
        part(word.range.start + at..word.range.end, limit + 0.5, word.bounds[2]);
        runs.push(Vec::new());
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn exact_head(layout: &PageLayout, words: &[&WordSpan], spec: &TableSpec) -> Option<Head> {
    let (column, score) = column_for(&text_of(layout, words), spec, false)?;
    let (first, last) = (words.first()?, words.last()?);
    let left = words.iter().map(|word| word.bounds[0]).fold(first.bounds[0], f64::min);
    let right = words.iter().map(|word| word.bounds[2]).fold(last.bounds[2], f64::max);
    (score > 0.95).then_some(Head { column: Some(column), left, right })
}

/// Gives the one missing head of a scanned table to the one unreadable group that stands between its neighbours.
fn infer_missing(heads: &mut [Head], spec: &TableSpec) -> f64 {
    let found: Vec<usize> = heads.iter().filter_map(|head| head.column).collect();
    let missing: Vec<usize> = spec
        .required
        .iter()
        .filter_map(|key| spec.columns.iter().position(|column| column.key == *key))
        .filter(|column| !found.contains(column))
        .collect();
    let [missing] = missing.as_slice() else { return 0.0 };
    if found.len() + 1 < spec.required.len() || found.len() < 3 {
        return 0.0;
    }
    let fits = |index: usize| {
        let before = heads[..index].iter().rev().find_map(|head| head.column);
        let after = heads[index + 1..].iter().find_map(|head| head.column);
        before.is_some_and(|before| before < *missing) && after.is_some_and(|after| after > *missing)
    };
    let candidates: Vec<usize> =
        (0..heads.len()).filter(|index| heads[*index].column.is_none() && fits(*index)).collect();
    match candidates.as_slice() {
        [only] => {
            heads[*only].column = Some(*missing);
            1.0 // no stranger any more, and half a head
        }
        _ => 0.0,
    }
}

/// Splits a run of words wherever the gap is wider than a space: heads of narrow columns stand close together.
fn split_closely<'w>(words: &'w [WordSpan], layout: &PageLayout) -> Vec<Vec<&'w WordSpan>> {
    let space = match layout {
        // The cells of a reading view are known.
        layout if layout.reading_view => f64::INFINITY,
        layout if layout.ocr => 1.0,
        _ => 0.55,
    };
    let mut pieces: Vec<Vec<&WordSpan>> = Vec::new();
    for word in words {
        let height = (word.bounds[3] - word.bounds[1]).max(4.0);
        match pieces.last_mut() {
            Some(piece)
                if piece.last().is_some_and(|last| word.bounds[0] - last.bounds[2] <= height * space) =>
            {
                piece.push(word)
            }
            _ => pieces.push(vec![word]),
        }
    }
    pieces
}

fn column_for(text: &str, spec: &TableSpec, ocr: bool) -> Option<(usize, f64)> {
    let squeezed = squeeze(text);
    if squeezed.is_empty() {
        return None;
    }
    let mut best: Option<(usize, f64)> = None;
    for (index, column) in spec.columns.iter().enumerate() {
        for head in column.heads {
            let head = squeeze(head);
            let limit = if head.len() >= 6 { allowance(head.len(), if ocr { 0.2 } else { 0.1 }) } else { 0 };
            let score = if squeezed == head {
                1.0
            } else if let Some(errors) = distance_within(&head, &squeezed, limit) {
                0.9 - 0.1 * errors as f64 / limit.max(1) as f64
            } else if head.len() >= 8 && squeezed.starts_with(&head) && squeezed.len() <= head.len() * 2 {
                0.7
            } else if ocr && head.len() >= 8 && squeezed.ends_with(&head) && squeezed.len() <= head.len() * 2
            {
                0.6
            } else {
                continue;
            };
            if best.is_none_or(|(_, found)| score > found) {
                best = Some((index, score));
            }
        }
    }
    best
}

/// Draws the limits between columns through the emptiest place between neighbouring heads: each head stands in its own cell. A first
/// column of codes whose head a scan has lost is told by its cells.
#[must_use]
pub fn columns(layout: &PageLayout, header: &Header, body: Range<usize>, spec: &TableSpec) -> Columns {
    if layout.reading_view {
        // The cells of a reading view begin where those above them do.
        return Columns {
            columns: header.heads.iter().map(|head| head.column).collect(),
            limits: header.heads.iter().skip(1).map(|head| head.left - 0.5).collect(),
            lean: Lean::default(),
        };
    }
    let lean = Lean::of(layout, body.clone());
    let upright = |bounds: &[f64; 4]| {
        let down = f64::midpoint(bounds[1], bounds[3]);
        [lean.upright(bounds[0], down), bounds[1], lean.upright(bounds[2], down), bounds[3]]
    };
    // A sentence under the table says nothing of its columns.
    let in_cells = |row: usize| layout.rows.get(row).is_some_and(|row| row.segments.len() > 1);
    let celled = body.clone().filter(|row| in_cells(*row)).count() > 1;
    let words: Vec<[f64; 4]> = layout
        .words
        .iter()
        .filter(|word| body.contains(&word.row) && (!celled || in_cells(word.row)))
        .map(|word| upright(&word.bounds))
        .collect();
    let gaps: Vec<[f64; 4]> = layout.rows[body.clone()]
        .iter()
        .flat_map(|row| row.segments.windows(2))
        .map(|pair| [upright(&pair[0].bounds), upright(&pair[1].bounds)])
        .map(|[one, other]| [middle(&one), one[2], other[0], middle(&other)])
        .collect();
    let mut limits: Vec<f64> = Vec::new();
    for (index, pair) in header.heads.windows(2).enumerate() {
        let before = limits.last().copied().unwrap_or(f64::NEG_INFINITY);
        let after = header.heads.get(index + 2).map_or(f64::INFINITY, |head| head.left);
        limits.push(emptiest(
            &words,
            &gaps,
            [before, pair[0].right, pair[1].left.max(pair[0].right + 0.5), after],
        ));
    }
    let mut columns: Vec<Option<usize>> = header.heads.iter().map(|head| head.column).collect();
    if let Some((code, limit)) = lost_codes(layout, &columns, body, spec, lean)
        && limits.first().is_none_or(|first| limit < *first)
    {
        columns.insert(0, Some(code));
        limits.insert(0, limit);
    }
    Columns { columns, limits, lean }
}

/// Finds a column of product codes at the left of a scanned table that no head names: nearly every row begins with one.
fn lost_codes(
    layout: &PageLayout,
    columns: &[Option<usize>],
    body: Range<usize>,
    spec: &TableSpec,
    lean: Lean,
) -> Option<(usize, f64)> {
    let code = spec.columns.iter().position(|column| column.key == "cpc")?;
    if !layout.ocr || columns.contains(&Some(code)) {
        return None;
    }
    let rows: Vec<&crate::layout::Row> =
        layout.rows.get(body)?.iter().filter(|row| row.segments.len() > 2).collect();
    let mut coded = 0;
    let (mut end, mut begin) = (f64::NEG_INFINITY, f64::INFINITY);
    for row in &rows {
        let words = layout.words_in(&row.range);
        let [first, second, ..] = words else { continue };
        let digits = layout.text.slice(first.range.clone()).bytes().filter(u8::is_ascii_digit).count();
        if digits >= 8 && layout.text.slice(first.range.clone()).len() <= digits + 3 {
            coded += 1;
            let down = f64::midpoint(first.bounds[1], first.bounds[3]);
            end = end.max(lean.upright(first.bounds[2], down));
            begin = begin.min(lean.upright(second.bounds[0], down));
        }
    }
    (coded >= 1 && coded * 3 >= rows.len() * 2 && begin > end).then_some((code, f64::midpoint(end, begin)))
}

fn middle(bounds: &[f64; 4]) -> f64 {
    f64::midpoint(bounds[0], bounds[2])
}

/// Finds the place between two heads that the fewest words cross and that leaves the fewest wide gaps inside a cell.
fn emptiest(words: &[[f64; 4]], gaps: &[[f64; 4]], [before, from, to, after]: [f64; 4]) -> f64 {
    const STEPS: usize = 60;
    let place = |step: usize| from + (to - from) * step as f64 / STEPS as f64;
    let cost: Vec<usize> = (0..=STEPS)
        .map(|step| {
            let x = place(step);
            let crossed = words.iter().filter(|bounds| bounds[0] < x - 0.2 && bounds[2] > x + 0.2).count();
            let inside = gaps
                .iter()
                .filter(|[left, _, _, right]| *left > before && *right < x || *left > x && *right < after);
            crossed * 3 + inside.count()
        })
        .collect();
    let least = cost.iter().copied().min().unwrap_or(0);
    // The middle of the widest run of least cost.
    let mut best = (0, 0);
    let mut start = 0;
    while start <= STEPS {
        if cost[start] != least {
            start += 1;
            continue;
        }
        let end = (start..=STEPS).take_while(|step| cost[*step] == least).last().unwrap_or(start);
        if end - start >= best.1 - best.0 {
            best = (start, end);
        }
        start = end + 1;
    }
    f64::midpoint(place(best.0), place(best.1))
}

impl Columns {
    /// Returns the cell that a word falls in, by its middle.
    #[must_use]
    pub fn cell_of(&self, word: &WordSpan) -> usize {
        let down = f64::midpoint(word.bounds[1], word.bounds[3]);
        let middle = self.lean.upright(f64::midpoint(word.bounds[0], word.bounds[2]), down);
        self.limits.iter().take_while(|limit| middle > **limit).count()
    }

    /// Puts the words of a visual row into the cells of the known columns.
    #[must_use]
    pub fn place(&self, layout: &PageLayout, row: usize, spec: &TableSpec) -> GridRow {
        let mut cells = vec![Vec::new(); self.columns.len()];
        for segment in &layout.rows[row].segments {
            for word in &layout.words[segment.words.clone()] {
                let cell = self.cell_of(word);
                let numeric = self.columns[cell].is_some_and(|column| spec.columns[column].numeric);
                let sign = !layout
                    .text
                    .slice(word.range.clone())
                    .bytes()
                    .any(|byte| byte.is_ascii_alphanumeric() || byte == b'%');
                // Signs of currency stand in their own place between two columns of numbers.
                if !(numeric && sign) {
                    cells[cell].push(word.clone());
                }
            }
        }
        let cells =
            cells.into_iter().zip(&self.columns).filter_map(|(cell, column)| column.map(|_| cell)).collect();
        GridRow { cells }
    }

    /// Tells whether a run of words crosses several limits: a sentence or title, not a row.
    #[must_use]
    pub fn crossed_by(&self, layout: &PageLayout, row: usize) -> bool {
        layout.rows[row].segments.iter().any(|segment| {
            let down = f64::midpoint(segment.bounds[1], segment.bounds[3]);
            let [left, right] = [segment.bounds[0], segment.bounds[2]].map(|x| self.lean.upright(x, down));
            self.limits.iter().filter(|limit| left < **limit - 3.0 && right > **limit + 3.0).count() >= 2
                && layout.segment_text(segment).split(' ').count() >= 4
        })
    }

    /// Returns the indexes of the known columns, as the cells of a row stand.
    #[must_use]
    pub fn known(&self) -> Vec<usize> {
        self.columns.iter().copied().flatten().collect()
    }
}

impl GridRow {
    /// Returns the text of a cell, folded.
    #[must_use]
    pub fn folded(&self, layout: &PageLayout, cell: usize) -> String {
        let words = self.cells.get(cell).map(Vec::as_slice).unwrap_or_default();
        words.iter().map(|word| layout.text.slice(word.range.clone())).collect::<Vec<_>>().join(" ")
    }

    /// Tells whether a cell has letters or digits.
    #[must_use]
    pub fn has(&self, layout: &PageLayout, cell: usize) -> bool {
        self.folded(layout, cell).bytes().any(|byte| byte.is_ascii_alphanumeric())
    }

    /// Tells whether a cell holds a number and nothing else.
    #[must_use]
    pub fn is_number(&self, layout: &PageLayout, cell: usize) -> bool {
        let text = Folded::new(&self.folded(layout, cell));
        let stripped = text.ascii().trim_end_matches([' ', '%']).len();
        money::read(&text, 0..stripped).is_some()
    }

    /// Adds the words of another visual row.
    pub fn absorb(&mut self, other: &Self) {
        for (cell, words) in self.cells.iter_mut().zip(&other.cells) {
            cell.extend(words.iter().cloned());
        }
    }

    /// Turns the row into cells with text and box.
    #[must_use]
    pub fn into_cells(mut self, layout: &PageLayout) -> Vec<TableCell> {
        self.cells
            .iter_mut()
            .map(|words| {
                words.sort_by_key(|word| word.range.start);
                let text = words
                    .iter()
                    .map(|word| layout.text.raw(word.range.clone()))
                    .collect::<Vec<_>>()
                    .join(" ");
                let quad = words
                    .iter()
                    .map(|word| Quad::upright(word.bounds[0], word.bounds[1], word.bounds[2], word.bounds[3]))
                    .reduce(|a, b| a.union(&b));
                TableCell { text, quad }
            })
            .collect()
    }
}

/// Joins visual rows into rows of the table. `anchors` says which visual rows start one; the others are further lines of the
/// cell `text`, above or below their anchor.
#[must_use]
pub fn join_rows(
    layout: &PageLayout,
    placed: &[(usize, GridRow)],
    anchors: &[bool],
    text: usize,
) -> Vec<GridRow> {
    let positions: Vec<usize> = (0..placed.len()).filter(|index| anchors[*index]).collect();
    let Some(first) = positions.first().copied() else { return Vec::new() };
    let bounds = |index: usize| layout.rows[placed[index].0].bounds;
    let middle = |index: usize| f64::midpoint(bounds(index)[1], bounds(index)[3]);
    let bare = |index: usize| !placed[index].1.has(layout, text);
    let apart = |index: usize| {
        let height = (bounds(index)[3] - bounds(index)[1]).clamp(5.0, 20.0);
        index.checked_sub(1).is_some_and(|before| bounds(index)[1] - bounds(before)[3] > height * 4.0)
    };
    let centred = first > 0;
    let mut joined: BTreeMap<usize, Vec<usize>> =
        positions.iter().map(|index| (*index, vec![*index])).collect();
    for index in (0..placed.len()).filter(|index| !anchors[*index]) {
        let above = positions.iter().rev().find(|anchor| **anchor < index).copied();
        let below = positions.iter().find(|anchor| **anchor > index).copied();
        let owner = match (above, below) {
            (Some(above), Some(below)) => {
                let nearest = if middle(index) - middle(above) <= middle(below) - middle(index) {
                    above
                } else {
                    below
                };
                let gap_above = bounds(index)[1] - bounds(index - 1)[3];
                let gap_below = bounds(index + 1)[1] - bounds(index)[3];
                match (bare(above), bare(below)) {
                    (true, false) if index == above + 1 => above,
                    (false, true) | (true, true) => nearest,
                    _ if gap_below < gap_above - 1.0 => below,
                    _ if gap_above < gap_below - 1.0 => above,
                    _ if centred => nearest,
                    _ => above,
                }
            }
            // The foot of the page is no further line of the last row.
            (Some(_), None) if apart(index) => continue,
            (Some(above), None) => above,
            (None, Some(below)) => below,
            (None, None) => continue,
        };
        joined.entry(owner).or_default().push(index);
    }
    joined
        .into_values()
        .map(|mut members| {
            members.sort_unstable();
            let mut row =
                GridRow { cells: vec![Vec::new(); placed.first().map_or(0, |(_, row)| row.cells.len())] };
            for member in members {
                row.absorb(&placed[member].1);
            }
            row
        })
        .collect()
}
