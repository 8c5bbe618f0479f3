//! Measures text with boxes: `pages_per_second LIBRARY FILE…` reads every page of the files, without OCR, and prints one JSON object.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use cotejo_reader::{Event, Options, Reader};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let Some(library) = arguments.next() else {
        eprintln!("pages_per_second LIBRARY FILE…");
        return ExitCode::from(2);
    };
    let reader = match Reader::start(&library, None) {
        Ok(reader) => reader,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(3);
        }
    };
    let files: Vec<Vec<u8>> = arguments.filter_map(|path| std::fs::read(path).ok()).collect();
    let (mut pages, mut words, mut letters) = (0usize, 0usize, 0usize);
    let started = Instant::now();
    for bytes in &files {
        reader.read_pdf(bytes, &Options::default(), &mut |event| {
            if let Event::Page(page) = event {
                pages += 1;
                words += page.words.len();
                letters += page.words.iter().map(|word| word.text.chars().count()).sum::<usize>();
            }
        });
    }
    let seconds = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a number of pages")]
    let rate = pages as f64 / seconds;
    println!(
        "{{\"files\":{},\"pages\":{pages},\"words\":{words},\"letters\":{letters},\"seconds\":{seconds:.3},\"pages_per_second\":{rate:.1}}}",
        files.len()
    );
    ExitCode::SUCCESS
}
