//! The evidence viewer: one file, no network, nothing of a bid runs in it, every change shows.
#![expect(clippy::expect_used, reason = "a test may stop at the first surprise")]

use cotejo_domain::Quad;
use cotejo_reports::{ChainEnd, ViewedPiece, ViewerPage, chain, crop_page, viewer};

fn piece(number: u32, quote: &str) -> ViewedPiece {
    let mut page = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(120, 160, image::Rgb([255, 255, 255]))
        .write_to(&mut page, image::ImageFormat::Png)
        .expect("writes");
    let crop = crop_page(page.get_ref(), 1.0, &[Quad::upright(10.0, 20.0, 60.0, 30.0)]).expect("crops");
    ViewedPiece {
        number,
        bidder: "1. Compañía Ficticia S.A.".into(),
        requirement: "Presentación y compromiso".into(),
        verdict: "Cumple".into(),
        file: "oferta.pdf".into(),
        file_sha256: "ab".repeat(32),
        place: "p. 3".into(),
        quote: quote.into(),
        crop: Some(crop),
    }
}

fn page() -> ViewerPage {
    ViewerPage {
        title: "Evidencias".into(),
        lines: vec!["Entidad de Ejemplo".into()],
        ends: vec![ChainEnd { device: "equipo".into(), count: 3, head: "cd".repeat(32) }],
    }
}

#[test]
fn every_link_depends_on_all_before_it() {
    let pieces = [piece(1, "uno"), piece(2, "dos"), piece(3, "tres")];
    let links = chain(&pieces);
    let changed = chain(&[piece(1, "otro"), piece(2, "dos"), piece(3, "tres")]);
    assert_eq!(links.len(), 3);
    assert!(links.iter().zip(&changed).all(|(a, b)| a != b), "a change shows to the end");
    let left_out = chain(&[piece(1, "uno"), piece(3, "tres")]);
    assert_ne!(links.last(), left_out.last(), "a piece that is left out shows");
    let mut judged = pieces.clone();
    judged[2].verdict = "No cumple".into();
    assert_ne!(links.last(), chain(&judged).last(), "what it was evidence of is part of it");
}

#[test]
fn the_viewer_loads_and_sends_nothing() {
    let html = String::from_utf8(viewer(&page(), &[piece(1, "uno")]).expect("writes")).expect("text");
    assert!(html.contains("default-src 'none'") && html.contains("form-action 'none'"));
    for source in
        ["http://", "https://", "src=\"", "href=", "url(", "@import", "fetch(", "XMLHttpRequest", "WebSocket"]
    {
        // The name of the SVG elements is no address that anything is loaded from.
        let without = html.replace("http://www.w3.org/2000/svg", "");
        assert!(!without.contains(source), "{source}");
    }
    if let Some(folder) = std::env::var_os("COTEJO_GUARDAR") {
        std::fs::write(std::path::Path::new(&folder).join("visor.html"), html).expect("writes");
    }
}

#[test]
fn attack_a_quote_that_ends_the_script_is_only_words() {
    let hostile = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)>";
    let mut shown = piece(1, hostile);
    shown.file = hostile.into();
    let mut around = page();
    around.title = hostile.into();
    let html = String::from_utf8(viewer(&around, &[shown]).expect("writes")).expect("text");
    assert_eq!(html.matches("<script").count(), 2, "the data and our own script, no other");
    assert_eq!(html.matches("</script").count(), 2);
    assert!(!html.contains("<img") && !html.contains("<!--"), "nothing of it is markup");
}
