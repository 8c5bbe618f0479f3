//! A pliego from whatever it comes as: structure where there is one, else the text of its pages.

use cotejo_domain::{Finding, PageReading, Pliego, Read, Severity};
use cotejo_intake::{flowing, media, pliego_text, ushay};
use cotejo_lector_protocol::ReadingLimits;
use cotejo_reader::{Event, Options, Reader};

/// Decodes a `.ushay` or `proceso.xml`, or recognises what the pages of a PDF, picture or DOCX state.
pub(crate) fn decode(reader: &Reader, name: &str, bytes: &[u8]) -> Read<Pliego> {
    let kind = media::detect(bytes);
    let mut pages = Vec::new();
    let mut findings = Vec::new();
    match kind {
        media::PDF => reader.read_pdf(bytes, &all(), &mut |event| gather(event, &mut pages, &mut findings)),
        kind if media::is_picture(kind) => {
            reader.read_image(bytes, &all(), &mut |event| gather(event, &mut pages, &mut findings));
        }
        media::USHAY | media::XML | media::ZIP => return ushay::decode_pliego(name, bytes),
        kind => match flowing::read(kind, bytes, &ReadingLimits::default()) {
            Some(read) => {
                pages = read.value.pages;
                findings = read.findings;
            }
            None => {
                let values = [("archivo", name), ("tipo", kind)];
                findings.push(cotejo_intake::finding("intake.unsupported_format", Severity::Error, &values));
            }
        },
    }
    let mut recognised = pliego_text::read(&pages);
    recognised.findings.splice(0..0, findings);
    recognised
}

fn all() -> Options {
    Options { ocr: true, ..Options::default() }
}

fn gather(event: Event, pages: &mut Vec<PageReading>, findings: &mut Vec<Finding>) {
    match event {
        Event::Pages(_) | Event::Properties(_) | Event::Look(_) => {}
        Event::Page(page) => pages.push(*page),
        Event::Finding(finding) => findings.push(finding),
    }
}
