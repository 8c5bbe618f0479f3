//! The evaluating body of a case: who sits in it, by which instrument, and whether it can meet (RGL 88).

use crate::{Actor, Capacity, Member, MemberId};
use serde::{Deserialize, Serialize};

/// Names an administrative instrument: a resolución, a memorando, a convocatoria.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instrument {
    /// What it is: `Resolución administrativa`, `Memorando`.
    pub name: String,
    /// Its number, as it is written on it.
    pub number: String,
    /// Its date.
    pub date: jiff::civil::Date,
    /// Who issued it, if that was given.
    pub issued_by: Option<String>,
}

/// Tells what kind of body evaluates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvaluatingBody {
    /// *Comisión técnica* of three members.
    ComisionTecnica,
    /// The single official, where the procedure has no commission.
    ServidorDesignado,
}

/// Tells how the words for a person end in Spanish. Not given, both endings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gender {
    /// *Presidenta*.
    Feminine,
    /// *Presidente*.
    Masculine,
}

/// Says in whose place somebody acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// The member who is replaced.
    pub principal: MemberId,
    /// The instrument that names the substitute, if that was given.
    pub instrument: Option<Instrument>,
}

/// Seats one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The person.
    pub actor: Actor,
    /// The place: who and in what capacity.
    pub member: Member,
    /// For the words of the acta.
    pub gender: Option<Gender>,
    /// In whose place the person acts; `None` for a principal.
    pub substitutes: Option<Substitution>,
    /// Whether the person takes part in the session.
    pub present: bool,
}

impl Seat {
    /// Tells whether the person votes in the session.
    #[must_use]
    pub fn votes(&self) -> bool {
        self.present && self.member.capacity.votes()
    }
}

/// Holds the evaluating body as a person recorded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commission {
    /// What kind of body.
    pub body: EvaluatingBody,
    /// The instrument of designation, if it was given.
    pub designation: Option<Instrument>,
    /// Its seats, in the order of the acta.
    pub seats: Vec<Seat>,
}

/// Tells why a commission cannot be as it was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommissionFault {
    /// Nobody sits in it.
    #[error("nobody sits in it")]
    Empty,
    /// A person without a name.
    #[error("a person has no name")]
    NoName,
    /// An instrument without name or number.
    #[error("an instrument lacks its name or its number")]
    NoNumber,
    /// The same person twice, by number or by identifier.
    #[error("the same person twice: {0}")]
    Twice(String),
    /// A capacity that is held by one principal alone is held by several.
    #[error("several principals hold the capacity {0:?}")]
    SeveralPrincipals(Capacity),
    /// A commission without its president.
    #[error("a commission needs its president")]
    NoPresident,
    /// A capacity that does not belong to this kind of body.
    #[error("the capacity {0:?} does not belong to this kind of body")]
    ForeignCapacity(Capacity),
    /// A single official is exactly one.
    #[error("a single official is exactly one")]
    NotSingle,
    /// A substitute without the principal of the same capacity.
    #[error("a substitute without its principal: {0}")]
    NoPrincipal(String),
    /// A principal and its substitute sit at once: one vote would count twice.
    #[error("a principal and its substitute at once: {0}")]
    BothSit(String),
}

impl CommissionFault {
    /// Returns the stable key of the sentence in the catalogue.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "casework.commission.empty",
            Self::NoName => "casework.commission.no_name",
            Self::NoNumber => "casework.commission.no_number",
            Self::Twice(_) => "casework.commission.twice",
            Self::SeveralPrincipals(_) => "casework.commission.several_principals",
            Self::NoPresident => "casework.commission.no_president",
            Self::ForeignCapacity(_) => "casework.commission.foreign_capacity",
            Self::NotSingle => "casework.commission.not_single",
            Self::NoPrincipal(_) => "casework.commission.no_principal",
            Self::BothSit(_) => "casework.commission.both_sit",
        }
    }
}

impl Instrument {
    fn is_complete(&self) -> bool {
        !self.name.trim().is_empty() && !self.number.trim().is_empty()
    }
}

impl Commission {
    /// Checks that the commission can be recorded. It may be incomplete: a seat that nobody holds yet is no fault.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self) -> Result<(), CommissionFault> {
        if self.seats.is_empty() {
            return Err(CommissionFault::Empty);
        }
        let instruments = self.designation.iter().chain(
            self.seats
                .iter()
                .filter_map(|seat| seat.substitutes.as_ref())
                .filter_map(|substitution| substitution.instrument.as_ref()),
        );
        if instruments.into_iter().any(|instrument| !instrument.is_complete()) {
            return Err(CommissionFault::NoNumber);
        }
        for (index, seat) in self.seats.iter().enumerate() {
            if seat.actor.name.trim().is_empty() {
                return Err(CommissionFault::NoName);
            }
            let twice = self.seats.iter().skip(index + 1).any(|other| {
                other.member.id == seat.member.id
                    || other.actor.id == seat.actor.id
                    || (seat.actor.cedula.is_some() && other.actor.cedula == seat.actor.cedula)
            });
            if twice {
                return Err(CommissionFault::Twice(seat.actor.name.clone()));
            }
            self.check_substitute(seat)?;
        }
        self.check_capacities()
    }

    fn check_substitute(&self, seat: &Seat) -> Result<(), CommissionFault> {
        let Some(substitution) = &seat.substitutes else { return Ok(()) };
        let principal = self.seats.iter().find(|other| {
            other.member.id == substitution.principal
                && other.substitutes.is_none()
                && other.member.capacity == seat.member.capacity
        });
        match principal {
            None => Err(CommissionFault::NoPrincipal(seat.actor.name.clone())),
            Some(principal) if principal.present && seat.present => {
                Err(CommissionFault::BothSit(seat.actor.name.clone()))
            }
            Some(_) => Ok(()),
        }
    }

    fn check_capacities(&self) -> Result<(), CommissionFault> {
        let principals = |capacity: Capacity| {
            let of_capacity = |seat: &&Seat| seat.substitutes.is_none() && seat.member.capacity == capacity;
            self.seats.iter().filter(of_capacity).count()
        };
        for seat in &self.seats {
            let capacity = seat.member.capacity;
            let single = capacity == Capacity::ServidorDesignado;
            let of_commission = matches!(
                capacity,
                Capacity::Presidente | Capacity::TitularAreaRequirente | Capacity::ProfesionalAfin
            );
            let foreign = match self.body {
                EvaluatingBody::ComisionTecnica => single,
                EvaluatingBody::ServidorDesignado => of_commission,
            };
            if foreign {
                return Err(CommissionFault::ForeignCapacity(capacity));
            }
            if !single && principals(capacity) > 1 {
                return Err(CommissionFault::SeveralPrincipals(capacity));
            }
        }
        match self.body {
            EvaluatingBody::ComisionTecnica if principals(Capacity::Presidente) == 0 => {
                Err(CommissionFault::NoPresident)
            }
            EvaluatingBody::ServidorDesignado if principals(Capacity::ServidorDesignado) != 1 => {
                Err(CommissionFault::NotSingle)
            }
            _ => Ok(()),
        }
    }

    /// Tells whether those present can meet: at least two who vote, one of them in the president's place; or the single official (RGL 88).
    #[must_use]
    pub fn has_quorum(&self) -> bool {
        let voting = || self.seats.iter().filter(|seat| seat.votes());
        match self.body {
            EvaluatingBody::ComisionTecnica => {
                voting().count() >= 2 && voting().any(|seat| seat.member.capacity == Capacity::Presidente)
            }
            EvaluatingBody::ServidorDesignado => voting().count() == 1,
        }
    }

    /// Counts the places of voting principals that are filled: three make a commission complete.
    #[must_use]
    pub fn voting_principals(&self) -> usize {
        let filled = |seat: &&Seat| seat.substitutes.is_none() && seat.member.capacity.votes();
        self.seats.iter().filter(filled).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ActorId;
    use uuid::Uuid;

    fn seat(number: u128, capacity: Capacity) -> Seat {
        Seat {
            actor: Actor {
                id: ActorId(Uuid::from_u128(number)),
                name: format!("Persona {number}"),
                cedula: None,
                position: String::new(),
                designation: None,
                enrolled: false,
            },
            member: Member {
                id: MemberId(Uuid::from_u128(100 + number)),
                actor: ActorId(Uuid::from_u128(number)),
                capacity,
            },
            gender: None,
            substitutes: None,
            present: true,
        }
    }

    fn commission() -> Commission {
        Commission {
            body: EvaluatingBody::ComisionTecnica,
            designation: None,
            seats: vec![
                seat(1, Capacity::Presidente),
                seat(2, Capacity::TitularAreaRequirente),
                seat(3, Capacity::ProfesionalAfin),
                seat(4, Capacity::Secretario),
            ],
        }
    }

    #[test]
    fn a_commission_of_three_with_its_secretary_can_meet() {
        let commission = commission();
        assert_eq!(commission.check(), Ok(()));
        assert!(commission.has_quorum());
        assert_eq!(commission.voting_principals(), 3, "the secretary has no vote");
    }

    #[test]
    fn a_quorum_needs_two_votes_and_the_president() {
        let mut absent = commission();
        absent.seats[1].present = false;
        assert!(absent.has_quorum(), "two of three, the president among them (RGL 88)");
        absent.seats[1].present = true;
        absent.seats[0].present = false;
        assert!(!absent.has_quorum(), "without its president a commission does not meet");
        let mut alone = commission();
        alone.seats[1].present = false;
        alone.seats[2].present = false;
        assert!(!alone.has_quorum(), "the secretary does not make up the quorum");
    }

    #[test]
    fn a_substitute_sits_only_where_the_principal_does_not() {
        let mut replaced = commission();
        let principal = replaced.seats[0].member.id;
        let mut substitute = seat(5, Capacity::Presidente);
        substitute.substitutes = Some(Substitution { principal, instrument: None });
        replaced.seats.push(substitute);
        assert_eq!(replaced.check(), Err(CommissionFault::BothSit("Persona 5".into())), "one vote, twice");
        replaced.seats[0].present = false;
        assert_eq!(replaced.check(), Ok(()));
        assert!(replaced.has_quorum(), "the substitute presides");
        replaced.seats[4].member.capacity = Capacity::ProfesionalAfin;
        assert_eq!(
            replaced.check(),
            Err(CommissionFault::NoPrincipal("Persona 5".into())),
            "nobody substitutes in another capacity"
        );
    }

    #[test]
    fn what_cannot_be_a_commission_is_refused() {
        let mut twice = commission();
        twice.seats[3].actor.id = twice.seats[0].actor.id;
        assert_eq!(
            twice.check(),
            Err(CommissionFault::Twice("Persona 1".into())),
            "from outside its members"
        );
        let mut two_presidents = commission();
        two_presidents.seats[1].member.capacity = Capacity::Presidente;
        assert_eq!(two_presidents.check(), Err(CommissionFault::SeveralPrincipals(Capacity::Presidente)));
        let mut headless = commission();
        headless.seats.remove(0);
        assert_eq!(headless.check(), Err(CommissionFault::NoPresident));
        let single = Commission {
            body: EvaluatingBody::ServidorDesignado,
            designation: None,
            seats: vec![seat(1, Capacity::ServidorDesignado), seat(2, Capacity::ServidorDesignado)],
        };
        assert_eq!(single.check(), Err(CommissionFault::NotSingle));
        let mixed = Commission {
            body: EvaluatingBody::ServidorDesignado,
            designation: None,
            seats: vec![seat(1, Capacity::Presidente)],
        };
        assert_eq!(mixed.check(), Err(CommissionFault::ForeignCapacity(Capacity::Presidente)));
    }
}
