//! How states, days and events look, for residents and workers alike.

use chrono::{Datelike, NaiveDate};
use domain::cases::{State, TimelineEntry};
use leptos::prelude::*;

use crate::ui::{Moment, TagKind, Timeline, TimelineEvent};

pub fn state_tag(state: State) -> TagKind {
    match state {
        State::Submitted
        | State::Received
        | State::HandedOver
        | State::Accepted
        | State::Reviewing
        | State::Suspended
        | State::Decided => TagKind::Active,
        State::Correction => TagKind::Todo,
        State::Closed | State::Delivered => TagKind::Done,
        State::NotAccepted | State::Ended => TagKind::Bad,
        State::Withdrawn => TagKind::Plain,
    }
}

/// `2026年12月1日`
pub fn full_day(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// What happened, the last first. The last is where the case stands, as long as it goes on.
pub fn events(entries: Vec<TimelineEntry>, state: State) -> AnyView {
    let word = if state == State::Correction { "等补正" } else { "正在办" };
    let event = move |(index, entry): (usize, TimelineEntry)| {
        let moment = if index == 0 && !state.is_final() { Moment::Now } else { Moment::Done };
        view! {
            <TimelineEvent title=entry.title time=entry.time moment=moment word=word>
                {(!entry.text.is_empty()).then(|| view! { <p>{entry.text}</p> })}
                <p class="tb-hint">{entry.who}</p>
            </TimelineEvent>
        }
    };
    view! { <Timeline>{entries.into_iter().enumerate().map(event).collect_view()}</Timeline> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_with_its_year() {
        assert_eq!(NaiveDate::from_ymd_opt(2026, 12, 1).map(full_day), Some("2026年12月1日".to_owned()));
    }
}
