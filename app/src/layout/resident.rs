//! The frame for residents: the name, four ways to go (on a phone under the thumb), and where to find help.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{BrandMark, Frame, KioskLayout};
use crate::display::{DisplaySwitch, ElderExplained, ReadAloud};
use crate::ui::{Icon, IconName, SkipLink};

type Way = (&'static str, &'static str, IconName);

/// Name, address (pages below it belong to it), and what is drawn above the name on a phone.
const WAYS: [Way; 4] = [
    ("首页", "/", IconName::Home),
    ("办事", "/items", IconName::File),
    ("进度", "/track", IconName::Clock),
    ("我的", "/me", IconName::Person),
];

const MORE: [(&str, &str); 5] = [
    ("字号和颜色", "/display"),
    ("这些词是什么意思", "/words"),
    ("约时间、请人上门", "/visits/new"),
    ("请打电话给我", "/calls/new"),
    ("个人信息怎么用、怎么保护", "/about"),
];
/// The elder mode does without these.
const REST: [(&str, &str); 3] =
    [("社区公示", "/announcements"), ("核对文书真假", "/verify"), ("好差评结果", "/ratings")];

fn more((name, href): (&'static str, &'static str), class: Option<&'static str>) -> AnyView {
    view! { <li class=class><a href=href>{name}</a></li> }.into_any()
}

/// At a kiosk it is the kiosk's. Classes: `tb-frame`, `tb-header`, `tb-header__brand`, `tb-header__tools`, `tb-header__nav`,
/// `tb-ways`, `tb-main`, `tb-footer`, `tb-footer__more`.
#[component]
pub fn ResidentLayout(children: Children) -> impl IntoView {
    if let Some(name) = Frame::current().kiosk {
        return view! { <KioskLayout name=name>{children()}</KioskLayout> }.into_any();
    }
    let path = use_location().pathname;
    let way = move |(name, href, icon): Way| {
        let current = move || is_current(href, &path.read()).then_some("page");
        view! { <li><a href=href aria-current=current><Icon name=icon/>{name}</a></li> }
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
                    <div class="tb-header__tools">
                        <ReadAloud/>
                        <DisplaySwitch/>
                    </div>
                    <nav class="tb-header__nav tb-ways" aria-label="主要栏目">
                        <ul role="list">{WAYS.map(way).collect_view()}</ul>
                    </nav>
                </div>
            </header>
            <main class="tb-main" id="main" tabindex="-1">
                <ElderExplained/>
                {children()}
            </main>
            <footer class="tb-footer">
                <div class="tb-footer__inner">
                    <p class="tb-footer__help">"不会用？到就近的社区窗口，工作人员帮您办。"</p>
                    <ul class="tb-footer__more" role="list">
                        {MORE.map(|way| more(way, None)).collect_view()}
                        {REST.map(|way| more(way, Some("tb-not-elder"))).collect_view()}
                    </ul>
                </div>
            </footer>
        </div>
    }
    .into_any()
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
