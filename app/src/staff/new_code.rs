//! A secret for the phone that makes the codes, and the control into which a code is typed.

use domain::staff::NewCode;
use leptos::prelude::*;
use leptos_router::params::ParamsMap;

use crate::ui::{CopyCode, Disclosure, ErrorSummary, TextInput, Width};

/// What the last code that was entered was told, by the words in the address: nothing that was typed stands there.
pub fn code_fault(query: &ParamsMap) -> Option<String> {
    if query.get_str("used").is_some() {
        return Some("这个码刚才用过了。请等手机换成下一个（不到30秒），再输一次。".to_owned());
    }
    query.get_str("again").is_some().then(|| "动态码不对。请看手机上现在显示的数字，再输一次。".to_owned())
}

/// Where the code goes. On a phone a keyboard of digits could not type a recovery code.
#[component]
pub fn CodeInput(label: &'static str, fault: Option<String>) -> impl IntoView {
    let findings: Vec<_> = fault.iter().map(|fault| ("code".to_owned(), fault.clone())).collect();
    view! {
        <ErrorSummary findings=findings />
        <TextInput
            path="code"
            label=label
            value=String::new()
            error=fault
            autocomplete="one-time-code"
            maxlength=24
            width=Width::Medium
        />
    }
}

/// The picture for the phone's camera; as text where there is none. Class: `tb-qr`.
#[component]
pub fn Secret(code: NewCode) -> impl IntoView {
    view! {
        <ol>
            <li>"在手机上装一个验证器（应用商店里搜“身份验证器”），打开它，选“添加”。"</li>
            <li>"用它扫下面的二维码。"</li>
            <li>"把手机上出现的6位数字输在下面。"</li>
        </ol>
        <div class="tb-qr" role="img" aria-label="绑定手机用的二维码" inner_html=code.qr></div>
        <Disclosure summary="扫不了二维码">
            <p>"在验证器里选“手动输入”，账户名随便写，密钥输入："</p>
            <p>
                <CopyCode code=code.secret />
            </p>
            <p>
                "就在这部手机上办？" <a href=code.link rel="external">"直接打开验证器"</a>
            </p>
        </Disclosure>
    }
}
