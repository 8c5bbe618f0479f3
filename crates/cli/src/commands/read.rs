//! `cotejo leer`.

use crate::arguments::Read;
use crate::output;
use cotejo_casework::CaseworkError;
use cotejo_casework::contract::{ReadLine, ReadLines};
use cotejo_casework::quick::{self, lector_at};
use cotejo_casework::view::{Cancellation, Password};
use cotejo_catalogue::message;

pub(crate) fn run(order: &Read, json: bool) -> Result<u8, CaseworkError> {
    let lector = lector_at(order.ritmo.into())?;
    for notice in quick::notices(&lector) {
        output::error_line(&notice);
    }
    let password = match order.clave_env.as_deref() {
        Some(variable) => Some(Password::new(super::password(Some(variable))?.to_string())),
        None => None,
    };
    let mut lines = ReadLines::default();
    let mut status = 0;
    for path in &order.files {
        quick::read_path_with(
            &lector,
            path,
            password.as_ref(),
            &Cancellation::default(),
            &mut |file, read| {
                let mut line = lines.next(file, &read);
                if order.texto {
                    line.text = Some(read.pages.iter().map(cotejo_domain::PageReading::text).collect());
                }
                if line.status != "read" {
                    status = 1;
                }
                if json {
                    output::json(&line)
                } else {
                    print(&line);
                    Ok(())
                }
            },
        )?;
    }
    Ok(status)
}

fn print(line: &ReadLine) {
    output::line(&format!("{}  {}  {}", line.file, line.media_type, line.status));
    for document in &line.documents {
        let pages: Vec<String> = document.pages.iter().map(ToString::to_string).collect();
        let blank = if document.blank_form { message("cli.blank_form", &[]) } else { String::new() };
        output::line(&format!(
            "  {}  p. {}  {:.2} {blank}",
            document.kind,
            pages.join(", "),
            document.confidence
        ));
    }
    for fact in &line.facts {
        let page = fact.page.map_or_else(String::new, |page| format!("p. {page}"));
        output::line(&format!("    {} = {}  {page}  {:.2}", fact.field, fact.value, fact.confidence));
    }
    for finding in &line.findings {
        let page = finding.page.map_or_else(String::new, |page| format!("p. {page}: "));
        let told = output::told(&finding.message, &finding.remedy, &finding.code);
        output::line(&format!("  ! {page}{told}"));
    }
    for text in line.text.iter().flatten() {
        output::line(text);
    }
}
