//! The use cases every shell calls.
