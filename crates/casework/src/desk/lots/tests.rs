//! Lots: what one says is told of none but it.
