//! Something that few people need, behind its name.

use leptos::prelude::*;

/// Classes: `tb-disclosure`, `tb-disclosure__name`, `tb-disclosure__body`.
#[component]
pub fn Disclosure(
    /// What is inside.
    #[prop(into)]
    summary: String,
    #[prop(optional)] open: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <details class="tb-disclosure" open=open>
            <summary class="tb-disclosure__name">{summary}</summary>
            <div class="tb-disclosure__body">{children()}</div>
        </details>
    }
}
