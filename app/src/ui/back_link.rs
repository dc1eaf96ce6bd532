//! Where the page stands, and the way back.

use leptos::prelude::*;

use super::{Icon, IconName};

/// One step back. Class: `tb-back`.
#[component]
pub fn BackLink(#[prop(into)] href: String, #[prop(default = "返回".into(), into)] text: String) -> impl IntoView {
    view! {
        <a class="tb-back" href=href>
            <Icon name=IconName::Back/>
            {text}
        </a>
    }
}

/// The pages above this one, from the first page down; the page itself is the heading and is not repeated here.
/// Classes: `tb-breadcrumb`, `tb-breadcrumb__item`.
#[component]
pub fn Breadcrumb(
    /// Address and name of each page above.
    trail: Vec<(String, String)>,
) -> impl IntoView {
    view! {
        <nav class="tb-breadcrumb" aria-label="所在位置">
            <ol>
                {trail
                    .into_iter()
                    .map(|(href, name)| view! { <li class="tb-breadcrumb__item"><a href=href>{name}</a></li> })
                    .collect_view()}
            </ol>
        </nav>
    }
}
