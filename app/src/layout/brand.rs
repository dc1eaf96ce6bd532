//! The mark of the product: one door, and what was asked is done.

use leptos::prelude::*;

/// Class: `tb-mark`. The same drawing is in `style/public/favicon.svg`.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg
            class="tb-mark"
            viewBox="0 0 32 32"
            width="32"
            height="32"
            fill="none"
            stroke="currentColor"
            stroke-width="3"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            focusable="false"
        >
            <path d="M6 28V14a10 10 0 0 1 20 0v14"></path>
            <path d="M11 19l4 4 6-8"></path>
        </svg>
    }
}
