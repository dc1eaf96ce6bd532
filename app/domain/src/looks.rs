//! Who has looked at a resident's data: rows of the audit as the resident sees them, and questions about them.

use serde::{Deserialize, Serialize};

use crate::audit::Deed;
use crate::cases::Flash;
use crate::forms::{Definition, Field, Kind};

/// So many characters for a question, and for its answer.
pub const WORDS_MAX: usize = 500;
/// So many questions of one resident may wait for an answer.
pub const WAITING_MAX: usize = 10;

/// One deed on the resident's data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookEntry {
    pub chain: i32,
    pub seq: i64,
    /// `11月22日 15:04`
    pub time: String,
    /// Machine-readable time.
    pub datetime: String,
    /// The office, or 系统.
    pub who: String,
    pub deed: String,
    /// What it was about: the item and its number. Empty for the account.
    pub about: String,
    pub why: String,
    /// What the resident asked about it, and the answer; empty for none.
    pub question: String,
    pub answer: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LooksView {
    /// Of others, the last first.
    pub others: Vec<LookEntry>,
    /// The resident's own.
    pub own: Vec<LookEntry>,
    /// Where the next page begins; empty on the last.
    pub next: String,
    pub flash: Flash,
}

/// What a resident asks about an entry.
pub fn question_form() -> Definition {
    let hint = "审计人员会去核实，几天内在这里答复您。";
    Definition::of_fields(
        "question",
        vec![Field::new("words", "您想问什么？", hint, Kind::LongText { max: WORDS_MAX })],
    )
}

/// Why somebody did it, when the row itself does not say.
pub fn usual_reason(deed: Deed, by_worker: bool) -> &'static str {
    match (deed.is_look(), by_worker) {
        (_, false) => "",
        (true, true) => "办理这件事时要看",
        (false, true) => "办理这件事的一步",
    }
}
