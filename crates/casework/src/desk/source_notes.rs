//! What a person read at a source that the program cannot ask: a human act, kept with the day, the words and, if given, the capture.

use super::{Desk, labels, matrix};
use crate::CaseworkError;
use crate::view::{SourceNoteDraft, SourceNoteView, SourceOutcomeView, ValidationView};
use cotejo_catalogue::message;
use cotejo_domain::{Code, RecordId, SourceNote, SourceOutcome};
use cotejo_registries::BY_HAND;
use cotejo_store::EventPayload;
use std::path::Path;

/// Names a source for people: `SRI · estado tributario`.
pub(crate) fn name_of(key: &str) -> String {
    BY_HAND
        .iter()
        .find(|place| place.key == key)
        .map_or_else(|| key.to_owned(), |place| format!("{} · {}", place.service, place.question()))
}

impl Desk {
    /// Notes what a person read about a number at a source, in place of what was noted before; the outcome `withdrawn` takes it back.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a source or a number that the case does not have; [`Code::Precondition`] without words where something
    /// adverse was read, or for a day to come; [`Code::UnreadableInput`] when the capture cannot be read.
    pub async fn note_source(
        &self,
        case: &str,
        draft: &SourceNoteDraft,
    ) -> Result<ValidationView, CaseworkError> {
        let refused = |code, key, detail: &str| Err(CaseworkError::refused(code, key, detail));
        let open = self.opened(case).await?;
        let judgement = open.judgement().await?;
        let known = judgement
            .bids
            .iter()
            .flat_map(|bid| super::registry::numbers(bid))
            .any(|ruc| ruc.as_str() == draft.ruc);
        if !known || !BY_HAND.iter().any(|place| place.key == draft.source) {
            return refused(Code::NotFound, "casework.no_such_source", &draft.source);
        }
        let outcome = SourceOutcome::from(draft.outcome);
        let text = draft.text.trim().to_owned();
        if outcome == SourceOutcome::Adverse && text.is_empty() {
            return refused(Code::Precondition, "casework.source.no_words", "");
        }
        let today = super::acta_content::ECUADOR.to_datetime(self.now()).date();
        let consulted = match draft.consulted.as_deref().map(str::trim).filter(|day| !day.is_empty()) {
            Some(day) => match day.parse::<jiff::civil::Date>() {
                Ok(day) if day <= today => day,
                _ => return refused(Code::Precondition, "casework.source.bad_day", day),
            },
            None => today,
        };
        let kept = match draft.attach.as_deref().map(str::trim).filter(|path| !path.is_empty()) {
            Some(path) => Some(self.keep_capture(&open, Path::new(path)).await?),
            None => None,
        };
        let before = open.case.source_notes().await?;
        let before = before.into_iter().find(|note| note.ruc == draft.ruc && note.source == draft.source);
        let note = SourceNote {
            ruc: draft.ruc.clone(),
            source: draft.source.clone(),
            outcome,
            text,
            consulted,
            // A note that is written anew keeps its capture unless another one comes.
            kept: kept.or_else(|| before.and_then(|note| note.kept)),
            author: self.actor.id,
            at: self.now(),
        };
        let payload = EventPayload::SourceNoted { record: RecordId(self.new_uuid()), note };
        open.case.record(self.actor.id, payload).await?;
        self.validation(case).await
    }

    pub(crate) async fn keep_capture(
        &self,
        open: &super::open_case::OpenCase,
        path: &Path,
    ) -> Result<(String, cotejo_domain::FileHash), CaseworkError> {
        let name = crate::sources::name_of(path);
        let size = std::fs::metadata(path).map_err(CaseworkError::file(path))?.len();
        if size > self.lector().settings().limits.file_bytes {
            return Err(CaseworkError::refused(Code::Precondition, "casework.file_too_large", name));
        }
        let bytes = std::fs::read(path).map_err(CaseworkError::file(path))?;
        Ok((name, open.case.store_original(bytes).await?))
    }

    /// Returns the raw answer of a registry that is kept in a case, as text, JSON laid out for people.
    ///
    /// # Errors
    /// [`Code::NotFound`] when no answer of this case has that hash.
    pub async fn registry_answer(&self, case: &str, sha256: &str) -> Result<String, CaseworkError> {
        const MOST: usize = 200_000;
        let open = self.opened(case).await?;
        let hash = super::documents::hash(sha256)?;
        let judgement = open.judgement().await?;
        let mut known = false;
        for ruc in judgement.bids.iter().flat_map(|bid| super::registry::numbers(bid)) {
            let history = super::registry::history(&open.case, &ruc).await?;
            known |= history.iter().any(|kept| kept.sha256 == Some(hash));
        }
        if !known {
            return Err(CaseworkError::refused(Code::NotFound, "casework.no_such_answer", sha256));
        }
        let bytes = open.case.read_original(hash).await?;
        let text = String::from_utf8_lossy(&bytes);
        let laid_out = serde_json::from_str::<serde_json::Value>(&text)
            .and_then(|value| serde_json::to_string_pretty(&value));
        Ok(laid_out.unwrap_or_else(|_| text.into_owned()).chars().take(MOST).collect())
    }
}

/// Shows a note.
pub(crate) fn view_of(note: &SourceNote, decided: &matrix::Decided) -> SourceNoteView {
    let by = decided.person(note.author).to_owned();
    let outcome = SourceOutcomeView::from(note.outcome);
    SourceNoteView {
        outcome,
        outcome_text: message(
            match note.outcome {
                SourceOutcome::Clear => "casework.source.clear",
                SourceOutcome::Adverse => "casework.source.adverse",
                SourceOutcome::NoAnswer => "casework.source.no_answer",
                SourceOutcome::Withdrawn => "casework.source.withdrawn",
            },
            &[],
        ),
        text: note.text.clone(),
        consulted: note.consulted.to_string(),
        initials: labels::initials(&by),
        by,
        at: note.at.to_string(),
        kept_name: note.kept.as_ref().map(|(name, _)| name.clone()),
        kept_sha256: note.kept.as_ref().map(|(_, hash)| hash.to_string()),
    }
}
