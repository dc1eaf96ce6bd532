//! One's own appointments and calls; another time for one of them.

use domain::appointments::{MoveView, MyVisit, MyVisits};
use domain::calls::CallEntry;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::{fetch_move, fetch_visits};
use super::help::HelpWays;
use crate::cases::Said;
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, ButtonKind, LinkButton, Page, PageTitle, Panel, SummaryList, SummaryRow};

/// `/me/visits`
#[component]
pub fn VisitsPage() -> impl IntoView {
    view! {
        <Title text="预约和回电" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_visits(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: MyVisits) -> AnyView {
    let MyVisits { visits, calls, flash } = view;
    let none = (visits.is_empty() && calls.is_empty()).then(|| view! { <p>"还没有约过。"</p> });
    view! {
        <Said flash=flash />
        <BackLink href="/me" text="返回我的" />
        <PageTitle title="预约和回电" />
        {none}
        {visits.into_iter().map(visit).collect_view()}
        {calls.into_iter().map(call).collect_view()}
        <section class="tb-section">
            <h2>"再约一个"</h2>
            <HelpWays />
        </section>
    }
    .into_any()
}

fn facts(visit: &MyVisit) -> AnyView {
    let MyVisit { manner, place, about, bring, state, .. } = visit.clone();
    let bring = (!bring.is_empty()).then(|| {
        let list = bring.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
        view! {
            <SummaryRow term="带什么">
                <ul>{list}</ul>
            </SummaryRow>
        }
    });
    view! {
        <SummaryList>
            <SummaryRow term="到哪里">{place}</SummaryRow>
            <SummaryRow term="怎么办">{manner}</SummaryRow>
            <SummaryRow term="办什么">{about}</SummaryRow>
            {bring}
            <SummaryRow term="怎么样了">{state}</SummaryRow>
        </SummaryList>
    }
    .into_any()
}

fn visit(visit: MyVisit) -> AnyView {
    let address = format!("/me/visits/{}", visit.code);
    let label = format!("取消{}的预约", visit.when);
    let actions = visit.open.then(|| {
        view! {
            <PostForm action=format!("{address}/cancel")>
                <Actions>
                    <LinkButton href=address.clone() kind=ButtonKind::Secondary>"改时间"</LinkButton>
                    <Button kind=ButtonKind::Quiet label=label>"取消"</Button>
                </Actions>
            </PostForm>
        }
    });
    view! {
        <Panel title=visit.when.clone() todo=visit.open>
            {facts(&visit)}
            {actions}
        </Panel>
    }
    .into_any()
}

fn call(call: CallEntry) -> AnyView {
    let CallEntry { phone, part, about, office, due, state, .. } = call;
    view! {
        <Panel title="请打电话给我">
            <SummaryList>
                <SummaryRow term="谁打">{office}</SummaryRow>
                <SummaryRow term="打哪个号">{format!("{phone}，{part}")}</SummaryRow>
                <SummaryRow term="问什么">{about}</SummaryRow>
                <SummaryRow term="最晚哪天">{due}</SummaryRow>
                <SummaryRow term="怎么样了">{state}</SummaryRow>
            </SummaryList>
        </Panel>
    }
    .into_any()
}

/// `/me/visits/{code}`
#[component]
pub fn MovePage() -> impl IntoView {
    let params = use_params_map();
    let code = move || params.read().get("code").unwrap_or_default();
    view! {
        <Title text="改时间" />
        <ResidentLayout>
            <Page>{load(code, fetch_move, show_move)}</Page>
        </ResidentLayout>
    }
}

fn show_move(view: MoveView) -> AnyView {
    let MoveView { visit, form, today, flash } = view;
    let answers = Answers::new(flash.entries.clone(), flash.findings.clone());
    view! {
        <Said flash=flash />
        <BackLink href="/me/visits" text="返回预约" />
        <PageTitle title="改时间" lead=format!("现在约的是{}，{}。", visit.when, visit.place) />
        <PostForm action=format!("/me/visits/{}/move", visit.code)>
            {plain_questions(form, answers, today)}
            <Actions>
                <Button>"改成这个时间"</Button>
            </Actions>
        </PostForm>
    }
    .into_any()
}
