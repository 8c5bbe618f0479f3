//! The acta de calificación as templates know it, and the points in it.

use super::{Cabecera, Cabeza, Comun, Constancia, Content, Firmante, Kind, Miembro, Sesion};
use crate::acta::{ActaCalificacion, ParameterRow};
use serde::{Deserialize, Serialize};

/// Lists one bid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfertaCalificada {
    /// Its number.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// Alone or in consortium.
    pub participacion: String,
    /// Files and pages.
    pub archivos: String,
    /// What the signatures are.
    pub firma: String,
}

/// Judges one parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaParametro {
    /// Number of the parameter.
    pub numero: String,
    /// The parameter.
    pub parametro: String,
    /// What is asked.
    pub exigido: String,
    /// What is offered.
    pub ofertado: String,
    /// Document and page.
    pub referencia: String,
    /// Verdict in capitals.
    pub resultado: String,
    /// Verdict in small letters, where it is only proposed.
    pub propuesto: String,
    /// That it is only proposed.
    pub marca: String,
    /// Motivation and norm.
    pub fundamento: String,
    /// Who decided.
    pub decide: String,
}

/// Prints a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotaParametro {
    /// Number of the parameter.
    pub numero: String,
    /// Who wrote it.
    pub autor: String,
    /// The text.
    pub texto: String,
}

/// Says how one lot stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoteCalificado {
    /// Number and name.
    pub lote: String,
    /// Its budget.
    pub presupuesto: String,
    /// How many bids.
    pub numero_ofertas: String,
    /// Who qualifies.
    pub calificados: String,
    /// Who is asked to cure first.
    pub convalidan: String,
    /// How it stands.
    pub situacion: String,
}

/// Evaluates one bidder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeccionOferta {
    /// Number of the bid.
    pub numero: String,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// True while something is not decided.
    pub pendiente: bool,
    /// Integridad.
    pub integridad: Vec<FilaParametro>,
    /// Minimum requirements.
    pub minimos: Vec<FilaParametro>,
    /// Notes.
    pub notas: Vec<NotaParametro>,
    /// Result.
    pub resultado: String,
    /// Why.
    pub razon: String,
}

/// Shows one arithmetic difference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaAritmetica {
    /// Bidder.
    pub oferente: String,
    /// What was checked.
    pub comprobacion: String,
    /// Values read.
    pub leido: String,
    /// Recalculated.
    pub recalculado: String,
    /// Rule.
    pub regla: String,
}

/// Motivates why a bid does not go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfertaRechazada {
    /// Bidder.
    pub oferente: String,
    /// Fact.
    pub hecho: String,
    /// Evidence.
    pub evidencia: String,
    /// Norm.
    pub norma: String,
    /// Conclusion.
    pub conclusion: String,
}

/// States the points of one bidder in one parameter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaPuntaje {
    /// The parameter.
    pub parametro: String,
    /// Most points.
    pub maximo: String,
    /// Bidder.
    pub oferente: String,
    /// Formula with its numbers.
    pub calculo: String,
    /// Points.
    pub puntos: String,
}

/// States the total of one bidder.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaTotal {
    /// Place in the order; `orden` is the counter of a loop in a template.
    pub puesto: String,
    /// Bidder.
    pub oferente: String,
    /// RUC.
    pub ruc: String,
    /// Points.
    pub total: String,
}

/// Compares the points of the Portal with the motivated ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilaConciliacion {
    /// Bidder.
    pub oferente: String,
    /// Points recorded in the Portal.
    pub portal: String,
    /// Motivated points.
    pub motivado: String,
    /// Why they differ.
    pub nota: String,
}

/// States the points, where there are any.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Puntaje {
    /// Points by parameter and bidder.
    pub filas: Vec<FilaPuntaje>,
    /// Totals in the order of the bids.
    pub totales: Vec<FilaTotal>,
    /// Portal against motivated.
    pub conciliacion: Vec<FilaConciliacion>,
    /// What has to be said of them.
    pub notas: Vec<String>,
}

impl Puntaje {
    /// Adds the points of a lot, with its name at each row where there are several.
    pub fn append(&mut self, other: Self, lot: Option<&str>) {
        let named = |text: &str| lot.map_or_else(|| text.to_owned(), |lot| format!("{lot} · {text}"));
        let rows = other.filas.into_iter();
        self.filas.extend(rows.map(|row| FilaPuntaje { parametro: named(&row.parametro), ..row }));
        let totals = other.totales.into_iter();
        self.totales.extend(totals.map(|row| FilaTotal { oferente: named(&row.oferente), ..row }));
        let compared = other.conciliacion.into_iter();
        self.conciliacion
            .extend(compared.map(|row| FilaConciliacion { oferente: named(&row.oferente), ..row }));
        for note in other.notas {
            if !self.notas.contains(&note) {
                self.notas.push(note);
            }
        }
    }
}

/// States an acta de calificación.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calificacion {
    /// What every document has.
    #[serde(flatten)]
    pub comun: Comun,
    /// The bids.
    pub ofertas: Vec<OfertaCalificada>,
    /// How each lot stands; empty where the process has one.
    #[serde(default)]
    pub lotes: Vec<LoteCalificado>,
    /// Bidder by bidder.
    pub secciones: Vec<SeccionOferta>,
    /// Arithmetic review.
    pub aritmetica: Vec<FilaAritmetica>,
    /// Points.
    pub puntaje: Puntaje,
    /// Bids that do not go on.
    pub rechazadas: Vec<OfertaRechazada>,
    /// Bidders that qualify.
    pub califican: Vec<String>,
    /// Bidders that are asked to cure first.
    pub por_convalidar: Vec<String>,
    /// What is not evaluated and why.
    pub no_evaluado: Vec<String>,
    /// Warnings about pliego and norm.
    pub advertencias: Vec<String>,
    /// Articles of convalidación.
    pub articulo_convalidacion: String,
    /// Article of arithmetic errors.
    pub articulo_aritmetica: String,
}

impl Content for Calificacion {
    const KIND: Kind = Kind::Calificacion;

    fn common(&self) -> &Comun {
        &self.comun
    }
}

fn row(row: &ParameterRow) -> FilaParametro {
    FilaParametro {
        numero: row.number.to_string(),
        parametro: row.parameter.clone(),
        exigido: row.required.clone(),
        ofertado: row.offered.clone(),
        referencia: row.reference.clone(),
        resultado: row.verdict.clone(),
        propuesto: row.verdict.to_lowercase(),
        marca: row.mark.clone(),
        fundamento: row.basis.clone(),
        decide: row.decided_by.clone(),
    }
}

impl From<&ActaCalificacion> for Comun {
    fn from(acta: &ActaCalificacion) -> Self {
        let session = &acta.session;
        Self {
            cabecera: Cabecera {
                numero: acta.number.clone(),
                proyecto: acta.project,
                ejemplo: acta.sample,
                inscrito: acta.enrolled,
                confidencial: acta.confidential,
                articulo_confidencial: acta.articles.confidential.clone(),
                copia_publica: false,
                publicable_desde: String::new(),
                codigo: acta.process_code.clone(),
                objeto: acta.object.clone(),
                entidad: acta.entity.clone(),
                entidad_ruc: acta.entity_ruc.clone().unwrap_or_default(),
                lote: String::new(),
                procedimiento: acta.procedure.clone(),
                presupuesto: acta.budget.clone(),
                generado: acta.generated.clone(),
                articulo_fecha: acta.articles.date.clone(),
            },
            sesion: Sesion {
                apertura: session.opening.clone(),
                asistencia: session.attendance.clone(),
                quorum: session.quorum.clone(),
                orden_del_dia: session.agenda.clone(),
                cierre: session.closing.clone(),
                miembros: acta
                    .members
                    .iter()
                    .map(|member| Miembro {
                        nombre: member.name.clone(),
                        cargo: member.position.clone(),
                        calidad: member.capacity.clone(),
                        voto: member.votes,
                    })
                    .collect(),
            },
            firmantes: acta
                .signers
                .iter()
                .map(|signer| Firmante {
                    nombre: signer.name.clone(),
                    calidad: signer.capacity.clone(),
                    cargo: signer.position.clone(),
                    cedula: signer.cedula.clone(),
                })
                .collect(),
            constancia: Constancia {
                regla: acta.pack.id.clone(),
                regla_huella: acta.pack.sha256.clone(),
                normas: acta.pack.norms.clone(),
                sin_verificar: acta.pack.unverified.clone(),
                modelos: acta.models.clone(),
                cabezas: acta
                    .audit
                    .iter()
                    .map(|head| Cabeza {
                        equipo: head.device.clone(),
                        actos: head.count.to_string(),
                        huella: head.head.clone(),
                    })
                    .collect(),
            },
        }
    }
}

impl From<&ActaCalificacion> for Calificacion {
    fn from(acta: &ActaCalificacion) -> Self {
        Self {
            comun: Comun::from(acta),
            ofertas: acta
                .bids
                .iter()
                .map(|bid| OfertaCalificada {
                    numero: bid.number.to_string(),
                    oferente: bid.bidder.clone(),
                    ruc: bid.ruc.clone(),
                    participacion: bid.participation.clone(),
                    archivos: bid.files.clone(),
                    firma: bid.signature.clone(),
                })
                .collect(),
            lotes: acta
                .lots
                .iter()
                .map(|lot| LoteCalificado {
                    lote: lot.lot.clone(),
                    presupuesto: lot.budget.clone(),
                    numero_ofertas: lot.bids.clone(),
                    calificados: lot.qualified.clone(),
                    convalidan: lot.to_cure.clone(),
                    situacion: lot.situation.clone(),
                })
                .collect(),
            secciones: acta
                .sections
                .iter()
                .map(|section| SeccionOferta {
                    numero: section.number.to_string(),
                    oferente: section.bidder.clone(),
                    ruc: section.ruc.clone(),
                    pendiente: section.pending,
                    integridad: section.integrity.iter().map(row).collect(),
                    minimos: section.minimum.iter().map(row).collect(),
                    notas: section
                        .notes
                        .iter()
                        .map(|note| NotaParametro {
                            numero: note.number.to_string(),
                            autor: note.author.clone(),
                            texto: note.text.clone(),
                        })
                        .collect(),
                    resultado: section.result.clone(),
                    razon: section.result_reason.clone(),
                })
                .collect(),
            aritmetica: acta
                .arithmetic
                .iter()
                .map(|row| FilaAritmetica {
                    oferente: row.bidder.clone(),
                    comprobacion: row.item.clone(),
                    leido: row.offered.clone(),
                    recalculado: row.recalculated.clone(),
                    regla: row.rule.clone(),
                })
                .collect(),
            puntaje: acta.points.clone(),
            rechazadas: acta
                .rejected
                .iter()
                .map(|bid| OfertaRechazada {
                    oferente: bid.bidder.clone(),
                    hecho: bid.fact.clone(),
                    evidencia: bid.evidence.clone(),
                    norma: bid.norm.clone(),
                    conclusion: bid.conclusion.clone(),
                })
                .collect(),
            califican: acta.qualified.clone(),
            por_convalidar: acta.to_cure.clone(),
            no_evaluado: acta.not_evaluated.clone(),
            advertencias: acta.warnings.clone(),
            articulo_convalidacion: acta.articles.cure.clone(),
            articulo_aritmetica: acta.articles.arithmetic.clone(),
        }
    }
}
