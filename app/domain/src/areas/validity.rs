//! Areas and offices come and go: from when to when they are there, and what they went into.

use chrono::NaiveDate;

/// When something is there. Without days: always.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validity {
    /// The first day.
    pub from: Option<NaiveDate>,
    /// The last day.
    pub to: Option<NaiveDate>,
    /// Code of what took its place.
    pub successor: Option<String>,
}

impl Validity {
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.is_over(day)
    }

    /// Its last day has passed.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }
}

/// Follows successors from a code to the one that is there on a day. What is not over, or went into nothing that is
/// known, stays what it is; so does a circle in the data.
pub fn in_force<'a>(code: &'a str, day: NaiveDate, validity: impl Fn(&str) -> Option<&'a Validity>) -> &'a str {
    let mut here = code;
    // Nothing was replaced so often: a longer chain is a circle.
    for _ in 0..20 {
        let over = validity(here).filter(|validity| validity.is_over(day));
        match over.and_then(|validity| validity.successor.as_deref()) {
            Some(next) if validity(next).is_some() => here = next,
            _ => return here,
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    fn until(to: &str, successor: &str) -> Validity {
        Validity { from: None, to: Some(day(to)), successor: Some(successor.to_owned()) }
    }

    #[test]
    fn successors_are_followed_from_the_day_after_the_last() {
        let list = BTreeMap::from([
            ("a", until("2026-12-31", "b")),
            ("b", until("2027-06-30", "c")),
            ("c", Validity::default()),
            ("lost", until("2026-12-31", "nowhere")),
            ("round", until("2026-12-31", "again")),
            ("again", until("2026-12-31", "round")),
        ]);
        let found = |code, on| in_force(code, day(on), |code| list.get(code));
        assert_eq!(found("a", "2026-12-31"), "a");
        assert_eq!(found("a", "2027-01-01"), "b");
        assert_eq!(found("a", "2027-07-01"), "c");
        assert_eq!(found("c", "2027-07-01"), "c");
        assert_eq!(found("lost", "2027-07-01"), "lost");
        assert_eq!(found("round", "2027-07-01"), "round");
    }

    #[test]
    fn what_begins_later_is_not_there_yet() {
        let coming = Validity { from: Some(day("2027-01-01")), ..Validity::default() };
        assert!(!coming.holds(day("2026-12-31")) && coming.holds(day("2027-01-01")));
        assert!(!coming.is_over(day("2026-12-31")));
    }
}
