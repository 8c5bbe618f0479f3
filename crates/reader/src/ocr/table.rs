//! Words out of Tesseract's table.

use crate::layout::Placed;
use cotejo_domain::Confidence;

/// Columns of a line of Tesseract's TSV: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
const COLUMNS: usize = 12;

/// Returns the words line by line, with boxes in pixels. Lines are grouped by the height of Tesseract's own lines: a comma's box says
/// little about its line.
pub(crate) fn lines(table: &str) -> Vec<Vec<Placed>> {
    let mut lines: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut line = [0.0; 2];
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(COLUMNS, '\t').collect();
        let number = |index: usize| cells.get(index).and_then(|cell| cell.trim().parse::<f64>().ok());
        let (Some(level), Some(left), Some(top), Some(width), Some(height)) =
            (number(0), number(6), number(7), number(8), number(9))
        else {
            continue;
        };
        if level == 4.0 {
            line = [top, top + height];
            lines.push(Vec::new());
        }
        if level < 5.0 {
            continue;
        }
        let (Some(confidence), Some(text)) = (number(10), cells.get(11).map(|text| text.trim())) else {
            continue;
        };
        if text.is_empty() || confidence < 0.0 {
            continue;
        }
        // A line of Tesseract may still lean: its words keep their own place within it.
        let (band_top, band_bottom) = (line[0].max(top - height), line[1].min(top + 2.0 * height));
        let word = Placed {
            text: text.into(),
            left,
            top,
            right: left + width,
            bottom: top + height,
            band: [band_top.min(top), band_bottom.max(top + height)],
            size: height,
            confidence: Confidence::new(confidence / 100.0),
        };
        if let Some(last) = lines.last_mut() {
            last.push(word);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_from_the_table_with_their_boxes() {
        let table = "1\t1\t0\t0\t0\t0\t0\t0\t100\t100\t-1\t\n4\t1\t1\t1\t1\t0\t10\t20\t80\t14\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t10\t22\t30\t10\t91.5\tRUC:\n5\t1\t1\t1\t1\t2\t50\t22\t30\t10\t95\t \n";
        let lines = lines(table);
        assert_eq!((lines.len(), lines[0].len()), (1, 1), "a blank is no word");
        let word = &lines[0][0];
        assert_eq!((word.text.as_str(), word.left, word.bottom), ("RUC:", 10.0, 32.0));
        assert_eq!(word.confidence, Confidence::new(0.915));
    }
}
