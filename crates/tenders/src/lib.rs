//! SERCOP open data.
