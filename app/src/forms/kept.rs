//! What is kept on the device until the server has it: places for `frontend/public/js/keep.js` to speak in.

use leptos::prelude::*;

use crate::ui::{Button, ButtonKind, Notice};

/// Near the button that sends. Class: `tb-kept`.
pub(super) fn state() -> AnyView {
    view! { <p class="tb-kept" role="status" data-kept="state"></p> }.into_any()
}

/// Above the questions, while what was typed last time and not sent is filled in again.
pub(super) fn restored() -> AnyView {
    view! {
        <div data-kept="restored" hidden>
            <Notice>
                <p>"这一页有上次没存上的内容，已经填回来了。"</p>
                <Button kind=ButtonKind::Quiet button_type="button">
                    "不要了"
                </Button>
            </Notice>
        </div>
    }
    .into_any()
}
