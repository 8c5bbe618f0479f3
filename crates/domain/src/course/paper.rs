//! What a person writes for a paper that the case does not hold otherwise: an answer to a question, the number of a resolution.

use crate::ActorId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Holds what a person wrote for one paper. Field and list names are those of the paper's kind; what is not given is printed as not recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperData {
    /// Kind of the paper: `preguntas`, `resolucion`.
    pub paper: String,
    /// Which one, where a case has several of a kind: the member of a declaration, the claim that is answered; empty otherwise.
    pub about: String,
    /// The fields, by name.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// The rows of the lists, by name of the list; each row holds its fields by name.
    #[serde(default)]
    pub lists: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    /// Whose word it is.
    pub author: ActorId,
    /// When, in UTC.
    pub at: jiff::Timestamp,
}
