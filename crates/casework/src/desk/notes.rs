//! Notes on a cell: somebody's words beside a verdict. They stand in the acta only where their author wants them there.

use super::Desk;
use super::labels;
use super::matrix::Decided;
use crate::CaseworkError;
use crate::view::{CellView, NoteDraft, NoteView};
use cotejo_domain::{ActorId, BidId, Code, Note, NoteId, RecordId, RequirementId};
use cotejo_store::EventPayload;

impl Desk {
    /// Writes a note on a cell, changes one's own, or takes it back (empty text).
    ///
    /// # Errors
    /// [`Code::NotFound`] for an unknown cell or note; [`Code::Precondition`] for a new note without text or somebody else's note;
    /// [`Code::Sealed`] once a signed acta states it, or when it should stand in one that is signed.
    pub async fn note(&self, case: &str, draft: &NoteDraft) -> Result<CellView, CaseworkError> {
        let open = self.opened(case).await?;
        let (requirement, bid) = super::decisions::address(&draft.cell)?;
        let judgement = open.judgement().await?;
        let no_cell = || {
            let cell = format!("{} × {}", draft.cell.requirement, draft.cell.bid);
            CaseworkError::refused(Code::NotFound, "casework.no_such_cell", cell)
        };
        judgement.requirement(&requirement).ok_or_else(no_cell)?;
        let lot = judgement.bid(bid).ok_or_else(no_cell)?.bid.lot;
        let text = draft.text.trim().to_owned();
        let before = match &draft.id {
            Some(id) => {
                let no_note = || CaseworkError::refused(Code::NotFound, "casework.no_such_note", id.clone());
                let parsed: NoteId = id.parse().map_err(|_| no_note())?;
                let notes = open.case.notes().await?;
                Some(notes.into_iter().find(|note| note.id == parsed).ok_or_else(no_note)?)
            }
            None => None,
        };
        if text.is_empty() && before.is_none() {
            return Err(CaseworkError::refused(Code::Precondition, "casework.note_without_text", ""));
        }
        let note = Note {
            id: before.as_ref().map_or_else(|| NoteId(self.new_uuid()), |note| note.id),
            lot,
            requirement,
            bid,
            author: self.actor.id,
            withdrawn: text.is_empty(),
            text: if text.is_empty() { before.map_or_else(String::new, |note| note.text) } else { text },
            in_acta: draft.in_acta && !draft.text.trim().is_empty(),
            at: self.now(),
        };
        let payload = EventPayload::NoteRecorded { record: RecordId(self.new_uuid()), note };
        open.case.record(self.actor.id, payload).await?;
        self.cell(case, &draft.cell.requirement, &draft.cell.bid).await
    }
}

/// Shows the notes of a cell.
pub(crate) fn notes_of(
    decided: &Decided,
    requirement: &RequirementId,
    bid: BidId,
    me: ActorId,
) -> Vec<NoteView> {
    decided
        .notes_at(requirement, bid)
        .map(|note| {
            let author = decided.person(note.author);
            NoteView {
                id: note.id.to_string(),
                author: author.to_owned(),
                initials: labels::initials(author),
                at: note.at.to_string(),
                text: note.text.clone(),
                in_acta: note.in_acta,
                mine: note.author == me,
            }
        })
        .collect()
}
