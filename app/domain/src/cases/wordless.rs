//! Events without what people wrote: what is left of a case when its personal data is taken out. The fold of them is in
//! the same state, at the same times.

use std::collections::BTreeMap;

use super::event::{Actor, CorrectionAsk, Event, EventKind, Request, Ruling};
use crate::forms::Entries;

/// The event with every text that somebody typed left out.
pub fn wordless(event: Event) -> Event {
    let by = match event.by {
        Actor::Worker { id, office, name: _ } => Actor::Worker { id, office, name: String::new() },
        other => other,
    };
    Event { at: event.at, by, kind: kind(event.kind) }
}

fn none() -> String {
    String::new()
}

fn kind(kind: EventKind) -> EventKind {
    use EventKind as K;
    match kind {
        K::CorrectionAsked { ask: asked, due } => K::CorrectionAsked { ask: ask(asked), due },
        K::NotAccepted { apply_to, reason: _ } => K::NotAccepted { reason: none(), apply_to },
        K::Suspended { why, days, reason: _ } => K::Suspended { why, days, reason: none() },
        K::Resumed { result: _ } => K::Resumed { result: none() },
        K::Extended { days, due, reason: _ } => K::Extended { days, reason: none(), due },
        K::VisitRecorded { day, agrees, visitors: _, findings: _ } => {
            K::VisitRecorded { day, visitors: none(), findings: none(), agrees }
        }
        K::OpinionAsked { office, due, question: _ } => K::OpinionAsked { office, question: none(), due },
        K::OpinionGiven { office, agrees, text: _ } => K::OpinionGiven { office, text: none(), agrees },
        K::AnnouncementStarted { until, stops_clock, text: _ } => {
            K::AnnouncementStarted { until, text: none(), stops_clock }
        }
        K::Reviewed { agrees, opinion: _ } => K::Reviewed { agrees, opinion: none() },
        K::ApprovalAsked { request: asked } => K::ApprovalAsked { request: request(asked) },
        K::ApprovalRefused { reason: _ } => K::ApprovalRefused { reason: none() },
        K::Decided(decided) => K::Decided(ruling(&decided)),
        K::Delivered { way, note: _ } => K::Delivered { way, note: none() },
        K::PromiseChecked { kept, findings: _ } => K::PromiseChecked { kept, findings: none() },
        K::Rerouted { from, to, escalated, reason: _ } => K::Rerouted { from, to, reason: none(), escalated },
        K::Withdrawn { reason: _ } => K::Withdrawn { reason: none() },
        K::Ended { cause, reason: _ } => K::Ended { cause, reason: none() },
        // Words of the program alone. Each is named, so that a new event is decided about.
        K::Submitted { .. }
        | K::Received
        | K::HandedOver
        | K::CorrectionAnswered
        | K::Accepted { .. }
        | K::DeemedAccepted { .. }
        | K::ReviewStarted
        | K::AnnouncementEnded { .. }
        | K::ApprovalGiven
        | K::Closed
        | K::DeferralAnswered
        | K::DueMoved { .. } => kind,
    }
}

fn ask(ask: CorrectionAsk) -> CorrectionAsk {
    CorrectionAsk { fields: ask.fields, reasons: BTreeMap::new(), reason: none() }
}

fn ruling(ruling: &Ruling) -> Ruling {
    Ruling { outcome: ruling.outcome, reason: none(), data: Entries::default() }
}

fn request(request: Request) -> Request {
    match request {
        Request::Correction(asked) => Request::Correction(ask(asked)),
        Request::Extension { days, reason: _ } => Request::Extension { days, reason: none() },
        Request::Decision(decided) => Request::Decision(ruling(&decided)),
    }
}
