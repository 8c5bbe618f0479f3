//! A case among colleagues: what was sent and joined, who sits where, and what two machines said differently.

use super::{CellAddress, Password};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Says what to write for a colleague.
#[derive(Clone, Debug, Deserialize, Type)]
pub struct SendOrder {
    /// The file to write.
    pub path: String,
    /// Its password, told to the colleague by another way.
    pub password: Password,
    /// True for what came since the case went; else the whole case.
    pub news: bool,
}

/// Tells what was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SentView {
    /// The file.
    pub path: String,
    /// Its length in bytes.
    pub bytes: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Acts in it.
    pub events: u32,
    /// Individual verdicts among them.
    pub verdicts: u32,
    /// Files in it.
    pub originals: u32,
    /// Fingerprint of this device: what the colleague is to hear by another way.
    pub fingerprint: String,
}

/// Tells what a file is that came, before anything of it is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PackageView {
    /// The case.
    pub case: String,
    /// Its name.
    pub name: String,
    /// True for a whole case.
    pub whole: bool,
    /// True when the case is on this machine.
    pub here: bool,
    /// Fingerprint of the device that signed it.
    pub fingerprint: String,
    /// When it was written.
    pub made_at: String,
    /// Acts in it.
    pub events: u32,
    /// Devices in it that do not write in the case here yet: whoever holds the case compares the fingerprint of each.
    pub strangers: Vec<StrangerView>,
}

/// Names a device that was never seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StrangerView {
    /// The seat that it says is its person's.
    pub seat: String,
    /// Fingerprint of its key.
    pub fingerprint: String,
}

/// Tells who holds a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SeatStateView {
    /// The person at this machine.
    Mine,
    /// A colleague, on a machine of their own.
    Held,
    /// Nobody on a machine of their own yet.
    Free,
}

/// Shows a seat of the commission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SeatRow {
    /// Counts the seats, from 1.
    pub number: u32,
    /// The member.
    pub member: String,
    /// Name.
    pub name: String,
    /// In what capacity.
    pub capacity: String,
    /// Whether it votes.
    pub votes: bool,
    /// Who holds it.
    pub state: SeatStateView,
    /// Fingerprint of the device that holds it.
    pub fingerprint: Option<String>,
    /// Whether that device holds the case.
    pub holds_case: bool,
}

/// Tells which way a file went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DirectionView {
    /// Written here.
    Sent,
    /// The case was made of it here.
    Received,
    /// Its acts were joined here.
    Joined,
}

/// Shows one file that went or came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExchangeRow {
    /// Which way.
    pub direction: DirectionView,
    /// True for a whole case.
    pub whole: bool,
    /// When.
    pub at: String,
    /// Whose device wrote it.
    pub by: String,
    /// Name of the file.
    pub file: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Acts that it brought, or that were new here.
    pub events: u32,
    /// Individual verdicts among them.
    pub verdicts: u32,
    /// Files that it brought, or that were new here.
    pub originals: u32,
}

/// Shows the chain of one device in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ChainRow {
    /// Whose device.
    pub by: String,
    /// How many acts.
    pub count: u32,
    /// The beginning of the head's hash.
    pub head: String,
    /// True for this machine.
    pub here: bool,
}

/// Shows what two machines said differently of one thing, without knowing of each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConflictView {
    /// What they said something of.
    pub about: String,
    /// What each said, the earlier first.
    pub sides: Vec<ConflictSideView>,
}

/// Shows what one of them said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConflictSideView {
    /// Who.
    pub by: String,
    /// When, by the clock of that machine.
    pub at: String,
    /// What, in words; empty where the thing itself has to be looked at.
    pub said: String,
    /// Whether the program goes by it meanwhile.
    pub holds: bool,
}

/// Names a cell on which members differ and nothing is agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DifferingCell {
    /// The cell.
    pub cell: CellAddress,
    /// In words.
    pub name: String,
    /// `1–1`.
    pub count: String,
}

/// Shows the case among colleagues.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ExchangeView {
    /// True when this machine holds the case: what must come one after the other is recorded here.
    pub holds: bool,
    /// Who holds it.
    pub holder: String,
    /// Fingerprint of this device.
    pub fingerprint: String,
    /// True when the person at this machine may write in the case.
    pub may_write: bool,
    /// True when a commission is recorded, so that there are seats to take.
    pub commission: bool,
    /// The seats.
    pub seats: Vec<SeatRow>,
    /// Own acts that were not sent since.
    pub unsent: u32,
    /// What went and came, the newest first.
    pub rows: Vec<ExchangeRow>,
    /// The chains.
    pub chains: Vec<ChainRow>,
    /// What two machines said differently.
    pub conflicts: Vec<ConflictView>,
    /// Cells on which members differ and nothing is agreed.
    pub differing: Vec<DifferingCell>,
}

/// Tells what was joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct JoinedView {
    /// The case.
    pub case: String,
    /// Whose file it was.
    pub by: String,
    /// Acts that were new here.
    pub new: u32,
    /// Acts that were here already.
    pub known: u32,
    /// Individual verdicts among the new ones.
    pub verdicts: u32,
    /// Files that were new here.
    pub originals: u32,
    /// Whose devices write in the case from now on.
    pub admitted: Vec<String>,
    /// Acts about what is no longer there.
    pub outdated: u32,
    /// Own acts that a signature leaves out.
    pub late: u32,
    /// What follows, in words.
    pub notes: Vec<String>,
    /// The case among colleagues, as it is now.
    pub exchange: ExchangeView,
}

/// Tells what was received.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ReceivedView {
    /// The case.
    pub case: String,
    /// Its name.
    pub name: String,
    /// Fingerprint of the device that sent it.
    pub sender: String,
    /// Pieces of machine output that came along.
    pub derived: u32,
    /// The case among colleagues, as it is now.
    pub exchange: ExchangeView,
}
