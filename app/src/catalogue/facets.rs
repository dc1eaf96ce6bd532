//! The ways to find an item as rows of links.

use domain::catalogue::Facet;
use leptos::prelude::*;

/// One row: 老人, 残疾人 … `parameter` is the one of the list's address.
/// Classes: `tb-chips`, `tb-chip`.
#[component]
pub fn FacetChips(
    list: &'static [Facet],
    parameter: &'static str,
    /// Show only the first ones, then a link to all.
    #[prop(optional)]
    at_most: Option<usize>,
) -> impl IntoView {
    let shown = at_most.unwrap_or(list.len());
    view! {
        <ul class="tb-chips" role="list">
            {list
                .iter()
                .take(shown)
                .map(|facet| view! { <li><a class="tb-chip" href=address(parameter, facet.key)>{facet.name}</a></li> })
                .collect_view()}
            {(shown < list.len())
                .then(|| {
                    view! { <li><a class="tb-chip" href=format!("/items#{parameter}")>"更多…"</a></li> }
                })}
        </ul>
    }
}

/// The list of the items of one facet. Keys are letters and `_`.
pub fn address(parameter: &str, key: &str) -> String {
    format!("/items?{parameter}={key}")
}
