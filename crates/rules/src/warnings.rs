//! Where the pliego departs from the norm. The pliego binds the commission until it is changed: the product warns, and applies neither in silence.

use crate::departures::Departure;
use crate::{Answer, RulePack};
use cotejo_catalogue::{message, remedy};
use cotejo_domain::{Finding, Money, Percent, Pliego, ProcedureType, Severity, Subject};
use rust_decimal::Decimal;

/// Compares a pliego with the pack of its day and says what a person should look at. Warnings only: nothing is changed.
#[must_use]
pub fn pliego_warnings(pliego: &Pliego, pack: &RulePack) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(warning) = &pack.warning {
        let values = [("regimen", pack.id.as_str()), ("aviso", warning.as_str())];
        findings.push(Finding {
            code: "rules.pliego.regimen".to_owned(),
            severity: Severity::Warning,
            page: None,
            message: message("rules.pliego.regimen", &values),
            remedy: remedy("rules.pliego.regimen", &values),
        });
    }
    findings.extend(departures(pliego, pack).iter().map(Departure::finding));
    findings
}

/// Says where a pliego departs from the norm of its day.
pub(crate) fn departures(pliego: &Pliego, pack: &RulePack) -> Vec<Departure> {
    let mut found = Vec::new();
    subject_requirements(pliego, pack, &mut found);
    works(pliego, pack, &mut found);
    patrimonio(pliego, pack, &mut found);
    experience(pliego, pack, &mut found);
    points(pliego, pack, &mut found);
    crate::procedures::departures(pliego, pack, &mut found);
    found
}

fn asks(pliego: &Pliego, wanted: fn(&Subject) -> bool) -> bool {
    pliego.requirements.iter().any(|requirement| wanted(&requirement.subject))
}

/// A subasta inversa that asks something of the bidder itself: RGL 93 and 258.6 do not agree.
fn subject_requirements(pliego: &Pliego, pack: &RulePack, findings: &mut Vec<Departure>) {
    let about_the_bidder = asks(pliego, |subject| match subject {
        Subject::Patrimonio { minimum } => *minimum != Some(Money::ZERO),
        Subject::Experience { .. } | Subject::Personnel { .. } | Subject::Equipment { .. } => true,
        _ => false,
    });
    if pliego.process.procedure == ProcedureType::Sie
        && about_the_bidder
        && pack.subject_requirements_conflict_in_sie()
    {
        findings.push(Departure::of("rules.pliego.sie_sujeto", None, &[], pack, "sie_sujeto"));
    }
}

fn works(pliego: &Pliego, pack: &RulePack, findings: &mut Vec<Departure>) {
    let asks_duties =
        asks(pliego, |subject| matches!(subject, Subject::Personnel { .. } | Subject::Equipment { .. }));
    if pliego.process.procedure.is_works()
        && asks_duties
        && matches!(pack.works_not_evaluated(), Answer::Known(_))
    {
        findings.push(Departure::of(
            "rules.pliego.obras_no_evaluables",
            None,
            &[],
            pack,
            "obras_no_evaluables",
        ));
    }
}

fn patrimonio(pliego: &Pliego, pack: &RulePack, findings: &mut Vec<Departure>) {
    let Some(budget) = pliego.process.budget else { return };
    let asked = pliego.requirements.iter().find_map(|requirement| match requirement.subject {
        Subject::Patrimonio { minimum } => Some((&requirement.id, minimum?)),
        _ => None,
    });
    let Some((id, asked)) = asked else { return };
    let Answer::Known(table) = pack.patrimonio_minimum(pliego.process.procedure.is_works(), budget) else {
        return;
    };
    let expected = table.value.amount.unwrap_or(Money::ZERO);
    if (asked.0 - expected.0).abs() > Decimal::new(1, 2) {
        let values = [
            ("pliego", asked.spanish()),
            ("tabla", expected.rounded().spanish()),
            ("fuente", table.source.clone()),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        findings
            .push(Departure::of("rules.pliego.patrimonio", Some(id), &values, pack, "patrimonio").by(&table));
    }
}

fn experience(pliego: &Pliego, pack: &RulePack, findings: &mut Vec<Departure>) {
    let process = &pliego.process;
    let licitacion =
        matches!(process.procedure, ProcedureType::Lico | ProcedureType::Licbs | ProcedureType::Consultoria);
    let only_there = matches!(pack.experience_only_in_licitacion(), Answer::Known(value) if value.value);
    let asked = pliego.requirements.iter().filter_map(|requirement| match requirement.subject {
        Subject::Experience { specific, minimum, minimum_per_contract, years } => {
            Some((requirement, specific, minimum, minimum_per_contract, years))
        }
        _ => None,
    });
    let ceiling = process
        .budget
        .zip(process.started)
        .and_then(|(budget, start)| Some((budget, pack.experience_ceiling(budget, start.year()).known()?)));
    for (index, (requirement, specific, minimum, per_contract, years)) in asked.enumerate() {
        if index == 0 && only_there && !licitacion {
            findings.push(Departure::of(
                "rules.pliego.experiencia_procedimiento",
                None,
                &[],
                pack,
                "experiencia",
            ));
        }
        if only_there && process.procedure.is_works() && years.is_some_and(|years| years < 20) {
            let values = [("requisito", requirement.id.0.as_str())];
            let code = "rules.pliego.experiencia_ventana";
            findings.push(Departure::of(code, Some(&requirement.id), &values, pack, "experiencia"));
        }
        let Some((budget, ceiling)) = &ceiling else { continue };
        let rate = if specific { ceiling.value.specific } else { ceiling.value.general };
        let most = share(*budget, rate);
        if minimum.is_some_and(|minimum| minimum > most) {
            let values = [
                ("requisito", requirement.id.0.clone()),
                ("techo", most.spanish()),
                ("tasa", rate.spanish()),
            ];
            let values: Vec<(&str, &str)> =
                values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let code = "rules.pliego.experiencia_techo";
            findings
                .push(Departure::of(code, Some(&requirement.id), &values, pack, "experiencia").by(ceiling));
        }
        if let (Some(minimum), Some(each)) = (minimum, per_contract) {
            let most = share(minimum, ceiling.value.per_contract);
            if each > most {
                let values = [("requisito", requirement.id.0.clone()), ("techo", most.spanish())];
                let values: Vec<(&str, &str)> =
                    values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let code = "rules.pliego.experiencia_contrato";
                findings.push(
                    Departure::of(code, Some(&requirement.id), &values, pack, "experiencia").by(ceiling),
                );
            }
        }
    }
}

/// Points that do not add up to a hundred. In consultoría the price has a weight of its own, and the technical score is of a hundred without it.
fn points(pliego: &Pliego, pack: &RulePack, findings: &mut Vec<Departure>) {
    let consultancy = matches!(
        pliego.process.procedure,
        ProcedureType::Consultoria | ProcedureType::Cdc | ProcedureType::Lcc
    );
    let stated: Vec<Option<Decimal>> = pliego
        .requirements
        .iter()
        .filter(|requirement| matches!(requirement.subject, Subject::Score { .. }))
        .map(|requirement| requirement.points)
        .collect();
    let sum: Decimal = stated.iter().flatten().sum();
    // What was recognised in a text may not be all: a row without its points is not read there.
    let recognised = |requirement: &&cotejo_domain::Requirement| {
        matches!(requirement.subject, Subject::Score { .. }) && requirement.source.is_recognised()
    };
    let unstated =
        stated.iter().any(Option::is_none) || pliego.requirements.iter().any(|one| recognised(&one));
    let wrong = if unstated { sum > Decimal::ONE_HUNDRED } else { sum != Decimal::ONE_HUNDRED };
    if !stated.is_empty() && !consultancy && wrong {
        let sum = cotejo_domain::Percent(sum).spanish();
        let values = [("suma", sum.trim_end_matches([' ', '%', '\u{a0}']))];
        findings.push(Departure::of("rules.pliego.puntos", None, &values, pack, "puntaje"));
    }
}

/// Returns a percentage of an amount, rounded half up to cents.
fn share(amount: Money, rate: Percent) -> Money {
    Money(amount.0 * rate.0 / Decimal::ONE_HUNDRED).rounded()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::{Requirement, RequirementId, RequirementKind, RequirementSource};

    fn with(fixture: Fixture, subject: Subject, start: &str) -> Vec<String> {
        let mut pliego = fixture.pliego;
        pliego.requirements = vec![Requirement {
            id: RequirementId("X".into()),
            lot: None,
            kind: RequirementKind::Minimo,
            text: String::new(),
            points: None,
            subject,
            source: RequirementSource::ByHand,
        }];
        let pack = RulePack::for_start(start.parse().expect("a date")).expect("a pack");
        pliego_warnings(&pliego, pack).into_iter().map(|finding| finding.code).collect()
    }

    #[test]
    fn a_reverse_auction_that_asks_patrimonio_is_warned_about_since_october_2025() {
        let subject = || Subject::Patrimonio { minimum: Some(money("11943")) };
        assert!(
            with(Fixture::new("2026-01-15"), subject(), "2026-01-15")
                .contains(&"rules.pliego.sie_sujeto".to_owned())
        );
        assert!(
            with(Fixture::new("2024-08-23"), subject(), "2024-08-23").is_empty(),
            "before, it was the rule"
        );
    }

    #[test]
    fn a_patrimonio_that_is_not_the_tables_is_warned_about() {
        let asked = |amount: &str| {
            let fixture = Fixture::new("2023-07-03").works().budget("495930.26");
            with(fixture, Subject::Patrimonio { minimum: Some(money(amount)) }, "2024-01-10")
        };
        assert!(
            !asked("17796.5125").contains(&"rules.pliego.patrimonio".to_owned()),
            "a real pliego's own value"
        );
        assert!(asked("20000").contains(&"rules.pliego.patrimonio".to_owned()), "another amount");
    }

    #[test]
    fn the_training_examples_ceilings_hold_to_the_cent() {
        let warned = |specific: bool, minimum: &str, each: Option<&str>| {
            let subject = Subject::Experience {
                specific,
                minimum: Some(money(minimum)),
                minimum_per_contract: each.map(money),
                years: Some(20),
            };
            let fixture = Fixture::new("2025-12-01").works().budget("12650.20");
            with(fixture, subject, "2025-12-01")
                .iter()
                .any(|code| code.starts_with("rules.pliego.experiencia"))
        };
        assert!(!warned(false, "1265.02", Some("63.25")), "general, at the ceiling");
        assert!(warned(false, "1265.03", None), "a cent above");
        assert!(!warned(true, "632.51", Some("31.63")), "specific, at the ceiling");
        assert!(warned(true, "632.51", Some("31.64")), "a contract a cent above");
    }

    #[test]
    fn points_that_do_not_add_up_to_a_hundred_are_warned_about() {
        let of = |points: &[Option<&str>], procedure: ProcedureType| {
            let mut pliego = Fixture::new("2024-08-23").pliego;
            pliego.process.procedure = procedure;
            pliego.requirements = (1..)
                .zip(points)
                .map(|(number, points)| Requirement {
                    id: RequirementId(format!("PTO-{number}")),
                    lot: None,
                    kind: RequirementKind::Puntaje,
                    text: String::new(),
                    points: points.and_then(|points| points.parse().ok()),
                    subject: Subject::Score { parameter: format!("Parámetro {number}") },
                    source: RequirementSource::ByHand,
                })
                .collect();
            let pack = RulePack::by_id("ec-2023").expect("exists");
            pliego_warnings(&pliego, pack).iter().any(|finding| finding.code == "rules.pliego.puntos")
        };
        assert!(!of(&[Some("60"), Some("40")], ProcedureType::Licbs), "a hundred");
        assert!(of(&[Some("60"), Some("39.99")], ProcedureType::Licbs), "almost");
        assert!(
            !of(&[Some("60"), None], ProcedureType::Licbs),
            "the rest may stand where the points are missing"
        );
        assert!(of(&[Some("60"), Some("41"), None], ProcedureType::Licbs), "already more");
        assert!(!of(&[Some("80")], ProcedureType::Consultoria), "the price is apart");
        assert!(!of(&[], ProcedureType::Sie), "nothing gives points");
    }

    #[test]
    fn a_warning_that_rests_on_an_unverified_table_says_so() {
        let told = |start: &str| {
            let mut pliego = Fixture::new(start).works().budget("12650.20").pliego;
            pliego.requirements = vec![Requirement {
                id: RequirementId("X".into()),
                lot: None,
                kind: RequirementKind::Minimo,
                text: String::new(),
                points: None,
                subject: Subject::Experience {
                    specific: false,
                    minimum: Some(money("9000")),
                    minimum_per_contract: None,
                    years: Some(20),
                },
                source: RequirementSource::ByHand,
            }];
            let pack = RulePack::for_start(start.parse().expect("a date")).expect("a pack");
            let found = pliego_warnings(&pliego, pack);
            let found = found.into_iter().find(|found| found.code == "rules.pliego.experiencia_techo");
            found.expect("above the ceiling").message.contains("sin verificar")
        };
        assert!(told("2025-12-01"), "the table of DE 193 was not seen");
        assert!(!told("2024-05-02"), "that of 2023 was, and the state's budget of 2024");
    }

    #[test]
    fn the_grey_zone_warns_by_itself() {
        let codes = with(Fixture::new("2025-10-04"), Subject::Other, "2025-10-04");
        assert_eq!(codes, ["rules.pliego.regimen"], "ask the legal office");
    }
}
