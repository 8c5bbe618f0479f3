//! The sheet of points with the fields that the Portal asks for, in the order of the pliego: parameter, most points, and one column for each bidder.
//!
//! A cell holds a number or says why it holds none; nothing is left blank that could be read as zero.

use super::exact::decimal_spanish;
use super::model::{Rules, Standing};
use super::score::{Outcome, Scoring};
use cotejo_catalogue::message;
use cotejo_domain::BidId;
use serde::Serialize;

/// Holds one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Name of the parameter, as the pliego writes it.
    pub parameter: String,
    /// Most points, or that they are asked.
    pub points: String,
    /// What each bidder has, in the order of the columns.
    pub cells: Vec<String>,
}

/// Holds the sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sheet {
    /// `Puntaje Portal` or `Puntaje motivado`.
    pub title: String,
    /// The bidders, in the order of the bids.
    pub bidders: Vec<(BidId, String)>,
    /// The parameters, in the order of the pliego.
    pub rows: Vec<Row>,
    /// The totals.
    pub total: Row,
    /// True when a number of it is not final.
    pub provisional: bool,
}

/// Makes the sheet of a scoring.
#[must_use]
pub fn sheet(scoring: &Scoring) -> Sheet {
    let asked = || message("rules.puntaje.hoja.por_determinar", &[]);
    let points = |points: Option<rust_decimal::Decimal>| points.map_or_else(asked, decimal_spanish);
    let cell = |outcome: &Outcome| match outcome {
        Outcome::Scored(points) => number(points.rounded, !points.provisional.is_empty()),
        Outcome::Ask { .. } => asked(),
        Outcome::NotQualified => message("rules.puntaje.hoja.no_calificada", &[]),
        Outcome::SetAside => message("rules.puntaje.hoja.no_se_aplica", &[]),
    };
    let rows = scoring.parameters.iter().map(|scored| Row {
        parameter: scored.parameter.name.clone(),
        points: match &scored.parameter.set_aside {
            Some(_) => message("rules.puntaje.hoja.no_se_aplica", &[]),
            None => points(scored.parameter.points.as_ref().ok().map(|points| points.value)),
        },
        cells: scored.outcomes.iter().map(|(_, outcome)| cell(outcome)).collect(),
    });
    let totals = scoring.totals.iter().map(|total| match (total.standing, total.rounded) {
        (Standing::NotQualified, _) => message("rules.puntaje.hoja.no_calificada", &[]),
        (_, Some(rounded)) => number(rounded, total.provisional),
        (_, None) => asked(),
    });
    let title = match scoring.rules {
        Rules::Portal => "rules.puntaje.hoja.portal",
        Rules::Motivated => "rules.puntaje.hoja.motivado",
    };
    Sheet {
        title: message(title, &[]),
        bidders: scoring.totals.iter().map(|total| (total.bid, total.name.clone())).collect(),
        rows: rows.collect(),
        total: Row {
            parameter: message("rules.puntaje.hoja.total", &[]),
            points: points(scoring.out_of),
            cells: totals.collect(),
        },
        provisional: scoring.order.provisional,
    }
}

/// Writes points as the Portal takes them, two decimals at least; provisional ones carry a mark.
fn number(rounded: rust_decimal::Decimal, provisional: bool) -> String {
    let text = rounded.to_string().replace('.', ",");
    if provisional { message("rules.puntaje.hoja.provisional", &[("puntos", &text)]) } else { text }
}

impl Sheet {
    /// Writes the sheet as CSV: UTF-8 with its mark, semicolons, decimal commas and CRLF, as spreadsheets in Ecuador open it.
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = String::from('\u{feff}');
        let mut line = |fields: Vec<&str>| {
            let fields: Vec<String> = fields.into_iter().map(field).collect();
            text.push_str(&fields.join(";"));
            text.push_str("\r\n");
        };
        let (parameter, points) =
            (message("rules.puntaje.hoja.parametro", &[]), message("rules.puntaje.hoja.puntos", &[]));
        let mut head = vec![parameter.as_str(), points.as_str()];
        head.extend(self.bidders.iter().map(|(_, name)| name.as_str()));
        line(head);
        for row in self.rows.iter().chain(std::iter::once(&self.total)) {
            let mut fields = vec![row.parameter.as_str(), row.points.as_str()];
            fields.extend(row.cells.iter().map(String::as_str));
            line(fields);
        }
        text
    }
}

/// Quotes a field. A text that a spreadsheet would run as a formula gets an apostrophe, which spreadsheets hide.
fn field(text: &str) -> String {
    let runs = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if runs { format!("'{text}") } else { text.to_owned() };
    if text.contains([';', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}
