//! V-10: one beneficial owner, or one bank account, in two bids.

use crate::entities::{Mention, Part};
use crate::input::{BidPapers, Flag};
use crate::lot::Lot;
use crate::persons::{BENEFICIARY, between};
use crate::reading::folded;
use cotejo_domain::{Document, Fact, Severity};

pub(crate) const CODE: &str = "V-10";

/// Figures that an account has at least.
const FIGURES: usize = 7;

pub(crate) fn detect(lot: &Lot<'_>) -> Vec<Flag> {
    let beneficiary = |mention: &Mention| mention.part == Part::Partner && mention.field == BENEFICIARY;
    let mut flags = between(CODE, lot, &beneficiary, &beneficiary, true);
    let accounts: Vec<Vec<Account<'_>>> = lot.bids.iter().map(accounts).collect();
    for (first, second) in lot.pairs() {
        let (Some(own), Some(others)) = (accounts.get(first), accounts.get(second)) else { continue };
        let (Some(one), Some(other)) = (lot.bids.get(first), lot.bids.get(second)) else { continue };
        let same = own.iter().find_map(|account| Some((account, others.iter().find(|b| b.is(account))?)));
        let Some((a, b)) = same else { continue };
        // A file that both bids hold byte by byte was issued once.
        if other.has_file(a.fact.evidence.file) || one.has_file(b.fact.evidence.file) {
            continue;
        }
        let values = [
            ("a", one.bidder.name.as_str()),
            ("b", other.bidder.name.as_str()),
            ("cuenta", a.fact.raw.trim()),
        ];
        let known = a.bank.is_some() && b.bank.is_some();
        let severity = if known { Severity::Warning } else { Severity::Info };
        let variant = if known { "cuenta" } else { "cuenta_sin_banco" };
        let evidence = vec![a.fact.evidence.clone(), b.fact.evidence.clone()];
        flags.push(Flag::new(CODE, variant, severity, vec![one.bid, other.bid], &values, evidence));
    }
    flags
}

/// One account as a bank's paper states it.
struct Account<'f> {
    figures: String,
    bank: Option<String>,
    fact: &'f Fact,
}

impl Account<'_> {
    fn is(&self, other: &Self) -> bool {
        // Banks number on their own.
        let parted = self.bank.as_ref().zip(other.bank.as_ref()).is_some_and(|(a, b)| a != b);
        self.figures == other.figures && !parted
    }
}

fn accounts<'f>(papers: &BidPapers<'f>) -> Vec<Account<'f>> {
    let (documents, facts): (&'f [Document], &'f [Fact]) = (papers.documents, papers.facts);
    let mut found = Vec::new();
    for document in documents.iter().filter(|document| document.kind.0 == "BANCARIO") {
        let of_document = || facts.iter().filter(|fact| fact.document == Some(document.id));
        let mut banks = of_document().filter(|fact| fact.field == "banco").map(|fact| bank(&fact.raw));
        let bank = banks.next().filter(|bank| !bank.is_empty());
        for fact in of_document().filter(|fact| fact.field == "cuenta") {
            // The last figures alone are many accounts'.
            let masked = fact.raw.contains(['*', 'X', 'x']);
            let figures: String = fact.raw.chars().filter(char::is_ascii_digit).collect();
            let kinds = figures.bytes().collect::<std::collections::BTreeSet<u8>>().len();
            if !masked && figures.trim_start_matches('0').len() >= FIGURES && kinds > 2 {
                let figures = figures.trim_start_matches('0').to_owned();
                found.push(Account { figures, bank: bank.clone(), fact });
            }
        }
    }
    found
}

/// Brings a bank's name to its telling words.
fn bank(name: &str) -> String {
    const IDLE: &[&str] = &["banco", "s", "a", "sa", "c", "ca", "del", "de", "la", "el"];
    let folded = folded(name);
    folded.split(' ').filter(|word| !IDLE.contains(word)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, detect_in};
    use cotejo_domain::{FactValue, Severity};

    fn one() -> Sample {
        Sample::new("1790012344001", "Maderas Ficticias S.A.")
    }

    fn two() -> Sample {
        Sample::new("0990054321001", "Tornillos Inventados S.A.")
    }

    fn flags(a: Sample, b: Sample) -> Vec<(String, Severity)> {
        detect_in(&[a, b]).into_iter().map(|flag| (flag.code, flag.severity)).collect()
    }

    fn account(sample: Sample, number: &str, bank: &str) -> Sample {
        let text = |text: &str| FactValue::Text(text.into());
        let mut fields = vec![("cuenta", text(number))];
        if !bank.is_empty() {
            fields.push(("banco", text(bank)));
        }
        sample.paper("BANCARIO", &fields)
    }

    #[test]
    fn one_account_in_one_bank_is_found_however_it_is_written() {
        let a = account(one(), "2100-345-678", "Banco Ficticio C.A.");
        let b = account(two(), "2100345678", "BANCO FICTICIO");
        assert_eq!(flags(a, b), [("V-10".into(), Severity::Warning)]);
        let unknown = || account(two(), "2100345678", "");
        let a = account(one(), "2100345678", "Banco Ficticio");
        assert_eq!(flags(a, unknown()), [("V-10".into(), Severity::Info)]);
    }

    #[test]
    fn the_same_number_in_another_bank_and_a_masked_number_are_not_told() {
        let a = || account(one(), "2100345678", "Banco Ficticio");
        assert!(flags(a(), account(two(), "2100345678", "Banco Imaginario")).is_empty());
        let masked = |sample| account(sample, "XXXXXX2100345678", "Banco Ficticio");
        assert!(flags(masked(one()), masked(two())).is_empty());
        assert!(flags(account(one(), "5678", ""), account(two(), "5678", "")).is_empty());
    }

    #[test]
    fn one_beneficial_owner_is_told_once_and_a_partner_stays_v_01() {
        let of = |sample: Sample, field: &str| {
            sample.named("FUO_1_3", field, "Ana Lucía Ejemplo Mora", Some("1710034065"))
        };
        let owner = "beneficiario.nombre";
        assert_eq!(flags(of(one(), owner), of(two(), owner)), [("V-10".into(), Severity::Warning)]);
        let partner = "socios[].nombre";
        assert_eq!(flags(of(one(), owner), of(two(), partner)), [("V-01".into(), Severity::Warning)]);
    }
}
