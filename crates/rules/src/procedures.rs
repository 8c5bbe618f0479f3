//! Where the procedure itself departs from the norm of its day: one that is closed, an amount that is not its own, requirements of RGL 93 where that
//! article does not reach. Warnings a person answers; nothing is changed.

use crate::departures::Departure;
use crate::proformas::most_of_infima;
use crate::{Answer, RulePack, Value};
use cotejo_domain::{Pliego, ProcedureType, Requirement, RequirementId, Subject};
use rust_decimal::Decimal;

/// Adds what departs.
pub(crate) fn departures(pliego: &Pliego, pack: &RulePack, found: &mut Vec<Departure>) {
    closed(pliego, pack, found);
    amount(pliego, pack, found);
    beyond_article_93(pliego, pack, found);
}

fn told<T>(
    code: &str,
    requirement: Option<&RequirementId>,
    values: &[(&str, &str)],
    pack: &RulePack,
    norm: &Value<T>,
) -> Departure {
    let mut departure = Departure::of(code, requirement, values, pack, "").by(norm);
    departure.legal_basis = vec![norm.source.clone()];
    departure
}

/// Menor cuantía, cotización, contratación directa and lista corta ended in October 2025.
fn closed(pliego: &Pliego, pack: &RulePack, found: &mut Vec<Departure>) {
    let Answer::Known(list) =
        pack.settle::<Vec<String>>("procedimientos_cerrados", None, pliego.process.started)
    else {
        return;
    };
    let procedure = pliego.process.procedure.abbreviation();
    if list.value.iter().any(|closed| closed == procedure) {
        let values = [("procedimiento", procedure), ("fuente", list.source.as_str())];
        found.push(told("rules.pliego.procedimiento_cerrado", None, &values, pack, &list));
    }
}

/// An ínfima cuantía above its limit; another procedure whose budget does not exceed the least one.
fn amount(pliego: &Pliego, pack: &RulePack, found: &mut Vec<Departure>) {
    let process = &pliego.process;
    let Some(budget) = process.budget else { return };
    let shown = budget.spanish();
    if process.procedure == ProcedureType::Infima {
        if let Some(limit) = most_of_infima(process, pack).filter(|limit| budget > limit.value) {
            let most = limit.value.spanish();
            let values = [("presupuesto", shown.as_str()), ("maximo", &most), ("fuente", &limit.source)];
            found.push(told("rules.pliego.monto_infima", None, &values, pack, &limit));
        }
        return;
    }
    let key = match process.procedure {
        ProcedureType::Sie => "sie_min",
        ProcedureType::Licbs | ProcedureType::Lico => "licitacion_min",
        ProcedureType::Consultoria => "consultoria_cp_min",
        _ => return,
    };
    if let Answer::Known(least) = pack.settle::<Decimal>(key, None, process.started)
        && budget.0 <= least.value
    {
        let minimum = cotejo_domain::Money(least.value).spanish();
        let values = [("presupuesto", shown.as_str()), ("minimo", &minimum), ("fuente", &least.source)];
        found.push(told("rules.pliego.monto_procedimiento", None, &values, pack, &least));
    }
}

/// RGL 93 (existencia legal, patrimonio) is not of ínfimas, catálogo or emergencies; of régimen especial it leaves out two numerals, which a person knows.
fn beyond_article_93(pliego: &Pliego, pack: &RulePack, found: &mut Vec<Departure>) {
    let key = match pliego.process.procedure {
        ProcedureType::Infima => "infima",
        ProcedureType::Catalogo => "catalogo",
        ProcedureType::Emergencia => "emergencia",
        ProcedureType::RegimenEspecial => "regimen_especial_38_2",
        _ => return,
    };
    let Answer::Known(list) = pack.settle::<Vec<String>>("art_93_no_aplica", None, pliego.process.started)
    else {
        return;
    };
    let asks = |requirement: &&Requirement| match &requirement.subject {
        Subject::Patrimonio { minimum } => minimum.is_none_or(|minimum| !minimum.0.is_zero()),
        Subject::Declared { check, .. } => check == "existencia.legal",
        _ => false,
    };
    let Some(asked) =
        pliego.requirements.iter().find(asks).filter(|_| list.value.iter().any(|one| one == key))
    else {
        return;
    };
    let code = if key == "regimen_especial_38_2" {
        "rules.pliego.articulo_93_regimen_especial"
    } else {
        "rules.pliego.articulo_93"
    };
    let values = [("requisito", asked.id.0.as_str()), ("fuente", list.source.as_str())];
    found.push(told(code, Some(&asked.id), &values, pack, &list));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::fixture::{Fixture, money};
    use cotejo_domain::{RequirementKind, RequirementSource};

    fn codes(
        procedure: ProcedureType,
        start: &str,
        budget: Option<&str>,
        subject: Option<Subject>,
    ) -> Vec<String> {
        let fixture = Fixture::new(start);
        let mut pliego =
            budget.map_or_else(|| fixture.clone(), |budget| fixture.clone().budget(budget)).pliego;
        pliego.process.procedure = procedure;
        pliego.requirements.extend(subject.map(|subject| Requirement {
            id: RequirementId("X".into()),
            lot: None,
            kind: RequirementKind::Minimo,
            text: String::new(),
            points: None,
            subject,
            source: RequirementSource::ByHand,
        }));
        let pack = RulePack::for_start(start.parse().expect("a day")).expect("a pack");
        let mut found = Vec::new();
        departures(&pliego, pack, &mut found);
        assert!(
            found.iter().all(|one| !one.legal_basis.is_empty() && !one.message.contains('{')),
            "{found:?}"
        );
        found.into_iter().map(|one| one.code).collect()
    }

    #[test]
    fn a_procedure_that_the_law_closed_is_told_from_its_day_on() {
        for procedure in [
            ProcedureType::Mcbs,
            ProcedureType::Mco,
            ProcedureType::Cotbs,
            ProcedureType::Coto,
            ProcedureType::Cdc,
            ProcedureType::Lcc,
        ] {
            assert_eq!(codes(procedure, "2025-10-07", None, None), ["rules.pliego.procedimiento_cerrado"]);
            assert!(codes(procedure, "2025-10-06", None, None).is_empty(), "{procedure:?}, the day before");
        }
        assert!(codes(ProcedureType::Sie, "2026-01-15", None, None).is_empty());
    }

    #[test]
    fn amounts_that_are_not_the_procedures_are_told_to_the_cent_and_by_the_day() {
        let infima = |start, budget| codes(ProcedureType::Infima, start, Some(budget), None);
        assert!(infima("2026-01-15", "10000.00").is_empty(), "LEY 50: up to 10,000");
        assert_eq!(infima("2026-01-15", "10000.01"), ["rules.pliego.monto_infima"]);
        assert!(infima("2024-05-02", "6658.78").is_empty());
        assert_eq!(
            infima("2024-05-02", "6658.79"),
            ["rules.pliego.monto_infima"],
            "0.0000002 of the year's PIE"
        );
        for procedure in
            [ProcedureType::Sie, ProcedureType::Licbs, ProcedureType::Lico, ProcedureType::Consultoria]
        {
            assert_eq!(
                codes(procedure, "2026-01-15", Some("10000.00"), None),
                ["rules.pliego.monto_procedimiento"],
                "{procedure:?}: above ten thousand"
            );
            assert!(codes(procedure, "2026-01-15", Some("10000.01"), None).is_empty());
            assert!(codes(procedure, "2024-05-02", Some("10000.00"), None).is_empty(), "no such limit then");
        }
    }

    #[test]
    fn article_93_does_not_reach_an_infima() {
        let asked = |procedure, start, subject| codes(procedure, start, None, Some(subject));
        let patrimonio = || Subject::Patrimonio { minimum: Some(money("5000")) };
        assert_eq!(asked(ProcedureType::Infima, "2026-01-15", patrimonio()), ["rules.pliego.articulo_93"]);
        let existence = Subject::Declared { check: "existencia.legal".into(), values: Default::default() };
        assert_eq!(asked(ProcedureType::Emergencia, "2026-01-15", existence), ["rules.pliego.articulo_93"]);
        assert_eq!(
            asked(ProcedureType::RegimenEspecial, "2026-01-15", patrimonio()),
            ["rules.pliego.articulo_93_regimen_especial"],
            "of two numerals only: a person knows which it is"
        );
        assert!(asked(ProcedureType::Licbs, "2026-01-15", patrimonio()).is_empty());
        assert!(asked(ProcedureType::Infima, "2024-05-02", patrimonio()).is_empty(), "that list is of 2025");
        let none = Subject::Patrimonio { minimum: Some(money("0")) };
        assert!(asked(ProcedureType::Infima, "2026-01-15", none).is_empty(), "zero asks nothing");
    }
}
