//! Signing in: first the phone.

use domain::residents::SignInView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_sign_in;
use crate::cases::{Said, wrong};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{
    Actions, Button, ButtonKind, Checkbox, LinkButton, Notice, NoticeKind, Page, PageTitle, Panel, TextInput, Width,
};

/// `/sign-in`
#[component]
pub fn SignInPage() -> impl IntoView {
    let query = use_query_map();
    let key = move || (query.read().get_str("for").unwrap_or("me").to_owned(), query.read().get_str("again").is_some());
    let out = move || query.read().get_str("out").is_some();
    view! {
        <Title text="登录"/>
        <ResidentLayout>
            <Page>
                <Show when=out>
                    <Notice kind=NoticeKind::Success title="已经退出" live=true>
                        <p>"这台设备上看不到您的办件了。"</p>
                    </Notice>
                </Show>
                {load(key, |(goal, again)| fetch_sign_in(goal, again), show)}
            </Page>
        </ResidentLayout>
    }
}

fn show(view: SignInView) -> AnyView {
    if view.signed_in {
        return view! {
            <PageTitle title="您已经登录了"/>
            <Actions>
                <LinkButton href="/me">"到“我的”"</LinkButton>
            </Actions>
        }
        .into_any();
    }
    let SignInView { flash, goal, city, .. } = view;
    let phone = flash.entries.get("phone").to_owned();
    let phone_wrong = wrong(&flash.findings, "phone");
    let wanted = goal.clone();
    view! {
        <Said flash=flash/>
        <PageTitle
            title="用手机号登录"
            lead="不用密码。填手机号，我们发一条验证码短信给您。第一次来也这样登录。"
        />
        <PostForm action="/sign-in">
            <input type="hidden" name="for" value=wanted/>
            <TextInput
                path="phone"
                label="手机号"
                value=phone
                error=phone_wrong
                kind="tel"
                inputmode="numeric"
                autocomplete="tel-national"
                maxlength=20
                width=Width::Medium
            />
            <Checkbox
                path="shared"
                label="这是公用的设备"
                hint="大厅的机器、网吧的电脑、别人的手机，请勾上：半小时不用，自动退出。"
                checked=false
            />
            <Actions>
                <Button>"发验证码"</Button>
            </Actions>
        </PostForm>
        {city.then(|| by_city(goal))}
        <p class="tb-hint">
            "不登录也能办事："<a href="/items">"直接办事"</a>"，"<a href="/track">"查进度"</a>
            "。登录以后，换了手机也能看到自己的办件。"
        </p>
    }
    .into_any()
}

/// A plain form, also with script: it leaves this site.
fn by_city(goal: String) -> AnyView {
    view! {
        <Panel title="有城市统一身份认证的账号？">
            <form method="post" action="/sign-in/city">
                <input type="hidden" name="for" value=goal/>
                <Checkbox path="shared_city" label="这是公用的设备" hint="半小时不用，自动退出。" checked=false/>
                <Actions>
                    <Button kind=ButtonKind::Secondary>"用城市统一身份认证登录"</Button>
                </Actions>
            </form>
        </Panel>
    }
    .into_any()
}
