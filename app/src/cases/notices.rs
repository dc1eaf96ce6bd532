//! The papers of a case, to open and print.

use domain::notices::NoticeBrief;
use leptos::prelude::*;

use super::full_day;

/// Nothing while there are none.
pub fn notices(list: Vec<NoticeBrief>) -> Option<AnyView> {
    let paper = |brief: NoticeBrief| {
        let address = format!("/notices/{}", brief.id);
        view! {
            <li>
                <a href=address>{brief.kind.title()}</a>
                " "
                <span class="tb-hint">{brief.number} "，" {full_day(brief.day)}</span>
            </li>
        }
    };
    if list.is_empty() {
        return None;
    }
    let view = view! {
        <section class="tb-section" aria-labelledby="notices-title">
            <h2 id="notices-title">"文书"</h2>
            <ul>{list.into_iter().map(paper).collect_view()}</ul>
        </section>
    };
    Some(view.into_any())
}
