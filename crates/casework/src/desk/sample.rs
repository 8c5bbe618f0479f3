//! Session and commission of the fictional sample: persons who do not exist, dates that follow the sample's schedule.

use crate::CaseworkError;
use crate::view::{CommissionDraft, SessionDraft};
use cotejo_domain::Process;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

#[derive(Deserialize)]
struct Sample {
    commission: CommissionDraft,
    session: SessionDraft,
}

fn sample() -> Result<Sample, CaseworkError> {
    Ok(serde_json::from_str(include_str!("sample.json"))?)
}

/// Names the fictional president of the sample's commission and its cédula of nobody: whoever signs the sample's acta.
///
/// # Errors
/// Never, unless the program's own data are damaged.
pub fn sample_president() -> Result<(String, String), CaseworkError> {
    let seats = sample()?.commission.seats;
    Ok(seats.into_iter().next().map_or_else(Default::default, |seat| (seat.name, seat.cedula)))
}

/// The next weekday after the bids were due; what the sample's schedule lacks is counted from a fixed day.
fn day_of_session(process: &Process) -> Date {
    let due = process.bids_due.map(|due| due.date()).or(process.started);
    let mut day = due.unwrap_or(jiff::civil::date(2026, 1, 5));
    loop {
        day = day.saturating_add(jiff::Span::new().days(1));
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return day;
        }
    }
}

fn before(day: Date, days: i64) -> String {
    day.saturating_sub(jiff::Span::new().days(days)).to_string()
}

pub(crate) fn commission(process: &Process) -> Result<CommissionDraft, CaseworkError> {
    let mut commission = sample()?.commission;
    let day = process.started.unwrap_or_else(|| day_of_session(process));
    if let Some(designation) = &mut commission.designation {
        designation.date = before(day, 3);
    }
    Ok(commission)
}

pub(crate) fn session(process: &Process) -> Result<SessionDraft, CaseworkError> {
    let mut session = sample()?.session;
    let day = day_of_session(process);
    session.opened = Some(day.at(9, 0, 0, 0).to_string());
    session.closed = Some(day.at(12, 40, 0, 0).to_string());
    if let Some(convocation) = &mut session.convocation {
        convocation.date = before(day, 1);
    }
    Ok(session)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cotejo_domain::{Cedula, CheckDigit};

    #[test]
    fn the_persons_of_the_sample_have_sound_numbers_and_can_meet() {
        let sample = sample().expect("the sample's own data");
        for seat in &sample.commission.seats {
            let cedula = Cedula::parse(&seat.cedula).expect("the shape of a cédula");
            assert_eq!(cedula.check_digit(), CheckDigit::Agrees, "{} has a sound number", seat.name);
        }
        let (name, cedula) = sample_president().expect("the first seat");
        assert_eq!((name, cedula), (sample.commission.seats[0].name.clone(), "1559000011".into()));
    }
}
