//! Who has looked at a resident's data: rows of the audit as the resident sees them, and questions about them.

use serde::{Deserialize, Serialize};

use crate::audit::Deed;
use crate::cases::Flash;
use crate::forms::{Definition, Field, Kind};

/// So many characters for a question, and for its answer.
pub const WORDS_MAX: usize = 500;
/// So many questions of one resident may wait for an answer.
pub const WAITING_MAX: usize = 10;

/// One visit to the resident's data: what one person did with one matter for one reason within an hour. The auditor has a
/// row for each deed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookEntry {
    /// Of its last row, about which is asked.
    pub chain: i32,
    pub seq: i64,
    /// `11月22日 15:04`, or `11月22日 15:04到15:20，一共5次`
    pub time: String,
    /// Machine-readable time of the last row.
    pub datetime: String,
    /// The office, or 系统.
    pub who: String,
    /// In the order in which it was done, each once.
    pub deed: String,
    /// What it was about: the item and its number. Empty for the account.
    pub about: String,
    pub why: String,
    pub asked: Vec<LookQuestion>,
}

/// What the resident asked about a visit, and the answer; empty while there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookQuestion {
    pub words: String,
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
