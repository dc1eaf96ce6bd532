//! The states of a case, and the one table of what may follow what.

use serde::{Deserialize, Serialize};

use super::action::Step;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Submitted,
    Received,
    HandedOver,
    Correction,
    Accepted,
    NotAccepted,
    Reviewing,
    Suspended,
    Decided,
    Closed,
    Delivered,
    Withdrawn,
    Ended,
}

/// One row of the table: in this state this step leads there. Steps that leave the state as it is lead to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    pub from: State,
    pub step: Step,
    pub to: State,
}

const fn t(from: State, step: Step, to: State) -> Transition {
    Transition { from, step, to }
}

/// The one table of transitions. Buttons, rights, the diagram in the README and "what comes next" follow from it.
///
/// An answered correction leads back to where the case was; a completion at once runs through to the end.
pub const TRANSITIONS: &[Transition] = &[
    t(State::Submitted, Step::Receive, State::Received),
    t(State::Submitted, Step::Complete, State::Delivered),
    t(State::Submitted, Step::Reroute, State::Submitted),
    t(State::Submitted, Step::Withdraw, State::Withdrawn),
    t(State::Submitted, Step::End, State::Ended),
    t(State::Received, Step::Complete, State::Delivered),
    t(State::Received, Step::HandOver, State::HandedOver),
    t(State::Received, Step::Accept, State::Accepted),
    t(State::Received, Step::AskCorrection, State::Correction),
    t(State::Received, Step::RefuseAcceptance, State::NotAccepted),
    t(State::Received, Step::DeemAccepted, State::Accepted),
    t(State::Received, Step::Reroute, State::Received),
    t(State::Received, Step::Withdraw, State::Withdrawn),
    t(State::Received, Step::End, State::Ended),
    t(State::HandedOver, Step::Accept, State::Accepted),
    t(State::HandedOver, Step::AskCorrection, State::Correction),
    t(State::HandedOver, Step::RefuseAcceptance, State::NotAccepted),
    t(State::HandedOver, Step::DeemAccepted, State::Accepted),
    t(State::HandedOver, Step::Reroute, State::HandedOver),
    t(State::HandedOver, Step::Withdraw, State::Withdrawn),
    t(State::HandedOver, Step::End, State::Ended),
    t(State::Correction, Step::AnswerCorrection, State::Received),
    t(State::Correction, Step::LapseCorrection, State::Ended),
    t(State::Correction, Step::Withdraw, State::Withdrawn),
    t(State::Correction, Step::End, State::Ended),
    t(State::Accepted, Step::StartReview, State::Reviewing),
    t(State::Accepted, Step::Reroute, State::Accepted),
    t(State::Accepted, Step::AnswerDeferral, State::Accepted),
    t(State::Accepted, Step::LapseDeferral, State::Ended),
    t(State::Accepted, Step::Withdraw, State::Withdrawn),
    t(State::Accepted, Step::End, State::Ended),
    t(State::Reviewing, Step::Visit, State::Reviewing),
    t(State::Reviewing, Step::AskOpinion, State::Reviewing),
    t(State::Reviewing, Step::GiveOpinion, State::Reviewing),
    t(State::Reviewing, Step::Announce, State::Reviewing),
    t(State::Reviewing, Step::EndAnnouncement, State::Reviewing),
    t(State::Reviewing, Step::Review, State::Reviewing),
    t(State::Reviewing, Step::Suspend, State::Suspended),
    t(State::Reviewing, Step::Extend, State::Reviewing),
    t(State::Reviewing, Step::Decide, State::Decided),
    t(State::Reviewing, Step::Reroute, State::Reviewing),
    t(State::Reviewing, Step::AnswerDeferral, State::Reviewing),
    t(State::Reviewing, Step::LapseDeferral, State::Ended),
    t(State::Reviewing, Step::Withdraw, State::Withdrawn),
    t(State::Reviewing, Step::End, State::Ended),
    t(State::Suspended, Step::Visit, State::Suspended),
    t(State::Suspended, Step::GiveOpinion, State::Suspended),
    t(State::Suspended, Step::EndAnnouncement, State::Suspended),
    t(State::Suspended, Step::Resume, State::Reviewing),
    t(State::Suspended, Step::AnswerDeferral, State::Suspended),
    t(State::Suspended, Step::LapseDeferral, State::Ended),
    t(State::Suspended, Step::Withdraw, State::Withdrawn),
    t(State::Suspended, Step::End, State::Ended),
    t(State::Decided, Step::Close, State::Closed),
    t(State::Closed, Step::Deliver, State::Delivered),
    t(State::Delivered, Step::CheckPromise, State::Delivered),
];

/// The steps that a state allows, in the order of the table.
pub fn allowed(state: State) -> Vec<Step> {
    TRANSITIONS.iter().filter(|row| row.from == state).map(|row| row.step).collect()
}

/// The table as a diagram in Mermaid, without the steps that stay where they are and the ways out to an early end.
pub fn diagram() -> String {
    let drawn = |row: &&Transition| row.from != row.to && !matches!(row.to, State::Withdrawn | State::Ended);
    let line = |row: &Transition| format!("    {} --> {}: {}\n", row.from.name(), row.to.name(), row.step.name());
    let lines: String = TRANSITIONS.iter().filter(drawn).map(line).collect();
    format!("stateDiagram-v2\n{lines}")
}

impl State {
    pub const ALL: [Self; 13] = [
        Self::Submitted,
        Self::Received,
        Self::HandedOver,
        Self::Correction,
        Self::Accepted,
        Self::NotAccepted,
        Self::Reviewing,
        Self::Suspended,
        Self::Decided,
        Self::Closed,
        Self::Delivered,
        Self::Withdrawn,
        Self::Ended,
    ];

    /// The key under which it is stored and asked for.
    pub fn key(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Received => "received",
            Self::HandedOver => "handed_over",
            Self::Correction => "correction",
            Self::Accepted => "accepted",
            Self::NotAccepted => "not_accepted",
            Self::Reviewing => "reviewing",
            Self::Suspended => "suspended",
            Self::Decided => "decided",
            Self::Closed => "closed",
            Self::Delivered => "delivered",
            Self::Withdrawn => "withdrawn",
            Self::Ended => "ended",
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
            Self::HandedOver => "已移交",
            Self::Correction => "待补正",
            Self::Accepted => "已受理",
            Self::NotAccepted => "不予受理",
            Self::Reviewing => "审查中",
            Self::Suspended => "特别程序中",
            Self::Decided => "已决定",
            Self::Closed => "已办结",
            Self::Delivered => "已送达",
            Self::Withdrawn => "已撤回",
            Self::Ended => "已终止",
        }
    }

    /// Nothing can happen to the case any more; a promise may still be checked.
    pub fn is_final(self) -> bool {
        matches!(self, Self::NotAccepted | Self::Delivered | Self::Withdrawn | Self::Ended)
    }

    /// What comes next, as a sentence for the resident. Empty when nothing does.
    pub fn next(self) -> &'static str {
        match self {
            Self::Submitted => "受理单位会在2个工作日内收件。",
            Self::Received | Self::HandedOver => "受理单位会在5个工作日内告诉您受理、补材料还是不受理。",
            Self::Correction => "请按要求补好材料，补好后接着办。",
            Self::Accepted => "工作人员开始审查，情况会写在这里。",
            Self::Reviewing => "审查完会作出决定，并告诉您理由。",
            Self::Suspended => "这一步做完，接着审查，办理时间接着算。",
            Self::Decided => "决定书和结果正在准备。",
            Self::Closed => "结果会在10个工作日内送到您手里。",
            Self::NotAccepted | Self::Delivered | Self::Withdrawn | Self::Ended => "",
        }
    }
}
