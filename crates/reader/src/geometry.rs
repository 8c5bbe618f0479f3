//! From the space a PDF draws in to the space its page is shown in.

/// Holds a box in page space: left, top, right, bottom, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Bounds {
    pub(crate) fn width(&self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn union(&self, other: &Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

/// Maps boxes of user space (origin below, y upwards, before rotation and crop) to page space.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageSpace {
    /// The visible box in user space: what is left of the media box after the crop.
    pub(crate) left: f64,
    pub(crate) bottom: f64,
    pub(crate) right: f64,
    pub(crate) top: f64,
    /// Degrees clockwise: 0, 90, 180 or 270.
    pub(crate) rotation: u16,
    /// Points that a unit of user space is.
    pub(crate) unit: f64,
}

impl PageSpace {
    /// Returns width and height as shown, in points.
    pub(crate) fn size(&self) -> (f64, f64) {
        let (width, height) = ((self.right - self.left) * self.unit, (self.top - self.bottom) * self.unit);
        if self.rotation == 90 || self.rotation == 270 { (height, width) } else { (width, height) }
    }

    /// Maps a point of user space.
    pub(crate) fn point(&self, x: f64, y: f64) -> (f64, f64) {
        let (across, down) = match self.rotation {
            90 => (y - self.bottom, x - self.left),
            180 => (self.right - x, y - self.bottom),
            270 => (self.top - y, self.right - x),
            _ => (x - self.left, self.top - y),
        };
        (across * self.unit, down * self.unit)
    }

    /// Maps a box given by its edges in user space.
    pub(crate) fn map(&self, left: f64, bottom: f64, right: f64, top: f64) -> Bounds {
        let (x1, y1) = self.point(left, bottom);
        let (x2, y2) = self.point(right, top);
        Bounds { left: x1.min(x2), top: y1.min(y2), right: x1.max(x2), bottom: y1.max(y2) }
    }
}

/// Turns a page so that its text runs to the right, for the making of lines, and back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    /// Quarter turns clockwise, in degrees, that bring the text upright.
    pub(crate) turn: u16,
    /// Width of the page as shown.
    pub(crate) width: f64,
    /// Height of the page as shown.
    pub(crate) height: f64,
}

impl Frame {
    /// The page as it is shown.
    pub(crate) fn upright(width: f64, height: f64) -> Self {
        Self { turn: 0, width, height }
    }

    fn inwards(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            90 => (self.height - y, x),
            180 => (self.width - x, self.height - y),
            270 => (y, self.width - x),
            _ => (x, y),
        }
    }

    fn outwards(&self, x: f64, y: f64) -> (f64, f64) {
        match self.turn {
            90 => (y, self.height - x),
            180 => (self.width - x, self.height - y),
            270 => (self.width - y, x),
            _ => (x, y),
        }
    }

    /// Maps a box of the page into the frame.
    pub(crate) fn enter(&self, b: &Bounds) -> Bounds {
        span(self.inwards(b.left, b.top), self.inwards(b.right, b.bottom))
    }

    /// Maps a box of the frame back to the page.
    pub(crate) fn leave(&self, b: &Bounds) -> Bounds {
        span(self.outwards(b.left, b.top), self.outwards(b.right, b.bottom))
    }

    /// Maps a box of the frame back to the page; the first corner is where the text begins.
    pub(crate) fn quad(&self, b: &Bounds) -> cotejo_domain::Quad {
        let corners = [(b.left, b.top), (b.right, b.top), (b.right, b.bottom), (b.left, b.bottom)];
        let hundredths = |points: f64| (points * 100.0).round() / 100.0;
        let [(x1, y1), (x2, y2), (x3, y3), (x4, y4)] = corners.map(|(x, y)| {
            let (x, y) = self.outwards(x, y);
            (hundredths(x), hundredths(y))
        });
        cotejo_domain::Quad([x1, y1, x2, y2, x3, y3, x4, y4])
    }
}

fn span(a: (f64, f64), b: (f64, f64)) -> Bounds {
    Bounds { left: a.0.min(b.0), top: a.1.min(b.1), right: a.0.max(b.0), bottom: a.1.max(b.1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A mark of 10 × 20 points at (100, 700) of an A4 page cropped by 50 points to the left and 40 at the top.
    fn mapped(rotation: u16) -> [f64; 4] {
        let space = PageSpace { left: 50.0, bottom: 0.0, right: 595.0, top: 802.0, rotation, unit: 1.0 };
        let b = space.map(100.0, 700.0, 110.0, 720.0);
        [b.left, b.top, b.right, b.bottom]
    }

    #[test]
    fn a_frame_is_left_as_it_was_entered() {
        let mark = Bounds { left: 10.0, top: 20.0, right: 40.0, bottom: 30.0 };
        for turn in [0, 90, 180, 270] {
            let frame = Frame { turn, width: 200.0, height: 300.0 };
            assert_eq!(frame.leave(&frame.enter(&mark)), mark, "{turn}");
            assert_eq!(frame.quad(&frame.enter(&mark)).bounds(), [10.0, 20.0, 40.0, 30.0], "{turn}");
        }
        let clockwise = Frame { turn: 90, width: 200.0, height: 300.0 };
        assert_eq!(clockwise.enter(&mark).left, 270.0, "the bottom becomes the left");
    }

    #[test]
    fn the_four_rotations_of_a_cropped_page() {
        assert_eq!(mapped(0), [50.0, 82.0, 60.0, 102.0], "from the left edge and from the top");
        assert_eq!(mapped(90), [700.0, 50.0, 720.0, 60.0], "what was left is above");
        assert_eq!(mapped(180), [485.0, 700.0, 495.0, 720.0], "upside down");
        assert_eq!(mapped(270), [82.0, 485.0, 102.0, 495.0], "what was right is above");
    }
}
