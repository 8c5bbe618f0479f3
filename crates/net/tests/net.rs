//! The client against a local server over real TLS.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a test says what it expected")]

use cotejo_domain::ports::Clock;
use cotejo_domain::{Code, FileHash};
use cotejo_net::{Client, NetError, Request, Settings};
use cotejo_simulators::Simulator;
use std::sync::Arc;
use std::time::{Duration, Instant};

struct FixedClock;

impl Clock for FixedClock {
    fn now(&self) -> jiff::Timestamp {
        "2026-11-21T12:00:00Z".parse().expect("a time")
    }
}

fn settings(simulator: &Simulator) -> Settings {
    Settings {
        pace: Duration::from_millis(20),
        timeout: Duration::from_secs(30),
        extra_roots_pem: vec![simulator.authority_pem().into()],
        ..Settings::default()
    }
}

fn client(settings: Settings) -> Client {
    Client::new(settings, Arc::new(FixedClock)).expect("usable settings")
}

#[tokio::test]
async fn an_answer_is_kept_raw_as_evidence() {
    let simulator = Simulator::start().await.expect("starts");
    let answer =
        client(settings(&simulator)).send(&Request::get(simulator.url("hello"))).await.expect("answers");
    assert_eq!((answer.status, answer.text().as_str()), (200, "hola"));
    assert_eq!(answer.sha256, FileHash::of(b"hola"));
    assert_eq!(answer.at, FixedClock.now());
    assert!(
        answer.url.ends_with("/hello") && answer.content_type.as_deref() == Some("text/plain; charset=utf-8")
    );
    let kept = serde_json::to_string(&answer).expect("writes");
    assert_eq!(serde_json::from_str::<cotejo_net::Exchange>(&kept).expect("reads"), answer);
}

#[tokio::test]
async fn an_authority_nobody_trusts_is_refused_at_once() {
    let simulator = Simulator::start().await.expect("starts");
    let strict = client(Settings { extra_roots_pem: Vec::new(), ..settings(&simulator) });
    let error = strict.send(&Request::get(simulator.url("hello"))).await.expect_err("not trusted");
    let NetError::Unreachable { detail, .. } = &error else { panic!("{error:?}") };
    assert!(detail.contains("certificate"), "{detail}");
    assert_eq!(error.code(), Code::UnreadableInput);
    assert!(simulator.requests().is_empty(), "nothing was said to it");
}

#[tokio::test]
async fn offline_sends_nothing() {
    let simulator = Simulator::start().await.expect("starts");
    let offline = client(Settings { offline: true, ..settings(&simulator) });
    let error = offline.send(&Request::get(simulator.url("hello"))).await.expect_err("offline");
    assert_eq!(error, NetError::Offline);
    assert!(simulator.requests().is_empty());
}

#[tokio::test]
async fn what_is_not_https_is_refused_even_by_redirection() {
    let simulator = Simulator::start().await.expect("starts");
    let client = client(settings(&simulator));
    for url in ["http://localhost/", "ftp://localhost/", "no es una dirección"] {
        let error = client.send(&Request::get(url)).await.expect_err("refused");
        assert_eq!(error.code(), Code::WrongUse, "{url}");
    }
    let error = client.send(&Request::get(simulator.url("down"))).await.expect_err("refused");
    assert!(matches!(error, NetError::Unreachable { .. }), "{error:?}");
}

#[tokio::test]
async fn retry_after_is_honoured() {
    let simulator = Simulator::start().await.expect("starts");
    let before = Instant::now();
    let answer =
        client(settings(&simulator)).send(&Request::get(simulator.url("busy"))).await.expect("answers");
    assert_eq!(answer.text(), "por fin");
    assert!(before.elapsed() >= Duration::from_secs(1), "it asked to wait a second");
    assert_eq!(simulator.requests().len(), 2);
}

#[tokio::test]
async fn a_host_that_wants_too_long_a_wait_is_not_waited_for() {
    let simulator = Simulator::start().await.expect("starts");
    let hasty = client(Settings { longest_wait: Duration::from_millis(500), ..settings(&simulator) });
    let error = hasty.send(&Request::get(simulator.url("busy"))).await.expect_err("too long");
    assert_eq!(error, NetError::Busy { host: "localhost".into(), seconds: 1 });
}

#[tokio::test]
async fn a_host_that_keeps_failing_is_left_alone() {
    let simulator = Simulator::start().await.expect("starts");
    let client = client(Settings { tries: 2, failures_before_rest: 2, ..settings(&simulator) });
    for _ in 0..2 {
        let answer =
            client.send(&Request::get(simulator.url("broken"))).await.expect("an error status is an answer");
        assert_eq!(answer.status, 500);
    }
    let error = client.send(&Request::get(simulator.url("hello"))).await.expect_err("left alone");
    assert!(matches!(error, NetError::Resting { .. }), "{error:?}");
    assert_eq!(simulator.requests().len(), 4, "two tries each, then none");
    assert!(!error.message().contains('«') && !error.remedy().is_empty(), "{}", error.message());
}

#[tokio::test]
async fn requests_to_one_host_keep_their_distance() {
    let simulator = Simulator::start().await.expect("starts");
    let client = client(Settings { pace: Duration::from_millis(150), ..settings(&simulator) });
    let before = Instant::now();
    let request = Request::get(simulator.url("hello"));
    let (a, b, c) = tokio::join!(client.send(&request), client.send(&request), client.send(&request));
    assert!(a.is_ok() && b.is_ok() && c.is_ok());
    assert!(before.elapsed() >= Duration::from_millis(300), "three requests are two distances");
}

#[tokio::test]
async fn an_answer_that_does_not_end_is_cut_off() {
    let simulator = Simulator::start().await.expect("starts");
    let client = client(Settings { largest_answer: 100_000, ..settings(&simulator) });
    let error = client.send(&Request::get(simulator.url("endless"))).await.expect_err("too large");
    assert_eq!(error, NetError::TooLarge { host: "localhost".into(), limit: 100_000 });
}

#[tokio::test]
async fn silence_has_its_limit() {
    let simulator = Simulator::start().await.expect("starts");
    let client = client(Settings { timeout: Duration::from_millis(300), ..settings(&simulator) });
    let before = Instant::now();
    let error = client.send(&Request::get(simulator.url("slow"))).await.expect_err("silent");
    assert_eq!(error, NetError::Timeout { host: "localhost".into() });
    // The simulator stays silent for thirty seconds; a busy machine needs some itself.
    assert!(before.elapsed() < Duration::from_secs(15), "{:?}", before.elapsed());
}

#[tokio::test]
async fn a_gateway_that_demands_a_certificate_gets_the_identity_and_nobody_else_does() {
    let simulator = Simulator::start_with_client_certificates().await.expect("starts");
    let nobody = client(Settings { tries: 1, ..settings(&simulator) });
    assert!(nobody.send(&Request::get(simulator.url("hello"))).await.is_err(), "no identity, no answer");
    let identity_pem = Some(simulator.client_identity_pem().to_owned());
    let known = client(Settings { identity_pem, ..settings(&simulator) });
    assert_eq!(known.send(&Request::get(simulator.url("hello"))).await.expect("answers").text(), "hola");
    let wrong = Client::new(
        Settings { identity_pem: Some("nada".into()), ..settings(&simulator) },
        Arc::new(FixedClock),
    );
    assert_eq!(wrong.expect_err("no key in it").code(), Code::MissingHere);
}
