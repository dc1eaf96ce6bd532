//! How to go on with a draft on another device: a code to type, a picture to scan.

use domain::cases::ResumeCode;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::fetch_resume_code;
use super::words::day;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{BackLink, CopyCode, LinkButton, Notice, NoticeKind, Page, PageTitle};

#[component]
pub fn ResumeCodePage() -> impl IntoView {
    let params = use_params_map();
    let key = move || params.read().get("id").unwrap_or_default();
    view! { <ResidentLayout>{load(key, fetch_resume_code, show)}</ResidentLayout> }
}

fn show(code: ResumeCode) -> AnyView {
    let ResumeCode { id, page, code, link, qr, until } = code;
    let address = link.rsplit_once('/').map(|(address, _)| address.to_owned()).unwrap_or_default();
    let back = format!("/drafts/{id}/pages/{page}");
    view! {
        <Title text="换个手机接着填" />
        <Page>
            <BackLink href=back.clone() text="回到表里" />
            <PageTitle title="换个手机接着填" lead="用另一部手机扫下面的码，或者打开下面的网址，输入代码。" />
            <div class="tb-carry">
                // Made by the server.
                <div class="tb-qr" role="img" aria-label="接着填的二维码" inner_html=qr></div>
                <div>
                    <p>"代码"</p>
                    <p>
                        <CopyCode code=code />
                    </p>
                    <p>{format!("{}前有效。", day(until))}</p>
                    <p>"输入代码的网址"</p>
                    <p class="tb-carry__link">{address}</p>
                </div>
            </div>
            <p class="tb-hint">"也可以把这个链接发给自己："</p>
            <p class="tb-carry__link">{link}</p>
            <Notice kind=NoticeKind::Warning>
                <p>"谁拿到代码或链接，谁就能看到和修改这份表。不要发给不认识的人。"</p>
            </Notice>
            <LinkButton href=back>"在这里接着填"</LinkButton>
        </Page>
    }
    .into_any()
}
