//! What a worker can do with a case, in words.

use domain::cases::{State, Step};

use crate::ui::ButtonKind;

/// A step as the desk offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub step: Step,
    /// The last part of the address to which its form is sent.
    pub key: &'static str,
    pub name: &'static str,
    /// What follows from it.
    pub explain: &'static str,
    pub button: ButtonKind,
}

/// None for the steps of residents and of the clock.
pub fn offer(step: Step) -> Option<Offer> {
    let (key, name, explain, button) = match step {
        Step::Receive => {
            ("receive", "收件", "收件后，5个工作日内要答复：受理、要求补正，或者不予受理。", ButtonKind::Primary)
        }
        Step::Accept => {
            ("accept", "受理", "材料齐、该本单位办，就受理。承诺的办理时间从明天起算。", ButtonKind::Primary)
        }
        Step::AskCorrection => (
            "ask-correction",
            "要求补正",
            "先在填报内容和材料旁边勾选要补正的，再写原因。一次说全：申请人只能改勾选的内容。",
            ButtonKind::Secondary,
        ),
        Step::RefuseAcceptance => {
            ("refuse", "不予受理", "不该本单位办，或者不符合受理条件。办件就此结束。", ButtonKind::Danger)
        }
        Step::StartReview => ("review", "开始审查", "开始核对情况，申请人会看到“正在审查”。", ButtonKind::Primary),
        Step::Decide => ("decide", "作出决定", "决定后不能更改，申请人马上会看到。", ButtonKind::Primary),
        Step::Close => ("close", "办结", "结果已经送到申请人手里，就办结。", ButtonKind::Primary),
        Step::AnswerCorrection | Step::DeemAccepted | Step::Withdraw => return None,
    };
    Some(Offer { step, key, name, explain, button })
}

/// The step that usually comes next.
pub fn usual(state: State) -> Option<Step> {
    match state {
        State::Submitted => Some(Step::Receive),
        State::Received => Some(Step::Accept),
        State::Accepted => Some(Step::StartReview),
        State::Reviewing => Some(Step::Decide),
        State::Decided => Some(Step::Close),
        State::Correction | State::NotAccepted | State::Closed | State::Withdrawn => None,
    }
}

/// Why there is nothing to do.
pub fn idle(state: State) -> &'static str {
    match state {
        State::Correction => "正在等申请人补正，补好后会回到待办。",
        state if state.is_final() => "这个办件已经结束，没有要做的了。",
        _ => "这一步不由您的岗位办理，您可以查看。",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::cases::allowed;

    #[test]
    fn the_usual_step_is_allowed_and_offered() {
        for state in State::ALL {
            let Some(step) = usual(state) else { continue };
            assert!(allowed(state).contains(&step) && offer(step).is_some(), "{state:?}");
        }
    }

    #[test]
    fn every_state_that_goes_on_at_the_desk_has_a_usual_step() {
        for state in State::ALL {
            let goes_on = allowed(state).iter().any(|step| offer(*step).is_some());
            assert_eq!(goes_on, usual(state).is_some(), "{state:?}");
        }
    }
}
