//! Mails written by hand.

use super::*;
use crate::cfb::tests::compound;
use crate::package::{Piece, unpack};

const MAIL: &str = "From: =?utf-8?Q?Compa=C3=B1=C3=ADa?= <oferta@ejemplo.ec>\r\nTo: Entidad <compras@ejemplo.gob.ec>\r\n\
Subject: Oferta\r\nDate: Mon, 2 Nov 2026 10:00:00 -0500\r\nMIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\r\nAdjuntamos la oferta econ=F3mica.\r\n--x\r\n\
Content-Type: application/pdf; name=\"oferta.pdf\"\r\nContent-Disposition: attachment; filename=\"../oferta.pdf\"\r\n\
Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjc=\r\n--x\r\nContent-Type: message/rfc822\r\n\r\n\
From: a@b.ec\r\nSubject: Dentro\r\n\r\nhola\r\n--x--\r\n";

fn opened(name: &str, bytes: &[u8]) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let (mut entries, mut codes) = (Vec::new(), Vec::new());
    unpack(name, bytes, cotejo_lector_protocol::IntakeLimits::default(), &mut |piece| match piece {
        Piece::Entry(entry, content) => entries.push((entry.path, content.to_vec())),
        Piece::Finding(finding) => codes.push(finding.code),
    });
    (entries, codes)
}

#[test]
fn heads_text_and_attachments_of_a_mail_are_read() {
    assert_eq!(media::detect(MAIL.as_bytes()), media::EML);
    let text = read(media::EML, MAIL.as_bytes()).value.pages[0].text();
    assert!(
        text.starts_with("De: Compañía <oferta@ejemplo.ec>\nPara: Entidad <compras@ejemplo.gob.ec>"),
        "{text}"
    );
    assert!(text.contains("Adjuntamos la oferta económica."), "{text}");
    let (entries, codes) = opened("m.eml", MAIL.as_bytes());
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["oferta.pdf", "Dentro.eml"], "{codes:?}");
    assert_eq!(entries[0].1, b"%PDF-1.7");
}

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn message() -> Vec<u8> {
    let mut fixed = vec![0u8; 32];
    fixed.extend_from_slice(&0x0039_0040u32.to_le_bytes());
    fixed.extend_from_slice(&[6, 0, 0, 0]);
    let ticks = (1_793_620_800u64 + 11_644_473_600) * 10_000_000;
    fixed.extend_from_slice(&ticks.to_le_bytes());
    let mut inner = vec![0u8; 24];
    inner.extend_from_slice(&[0; 16]);
    compound(&[
        ("/__properties_version1.0", &fixed),
        ("/__substg1.0_0037001F", &wide("Oferta económica")),
        ("/__substg1.0_0C1A001E", b"Compa\xf1\xeda"),
        ("/__substg1.0_1000001F", &wide("Adjuntamos la oferta.\r\nSaludos")),
        ("/__attach_version1.0_#00000000/__substg1.0_3707001F", &wide("oferta.pdf")),
        ("/__attach_version1.0_#00000000/__substg1.0_37010102", b"%PDF-1.7"),
        ("/__attach_version1.0_#00000001/__substg1.0_3701000D/__properties_version1.0", &inner),
        (
            "/__attach_version1.0_#00000001/__substg1.0_3701000D/__substg1.0_1000001F",
            &wide("texto de dentro"),
        ),
    ])
}

#[test]
fn an_outlook_message_with_one_inside_is_read() {
    let bytes = message();
    assert_eq!(media::detect(&bytes), media::MSG);
    let text = read(media::MSG, &bytes).value.pages[0].text();
    for part in
        ["De: Compañía", "Asunto: Oferta económica", "2026-11-02", "Adjuntamos la oferta.", "texto de dentro"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    let (entries, _) = opened("m.msg", &bytes);
    assert_eq!(entries, [("oferta.pdf".to_string(), b"%PDF-1.7".to_vec())]);
}

#[test]
fn truncated_and_mutated_mails_never_panic() {
    let outlook_bytes = message();
    for bytes in [MAIL.as_bytes(), &outlook_bytes] {
        let kind = media::detect(bytes);
        (0..bytes.len()).step_by(61).for_each(|end| drop(read(kind, &bytes[..end])));
        let mut state = 13u64;
        for _ in 0..1_000 {
            let mut copy = bytes.to_vec();
            for _ in 0..4 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let at = usize::try_from(state >> 33).expect("fits") % copy.len();
                copy[at] = state.to_le_bytes()[7];
            }
            let _ = read(kind, &copy);
        }
    }
}
