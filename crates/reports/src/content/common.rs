//! What every document has: head, session, those who sign, and what the file itself attests.

use serde::{Deserialize, Serialize};

/// Holds the head of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cabecera {
    /// Number as printed.
    pub numero: String,
    /// True while something in it is not decided.
    pub proyecto: bool,
    /// True for the fictional sample.
    pub ejemplo: bool,
    /// True where those who act are enrolled with an official certificate.
    pub inscrito: bool,
    /// True while the norm keeps it confidential until the end of the puja.
    pub confidencial: bool,
    /// The article of that, where the regime has it.
    pub articulo_confidencial: String,
    /// True for a copy for publication.
    pub copia_publica: bool,
    /// From when it may be published, in words; empty where nothing keeps it.
    pub publicable_desde: String,
    /// Process code.
    pub codigo: String,
    /// What is bought.
    pub objeto: String,
    /// The buying body.
    pub entidad: String,
    /// Its taxpayer's number.
    pub entidad_ruc: String,
    /// Name of the lot it is about; empty where the process has one.
    #[serde(default)]
    pub lote: String,
    /// Kind of procedure, in words.
    pub procedimiento: String,
    /// Presupuesto referencial in figures and words.
    pub presupuesto: String,
    /// When the document was made, as a sentence.
    pub generado: String,
    /// The article by which the date of an acta is its own.
    pub articulo_fecha: String,
}

/// Names one who takes part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Miembro {
    /// Full name.
    pub nombre: String,
    /// Position.
    pub cargo: String,
    /// Capacity.
    pub calidad: String,
    /// True for one who votes.
    pub voto: bool,
}

/// Names one who signs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Firmante {
    /// Full name.
    pub nombre: String,
    /// Capacity.
    pub calidad: String,
    /// Position.
    pub cargo: String,
    /// Number of the cédula.
    pub cedula: String,
}

/// Describes the session, in whole sentences.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sesion {
    /// City, date, hour, modality, body and its designation.
    pub apertura: String,
    /// Who does not attend and who takes the place; who is secretary.
    pub asistencia: Vec<String>,
    /// Whether those present can meet.
    pub quorum: String,
    /// Points of the orden del día, without numbers.
    pub orden_del_dia: Vec<String>,
    /// The sentence that closes.
    pub cierre: String,
    /// Those who take part.
    pub miembros: Vec<Miembro>,
}

/// Gives the head of one device's chain.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cabeza {
    /// Device.
    pub equipo: String,
    /// How many acts it holds.
    pub actos: String,
    /// Hash of the last one.
    pub huella: String,
}

/// Says by which rules and from which records the document was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Constancia {
    /// Identifier of the rule pack.
    pub regla: String,
    /// Its SHA-256.
    pub regla_huella: String,
    /// Norms it stands for.
    pub normas: String,
    /// What of the norm nobody has verified, each with what rests on it.
    pub sin_verificar: Vec<String>,
    /// Models that proposed.
    pub modelos: Vec<String>,
    /// Heads of the log.
    pub cabezas: Vec<Cabeza>,
}

/// Cites a piece of evidence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaEvidencia {
    /// File.
    pub documento: String,
    /// Page or place.
    pub lugar: String,
    /// The words there.
    pub cita: String,
    /// SHA-256 of the file.
    pub huella: String,
}

/// Shows a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lamina {
    /// Index of its image; none in a copy for publication.
    pub imagen: Option<u32>,
    /// What it shows, in words.
    pub descripcion: String,
    /// The words under it.
    pub pie: String,
}

/// What every document has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comun {
    /// Head.
    pub cabecera: Cabecera,
    /// Session.
    pub sesion: Sesion,
    /// Those who sign.
    pub firmantes: Vec<Firmante>,
    /// Rules and records.
    pub constancia: Constancia,
}
