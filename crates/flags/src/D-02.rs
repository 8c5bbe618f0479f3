//! D-02: forms of two bids that were written within minutes of each other, or with the same uncommon fonts.

use crate::input::Flag;
use crate::lot::{Lot, put_once};
use crate::parameters::{D_02_FONTS, D_02_FORMS, D_02_MINUTES};
use crate::provenance::{Told, is_own, telling, told};
use crate::reading::folded;
use cotejo_domain::{Evidence, FileProperties, FileProperty, Location, PropertyKind, Severity};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

pub(crate) const CODE: &str = "D-02";

/// Pairs of files that a flag shows.
const PLACES: usize = 5;
/// Before this year clocks were not set: none of today's papers is as old.
const CLOCKS_SET: i16 = 2010;
/// Families that come with systems, offices and browsers, by how their names begin.
const COMMON_FONTS: &[&str] = &[
    "aptos",
    "arial",
    "bahnschrift",
    "bookantiqua",
    "bookman",
    "caladea",
    "calibri",
    "cambria",
    "candara",
    "carlito",
    "century",
    "comicsans",
    "consolas",
    "constantia",
    "corbel",
    "courier",
    "dejavu",
    "ebrima",
    "franklin",
    "free",
    "garamond",
    "gadugi",
    "georgia",
    "helvetica",
    "impact",
    "liberation",
    "lucida",
    "mangal",
    "microsoft",
    "mingliu",
    "ms",
    "nimbus",
    "noto",
    "opensans",
    "opensymbol",
    "palatino",
    "roboto",
    "segoe",
    "simsun",
    "symbol",
    "tahoma",
    "times",
    "trebuchet",
    "urw",
    "verdana",
    "webdings",
    "wingdings",
    "yugothic",
    "zapf",
];

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let files: Vec<Told<'_>> = told(lot).into_iter().filter(|told| told.own).collect();
    let mut flags = moments(lot, &files);
    flags.extend(fonts(lot, &files));
    flags
}

/// When a form was written last.
struct Written<'l> {
    told: &'l Told<'l>,
    property: &'l FileProperty,
    at: Timestamp,
}

// An office file keeps the day its model was made: of it only the last change counts. What was changed is older than it says.
fn written<'l>(told: &'l Told<'l>) -> Option<Written<'l>> {
    let said = &told.file.properties;
    let of_pdf = said.properties.iter().any(|property| property.part.starts_with('/'));
    let made = said.of(PropertyKind::Created).filter(|_| of_pdf);
    let property = said.of(PropertyKind::Modified).chain(made).find(|property| property.at.is_some())?;
    let at = property.at?;
    let civil = at.to_zoned(jiff::tz::TimeZone::UTC);
    // Midnight to the second, here or in UTC, is a day without an hour.
    let bare = |hours: i8| civil.minute() == 0 && civil.second() == 0 && civil.hour() == hours;
    (civil.year() >= CLOCKS_SET && !bare(0) && !bare(5)).then_some(Written { told, property, at })
}

fn program(said: &FileProperties) -> Option<String> {
    let of = |kind| said.of(kind).next().map(|property| folded(&property.value)).unwrap_or_default();
    let names = format!("{}|{}", of(PropertyKind::Program), of(PropertyKind::Producer));
    (names.len() > 1).then_some(names)
}

/// The same form of two bids, written within minutes, by its type.
type Forms<'l, 'w> = BTreeMap<&'l str, (&'w Written<'l>, &'w Written<'l>)>;

fn moments(lot: &Lot<'_>, files: &[Told<'_>]) -> Vec<Flag> {
    let mut all: Vec<Written<'_>> = files.iter().filter_map(written).collect();
    all.sort_by_key(|written| (written.at, written.told.bid, written.told.file.file));
    let window = i64::try_from(D_02_MINUTES.count().saturating_mul(60)).unwrap_or(i64::MAX);
    // Those that were written within the minutes before and after.
    let near = |at: Timestamp| {
        let from = all.partition_point(|other| other.at.as_second() < at.as_second().saturating_sub(window));
        let to = all.partition_point(|other| other.at.as_second() <= at.as_second().saturating_add(window));
        from..to
    };
    let many = (lot.bids.len() / 2).max(2);
    // What half of all others wrote in the same minutes was written by a platform, or at the last hour by everybody.
    let common = |a: &Written<'_>| {
        let around = all.get(near(a.at)).unwrap_or_default();
        let others = around.iter().map(|b| b.told.bid).filter(|bid| *bid != a.told.bid);
        others.collect::<BTreeSet<usize>>().len() >= many
    };
    let tells: Vec<bool> = all.iter().map(|written| !common(written)).collect();
    let telling = |range: std::ops::Range<usize>| {
        let of = |at: usize| all.get(at).filter(|_| tells.get(at) == Some(&true));
        range.filter_map(of)
    };
    let mut of_pairs: BTreeMap<(usize, usize), Forms<'_, '_>> = BTreeMap::new();
    for a in telling(0..all.len()) {
        for b in telling(near(a.at)).filter(|b| b.told.bid > a.told.bid) {
            // The same form of each: whoever writes all day writes some other paper in any ten minutes.
            let kinds = a.told.file.kinds.iter();
            for kind in kinds.filter(|kind| is_own(kind) && b.told.file.kinds.contains(kind)) {
                of_pairs.entry((a.told.bid, b.told.bid)).or_default().entry(kind).or_insert((a, b));
            }
        }
    }
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let Some(forms) = of_pairs.get(&(first, second)) else { continue };
        let mut pairs: Vec<(&Written<'_>, &Written<'_>)> = Vec::new();
        for (a, b) in forms.values() {
            if !pairs
                .iter()
                .any(|(c, d)| c.told.file.file == a.told.file.file && d.told.file.file == b.told.file.file)
            {
                pairs.push((a, b));
            }
        }
        if pairs.is_empty() {
            continue;
        }
        let same_program = |(a, b): &&(&Written<'_>, &Written<'_>)| {
            let (a, b) = (program(&a.told.file.properties), program(&b.told.file.properties));
            a.is_some() && a == b
        };
        let alike = pairs.iter().filter(same_program).count();
        let severity = if alike >= D_02_FORMS.count() { Severity::Warning } else { Severity::Info };
        let least = pairs.iter().map(|(a, b)| a.at.as_second().abs_diff(b.at.as_second())).min().unwrap_or(0);
        let (count, least) = (pairs.len().to_string(), (least / 60).to_string());
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("archivos", count.as_str()),
            ("minutos", least.as_str()),
        ];
        let variant = if severity == Severity::Warning { "momentos" } else { "momento_leve" };
        let mut evidence = Vec::new();
        for (a, b) in pairs.iter().take(PLACES) {
            for written in [a, b] {
                let place = written.told.place(CODE, lot, written.property);
                place.into_iter().for_each(|place| put_once(&mut evidence, place));
            }
        }
        flags.push(Flag::new(CODE, variant, severity, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

// The family, without its weight: `Garamond-Bold`, `Optima,Italic`.
fn family(font: &str) -> Option<String> {
    let name = font.split(['-', ',']).next().unwrap_or(font);
    let bare: String = folded(name).chars().filter(|letter| letter.is_alphabetic()).collect();
    let common = COMMON_FONTS.iter().any(|known| bare.starts_with(known));
    (bare.len() > 3 && !common).then_some(bare)
}

fn fonts(lot: &Lot<'_>, files: &[Told<'_>]) -> Vec<Flag> {
    let mut of_bids = vec![BTreeSet::new(); lot.bids.len()];
    for told in files {
        if let Some(of_bid) = of_bids.get_mut(told.bid) {
            of_bid.extend(told.file.properties.fonts.iter().filter_map(|font| family(font)));
        }
    }
    let of_process =
        lot.terms.own_files.iter().flat_map(|said| said.fonts.iter().filter_map(|font| family(font)));
    let telling = telling(lot, &of_bids, &of_process.collect());
    let mut flags = Vec::new();
    for (first, second) in lot.pairs() {
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let (Some(own), Some(others)) = (of_bids.get(first), of_bids.get(second)) else { continue };
        let shared: Vec<&String> = own.intersection(others).filter(|font| telling.contains(*font)).collect();
        if shared.len() < D_02_FONTS.count() {
            continue;
        }
        let mut names: BTreeSet<&str> = BTreeSet::new();
        let mut evidence: Vec<Evidence> = Vec::new();
        for bid in [first, second] {
            let holding = files.iter().filter(|told| told.bid == bid).filter_map(|told| {
                let fonts = told.file.properties.fonts.iter();
                let held: Vec<&str> = fonts
                    .filter(|font| family(font).is_some_and(|family| shared.contains(&&family)))
                    .map(String::as_str)
                    .collect();
                (!held.is_empty()).then_some((told, held))
            });
            for (told, held) in holding.take(2) {
                let papers = if bid == first { one } else { other };
                let quote = held.join(", ");
                let piece = papers.evidence(CODE, told.file.file, Location::WholeFile, &quote);
                put_once(&mut evidence, Evidence { file_name: told.file.file_name.clone(), ..piece });
                names.extend(held);
            }
        }
        let names = names.into_iter().collect::<Vec<_>>().join(", ");
        let values =
            [("a", one.bidder.name.as_str()), ("b", other.bidder.name.as_str()), ("fuentes", names.as_str())];
        flags.push(Flag::new(CODE, "fuentes", Severity::Info, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

#[cfg(test)]
mod tests {
    use super::CODE;
    use crate::LotTerms;
    use crate::sample::{Sample, detect_in, detect_in_terms, said};
    use cotejo_domain::{FileProperties, PropertyKind, Severity};

    fn found(samples: &[Sample]) -> Vec<Severity> {
        detect_in(samples).into_iter().filter(|flag| flag.code == CODE).map(|flag| flag.severity).collect()
    }

    fn bidder(number: usize) -> Sample {
        let known = [
            ("1790012344001", "Maderas Ficticias"),
            ("0990054321001", "Tornillos Inventados"),
            ("1710034065001", "Clavos"),
        ];
        Sample::new(known[number].0, known[number].1)
    }

    fn at(time: &str, program: &str) -> FileProperties {
        said(&[(PropertyKind::Modified, time), (PropertyKind::Producer, program)])
    }

    fn forms(number: usize, times: [&str; 2], program: &str) -> Sample {
        bidder(number).described(&format!("{number}-carta.pdf"), "FUO_1_1", at(times[0], program)).described(
            &format!("{number}-precios.pdf"),
            "FUO_1_5_CANT",
            at(times[1], program),
        )
    }

    #[test]
    fn two_forms_written_within_minutes_with_one_program_are_a_warning() {
        let a = || forms(0, ["2026-01-05T15:30:00Z", "2026-01-05T15:35:00Z"], "Word");
        let b = |program| forms(1, ["2026-01-05T15:38:00Z", "2026-01-05T15:36:00Z"], program);
        assert_eq!(found(&[a(), b("Word")]), [Severity::Warning]);
        assert_eq!(found(&[a(), b("Writer")]), [Severity::Info], "two programs are two tables");
        let far = forms(1, ["2026-01-05T15:41:00Z", "2026-01-05T15:46:00Z"], "Word");
        assert!(found(&[a(), far]).is_empty(), "eleven minutes are more than ten");
    }

    #[test]
    fn other_papers_in_the_same_minutes_and_days_without_an_hour_tell_nothing() {
        let a = bidder(0).described("a.pdf", "FUO_1_1", at("2026-01-05T15:30:00Z", "Word"));
        let b = bidder(1).described("b.pdf", "FUO_1_5_CANT", at("2026-01-05T15:31:00Z", "Word"));
        assert!(found(&[a, b]).is_empty(), "another form");
        for moment in ["2026-01-05T05:00:00Z", "2026-01-05T00:00:00Z", "1980-01-01T10:11:12Z"] {
            let of = |number| forms(number, [moment, moment], "Word");
            assert!(found(&[of(0), of(1)]).is_empty(), "{moment}");
        }
    }

    #[test]
    fn what_all_bidders_wrote_in_one_hour_a_platform_wrote() {
        let of = |number| forms(number, ["2026-01-05T15:30:00Z", "2026-01-05T15:31:00Z"], "Plataforma");
        assert!(found(&[of(0), of(1), of(2)]).is_empty());
    }

    #[test]
    fn the_day_a_model_of_office_was_made_is_not_when_it_was_filled_in() {
        let of = |number, modified| {
            let mut said = FileProperties::default();
            said.put(PropertyKind::Created, "2025-03-01T14:00:01Z", "docProps/core.xml", "dcterms:created");
            said.put(PropertyKind::Modified, modified, "docProps/core.xml", "dcterms:modified");
            bidder(number).described(&format!("{number}.docx"), "FUO_1_1", said)
        };
        assert!(found(&[of(0, "2026-01-05T15:30:00Z"), of(1, "2026-01-09T15:30:00Z")]).is_empty());
    }

    #[test]
    fn uncommon_fonts_of_two_bids_are_for_information_unless_the_model_has_them() {
        let of = |number, fonts: &[&str]| {
            let mut said = FileProperties::default();
            fonts.iter().for_each(|font| said.put_font(font));
            bidder(number).described(&format!("{number}.pdf"), "FUO_1_1", said)
        };
        let pair = |fonts: &[&str]| [of(0, fonts), of(1, fonts)];
        assert_eq!(found(&pair(&["Optima-Bold", "Gotham-Book"])), [Severity::Info]);
        assert!(found(&pair(&["Optima-Bold", "Optima-Italic"])).is_empty(), "one family");
        assert!(found(&pair(&["ArialMT", "TimesNewRomanPSMT", "Calibri"])).is_empty(), "everybody has them");
        let mut model = FileProperties::default();
        ["Optima", "Gotham"].iter().for_each(|font| model.put_font(font));
        let terms = LotTerms { own_files: std::slice::from_ref(&model), ..LotTerms::default() };
        let flags = detect_in_terms(&pair(&["Optima-Bold", "Gotham-Book"]), terms);
        assert!(flags.iter().all(|flag| flag.code != CODE));
    }
}
