//! Recovery codes, to be noted.

use domain::staff::RecoveryView;
use leptos::prelude::*;

use super::api::fetch_recovery;
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, CopyCode, LinkButton, PageTitle, PrintButton};

/// `/desk/account/recovery`. Class: `tb-recovery`.
#[component]
pub fn RecoveryPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<RecoveryView>, AppError> {
    Ok(fetch_recovery().await)
}

fn show(answer: Framed<RecoveryView>) -> AnyView {
    let RecoveryView { worker, codes } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let body = if codes.is_empty() {
        view! {
            <PageTitle title="恢复码" lead="恢复码已经记下过，不再显示。找不到了，可以在账号页重新生成一组。" />
            <LinkButton href="/desk/account">"去账号页"</LinkButton>
        }
        .into_any()
    } else {
        let one = |code: String| view! { <li><CopyCode code=code /></li> };
        view! {
            <PageTitle
                title="记下恢复码"
                lead="手机丢了、换了，就靠它们登录。每个只能用一次。请打印或抄在纸上，锁好，不要拍照，不要存在电脑里。"
            />
            <ul class="tb-recovery" role="list">{codes.into_iter().map(one).collect_view()}</ul>
            <PrintButton />
            <PostForm action="/desk/account/recovery/noted">
                <Actions>
                    <Button>"我已经记好了"</Button>
                </Actions>
            </PostForm>
            <p class="tb-hint">"按了以后，这一页不会再显示。"</p>
        }
        .into_any()
    };
    frame("恢复码".to_owned(), worker, body)
}
