//! The parameters of a process: which give points, how many, and by which formula, under the rules of the Portal or of the signed report.
//!
//! Points: the pliego, then the pack's model, then a person. Formula: what a person reads in the pliego, what its text says, what the
//! pack's model says; where none of them does, a person is asked. No parameter is left out.

use super::model::{Answers, Choice, Formula, Measure, Origin, Parameter, Rules, Sourced, reason};
use super::pack_values::WorksPoints;
use super::recognise::{self, Said};
use super::subcontracting;
use super::technical_minimum::WrittenMinimum;
use crate::{Answer, RulePack, Value};
use cotejo_domain::{LotId, Money, ProcedureType, Reason, Requirement, RequirementKind, Subject};
use rust_decimal::Decimal;

/// Holds what the parameters of a process are made from.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// The norms of the day the process started.
    pub pack: &'a RulePack,
    /// Kind of procedure.
    pub procedure: ProcedureType,
    /// Presupuesto referencial without IVA, where it is known.
    pub budget: Option<Money>,
    /// Start of the process, which decides what is in transition.
    pub started: Option<jiff::civil::Date>,
    /// What the pliego asks.
    pub requirements: &'a [Requirement],
    /// The lot; requirements of other lots are left out.
    pub lot: LotId,
    /// What persons answered.
    pub answers: &'a Answers,
    /// The least technical score of a consultoría as the pliego writes it; `None` where it does not.
    pub written_minimum: Option<&'a WrittenMinimum>,
}

impl<'a> Terms<'a> {
    /// Returns the requirements of the lot, in the order of the pliego.
    fn of_lot(&self) -> impl Iterator<Item = &'a Requirement> {
        let lot = self.lot;
        self.requirements.iter().filter(move |requirement| requirement.lot.is_none_or(|own| own == lot))
    }
}

/// Returns every parameter that gives points, in the order of the pliego.
#[must_use]
pub fn parameters(terms: &Terms<'_>, rules: Rules) -> Vec<Parameter> {
    let scored = |requirement: &&Requirement| {
        requirement.kind == RequirementKind::Puntaje || matches!(requirement.subject, Subject::Score { .. })
    };
    let mut found: Vec<Parameter> =
        terms.of_lot().filter(scored).map(|requirement| parameter(terms, requirement, rules)).collect();
    let known: Decimal =
        found.iter().filter_map(|parameter| Some(parameter.points.as_ref().ok()?.value)).sum();
    if known == Decimal::ONE_HUNDRED {
        // Most likely a row of the form that the entity left empty; a person says so once.
        for parameter in found.iter_mut().filter(|parameter| parameter.points.is_err()) {
            let values = [("parametro", parameter.name.as_str())];
            parameter.points = Err(reason("rules.puntaje.pregunta.puntos_ya_suman", &values));
        }
    }
    found
}

fn parameter(terms: &Terms<'_>, requirement: &Requirement, rules: Rules) -> Parameter {
    let name = match &requirement.subject {
        Subject::Score { parameter } => parameter.clone(),
        _ => requirement.text.clone(),
    };
    let measure = recognise::measure(&name);
    let mut notes = Vec::new();
    let points = points(terms, requirement, &name, measure, &mut notes);
    let said = recognise::said(&name, &requirement.text);
    if measure == Measure::EcuadorianParticipation
        && let Some((least, _)) = threshold(terms)
    {
        let least = super::exact::decimal_spanish(least);
        notes.push(reason("rules.puntaje.nota.minimo_participacion", &[("umbral", &least)]));
    }
    notes.extend(beyond_model(terms, measure, points.as_ref().ok().map(|points| points.value)));
    if measure == Measure::Subcontracting
        && let Some(value) = terms.pack.subcontracting().known()
        && let (Some(budget), Some(least)) = (terms.budget, value.value.budget_gte)
        && budget.0 < least
    {
        let (budget, least) = (budget.spanish(), Money(least).spanish());
        let values = [("presupuesto", budget.as_str()), ("minimo", &least), ("fuente", &value.source)];
        notes.push(reason("rules.puntaje.nota.subcontratacion_monto", &values));
    }
    if said.corrected_price {
        notes.push(reason("rules.puntaje.nota.precio_corregido", &[]));
    }
    if terms.procedure.is_works()
        && matches!(measure, Measure::Personnel | Measure::Equipment | Measure::WorkPlan)
        && matches!(terms.pack.works_not_evaluated(), Answer::Known(_))
    {
        notes.push(reason("rules.puntaje.nota.obras_no_evaluable", &[]));
    }
    let answered = terms.answers.formulas.get(&requirement.id).map(|answered| {
        Choice::Chosen(Sourced { value: answered.value.clone(), origins: vec![answered.origin()] })
    });
    let found = choice(terms, requirement, &name, measure, said, rules);
    // What the commission chooses is for its report; what the Portal's tool computes does not change by it.
    let of_the_tool =
        rules == Rules::Portal && measure == Measure::Subcontracting && matches!(found, Choice::Chosen(_));
    let choice = answered.filter(|_| !of_the_tool).unwrap_or(found);
    let set_aside = match terms.answers.counts.get(&requirement.id) {
        Some(answered) if answered.value => None,
        Some(answered) => Some(Sourced {
            value: reason("rules.puntaje.fuera.persona", &[("motivo", &answered.reason)]),
            origins: vec![answered.origin()],
        }),
        None => set_aside(terms, measure),
    };
    let set_aside = if rules == Rules::Motivated { set_aside } else { None };
    let empty = points.as_ref().ok().filter(|points| points.value.is_zero());
    let set_aside = set_aside.or_else(|| {
        let points = empty?;
        Some(Sourced {
            value: reason("rules.puntaje.fuera.sin_puntos", &[]),
            origins: points.origins.clone(),
        })
    });
    Parameter { requirement: requirement.id.clone(), name, measure, points, choice, set_aside, notes }
}

/// Returns the most points of a parameter: the pliego's, a person's, or those of the model of works.
fn points(
    terms: &Terms<'_>,
    requirement: &Requirement,
    name: &str,
    measure: Measure,
    notes: &mut Vec<Reason>,
) -> Result<Sourced<Decimal>, Reason> {
    let found = if let Some(points) = requirement.points {
        Some(Sourced { value: points, origins: vec![pliego(requirement)] })
    } else if let Some(answered) = terms.answers.points.get(&requirement.id) {
        Some(Sourced { value: answered.value, origins: vec![answered.origin()] })
    } else if terms.procedure == ProcedureType::Lico {
        let of_model = |points: Option<Decimal>, value: Value<WorksPoints>| {
            let origin = pack_origin(terms.pack, "lico_scoring", &value);
            points.map(|points| Sourced { value: points, origins: vec![origin] })
        };
        terms.pack.works_points().known().and_then(|value| {
            let points = match measure {
                Measure::Subcontracting => Some(value.value.subcontratacion),
                Measure::EcuadorianParticipation => Some(value.value.participacion_ecuatoriana),
                _ => None,
            };
            of_model(points, value)
        })
    } else {
        None
    };
    let found = found.filter(|found| {
        let possible = !found.value.is_sign_negative() || found.value.is_zero();
        if !possible {
            notes.push(reason("rules.puntaje.nota.puntos_negativos", &[]));
        }
        possible
    });
    found.ok_or_else(|| reason("rules.puntaje.pregunta.puntos", &[("parametro", name)]))
}

/// Says where the points of a works pliego depart from SERCOP's model. The pliego binds: it is told and nothing is changed.
fn beyond_model(terms: &Terms<'_>, measure: Measure, points: Option<Decimal>) -> Option<Reason> {
    if terms.procedure != ProcedureType::Lico {
        return None;
    }
    let (points, model) = (points?, terms.pack.works_points().known()?);
    let (least, most) = match measure {
        Measure::EconomicOffer => model.value.oferta_economica,
        Measure::Other => (Decimal::ZERO, model.value.otros_max),
        Measure::Subcontracting => (model.value.subcontratacion, model.value.subcontratacion),
        Measure::EcuadorianParticipation => {
            (model.value.participacion_ecuatoriana, model.value.participacion_ecuatoriana)
        }
        _ => return None,
    };
    if least <= points && points <= most {
        return None;
    }
    let text = super::exact::decimal_spanish;
    let values =
        [("puntos", text(points)), ("minimo", text(least)), ("maximo", text(most)), ("fuente", model.source)];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Some(reason("rules.puntaje.nota.fuera_del_modelo", &values))
}

/// Says why a parameter does not count in the signed report, where a source says so.
fn set_aside(terms: &Terms<'_>, measure: Measure) -> Option<Sourced<Reason>> {
    if measure != Measure::EcuadorianParticipation || !terms.procedure.is_works() {
        return None;
    }
    let value = terms.pack.participation().known().filter(|value| !value.value.aplica)?;
    Some(Sourced {
        value: reason("rules.puntaje.fuera.participacion", &[("fuente", &value.source)]),
        origins: vec![pack_origin(terms.pack, "participacion_ecuatoriana", &value)],
    })
}

fn choice(
    terms: &Terms<'_>,
    requirement: &Requirement,
    name: &str,
    measure: Measure,
    said: Said,
    rules: Rules,
) -> Choice {
    let by_pliego = |formula| chosen(formula, vec![pliego(requirement)]);
    let ask = |offered| Choice::Ask {
        question: reason("rules.puntaje.pregunta.formula", &[("parametro", name)]),
        offered,
    };
    match measure {
        Measure::EconomicOffer if said.inverse => by_pliego(Formula::Inverse),
        Measure::EconomicOffer if said.nothing => match terms.pack.parameter("economica_formula") {
            Answer::Known(value) => {
                chosen(Formula::Inverse, vec![pack_origin(terms.pack, "economica_formula", &value)])
            }
            Answer::Ask { .. } => ask(vec![plain(Formula::Inverse)]),
        },
        Measure::EconomicOffer => ask(vec![plain(Formula::Inverse), plain(Formula::ByHand)]),
        Measure::GeneralExperience | Measure::SpecificExperience => {
            experience(terms, requirement, name, measure, said)
        }
        Measure::Subcontracting => subcontracting::choice(terms, requirement, rules),
        Measure::EcuadorianParticipation => participation(terms, requirement, said),
        Measure::Vae => vae(terms, requirement, said),
        Measure::Personnel | Measure::Other if said.to_all => by_pliego(Formula::AllOrNothing),
        Measure::Preference => ask(vec![plain(Formula::AllOrNothing), plain(Formula::ByHand)]),
        Measure::Personnel | Measure::Equipment | Measure::WorkPlan | Measure::Other => ask(vec![
            plain(Formula::Proportional { least: None, most: None }),
            plain(Formula::Steps { steps: Vec::new() }),
            plain(Formula::AllOrNothing),
            plain(Formula::ByHand),
        ]),
    }
}

/// Experience: above the pliego's minimum, up to the factor of the text or of the pack's model times the budget.
fn experience(
    terms: &Terms<'_>,
    requirement: &Requirement,
    name: &str,
    measure: Measure,
    said: Said,
) -> Choice {
    let offered = vec![plain(Formula::Proportional { least: None, most: None }), plain(Formula::ByHand)];
    let ask =
        |code: &str| Choice::Ask { question: reason(code, &[("parametro", name)]), offered: offered.clone() };
    let specific = measure == Measure::SpecificExperience;
    // Two minimums of one kind leave a choice that is not ours.
    let minimums: Vec<(Option<Money>, Origin)> = terms
        .of_lot()
        .filter_map(|other| match other.subject {
            Subject::Experience { specific: of, minimum, .. } if of == specific => {
                Some((minimum, pliego(other)))
            }
            _ => None,
        })
        .collect();
    let minimum = match minimums.as_slice() {
        [(Some(minimum), stands)] => Some((*minimum, stands.clone())),
        _ => None,
    };
    let (factor, basis) = if let Some(factor) = recognise::cap_factor(&requirement.text) {
        (factor, pliego(requirement))
    } else {
        // The model's text is of works; what another procedure's pliego does not say is asked.
        let of_model = (terms.procedure == ProcedureType::Lico && said.nothing) || said.above_minimum;
        let Some(value) = terms.pack.works_points().known().filter(|_| of_model) else {
            return ask("rules.puntaje.pregunta.formula");
        };
        (value.value.experiencia_extra_cap_factor, pack_origin(terms.pack, "lico_scoring", &value))
    };
    if !said.nothing && !said.above_minimum {
        return ask("rules.puntaje.pregunta.formula");
    }
    let Some((minimum, stands)) = minimum else { return ask("rules.puntaje.pregunta.minimo") };
    let Some(budget) = terms.budget else { return ask("rules.puntaje.pregunta.presupuesto") };
    let Some(cap) = budget.0.checked_mul(factor) else { return ask("rules.puntaje.pregunta.presupuesto") };
    chosen(Formula::AboveMinimum { minimum: minimum.0, cap }, vec![basis, stands])
}

fn participation(terms: &Terms<'_>, requirement: &Requirement, said: Said) -> Choice {
    let least = threshold(terms);
    match (least, terms.pack.parameter("participacion_ecuatoriana")) {
        (Some((least, stands)), Answer::Known(value)) if said.nothing || said.proportional => chosen(
            Formula::Proportional { least: Some(least), most: None },
            vec![pack_origin(terms.pack, "participacion_ecuatoriana", &value), stands],
        ),
        _ => Choice::Ask {
            question: reason("rules.puntaje.pregunta.umbral", &[("parametro", &requirement.text)]),
            offered: vec![plain(Formula::Proportional { least: None, most: None })],
        },
    }
}

fn vae(terms: &Terms<'_>, requirement: &Requirement, said: Said) -> Choice {
    match (threshold(terms), terms.pack.parameter("vae_puntaje")) {
        (Some((least, stands)), Answer::Known(value)) if said.nothing || said.proportional => chosen(
            Formula::Proportional { least: Some(least), most: None },
            vec![pack_origin(terms.pack, "vae_puntaje", &value), stands],
        ),
        _ => Choice::Ask {
            question: reason("rules.puntaje.pregunta.umbral", &[("parametro", &requirement.text)]),
            offered: vec![plain(Formula::Proportional { least: None, most: None })],
        },
    }
}

/// Returns the pliego's threshold of Ecuadorian added value, when it names one only.
fn threshold(terms: &Terms<'_>) -> Option<(Decimal, Origin)> {
    let mut found: Option<(Decimal, Origin)> = None;
    for requirement in terms.of_lot() {
        let Subject::Vae { threshold: Some(threshold) } = requirement.subject else { continue };
        match &found {
            Some((known, _)) if *known != threshold.0 => return None,
            Some(_) => {}
            None => found = Some((threshold.0, pliego(requirement))),
        }
    }
    found
}

pub(super) fn pliego(requirement: &Requirement) -> Origin {
    Origin::Pliego { requirement: requirement.id.clone(), source: requirement.source.clone() }
}

pub(super) fn pack_origin<T>(pack: &RulePack, parameter: &str, value: &Value<T>) -> Origin {
    if let crate::Origin::Entity { by, reason, .. } = &value.origin {
        return Origin::Entity { parameter: parameter.to_owned(), by: by.clone(), reason: reason.clone() };
    }
    Origin::Pack {
        pack: pack.id.clone(),
        parameter: parameter.to_owned(),
        source: value.source.clone(),
        verified: !value.marked(),
    }
}

pub(super) fn chosen(formula: Formula, origins: Vec<Origin>) -> Choice {
    Choice::Chosen(Sourced { value: formula, origins })
}

/// Offers a formula that no source names for this parameter.
fn plain(formula: Formula) -> Sourced<Formula> {
    Sourced { value: formula, origins: Vec::new() }
}
