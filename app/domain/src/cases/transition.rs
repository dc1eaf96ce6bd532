//! What may happen next to a case, and what follows from it.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::event::{Actor, Event, EventKind, Outcome};
use super::state::{Case, Due, State};
use crate::calendar::Workdays;

/// Working days within which an office takes up what came in online (`domain.md` 1.3: 48 hours).
const RECEIVE_DAYS: u32 = 2;
/// Working days within which an office must accept, refuse or ask for corrections; after them it counts as accepted.
const NOTICE_DAYS: u32 = 5;
/// Working days that a resident has to answer a correction.
const CORRECTION_DAYS: u32 = 15;

/// What somebody wants to do with a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Receive,
    AskCorrection {
        fields: Vec<String>,
        reason: String,
    },
    AnswerCorrection,
    Accept,
    /// By the clock alone.
    DeemAccepted,
    RefuseAcceptance {
        reason: String,
    },
    StartReview,
    Decide {
        outcome: Outcome,
        reason: String,
    },
    Close,
    Withdraw {
        reason: String,
    },
}

/// An action without its particulars: for rights and for buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Receive,
    AskCorrection,
    AnswerCorrection,
    Accept,
    DeemAccepted,
    RefuseAcceptance,
    StartReview,
    Decide,
    Close,
    Withdraw,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not possible in this state.
    State(State),
    /// A correction names nothing, or something is decided without saying why.
    ReasonMissing,
    NothingNamed,
    /// The period for a notice has not passed yet.
    TooEarly,
}

impl Refusal {
    /// What to tell the person.
    pub fn message(self) -> String {
        match self {
            Self::State(state) => format!("办件现在是“{}”，不能这样操作。页面可能已经过时，请刷新后再看", state.name()),
            Self::ReasonMissing => "请写明理由，申请人会看到".to_owned(),
            Self::NothingNamed => "请至少勾选一项要补正的内容".to_owned(),
            Self::TooEarly => "还没有到期".to_owned(),
        }
    }
}

impl Action {
    pub fn step(&self) -> Step {
        match self {
            Self::Receive => Step::Receive,
            Self::AskCorrection { .. } => Step::AskCorrection,
            Self::AnswerCorrection => Step::AnswerCorrection,
            Self::Accept => Step::Accept,
            Self::DeemAccepted => Step::DeemAccepted,
            Self::RefuseAcceptance { .. } => Step::RefuseAcceptance,
            Self::StartReview => Step::StartReview,
            Self::Decide { .. } => Step::Decide,
            Self::Close => Step::Close,
            Self::Withdraw { .. } => Step::Withdraw,
        }
    }
}

/// The one table of transitions: the steps that a state allows.
pub fn allowed(state: State) -> &'static [Step] {
    match state {
        State::Submitted => &[Step::Receive, Step::Withdraw],
        State::Received => {
            &[Step::Accept, Step::AskCorrection, Step::RefuseAcceptance, Step::DeemAccepted, Step::Withdraw]
        }
        State::Correction => &[Step::AnswerCorrection, Step::Withdraw],
        State::Accepted => &[Step::StartReview, Step::Withdraw],
        State::Reviewing => &[Step::Decide, Step::Withdraw],
        State::Decided => &[Step::Close],
        State::NotAccepted | State::Closed | State::Withdrawn => &[],
    }
}

/// The event that an action leads to.
///
/// `promised_days`: working days that the item promises. Days are days in Shenyang.
///
/// # Errors
/// A [`Refusal`] when the state, or what the action brings, does not allow it.
pub fn act(
    case: &Case,
    action: Action,
    by: Actor,
    at: DateTime<Utc>,
    calendar: &Workdays,
    promised_days: u32,
) -> Result<Event, Refusal> {
    if !allowed(case.state).contains(&action.step()) {
        return Err(Refusal::State(case.state));
    }
    let today = local_day(at);
    let given = |reason: String| {
        let reason = crate::text::clean(&reason);
        if reason.is_empty() { Err(Refusal::ReasonMissing) } else { Ok(reason) }
    };
    let kind = match action {
        Action::Receive => EventKind::Received,
        Action::AskCorrection { fields, .. } if fields.is_empty() => return Err(Refusal::NothingNamed),
        Action::AskCorrection { fields, reason } => {
            EventKind::CorrectionAsked { fields, reason: given(reason)?, due: calendar.due(today, CORRECTION_DAYS) }
        }
        Action::AnswerCorrection => EventKind::CorrectionAnswered,
        Action::Accept => EventKind::Accepted { due: calendar.due(today, promised_days) },
        Action::DeemAccepted => deem(case, today, calendar, promised_days)?,
        Action::RefuseAcceptance { reason } => EventKind::NotAccepted { reason: given(reason)? },
        Action::StartReview => EventKind::ReviewStarted,
        Action::Decide { outcome: Outcome::Approved, reason } => {
            EventKind::Decided { outcome: Outcome::Approved, reason: crate::text::clean(&reason) }
        }
        Action::Decide { outcome, reason } => EventKind::Decided { outcome, reason: given(reason)? },
        Action::Close => EventKind::Closed,
        Action::Withdraw { reason } => EventKind::Withdrawn { reason: crate::text::clean(&reason) },
    };
    Ok(Event { at, by, kind })
}

/// Accepted by law: the promised period counts from the day of receipt.
fn deem(case: &Case, today: NaiveDate, calendar: &Workdays, promised_days: u32) -> Result<EventKind, Refusal> {
    let received = case.received_at.map(|at| calendar.on_or_after(local_day(at)));
    match received {
        Some(day) if today > calendar.due(day, NOTICE_DAYS) => {
            Ok(EventKind::DeemedAccepted { due: calendar.due(day, promised_days) })
        }
        _ => Err(Refusal::TooEarly),
    }
}

impl Case {
    /// What is due next. What comes in on a free day counts from the next working day.
    pub fn due(&self, calendar: &Workdays) -> Due {
        let start = |at: DateTime<Utc>| calendar.on_or_after(local_day(at));
        match (self.state, self.received_at, self.promised, &self.correction) {
            (State::Submitted, ..) => Due::Receive(calendar.due(start(self.submitted_at), RECEIVE_DAYS)),
            (State::Received, Some(at), ..) => Due::Notice(calendar.due(start(at), NOTICE_DAYS)),
            (State::Correction, _, _, Some(open)) => Due::Correction(open.due),
            (State::Accepted | State::Reviewing, _, Some(day), _) => Due::Decision(day),
            _ => Due::Nothing,
        }
    }
}

/// The day in Shenyang (UTC+8, no daylight saving) of a moment.
pub fn local_day(at: DateTime<Utc>) -> NaiveDate {
    (at + chrono::Duration::hours(8)).date_naive()
}
