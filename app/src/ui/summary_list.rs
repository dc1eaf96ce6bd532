//! Facts with their names: answers to check, data of a case.

use leptos::prelude::*;

/// Class: `tb-summary`.
#[component]
pub fn SummaryList(
    /// Rows of [`SummaryRow`].
    children: Children,
) -> impl IntoView {
    view! { <dl class="tb-summary">{children()}</dl> }
}

/// Classes: `tb-summary__row`, `tb-summary__term`, `tb-summary__value`, `tb-summary__change`.
#[component]
pub fn SummaryRow(
    #[prop(into)] term: String,
    /// Where it can be changed.
    #[prop(optional, into)]
    change: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class="tb-summary__row">
            <dt class="tb-summary__term">{term.clone()}</dt>
            <dd class="tb-summary__value">{children()}</dd>
            {change
                .map(|href| {
                    view! {
                        <dd class="tb-summary__change">
                            <a href=href>"修改"<span class="tb-hidden">{term}</span></a>
                        </dd>
                    }
                })}
        </div>
    }
}
