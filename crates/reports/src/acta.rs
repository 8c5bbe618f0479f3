//! The *acta de calificación de ofertas* (manual §2.3; RGLOSNCP arts. 104 to 108, 258.11 and 262).

use crate::content::{Calificacion, ComposeError, Puntaje, compose};
use crate::template::{Adaptation, Frame};
use crate::typeset::{Typeset, TypesetError, typeset_paper};
use serde::{Deserialize, Serialize};

/// Describes an acta de calificación, ready to print: every value is text, already in the words and notation of the acta.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActaCalificacion {
    /// Number of the acta.
    pub number: String,
    /// True for a *proyecto de acta*: proposals of the machine that nobody has decided yet. Printed on every page.
    pub project: bool,
    /// True for the fictional sample. Printed on every page.
    pub sample: bool,
    /// False when no person is enrolled with an official certificate. Printed on every page.
    pub enrolled: bool,
    /// True while the norm keeps the acta confidential until the end of the puja (SIE, RGLOSNCP 262).
    pub confidential: bool,
    /// Process code.
    pub process_code: String,
    /// What is bought.
    pub object: String,
    /// The buying body.
    pub entity: String,
    /// Its taxpayer's number.
    pub entity_ruc: Option<String>,
    /// Kind of procedure in words.
    pub procedure: String,
    /// Presupuesto referencial in figures and words, or why it is not known.
    pub budget: String,
    /// The session.
    pub session: SessionLine,
    /// Those who take part with a vote or a voice; the secretary has a sentence of the session.
    pub members: Vec<MemberLine>,
    /// Those who sign, in the order of their places.
    pub signers: Vec<SignerLine>,
    /// The bids, in order of their number.
    pub bids: Vec<BidLine>,
    /// The lots with how each stands; empty where the process has one.
    #[serde(default)]
    pub lots: Vec<LotLine>,
    /// Integridad and minimum requirements, bidder by bidder.
    pub sections: Vec<BidderSection>,
    /// Arithmetic review (art. 101).
    pub arithmetic: Vec<ArithmeticRow>,
    /// The points, where they are part of this acta.
    #[serde(default)]
    pub points: Puntaje,
    /// Bids that do not go on, each with the four parts of its motivation.
    pub rejected: Vec<RejectedBid>,
    /// Bidders that qualify, each with its RUC.
    pub qualified: Vec<String>,
    /// Bidders that are asked to cure something first, each with its RUC.
    pub to_cure: Vec<String>,
    /// What this acta does not evaluate and why.
    pub not_evaluated: Vec<String>,
    /// Warnings about the pliego or the norm that the commission has to know.
    pub warnings: Vec<String>,
    /// The rule pack.
    pub pack: PackLine,
    /// Models that proposed, with version.
    pub models: Vec<String>,
    /// Heads of the log: they make a truncated log show.
    pub audit: Vec<AuditHead>,
    /// Articles of the regime.
    pub articles: Articles,
    /// When the document was made: `Documento generado el …`.
    pub generated: String,
}

/// Describes the session in whole sentences; what is not recorded is said to be so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionLine {
    /// City, date, hour, modality, body and its designation: `En la ciudad de …, se reúne …:`.
    pub opening: String,
    /// Who does not attend and who takes the place, who acts as secretary; each a sentence.
    pub attendance: Vec<String>,
    /// Whether those present can meet: `Constatado el quórum …, se instala la sesión …`.
    pub quorum: String,
    /// Points of the *orden del día*, without numbers.
    pub agenda: Vec<String>,
    /// `Sin otro asunto que tratar, …`.
    pub closing: String,
}

/// Names one who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignerLine {
    /// Full name.
    pub name: String,
    /// Capacity in words.
    pub capacity: String,
    /// Position in the entity; empty when not recorded.
    pub position: String,
    /// Number of the cédula; empty when not recorded.
    pub cedula: String,
}

/// Gives the articles of the regime that the process is judged by; empty where they are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Articles {
    /// Convalidation of form.
    pub cure: String,
    /// Arithmetic errors.
    pub arithmetic: String,
    /// Confidentiality of a subasta inversa.
    pub confidential: String,
    /// The date of an acta is its own, whenever it is signed.
    pub date: String,
}

/// Names one member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberLine {
    /// Full name.
    pub name: String,
    /// Position.
    pub position: String,
    /// Capacity in words.
    pub capacity: String,
    /// Whether the member votes.
    pub votes: bool,
}

/// Lists one bid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidLine {
    /// Its number.
    pub number: u32,
    /// Bidder.
    pub bidder: String,
    /// Taxpayer's number, or that it was not read.
    pub ruc: String,
    /// Individual or consortium, with its partners.
    pub participation: String,
    /// Files and pages.
    pub files: String,
    /// What the verification of signatures found.
    pub signature: String,
}

/// Says how one lot stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LotLine {
    /// Number and name.
    pub lot: String,
    /// Its presupuesto referencial in figures, or that it is not known.
    pub budget: String,
    /// How many bids it has.
    pub bids: String,
    /// Bidders that qualify in it.
    pub qualified: String,
    /// Bidders that are asked to cure something in it first.
    pub to_cure: String,
    /// How it stands, in one sentence.
    pub situation: String,
}

/// Evaluates one bidder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BidderSection {
    /// Number of the bid.
    pub number: u32,
    /// Bidder.
    pub bidder: String,
    /// Taxpayer's number.
    pub ruc: String,
    /// Rows of integridad.
    pub integrity: Vec<ParameterRow>,
    /// Rows of the minimum requirements.
    pub minimum: Vec<ParameterRow>,
    /// Notes whose authors want them here.
    pub notes: Vec<NoteLine>,
    /// True while something of the bid is not decided.
    pub pending: bool,
    /// `SÍ CALIFICA`, `NO CALIFICA`, or what is still open.
    pub result: String,
    /// Why, in one sentence.
    pub result_reason: String,
}

/// Judges one parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterRow {
    /// Number of the parameter, as the matrix counts.
    pub number: u32,
    /// The parameter, with the numeral of the pliego where known.
    pub parameter: String,
    /// What is asked.
    pub required: String,
    /// What is offered.
    pub offered: String,
    /// Document and page of each piece of evidence.
    pub reference: String,
    /// `CUMPLE`, `NO CUMPLE`, `A CONVALIDAR`, `NO APLICA`, or `PENDIENTE`.
    pub verdict: String,
    /// Empty for a decision; `propuesta` for what only the machine says.
    pub mark: String,
    /// The motivation or the reasons, with the norm.
    pub basis: String,
    /// Who decided; empty when nobody did.
    pub decided_by: String,
}

/// Prints a note on a parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLine {
    /// Number of the parameter.
    pub number: u32,
    /// Who wrote it.
    pub author: String,
    /// The text.
    pub text: String,
}

/// Shows one arithmetic difference. The price is corrected by the bidder on request, never here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArithmeticRow {
    /// Bidder.
    pub bidder: String,
    /// Where.
    pub item: String,
    /// As offered.
    pub offered: String,
    /// As recalculated.
    pub recalculated: String,
    /// The rule.
    pub rule: String,
}

/// Motivates why a bid does not go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RejectedBid {
    /// Bidder.
    pub bidder: String,
    /// *Hecho*.
    pub fact: String,
    /// *Evidencia*.
    pub evidence: String,
    /// *Norma*.
    pub norm: String,
    /// *Conclusión*.
    pub conclusion: String,
}

/// Names the rule pack that judged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackLine {
    /// Identifier with version.
    pub id: String,
    /// SHA-256 of its canonical form.
    pub sha256: String,
    /// Norms it stands for.
    pub norms: String,
    /// Values used that no lawyer has verified.
    pub unverified: Vec<String>,
}

/// Gives the head of one device's chain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    /// Device.
    pub device: String,
    /// Number of events.
    pub count: u64,
    /// Hash of the last one.
    pub head: String,
}

/// Tells why an acta could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ActaError {
    /// It could not be composed.
    #[error("the document could not be composed: {0}")]
    Compose(#[from] ComposeError),
    /// It could not be typeset.
    #[error("the document could not be typeset: {0}")]
    Typeset(#[from] TypesetError),
    /// It could not be written for Word.
    #[error("the Word file could not be written: {0}")]
    Word(#[from] crate::docx::DocxError),
    /// An image of it cannot be used.
    #[error("an image cannot be used: {0}")]
    Picture(#[from] crate::pictures::PictureError),
}

/// Typesets an acta de calificación to PDF/A-2a, with room for the signatures at its end.
///
/// # Errors
/// Fails only on a fault of the template.
pub fn typeset_acta_calificacion(
    acta: &ActaCalificacion,
    identity: &str,
    created: jiff::Timestamp,
) -> Result<Typeset, ActaError> {
    typeset_calificacion_as(acta, None, identity, created)
}

/// Typesets an acta de calificación in the dress of an entity.
///
/// # Errors
/// Fails only on a fault of the template.
pub fn typeset_calificacion_as(
    acta: &ActaCalificacion,
    adaptation: Option<&Adaptation>,
    identity: &str,
    created: jiff::Timestamp,
) -> Result<Typeset, ActaError> {
    let frame = Frame { adaptation, ..Frame::default() };
    Ok(typeset_paper(&compose(&Calificacion::from(acta), frame)?, identity, created)?)
}
