//! The documents that end an evaluation, and what goes with them.

use super::{Comun, Content, FilaEvidencia, Kind, Lamina};
use serde::{Deserialize, Serialize};

/// Compares one bid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaComparativa {
    /// Its number.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// Result of integridad.
    pub integridad: String,
    /// Result of the minimum requirements.
    pub minimos: String,
    /// Points.
    pub puntaje: String,
    /// Amount.
    pub monto: String,
    /// Result.
    pub resultado: String,
}

/// States an informe de evaluación y recomendación.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Informe {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// To whom.
    pub para: String,
    /// From whom.
    pub de: String,
    /// What about.
    pub asunto: String,
    /// Date.
    pub fecha: String,
    /// Instrument of the delegation.
    pub delegacion: String,
    /// Antecedents, each a sentence.
    pub antecedentes: Vec<String>,
    /// Legal basis.
    pub base_legal: Vec<String>,
    /// What the actas resolved.
    pub resumen: Vec<String>,
    /// Table of the bids.
    pub comparativo: Vec<FilaComparativa>,
    /// Order of the bids that qualified.
    pub prelacion: Vec<String>,
    /// What was observed and how it was answered.
    pub alertas: Vec<String>,
    /// Proposals and what became of them.
    pub asistencia: Vec<String>,
    /// Conclusions.
    pub conclusiones: Vec<String>,
    /// The express recommendation.
    pub recomendacion: String,
    /// adjudicar, desierto, cancelar or empty.
    pub tipo: String,
    /// Why.
    pub motivacion: String,
    /// Why it departs from what was derived.
    pub apartamiento: String,
    /// Articles.
    pub fundamento: String,
    /// Annexes.
    pub anexos: Vec<Anexo>,
}

impl Content for Informe {
    const KIND: Kind = Kind::Informe;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// Names an annex.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anexo {
    /// Its number.
    pub numero: String,
    /// What it is.
    pub documento: String,
    /// SHA-256.
    pub huella: String,
}

/// States a resolución of the máxima autoridad.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolucion {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// adjudicar, desierto or cancelar.
    pub tipo: String,
    /// Who resolves.
    pub autoridad: String,
    /// Position.
    pub calidad: String,
    /// Instrument of the delegation.
    pub delegacion: String,
    /// Norms of the considerandos.
    pub base_legal: Vec<String>,
    /// Facts of the considerandos.
    pub hechos: Vec<String>,
    /// Articles of the decision.
    pub fundamento: String,
    /// Awarded bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// Amount in figures.
    pub monto_cifras: String,
    /// Amount in words.
    pub monto_letras: String,
    /// Term of execution.
    pub plazo: String,
    /// Ground of desierto or cancelling.
    pub causal: String,
    /// Administrator of the contract.
    pub administrador: String,
    /// Further articles.
    pub dispone: Vec<String>,
    /// Date.
    pub fecha: String,
    /// City.
    pub lugar: String,
}

impl Content for Resolucion {
    const KIND: Kind = Kind::Resolucion;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// Names a product with its declared VAE.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemVae {
    /// Product.
    pub item: String,
    /// CPC.
    pub cpc: String,
    /// Declared share.
    pub declarado: String,
    /// Verified share.
    pub verificado: String,
}

/// Checks one support.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerificacionVae {
    /// Support.
    pub documento: String,
    /// Whether it justifies.
    pub justifica: String,
    /// Observation.
    pub observacion: String,
    /// Where.
    pub evidencia: String,
}

/// States an informe de control del VAE.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ControlVae {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// Antecedents.
    pub antecedentes: Vec<String>,
    /// What the bidder declares.
    pub declaracion: String,
    /// Where.
    pub declaracion_lugar: String,
    /// Threshold of the process.
    pub umbral: String,
    /// Products.
    pub items: Vec<ItemVae>,
    /// Supports.
    pub verificaciones: Vec<VerificacionVae>,
    /// Visit.
    pub visita: String,
    /// Conclusion.
    pub conclusion: String,
    /// Recommendation.
    pub recomendacion: String,
    /// Norm.
    pub articulo: String,
    /// Annexes.
    pub anexos: Vec<Anexo>,
}

impl Content for ControlVae {
    const KIND: Kind = Kind::Vae;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States one indicio.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicio {
    /// Its number.
    pub numero: String,
    /// What it is.
    pub titulo: String,
    /// Bids.
    pub ofertas: String,
    /// Objective facts.
    pub hechos: Vec<String>,
    /// Norm.
    pub norma: String,
    /// Why it was dismissed.
    pub descarte: String,
    /// Evidence.
    pub evidencias: Vec<FilaEvidencia>,
}

/// States a notification of indicios.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotificacionIndicios {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// To whom.
    pub para: String,
    /// From whom.
    pub de: String,
    /// Date.
    pub fecha: String,
    /// The indicios.
    pub indicios: Vec<Indicio>,
    /// Norms.
    pub base_legal: Vec<String>,
}

impl Content for NotificacionIndicios {
    const KIND: Kind = Kind::Indicios;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// Names one file of the electronic expediente.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PiezaIndice {
    /// Its number.
    pub numero: String,
    /// What it is.
    pub documento: String,
    /// Path.
    pub archivo: String,
    /// Size.
    pub tamano: String,
    /// SHA-256.
    pub huella: String,
}

/// States the index of the electronic expediente.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indice {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// SHA-256 of the manifest.
    pub manifiesto_huella: String,
    /// Files.
    pub piezas: Vec<PiezaIndice>,
    /// What is left out and why.
    pub omitidos: Vec<String>,
    /// Norms.
    pub articulo: String,
}

impl Content for Indice {
    const KIND: Kind = Kind::Indice;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// Cites a piece of evidence with its page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PiezaEvidencia {
    /// Its number.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// What it is evidence of.
    pub parametro: String,
    /// The verdict it supports.
    pub resultado: String,
    /// File.
    pub documento: String,
    /// Page or place.
    pub lugar: String,
    /// The words there.
    pub cita: String,
    /// SHA-256 of the file.
    pub huella: String,
    /// The page.
    pub laminas: Vec<Lamina>,
}

/// States the annex of evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidencias {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// The pieces.
    pub piezas: Vec<PiezaEvidencia>,
    /// Last hash of the chain over the pieces.
    pub cadena: String,
}

impl Content for Evidencias {
    const KIND: Kind = Kind::Evidencias;

    fn common(&self) -> &Comun {
        &self.comun
    }
}
