//! Finds the columns of running text on a page, so that it reads down each of them.
//!
//! A column ends at a gutter: a valley of white that a stretch of lines leaves free, with lines on both sides that fill their width (valleys of
//! white after T. Breuel, "Two Geometric Algorithms for Layout Analysis", DAS 2002; cutting in turns after G. Nagy, S. Seth, IEEE Computer 25,
//! 1992). A table leaves valleys too: it is told from columns by its short cells, by rows that begin level on both sides, and by the rules that
//! cross the valley. What runs over the gutter, a heading, parts the page: columns above it are read before it.

/// Lines a column has at least.
const FEWEST_LINES: usize = 6;
/// Narrowest gutter, as part of the height of a line.
const GUTTER: f64 = 0.9;
/// Narrowest column, as part of the height of a line.
const NARROWEST: f64 = 9.0;
/// Part of a column's lines that fill it.
const FULL: f64 = 0.5;
/// Words a line of running text has in the middle.
const WORDS: usize = 3;
/// Columns within columns.
const DEEPEST: usize = 3;

/// Places one word: left, right, and top and bottom of its line, levelled.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
}

/// One line of a page: the words' indexes from left to right.
pub(crate) type Line = Vec<usize>;

/// Orders lines that run over the whole page into lines of columns. `lines` go from above to below; `crossed` tells whether rules of a table run
/// over a place: left, top, right, bottom.
pub(crate) fn in_columns(
    boxes: &[Extent],
    lines: Vec<Line>,
    crossed: &dyn Fn([f64; 4]) -> bool,
) -> Vec<Line> {
    split(boxes, lines, crossed, 0)
}

fn split(boxes: &[Extent], lines: Vec<Line>, crossed: &dyn Fn([f64; 4]) -> bool, depth: usize) -> Vec<Line> {
    if depth >= DEEPEST || lines.len() < FEWEST_LINES {
        return lines;
    }
    let Some(found) = widest(boxes, &lines, crossed) else { return lines };
    let mut ordered = split(boxes, lines[..found.lines.0].to_vec(), crossed, depth);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in &lines[found.lines.0..found.lines.1] {
        let side = |before: bool| -> Line {
            line.iter().copied().filter(|word| (middle(&boxes[*word]) < found.at) == before).collect()
        };
        left.push(side(true));
        right.push(side(false));
    }
    for column in [left, right] {
        let column = column.into_iter().filter(|line| !line.is_empty()).collect();
        ordered.extend(split(boxes, column, crossed, depth + 1));
    }
    ordered.extend(split(boxes, lines[found.lines.1..].to_vec(), crossed, depth));
    ordered
}

fn middle(place: &Extent) -> f64 {
    f64::midpoint(place.left, place.right)
}

/// A gutter: where it lies, and the lines it runs along.
struct Gutter {
    at: f64,
    lines: (usize, usize),
}

// The gutter that runs along the most lines.
fn widest(boxes: &[Extent], lines: &[Line], crossed: &dyn Fn([f64; 4]) -> bool) -> Option<Gutter> {
    let height = line_height(boxes, lines);
    let gaps: Vec<Vec<[f64; 2]>> = lines.iter().map(|line| gaps(boxes, line, GUTTER * height)).collect();
    // Each gap may begin a gutter: it goes on as long as lines leave some of it free.
    let mut best: Option<([f64; 2], (usize, usize))> = None;
    for start in 0..lines.len() {
        for gap in &gaps[start] {
            let (valley, end) = follow(boxes, lines, start, *gap, GUTTER * height);
            let length = end - start;
            let longer = best.as_ref().is_none_or(|(_, (from, to))| length > to - from);
            if longer && length >= FEWEST_LINES && is_text(boxes, &lines[start..end], valley, height, crossed)
            {
                best = Some((valley, (start, end)));
            }
        }
    }
    best.map(|(valley, lines)| Gutter { at: f64::midpoint(valley[0], valley[1]), lines })
}

// How far down a valley goes, and what of it is free all the way. Lines on one side of it alone do not end it.
fn follow(boxes: &[Extent], lines: &[Line], start: usize, gap: [f64; 2], least: f64) -> ([f64; 2], usize) {
    let mut valley = gap;
    let mut end = start;
    for (index, line) in lines.iter().enumerate().skip(start) {
        let [mut from, mut to] = valley;
        for word in line.iter().filter_map(|word| boxes.get(*word)) {
            if word.right > from && word.left < to {
                // The word reaches into the valley from one side, or closes it.
                if middle(word) < f64::midpoint(valley[0], valley[1]) {
                    from = from.max(word.right);
                } else {
                    to = to.min(word.left);
                }
            }
        }
        if to - from < least {
            break;
        }
        valley = [from, to];
        end = index + 1;
    }
    // Lines below that stand on one side only belong to what follows.
    let both = |line: &Line| {
        let at = f64::midpoint(valley[0], valley[1]);
        let left = line.iter().any(|word| middle(&boxes[*word]) < at);
        left && line.iter().any(|word| middle(&boxes[*word]) >= at)
    };
    let last = (start..end).rev().find(|index| both(&lines[*index])).unwrap_or(start);
    let reach = last + 1 + trailing(boxes, lines, valley, last, end);
    (valley, reach.min(end))
}

// A longer column goes on below the shorter one, at the same pitch.
fn trailing(boxes: &[Extent], lines: &[Line], valley: [f64; 2], last: usize, end: usize) -> usize {
    let at = f64::midpoint(valley[0], valley[1]);
    let bounds = |line: &Line| {
        let top = line.iter().map(|word| boxes[*word].top).fold(f64::MAX, f64::min);
        (top, line.iter().map(|word| boxes[*word].bottom).fold(f64::MIN, f64::max))
    };
    let side = |line: &Line| line.iter().all(|word| middle(&boxes[*word]) < at);
    let Some(first) = lines.get(last + 1) else { return 0 };
    let left = side(first);
    (last + 1..end)
        .take_while(|index| {
            let ((_, above), (top, bottom)) = (bounds(&lines[index - 1]), bounds(&lines[*index]));
            side(&lines[*index]) == left && top - above < 1.2 * (bottom - top)
        })
        .count()
}

// Gaps between neighbouring words of a line.
fn gaps(boxes: &[Extent], line: &Line, least: f64) -> Vec<[f64; 2]> {
    line.windows(2)
        .map(|pair| [boxes[pair[0]].right, boxes[pair[1]].left])
        .filter(|gap| gap[1] - gap[0] >= least)
        .collect()
}

fn line_height(boxes: &[Extent], lines: &[Line]) -> f64 {
    let mut heights: Vec<f64> =
        lines.iter().flatten().map(|word| boxes[*word].bottom - boxes[*word].top).collect();
    heights.sort_by(f64::total_cmp);
    heights.get(heights.len() / 2).copied().unwrap_or(10.0).max(1.0)
}

/// One column of a stretch of lines.
struct Column {
    /// Left, top, right and bottom of each line.
    lines: Vec<[f64; 4]>,
    words: Vec<usize>,
}

impl Column {
    fn of(boxes: &[Extent], lines: &[Line], within: impl Fn(&Extent) -> bool) -> Self {
        let (mut places, mut words) = (Vec::new(), Vec::new());
        for line in lines {
            let inside: Vec<&Extent> =
                line.iter().map(|word| &boxes[*word]).filter(|word| within(word)).collect();
            if inside.is_empty() {
                continue;
            }
            words.push(inside.len());
            places.push(inside.iter().fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |b, word| {
                [b[0].min(word.left), b[1].min(word.top), b[2].max(word.right), b[3].max(word.bottom)]
            }));
        }
        Self { lines: places, words }
    }

    // Running text: lines of several words, half of them as wide as the column.
    #[expect(clippy::cast_precision_loss, reason = "lines of a page")]
    fn is_text(&self, height: f64) -> bool {
        if self.lines.len() < FEWEST_LINES {
            return false;
        }
        let left = self.lines.iter().map(|line| line[0]).fold(f64::MAX, f64::min);
        let right = self.lines.iter().map(|line| line[2]).fold(f64::MIN, f64::max);
        let width = right - left;
        let full = self.lines.iter().filter(|line| line[2] - line[0] >= 0.8 * width).count();
        let mut words = self.words.clone();
        words.sort_unstable();
        width >= NARROWEST * height
            && full as f64 >= FULL * self.lines.len() as f64
            && words.get(words.len() / 2).is_some_and(|words| *words >= WORDS)
    }

    // Heights at which something begins: lines with more room above them than usual.
    fn starts(&self) -> Vec<f64> {
        let mut pitches: Vec<f64> = self.lines.windows(2).map(|pair| pair[1][1] - pair[0][1]).collect();
        pitches.sort_by(f64::total_cmp);
        let usual = pitches.get(pitches.len() / 4).copied().unwrap_or(f64::MAX);
        let begins = |pair: &&[[f64; 4]]| pair[1][1] - pair[0][1] > 1.25 * usual;
        self.lines.windows(2).filter(begins).map(|pair| pair[1][1]).collect()
    }
}

fn is_text(
    boxes: &[Extent],
    lines: &[Line],
    valley: [f64; 2],
    height: f64,
    crossed: &dyn Fn([f64; 4]) -> bool,
) -> bool {
    let at = f64::midpoint(valley[0], valley[1]);
    let left = Column::of(boxes, lines, |word| middle(word) < at);
    let right = Column::of(boxes, lines, |word| middle(word) >= at);
    if !left.is_text(height) || !right.is_text(height) {
        return false;
    }
    // Rows of a table begin level on both sides wherever they begin.
    let (one, other) = (left.starts(), right.starts());
    let (fewer, more) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let level =
        fewer.iter().filter(|top| more.iter().any(|other| (*top - other).abs() < 0.35 * height)).count();
    if level >= 2 && level * 2 > fewer.len() {
        return false;
    }
    let ends = |column: &Column| Some((column.lines.first()?[1], column.lines.last()?[3]));
    let (Some(one), Some(other)) = (ends(&left), ends(&right)) else { return false };
    !crossed([valley[0], one.0.max(other.0), valley[1], one.1.min(other.1)])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets texts as lines of words six points a letter: left, top, text.
    fn page(texts: &[(f64, f64, &str)]) -> (Vec<Extent>, Vec<Line>, Vec<String>) {
        let (mut boxes, mut names) = (Vec::new(), Vec::new());
        let mut rows: Vec<(f64, Line)> = Vec::new();
        for (left, top, text) in texts {
            let mut x = *left;
            for word in text.split(' ') {
                #[expect(clippy::cast_precision_loss, reason = "short words")]
                let width = word.chars().count() as f64 * 6.0;
                match rows.iter_mut().find(|(other, _)| (other - top).abs() < 3.0) {
                    Some((_, line)) => line.push(boxes.len()),
                    None => rows.push((*top, vec![boxes.len()])),
                }
                boxes.push(Extent { left: x, right: x + width, top: *top, bottom: top + 10.0 });
                names.push(word.to_owned());
                x += width + 4.0;
            }
        }
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut lines: Vec<Line> = rows.into_iter().map(|(_, line)| line).collect();
        lines.iter_mut().for_each(|line| line.sort_by(|a, b| boxes[*a].left.total_cmp(&boxes[*b].left)));
        (boxes, lines, names)
    }

    fn read(texts: &[(f64, f64, &str)], ruled: bool) -> Vec<String> {
        let (boxes, lines, names) = page(texts);
        let lines = in_columns(&boxes, lines, &|_| ruled);
        lines
            .iter()
            .map(|line| line.iter().map(|word| names[*word].as_str()).collect::<Vec<_>>().join(" "))
            .collect()
    }

    const LEFT: [&str; 8] = [
        "La entidad contratante podrá en cualquier",
        "momento suspender el presente trámite",
        "sin lugar a reclamo alguno del oferente",
        "que hubiere presentado su oferta dentro",
        "del término previsto en el calendario",
        "publicado en el portal institucional de",
        "compras públicas del Ecuador conforme a",
        "la normativa vigente.",
    ];
    const RIGHT: [&str; 8] = [
        "Los oferentes son responsables de leer",
        "con atención estas condiciones generales",
        "y de verificar las cantidades que les",
        "correspondan, sin que el error u omisión",
        "sea causa de reclamo posterior contra la",
        "entidad ni contra el administrador que",
        "sea designado para el contrato o la orden",
        "de compra.",
    ];

    fn two_columns(shift: f64) -> Vec<(f64, f64, &'static str)> {
        let mut texts =
            vec![(60.0, 40.0, "CONDICIONES GENERALES DE LA CONTRATACIÓN DE BIENES Y SERVICIOS NORMALIZADOS")];
        for (line, (left, right)) in (0..).zip(LEFT.iter().zip(RIGHT)) {
            let top = 70.0 + 14.0 * f64::from(line);
            texts.push((50.0, top, left));
            texts.push((330.0, top + shift, right));
        }
        texts.push((
            60.0,
            200.0,
            "Dado y firmado por la máxima autoridad de la entidad contratante en el lugar y fecha",
        ));
        texts
    }

    #[test]
    fn two_columns_are_read_down_and_headings_across_stay_in_place() {
        for shift in [0.0, 2.0] {
            let lines = read(&two_columns(shift), false);
            assert!(lines[0].starts_with("CONDICIONES") && lines[17].starts_with("Dado"), "{lines:?}");
            assert_eq!(lines[1..9], LEFT, "the left column first");
            assert_eq!(lines[9..17], RIGHT, "then the right one");
        }
    }

    #[test]
    fn the_same_lines_with_rules_across_are_a_table() {
        assert_eq!(read(&two_columns(0.0), true).len(), 10, "row by row");
    }

    #[test]
    fn cells_whose_rows_begin_level_are_a_table() {
        let mut texts = Vec::new();
        for row in 0..3 {
            for line in 0..3 {
                let top = 60.0 + 60.0 * f64::from(row) + 13.0 * f64::from(line);
                texts.push((50.0, top, LEFT[(row * 2 + line) as usize % 7]));
                if line < 2 + row % 2 {
                    texts.push((330.0, top, RIGHT[(row * 2 + line) as usize % 7]));
                }
            }
        }
        assert_eq!(read(&texts, false).len(), 9, "three rows of three lines");
    }

    #[test]
    fn labels_and_prices_stay_in_their_rows() {
        let rows: Vec<(f64, String)> =
            (0..10).map(|row| (60.0 + 14.0 * f64::from(row), format!("{row}50.00"))).collect();
        let mut texts = Vec::new();
        for (top, price) in &rows {
            texts.push((50.0, *top, "Provisión e instalación de luminaria"));
            texts.push((400.0, *top, price.as_str()));
        }
        assert_eq!(read(&texts, false).len(), 10);
    }

    #[test]
    fn three_columns_are_cut_in_turns() {
        let words = ["primera columna de texto", "segunda columna de texto", "tercera columna de texto"];
        let mut texts = Vec::new();
        for line in 0..7 {
            for (column, text) in (0..).zip(words) {
                texts.push((40.0 + 180.0 * f64::from(column), 60.0 + 14.0 * f64::from(line), text));
            }
        }
        let lines = read(&texts, false);
        assert_eq!(lines.len(), 21);
        assert!(lines[..7].iter().all(|line| line.starts_with("primera")), "{lines:?}");
        assert!(lines[14..].iter().all(|line| line.starts_with("tercera")), "{lines:?}");
    }
}
