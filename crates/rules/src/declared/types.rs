//! The types of declared checks, and their rules: an expression that mixes what cannot be compared is refused when it is loaded.

use super::syntax::{Expression, Operator};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Kind {
    /// Yes or no.
    #[serde(rename = "verdad")]
    Truth,
    /// A plain number.
    #[serde(rename = "número")]
    Number,
    /// An amount of money.
    #[serde(rename = "dinero")]
    Money,
    /// A percentage.
    #[serde(rename = "porcentaje")]
    Percent,
    /// Calendar days: a *plazo*.
    #[serde(rename = "plazo")]
    Days,
    /// Working days: a *término*. Never compared with calendar days.
    #[serde(rename = "término")]
    WorkingDays,
    /// A day.
    #[serde(rename = "fecha")]
    Date,
    /// Words.
    #[serde(rename = "texto")]
    Text,
    /// A process code.
    #[serde(rename = "código")]
    Code,
}

impl Kind {
    fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Number | Self::Money | Self::Percent | Self::Days | Self::WorkingDays | Self::Date
        )
    }

    fn adds(self) -> bool {
        matches!(self, Self::Number | Self::Money | Self::Percent | Self::Days | Self::WorkingDays)
    }
}

/// One value, or one a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One value.
    One(Kind),
    /// One for each fact of an input.
    Many(Kind),
    /// A number as written: it takes the type of what it is compared with.
    Literal,
    /// `nada()`: says that nothing is to be shown.
    Nothing,
}

/// Names and their types.
pub(crate) type Names = BTreeMap<String, Shape>;

fn wrong<T>(text: impl Into<String>) -> Result<T, String> {
    Err(text.into())
}

/// Returns the type of an expression.
///
/// # Errors
/// What does not fit, in Spanish.
pub(crate) fn check(expression: &Expression, names: &Names) -> Result<Shape, String> {
    match expression {
        Expression::Number(_, false) => Ok(Shape::Literal),
        Expression::Number(_, true) => Ok(Shape::One(Kind::Percent)),
        Expression::Text(_) => Ok(Shape::One(Kind::Text)),
        Expression::Truth(_) => Ok(Shape::One(Kind::Truth)),
        Expression::Name(name) => names.get(name).copied().ok_or(format!("«{name}» no está declarado")),
        Expression::Not(inner) => match check(inner, names)? {
            shape @ (Shape::One(Kind::Truth) | Shape::Many(Kind::Truth)) => Ok(shape),
            _ => wrong("«no» niega lo que no es verdad ni falso"),
        },
        Expression::Two(operator, left, right) => two(*operator, check(left, names)?, check(right, names)?),
        Expression::Call(name, arguments) => {
            let shapes =
                arguments.iter().map(|argument| check(argument, names)).collect::<Result<Vec<_>, _>>()?;
            call(name, &shapes)
        }
    }
}

fn two(operator: Operator, left: Shape, right: Shape) -> Result<Shape, String> {
    use Shape::{Literal, Many, One};
    if matches!(operator, Operator::And | Operator::Or) {
        return if (left, right) == (One(Kind::Truth), One(Kind::Truth)) {
            Ok(One(Kind::Truth))
        } else {
            wrong("«y» y «o» unen solo verdades")
        };
    }
    let many = matches!(left, Many(_)) || matches!(right, Many(_));
    let result = |kind| if many { Many(kind) } else { One(kind) };
    if left == Shape::Nothing || right == Shape::Nothing {
        return wrong("con «nada» no se calcula");
    }
    let kind = |shape| match shape {
        One(kind) | Many(kind) => Some(kind),
        Literal | Shape::Nothing => None,
    };
    if matches!((left, right), (Many(_), Many(_))) {
        return wrong("dos listas de datos no se comparan entre sí");
    }
    let (one, other) = (kind(left), kind(right));
    if operator.compares() {
        let (Some(first), Some(second)) = (one.or(other), other.or(one)) else {
            return Ok(One(Kind::Truth));
        };
        if first != second {
            return wrong(format!("{first:?} y {second:?} no se comparan"));
        }
        let literal = matches!(left, Literal) || matches!(right, Literal);
        if literal && !first.adds() {
            return wrong("un número no se compara con esto");
        }
        let ordered = !matches!(operator, Operator::Equal | Operator::Different);
        if ordered && !first.is_ordered() {
            return wrong("esto no tiene orden");
        }
        return Ok(result(Kind::Truth));
    }
    let fits = match (operator, one, other) {
        (Operator::Plus | Operator::Minus | Operator::Times | Operator::Over, None, None) => {
            return Ok(Literal);
        }
        (Operator::Plus | Operator::Minus, Some(first), Some(second)) if first == second && first.adds() => {
            Some(first)
        }
        (Operator::Plus | Operator::Minus, Some(Kind::Date), Some(Kind::Days)) => Some(Kind::Date),
        (Operator::Plus | Operator::Minus, Some(known), None)
        | (Operator::Plus | Operator::Minus, None, Some(known))
            if known.adds() =>
        {
            Some(known)
        }
        (Operator::Minus, Some(Kind::Date), Some(Kind::Date)) => Some(Kind::Days),
        (Operator::Times, Some(Kind::Money), Some(Kind::Percent))
        | (Operator::Times, Some(Kind::Percent), Some(Kind::Money)) => Some(Kind::Money),
        (Operator::Times, Some(known), None | Some(Kind::Number))
        | (Operator::Times, None | Some(Kind::Number), Some(known))
            if known.adds() =>
        {
            Some(known)
        }
        (Operator::Over, Some(first), Some(second)) if first == second && first.adds() => Some(Kind::Number),
        (Operator::Over, Some(known), None | Some(Kind::Number)) if known.adds() => Some(known),
        _ => None,
    };
    match fits {
        Some(kind) => Ok(result(kind)),
        None => wrong(format!("«{}» no se calcula entre {left:?} y {right:?}", operator.sign())),
    }
}

fn call(name: &str, shapes: &[Shape]) -> Result<Shape, String> {
    use Shape::{Literal, Many, One};
    match (name, shapes) {
        ("hay", [_]) | ("firmes", [Many(_)]) | ("todos" | "alguno", [Many(Kind::Truth)]) => {
            Ok(One(Kind::Truth))
        }
        ("cuenta" | "distintos", [Many(_)]) => Ok(One(Kind::Number)),
        ("suma", [Many(kind)]) if kind.adds() => Ok(One(*kind)),
        ("menor" | "mayor", [Many(kind)]) if kind.is_ordered() => Ok(One(*kind)),
        ("primero", [Many(kind)]) => Ok(One(*kind)),
        ("solo", [Many(kind), Many(Kind::Truth)]) => Ok(Many(*kind)),
        ("otros", [Many(_)]) => Ok(Many(Kind::Text)),
        ("mal_leidos", [Many(Kind::Code), One(Kind::Code)]) => Ok(Many(Kind::Truth)),
        ("contiene", [One(Kind::Text), One(Kind::Text)]) => Ok(One(Kind::Truth)),
        ("contiene", [Many(Kind::Text), One(Kind::Text)]) => Ok(Many(Kind::Truth)),
        ("años", [One(Kind::Date), One(Kind::Date)]) => Ok(One(Kind::Number)),
        ("redondeo", [One(kind), Literal]) if kind.adds() => Ok(One(*kind)),
        ("nada", []) => Ok(Shape::Nothing),
        ("si", [One(Kind::Truth), one, other]) => match (one, other) {
            (known @ One(_), Shape::Nothing) => Ok(*known),
            (one, other) if one == other => Ok(*one),
            (known @ One(kind), Literal) | (Literal, known @ One(kind)) if kind.adds() => Ok(*known),
            _ => wrong("las dos salidas de «si» son de otro tipo"),
        },
        _ => wrong(format!("«{name}» no existe o no toma esto: {shapes:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Result<Shape, String> {
        let names: Names = [
            ("plazo", Shape::Many(Kind::Days)),
            ("máximo", Shape::One(Kind::Days)),
            ("término", Shape::One(Kind::WorkingDays)),
            ("monto", Shape::One(Kind::Money)),
            ("tasa", Shape::One(Kind::Percent)),
            ("código", Shape::One(Kind::Code)),
            ("inicio", Shape::One(Kind::Date)),
        ]
        .into_iter()
        .map(|(name, shape)| (name.to_owned(), shape))
        .collect();
        check(&super::super::syntax::parse(text).expect(text), &names)
    }

    #[test]
    fn what_fits_has_a_type() {
        for (text, shape) in [
            ("plazo <= máximo", Shape::Many(Kind::Truth)),
            ("todos(plazo <= máximo) y hay(monto)", Shape::One(Kind::Truth)),
            ("monto * tasa", Shape::One(Kind::Money)),
            ("monto / monto", Shape::One(Kind::Number)),
            ("máximo + 90", Shape::One(Kind::Days)),
            ("inicio + máximo", Shape::One(Kind::Date)),
            ("solo(plazo, plazo > 30)", Shape::Many(Kind::Days)),
            ("si(hay(monto), monto / monto, 0)", Shape::One(Kind::Number)),
        ] {
            assert_eq!(of(text), Ok(shape), "{text}");
        }
    }

    #[test]
    fn working_days_and_calendar_days_are_never_compared() {
        assert!(of("plazo <= término").is_err());
        assert!(of("máximo + término").is_err());
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        for text in [
            "monto <= tasa",
            "monto + tasa",
            "código < código",
            "código = 3",
            "no monto",
            "todos(plazo)",
            "x = 1",
            "borrar(monto)",
            "monto y monto",
            "plazo <= plazo",
            "cuenta(monto)",
        ] {
            assert!(of(text).is_err(), "{text}");
        }
    }
}
