//! What pages show of announcements.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::shown::Announced;
use crate::areas::Area;
use crate::cases::Flash;

/// The public board: areas to choose from, and below a community what is announced there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// What was chosen, the district first.
    pub chosen: Vec<Area>,
    /// What to choose from next. Empty for a community.
    pub below: Vec<Area>,
    pub entries: Vec<BoardEntry>,
    /// Where the next page begins; empty on the last.
    pub next: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardEntry {
    pub id: String,
    /// Masked.
    pub name: String,
    pub item: String,
    pub until: NaiveDate,
}

/// One announcement, with the form for objections.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    pub id: String,
    pub announced: Announced,
    /// The area on whose page it stands.
    pub area: Area,
    pub from: NaiveDate,
    pub until: NaiveDate,
    /// Who decides, and answers objections.
    pub office: String,
    pub today: NaiveDate,
    /// What the form last said.
    pub flash: Flash,
}

/// The announcement of a case at the desk of the office that decides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskAnnouncement {
    /// What would be shown, without the worker's words, while it can be announced.
    pub preview: Option<Announced>,
    /// The area on whose page it would stand or stands.
    pub place: String,
    /// What was shown last.
    pub shown: Option<Announced>,
    /// Its public address, as long as there is something at it.
    pub address: String,
    /// Of all announcements of the case, the first first.
    pub objections: Vec<Objection>,
    pub may_settle: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objection {
    pub id: String,
    pub words: String,
    /// A phone number, or empty.
    pub contact: String,
    /// `11月22日 15:04`
    pub time: String,
    pub answer: String,
    /// None: not settled yet.
    pub upheld: Option<bool>,
}
