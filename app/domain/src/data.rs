//! Everything that is held about a resident, in a form to read and to carry elsewhere, and what may be deleted.

use serde::{Deserialize, Serialize};

use crate::cases::Flash;

/// A name with its value, in words.
pub type Fact = (String, String);

/// All of it. As JSON it is the copy that a resident may take along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataCopy {
    /// `2026-11-23T01:00:00Z`
    pub made: String,
    pub account: Vec<Fact>,
    pub household: Vec<Fact>,
    pub documents: Vec<Fact>,
    pub mandates: Vec<Fact>,
    pub consents: Vec<Fact>,
    pub drafts: Vec<DataPart>,
    pub cases: Vec<DataPart>,
}

/// A draft or a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataPart {
    /// Of a case.
    pub number: String,
    pub item: String,
    pub state: String,
    /// Until when it is kept, and why.
    pub kept: String,
    pub answers: Vec<Fact>,
    pub files: Vec<String>,
    pub messages: Vec<Fact>,
    pub notices: Vec<String>,
    /// What happened, the first first.
    pub events: Vec<Fact>,
}

/// The page about one's data: what can be asked for. The data itself is read on a page of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataHome {
    pub cases: Vec<KeptCase>,
    /// The name was proven.
    pub real: bool,
    pub flash: Flash,
}

/// A case that the law keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCase {
    pub number: String,
    pub item: String,
    /// Until when, and what then.
    pub kept: String,
}
