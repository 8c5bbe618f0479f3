//! The expressions of declared checks: what they are made of, and how they are read from text.
//!
//! Small on purpose: comparisons, arithmetic, `y`, `o`, `no`, `si(…)` and a closed list of functions. No loops, no recursion, no names but
//! those that the check declares; an expression longer or deeper than the limits below is refused when it is loaded.

use rust_decimal::Decimal;

/// Most parts of one expression.
pub(crate) const MOST_PARTS: usize = 120;
/// Deepest nesting of one expression.
const DEEPEST: usize = 16;

/// An operator between two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
    Less,
    AtMost,
    More,
    AtLeast,
    Equal,
    Different,
    And,
    Or,
}

impl Operator {
    /// Returns the sign as a person reads it.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "−",
            Self::Times => "×",
            Self::Over => "/",
            Self::Less => "<",
            Self::AtMost => "≤",
            Self::More => ">",
            Self::AtLeast => "≥",
            Self::Equal => "=",
            Self::Different => "≠",
            Self::And => "y",
            Self::Or => "o",
        }
    }

    /// Tells whether it compares.
    pub(crate) fn compares(self) -> bool {
        matches!(self, Self::Less | Self::AtMost | Self::More | Self::AtLeast | Self::Equal | Self::Different)
    }
}

/// An expression as it is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// A number; in percent where it has the sign.
    Number(Decimal, bool),
    /// A text between quotes.
    Text(String),
    /// `verdadero` or `falso`.
    Truth(bool),
    /// A name that the check declares.
    Name(String),
    /// `no …`.
    Not(Box<Expression>),
    /// Two values and what stands between them.
    Two(Operator, Box<Expression>, Box<Expression>),
    /// A function with its arguments.
    Call(String, Vec<Expression>),
}

impl Expression {
    /// Counts the parts, which is what evaluating it costs for each fact.
    pub(crate) fn parts(&self) -> usize {
        1 + match self {
            Self::Not(inner) => inner.parts(),
            Self::Two(_, left, right) => left.parts() + right.parts(),
            Self::Call(_, arguments) => arguments.iter().map(Self::parts).sum(),
            _ => 0,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(Decimal),
    Text(String),
    Word(String),
    Sign(&'static str),
}

/// Signs, the longer before the shorter.
const SIGNS: [(&str, &str); 18] = [
    ("<=", "<="),
    (">=", ">="),
    ("!=", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("≠", "!="),
    ("<", "<"),
    (">", ">"),
    ("=", "="),
    ("+", "+"),
    ("-", "-"),
    ("−", "-"),
    ("*", "*"),
    ("×", "*"),
    ("/", "/"),
    ("(", "("),
    (")", ")"),
    (",", ","),
];

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if first.is_ascii_digit() {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            found.push(Token::Number(number.parse().map_err(|_| format!("«{number}» no es un número"))?));
            rest = after;
            if let Some(after) = rest.strip_prefix('%') {
                found.push(Token::Sign("%"));
                rest = after;
            }
        } else if first == '"' {
            let inner = &rest[1..];
            let end = inner.find('"').ok_or("falta cerrar las comillas")?;
            found.push(Token::Text(inner[..end].to_owned()));
            rest = &inner[end + 1..];
        } else if first.is_alphabetic() {
            let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            found.push(Token::Word(word.to_owned()));
            rest = after;
        } else {
            let (written, sign) = SIGNS
                .iter()
                .find(|(written, _)| rest.starts_with(written))
                .ok_or(format!("sobra «{first}»"))?;
            found.push(Token::Sign(sign));
            rest = &rest[written.len()..];
        }
        rest = rest.trim_start();
        if found.len() > MOST_PARTS * 2 {
            return Err("la expresión es demasiado larga".into());
        }
    }
    Ok(found)
}

/// Reads an expression.
///
/// # Errors
/// What is wrong with it, in Spanish.
pub(crate) fn parse(text: &str) -> Result<Expression, String> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let expression = reader.either(0)?;
    if reader.at < tokens.len() {
        return Err("sobra texto al final".into());
    }
    if expression.parts() > MOST_PARTS {
        return Err("la expresión es demasiado larga".into());
    }
    Ok(expression)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(found)) if found == word);
        self.at += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(found)) if *found == sign);
        self.at += usize::from(found);
        found
    }

    fn two(operator: Operator, left: Expression, right: Expression) -> Expression {
        Expression::Two(operator, Box::new(left), Box::new(right))
    }

    fn either(&mut self, depth: usize) -> Result<Expression, String> {
        if depth > DEEPEST {
            return Err("la expresión anida demasiado".into());
        }
        let mut left = self.both(depth)?;
        while self.word("o") {
            left = Self::two(Operator::Or, left, self.both(depth)?);
        }
        Ok(left)
    }

    fn both(&mut self, depth: usize) -> Result<Expression, String> {
        let mut left = self.negation(depth)?;
        while self.word("y") {
            left = Self::two(Operator::And, left, self.negation(depth)?);
        }
        Ok(left)
    }

    fn negation(&mut self, depth: usize) -> Result<Expression, String> {
        if depth > DEEPEST {
            return Err("la expresión anida demasiado".into());
        }
        if self.word("no") {
            return Ok(Expression::Not(Box::new(self.negation(depth + 1)?)));
        }
        self.comparison(depth)
    }

    fn comparison(&mut self, depth: usize) -> Result<Expression, String> {
        let left = self.sum(depth)?;
        let operator = match self.peek() {
            Some(Token::Sign("<=")) => Operator::AtMost,
            Some(Token::Sign(">=")) => Operator::AtLeast,
            Some(Token::Sign("<")) => Operator::Less,
            Some(Token::Sign(">")) => Operator::More,
            Some(Token::Sign("=")) => Operator::Equal,
            Some(Token::Sign("!=")) => Operator::Different,
            _ => return Ok(left),
        };
        self.at += 1;
        Ok(Self::two(operator, left, self.sum(depth)?))
    }

    fn sum(&mut self, depth: usize) -> Result<Expression, String> {
        let mut left = self.product(depth)?;
        loop {
            let operator = if self.sign("+") {
                Operator::Plus
            } else if self.sign("-") {
                Operator::Minus
            } else {
                return Ok(left);
            };
            left = Self::two(operator, left, self.product(depth)?);
        }
    }

    fn product(&mut self, depth: usize) -> Result<Expression, String> {
        let mut left = self.single(depth)?;
        loop {
            let operator = if self.sign("*") {
                Operator::Times
            } else if self.sign("/") {
                Operator::Over
            } else {
                return Ok(left);
            };
            left = Self::two(operator, left, self.single(depth)?);
        }
    }

    fn single(&mut self, depth: usize) -> Result<Expression, String> {
        let Some(token) = self.tokens.get(self.at).cloned() else {
            return Err("falta un valor al final".into());
        };
        self.at += 1;
        match token {
            Token::Number(number) => Ok(Expression::Number(number, self.sign("%"))),
            Token::Text(text) => Ok(Expression::Text(text)),
            Token::Word(word) if word == "verdadero" || word == "falso" => {
                Ok(Expression::Truth(word == "verdadero"))
            }
            Token::Word(word) if self.sign("(") => {
                let mut arguments = Vec::new();
                while !self.sign(")") {
                    if !arguments.is_empty() && !self.sign(",") {
                        return Err(format!("falta una coma o un paréntesis en «{word}»"));
                    }
                    arguments.push(self.either(depth + 1)?);
                }
                Ok(Expression::Call(word, arguments))
            }
            Token::Word(word) => Ok(Expression::Name(word)),
            Token::Sign("(") => {
                let inner = self.either(depth + 1)?;
                if self.sign(")") { Ok(inner) } else { Err("falta cerrar un paréntesis".into()) }
            }
            Token::Sign(sign) => Err(format!("«{sign}» no empieza un valor")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_bind_as_written_in_school() {
        let read = parse("a + b * 2 <= c y no d").expect("reads");
        let Expression::Two(Operator::And, left, right) = read else { panic!("y binds last") };
        assert!(
            matches!(*left, Expression::Two(Operator::AtMost, ..)) && matches!(*right, Expression::Not(_))
        );
    }

    #[test]
    fn what_is_no_expression_is_refused_with_a_reason() {
        for (text, reason) in [
            ("a <=", "falta un valor"),
            ("(a", "cerrar un paréntesis"),
            ("a b", "sobra texto"),
            ("a ; b", "sobra «;»"),
            ("\"a", "comillas"),
            ("1.2.3", "no es un número"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.contains(reason), "{text}: {error}");
        }
    }

    #[test]
    fn an_expression_that_nests_or_goes_on_without_end_is_refused() {
        let deep = format!("{}a{}", "(".repeat(5000), ")".repeat(5000));
        assert!(parse(&deep).is_err(), "no stack is run out of");
        let negations = format!("{}a", "no ".repeat(100));
        assert!(parse(&negations).is_err());
        assert!(parse(&vec!["a"; 500].join(" + ")).is_err(), "too long");
    }
}
