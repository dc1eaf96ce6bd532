//! The buttons of a page, the main one first: stacked and wide on a phone, side by side on wider screens.

use leptos::prelude::*;

/// Class: `tb-actions`.
#[component]
pub fn Actions(children: Children) -> impl IntoView {
    view! { <div class="tb-actions">{children()}</div> }
}
