//! What each page is, and which pages make one document.

pub mod blank;
pub mod cut;
pub mod foliation;
pub mod headings;
pub mod instruments;
pub mod models;
pub mod titles;
