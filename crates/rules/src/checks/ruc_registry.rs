//! What the registry said of the bidder's and its partners' RUC, beside what the papers say.
//!
//! A registry that was not asked, or did not answer, changes nothing and is said. An answer that does not fit never rejects by itself: the
//! day of the answer is not the day of the bid, names are written in many ways, and lists are indicios. It turns *cumple* into a question
//! for a person, with the field of the answer as evidence.

use crate::context::{Context, Draft, firm_ones, text_of};
use crate::input::{RegistryAnswer, RegistryOutcome, registry_fields};
use crate::text::same_name;
use cotejo_domain::{BidderKind, Evidence, Fact, Ruc, Verdict};

/// Adds to the proposal what the registry said of every number that the bid stands on.
pub(super) fn weigh(context: Context<'_>, draft: &mut Draft) {
    let bidder = context.bidder();
    let mut numbers: Vec<&Ruc> = Vec::new();
    for ruc in bidder.ruc.iter().chain(bidder.members.iter().filter_map(|member| member.ruc.as_ref())) {
        if !numbers.contains(&ruc) {
            numbers.push(ruc);
        }
    }
    let answers = context.registries();
    for ruc in &numbers {
        match answers.iter().find(|answer| answer.ruc == **ruc) {
            None => draft.add_reason("rules.ruc.no_consultado", &[("ruc", ruc.as_str())]),
            Some(answer) => weigh_answer(context, draft, answer),
        }
    }
    // Numbers on certificates of partners that the form did not tell.
    for answer in answers.iter().filter(|answer| !numbers.contains(&&answer.ruc)) {
        weigh_answer(context, draft, answer);
    }
}

fn weigh_answer(context: Context<'_>, draft: &mut Draft, answer: &RegistryAnswer) {
    let day = answer.day.to_string();
    let (ruc, service) = (answer.ruc.as_str(), answer.service.as_str());
    let about = [("ruc", ruc), ("servicio", service), ("fecha", day.as_str())];
    match &answer.outcome {
        RegistryOutcome::Unknown(why) => {
            let values = [&about[..], &[("motivo", why.as_str())]].concat();
            draft.add_reason("rules.ruc.sin_respuesta", &values);
        }
        RegistryOutcome::Absent(evidence) => {
            doubt(draft, "rules.ruc.no_consta", &about, evidence.as_ref());
        }
        RegistryOutcome::Known(facts) => {
            let fact = |field: &str| facts.iter().find(|fact| fact.field == field);
            weigh_state(draft, fact(registry_fields::STATE), &about);
            for (field, code) in [
                (registry_fields::GHOST, "rules.ruc.fantasma"),
                (registry_fields::NONEXISTENT, "rules.ruc.transacciones_inexistentes"),
            ] {
                if let Some(listed) = fact(field).filter(|fact| text_of(fact) == "SI") {
                    doubt(draft, code, &about, Some(&listed.evidence));
                }
            }
            if let Some(name) = fact(registry_fields::NAME) {
                weigh_name(context, draft, answer, name, &about);
            }
        }
    }
}

fn weigh_state(draft: &mut Draft, state: Option<&Fact>, about: &[(&str, &str)]) {
    let Some(fact) = state else {
        doubt(draft, "rules.ruc.estado_no_dicho", about, None);
        return;
    };
    let word = text_of(fact);
    if word == "ACTIVO" {
        draft.add_reason("rules.ruc.activo", about);
        draft.rest_on_fact(fact);
    } else {
        let values = [about, &[("estado", word.as_str())]].concat();
        doubt(draft, "rules.ruc.no_activo", &values, Some(&fact.evidence));
    }
}

fn weigh_name(
    context: Context<'_>,
    draft: &mut Draft,
    answer: &RegistryAnswer,
    registered: &Fact,
    about: &[(&str, &str)],
) {
    let name = text_of(registered);
    let bidder = context.bidder();
    let partner = bidder.members.iter().find(|member| member.ruc.as_ref() == Some(&answer.ruc));
    let differing: Vec<String> = if let Some(partner) = partner {
        let unnamed = partner.name == answer.ruc.as_str();
        let differs = !unnamed && !same_name(&partner.name, &name);
        differs.then(|| partner.name.clone()).into_iter().collect()
    } else if bidder.kind == BidderKind::Consorcio {
        Vec::new()
    } else {
        let papers = names_in_papers(context);
        let differing: Vec<&Fact> =
            papers.into_iter().filter(|fact| !same_name(&text_of(fact), &name)).collect();
        for fact in &differing {
            draft.rest_on_fact(fact);
        }
        differing.into_iter().map(text_of).collect()
    };
    for offered in differing {
        let values = [about, &[("registro", name.as_str()), ("oferta", offered.as_str())]].concat();
        doubt(draft, "rules.ruc.nombre_distinto", &values, Some(&registered.evidence));
    }
}

/// The name on the form of general data; without one, that on the certificate.
fn names_in_papers<'a>(context: Context<'a>) -> Vec<&'a Fact> {
    let on = |kind: &str, fields: &[&str]| -> Vec<&'a Fact> {
        let stated = context.facts(fields, &[kind]).into_iter().map(|fact| (fact, ())).collect();
        firm_ones(stated).into_iter().map(|(fact, ())| fact).collect()
    };
    let form = on("FUO_1_2", &["nombre", "oferente"]);
    if form.is_empty() { on("RUC_SRI", &["razon_social"]) } else { form }
}

/// Adds a reason that a person must look at.
fn doubt(draft: &mut Draft, code: &str, values: &[(&str, &str)], evidence: Option<&Evidence>) {
    draft.add_reason(code, values);
    if let Some(evidence) = evidence {
        draft.rest_on(evidence.clone(), evidence.confidence);
    }
    if draft.verdict == Verdict::Cumple {
        draft.verdict = Verdict::Pendiente;
    }
}

#[cfg(test)]
mod tests {
    use crate::checks::fixture::Fixture;
    use crate::input::{RegistryAnswer, RegistryOutcome, registry_fields};
    use cotejo_domain::{
        BidderKind, Confidence, ConsortiumMember, Evidence, Fact, FactValue, FileHash, Location, Proposal,
        Ruc, Subject, Verdict,
    };

    const NUMBER: &str = "1790012344001";

    fn fact(field: &str, value: &str) -> Fact {
        Fact {
            document: None,
            field: field.into(),
            raw: value.into(),
            value: FactValue::Text(value.into()),
            evidence: Evidence {
                file: FileHash::of(b"respuesta"),
                file_name: "https://ejemplo".into(),
                location: Location::Registry { service: "SRI".into(), field: field.into() },
                quote: value.into(),
                extractor: "test@1".into(),
                confidence: Confidence::CERTAIN,
            },
            confidence: Confidence::CERTAIN,
        }
    }

    fn answer(ruc: &str, outcome: RegistryOutcome) -> RegistryAnswer {
        let day = "2026-11-21".parse().expect("a day");
        RegistryAnswer { service: "SRI".into(), ruc: Ruc::parse(ruc).expect("a RUC"), day, outcome }
    }

    fn known(state: &str, name: &str) -> RegistryOutcome {
        let facts = vec![fact(registry_fields::STATE, state), fact(registry_fields::NAME, name)];
        RegistryOutcome::Known(facts)
    }

    fn bid(outcome: Option<RegistryOutcome>) -> Proposal {
        let mut fixture = Fixture::new("2026-01-15")
            .bidder(BidderKind::Juridica)
            .document("FUO_1_2", 2)
            .fact("ruc", Fixture::ruc(NUMBER), 2)
            .fact("nombre", FactValue::Text("Maderas Ficticias S.A.".into()), 2);
        fixture.bid.bidder.ruc = Ruc::parse(NUMBER).ok();
        fixture.bid.registries = outcome.map(|outcome| answer(NUMBER, outcome)).into_iter().collect();
        fixture.propose(Subject::RucStructure)
    }

    fn says(proposal: &Proposal, code: &str) -> bool {
        proposal.reasons.iter().any(|reason| reason.code == code && !reason.text.contains("«rules"))
    }

    fn cites_registry(proposal: &Proposal) -> bool {
        proposal.evidence.iter().any(|piece| matches!(piece.location, Location::Registry { .. }))
    }

    #[test]
    fn a_registry_that_was_not_asked_changes_nothing_and_is_said() {
        let silent = bid(None);
        assert_eq!(silent.verdict, Verdict::Cumple);
        assert!(says(&silent, "rules.ruc.no_consultado") && !cites_registry(&silent));
        let failed = bid(Some(RegistryOutcome::Unknown("no respondió a tiempo".into())));
        assert_eq!(failed.verdict, Verdict::Cumple, "no answer accuses nobody");
        assert!(says(&failed, "rules.ruc.sin_respuesta") && !says(&failed, "rules.ruc.no_consultado"));
    }

    #[test]
    fn an_active_taxpayer_of_the_same_name_confirms_with_the_field_as_evidence() {
        let proposal = bid(Some(known("ACTIVO", "MADERAS FICTICIAS SA")));
        assert_eq!(proposal.verdict, Verdict::Cumple, "{:?}", proposal.reasons);
        assert!(says(&proposal, "rules.ruc.activo") && cites_registry(&proposal));
    }

    #[test]
    fn what_does_not_fit_is_a_question_for_a_person_never_a_rejection() {
        let mut ghost = known("ACTIVO", "MADERAS FICTICIAS S.A.");
        if let RegistryOutcome::Known(facts) = &mut ghost {
            facts.push(fact(registry_fields::GHOST, "SI"));
            facts.push(fact(registry_fields::NONEXISTENT, "NO"));
        }
        let absent = RegistryOutcome::Absent(Some(fact("obtenerPorNumerosRuc", "[]").evidence));
        for (outcome, code) in [
            (known("SUSPENDIDO", "MADERAS FICTICIAS S.A."), "rules.ruc.no_activo"),
            (known("ACTIVO", "OTRA COMPAÑÍA DISTINTA S.A."), "rules.ruc.nombre_distinto"),
            (ghost, "rules.ruc.fantasma"),
            (absent, "rules.ruc.no_consta"),
        ] {
            let proposal = bid(Some(outcome));
            assert_eq!(proposal.verdict, Verdict::Pendiente, "{code}: {:?}", proposal.reasons);
            assert!(says(&proposal, code) && cites_registry(&proposal), "{code}: {:?}", proposal.reasons);
            assert!(!says(&proposal, "rules.ruc.transacciones_inexistentes"), "it says NO");
        }
    }

    #[test]
    fn every_partner_of_a_consortium_is_weighed_by_its_own_answer() {
        let other = "0990012342001";
        let member = |name: &str, ruc: &str| ConsortiumMember {
            name: name.into(),
            ruc: Ruc::parse(ruc).ok(),
            share: None,
        };
        let mut fixture = Fixture::new("2026-01-15")
            .bidder(BidderKind::Consorcio)
            .document("RUC_SRI", 2)
            .fact("ruc", Fixture::ruc(NUMBER), 2)
            .document("RUC_SRI", 3)
            .fact("ruc", Fixture::ruc(other), 3);
        fixture.bid.bidder.members = vec![member("Maderas Ficticias", NUMBER), member(other, other)];
        fixture.bid.registries = vec![answer(other, known("SUSPENDIDO", "TALLER DE EJEMPLO"))];
        let proposal = fixture.propose(Subject::RucStructure);
        assert_eq!(proposal.verdict, Verdict::Pendiente);
        let text = |code: &str| {
            proposal.reasons.iter().find(|reason| reason.code == code).map(|reason| reason.text.clone())
        };
        assert!(text("rules.ruc.no_consultado").is_some_and(|text| text.contains(NUMBER)));
        assert!(text("rules.ruc.no_activo").is_some_and(|text| text.contains(other)));
        assert!(text("rules.ruc.nombre_distinto").is_none(), "a partner without a name is not misnamed");
    }
}
