//! What the events of a case add up to: a pure fold.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::clock::{Stop, local_day};
use super::event::{
    Actor, CorrectionAsk, Deferral, Event, EventKind, Outcome, Request, Ruling, Terms, why_not_accepted,
};
use super::state::State;
use crate::catalogue::SuspensionKind;

/// What the events add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub state: State,
    pub submitted_at: DateTime<Utc>,
    /// The first receipt.
    pub received_at: Option<DateTime<Utc>>,
    /// From when the period for a notice runs: receipt, or the answer to the last correction.
    pub notice_from: Option<DateTime<Utc>>,
    pub handed_over: bool,
    pub acceptance: Option<Acceptance>,
    /// When the clock of the decision stood still, in order.
    pub stops: Vec<Stop>,
    /// Days by which the period was extended.
    pub extended: u32,
    /// The correction that is open.
    pub correction: Option<OpenCorrection>,
    pub corrections: u32,
    /// Materials that are still to follow.
    pub deferral: Option<Deferral>,
    /// What waits for the head of the office.
    pub pending: Option<Pending>,
    pub visited: bool,
    pub opinions: Vec<Opinion>,
    pub announcement: Option<Announcement>,
    /// Reviewers by their id, and whether they agree.
    pub reviews: BTreeMap<String, bool>,
    /// Workers who had a hand in it, by their id.
    pub hands: BTreeSet<String>,
    pub ruling: Option<Ruling>,
    pub decided_on: Option<NaiveDate>,
    /// Why it was not accepted or ended early.
    pub reason: String,
    /// Offices that sent it on.
    pub trail: Vec<String>,
    pub promise_kept: Option<bool>,
    pub events: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    pub at: DateTime<Utc>,
    /// The day whose next is the first that counts.
    pub from: NaiveDate,
    pub terms: Terms,
    pub by_law: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCorrection {
    pub fields: Vec<String>,
    pub reasons: BTreeMap<String, String>,
    pub reason: String,
    pub due: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub request: Request,
    /// The id of the worker who asks.
    pub by: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    pub office: String,
    pub question: String,
    pub due: NaiveDate,
    /// What it said, and whether it agrees.
    pub answer: Option<(String, bool)>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcement {
    pub from: NaiveDate,
    pub until: NaiveDate,
    pub text: String,
    pub ended: bool,
    pub objections: u32,
    /// Objections that were right.
    pub upheld: u32,
}

/// Folds the events of one case in their order. `None`: the list does not begin with a submission.
///
/// It trusts the list: whether a next event is allowed is the matter of [`super::act`].
pub fn fold(events: &[Event]) -> Option<Case> {
    let (first, rest) = events.split_first()?;
    let EventKind::Submitted { .. } = first.kind else { return None };
    let mut case = Case {
        state: State::Submitted,
        submitted_at: first.at,
        received_at: None,
        notice_from: None,
        handed_over: false,
        acceptance: None,
        stops: Vec::new(),
        extended: 0,
        correction: None,
        corrections: 0,
        deferral: None,
        pending: None,
        visited: false,
        opinions: Vec::new(),
        announcement: None,
        reviews: BTreeMap::new(),
        hands: BTreeSet::new(),
        ruling: None,
        decided_on: None,
        reason: String::new(),
        trail: Vec::new(),
        promise_kept: None,
        events: 1,
    };
    case.note_hand(&first.by);
    rest.iter().for_each(|event| case.apply(event));
    Some(case)
}

impl Case {
    pub(super) fn apply(&mut self, event: &Event) {
        self.events += 1;
        self.note_hand(&event.by);
        let day = local_day(event.at);
        match &event.kind {
            EventKind::Submitted { .. } => {}
            EventKind::Received => {
                self.received_at = Some(event.at);
                self.notice_from = Some(event.at);
                self.state = State::Received;
            }
            EventKind::HandedOver => {
                self.handed_over = true;
                self.state = State::HandedOver;
            }
            EventKind::CorrectionAsked { ask, due } => self.ask(ask, *due),
            EventKind::CorrectionAnswered => {
                self.correction = None;
                // The period for a notice runs anew from the day on which the corrections came in.
                self.notice_from = Some(event.at);
                self.state = self.before_acceptance();
            }
            EventKind::Accepted { terms, deferral, .. } => {
                self.deferral.clone_from(deferral);
                self.accept(event.at, day, *terms, false);
            }
            EventKind::DeemedAccepted { terms, from, .. } => self.accept(event.at, *from, *terms, true),
            EventKind::NotAccepted { reason, apply_to } => {
                self.finish(State::NotAccepted, &why_not_accepted(reason, apply_to));
            }
            EventKind::ReviewStarted => self.state = State::Reviewing,
            EventKind::Decided(ruling) => {
                self.pending = None;
                self.deferral = None;
                self.take_down();
                self.ruling = Some(ruling.clone());
                self.decided_on = Some(day);
                self.state = State::Decided;
            }
            EventKind::Closed => self.state = State::Closed,
            EventKind::Delivered { .. } => self.state = State::Delivered,
            EventKind::Withdrawn { reason } => self.finish(State::Withdrawn, reason),
            EventKind::Ended { reason, .. } => self.finish(State::Ended, reason),
            kind => self.apply_beside(kind, &event.by, day),
        }
    }

    /// What happens beside the states.
    fn apply_beside(&mut self, kind: &EventKind, by: &Actor, day: NaiveDate) {
        match kind {
            EventKind::Suspended { why, .. } => {
                self.stops.push(Stop { from: day, to: None, why: *why });
                self.state = State::Suspended;
            }
            EventKind::Resumed { .. } => {
                self.go_on(day);
                self.state = State::Reviewing;
            }
            EventKind::Extended { days, .. } => {
                self.pending = None;
                self.extended += days;
            }
            EventKind::VisitRecorded { .. } => self.visited = true,
            EventKind::OpinionAsked { office, question, due } => self.opinions.push(Opinion {
                office: office.clone(),
                question: question.clone(),
                due: *due,
                answer: None,
            }),
            EventKind::OpinionGiven { office, text, agrees } => {
                let open = self.opinions.iter_mut().find(|asked| asked.office == *office && asked.answer.is_none());
                if let Some(asked) = open {
                    asked.answer = Some((text.clone(), *agrees));
                }
            }
            EventKind::AnnouncementStarted { until, text, stops_clock } => {
                let (until, text) = (*until, text.clone());
                let ended = false;
                self.announcement = Some(Announcement { from: day, until, text, ended, objections: 0, upheld: 0 });
                if *stops_clock {
                    self.stops.push(Stop { from: day, to: None, why: SuspensionKind::Announcement });
                }
            }
            EventKind::AnnouncementEnded { objections, upheld } => {
                self.take_down();
                if let Some(announcement) = &mut self.announcement {
                    announcement.objections = *objections;
                    announcement.upheld = *upheld;
                }
                if self.stops.last().is_some_and(|stop| stop.why == SuspensionKind::Announcement) {
                    self.go_on(day);
                }
            }
            EventKind::Reviewed { agrees, .. } => {
                self.reviews.insert(by.id().to_owned(), *agrees);
            }
            EventKind::ApprovalAsked { request } => {
                self.pending = Some(Pending { request: request.clone(), by: by.id().to_owned() });
            }
            EventKind::ApprovalGiven | EventKind::ApprovalRefused { .. } => self.pending = None,
            EventKind::DeferralAnswered => self.deferral = None,
            EventKind::PromiseChecked { kept, .. } => self.promise_kept = Some(*kept),
            // An office that went into another sent nothing on.
            EventKind::Rerouted { from, .. } if *by != Actor::System => self.trail.push(from.clone()),
            _ => {}
        }
    }

    fn note_hand(&mut self, by: &Actor) {
        if let Actor::Worker { id, .. } = by {
            self.hands.insert(id.clone());
        }
    }

    /// Nobody but this worker had a hand in it.
    pub fn is_alone_with(&self, worker: &str) -> bool {
        self.hands.iter().all(|hand| hand == worker)
    }

    fn ask(&mut self, ask: &CorrectionAsk, due: NaiveDate) {
        self.pending = None;
        self.corrections += 1;
        let CorrectionAsk { fields, reasons, reason } = ask.clone();
        self.correction = Some(OpenCorrection { fields, reasons, reason, due });
        self.state = State::Correction;
    }

    fn accept(&mut self, at: DateTime<Utc>, from: NaiveDate, terms: Terms, by_law: bool) {
        // A second correction that was still asked of the head is asked no more.
        self.pending = None;
        self.acceptance = Some(Acceptance { at, from, terms, by_law });
        self.state = State::Accepted;
    }

    /// What is announced ends with the case, or with the decision.
    fn take_down(&mut self) {
        if let Some(announcement) = &mut self.announcement {
            announcement.ended = true;
        }
    }

    fn finish(&mut self, state: State, reason: &str) {
        self.take_down();
        self.correction = None;
        self.pending = None;
        self.deferral = None;
        self.reason = reason.to_owned();
        self.state = state;
    }

    fn go_on(&mut self, day: NaiveDate) {
        if let Some(stop) = self.stops.last_mut().filter(|stop| stop.to.is_none()) {
            stop.to = Some(day);
        }
    }

    fn before_acceptance(&self) -> State {
        if self.handed_over { State::HandedOver } else { State::Received }
    }

    pub fn outcome(&self) -> Option<Outcome> {
        self.ruling.as_ref().map(|ruling| ruling.outcome)
    }

    /// Whether it was announced, and nothing that was said against it was right.
    pub fn was_announced(&self) -> bool {
        self.announcement.as_ref().is_some_and(|announcement| announcement.ended && announcement.upheld == 0)
    }

    /// Whether the clock of the decision stands still.
    pub fn stands_still(&self) -> bool {
        self.stops.last().is_some_and(|stop| stop.to.is_none())
    }
}

impl Actor {
    /// The worker's id; empty for others.
    pub fn id(&self) -> &str {
        match self {
            Self::Worker { id, .. } => id,
            Self::Resident | Self::System => "",
        }
    }
}
