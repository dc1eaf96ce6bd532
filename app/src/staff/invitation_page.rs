//! Where a worker who was invited chooses a password.

use domain::cases::Flash;
use domain::staff::InvitationView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::fetch_invitation;
use crate::cases::{Said, wrong};
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, Page, PageTitle, SummaryList, SummaryRow, TextInput, Width};

/// `/desk/invitation/{token}`
#[component]
pub fn InvitationPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || (params.read().get("token").unwrap_or_default(), query.read().get_str("again").is_some());
    view! {
        <Title text="设置密码" />
        <ResidentLayout>
            <Page wide=true>
                <div class="tb-signin">{load(asked, read, show)}</div>
            </Page>
        </ResidentLayout>
    }
}

async fn read((token, again): (String, bool)) -> Result<(InvitationView, bool), AppError> {
    Ok((fetch_invitation(token).await?, again))
}

fn show((view, again): (InvitationView, bool)) -> AnyView {
    let InvitationView { token, login, name, office, role, flash } = view;
    let flash = if again { flash } else { Flash::default() };
    let findings = flash.findings.clone();
    let chooses = login.is_empty();
    let who = if chooses {
        let entries = flash.entries.clone();
        let input = |path: &'static str, label: &'static str, hint: &'static str| {
            let (value, error) = (entries.get(path).to_owned(), wrong(&findings, path));
            view! { <TextInput path=path label=label hint=hint value=value error=error autocomplete="username" maxlength=30 width=Width::Long /> }
        };
        view! {
            {input("login", "用户名", "小写字母、数字或短横线")}
            {input("name", "姓名", "")}
        }
        .into_any()
    } else {
        view! {
            <SummaryList>
                <SummaryRow term="姓名">{name}</SummaryRow>
                <SummaryRow term="用户名">{login}</SummaryRow>
            </SummaryList>
        }
        .into_any()
    };
    let password = move |path: &'static str, label: &'static str, hint: &'static str| {
        view! {
            <TextInput
                path=path
                label=label
                hint=hint
                value=String::new()
                error=wrong(&findings, path)
                kind="password"
                autocomplete="new-password"
                maxlength=1000
                width=Width::Long
            />
        }
    };
    let lead = match role {
        Some(role) => format!("您是第一位{}。请选用户名，设密码。", role.name()),
        None => format!("{office}为您建了账号。密码只有您自己知道。"),
    };
    let hint = "至少15个字符，可以有空格。几个互不相干的词连起来，好记又难猜。可以粘贴。";
    view! {
        <Said flash=flash.clone() />
        <PageTitle title="设置密码" lead=lead />
        <PostForm action=format!("/desk/invitation/{token}")>
            {who}
            {password("new", "密码", hint)}
            {password("again", "再输一次密码", "")}
            <Actions>
                <Button>"设好密码"</Button>
            </Actions>
        </PostForm>
        <p class="tb-hint">"下一步登录，并绑定一部手机。"</p>
    }
    .into_any()
}
