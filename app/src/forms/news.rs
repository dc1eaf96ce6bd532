//! The item has changed since the draft was begun: what is another now, and where something new is asked.

use domain::cases::DraftNews;
use leptos::prelude::*;

use crate::ui::{Notice, NoticeKind};

/// `here`: the page that is shown; none on the review.
pub(super) fn news(id: &str, news: DraftNews, here: Option<&str>) -> AnyView {
    let DraftNews { changes, pages } = news;
    let told = !changes.is_empty();
    let title = if told { "这件事的办事要求有变化" } else { "有新的问题要填" };
    let changes = changes.into_iter().map(|change| view! { <li>{change}</li> }).collect_view();
    let asked = pages.into_iter().map(|(key, title)| {
        if here == Some(key.as_str()) {
            return view! { <li>{title}"（就是这一页）"</li> }.into_any();
        }
        view! { <li><a href=format!("/drafts/{id}/pages/{key}")>{title}</a></li> }.into_any()
    });
    let asked = asked.collect::<Vec<_>>();
    view! {
        <Notice kind=NoticeKind::Warning title>
            {told
                .then(|| {
                    view! {
                        <p>"从您开始填到现在，改了这些。您填过的都还在。"</p>
                        <ul>{changes}</ul>
                    }
                })}
            {(!asked.is_empty())
                .then(|| {
                    view! {
                        <p>"这几页有新的问题，请去填："</p>
                        <ul>{asked}</ul>
                    }
                })}
        </Notice>
    }
    .into_any()
}
