//! What this browser began may join the account.

use domain::residents::JoinView;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_join;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, ButtonKind, Checkboxes, Choice, LinkButton, Page, PageTitle};

/// `/sign-in/join`
#[component]
pub fn JoinPage() -> impl IntoView {
    let query = use_query_map();
    let goal = move || query.read().get_str("for").unwrap_or("me").to_owned();
    view! {
        <Title text="归到我的账号"/>
        <ResidentLayout>
            <Page>{load(goal, fetch_join, show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: JoinView) -> AnyView {
    let JoinView { list, shared, goal } = view;
    if list.is_empty() {
        return view! {
            <PageTitle title="没有要归到账号的"/>
            <Actions>
                <LinkButton href="/me">"到“我的”"</LinkButton>
            </Actions>
        }
        .into_any();
    }
    // On a device that others use too, what is there may be somebody else's.
    let ticked: Vec<String> = if shared { Vec::new() } else { list.iter().map(|one| one.key.clone()).collect() };
    let choices: Vec<Choice> =
        list.into_iter().map(|one| Choice { value: one.key, label: one.name, hint: one.more }).collect();
    view! {
        <PageTitle
            title="这些也是您的吗？"
            lead="在这台设备上还打开过下面这些。是您本人的，归到账号里，以后换了手机也能看到。"
        />
        <PostForm action="/sign-in/join">
            <input type="hidden" name="for" value=goal/>
            <Checkboxes
                path="join"
                label="归到我的账号"
                hint="帮别人办的、别人给您看的，请不要勾。"
                choices=choices
                checked=ticked
                optional=true
            />
            <Actions>
                <Button>"归到我的账号"</Button>
                <Button kind=ButtonKind::Secondary name="none" value="yes">"都不是，先不归"</Button>
            </Actions>
        </PostForm>
    }
    .into_any()
}
