//! Timestamps from a local authority over real HTTP (`openssl ts` behind Python's server): what is taken, what is refused, and what pyHanko and
//! our own verifier say of the signed file.
#![expect(clippy::expect_used, clippy::print_stdout, reason = "helpers of tests")]

#[path = "../../signing/tests/support/mod.rs"]
mod support;

use cotejo_domain::{Integrity, SignatureVerdict, TimeSource};
use cotejo_signature_verify::{Options, verify_pdf};
use cotejo_signing::{SigningError, SigningOptions, SubFilter, sign_pdf_with_timestamp};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use support::{certificate, classic_pdf, modern_pdf, now, pdfsig, pyhanko};

struct Authority {
    server: Child,
    port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Authority {
    fn drop(&mut self) {
        // It listens until it is ended.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Authority {
    fn start() -> Option<Self> {
        let Some(python) = std::env::var_os("COTEJO_PYTHON") else {
            println!("skipped: the tests' Python is not here");
            return None;
        };
        let folder = tempfile::tempdir().expect("a folder");
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("timestamp_authority.py");
        let mut server = Command::new(python)
            .arg(script)
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .expect("starts");
        let mut line = String::new();
        BufReader::new(server.stdout.take().expect("piped")).read_line(&mut line).expect("says its port");
        let port = line.trim().parse().expect("a port");
        Some(Self { server, port, folder })
    }

    fn root(&self) -> Vec<u8> {
        std::fs::read(self.folder.path().join("root.der")).expect("reads")
    }

    fn ask(&self, path: &str, request: &[u8]) -> Result<Vec<u8>, String> {
        let post = || -> std::io::Result<Vec<u8>> {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
            let head = format!(
                "POST {path} HTTP/1.0\r\nContent-Type: application/timestamp-query\r\nContent-Length: {}\r\n\r\n",
                request.len()
            );
            stream.write_all(head.as_bytes())?;
            stream.write_all(request)?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer)?;
            Ok(answer)
        };
        let answer = post().map_err(|error| error.to_string())?;
        let body = answer.windows(4).position(|window| window == b"\r\n\r\n").ok_or("no body")?;
        Ok(answer[body + 4..].to_vec())
    }
}

#[test]
fn a_signature_with_a_timestamp_holds_for_pyhanko_for_pdfsig_and_for_us() {
    let Some(authority) = Authority::start() else { return };
    let (demo, keystore) = certificate("ROSA PERALTA");
    for (label, document, sub_filter) in [
        ("classic", classic_pdf(2, true), SubFilter::Pkcs7Detached),
        ("modern", modern_pdf(2, true), SubFilter::CadesDetached),
    ] {
        let mut options = SigningOptions::at(now());
        options.sub_filter = sub_filter;
        let signed = sign_pdf_with_timestamp(&document, &keystore, &options, &mut |request| {
            authority.ask("/", request)
        })
        .expect("signs");
        assert_eq!(signed[..document.len()], document[..], "{label}: every earlier byte stays");
        let trusted =
            Options { anchors: vec![demo.authority.clone(), authority.root()], ..Options::default() };
        let reading = &verify_pdf(&signed, &trusted).value[0];
        assert_eq!(reading.verdict, SignatureVerdict::Valid, "{label}: {reading:?}");
        assert_eq!((reading.level.as_str(), reading.time_source), ("B-T", TimeSource::Timestamp), "{label}");
        let known = Options { anchors: vec![demo.authority.clone()], ..Options::default() };
        let reading = &verify_pdf(&signed, &known).value[0];
        assert_eq!(
            reading.time_source,
            TimeSource::Declared,
            "{label}: an authority nobody trusts gives no time"
        );

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("signed.pdf");
        std::fs::write(&path, &signed).expect("writes");
        let (own, theirs) = (folder.path().join("own.der"), folder.path().join("theirs.der"));
        std::fs::write(&own, &demo.authority).expect("writes");
        std::fs::write(&theirs, authority.root()).expect("writes");
        if let Some(opinions) = pyhanko(&path, &[&own, &theirs]) {
            assert!(opinions[0].has("bottom_line", "true"), "{label}: {opinions:?}");
        }
        if let Some(report) = pdfsig(&path) {
            assert!(report.contains("Signature is Valid."), "{label}: {report}");
        }
    }
}

#[test]
fn attack_the_authority_answers_with_another_timestamp() {
    let Some(authority) = Authority::start() else { return };
    let (_, keystore) = certificate("ROSA PERALTA");
    let options = SigningOptions::at(now());
    let mut first = None;
    sign_pdf_with_timestamp(&classic_pdf(1, false), &keystore, &options, &mut |request| {
        let answer = authority.ask("/", request)?;
        first = Some(answer.clone());
        Ok(answer)
    })
    .expect("signs");
    let old = first.expect("an answer");
    let replayed =
        sign_pdf_with_timestamp(&classic_pdf(2, false), &keystore, &options, &mut |_| Ok(old.clone()));
    assert!(matches!(replayed, Err(SigningError::Timestamp { .. })), "{replayed:?}");
    for answer in [Vec::new(), vec![0; 20], b"<html>404</html>".to_vec(), vec![0x30; 100_000]] {
        let refused =
            sign_pdf_with_timestamp(&classic_pdf(1, false), &keystore, &options, &mut |_| Ok(answer.clone()));
        assert!(matches!(refused, Err(SigningError::Timestamp { .. })), "{refused:?}");
    }
    let refused = sign_pdf_with_timestamp(&classic_pdf(1, false), &keystore, &options, &mut |request| {
        authority.ask("/rechazo", request)
    });
    assert!(matches!(refused, Err(SigningError::Timestamp { .. })), "an answer that refuses: {refused:?}");
}

#[test]
fn attack_a_timestamp_is_moved_to_another_signature() {
    let Some(authority) = Authority::start() else { return };
    let (demo, keystore) = certificate("ROSA PERALTA");
    let options = SigningOptions::at(now());
    let sign = |pages| {
        let mut ask = |request: &[u8]| authority.ask("/", request);
        sign_pdf_with_timestamp(&classic_pdf(pages, false), &keystore, &options, &mut ask).expect("signs")
    };
    let token = |signed: &[u8]| {
        // `id-aa-timeStampToken` in hexadecimal, and what follows in the signature's value.
        let mark = b"060b2a864886f70d010910020e";
        let at = signed.windows(mark.len()).rposition(|window| window == mark).expect("a timestamp");
        (at, signed[at..at + 2000].to_vec())
    };
    let (mut one, other) = (sign(1), sign(2));
    let (place, (_, strange)) = (token(&one).0, token(&other));
    one[place..place + strange.len()].copy_from_slice(&strange);
    let trusted = Options { anchors: vec![demo.authority.clone(), authority.root()], ..Options::default() };
    let reading = &verify_pdf(&one, &trusted).value[0];
    assert_ne!(reading.verdict, SignatureVerdict::Valid, "{reading:?}");
    assert_ne!(reading.time_source, TimeSource::Timestamp, "{reading:?}");
    assert_eq!(reading.integrity, Integrity::Ok, "what is signed was not touched");
}
