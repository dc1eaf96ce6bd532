//! What happens to a case because the world around it changed: another calendar, another office. It needs no
//! permission by the table of transitions, and leaves the state as it is.

use chrono::{DateTime, NaiveDate, Utc};

use super::clock::Due;
use super::event::{Actor, Event, EventKind};

/// The promised day was `before` and is `now`: the event that says so. None when the resident was told this day
/// already, or when no promise is running.
pub fn due_moved(events: &[Event], before: NaiveDate, now: Due, at: DateTime<Utc>, why: &str) -> Option<Event> {
    let Due::Decision(to) = now else { return None };
    let told = events.iter().rev().find_map(told)?;
    (to != before && to != told).then(|| Event {
        at,
        by: Actor::System,
        kind: EventKind::DueMoved { from: before, to, why: why.to_owned() },
    })
}

/// The day by which a decision was promised.
fn told(event: &Event) -> Option<NaiveDate> {
    match event.kind {
        EventKind::Accepted { due, .. }
        | EventKind::DeemedAccepted { due, .. }
        | EventKind::Extended { due, .. }
        | EventKind::DueMoved { to: due, .. } => Some(due),
        _ => None,
    }
}

/// The office that had it is no more: another goes on with it.
pub fn office_followed(from: &str, to: &str, at: DateTime<Utc>, why: String) -> Event {
    let (from, to) = (from.to_owned(), to.to_owned());
    Event { at, by: Actor::System, kind: EventKind::Rerouted { from, to, reason: why, escalated: false } }
}
