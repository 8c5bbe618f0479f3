//! Evaluating the expressions of declared checks. Exact, total, and bounded: each part is visited once, for each fact of an input once.
//!
//! A value that is not there makes what needs it *unknown*, never zero: no outcome that asks for it is reached.

use super::quantity::Quantity;
use super::syntax::{Expression, Operator};
use super::types::Kind;
use crate::context::is_firm;
use crate::scoring::Exact;
use crate::text::folded;
use cotejo_domain::{Confidence, Fact, Money, Percent, ProcessCode};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Scalar {
    /// A number with what it counts.
    Number(Quantity, Kind),
    /// A day.
    Date(Date),
    /// Words.
    Text(String),
    /// A process code.
    Code(ProcessCode),
    /// Yes or no.
    Truth(bool),
}

/// A value as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Held<'a> {
    /// Nobody stated it.
    Unknown,
    /// One value.
    One(Scalar),
    /// One for each fact.
    Many(Vec<(Scalar, &'a Fact)>),
}

/// What the names of a check stand for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Values<'a> {
    /// Values by name.
    pub(crate) held: BTreeMap<String, Held<'a>>,
    /// Facts of an input that are of another type, by the input's name.
    pub(crate) others: BTreeMap<String, Vec<&'a Fact>>,
    /// Facts on pages that were read from an image, by their place in the file.
    pub(crate) scanned: Vec<(cotejo_domain::FileHash, u32)>,
}

impl<'a> Values<'a> {
    /// Evaluates an expression that was checked when it was loaded.
    pub(crate) fn of(&self, expression: &Expression) -> Held<'a> {
        match expression {
            Expression::Number(number, percent) => {
                let kind = if *percent { Kind::Percent } else { Kind::Number };
                Held::One(Scalar::Number(Quantity::Plain(*number), kind))
            }
            Expression::Text(text) => Held::One(Scalar::Text(text.clone())),
            Expression::Truth(truth) => Held::One(Scalar::Truth(*truth)),
            Expression::Name(name) => self.held.get(name).cloned().unwrap_or(Held::Unknown),
            Expression::Not(inner) => each(self.of(inner), |value| match value {
                Scalar::Truth(truth) => Some(Scalar::Truth(!truth)),
                _ => None,
            }),
            Expression::Two(Operator::And, left, right) => match self.truth(left) {
                Some(false) => Held::One(Scalar::Truth(false)),
                Some(true) => self.of(right),
                None => Held::Unknown,
            },
            Expression::Two(Operator::Or, left, right) => match self.truth(left) {
                Some(true) => Held::One(Scalar::Truth(true)),
                Some(false) => self.of(right),
                None => Held::Unknown,
            },
            Expression::Two(operator, left, right) => match (self.of(left), self.of(right)) {
                (Held::One(left), Held::One(right)) => {
                    two(*operator, &left, &right).map_or(Held::Unknown, Held::One)
                }
                (many @ Held::Many(_), Held::One(right)) => each(many, |left| two(*operator, &left, &right)),
                (Held::One(left), many @ Held::Many(_)) => each(many, |right| two(*operator, &left, &right)),
                _ => Held::Unknown,
            },
            Expression::Call(name, arguments) => self.call(name, arguments),
        }
    }

    /// Returns what an expression says, where it is known.
    pub(crate) fn truth(&self, expression: &Expression) -> Option<bool> {
        match self.of(expression) {
            Held::One(Scalar::Truth(truth)) => Some(truth),
            _ => None,
        }
    }

    /// Returns the facts that an expression names.
    pub(crate) fn facts(&self, expression: &Expression) -> Vec<&'a Fact> {
        match self.of(expression) {
            Held::Many(many) => many.into_iter().map(|(_, fact)| fact).collect(),
            _ => Vec::new(),
        }
    }

    fn call(&self, name: &str, arguments: &[Expression]) -> Held<'a> {
        let Some(first) = arguments.first() else { return Held::Unknown };
        let one = |value: Scalar| Held::One(value);
        let truth = |truth: bool| Held::One(Scalar::Truth(truth));
        match (name, self.of(first)) {
            ("hay", value) => truth(match value {
                Held::Unknown => false,
                Held::One(_) => true,
                Held::Many(many) => !many.is_empty(),
            }),
            ("si", Held::One(Scalar::Truth(met))) => {
                arguments.get(if met { 1 } else { 2 }).map_or(Held::Unknown, |chosen| self.of(chosen))
            }
            ("otros", _) => match first {
                Expression::Name(name) => {
                    let facts = self.others.get(name).map_or(&[][..], Vec::as_slice);
                    Held::Many(
                        facts.iter().map(|fact| (Scalar::Text(fact.value.canonical()), *fact)).collect(),
                    )
                }
                _ => Held::Unknown,
            },
            ("todos", Held::Many(many)) => truth(many.iter().all(|(value, _)| *value == Scalar::Truth(true))),
            ("alguno", Held::Many(many)) => {
                truth(many.iter().any(|(value, _)| *value == Scalar::Truth(true)))
            }
            ("firmes", Held::Many(many)) => {
                let weakest = many
                    .iter()
                    .fold(Confidence::CERTAIN, |weakest, (_, fact)| weakest.weakest(fact.confidence));
                truth(is_firm(weakest))
            }
            ("cuenta", Held::Many(many)) => one(count(many.len())),
            ("distintos", Held::Many(many)) => {
                let mut seen: Vec<&Scalar> = Vec::new();
                for (value, _) in &many {
                    if !seen.contains(&value) {
                        seen.push(value);
                    }
                }
                one(count(seen.len()))
            }
            ("suma", Held::Many(many)) => {
                let mut values = many.into_iter().map(|(value, _)| value);
                let Some(first) = values.next() else { return Held::Unknown };
                let sum = values.try_fold(first, |sum, value| two(Operator::Plus, &sum, &value));
                sum.map_or(Held::Unknown, one)
            }
            ("primero", Held::Many(many)) => {
                many.into_iter().next().map_or(Held::Unknown, |(value, _)| one(value))
            }
            ("menor" | "mayor", Held::Many(many)) => {
                let operator = if name == "menor" { Operator::Less } else { Operator::More };
                let values = many.into_iter().map(|(value, _)| value);
                let least = values.reduce(|best, value| {
                    if two(operator, &value, &best) == Some(Scalar::Truth(true)) { value } else { best }
                });
                least.map_or(Held::Unknown, one)
            }
            ("solo", Held::Many(many)) => match arguments.get(1).map(|test| self.of(test)) {
                Some(Held::Many(tests)) => Held::Many(
                    many.into_iter()
                        .zip(tests)
                        .filter(|(_, (test, _))| *test == Scalar::Truth(true))
                        .map(|(value, _)| value)
                        .collect(),
                ),
                _ => Held::Unknown,
            },
            ("mal_leidos", Held::Many(many)) => match arguments.get(1).map(|code| self.of(code)) {
                Some(Held::One(Scalar::Code(code))) => Held::Many(
                    many.into_iter()
                        .map(|(found, fact)| (Scalar::Truth(self.misread(&found, fact, &code)), fact))
                        .collect(),
                ),
                _ => Held::Unknown,
            },
            ("contiene", value) => match arguments.get(1).map(|words| self.of(words)) {
                Some(Held::One(Scalar::Text(words))) => {
                    let words = folded(&words);
                    each(value, |text| match text {
                        Scalar::Text(text) => Some(Scalar::Truth(folded(&text).contains(&words))),
                        _ => None,
                    })
                }
                _ => Held::Unknown,
            },
            ("años", Held::One(Scalar::Date(from))) => match arguments.get(1).map(|to| self.of(to)) {
                Some(Held::One(Scalar::Date(to))) => {
                    one(Scalar::Number(Quantity::Fraction(years(from, to)), Kind::Number))
                }
                _ => Held::Unknown,
            },
            ("redondeo", Held::One(Scalar::Number(number, kind))) => match arguments.get(1) {
                Some(Expression::Number(decimals, _)) => {
                    let decimals = u32::try_from(decimals.mantissa()).unwrap_or(2).min(10);
                    let rounded = number.exact().rounded(decimals);
                    rounded
                        .map_or(Held::Unknown, |rounded| one(Scalar::Number(Quantity::Plain(rounded), kind)))
                }
                _ => Held::Unknown,
            },
            _ => Held::Unknown,
        }
    }

    /// Tells whether a code from a scanned page differs so little that it may be a misreading.
    fn misread(&self, found: &Scalar, fact: &Fact, code: &ProcessCode) -> bool {
        let page = fact.evidence.location.page();
        let scanned = page.is_some_and(|page| self.scanned.contains(&(fact.evidence.file, page)));
        let Scalar::Code(found) = found else { return false };
        scanned && found != code && crate::text::edit_distance(found.as_str(), code.as_str()) <= 2
    }
}

fn each<'a>(value: Held<'a>, change: impl Fn(Scalar) -> Option<Scalar>) -> Held<'a> {
    match value {
        Held::Unknown => Held::Unknown,
        Held::One(one) => change(one).map_or(Held::Unknown, Held::One),
        Held::Many(many) => {
            let changed: Option<Vec<_>> =
                many.into_iter().map(|(value, fact)| Some((change(value)?, fact))).collect();
            changed.map_or(Held::Unknown, Held::Many)
        }
    }
}

fn count(number: usize) -> Scalar {
    Scalar::Number(Quantity::Plain(u64::try_from(number).unwrap_or(u64::MAX).into()), Kind::Number)
}

/// Counts the whole years from one day to another; none where it is not reached.
fn years(from: Date, to: Date) -> Exact {
    let before_birthday = (to.month(), to.day()) < (from.month(), from.day());
    let years = i64::from(to.year()) - i64::from(from.year()) - i64::from(before_birthday);
    Exact::of(years.max(0).into())
}

fn two(operator: Operator, left: &Scalar, right: &Scalar) -> Option<Scalar> {
    use Operator::{AtLeast, AtMost, Different, Equal, Less, Minus, More, Over, Plus, Times};
    if operator.compares() {
        let order = match (left, right) {
            (Scalar::Number(left, _), Scalar::Number(right, _)) => left.cmp(right),
            (Scalar::Date(left), Scalar::Date(right)) => left.cmp(right),
            (Scalar::Text(left), Scalar::Text(right)) => folded(left).cmp(&folded(right)),
            (Scalar::Code(left), Scalar::Code(right)) => left.cmp(right),
            (Scalar::Truth(left), Scalar::Truth(right)) => left.cmp(right),
            _ => return None,
        };
        return Some(Scalar::Truth(match operator {
            Less => order.is_lt(),
            AtMost => order.is_le(),
            More => order.is_gt(),
            AtLeast => order.is_ge(),
            Equal => order.is_eq(),
            Different => order.is_ne(),
            _ => return None,
        }));
    }
    match (left, right) {
        (Scalar::Number(left, one), Scalar::Number(right, other)) => {
            // A number as written takes the unit of the other.
            let unit = if *one == Kind::Number { *other } else { *one };
            let (left, right) = (left.exact(), right.exact());
            let computed = |exact, kind| Scalar::Number(Quantity::Fraction(exact), kind);
            let hundred = Exact::of(100.into());
            let percent = |number: &Exact, kind: Kind| {
                if kind == Kind::Percent { number.over(&hundred) } else { Some(number.clone()) }
            };
            Some(match operator {
                Plus => computed(left.plus(&right), unit),
                Minus => computed(left.minus(&right), unit),
                Times
                    if (*one == Kind::Percent) != (*other == Kind::Percent)
                        && unit_is_money(*one, *other) =>
                {
                    computed(percent(&left, *one)?.times(&percent(&right, *other)?), Kind::Money)
                }
                Times => computed(left.times(&right), unit),
                Over => {
                    let same = *one == *other;
                    computed(left.over(&right)?, if same { Kind::Number } else { *one })
                }
                _ => return None,
            })
        }
        (Scalar::Date(date), Scalar::Number(days, _)) => {
            let days = i32::try_from(days.exact().rounded(0)?.mantissa()).ok()?;
            let days = jiff::Span::new().try_days(if operator == Minus { -days } else { days }).ok()?;
            date.checked_add(days).ok().map(Scalar::Date)
        }
        (Scalar::Date(left), Scalar::Date(right)) if operator == Minus => {
            let days = right.until(*left).ok()?.get_days();
            Some(Scalar::Number(Quantity::Plain(days.into()), Kind::Days))
        }
        _ => None,
    }
}

fn unit_is_money(one: Kind, other: Kind) -> bool {
    one == Kind::Money || other == Kind::Money
}

/// Writes an expression with the values of its names, as the trace shows it: `120 ≤ 90`.
pub(crate) fn written(values: &Values<'_>, expression: &Expression) -> String {
    match expression {
        Expression::Number(..) | Expression::Text(_) | Expression::Truth(_) => shown(&values.of(expression)),
        Expression::Name(_) => shown(&values.of(expression)),
        Expression::Not(inner) => format!("no {}", written(values, inner)),
        Expression::Two(operator, left, right) => {
            let part = |part: &Expression| match part {
                Expression::Two(..) => format!("({})", written(values, part)),
                _ => written(values, part),
            };
            format!("{} {} {}", part(left), operator.sign(), part(right))
        }
        Expression::Call(name, arguments) => match name.as_str() {
            // What a person reads is the comparison itself.
            "todos" | "alguno" => arguments.first().map_or_else(String::new, |inner| written(values, inner)),
            "si" => match arguments.first().and_then(|condition| values.truth(condition)) {
                Some(met) => arguments
                    .get(if met { 1 } else { 2 })
                    .map_or_else(String::new, |chosen| written(values, chosen)),
                None => "—".to_owned(),
            },
            "suma" => match arguments.first().map(|inner| values.of(inner)) {
                Some(Held::Many(many)) => {
                    many.iter().map(|(value, _)| one_shown(value)).collect::<Vec<_>>().join(" + ")
                }
                _ => "—".to_owned(),
            },
            _ => shown(&values.of(expression)),
        },
    }
}

/// Writes a value for people.
pub(crate) fn shown(value: &Held<'_>) -> String {
    match value {
        Held::Unknown => "—".to_owned(),
        Held::One(one) => one_shown(one),
        Held::Many(many) => {
            let mut list: Vec<String> = many.iter().map(|(value, _)| one_shown(value)).collect();
            // Equal amounts side by side are said once; a code as often as it was read.
            if !matches!(many.first(), Some((Scalar::Code(_), _))) {
                list.dedup();
            }
            list.join("; ")
        }
    }
}

fn one_shown(value: &Scalar) -> String {
    match value {
        Scalar::Number(number, kind) => match (kind, number.as_decimal()) {
            (Kind::Money, Some(amount)) => Money(amount).spanish(),
            (Kind::Percent, Some(rate)) => Percent(rate).spanish(),
            (Kind::Days | Kind::WorkingDays, Some(days)) => days.normalize().to_string(),
            _ => number.exact().spanish(),
        },
        Scalar::Date(date) => date.to_string(),
        Scalar::Text(text) => text.clone(),
        Scalar::Code(code) => code.to_string(),
        Scalar::Truth(true) => cotejo_catalogue::message("rules.paso.si", &[]),
        Scalar::Truth(false) => cotejo_catalogue::message("rules.paso.no", &[]),
    }
}
