//! Reads a pack file strictly: JSON without a key twice, then the published schema (`packs/schema.json`), which this file walks itself.
//!
//! The schema is the one description of the form: what it does not allow is refused here, with the place, what was expected and what stands
//! there. A crate for all of JSON Schema would bring some thirty others for one form of our own, and its sentences are English; the tests
//! let an independent validator judge the same files where one is installed.

use super::problem::{Problem, shown};
use cotejo_catalogue::message;
use regex::Regex;
use serde::de::{DeserializeSeed, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::collections::BTreeMap;
use std::sync::{LazyLock, PoisonError, RwLock};

/// The published schema of packs.
pub const SCHEMA: &str = include_str!("../../packs/schema.json");

static PARSED: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(SCHEMA).unwrap_or_default());
static PATTERNS: LazyLock<RwLock<BTreeMap<String, Option<Regex>>>> = LazyLock::new(RwLock::default);
/// Deeper than any pack needs; what is deeper is refused.
const DEEPEST: usize = 24;
/// More problems than these help nobody.
const MOST: usize = 50;

/// Parses JSON, refusing an object with the same key twice: which of both would hold?
pub(super) fn parse(file: &str, text: &str) -> Result<Value, Problem> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = Strict.deserialize(&mut deserializer).and_then(|value| deserializer.end().map(|()| value));
    read.map_err(|error| {
        let place = message(
            "rules.pack.line",
            &[("linea", &error.line().to_string()), ("columna", &error.column().to_string())],
        );
        let twice = error
            .to_string()
            .strip_prefix(TWICE)
            .map(|rest| rest.split(" at line").next().unwrap_or(rest).to_owned());
        match twice {
            Some(key) => Problem::new("rules.pack.twice", file, &place, "", &key),
            None => Problem::new("rules.pack.not_json", file, &place, "JSON", &error.to_string()),
        }
    })
}

/// Compares a value with the schema of packs; nothing when it fits.
pub(super) fn check(file: &str, value: &Value) -> Vec<Problem> {
    let mut walk = Walk { file, problems: Vec::new() };
    walk.against(value, &PARSED, "", 0);
    walk.problems
}

/// Compares a value alone with what the schema allows at a key.
pub(super) fn check_value(key: &str, value: &Value) -> Vec<Problem> {
    let whole = serde_json::json!({
        "value": value,
        "unit": null,
        "source": { "norm": "-", "art": null, "ro": null, "page": null },
        "verified": false,
    });
    let (section, name) = match key.strip_prefix(super::BASE_PREFIX) {
        Some(topic) => ("legal_basis", topic),
        None => ("parameters", key),
    };
    let mut object = Map::new();
    object.insert(name.to_owned(), whole);
    let mut walk = Walk { file: key, problems: Vec::new() };
    if let Some(schema) = PARSED.pointer(&joined("/properties", section)) {
        walk.against(&Value::Object(object), schema, "", 0);
    }
    walk.problems
}

/// Compares a text with a definition of the schema: `calendar`, `yearly`.
#[cfg(test)]
pub(super) fn check_as(definition: &str, file: &str, text: &str) -> Vec<Problem> {
    let value = match parse(file, text) {
        Ok(value) => value,
        Err(problem) => return vec![problem],
    };
    let mut walk = Walk { file, problems: Vec::new() };
    match PARSED.pointer(&joined("/$defs", definition)) {
        Some(schema) => walk.against(&value, schema, "", 0),
        None => walk.say("/$defs", definition, ""),
    }
    walk.problems
}

const TWICE: &str = "twice: ";

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: serde::Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        while let Some(item) = items.next_element_seed(Strict)? {
            all.push(item);
        }
        Ok(Value::Array(all))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            if all.contains_key(&key) {
                return Err(A::Error::custom(format!("{TWICE}{key}")));
            }
            let value = fields.next_value_seed(Strict)?;
            all.insert(key, value);
        }
        Ok(Value::Object(all))
    }
}

struct Walk<'a> {
    file: &'a str,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    fn say(&mut self, pointer: &str, expected: &str, found: &str) {
        let problem = Problem::new("rules.pack.shape", self.file, pointer, expected, found);
        if self.problems.len() < MOST && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn against(&mut self, value: &Value, schema: &Value, pointer: &str, depth: usize) {
        if depth > DEEPEST {
            return self.say(pointer, &message("rules.pack.expected.shallow", &[]), &shown(value));
        }
        let Some(schema) = schema.as_object() else {
            // `true` allows anything; `false` nothing.
            if *schema == Value::Bool(false) {
                self.say(pointer, &message("rules.pack.expected.nothing", &[]), &shown(value));
            }
            return;
        };
        if let Some(target) = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|name| PARSED.pointer(name.trim_start_matches('#')))
        {
            self.against(value, target, pointer, depth + 1);
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.against(value, part, pointer, depth + 1);
        }
        if let Some(any) = schema.get("anyOf").and_then(Value::as_array) {
            self.any(value, any, schema, pointer, depth);
        }
        if let Some(condition) = schema.get("if")
            && fits(value, condition)
            && let Some(then) = schema.get("then")
        {
            self.against(value, then, pointer, depth + 1);
        }
        if !self.itself(value, schema, pointer) {
            return;
        }
        match value {
            Value::Object(fields) => self.object(fields, schema, pointer, depth),
            Value::Array(items) => self.list(items, schema, pointer, depth),
            _ => {}
        }
    }

    /// Of several forms the one whose type the value has is the one that explains what is wrong.
    fn any(
        &mut self,
        value: &Value,
        any: &[Value],
        schema: &Map<String, Value>,
        pointer: &str,
        depth: usize,
    ) {
        if any.iter().any(|form| fits(value, form)) {
            return;
        }
        let object = any.iter().find(|form| form.get("type").is_some_and(|kind| has_type(value, kind)));
        match object.filter(|_| value.is_object()) {
            Some(form) => self.against(value, form, pointer, depth + 1),
            None => self.say(pointer, &expected(schema), &shown(value)),
        }
    }

    /// Judges the value by itself, not by what it holds; false when its type is another.
    fn itself(&mut self, value: &Value, schema: &Map<String, Value>, pointer: &str) -> bool {
        if let Some(kind) = schema.get("type")
            && !has_type(value, kind)
        {
            self.say(pointer, &expected(schema), &shown(value));
            return false;
        }
        let constant = schema.get("const").is_none_or(|only| only == value);
        let listed = schema.get("enum").and_then(Value::as_array).is_none_or(|all| all.contains(value));
        let least = schema.get("minimum").and_then(Value::as_i64);
        let enough = least.zip(value.as_i64()).is_none_or(|(least, number)| number >= least);
        let text_fits = value.as_str().is_none_or(|text| {
            let long = schema.get("minLength").and_then(Value::as_u64);
            long.is_none_or(|least| text.chars().count() as u64 >= least)
                && schema.get("pattern").and_then(Value::as_str).is_none_or(|pattern| matches(pattern, text))
                && (schema.get("format").and_then(Value::as_str) != Some("date")
                    || text.parse::<jiff::civil::Date>().is_ok())
        });
        if !(constant && listed && enough && text_fits) {
            self.say(pointer, &expected(schema), &shown(value));
        }
        true
    }

    fn object(
        &mut self,
        fields: &Map<String, Value>,
        schema: &Map<String, Value>,
        pointer: &str,
        depth: usize,
    ) {
        let known = schema.get("properties").and_then(Value::as_object);
        for name in schema.get("required").and_then(Value::as_array).into_iter().flatten() {
            let name = name.as_str().unwrap_or_default();
            if !fields.contains_key(name) {
                let form = known.and_then(|known| known.get(name)).and_then(resolved);
                self.say(
                    &joined(pointer, name),
                    &form.map_or_else(|| message("rules.pack.expected.present", &[]), expected),
                    &message("rules.pack.found.nothing", &[]),
                );
            }
        }
        for (name, value) in fields {
            let place = joined(pointer, name);
            if let Some(names) = schema.get("propertyNames")
                && !fits(&Value::String(name.clone()), names)
            {
                let wanted = resolved(names).map_or_else(String::new, expected);
                self.say(&place, &wanted, name);
            }
            match (known.and_then(|known| known.get(name)), schema.get("additionalProperties")) {
                (Some(form), _) => self.against(value, form, &place, depth + 1),
                (None, Some(Value::Bool(false))) => {
                    let names: Vec<&str> =
                        known.into_iter().flat_map(|known| known.keys().map(String::as_str)).collect();
                    let wanted = message("rules.pack.expected.one_of", &[("lista", &names.join(", "))]);
                    self.say(&place, &wanted, &message("rules.pack.found.unknown_key", &[]));
                }
                (None, Some(form)) => self.against(value, form, &place, depth + 1),
                (None, None) => {}
            }
        }
    }

    fn list(&mut self, items: &[Value], schema: &Map<String, Value>, pointer: &str, depth: usize) {
        let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or_default();
        if (items.len() as u64) < least {
            self.say(pointer, &expected(schema), "[]");
        }
        let unique = schema.get("uniqueItems") == Some(&Value::Bool(true));
        for (index, item) in items.iter().enumerate() {
            let place = joined(pointer, &index.to_string());
            if unique && items.iter().take(index).any(|earlier| earlier == item) {
                self.say(&place, &message("rules.pack.expected.once", &[]), &shown(item));
            }
            if let Some(form) = schema.get("items") {
                self.against(item, form, &place, depth + 1);
            }
        }
    }
}

fn fits(value: &Value, schema: &Value) -> bool {
    let mut walk = Walk { file: "", problems: Vec::new() };
    walk.against(value, schema, "", 0);
    walk.problems.is_empty()
}

fn resolved(schema: &Value) -> Option<&Map<String, Value>> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(name) => PARSED.pointer(name.trim_start_matches('#')).and_then(Value::as_object),
        None => schema.as_object(),
    }
}

/// Names a place inside a JSON document (RFC 6901).
pub(super) fn joined(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"))
}

fn matches(pattern: &str, text: &str) -> bool {
    if let Some(known) = PATTERNS.read().unwrap_or_else(PoisonError::into_inner).get(pattern) {
        return known.as_ref().is_some_and(|known| known.is_match(text));
    }
    let made = Regex::new(pattern).ok();
    let fits = made.as_ref().is_some_and(|made| made.is_match(text));
    PATTERNS.write().unwrap_or_else(PoisonError::into_inner).insert(pattern.to_owned(), made);
    fits
}

fn has_type(value: &Value, kind: &Value) -> bool {
    let is = |name: &str| match name {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match kind {
        Value::String(name) => is(name),
        Value::Array(names) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// Says in Spanish what a schema wants: its own description, else what follows from its keywords.
fn expected(schema: &Map<String, Value>) -> String {
    if let Some(description) = schema.get("description").and_then(Value::as_str) {
        return description.to_owned();
    }
    if let Some(only) = schema.get("const") {
        return shown(only);
    }
    if let Some(all) = schema.get("enum").and_then(Value::as_array) {
        let all: Vec<String> = all.iter().map(shown).collect();
        return message("rules.pack.expected.one_of", &[("lista", &all.join(", "))]);
    }
    if let Some(Value::String(name)) = schema.get("type") {
        let key = format!("rules.pack.expected.{name}");
        let least = schema.get("minimum").and_then(Value::as_i64);
        return match least {
            Some(least) => message("rules.pack.expected.from", &[("minimo", &least.to_string())]),
            None => message(&key, &[]),
        };
    }
    message("rules.pack.expected.form", &[])
}
