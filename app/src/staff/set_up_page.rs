//! The first sign-in of a worker: the phone that makes the codes is set up.

use domain::staff::SetUpPage as View;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_set_up;
use super::new_code::{CodeInput, Secret, code_fault};
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, Page, PageTitle};

/// `/desk/sign-in/set-up`
#[component]
pub fn SetUpPage() -> impl IntoView {
    let query = use_query_map();
    let fault = move || code_fault(&query.read());
    view! {
        <Title text="绑定手机" />
        <ResidentLayout>
            <Page wide=true>
                <div class="tb-signin">{load(fault, read, show)}</div>
            </Page>
        </ResidentLayout>
    }
}

async fn read(fault: Option<String>) -> Result<(View, Option<String>), AppError> {
    Ok((fetch_set_up().await?, fault))
}

fn show((view, fault): (View, Option<String>)) -> AnyView {
    let View { name, code } = view;
    view! {
        <PageTitle
            title="绑定手机"
            lead=format!("{name}，您好。以后登录除了密码，还要输入手机上的动态码。现在绑定一次就行。")
        />
        <Secret code=code />
        <PostForm action="/desk/sign-in/set-up">
            <CodeInput label="手机上的6位数字" fault=fault />
            <Actions>
                <Button>"绑定并登录"</Button>
            </Actions>
        </PostForm>
    }
    .into_any()
}
