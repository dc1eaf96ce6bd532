//! A worker registers a passkey.

use domain::staff::NewPasskeyPage as View;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::fetch_new_passkey;
use super::passkey::PasskeyForm;
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::ui::{Actions, Button, LinkButton, Notice, NoticeKind, PageTitle, TextInput, Width};

/// `/desk/account/passkeys`
#[component]
pub fn NewPasskeyPage() -> impl IntoView {
    let query = use_query_map();
    load(move || query.read().get_str("again").is_some(), read, show)
}

async fn read(again: bool) -> Result<(Framed<View>, bool), AppError> {
    Ok((fetch_new_passkey().await, again))
}

fn show((answer, again): (Framed<View>, bool)) -> AnyView {
    let View { worker, ask } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let fault = again.then(|| {
        view! {
            <Notice kind=NoticeKind::Error live=true>
                <p>"没有登记成功。请回到账号页，再登记一次。"</p>
            </Notice>
        }
    });
    let body = match ask {
        Some(ask) => view! {
            {fault}
            <PageTitle
                title="登记通行密钥"
                lead="按了“登记”以后，浏览器会请您用指纹、面容或者锁屏密码确认。以后登录，用它代替动态码。"
            />
            <PasskeyForm
                action="/desk/account/passkeys/confirm"
                ask=ask
                without="这一步要由浏览器的脚本来做。如果一直看不到“登记”按钮，就是这个浏览器用不了通行密钥。"
            >
                <TextInput
                    path="name"
                    label="给它起个名字"
                    hint="比如“办公室电脑”。不填，就用这台设备的名字。"
                    value=String::new()
                    optional=true
                    maxlength=30
                    width=Width::Long
                />
                <Actions>
                    <Button>"登记"</Button>
                </Actions>
            </PasskeyForm>
        }
        .into_any(),
        None => view! {
            {fault}
            <PageTitle title="登记通行密钥" lead="请先回到账号页，按“登记一个通行密钥”。" />
            <LinkButton href="/desk/account">"去账号页"</LinkButton>
        }
        .into_any(),
    };
    frame("登记通行密钥".to_owned(), worker, body)
}
