//! The code from the short message.

use domain::residents::{CODE_DIGITS, CODE_MINUTES, CodeView, Purpose};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_code;
use crate::cases::{Said, wrong};
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, Disclosure, Page, PageTitle, TextInput, Width};

/// `/sign-in/code`. Class: `tb-code`.
#[component]
pub fn CodePage() -> impl IntoView {
    view! {
        <Title text="填验证码"/>
        <ResidentLayout>
            <Page>{load(|| (), read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((): ()) -> Result<CodeView, AppError> {
    fetch_code().await
}

fn show(view: CodeView) -> AnyView {
    let CodeView { flash, phone, purpose, until, inbox } = view;
    let code_wrong = wrong(&flash.findings, "code");
    let back = match Purpose::from_key(&purpose) {
        Some(Purpose::NewPhone) => "/me/phone",
        Some(Purpose::OtherPhone) => "/me/merge",
        Some(Purpose::Again) => "/me",
        _ => "/sign-in",
    };
    let lead = format!("短信发到了{phone}，{CODE_MINUTES}分钟内有效，到{until}为止。");
    view! {
        <Said flash=flash/>
        <PageTitle title="填短信里的验证码" lead=lead/>
        {inbox.then(|| view! { <p class="tb-hint">"演示时短信不会真的发出去："<a href="/inbox">"看演示短信"</a></p> })}
        <PostForm action="/sign-in/code" class="tb-code">
            <TextInput
                path="code"
                label=format!("{CODE_DIGITS}位验证码")
                value=String::new()
                error=code_wrong
                inputmode="numeric"
                autocomplete="one-time-code"
                maxlength=12
                width=Width::Medium
            />
            <Actions>
                <Button>"确定"</Button>
            </Actions>
        </PostForm>
        <Disclosure summary="没收到短信？">
            <ul>
                <li>"等一分钟，看看手机是不是把它放进了垃圾短信。"</li>
                <li>"手机号填错了，或者要重新发：" <a href=back>"回上一步"</a></li>
                <li>"还是不行，请到就近的社区窗口，不登录也能办事。"</li>
            </ul>
        </Disclosure>
    }
    .into_any()
}
