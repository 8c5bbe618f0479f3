//! Finds the ruled tables of a scanned page and takes their rules away.
//!
//! Tesseract's own search for columns cuts a ruled table to pieces; as one block of lines and without its rules it is read well.

use crate::ink::Gray;

/// Shortest run that is a rule across the page and no row of feet of letters, in pixels at the resolution pages are read at.
const SHORTEST_ACROSS: usize = 110;
/// Shortest run that is a rule down the page and no stem of a letter.
const SHORTEST_DOWN: usize = 50;
/// Light pixels that noise may put into a rule.
const LARGEST_HOLE: usize = 3;
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
}

/// Takes the rules away, where they make tables.
pub(crate) fn without_rules(page: &Gray) -> Option<Ruled> {
    let ink = Ink { page, dark: page.paper().saturating_sub(45) };
    let across: Vec<Run> = (0..page.height).flat_map(|y| ink.rules(y, true)).collect();
    let tables = tables(&across, page.height);
    if tables.is_empty() {
        return None;
    }
    let down: Vec<Run> = (0..page.width).flat_map(|x| ink.rules(x, false)).collect();
    let mut erased = page.clone();
    let paper = page.paper();
    let mut erase = |x: usize, y: usize| {
        if let Some(pixel) = erased.pixels.get_mut(y * page.width + x).filter(|_| x < page.width) {
            *pixel = paper;
        }
    };
    let mut on_across = vec![false; page.pixels.len()];
    for run in &across {
        let start = run.line * page.width;
        if let Some(pixels) = on_across.get_mut(start + run.from..=start + run.to) {
            pixels.fill(true);
        }
    }
    for run in across.iter().chain(&down) {
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
    Some(Ruled { page: erased, tables })
}

/// A run of dark pixels on a row or column.
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

    /// Finds the runs on a row or column that are rules.
    fn rules(&self, line: usize, across: bool) -> Vec<Run> {
        let (length, shortest) =
            if across { (self.page.width, SHORTEST_ACROSS) } else { (self.page.height, SHORTEST_DOWN) };
        let mut found = Vec::new();
        let mut open: Option<(usize, usize)> = None;
        for along in 0..length + LARGEST_HOLE + 2 {
            if along < length && self.is_dark(across, line, along) {
                open = Some((open.map_or(along, |(from, _)| from), along));
            } else if let Some((from, to)) = open.filter(|(_, to)| along - to > LARGEST_HOLE) {
                open = None;
                let run = Run { across, line, from, to };
                if to - from >= shortest && self.is_thin(run) {
                    found.push(run);
                }
            }
        }
        found
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
        let ruled = without_rules(&page_with(|x, y| rule(x, y) || letter(x, y))).expect("a table");
        assert_eq!(ruled.tables.len(), 1, "six rules are one table: {:?}", ruled.tables);
        assert_eq!(ruled.page, page_with(letter), "only the letter is left");
    }

    #[test]
    fn two_lines_at_the_edges_are_no_table() {
        let letterhead = page_with(|x, y| (50..550).contains(&x) && (y == 60 || y == 700));
        assert!(without_rules(&letterhead).is_none());
    }

    #[test]
    fn a_leaning_table_is_a_table() {
        let leaning =
            page_with(|x, y| (50..550).contains(&x) && (0..5).any(|row| 200 + 40 * row + x / 150 == y));
        assert_eq!(without_rules(&leaning).map(|ruled| ruled.tables.len()), Some(1));
    }

    #[test]
    fn lines_of_letters_are_no_rules() {
        let text = page_with(|x, y| y % 30 < 18 && x % 12 < 9 && (x % 12 < 3 || y % 30 > 14));
        assert!(without_rules(&text).is_none(), "strokes that nearly touch at the foot");
    }
}
