//! The codes of the demo's workers, where the demo shows its short messages.

use domain::staff::DemoCode;
use leptos::prelude::*;

use crate::ui::{CopyCode, Panel, Table};

pub fn demo_codes(codes: Vec<DemoCode>) -> AnyView {
    if codes.is_empty() {
        return ().into_any();
    }
    let row = |DemoCode { login, name, code }: DemoCode| {
        vec![login.into_any(), name.into_any(), view! { <CopyCode code=code /> }.into_any()]
    };
    view! {
        <Panel title="演示工作人员的动态码">
            <p>"真正使用时，动态码只在工作人员自己的手机上。每个码用一次，30秒一换：刷新本页看新的。"</p>
            <Table
                caption="演示工作人员的动态码"
                caption_hidden=true
                head=vec!["用户名", "姓名", "动态码"]
                rows=codes.into_iter().map(row).collect()
            />
        </Panel>
    }
    .into_any()
}
