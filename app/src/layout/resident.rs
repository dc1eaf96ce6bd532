//! The frame for residents: the name, four ways to go, and where to find help.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::BrandMark;
use crate::ui::SkipLink;

/// Name, address, and whether pages below that address belong to it.
const WAYS: [(&str, &str); 4] = [("首页", "/"), ("办事", "/items"), ("查进度", "/track"), ("我的", "/me")];

const MORE: [(&str, &str); 4] = [
    ("个人信息怎么用、怎么保护", "/about"),
    ("社区公示", "/announcements"),
    ("核对文书真假", "/verify"),
    ("好差评结果", "/ratings"),
];

fn more((name, href): (&'static str, &'static str)) -> AnyView {
    view! { <li><a href=href>{name}</a></li> }.into_any()
}

/// Classes: `tb-frame`, `tb-header`, `tb-header__brand`, `tb-header__nav`, `tb-main`, `tb-footer`, `tb-footer__more`.
#[component]
pub fn ResidentLayout(children: Children) -> impl IntoView {
    let path = use_location().pathname;
    let way = move |(name, href): (&'static str, &'static str)| {
        let current = move || is_current(href, &path.read()).then_some("page");
        view! { <li><a href=href aria-current=current>{name}</a></li> }
    };
    view! {
        <div class="tb-frame">
            <SkipLink/>
            <header class="tb-header">
                <div class="tb-header__inner">
                    <a class="tb-header__brand" href="/">
                        <BrandMark/>
                        "通办 · 沈阳"
                    </a>
                    <nav class="tb-header__nav" aria-label="主要栏目">
                        <ul role="list">{WAYS.map(way).collect_view()}</ul>
                    </nav>
                </div>
            </header>
            <main class="tb-main" id="main" tabindex="-1">{children()}</main>
            <footer class="tb-footer">
                <div class="tb-footer__inner">
                    <p class="tb-footer__help">"不会用？到就近的社区窗口，工作人员帮您办。"</p>
                    <ul class="tb-footer__more" role="list">{MORE.map(more).collect_view()}</ul>
                </div>
            </footer>
        </div>
    }
}

fn is_current(href: &str, path: &str) -> bool {
    let below = path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    if href == "/" { path == "/" } else { below }
}

#[cfg(test)]
mod tests {
    use super::is_current;

    #[test]
    fn a_way_is_current_on_its_own_page_and_below() {
        assert!(is_current("/", "/"));
        assert!(!is_current("/", "/items"));
        assert!(is_current("/items", "/items/a-1"));
        assert!(!is_current("/items", "/items-old"));
    }
}
