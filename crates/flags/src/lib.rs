//! Red flags.
