//! What a worker can do with a case, in words.

use domain::cases::{Outstanding, State, Step};

use crate::ui::ButtonKind;

/// A step as the desk offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    pub step: Step,
    /// What follows from it.
    pub explain: &'static str,
    pub button: ButtonKind,
}

/// None for the steps of residents and of the clock.
pub fn offer(step: Step) -> Option<Offer> {
    use ButtonKind::{Danger, Primary, Secondary};
    let (explain, button) = match step {
        Step::Receive => ("收件后，5个工作日内要答复：受理、要求补正，或者不予受理。", Primary),
        Step::HandOver => {
            ("看过原件、核对过身份，就移交给决定的单位。原件留在本窗口保管，物料流转凭证自动生成。", Primary)
        }
        Step::Accept => ("材料齐、该办，就受理。承诺的办理时间从明天起算，受理通知书自动生成。", Primary),
        Step::AskCorrection => ("先在填报内容和材料旁边勾选要补正的。一次说全：申请人只能改勾选的内容。", Secondary),
        Step::RefuseAcceptance => ("不该本单位办，或者不符合受理条件。办件就此结束。", Danger),
        Step::StartReview => ("开始核对情况，申请人会看到“正在审查”。", Primary),
        Step::Suspend => ("做听证、鉴定、核查这类事的时间，不算在办理时间里。申请人会收到告知书。", Secondary),
        Step::Resume => ("办理时间从明天起接着算。", Primary),
        Step::Extend => ("只能延长一次，要负责人批准。", Secondary),
        Step::Visit => ("上门看过以后，把情况记下来。", Primary),
        Step::AskOpinion => ("请别的单位看看这个办件，5个工作日内答复。", Secondary),
        Step::GiveOpinion => ("别的单位在等您单位的意见。", Primary),
        Step::Announce => ("公示出去，听取邻居的意见。到期自动撤下。", Primary),
        Step::EndAnnouncement => ("公示期满、异议都处理完，就结束公示。到期会自动结束。", Secondary),
        Step::Review => ("写下您的审查意见，供作决定的人参考。", Primary),
        Step::Approve => ("批准后马上生效，申请人会看到。", Primary),
        Step::RefuseApproval => ("退回给经办人，写明理由。", Secondary),
        Step::Decide => ("决定后不能更改，申请人马上会看到。", Primary),
        Step::Complete => ("收件、受理、决定、办结一次做完，结果当场交给申请人。", Primary),
        Step::Close => ("决定书准备好了，就办结。选电子送达的，办结就送到手机上。", Primary),
        Step::Deliver => ("结果交到申请人手里，记下来。", Primary),
        Step::AnswerDeferral => ("申请人把承诺后补的材料交齐了。", Secondary),
        Step::CheckPromise => ("申请人用承诺代替了证明，事后核一核。", Secondary),
        Step::Reroute => ("不该本单位办的，转给对的单位，对方和申请人都会看到理由。", Secondary),
        Step::End => ("申请人去世、材料不真实或重复申请的，终止办理。", Danger),
        Step::AnswerCorrection | Step::LapseCorrection | Step::DeemAccepted | Step::LapseDeferral | Step::Withdraw => {
            return None;
        }
    };
    Some(Offer { step, explain, button })
}

/// In this order the step that usually comes next is looked for.
const USUAL: [Step; 17] = [
    Step::Approve,
    Step::GiveOpinion,
    Step::Receive,
    Step::Complete,
    Step::HandOver,
    Step::Accept,
    Step::StartReview,
    Step::Resume,
    Step::Visit,
    Step::Announce,
    Step::Review,
    Step::Decide,
    Step::Close,
    Step::Deliver,
    Step::AnswerDeferral,
    Step::EndAnnouncement,
    Step::CheckPromise,
];

/// The step that usually comes next of those on offer: what is still to be done before a decision comes before it.
pub fn usual(steps: &[Step], outstanding: &[Outstanding]) -> Option<Step> {
    let waits = |step: Step| match step {
        Step::Visit => !outstanding.contains(&Outstanding::Visit),
        Step::Announce => !outstanding.contains(&Outstanding::Announcement),
        Step::Review => !outstanding.contains(&Outstanding::Reviews),
        _ => false,
    };
    USUAL.into_iter().find(|step| steps.contains(step) && !waits(*step))
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
    fn the_usual_step_is_on_offer() {
        for state in State::ALL {
            let steps: Vec<Step> = allowed(state).into_iter().filter(|step| offer(*step).is_some()).collect();
            let usual = usual(&steps, &[]);
            assert!(usual.is_none_or(|step| steps.contains(&step)), "{state:?}");
        }
        let reviewing = [Step::Visit, Step::Announce, Step::Decide];
        assert_eq!(usual(&reviewing, &[Outstanding::Announcement]), Some(Step::Announce));
        assert_eq!(usual(&reviewing, &[]), Some(Step::Decide));
    }
}
