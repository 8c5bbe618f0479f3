//! What looking for flags costs in a large lot: 40 bidders, 300 rubros and as many analyses. Run by name to measure; it holds in every build.

use crate::sample::{Sample, papers};
use crate::{LotTerms, detect_in_lot};
use std::time::{Duration, Instant};

const BIDDERS: usize = 40;
const RUBROS: usize = 300;

/// Prices of a bidder. The worst for the comparison: every one is another's times one number.
fn bid(at: usize, apart: bool) -> Sample {
    let mut state = 17_u64;
    let mut rows: Vec<[String; 4]> = Vec::new();
    for rubro in 0..RUBROS {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let own = if apart { state.rotate_left(u32::try_from(at).expect("few")) } else { state };
        let cents = 1_000 + (own >> 40) % 90_000;
        let cents = cents * (100 + at as u64) / 100;
        let price = format!("{}.{:02}", cents / 100, cents % 100);
        let total = format!("{}.{:02}", cents / 10, cents % 10 * 10);
        rows.push([format!("Rubro número {rubro} de la obra"), "10".into(), price, total]);
    }
    let rows: Vec<[&str; 4]> = rows.iter().map(|row| row.each_ref().map(String::as_str)).collect();
    let columns = ["descripcion", "cantidad", "precio_unitario", "precio_total"];
    let numbers = [[1, 7, 9], [0, 9, 9]][usize::from(at.is_multiple_of(2))];
    let ruc = format!("{}{}{}{:07}001", numbers[0], numbers[1], numbers[2], at);
    let mut sample =
        Sample::new(&ruc, &format!("Empresa {at} Ficticia S.A.")).grid("FUO_1_5_RUBROS", &columns, &rows);
    for rubro in 0..RUBROS {
        let rate = format!("0.{:04}", 1 + (rubro * 37) % 9000);
        let name = format!("Rubro número {rubro} de la obra");
        let columns = ["seccion", "descripcion", "rendimiento"];
        sample = sample.analysis(&name, &columns, &[["mano_obra", "Peón", &rate]]);
    }
    sample
}

fn measure(apart: bool) -> Duration {
    let bids: Vec<Sample> = (0..BIDDERS).map(|at| bid(at, apart)).collect();
    let papers = papers(&bids);
    let start = Instant::now();
    let flags = detect_in_lot(&papers, LotTerms::default());
    let took = start.elapsed();
    assert_eq!(apart, !flags.iter().any(|flag| flag.code == "P-02"));
    took
}

#[test]
fn forty_bidders_with_three_hundred_rubros_are_compared_in_seconds_at_most() {
    for apart in [true, false] {
        let took = measure(apart);
        eprintln!("prices made apart: {apart}: {took:?}");
        // Generous: machines that run tests are busy. What was measured stands in docs/flags/README.md.
        assert!(took < Duration::from_secs(10), "{took:?}");
    }
}
