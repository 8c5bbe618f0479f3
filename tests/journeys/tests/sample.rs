//! `cotejo evaluar` on the samples: every planted defect is found, no clean item is accused, evidence opens on the right page.
#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test may stop at the first surprise, and says what it skips"
)]

use cotejo_journeys::comparison::{Outcome, compare, evidence_astray, table};
use cotejo_journeys::{desk, evaluate, worker};
use cotejo_sample::SampleProcedure;

async fn journey(procedure: SampleProcedure, seed: u64) {
    let Some(worker) = worker() else { return println!("skipped: cotejo-lector is not built") };
    let folder = tempfile::tempdir().expect("a folder");
    let sample = folder.path().join("muestra");
    let truth = cotejo_sample::generate(procedure, seed, &sample).expect("the sample is generated");
    let desk = match desk(&folder.path().join("datos")).await {
        Ok(desk) => desk,
        Err(reason) => return println!("skipped: {reason} ({})", worker.display()),
    };
    let result = evaluate(&desk, &sample, &folder.path().join("salida")).await.expect("evaluates");
    let lines = compare(&truth, &result.content);
    println!("{procedure:?} seed {seed}\n{}", table(&lines));
    let of = |outcome| {
        lines
            .iter()
            .filter(|line| line.outcome == outcome)
            .map(|line| line.subject.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Outcome::Accused), Vec::<&str>::new(), "a clean item was accused (seed {seed})");
    assert_eq!(of(Outcome::Missed), Vec::<&str>::new(), "a planted defect was not found (seed {seed})");
    assert_eq!(
        evidence_astray(&truth, &result.content),
        Vec::<String>::new(),
        "evidence opens on a page of the paper it speaks of (seed {seed})"
    );
    for bid in &result.content.bids {
        for proposal in &bid.proposals {
            for piece in &proposal.evidence {
                if let (Some(page), Some(quad)) = (piece.page, piece.quad) {
                    let [left, top, right, bottom] = quad.bounds();
                    assert!(page >= 1 && left < right && top < bottom, "evidence without extent: {piece:?}");
                }
            }
        }
    }
    let report = desk.verify_log(&result.case, &[]).await.expect("the log is read");
    assert!(report.holds(), "the chain verifies: {:?}", report.problems);
    let rebuilt = desk.rebuild(&result.case).await.expect("rebuilds");
    assert!(rebuilt.identical, "projections equal a rebuild");
}

fn further_seeds() -> Vec<u64> {
    if std::env::var_os("COTEJO_FULL").is_none() {
        return Vec::new();
    }
    // Chosen at test time, and printed with the result, so that a failure can be repeated.
    let moment =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(7, |time| time.as_secs());
    (1..=3).map(|step| moment.wrapping_mul(0x9e37_79b9).wrapping_add(step) % 1_000_000).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn subasta_inversa() {
    journey(SampleProcedure::Sie, 1).await;
    for seed in further_seeds() {
        journey(SampleProcedure::Sie, seed).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn licitacion_de_obras() {
    journey(SampleProcedure::Lico, 1).await;
    for seed in further_seeds() {
        journey(SampleProcedure::Lico, seed).await;
    }
}
