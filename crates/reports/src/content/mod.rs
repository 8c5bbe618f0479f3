//! What each document states, in words. The fields have the names that lawyers read as markers in the templates: they are Spanish.
//!
//! An empty text is what the case does not record: it is printed as such. Each kind has its template and an invented example, which shows
//! every name once: templates and adaptations are checked against it.

mod commission;
mod common;
mod course;
mod outcome;
mod qualification;

pub use commission::{
    Cambio, Declaracion, InformeSubcomision, NoSuscripcion, Persona, PuntoSubcomision, Rectificatoria,
};
pub use common::{Cabecera, Cabeza, Comun, Constancia, FilaEvidencia, Firmante, Lamina, Miembro, Sesion};
pub use course::{
    Alegacion, Apertura, ConsultaRup, Convalidacion, FilaConvalidacion, FilaIntegridad, Integridad,
    Negociacion, OfertaAbierta, OfertaIntegridad, Pedido, Pregunta, Preguntas, Reclamo,
};
pub use outcome::{
    Anexo, ControlVae, Evidencias, FilaComparativa, Indice, Indicio, Informe, ItemVae, NotificacionIndicios,
    PiezaEvidencia, PiezaIndice, Resolucion, VerificacionVae,
};
pub use qualification::{
    Calificacion, FilaAritmetica, FilaConciliacion, FilaParametro, FilaPuntaje, FilaTotal, LoteCalificado,
    NotaParametro, OfertaCalificada, OfertaRechazada, Puntaje, SeccionOferta,
};

use crate::model::Paper;
use crate::template::{Adaptation, Frame, Template, TemplateFault, check_template, expand, scope_in};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The common parts, by name.
pub(crate) const PARTS: &[(&str, &str)] = &[
    ("encabezado", include_str!("../../templates/encabezado.parte")),
    ("comparecencia", include_str!("../../templates/comparecencia.parte")),
    ("cierre", include_str!("../../templates/cierre.parte")),
    ("constancia", include_str!("../../templates/constancia.parte")),
    ("firmas", include_str!("../../templates/firmas.parte")),
    ("puntaje", include_str!("../../templates/puntaje.parte")),
];

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// Names a kind of document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])* $variant,)*
        }

        impl Kind {
            /// Lists every kind, in the order of an evaluation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns its name, as templates, events and the command line write it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            fn sources(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$variant => (
                        include_str!(concat!("../../templates/", $name, ".plantilla")),
                        include_str!(concat!("../../templates/", $name, ".ejemplo.json")),
                    ),)*
                }
            }
        }
    };
}

kinds!(
    /// Acta de preguntas, respuestas y aclaraciones.
    Preguntas = "preguntas",
    /// Acta de apertura de ofertas.
    Apertura = "apertura",
    /// Acta de verificación de integridad y solicitud de convalidación.
    Integridad = "integridad",
    /// Acta de resultados de convalidación.
    Convalidacion = "convalidacion",
    /// Informe de subcomisión.
    Subcomision = "subcomision",
    /// Acta de calificación.
    Calificacion = "calificacion",
    /// Acta de negociación.
    Negociacion = "negociacion",
    /// Informe de evaluación y recomendación.
    Informe = "informe",
    /// Resolución de adjudicación, declaratoria de desierto o cancelación.
    Resolucion = "resolucion",
    /// Informe de control del VAE.
    Vae = "vae",
    /// Declaración de ausencia de conflicto de interés y confidencialidad.
    Declaracion = "declaracion",
    /// Notificación de indicios.
    Indicios = "indicios",
    /// Acta rectificatoria.
    Rectificatoria = "rectificatoria",
    /// Razón de no suscripción.
    NoSuscripcion = "no_suscripcion",
    /// Respuesta a reclamo.
    Reclamo = "reclamo",
    /// Anexo de evidencias.
    Evidencias = "evidencias",
    /// Índice del expediente electrónico.
    Indice = "indice",
);

struct Ready {
    template: Template,
    example: Value,
    faults: Vec<TemplateFault>,
}

static READY: LazyLock<BTreeMap<Kind, Ready>> = LazyLock::new(|| {
    let ready = |kind: &Kind| {
        let (source, example) = kind.sources();
        let example = with_common(example);
        let empty = Template {
            kind: kind.name().into(),
            title: String::new(),
            draft_title: String::new(),
            lines: Vec::new(),
        };
        // The templates of the program are proved by a test; what fails here all the same is refused when it is asked for.
        let (template, mut faults) = match Template::parse(kind.name(), source) {
            Ok(template) => (template, Vec::new()),
            Err(faults) => (empty, faults),
        };
        faults.extend(check_template(&template, &example));
        (*kind, Ready { template, example, faults })
    };
    Kind::ALL.iter().map(ready).collect()
});

/// Lays the common example under that of a kind.
fn with_common(example: &str) -> Value {
    let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    let mut common = parse(include_str!("../../templates/comun.ejemplo.json"));
    if let (Value::Object(common), Value::Object(own)) = (&mut common, parse(example)) {
        common.extend(own);
    }
    common
}

/// What a document is made of.
pub trait Content: Serialize + DeserializeOwned {
    /// Its kind.
    const KIND: Kind;

    /// What every document has.
    fn common(&self) -> &Comun;
}

/// Tells why a document could not be composed.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The template is faulty.
    #[error("the template is faulty: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Template(Vec<TemplateFault>),
    /// The content cannot be serialised.
    #[error("the content cannot be serialised: {0}")]
    Data(#[from] serde_json::Error),
}

impl Kind {
    /// Finds a kind by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Returns its title as printed.
    #[must_use]
    pub fn title(self) -> String {
        READY.get(&self).map_or_else(String::new, |ready| ready.template.title.clone())
    }

    /// Returns its template.
    #[must_use]
    pub fn template(self) -> &'static Template {
        // Every kind is in the map: it is made from `ALL`.
        READY.get(&self).map_or_else(|| &*EMPTY, |ready| &ready.template)
    }

    /// Returns the source of its template, for people.
    #[must_use]
    pub fn template_source(self) -> &'static str {
        self.sources().0
    }

    /// Returns the invented example: every name a template may use, once.
    #[must_use]
    pub fn example(self) -> Value {
        READY.get(&self).map_or(Value::Null, |ready| ready.example.clone())
    }

    /// Returns what is wrong with the program's own template; nothing, as a test proves.
    #[must_use]
    pub fn faults(self) -> Vec<TemplateFault> {
        READY.get(&self).map_or_else(Vec::new, |ready| ready.faults.clone())
    }

    pub(crate) fn scope_of<'v>(self, block: &str, example: &'v Value) -> Vec<&'v Value> {
        scope_in(self.template(), block, example)
    }
}

static EMPTY: LazyLock<Template> = LazyLock::new(|| Template {
    kind: String::new(),
    title: String::new(),
    draft_title: String::new(),
    lines: Vec::new(),
});

/// Composes a document from what it states.
///
/// # Errors
/// When the program's own template is faulty.
pub fn compose<C: Content>(content: &C, frame: Frame<'_>) -> Result<Paper, ComposeError> {
    let data = serde_json::to_value(content)?;
    compose_value(C::KIND, &content.common().cabecera, &data, frame)
}

/// Composes the invented example of a kind, as a preview.
///
/// # Errors
/// As [`compose`].
pub fn compose_example(kind: Kind, adaptation: Option<&Adaptation>) -> Result<Paper, ComposeError> {
    let data = kind.example();
    let head: Cabecera = serde_json::from_value(data.get("cabecera").cloned().unwrap_or_default())?;
    let frame = Frame { adaptation, images: vec![crate::pictures::blank()], preview: true };
    compose_value(kind, &head, &data, frame)
}

fn compose_value(kind: Kind, head: &Cabecera, data: &Value, frame: Frame<'_>) -> Result<Paper, ComposeError> {
    let faults = kind.faults();
    if !faults.is_empty() {
        return Err(ComposeError::Template(faults));
    }
    Ok(expand(kind.template(), head, data, frame))
}
