//! Words in visual rows and segments.

use super::Folded;
use super::cells::Placed;
use cotejo_domain::{Confidence, PageReading, Quad};
use std::ops::Range;

/// Places one word of the page in the flowing text.
#[derive(Clone, Debug, PartialEq)]
pub struct WordSpan {
    /// Index into the page's words.
    pub index: usize,
    /// Range in the flowing text.
    pub range: Range<usize>,
    /// Row it stands on.
    pub row: usize,
    /// Left, top, right and bottom, in points as shown.
    pub bounds: [f64; 4],
}

/// Holds words that stand close together on one row.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Range in the flowing text.
    pub range: Range<usize>,
    /// Range in [`PageLayout::words`].
    pub words: Range<usize>,
    /// Left, top, right and bottom, in points as shown.
    pub bounds: [f64; 4],
}

/// Holds one visual row of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Range in the flowing text, without the space after it.
    pub range: Range<usize>,
    /// Its segments from left to right.
    pub segments: Vec<Segment>,
    /// Left, top, right and bottom, in points as shown.
    pub bounds: [f64; 4],
    /// Largest type size on the row, 0 when it is not known.
    pub size: f32,
}

/// Holds a page arranged for extraction.
#[derive(Clone, Debug)]
pub struct PageLayout {
    /// Page number within the file, from 1.
    pub number: u32,
    /// True for a *vista de lectura*: rows are paragraphs or rows of cells, and boxes only tell cells apart.
    pub reading_view: bool,
    /// True when the words come from OCR.
    pub ocr: bool,
    /// Width and height in points.
    pub extent: [f64; 2],
    /// All words, row by row, joined by spaces.
    pub text: Folded,
    /// The words in the order of the text.
    pub words: Vec<WordSpan>,
    /// The visual rows from top to bottom.
    pub rows: Vec<Row>,
    confidences: Vec<Confidence>,
}

impl PageLayout {
    /// Arranges a page.
    #[must_use]
    pub fn new(page: &PageReading) -> Self {
        let mut layout = Self {
            number: page.number,
            reading_view: page.reading_view,
            ocr: page.status == cotejo_domain::PageStatus::Ocr,
            extent: [page.width, page.height],
            text: Folded::default(),
            words: Vec::new(),
            rows: Vec::new(),
            confidences: page.words.iter().map(|word| word.confidence).collect(),
        };
        let rows = if page.reading_view { rows_by_line(page) } else { rows_by_sight(page) };
        let cells = if page.reading_view { super::cells::place(page) } else { Vec::new() };
        for indexes in rows {
            layout.push_row(page, &indexes, &cells);
        }
        layout
    }

    fn push_row(&mut self, page: &PageReading, indexes: &[usize], cells: &[Placed]) {
        let row = self.rows.len();
        let mut segments: Vec<Segment> = Vec::new();
        let mut size = 0.0_f32;
        for &index in indexes {
            let word = &page.words[index];
            size = size.max(word.size);
            let placed = cells.get(index);
            let bounds = placed.map_or_else(|| word.quad.bounds(), |placed| placed.bounds);
            let glued = super::glued::parts(word.text.trim(), bounds);
            for (part, (text, bounds)) in glued.into_iter().enumerate() {
                if text.is_empty() {
                    continue;
                }
                if !self.text.is_empty() {
                    self.text.push(" ");
                }
                let range = self.text.push(text);
                let position = self.words.len();
                self.words.push(WordSpan { index, range: range.clone(), row, bounds });
                let goes_on = |last: &Segment| match placed {
                    Some(placed) => part > 0 || !placed.begins,
                    None => part == 0 && !apart(last, &bounds, self.ocr),
                };
                match segments.last_mut() {
                    Some(last) if goes_on(last) => {
                        last.range.end = range.end;
                        last.words.end = position + 1;
                        last.bounds = union(last.bounds, bounds);
                    }
                    _ => segments.push(Segment { range, words: position..position + 1, bounds }),
                }
            }
        }
        let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return };
        let bounds = segments.iter().map(|segment| segment.bounds).reduce(union).unwrap_or_default();
        self.rows.push(Row { range: first.range.start..last.range.end, segments, bounds, size });
    }

    /// Returns the folded text of a row.
    #[must_use]
    pub fn row_text(&self, row: &Row) -> &str {
        self.text.slice(row.range.clone())
    }

    /// Returns the folded text of a segment.
    #[must_use]
    pub fn segment_text(&self, segment: &Segment) -> &str {
        self.text.slice(segment.range.clone())
    }

    /// Returns the row that a position of the text lies on.
    #[must_use]
    pub fn row_at(&self, position: usize) -> usize {
        self.rows.partition_point(|row| row.range.start <= position).saturating_sub(1)
    }

    /// Returns the words that a range of the text touches.
    #[must_use]
    pub fn words_in(&self, range: &Range<usize>) -> &[WordSpan] {
        let start = self.words.partition_point(|word| word.range.end <= range.start);
        let end = self.words.partition_point(|word| word.range.start < range.end);
        self.words.get(start..end.max(start)).unwrap_or_default()
    }

    /// Returns one quad for each row that a range touches, in reading order.
    #[must_use]
    pub fn quads(&self, range: &Range<usize>) -> Vec<Quad> {
        self.words_in(range)
            .chunk_by(|a, b| a.row == b.row)
            .filter_map(|words| words.iter().map(|word| word.bounds).reduce(union))
            .map(|[left, top, right, bottom]| Quad::upright(left, top, right, bottom))
            .collect()
    }

    /// Returns the lowest confidence among the words of a range: 1 for a text layer.
    #[must_use]
    pub fn confidence(&self, range: &Range<usize>) -> Confidence {
        self.words_in(range)
            .iter()
            .filter_map(|word| self.confidences.get(word.index).copied())
            .fold(Confidence::CERTAIN, Confidence::weakest)
    }

    /// Returns the highest confidence among the words of a range: what is low everywhere is no text but dust and dotted lines.
    #[must_use]
    pub fn surest(&self, range: &Range<usize>) -> f64 {
        let words = self.words_in(range).iter();
        words
            .filter_map(|word| self.confidences.get(word.index).map(|confidence| confidence.value()))
            .fold(0.0, f64::max)
    }

    /// Returns the middle type size of the rows, 0 when sizes are not known.
    #[must_use]
    pub fn body_size(&self) -> f32 {
        let mut sizes: Vec<f32> = self.rows.iter().map(|row| row.size).collect();
        sizes.sort_by(f32::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    }
}

fn union(a: [f64; 4], b: [f64; 4]) -> [f64; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

// A gap wider than the type is high does not occur between words of a sentence, except in badly justified text. Boxes of OCR
// hug the letters, so that they are lower and the gaps between them wider.
fn apart(last: &Segment, bounds: &[f64; 4], ocr: bool) -> bool {
    let height =
        (bounds[3] - bounds[1]).min(last.bounds[3] - last.bounds[1]).max(if ocr { 5.5 } else { 4.0 });
    bounds[0] - last.bounds[2] > height * if ocr { 1.5 } else { 0.95 }
}

fn rows_by_line(page: &PageReading) -> Vec<Vec<usize>> {
    let mut rows: Vec<Vec<usize>> = Vec::new();
    let mut line = None;
    for (index, word) in page.words.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if line == Some(word.line) => row.push(index),
            _ => rows.push(vec![index]),
        }
        line = Some(word.line);
    }
    rows
}

/// Zones of a page beyond which its order says nothing: text that runs up or down the sheet.
const MOST_ZONES: usize = 16;
/// Heights of a word that the reading goes back up by when it comes to the head of the next column.
const BACK_UP: f64 = 3.0;

// The rows of each column: words of two columns that happen to stand level are no row.
fn rows_by_sight(page: &PageReading) -> Vec<Vec<usize>> {
    let lean = Lean::of(page);
    let zones = zones(page, lean);
    if zones.len() > MOST_ZONES {
        return rows_of_zone(page, lean, 0..page.words.len());
    }
    zones.into_iter().flat_map(|zone| rows_of_zone(page, lean, zone)).collect()
}

// The reader orders words from above to below: where it goes back up, another column begins.
fn zones(page: &PageReading, lean: Lean) -> Vec<Range<usize>> {
    let mut zones: Vec<Range<usize>> = Vec::new();
    let (mut start, mut lowest) = (0, f64::NEG_INFINITY);
    let mut position = 0;
    for line in page.lines() {
        let level = |word: &cotejo_domain::Word| {
            let bounds = word.quad.bounds();
            let middle = lean.level(&bounds);
            (middle, (bounds[3] - bounds[1]).clamp(5.0, 30.0))
        };
        if let Some((middle, height)) = line.first().map(level) {
            if middle < lowest - BACK_UP * height {
                zones.push(start..position);
                (start, lowest) = (position, middle);
            }
            lowest = lowest.max(middle);
        }
        position += line.len();
    }
    zones.push(start..page.words.len());
    zones
}

fn rows_of_zone(page: &PageReading, lean: Lean, zone: Range<usize>) -> Vec<Vec<usize>> {
    let mut words: Vec<(f64, [f64; 4], usize)> = page
        .words
        .iter()
        .enumerate()
        .skip(zone.start)
        .take(zone.len())
        .map(|(index, word)| {
            let bounds = word.quad.bounds();
            (lean.level(&bounds), bounds, index)
        })
        .filter(|(centre, bounds, _)| centre.is_finite() && bounds.iter().all(|edge| edge.is_finite()))
        .collect();
    words.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1[0].total_cmp(&b.1[0])));
    let mut rows: Vec<Vec<(f64, [f64; 4], usize)>> = Vec::new();
    let mut centre = f64::NEG_INFINITY;
    for word in words {
        let height = (word.1[3] - word.1[1]).clamp(3.0, 40.0);
        match rows.last_mut() {
            Some(row) if word.0 - centre <= height * 0.4 => {
                row.push(word);
                centre += (word.0 - centre) / row.len() as f64;
            }
            _ => {
                centre = word.0;
                rows.push(vec![word]);
            }
        }
    }
    rows.into_iter()
        .map(|mut row| {
            row.sort_by(|a, b| a.1[0].total_cmp(&b.1[0]));
            row.into_iter().map(|(_, _, index)| index).collect()
        })
        .collect()
}

/// How the lines of a scanned page lean: a slope, and how it changes from the top of the page to its foot, as on a photograph.
#[derive(Clone, Copy, Debug)]
struct Lean {
    slope: f64,
    change: f64,
}

/// Lines from which the change of the slope over the page is told.
const LINES_FOR_CHANGE: usize = 8;

impl Lean {
    /// Estimates it from the long lines, as the engine grouped them: the middle slope of the upper and of the lower half.
    fn of(page: &PageReading) -> Self {
        let mut slopes: Vec<(f64, f64)> = page
            .lines()
            .filter_map(|line| {
                let first = line.first()?.quad.bounds();
                let last = line.last()?.quad.bounds();
                // Bottom edges wander with descenders, tops with capitals: centres of words of like height are steadier.
                let run = last[0] - first[0];
                let rise = (last[1] + last[3] - first[1] - first[3]) / 2.0;
                let long = line.len() >= 4 && run > 120.0;
                long.then_some((f64::midpoint(first[1], first[3]), rise / run))
            })
            .filter(|(top, slope)| slope.abs() < 0.12 && top.is_finite())
            .collect();
        let level = Self { slope: 0.0, change: 0.0 };
        if slopes.len() < 3 {
            return level;
        }
        let even = Self { slope: middle(slopes.iter().map(|(_, slope)| *slope)), change: 0.0 };
        if slopes.len() < LINES_FOR_CHANGE {
            return even;
        }
        slopes.sort_by(|one, other| one.0.total_cmp(&other.0));
        let (upper, lower) = slopes.split_at(slopes.len() / 2);
        let of = |half: &[(f64, f64)]| {
            (middle(half.iter().map(|line| line.0)), middle(half.iter().map(|line| line.1)))
        };
        let ((top, above), (foot, below)) = (of(upper), of(lower));
        // Lines close together say nothing of the rest of the page.
        if foot - top < page.height * 0.15 {
            return even;
        }
        let change = (below - above) / (foot - top);
        Self { slope: above - change * top, change }
    }

    /// Returns the height at which the line of a word meets the left edge of the page.
    fn level(self, bounds: &[f64; 4]) -> f64 {
        let (across, down) = (f64::midpoint(bounds[0], bounds[2]), f64::midpoint(bounds[1], bounds[3]));
        (down - self.slope * across) / (1.0 + self.change * across).max(0.5)
    }
}

fn middle(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use cotejo_domain::{PageStatus, Word};

    /// Builds a page from `(left, top, text)` lines of 10 point type, five points a character.
    pub(crate) fn page(number: u32, lines: &[(f64, f64, &str)]) -> PageReading {
        let mut words = Vec::new();
        for (line, (left, top, text)) in lines.iter().enumerate() {
            let mut x = *left;
            for word in text.split(' ') {
                let width = word.chars().count() as f64 * 5.0;
                if !word.is_empty() {
                    words.push(Word {
                        text: word.into(),
                        quad: Quad::upright(x, *top, x + width, top + 10.0),
                        line: line as u32,
                        size: 10.0,
                        confidence: Confidence::CERTAIN,
                    });
                }
                x += width + 3.0;
            }
        }
        PageReading {
            number,
            status: if words.is_empty() { PageStatus::Blank } else { PageStatus::Text },
            width: 595.0,
            height: 842.0,
            rotation: 0,
            words,
            reading_view: false,
        }
    }

    /// Builds a page of plain rows, 14 points apart.
    pub(crate) fn prose(number: u32, rows: &[&str]) -> PageReading {
        let lines: Vec<(f64, f64, &str)> =
            rows.iter().enumerate().map(|(row, text)| (60.0, 60.0 + 14.0 * row as f64, *text)).collect();
        page(number, &lines)
    }

    #[test]
    fn a_label_and_its_value_in_another_column_are_two_segments_of_one_row() {
        let layout = PageLayout::new(&page(1, &[(60.0, 100.0, "R.U.C."), (260.0, 101.0, "1790012345001")]));
        assert_eq!(layout.rows.len(), 1, "a point of difference is the same row");
        assert_eq!(layout.rows[0].segments.len(), 2, "the gap between columns parts them");
        assert_eq!(layout.text.ascii(), "r.u.c. 1790012345001");
    }

    #[test]
    fn evidence_has_a_quad_for_each_row() {
        let layout = PageLayout::new(&prose(1, &["uno dos", "tres"]));
        let quads = layout.quads(&(4..12));
        assert_eq!(quads.len(), 2, "«dos» and «tres» stand on two rows");
        assert_eq!(quads[0].bounds()[0], 78.0, "the first begins at «dos»");
    }

    #[test]
    fn rows_stay_within_the_columns_that_the_page_reads_down() {
        let left = (0..5).map(|row| (60.0, 60.0 + 14.0 * f64::from(row), "texto de la izquierda"));
        let right = (0..5).map(|row| (320.0, 60.0 + 14.0 * f64::from(row), "texto de la derecha"));
        let columns: Vec<_> = left.clone().chain(right.clone()).collect();
        assert_eq!(PageLayout::new(&page(1, &columns)).rows.len(), 10);
        let table: Vec<_> = left.zip(right).flat_map(|(left, right)| [left, right]).collect();
        assert_eq!(PageLayout::new(&page(1, &table)).rows.len(), 5, "read row by row");
    }

    #[test]
    fn a_photograph_keeps_its_rows_where_its_lines_run_together() {
        let mut photograph =
            prose(1, &["uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece"; 40]);
        for word in &mut photograph.words {
            let [left, top, right, bottom] = word.quad.bounds();
            // Level at the top, four degrees at the foot.
            let drop = left * 0.07 * (top - 60.0) / 560.0;
            word.quad = Quad::upright(left, top + drop, right, bottom + drop);
        }
        assert_eq!(PageLayout::new(&photograph).rows.len(), 40);
    }

    #[test]
    fn cells_that_touch_are_two_segments() {
        let layout = PageLayout::new(&page(1, &[(60.0, 100.0, "227,112.5224-10-2016 Obra")]));
        assert_eq!(layout.text.ascii(), "227,112.52 24-10-2016 obra");
        assert_eq!(layout.rows[0].segments.len(), 2, "an amount and the date of the next column");
    }

    #[test]
    fn a_leaning_scan_keeps_its_rows() {
        let mut leaning =
            prose(1, &["uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece"; 6]);
        for word in &mut leaning.words {
            let [left, top, right, bottom] = word.quad.bounds();
            let drop = left * 0.035; // two degrees
            word.quad = Quad::upright(left, top + drop, right, bottom + drop);
        }
        let layout = PageLayout::new(&leaning);
        assert_eq!(layout.rows.len(), 6, "over the width of the page two degrees are more than a line");
    }
}
