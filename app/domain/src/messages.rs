//! What residents and offices write to each other about a case, and the private notes of an office.

use serde::{Deserialize, Serialize};

use crate::cases::FileView;

/// Working days within which an office answers (48 hours).
pub const ANSWER_DAYS: u32 = 2;
/// Longest message, in characters.
pub const TEXT_MAX: usize = 500;
/// So many messages of a resident may wait for an answer at once.
pub const WAITING_MAX: usize = 5;
/// So many files may come with one message.
pub const FILES_MAX: usize = 3;

/// A message or a note, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    pub from_resident: bool,
    /// The office; for workers of an office with the name.
    pub who: String,
    /// Empty when files alone were sent.
    pub text: String,
    pub files: Vec<FileView>,
    /// `11月22日 15:04`
    pub time: String,
    /// Of the resident, and not answered in time.
    pub late: bool,
}

/// What is written about a case, the oldest first, and who may write.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    pub messages: Vec<MessageView>,
    pub may_write: bool,
}
