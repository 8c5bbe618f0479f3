//! What of a document a person writes: what its template has and the case does not hold. Articles and hashes are never written by hand.

use super::gather::{ADDED_TO, has_session};
use crate::view::{PaperField, PaperList};
use cotejo_catalogue::{exists, message};
use cotejo_domain::course::PaperData;
use cotejo_reports::Kind;
use serde_json::Value;
use std::collections::BTreeMap;

const SESSION: [(&str, &str); 5] = [
    ("sesion_ciudad", "text"),
    ("sesion_lugar", "text"),
    ("sesion_modalidad", "modality"),
    ("sesion_apertura", "moment"),
    ("sesion_cierre", "moment"),
];

/// What comes from the norm, the commission or the program, whatever the content holds.
fn never(name: &str) -> bool {
    name.starts_with("articulo")
        || name.ends_with("huella")
        || name.ends_with("huellas")
        || matches!(
            name,
            "genero" | "cedula" | "por_pedir" | "omite_montos" | "motivo_omision" | "firmantes" | "laminas"
        )
}

pub(super) fn label(name: &str) -> String {
    let key = format!("papeles.campo.{name}");
    if exists(&key) { message(&key, &[]) } else { name.replace('_', " ") }
}

fn field(name: &str, form: &str, value: &str, held: bool) -> PaperField {
    PaperField { name: name.into(), label: label(name), form: form.into(), value: value.into(), held }
}

/// Lists the fields and lists that a person writes, with what was written.
pub(super) fn of(kind: Kind, content: &Value, data: Option<&PaperData>) -> (Vec<PaperField>, Vec<PaperList>) {
    let mut fields = Vec::new();
    let mut lists = Vec::new();
    let written = |name: &str| data.and_then(|data| data.fields.get(name)).map_or("", String::as_str);
    let rows_of = |name: &str| data.and_then(|data| data.lists.get(name)).map_or(&[][..], Vec::as_slice);
    if kind == Kind::Calificacion {
        return (fields, lists);
    }
    if has_session(kind) {
        fields.extend(SESSION.iter().map(|(name, form)| field(name, form, written(name), false)));
        lists.push(free("orden_del_dia", &Value::Null, rows_of("orden_del_dia")));
    }
    let example = kind.example();
    let Value::Object(shapes) = &example else { return (fields, lists) };
    for (name, shape) in shapes.iter().filter(|(name, _)| !never(name)) {
        let now = content.get(name);
        match (shape, now) {
            (Value::String(_), Some(Value::String(now))) if now.trim().is_empty() || now == written(name) => {
                fields.push(field(name, "text", written(name), false));
            }
            (Value::Bool(_), Some(Value::Bool(now))) if !now || !written(name).is_empty() => {
                fields.push(field(name, "yes", written(name), false));
            }
            (Value::Array(shape), Some(Value::Array(now))) => {
                let Some(shape) = shape.first() else { continue };
                let said = rows_of(name);
                let added_to = ADDED_TO.contains(&name.as_str()) && shape.is_string();
                if now.is_empty() || is_of_person(now, said) || added_to {
                    lists.push(free(name, shape, said));
                } else if let Some(list) = fixed(name, shape, now, said) {
                    lists.push(list);
                }
            }
            _ => {}
        }
    }
    (fields, lists)
}

fn cell<'a>(row: &'a BTreeMap<String, String>, name: &str) -> &'a str {
    row.get(name).map_or("", String::as_str)
}

/// A list whose every word a person wrote.
fn is_of_person(now: &[Value], said: &[BTreeMap<String, String>]) -> bool {
    now.len() == said.len()
        && now.iter().zip(said).all(|(now, said)| match now {
            Value::String(text) => text == cell(said, "texto"),
            Value::Object(fields) => fields.iter().all(|(name, value)| match value.as_str() {
                Some(text) => text.is_empty() || text == cell(said, name),
                None => true,
            }),
            _ => false,
        })
}

fn columns(shape: &Value) -> Vec<PaperField> {
    match shape {
        Value::Object(fields) => fields
            .iter()
            .filter(|(name, value)| value.is_string() && !never(name))
            .map(|(name, _)| field(name, "text", "", false))
            .collect(),
        _ => vec![field("texto", "text", "", false)],
    }
}

fn free(name: &str, shape: &Value, said: &[BTreeMap<String, String>]) -> PaperList {
    let blank = columns(shape);
    let row = |said: &BTreeMap<String, String>| {
        blank.iter().map(|column| field(&column.name, "text", cell(said, &column.name), false)).collect()
    };
    PaperList {
        name: name.into(),
        label: label(name),
        fixed: false,
        rows: said.iter().map(row).collect(),
        blank,
    }
}

/// Rows that the case names, with the cells it leaves empty; `None` where it leaves none.
fn fixed(name: &str, shape: &Value, now: &[Value], said: &[BTreeMap<String, String>]) -> Option<PaperList> {
    let blank = columns(shape);
    let mut open = false;
    let mut rows = Vec::new();
    for row in now {
        let number = row.get("numero").and_then(Value::as_str)?;
        let said = said.iter().find(|said| cell(said, "numero") == number);
        let mut cells = Vec::new();
        for column in &blank {
            let value = row.get(&column.name).and_then(Value::as_str).unwrap_or_default();
            let written = said.map_or("", |said| cell(said, &column.name));
            let held = column.name == "numero" || !(value.trim().is_empty() || value == written);
            open |= !held;
            cells.push(field(&column.name, "text", value, held));
        }
        rows.push(cells);
    }
    open.then(|| PaperList { name: name.into(), label: label(name), fixed: true, blank, rows })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn names(fields: &[PaperField]) -> Vec<&str> {
        fields.iter().filter(|field| !field.held).map(|field| field.name.as_str()).collect()
    }

    #[test]
    fn attack_what_the_case_holds_and_what_the_norm_says_is_not_offered_to_be_written() {
        let content = json!({ "limite": "16 de noviembre", "hora_apertura": "", "articulo": "", "articulo_rup": "",
            "ofertas": [{ "numero": "1", "oferente": "Alfa", "ruc": "", "envio": "" }], "observaciones": [] });
        let (fields, lists) = of(Kind::Apertura, &content, None);
        assert!(names(&fields).contains(&"hora_apertura"));
        assert!(!names(&fields).contains(&"limite"), "the deadline is the pliego's");
        assert!(
            !names(&fields).iter().any(|name| name.starts_with("articulo")),
            "no article is written by hand"
        );
        let bids = lists.iter().find(|list| list.name == "ofertas").expect("there");
        assert!(bids.fixed, "no bid is added that nobody handed in");
        let open = names(bids.rows.first().expect("a row"));
        assert!(open.contains(&"envio") && !open.contains(&"oferente") && !open.contains(&"numero"));
        assert!(!lists.iter().find(|list| list.name == "observaciones").expect("there").fixed);
    }

    #[test]
    fn every_name_that_a_person_meets_has_its_words() {
        for kind in Kind::ALL {
            let Value::Object(shapes) = kind.example() else { continue };
            for (name, shape) in shapes.iter().filter(|(name, _)| !never(name)) {
                let known = |name: &str| exists(&format!("papeles.campo.{name}"));
                match shape {
                    Value::String(_) | Value::Bool(_) => assert!(known(name), "{}: {name}", kind.name()),
                    Value::Array(rows) => {
                        assert!(known(name), "{}: {name}", kind.name());
                        for column in rows.first().map(columns).unwrap_or_default() {
                            assert!(known(&column.name), "{}: {name}.{}", kind.name(), column.name);
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}
