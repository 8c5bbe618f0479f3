//! The ways services fail.

use crate::server::Requests;
use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;

fn times(requests: &Requests, path: &str) -> usize {
    requests.lock().map(|requests| requests.iter().filter(|asked| *asked == path).count()).unwrap_or(0)
}

/// Answers 429 with `Retry-After: 1` the first time.
async fn busy(State(requests): State<Requests>) -> Response {
    if times(&requests, "/busy") < 2 {
        return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, "1")], "<html>429</html>")
            .into_response();
    }
    "por fin".into_response()
}

/// Always fails.
async fn broken() -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "error").into_response()
}

/// Sends more than anybody wants, without saying how much.
async fn endless() -> Response {
    let chunk = vec![b'x'; 64 * 1024];
    let body: Vec<u8> = chunk.iter().copied().cycle().take(8 * 1024 * 1024).collect();
    Body::from(body).into_response()
}

/// Answers after a long while.
async fn slow() -> &'static str {
    tokio::time::sleep(std::time::Duration::from_secs(30)).await;
    "tarde"
}

async fn hello() -> &'static str {
    "hola"
}

async fn down() -> Redirect {
    Redirect::temporary("http://localhost:1/sin-cifrar")
}

pub(crate) fn routes(requests: Requests) -> Router {
    Router::new()
        .route("/busy", get(busy))
        .route("/broken", get(broken))
        .route("/endless", get(endless))
        .route("/slow", get(slow))
        .route("/hello", get(hello))
        .route("/down", get(down))
        .with_state(requests)
}
