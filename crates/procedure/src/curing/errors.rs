//! Which errors a regime lets a bidder cure: recognised by what the checks found, answered by the frozen pack (RGL 100 to 103, manual §2.2).
//!
//! `data/convalidacion.json` says how each error is recognised and whether the thing must have existed before; *whether* it is curable, under
//! which numeral and how sure that is, the pack says. What the pack does not say is asked: never taken from another regime. In doubt it is cured.
//!
//! Integridad is always cured first, but for the one case a regime was read to forbid: a form without signature. Of a minimum, errors of form are
//! asked first; that it is not met at all is no error of form. That nothing was read never says that no page mentions a thing: a person does.

use cotejo_catalogue::message;
use cotejo_domain::course::{CureNature, DefectNature, ExistedBefore};
use cotejo_domain::{Reason, RequirementKind, Verdict};
use cotejo_rules::{Answer, RulePack, Value};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// Errors whose cure is a signature and nothing else.
pub(crate) const SIGNING: [&str; 3] =
    ["formulario_sin_firma", "anexo_sin_firma_electronica", "firma_de_otro_sistema_o_no_validable"];

/// The one error of integridad that a regime may forbid to cure.
const UNSIGNED_FORM: &str = "formulario_sin_firma";
/// A defect that no list names.
const OTHER: &str = "otro";
/// Papers that no page of the bid mentions.
const UNMENTIONED: &str = "sin_referencia_en_la_oferta";

/// Tells whether reasons of a check speak of an electronic signature.
#[must_use]
pub fn about_signature(codes: &[&str]) -> bool {
    let listed = ERRORS.errors.iter().filter(|form| SIGNING.contains(&form.key.as_str()));
    let mut signing = listed.flat_map(|form| &form.recognised_by);
    signing.any(|known| codes.contains(&known.as_str()))
        || codes.iter().any(|code| code.ends_with(".constatacion"))
}

/// One error as the data file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErrorForm {
    pub(crate) key: String,
    nature: CureNature,
    listed_in: String,
    #[serde(default)]
    also_in: Option<String>,
    existed_before: bool,
    pub(crate) recognised_by: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NotCurableForm {
    pub(crate) key: String,
    listed_in: String,
    pub(crate) recognised_by: Vec<String>,
}

/// The word of a regime for a bid that is thrown out (corrections 8).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordForm {
    regimes: Vec<String>,
    rejected: String,
    source: String,
    verified: bool,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ErrorsForm {
    #[expect(dead_code, reason = "names the file")]
    format: String,
    #[expect(dead_code, reason = "its version")]
    form: u32,
    pub(crate) errors: Vec<ErrorForm>,
    pub(crate) not_curable: Vec<NotCurableForm>,
    pub(crate) words: Vec<WordForm>,
}

pub(crate) const DATA: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/convalidacion.json"));

// A test reads the file; were it broken, everything would be asked.
pub(crate) static ERRORS: LazyLock<ErrorsForm> =
    LazyLock::new(|| serde_json::from_str(DATA).unwrap_or_default());

/// Names a ground of the norm with how sure it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The articles, as actas cite them.
    pub legal_basis: Vec<String>,
    /// The values of the pack it rests on that nobody verified, each with its source.
    pub unverified: Vec<String>,
}

impl Ground {
    /// Rests on a value of the pack, under one of its numerals where it has them.
    pub(crate) fn of<T>(key: &str, value: &Value<T>, numeral: Option<&str>) -> Self {
        let mut ground = Self::default();
        ground.rest_on(key, value, numeral);
        ground
    }

    pub(crate) fn rest_on<T>(&mut self, key: &str, value: &Value<T>, numeral: Option<&str>) {
        let citation = &value.citation;
        let article = match (&citation.art, numeral) {
            (Some(article), Some(numeral)) => {
                let values = [("norma", citation.norm.as_str()), ("articulo", article), ("numeral", numeral)];
                message("curing.cita.numeral", &values)
            }
            (Some(article), None) => {
                message("curing.cita.articulo", &[("norma", &citation.norm), ("articulo", article)])
            }
            _ => citation.norm.clone(),
        };
        self.cite(article);
        if value.marked() {
            let name = message(&format!("curing.valor.{key}"), &[]);
            let text = message("rules.norma_sin_verificar", &[("norma", &name), ("fuente", &value.source)]);
            if !self.unverified.contains(&text) {
                self.unverified.push(text);
            }
        }
    }

    pub(crate) fn cite(&mut self, article: String) {
        if !self.legal_basis.contains(&article) {
            self.legal_basis.push(article);
        }
    }

    /// Takes over what another ground rests on.
    pub(crate) fn join(&mut self, other: Self) {
        for article in other.legal_basis {
            self.cite(article);
        }
        for text in other.unverified {
            if !self.unverified.contains(&text) {
                self.unverified.push(text);
            }
        }
    }
}

/// Describes an error that may be asked to be cured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curable {
    /// Its key in the list.
    pub error: String,
    /// Its name, for people.
    pub name: String,
    /// The kind of error.
    pub nature: CureNature,
    /// What makes it curable.
    pub ground: Ground,
    /// Whether the thing must have existed before bids were due.
    pub existed_before: ExistedBefore,
    /// What is usually asked, as a draft.
    pub to_cure: String,
    /// What a person should know: doubts of the norm, conditions of the regime.
    pub remarks: Vec<Reason>,
}

/// Says whether an error can be cured under a regime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Curability {
    /// The regime lists it.
    Curable(Curable),
    /// The regime does not let it be cured.
    NotCurable {
        /// The error, where it was recognised.
        error: Option<String>,
        /// Why.
        reason: Reason,
        /// The norm.
        ground: Ground,
    },
    /// The regime has no answer that was seen: a person names the norm.
    Ask {
        /// The question.
        question: Reason,
        /// The error, where it was recognised, for the person's draft.
        draft: Option<Curable>,
    },
}

impl Curability {
    /// Tells whether the norm itself says that a defect of this kind is not cured, so that nothing is asked before it ends a bid. Of integridad that
    /// is a form without signature alone, and only where somebody read or confirmed that the regime forbids it (corrections 1).
    #[must_use]
    pub fn forbids(&self, kind: RequirementKind) -> bool {
        let Self::NotCurable { error, reason, ground } = self else { return false };
        let of_the_norm = matches!(reason.code.as_str(), "curing.no_convalidable" | "curing.sin_referencia");
        match kind {
            RequirementKind::Integridad => {
                of_the_norm && error.as_deref() == Some(UNSIGNED_FORM) && ground.unverified.is_empty()
            }
            RequirementKind::Minimo => of_the_norm,
            RequirementKind::Puntaje | RequirementKind::Informativo => false,
        }
    }

    /// Returns the error it is about, where one was recognised.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        match self {
            Self::Curable(draft) => Some(&draft.error),
            Self::NotCurable { error, .. } => error.as_deref(),
            Self::Ask { draft, .. } => draft.as_ref().map(|draft| draft.error.as_str()),
        }
    }
}

/// Describes a defect as the checks and persons see it.
#[derive(Clone, Copy, Debug)]
pub struct Defect<'a> {
    /// Codes of the reasons of its proposal.
    pub codes: &'a [&'a str],
    /// The articles of its proposal.
    pub legal_basis: &'a [String],
    /// What failing the requirement means.
    pub kind: RequirementKind,
    /// The error that a person named, by its key; it goes before the codes.
    pub named: Option<&'a str>,
    /// Whether the bid mentions the thing; `None` while nobody showed it: that nothing was read does not say that no page mentions it.
    pub mentioned: Option<bool>,
    /// What the checks propose.
    pub proposed: Option<Verdict>,
    /// True when the checks or a person hold it to be an error to cure.
    pub to_cure: bool,
    /// What a person said it is.
    pub said: Option<&'a DefectNature>,
}

pub(crate) fn reason(code: &str, values: &[(&str, &str)]) -> Reason {
    Reason { code: code.to_owned(), text: message(code, values) }
}

/// Lists the keys of the errors a person may name, each with its name, in the order of the regime's list where it has one.
#[must_use]
pub fn nameable_errors() -> Vec<(String, String)> {
    let listed = ERRORS.errors.iter().map(|form| form.key.as_str());
    listed.chain([OTHER]).map(|key| (key.to_owned(), name_of(key))).collect()
}

fn name_of(key: &str) -> String {
    message(&format!("curing.error.{key}"), &[])
}

#[derive(Deserialize)]
struct Listed {
    numeral: String,
    clave: String,
}

/// Says whether a defect can be cured under a pack.
#[must_use]
pub fn curability(pack: &RulePack, defect: Defect<'_>) -> Curability {
    if matches!(defect.kind, RequirementKind::Puntaje | RequirementKind::Informativo) {
        let reason = reason("curing.no_se_pide.no_descalifica", &[]);
        return Curability::NotCurable { error: None, reason, ground: Ground::default() };
    }
    let said = match defect.said {
        Some(DefectNature::Formal { error }) => Some(error.as_str()),
        _ => None,
    };
    let defect = Defect {
        named: defect.named.or(said),
        mentioned: match defect.said {
            Some(DefectNature::Mentioned) => Some(true),
            Some(DefectNature::Unmentioned) => Some(false),
            _ => defect.mentioned,
        },
        ..defect
    };
    if let Some(named) = defect.named {
        let form = ERRORS.errors.iter().find(|form| form.key == named);
        return form.map_or_else(|| unlisted(pack, defect), |form| listed(pack, form, defect));
    }
    let is = |codes: &[String]| codes.iter().any(|code| defect.codes.contains(&code.as_str()));
    if defect.kind == RequirementKind::Minimo {
        match defect.said {
            Some(DefectNature::Substantive) => return not_met(pack, "curing.minimo_dicho"),
            Some(DefectNature::Unmentioned) => return unmentioned(pack),
            _ => {}
        }
        // What the norm says cannot be cured goes first: asking it would be asking what may not be asked. Of integridad all is cured.
        if let Some(form) = ERRORS.not_curable.iter().find(|form| is(&form.recognised_by)) {
            return not_curable(pack, form);
        }
        // The checks take every reading of the papers before they propose it: no cure of form would meet it.
        if defect.proposed == Some(Verdict::NoCumple) {
            return not_met(pack, "curing.minimo_comprobado");
        }
    }
    let found = ERRORS.errors.iter().find(|form| is(&form.recognised_by));
    // Whatever is wrong with a form, it is integridad: the general numeral covers it.
    let found = found.or_else(|| general().filter(|_| defect.kind == RequirementKind::Integridad));
    found.map_or_else(|| unlisted(pack, defect), |form| listed(pack, form, defect))
}

fn general() -> Option<&'static ErrorForm> {
    ERRORS.errors.iter().find(|form| form.key == "error_en_formulario_e_integridad")
}

/// The minimum itself is not met: no error, so that there is nothing to cure (RGL 104).
fn not_met(pack: &RulePack, code: &str) -> Curability {
    let ground = match pack.settle::<Vec<String>>("rechazo_causas", None, None) {
        Answer::Known(value) => Ground::of("rechazo_causas", &value, None),
        Answer::Ask { .. } => Ground::default(),
    };
    Curability::NotCurable { error: None, reason: reason(code, &[]), ground }
}

/// A person said that no page mentions it (RGL 102 and 103).
fn unmentioned(pack: &RulePack) -> Curability {
    match pack.settle::<Vec<String>>("no_convalidable", None, None) {
        Answer::Known(value) if value.value.iter().any(|key| key == UNMENTIONED) => Curability::NotCurable {
            error: Some(UNMENTIONED.to_owned()),
            reason: reason("curing.sin_referencia", &[]),
            ground: Ground::of("no_convalidable", &value, None),
        },
        _ => {
            let name = message(&format!("curing.no_convalidable.{UNMENTIONED}"), &[]);
            Curability::Ask { question: question(pack, &name), draft: None }
        }
    }
}

fn not_curable(pack: &RulePack, form: &NotCurableForm) -> Curability {
    let name = message(&format!("curing.no_convalidable.{}", form.key), &[]);
    match pack.settle::<Vec<String>>(&form.listed_in, None, None) {
        Answer::Known(value) if value.value.contains(&form.key) => Curability::NotCurable {
            error: Some(form.key.clone()),
            reason: reason("curing.no_convalidable", &[("error", &name), ("regimen", &pack.id)]),
            ground: Ground::of(&form.listed_in, &value, None),
        },
        _ => Curability::Ask { question: question(pack, &name), draft: None },
    }
}

fn question(pack: &RulePack, name: &str) -> Reason {
    reason("curing.pregunta.convalidable", &[("error", name), ("regimen", &pack.id)])
}

fn draft_of(key: &str, nature: CureNature, existed_before: bool) -> Curable {
    Curable {
        error: key.to_owned(),
        name: name_of(key),
        nature,
        ground: Ground::default(),
        // That the bid mentions it does not show that it existed: the answer has to.
        existed_before: if existed_before { ExistedBefore::ToBeShown } else { ExistedBefore::NotRequired },
        to_cure: message(&format!("curing.que_convalidar.{key}"), &[]),
        remarks: Vec::new(),
    }
}

/// No error of the list was recognised. What somebody holds to be an error is in doubt, and in doubt it is cured; else there is none to ask.
fn unlisted(pack: &RulePack, defect: Defect<'_>) -> Curability {
    if defect.named == Some(OTHER) || (defect.named.is_none() && defect.to_cure) {
        let mut draft = draft_of(OTHER, CureNature::Dudoso, false);
        draft.ground.legal_basis = defect.legal_basis.to_vec();
        return in_doubt(pack, draft);
    }
    let ground = match pack.settle::<Vec<serde_json::Value>>("convalidacion_causas", None, None) {
        Answer::Known(value) => Ground::of("convalidacion_causas", &value, None),
        Answer::Ask { .. } => Ground::default(),
    };
    let reason = reason("curing.fuera_de_lista", &[("regimen", &pack.id)]);
    Curability::NotCurable { error: None, reason, ground }
}

/// In doubt it is cured, where the regime says so; else a person names the norm.
fn in_doubt(pack: &RulePack, mut draft: Curable) -> Curability {
    match pack.settle::<bool>("convalidacion_en_duda", None, None).known() {
        Some(rule) if rule.value => {
            draft.nature = CureNature::Dudoso;
            draft.ground.rest_on("convalidacion_en_duda", &rule, None);
            draft.remarks.push(reason("curing.en_duda_otro", &[]));
            Curability::Curable(draft)
        }
        _ => Curability::Ask { question: question(pack, &draft.name), draft: Some(draft) },
    }
}

fn listed(pack: &RulePack, form: &ErrorForm, defect: Defect<'_>) -> Curability {
    let mut draft = draft_of(&form.key, form.nature, form.existed_before);
    let integridad = defect.kind == RequirementKind::Integridad;
    let answer = match form.listed_in.as_str() {
        "convalidacion_causas" => in_the_list(pack, form, &mut draft),
        "arithmetic" => arithmetic(pack, &mut draft),
        key => yes_or_no(pack, key, &mut draft),
    };
    let answer = match (answer, &form.also_in) {
        (None, Some(key)) if integridad => yes_or_no(pack, key, &mut draft),
        (answer, _) => answer,
    };
    match answer {
        Some(true) => {
            if form.listed_in == "formulario_sin_firma_subsanable" {
                doubt(pack, defect, &mut draft);
            }
            // What the check itself cites stands beside the numeral.
            if draft.ground.legal_basis.is_empty() {
                draft.ground.legal_basis = defect.legal_basis.to_vec();
            }
            if form.key != "respaldo_de_hecho_anterior_mencionado" {
                return Curability::Curable(draft);
            }
            match defect.mentioned {
                Some(true) => Curability::Curable(draft),
                Some(false) if !integridad => unmentioned(pack),
                _ => {
                    let question = reason("curing.pregunta.mencionado", &[]);
                    Curability::Ask { question, draft: Some(draft) }
                }
            }
        }
        // One error alone may be forbidden, and only by a value that somebody read.
        Some(false) if form.key == UNSIGNED_FORM && draft.ground.unverified.is_empty() => {
            Curability::NotCurable {
                error: Some(draft.error),
                reason: reason("curing.no_convalidable", &[("error", &draft.name), ("regimen", &pack.id)]),
                ground: draft.ground,
            }
        }
        Some(false) if form.key == UNSIGNED_FORM => {
            let values = [("error", draft.name.as_str()), ("regimen", pack.id.as_str())];
            let question = reason("curing.pregunta.prohibicion_sin_verificar", &values);
            draft.ground = Ground::default();
            Curability::Ask { question, draft: Some(draft) }
        }
        // The list of the regime does not name it.
        Some(false) => {
            draft.ground = Ground::default();
            in_doubt(pack, draft)
        }
        None => Curability::Ask { question: question(pack, &draft.name), draft: Some(draft) },
    }
}

fn in_the_list(pack: &RulePack, form: &ErrorForm, draft: &mut Curable) -> Option<bool> {
    let value = pack.settle::<Vec<Listed>>("convalidacion_causas", None, None).known()?;
    let entry = value.value.iter().find(|entry| entry.clave == form.key);
    draft.ground.rest_on("convalidacion_causas", &value, entry.map(|entry| entry.numeral.as_str()));
    Some(entry.is_some())
}

fn yes_or_no(pack: &RulePack, key: &str, draft: &mut Curable) -> Option<bool> {
    let value = pack.settle::<bool>(key, None, None).known()?;
    draft.ground.rest_on(key, &value, None);
    Some(value.value)
}

/// Arithmetic is corrected by the bidder on request, as far as the regime says so (RGL 101; corrections 6).
fn arithmetic(pack: &RulePack, draft: &mut Curable) -> Option<bool> {
    let mut answer = None;
    if let Some(value) = pack.settle::<serde_json::Value>("arithmetic", None, None).known() {
        draft.ground.rest_on("arithmetic", &value, None);
        answer = Some(true);
    }
    if let Some(value) = pack.settle::<bool>("aritmetica_solo_si_no_cambia_total", None, None).known() {
        draft.ground.rest_on("aritmetica_solo_si_no_cambia_total", &value, None);
        answer = Some(true);
        if value.value {
            draft.remarks.push(reason("curing.aritmetico.total_igual", &[("regimen", &pack.id)]));
        }
    }
    answer
}

/// Where no form of the bid is signed at all the norm is in doubt, and says itself what to do in doubt.
fn doubt(pack: &RulePack, defect: Defect<'_>, draft: &mut Curable) {
    let none = defect.codes.contains(&"rules.integridad.sin_ninguna_firma");
    if let Some(rule) = pack.settle::<bool>("convalidacion_en_duda", None, None).known()
        && none
        && rule.value
    {
        draft.nature = CureNature::Dudoso;
        draft.ground.rest_on("convalidacion_en_duda", &rule, None);
        draft.remarks.push(reason("curing.en_duda", &[]));
    }
    if let Some(rule) = pack.settle::<bool>("firma_posterior_aceptada", None, None).known() {
        draft.ground.rest_on("firma_posterior_aceptada", &rule, None);
        let code = if rule.value { "curing.firma_posterior" } else { "curing.firma_no_posterior" };
        draft.remarks.push(reason(code, &[]));
    }
}

/// One limit of what may be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskLimit {
    /// Its key in the pack.
    pub key: String,
    /// What may not be asked.
    pub text: String,
    /// The norm.
    pub ground: Ground,
}

/// Lists what may not be asked in a convalidación under a pack (RGL 103 and 104); empty where the regime has no such list that was seen.
#[must_use]
pub fn limits(pack: &RulePack) -> Vec<AskLimit> {
    let mut limits = Vec::new();
    for list in ["convalidacion_prohibido", "no_se_pide"] {
        let Some(value) = pack.settle::<Vec<String>>(list, None, None).known() else { continue };
        for key in &value.value {
            let text_key = format!("curing.no_se_pide.{key}");
            let text =
                if cotejo_catalogue::exists(&text_key) { message(&text_key, &[]) } else { key.clone() };
            limits.push(AskLimit { key: key.clone(), text, ground: Ground::of(list, &value, None) });
        }
    }
    limits
}

/// Tells whether the correction of arithmetic may change the total: `Some(false)` where the regime says that it may not.
#[must_use]
pub fn total_may_change(pack: &RulePack) -> Option<bool> {
    let only_same = pack.settle::<bool>("aritmetica_solo_si_no_cambia_total", None, None).known();
    match only_same {
        Some(value) => Some(!value.value),
        None => pack.settle::<serde_json::Value>("arithmetic", None, None).known().map(|_| true),
    }
}

/// Returns the regime's word for a bid that is thrown out, with the source where nobody verified it.
#[must_use]
pub fn word_for_rejected(pack: &RulePack) -> (String, Option<String>) {
    let form = ERRORS.words.iter().find(|form| form.regimes.contains(&pack.id));
    match form {
        Some(form) => (form.rejected.clone(), (!form.verified).then(|| form.source.clone())),
        None => ("rechazada".to_owned(), Some(message("curing.palabra.sin_fuente", &[]))),
    }
}
