//! What a PDF page draws beside its text: rules of tables, images, small filled shapes.

use crate::geometry::{Bounds, Frame, PageSpace};
use crate::tables::Rules;
use pdfium_render::prelude::{
    PdfPage, PdfPageObject, PdfPageObjectCommon, PdfPageObjectsCommon, PdfPagePathObject, PdfPathSegmentType,
    PdfPathSegments,
};

/// Shapes of one page that are looked at.
const MOST_SHAPES: usize = 20_000;
/// Thickest rule in points.
const THICKEST: f64 = 2.5;
/// Shortest rule in points.
const SHORTEST: f64 = 8.0;
/// Largest module of a drawn code in points.
const LARGEST_MODULE: f64 = 12.0;

/// Holds the rules of a page and the places of other shapes, in the frame of its text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Drawn {
    pub(crate) rules: Rules,
    /// Small filled shapes, as modules of a code are.
    pub(crate) specks: Vec<Bounds>,
}

/// Lists what the paths of a page draw.
pub(crate) fn shapes_of(page: &PdfPage<'_>, space: &PageSpace, frame: &Frame) -> Drawn {
    let mut drawn = Drawn::default();
    let mut left = MOST_SHAPES;
    let (width, height) = space.size();
    for object in page.objects().iter() {
        let PdfPageObject::Path(path) = &object else { continue };
        if left == 0 {
            break;
        }
        for shape in shapes(path, &mut left) {
            let [x1, y1, x2, y2] = shape;
            let place = frame.enter(&space.map(x1, y1, x2, y2));
            // Background of the whole page: no rule.
            if place.width() < 0.97 * width.max(1.0) || place.height() < 0.9 * height {
                drawn.take(place);
            }
        }
    }
    drawn
}

impl Drawn {
    fn take(&mut self, place: Bounds) {
        let (width, height) = (place.width(), place.height());
        if height <= THICKEST && width >= SHORTEST {
            self.rules.across.push(place);
        } else if width <= THICKEST && height >= SHORTEST {
            self.rules.down.push(place);
        } else if width <= LARGEST_MODULE && height <= LARGEST_MODULE {
            self.specks.push(place);
        } else if width >= SHORTEST && height >= SHORTEST {
            // A box, stroked or filled, ends where a rule would be.
            self.rules.across.push(Bounds { bottom: place.top, ..place });
            self.rules.across.push(Bounds { top: place.bottom, ..place });
            self.rules.down.push(Bounds { right: place.left, ..place });
            self.rules.down.push(Bounds { left: place.right, ..place });
        }
    }
}

// The boxes of a path's parts in user space: left, bottom, right, top.
fn shapes(path: &PdfPagePathObject<'_>, left: &mut usize) -> Vec<[f64; 4]> {
    let raw = path.segments();
    if raw.len() <= 5 {
        *left = left.saturating_sub(1);
        let bounds = path.bounds().map(|bounds| bounds.to_rect());
        return bounds
            .map(|rect| {
                [rect.left(), rect.bottom(), rect.right(), rect.top()].map(|edge| f64::from(edge.value))
            })
            .into_iter()
            .collect();
    }
    let Ok(matrix) = path.matrix() else { return Vec::new() };
    let mut found: Vec<[f64; 4]> = Vec::new();
    for segment in raw.transform(matrix).iter() {
        let (x, y) = (f64::from(segment.x().value), f64::from(segment.y().value));
        match found.last_mut() {
            Some(shape) if segment.segment_type() != PdfPathSegmentType::MoveTo => {
                *shape = [shape[0].min(x), shape[1].min(y), shape[2].max(x), shape[3].max(y)];
            }
            _ => {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    break;
                }
                found.push([x, y, x, y]);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_have_edges_and_two_rules_over_a_place_make_it_a_table() {
        let mut drawn = Drawn::default();
        let at = |left: f64, top: f64, right: f64, bottom: f64| Bounds { left, top, right, bottom };
        for row in 0..3 {
            let top = 100.0 + 20.0 * f64::from(row);
            drawn.take(at(50.0, top, 500.0, top + 0.5));
        }
        assert!(drawn.rules.cross([240.0, 90.0, 260.0, 170.0]));
        assert!(!drawn.rules.cross([240.0, 130.0, 260.0, 170.0]), "one rule is a heading's");
        drawn.take(at(60.0, 300.0, 200.0, 340.0));
        assert_eq!((drawn.rules.across.len(), drawn.rules.down.len()), (5, 2));
    }
}
