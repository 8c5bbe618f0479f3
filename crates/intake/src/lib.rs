//! Opens bid packages.
