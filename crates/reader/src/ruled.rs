//! Finds the ruled tables of a scanned page and takes their rules away.
//!
//! Tesseract's own search for columns cuts a ruled table to pieces; as one block of lines and without its rules it is read well. Rules are
//! found as ridges of the image averaged along them, after the line detectors of forms processing (Y. Zheng, H. Li, D. Doermann, "A Parallel-Line
//! Detection Algorithm Based on HMM Decoding", PAMI 27, 2005), without their model of parallel lines.

use crate::ink::Gray;

/// Shortest run that is a rule across the page and no row of feet of letters, in pixels at the resolution pages are read at.
const SHORTEST_ACROSS: usize = 110;
/// Shortest run that is a rule down the page and no stem of a letter.
const SHORTEST_DOWN: usize = 60;
/// Pixels that noise, or a letter that stands on it, may take out of a rule.
const LARGEST_HOLE: usize = 5;
/// Part of a run that must be seen, in hundredths.
const LEAST_SEEN: usize = 90;
/// Pixels on both sides of a rule at which the paper shows again.
const BESIDE: usize = 5;
/// How much darker than the paper beside it a rule is at least, averaged along it.
const CONTRAST: u8 = 9;
/// Thickest rule; the feet of letters have stems on them.
const THICKEST: usize = 8;
/// Rules that make a table.
const FEWEST_RULES: usize = 4;
/// Tallest row of a table.
const TALLEST_ROW: usize = 240;
/// Room above and below a table in which its heads and totals may stand.
const MARGIN: usize = 45;

/// Holds the page without its rules.
#[derive(Debug)]
pub(crate) struct Ruled {
    /// The image.
    pub(crate) page: Gray,
    /// The bands of rows, from top to bottom, that tables take.
    pub(crate) tables: Vec<[usize; 2]>,
    /// The rules across, piece by piece: left, top, right, bottom in pixels.
    pub(crate) across: Vec<[usize; 4]>,
    /// The rules down.
    pub(crate) down: Vec<[usize; 4]>,
}

impl Ruled {
    /// Returns the part of a band from its first rule to its last.
    pub(crate) fn between_rules(&self, [top, bottom]: [usize; 2]) -> [usize; 2] {
        let inside = |rule: &&[usize; 4]| rule[1] >= top && rule[3] <= bottom;
        let first = self.across.iter().filter(inside).map(|rule| rule[1]).min().unwrap_or(top);
        let last = self.across.iter().filter(inside).map(|rule| rule[3]).max().unwrap_or(bottom);
        [first, last.max(first)]
    }
}

/// Takes every rule away, of tables or not: the line above a signature is no part of it.
pub(crate) fn without_rules(page: &Gray) -> Ruled {
    let (across, down) = (thin_runs(page, true), thin_runs(page, false));
    let tables = tables(&across, page.height);
    Ruled { page: erased(page, &across, &down), tables, across: joined(&across), down: joined(&down) }
}

fn thin_runs(page: &Gray, across: bool) -> Vec<Run> {
    let ink = Ink { page, dark: page.paper().saturating_sub(45) };
    runs(page, across).into_iter().filter(|run| ink.is_thin(*run)).collect()
}

fn erased(page: &Gray, across: &[Run], down: &[Run]) -> Gray {
    let ink = Ink { page, dark: page.paper().saturating_sub(45) };
    let mut erased = page.clone();
    let paper = page.paper();
    let mut erase = |x: usize, y: usize| {
        if let Some(pixel) = erased.pixels.get_mut(y * page.width + x).filter(|_| x < page.width) {
            *pixel = paper;
        }
    };
    let mut on_across = vec![false; page.pixels.len()];
    for run in across {
        let start = run.line * page.width;
        if let Some(pixels) = on_across.get_mut(start + run.from..=start + run.to) {
            pixels.fill(true);
        }
    }
    for run in across.iter().chain(down) {
        for along in run.from..=run.to {
            let (x, y) = if run.across { (along, run.line) } else { (run.line, along) };
            let [before, after] = ink.thickness(*run, along);
            if before + after < THICKEST {
                // A pixel more on both sides: a rule fades into the paper.
                for beside in run.line.saturating_sub(before + 1)..=run.line + after + 1 {
                    if run.across { erase(x, beside) } else { erase(beside, y) }
                }
            } else if !run.across && on_across.get(y * page.width + x).is_some_and(|crossed| *crossed) {
                // Where two rules cross each is as thick as the other is long.
                erase(x, y);
            }
        }
    }
    erased
}

/// A run of a rule's pixels on a row or column.
#[derive(Clone, Copy, Debug)]
struct Run {
    across: bool,
    line: usize,
    from: usize,
    to: usize,
}

struct Ink<'a> {
    page: &'a Gray,
    dark: u8,
}

impl Ink<'_> {
    fn is_dark(&self, across: bool, line: usize, along: usize) -> bool {
        let (x, y) = if across { (along, line) } else { (line, along) };
        x < self.page.width
            && self.page.pixels.get(y * self.page.width + x).is_some_and(|pixel| *pixel < self.dark)
    }

    /// Tells whether a run is thin nearly everywhere.
    fn is_thin(&self, run: Run) -> bool {
        let thin = (run.from..=run.to)
            .filter(|along| {
                let [before, after] = self.thickness(run, *along);
                before + after < THICKEST
            })
            .count();
        thin * 4 >= (run.to - run.from + 1) * 3
    }

    /// Counts the dark pixels on both sides of a run's line.
    fn thickness(&self, run: Run, along: usize) -> [usize; 2] {
        let before = (1..=THICKEST)
            .take_while(|step| {
                run.line.checked_sub(*step).is_some_and(|line| self.is_dark(run.across, line, along))
            })
            .count();
        let after =
            (1..=THICKEST).take_while(|step| self.is_dark(run.across, run.line + step, along)).count();
        [before, after]
    }
}

// The runs of rules across or down. A rule is a ridge: averaged along it, it is darker than the paper a few pixels beside it, on both sides.
// Thin gray rules on gray paper are no darker than its noise, pixel by pixel; feet of letters have the letters on one side.
fn runs(page: &Gray, across: bool) -> Vec<Run> {
    let turned;
    let page = if across {
        page
    } else {
        turned = transposed(page);
        &turned
    };
    let (width, height) = (page.width, page.height);
    let shortest = if across { SHORTEST_ACROSS } else { SHORTEST_DOWN };
    if height <= 4 * BESIDE || width < shortest {
        return Vec::new();
    }
    let (smooth, near) = match across {
        true => (smoothed::<8>(page), smoothed::<1>(page)),
        false => (smoothed::<5>(page), smoothed::<1>(page)),
    };
    let mut ridge = vec![0u8; width * height];
    for y in BESIDE..height - BESIDE {
        let (above, own, below) = (smooth.row(y - BESIDE), smooth.row(y), smooth.row(y + BESIDE));
        // Between letters the paper shows; along a rule nothing does.
        let darkest = near.row(y - 1).iter().zip(near.row(y)).zip(near.row(y + 1));
        let darkest = darkest.map(|((before, at), after)| *before.min(at).min(after));
        let beside = above.iter().zip(below).map(|(above, below)| *above.min(below));
        let marks = ridge.get_mut(y * width..(y + 1) * width).unwrap_or_default();
        for (((mark, own), beside), darkest) in marks.iter_mut().zip(own).zip(beside).zip(darkest) {
            let contrast = beside.saturating_sub(*own);
            *mark = u8::from(contrast >= CONTRAST) & u8::from(darkest.saturating_add(contrast / 2) <= beside);
        }
    }
    let (mut found, mut marks) = (Vec::new(), Vec::with_capacity(width));
    for line in 1..height - 1 {
        // A rule that leans goes on in the row above or below.
        let row = |line: usize| ridge.get(line * width..(line + 1) * width).unwrap_or_default();
        marks.clear();
        let three = row(line - 1).iter().zip(row(line)).zip(row(line + 1));
        marks.extend(three.map(|((before, at), after)| before | at | after));
        if marks.iter().map(|mark| usize::from(*mark)).sum::<usize>() * 100 < shortest * LEAST_SEEN {
            continue;
        }
        let seen = |along: usize| marks.get(along).is_some_and(|mark| *mark != 0);
        let mut open: Option<[usize; 3]> = None;
        for along in 0..width + LARGEST_HOLE + 2 {
            if along < width && seen(along) {
                let [from, _, count] = open.unwrap_or([along, along, 0]);
                open = Some([from, along, count + 1]);
            } else if let Some([from, to, count]) = open.filter(|[_, to, _]| along - to > LARGEST_HOLE) {
                open = None;
                let length = to - from + 1;
                if length > shortest && count * 100 >= length * LEAST_SEEN {
                    found.push(Run { across, line, from, to });
                }
            }
        }
    }
    found
}

fn transposed(page: &Gray) -> Gray {
    /// Rows that are turned at once, so that what is written lies together.
    const STRIP: usize = 32;
    let mut pixels = vec![255; page.pixels.len()];
    for top in (0..page.height).step_by(STRIP) {
        let bottom = (top + STRIP).min(page.height);
        for x in 0..page.width {
            let column = pixels.get_mut(x * page.height + top..x * page.height + bottom).unwrap_or_default();
            for (place, pixel) in
                column.iter_mut().zip(page.pixels.iter().skip(top * page.width + x).step_by(page.width))
            {
                *place = *pixel;
            }
        }
    }
    Gray { width: page.height, height: page.width, pixels }
}

// The mean of each pixel and `REACH` pixels on both sides of it in its row.
fn smoothed<const REACH: usize>(page: &Gray) -> Gray {
    let mut pixels = Vec::with_capacity(page.pixels.len());
    let mut sums: Vec<u32> = Vec::with_capacity(page.width + 1);
    let mean = |part: u32, count: usize| {
        u8::try_from(part / u32::try_from(count).unwrap_or(1).max(1)).unwrap_or(255)
    };
    for y in 0..page.height {
        sums.clear();
        sums.push(0);
        let mut sum = 0;
        sums.extend(page.row(y).iter().map(|pixel| {
            sum += u32::from(*pixel);
            sum
        }));
        let at_edge = |x: usize| {
            let (from, to) = (x.saturating_sub(REACH), (x + REACH + 1).min(page.width));
            mean(sums.get(to).zip(sums.get(from)).map_or(0, |(to, from)| to - from), to - from)
        };
        let inner = REACH.min(page.width)..page.width.saturating_sub(REACH).max(REACH.min(page.width));
        pixels.extend((0..inner.start).map(at_edge));
        // Everywhere but at the edges the divisor is known: the compiler makes of it what runs sixteen pixels at a time.
        let ends = sums.get(2 * REACH + 1..).unwrap_or_default();
        pixels.extend(ends.iter().zip(&sums).map(|(to, from)| mean(to - from, 2 * REACH + 1)));
        pixels.extend((inner.end..page.width).map(at_edge));
    }
    Gray { width: page.width, height: page.height, pixels }
}

// One box for each rule: runs of neighbouring rows or columns that overlap.
fn joined(runs: &[Run]) -> Vec<[usize; 4]> {
    let mut boxes: Vec<(bool, [usize; 4])> = Vec::new();
    for run in runs {
        // As [from, first line, to, last line].
        let touches = |b: &[usize; 4]| {
            run.line <= b[3] + 3 && run.from <= b[2] + LARGEST_HOLE && b[0] <= run.to + LARGEST_HOLE
        };
        match boxes.iter_mut().rev().take(64).find(|(_, b)| touches(b)) {
            Some((_, b)) => *b = [b[0].min(run.from), b[1], b[2].max(run.to), run.line],
            None => boxes.push((run.across, [run.from, run.line, run.to, run.line])),
        }
    }
    let upright = |(across, [from, first, to, last]): (bool, [usize; 4])| {
        if across { [from, first, to, last] } else { [first, from, last, to] }
    };
    boxes.into_iter().map(upright).collect()
}

/// Returns the bands where rules follow each other as the rows of a table do. A rule that leans takes several rows of pixels.
fn tables(across: &[Run], height: usize) -> Vec<[usize; 2]> {
    let mut rules: Vec<[usize; 2]> = Vec::new();
    for run in across {
        match rules.last_mut() {
            Some(last) if run.line - last[1] <= 4 => last[1] = run.line,
            _ => rules.push([run.line, run.line]),
        }
    }
    let follow = |above: &[usize; 2], below: &[usize; 2]| below[0] - above[1] <= TALLEST_ROW;
    rules
        .chunk_by(follow)
        .filter(|table| table.len() >= FEWEST_RULES)
        .filter_map(|table| {
            let (first, last) = (table.first()?, table.last()?);
            Some([first[0].saturating_sub(MARGIN), (last[1] + MARGIN).min(height)])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_with(draw: impl Fn(usize, usize) -> bool) -> Gray {
        let (width, height) = (600, 800);
        let pixels = (0..width * height)
            .map(|index| if draw(index % width, index / width) { 60 } else { 240 })
            .collect();
        Gray { width, height, pixels }
    }

    #[test]
    fn rules_go_and_what_stands_between_them_stays() {
        let rule = |x: usize, y: usize| {
            (50..550).contains(&x) && (200..=402).contains(&y) && (y % 40 < 2 || x % 100 == 50)
        };
        let letter = |x: usize, y: usize| (120..126).contains(&x) && (212..232).contains(&y);
        let ruled = without_rules(&page_with(|x, y| rule(x, y) || letter(x, y)));
        assert_eq!(ruled.tables.len(), 1, "six rules are one table: {:?}", ruled.tables);
        assert_eq!(ruled.page, page_with(letter), "only the letter is left");
    }

    #[test]
    fn two_lines_at_the_edges_are_no_table() {
        let letterhead = page_with(|x, y| (50..550).contains(&x) && (y == 60 || y == 700));
        let ruled = without_rules(&letterhead);
        assert!(ruled.tables.is_empty());
        assert_eq!(ruled.page, page_with(|_, _| false), "they are rules all the same");
    }

    #[test]
    fn a_leaning_table_is_a_table() {
        let leaning =
            page_with(|x, y| (50..550).contains(&x) && (0..5).any(|row| 200 + 40 * row + x / 150 == y));
        assert_eq!(without_rules(&leaning).tables.len(), 1);
    }

    #[test]
    fn lines_of_letters_are_no_rules() {
        let text = page_with(|x, y| y % 30 < 18 && x % 12 < 9 && (x % 12 < 3 || y % 30 > 14));
        assert!(without_rules(&text).across.is_empty(), "strokes that nearly touch at the foot");
    }
}
