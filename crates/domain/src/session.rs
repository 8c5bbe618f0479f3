//! The session in which an acta is made, and the notes of those who prepare it.

use crate::{ActorId, BidId, Instrument, LotId, NoteId, RequirementId};
use serde::{Deserialize, Serialize};

/// Tells how those who meet are present.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// In one room.
    Presencial,
    /// Through *medios telemáticos*.
    Virtual,
}

/// Describes the session. What nobody gave is `None` and printed as not recorded, never invented.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The city.
    pub city: Option<String>,
    /// The room of a session in person, the platform of a virtual one.
    pub place: Option<String>,
    /// In person or virtual.
    pub modality: Option<Modality>,
    /// When it was opened, local time of Ecuador.
    pub opened: Option<jiff::civil::DateTime>,
    /// When it was closed, local time of Ecuador.
    pub closed: Option<jiff::civil::DateTime>,
    /// How it was called.
    pub convocation: Option<Instrument>,
    /// The points of the *orden del día*, without their numbers; empty when not given.
    pub agenda: Vec<String>,
}

/// Tells why a session cannot be as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SessionFault {
    /// It closes before it opens.
    #[error("the session closes before it opens")]
    ClosesBeforeItOpens,
    /// It closes without having opened.
    #[error("the session closes without a moment of opening")]
    ClosesUnopened,
    /// It was called after it had opened.
    #[error("the session was called after it had opened")]
    CalledAfterwards,
    /// An instrument without name or number.
    #[error("the convocatoria lacks its name or its number")]
    NoNumber,
}

impl SessionFault {
    /// Returns the stable key of the sentence in the catalogue.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ClosesBeforeItOpens => "casework.session.closes_before",
            Self::ClosesUnopened => "casework.session.closes_unopened",
            Self::CalledAfterwards => "casework.session.called_afterwards",
            Self::NoNumber => "casework.session.no_number",
        }
    }
}

impl Session {
    /// Checks that the session can be recorded.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self) -> Result<(), SessionFault> {
        match (self.opened, self.closed) {
            (Some(opened), Some(closed)) if closed <= opened => {
                return Err(SessionFault::ClosesBeforeItOpens);
            }
            (None, Some(_)) => return Err(SessionFault::ClosesUnopened),
            _ => {}
        }
        if let Some(convocation) = &self.convocation {
            if convocation.name.trim().is_empty() || convocation.number.trim().is_empty() {
                return Err(SessionFault::NoNumber);
            }
            if self.opened.is_some_and(|opened| convocation.date > opened.date()) {
                return Err(SessionFault::CalledAfterwards);
            }
        }
        Ok(())
    }
}

/// Holds what somebody noted on one requirement of one bid. A later version with the same identifier takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its identifier, the same for every version.
    pub id: NoteId,
    /// The lot.
    pub lot: LotId,
    /// The requirement.
    pub requirement: RequirementId,
    /// The bid.
    pub bid: BidId,
    /// Who wrote it; only this person changes it.
    pub author: ActorId,
    /// The text.
    pub text: String,
    /// True when its author wants it in the acta; else it never stands there.
    pub in_acta: bool,
    /// True once its author took it back.
    pub withdrawn: bool,
    /// When this version was written, in UTC.
    pub at: jiff::Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_session_ends_after_it_began_and_is_called_before() {
        let mut session = Session {
            opened: Some(date(2026, 11, 20).at(9, 0, 0, 0)),
            closed: Some(date(2026, 11, 20).at(12, 30, 0, 0)),
            ..Session::default()
        };
        assert_eq!(session.check(), Ok(()));
        session.closed = session.opened;
        assert_eq!(session.check(), Err(SessionFault::ClosesBeforeItOpens), "a session takes time");
        session.opened = None;
        assert_eq!(session.check(), Err(SessionFault::ClosesUnopened));
        session = Session {
            opened: Some(date(2026, 11, 20).at(9, 0, 0, 0)),
            convocation: Some(Instrument {
                name: "Convocatoria".into(),
                number: "001".into(),
                date: date(2026, 11, 21),
                issued_by: None,
            }),
            ..Session::default()
        };
        assert_eq!(session.check(), Err(SessionFault::CalledAfterwards));
    }
}
