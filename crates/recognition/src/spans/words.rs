//! The words of a stretch of a page with what their place on it says.

use crate::layout::{PageLayout, Row};
use std::ops::Range;

/// Numbers that describe a word beside its meaning.
pub const FEATURES: usize = 26;

/// Holds one word as the tagger sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct SpanWord {
    /// Index into [`PageLayout::words`].
    pub position: usize,
    /// Its characters as printed.
    pub text: String,
    /// Where it stands and how it is written, each number about -1 to 1.
    pub features: [f32; FEATURES],
}

/// Returns the words of some rows of a page, in the order of the text.
#[must_use]
pub fn words(layout: &PageLayout, rows: &Range<usize>) -> Vec<SpanWord> {
    let body = layout.body_size();
    let end = rows.end.min(layout.rows.len());
    let mut words = Vec::new();
    let mut above: Option<&Row> = None;
    for row in layout.rows.get(rows.start.min(end)..end).unwrap_or_default() {
        let place = Place::of(layout, row, above, body);
        for (index, segment) in row.segments.iter().enumerate() {
            for position in segment.words.clone() {
                let Some(span) = layout.words.get(position) else { continue };
                let text = layout.text.raw(span.range.clone());
                let ends = [position == segment.words.start, position + 1 == segment.words.end];
                let before = position.checked_sub(1).and_then(|before| layout.words.get(before));
                let before = before.map_or("", |before| layout.text.slice(before.range.clone()));
                words.push(SpanWord {
                    position,
                    text: text.to_owned(),
                    features: features(
                        layout,
                        &place,
                        (index, row.segments.len()),
                        span.bounds,
                        ends,
                        text,
                        before,
                    ),
                });
            }
        }
        above = Some(row);
    }
    words
}

/// Holds what all words of a row share.
struct Place {
    capitals: f32,
    larger: f32,
    gap: f32,
    off_centre: f32,
    wide: f32,
    top: f32,
}

impl Place {
    fn of(layout: &PageLayout, row: &Row, above: Option<&Row>, body: f32) -> Self {
        let raw = layout.text.raw(row.range.clone());
        let capitals = flag(is_capitals(raw));
        if layout.reading_view {
            return Self { capitals, larger: 0.0, gap: 0.0, off_centre: 0.0, wide: 0.0, top: 0.0 };
        }
        let [left, top, right, bottom] = row.bounds;
        let width = layout.extent[0].max(1.0);
        let height = (bottom - top).max(4.0);
        let gap = above.map_or(1.0, |above| (top - above.bounds[3]) / height);
        Self {
            capitals,
            larger: if body > 0.0 && row.size > 0.0 { (row.size / body - 1.0).clamp(-1.0, 1.0) } else { 0.0 },
            gap: small(gap.clamp(-1.0, 2.0)) / 2.0,
            off_centre: small(((left + right) / width / 2.0 - 0.5).clamp(-1.0, 1.0)),
            wide: small(((right - left) / width).clamp(0.0, 1.0)),
            top: small((top / layout.extent[1].max(1.0)).clamp(0.0, 1.0)),
        }
    }
}

fn features(
    layout: &PageLayout,
    place: &Place,
    (segment, segments): (usize, usize),
    bounds: [f64; 4],
    [first, last]: [bool; 2],
    text: &str,
    before: &str,
) -> [f32; FEATURES] {
    let width = layout.extent[0].max(1.0);
    let drawn = !layout.reading_view;
    let across = |edge: f64| if drawn { small((edge / width).clamp(0.0, 1.0)) } else { 0.0 };
    let letters = text.chars().filter(|character| character.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let length = text.chars().count().max(1);
    let start = text.chars().find(|character| character.is_alphanumeric());
    #[expect(clippy::cast_precision_loss, reason = "characters of a word")]
    let share = digits as f32 / length as f32;
    [
        flag(first && segment == 0),
        flag(first),
        flag(last && segment + 1 == segments),
        flag(last),
        across(bounds[0]),
        across(bounds[2]),
        place.top,
        place.off_centre,
        place.wide,
        place.gap,
        place.larger,
        place.capitals,
        flag(segments > 1),
        flag(segment > 0),
        flag(before.ends_with(':')),
        flag(before.ends_with(['.', ';'])),
        flag(before.ends_with(',')),
        flag(text.ends_with(':')),
        flag(text.ends_with([',', ';'])),
        flag(text.ends_with('.')),
        flag(text.starts_with(['"', '(', '«', '“'])),
        flag(text.ends_with(['"', ')', '»', '”'])),
        flag(letters > 1 && is_capitals(text)),
        flag(start.is_some_and(char::is_uppercase)),
        flag(drawn),
        share,
    ]
}

fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|character| character.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

fn flag(value: bool) -> f32 {
    f32::from(u8::from(value))
}

#[expect(clippy::cast_possible_truncation, reason = "shares of a page")]
fn small(value: f64) -> f32 {
    if value.is_finite() { value as f32 } else { 0.0 }
}
