//! Big links side by side: the ways into something.

use leptos::prelude::*;

/// Class: `tb-tiles`.
#[component]
pub fn Tiles(
    /// [`Tile`]s.
    children: Children,
) -> impl IntoView {
    view! { <ul class="tb-tiles" role="list">{children()}</ul> }
}

/// Classes: `tb-tile`, `tb-tile__title`, `tb-tile__text`.
#[component]
pub fn Tile(
    #[prop(into)] href: String,
    #[prop(into)] title: String,
    #[prop(optional, into)] text: String,
) -> impl IntoView {
    view! {
        <li>
            <a class="tb-tile" href=href>
                <span class="tb-tile__title">{title}</span>
                {(!text.is_empty()).then(|| view! { <span class="tb-tile__text">{text}</span> })}
            </a>
        </li>
    }
}
