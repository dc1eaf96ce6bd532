//! Mandates (授权委托): who may act for whom, in what, until when. Guardians of minors act by law, until these grow up.

mod form;
mod view;

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate};

pub use form::{ONE_ITEM, Relation, guardian_form, mandate_form};
pub use view::{MandateView, MandatesView};

use crate::identity::IdNumber;

/// A mandate may last so many days; then it is given anew, or not.
pub const DAYS_MAX: u64 = 731;
/// So many may be in force at once.
pub const MANDATES_MAX: usize = 20;
/// One becomes of age on this birthday.
const OF_AGE: i32 = 18;

/// What a mandate allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// Codes of items and keys of categories; empty: everything.
    pub covers: BTreeSet<String>,
    /// The day on which it was given.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    pub revoked: bool,
}

/// Why a helper may not act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Revoked,
    NotYet,
    Over,
    OtherItem,
}

impl Refusal {
    pub fn message(self) -> &'static str {
        match self {
            Self::Revoked => "这份授权已经被撤回，不能再用它代办。",
            Self::NotYet => "这份授权还没有开始。",
            Self::Over => "这份授权已经到期。要接着代办，请对方重新授权。",
            Self::OtherItem => "这份授权里没有这件事。要办的话，请对方再授权这一件。",
        }
    }
}

impl Mandate {
    /// Whether it is in force on a day, whatever for.
    ///
    /// # Errors
    /// Why not.
    pub fn in_force(&self, today: NaiveDate) -> Result<(), Refusal> {
        if self.revoked {
            return Err(Refusal::Revoked);
        }
        if today < self.from {
            return Err(Refusal::NotYet);
        }
        if today > self.until { Err(Refusal::Over) } else { Ok(()) }
    }

    /// Whether the helper may act in these items on a day: in all of them, or in none.
    ///
    /// # Errors
    /// Why not.
    pub fn permits<'a>(
        &self,
        items: impl IntoIterator<Item = (&'a str, &'a str)>,
        today: NaiveDate,
    ) -> Result<(), Refusal> {
        self.in_force(today)?;
        let covered = |(code, category): (&str, &str)| self.covers.contains(code) || self.covers.contains(category);
        let all = self.covers.is_empty() || items.into_iter().all(covered);
        if all { Ok(()) } else { Err(Refusal::OtherItem) }
    }
}

/// The last day that may be chosen.
pub fn latest_end(today: NaiveDate) -> NaiveDate {
    today + Days::new(DAYS_MAX)
}

/// The last day on which somebody is a minor. None: is none any more.
pub fn minority_ends(child: &IdNumber, today: NaiveDate) -> Option<NaiveDate> {
    let birth = child.birth_date();
    let year = birth.year() + OF_AGE;
    // Who was born on 29 February comes of age on 1 March of a common year.
    let birthday = birth.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))?;
    birthday.pred_opt().filter(|last| *last >= today)
}
