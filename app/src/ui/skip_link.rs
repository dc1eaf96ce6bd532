//! The first stop of the keyboard.

use leptos::prelude::*;

/// Leads to `main`, whose id is `main`. Class: `tb-skip`.
#[component]
pub fn SkipLink() -> impl IntoView {
    view! { <a class="tb-skip" href="#main" rel="external">"跳到正文"</a> }
}
