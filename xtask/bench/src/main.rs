//! Measured comparisons.

fn main() {}
