//! Several lines of text.

use leptos::html::Textarea;
use leptos::prelude::*;

use super::FieldShell;
use super::field::{Described, field_id};
use super::follow::follow_value;

/// Class: `tb-textarea`.
#[component]
pub fn TextArea(
    #[prop(into)] path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(into)] value: Signal<String>,
    #[prop(optional)] on_input: Option<Callback<String>>,
    /// Called when the person has left the control.
    #[prop(optional)]
    on_change: Option<Callback<String>>,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(optional)] optional: bool,
    #[prop(default = 5)] rows: u32,
    #[prop(optional)] maxlength: Option<usize>,
) -> impl IntoView {
    let node = NodeRef::<Textarea>::new();
    follow_value(node, value, on_input);
    let described = Described::new(&path, !hint.is_empty(), error);
    let invalid = described.clone();
    view! {
        <FieldShell path=path.clone() label=label hint=hint error=error optional=optional>
            <textarea
                class="tb-textarea"
                id=field_id(&path)
                name=path
                rows=rows.to_string()
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
                inner_html=value.with_untracked(|text| inner_text(text))
            ></textarea>
        </FieldShell>
    }
}

/// The text as HTML. Leptos writes the children of a `textarea` unescaped, so they are escaped here; a parser drops the
/// first line break, so one stands before the text's own.
fn inner_text(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    if escaped.starts_with('\n') { format!("\n{escaped}") } else { escaped }
}
