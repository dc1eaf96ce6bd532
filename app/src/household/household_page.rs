//! The people of my household.

use domain::household::{HouseholdView, MemberView, member_form};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_household;
use crate::cases::Said;
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, ButtonKind, Page, PageTitle, Panel, SummaryList, SummaryRow};

/// `/me/household`
#[component]
pub fn HouseholdPage() -> impl IntoView {
    view! {
        <Title text="我的家人" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_household(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: HouseholdView) -> AnyView {
    let HouseholdView { members, today, flash } = view;
    let typed = if flash.good { Default::default() } else { (flash.entries.clone(), flash.findings.clone()) };
    view! {
        <Said flash=flash />
        <BackLink href="/me" text="返回我的" />
        <PageTitle title="我的家人" lead="写一次就行。以后填表问到家里人，点一下就填好了。" />
        {members.into_iter().map(member).collect_view()}
        <Panel title="加一位家人">
            {move || {
                let (entries, findings) = typed.clone();
                view! {
                    <PostForm action="/me/household">
                        {plain_questions(member_form(), Answers::new(entries, findings), today)}
                        <Actions>
                            <Button>"加上"</Button>
                        </Actions>
                    </PostForm>
                }
            }}
        </Panel>
    }
    .into_any()
}

fn member(member: MemberView) -> AnyView {
    let MemberView { id, relation, name, id_number } = member;
    let label = format!("删掉{name}");
    view! {
        <Panel title=name>
            <SummaryList>
                <SummaryRow term="是您的什么人">{relation}</SummaryRow>
                <SummaryRow term="身份证号码">{id_number}</SummaryRow>
            </SummaryList>
            <PostForm action=format!("/me/household/{id}/remove")>
                <Button kind=ButtonKind::Quiet label=label>"删掉"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
