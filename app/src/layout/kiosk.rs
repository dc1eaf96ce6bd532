//! The frame at a kiosk: where one is, and four keys that are always there.

use leptos::prelude::*;

use super::BrandMark;
use crate::browser;
use crate::ui::SkipLink;

/// In which frame the pages of this browser stand: the server says it with the request, the document to the client.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Hall and place, at a kiosk.
    pub kiosk: Option<String>,
}

impl Frame {
    /// The frame at hand.
    pub fn current() -> Self {
        use_context::<Self>().unwrap_or_default()
    }

    /// In the browser it stands in the document.
    pub fn provide() {
        if use_context::<Self>().is_none() {
            provide_context(Self { kiosk: browser::kiosk() });
        }
    }
}

/// Whether the page stands at a kiosk.
pub fn at_kiosk() -> bool {
    Frame::current().kiosk.is_some()
}

/// Classes: `tb-kiosk`, `tb-kiosk__header`, `tb-kiosk__name`, `tb-kiosk__bar`, `tb-kiosk__key`, `tb-main`. What the keys do
/// is named by `data-kiosk`: without script they are links and forms, with it `kiosk.js` does the same in place.
#[component]
pub fn KioskLayout(name: String, children: Children) -> impl IntoView {
    view! {
        <div class="tb-frame tb-kiosk">
            <SkipLink />
            <header class="tb-kiosk__header">
                <BrandMark />
                <p class="tb-kiosk__name">{name}</p>
            </header>
            <main class="tb-main" id="main" tabindex="-1">{children()}</main>
            <nav class="tb-kiosk__bar" aria-label="一直都能用的按钮">
                <a class="tb-kiosk__key" href="/kiosk" data-kiosk="back">"上一步"</a>
                <a class="tb-kiosk__key" href="/kiosk" data-kiosk="restart">"重新开始"</a>
                <form method="post" action="/kiosk/call" data-kiosk="call">
                    <button class="tb-kiosk__key" type="submit">"呼叫工作人员"</button>
                </form>
                <form method="post" action="/kiosk/leave" data-kiosk="leave">
                    <button class="tb-kiosk__key" type="submit">"结束并清除"</button>
                </form>
            </nav>
        </div>
    }
}
