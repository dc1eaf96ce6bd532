//! The second step of signing in: a code of the phone, or a passkey in its place.

use domain::staff::CodePage as View;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_code_page;
use super::new_code::{CodeInput, code_fault};
use super::passkey::PasskeyForm;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, ButtonKind, Disclosure, LinkButton, Notice, NoticeKind, Page, PageTitle};

/// `/desk/sign-in/code`
#[component]
pub fn CodePage() -> impl IntoView {
    let query = use_query_map();
    let told = move || {
        let query = query.read();
        (code_fault(&query), query.get_str("unproved").is_some())
    };
    view! {
        <Title text="输入动态码" />
        <ResidentLayout>
            <Page wide=true>
                <div class="tb-signin">{load(told, read, show)}</div>
            </Page>
        </ResidentLayout>
    }
}

/// What was told of the last code, and whether a passkey did not prove.
type Told = (Option<String>, bool);

async fn read(told: Told) -> Result<(View, Told), AppError> {
    Ok((fetch_code_page().await?, told))
}

fn show((view, (fault, unproved)): (View, Told)) -> AnyView {
    if view.set_up {
        return view! {
            <PageTitle title="先绑定手机" lead="密码对了。第一次登录，还要绑定一部手机来出动态码。" />
            <LinkButton href="/desk/sign-in/set-up">"去绑定"</LinkButton>
        }
        .into_any();
    }
    // One sentence for whatever was wrong with it.
    let unproved = unproved.then(|| {
        view! {
            <Notice kind=NoticeKind::Error live=true>
                <p>"通行密钥没有通过。可以再试一次，也可以输入动态码。"</p>
            </Notice>
        }
    });
    let passkey = view.ask.map(|ask| {
        view! {
            <PasskeyForm action="/desk/sign-in/passkey" ask=ask>
                <Actions>
                    <Button kind=ButtonKind::Secondary>"用通行密钥验证"</Button>
                </Actions>
            </PasskeyForm>
        }
    });
    view! {
        {unproved}
        <PageTitle title="输入动态码" lead="密码对了。请打开手机上的验证器，输入现在显示的6位数字。" />
        <PostForm action="/desk/sign-in/code">
            <CodeInput label="动态码" fault=fault />
            <Actions>
                <Button>"登录"</Button>
            </Actions>
        </PostForm>
        {passkey}
        <Disclosure summary="手机不在身边">
            <p>"在上面的格子里输入一个恢复码（10位数字和字母）也能登录，每个恢复码只能用一次。"</p>
            <p>"恢复码也找不到了，请联系本单位的系统管理员。"</p>
        </Disclosure>
    }
    .into_any()
}
