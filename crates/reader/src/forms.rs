//! What people typed over a page: values of form fields and free-text notes. pdfium does not count them as text of the page.

use crate::geometry::{Frame, PageSpace};
use crate::layout::Placed;
use cotejo_domain::Confidence;
use pdfium_render::prelude::{PdfFormField, PdfPage, PdfPageAnnotation, PdfPageAnnotationCommon};

/// Annotations looked at on one page.
const MOST_ANNOTATIONS: usize = 2_000;

/// Returns the words that are shown by fields and notes, in the frame of the page's text.
pub(crate) fn words(page: &PdfPage<'_>, space: &PageSpace, frame: &Frame) -> Vec<Placed> {
    let annotations = page.annotations();
    let mut words = Vec::new();
    for index in annotations.as_range().take(MOST_ANNOTATIONS) {
        let Ok(annotation) = annotations.get(index) else { continue };
        let Some(text) = text_of(&annotation) else { continue };
        let Ok(rect) = annotation.bounds() else { continue };
        let edges = [rect.left(), rect.bottom(), rect.right(), rect.top()].map(|edge| f64::from(edge.value));
        let bounds = frame.enter(&space.map(edges[0], edges[1], edges[2], edges[3]));
        lay_out(&text, [bounds.left, bounds.top, bounds.right, bounds.bottom], &mut words);
    }
    words
}

fn text_of(annotation: &PdfPageAnnotation<'_>) -> Option<String> {
    if let Some(field) = annotation.as_form_field() {
        let text = match field {
            PdfFormField::Text(field) => field.value(),
            PdfFormField::ComboBox(field) => field.value(),
            PdfFormField::ListBox(field) => field.value(),
            PdfFormField::Checkbox(field) => {
                field.is_checked().ok().filter(|checked| *checked).map(|_| "X".into())
            }
            PdfFormField::RadioButton(field) => {
                field.is_checked().ok().filter(|checked| *checked).map(|_| "X".into())
            }
            _ => None,
        };
        return text.filter(|text| !text.trim().is_empty());
    }
    let note = annotation.as_free_text_annotation()?;
    note.contents().filter(|text| !text.trim().is_empty())
}

// The value is spread over its field: line by line, letters of equal width, no larger than text is.
fn lay_out(text: &str, [left, top, right, bottom]: [f64; 4], words: &mut Vec<Placed>) {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let widest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "lines and letters of a field")]
    let (height, advance) = {
        let height = ((bottom - top) / lines.len().max(1) as f64).clamp(1.0, 14.0);
        (height, ((right - left) / widest.max(1) as f64).min(height * 0.55))
    };
    let mut line_top = top;
    for line in lines {
        let mut column = 0usize;
        for word in line.split_whitespace() {
            let letters = word.chars().count();
            #[expect(clippy::cast_precision_loss, reason = "letters of a field")]
            let (start, end) = (left + column as f64 * advance, left + (column + letters) as f64 * advance);
            words.push(Placed {
                text: word.into(),
                left: start,
                top: line_top,
                right: end,
                bottom: line_top + height,
                band: [line_top, line_top + height],
                size: height * 0.8,
                confidence: Confidence::CERTAIN,
            });
            column += letters + 1;
        }
        line_top += height;
    }
}
