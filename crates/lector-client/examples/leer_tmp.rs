//! Temporary.
#![allow(clippy::all, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]
use cotejo_lector_client::*;
use cotejo_lector_protocol::ReadOptions;
fn main() {
    let text = std::env::var_os("TEXTO").is_some();
    let l = Lector::new(Resources::discover().unwrap(), Settings::default());
    let c = Cancel::new();
    for f in std::env::args().skip(1) {
        let b = std::fs::read(&f).unwrap();
        let t = std::time::Instant::now();
        let r = l.read(&f, &b, &ReadOptions { ocr: true, pages: vec![] }, &c, &mut |_| {}).unwrap();
        let mut st = std::collections::BTreeMap::new();
        for p in &r.pages { *st.entry(format!("{:?}", p.status)).or_insert(0) += 1; }
        let w: usize = r.pages.iter().map(|p| p.words.len()).sum();
        println!("{} | {} | {} pages {:?} {} words {} tables {} sigs {:.2}s", f.rsplit('/').next().unwrap(), r.media_type.rsplit('/').next().unwrap(), r.pages.len(), st, w, r.tables.len(), r.signatures.len(), t.elapsed().as_secs_f64());
        let mut fc = std::collections::BTreeMap::new();
        for x in &r.findings { *fc.entry((x.code.clone(), if x.code=="pdf.text_outside" {String::new()} else {x.message.clone()})).or_insert(0) += 1; }
        for ((k, m), n) in fc { println!("    {k} x{n} {m}"); }
        if text { for p in &r.pages { println!("--- {} {:?} {}x{} r{}", p.number, p.status, p.width, p.height, p.rotation); println!("{}", p.text()); } }
        if let Some(dir) = std::env::var_os("SALIDA") { let t: Vec<String> = r.pages.iter().map(|p| p.text()).collect(); std::fs::write(std::path::Path::new(&dir).join(format!("{}.txt", f.rsplit('/').next().unwrap())), t.join("\n\u{c}\n")).unwrap(); }
    }
}
