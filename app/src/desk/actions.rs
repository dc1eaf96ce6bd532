//! The steps on a case: a form for each. The one that usually comes next is open.

use domain::cases::{CaseDesk, Step};
use domain::forms::ENTRY_LENGTH_MAX;
use leptos::prelude::*;

use super::steps::{Offer, idle, offer, usual};
use crate::cases::wrong;
use crate::post::PostForm;
use crate::ui::{Button, Choice, Disclosure, FieldShell, Radios, TextArea, field_id, hint_id};

/// Under this key a form that came back says which step it was.
const STEP: &str = "_step";

/// The forms, the usual step first. Class: `tb-action`.
pub fn actions(desk: &CaseDesk) -> AnyView {
    let usual = usual(desk.file.state);
    let mut offers: Vec<Offer> = desk.steps.iter().filter_map(|step| offer(*step)).collect();
    offers.sort_by_key(|offer| Some(offer.step) != usual);
    if offers.is_empty() {
        return view! { <p>{idle(desk.file.state)}</p> }.into_any();
    }
    let one = |offer: Offer| {
        let form = form(desk, offer);
        if Some(offer.step) == usual {
            return form;
        }
        let open = came_back(desk, offer);
        view! {
            <Disclosure summary=offer.name open=open>
                {form}
            </Disclosure>
        }
        .into_any()
    };
    offers.into_iter().map(one).collect_view().into_any()
}

/// The id of a step's form, for controls that stand elsewhere on the page.
pub fn form_id(key: &str) -> String {
    format!("step-{key}")
}

fn form(desk: &CaseDesk, offer: Offer) -> AnyView {
    let Offer { step, key, name, explain, button } = offer;
    let action = format!("/desk/cases/{}/{key}", desk.file.number);
    let outcome = (step == Step::Decide).then(|| outcome(desk));
    let reason = reason(desk, offer);
    let version = desk.version.to_string();
    view! {
        <PostForm action=action class="tb-action" attr:id=form_id(key)>
            <p>{explain}</p>
            <input type="hidden" name="version" value=version />
            {outcome}
            {reason}
            <Button kind=button>{name}</Button>
        </PostForm>
    }
    .into_any()
}

fn came_back(desk: &CaseDesk, offer: Offer) -> bool {
    !desk.flash.good && desk.flash.entries.get(STEP) == offer.key
}

fn outcome(desk: &CaseDesk) -> AnyView {
    let choices = [Choice::new("approved", "批准"), Choice::new("denied", "不批准").hint("要写明理由")];
    let error = wrong(&desk.flash.findings, "outcome");
    let checked = desk.flash.entries.get("outcome").to_owned();
    view! { <Radios path="outcome" label="决定" choices=choices checked=checked error=error /> }.into_any()
}

/// The reason of the form that came back has the path of its findings; the others only share its name.
fn reason(desk: &CaseDesk, offer: Offer) -> Option<AnyView> {
    let (label, hint) = match offer.step {
        Step::AskCorrection => ("要补什么、怎么补", "申请人会看到这段话，请写得让人一看就懂。"),
        Step::RefuseAcceptance => ("不予受理的理由", "申请人会看到。请写明依据，以及应向哪里申请。"),
        Step::Decide => ("理由", "申请人会看到。批准可以不写，不批准一定要写。"),
        _ => return None,
    };
    let view = if came_back(desk, offer) {
        let value = desk.flash.entries.get("reason").to_owned();
        let error = wrong(&desk.flash.findings, "reason");
        view! {
            <TextArea path="reason" label=label hint=hint value=value error=error rows=4 maxlength=ENTRY_LENGTH_MAX />
        }
        .into_any()
    } else {
        let path = format!("{}.reason", offer.key);
        view! {
            <FieldShell path=path.clone() label=label hint=hint>
                <textarea
                    class="tb-textarea"
                    id=field_id(&path)
                    name="reason"
                    rows="4"
                    maxlength=ENTRY_LENGTH_MAX.to_string()
                    aria-describedby=hint_id(&path)
                ></textarea>
            </FieldShell>
        }
        .into_any()
    };
    Some(view)
}
