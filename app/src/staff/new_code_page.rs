//! The codes move to another phone.

use domain::staff::NewCodePage as View;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::fetch_new_code;
use super::new_code::{CodeInput, Secret, code_fault};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, LinkButton, PageTitle};

/// `/desk/account/code`
#[component]
pub fn NewCodePage() -> impl IntoView {
    let query = use_query_map();
    load(move || code_fault(&query.read()), read, show)
}

async fn read(fault: Option<String>) -> Result<(Framed<View>, Option<String>), AppError> {
    Ok((fetch_new_code().await, fault))
}

fn show((answer, fault): (Framed<View>, Option<String>)) -> AnyView {
    let View { worker, code } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let body = match code {
        Some(code) => view! {
            <PageTitle title="换一部手机" lead="输入新手机上的数字以后，旧手机的动态码就不能用了。" />
            <Secret code=code />
            <PostForm action="/desk/account/code/confirm">
                <CodeInput label="新手机上的6位数字" fault=fault />
                <Actions>
                    <Button>"换成这部手机"</Button>
                </Actions>
            </PostForm>
        }
        .into_any(),
        None => view! {
            <PageTitle title="换一部手机" lead="请先回到账号页，按“换一部手机”。" />
            <LinkButton href="/desk/account">"去账号页"</LinkButton>
        }
        .into_any(),
    };
    frame("换一部手机".to_owned(), worker, body)
}
