//! Requirements that a person types in, beside those of the pliego.

use super::Desk;
use crate::CaseworkError;
use crate::view::{DocumentTypeView, RequirementForm, RequirementView};
use cotejo_domain::{
    Code, DocumentType, FormCondition, Requirement, RequirementId, RequirementKind, RequirementSource,
    Subject, document_type_entry, document_types,
};
use cotejo_store::EventPayload;

/// Holds a requirement as a person types it.
#[derive(Clone, Debug)]
pub struct RequirementDraft {
    /// What failing it means.
    pub kind: RequirementKind,
    /// The words of the pliego.
    pub text: String,
    /// Type of the document that must be there, where it is one (`CERT_EXP`); else a person judges it.
    pub document: Option<String>,
    /// Whether that document must be electronically signed.
    pub signed: bool,
}

impl From<RequirementForm> for RequirementDraft {
    fn from(form: RequirementForm) -> Self {
        Self { kind: form.kind.into(), text: form.text, document: form.document, signed: form.signed }
    }
}

impl Desk {
    /// Lists the types of document that a requirement can ask for, in the order of the catalogue.
    #[must_use]
    pub fn document_types() -> Vec<DocumentTypeView> {
        document_types()
            .iter()
            .map(|entry| DocumentTypeView {
                id: entry.id.clone(),
                name: entry.name.clone(),
                group: entry.group.clone(),
            })
            .collect()
    }

    /// Adds a requirement to a case. Every bid then waits for its verdict.
    ///
    /// # Errors
    /// [`Code::Precondition`] without text or with an unknown document type; [`Code::Sealed`] once a signed acta states the requirements.
    pub async fn add_requirement(
        &self,
        case: &str,
        draft: RequirementDraft,
    ) -> Result<RequirementView, CaseworkError> {
        let text = draft.text.trim().to_owned();
        if text.is_empty() {
            return Err(CaseworkError::refused(Code::Precondition, "casework.requirement_without_text", ""));
        }
        let subject = match draft.document {
            None => Subject::Other,
            Some(id) if document_type_entry(&id).is_some() => Subject::Form {
                document: DocumentType(id),
                alternatives: Vec::new(),
                signed: draft.signed,
                condition: FormCondition::Always,
            },
            Some(id) => {
                return Err(CaseworkError::refused(Code::Precondition, "casework.unknown_document_type", id));
            }
        };
        let open = self.opened(case).await?;
        let present = open.case.requirements().await?;
        let next = (1..).map(|number| RequirementId(format!("MANO-{number}")));
        let id = next.into_iter().find(|id| present.iter().all(|requirement| requirement.id != *id));
        let requirement = Requirement {
            id: id.unwrap_or_else(|| RequirementId("MANO".into())),
            lot: None,
            kind: draft.kind,
            text,
            points: None,
            subject,
            source: RequirementSource::ByHand,
        };
        let number = u32::try_from(present.len() + 1).unwrap_or(u32::MAX);
        let view = super::matrix::requirement_view(number, &requirement, None);
        open.case.record(self.actor.id, EventPayload::RequirementAdded { requirement }).await?;
        open.forget().await;
        Ok(view)
    }
}
