//! Compares an evaluation with the truth of the sample it was made from.

use cotejo_casework::contract::{BidLine, EvaluationFile, ProposalLine};
use cotejo_domain::{Subject, Verdict};
use cotejo_sample::{BidTruth, Expected, SampleTruth};

/// Papers that a proposal about a subject may rest on.
fn papers(subject: &Subject) -> Vec<&str> {
    match subject {
        Subject::Form { document, .. } => vec![document.0.as_str()],
        Subject::Patrimonio { .. } => vec!["F101_F102", "EEFF", "FUO_1_4"],
        Subject::EconomicOffer => vec!["FUO_1_5_CANT", "FUO_1_5_RUBROS", "FUO_1_6_APU"],
        Subject::RucStructure => {
            vec!["FUO_1_2", "RUC_SRI", "RUP", "CERT_SRI", "CERT_IESS", "F101_F102", "EEFF", "MIPYME"]
        }
        _ => Vec::new(),
    }
}

/// Lists the evidence that does not open on a page of a paper it can stand on, by the truth: bid, requirement, file and page.
#[must_use]
pub fn evidence_astray(truth: &SampleTruth, evaluation: &EvaluationFile) -> Vec<String> {
    let mut astray = Vec::new();
    for bid in &truth.bids {
        let folder = bid.folder.rsplit('/').next().unwrap_or(&bid.folder);
        let Some(evaluated) = evaluation.bids.iter().find(|evaluated| evaluated.source == folder) else {
            continue;
        };
        for proposal in &evaluated.proposals {
            let requirement =
                evaluation.requirements.iter().find(|requirement| requirement.id == proposal.requirement);
            let papers = requirement.map(|requirement| papers(&requirement.subject)).unwrap_or_default();
            for piece in proposal.evidence.iter().filter(|_| !papers.is_empty()) {
                let stands_there =
                    bid.files.iter().filter(|file| file.path.ends_with(&piece.file)).any(|file| {
                        file.documents.iter().any(|document| {
                            papers.contains(&document.kind.as_str())
                                && piece.page.is_none_or(|page| document.pages.contains(&page))
                        })
                    });
                if !stands_there && !is_lead(bid, evaluated, proposal, &papers, &piece.file, piece.page) {
                    astray.push(format!(
                        "{folder} {}: {} p. {:?}",
                        proposal.requirement, piece.file, piece.page
                    ));
                }
            }
        }
    }
    astray
}

/// A paper that is not in the bid can stand on no page of it. What is shown then is a lead that a person follows: of a proposal that
/// decides nothing, a page of which it was not found out what it is.
fn is_lead(
    bid: &BidTruth,
    evaluated: &BidLine,
    proposal: &ProposalLine,
    papers: &[&str],
    file: &str,
    page: Option<u32>,
) -> bool {
    let there = bid.files.iter().flat_map(|file| &file.documents);
    proposal.verdict == Verdict::Pendiente
        && !there.map(|document| document.kind.as_str()).any(|kind| papers.contains(&kind))
        && evaluated.documents.iter().any(|document| {
            document.file == file
                && document.kind == "OTRO"
                && page.is_some_and(|page| document.pages.contains(&page))
        })
}

/// Sorts one comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The proposal is right.
    Right,
    /// A planted defect was not found.
    Missed,
    /// A clean item was accused: the worst that can happen.
    Accused,
    /// The machine says that it does not know, of something clean.
    Undecided,
    /// There is no such proposal.
    Absent,
}

/// Holds one line of the table.
#[derive(Clone, Debug)]
pub struct Line {
    /// Folder of the bid and subject.
    pub subject: String,
    /// What is right.
    pub expected: String,
    /// What was proposed.
    pub proposed: String,
    /// The sort.
    pub outcome: Outcome,
    /// The reasons that were given.
    pub reasons: String,
}

fn subject_name(subject: &Subject) -> String {
    match subject {
        Subject::Form { document, .. } => format!("form:{document}"),
        Subject::Patrimonio { .. } => "patrimonio".into(),
        Subject::EconomicOffer => "economic_offer".into(),
        Subject::RucStructure => "ruc_structure".into(),
        Subject::ProcessCode => "process_code".into(),
        Subject::Term { .. } => "term".into(),
        Subject::Validity { .. } => "validity".into(),
        _ => String::new(),
    }
}

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Cumple => "cumple",
        Verdict::NoCumple => "no_cumple",
        Verdict::AConvalidar => "a_convalidar",
        Verdict::NoAplica => "no_aplica",
        Verdict::Pendiente => "pendiente",
    }
}

/// Compares bid by bid, subject by subject.
#[must_use]
pub fn compare(truth: &SampleTruth, evaluation: &EvaluationFile) -> Vec<Line> {
    let mut lines = Vec::new();
    for bid in &truth.bids {
        let folder = bid.folder.rsplit('/').next().unwrap_or(&bid.folder);
        let evaluated = evaluation.bids.iter().find(|evaluated| evaluated.source == folder);
        for expected in &bid.expected {
            lines.push(line(evaluation, bid, evaluated, expected, folder));
        }
    }
    lines
}

fn line(
    evaluation: &EvaluationFile,
    truth: &BidTruth,
    evaluated: Option<&BidLine>,
    expected: &Expected,
    folder: &str,
) -> Line {
    let proposal: Option<&ProposalLine> = evaluated.and_then(|bid| {
        let requirement = evaluation
            .requirements
            .iter()
            .find(|requirement| subject_name(&requirement.subject) == expected.subject)?;
        bid.proposals.iter().find(|proposal| proposal.requirement == requirement.id)
    });
    let proposed = proposal.map_or("", |proposal| verdict_name(proposal.verdict));
    let right = proposed == expected.verdict || expected.also.iter().any(|also| also == proposed);
    let adverse = matches!(proposed, "no_cumple" | "a_convalidar");
    let outcome = match proposal {
        None => Outcome::Absent,
        Some(_) if right => Outcome::Right,
        Some(_) if !expected.why.is_empty() => Outcome::Missed,
        Some(_) if adverse => Outcome::Accused,
        Some(_) => Outcome::Undecided,
    };
    Line {
        subject: format!("{} {folder} {}", truth.profile, expected.subject),
        expected: expected.verdict.clone(),
        proposed: proposed.to_owned(),
        outcome,
        reasons: proposal.map_or_else(String::new, |proposal| proposal.reasons.join(" ")),
    }
}

/// Prints what is not right, and the counts.
#[must_use]
pub fn table(lines: &[Line]) -> String {
    let count = |outcome| lines.iter().filter(|line| line.outcome == outcome).count();
    let mut text = String::new();
    for line in lines.iter().filter(|line| line.outcome != Outcome::Right) {
        text.push_str(&format!(
            "{:?}: {}: expected {}, proposed {}: {}\n",
            line.outcome, line.subject, line.expected, line.proposed, line.reasons
        ));
    }
    text.push_str(&format!(
        "right {}, missed {}, accused {}, undecided {}, absent {}\n",
        count(Outcome::Right),
        count(Outcome::Missed),
        count(Outcome::Accused),
        count(Outcome::Undecided),
        count(Outcome::Absent)
    ));
    text
}
