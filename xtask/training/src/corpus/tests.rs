//! The truth of rendered heaps.

use super::*;
use crate::random::Random;
use crate::templates::Set;
use cotejo_domain::document_type_entry;
use std::collections::BTreeMap;

fn collect(plan: &Plan) -> Vec<Heap> {
    let mut all = Vec::new();
    heaps(plan, &mut |heap| {
        all.push(heap);
        Ok(())
    })
    .expect("every template renders and names only fields of the catalogue");
    all
}

#[test]
fn every_reserved_template_renders_with_its_truth() {
    renders_with_its_truth(Set::Reserved);
}

#[test]
fn every_template_of_the_final_set_renders_with_its_truth() {
    renders_with_its_truth(Set::Final);
}

fn renders_with_its_truth(set: Set) {
    let plan = Plan { seed: 5, digital: 1, scanned: 0, docx: 0, every: 1, set };
    let heaps = collect(&plan);
    let documents: Vec<_> = heaps.iter().flat_map(|heap| &heap.documents).collect();
    assert_eq!(documents.len(), set.templates().len());
    assert!(heaps.iter().any(|heap| !heap.blank.is_empty()), "some sheets have a blank back");
    assert!(documents.iter().any(|document| document.pages.clone().count() > 1), "some papers go on");
    for document in &documents {
        for value in &document.values {
            assert!(document.pages.contains(&value.page), "{} {}: {value:?}", document.kind, document.habit);
            assert!(!value.raw.trim().is_empty() && !value.value.is_empty(), "{} {value:?}", document.habit);
            assert!(!value.raw.contains('{'), "{} {}: {value:?}", document.kind, document.habit);
        }
    }
    let rows =
        documents.iter().flat_map(|document| &document.values).filter(|value| value.row.is_some()).count();
    assert!(rows > 400, "{rows} cells of tables");
}

#[test]
fn every_place_of_what_is_evaluated_can_be_filled() {
    let mut random = Random::new(3);
    for template in Set::Reserved.templates().iter().chain(&Set::Final.templates()) {
        let entry = document_type_entry(template.kind).expect("a type");
        for _ in 0..3 {
            let party = party::Party::draw(&mut random);
            let laid = blocks::lay(template, &mut filler::Filler::new(&party, entry), &mut random);
            let text = format!("{:?}", laid.blocks);
            for sign in ['{', '}', '[', ']'] {
                let pieces = text.split("text: \"").skip(1).map(|piece| piece.split("\", mark").next());
                let open: Vec<_> = pieces.flatten().filter(|piece| piece.contains(sign)).collect();
                assert!(open.is_empty(), "{} {}: {open:?}", template.kind, template.habit);
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let plan = Plan { seed: 5, digital: 1, scanned: 0, docx: 1, every: 20, set: Set::Reserved };
    let bytes = |plan: &Plan| collect(plan).into_iter().map(|heap| heap.bytes).collect::<Vec<_>>();
    assert!(bytes(&plan) == bytes(&plan));
    assert!(bytes(&plan) != bytes(&Plan { seed: 6, ..plan }));
}

#[test]
fn sums_add_up_and_single_fields_are_single() {
    let plan = Plan { seed: 9, digital: 1, scanned: 0, docx: 0, every: 1, set: Set::Reserved };
    let mut sums = 0;
    for document in collect(&plan).iter().flat_map(|heap| &heap.documents) {
        let mut single: BTreeMap<&str, &str> = BTreeMap::new();
        for value in document.values.iter().filter(|value| !value.field.contains("[]")) {
            let first = single.entry(&value.field).or_insert(&value.value);
            assert_eq!(*first, value.value, "{} {} {}", document.kind, document.habit, value.field);
        }
        let Some(total) = single.get("total").filter(|_| document.kind == "FUO_1_5_CANT") else { continue };
        let parsed = |text: &str| text.parse::<rust_decimal::Decimal>().expect("a number");
        let lines: rust_decimal::Decimal = document
            .values
            .iter()
            .filter(|value| value.field == "items[].total")
            .map(|value| parsed(&value.value))
            .sum();
        assert_eq!(parsed(total), lines, "{}", document.habit);
        sums += 1;
    }
    assert!(sums > 0);
}
