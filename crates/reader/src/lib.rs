//! Page text with boxes, page images, OCR.
