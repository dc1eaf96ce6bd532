//! Going on with a draft that was begun on another device.

use domain::cases::Flash;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::last_try;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, ErrorSummary, Page, PageTitle, TextInput, Width};

#[component]
pub fn ResumePage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let token = params.with_untracked(|params| params.get("token"));
    let content = match token {
        // The address may hold what no page may.
        Some(token) => by_link(domain::text::clean(&token)),
        None => load(move || query.read().get("again").is_some(), last_try, by_code),
    };
    view! {
        <Title text="接着填" />
        <ResidentLayout>{content}</ResidentLayout>
    }
}

/// Reading a link opens nothing: previews of chat programs read links too. The button does.
fn by_link(token: String) -> AnyView {
    view! {
        <Page>
            <PageTitle title="接着填" lead="按下面的按钮，就在这里接着填没填完的表。" />
            <PostForm action="/resume">
                <input type="hidden" name="code" value=token />
                <Actions>
                    <Button>"继续填写"</Button>
                </Actions>
            </PostForm>
        </Page>
    }
    .into_any()
}

fn by_code(flash: Flash) -> AnyView {
    let found: Vec<(String, String)> = flash.findings.iter().map(|f| (f.path.clone(), f.message.clone())).collect();
    let error = flash.findings.iter().find(|finding| finding.path == "code").map(|finding| finding.message.clone());
    view! {
        <Page>
            <ErrorSummary title="没有找到这份表" findings=Signal::stored(found) />
            <PageTitle title="接着填" lead="输入代码，接着填在别的手机上没填完的表。" />
            <PostForm action="/resume">
                <TextInput
                    path="code"
                    label="10位代码"
                    hint="在原来的手机上，按“换个手机接着填”就能看到。大小写、空格都没关系。"
                    value=Signal::stored(flash.entries.get("code").to_owned())
                    error=Signal::stored(error)
                    width=Width::Medium
                    maxlength=40
                />
                <Actions>
                    <Button>"继续填写"</Button>
                </Actions>
            </PostForm>
        </Page>
    }
    .into_any()
}
