//! Pairs labels with the values that stand beside or below them.

use crate::grammar::fuzzy::{allowance, distance_within};
use crate::grammar::pattern;
use crate::layout::{PageLayout, Segment, WordSpan, squeeze};
use std::ops::Range;

pattern!(LABEL_LIKE, r"^[a-z0-9o.()/ %-]{2,48}:|^[a-z ]{3,30}[._ ]{6,}$");

pattern!(NEXT_LABEL, r"[.;|] (?:[a-z]+ ){0,5}[a-z]{3,} ?:");

/// Holds a label and what stands as its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Row of the label.
    pub row: usize,
    /// Place of the label in the text.
    pub label: Range<usize>,
    /// Places of the value, one for each row it takes; empty when nothing stands there.
    pub value: Vec<Range<usize>>,
    /// False when the label was recognised only by forgiving slips.
    pub exact: bool,
    /// Whether a colon ends the label: without one it may be the head of a column.
    pub colon: bool,
    /// Whether label and value are the two cells of a row among rows of two cells.
    pub in_columns: bool,
}

/// Finds every place where one of the labels (folded) begins a segment, within the given rows. Values under their labels are
/// looked for only where `stacked` says that the document is written so.
#[must_use]
pub fn pairs(layout: &PageLayout, rows: Range<usize>, labels: &[&str], stacked: bool) -> Vec<Pair> {
    let end = rows.end.min(layout.rows.len());
    let mut found = Vec::new();
    for row in rows.start..end {
        for (position, segment) in layout.rows[row].segments.iter().enumerate() {
            let text = layout.segment_text(segment);
            let found_here = labels.iter().filter_map(|label| label_length(text, label, layout.ocr)).max();
            let Some((length, exact)) = found_here else {
                found.extend(inside(layout, row, segment, labels));
                continue;
            };
            let label = segment.range.start..segment.range.start + length;
            // A colon, or labels and values in turn: the value stands beside its label, not under it.
            let beside = (text[..length].contains(':') || in_turn(layout, row, position, rows.start..end))
                && layout.rows[row]
                    .segments
                    .get(position + 1)
                    .is_some_and(|next| !label_like(layout, next) && !is_named(layout, next));
            let under = if stacked && !beside && !layout.reading_view && length >= text.len() {
                below(layout, row, segment, end)
            } else {
                Vec::new()
            };
            let value = if under.is_empty() { value_of(layout, end, row, position, length) } else { under };
            let colon = text[..length].contains(':');
            let value =
                if value.is_empty() && colon { wrapped_below(layout, row, segment, end) } else { value };
            let in_columns =
                length >= text.len() && position == 0 && two_columns(layout, row, rows.start..end);
            found.push(Pair { row, label, value, exact, colon, in_columns });
        }
    }
    found
}

/// Holds a label that no list knows and the places of what stands as its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Named {
    /// The label, folded, without its colon.
    pub label: String,
    /// Places of the value.
    pub value: Vec<Range<usize>>,
}

/// Finds every label, whatever it says: what ends with a colon, and the first of two cells among rows of two.
#[must_use]
pub(super) fn every(layout: &PageLayout, rows: Range<usize>) -> Vec<Named> {
    let end = rows.end.min(layout.rows.len());
    let rows = rows.start..end;
    let (mut found, taken) = labels_in_cells(layout, rows.clone());
    for row in rows.clone().filter(|row| !taken.contains(row)) {
        for (position, segment) in layout.rows[row].segments.iter().enumerate() {
            let text = layout.segment_text(segment);
            let (label, length) = match label_end(text) {
                Some(at) => {
                    let rest = &text[at + 1..];
                    (at, at + 1 + rest.len() - rest.trim_start_matches([' ', ':', '-', '=']).len())
                }
                None if position == 0 && two_columns(layout, row, rows.clone()) => (text.len(), text.len()),
                None => continue,
            };
            let value = value_of(layout, end, row, position, length);
            let value = if value.is_empty() && label < text.len() {
                wrapped_below(layout, row, segment, end)
            } else {
                value
            };
            found.push(Named { label: text[..label].trim().to_string(), value });
        }
    }
    found
}

/// Label and value so far, and the rows they take.
type Cells = (String, Vec<Range<usize>>, Vec<usize>);

/// Rows that must have something at one left edge for a column of values to stand there.
const VALUES_IN_A_COLUMN: usize = 2;

/// Finds labels that take several lines of a narrow cell, with their values in one column beside them; and the rows that they take.
/// The words of such a label may be drawn apart to fill its line.
fn labels_in_cells(layout: &PageLayout, rows: Range<usize>) -> (Vec<Named>, Vec<usize>) {
    let mut found = Vec::new();
    let mut taken = Vec::new();
    let Some(edge) = value_edge(layout, rows.clone()) else { return (found, taken) };
    let mut open: Option<Cells> = None;
    let mut close = |open: &mut Option<Cells>| {
        if let Some((label, value, lines)) = open.take()
            && lines.len() > 1
            && label.ends_with(':')
            && !value.is_empty()
        {
            found.push(Named { label: label.trim_end_matches([' ', ':']).to_string(), value });
            taken.extend(lines);
        }
    };
    for row in rows.clone() {
        let current = &layout.rows[row];
        let gap = row.checked_sub(1).map_or(0.0, |above| current.bounds[1] - layout.rows[above].bounds[3]);
        if gap > pitch(layout, row) * 1.4 {
            close(&mut open);
        }
        // Label and value may nearly touch: the edge of the column parts their words.
        let words = layout.words_in(&current.range);
        let (label, value): (Vec<&WordSpan>, Vec<&WordSpan>) =
            words.iter().partition(|word| word.bounds[0] < edge - 4.0);
        let sentence = label.last().is_some_and(|word| word.bounds[2] > edge + 1.0)
            || value.first().is_some_and(|word| word.bounds[0] > edge + 12.0);
        if sentence {
            close(&mut open);
            continue;
        }
        let place = |words: &[&WordSpan]| match (words.first(), words.last()) {
            (Some(first), Some(last)) => Some(first.range.start..last.range.end),
            _ => None,
        };
        let written = place(&label).map(|place| layout.text.slice(place).to_string());
        if let Some(written) = written {
            let complete = open.as_ref().is_some_and(|(label, ..)| label.ends_with(':'));
            match &mut open {
                Some((label, _, lines)) if !complete => {
                    label.push(' ');
                    label.push_str(&written);
                    lines.push(row);
                }
                _ => {
                    close(&mut open);
                    open = Some((written, Vec::new(), vec![row]));
                }
            }
        }
        if let (Some((_, values, lines)), Some(place)) = (&mut open, place(&value)) {
            values.push(place);
            if !lines.contains(&row) {
                lines.push(row);
            }
        }
    }
    close(&mut open);
    (found, taken)
}

/// Returns the left edge that most values beside labels share.
fn value_edge(layout: &PageLayout, rows: Range<usize>) -> Option<f64> {
    if layout.reading_view {
        return None;
    }
    // What follows a label, or a line of one, whose words stand nearer to each other than to it.
    let edges: Vec<f64> = rows
        .filter_map(|row| {
            let current = layout.rows.get(row)?;
            let last = current.segments.len().checked_sub(1).filter(|last| *last > 0)?;
            let segment = current.segments.get(last)?;
            let before = current.segments.get(last - 1)?;
            (segment.bounds[0] > before.bounds[2]).then_some(segment.bounds[0])
        })
        .collect();
    let near = |edge: f64| edges.iter().filter(|other| (**other - edge).abs() < 4.0).count();
    let best = edges.iter().copied().max_by_key(|edge| near(*edge))?;
    (near(best) >= VALUES_IN_A_COLUMN).then_some(best)
}

fn is_named(layout: &PageLayout, segment: &Segment) -> bool {
    let text = layout.segment_text(segment);
    // «NO» is a label of a card's number and an answer.
    squeeze(text).len() > 2 && super::known_labels::is_label(text)
}

/// Returns where the colon of a label stands: an hour and an address have one too.
fn label_end(text: &str) -> Option<usize> {
    let at = text.find(':').filter(|at| (2..=110).contains(at))?;
    let digit = |index: usize| text.as_bytes().get(index).is_some_and(u8::is_ascii_digit);
    let hour = digit(at - 1) && digit(at + 1);
    // A label is one phrase: what a sentence says before its colon is none.
    let sentence = text[..at].contains(". ") || text[..at].split(' ').count() > 16;
    (!hour && !sentence && !text[at..].starts_with("://")).then_some(at)
}

/// Tells whether a row names and answers in turn, «RUC | 179… | Año | 2024», or lies among rows that do.
fn in_turn(layout: &PageLayout, row: usize, position: usize, within: Range<usize>) -> bool {
    let named = |row: usize, position: usize| {
        let segment = layout.rows.get(row).and_then(|row| row.segments.get(position));
        segment.is_some_and(|segment| is_named(layout, segment))
    };
    let Some(current) = layout.rows.get(row) else { return false };
    if layout.reading_view || named(row, position + 1) {
        return false;
    }
    match current.segments.len() {
        0 | 1 => false,
        2 => {
            position == 0
                && two_columns(layout, row, within.clone())
                && [row.checked_sub(1), Some(row + 1)].into_iter().flatten().any(|other| {
                    within.contains(&other)
                        && named(other, 0)
                        && !named(other, 1)
                        && layout.rows.get(other).is_some_and(|other| other.segments.len() == 2)
                })
        }
        count => {
            position.is_multiple_of(2)
                && count.is_multiple_of(2)
                && (0..count).all(|other| named(row, other) == other.is_multiple_of(2))
        }
    }
}

/// Finds a label that a new sentence of the same line begins with: «Plazo: 90 días. Vigencia: 60 días.»
fn inside(layout: &PageLayout, row: usize, segment: &Segment, labels: &[&str]) -> Option<Pair> {
    let text = layout.segment_text(segment);
    sentences(text).into_iter().skip(1).find_map(|sentence| {
        let part = &text[sentence.clone()];
        let (length, exact) =
            labels.iter().filter_map(|label| label_length(part, label, layout.ocr)).max()?;
        let start = segment.range.start + sentence.start;
        let value = layout.text.trim(start + length..segment.range.start + sentence.end);
        let colon = part[..length].contains(':');
        (colon && !value.is_empty()).then(|| Pair {
            row,
            label: start..start + length,
            value: vec![value],
            exact,
            colon,
            in_columns: false,
        })
    })
}

/// Tells whether a row has two cells and a neighbour has two as well, under the same left edges.
fn two_columns(layout: &PageLayout, row: usize, within: Range<usize>) -> bool {
    let Some([label, value]) = layout.rows.get(row).map(|row| row.segments.as_slice()) else { return false };
    let beside = |other: usize| {
        let Some([first, second]) = layout.rows.get(other).map(|row| row.segments.as_slice()) else {
            return false;
        };
        (first.bounds[0] - label.bounds[0]).abs() < 8.0
            && second.bounds[0] > label.bounds[2]
            && value.bounds[0] > first.bounds[2]
    };
    row.checked_sub(1).filter(|above| within.contains(above)).is_some_and(beside)
        || within.contains(&(row + 1)) && beside(row + 1)
}

/// Parts a line where a sentence ends and another begins with a label, or where a known label begins.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut marks: Vec<(usize, usize)> = crate::grammar::ranges(&NEXT_LABEL, text)
        .into_iter()
        .map(|mark| (mark.start + 1, mark.start + 2))
        .collect();
    marks.extend(super::known_labels::starts(text));
    marks.sort_unstable_by_key(|(end, start)| (*start, *end));
    marks.dedup_by_key(|(_, start)| *start);
    let starts = std::iter::once(0).chain(marks.iter().map(|(_, start)| *start));
    let ends = marks.iter().map(|(end, _)| *end).chain([text.len()]);
    starts.zip(ends).map(|(start, end)| start..end.max(start)).collect()
}

/// Returns how much of the text the label takes, punctuation after it included, and whether it stands there exactly.
fn label_length(text: &str, label: &str, ocr: bool) -> Option<(usize, bool)> {
    let wanted = squeeze(label);
    let mut letters = 0;
    let mut end = 0;
    for (index, byte) in text.bytes().enumerate() {
        if letters == wanted.len() {
            break;
        }
        if byte.is_ascii_alphanumeric() {
            letters += 1;
        } else if index == 0 && !b"(*-\"".contains(&byte) {
            return None;
        }
        end = index + 1;
    }
    let head = squeeze(&text[..end]);
    let exact = head == wanted;
    let forgiven =
        ocr && wanted.len() >= 7 && distance_within(&wanted, &head, allowance(wanted.len(), 0.15)).is_some();
    let rest = &text[end..];
    if !(exact || forgiven) || rest.starts_with(|next: char| next.is_ascii_alphanumeric()) {
        return None;
    }
    // A bracket after a label explains it: «(en números), sin IVA».
    let mut after = rest.trim_start_matches([' ', '.', ')', '*', '"']);
    let early_colon = after.starts_with(':');
    after = after.trim_start_matches([':', ' ']);
    if after.starts_with('(')
        && let Some(close) = after.find(')')
        && close < 40
        // Beyond its colon a bracket of the model asks for the value: nobody has written one.
        && !(early_colon && crate::grammar::placeholder::is_unfilled(&after[..=close]))
    {
        after = after[close + 1..].trim_start_matches([' ', ',']);
        after = after.strip_prefix("sin iva").unwrap_or(after).trim_start();
    }
    let colon = early_colon || after.starts_with([':', ';', '=', '-']);
    let after = after.trim_start_matches([' ', ':', ';', '=', '-', '.', '"']);
    let length = text.len() - after.len();
    let numbers_follow =
        after.starts_with(|next: char| next.is_ascii_digit() || next == '$') || after.starts_with("usd");
    (colon || after.is_empty() || numbers_follow).then_some((length, exact))
}

fn label_like(layout: &PageLayout, segment: &Segment) -> bool {
    let text = layout.segment_text(segment);
    let label = text.split(':').next().unwrap_or_default();
    // «22/04/2024 10:30» has a colon and no label before it.
    LABEL_LIKE.as_ref().is_some_and(|pattern| pattern.is_match(text))
        && label.bytes().filter(u8::is_ascii_alphabetic).count() >= 2
}

fn value_of(
    layout: &PageLayout,
    end: usize,
    row: usize,
    position: usize,
    length: usize,
) -> Vec<Range<usize>> {
    let current = &layout.rows[row];
    let segment = &current.segments[position];
    let text = layout.segment_text(segment);
    // A value ends where another label begins.
    let end_of_value =
        sentences(text).first().map(|first| first.end).filter(|end| *end > length).unwrap_or(text.len());
    let inline = layout.text.trim(segment.range.start + length..segment.range.start + end_of_value);
    if end_of_value < text.len() && !inline.is_empty() {
        return vec![inline];
    }
    let following = &current.segments[position + 1..];
    let mut value: Option<Range<usize>> = (!inline.is_empty()).then_some(inline.clone());
    let mut right = segment.bounds[2];
    for next in following.iter().take_while(|next| !label_like(layout, next)) {
        // In a reading view a label in the next cell heads its own column.
        if (value.is_some() || layout.reading_view) && is_named(layout, next) {
            break;
        }
        // Words of one value may be drawn apart to fill a line, but not as far as cells stand apart.
        if value.is_some() && !layout.reading_view && next.bounds[0] - right > pitch(layout, row) * 1.6 {
            break;
        }
        right = next.bounds[2];
        value = Some(value.map_or(next.range.clone(), |value| value.start..next.range.end));
    }
    if layout.reading_view {
        return match value {
            Some(value) => vec![value],
            None if current.segments.len() > 1 => cell_below(layout, row, position, end),
            None => following_paragraph(layout, row, end),
        };
    }
    let Some(value) = value else {
        return if following.is_empty() {
            centred(layout, row, segment, end).unwrap_or_default()
        } else {
            Vec::new()
        };
    };
    let left = layout.words_in(&value).first().map_or(segment.bounds[2], |word| word.bounds[0]);
    let mut lines = vec![value];
    let mut previous = row;
    while let Some(next) = continuation(layout, previous, end, left, lines.len()) {
        lines.push(next);
        previous += 1;
    }
    if lines.len() == 1 && !inline.is_empty() {
        wrapped(layout, row, end, segment, &mut lines);
    }
    lines
}

/// Adds the lines of a value that fills its line and goes on at the margin where its label begins.
fn wrapped(layout: &PageLayout, row: usize, end: usize, label: &Segment, lines: &mut Vec<Range<usize>>) {
    let margin = layout.rows.iter().map(|row| row.bounds[2]).fold(0.0, f64::max).min(layout.extent[0]);
    let mut previous = row;
    while previous + 1 < end && lines.len() < 6 {
        let (current, next) = (&layout.rows[previous], &layout.rows[previous + 1]);
        let text = layout.row_text(current);
        let full = current.bounds[2] > margin - (margin - label.bounds[0]) * 0.16;
        let open = full && !text.ends_with(['.', ':']) || text.ends_with(',');
        let close = next.bounds[1] - current.bounds[3] < pitch(layout, previous) * 0.6;
        let [only] = next.segments.as_slice() else { break };
        if !open || !close || (only.bounds[0] - label.bounds[0]).abs() > 8.0 || label_like(layout, only) {
            break;
        }
        lines.push(only.range.clone());
        previous += 1;
    }
}

/// Finds the value under a head of a reading view: the cell of the next row that begins where the head does.
fn cell_below(layout: &PageLayout, row: usize, position: usize, end: usize) -> Vec<Range<usize>> {
    let Some(head) = layout.rows.get(row).and_then(|row| row.segments.get(position)) else {
        return Vec::new();
    };
    layout
        .rows
        .get(row + 1)
        .filter(|_| row + 1 < end)
        .and_then(|next| next.segments.iter().find(|cell| (cell.bounds[0] - head.bounds[0]).abs() < 1.0))
        .filter(|cell| !label_like(layout, cell) && !is_named(layout, cell))
        .map(|cell| vec![cell.range.clone()])
        .unwrap_or_default()
}

fn following_paragraph(layout: &PageLayout, row: usize, end: usize) -> Vec<Range<usize>> {
    match layout.rows.get(row + 1).filter(|_| row + 1 < end) {
        Some(next) if !next.segments.iter().any(|segment| label_like(layout, segment)) => {
            vec![next.range.clone()]
        }
        _ => Vec::new(),
    }
}

fn pitch(layout: &PageLayout, row: usize) -> f64 {
    let bounds = layout.rows[row].bounds;
    (bounds[3] - bounds[1]).clamp(5.0, 24.0)
}

/// Finds the next line of a value that is broken over rows.
fn continuation(
    layout: &PageLayout,
    previous: usize,
    end: usize,
    left: f64,
    lines: usize,
) -> Option<Range<usize>> {
    let row = previous + 1;
    if row >= end || lines >= 8 {
        return None;
    }
    let next = &layout.rows[row];
    let gap = next.bounds[1] - layout.rows[previous].bounds[3];
    if gap > pitch(layout, previous) * 0.6 {
        return None;
    }
    let first = next.segments.first()?;
    let aligned = next.segments.iter().find(|segment| (segment.bounds[0] - left).abs() <= 6.0)?;
    let in_column = first.bounds[0] > left - 6.0 && !label_like(layout, aligned);
    in_column.then(|| aligned.range.clone())
}

/// Finds a value whose lines stand around a label that is centred beside them.
fn centred(layout: &PageLayout, row: usize, label: &Segment, end: usize) -> Option<Vec<Range<usize>>> {
    let middle = (label.bounds[1] + label.bounds[3]) / 2.0;
    let near = |index: usize| -> Option<&Segment> {
        let candidate = layout.rows.get(index)?;
        let segment = candidate.segments.first()?;
        let alone = segment.bounds[0] > label.bounds[2] && !label_like(layout, segment);
        let close = (segment.bounds[1] - label.bounds[3]).max(label.bounds[1] - segment.bounds[3])
            < pitch(layout, row) * 0.5;
        (alone && close).then_some(segment)
    };
    let above = row.checked_sub(1).and_then(near);
    let below = (row + 1 < end).then(|| near(row + 1)).flatten();
    match (above, below) {
        (Some(above), Some(below)) if (above.bounds[0] - below.bounds[0]).abs() < 6.0 => {
            let centre = (above.bounds[1] + below.bounds[3]) / 2.0;
            ((centre - middle).abs() < pitch(layout, row) * 0.5)
                .then(|| vec![above.range.clone(), below.range.clone()])
        }
        // One line that merely stands a few points higher or lower than its label.
        (Some(only), None) | (None, Some(only)) => {
            let offset = (only.bounds[1] - label.bounds[1]).abs();
            (offset < pitch(layout, row) * 0.9).then(|| vec![only.range.clone()])
        }
        _ => None,
    }
}

/// Finds a value too long to stand beside its label in a narrow cell: the next line of the same cell.
fn wrapped_below(layout: &PageLayout, row: usize, label: &Segment, end: usize) -> Vec<Range<usize>> {
    let Some(next) = layout.rows.get(row + 1).filter(|_| row + 1 < end && !layout.reading_view) else {
        return Vec::new();
    };
    let close = next.bounds[1] - layout.rows[row].bounds[3] < pitch(layout, row) * 0.6;
    // Beside another cell only: below a label that stands alone may stand anything.
    let beside = layout.rows[row].segments.len() > 1;
    next.segments
        .iter()
        .find(|segment| (segment.bounds[0] - label.bounds[0]).abs() < 3.0 && !label_like(layout, segment))
        .filter(|segment| close && beside && !super::known_labels::is_label(layout.segment_text(segment)))
        .map(|segment| vec![segment.range.clone()])
        .unwrap_or_default()
}

/// Finds a value that stands under its label, alone in its column.
fn below(layout: &PageLayout, row: usize, label: &Segment, end: usize) -> Vec<Range<usize>> {
    if row + 1 >= end {
        return Vec::new();
    }
    let next = &layout.rows[row + 1];
    let gap = next.bounds[1] - layout.rows[row].bounds[3];
    let under = next.segments.iter().find(|segment| {
        let middle = |bounds: &[f64; 4]| f64::midpoint(bounds[0], bounds[2]);
        let centred = next.segments.len() == 1
            && layout.rows[row].segments.len() == 1
            && (middle(&segment.bounds) - middle(&label.bounds)).abs() < 6.0;
        ((segment.bounds[0] - label.bounds[0]).abs() < 12.0 || centred) && !label_like(layout, segment)
    });
    match under {
        // The next row of a list of labels is no value.
        Some(segment) if is_named(layout, segment) => Vec::new(),
        Some(segment) if gap < pitch(layout, row) * 1.2 => vec![segment.range.clone()],
        // On a cover label and value stand one under the other in the middle of the sheet, with room between them.
        Some(segment)
            if gap < pitch(layout, row) * 3.0
                && next.segments.len() == 1
                && layout.segment_text(label).ends_with(':')
                && label.bounds[0] > layout.extent[0] * 0.25 =>
        {
            vec![segment.range.clone()]
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::{page, prose};

    fn values(layout: &PageLayout, labels: &[&str]) -> Vec<String> {
        pairs(layout, 0..layout.rows.len(), labels, false)
            .into_iter()
            .map(|pair| {
                pair.value.iter().map(|range| layout.text.raw(range.clone())).collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    #[test]
    fn values_stand_beside_or_below_their_labels() {
        let layout = PageLayout::new(&page(
            1,
            &[
                (60.0, 100.0, "R.U.C."),
                (260.0, 100.0, "1790012345001"),
                (60.0, 120.0, "Nombre del oferente:"),
                (260.0, 120.0, "CONSTRUCTORA EJEMPLO"),
                (260.0, 131.0, "DEL NORTE S.A."),
                (60.0, 150.0, "Origen:"),
                (60.0, 170.0, "Cantón: Quito"),
            ],
        ));
        assert_eq!(values(&layout, &["ruc"]), ["1790012345001"]);
        assert_eq!(
            values(&layout, &["nombre del oferente"]),
            ["CONSTRUCTORA EJEMPLO DEL NORTE S.A."],
            "two lines of one cell"
        );
        assert_eq!(values(&layout, &["origen"]), [""], "the next label is no value");
        assert_eq!(values(&layout, &["canton"]), ["Quito"]);
    }

    #[test]
    fn a_value_that_fills_its_line_goes_on_at_the_margin() {
        let long =
            "OBJETO: CONSTRUCCIÓN DE LA CUBIERTA METÁLICA Y ADECUACIÓN DEL MERCADO MUNICIPAL DE ABASTOS,";
        let layout = PageLayout::new(&page(
            1,
            &[(60.0, 100.0, long), (60.0, 112.0, "CANTÓN EJEMPLO"), (60.0, 140.0, "Otro párrafo")],
        ));
        assert!(
            values(&layout, &["objeto"])[0].ends_with("ABASTOS, CANTÓN EJEMPLO"),
            "half an object would be a wrong one"
        );
    }

    #[test]
    fn a_label_inside_a_sentence_is_none() {
        let layout = PageLayout::new(&prose(
            1,
            &["RUC habilitado en la fecha de la oferta", "nombre del oferente que suscribe"],
        ));
        assert!(values(&layout, &["ruc", "nombre del oferente"]).is_empty());
    }

    #[test]
    fn labels_of_one_line_keep_their_own_values() {
        let layout =
            PageLayout::new(&prose(1, &["PLAZO DE ENTREGA: 45 días. VALIDEZ DE LA OFERTA: 90 días."]));
        assert_eq!(values(&layout, &["plazo de entrega"]), ["45 días."]);
        assert_eq!(values(&layout, &["validez de la oferta"]), ["90 días."]);
    }

    #[test]
    fn two_labels_on_one_row_keep_their_own_values() {
        let layout = PageLayout::new(&page(
            1,
            &[
                (60.0, 100.0, "Fecha: 22/04/2024"),
                (300.0, 100.0, "Plazo: 90 días"),
                (60.0, 130.0, "Total: (en números), sin IVA 5,00"),
            ],
        ));
        assert_eq!(values(&layout, &["fecha"]), ["22/04/2024"]);
        assert_eq!(values(&layout, &["plazo"]), ["90 días"]);
        assert_eq!(values(&layout, &["total"]), ["5,00"], "the bracket explains the label");
    }
}
