//! Who may act for me, each to be taken back at once; and for whom I may act.

use domain::mandates::{MandateView, MandatesView};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_mandates;
use crate::cases::Said;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{
    Actions, BackLink, Button, ButtonKind, Disclosure, LinkButton, Page, PageTitle, Panel, SummaryList, SummaryRow,
};

/// `/me/mandates`
#[component]
pub fn MandatesPage() -> impl IntoView {
    view! {
        <Title text="代办授权" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_mandates(String::new(), String::new()), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: MandatesView) -> AnyView {
    let MandatesView { given, held, flash, .. } = view;
    let (now, over): (Vec<_>, Vec<_>) = given.into_iter().partition(|one| one.over.is_empty());
    let none = now.is_empty().then(|| view! { <p>"现在没有人替您办。"</p> });
    let over_count = over.len();
    view! {
        <Said flash=flash />
        <BackLink href="/me" text="返回我的" />
        <PageTitle title="代办授权" lead="自己办不方便的，可以让家里人替您办。办什么、办到哪天，都由您定，随时能撤回。" />
        <Actions>
            <LinkButton href="/me/mandates/new">"让别人替我办"</LinkButton>
        </Actions>
        <section class="tb-section">
            <h2>"谁能替我办"</h2>
            {none}
            {now.into_iter().map(given_one).collect_view()}
        </section>
        {(!held.is_empty())
            .then(|| {
                view! {
                    <section class="tb-section">
                        <h2>"我能替谁办"</h2>
                        <p>"找到要办的事，点“开始办理”，就能选替谁办。"</p>
                        {held.into_iter().map(held_one).collect_view()}
                    </section>
                }
            })}
        <section class="tb-section">
            <h2>"给没满18岁的孩子办"</h2>
            <p>
                "您是孩子的监护人，不用授权。"
                <a href="/me/mandates/guardian">"登记一次，以后直接给孩子办"</a>
            </p>
        </section>
        {(over_count > 0)
            .then(|| {
                view! {
                    <Disclosure summary=format!("已经撤回或到期的（{over_count}份）")>
                        {over.into_iter().map(held_one).collect_view()}
                    </Disclosure>
                }
            })}
    }
    .into_any()
}

fn facts(one: &MandateView) -> AnyView {
    let one = one.clone();
    let term = if one.guardian { "您是孩子的" } else { "关系" };
    let over = one.over;
    let state = (!over.is_empty()).then(|| view! { <SummaryRow term="现在">{over}</SummaryRow> });
    view! {
        <SummaryList>
            <SummaryRow term=term>{one.relation}</SummaryRow>
            <SummaryRow term="办什么">{one.covers}</SummaryRow>
            <SummaryRow term="到哪天">{one.until}</SummaryRow>
            {state}
        </SummaryList>
    }
    .into_any()
}

fn given_one(one: MandateView) -> AnyView {
    let action = format!("/me/mandates/{}/revoke", one.id);
    let title = if one.guardian { format!("孩子：{}", one.name) } else { one.name.clone() };
    let (facts, label) = (facts(&one), format!("撤回，马上生效：{}", one.name));
    view! {
        <Panel title=title>
            {facts} <PostForm action=action>
                <Button kind=ButtonKind::Danger label=label>"撤回，马上生效"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}

fn held_one(one: MandateView) -> AnyView {
    let (title, facts) = (one.name.clone(), facts(&one));
    view! { <Panel title=title>{facts}</Panel> }.into_any()
}
