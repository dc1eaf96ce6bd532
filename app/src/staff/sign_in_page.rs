//! Signing in to the desk.

use domain::cases::Flash;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::cases::{Said, wrong};
use crate::forms::api::last_try;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, Notice, NoticeKind, Page, PageTitle, TextInput};

/// Class: `tb-signin`.
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let again = move || query.read().get_str("again").is_some();
    let chosen = move || query.read().get_str("chosen").is_some();
    view! {
        <Title text="登录工作台" />
        <ResidentLayout>
            <Page wide=true>
                <div class="tb-signin">
                    {move || {
                        chosen()
                            .then(|| {
                                view! {
                                    <Notice kind=NoticeKind::Success live=true>
                                        <p>"密码设好了，请登录。"</p>
                                    </Notice>
                                }
                            })
                    }}
                    {load(again, last_try, show)}
                </div>
            </Page>
        </ResidentLayout>
    }
}

fn show(flash: Flash) -> AnyView {
    let login = flash.entries.get("login").to_owned();
    let (login_wrong, password_wrong) = (wrong(&flash.findings, "login"), wrong(&flash.findings, "password"));
    view! {
        <Said flash=flash />
        <PageTitle title="登录工作台" lead="社区和街道工作人员从这里进。" />
        <PostForm action="/desk/sign-in">
            <TextInput path="login" label="用户名" value=login error=login_wrong autocomplete="username" maxlength=60 />
            <TextInput
                path="password"
                label="密码"
                value=String::new()
                error=password_wrong
                kind="password"
                autocomplete="current-password"
                maxlength=1000
            />
            <Actions>
                <Button>"登录"</Button>
            </Actions>
        </PostForm>
        <p class="tb-hint">
            "您是居民？不用登录，" <a href="/items">"直接办事"</a> "或者" <a href="/track">"查进度"</a> "。"
        </p>
    }
    .into_any()
}
