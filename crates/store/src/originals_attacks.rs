//! What somebody with the case's folder could do to its originals, and how it shows. Each test is named after its attack.

use super::*;
use crate::world::ports;

struct Attacked {
    _folder: tempfile::TempDir,
    originals: Originals,
    hash: FileHash,
    bytes: Vec<u8>,
}

/// Three chunks and a half.
fn long(seed: u8) -> Vec<u8> {
    (0..CHUNK * 7 / 2).map(|at| (at % 251) as u8 ^ seed).collect()
}

fn attacked() -> Attacked {
    let folder = tempfile::tempdir().expect("a folder");
    let originals = Originals::new(folder.path().join("originales"), &Key::new([7; 32]));
    let bytes = long(0);
    let hash = originals.put(&ports(1), &bytes).expect("stores");
    Attacked { _folder: folder, originals, hash, bytes }
}

impl Attacked {
    fn change(&self, change: impl FnOnce(&mut Vec<u8>)) {
        let path = self.originals.path(self.hash);
        let mut stored = std::fs::read(&path).expect("reads");
        change(&mut stored);
        std::fs::write(&path, stored).expect("writes");
    }

    fn assert_refused(&self) {
        let code = cotejo_domain::Code::BrokenLog;
        assert_eq!(self.originals.get(self.hash).expect_err("damaged").code(), code);
        assert_eq!(self.originals.prove(self.hash).expect_err("damaged").code(), code);
    }
}

fn chunk_at(index: usize) -> std::ops::Range<usize> {
    let start = HEAD as usize + index * (CHUNK + TAG);
    start..start + CHUNK + TAG
}

#[test]
fn it_is_read_from_any_place_and_lies_on_the_disk_encrypted() {
    let case = attacked();
    assert_eq!(case.originals.get(case.hash).expect("reads").as_slice(), case.bytes);
    let mut reader = case.originals.open(case.hash).expect("opens");
    assert_eq!((reader.size(), reader.hash()), (case.bytes.len() as u64, case.hash));
    for place in [0, 1, CHUNK - 1, CHUNK, 3 * CHUNK + 5, case.bytes.len() - 1] {
        reader.seek(SeekFrom::Start(place as u64)).expect("goes there");
        let mut some = Vec::new();
        reader.by_ref().take(100).read_to_end(&mut some).expect("reads");
        assert_eq!(some, case.bytes[place..case.bytes.len().min(place + 100)], "{place}");
    }
    let stored = std::fs::read(case.originals.path(case.hash)).expect("reads");
    assert!(!stored.windows(32).any(|window| window == &case.bytes[..32]), "nothing stands in clear");
    for size in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK] {
        let hash = case.originals.put(&ports(2), &case.bytes[..size]).expect("stores");
        assert_eq!(case.originals.get(hash).expect("reads").as_slice(), &case.bytes[..size]);
    }
}

#[test]
fn attack_the_end_is_cut_off() {
    for cut in [1, CLOSING, CLOSING + CHUNK / 2 + TAG] {
        let case = attacked();
        case.change(|stored| stored.truncate(stored.len() - cut));
        case.assert_refused();
    }
    // The last chunk goes, and the closing record is put at the new end.
    let case = attacked();
    case.change(|stored| {
        let closing = stored.split_off(stored.len() - CLOSING);
        stored.truncate(chunk_at(3).start);
        stored.extend(closing);
    });
    case.assert_refused();
}

#[test]
fn attack_two_chunks_change_places() {
    let case = attacked();
    case.change(|stored| {
        let (first, second) = (stored[chunk_at(0)].to_vec(), stored[chunk_at(1)].to_vec());
        stored[chunk_at(0)].copy_from_slice(&second);
        stored[chunk_at(1)].copy_from_slice(&first);
    });
    case.assert_refused();
}

#[test]
fn attack_a_chunk_is_repeated_or_left_out() {
    let case = attacked();
    case.change(|stored| {
        let again = stored[chunk_at(1)].to_vec();
        stored.splice(chunk_at(1).start..chunk_at(1).start, again);
    });
    case.assert_refused();
    let case = attacked();
    case.change(|stored| drop(stored.drain(chunk_at(1))));
    case.assert_refused();
}

#[test]
fn attack_a_chunk_comes_from_another_original() {
    let case = attacked();
    let other = case.originals.put(&ports(2), &long(0x55)).expect("stores");
    let foreign = std::fs::read(case.originals.path(other)).expect("reads");
    case.change(|stored| stored[chunk_at(1)].copy_from_slice(&foreign[chunk_at(1)]));
    case.assert_refused();
    let mut reader = case.originals.open(case.hash).expect("its ends are right");
    let mut first = vec![0; CHUNK];
    reader.read_exact(&mut first).expect("the first chunk is untouched");
    assert_eq!(first, case.bytes[..CHUNK]);
    assert!(reader.read(&mut first).is_err(), "the second is not handed out");
}

#[test]
fn attack_another_original_takes_its_name() {
    let case = attacked();
    let other = case.originals.put(&ports(2), &long(0x55)).expect("stores");
    std::fs::copy(case.originals.path(other), case.originals.path(case.hash)).expect("copies");
    case.assert_refused();
}

#[test]
fn attack_the_head_or_the_closing_record_is_edited() {
    for at in [MAGIC.len() + 3, usize::MAX] {
        let case = attacked();
        case.change(|stored| {
            let at = at.min(stored.len() - 1);
            stored[at] ^= 1;
        });
        case.assert_refused();
    }
    let case = attacked();
    case.change(|stored| stored.extend([0; 40]));
    case.assert_refused();
}

#[test]
fn what_a_newer_program_wrote_is_refused_by_name_and_what_an_older_one_wrote_is_read() {
    let case = attacked();
    case.change(|stored| stored[MAGIC.len()] = 9);
    let error = case.originals.get(case.hash).expect_err("not understood");
    assert_eq!(error.key(), "store.newer_schema");
    assert!(error.message().contains('9'), "{}", error.message());

    let bytes = b"una oferta de antes".to_vec();
    let hash = FileHash::of(&bytes);
    let sealed = case.originals.content.seal([1; 24], format!("original {hash}").as_bytes(), &bytes);
    let path = case.originals.path(hash);
    make_folder(path.parent().expect("a folder")).expect("makes");
    let stored = [MAGIC.as_slice(), &[WHOLE], &sealed.expect("seals")].concat();
    std::fs::write(path, stored).expect("writes");
    assert_eq!(case.originals.get(hash).expect("reads").as_slice(), bytes);
    case.originals.prove(hash).expect("proves");
}

#[test]
fn what_is_not_finished_leaves_nothing() {
    let case = attacked();
    let mut writer = case.originals.writer(&ports(3)).expect("begins");
    writer.write_all(&long(3)).expect("takes");
    let there = || std::fs::read_dir(&case.originals.folder).expect("lists").count();
    assert_eq!(there(), 2, "one folder, and what is being written");
    drop(writer);
    assert_eq!(there(), 1);
    std::fs::write(case.originals.folder.join("entrante.1-1.tmp"), b"half").expect("writes");
    case.originals.sweep().expect("sweeps");
    assert_eq!(there(), 1, "a crash's remains go at the next opening");
}
