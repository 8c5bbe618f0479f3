//! The one walk over an office file's XML: what opens, the text between with its references resolved, what closes.

use crate::plain::entity;
use quick_xml::events::{BytesStart, Event};

/// One step of the walk. An empty element opens and closes.
pub(crate) enum Step<'s> {
    Start(&'s BytesStart<'s>),
    Text(&'s str),
    /// The local name of what closes.
    End(&'s str),
}

/// Walks over `xml` to its end; whether everything that opened has closed is the caller's to judge.
///
/// # Errors
/// The parser's words where the text is no XML; the steps before it were taken.
pub(crate) fn walk(xml: &str, take: &mut dyn FnMut(Step<'_>)) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Start(start) => take(Step::Start(&start)),
            Event::Empty(start) => {
                take(Step::Start(&start));
                take(Step::End(start.local_name().as_ref()));
            }
            Event::End(end) => take(Step::End(end.local_name().as_ref())),
            Event::Text(text) => take(Step::Text(text.as_ref())),
            Event::CData(text) => take(Step::Text(text.as_ref())),
            Event::GeneralRef(reference) => take(Step::Text(&entity(reference.as_ref()))),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(xml: &str) -> (Vec<String>, bool) {
        let mut steps = Vec::new();
        let whole = walk(xml, &mut |step| {
            steps.push(match step {
                Step::Start(start) => format!("<{}", start.local_name().as_ref()),
                Step::Text(text) => text.to_owned(),
                Step::End(name) => format!(">{name}"),
            });
        });
        (steps, whole.is_ok())
    }

    #[test]
    fn prefixes_fall_references_are_resolved_and_empty_elements_close() {
        let (steps, whole) = steps("<w:p a='1'>uno &amp; d&#243;s<w:br/><![CDATA[<tres>]]><!-- no --></w:p>");
        assert_eq!(steps, ["<p", "uno ", "&", " d", "ó", "s", "<br", ">br", "<tres>", ">p"]);
        assert!(whole);
    }

    #[test]
    fn what_stands_before_the_damage_is_walked() {
        let (steps, whole) = steps("<p>uno</q>");
        assert_eq!(steps, ["<p", "uno"]);
        assert!(!whole);
    }
}
