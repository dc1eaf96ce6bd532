//! One line of text, a number, a date.

use leptos::html::Input;
use leptos::prelude::*;

use super::FieldShell;
use super::field::{Described, field_id};
use super::follow::follow_value;

/// How wide a control is: as wide as what is written into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Full,
    /// An identity number, a bank card.
    Long,
    /// A phone number, a date.
    Medium,
    /// A number, an amount.
    Short,
}

impl Width {
    pub(super) fn class(self, base: &str) -> String {
        match self {
            Self::Full => base.to_owned(),
            Self::Long => format!("{base} tb-width-long"),
            Self::Medium => format!("{base} tb-width-medium"),
            Self::Short => format!("{base} tb-width-short"),
        }
    }
}

/// Classes: `tb-input`, `tb-input__unit`, `tb-width-long`, `tb-width-medium`, `tb-width-short`.
#[component]
pub fn TextInput(
    #[prop(into)] path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(into)] value: Signal<String>,
    /// Called at every change of the text.
    #[prop(optional)]
    on_input: Option<Callback<String>>,
    /// Called when the person has left the control.
    #[prop(optional)]
    on_change: Option<Callback<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] optional: bool,
    /// The `type`: `text`, `tel`, `date`, `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keyboard a phone shows: `numeric`, `decimal`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] maxlength: Option<usize>,
    #[prop(optional)] width: Width,
    /// What is counted, after the box: 元, 人.
    #[prop(optional, into)]
    unit: String,
) -> impl IntoView {
    let node = NodeRef::<Input>::new();
    follow_value(node, value, on_input);
    let described = Described::new(&path, !hint.is_empty(), error);
    let invalid = described.clone();
    view! {
        <FieldShell path=path.clone() label=label hint=hint error=error optional=optional>
            <input
                class=width.class("tb-input")
                type=kind
                id=field_id(&path)
                name=path
                value=value.get_untracked()
                inputmode=inputmode
                autocomplete=autocomplete
                maxlength=maxlength.map(|max| max.to_string())
                aria-describedby=move || described.ids()
                aria-invalid=move || invalid.invalid()
                node_ref=node
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
                on:change=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event_target_value(&event));
                    }
                }
            />
            {(!unit.is_empty()).then(|| view! { <span class="tb-input__unit">{unit}</span> })}
        </FieldShell>
    }
}
