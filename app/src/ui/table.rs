//! Rows to compare. On a phone each row becomes a block in which every cell says what it is.

use leptos::prelude::*;

/// The roles are written out because a table that is laid out as blocks loses them.
/// Classes: `tb-table`, `tb-table__caption`; the name of a cell's column is its `data-label`.
#[component]
pub fn Table(
    #[prop(into)] caption: String,
    /// The caption is only read out, where a heading above says the same.
    #[prop(optional)]
    caption_hidden: bool,
    head: Vec<&'static str>,
    /// The first cell names its row.
    rows: Vec<Vec<AnyView>>,
) -> impl IntoView {
    let body = rows.into_iter().map(|cells| row(&head, cells)).collect_view();
    let caption_class = if caption_hidden { "tb-hidden" } else { "tb-table__caption" };
    view! {
        <table class="tb-table" role="table">
            <caption class=caption_class>{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    {head.iter().map(|name| view! { <th scope="col" role="columnheader">{*name}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody role="rowgroup">{body}</tbody>
        </table>
    }
}

fn row(head: &[&'static str], cells: Vec<AnyView>) -> AnyView {
    let cells = cells
        .into_iter()
        .enumerate()
        .map(|(index, cell)| {
            let label = head.get(index).copied().unwrap_or_default();
            if index == 0 {
                view! { <th scope="row" role="rowheader" data-label=label>{cell}</th> }.into_any()
            } else {
                view! { <td role="cell" data-label=label>{cell}</td> }.into_any()
            }
        })
        .collect_view();
    view! { <tr role="row">{cells}</tr> }.into_any()
}
