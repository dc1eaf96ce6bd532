//! Links to the page before and after, in lists that continue from a key.

use leptos::prelude::*;

use super::{Icon, IconName};

/// Nothing is shown when everything is on one page. Classes: `tb-pagination`, `tb-pagination__link`.
#[component]
pub fn Pagination(
    #[prop(optional, into)] previous: Option<String>,
    #[prop(optional, into)] next: Option<String>,
) -> impl IntoView {
    (previous.is_some() || next.is_some()).then(|| {
        view! {
            <nav class="tb-pagination" aria-label="翻页">
                {previous
                    .map(|href| {
                        view! {
                            <a class="tb-pagination__link" rel="prev" href=href>
                                <Icon name=IconName::Back/>
                                "上一页"
                            </a>
                        }
                    })}
                {next
                    .map(|href| {
                        view! {
                            <a class="tb-pagination__link" rel="next" href=href>
                                "下一页"
                                <Icon name=IconName::Forward/>
                            </a>
                        }
                    })}
            </nav>
        }
    })
}
