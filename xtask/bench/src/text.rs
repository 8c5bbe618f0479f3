//! Text with boxes, page by page, against pypdfium2 reading every character with its box.

use crate::{Place, Row, peer};
use cotejo_reader::{Event, Options, Reader};
use std::error::Error;
use std::path::Path;

pub(crate) fn measure(place: &Place, pdf: &Path, reader: &Reader) -> Result<Vec<Row>, Box<dyn Error>> {
    let bytes = std::fs::read(pdf)?;
    let mut pages = 0_u32;
    let seconds = peer::best(5, || {
        pages = 0;
        let options = Options { ocr: false, ..Options::default() };
        reader.read_pdf(&bytes, &options, &mut |event| pages += u32::from(matches!(event, Event::Page(_))));
        Ok(())
    })?;
    Ok(vec![Row {
        what: "text with boxes",
        unit: "pages/s",
        ours: f64::from(pages) / seconds,
        peer: "pypdfium2 5.15.2, each character with its box",
        theirs: peer::number(&place.python, "text.py", &[pdf]),
        larger: true,
        input: format!("{pages} generated pages of 44 lines"),
    }])
}
