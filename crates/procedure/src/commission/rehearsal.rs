//! *Ensayo de reclamo*: what a claim would say of each *no cumple*, the strongest first, and what the file answers. It blocks nothing.
//!
//! What the file does not record is said to be not recorded; it is never filled in.

use cotejo_catalogue::message;
use cotejo_domain::Reason;
use serde::Serialize;

/// Below this confidence a reading is one that a claim can call illegible.
const UNSURE: f64 = 0.85;

/// Tells what the file knows of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Recorded<T> {
    /// Nothing is recorded.
    #[default]
    NotRecorded,
    /// It is, and says this.
    Known(T),
}

/// Tells whether the error could be cured under the regime.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum CurableUnder {
    /// It cannot be told here.
    #[default]
    NotRecorded,
    /// Under these articles.
    Yes {
        /// What the error is called.
        error: String,
        /// The articles.
        articles: Vec<String>,
    },
    /// The regime does not let it be cured.
    No {
        /// Why, in Spanish.
        reason: String,
        /// The articles.
        articles: Vec<String>,
    },
    /// The regime gives no answer that was seen.
    Ask {
        /// The question, in Spanish.
        question: String,
    },
}

/// Holds what the file has on one *no cumple*.
#[derive(Clone, Debug, Default)]
pub struct Charge {
    /// Whether the error could be cured.
    pub curable: CurableUnder,
    /// Whether the bidder was asked to cure it.
    pub requested: bool,
    /// Whether the request was notified to all bidders.
    pub notified_to_all: Recorded<bool>,
    /// Whether the term was the one of the regime; with its working, in Spanish.
    pub term: Recorded<bool>,
    /// How the term was counted, in Spanish; empty where nothing is recorded.
    pub term_working: String,
    /// Findings of unequal treatment that touch the cell, each with its answer where one holds.
    pub unequal: Vec<(String, Option<String>)>,
    /// Pieces of evidence cited.
    pub pieces: usize,
    /// Of them opened by who decided.
    pub opened: usize,
    /// The least confidence of what was read there; `None` without evidence.
    pub least_confidence: Option<f64>,
    /// Whether a person looked at the reading and said what stands there.
    pub confirmed_reading: bool,
    /// Norms that nobody verified, each with its source.
    pub unverified: Vec<String>,
    /// The norm that the motivation names; empty where it names none.
    pub norm: String,
    /// True where the requirement was read from a page and nobody confirmed it.
    pub requirement_unconfirmed: bool,
    /// Who dissents, each with reasons where they are recorded.
    pub dissent: Vec<(String, String)>,
    /// Names of who decided whose declaration is missing or to be renewed.
    pub undeclared: Vec<String>,
    /// What a second member of the sample said, where one checked the cell and said otherwise.
    pub second_otherwise: Option<String>,
}

/// Tells how far an objection carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// The file has no answer: it would carry.
    Open,
    /// The file answers in part, or what it answers is not verified.
    Weak,
    /// The file answers.
    Answered,
}

/// Holds one objection with what the file answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Objection {
    /// How far it carries.
    pub strength: Strength,
    /// What the claim would say.
    pub objection: Reason,
    /// What the file answers.
    pub answer: String,
}

fn objection(strength: Strength, code: &str, answer: &str, values: &[(&str, &str)]) -> Objection {
    Objection {
        strength,
        objection: Reason { code: code.to_owned(), text: message(code, values) },
        answer: message(answer, values),
    }
}

/// Lists what a claim would say, the strongest first.
#[must_use]
pub fn objections(charge: &Charge) -> Vec<Objection> {
    let mut found = vec![curable(charge)];
    found.extend(course_of_cure(charge));
    found.extend(charge.unequal.iter().map(|(text, answer)| match answer {
        None => objection(
            Strength::Open,
            "commission.claim.unequal",
            "commission.claim.unequal.open",
            &[("hallazgo", text)],
        ),
        Some(reason) => {
            let values = [("hallazgo", text.as_str()), ("motivo", reason)];
            objection(
                Strength::Weak,
                "commission.claim.unequal",
                "commission.claim.unequal.answered",
                &values,
            )
        }
    }));
    found.push(evidence(charge));
    found.extend(illegible(charge));
    found.push(norm(charge));
    found.extend(others(charge));
    found.sort_by_key(|one| one.strength);
    found
}

fn curable(charge: &Charge) -> Objection {
    const CODE: &str = "commission.claim.curable";
    match &charge.curable {
        CurableUnder::NotRecorded => {
            objection(Strength::Open, CODE, "commission.claim.curable.not_recorded", &[])
        }
        CurableUnder::Ask { question } => {
            objection(Strength::Open, CODE, "commission.claim.curable.ask", &[("pregunta", question)])
        }
        CurableUnder::No { reason, articles } => {
            let articles = listed(articles);
            let values = [("razon", reason.as_str()), ("articulos", &articles)];
            objection(Strength::Answered, CODE, "commission.claim.curable.no", &values)
        }
        CurableUnder::Yes { error, articles } => {
            let articles = listed(articles);
            let values = [("error", error.as_str()), ("articulos", &articles)];
            let (strength, answer) = if charge.requested {
                (Strength::Answered, "commission.claim.curable.requested")
            } else {
                (Strength::Open, "commission.claim.curable.never_asked")
            };
            objection(strength, "commission.claim.curable.under", answer, &values)
        }
    }
}

fn listed(articles: &[String]) -> String {
    if articles.is_empty() { message("commission.no_article", &[]) } else { articles.join("; ") }
}

/// What a claim says of the way to the rejection matters where there was one, or should have been.
fn course_of_cure(charge: &Charge) -> Vec<Objection> {
    let due = charge.requested || matches!(charge.curable, CurableUnder::Yes { .. });
    if !due {
        return Vec::new();
    }
    let notified = match charge.notified_to_all {
        Recorded::Known(true) => (Strength::Answered, "commission.claim.notified.yes"),
        Recorded::Known(false) => (Strength::Open, "commission.claim.notified.no"),
        Recorded::NotRecorded => (Strength::Open, "commission.claim.notified.not_recorded"),
    };
    let term = match charge.term {
        Recorded::Known(true) => (Strength::Answered, "commission.claim.term.yes"),
        Recorded::Known(false) => (Strength::Open, "commission.claim.term.no"),
        Recorded::NotRecorded => (Strength::Open, "commission.claim.term.not_recorded"),
    };
    let values = [("calculo", charge.term_working.as_str())];
    vec![
        objection(notified.0, "commission.claim.notified", notified.1, &[]),
        objection(term.0, "commission.claim.term", term.1, &values),
    ]
}

fn evidence(charge: &Charge) -> Objection {
    let (pieces, opened) = (charge.pieces.to_string(), charge.opened.to_string());
    let values = [("piezas", pieces.as_str()), ("abiertas", &opened)];
    let (strength, answer) = match (charge.pieces, charge.opened) {
        (0, _) => (Strength::Open, "commission.claim.evidence.none"),
        (_, 0) => (Strength::Open, "commission.claim.evidence.unopened"),
        (all, seen) if seen < all => (Strength::Weak, "commission.claim.evidence.partly"),
        _ => (Strength::Answered, "commission.claim.evidence.opened"),
    };
    objection(strength, "commission.claim.evidence", answer, &values)
}

fn illegible(charge: &Charge) -> Option<Objection> {
    let least = charge.least_confidence?;
    if least >= UNSURE {
        return None;
    }
    let percent = format!("{:.0}", least * 100.0);
    let (strength, answer) = if charge.confirmed_reading {
        (Strength::Answered, "commission.claim.illegible.confirmed")
    } else {
        (Strength::Open, "commission.claim.illegible.open")
    };
    Some(objection(strength, "commission.claim.illegible", answer, &[("confianza", &percent)]))
}

fn norm(charge: &Charge) -> Objection {
    const CODE: &str = "commission.claim.norm";
    if charge.norm.trim().is_empty() {
        return objection(Strength::Open, CODE, "commission.claim.norm.none", &[]);
    }
    if charge.unverified.is_empty() {
        return objection(
            Strength::Answered,
            CODE,
            "commission.claim.norm.named",
            &[("norma", charge.norm.trim())],
        );
    }
    let list = charge.unverified.join("; ");
    objection(Strength::Weak, CODE, "commission.claim.norm.unverified", &[("normas", &list)])
}

fn others(charge: &Charge) -> Vec<Objection> {
    let mut found = Vec::new();
    if charge.requirement_unconfirmed {
        found.push(objection(
            Strength::Open,
            "commission.claim.requirement",
            "commission.claim.requirement.open",
            &[],
        ));
    }
    for (who, reasons) in &charge.dissent {
        let values = [("quien", who.as_str()), ("razones", reasons)];
        let answer = if reasons.trim().is_empty() {
            "commission.claim.dissent.silent"
        } else {
            "commission.claim.dissent.reasons"
        };
        found.push(objection(Strength::Weak, "commission.claim.dissent", answer, &values));
    }
    if !charge.undeclared.is_empty() {
        let who = charge.undeclared.join("; ");
        found.push(objection(
            Strength::Open,
            "commission.claim.undeclared",
            "commission.claim.undeclared.open",
            &[("quienes", &who)],
        ));
    }
    if let Some(second) = &charge.second_otherwise {
        found.push(objection(
            Strength::Weak,
            "commission.claim.second",
            "commission.claim.second.otherwise",
            &[("segundo", second)],
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strengths(charge: &Charge) -> Vec<(String, Strength)> {
        objections(charge).into_iter().map(|one| (one.objection.code, one.strength)).collect()
    }

    fn sound() -> Charge {
        Charge {
            curable: CurableUnder::No {
                reason: "Incumplimiento técnico".into(),
                articles: vec!["RGL 102".into()],
            },
            pieces: 2,
            opened: 2,
            least_confidence: Some(0.99),
            norm: "RGL 104.3; pliego 4.1".into(),
            ..Charge::default()
        }
    }

    #[test]
    fn a_file_that_answers_everything_leaves_nothing_open() {
        assert!(strengths(&sound()).iter().all(|(_, strength)| *strength == Strength::Answered));
    }

    #[test]
    fn attack_a_curable_error_fails_a_bid_that_was_never_asked() {
        let charge = Charge {
            curable: CurableUnder::Yes {
                error: "Anexo sin firma".into(),
                articles: vec!["RGL 100.7".into()],
            },
            ..sound()
        };
        let found = objections(&charge);
        assert_eq!(found[0].strength, Strength::Open);
        assert!(found[0].objection.text.contains("RGL 100.7"), "{}", found[0].objection.text);
        let codes: Vec<&str> = found.iter().map(|one| one.objection.code.as_str()).collect();
        assert!(codes.contains(&"commission.claim.notified") && codes.contains(&"commission.claim.term"));
    }

    #[test]
    fn what_is_not_recorded_is_open_and_never_assumed() {
        let charge = Charge { curable: CurableUnder::NotRecorded, requested: true, ..sound() };
        let open: Vec<String> = strengths(&charge)
            .into_iter()
            .filter(|(_, strength)| *strength == Strength::Open)
            .map(|(code, _)| code)
            .collect();
        assert_eq!(open, ["commission.claim.curable", "commission.claim.notified", "commission.claim.term"]);
    }

    #[test]
    fn the_strongest_come_first_and_each_weakness_is_told() {
        let charge = Charge {
            unequal: vec![("Trato distinto".into(), None), ("Otro".into(), Some("Convalidó".into()))],
            opened: 1,
            least_confidence: Some(0.4),
            unverified: vec!["techos (R.O. 153)".into()],
            requirement_unconfirmed: true,
            dissent: vec![("Persona 3".into(), String::new())],
            undeclared: vec!["Persona 1".into()],
            second_otherwise: Some("cumple".into()),
            ..sound()
        };
        let found = strengths(&charge);
        assert!(found.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{found:?}");
        let open = found.iter().filter(|(_, strength)| *strength == Strength::Open).count();
        assert_eq!(open, 4, "unequal, illegible, requirement, undeclared: {found:?}");
        let read = Charge { confirmed_reading: true, ..charge };
        assert!(
            strengths(&read)
                .iter()
                .any(|(code, strength)| code == "commission.claim.illegible"
                    && *strength == Strength::Answered)
        );
    }

    #[test]
    fn every_sentence_of_the_rehearsal_is_in_the_catalogue() {
        let all = [
            Charge::default(),
            sound(),
            Charge {
                requested: true,
                notified_to_all: Recorded::Known(true),
                term: Recorded::Known(true),
                ..sound()
            },
            Charge {
                requested: true,
                notified_to_all: Recorded::Known(false),
                term: Recorded::Known(false),
                ..sound()
            },
        ];
        for one in all.iter().flat_map(objections) {
            assert!(!one.objection.text.contains('«') && !one.answer.starts_with('«'), "{one:?}");
        }
    }
}
