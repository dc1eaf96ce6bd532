//! Words of the office, explained where they stand.

use domain::glossary::{Term, terms_in};
use leptos::prelude::*;

use super::{Disclosure, SummaryList, SummaryRow};

/// What the words of the office in a text mean, behind their names. Stands before the text, so that nobody meets a word
/// that is not explained yet; works without script.
#[component]
pub fn Terms(
    /// What stands on the page.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let found = terms_in(&text);
    let names: Vec<&str> = found.iter().map(|term| term.word).take(NAMED).collect();
    let more = if found.len() > NAMED { "……" } else { "" };
    let summary = format!("看不懂的词：{}{more}", names.join("、"));
    (!found.is_empty()).then(|| {
        view! {
            <Disclosure summary=summary>
                <SummaryList>{found.into_iter().map(row).collect_view()}</SummaryList>
                <p><a href="/words">"更多词的意思"</a></p>
            </Disclosure>
        }
    })
}

/// So many are named before it is opened.
const NAMED: usize = 3;

pub(crate) fn row(term: Term) -> AnyView {
    view! { <SummaryRow term=term.word>{term.means}</SummaryRow> }.into_any()
}
