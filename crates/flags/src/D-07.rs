//! D-07: one professional, one piece of equipment or consecutive policies in two bids.

use crate::entities::Part;
use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::parameters::D_07_STEP;
use crate::persons::shared;
use crate::reading::folded;
use cotejo_domain::{Document, Evidence, Fact, Location, Severity};

pub(crate) const CODE: &str = "D-07";

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let mut flags = shared(CODE, lot, Part::Personnel, Part::Personnel);
    flags.extend(policies(lot));
    flags.extend(equipment(lot));
    flags
}

/// One policy as its issuer numbers it.
struct Policy<'f> {
    issuer: String,
    /// What stands before the running number: branch, kind, year.
    series: String,
    number: u64,
    fact: &'f Fact,
}

fn policies(lot: &Lot<'_>) -> Vec<Flag> {
    let read: Vec<Vec<Policy<'_>>> = lot.bids.iter().map(policies_of).collect();
    let step = D_07_STEP.count();
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(own), Some(others)) = (read.get(first), read.get(second)) else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let near = |a: &Policy<'_>, b: &Policy<'_>| {
            let apart = usize::try_from(a.number.abs_diff(b.number)).unwrap_or(usize::MAX);
            a.issuer == b.issuer && a.series == b.series && apart <= step
        };
        let found = own.iter().find_map(|a| Some((a, others.iter().find(|b| near(a, b))?)));
        let Some((a, b)) = found else { continue };
        if other.has_file(a.fact.evidence.file) || one.has_file(b.fact.evidence.file) {
            continue;
        }
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("numero_a", a.fact.raw.trim()),
            ("numero_b", b.fact.raw.trim()),
        ];
        let variant = if a.number == b.number { "misma_poliza" } else { "polizas" };
        let evidence = vec![a.fact.evidence.clone(), b.fact.evidence.clone()];
        let bids = vec![one.bid, other.bid];
        flags.push(Flag::new(CODE, variant, Severity::Warning, bids, &values, evidence));
    }
    flags
}

fn policies_of<'f>(papers: &BidPapers<'f>) -> Vec<Policy<'f>> {
    let (documents, facts): (&'f [Document], &'f [Fact]) = (papers.documents, papers.facts);
    let mut found = Vec::new();
    for document in documents.iter().filter(|document| document.kind.0 == "POLIZA") {
        let of = |field: &'static str| {
            facts.iter().filter(move |fact| fact.document == Some(document.id) && fact.field == field)
        };
        // Every insurer numbers on its own: without its name a number says nothing.
        let Some(issuer) = of("emisor").map(|fact| folded(&fact.raw)).find(|name| !name.is_empty()) else {
            continue;
        };
        for fact in of("numero") {
            let text = fact.raw.trim();
            let start = text.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
            let (series, running) = text.split_at(start);
            // A certificate or annex number after the policy's: `0`, `1`.
            if let (true, Ok(number)) = (running.len() >= 4, running.parse()) {
                let issuer = issuer.clone();
                found.push(Policy { issuer, series: folded(series), number, fact });
            }
        }
    }
    found
}

/// One plate with its place.
struct Plate {
    plate: String,
    evidence: Evidence,
}

fn equipment(lot: &Lot<'_>) -> Vec<Flag> {
    let read: Vec<Vec<Plate>> = lot.bids.iter().map(plates_of).collect();
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(own), Some(others)) = (read.get(first), read.get(second)) else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let (mut plates, mut evidence): (Vec<&str>, Vec<Evidence>) = (Vec::new(), Vec::new());
        for a in own.iter().filter(|plate| !other.has_file(plate.evidence.file)) {
            let same = |b: &&Plate| b.plate == a.plate && !one.has_file(b.evidence.file);
            let Some(b) = others.iter().find(same) else { continue };
            if !plates.contains(&a.plate.as_str()) {
                plates.push(&a.plate);
                evidence.extend([a.evidence.clone(), b.evidence.clone()]);
            }
        }
        if plates.is_empty() {
            continue;
        }
        let plates = plates.join(", ");
        let values =
            [("a", one.bidder.name.as_str()), ("b", other.bidder.name.as_str()), ("placas", plates.as_str())];
        // Who lets machines promises them to several.
        flags.push(Flag::new(CODE, "equipo", Severity::Info, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

fn plates_of(papers: &BidPapers<'_>) -> Vec<Plate> {
    const KINDS: [&str; 3] = ["FUO_1_11_EQ", "COMPROMISO_EQUIPO", "MATRICULA"];
    let documents: Vec<&Document> =
        papers.documents.iter().filter(|document| KINDS.contains(&document.kind.0.as_str())).collect();
    let mut found: Vec<Plate> = Vec::new();
    for fact in papers.facts.iter().filter(|fact| {
        let of_plate = matches!(fact.field.as_str(), "placa" | "matricula" | "filas[].matricula");
        of_plate && documents.iter().any(|document| fact.document == Some(document.id))
    }) {
        let plates = plate(&fact.raw).into_iter();
        found.extend(plates.map(|plate| Plate { plate, evidence: fact.evidence.clone() }));
    }
    for (file, table) in papers.tables {
        let within = |document: &&Document| document.file == *file && document.pages.contains(&table.page);
        let column = table.columns.iter().position(|head| {
            let head = folded(head);
            head.starts_with("matricula") || head.starts_with("placa")
        });
        let (Some(column), true) = (column, documents.iter().any(within)) else { continue };
        for cell in table.rows.iter().filter_map(|cells| cells.get(column)) {
            let location = Location::Page { page: table.page, quads: cell.quad.into_iter().collect() };
            let evidence = || papers.evidence(CODE, *file, location.clone(), &cell.text);
            found.extend(plate(&cell.text).map(|plate| Plate { plate, evidence: evidence() }));
        }
    }
    found
}

/// Reads a plate of a vehicle: three letters and three or four figures.
fn plate(text: &str) -> Option<String> {
    /// What stands before a number that is no plate.
    const WORDS: &[&str] = &["NRO", "NUM", "REF", "PAG", "CAP", "ANO", "MOD"];
    let plain: String = text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    let (letters, figures) = plain.split_at_checked(3)?;
    let sound = letters.bytes().all(|letter| letter.is_ascii_uppercase())
        && (3..=4).contains(&figures.len())
        && figures.bytes().all(|figure| figure.is_ascii_digit())
        && figures.bytes().any(|figure| figure != b'0')
        && !WORDS.contains(&letters);
    // AAA-0999 and AAA-999 are one plate.
    sound.then(|| format!("{letters}-{figures:0>4}"))
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::{FactValue, Severity};

    fn bids(a: Option<&str>, b: Option<&str>) -> Vec<(String, Severity)> {
        let named = |ruc: &str, company: &str, number: Option<&str>| {
            Sample::new(ruc, company).named(
                "FUO_1_10_PER",
                "filas[].nombre",
                "Ana Lucía Ejemplo Mora",
                number,
            )
        };
        let one = named("1790012344001", "Maderas Ficticias S.A.", a);
        let two = named("0990054321001", "Tornillos Inventados S.A.", b);
        detect_in(&[one, two]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    #[test]
    fn one_professional_in_two_teams_is_found() {
        assert_eq!(bids(Some("1710034065"), Some("1710034065")), [("D-07".into(), Severity::Warning)]);
        assert_eq!(bids(Some("1710034065"), None), [("D-07".into(), Severity::Info)]);
    }

    #[test]
    fn a_misread_number_neither_joins_nor_parts() {
        assert_eq!(bids(Some("1710034065"), Some("1710034066")), [("D-07".into(), Severity::Info)]);
        assert!(bids(Some("1710034065"), Some("0926687856")).is_empty(), "two good numbers are two persons");
    }

    fn insured(ruc: &str, name: &str, issuer: &str, number: &str) -> Sample {
        let text = |text: &str| FactValue::Text(text.into());
        let fields = [("emisor", text(issuer)), ("numero", text(number))];
        Sample::new(ruc, name).paper("POLIZA", &fields)
    }

    fn of_policies(a: (&str, &str), b: (&str, &str)) -> Vec<String> {
        let one = insured("1790012344001", "Maderas Ficticias S.A.", a.0, a.1);
        let two = insured("0990054321001", "Tornillos Inventados S.A.", b.0, b.1);
        detect_in(&[one, two]).into_iter().map(|flag| flag.text).collect()
    }

    #[test]
    fn consecutive_policies_of_one_insurer_are_found() {
        let told =
            of_policies(("Seguros Ficticios S.A.", "GA-001234"), ("SEGUROS FICTICIOS S.A.", "GA-001235"));
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("GA-001234") && told[0].contains("GA-001235"), "{}", told[0]);
        let same = of_policies(("Seguros Ficticios", "12345"), ("Seguros Ficticios", "12345"));
        assert_eq!(same.len(), 1);
    }

    #[test]
    fn numbers_of_two_insurers_two_series_or_two_days_are_not_consecutive() {
        let own = ("Seguros Ficticios", "GA-001234");
        assert!(of_policies(own, ("Aseguradora Inventada", "GA-001235")).is_empty());
        assert!(of_policies(own, ("Seguros Ficticios", "FC-001235")).is_empty());
        assert!(of_policies(own, ("Seguros Ficticios", "GA-001240")).is_empty());
        assert!(of_policies(("Seguros Ficticios", "77-1"), ("Seguros Ficticios", "77-2")).is_empty());
    }

    #[test]
    fn one_plate_however_written_is_for_information_and_a_page_number_is_no_plate() {
        let with = |ruc: &str, name: &str, plate: &str| {
            Sample::new(ruc, name).grid("FUO_1_11_EQ", &["detalle", "matricula"], &[["Volqueta", plate]])
        };
        let found = |a: &str, b: &str| -> Vec<Severity> {
            let one = with("1790012344001", "Maderas Ficticias S.A.", a);
            let two = with("0990054321001", "Tornillos Inventados S.A.", b);
            detect_in(&[one, two]).into_iter().map(|flag| flag.severity).collect()
        };
        assert_eq!(found("PBC-0123", "pbc 123"), [Severity::Info]);
        assert!(found("PBC-0123", "PBD-0123").is_empty());
        for text in ["No aplica", "S/N", "0000", "pág. 12", "Nro. 123", "en trámite"] {
            assert!(found(text, text).is_empty(), "{text}");
        }
    }
}
