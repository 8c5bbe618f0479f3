//! The `cotejo` scheme: images of pages, rendered by the reader in its jail, so that a bidder's file never reaches the web view.
//!
//! `pagina/<case>/<sha256>/<page>/<scale>` and `acta/<case>/<sha256>/<page>/<scale>`; the scale is in hundredths (100 = 72 dots
//! an inch). The hash in the path of an acta only tells its drafts apart. `papel/…` is of a document of ours, named by its hash.

use crate::shell::Shell;
use cotejo_casework::view::{ErrorCode, ErrorView};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager as _, UriSchemeContext, UriSchemeResponder, Wry};

/// Name of the scheme.
pub(crate) const SCHEME: &str = "cotejo";
const LEAST_SCALE: f64 = 0.05;
const MOST_SCALE: f64 = 4.0;
const KEPT_IMAGES: usize = 48;

/// Says which image is wanted.
#[derive(Clone, Debug, PartialEq)]
enum Wanted {
    Page { case: String, file: String, page: u32, scale: f64 },
    Acta { case: String, page: u32, scale: f64 },
    Paper { case: String, sha256: String, page: u32, scale: f64 },
}

impl Wanted {
    fn parse(path: &str) -> Option<Self> {
        let path = path.trim_start_matches('/').replace("%2F", "/");
        let parts: Vec<&str> = path.split('/').collect();
        // A further part only tells apart images of the same page: it was turned, or its file unlocked.
        let ([kind, case, file, page, scale] | [kind, case, file, page, scale, _]) = parts.as_slice() else {
            return None;
        };
        let plain =
            |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !plain(case) || !plain(file) {
            return None;
        }
        let page = page.parse().ok().filter(|page| *page > 0)?;
        let scale = (f64::from(scale.parse::<u32>().ok()?) / 100.0).clamp(LEAST_SCALE, MOST_SCALE);
        match *kind {
            "pagina" => Some(Self::Page { case: (*case).into(), file: (*file).into(), page, scale }),
            "papel" => Some(Self::Paper { case: (*case).into(), sha256: (*file).into(), page, scale }),
            "acta" => Some(Self::Acta { case: (*case).into(), page, scale }),
            _ => None,
        }
    }
}

/// Keeps the last images, so that going back a page does not start the reader again.
#[derive(Default)]
pub(crate) struct ImageCache(Mutex<VecDeque<(String, Arc<Vec<u8>>)>>);

impl ImageCache {
    fn get(&self, key: &str) -> Option<Arc<Vec<u8>>> {
        let mut images = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let position = images.iter().position(|(candidate, _)| candidate == key)?;
        let entry = images.remove(position)?;
        let image = Arc::clone(&entry.1);
        images.push_back(entry);
        Some(image)
    }

    fn put(&self, key: String, image: Arc<Vec<u8>>) {
        let mut images = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if images.len() >= KEPT_IMAGES {
            images.pop_front();
        }
        images.push_back((key, image));
    }
}

/// Answers a request for an image.
pub(crate) fn serve(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let answer = match image(&shell, request.uri().path()).await {
            Ok(image) => respond(StatusCode::OK, "image/png", image.as_ref().clone()),
            Err(None) => respond(StatusCode::BAD_REQUEST, "text/plain", Vec::new()),
            Err(Some(error)) => {
                let status = if error.code == ErrorCode::NotFound {
                    StatusCode::NOT_FOUND
                } else {
                    StatusCode::INTERNAL_SERVER_ERROR
                };
                respond(status, "text/plain; charset=utf-8", error.message.into_bytes())
            }
        };
        responder.respond(answer);
    });
}

async fn image(shell: &Shell, path: &str) -> Result<Arc<Vec<u8>>, Option<ErrorView>> {
    let wanted = Wanted::parse(path).ok_or(None)?;
    if let Some(image) = shell.images.get(path) {
        return Ok(image);
    }
    let desk = shell.desk().map_err(Some)?;
    let image = match &wanted {
        Wanted::Page { case, file, page, scale } => desk.page_image(case, file, *page, *scale).await,
        Wanted::Acta { case, page, scale } => desk.acta_image(case, *page, *scale).await,
        Wanted::Paper { case, sha256, page, scale } => desk.paper_image(case, sha256, *page, *scale).await,
    };
    let image = Arc::new(image.map_err(|error| Some(error.into()))?);
    shell.images.put(path.into(), Arc::clone(&image));
    Ok(image)
}

fn respond(status: StatusCode, kind: &str, body: Vec<u8>) -> Response<Vec<u8>> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(kind) = header::HeaderValue::from_str(kind) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_case_hash_number_and_scale() {
        assert_eq!(
            Wanted::parse("/pagina/0190-aa/e3b0/3/150"),
            Some(Wanted::Page { case: "0190-aa".into(), file: "e3b0".into(), page: 3, scale: 1.5 }),
            "hundredths become the scale"
        );
        assert_eq!(
            Wanted::parse("/acta%2F0190%2Fe3b0%2F1%2F9999"),
            Some(Wanted::Acta { case: "0190".into(), page: 1, scale: MOST_SCALE }),
            "an encoded path is the same path, and the scale has a ceiling"
        );
        assert_eq!(
            Wanted::parse("/pagina/0190-aa/e3b0/3/150/90"),
            Wanted::parse("/pagina/0190-aa/e3b0/3/150"),
            "a turn only tells images apart"
        );
    }

    #[test]
    fn a_document_of_ours_is_named_by_its_hash() {
        let wanted = Wanted::Paper { case: "0190".into(), sha256: "e3b0".into(), page: 2, scale: 1.0 };
        assert_eq!(Wanted::parse("/papel/0190/e3b0/2/100"), Some(wanted));
    }

    #[test]
    fn a_path_that_climbs_is_refused() {
        for hostile in [
            "/pagina/../e3b0/1/100",
            "/pagina/a/..%2F..%2Fetc/1/100",
            "/pagina/a/b/0/100",
            "/otro/a/b/1/100",
            "/pagina/a/b/1/100/0/0",
        ] {
            assert_eq!(Wanted::parse(hostile), None, "{hostile}");
        }
    }

    #[test]
    fn the_cache_forgets_the_oldest() {
        let cache = ImageCache::default();
        for number in 0..=KEPT_IMAGES {
            cache.put(number.to_string(), Arc::new(Vec::new()));
        }
        assert!(cache.get("0").is_none(), "the first one made room");
        assert!(cache.get("1").is_some(), "the second one is still there");
    }
}
