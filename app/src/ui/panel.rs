//! A part of a page with a border: facts that belong together.

use leptos::prelude::*;

/// Classes: `tb-panel`, `tb-panel--todo`, `tb-panel__title`.
#[component]
pub fn Panel(
    /// The heading, an `h2`.
    #[prop(optional, into)]
    title: String,
    #[prop(optional, into)] id: Option<String>,
    /// The person has something to do here: 我要做什么.
    #[prop(optional)]
    todo: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <section class=if todo { "tb-panel tb-panel--todo" } else { "tb-panel" } id=id>
            {(!title.is_empty()).then(|| view! { <h2 class="tb-panel__title">{title}</h2> })}
            {children()}
        </section>
    }
}
