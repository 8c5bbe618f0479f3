//! D-06: one telephone, e-mail address, street address or postal code in the data of two bidders.

use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::reading::folded;
use cotejo_catalogue::message;
use cotejo_domain::{Document, Evidence, Fact, Severity};
use std::collections::BTreeSet;

pub(crate) const CODE: &str = "D-06";

/// The form in which a bidder states its own data.
const FORM: &str = "FUO_1_2";
/// Below this a reading is too unsure to weigh.
const SURE: f64 = 0.6;
/// Services where anybody has an address: to share one says nothing.
const PUBLIC: &[&str] = &[
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.es",
    "outlook.com",
    "outlook.es",
    "live.com",
    "msn.com",
    "yahoo.com",
    "yahoo.es",
    "ymail.com",
    "icloud.com",
    "me.com",
    "aol.com",
    "proton.me",
    "protonmail.com",
    "zoho.com",
    "gmx.com",
    "mail.com",
    "andinanet.net",
    "puntonet.ec",
    "uio.satnet.net",
];

/// What two bidders may share, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Datum {
    Phone,
    Email,
    Address,
    Domain,
    Postal,
}

impl Datum {
    fn key(self) -> &'static str {
        match self {
            Self::Phone => "telefono",
            Self::Email => "correo",
            Self::Address => "direccion",
            Self::Domain => "dominio",
            Self::Postal => "codigo_postal",
        }
    }

    // Neighbours have a postal code in common, and the members of a guild a domain.
    fn weighs(self) -> bool {
        matches!(self, Self::Phone | Self::Email | Self::Address)
    }
}

/// One datum of one bidder, as it is compared.
struct Stated<'f> {
    datum: Datum,
    compared: String,
    fact: &'f Fact,
}

/// Looks for data that two bidders give as their own.
pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let bids = &lot.bids;
    let stated: Vec<Vec<Stated<'_>>> = bids.iter().map(of_bid).collect();
    let mut flags = Vec::new();
    for (index, (first, own)) in bids.iter().zip(&stated).enumerate() {
        for (second, other) in bids.iter().zip(&stated).skip(index + 1) {
            if first.bidder.ruc.is_some() && first.bidder.ruc == second.bidder.ruc {
                continue;
            }
            flags.extend(flag((first, own), (second, other)));
        }
    }
    flags
}

fn flag(first: (&BidPapers<'_>, &[Stated<'_>]), second: (&BidPapers<'_>, &[Stated<'_>])) -> Option<Flag> {
    let ((first, own), (second, other)) = (first, second);
    let mut seen: BTreeSet<(Datum, &str)> = BTreeSet::new();
    let mut said: Vec<String> = Vec::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut weighs = false;
    let mut ordered: Vec<&Stated<'_>> = own.iter().collect();
    ordered.sort_by_key(|one| one.datum);
    for one in ordered {
        // A file that both bids hold byte by byte was written once.
        if second.has_file(one.fact.evidence.file) {
            continue;
        }
        let same = |other: &&Stated<'_>| {
            other.datum == one.datum
                && other.compared == one.compared
                && !first.has_file(other.fact.evidence.file)
        };
        let Some(same) = other.iter().find(same) else { continue };
        // An address in common says its domain too.
        let told = one.datum == Datum::Domain
            && seen
                .iter()
                .any(|(datum, mail)| *datum == Datum::Email && mail.ends_with(&format!("@{}", one.compared)));
        if told || !seen.insert((one.datum, &one.compared)) {
            continue;
        }
        let sure = one.fact.confidence.value() >= SURE && same.fact.confidence.value() >= SURE;
        weighs |= sure && one.datum.weighs();
        let value = if one.datum == Datum::Domain { one.compared.as_str() } else { one.fact.raw.trim() };
        said.push(message(&format!("flags.{CODE}.{}", one.datum.key()), &[("valor", value)]));
        for piece in [&one.fact.evidence, &same.fact.evidence] {
            if !evidence.contains(piece) {
                evidence.push(piece.clone());
            }
        }
    }
    if said.is_empty() {
        return None;
    }
    let mut bids = vec![first.bid, second.bid];
    bids.sort();
    let (data, severity) = (said.join("; "), if weighs { Severity::Warning } else { Severity::Info });
    let variant = if weighs { "coincide" } else { "indicio_leve" };
    let values =
        [("a", first.bidder.name.as_str()), ("b", second.bidder.name.as_str()), ("datos", data.as_str())];
    Some(Flag::new(CODE, variant, severity, bids, &values, evidence))
}

fn of_bid<'f>(papers: &BidPapers<'f>) -> Vec<Stated<'f>> {
    let (documents, facts): (&'f [Document], &'f [Fact]) = (papers.documents, papers.facts);
    let of_form = |fact: &Fact| {
        let document = documents.iter().find(|document| Some(document.id) == fact.document);
        document.is_some_and(|document| document.kind.0 == FORM && !document.blank_form)
    };
    let mut stated = Vec::new();
    for fact in facts.iter().filter(|fact| of_form(fact)) {
        let text = fact.value.canonical();
        let mut put = |datum, compared: String| stated.push(Stated { datum, compared, fact });
        match fact.field.as_str() {
            "telefono" => phones(&text).into_iter().for_each(|phone| put(Datum::Phone, phone)),
            "correo" => {
                for (mail, domain) in mails(&text) {
                    put(Datum::Email, mail);
                    if !PUBLIC.contains(&domain.as_str()) {
                        put(Datum::Domain, domain);
                    }
                }
            }
            "direccion" => address(&text).into_iter().for_each(|address| put(Datum::Address, address)),
            "codigo_postal" => postal(&text).into_iter().for_each(|code| put(Datum::Postal, code)),
            _ => {}
        }
    }
    stated
}

/// Reads telephones as nine or ten figures with the leading 0, however they are grouped; what no telephone has is left out.
fn phones(text: &str) -> Vec<String> {
    let mut phones = Vec::new();
    for part in text.split(['/', ';', ',', '|', '\n']).flat_map(|part| part.split(" y ")) {
        let part = part.to_lowercase();
        // An extension belongs to the house.
        let main = part.split("ext").next().unwrap_or_default();
        let mut digits: String = main.chars().filter(char::is_ascii_digit).collect();
        if let Some(national) = digits.strip_prefix("593") {
            digits = format!("0{}", national.trim_start_matches('0'));
        } else if digits.len() == 8 || digits.len() == 9 && digits.starts_with('9') {
            digits = format!("0{digits}");
        }
        let kinds: BTreeSet<char> = digits.chars().skip(2).collect();
        let whole =
            digits.starts_with('0') && (digits.len() == 9 || digits.len() == 10 && digits.starts_with("09"));
        // 0999999999 and the like stand for none.
        if whole && kinds.len() > 2 {
            phones.push(digits);
        }
    }
    phones
}

fn mails(text: &str) -> Vec<(String, String)> {
    let parts = text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '/' | '|'));
    parts
        .filter_map(|part| {
            let mail = part.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
            let (user, domain) = mail.split_once('@')?;
            let sound = !user.is_empty() && domain.contains('.') && !domain.contains('@');
            let domain = domain.to_owned();
            sound.then_some((mail, domain))
        })
        .collect()
}

/// Brings an address to its telling words; `None` where it has no number, or is too short to be one house.
fn address(text: &str) -> Option<String> {
    const IDLE: &[&str] = &[
        "calle",
        "calles",
        "av",
        "avda",
        "avenida",
        "principal",
        "secundaria",
        "interseccion",
        "y",
        "e",
        "de",
        "la",
        "el",
        "los",
        "las",
        "del",
        "no",
        "nro",
        "numero",
        "n",
        "casa",
        "lote",
        "esquina",
        "sector",
        "barrio",
        "provincia",
        "canton",
        "ciudad",
        "parroquia",
        "direccion",
        "s",
    ];
    let folded = folded(text);
    let words: Vec<&str> =
        folded.split(' ').filter(|word| !word.is_empty() && !IDLE.contains(word)).collect();
    let letters = words.iter().filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic)).count();
    let number = words.iter().any(|word| word.chars().any(|letter| letter.is_ascii_digit()));
    (number && letters >= 2).then(|| words.concat())
}

fn postal(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let kinds: BTreeSet<char> = digits.chars().collect();
    (digits.len() == 6 && kinds.len() > 1).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, detect_in};

    fn bid(ruc: &str, company: &str, data: &[(&str, &str)]) -> Sample {
        data.iter()
            .fold(Sample::new(ruc, company), |sample, (field, value)| sample.named(FORM, field, value, None))
    }

    fn found(a: &[(&str, &str)], b: &[(&str, &str)]) -> Vec<(Severity, String)> {
        let one = bid("1790012344001", "Maderas Ficticias S.A.", a);
        let two = bid("0990054321001", "Tornillos Inventados S.A.", b);
        let flags = detect_in(&[one, two]).into_iter().filter(|flag| flag.code == CODE);
        flags.map(|flag| (flag.severity, flag.text)).collect()
    }

    #[test]
    fn one_telephone_however_it_is_written_is_found() {
        let told =
            found(&[("telefono", "(02) 222-3451 / 0998765432")], &[("telefono", "+593 2 2223451 ext. 12")]);
        assert_eq!(told.len(), 1, "{told:?}");
        assert_eq!(told[0].0, Severity::Warning);
        assert!(
            told[0].1.contains("Maderas Ficticias S.A.") && told[0].1.contains("teléfono"),
            "{}",
            told[0].1
        );
        assert!(
            found(&[("telefono", "02 222 3451")], &[("telefono", "04 222 3451")]).is_empty(),
            "another province"
        );
        assert!(
            found(&[("telefono", "0999999999")], &[("telefono", "0999999999")]).is_empty(),
            "stands for none"
        );
        assert!(found(&[("telefono", "2223451")], &[("telefono", "2223451")]).is_empty(), "no province");
    }

    #[test]
    fn one_mail_box_weighs_and_a_domain_of_ones_own_is_only_told() {
        let mail = |text: &'static str| [("correo", text)];
        let told = found(&mail("Ventas@Empresa-Ficticia.ec"), &mail("ventas@empresa-ficticia.ec"));
        assert_eq!((told.len(), told[0].0), (1, Severity::Warning));
        assert!(!told[0].1.contains("dominio"), "said once: {}", told[0].1);
        let told = found(&mail("ventas@empresa-ficticia.ec"), &mail("gerencia@empresa-ficticia.ec"));
        assert_eq!((told.len(), told[0].0), (1, Severity::Info), "{told:?}");
        assert!(found(&mail("ana@gmail.com"), &mail("luis@gmail.com")).is_empty(), "a public service");
    }

    #[test]
    fn addresses_are_compared_by_their_words_and_neighbours_are_not_joined() {
        let at = |text: &'static str| [("direccion", text)];
        let told = found(
            &at("Av. de los Ejemplos N34-12 y Calle Inventada"),
            &at("AVENIDA LOS EJEMPLOS N34-12 E INVENTADA"),
        );
        assert_eq!((told.len(), told[0].0), (1, Severity::Warning), "{told:?}");
        assert!(
            found(
                &at("Av. de los Ejemplos N34-12 y Inventada"),
                &at("Av. de los Ejemplos N34-14 y Inventada")
            )
            .is_empty()
        );
        assert!(found(&at("Barrio Centro"), &at("Barrio Centro")).is_empty(), "no house is told");
        let code = found(&[("codigo_postal", "170150")], &[("codigo_postal", "170150")]);
        assert_eq!((code.len(), code[0].0), (1, Severity::Info));
        assert!(found(&[("codigo_postal", "000000")], &[("codigo_postal", "000000")]).is_empty());
    }

    #[test]
    fn several_data_are_one_flag_and_other_papers_and_bidders_do_not_count() {
        let data = [("telefono", "022223451"), ("correo", "ana@gmail.com"), ("codigo_postal", "170150")];
        let told = found(&data, &data);
        assert_eq!(told.len(), 1);
        assert!(
            ["teléfono", "correo", "postal"].iter().all(|word| told[0].1.contains(word)),
            "{}",
            told[0].1
        );
        let elsewhere =
            |ruc: &str, name: &str| Sample::new(ruc, name).named("PROFORMA", "telefono", "022223451", None);
        let flags = detect_in(&[
            elsewhere("1790012344001", "Maderas Ficticias S.A."),
            elsewhere("0990054321001", "Tornillos Inventados S.A."),
        ]);
        assert!(flags.iter().all(|flag| flag.code != CODE), "a supplier's telephone is nobody's own");
        let same = |name: &str| bid("1790012344001", name, &data);
        let flags = detect_in(&[same("Maderas Ficticias S.A."), same("MADERAS FICTICIAS")]);
        assert!(flags.iter().all(|flag| flag.code != CODE), "one bidder twice");
    }
}
