//! Whether a paper is genuine: anybody may ask, names are masked.

use domain::notices::Verification;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::verify_notice;
use super::paper::paper;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, Button, Notice, NoticeKind, Page, PageTitle, TextInput, Width};

/// `/verify?code=…`
#[component]
pub fn VerifyPage() -> impl IntoView {
    let query = use_query_map();
    let code = move || query.read().get_str("code").unwrap_or_default().to_owned();
    view! {
        <Title text="核对文书" />
        <Meta name="robots" content="noindex" />
        <ResidentLayout>
            <Page>{load(code, verify_notice, show)}</Page>
        </ResidentLayout>
    }
}

fn show(verification: Verification) -> AnyView {
    let Verification { code, found, asked } = verification;
    let answer = match found {
        Some(notice) => view! {
            <Notice kind=NoticeKind::Success title="是通办开出的文书" live=true>
                <p>"纸上写的和下面的一样，就是真的；有一处不一样，就不要相信。为保护隐私，姓名遮住了。"</p>
            </Notice>
            {paper(notice, None)}
        }
        .into_any(),
        None if asked => view! {
            <Notice kind=NoticeKind::Error title="没有这份文书" live=true>
                <p>"请对照纸上的核对码再看一遍。确认没有填错的，这份文书可能是假的，可以打 12345 反映。"</p>
            </Notice>
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <PageTitle title="核对文书真假" lead="填文书下方的核对码，看看是不是我们开的、内容有没有改过。" />
        {answer}
        <form method="get" action="/verify">
            <TextInput
                path="code"
                label="核对码"
                hint="12个字母和数字，大小写不用管"
                value=code
                maxlength=40
                width=Width::Medium
            />
            <Actions>
                <Button>"核对"</Button>
            </Actions>
        </form>
    }
    .into_any()
}
