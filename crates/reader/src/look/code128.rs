//! Reads Code 128 barcodes (ISO/IEC 15417), as printed under the *clave de acceso* of electronic vouchers.
//!
//! Rows of pixels are cut into runs of dark and light; six runs make a symbol of eleven modules. A code counts when its check symbol is
//! right and at least two rows far enough from each other say the same.

use crate::ink::Gray;

/// Widths of the six bars and spaces of each symbol, in modules; 103 to 105 start, the last one stops.
const SYMBOLS: [&str; 107] = [
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213",
    "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132",
    "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211",
    "212123", "212321", "232121", "111323", "131123", "131321", "112313", "132113", "132311", "211313",
    "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331",
    "231131", "213113", "213311", "213131", "311123", "311321", "331121", "312113", "312311", "332111",
    "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214",
    "112412", "122114", "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111",
    "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141",
    "114131", "311141", "411131", "211412", "211214", "211232", "233111",
];
const START_A: usize = 103;
const STOP: usize = 106;
/// Rows that are looked at: every so many pixels.
const STEP: usize = 6;
/// Symbols of the longest code that is read.
const MOST_SYMBOLS: usize = 120;
/// Symbols between start and stop, the check symbol included, of the shortest code that is believed.
const LEAST_SYMBOLS: usize = 4;

/// Holds one barcode with its place in pixels: left, top, right, bottom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Barcode {
    pub(crate) text: String,
    pub(crate) place: [usize; 4],
    /// Whether it reads from right to left: the page lies upside down.
    pub(crate) backwards: bool,
}

/// Finds the barcodes whose bars stand upright in `page`, in either direction.
pub(crate) fn find(page: &Gray) -> Vec<Barcode> {
    in_lines(page.height, page.paper(), |y, line| line.extend_from_slice(page.row(y)))
}

/// Finds the barcodes whose bars lie on their side, in the space of the page turned a quarter clockwise.
pub(crate) fn find_lying(page: &Gray) -> Vec<Barcode> {
    in_lines(page.width, page.paper(), |x, line| {
        line.extend((0..page.height).rev().map(|y| page.row(y).get(x).copied().unwrap_or(255)));
    })
}

fn in_lines(count: usize, paper: u8, fill: impl Fn(usize, &mut Vec<u8>)) -> Vec<Barcode> {
    let dark = paper.saturating_sub(80);
    let (mut line, mut rows) = (Vec::new(), Vec::new());
    let mut found: Vec<(Barcode, usize)> = Vec::new();
    for y in (STEP..count).step_by(STEP) {
        line.clear();
        fill(y, &mut line);
        in_row(&line, dark, y, &mut rows);
        for code in rows.drain(..) {
            let same = |(other, _): &&mut (Barcode, usize)| {
                other.text == code.text
                    && other.backwards == code.backwards
                    && y - other.place[3] <= 12 * STEP
                    && other.place[0].abs_diff(code.place[0]) < 40
            };
            match found.iter_mut().find(same) {
                Some((other, rows)) => {
                    other.place[3] = y;
                    other.place[0] = other.place[0].min(code.place[0]);
                    other.place[2] = other.place[2].max(code.place[2]);
                    *rows += 1;
                }
                None => found.push((code, 1)),
            }
        }
    }
    found.into_iter().filter(|(_, rows)| *rows >= 2).map(|(code, _)| code).collect()
}

fn in_row(row: &[u8], dark: u8, y: usize, codes: &mut Vec<Barcode>) {
    // Ends of runs, from light to dark and back; the first run is light.
    let mut edges = vec![0usize];
    for (x, pair) in row.windows(2).enumerate() {
        if let [before, after] = pair
            && (*before < dark) != (*after < dark)
        {
            edges.push(x + 1);
        }
    }
    edges.push(row.len());
    if edges.len() < 6 * (LEAST_SYMBOLS + 2) {
        return;
    }
    in_runs(&edges, |text, left, right| {
        codes.push(Barcode { text, place: [left, y, right, y], backwards: false });
    });
    let mirrored: Vec<usize> = edges.iter().rev().map(|edge| row.len() - edge).collect();
    in_runs(&mirrored, |text, left, right| {
        let place = [row.len().saturating_sub(right), y, row.len().saturating_sub(left), y];
        codes.push(Barcode { text, place, backwards: true });
    });
}

fn in_runs(edges: &[usize], mut found: impl FnMut(String, usize, usize)) {
    let mut at = 1;
    while at + 6 < edges.len() {
        match from(edges, at) {
            Some((text, end)) => {
                let edge = |place: usize| edges.get(place).copied().unwrap_or(0);
                found(text, edge(at), edge(end));
                at = end + usize::from(end.is_multiple_of(2));
            }
            None => at += 1,
        }
    }
}

// Reads a code that starts with the dark run after `edges[at]`; returns its text and the edge it ends at.
fn from(edges: &[usize], at: usize) -> Option<(String, usize)> {
    let module = width(edges, at, 6)? / 11.0;
    // The quiet zone: ten modules by the standard, printers leave less. Looked at first, for letters have none.
    if at > 0 && width(edges, at - 1, 1)? < 4.0 * module {
        return None;
    }
    let start = symbol(edges, at).filter(|start| (START_A..STOP).contains(start))?;
    let mut values = vec![start];
    let mut place = at + 6;
    loop {
        let wide = width(edges, place, 6)? / 11.0;
        if !(0.75..1.35).contains(&(wide / module)) || values.len() > MOST_SYMBOLS {
            return None;
        }
        match symbol(edges, place)? {
            STOP => break,
            value if value >= START_A => return None,
            value => values.push(value),
        }
        place += 6;
    }
    let check = values.pop().filter(|_| values.len() >= LEAST_SYMBOLS - 1)?;
    let sum: usize = values.iter().enumerate().map(|(index, value)| index.max(1) * value).sum();
    // The stop has a seventh bar.
    (sum % 103 == check).then_some(())?;
    Some((text(&values)?, place + 7))
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a row")]
fn width(edges: &[usize], at: usize, runs: usize) -> Option<f64> {
    Some(edges.get(at + runs)?.checked_sub(*edges.get(at)?)? as f64)
}

// The symbol whose widths are nearest, when they are near enough.
#[expect(clippy::cast_precision_loss, reason = "pixels of a row")]
fn symbol(edges: &[usize], at: usize) -> Option<usize> {
    let module = width(edges, at, 6)? / 11.0;
    if module < 0.9 {
        return None;
    }
    let runs: Vec<f64> =
        edges.get(at..at + 7)?.windows(2).map(|pair| (pair[1] - pair[0]) as f64 / module).collect();
    let distance = |pattern: &str| -> f64 {
        pattern.bytes().zip(&runs).map(|(wanted, run)| (run - f64::from(wanted - b'0')).powi(2)).sum()
    };
    let (best, off) =
        SYMBOLS.iter().map(|pattern| distance(pattern)).enumerate().min_by(|a, b| a.1.total_cmp(&b.1))?;
    (off < 1.2).then_some(best)
}

// From values to text: code sets A, B and C; the function symbols carry no text.
fn text(values: &[usize]) -> Option<String> {
    let (start, rest) = values.split_first()?;
    let mut set = *start;
    let mut once = None;
    let mut text = String::new();
    for value in rest {
        let now: usize = once.take().unwrap_or(set);
        match (now, *value) {
            (105, pair @ 0..=99) => {
                text.push_str(&format!("{pair:02}"));
            }
            (_, 102) | (103 | 104, 96 | 97) => {}
            (103, 98) => once = Some(104),
            (104, 98) => once = Some(103),
            (103 | 104, 99) => set = 105,
            (103 | 105, 100) => set = 104,
            (104 | 105, 101) => set = 103,
            (103, 101) | (104, 100) => {}
            (_, value @ 0..=63) => text.push(char::from(u8::try_from(value + 32).ok()?)),
            (104, value @ 64..=95) => text.push(char::from(u8::try_from(value + 32).ok()?)),
            (103, value @ 64..=95) => text.push(char::from(u8::try_from(value - 64).ok()?)),
            _ => return None,
        }
    }
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    // The symbols of a text, digits in pairs where that is possible.
    fn encoded(text: &str) -> Vec<usize> {
        let pairs =
            text.len() >= 4 && text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_digit());
        let mut values = vec![if pairs { 105 } else { 104 }];
        if pairs {
            values.extend(
                text.as_bytes()
                    .chunks(2)
                    .map(|pair| usize::from(pair[0] - b'0') * 10 + usize::from(pair[1] - b'0')),
            );
        } else {
            values.extend(text.bytes().map(|byte| usize::from(byte) - 32));
        }
        let sum: usize = values.iter().enumerate().map(|(index, value)| index.max(1) * value).sum();
        values.extend([sum % 103, STOP]);
        values
    }

    fn page(text: &str, module: usize) -> Gray {
        let (width, height) = (1700usize, 300usize);
        let mut page = Gray { width, height, pixels: vec![240; width * height] };
        let mut x = 100;
        let mut dark = true;
        let widths: String = encoded(text).iter().map(|value| SYMBOLS[*value]).collect::<String>() + "2";
        for run in widths.bytes() {
            let wide = usize::from(run - b'0') * module;
            if dark {
                for y in 80..180 {
                    page.pixels[y * width + x..y * width + x + wide].fill(30);
                }
            }
            (x, dark) = (x + wide, !dark);
        }
        page
    }

    #[test]
    fn the_symbols_are_those_of_the_standard() {
        for (value, pattern) in SYMBOLS.iter().enumerate() {
            let widths: Vec<u32> = pattern.bytes().map(|byte| u32::from(byte - b'0')).collect();
            assert_eq!(widths.iter().sum::<u32>(), 11, "{value}");
            let bars = widths[0] + widths[2] + widths[4];
            assert_eq!(bars % 2, 0, "the bars of {value} are even");
            assert_eq!(SYMBOLS.iter().filter(|other| *other == pattern).count(), 1, "{value} is unique");
        }
    }

    #[test]
    fn codes_are_read_with_their_place() {
        let key = "2211202601179001234500120010010000000011234567813";
        for (text, module) in [(&key[..48], 3), (key, 2), ("GUIA-0042/B", 3)] {
            let codes = find(&page(text, module));
            assert_eq!(codes.len(), 1, "{text}");
            assert_eq!(codes[0].text, text);
            assert!(
                codes[0].place[0] == 100 && codes[0].place[1] <= 90 && codes[0].place[3] >= 170,
                "{:?}",
                codes[0]
            );
        }
    }

    #[test]
    fn a_lying_code_is_found_as_if_the_page_were_turned() {
        let turned = page("GUIA-0042/B", 3).turned(270);
        assert_eq!(find_lying(&turned), find(&turned.turned(90)));
        assert_eq!(find_lying(&turned).len(), 1);
    }

    #[test]
    fn an_upside_down_code_is_read_backwards() {
        let codes = find(&page("GUIA-0042/B", 3).turned(180));
        assert_eq!(codes.len(), 1);
        assert_eq!((codes[0].text.as_str(), codes[0].backwards), ("GUIA-0042/B", true));
    }

    #[test]
    fn a_wrong_check_symbol_is_no_code_and_text_is_none() {
        let mut broken = page("GUIA-0042/B", 3);
        // Widens one bar by a module for all rows.
        for y in 80..180 {
            let start = y * broken.width + 100 + 33 * 3;
            let row = &mut broken.pixels[start..start + 33];
            row.rotate_right(3);
        }
        assert!(find(&broken).is_empty());
        let pixels = (0..400 * 400)
            .map(|index| if index % 7 < 3 && index / 400 % 20 < 9 { 20 } else { 240 })
            .collect();
        assert!(find(&Gray { width: 400, height: 400, pixels }).is_empty());
    }
}
