//! Session and commission of the acta, as a form shows and edits them. Empty text means *not given*.

use super::MemberView;
use cotejo_domain::{Capacity, EvaluatingBody, Gender, Modality};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Names an administrative instrument.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct InstrumentView {
    /// What it is: `Resolución administrativa`.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Its date, ISO 8601.
    pub date: String,
    /// Who issued it.
    #[serde(default)]
    pub issued_by: String,
}

/// Tells how those who meet are present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ModalityView {
    /// In one room.
    Presencial,
    /// Through *medios telemáticos*.
    Virtual,
}

/// Holds the session as a person types it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(default, deny_unknown_fields)]
pub struct SessionDraft {
    /// City.
    pub city: String,
    /// The room, or the platform of a virtual session.
    pub place: String,
    /// In person or virtual.
    pub modality: Option<ModalityView>,
    /// When it was opened, local time of Ecuador, `2026-11-20T09:00`.
    pub opened: Option<String>,
    /// When it was closed, likewise.
    pub closed: Option<String>,
    /// How it was called.
    pub convocation: Option<InstrumentView>,
    /// Points of the *orden del día*, without numbers.
    pub agenda: Vec<String>,
}

/// Shows the session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SessionView {
    /// False while nobody recorded it.
    pub recorded: bool,
    /// What was recorded, ready to be edited.
    pub data: SessionDraft,
    /// What the acta will print as not recorded, in Spanish.
    pub missing: Vec<String>,
    /// What deserves a look, each a sentence in Spanish.
    pub remarks: Vec<String>,
    /// Why nothing can be changed, in Spanish, once the acta is signed.
    pub sealed: Option<String>,
    /// The *orden del día* that the acta prints while none is given.
    pub usual_agenda: Vec<String>,
}

/// Tells what kind of body evaluates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BodyView {
    /// *Comisión técnica*.
    ComisionTecnica,
    /// The single official.
    ServidorDesignado,
}

/// Names a capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CapacityView {
    /// President, delegate of the *máxima autoridad*.
    Presidente,
    /// Head of the *área requirente* or delegate.
    TitularAreaRequirente,
    /// *Profesional afín al objeto*.
    ProfesionalAfin,
    /// The single official.
    ServidorDesignado,
    /// Secretary, without vote.
    Secretario,
    /// Financial director: voice, no vote.
    DirectorFinanciero,
    /// Legal director: voice, no vote.
    DirectorJuridico,
}

/// Tells how the words for a person end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum GenderView {
    /// *Presidenta*.
    Feminine,
    /// *Presidente*.
    Masculine,
}

fn yes() -> bool {
    true
}

/// Holds one seat as a person types it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SeatDraft {
    /// Identifier of the place; `None` for a new person.
    #[serde(default)]
    pub id: Option<String>,
    /// Full name.
    pub name: String,
    /// Number of the cédula.
    #[serde(default)]
    pub cedula: String,
    /// Position in the entity.
    #[serde(default)]
    pub position: String,
    /// In what capacity.
    pub capacity: CapacityView,
    /// For the words of the acta.
    #[serde(default)]
    pub gender: Option<GenderView>,
    /// Whether the person takes part in the session.
    #[serde(default = "yes")]
    pub present: bool,
    /// True for the person at this machine: the one whose decisions are recorded here.
    #[serde(default)]
    pub me: bool,
    /// Index, from 0, of the seat whose place the person takes.
    #[serde(default)]
    pub substitutes: Option<u32>,
    /// The instrument that names the substitute.
    #[serde(default)]
    pub substitution: Option<InstrumentView>,
}

/// Holds the commission as a person types it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CommissionDraft {
    /// What kind of body.
    pub body: BodyView,
    /// The instrument of designation.
    #[serde(default)]
    pub designation: Option<InstrumentView>,
    /// The seats, in the order of the acta.
    pub seats: Vec<SeatDraft>,
}

/// Shows the commission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CommissionView {
    /// False while nobody recorded it; then `data` holds the person at this machine alone.
    pub recorded: bool,
    /// What was recorded, ready to be edited.
    pub data: CommissionDraft,
    /// Who sits, as other views show them.
    pub members: Vec<MemberView>,
    /// Whether those present can meet.
    pub quorum: bool,
    /// What the acta will print as not recorded, in Spanish.
    pub missing: Vec<String>,
    /// What deserves a look, each a sentence in Spanish.
    pub remarks: Vec<String>,
    /// Why nothing can be changed, in Spanish, once the acta is signed.
    pub sealed: Option<String>,
}

macro_rules! mirrored {
    ($view:ident, $domain:ident, $($variant:ident),+) => {
        impl From<$view> for $domain {
            fn from(view: $view) -> Self {
                match view {
                    $($view::$variant => Self::$variant),+
                }
            }
        }

        impl From<$domain> for $view {
            fn from(domain: $domain) -> Self {
                match domain {
                    $($domain::$variant => Self::$variant),+
                }
            }
        }
    };
}

mirrored!(ModalityView, Modality, Presencial, Virtual);
mirrored!(BodyView, EvaluatingBody, ComisionTecnica, ServidorDesignado);
mirrored!(GenderView, Gender, Feminine, Masculine);
mirrored!(
    CapacityView,
    Capacity,
    Presidente,
    TitularAreaRequirente,
    ProfesionalAfin,
    ServidorDesignado,
    Secretario,
    DirectorFinanciero,
    DirectorJuridico
);
