//! The `cotejo` command.

fn main() {}
