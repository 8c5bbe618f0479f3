//! How large the unit of each page of a PDF is: `/UserUnit` (ISO 32000-1, table 30), which pdfium leaves out.
//!
//! Almost no file has one. The file is searched for the word first, and only one that has it is opened a second time, for its page tree.

use flate2::read::ZlibDecoder;
use lopdf::Document;
use memchr::memmem;
use std::collections::BTreeMap;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};

const KEY: &[u8] = b"UserUnit";
/// Largest file that is looked into.
const LARGEST_FILE: usize = 64 << 20;
/// Bytes that are unpacked of all object streams of a file together.
const MOST_UNPACKED: u64 = 64 << 20;
/// Units that are believed: a sheet of the largest size drawn in kilometres, and the opposite.
const BELIEVED: std::ops::RangeInclusive<f64> = 0.01..=100_000.0;

/// Holds the pages whose unit is not a seventy-second of an inch.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Units(BTreeMap<u32, f64>);

impl Units {
    /// Reads the units of a file's pages; none where it cannot be read so.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        if bytes.len() > LARGEST_FILE || !speaks_of_units(bytes) {
            return Self::default();
        }
        // A crafted file that the second parser stumbles over is read without units.
        catch_unwind(AssertUnwindSafe(|| Self::stated(bytes))).unwrap_or_default()
    }

    /// Returns how many points a unit of this page (from 1) is.
    pub(crate) fn of_page(&self, number: u32) -> f64 {
        self.0.get(&number).copied().unwrap_or(1.0)
    }

    fn stated(bytes: &[u8]) -> Self {
        let Ok(document) = Document::load_mem(bytes) else { return Self::default() };
        let units = document.get_pages().into_iter().filter_map(|(number, id)| {
            let value = document.get_dictionary(id).ok()?.get_deref(KEY, &document).ok()?;
            let unit = f64::from(value.as_float().ok()?);
            #[expect(clippy::float_cmp, reason = "the default, exactly")]
            let counts = BELIEVED.contains(&unit) && unit != 1.0;
            counts.then_some((number, unit))
        });
        Self(units.collect())
    }
}

// The word in clear, or in an object stream.
fn speaks_of_units(bytes: &[u8]) -> bool {
    let finder = memmem::Finder::new(KEY);
    if finder.find(bytes).is_some() {
        return true;
    }
    let mut left = MOST_UNPACKED;
    memmem::find_iter(bytes, b"/ObjStm").any(|at| {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(begin) = memmem::find(rest, b"stream") else { return false };
        let data = rest.get(begin + 6..).unwrap_or_default();
        let data = data.strip_prefix(b"\r").unwrap_or(data);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        let mut unpacked = Vec::new();
        // What ends early was damaged or locked: what came out of it counts.
        let _ = ZlibDecoder::new(data).take(left).read_to_end(&mut unpacked);
        left = left.saturating_sub(unpacked.len() as u64);
        finder.find(&unpacked).is_some()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use lopdf::{Object, dictionary};

    fn file(units: &[Option<Object>], packed: bool) -> Vec<u8> {
        let mut document = Document::with_version("1.7");
        let tree = document.new_object_id();
        let kids: Vec<Object> = units
            .iter()
            .map(|unit| {
                let mut page = dictionary! { "Type" => "Page", "Parent" => tree };
                if let Some(unit) = unit {
                    page.set("UserUnit", unit.clone());
                }
                document.add_object(page).into()
            })
            .collect();
        let count = i64::try_from(kids.len()).expect("few");
        document
            .objects
            .insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        if packed {
            document.save_modern(&mut bytes).expect("saves");
        } else {
            document.save_to(&mut bytes).expect("saves");
        }
        bytes
    }

    #[test]
    fn units_are_read_page_by_page_in_clear_and_packed() {
        for packed in [false, true] {
            let bytes = file(&[None, Some(Object::Real(2.5)), Some(Object::Integer(10))], packed);
            let clear = memmem::find(&bytes, KEY).is_some();
            assert_eq!(clear, !packed, "the case is what it says");
            let units = Units::of(&bytes);
            assert_eq!([1, 2, 3].map(|page| units.of_page(page)), [1.0, 2.5, 10.0], "packed: {packed}");
        }
    }

    #[test]
    fn attack_units_without_measure_are_not_believed() {
        let values = [Object::Integer(0), Object::Integer(-3), Object::Real(1e30), Object::Null];
        let units = Units::of(&file(&values.map(Some), false));
        assert_eq!(units, Units::default());
    }

    #[test]
    fn a_file_that_only_speaks_of_units_has_none() {
        assert_eq!(Units::of(b"%PDF-1.7 /UserUnit 4 and nothing else"), Units::default());
        assert_eq!(Units::of(b"/ObjStm stream\r\n\x78\x9cgarbage"), Units::default());
    }
}
