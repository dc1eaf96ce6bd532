//! A short code (取码) on a phone, which brings a case to a kiosk.

use domain::kiosk::FetchCode;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::read_code;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{BackLink, CopyCode, LinkButton, Notice, NoticeKind, Page, PageTitle};

/// `/cases/{number}/code`
#[component]
pub fn FetchPage() -> impl IntoView {
    let params = use_params_map();
    let number = move || params.read().get("number").unwrap_or_default();
    view! { <ResidentLayout>{load(number, read_code, show)}</ResidentLayout> }
}

fn show(code: FetchCode) -> AnyView {
    let FetchCode { number, code, qr, until } = code;
    let back = format!("/cases/{number}");
    view! {
        <Title text="到自助机上打印" />
        <Page>
            <BackLink href=back.clone() text="回到办件" />
            <PageTitle
                title="到自助机上打印"
                lead="在自助机上按“打印”，再按“手机上有取码”，输入下面的代码，或者把二维码对着扫码口。"
            />
            <div class="tb-carry">
                // Made by the server.
                <div class="tb-qr" role="img" aria-label="取码的二维码" inner_html=qr></div>
                <div>
                    <p>"取码"</p>
                    <p>
                        <CopyCode code=code />
                    </p>
                    <p>{format!("{until}前有效，用一次就没用了。")}</p>
                </div>
            </div>
            <Notice kind=NoticeKind::Warning>
                <p>"在自助机上打印完，按“结束并清除”再走。"</p>
            </Notice>
            <LinkButton href=back>"回到办件"</LinkButton>
        </Page>
    }
    .into_any()
}
