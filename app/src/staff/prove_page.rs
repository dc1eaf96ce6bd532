//! The password once more, before something grave is changed.

use domain::cases::WorkerView;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::fetch_worker;
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, ErrorSummary, PageTitle, TextInput, Width};

/// `/desk/prove`
#[component]
pub fn ProvePage() -> impl IntoView {
    let query = use_query_map();
    let asked = move || {
        let query = query.read();
        (query.get_str("again").is_some(), query.get_str("to").unwrap_or_default().to_owned())
    };
    load(asked, read, show)
}

type Answer = (Framed<WorkerView>, bool, String);

async fn read((again, to): (bool, String)) -> Result<Answer, AppError> {
    Ok((fetch_worker().await, again, to))
}

fn show((answer, again, to): Answer) -> AnyView {
    let worker = match answer {
        Ok(worker) => worker,
        Err(error) => return problem(error),
    };
    let fault = again.then(|| "密码不对，请再输一次。".to_owned());
    let findings: Vec<_> = fault.iter().map(|fault| ("password".to_owned(), fault.clone())).collect();
    let body = view! {
        <ErrorSummary findings=findings />
        <PageTitle title="再输一次密码" lead="接下来要改的内容很要紧，请再输一次您的登录密码，5分钟内有效。" />
        <PostForm action="/desk/prove">
            <input type="hidden" name="to" value=to />
            <TextInput
                path="password"
                label="登录密码"
                value=String::new()
                error=fault
                kind="password"
                autocomplete="current-password"
                maxlength=1000
                width=Width::Long
            />
            <Actions>
                <Button>"继续"</Button>
            </Actions>
        </PostForm>
    };
    frame("再输一次密码".to_owned(), worker, body.into_any())
}
