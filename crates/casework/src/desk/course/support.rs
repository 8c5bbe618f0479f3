//! What an act rests on: taken from a form, kept, shown again. Moments and stages as people write them.

use super::Gathered;
use crate::CaseworkError;
use crate::desk::Desk;
use crate::desk::open_case::OpenCase;
use crate::view::{InstrumentView, SupportDraft, SupportView, TermDayView};
use cotejo_domain::course::{ActSupport, KeptFile, StageKind};
use cotejo_domain::{ActaId, Code, Instrument};
use cotejo_procedure::stages::PaperState;
use cotejo_rules::calendar::Deadline;
use jiff::civil::DateTime;
use std::path::Path;

pub(super) fn refused<T>(key: &'static str, detail: &str) -> Result<T, CaseworkError> {
    Err(CaseworkError::refused(Code::Precondition, key, detail))
}

pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn stage(key: &str) -> Result<StageKind, CaseworkError> {
    StageKind::by_key(key.trim())
        .map_or_else(|| Err(CaseworkError::refused(Code::NotFound, "stages.unknown_stage", key)), Ok)
}

/// Reads a moment; not given, the present one.
pub(super) fn moment(text: Option<&str>, now: DateTime) -> Result<DateTime, CaseworkError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        // Minutes are as precise as acts are.
        None => Ok(now.date().at(now.hour(), now.minute(), 0, 0)),
        Some(text) => match text.parse() {
            Ok(moment) => Ok(moment),
            Err(_) => refused("stages.bad_moment", text),
        },
    }
}

pub(super) fn shown(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

pub(super) fn working(counted: Option<&Deadline>) -> Vec<TermDayView> {
    let days = counted.map(|counted| counted.days.as_slice()).unwrap_or_default();
    days.iter()
        .map(|day| TermDayView {
            day: day.day.to_string(),
            weekday: day.weekday.clone(),
            number: day.number,
            reason: day.reason.clone(),
            source: day.off.as_ref().map(|off| off.source.clone()).filter(|source| !source.is_empty()),
            verified: day.off.as_ref().is_none_or(|off| off.verified),
        })
        .collect()
}

pub(super) fn acta(text: &str, papers: &[PaperState]) -> Result<ActaId, CaseworkError> {
    let text = text.trim();
    let named = |paper: &&PaperState| {
        paper.id.to_string() == text || paper.label == text || paper.label.ends_with(&format!(" {text}"))
    };
    // Drafts that nobody signed carry the number of the one that was signed after them.
    let signed = papers.iter().rev().find(|paper| named(paper) && !paper.signers.is_empty());
    let found = signed.or_else(|| papers.iter().rev().find(named));
    found.map_or_else(
        || Err(CaseworkError::refused(Code::NotFound, "stages.no_such_acta", text)),
        |paper| Ok(paper.id),
    )
}

pub(super) fn view(support: &ActSupport, papers: &[PaperState]) -> SupportView {
    let paper = papers.iter().find(|paper| Some(paper.id) == support.acta);
    SupportView {
        acta: support.acta.map(|acta| acta.to_string()),
        acta_name: paper.map(|paper| paper.label.clone()),
        instrument: support.instrument.as_ref().map(|instrument| InstrumentView {
            name: instrument.name.clone(),
            number: instrument.number.clone(),
            date: instrument.date.to_string(),
            issued_by: instrument.issued_by.clone().unwrap_or_default(),
        }),
        file_name: support.file.as_ref().map(|file| file.name.clone()),
        file_sha256: support.file.as_ref().map(|file| file.sha256.to_string()),
        note: support.note.clone(),
    }
}

impl Desk {
    /// Makes of a form what an act rests on; the file is kept in the case.
    pub(super) async fn support(
        &self,
        open: &OpenCase,
        gathered: &Gathered,
        draft: &SupportDraft,
    ) -> Result<ActSupport, CaseworkError> {
        let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        let acta = given(&draft.acta).map(|text| acta(&text, &gathered.papers)).transpose()?;
        let instrument = draft.instrument.as_ref().map(instrument).transpose()?;
        let file = match given(&draft.attach) {
            Some(path) => {
                let (name, sha256) = self.keep_capture(open, Path::new(path.trim())).await?;
                Some(KeptFile { name, sha256 })
            }
            None => None,
        };
        Ok(ActSupport { acta, instrument, file, note: words(&draft.note) })
    }
}

fn instrument(view: &InstrumentView) -> Result<Instrument, CaseworkError> {
    let (name, number) = (words(&view.name), words(&view.number));
    if name.is_empty() || number.is_empty() {
        return refused("casework.session.no_number", "");
    }
    let Ok(date) = view.date.trim().parse() else { return refused("casework.session.bad_date", &view.date) };
    let issued_by = Some(words(&view.issued_by)).filter(|by| !by.is_empty());
    Ok(Instrument { name, number, date, issued_by })
}
