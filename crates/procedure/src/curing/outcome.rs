//! How a bid may lawfully end: by the closed list of the regime (RGL 104, 95, 26; corrections 1), with what is missing and what is refused.
//!
//! An integridad defect ends a bid only after request, notification to all, expiry and a motivated *no convalidado*; a minimum with an error that can be
//! cured, too. Indices and points never do. No *no cumple* counts without fact, evidence, norm and conclusion, and none that rests on a signature
//! without a *constatación*.

use super::chain::{CureChain, CureState, is_motivated};
use super::errors::{Curability, Ground, SIGNING, reason, word_for_rejected};
use super::signature::{constatation_fault, speaks_of_signature};
use cotejo_catalogue::message;
use cotejo_domain::course::{Constatation, CureVerdict};
use cotejo_domain::{BidId, FileHash, Motivation, Outcome, Reason, RequirementId, RequirementKind, Verdict};
use cotejo_rules::{Answer, RulePack};
use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Holds what is decided of one requirement for one bid.
#[derive(Clone, Debug)]
pub struct CellCourse {
    /// The requirement.
    pub requirement: RequirementId,
    /// Its number, as persons call it.
    pub number: u32,
    /// What failing it means.
    pub kind: RequirementKind,
    /// The verdict that holds; `None` while nobody decided.
    pub verdict: Option<Verdict>,
    /// Its motivation.
    pub motivation: Motivation,
    /// How many places its evidence names.
    pub evidence: usize,
    /// True when it is to be looked at again.
    pub review: bool,
    /// True when what it needs is sealed still: it cannot be decided yet.
    pub waits: bool,
    /// Whether its defect can be cured, where it has one.
    pub curability: Option<Curability>,
    /// True for an index, whatever kind the pliego gives it: it ends no bid.
    pub index: bool,
    /// True when the checks speak of a signature.
    pub signature: bool,
    /// The files its evidence lies in; empty where it lies in none.
    pub files: Vec<FileHash>,
}

/// Says how the technical score of a bid stands against the least of a consultoría.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TechnicalScore {
    /// It reaches it.
    Reached,
    /// It is below: with which score and which least.
    Below(Reason),
    /// It is not computed yet.
    Open(Reason),
}

/// Holds the course of one bid.
#[derive(Clone, Debug)]
pub struct BidCourse<'a> {
    /// The bid.
    pub bid: BidId,
    /// The regime.
    pub pack: &'a RulePack,
    /// The requirements of integridad and the minimums, decided or not; others are passed over.
    pub cells: &'a [CellCourse],
    /// The *convalidación* of its lot.
    pub chain: &'a CureChain,
    /// What the official application answered of files of its lot.
    pub constatations: &'a [Constatation],
    /// How its technical score stands, in a consultoría.
    pub technical: Option<&'a TechnicalScore>,
    /// Now, local time of Ecuador.
    pub now: DateTime,
}

/// Names an end of a bid with its cause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawfulOutcome {
    /// How it may end.
    pub outcome: Outcome,
    /// The regime's word for it.
    pub word: String,
    /// In one sentence.
    pub text: String,
    /// The norm.
    pub ground: Ground,
    /// The requirements it rests on.
    pub requirements: Vec<RequirementId>,
    /// The requests it rests on.
    pub requests: Vec<u32>,
    /// What the person who records it has to bring besides the motivation.
    pub needs: Vec<Reason>,
}

/// Says why a bid may not end so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedOutcome {
    /// How it may not end.
    pub outcome: Outcome,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Holds what is lawful for a bid now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LawfulOutcomes {
    /// How it may end.
    pub allowed: Vec<LawfulOutcome>,
    /// How it may not, and why.
    pub refused: Vec<RefusedOutcome>,
    /// What is to be done before it can end.
    pub missing: Vec<Reason>,
}

/// The causes of rejection that follow from the evaluation itself.
pub const EVALUATION_CAUSES: [&str; 3] =
    ["no_convalidado", "error_no_convalidable", "incumple_minimo_cumple_no_cumple"];
/// The causes that lie outside of it: what another law or register says of the bidder.
pub const OTHER_CAUSES: [&str; 2] = ["vinculacion_95", "inhabilidad_rup_26"];

/// A *no cumple* that says everything it has to.
fn sound(cell: &CellCourse) -> bool {
    cell.verdict == Some(Verdict::NoCumple)
        && !cell.review
        && is_motivated(&cell.motivation)
        && (cell.evidence > 0 || !cell.motivation.evidence.trim().is_empty())
}

fn counts(kind: RequirementKind) -> bool {
    matches!(kind, RequirementKind::Integridad | RequirementKind::Minimo)
}

impl BidCourse<'_> {
    fn judged(&self) -> impl Iterator<Item = &CellCourse> {
        self.cells.iter().filter(|cell| counts(cell.kind) && !cell.index && !cell.waits)
    }

    /// Lists the requests of this bid that were notified to all, are over, and were found not cured for a stated reason, each with its decided
    /// cell: the one way from integridad to a rejection.
    fn not_cured(&self) -> Vec<(u32, &CellCourse)> {
        let mut found = Vec::new();
        for number in self.in_vain() {
            let request = self.chain.request(number);
            let cell = request.and_then(|request| {
                self.judged().find(|cell| cell.requirement == request.requirement && sound(cell))
            });
            found.extend(cell.map(|cell| (number, cell)));
        }
        found
    }

    /// Lists the requests of this bid that were notified to all, are over, and were found not cured for a stated reason.
    fn in_vain(&self) -> Vec<u32> {
        if !self.chain.notified_to_all() || !self.chain.expired(self.now) {
            return Vec::new();
        }
        let failed = |number: u32| {
            self.chain.results.get(&number).is_some_and(|result| {
                matches!(result.result, CureVerdict::NoConvalidado | CureVerdict::Parcial)
                    && result.bid == self.bid
                    && is_motivated(&result.motivation)
            })
        };
        self.chain.of_bid(self.bid).map(|request| request.number).filter(|number| failed(*number)).collect()
    }

    /// Says why *no cumple* may not be decided on a cell now: an error that can be cured is asked first, and what might be one is told first.
    fn cure_first(&self, cell: &CellCourse) -> Option<Reason> {
        if !counts(cell.kind) || cell.index {
            return None;
        }
        let asked = |number: &u32| {
            self.chain.request(*number).is_some_and(|request| request.requirement == cell.requirement)
        };
        if self.in_vain().iter().any(asked) {
            return None;
        }
        let number = cell.number.to_string();
        let open = |number: u32| asked(&number) && !self.chain.results.contains_key(&number);
        if self.chain.of_bid(self.bid).any(|request| open(request.number)) {
            return Some(reason("curing.refusa.pedido_abierto", &[("fila", number.as_str())]));
        }
        let first = || reason("curing.refusa.pida_primero", &[("fila", number.as_str())]);
        match (&cell.curability, cell.kind) {
            (Some(answer), kind) if answer.forbids(kind) => None,
            (_, RequirementKind::Integridad) | (Some(Curability::Curable(_)), _) => Some(first()),
            (Some(Curability::Ask { question, .. }), _) => {
                let values = [("fila", number.as_str()), ("pregunta", question.text.as_str())];
                Some(reason("curing.refusa.diga_primero", &values))
            }
            _ => None,
        }
    }

    /// Tells whether a *no cumple* rests on a signature: by what the checks say, what was asked, or its own words.
    fn rests_on_signature(&self, cell: &CellCourse) -> bool {
        let signing = |error: &str| SIGNING.contains(&error);
        let mut asked = self.chain.of_bid(self.bid).filter(|request| request.requirement == cell.requirement);
        cell.signature
            || cell.curability.as_ref().and_then(Curability::error).is_some_and(signing)
            || asked.any(|request| signing(&request.error))
            || speaks_of_signature(&cell.motivation)
    }

    /// Says what a *no cumple* that rests on a signature lacks before it may hurt the bid.
    fn signature_fault(&self, cell: &CellCourse) -> Option<Reason> {
        if !counts(cell.kind) || cell.index || !self.rests_on_signature(cell) {
            return None;
        }
        constatation_fault(self.constatations, self.bid, cell)
    }

    /// Lists what stands against deciding *no cumple* on a cell: an error that was not asked first, a signature that nobody validated officially.
    #[must_use]
    pub fn against_no_cumple(&self, cell: &CellCourse) -> Vec<Reason> {
        self.cure_first(cell).into_iter().chain(self.signature_fault(cell)).collect()
    }

    /// Lists what stands against saying that a request was not cured: a signature that nobody validated officially.
    #[must_use]
    pub fn against_not_cured(&self, cell: &CellCourse) -> Vec<Reason> {
        self.signature_fault(cell).into_iter().collect()
    }

    fn not_curable(&self) -> Vec<&CellCourse> {
        let forbidden =
            |cell: &&CellCourse| cell.curability.as_ref().is_some_and(|answer| answer.forbids(cell.kind));
        self.judged().filter(|cell| sound(cell)).filter(forbidden).collect()
    }

    fn failed_minimums(&self) -> Vec<&CellCourse> {
        self.judged()
            .filter(|cell| cell.kind == RequirementKind::Minimo && sound(cell))
            .filter(|cell| self.cure_first(cell).is_none())
            .collect()
    }

    /// Says why minimums that are decided *no cumple* do not count: they were not asked first.
    fn minimums_to_ask(&self) -> Vec<Reason> {
        let minimums = self.judged().filter(|cell| cell.kind == RequirementKind::Minimo && sound(cell));
        minimums.filter_map(|cell| self.cure_first(cell)).collect()
    }
}

/// Says how a bid may lawfully end now, what is refused and why, and what is missing.
#[must_use]
pub fn lawful_outcomes(course: &BidCourse<'_>) -> LawfulOutcomes {
    let mut outcomes = LawfulOutcomes { missing: missing(course), ..LawfulOutcomes::default() };
    qualified(course, &mut outcomes);
    not_qualified(course, &mut outcomes);
    below_technical_minimum(course, &mut outcomes);
    for cause in EVALUATION_CAUSES {
        rejected(course, cause, &mut outcomes);
    }
    for cause in OTHER_CAUSES {
        disabled(course, cause, &mut outcomes);
    }
    withdrawn(course, &mut outcomes);
    outcomes
}

/// Lists what is open: undecided cells, cells to be looked at again, and every step of a *convalidación* that waits.
fn missing(course: &BidCourse<'_>) -> Vec<Reason> {
    let mut missing = Vec::new();
    for cell in course.judged() {
        let number = cell.number.to_string();
        let at = [("fila", number.as_str())];
        match cell.verdict {
            _ if cell.review => missing.push(reason("curing.pendiente.revisar", &at)),
            None | Some(Verdict::Pendiente) => missing.push(reason("curing.pendiente.decidir", &at)),
            Some(Verdict::NoCumple) if !sound(cell) => {
                missing.push(reason("curing.pendiente.motivar", &at));
            }
            Some(Verdict::NoCumple) => missing.extend(course.cure_first(cell)),
            Some(Verdict::AConvalidar) => {
                let requests: Vec<_> = course
                    .chain
                    .of_bid(course.bid)
                    .filter(|request| request.requirement == cell.requirement)
                    .collect();
                if requests.is_empty() {
                    missing.push(reason("curing.pendiente.pedir", &at));
                }
                if !requests.is_empty()
                    && requests
                        .iter()
                        .all(|request| course.chain.state(request, course.now) == CureState::Resolved)
                {
                    missing.push(reason("curing.pendiente.decidir_de_nuevo", &at));
                }
            }
            _ => {}
        }
    }
    for request in course.chain.of_bid(course.bid) {
        let number = request.number.to_string();
        let at = [("numero", number.as_str())];
        let key = match course.chain.state(request, course.now) {
            CureState::Requested => "curing.pendiente.notificar",
            CureState::Running => "curing.pendiente.corre",
            CureState::Answered | CureState::AnsweredLate => "curing.pendiente.resolver",
            CureState::Silent => "curing.pendiente.silencio",
            CureState::Resolved => continue,
        };
        missing.push(reason(key, &at));
    }
    missing
}

fn allow(
    outcomes: &mut LawfulOutcomes,
    outcome: Outcome,
    (word, text): (String, String),
    ground: Ground,
    cells: &[&CellCourse],
) {
    outcomes.allowed.push(LawfulOutcome {
        outcome,
        word,
        text,
        ground,
        requirements: cells.iter().map(|cell| cell.requirement.clone()).collect(),
        requests: Vec::new(),
        needs: Vec::new(),
    });
}

fn refuse(outcomes: &mut LawfulOutcomes, outcome: Outcome, reasons: Vec<Reason>) {
    outcomes.refused.push(RefusedOutcome { outcome, reasons });
}

fn qualified(course: &BidCourse<'_>, outcomes: &mut LawfulOutcomes) {
    let judged: Vec<&CellCourse> = course.judged().collect();
    let fails: Vec<String> = judged
        .iter()
        .filter(|cell| !matches!(cell.verdict, Some(Verdict::Cumple | Verdict::NoAplica)))
        .map(|cell| cell.number.to_string())
        .collect();
    let mut reasons = outcomes.missing.clone();
    if judged.is_empty() {
        reasons.push(reason("curing.pendiente.sin_requisitos", &[]));
    }
    if !fails.is_empty() {
        reasons.push(reason("curing.refusa.no_cumple_todo", &[("filas", &fails.join(", "))]));
    }
    // Before its technical score is determined a consultoría's bid has not qualified: its envelope would open.
    if let Some(TechnicalScore::Below(why) | TechnicalScore::Open(why)) = course.technical {
        reasons.push(why.clone());
    }
    if reasons.is_empty() {
        let words = (message("curing.palabra.calificada", &[]), message("curing.resultado.calificada", &[]));
        let mut ground = Ground::default();
        if let Some(basis) = course.pack.basis("puntaje").known() {
            ground.join(cite_basis(&basis));
        }
        allow(outcomes, Outcome::Calificada, words, ground, &[]);
    } else {
        refuse(outcomes, Outcome::Calificada, reasons);
    }
}

fn cite_basis(basis: &cotejo_rules::Value<Vec<String>>) -> Ground {
    let mut ground = Ground { legal_basis: basis.value.clone(), unverified: Vec::new() };
    if basis.marked() {
        let name = basis.value.join(", ");
        let values = [("norma", name.as_str()), ("fuente", basis.source.as_str())];
        ground.unverified.push(message("rules.norma_sin_verificar", &values));
    }
    ground
}

/// A bid does not end while a term of its own runs or an answer of it was not looked at.
fn cure_is_open(course: &BidCourse<'_>) -> Vec<Reason> {
    let open = [
        "curing.pendiente.notificar",
        "curing.pendiente.corre",
        "curing.pendiente.resolver",
        "curing.pendiente.silencio",
    ];
    missing(course).into_iter().filter(|reason| open.contains(&reason.code.as_str())).collect()
}

fn not_qualified(course: &BidCourse<'_>, outcomes: &mut LawfulOutcomes) {
    let failed = course.failed_minimums();
    let mut reasons = cure_is_open(course);
    if failed.is_empty() {
        reasons.push(reason("curing.refusa.ningun_minimo", &[]));
        reasons.extend(course.minimums_to_ask());
        reasons.extend(points_never(course));
    }
    if reasons.is_empty() {
        let mut ground = Ground::default();
        if let Some(basis) = course.pack.basis("incumplimiento_tecnico").known() {
            ground.join(cite_basis(&basis));
        }
        let numbers = numbers(&failed);
        let text = message("curing.resultado.no_calificada", &[("filas", &numbers)]);
        let words = (message("curing.palabra.no_calificada", &[]), text);
        allow(outcomes, Outcome::NoCalificada, words, ground, &failed);
        if let Some(last) = outcomes.allowed.last_mut() {
            last.needs = signature_needs(course, &failed);
        }
    } else {
        refuse(outcomes, Outcome::NoCalificada, reasons);
    }
}

/// In a consultoría, who has less than the technical minimum is not qualified to have its economic envelope opened (RGL 104, 169 to 171).
fn below_technical_minimum(course: &BidCourse<'_>, outcomes: &mut LawfulOutcomes) {
    let outcome = Outcome::BajoMinimoTecnico;
    let why = match course.technical {
        None => return,
        Some(TechnicalScore::Below(why)) => why,
        Some(TechnicalScore::Open(why)) => return refuse(outcomes, outcome, vec![why.clone()]),
        Some(TechnicalScore::Reached) => {
            return refuse(outcomes, outcome, vec![reason("curing.refusa.alcanza_minimo_tecnico", &[])]);
        }
    };
    let open = outcomes.missing.clone();
    if !open.is_empty() {
        return refuse(outcomes, outcome, open);
    }
    let ground = match course.pack.settle::<serde_json::Value>("consultoria", None, None) {
        Answer::Known(value) => Ground::of("consultoria", &value, None),
        Answer::Ask { .. } => Ground::default(),
    };
    let text = message("curing.resultado.bajo_minimo_tecnico", &[("motivo", &why.text)]);
    allow(outcomes, outcome, (message("curing.palabra.bajo_minimo_tecnico", &[]), text), ground, &[]);
}

/// What adverse ends that rest on signatures lack: validations by the official application (RGL 43; corrections 11).
fn signature_needs(course: &BidCourse<'_>, cells: &[&CellCourse]) -> Vec<Reason> {
    let mut needs: Vec<Reason> = Vec::new();
    for need in cells.iter().filter_map(|cell| course.signature_fault(cell)) {
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
    needs
}

fn numbers(cells: &[&CellCourse]) -> String {
    cells.iter().map(|cell| cell.number.to_string()).collect::<Vec<_>>().join(", ")
}

/// Says that indices and points end no bid, where somebody decided *no cumple* on one.
fn points_never(course: &BidCourse<'_>) -> Vec<Reason> {
    let failed: Vec<&CellCourse> = course
        .cells
        .iter()
        .filter(|cell| (!counts(cell.kind) || cell.index) && cell.verdict == Some(Verdict::NoCumple))
        .collect();
    if failed.is_empty() {
        Vec::new()
    } else {
        vec![reason("curing.refusa.puntaje_nunca", &[("filas", &numbers(&failed))])]
    }
}

/// Says under which norm a cause stands in the closed list of the regime. `Err` says that the regime's list does not have it; `Ok(None)` that no
/// list was seen.
fn listed(pack: &RulePack, list: &str, cause: &str) -> Result<Option<Ground>, Reason> {
    match pack.settle::<Vec<String>>(list, None, None) {
        Answer::Known(value) if value.value.iter().any(|key| key == cause) => {
            Ok(Some(Ground::of(list, &value, None)))
        }
        Answer::Known(_) => Err(reason(
            "curing.refusa.causa_fuera_de_lista",
            &[("regimen", &pack.id), ("causa", &cause_name(cause))],
        )),
        Answer::Ask { .. } => Ok(None),
    }
}

/// Names a cause for people.
#[must_use]
pub fn cause_name(cause: &str) -> String {
    let key = format!("curing.causa.{cause}");
    if cotejo_catalogue::exists(&key) { message(&key, &[]) } else { cause.to_owned() }
}

fn rejected(course: &BidCourse<'_>, cause: &str, outcomes: &mut LawfulOutcomes) {
    let outcome = Outcome::Rechazada { cause: cause.to_owned() };
    let ground = match listed(course.pack, "rechazo_causas", cause) {
        Ok(ground) => ground,
        Err(why) => return refuse(outcomes, outcome, vec![why]),
    };
    let mut reasons = cure_is_open(course);
    let mut requests = Vec::new();
    let cells = match cause {
        "no_convalidado" => {
            let found = course.not_cured();
            requests = found.iter().map(|(number, _)| *number).collect();
            if found.is_empty() {
                reasons.push(reason("curing.refusa.sin_cadena", &[]));
            }
            found.into_iter().map(|(_, cell)| cell).collect()
        }
        "error_no_convalidable" => {
            let found = course.not_curable();
            if found.is_empty() {
                reasons.push(reason("curing.refusa.ningun_error_no_convalidable", &[]));
            }
            found
        }
        _ => {
            let found = course.failed_minimums();
            if found.is_empty() {
                reasons.push(reason("curing.refusa.ningun_minimo", &[]));
                reasons.extend(course.minimums_to_ask());
                reasons.extend(points_never(course));
            }
            found
        }
    };
    if !reasons.is_empty() {
        return refuse(outcomes, outcome, reasons);
    }
    let (word, unverified_word) = word_for_rejected(course.pack);
    let mut needs = signature_needs(course, &cells);
    let mut ground = ground.unwrap_or_else(|| {
        needs.push(reason("curing.necesita.norma", &[("regimen", &course.pack.id)]));
        Ground::default()
    });
    ground.unverified.extend(
        unverified_word.map(|source| message("curing.palabra.sin_verificar", &[("fuente", &source)])),
    );
    for cell in &cells {
        if let Some(Curability::NotCurable { ground: own, .. }) = &cell.curability
            && cause == "error_no_convalidable"
        {
            ground.join(own.clone());
        }
    }
    let text = message(
        "curing.resultado.rechazada",
        &[("palabra", &word), ("causa", &cause_name(cause)), ("filas", &numbers(&cells))],
    );
    allow(outcomes, outcome, (word, text), ground, &cells);
    if let Some(last) = outcomes.allowed.last_mut() {
        last.requests = requests;
        last.needs = needs;
    }
}

/// What a register or another law says of a bidder is no conclusion of the evaluation: whoever records it brings the paper that shows it.
fn disabled(course: &BidCourse<'_>, cause: &str, outcomes: &mut LawfulOutcomes) {
    let outcome = Outcome::Inhabilitada { cause: cause.to_owned() };
    match listed(course.pack, "rechazo_otras_causas", cause) {
        Err(why) => refuse(outcomes, outcome, vec![why]),
        Ok(ground) => {
            let mut needs = vec![reason("curing.necesita.prueba", &[("causa", &cause_name(cause))])];
            if ground.is_none() {
                needs.push(reason("curing.necesita.norma", &[("regimen", &course.pack.id)]));
            }
            let text = message("curing.resultado.inhabilitada", &[("causa", &cause_name(cause))]);
            let words = (message("curing.palabra.inhabilitada", &[]), text);
            allow(outcomes, outcome, words, ground.unwrap_or_default(), &[]);
            if let Some(last) = outcomes.allowed.last_mut() {
                last.needs = needs;
            }
        }
    }
}

fn withdrawn(course: &BidCourse<'_>, outcomes: &mut LawfulOutcomes) {
    match course.pack.settle::<bool>("ofertas_no_se_retiran", None, None) {
        Answer::Known(value) if value.value => {
            let ground = Ground::of("ofertas_no_se_retiran", &value, None);
            let why = reason("curing.refusa.no_se_retiran", &[("norma", &ground.legal_basis.join(", "))]);
            refuse(outcomes, Outcome::Retirada, vec![why]);
        }
        Answer::Known(_) | Answer::Ask { .. } => {
            let words = (message("curing.palabra.retirada", &[]), message("curing.resultado.retirada", &[]));
            allow(outcomes, Outcome::Retirada, words, Ground::default(), &[]);
            if let Some(last) = outcomes.allowed.last_mut() {
                last.needs = vec![
                    reason("curing.necesita.prueba", &[("causa", &cause_name("retiro"))]),
                    reason("curing.necesita.norma", &[("regimen", &course.pack.id)]),
                ];
            }
        }
    }
}

/// Holds how a person wants a bid to end.
#[derive(Clone, Debug)]
pub struct OutcomeDraft<'a> {
    /// How.
    pub outcome: &'a Outcome,
    /// Why.
    pub motivation: &'a Motivation,
    /// How many places or papers it names.
    pub evidence: usize,
    /// The pliego's own clause it cites, by its numeral; empty where none is.
    pub clause: &'a str,
}

/// Names a clause of the pliego as actas cite it.
#[must_use]
pub fn clause_cited(clause: &str) -> String {
    message("curing.cita.pliego", &[("numeral", clause.trim())])
}

/// Tells whether a clause of the pliego may stand beside the cause of an outcome.
#[must_use]
pub fn cites_clause(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Rechazada { .. } | Outcome::NoCalificada | Outcome::BajoMinimoTecnico)
}

/// Tells under which lawful outcome a draft can be recorded.
///
/// # Errors
/// Why it cannot: the reasons of the refusal, or what the draft itself lacks.
pub fn admit_outcome(course: &BidCourse<'_>, draft: &OutcomeDraft<'_>) -> Result<LawfulOutcome, Vec<Reason>> {
    let lawful = lawful_outcomes(course);
    let Some(mut found) = lawful.allowed.into_iter().find(|allowed| allowed.outcome == *draft.outcome) else {
        let refused = lawful.refused.into_iter().find(|refused| refused.outcome == *draft.outcome);
        return Err(
            refused.map_or_else(|| vec![reason("curing.refusa.fuera_de_la_lista", &[])], |kept| kept.reasons)
        );
    };
    let adverse = !matches!(draft.outcome, Outcome::Calificada);
    let mut faults = Vec::new();
    if adverse && !is_motivated(draft.motivation) {
        faults.push(reason("curing.falta.motivacion", &[]));
    }
    let outside = matches!(draft.outcome, Outcome::Inhabilitada { .. } | Outcome::Retirada);
    if outside && draft.evidence == 0 {
        faults.extend(found.needs.iter().filter(|need| need.code == "curing.necesita.prueba").cloned());
    }
    // Where no list was seen, the person's own citation of the norm is what it rests on.
    let asks = found.needs.iter().find(|need| need.code == "curing.necesita.norma");
    if let Some(need) = asks.filter(|_| draft.motivation.norm.trim().is_empty()) {
        faults.push(need.clone());
    }
    faults.extend(
        found.needs.iter().filter(|need| need.code.starts_with("curing.necesita.constatacion")).cloned(),
    );
    // A clause of the pliego stands beside a cause of the closed list, never in its place: it binds the commission, and adds no cause to the norm.
    if !draft.clause.trim().is_empty() {
        if cites_clause(draft.outcome) {
            found.ground.cite(clause_cited(draft.clause));
        } else {
            faults.push(reason("curing.falta.numeral_sin_causa", &[]));
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}
