//! Stamps that must be found, and print that must not be taken for one.

use super::*;
use crate::look::colour::Colour;

const BLUE: [u8; 3] = [45, 65, 165];
const RED: [u8; 3] = [190, 45, 55];
const BLACK: [u8; 3] = [30, 30, 32];
const PIXELS: f64 = 3.937;

// A sheet of A4 at 100 dpi with lines of print, on which `draw` lays ink.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn sheet(draw: impl Fn(f64, f64) -> Option<[u8; 3]>) -> Colour {
    let (width, height) = (827usize, 1169usize);
    let pixels = (0..width * height)
        .map(|index| {
            let (x, y) = (index % width, index / width);
            let line =
                (250..1000).contains(&y) && y % 24 < 6 && (90..740).contains(&x) && x % 13 < 7 && x % 91 > 12;
            let print = if line { BLACK } else { [248, 247, 243] };
            // Inks lie over each other.
            draw(x as f64, y as f64).map_or(print, |ink| if line { BLACK } else { ink })
        })
        .collect();
    Colour { width, height, pixels }
}

fn found(page: &Colour, turned: u16) -> Vec<Stamp> {
    let size = [page.width, page.height].map(|side| f64::from(u32::try_from(side).expect("small")));
    find(&page.tints(), page.width, &Sheet { millimetre: PIXELS, skew: Some(0.0), turned, size })
}

fn stamps(page: &Colour) -> Vec<Stamp> {
    found(page, 0).into_iter().filter(|stamp| stamp.kind == InkKind::Sello).collect()
}

fn ring(middle: [f64; 2], ink: [u8; 3]) -> impl Fn(f64, f64) -> Option<[u8; 3]> {
    move |x, y| {
        let (dx, dy) = (x - middle[0], y - middle[1]);
        let away = dx.hypot(dy);
        let turn = dy.atan2(dx).rem_euclid(0.2);
        let inked = (55.0..58.0).contains(&away)
            || (42.0..51.0).contains(&away) && turn < 0.09
            || away < 30.0 && dy.rem_euclid(16.0) < 5.0 && dx.rem_euclid(9.0) < 4.0;
        inked.then_some(ink)
    }
}

fn boxed(middle: [f64; 2], degrees: f64, ink: [u8; 3]) -> impl Fn(f64, f64) -> Option<[u8; 3]> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    move |x, y| {
        let (x, y) = (x - middle[0], y - middle[1]);
        let (u, v) = (x * cos + y * sin, y * cos - x * sin);
        let frame = u.abs() < 100.0 && v.abs() < 42.0 && (u.abs() > 97.0 || v.abs() > 39.0);
        let letters =
            u.abs() < 80.0 && v.abs() < 30.0 && v.rem_euclid(20.0) < 8.0 && u.rem_euclid(11.0) < 5.0;
        (frame || letters).then_some(ink)
    }
}

#[test]
fn round_and_leaning_stamps_are_found_where_they_stand() {
    for ink in [BLUE, RED, BLACK] {
        for middle in [[600.0, 1060.0], [420.0, 620.0]] {
            let page = sheet(ring(middle, ink));
            let stamps = stamps(&page);
            // Without a colour a ring over print hangs together with it.
            if ink == BLACK && middle[1] < 1000.0 {
                continue;
            }
            assert_eq!(stamps.len(), 1, "{ink:?} {middle:?}: {stamps:?}");
            let [left, top, right, bottom] = stamps[0].place;
            let (x, y) = (f64::midpoint(left, right), f64::midpoint(top, bottom));
            assert!((x - middle[0]).hypot(y - middle[1]) < 4.0, "{ink:?}: {stamps:?}");
            assert!((right - left - 114.0).abs() < 8.0, "{ink:?}: {stamps:?}");
        }
        let stamps = stamps(&sheet(boxed([560.0, 120.0], 5.0, ink)));
        assert_eq!(stamps.len(), 1, "{ink:?}: {stamps:?}");
    }
}

#[test]
fn a_stamp_over_print_is_surer_than_one_beside_it() {
    let beside = stamps(&sheet(ring([600.0, 1060.0], BLUE)));
    let over = stamps(&sheet(ring([420.0, 620.0], BLUE)));
    assert!(over[0].confidence >= beside[0].confidence, "{over:?} {beside:?}");
    let level = stamps(&sheet(boxed([414.0, 630.0], 0.0, BLUE)));
    assert_eq!(level.len(), 1, "a level box is a stamp where print runs through its frame");
}

#[test]
fn print_is_not_taken_for_a_stamp() {
    let disc = |x: f64, y: f64| ((x - 150.0).hypot(y - 100.0) < 55.0).then_some(BLUE);
    assert!(stamps(&sheet(disc)).is_empty(), "a full logo");
    assert!(stamps(&sheet(ring([150.0, 90.0], BLUE))).is_empty(), "a ring in a letterhead");
    assert!(stamps(&sheet(boxed([560.0, 120.0], 0.0, BLUE))).is_empty(), "a level box of a form");
    assert!(stamps(&sheet(boxed([560.0, 120.0], 0.0, BLACK))).is_empty(), "a level box without a colour");
    let table = |x: f64, y: f64| {
        let inside = (100.0..700.0).contains(&x) && (1020.0..1110.0).contains(&y);
        (inside && ((x - 100.0) % 120.0 < 2.0 || (y - 1020.0) % 22.0 < 2.0)).then_some(BLUE)
    };
    assert!(stamps(&sheet(table)).is_empty(), "a coloured table");
    let marked = |x: f64, y: f64| {
        ((100.0..600.0).contains(&x) && (500.0..560.0).contains(&y)).then_some([250, 240, 120])
    };
    assert!(found(&sheet(marked), 0).is_empty(), "a highlighter");
    let photo = |x: f64, y: f64| {
        let inside = (200.0..600.0).contains(&x) && (1010.0..1150.0).contains(&y);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a luminance")]
        let wave = |by: f64| (128.0 + 90.0 * ((x + y * by) / 23.0).sin()) as u8;
        inside.then(|| [wave(0.3), wave(1.1), wave(2.3)])
    };
    assert!(stamps(&sheet(photo)).is_empty(), "a photograph");
    let heading = |x: f64, y: f64| {
        let rows = (60.0..200.0).contains(&y) && y % 34.0 < 11.0;
        (rows && (150.0..650.0).contains(&x) && x % 15.0 < 7.0).then_some(BLUE)
    };
    assert!(stamps(&sheet(heading)).is_empty(), "coloured headings");
}

#[test]
fn the_letterhead_is_above_however_the_page_lies() {
    // The ring stands at the right edge: above, once the page is turned a quarter to the left.
    let page = sheet(ring([740.0, 1080.0], BLUE));
    let kind = |turned| found(&page, turned)[0].kind;
    assert_eq!(kind(0), InkKind::Sello);
    assert_eq!(kind(270), InkKind::TintaSinTexto);
    assert_eq!(kind(180), InkKind::TintaSinTexto, "below becomes above");
}
