//! Keystores and signatures of our own documents.
