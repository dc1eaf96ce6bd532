//! What somebody may want to do with a case, and why it may be refused.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::event::{CorrectionAsk, EndCause, Ruling};
use super::state::State;
use crate::catalogue::{Delivery, SuspensionKind};

/// What somebody wants to do with a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    Receive,
    HandOver,
    AskCorrection(CorrectionAsk),
    AnswerCorrection,
    /// By the clock alone.
    LapseCorrection,
    /// `deferred`: paths of material fields that may follow (容缺), under a written promise.
    Accept {
        deferred: Vec<String>,
    },
    /// By the clock alone.
    DeemAccepted,
    RefuseAcceptance {
        reason: String,
        /// The office that is competent instead; empty when there is none.
        apply_to: String,
    },
    StartReview,
    Suspend {
        why: SuspensionKind,
        days: u32,
        reason: String,
    },
    Resume {
        result: String,
    },
    Extend {
        days: u32,
        reason: String,
    },
    Visit {
        day: NaiveDate,
        visitors: String,
        findings: String,
        agrees: bool,
    },
    AskOpinion {
        office: String,
        question: String,
    },
    /// By a worker of the office that was asked.
    GiveOpinion {
        text: String,
        agrees: bool,
    },
    Announce {
        text: String,
    },
    /// When the days are over, usually by the clock. The service counts what was said against it.
    EndAnnouncement {
        objections: Objections,
    },
    Review {
        agrees: bool,
        opinion: String,
    },
    Approve,
    RefuseApproval {
        reason: String,
    },
    Decide(Ruling),
    /// 即办: received, accepted, decided, closed and handed over in one go.
    Complete(Ruling),
    Close,
    Deliver {
        way: Delivery,
        note: String,
    },
    AnswerDeferral,
    /// By the clock alone.
    LapseDeferral,
    CheckPromise {
        kept: bool,
        findings: String,
    },
    /// `common`: the office of the lowest area that contains all offices it has been at, for a case in circles.
    Reroute {
        to: String,
        common: String,
        reason: String,
    },
    Withdraw {
        reason: String,
    },
    End {
        cause: EndCause,
        reason: String,
    },
}

/// What was said against an announcement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Objections {
    /// Not settled yet.
    pub open: u32,
    pub settled: u32,
    /// Those of the settled that were right.
    pub upheld: u32,
}

/// An action without its particulars: for rights and for buttons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Receive,
    HandOver,
    AskCorrection,
    AnswerCorrection,
    LapseCorrection,
    Accept,
    DeemAccepted,
    RefuseAcceptance,
    StartReview,
    Suspend,
    Resume,
    Extend,
    Visit,
    AskOpinion,
    GiveOpinion,
    Announce,
    EndAnnouncement,
    Review,
    Approve,
    RefuseApproval,
    Decide,
    Complete,
    Close,
    Deliver,
    AnswerDeferral,
    LapseDeferral,
    CheckPromise,
    Reroute,
    Withdraw,
    End,
}

/// Something that must be done before a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outstanding {
    Visit,
    Opinions,
    Announcement,
    Reviews,
    Deferral,
}

/// Why an action is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Not possible in this state.
    State(State),
    /// The head of the office is asked first.
    Pending,
    NothingPending,
    /// Who asked may not approve.
    OwnRequest,
    /// A reviewer has one voice.
    TwiceReviewed,
    ReasonMissing,
    NothingNamed,
    TooEarly,
    Outstanding(Outstanding),
    /// The item is not one that is done at once.
    NotAtOnce,
    NotDeferrable,
    DaysWrong,
    ExtendedBefore,
    NotAsked,
    SameOffice,
    NotForThisItem,
    NotDelivered,
    DataWrong,
    /// Somebody said something against the announcement, and has no answer yet.
    ObjectionsOpen,
}

impl Refusal {
    /// What to tell the person.
    pub fn message(self) -> String {
        match self {
            Self::State(state) => {
                return format!("办件现在是“{}”，不能这样操作。页面可能已经过时，请刷新后再看", state.name());
            }
            Self::Outstanding(what) => return format!("还不能决定：{}", what.name()),
            Self::Pending => "正在等负责人批准，批准或退回后才能继续",
            Self::NothingPending => "没有等您批准的事",
            Self::OwnRequest => "自己提出的事要由另一位负责人批准",
            Self::TwiceReviewed => "您已经写过审查意见了，要由另一位审批人员来写",
            Self::ReasonMissing => "请写明理由，申请人会看到",
            Self::NothingNamed => "请至少勾选一项要补正的内容",
            Self::TooEarly => "还没有到期",
            Self::NotAtOnce => "这件事不是当场办结的，请按步骤办",
            Self::NotDeferrable => "只有标着“容缺后补”的材料才能后补",
            Self::DaysWrong => "天数不对：最少1天，最多10个工作日（停表最多90天）",
            Self::ExtendedBefore => "期限只能延长一次，已经延长过了",
            Self::NotAsked => "没有向您的单位征求意见",
            Self::SameOffice => "办件就在这个单位，不用转",
            Self::NotForThisItem => "这个事项没有这一步",
            Self::NotDelivered => "这个事项不用这种方式送达",
            Self::ObjectionsOpen => "还有异议没有处理，都处理完才能结束公示",
            Self::DataWrong => "决定的内容没有填对，请核对金额、日期等",
        }
        .to_owned()
    }
}

impl Outstanding {
    /// What is still to be done, as a clause.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visit => "入户调查还没有记录",
            Self::Opinions => "征求的意见还没有答复",
            Self::Announcement => "公示还没有做完（有异议成立的，核查后要重新公示）",
            Self::Reviews => "审查意见还不够",
            Self::Deferral => "承诺后补的材料还没有交",
        }
    }
}

impl Action {
    pub fn step(&self) -> Step {
        match self {
            Self::Receive => Step::Receive,
            Self::HandOver => Step::HandOver,
            Self::AskCorrection(_) => Step::AskCorrection,
            Self::AnswerCorrection => Step::AnswerCorrection,
            Self::LapseCorrection => Step::LapseCorrection,
            Self::Accept { .. } => Step::Accept,
            Self::DeemAccepted => Step::DeemAccepted,
            Self::RefuseAcceptance { .. } => Step::RefuseAcceptance,
            Self::StartReview => Step::StartReview,
            Self::Suspend { .. } => Step::Suspend,
            Self::Resume { .. } => Step::Resume,
            Self::Extend { .. } => Step::Extend,
            Self::Visit { .. } => Step::Visit,
            Self::AskOpinion { .. } => Step::AskOpinion,
            Self::GiveOpinion { .. } => Step::GiveOpinion,
            Self::Announce { .. } => Step::Announce,
            Self::EndAnnouncement { .. } => Step::EndAnnouncement,
            Self::Review { .. } => Step::Review,
            Self::Approve => Step::Approve,
            Self::RefuseApproval { .. } => Step::RefuseApproval,
            Self::Decide(_) => Step::Decide,
            Self::Complete(_) => Step::Complete,
            Self::Close => Step::Close,
            Self::Deliver { .. } => Step::Deliver,
            Self::AnswerDeferral => Step::AnswerDeferral,
            Self::LapseDeferral => Step::LapseDeferral,
            Self::CheckPromise { .. } => Step::CheckPromise,
            Self::Reroute { .. } => Step::Reroute,
            Self::Withdraw { .. } => Step::Withdraw,
            Self::End { .. } => Step::End,
        }
    }
}

impl Step {
    pub const ALL: [Self; 30] = [
        Self::Receive,
        Self::HandOver,
        Self::AskCorrection,
        Self::AnswerCorrection,
        Self::LapseCorrection,
        Self::Accept,
        Self::DeemAccepted,
        Self::RefuseAcceptance,
        Self::StartReview,
        Self::Suspend,
        Self::Resume,
        Self::Extend,
        Self::Visit,
        Self::AskOpinion,
        Self::GiveOpinion,
        Self::Announce,
        Self::EndAnnouncement,
        Self::Review,
        Self::Approve,
        Self::RefuseApproval,
        Self::Decide,
        Self::Complete,
        Self::Close,
        Self::Deliver,
        Self::AnswerDeferral,
        Self::LapseDeferral,
        Self::CheckPromise,
        Self::Reroute,
        Self::Withdraw,
        Self::End,
    ];

    /// As it stands in addresses: `ask-correction`.
    pub fn key(self) -> &'static str {
        match self {
            Self::Receive => "receive",
            Self::HandOver => "hand-over",
            Self::AskCorrection => "ask-correction",
            Self::AnswerCorrection => "answer-correction",
            Self::LapseCorrection => "lapse-correction",
            Self::Accept => "accept",
            Self::DeemAccepted => "deem-accepted",
            Self::RefuseAcceptance => "refuse",
            Self::StartReview => "review",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Extend => "extend",
            Self::Visit => "visit",
            Self::AskOpinion => "ask-opinion",
            Self::GiveOpinion => "give-opinion",
            Self::Announce => "announce",
            Self::EndAnnouncement => "end-announcement",
            Self::Review => "opinion",
            Self::Approve => "approve",
            Self::RefuseApproval => "refuse-approval",
            Self::Decide => "decide",
            Self::Complete => "complete",
            Self::Close => "close",
            Self::Deliver => "deliver",
            Self::AnswerDeferral => "answer-deferral",
            Self::LapseDeferral => "lapse-deferral",
            Self::CheckPromise => "check-promise",
            Self::Reroute => "reroute",
            Self::Withdraw => "withdraw",
            Self::End => "end",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.key() == key)
    }

    /// The field's word, as it stands on a button.
    pub fn name(self) -> &'static str {
        match self {
            Self::Receive => "收件",
            Self::HandOver => "移交",
            Self::AskCorrection => "要求补正",
            Self::AnswerCorrection => "补正",
            Self::LapseCorrection => "补正逾期",
            Self::Accept => "受理",
            Self::DeemAccepted => "视为受理",
            Self::RefuseAcceptance => "不予受理",
            Self::StartReview => "开始审查",
            Self::Suspend => "停表（特别程序）",
            Self::Resume => "恢复计时",
            Self::Extend => "申请延长期限",
            Self::Visit => "记录入户调查",
            Self::AskOpinion => "征求意见",
            Self::GiveOpinion => "答复意见",
            Self::Announce => "开始公示",
            Self::EndAnnouncement => "结束公示",
            Self::Review => "写审查意见",
            Self::Approve => "批准",
            Self::RefuseApproval => "退回",
            Self::Decide => "作出决定",
            Self::Complete => "当场办结",
            Self::Close => "办结",
            Self::Deliver => "送达",
            Self::AnswerDeferral => "后补材料",
            Self::LapseDeferral => "后补逾期",
            Self::CheckPromise => "核查承诺",
            Self::Reroute => "转办",
            Self::Withdraw => "撤回",
            Self::End => "终止",
        }
    }
}
