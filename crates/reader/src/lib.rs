//! Page text with boxes, page images, OCR.
//!
//! Runs in the worker only. pdfium and Tesseract are C++ and not thread-safe: one [`Reader`] a process. Everything is given in *page space*:
//! points, after rotation and crop, origin at the top left, y downwards ([`cotejo_domain::Quad`]).
//!
//! Every page ends in exactly one [`cotejo_domain::PageStatus`]. A page that cannot be read is `Failed` with a finding that says why, and
//! the pages after it are read all the same.
//!
//! - [`Reader::read_pdf`]: the text layer with character boxes grouped into words and lines; pages without (or with a useless) text layer are
//!   rendered at 200 dpi and read by Tesseract.
//! - [`Reader::read_image`]: JPEG, PNG and TIFF as pages.
//! - [`Reader::render`]: one page as PNG.

mod attached;
mod columns;
mod deskew;
mod drawn;
mod finding;
mod forms;
mod geometry;
mod ink;
mod layout;
mod look;
mod memory;
mod ocr;
mod pdf;
mod perspective;
mod photograph;
mod picture;
mod prepare;
mod properties;
mod quality;
mod raster;
mod reader;
mod ruled;
mod sheet;
mod tables;
mod units;

pub use memory::{ImageMemory, ReadImage};
pub use raster::Rendered;
pub use reader::{Event, Options, Reader, StartError};
