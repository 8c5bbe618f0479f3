//! The points as the window shows them, and the answers that it takes: everything of [`PointsFile`] in words, with the page of each number.

use super::judgement::Judgement;
use super::matrix::Decided;
use super::{Desk, labels};
use crate::CaseworkError;
use crate::contract::{
    ConsultancyBidLine, ConsultancyLine, InputLine, OriginLine, ParameterLine, PlaceLine, PointAnswers,
    PointsFile, PointsLine, ScoringLine, WorkingLine,
};
use crate::view::{
    CellAddress, CommissionPlace, FormulaKindView, FormulaView, OfferedFormulaView, ParameterView,
    PointAnswerDraft, PointAnswerView, PointsBidView, PointsCellView, PointsConsultancyView,
    PointsDifferenceView, PointsInputView, PointsLack, PointsOrigin, PointsOutcome, PointsPlaceView,
    PointsStanding, PointsTotalView, PointsView, Room, ScoringView, StepView, TraceRow,
};
use cotejo_catalogue::message;
use cotejo_domain::{Code, Reason, RequirementId, RequirementKind, TraceStep};
use cotejo_rules::scoring::{Answered, Formula, Standing, Step, Weights};
use rust_decimal::Decimal;

impl Desk {
    /// Shows the points with their working, what lacks, and what was answered. A case that cannot be scored says why.
    ///
    /// # Errors
    /// When the case cannot be opened.
    pub async fn points_view(&self, case: &str) -> Result<PointsView, CaseworkError> {
        match self.points(case, PointAnswers::default()).await {
            Ok(file) => self.shown_points(case, &file).await,
            Err(error) if error.code() == Code::Precondition => {
                let view = crate::view::ErrorView::from(error);
                let words = [view.message, view.remedy].join(" ");
                Ok(PointsView { unavailable: Some(words.trim().to_owned()), ..PointsView::default() })
            }
            Err(error) => Err(error),
        }
    }

    /// Records an answer about the points in the name of the person at this machine.
    ///
    /// # Errors
    /// [`Code::Precondition`] without a reason, [`Code::WrongUse`] for a number that is none, [`Code::NotFound`] for what the case does not
    /// have, [`Code::Sealed`] once a signed acta states the points.
    pub async fn answer_point(
        &self,
        case: &str,
        draft: &PointAnswerDraft,
        reason: &str,
    ) -> Result<PointsView, CaseworkError> {
        let file = self.answer_points(case, given(draft, reason)?).await?;
        self.shown_points(case, &file).await
    }

    /// Withdraws an answer about the points.
    ///
    /// # Errors
    /// As [`Desk::withdraw_point_answer`].
    pub async fn withdraw_point(&self, case: &str, key: &str) -> Result<PointsView, CaseworkError> {
        let file = self.withdraw_point_answer(case, key).await?;
        self.shown_points(case, &file).await
    }

    /// Writes the sheet of points with the fields of the Portal, in its order.
    ///
    /// # Errors
    /// As [`Desk::points`].
    pub async fn points_sheet(&self, case: &str, motivated: bool) -> Result<String, CaseworkError> {
        let file = self.points(case, PointAnswers::default()).await?;
        let scoring = if motivated { &file.motivated } else { &file.portal };
        Ok(scoring.sheet.csv())
    }

    async fn shown_points(&self, case: &str, file: &PointsFile) -> Result<PointsView, CaseworkError> {
        let open = self.opened(case).await?;
        let judgement = self.judged_lot(&open, super::lots::address(case).1).await?;
        let decided = Decided::of(&open.case).await?;
        let show = Show(&judgement);
        let scored = |asked: &cotejo_domain::Requirement| asked.kind == RequirementKind::Puntaje;
        let none = !judgement.requirements.iter().any(scored) && file.consultancy.is_none();
        let low = file.low_offers.iter().flat_map(|offer| {
            let number = offer.number.to_string();
            let said = move |reason: &Reason| {
                let values = [("numero", number.as_str()), ("texto", reason.text.as_str())];
                message("commission.points.low", &values)
            };
            offer.reasons.iter().map(said)
        });
        Ok(PointsView {
            unavailable: none.then(|| message("puntaje.no_otorga", &[])),
            sealed: super::acta::sealed_notice(&open.case).await?,
            lacking: lacking(&judgement, &decided, file),
            bids: file.bids.iter().map(bid).collect(),
            scorings: vec![show.scoring(&file.portal), show.scoring(&file.motivated)],
            differences: file
                .reconciliation
                .differences
                .iter()
                .map(|difference| PointsDifferenceView {
                    requirement: difference.requirement.clone(),
                    name: difference.name.clone(),
                    reason: difference.reason.text.clone(),
                    sources: show.origins(&difference.sources),
                })
                .collect(),
            reconciliation: texts(&file.reconciliation.notes),
            consultancy: file.consultancy.as_ref().map(|both| show.consultancy(both)),
            low_offers: low.collect(),
            unverified: show.unverified(file),
            answers: file.answers.iter().map(|answer| show.answer(answer)).collect(),
        })
    }
}

fn texts(reasons: &[Reason]) -> Vec<String> {
    reasons.iter().map(|reason| reason.text.clone()).collect()
}

/// Writes a number as people read it.
fn spanish(number: &str) -> String {
    number.replace('.', ",")
}

fn bid(line: &crate::contract::PointsBid) -> PointsBidView {
    PointsBidView {
        number: line.number,
        id: line.id.clone(),
        name: line.name.clone(),
        standing: match line.standing {
            Standing::Qualified => PointsStanding::Qualified,
            Standing::Open => PointsStanding::Open,
            Standing::NotQualified => PointsStanding::NotQualified,
        },
    }
}

/// Says what lacks before the points are final, in the order in which it is done: bids, decisions, envelopes.
fn lacking(judgement: &Judgement, decided: &Decided, file: &PointsFile) -> Vec<PointsLack> {
    let lack = |key: &str, count: usize, room, cell| PointsLack {
        text: message(
            &format!("{key}.{}", if count == 1 { "uno" } else { "otros" }),
            &[("n", &count.to_string())],
        ),
        room,
        cell,
    };
    if judgement.bids.is_empty() {
        let text = message("puntaje.falta.ofertas", &[]);
        return vec![PointsLack { text, room: Room::Documentos, cell: None }];
    }
    let mut lacks = Vec::new();
    let open: Vec<u32> =
        file.bids.iter().filter(|bid| bid.standing == Standing::Open).map(|bid| bid.number).collect();
    if !open.is_empty() {
        let first = judgement.bids.iter().filter(|bid| open.contains(&bid.number)).find_map(|bid| {
            let id = bid.bid.id;
            let asked = judgement.requirements.iter().find(|asked| {
                super::acta_content::judged(asked.kind)
                    && super::judgement::stands(asked, bid)
                    && (decided.at(&asked.id, id).is_none() || decided.review(&asked.id, id))
            })?;
            Some(CellAddress { requirement: asked.id.to_string(), bid: id.to_string() })
        });
        lacks.push(lack("puntaje.falta.calificar", open.len(), Room::Matriz, first));
    }
    let sealed = judgement.bids.iter().filter(|bid| bid.bid.files.iter().any(|file| file.sealed)).count();
    if sealed > 0 {
        lacks.push(lack("puntaje.falta.sobres", sealed, Room::Documentos, None));
    }
    lacks
}

/// Shows lines of the contract with the papers of a case.
struct Show<'a>(&'a Judgement);

impl Show<'_> {
    fn scoring(&self, scoring: &ScoringLine) -> ScoringView {
        let name = |id: &String| {
            let found = scoring.parameters.iter().find(|parameter| parameter.requirement == *id);
            found.map_or_else(|| id.clone(), |parameter| parameter.name.clone())
        };
        let mut head =
            vec![message("rules.puntaje.hoja.parametro", &[]), message("rules.puntaje.hoja.puntos", &[])];
        head.extend(scoring.sheet.bidders.iter().map(|(_, name)| name.clone()));
        let rows = scoring.sheet.rows.iter().chain(std::iter::once(&scoring.sheet.total)).map(|row| {
            let mut fields = vec![row.parameter.clone(), row.points.clone()];
            fields.extend(row.cells.iter().cloned());
            fields
        });
        ScoringView {
            title: scoring.sheet.title.clone(),
            out_of: scoring.out_of.as_deref().map(spanish),
            parameters: scoring.parameters.iter().map(|parameter| self.parameter(parameter)).collect(),
            totals: scoring
                .totals
                .iter()
                .map(|total| PointsTotalView {
                    number: total.number,
                    points: total.points.as_deref().map(spanish),
                    exact: total.exact.as_deref().map(spanish),
                    provisional: total.provisional,
                    missing: total.missing.iter().map(name).collect(),
                    notes: texts(&total.notes),
                })
                .collect(),
            order: places(&scoring.order),
            provisional: scoring.provisional,
            notes: texts(&scoring.notes),
            sheet: std::iter::once(head).chain(rows).collect(),
        }
    }

    fn parameter(&self, parameter: &ParameterLine) -> ParameterView {
        let worked = parameter.bids.iter().find_map(|line| line.working.as_ref());
        let named = || parameter.formula.as_ref().map(formula_in_words);
        ParameterView {
            requirement: parameter.requirement.clone(),
            name: parameter.name.clone(),
            source: self.pliego(&parameter.requirement),
            points: parameter.points.as_deref().map(spanish),
            formula: worked.map(|working| working.formula.clone()).or_else(named),
            kind: parameter.formula.as_ref().map(|formula| formula_view(formula).kind),
            questions: texts(&parameter.questions),
            offered: parameter
                .offered
                .iter()
                .map(|offered| OfferedFormulaView {
                    formula: formula_view(&offered.formula),
                    text: formula_in_words(&offered.formula),
                    sources: self.origins(&offered.sources),
                })
                .collect(),
            set_aside: parameter.set_aside.as_ref().map(|reason| reason.text.clone()),
            notes: texts(&parameter.notes),
            norm_unverified: parameter
                .bids
                .iter()
                .filter_map(|line| line.working.as_ref())
                .any(|working| origins_of(working).any(unverified))
                || parameter.offered.iter().flat_map(|offered| &offered.sources).any(unverified),
            cells: parameter.bids.iter().map(|line| self.cell(line)).collect(),
        }
    }

    fn cell(&self, line: &PointsLine) -> PointsCellView {
        let working = line.working.as_ref();
        PointsCellView {
            number: line.number,
            outcome: match line.outcome {
                "scored" => PointsOutcome::Scored,
                "ask" => PointsOutcome::Ask,
                "not_qualified" => PointsOutcome::NotQualified,
                _ => PointsOutcome::SetAside,
            },
            points: line.points.as_deref().map(spanish),
            unrounded: working.map(|working| working.unrounded.clone()),
            question: line.question.as_ref().map(|reason| reason.text.clone()),
            provisional: texts(&line.provisional),
            formula: working.map_or_else(String::new, |working| working.formula.clone()),
            formula_sources: working.map_or_else(Vec::new, |working| self.origins(&working.formula_sources)),
            inputs: working.map_or_else(Vec::new, |working| {
                working.inputs.iter().map(|input| self.input(input)).collect()
            }),
            steps: working.map_or_else(Vec::new, |working| steps(&working.steps)),
            legal_basis: working.map_or_else(Vec::new, |working| working.legal_basis.clone()),
            norm_unverified: working.is_some_and(|working| origins_of(working).any(unverified)),
        }
    }

    /// Names each value that nobody verified and on which points rest, once.
    fn unverified(&self, file: &PointsFile) -> Vec<String> {
        let mut named = Vec::new();
        let mut name = |text: String| {
            if !named.contains(&text) {
                named.push(text);
            }
        };
        let lines = [&file.portal, &file.motivated].into_iter().flat_map(|scoring| &scoring.parameters);
        for working in lines.flat_map(|line| &line.bids).filter_map(|line| line.working.as_ref()) {
            let own: Vec<&OriginLine> = origins_of(working).filter(|origin| unverified(origin)).collect();
            if working.norm_unverified && own.is_empty() {
                // What is left is how points are rounded: it is used by every one, and stands at none.
                name(message("puntaje.sin_verificar.redondeo", &[]));
            }
            own.into_iter().for_each(|origin| name(self.origin(origin).text));
        }
        named
    }

    fn input(&self, input: &InputLine) -> PointsInputView {
        PointsInputView {
            number: input.number,
            name: input.name.clone(),
            value: input.value.clone(),
            sources: self.origins(&input.sources),
        }
    }

    fn origins(&self, lines: &[OriginLine]) -> Vec<PointsOrigin> {
        lines.iter().map(|line| self.origin(line)).collect()
    }

    fn origin(&self, line: &OriginLine) -> PointsOrigin {
        let said =
            |text: String, verified, by_person| PointsOrigin { text, place: None, verified, by_person };
        match line {
            OriginLine::Pliego { requirement } => self.pliego(requirement),
            OriginLine::Pack { pack, source, verified, .. } => {
                let text = message("puntaje.origen.paquete", &[("fuente", source), ("paquete", pack)]);
                said(text, *verified, false)
            }
            OriginLine::Entity { by, reason, .. } => {
                said(message("puntaje.origen.entidad", &[("quien", by), ("motivo", reason)]), true, true)
            }
            OriginLine::Person { who, reason } => {
                said(message("puntaje.origen.persona", &[("quien", who), ("motivo", reason)]), true, true)
            }
            OriginLine::Evidence { evidence, .. } => {
                let place = labels::place(&evidence.location);
                PointsOrigin {
                    text: format!("{}, {place}", evidence.file),
                    place: Some(CommissionPlace {
                        file: evidence.sha256.clone(),
                        path: evidence.file.clone(),
                        page: evidence.page,
                        place,
                        quote: evidence.quote.clone(),
                    }),
                    verified: true,
                    by_person: false,
                }
            }
        }
    }

    /// Names the place of a requirement in the pliego, with its page where it has one.
    fn pliego(&self, requirement: &str) -> PointsOrigin {
        let id = RequirementId(requirement.to_owned());
        let Some((number, asked)) = self.0.requirement(&id) else {
            return PointsOrigin {
                text: requirement.to_owned(),
                place: None,
                verified: true,
                by_person: false,
            };
        };
        let view = self.0.requirement_view(number, asked);
        let place = view.source_file.map(|file| CommissionPlace {
            file,
            path: view.source.clone(),
            page: view.source_page,
            place: view.source.clone(),
            quote: view.text,
        });
        PointsOrigin { text: view.source, place, verified: true, by_person: false }
    }

    fn consultancy(&self, both: &ConsultancyLine) -> PointsConsultancyView {
        let weights = "rules.puntaje.consultoria.pregunta_pesos";
        let asks = |line: &ConsultancyBidLine| line.reason.as_ref().is_some_and(|said| said.code == weights);
        let cell = |line: &ConsultancyBidLine| PointsCellView {
            number: line.number,
            outcome: match line.outcome {
                "scored" => PointsOutcome::Scored,
                "ask" => PointsOutcome::Ask,
                _ => PointsOutcome::NotQualified,
            },
            points: line.points.as_deref().map(spanish),
            unrounded: line.exact.as_deref().map(spanish),
            question: line.reason.as_ref().map(|reason| reason.text.clone()),
            provisional: texts(&line.provisional),
            formula: String::new(),
            formula_sources: Vec::new(),
            inputs: Vec::new(),
            steps: steps(&line.steps),
            legal_basis: Vec::new(),
            norm_unverified: both.norm_unverified,
        };
        PointsConsultancyView {
            cells: both.bids.iter().map(cell).collect(),
            order: places(&both.order),
            asks_weights: both.bids.iter().any(asks),
            notes: texts(&both.notes),
            norm_unverified: both.norm_unverified,
        }
    }

    fn answer(&self, line: &crate::contract::AnswerLine) -> PointAnswerView {
        let title = |id: &String| {
            let found = self.0.requirement(&RequirementId(id.clone()));
            found.map_or_else(|| id.clone(), |(_, asked)| labels::short_title(&asked.text))
        };
        let about = match (&line.requirement, line.bid) {
            (Some(asked), Some(bid)) => {
                let values = [("parametro", title(asked)), ("numero", bid.to_string())];
                let [(first, asked), (second, bid)] = &values;
                message("commission.points.about_bid", &[(*first, asked.as_str()), (*second, bid.as_str())])
            }
            (Some(asked), None) => title(asked),
            _ => super::commission::answer_about_whole(&line.key),
        };
        PointAnswerView {
            key: line.key.clone(),
            about,
            requirement: line.requirement.clone(),
            bid: line.bid,
            value: super::commission::answer_in_words(&line.answer),
            who: line.who.clone(),
            reason: line.reason.clone(),
            recorded_by: line.recorded_by.clone(),
            recorded_at: line.recorded_at.clone(),
        }
    }
}

/// The origins of a working's formula and of its inputs.
fn origins_of(working: &WorkingLine) -> impl Iterator<Item = &OriginLine> {
    working.formula_sources.iter().chain(working.inputs.iter().flat_map(|input| &input.sources))
}

fn unverified(origin: &OriginLine) -> bool {
    matches!(origin, OriginLine::Pack { verified: false, .. })
}

fn steps(steps: &[TraceStep]) -> Vec<TraceRow> {
    let row = |step: &TraceStep| TraceRow {
        step: step.step.clone(),
        inputs: step.inputs.clone(),
        result: step.result.clone(),
    };
    steps.iter().map(row).collect()
}

fn places(lines: &[PlaceLine]) -> Vec<PointsPlaceView> {
    lines.iter().map(|line| PointsPlaceView { place: line.place, bids: line.bids.clone() }).collect()
}

fn formula_in_words(formula: &Formula) -> String {
    super::commission::answer_in_words(&serde_json::to_value(formula).unwrap_or_default())
}

fn formula_view(formula: &Formula) -> FormulaView {
    let view = |kind, least: Option<Decimal>, most: Option<Decimal>| FormulaView {
        kind,
        least: least.map(|value| value.to_string()),
        most: most.map(|value| value.to_string()),
        steps: Vec::new(),
    };
    match formula {
        Formula::Inverse => view(FormulaKindView::Inverse, None, None),
        Formula::AboveMinimum { minimum, cap } => {
            view(FormulaKindView::AboveMinimum, Some(*minimum), Some(*cap))
        }
        Formula::Proportional { least, most } => view(FormulaKindView::Proportional, *least, *most),
        Formula::Range { least, most } => view(FormulaKindView::Range, Some(*least), Some(*most)),
        Formula::AllOrNothing => view(FormulaKindView::AllOrNothing, None, None),
        Formula::ByHand => view(FormulaKindView::ByHand, None, None),
        Formula::Steps { steps } => FormulaView {
            steps: steps
                .iter()
                .map(|step| StepView { from: step.from.to_string(), points: step.points.to_string() })
                .collect(),
            ..view(FormulaKindView::Steps, None, None)
        },
    }
}

fn number(text: &str) -> Result<Decimal, CaseworkError> {
    let refused = || CaseworkError::refused(Code::WrongUse, "commission.points.no_number", text.to_owned());
    let number: Decimal = text.trim().parse().map_err(|_| refused())?;
    if number.is_sign_negative() && !number.is_zero() { Err(refused()) } else { Ok(number) }
}

fn formula_of(view: &FormulaView) -> Result<Formula, CaseworkError> {
    let written =
        |text: &Option<String>| text.as_deref().filter(|text| !text.trim().is_empty()).map(str::to_owned);
    let maybe = |text: &Option<String>| written(text).map(|text| number(&text)).transpose();
    let must = |text: &Option<String>| number(&written(text).unwrap_or_default());
    Ok(match view.kind {
        FormulaKindView::Inverse => Formula::Inverse,
        FormulaKindView::AboveMinimum => {
            Formula::AboveMinimum { minimum: must(&view.least)?, cap: must(&view.most)? }
        }
        FormulaKindView::Proportional => {
            Formula::Proportional { least: maybe(&view.least)?, most: maybe(&view.most)? }
        }
        FormulaKindView::Range => Formula::Range { least: must(&view.least)?, most: must(&view.most)? },
        FormulaKindView::AllOrNothing => Formula::AllOrNothing,
        FormulaKindView::ByHand => Formula::ByHand,
        FormulaKindView::Steps => Formula::Steps {
            steps: view
                .steps
                .iter()
                .map(|step| Ok(Step { from: number(&step.from)?, points: number(&step.points)? }))
                .collect::<Result<_, CaseworkError>>()?,
        },
    })
}

/// Makes the answers of one draft; who answers is the person at this machine.
fn given(draft: &PointAnswerDraft, reason: &str) -> Result<PointAnswers, CaseworkError> {
    fn answered<T>(value: T, reason: &str) -> Answered<T> {
        Answered { value, who: String::new(), reason: reason.to_owned() }
    }
    let mut answers = PointAnswers::default();
    match draft {
        PointAnswerDraft::Points { requirement, value } => {
            answers.points.insert(requirement.clone(), answered(number(value)?, reason));
        }
        PointAnswerDraft::Formula { requirement, formula } => {
            answers.formulas.insert(requirement.clone(), answered(formula_of(formula)?, reason));
        }
        PointAnswerDraft::Value { requirement, bid, value } => {
            let of_bids = answers.values.entry(requirement.clone()).or_default();
            of_bids.insert(*bid, answered(number(value)?, reason));
        }
        PointAnswerDraft::Counts { requirement, counts } => {
            answers.counts.insert(requirement.clone(), answered(*counts, reason));
        }
        PointAnswerDraft::Weights { technical, economic } => {
            let weights = Weights { technical: number(technical)?, economic: number(economic)? };
            answers.weights = Some(answered(weights, reason));
        }
    }
    Ok(answers)
}
