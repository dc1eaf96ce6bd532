//! The column of a page and its heading.

use leptos::prelude::*;

/// The root of a page inside the layout's `main`: a column as wide as is good to read.
/// Classes: `tb-page`, `tb-page--wide`.
#[component]
pub fn Page(
    /// As wide as the frame: home, lists of tiles, tables.
    #[prop(optional)]
    wide: bool,
    children: Children,
) -> impl IntoView {
    view! { <div class=if wide { "tb-page tb-page--wide" } else { "tb-page" }>{children()}</div> }
}

/// The one `h1` of a page. Classes: `tb-title`, `tb-title__caption`, `tb-title__lead`.
#[component]
pub fn PageTitle(
    #[prop(into)] title: String,
    /// What the page belongs to, above the heading: the item's name on a form page.
    #[prop(optional, into)]
    caption: String,
    /// One sentence below the heading.
    #[prop(optional, into)]
    lead: String,
) -> impl IntoView {
    view! {
        <div class="tb-title">
            {(!caption.is_empty()).then(|| view! { <p class="tb-title__caption">{caption}</p> })}
            <h1>{title}</h1>
            {(!lead.is_empty()).then(|| view! { <p class="tb-title__lead">{lead}</p> })}
        </div>
    }
}
