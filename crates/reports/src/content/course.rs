//! The documents of the course up to the calificación, and those of negotiation and claims.

use super::{Comun, Content, FilaEvidencia, Kind};
use serde::{Deserialize, Serialize};

/// Holds a question with its answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pregunta {
    /// Its number.
    pub numero: String,
    /// When it was asked.
    pub fecha: String,
    /// The question.
    pub pregunta: String,
    /// The answer.
    pub respuesta: String,
    /// Numeral of the pliego it modifies, or that it modifies none.
    pub modifica: String,
}

/// States an acta de preguntas, respuestas y aclaraciones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preguntas {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// The term for questions, as the schedule has it.
    pub plazo: String,
    /// True where it is recorded that nobody asked.
    pub sin_preguntas: bool,
    /// The questions.
    pub preguntas: Vec<Pregunta>,
    /// Aclaraciones de oficio.
    pub aclaraciones: Vec<String>,
    /// The articles.
    pub articulo: String,
}

impl Content for Preguntas {
    const KIND: Kind = Kind::Preguntas;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States what the RUP showed of a bidder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsultaRup {
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// State.
    pub estado: String,
    /// When it was consulted, and by whom.
    pub consulta: String,
    /// Partners that were checked.
    pub socios: String,
    /// What was noted.
    pub novedad: String,
}

/// States a bid at its opening.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfertaAbierta {
    /// Its number.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// Alone or in consortium.
    pub participacion: String,
    /// When it was sent.
    pub envio: String,
    /// Files and pages.
    pub archivos: String,
    /// What the signatures are.
    pub firma: String,
    /// Amount offered.
    pub monto: String,
    /// Its files, each with its SHA-256.
    pub huellas: Vec<FilaEvidencia>,
}

/// States an acta de apertura.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Apertura {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// Deadline for bids.
    pub limite: String,
    /// Hour of the opening.
    pub hora_apertura: String,
    /// The articles of the opening.
    pub articulo: String,
    /// The article of the RUP.
    pub articulo_rup: String,
    /// The article of desierto without bids.
    pub articulo_desierto: String,
    /// True where amounts are not shown at the opening.
    pub omite_montos: bool,
    /// Why amounts are omitted.
    pub motivo_omision: String,
    /// The bids.
    pub ofertas: Vec<OfertaAbierta>,
    /// The RUP of each bidder.
    pub rup: Vec<ConsultaRup>,
    /// Observations.
    pub observaciones: Vec<String>,
}

impl Content for Apertura {
    const KIND: Kind = Kind::Apertura;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// Checks one form of a bid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaIntegridad {
    /// Number of the parameter.
    pub numero: String,
    /// What is asked.
    pub documento: String,
    /// Whether it is there.
    pub presenta: String,
    /// Where.
    pub pagina: String,
    /// Observation.
    pub observacion: String,
}

/// Checks the forms of one bid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfertaIntegridad {
    /// Number of the bid.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// True while something is not decided.
    pub pendiente: bool,
    /// Its forms.
    pub filas: Vec<FilaIntegridad>,
}

/// Asks one thing to be cured.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pedido {
    /// Its number.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// Document, section and page.
    pub lugar: String,
    /// The error.
    pub error: String,
    /// Kind of error.
    pub naturaleza: String,
    /// Articles.
    pub fundamento: String,
    /// What is to be cured.
    pub pedido: String,
    /// Our recalculation of an error of arithmetic.
    pub recalculo: String,
    /// Whether what is asked for must have existed before.
    pub previo: String,
}

/// States an acta de verificación de integridad y solicitud de convalidación.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Integridad {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// The bids.
    pub ofertas: Vec<OfertaIntegridad>,
    /// True where something is to be cured and no request is recorded.
    #[serde(default)]
    pub por_pedir: bool,
    /// The requests.
    pub pedidos: Vec<Pedido>,
    /// Term granted, in words.
    pub termino: String,
    /// Until when.
    pub vence: String,
    /// How the term was counted.
    pub computo: Vec<String>,
    /// Through what answers come.
    pub canal: String,
    /// Articles of convalidación.
    pub articulo_convalidacion: String,
    /// Article of the notification to all.
    pub articulo_notificacion: String,
    /// Article of what must not be asked.
    pub articulo_prohibicion: String,
    /// Bidders that need none.
    pub sin_pedido: Vec<String>,
    /// What cannot be cured and is left to the calificación.
    pub no_convalidables: Vec<String>,
    /// The notification that is recorded.
    pub notificacion: String,
}

impl Content for Integridad {
    const KIND: Kind = Kind::Integridad;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States what came of one request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaConvalidacion {
    /// Its number.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// What was asked.
    pub pedido: String,
    /// What came and when.
    pub respuesta: String,
    /// Whether in time.
    pub en_termino: String,
    /// Convalidado, parcial or not.
    pub resultado: String,
    /// Why, with evidence and norm.
    pub motivacion: String,
}

/// States an acta de resultados de convalidación.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convalidacion {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// When the requests were notified.
    pub notificada: String,
    /// Until when answers were due.
    pub vence: String,
    /// The results.
    pub filas: Vec<FilaConvalidacion>,
    /// Changes that nobody had asked for.
    pub otros_cambios: Vec<String>,
    /// Articles.
    pub articulo: String,
}

impl Content for Convalidacion {
    const KIND: Kind = Kind::Convalidacion;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States an acta de negociación.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Negociacion {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// Who took part.
    pub comparecientes: Vec<String>,
    /// When.
    pub fecha: String,
    /// How and where.
    pub modalidad: String,
    /// First offer in figures and words.
    pub inicial: String,
    /// Agreed value in figures.
    pub final_cifras: String,
    /// Agreed value in words.
    pub final_letras: String,
    /// The rebate, in words.
    pub rebaja: String,
    /// Its share of the budget.
    pub porcentaje: String,
    /// How it was computed and compared.
    pub computo: Vec<String>,
    /// True where there was an agreement.
    pub acuerdo: bool,
    /// What else was talked of.
    pub condiciones: String,
    /// Articles.
    pub articulo: String,
}

impl Content for Negociacion {
    const KIND: Kind = Kind::Negociacion;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// States an answer to a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reclamo {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// Who claims.
    pub reclamante: String,
    /// RUC.
    pub ruc: String,
    /// When and how.
    pub presentado: String,
    /// Number of the claim.
    pub tramite: String,
    /// The act it is against.
    pub acto: String,
    /// What is claimed and answered.
    pub alegaciones: Vec<Alegacion>,
    /// Whether it came in time.
    pub en_termino: String,
    /// What is resolved.
    pub resolucion: String,
    /// Effect on the process.
    pub efecto: String,
    /// Articles.
    pub articulo: String,
}

impl Content for Reclamo {
    const KIND: Kind = Kind::Reclamo;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

/// Answers one point of a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alegacion {
    /// Its number.
    pub numero: String,
    /// What is claimed.
    pub alegacion: String,
    /// What the file answers.
    pub respuesta: String,
    /// Where.
    pub evidencia: String,
}
