//! Several of a list, or one box to tick.

use leptos::html::Input;
use leptos::prelude::*;

use super::field::{Described, choice_id};
use super::follow::follow_checked;
use super::{Choice, FieldShell, field_id};

/// Classes: `tb-choices`, `tb-choice`, `tb-choice__box`, `tb-choice__label`, `tb-choice__hint`.
#[component]
pub fn Checkboxes(
    #[prop(into)] path: String,
    /// The question.
    #[prop(into)]
    label: String,
    #[prop(optional, into)] hint: String,
    #[prop(into)] choices: Vec<Choice>,
    /// The values that are ticked.
    #[prop(into)]
    checked: Signal<Vec<String>>,
    /// Called with all ticked values, in the order of the choices.
    #[prop(optional)]
    on_change: Option<Callback<Vec<String>>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] optional: bool,
) -> impl IntoView {
    let order: StoredValue<Vec<String>> = StoredValue::new(choices.iter().map(|choice| choice.value.clone()).collect());
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let value = choice.value.clone();
            let is_checked = Signal::derive(move || checked.read().contains(&value));
            let value = choice.value.clone();
            let tick = Callback::new(move |on: bool| {
                let Some(on_change) = on_change else { return };
                let before = checked.get_untracked();
                let is_on = |other: &String| if *other == value { on } else { before.contains(other) };
                on_change.run(order.get_value().into_iter().filter(is_on).collect());
            });
            view! { <Box id=choice_id(&path, index) name=path.clone() choice=choice checked=is_checked on_change=tick/> }
        })
        .collect_view();
    view! {
        <FieldShell path=path.clone() label=label hint=hint error=error optional=optional group=true>
            <div class="tb-choices">{boxes}</div>
        </FieldShell>
    }
}

/// One box with its sentence: a declaration, 同意. Posts `yes`.
/// Classes: `tb-field`, `tb-choice`, as for [`Checkboxes`].
#[component]
pub fn Checkbox(
    #[prop(into)] path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(default = "yes".into(), into)] value: String,
    #[prop(into)] checked: Signal<bool>,
    #[prop(optional)] on_change: Option<Callback<bool>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
) -> impl IntoView {
    let described = Described::new(&path, false, error);
    let tick = Callback::new(move |on| {
        if let Some(on_change) = on_change {
            on_change.run(on);
        }
    });
    let choice = Choice { value, label, hint };
    view! {
        <div class="tb-field" class:tb-field--wrong=move || error.read().is_some()>
            {described.error_message()}
            <Box id=field_id(&path) name=path choice=choice checked=checked on_change=tick described=described/>
        </div>
    }
}

#[component]
fn Box(
    id: String,
    name: String,
    choice: Choice,
    checked: Signal<bool>,
    on_change: Callback<bool>,
    #[prop(optional)] described: Option<Described>,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    follow_checked(node, checked, on_change);
    let hint_id = (!choice.hint.is_empty()).then(|| format!("{id}--hint"));
    let describing = {
        let hint_id = hint_id.clone();
        move || {
            let error_id = described.as_ref().and_then(Described::ids);
            let ids: Vec<String> = hint_id.clone().into_iter().chain(error_id).collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="tb-choice">
            <input
                class="tb-choice__box"
                type="checkbox"
                id=id.clone()
                name=name
                value=choice.value
                checked=checked.get_untracked()
                aria-describedby=describing
                node_ref=node
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <label class="tb-choice__label" for=id>{choice.label}</label>
            {hint_id.map(|id| view! { <p class="tb-choice__hint" id=id>{choice.hint}</p> })}
        </div>
    }
}
