//! The steps on a case: a form for each. The one that usually comes next is open.

use domain::cases::{CaseDesk, DeskStep, Step};
use leptos::prelude::*;

use super::announcement::preview;
use super::steps::{Offer, idle, offer, usual};
use crate::forms::{Answers, plain_questions};
use crate::post::PostForm;
use crate::ui::{Button, Disclosure, Notice};

/// Under this key a form that came back says which step it was.
pub(super) const STEP: &str = "_step";

/// The forms, the usual step first. Class: `tb-action`.
pub fn actions(desk: &CaseDesk) -> AnyView {
    let steps: Vec<Step> = desk.steps.iter().map(|one| one.step).collect();
    let usual = usual(&steps, &desk.outstanding);
    let mut offers: Vec<(Offer, DeskStep)> =
        desk.steps.iter().filter_map(|one| Some((offer(one.step)?, one.clone()))).collect();
    offers.sort_by_key(|(offer, _)| Some(offer.step) != usual);
    if !desk.tie.is_empty() {
        let why = desk.tie.clone();
        return view! {
            <Notice title="请回避">
                <p>{why}</p>
            </Notice>
        }
        .into_any();
    }
    if offers.is_empty() {
        return view! { {waiting(desk)} <p>{idle(desk.file.state)}</p> }.into_any();
    }
    let one = |(offer, step): (Offer, DeskStep)| {
        let form = form(desk, offer, step);
        if Some(offer.step) == usual {
            return form;
        }
        let open = came_back(desk, offer.step);
        view! {
            <Disclosure summary=offer.step.name() open=open>
                {form}
            </Disclosure>
        }
        .into_any()
    };
    view! { {waiting(desk)} {offers.into_iter().map(one).collect_view()} }.into_any()
}

/// What the head of the office is asked, and what is still to be done before a decision.
fn waiting(desk: &CaseDesk) -> AnyView {
    let pending = desk.pending.clone();
    let missing = desk.outstanding.iter().map(|what| view! { <li>{what.name()}</li> }).collect_view();
    let has_missing = !desk.outstanding.is_empty();
    let second = desk.wants_second && desk.pending.is_empty();
    view! {
        {second
            .then(|| {
                view! {
                    <Notice title="要另一个人把关">
                        <p>"您作出决定后，要等负责人批准才生效。也可以先请同事写审查意见，再由您决定。"</p>
                    </Notice>
                }
            })}
        {(!pending.is_empty())
            .then(|| {
                view! {
                    <Notice title="等负责人批准">
                        <p>{pending}</p>
                    </Notice>
                }
            })}
        {has_missing
            .then(|| {
                view! {
                    <Notice title="批准以前还要做">
                        <ul>{missing}</ul>
                    </Notice>
                }
            })}
    }
    .into_any()
}

/// The id of a step's form, for controls that stand elsewhere on the page.
pub fn form_id(step: Step) -> String {
    format!("step-{}", step.key())
}

/// What stands before the names of a step's controls.
pub fn prefix(step: Step) -> String {
    format!("{}.", step.key())
}

fn form(desk: &CaseDesk, offer: Offer, step: DeskStep) -> AnyView {
    let Offer { explain, button, step: which } = offer;
    let action = format!("/desk/cases/{}/{}", desk.file.number, which.key());
    let (version, today) = (desk.version.to_string(), desk.today);
    let (entries, findings) = if came_back(desk, which) {
        (desk.flash.entries.clone(), desk.flash.findings.clone())
    } else {
        Default::default()
    };
    let answers = Answers::of_form(&prefix(which), entries, findings);
    let preview = (which == Step::Announce).then(|| preview(desk, answers));
    view! {
        <PostForm action=action class="tb-action" attr:id=form_id(which)>
            <p>{explain}</p>
            <input type="hidden" name="version" value=version />
            {plain_questions(step.form, answers, today)}
            {preview}
            <Button kind=button>{which.name()}</Button>
        </PostForm>
    }
    .into_any()
}

fn came_back(desk: &CaseDesk, step: Step) -> bool {
    !desk.flash.good && desk.flash.entries.get(STEP) == step.key()
}
