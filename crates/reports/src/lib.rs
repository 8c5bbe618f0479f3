//! Actas typeset with Typst to PDF/A.
