//! What follows from events, in the transaction that stores them.

use domain::cases::{Effect, Event, EventKind};
use sea_orm::DatabaseTransaction;

use super::record::Record;
use super::store;
use crate::announcements;
use crate::custody;
use crate::error::Error;
use crate::notices;
use crate::service::Service;
use crate::sms;

/// Does what an event brings about. `record` has all events of the action; `seq` is the event's place.
pub(super) async fn follow(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    (seq, event): (i32, &Event),
    effect: Effect,
) -> Result<(), Error> {
    match effect {
        Effect::Notice(kind) => notices::issue(service, tx, record, seq, event, kind).await,
        Effect::Message(kind) => sms::enqueue(service, tx, record, kind, event.at).await,
        // It can be rated from its events: nothing is stored.
        Effect::RatingInvited => Ok(()),
    }
}

/// Rows that stand for an event elsewhere.
pub(super) async fn follow_event(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    event: &Event,
) -> Result<(), Error> {
    match &event.kind {
        EventKind::OpinionAsked { office, .. } => {
            store::ask_office(tx, record.row.id, office, service.clock.now()).await
        }
        EventKind::HandedOver => custody::keep(service, tx, record, event).await,
        EventKind::AnnouncementStarted { until, text, .. } => {
            announcements::start(tx, record, event.at, *until, text).await
        }
        EventKind::AnnouncementEnded { .. }
        | EventKind::Decided(_)
        | EventKind::Withdrawn { .. }
        | EventKind::Ended { .. } => announcements::end(tx, record.row.id, event.at).await,
        _ => Ok(()),
    }
}
