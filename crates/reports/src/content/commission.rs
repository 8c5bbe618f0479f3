//! The documents of the evaluating body and its members.

use super::{Comun, Content, Kind};
use serde::{Deserialize, Serialize};

/// Names somebody behind a bid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persona {
    /// Name.
    pub nombre: String,
    /// Who that is in the bid.
    pub relacion: String,
}

/// States the declaration of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaracion {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// Who declares.
    pub nombre: String,
    /// f, m or empty.
    pub genero: String,
    /// Cédula.
    pub cedula: String,
    /// Capacity.
    pub calidad: String,
    /// Date.
    pub fecha: String,
    /// Bidders and the persons behind them.
    pub personas: Vec<Persona>,
    /// SHA-256 of that list.
    pub lista_huella: String,
    /// What is made known.
    pub novedad: String,
    /// Answers on coincidences of surnames.
    pub parentescos: Vec<String>,
    /// Norm of conflicts.
    pub articulo_conflicto: String,
    /// Norm of confidentiality.
    pub articulo_confidencialidad: String,
    /// Norm of gifts.
    pub articulo_atenciones: String,
}

impl Content for Declaracion {
    const KIND: Kind = Kind::Declaracion;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States a point of a report with what the commission made of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PuntoSubcomision {
    /// Its number.
    pub numero: String,
    /// What it says.
    pub texto: String,
    /// Requirement and bid.
    pub parametro: String,
    /// Endorsed, corrected or open.
    pub tratamiento: String,
    /// Why, or the corrected text.
    pub razones: String,
}

/// States the report of a subcommission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InformeSubcomision {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// Its number.
    pub numero_informe: String,
    /// Its date.
    pub fecha: String,
    /// Who signed it.
    pub suscriben: Vec<String>,
    /// Its points.
    pub puntos: Vec<PuntoSubcomision>,
    /// SHA-256 of the signed paper.
    pub documento_huella: String,
    /// Norm.
    pub articulo: String,
}

impl Content for InformeSubcomision {
    const KIND: Kind = Kind::Subcomision;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States an acta rectificatoria.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectificatoria {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// The acta that is rectified.
    pub acta: String,
    /// Its number.
    pub acta_numero: String,
    /// Its SHA-256.
    pub acta_huella: String,
    /// When it was signed.
    pub suscrita: String,
    /// The recorded cause.
    pub causa: String,
    /// What changes.
    pub cambios: Vec<Cambio>,
    /// Norm.
    pub articulo: String,
}

impl Content for Rectificatoria {
    const KIND: Kind = Kind::Rectificatoria;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States one change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cambio {
    /// Where.
    pub lugar: String,
    /// What it said.
    pub dice: String,
    /// What it must say.
    pub debe_decir: String,
    /// Why.
    pub motivo: String,
}

/// Attests that a member does not sign.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoSuscripcion {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// Who does not sign.
    pub nombre: String,
    /// f, m or empty.
    pub genero: String,
    /// Capacity.
    pub calidad: String,
    /// The acta.
    pub acta: String,
    /// Its number.
    pub acta_numero: String,
    /// Its SHA-256.
    pub acta_huella: String,
    /// On which day.
    pub fecha: String,
    /// The reasons given.
    pub razones: String,
    /// Who attests.
    pub da_fe: String,
    /// Norm.
    pub articulo: String,
}

impl Content for NoSuscripcion {
    const KIND: Kind = Kind::NoSuscripcion;

    fn common(&self) -> &Comun {
        &self.comun
    }
}
