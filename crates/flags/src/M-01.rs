//! M-01: a paper of this bid that another case of the same entity holds with another amount, another day or another party.

use crate::input::Flag;
use crate::memory::{OwnPaper, Paper, PaperField, Remembered, Role, same_value, same_words, shared_percent};
use crate::parameters::{M_01_HAMMING, M_01_JACCARD, M_01_NUMBER, M_01_SEQUENCES};
use crate::reading::{folded, name_core};
use cotejo_catalogue::message;
use cotejo_domain::{BidId, Confidence, Evidence, Location, Severity, document_type_entry};
use rust_decimal::Decimal;

pub(crate) const CODE: &str = "M-01";

/// Papers of other cases that one paper is told against.
const MOST_TOLD: usize = 3;
/// Bits that may differ between the words of two readings of one page.
const NEAR_TEXT: u32 = 6;

/// Looks for papers of the bids that other cases hold with other data.
pub(crate) fn detect(own: &[OwnPaper], remembered: &[Remembered]) -> Vec<Flag> {
    let mut flags = Vec::new();
    for mine in own {
        let found = remembered.iter().filter_map(|other| Some((other, compared(&mine.paper, &other.paper)?)));
        for (other, same) in found.take(MOST_TOLD) {
            flags.push(told(mine.bid, &mine.paper, other, &same));
        }
    }
    flags
}

/// Why two papers are taken for one, and what parts them.
struct Same<'p> {
    by_number: bool,
    percent: Option<u32>,
    image: bool,
    differences: Vec<(&'p PaperField, &'p PaperField)>,
}

impl Same<'_> {
    fn looks_alike(&self) -> bool {
        self.image
            || self
                .percent
                .is_some_and(|percent| Decimal::from(percent) >= M_01_JACCARD.value * Decimal::ONE_HUNDRED)
    }
}

fn both(a: &Paper, b: &Paper, role: Role, same: impl Fn(&PaperField, &PaperField) -> bool) -> Option<bool> {
    Some(same(a.field(role)?, b.field(role)?))
}

// Numbers of a few characters, and `S/N`, name nothing.
fn number_of(field: &PaperField) -> Option<String> {
    let bare: String = folded(&field.value).chars().filter(|letter| *letter != ' ').collect();
    let tells = bare.len() >= M_01_NUMBER.count() && bare.chars().filter(char::is_ascii_digit).count() > 1;
    tells.then_some(bare)
}

fn compared<'p>(a: &'p Paper, b: &'p Paper) -> Option<Same<'p>> {
    // The same bytes state the same: only its reading can differ.
    if a.kind != b.kind || a.file == b.file {
        return None;
    }
    let name = |a: &PaperField, b: &PaperField| {
        let (a, b) = (name_core(&a.value), name_core(&b.value));
        a == b || same_words(&a, &b)
    };
    let words = |a: &PaperField, b: &PaperField| same_words(&a.value, &b.value);
    let number = a.field(Role::Number).and_then(number_of).zip(b.field(Role::Number).and_then(number_of));
    let by_number = number.as_ref().map(|(a, b)| a == b);
    let issuer = both(a, b, Role::Issuer, name);
    let object = both(a, b, Role::Object, words);
    let party = both(a, b, Role::Party, name);
    let amount = both(a, b, Role::Amount, same_value);
    let begins = both(a, b, Role::Begins, same_value);
    let ends = both(a, b, Role::Ends, same_value);
    // Another number, another issuer or another object is another paper, however alike they look.
    if by_number == Some(false) || issuer == Some(false) || object == Some(false) {
        return None;
    }
    let percent = shared_percent(&a.sketch, &b.sketch, M_01_SEQUENCES.count());
    let mut same = Same {
        by_number: by_number == Some(true),
        percent,
        image: same_image(a, b),
        differences: Vec::new(),
    };
    let alike = same.looks_alike();
    // Issuers number on their own: without the issuer a number wants the same look, but for a register that numbers for all.
    let numbered = same.by_number && (issuer == Some(true) || alike || a.kind == "TITULO");
    let parted = [party, amount].iter().filter(|known| **known == Some(false)).count();
    let days = [begins, ends];
    let days_differ = days.contains(&Some(false));
    // Both ends of a time that differ are another time, and a single day that differs another day.
    let other_time = days_differ && !days.contains(&Some(true));
    let held = [party, amount, begins, ends].contains(&Some(true));
    let described = issuer == Some(true)
        && object == Some(true)
        && alike
        && held
        && !other_time
        && parted + usize::from(days_differ) <= 1;
    if !numbered && !described {
        return None;
    }
    let roles = [(Role::Amount, amount), (Role::Party, party), (Role::Begins, begins), (Role::Ends, ends)];
    for (role, _) in roles.iter().filter(|(_, known)| *known == Some(false)) {
        same.differences.extend(a.field(*role).zip(b.field(*role)));
    }
    // A paper that is handed in again as it was is nobody's concern.
    (!same.differences.is_empty()).then_some(same)
}

fn same_image(a: &Paper, b: &Paper) -> bool {
    let near =
        |a: u64, b: u64, bits: usize| usize::try_from((a ^ b).count_ones()).unwrap_or(usize::MAX) <= bits;
    a.looks.iter().any(|one| {
        b.looks.iter().any(|other| {
            let image = one.image.zip(other.image).is_some_and(|(a, b)| near(a, b, M_01_HAMMING.count()));
            let text = one.text.zip(other.text).is_some_and(|(a, b)| (a ^ b).count_ones() <= NEAR_TEXT);
            image && text
        })
    })
}

fn label(field: &PaperField) -> String {
    let key = match field.role {
        Role::Amount => "flags.M-01.monto",
        Role::Party => "flags.M-01.parte",
        Role::Begins | Role::Ends => "flags.M-01.fecha",
        Role::Number | Role::Issuer | Role::Object => "flags.M-01.dato",
    };
    message(key, &[])
}

fn told(bid: BidId, mine: &Paper, other: &Remembered, same: &Same<'_>) -> Flag {
    let paper = &other.paper;
    let difference = |(here, there): &(&PaperField, &PaperField)| {
        let values = [("dato", label(here)), ("aqui", here.raw.clone()), ("alla", there.raw.clone())];
        message("flags.M-01.diferencia", &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let differences = same.differences.iter().map(difference).collect::<Vec<_>>().join("; ");
    let mut reasons: Vec<String> = Vec::new();
    if same.by_number {
        let number = mine.field(Role::Number).map(|field| field.raw.clone()).unwrap_or_default();
        reasons.push(message("flags.M-01.por_numero", &[("numero", &number)]));
    } else {
        reasons.push(message("flags.M-01.por_contenido", &[]));
    }
    if let Some(percent) = same.percent {
        reasons.push(message("flags.M-01.por_texto", &[("semejanza", &percent.to_string())]));
    }
    if same.image {
        reasons.push(message("flags.M-01.por_imagen", &[]));
    }
    let kind = document_type_entry(&mine.kind).map_or_else(|| mine.kind.clone(), |entry| entry.name.clone());
    let page = paper.pages.first().copied().unwrap_or(1).to_string();
    let reasons = reasons.join("; ");
    let values = [
        ("a", mine.bidder.as_str()),
        ("documento", kind.as_str()),
        ("caso", other.case.as_str()),
        ("b", paper.bidder.as_str()),
        ("pagina", page.as_str()),
        ("diferencias", differences.as_str()),
        ("razones", reasons.as_str()),
    ];
    let sure = same.differences.iter().any(|(here, there)| here.sure && there.sure);
    let (variant, severity) = match (same.looks_alike(), sure) {
        (true, true) => ("otro_dato", Severity::Warning),
        (true, false) => ("otro_dato", Severity::Info),
        // The same number over another text may be a paper that was typed anew, or a number misread.
        (false, _) => ("mismo_numero", Severity::Info),
    };
    let place = |paper: &Paper, field: &PaperField, name: String| Evidence {
        file: paper.file,
        file_name: name,
        location: Location::Page { page: field.page, quads: Vec::new() },
        quote: field.raw.clone(),
        extractor: format!("{CODE}@1"),
        confidence: Confidence::CERTAIN,
    };
    let mut evidence = Vec::new();
    for (here, there) in &same.differences {
        evidence.push(place(mine, here, mine.file_name.clone()));
        let values =
            [("caso", other.case.as_str()), ("oferente", &paper.bidder), ("archivo", &paper.file_name)];
        evidence.push(place(paper, there, message("flags.M-01.lugar", &values)));
    }
    Flag::new(CODE, variant, severity, vec![bid], &values, evidence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::{PaperLook, sketch};
    use cotejo_domain::FileHash;

    const IMAGE: u64 = 0x0123_4567_89ab_cdef;

    fn text(object: &str, party: &str) -> String {
        format!(
            "El Gobierno Autónomo Descentralizado Municipal de Ejemplo a petición verbal de la parte interesada y en uso de \
             sus atribuciones certifica que {party} ejecutó a entera satisfacción de esta institución el contrato cuyo objeto \
             fue {object} cumpliendo con los plazos y las especificaciones técnicas sin que se le haya impuesto multa alguna \
             es todo cuanto puedo certificar en honor a la verdad pudiendo el interesado hacer uso del presente como convenga"
        )
    }

    fn certificate(file: &str, amount: &str, from: &str, to: &str, object: &str, party: &str) -> Paper {
        let field = |role, field: &str, value: &str| PaperField {
            role,
            field: field.into(),
            raw: value.into(),
            value: value.into(),
            page: 7,
            sure: true,
        };
        Paper {
            kind: "CERT_EXP".into(),
            file: FileHash::of(file.as_bytes()),
            file_name: format!("{file}.pdf"),
            pages: vec![7],
            bidder: "Constructora Ficticia".into(),
            fields: vec![
                field(Role::Issuer, "emisor", "GAD Municipal de Ejemplo"),
                field(Role::Party, "beneficiario", party),
                field(Role::Object, "objeto", object),
                field(Role::Amount, "monto", amount),
                field(Role::Begins, "desde", from),
                field(Role::Ends, "hasta", to),
            ],
            sketch: sketch(&text(object, party)),
            looks: vec![PaperLook { page: 7, image: Some(IMAGE), text: Some(0xffff) }],
        }
    }

    fn usual(file: &str, amount: &str) -> Paper {
        certificate(
            file,
            amount,
            "2021-02-01",
            "2021-08-30",
            "Construcción de la cancha del barrio Ejemplo",
            "Ana Ejemplo Ficticia",
        )
    }

    fn found(mine: Paper, other: Paper) -> Vec<Flag> {
        let own = OwnPaper { bid: crate::sample::bid(1), paper: mine };
        detect(&[own], &[Remembered { case: "LICO-GADE-001-2025".into(), paper: other }])
    }

    #[test]
    fn attack_the_same_certificate_scanned_again_with_another_amount() {
        let mut again = usual("nueva", "150000.00");
        // A second scan: the image leans, OCR misread a letter and some words.
        again.looks[0].image = Some(IMAGE ^ 0b101);
        again.fields[2].value = "Construccion de la camcha del barrio Ejemplo".into();
        again.sketch = sketch(&text("construcción de la camcha del barrio Ejemplo", "Ana Ejenplo Ficticia"));
        let flags = found(again, usual("antes", "50000.00"));
        assert_eq!(flags.len(), 1);
        let flag = &flags[0];
        assert_eq!(flag.severity, Severity::Warning);
        for part in ["150000.00", "50000.00", "LICO-GADE-001-2025", "página 7"] {
            assert!(flag.text.contains(part), "{part} in {}", flag.text);
        }
        let files: Vec<_> = flag.evidence.iter().map(|piece| (piece.file, piece.location.page())).collect();
        assert_eq!(
            files,
            [(FileHash::of(b"nueva"), Some(7)), (FileHash::of(b"antes"), Some(7))],
            "both places, with their hashes"
        );
    }

    #[test]
    fn attack_another_name_and_another_end_on_the_same_certificate() {
        let base = usual("antes", "50000.00");
        let mut name = usual("nueva", "50000.00");
        name.fields[1].value = "Luis Inventado Ficticio".into();
        assert_eq!(found(name, base.clone()).len(), 1);
        let mut end = usual("nueva", "50000.00");
        end.fields[5].value = "2022-08-30".into();
        assert_eq!(found(end, base).len(), 1);
    }

    #[test]
    fn attack_two_different_certificates_on_the_same_template_do_not_match() {
        let base = usual("antes", "50000.00");
        let party = "Ana Ejemplo Ficticia";
        let object = "Construcción de la cancha del barrio Ejemplo";
        for (other, why) in [
            (
                certificate(
                    "n",
                    "80000.00",
                    "2021-02-01",
                    "2021-08-30",
                    "Construcción de la acera del barrio Ejemplo",
                    party,
                ),
                "another work",
            ),
            (
                certificate("n", "80000.00", "2022-02-01", "2022-08-30", object, party),
                "the next year's contract",
            ),
            (
                certificate("n", "50000.00", "2022-02-01", "2022-08-30", object, party),
                "the next year's at the same price",
            ),
            (
                certificate("n", "80000.00", "2021-02-01", "2021-08-30", object, "Luis Inventado Ficticio"),
                "another contractor at another price",
            ),
        ] {
            assert!(found(other, base.clone()).is_empty(), "{why}");
        }
    }

    #[test]
    fn a_certificate_that_is_handed_in_again_as_it_was_is_no_indicio() {
        assert!(found(usual("nueva", "50000.00"), usual("antes", "50000.000")).is_empty());
        assert!(found(usual("antes", "99"), usual("antes", "50000")).is_empty(), "the same bytes");
    }

    fn policy(file: &str, number: &str, issuer: Option<&str>, amount: &str, said: &str) -> Paper {
        let mut paper = usual(file, amount);
        paper.kind = "POLIZA".into();
        paper.fields.retain(|field| field.role == Role::Amount);
        let field = |role, value: &str| PaperField {
            role,
            field: String::new(),
            raw: value.into(),
            value: value.into(),
            page: 1,
            sure: true,
        };
        paper.fields.push(field(Role::Number, number));
        paper.fields.extend(issuer.map(|issuer| field(Role::Issuer, issuer)));
        paper.sketch = sketch(said);
        paper.looks.clear();
        paper
    }

    #[test]
    fn a_policy_is_known_by_number_and_issuer_and_a_short_number_names_none() {
        let said = text("fiel cumplimiento", "la aseguradora");
        let of = |file: &str, number: &str, issuer, amount: &str| policy(file, number, issuer, amount, &said);
        let a = || of("a", "GFC-000.123", Some("Seguros Ficticios S.A."), "100.00");
        assert_eq!(
            found(a(), of("b", "GFC 000123", Some("SEGUROS FICTICIOS"), "900.00"))[0].severity,
            Severity::Warning
        );
        assert!(found(a(), of("b", "GFC-000124", Some("Seguros Ficticios"), "900.00")).is_empty());
        assert!(
            found(a(), of("b", "GFC-000123", Some("Aseguradora Inventada"), "900.00")).is_empty(),
            "issuers number on their own"
        );
        assert!(found(of("a", "12", None, "1"), of("b", "12", None, "2")).is_empty());
        let other = policy("b", "GFC-000123", Some("Seguros Ficticios"), "900.00", "otro texto corto");
        assert_eq!(found(a(), other)[0].severity, Severity::Info, "the same number over another text");
    }

    #[test]
    fn a_doubtful_reading_is_only_for_information() {
        let mut mine = usual("nueva", "150000.00");
        mine.fields.iter_mut().for_each(|field| field.sure = false);
        assert_eq!(found(mine, usual("antes", "50000.00"))[0].severity, Severity::Info);
    }
}
