//! Answers to a *convalidación*. Of goods and works the bidder full of defects answers: it hands in the form that was missing, says nothing of the empty one, and sends
//! the table of prices with its sums corrected and, silently, another unit price.

use crate::SampleError;
use crate::bidder::{Bidder, Fault, Profile};
use crate::forms::Author;
use crate::numbers::cents;
use crate::package::{Paper, forms, signed_forms};
use crate::scenario::Scenario;
use crate::seal::Notary;
use crate::truth::{AnswerTruth, BidTruth};
use rust_decimal::Decimal;

/// Days after the deadline on which the answer is written.
const LATER: i64 = 7;

/// Writes the answer of a bidder; without a notary only what is true of it. `None` for bidders that are asked nothing of the kind.
///
/// # Errors
/// Fails when a paper cannot be typeset or signed.
pub(crate) fn answer(
    scenario: &Scenario,
    bidder: &Bidder,
    bid: &BidTruth,
    notary: Option<&Notary>,
) -> Result<Option<(Vec<Paper>, AnswerTruth)>, SampleError> {
    if matches!(bidder.profile, Profile::Cures | Profile::Leaves) {
        return short_answer(scenario, bidder, bid, notary).map(Some);
    }
    let missing = bidder.faults.iter().find_map(|fault| match fault {
        Fault::MissingForm(form) => Some(*form),
        _ => None,
    });
    let blank = bidder.faults.iter().find_map(|fault| match fault {
        Fault::BlankForm(form) => Some(*form),
        _ => None,
    });
    let (Profile::Faulty, Some(missing), Some(blank)) = (bidder.profile, missing, blank) else {
        return Ok(None);
    };
    let mut cured = bidder.clone();
    cured.faults.retain(|fault| {
        !matches!(fault, Fault::MissingForm(_) | Fault::LineTotal | Fault::Sum | Fault::Words)
    });
    cured.date = scenario.due.date().saturating_add(jiff::Span::new().days(LATER));
    // Neither the line with the error nor the one whose analysis differs: nobody asked about it.
    let changed = (0..cured.lines.len())
        .rev()
        .find(|line| *line != bidder.faulty_line && *line != (bidder.faulty_line + 1) % bidder.lines.len())
        .unwrap_or(bidder.faulty_line);
    let mut prices = (Decimal::ZERO, Decimal::ZERO);
    for (place, (line, asked)) in cured.lines.iter_mut().zip(&scenario.lines).enumerate() {
        if place == changed {
            let lowered = cents(line.price * Decimal::new(93, 2)).max(Decimal::new(1, 2));
            prices = (line.price, lowered);
            line.price = lowered;
        }
        line.total = cents(asked.quantity * line.price);
    }
    cured.total = cured.lines.iter().map(|line| line.total).sum();
    cured.total_in_words = cured.total;
    let author = Author { scenario, bidder: &cured };
    let pen = notary.map(|notary| notary.pen(&cured.parties[0])).transpose()?;
    let all = forms(&author);
    let of = |kinds: &[&str]| all.iter().filter(|sheet| kinds.contains(&sheet.kind)).cloned().collect();
    let papers = vec![
        signed_forms(&author, "1. Formulario solicitado.pdf", of(&[missing]), pen.as_ref())?,
        signed_forms(
            &author,
            "2. Tabla de precios corregida.pdf",
            of(&["FUO_1_5_CANT", "FUO_1_5_RUBROS"]),
            pen.as_ref(),
        )?,
    ];
    let truth = AnswerTruth {
        bid: bid.folder.clone(),
        folder: bid.folder.replacen("ofertas/", "respuestas/", 1),
        files: papers.iter().map(|paper| paper.truth.clone()).collect(),
        cures: missing.into(),
        leaves: blank.into(),
        changed_line: u32::try_from(changed + 1).unwrap_or(0),
        price_before: format!("{:.2}", prices.0),
        price_after: format!("{:.2}", prices.1),
        total: format!("{:.2}", cured.total),
    };
    Ok(Some((papers, truth)))
}

/// The answers of a consultancy: one brings what was asked for, the other a letter about it.
fn short_answer(
    scenario: &Scenario,
    bidder: &Bidder,
    bid: &BidTruth,
    notary: Option<&Notary>,
) -> Result<(Vec<Paper>, AnswerTruth), SampleError> {
    let mut later = bidder.clone();
    later.date = scenario.due.date().saturating_add(jiff::Span::new().days(LATER));
    let asked = bidder.faults.iter().find_map(|fault| match fault {
        Fault::MissingForm(form) | Fault::BlankForm(form) => Some(*form),
        _ => None,
    });
    let asked = asked.unwrap_or_default();
    let cures = bidder.profile == Profile::Cures;
    if cures {
        later.faults.clear();
    }
    let author = Author { scenario, bidder: &later };
    let pen = notary.map(|notary| notary.pen(&later.parties[0])).transpose()?;
    let (name, sheets) = if cures {
        let brought = forms(&author).into_iter().filter(|sheet| sheet.kind == asked).collect();
        ("1. Formulario solicitado.pdf", brought)
    } else {
        ("1. Carta de respuesta.pdf", vec![author.cure_letter()])
    };
    let papers = vec![signed_forms(&author, name, sheets, pen.as_ref())?];
    let of = |said: bool| if said { asked.to_owned() } else { String::new() };
    let truth = AnswerTruth {
        bid: bid.folder.clone(),
        folder: bid.folder.replacen("ofertas/", "respuestas/", 1),
        files: papers.iter().map(|paper| paper.truth.clone()).collect(),
        cures: of(cures),
        leaves: of(!cures),
        changed_line: 0,
        price_before: String::new(),
        price_after: String::new(),
        total: String::new(),
    };
    Ok((papers, truth))
}
