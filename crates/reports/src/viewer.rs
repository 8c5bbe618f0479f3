//! The evidence viewer: one HTML file that anybody opens, without network, to see what each result rests on and to check its hashes.
//!
//! Each piece is linked to the one before: its link is the SHA-256 of the link before and of what the piece states. The browser computes every
//! hash anew, of the images in the file and of the chain, and compares them with what stands in it; the end of the chain is printed in the annex of
//! evidence and in the index of the expediente, which are signed. The page may load and send nothing (content security policy).

use crate::pictures::MarkedPage;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cotejo_catalogue::message;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Holds one piece of evidence for the viewer.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ViewedPiece {
    /// Its number.
    pub number: u32,
    /// Bidder.
    pub bidder: String,
    /// What it is evidence of.
    pub requirement: String,
    /// The verdict it supports.
    pub verdict: String,
    /// Path of the file.
    pub file: String,
    /// SHA-256 of the file.
    pub file_sha256: String,
    /// Page or place, in words.
    pub place: String,
    /// The words there.
    pub quote: String,
    /// The crop of the page; `None` where the place is no page.
    #[serde(skip)]
    pub crop: Option<MarkedPage>,
}

/// Says where a log ended when the viewer was made.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChainEnd {
    /// Device.
    pub device: String,
    /// How many acts.
    pub count: u64,
    /// Hash of the last one.
    pub head: String,
}

/// Holds what the page says around the pieces.
#[derive(Clone, Debug, Default)]
pub struct ViewerPage {
    /// Title.
    pub title: String,
    /// Process code, entity and when it was made, each a line.
    pub lines: Vec<String>,
    /// Ends of the logs.
    pub ends: Vec<ChainEnd>,
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn image_hash(piece: &ViewedPiece) -> String {
    piece.crop.as_ref().map_or_else(String::new, |crop| hex(&crop.image.bytes))
}

/// Returns the links of the chain over the pieces, one each: SHA-256 of the lines *link before, number, bidder, requirement, verdict, file, hash of
/// the file, place, quote, hash of the crop*, joined by line feeds.
#[must_use]
pub fn chain(pieces: &[ViewedPiece]) -> Vec<String> {
    let mut before = String::new();
    pieces
        .iter()
        .map(|piece| {
            let lines = [
                before.as_str(),
                &piece.number.to_string(),
                &piece.bidder,
                &piece.requirement,
                &piece.verdict,
                &piece.file,
                &piece.file_sha256,
                &piece.place,
                &piece.quote,
                &image_hash(piece),
            ];
            before = hex(lines.join("\n").as_bytes());
            before.clone()
        })
        .collect()
}

#[derive(Serialize)]
struct Entry<'a> {
    #[serde(flatten)]
    piece: &'a ViewedPiece,
    crop_sha256: String,
    link: String,
    image: Option<String>,
    width: u32,
    height: u32,
    quads: Vec<[f64; 8]>,
}

/// Writes the viewer.
///
/// # Errors
/// When the pieces cannot be serialised.
pub fn viewer(page: &ViewerPage, pieces: &[ViewedPiece]) -> Result<Vec<u8>, serde_json::Error> {
    const SCRIPT: &str = include_str!("../templates/visor.js");
    const LOOK: &str = include_str!("../templates/visor.css");
    let links = chain(pieces);
    let entries: Vec<Entry<'_>> = pieces
        .iter()
        .zip(links)
        .map(|(piece, link)| {
            let crop = piece.crop.as_ref();
            Entry {
                piece,
                crop_sha256: image_hash(piece),
                link,
                image: crop.map(|crop| STANDARD.encode(&crop.image.bytes)),
                width: crop.map_or(0, |crop| crop.image.width),
                height: crop.map_or(0, |crop| crop.image.height),
                quads: crop.map_or_else(Vec::new, |crop| crop.quads.iter().map(|quad| quad.0).collect()),
            }
        })
        .collect();
    let say = |key: &str| (key.to_owned(), message(&format!("reports.viewer.{key}"), &[]));
    let words: std::collections::BTreeMap<String, String> = [
        "checking",
        "good",
        "bad",
        "image_good",
        "image_bad",
        "link_good",
        "link_bad",
        "no_image",
        "file",
        "place",
        "quote",
        "file_hash",
        "crop_hash",
        "link",
        "ends",
        "device",
        "acts",
        "head",
        "by_hand",
        "pieces",
        "filter",
    ]
    .map(say)
    .into();
    let data = serde_json::json!({ "title": page.title, "lines": page.lines, "ends": page.ends, "words": words, "pieces": entries });
    // Within a script element only `<` could end it early.
    let data = serde_json::to_string(&data)?.replace('<', "\\u003c");
    let policy = |source: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(source.as_bytes())));
    let title = crate::docx::escaped(&page.title);
    let without = crate::docx::escaped(&message("reports.viewer.no_script", &[]));
    let html = format!(
        "<!doctype html>\n<html lang=\"es-EC\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src {}; script-src {}; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{LOOK}</style>\n</head>\n<body>\n<noscript>{without}</noscript>\n<script type=\"application/json\" id=\"datos\">{data}</script>\n<main id=\"visor\"></main>\n<script>{SCRIPT}</script>\n</body>\n</html>\n",
        policy(LOOK),
        policy(SCRIPT),
    );
    Ok(html.into_bytes())
}
