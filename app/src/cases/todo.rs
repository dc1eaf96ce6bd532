//! What the resident has to do or to know before anything else: a correction, a decision.

use domain::cases::{CaseTrack, CorrectionView, Outcome, State};
use leptos::prelude::*;

use super::full_day;
use crate::post::PostForm;
use crate::ui::{Actions, Button, ButtonKind, Disclosure, Panel, SummaryList, SummaryRow, TextArea};

/// 您要做什么: only while a correction is open.
pub fn correction(track: &CaseTrack) -> Option<AnyView> {
    let CorrectionView { number, reason, due, deferred, .. } = track.correction.clone()?;
    let (ask, go) = if deferred {
        ("以前交齐下面的材料。到期没有交的，这次申请就终止了。", "去交材料")
    } else {
        ("以前补好下面几处。办理的时间先停着，等您补好再接着算。", "去补正")
    };
    let asked = |(label, why): &(String, String)| {
        let why = (!why.is_empty()).then(|| view! { <span class="tb-hint">"：" {why.clone()}</span> });
        view! { <li>{label.clone()} {why}</li> }
    };
    let labels = track.correction_reasons.iter().map(asked).collect_view();
    let view = view! {
        <Panel title="您要做什么" id="todo" todo=true>
            <p>
                "请在" <strong>{full_day(due)}</strong>
                {ask}
            </p>
            <SummaryList>
                {(!reason.is_empty()).then(|| view! { <SummaryRow term="为什么要补">{reason}</SummaryRow> })}
                <SummaryRow term=if deferred { "还差的材料" } else { "要补的内容" }>
                    <ul>{labels}</ul>
                </SummaryRow>
            </SummaryList>
            <PostForm action=format!("/cases/{number}/correct")>
                <Actions>
                    <Button>{go}</Button>
                </Actions>
            </PostForm>
        </Panel>
    };
    Some(view.into_any())
}

/// What was decided, with the reason.
pub fn decision(track: &CaseTrack) -> Option<AnyView> {
    let title = match (track.state, track.outcome) {
        (State::NotAccepted, _) => "为什么没有受理",
        (State::Ended, _) => "为什么终止",
        (State::Decided | State::Closed | State::Delivered, Some(Outcome::Approved)) => "决定：批准",
        (State::Decided | State::Closed | State::Delivered, Some(Outcome::Denied)) => "决定：不批准",
        _ => return None,
    };
    let reason = match track.decision_reason.as_str() {
        "" => "您的申请符合条件，已经批准。".to_owned(),
        reason => reason.to_owned(),
    };
    let granted = track.granted.clone();
    let granted = (!granted.is_empty()).then(|| {
        let row = |(label, text)| view! { <SummaryRow term=label>{text}</SummaryRow> };
        view! { <SummaryList>{granted.into_iter().map(row).collect_view()}</SummaryList> }
    });
    let view = view! {
        <Panel title=title id="decision">
            <p class="tb-case__words">{reason}</p>
            {granted}
        </Panel>
    };
    Some(view.into_any())
}

/// Taking the application back: few need it.
pub fn withdrawal(track: &CaseTrack) -> Option<AnyView> {
    let action = format!("/cases/{}/withdraw", track.number);
    let view = view! {
        <Disclosure summary="不想办了？可以撤回">
            <p>"撤回以后这个办件就结束了，不能恢复。以后想办，可以重新申请。"</p>
            <PostForm action=action>
                <TextArea
                    path="reason"
                    label="为什么撤回"
                    hint="不写也可以"
                    value=String::new()
                    optional=true
                    rows=3
                    maxlength=500
                />
                <Actions>
                    <Button kind=ButtonKind::Danger>"撤回申请"</Button>
                </Actions>
            </PostForm>
        </Disclosure>
    };
    track.may_withdraw.then(|| view.into_any())
}
