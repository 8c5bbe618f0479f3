//! Sealed documents (invariant 14): what an import seals, and when it may be opened. What is decided here is decided before anything is
//! read, so it can only rest on the procedure and on names; what reading then shows to be an economic envelope is sealed at once.

use super::judgement::{self, JudgedBid};
use super::open_case::OpenCase;
use super::{Desk, import};
use crate::CaseworkError;
use crate::analysis::{FileAnalysis, ReadingContext, analyse_feed};
use crate::view::{Cancellation, DocumentsView, SealingOrder};
use cotejo_catalogue::message;
use cotejo_domain::{Code, ProcedureType, Requirement, Subject};
use cotejo_store::EventPayload;

/// Says why a document is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seal {
    /// The economic envelope of a consultoría.
    EconomicEnvelope,
    /// The initial price of a subasta inversa.
    InitialPrice,
    /// A person said so.
    ByPerson,
}

impl Seal {
    pub(crate) fn reason(self) -> String {
        message(
            match self {
                Self::EconomicEnvelope => "casework.sealed.economic",
                Self::InitialPrice => "casework.sealed.price",
                Self::ByPerson => "casework.sealed.by_person",
            },
            &[],
        )
    }
}

pub(crate) fn is_consultancy(procedure: ProcedureType) -> bool {
    matches!(procedure, ProcedureType::Consultoria | ProcedureType::Cdc | ProcedureType::Lcc)
}

/// Lower case, no accents, every separator one blank.
pub(crate) fn folded(text: &str) -> String {
    let letters: String = text
        .to_lowercase()
        .chars()
        .map(|letter| match letter {
            'á' | 'à' => 'a',
            'é' | 'è' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' | 'ü' => 'u',
            'ñ' => 'n',
            letter if letter.is_alphanumeric() => letter,
            '*' => '*',
            _ => ' ',
        })
        .filter(|letter| !('\u{300}'..='\u{36f}').contains(letter))
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells whether the parts of a pattern between its `*` follow one another in the text.
fn matches(text: &str, pattern: &str) -> bool {
    let pattern = folded(pattern);
    let mut rest = text;
    let mut parts = pattern.split('*').map(str::trim).filter(|part| !part.is_empty()).peekable();
    if parts.peek().is_none() {
        return pattern.contains('*');
    }
    parts.all(|part| match rest.find(part) {
        Some(at) => {
            rest = rest.get(at + part.len()..).unwrap_or_default();
            true
        }
        None => false,
    })
}

/// Says whether the name of a file makes it a document to be sealed.
pub(crate) fn due(procedure: ProcedureType, path: &str, order: &SealingOrder) -> Option<Seal> {
    const ENVELOPE: [&str; 7] =
        ["economic", "sobre 2", "sobre no 2", "sobre n 2", "sobre nro 2", "sobre dos", "segundo sobre"];
    // Papers on the bidder's economic situation belong to the technical envelope.
    const NOT_THE_PRICE: [&str; 6] = [
        "situacion economic",
        "capacidad economic",
        "solvencia economic",
        "actividad economic",
        "indices economic",
        "indicadores economic",
    ];
    // Of a subasta inversa only what is handed in for the puja: the table of quantities belongs to what the commission qualifies.
    const INITIAL_PRICE: [&str; 5] =
        ["economica inicial", "oferta inicial", "precio inicial", "postura inicial", "puja"];
    let path = folded(path);
    let any = |list: &[&str]| list.iter().any(|words| path.contains(words));
    if order.leave_open.iter().any(|pattern| matches(&path, pattern)) {
        return None;
    }
    if is_consultancy(procedure) && any(&ENVELOPE) && !any(&NOT_THE_PRICE) {
        return Some(Seal::EconomicEnvelope);
    }
    if procedure == ProcedureType::Sie && any(&INITIAL_PRICE) {
        return Some(Seal::InitialPrice);
    }
    order.seal.iter().any(|pattern| matches(&path, pattern)).then_some(Seal::ByPerson)
}

/// Says why a file that is sealed now is sealed.
pub(crate) fn why(procedure: ProcedureType, path: &str) -> Seal {
    due(procedure, path, &SealingOrder::default()).unwrap_or(if is_consultancy(procedure) {
        Seal::EconomicEnvelope
    } else {
        Seal::ByPerson
    })
}

/// Tells whether reading showed a file to be an economic envelope that its name did not announce.
pub(crate) fn shown_by_reading(
    procedure: ProcedureType,
    analysis: &FileAnalysis,
    order: &SealingOrder,
) -> bool {
    let left_open = || {
        let path = folded(&analysis.path);
        order.leave_open.iter().any(|pattern| matches(&path, pattern))
    };
    is_consultancy(procedure)
        && analysis.documents.iter().any(|document| document.kind.0 == "OFERTA_ECONOMICA_CONSULTORIA")
        && !left_open()
}

/// Tells whether an import of this procedure ought to have found something to seal.
pub(crate) fn expected(procedure: ProcedureType) -> bool {
    is_consultancy(procedure)
}

/// Tells whether a requirement of a bid waits for a sealed document: it is not judged before that is opened. The form of the economic
/// envelope waits with the offer in it: nobody may be asked to cure what lies sealed.
pub(crate) fn waits(requirement: &Requirement, bid: &JudgedBid) -> bool {
    is_economic(&requirement.subject) && bid.bid.files.iter().any(|file| file.sealed)
}

/// Tells whether a requirement is about what lies in the economic envelope.
pub(crate) fn is_economic(subject: &Subject) -> bool {
    match subject {
        Subject::EconomicOffer => true,
        Subject::Form { document, .. } => document.0 == "OFERTA_ECONOMICA_CONSULTORIA",
        _ => false,
    }
}

impl Desk {
    /// Opens a sealed document for a recorded cause, once its moment came, and reads it.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a cause, for a document that is not sealed, and before its moment, as `desk/envelope.rs` has it.
    pub async fn open_sealed(
        &self,
        case: &str,
        file: &str,
        cause: &str,
    ) -> Result<DocumentsView, CaseworkError> {
        let refused = |key, detail: String| Err(CaseworkError::refused(Code::Precondition, key, detail));
        if cause.trim().is_empty() {
            return refused("casework.sealed.no_cause", String::new());
        }
        let open = self.opened(case).await?;
        let hash = super::documents::hash(file)?;
        let judgement = open.judgement().await?;
        let owners: Vec<_> = judgement
            .bids
            .iter()
            .filter(|bid| bid.bid.files.iter().any(|file| file.hash == hash && file.sealed))
            .collect();
        if owners.is_empty() {
            return refused("store.not_sealed", String::new());
        }
        for bid in &owners {
            self.require_moment(&open, &judgement, bid).await?;
        }
        let reason = cause.trim().to_owned();
        open.case.record(self.actor.id, EventPayload::FileUnsealed { file: hash, reason }).await?;
        let code = judgement.state.process.code.as_ref().map(ToString::to_string);
        for bid in owners {
            for file in bid.bid.files.iter().filter(|file| file.hash == hash) {
                if file.media_type != judgement::CONTAINER {
                    self.read_opened(&open, hash, &file.path, code.clone()).await?;
                }
            }
        }
        open.forget().await;
        self.documents(case).await
    }

    async fn read_opened(
        &self,
        open: &OpenCase,
        hash: cotejo_domain::FileHash,
        path: &str,
        code: Option<String>,
    ) -> Result<(), CaseworkError> {
        let feed = super::taking::feed_of_original(&open.case, hash).await?;
        let (lector, path) = (self.lector_of(&open.case).await?.lector, path.to_owned());
        let context = ReadingContext {
            process_code: code.clone(),
            anchors: self.anchors.lock().await.clone(),
            models: super::models::of_process(&open.case).await?,
            examples: self.examples().await?,
            field_examples: self.field_examples().await?,
            ..ReadingContext::default()
        };
        let read = import::blocking(move || {
            analyse_feed(&lector, &path, hash, &feed, &context, &Cancellation::default(), &mut || {})
        })
        .await??;
        judgement::put_analysis(&open.case, &read, code.as_deref()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_name(procedure: ProcedureType, path: &str) -> Option<Seal> {
        due(procedure, path, &SealingOrder::default())
    }

    #[test]
    fn the_economic_envelope_of_a_consultancy_is_known_by_its_name() {
        for path in [
            "Oferta Económica.pdf",
            "SOBRE_2/propuesta.pdf",
            "paquete.zip/Sobre No. 2/Formulario 3.docx",
            "propuesta_economica_firmada.xlsx",
        ] {
            assert_eq!(by_name(ProcedureType::Lcc, path), Some(Seal::EconomicEnvelope), "{path}");
            assert_eq!(by_name(ProcedureType::Lico, path), None, "works have one envelope: {path}");
        }
        for path in ["Oferta técnica.pdf", "Situación económica.pdf", "índices-económicos.pdf"] {
            assert_eq!(by_name(ProcedureType::Consultoria, path), None, "{path} is no price");
        }
    }

    #[test]
    fn attack_a_bidder_is_asked_to_cure_the_form_that_lies_in_the_sealed_envelope() {
        let form = |kind: &str| Subject::Form {
            document: cotejo_domain::DocumentType(kind.into()),
            alternatives: Vec::new(),
            signed: true,
            condition: cotejo_domain::FormCondition::Always,
        };
        assert!(is_economic(&form("OFERTA_ECONOMICA_CONSULTORIA")) && is_economic(&Subject::EconomicOffer));
        assert!(!is_economic(&form("PLAN_TRABAJO")), "the technical envelope is judged");
    }

    #[test]
    fn of_a_subasta_inversa_only_the_initial_price_is_sealed() {
        let sie = ProcedureType::Sie;
        assert_eq!(by_name(sie, "Oferta económica inicial.pdf"), Some(Seal::InitialPrice));
        assert_eq!(
            by_name(sie, "1.5 Tabla de cantidades y precios.pdf"),
            None,
            "the commission qualifies it"
        );
    }

    #[test]
    fn a_person_seals_and_leaves_open() {
        let order = SealingOrder {
            seal: vec!["lista*precios".into()],
            leave_open: vec!["Económica genérica".into()],
        };
        let named = |path| due(ProcedureType::Lcc, path, &order);
        assert_eq!(named("anexos/Lista de Precios.xlsx"), Some(Seal::ByPerson));
        assert_eq!(named("precios lista.xlsx"), None, "the parts follow one another");
        assert_eq!(named("oferta_economica_generica.pdf"), None, "the person knows what it is");
        assert_eq!(named("oferta_economica.pdf"), Some(Seal::EconomicEnvelope));
    }
}
