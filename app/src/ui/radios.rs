//! One of a list.

use leptos::html::Input;
use leptos::prelude::*;

use super::FieldShell;
use super::field::choice_id;
use super::follow::follow_checked;

/// What can be chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: String,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: String::new() }
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

/// Classes: `tb-choices`, `tb-choices--inline`, `tb-choice`, `tb-choice__box`, `tb-choice__label`, `tb-choice__hint`.
#[component]
pub fn Radios(
    #[prop(into)] path: String,
    /// The question.
    #[prop(into)]
    label: String,
    #[prop(optional, into)] hint: String,
    #[prop(into)] choices: Vec<Choice>,
    /// The value that is chosen; empty when none is.
    #[prop(into)]
    checked: Signal<String>,
    #[prop(optional)] on_change: Option<Callback<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] optional: bool,
    /// Side by side on wider screens: 是, 否.
    #[prop(optional)]
    inline: bool,
) -> impl IntoView {
    let class = if inline { "tb-choices tb-choices--inline" } else { "tb-choices" };
    let buttons = choices
        .into_iter()
        .enumerate()
        .map(|(index, choice)| {
            let id = choice_id(&path, index);
            view! { <Radio id=id name=path.clone() choice=choice checked=checked on_change=on_change/> }
        })
        .collect_view();
    view! {
        <FieldShell path=path.clone() label=label hint=hint error=error optional=optional group=true>
            <div class=class>{buttons}</div>
        </FieldShell>
    }
}

#[component]
fn Radio(
    id: String,
    name: String,
    choice: Choice,
    checked: Signal<String>,
    on_change: Option<Callback<String>>,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    let value = choice.value.clone();
    let is_checked = Signal::derive(move || *checked.read() == value);
    let value = choice.value.clone();
    let tick = Callback::new(move |on| {
        if let (true, Some(on_change)) = (on, on_change) {
            on_change.run(value.clone());
        }
    });
    follow_checked(node, is_checked, tick);
    let hint_id = (!choice.hint.is_empty()).then(|| format!("{id}--hint"));
    view! {
        <div class="tb-choice">
            <input
                class="tb-choice__box"
                type="radio"
                id=id.clone()
                name=name
                value=choice.value
                checked=is_checked.get_untracked()
                aria-describedby=hint_id.clone()
                node_ref=node
                on:change=move |_| tick.run(true)
            />
            <label class="tb-choice__label" for=id>{choice.label}</label>
            {hint_id.map(|id| view! { <p class="tb-choice__hint" id=id>{choice.hint}</p> })}
        </div>
    }
}
