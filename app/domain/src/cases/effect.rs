//! What follows from events: notices that are issued, and messages to the resident.

use super::event::{Event, EventKind, Outcome};
use crate::notices::NoticeKind;

/// What the service does besides storing the event, in the same transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// A paper of the case is issued and numbered.
    Notice(NoticeKind),
    /// The resident is told by a short message.
    Message(MessageKind),
    /// The resident is asked for a rating.
    RatingInvited,
}

/// Why the resident is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MessageKind {
    Received,
    Accepted,
    Correction,
    NotAccepted,
    Suspended,
    Extended,
    Decided,
    Ready,
    /// A day passes soon: a correction or deferred materials.
    Reminder,
    Ended,
    Rerouted,
    /// The promised day has moved with the calendar.
    DueMoved,
    Reply,
    Rating,
}

/// The effects of one event, in their order.
pub fn effects(event: &Event) -> Vec<Effect> {
    use Effect::{Message, Notice, RatingInvited};
    match &event.kind {
        EventKind::Received => vec![Notice(NoticeKind::Receipt), Message(MessageKind::Received)],
        EventKind::HandedOver => vec![Notice(NoticeKind::Transfer)],
        EventKind::CorrectionAsked { .. } => vec![Notice(NoticeKind::Correction), Message(MessageKind::Correction)],
        EventKind::Accepted { deferral: Some(_), .. } => {
            vec![Notice(NoticeKind::DeferredAcceptance), Message(MessageKind::Accepted), RatingInvited]
        }
        EventKind::Accepted { .. } => {
            vec![Notice(NoticeKind::Acceptance), Message(MessageKind::Accepted), RatingInvited]
        }
        EventKind::DeemedAccepted { .. } => vec![Message(MessageKind::Accepted), RatingInvited],
        EventKind::NotAccepted { .. } => vec![Notice(NoticeKind::NonAcceptance), Message(MessageKind::NotAccepted)],
        EventKind::Suspended { .. } => vec![Notice(NoticeKind::Suspension), Message(MessageKind::Suspended)],
        EventKind::Extended { .. } => vec![Notice(NoticeKind::Extension), Message(MessageKind::Extended)],
        EventKind::Decided(ruling) => {
            let notice = match ruling.outcome {
                Outcome::Approved => NoticeKind::Grant,
                Outcome::Denied => NoticeKind::Denial,
            };
            vec![Notice(notice), Message(MessageKind::Decided)]
        }
        EventKind::Closed => vec![Message(MessageKind::Ready), RatingInvited],
        EventKind::Delivered { .. } => vec![Notice(NoticeKind::Delivery)],
        EventKind::Rerouted { .. } => vec![Message(MessageKind::Rerouted)],
        EventKind::DueMoved { .. } => vec![Message(MessageKind::DueMoved)],
        EventKind::Ended { .. } => vec![Message(MessageKind::Ended)],
        _ => Vec::new(),
    }
}
