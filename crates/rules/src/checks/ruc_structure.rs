//! The bidder's RUC: its structure, and the agreement of the papers that carry it.
//!
//! Legal basis: RGL 100.5 for a contradiction between papers. A check digit that disagrees is a warning and never a rejection: the SRI issues
//! such numbers. What the SRI said of the numbers, where it was asked, is weighed by `ruc_registry`.

use crate::context::{Context, Draft, is_firm};
use crate::fields;
use cotejo_domain::{BidderKind, CheckDigit, Fact, FactValue, Ruc, Verdict};
use std::collections::BTreeSet;

/// Identifier of this check.
pub(super) const ID: &str = "ruc.estructura@2";

pub(super) fn propose(context: Context<'_>) -> Draft {
    let mut draft = of_papers(context);
    super::ruc_registry::weigh(context, &mut draft);
    draft
}

fn of_papers(context: Context<'_>) -> Draft {
    let facts = context.facts(&fields::RUC, context.ruc_papers());
    let firm: Vec<(&Fact, &Ruc)> = facts
        .iter()
        .filter(|fact| is_firm(fact.confidence))
        .filter_map(|fact| match &fact.value {
            FactValue::Ruc(ruc) => Some((*fact, ruc)),
            _ => None,
        })
        .collect();
    let mut draft = Draft::new(ID, Verdict::Pendiente).basis(context.pack(), "ruc");
    if firm.is_empty() {
        draft.add_reason("rules.ruc.sin_dato", &[]);
        for fact in facts {
            draft.rest_on_fact(fact);
        }
        return draft;
    }
    for (fact, _) in &firm {
        draft.rest_on_fact(fact);
    }
    let distinct: BTreeSet<&str> = firm.iter().map(|(_, ruc)| ruc.as_str()).collect();
    let list = distinct.iter().copied().collect::<Vec<_>>().join("; ");
    for ruc in &distinct {
        let disagrees = firm
            .iter()
            .any(|(_, found)| found.as_str() == *ruc && found.check_digit() == CheckDigit::Disagrees);
        if disagrees {
            draft.add_reason("rules.ruc.digito", &[("ruc", ruc)]);
        }
    }
    let bidder = context.bidder();
    let expected: BTreeSet<&str> = bidder
        .members
        .iter()
        .filter_map(|member| member.ruc.as_ref())
        .chain(&bidder.ruc)
        .map(Ruc::as_str)
        .collect();
    match bidder.kind {
        // Whose papers these are can only be said once every partner's number is known.
        BidderKind::Consorcio
            if bidder.members.len() < 2 || bidder.members.iter().any(|member| member.ruc.is_none()) =>
        {
            draft.add_reason("rules.ruc.consorcio_sin_socios", &[("rucs", &list)]);
        }
        BidderKind::Consorcio => {
            let strange: Vec<&str> = distinct.difference(&expected).copied().collect();
            if strange.is_empty() {
                draft.verdict = Verdict::Cumple;
                draft.add_reason("rules.ruc.consorcio_concuerda", &[("rucs", &list)]);
            } else {
                draft.verdict = Verdict::AConvalidar;
                draft.add_reason("rules.ruc.consorcio_ajeno", &[("rucs", &strange.join("; "))]);
            }
        }
        _ if distinct.len() == 1 => {
            draft.verdict = Verdict::Cumple;
            draft.add_reason("rules.ruc.concuerda", &[("ruc", &list), ("papeles", &firm.len().to_string())]);
        }
        BidderKind::Unknown => draft.add_reason("rules.ruc.varios", &[("rucs", &list)]),
        _ => contradiction(context, &mut draft, &firm, &list),
    }
    draft
}

/// Two numbers on one bidder's papers: a contradiction to cure, unless the odd one was read by OCR and differs in a digit or two.
fn contradiction(context: Context<'_>, draft: &mut Draft, firm: &[(&Fact, &Ruc)], list: &str) {
    let scanned = |fact: &Fact| {
        fact.evidence.location.page().is_some_and(|page| context.is_ocr(fact.evidence.file, page))
    };
    let misread = firm.iter().any(|(fact, ruc)| {
        scanned(fact) && firm.iter().any(|(_, other)| other != ruc && differing_digits(ruc, other) <= 2)
    });
    if misread {
        draft.add_reason("rules.ruc.posible_error_de_lectura", &[("rucs", list)]);
    } else {
        draft.verdict = Verdict::AConvalidar;
        draft.add_reason("rules.ruc.contradiccion", &[("rucs", list)]);
    }
}

fn differing_digits(one: &Ruc, other: &Ruc) -> usize {
    one.as_str().bytes().zip(other.as_str().bytes()).filter(|(one, other)| one != other).count()
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::Fixture;
    use cotejo_domain::{BidderKind, ConsortiumMember, PageStatus, Ruc, Subject, Verdict};

    fn papers(form: &str, certificate: &str) -> Fixture {
        Fixture::new("2026-01-15")
            .bidder(BidderKind::Juridica)
            .document("FUO_1_2", 2)
            .fact("ruc", Fixture::ruc(form), 2)
            .document("RUC_SRI", 9)
            .fact("ruc", Fixture::ruc(certificate), 9)
    }

    #[test]
    fn agreeing_papers_meet_it_even_with_an_odd_check_digit() {
        let proposal = papers("1790012345001", "1790012345001").propose(Subject::RucStructure);
        assert_eq!(proposal.verdict, Verdict::Cumple, "{:?}", proposal.reasons);
        let odd = proposal.reasons.iter().any(|reason| reason.code == "rules.ruc.digito");
        let disagrees =
            Ruc::parse("1790012345001").expect("shape").check_digit() == cotejo_domain::CheckDigit::Disagrees;
        assert_eq!(odd, disagrees, "a check digit is only ever a warning");
    }

    #[test]
    fn papers_that_contradict_each_other_are_to_be_cured() {
        let fixture = papers("1790012345001", "0990012342001");
        assert_eq!(fixture.propose(Subject::RucStructure).verdict, Verdict::AConvalidar, "RGL 100.5");
        let close = papers("1790012345001", "1790012346001").page(9, PageStatus::Ocr);
        assert_eq!(
            close.propose(Subject::RucStructure).verdict,
            Verdict::Pendiente,
            "one digit off on a scan"
        );
        let unknown = papers("1790012345001", "0990012342001").bidder(BidderKind::Unknown);
        assert_eq!(
            unknown.propose(Subject::RucStructure).verdict,
            Verdict::Pendiente,
            "it may be a consortium"
        );
    }

    #[test]
    fn partners_of_a_consortium_have_each_their_own() {
        let member =
            |ruc: &str| ConsortiumMember { name: ruc.into(), ruc: Ruc::parse(ruc).ok(), share: None };
        let mut fixture = papers("1790012345001", "0990012342001").bidder(BidderKind::Consorcio);
        assert_eq!(fixture.propose(Subject::RucStructure).verdict, Verdict::Pendiente, "no partner known");
        fixture.bid.bidder.members = vec![member("1790012345001"), member("0990012342001")];
        assert_eq!(fixture.propose(Subject::RucStructure).verdict, Verdict::Cumple, "both are partners");
        fixture.bid.bidder.members[1] = member("1390012349001");
        assert_eq!(
            fixture.propose(Subject::RucStructure).verdict,
            Verdict::AConvalidar,
            "a stranger's certificate"
        );
        fixture.bid.bidder.members.clear();
        fixture.bid.bidder.ruc = Ruc::parse("1790012345001").ok();
        assert_eq!(
            fixture.propose(Subject::RucStructure).verdict,
            Verdict::Pendiente,
            "one partner's number tells nothing about the other's"
        );
    }

    #[test]
    fn no_number_is_a_question() {
        assert_eq!(Fixture::new("2026-01-15").propose(Subject::RucStructure).verdict, Verdict::Pendiente);
    }
}
