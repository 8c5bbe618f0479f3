//! A small picture of a page in colour, and the coloured ink on it.
//!
//! Pages are read in gray; what colours are needed for (stamps, pens) is large enough to be seen at half that resolution. The paper's own colour is
//! divided out, so that yellowish paper and warm light are no colour.

/// Long side of the picture in pixels: A4 at 100 dpi.
pub(crate) const LONG_SIDE: f64 = 1169.0;
/// How far below the paper's luminance ink begins.
const DARKER: u16 = 36;
/// Least difference between the strongest and the weakest channel of coloured ink.
const LEAST_CHROMA: u16 = 38;
/// Coloured ink has at least this part of its darkness as chroma: fringes at the edges of black letters have less.
const CHROMA_OF_DARKNESS: f64 = 0.27;
/// Steps of the circle of hues, six degrees each.
pub(crate) const HUES: u8 = 60;

/// Holds a picture in colour: red, green, blue; rows from the top without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Colour {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) pixels: Vec<[u8; 3]>,
}

/// Tells what stands at one pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tint {
    /// Paper, or a tint too pale for ink.
    Paper,
    /// Ink without a colour: print, a black pen.
    Neutral,
    /// Ink of a hue, in steps of the circle.
    Hue(u8),
}

impl Colour {
    /// Returns what stands at each pixel.
    pub(crate) fn tints(&self) -> Vec<Tint> {
        let paper = self.paper();
        self.pixels.iter().map(|pixel| tint(*pixel, paper)).collect()
    }

    // The colour of the most frequent luminance among the brighter half.
    fn paper(&self) -> [u16; 3] {
        let mut counts = [(0u32, [0u32; 3]); 32];
        for pixel in self.pixels.iter().step_by(5) {
            let entry = &mut counts[usize::from(luminance(pixel.map(u16::from)) >> 3).min(31)];
            entry.0 += 1;
            for (sum, channel) in entry.1.iter_mut().zip(pixel) {
                *sum += u32::from(*channel);
            }
        }
        let bright = counts.iter().skip(14).max_by_key(|(count, _)| *count).copied().unwrap_or_default();
        let mean = |sum: u32| u16::try_from(sum / bright.0.max(1)).unwrap_or(255).clamp(96, 255);
        if bright.0 == 0 { [255; 3] } else { bright.1.map(mean) }
    }
}

fn luminance([red, green, blue]: [u16; 3]) -> u16 {
    (red * 54 + green * 183 + blue * 19) >> 8
}

fn tint(pixel: [u8; 3], paper: [u16; 3]) -> Tint {
    let mut value = [0u16; 3];
    for ((value, channel), paper) in value.iter_mut().zip(pixel).zip(paper) {
        *value = (u16::from(channel) * 255 / paper).min(255);
    }
    let [red, green, blue] = value;
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    if luminance(value) + DARKER > 255 && least + 3 * DARKER > 255 {
        return Tint::Paper;
    }
    let chroma = most - least;
    if chroma < LEAST_CHROMA || f64::from(chroma) < CHROMA_OF_DARKNESS * f64::from(255 - least) {
        return if luminance(value) < 190 { Tint::Neutral } else { Tint::Paper };
    }
    let [red, green, blue] = value.map(f64::from);
    // The hexagon of hues (A. R. Smith, "Color gamut transform pairs", SIGGRAPH 1978).
    let sixths = if most == value[0] {
        ((green - blue) / f64::from(chroma)).rem_euclid(6.0)
    } else if most == value[1] {
        (blue - red) / f64::from(chroma) + 2.0
    } else {
        (red - green) / f64::from(chroma) + 4.0
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "steps of a circle")]
    let step = (sixths / 6.0 * f64::from(HUES)).max(0.0) as u8;
    Tint::Hue(step.min(HUES - 1))
}

/// Returns how many steps lie between two hues, the shorter way round.
pub(crate) fn between(one: u8, other: u8) -> u8 {
    let apart = one.abs_diff(other);
    apart.min(HUES.saturating_sub(apart))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(paper: [u8; 3], ink: [u8; 3]) -> Tint {
        let mut pixels = vec![paper; 1000];
        pixels[500] = ink;
        Colour { width: 100, height: 10, pixels }.tints()[500]
    }

    #[test]
    fn inks_have_their_hue_and_papers_have_none() {
        let white = [250, 250, 248];
        let Tint::Hue(blue) = on(white, [50, 70, 170]) else { panic!("blue is a colour") };
        let Tint::Hue(violet) = on(white, [110, 60, 150]) else { panic!("violet is a colour") };
        let Tint::Hue(red) = on(white, [190, 50, 60]) else { panic!("red is a colour") };
        assert!(between(blue, violet) < 10 && between(blue, red) > 15, "{blue} {violet} {red}");
        assert_eq!(on(white, [30, 32, 36]), Tint::Neutral, "print");
        assert_eq!(on(white, [255, 245, 170]), Tint::Paper, "a highlighter leaves paper");
        assert_eq!(on([235, 222, 190], [236, 220, 188]), Tint::Paper, "yellowish paper");
        assert_eq!(on([235, 222, 190], [50, 45, 38]), Tint::Neutral, "print on yellowish paper");
        assert_eq!(on(white, [70, 66, 90]), Tint::Neutral, "the fringe of a letter");
    }

    #[test]
    fn hues_go_round() {
        assert_eq!(between(1, HUES - 1), 2);
        assert_eq!(between(10, 40), 30);
    }
}
