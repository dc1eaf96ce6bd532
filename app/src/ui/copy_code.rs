//! A number to read out, write down or copy.

use leptos::prelude::*;

/// One tap selects the whole of it; the gaps between characters are style, not text. Class: `tb-code`.
#[component]
pub fn CopyCode(#[prop(into)] code: String) -> impl IntoView {
    view! { <code class="tb-code" translate="no">{code}</code> }
}
