//! Validates the signatures of PDFs.
