//! What a PDF carries beside its pages: attached files, and forms that only Adobe's reader shows.

use crate::finding::finding;
use cotejo_domain::{Finding, Severity};
use pdfium_render::prelude::{PdfDocument, PdfFormType, PdfPage, PdfPageAnnotationType};

/// Attached files that are taken out.
const MOST_FILES: u16 = 2_000;
/// Bytes of one attached file.
const LARGEST: usize = 512 * 1024 * 1024;

/// Returns what should be known of the document before its pages are read.
pub(crate) fn remarks(document: &PdfDocument<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let files = document.attachments().len();
    if files > 0 {
        let count = files.to_string();
        findings.push(finding("pdf.attachments", Severity::Info, None, &[("cantidad", &count)]));
    }
    match document.form().map(|form| form.form_type()) {
        // The pages of the whole kind are a notice; the text stands in a form that only one program shows.
        Some(PdfFormType::XfaFull) => findings.push(finding("pdf.xfa", Severity::Error, None, &[])),
        Some(PdfFormType::XfaForeground) => {
            findings.push(finding("pdf.xfa_beside", Severity::Warning, None, &[]));
        }
        _ => {}
    }
    findings
}

/// Tells whether a note on the page carries a file of its own, which is none of the document's attachments.
pub(crate) fn has_note(page: &PdfPage<'_>) -> bool {
    page.annotations()
        .iter()
        .any(|annotation| annotation.annotation_type() == PdfPageAnnotationType::FileAttachment)
}

/// Takes the attached files out.
pub(crate) fn take(document: &PdfDocument<'_>, take: &mut dyn FnMut(String, Vec<u8>)) -> Vec<Finding> {
    let mut findings = Vec::new();
    let files = document.attachments();
    let count = files.len();
    for index in 0..count.min(MOST_FILES) {
        let Ok(file) = files.get(index) else {
            findings.push(lost(&(index + 1).to_string()));
            continue;
        };
        let name = file.name();
        let name = if name.trim().is_empty() { format!("adjunto-{}", index + 1) } else { name };
        // The size is measured while it is inflated the first time, before memory is given to it.
        let content = if file.len() <= LARGEST { file.save_to_bytes().ok() } else { None };
        match content {
            Some(content) => take(name, content),
            None => findings.push(lost(&name)),
        }
    }
    if count > MOST_FILES {
        let values = [("cantidad", count.to_string()), ("limite", MOST_FILES.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        findings.push(finding("pdf.too_many_attachments", Severity::Error, None, &values));
    }
    findings
}

fn lost(name: &str) -> Finding {
    finding("pdf.damaged_attachment", Severity::Error, None, &[("entrada", name)])
}
