//! Short Spanish labels that several views share. The words come from the catalogue.

use cotejo_catalogue::message;
use cotejo_domain::{
    BidderKind, Capacity, Evidence, Gender, Location, ProcedureType, Requirement, RequirementKind,
    RequirementSource, Verdict, document_type_entry,
};

pub(crate) fn verdict(verdict: Verdict) -> String {
    message(
        match verdict {
            Verdict::Cumple => "casework.verdict.cumple",
            Verdict::NoCumple => "casework.verdict.no_cumple",
            Verdict::AConvalidar => "casework.verdict.a_convalidar",
            Verdict::NoAplica => "casework.verdict.no_aplica",
            Verdict::Pendiente => "casework.verdict.pendiente",
        },
        &[],
    )
}

pub(crate) fn bidder_kind(kind: BidderKind) -> String {
    match kind {
        BidderKind::Natural => message("casework.bidder.natural", &[]),
        BidderKind::Juridica => message("casework.bidder.juridica", &[]),
        BidderKind::Consorcio => message("casework.bidder.consorcio", &[]),
        BidderKind::Unknown => String::new(),
    }
}

/// Names a capacity; without a known gender both endings are written.
pub(crate) fn capacity(capacity: Capacity, gender: Option<Gender>) -> String {
    let key = match capacity {
        Capacity::Presidente => "casework.capacity.presidente",
        Capacity::TitularAreaRequirente => "casework.capacity.titular",
        Capacity::ProfesionalAfin => "casework.capacity.afin",
        Capacity::ServidorDesignado => "casework.capacity.servidor",
        Capacity::Secretario => "casework.capacity.secretario",
        Capacity::DirectorFinanciero => "casework.capacity.financiero",
        Capacity::DirectorJuridico => "casework.capacity.juridico",
    };
    match gender {
        None => message(key, &[]),
        Some(Gender::Feminine) => message(&format!("{key}.f"), &[]),
        Some(Gender::Masculine) => message(&format!("{key}.m"), &[]),
    }
}

pub(crate) fn procedure(procedure: ProcedureType) -> String {
    message(&format!("casework.procedure.{}", procedure.abbreviation().to_lowercase()), &[])
}

pub(crate) fn group_title(kind: RequirementKind) -> (String, String) {
    let key = match kind {
        RequirementKind::Integridad => "integridad",
        RequirementKind::Minimo => "minimo",
        RequirementKind::Puntaje => "puntaje",
        RequirementKind::Informativo => "informativo",
    };
    (message(&format!("casework.group.{key}"), &[]), message(&format!("casework.group.{key}.basis"), &[]))
}

pub(crate) fn document_type(id: &str) -> String {
    document_type_entry(id).map_or_else(|| id.to_owned(), |entry| entry.name.clone())
}

/// Names the place of evidence in a few words: `p. 3`, `hoja Presupuesto, B7:F7`.
pub(crate) fn place(location: &Location) -> String {
    match location {
        Location::Page { page, .. } => message("casework.place.page", &[("pagina", &page.to_string())]),
        Location::Sheet { sheet, range } => {
            message("casework.place.sheet", &[("hoja", sheet), ("rango", range)])
        }
        Location::Paragraph { number } => {
            message("casework.place.paragraph", &[("numero", &number.to_string())])
        }
        // What a PDF says of itself has no row.
        Location::Record { path, .. } if path == "/Info" => message("casework.place.properties", &[]),
        Location::Record { path, row: Some(row), .. } => {
            message("casework.place.record", &[("tabla", path), ("fila", &row.to_string())])
        }
        Location::Record { path, row: None, .. } => {
            message("casework.place.record_whole", &[("tabla", path)])
        }
        Location::Registry { service, field } => {
            message("casework.place.registry", &[("servicio", service), ("campo", field)])
        }
        Location::SignatureRevision { revision } => {
            message("casework.place.revision", &[("numero", &revision.to_string())])
        }
        Location::WholeFile => message("casework.place.whole_file", &[]),
    }
}

/// Lists evidence as the acta cites it: `oferta.pdf, p. 3; anexos/ruc.pdf, p. 1`.
pub(crate) fn citations(evidence: &[Evidence]) -> String {
    let mut cited = Vec::new();
    for piece in evidence {
        let place = place(&piece.location);
        let place = if piece.extractor.ends_with(super::pages::BY_PERSON) {
            message("casework.place.written", &[("lugar", &place)])
        } else {
            place
        };
        let text = format!("{}, {place}", piece.file_name);
        if !cited.contains(&text) {
            cited.push(text);
        }
    }
    cited.join("; ")
}

pub(crate) fn requirement_source(requirement: &Requirement) -> String {
    source(&requirement.source)
}

/// Says where the pliego states something.
pub(crate) fn source(source: &RequirementSource) -> String {
    match source {
        RequirementSource::Ushay { table, row } => {
            let table = table_name(table);
            message("casework.source.ushay", &[("tabla", &table), ("fila", &row.to_string())])
        }
        RequirementSource::Page { page, file: Some(_), .. } => {
            message("casework.source.other_page", &[("pagina", &page.to_string())])
        }
        RequirementSource::Page { page, .. } => {
            message("casework.source.page", &[("pagina", &page.to_string())])
        }
        RequirementSource::Template { name } => message("casework.source.template", &[("modelo", name)]),
        RequirementSource::ByHand => message("casework.source.by_hand", &[]),
        RequirementSource::Clarification { clarification, .. } => {
            message("casework.source.clarification", &[("aclaracion", clarification)])
        }
    }
}

/// Names a table of the `.ushay` in words; one that is not known keeps its own name.
fn table_name(table: &str) -> String {
    let plain = table.strip_prefix("TMEP_").unwrap_or(table).to_lowercase();
    let key = format!("casework.table.{plain}");
    if cotejo_catalogue::exists(&key) { message(&key, &[]) } else { plain.replace('_', " ") }
}

/// Shortens a requirement's text for the head of a row; the full text is always at hand beside it.
pub(crate) fn short_title(text: &str) -> String {
    const MOST: usize = 90;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MOST {
        return line;
    }
    let cut: String = line.chars().take(MOST).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// Makes initials of a name: the first letters of up to three words.
pub(crate) fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .filter_map(|word| word.chars().next())
        .take(3)
        .flat_map(char::to_uppercase)
        .collect()
}

pub(crate) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| (bytes * 10).div_ceil(unit);
    let text = |tenths: u64, name: &str| format!("{},{} {name}", tenths / 10, tenths % 10);
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => text(tenths(1_024), "kB"),
        _ => text(tenths(1_048_576), "MB"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_in_the_catalogue() {
        for procedure_type in
            [ProcedureType::Sie, ProcedureType::Lico, ProcedureType::Coto, ProcedureType::Otro]
        {
            assert!(!procedure(procedure_type).starts_with('«'), "{procedure_type:?} needs a name");
        }
        assert_eq!(initials("María de los Ángeles Paredes"), "MÁP", "particles give no initial");
        assert_eq!(size(3_355_443), "3,2 MB", "as people read it");
    }

    #[test]
    fn a_long_requirement_is_cut_between_words() {
        let title = short_title(&"palabra ".repeat(40));
        assert!(title.ends_with("palabra…"), "never inside a word: {title}");
    }
}
