//! One of a long list.

use leptos::html;
use leptos::prelude::*;

use super::field::{Described, field_id};
use super::follow::follow_value;
use super::{Choice, FieldShell, Width};

/// Short lists are better as [`super::Radios`]. Class: `tb-select`.
#[component]
pub fn Select(
    #[prop(into)] path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(into)] choices: Signal<Vec<Choice>>,
    /// The value that is chosen; empty when none is.
    #[prop(into)]
    value: Signal<String>,
    #[prop(optional)] on_change: Option<Callback<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] optional: bool,
    /// The first line, which chooses nothing.
    #[prop(default = "请选择".into(), into)]
    empty: String,
    #[prop(optional)] width: Width,
    /// The control's name, when it differs from the path: lists that together answer one field.
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    let node = NodeRef::<html::Select>::new();
    follow_value(node, value, on_change);
    let described = Described::new(&path, !hint.is_empty(), error);
    let invalid = described.clone();
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let selected = *value.read_untracked() == choice.value;
                view! { <option value=choice.value selected=selected>{choice.label}</option> }
            })
            .collect_view()
    };
    view! {
        <FieldShell path=path.clone() label=label hint=hint error=error optional=optional>
            <select
                class=width.class("tb-select")
                id=field_id(&path)
                name=name.unwrap_or(path)
                aria-describedby=move || described.ids()
                aria-invalid=move || invalid.invalid()
                node_ref=node
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_value(&event));
                    }
                }
            >
                <option value="">{empty}</option>
                {options}
            </select>
        </FieldShell>
    }
}
