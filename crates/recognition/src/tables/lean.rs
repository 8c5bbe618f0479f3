//! How the columns of a photographed table lean: what stands under one head drifts to the side, and more so away from the middle of the
//! picture.

use crate::layout::PageLayout;
use std::ops::Range;

/// Rows over which an edge must go on for its drift to be trusted.
const LONG: usize = 5;
/// Points that an edge may wander from one row to the next.
const STEP: f64 = 3.0;
/// Points that the edges of a track may lie beside their line.
const WANDER: f64 = 1.3;
/// Drift over a table, in points, below which columns are upright.
const NOTICEABLE: f64 = 2.0;

/// Holds the drift of columns: points to the side for each point down, at each place across.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lean {
    at_left: f64,
    by_right: f64,
    top: f64,
}

/// The edge of one column, row by row: heights and places across.
type Track = Vec<(f64, f64)>;

impl Lean {
    /// Measures it on the rows of a table; columns of a text layer stand upright.
    #[must_use]
    pub fn of(layout: &PageLayout, rows: Range<usize>) -> Self {
        if !layout.ocr {
            return Self::default();
        }
        let end = rows.end.min(layout.rows.len());
        let Some(top) =
            layout.rows.get(rows.start..end).and_then(|rows| rows.first()).map(|row| row.bounds[1])
        else {
            return Self::default();
        };
        let height = layout.rows.get(end.saturating_sub(1)).map_or(0.0, |row| row.bounds[3] - top);
        // Left edges of words and right edges of numbers: whichever of them a column keeps in line.
        let drifts: Vec<(f64, f64)> = [0, 2]
            .into_iter()
            .flat_map(|side| tracks(layout, rows.start..end, side))
            .filter_map(|track| drift(&track))
            .collect();
        let (Some(first), count) = (drifts.first(), drifts.len() as f64) else { return Self::default() };
        let mean = |value: fn(&(f64, f64)) -> f64| drifts.iter().map(value).sum::<f64>() / count;
        let (across, by) = (mean(|drift| drift.0), mean(|drift| drift.1));
        let spread: f64 = drifts.iter().map(|drift| (drift.0 - across).powi(2)).sum();
        let wide = drifts.iter().any(|drift| (drift.0 - first.0).abs() > layout.extent[0] * 0.25);
        let per_point = if wide && spread > 1.0 {
            drifts.iter().map(|drift| (drift.0 - across) * (drift.1 - by)).sum::<f64>() / spread
        } else {
            0.0
        };
        let lean = Self { at_left: by - per_point * across, by_right: per_point, top };
        let most = [0.0, layout.extent[0]].into_iter().map(|x| lean.slope(x).abs()).fold(0.0, f64::max);
        if most * height < NOTICEABLE || most > 0.15 { Self::default() } else { lean }
    }

    fn slope(self, across: f64) -> f64 {
        self.at_left + self.by_right * across
    }

    /// Returns where a place on the page would stand if the columns were upright: under its head.
    #[must_use]
    pub fn upright(self, across: f64, down: f64) -> f64 {
        across - self.slope(across) * (down - self.top)
    }
}

/// Follows the edges of segments down the rows.
fn tracks(layout: &PageLayout, rows: Range<usize>, side: usize) -> Vec<Track> {
    let mut open: Vec<(Track, usize)> = Vec::new();
    let mut done = Vec::new();
    for row in rows {
        let Some(current) = layout.rows.get(row) else { break };
        for segment in &current.segments {
            let (across, down) = (segment.bounds[side], f64::midpoint(segment.bounds[1], segment.bounds[3]));
            let follows = |track: &Track| track.last().is_some_and(|(_, last)| (last - across).abs() < STEP);
            match open.iter_mut().find(|(track, last)| *last < row && follows(track)) {
                Some((track, last)) => {
                    track.push((down, across));
                    *last = row;
                }
                None => open.push((vec![(down, across)], row)),
            }
        }
        // A track that three rows have not met has ended.
        let (ended, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(|(_, last)| last + 3 < row);
        done.extend(ended.into_iter().map(|(track, _)| track));
        open = rest;
    }
    done.extend(open.into_iter().map(|(track, _)| track));
    done.retain(|track| track.len() >= LONG);
    done
}

/// Fits a line through a track: where it stands and how it drifts, if its edges keep to the line.
fn drift(track: &Track) -> Option<(f64, f64)> {
    let count = track.len() as f64;
    let (down, across) = (
        track.iter().map(|(down, _)| down).sum::<f64>() / count,
        track.iter().map(|(_, across)| across).sum::<f64>() / count,
    );
    let spread: f64 = track.iter().map(|(y, _)| (y - down).powi(2)).sum();
    if spread < 1.0 {
        return None;
    }
    let slope = track.iter().map(|(y, x)| (y - down) * (x - across)).sum::<f64>() / spread;
    let beside = track.iter().map(|(y, x)| (x - across - slope * (y - down)).powi(2)).sum::<f64>() / count;
    (beside.sqrt() < WANDER).then_some((across, slope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::page;
    use cotejo_domain::{PageStatus, Quad};

    fn photographed(drift: f64) -> PageLayout {
        let mut lines = Vec::new();
        for row in 0..20 {
            let top = 100.0 + 16.0 * f64::from(row);
            lines.extend([
                (80.0, top, "11"),
                (120.0, top, "EXCAVACIÓN"),
                (320.0, top, "12,50"),
                (440.0, top, "143,00"),
            ]);
        }
        let mut page = page(1, &lines);
        page.status = PageStatus::Ocr;
        for word in &mut page.words {
            let [left, top, right, bottom] = word.quad.bounds();
            // The further to the right, the more the column runs in.
            let by = -drift * (left - 80.0) / 360.0 * (top - 100.0);
            word.quad = Quad::upright(left + by, top, right + by, bottom);
        }
        PageLayout::new(&page)
    }

    #[test]
    fn columns_that_run_in_are_set_upright() {
        let layout = photographed(0.05);
        let lean = Lean::of(&layout, 0..layout.rows.len());
        for row in &layout.rows {
            let last = row.segments.last().expect("cells");
            let upright = lean.upright(last.bounds[0], last.bounds[1]);
            assert!((upright - 440.0).abs() < 1.5, "{upright} at {}", last.bounds[1]);
        }
    }

    #[test]
    fn columns_that_stand_upright_are_left_alone() {
        let layout = photographed(0.0);
        assert_eq!(Lean::of(&layout, 0..layout.rows.len()), Lean::default());
    }
}
