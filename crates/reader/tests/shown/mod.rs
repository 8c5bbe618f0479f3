//! Where a box of user space stands on a page as it is shown.

/// What a box of user space (left, lower, right, upper) comes to on the page as shown: ISO 32000-1, 8.3.2.3.
pub(crate) fn shown([left, bottom, right, top]: [f64; 4], rotate: i64, crop: [i64; 4]) -> [f64; 4] {
    #[expect(clippy::cast_precision_loss, reason = "points of a page")]
    let [l, b, r, t] = crop.map(|edge| edge as f64);
    match rotate {
        90 => [bottom - b, left - l, top - b, right - l],
        180 => [r - right, bottom - b, r - left, top - b],
        270 => [t - top, r - right, t - bottom, r - left],
        _ => [left - l, t - top, right - l, t - bottom],
    }
}

/// Whether each edge lies within `slack` of its place.
pub(crate) fn near(found: [f64; 4], expected: [f64; 4], slack: f64) -> bool {
    found.iter().zip(expected).all(|(found, expected)| (found - expected).abs() < slack)
}
