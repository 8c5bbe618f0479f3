//! Trains the page-type heads.

fn main() {}
