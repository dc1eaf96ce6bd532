//! The state of a case: a pure fold over its events.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::event::{Event, EventKind, Outcome};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Submitted,
    Received,
    Correction,
    Accepted,
    NotAccepted,
    Reviewing,
    Decided,
    Closed,
    Withdrawn,
}

impl State {
    pub const ALL: [Self; 9] = [
        Self::Submitted,
        Self::Received,
        Self::Correction,
        Self::Accepted,
        Self::NotAccepted,
        Self::Reviewing,
        Self::Decided,
        Self::Closed,
        Self::Withdrawn,
    ];

    /// The key under which it is stored and asked for.
    pub fn key(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::Correction => "correction",
            Self::Accepted => "accepted",
            Self::NotAccepted => "not_accepted",
            Self::Reviewing => "reviewing",
            Self::Decided => "decided",
            Self::Closed => "closed",
            Self::Withdrawn => "withdrawn",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// The field's word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Submitted => "待收件",
            Self::Received => "已收件",
            Self::Correction => "待补正",
            Self::Accepted => "已受理",
            Self::NotAccepted => "不予受理",
            Self::Reviewing => "审查中",
            Self::Decided => "已决定",
            Self::Closed => "已办结",
            Self::Withdrawn => "已撤回",
        }
    }

    /// Nothing can happen any more.
    pub fn is_final(self) -> bool {
        matches!(self, Self::NotAccepted | Self::Closed | Self::Withdrawn)
    }
}

/// What the next thing to be done is, and the last day for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "what", content = "day")]
pub enum Due {
    /// The office must take it up: within two working days of an online submission.
    Receive(NaiveDate),
    /// The office must accept, refuse or ask for corrections: within five working days of receipt.
    Notice(NaiveDate),
    /// The resident must answer.
    Correction(NaiveDate),
    /// The office must decide.
    Decision(NaiveDate),
    Nothing,
}

impl Due {
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Receive(day) | Self::Notice(day) | Self::Correction(day) | Self::Decision(day) => Some(day),
            Self::Nothing => None,
        }
    }
}

/// What the events add up to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub state: State,
    pub submitted_at: DateTime<Utc>,
    pub received_at: Option<DateTime<Utc>>,
    pub accepted_at: Option<DateTime<Utc>>,
    /// End of the promised period, once accepted.
    pub promised: Option<NaiveDate>,
    /// The correction that is open.
    pub correction: Option<OpenCorrection>,
    pub corrections: u32,
    pub outcome: Option<Outcome>,
    pub decision_reason: String,
    pub events: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCorrection {
    pub fields: Vec<String>,
    pub reason: String,
    pub due: NaiveDate,
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
        accepted_at: None,
        promised: None,
        correction: None,
        corrections: 0,
        outcome: None,
        decision_reason: String::new(),
        events: 1,
    };
    rest.iter().for_each(|event| case.apply(event));
    Some(case)
}

impl Case {
    pub(super) fn apply(&mut self, event: &Event) {
        self.events += 1;
        self.state = match &event.kind {
            EventKind::Submitted { .. } => State::Submitted,
            EventKind::Received => {
                self.received_at = Some(event.at);
                State::Received
            }
            EventKind::CorrectionAsked { fields, reason, due } => {
                self.corrections += 1;
                self.correction = Some(OpenCorrection { fields: fields.clone(), reason: reason.clone(), due: *due });
                State::Correction
            }
            EventKind::CorrectionAnswered => {
                self.correction = None;
                // The period for a notice runs anew from the day on which the corrections came in.
                self.received_at = Some(event.at);
                State::Received
            }
            EventKind::Accepted { due } | EventKind::DeemedAccepted { due } => {
                self.accepted_at = Some(event.at);
                self.promised = Some(*due);
                State::Accepted
            }
            EventKind::NotAccepted { reason } => {
                self.decision_reason.clone_from(reason);
                State::NotAccepted
            }
            EventKind::ReviewStarted => State::Reviewing,
            EventKind::Decided { outcome, reason } => {
                self.outcome = Some(*outcome);
                self.decision_reason.clone_from(reason);
                State::Decided
            }
            EventKind::Closed => State::Closed,
            EventKind::Withdrawn { .. } => {
                self.correction = None;
                State::Withdrawn
            }
        };
    }
}
