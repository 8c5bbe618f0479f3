//! SERCOP's `.ushay` packages: the container, its tables, and the pliego they describe (manual §3.2).
//!
//! The desktop tool of SERCOP (*Módulo Facilitador de la Contratación*, MFC) writes one file:
//! `info.ushay:` + 40 hexadecimal digits + `sercop` + a ZIP + the file's length in ASCII digits. The ZIP holds `proceso.xml` (tables
//! whose every value is Base64), the attachments, and `zip.info` (the MD5 of every entry). What the 40 digits are made of is not
//! known, so they are not checked; the MD5 list is.
//!
//! - [`open`] takes the container apart, under limits; [`decode_pliego`] turns the tables into a [`cotejo_domain::Pliego`].
//! - [`inventory`] says of every known table what becomes of it. A table that is not known is reported, never dropped in silence.
//! - The bidder's own `.ushay` has not been seen: [`structure_of`] reports its tables and columns without any value, so that the
//!   decoder can be finished from one real file.
//! - [`write`](mod@write) makes such files, for fictional processes.
//!
//! Everything here is pure and returns `(value, findings)`; nothing panics on hostile bytes.

mod container;
mod header;
pub mod inventory;
mod lots;
mod requirements;
mod structure;
mod table;
mod value;
pub mod write;

pub use container::{Limits, UshayContainer, UshayEntry, open, open_within};
pub(crate) use header::{procedure_of_name, procedure_of_prefix};
pub use structure::{TableStructure, structure_of};
pub use table::{Row, Table, Tables, read_tables};
pub use value::{decode_value, encode_value};

use cotejo_domain::{Finding, Pliego, PliegoAttachment, Read, Severity};
use sha2::{Digest, Sha256};

/// Name of the entry that carries the tables.
pub const PROCESS_ENTRY: &str = "proceso.xml";
/// Name of the entry that carries the MD5 list.
pub const INFO_ENTRY: &str = "zip.info";

/// Decodes a pliego from a `.ushay`, or from a bare `proceso.xml`.
///
/// Whatever cannot be read is `None` or absent in the value and stands among the findings, which the pliego carries too.
#[must_use]
pub fn decode_pliego(name: &str, bytes: &[u8]) -> Read<Pliego> {
    let Read { value: container, mut findings } = open(bytes);
    let mut pliego = Pliego::unknown();
    pliego.attachments = container
        .entries
        .iter()
        .filter(|entry| entry.name != PROCESS_ENTRY && entry.name != INFO_ENTRY)
        .map(|entry| PliegoAttachment {
            name: entry.name.clone(),
            sha256: hex::encode(Sha256::digest(&entry.bytes)),
            size: entry.bytes.len() as u64,
            md5_ok: entry.md5_ok,
        })
        .collect();
    match container.entry(PROCESS_ENTRY) {
        Some(entry) => {
            let Read { value: tables, findings: remarks } = read_tables(&entry.bytes);
            findings.extend(remarks);
            fill(&mut pliego, &tables, &container, &mut findings);
        }
        None => findings.push(crate::finding("ushay.no_process", Severity::Error, &[("archivo", name)])),
    }
    pliego.findings.clone_from(&findings);
    Read { value: pliego, findings }
}

fn fill(pliego: &mut Pliego, tables: &Tables, container: &UshayContainer, findings: &mut Vec<Finding>) {
    header::fill(pliego, tables, findings);
    requirements::fill(pliego, tables, findings);
    pliego.lots = lots::read(tables);
    inventory::report_unknown(tables, findings);
    if !container.bare {
        inventory::report_missing_attachments(tables, container, findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_nothing_give_findings_and_no_panic() {
        for bytes in [
            &b""[..],
            b"info.ushay:",
            b"PK\x03\x04",
            b"<CONTENIDO>",
            b"info.ushay:zzzzPK\x03\x04123",
            &[0xff; 300],
        ] {
            let read = decode_pliego("x.ushay", bytes);
            assert!(!read.findings.is_empty(), "{bytes:?} must be remarked upon");
            assert!(read.value.process.code.is_none(), "nothing is invented");
        }
    }
}
