//! Government registries.
