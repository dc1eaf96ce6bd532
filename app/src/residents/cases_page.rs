//! All my drafts and cases, and the papers that were issued.

use domain::notices::NoticeBrief;
use domain::residents::{MyCase, MyCases};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_my_cases;
use crate::cases::{full_day, state_tag};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{BackLink, Page, PageTitle, Panel, Tag};

/// `/me/cases`
#[component]
pub fn MyCasesPage() -> impl IntoView {
    view! {
        <Title text="我的办件和草稿"/>
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_my_cases(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(mine: MyCases) -> AnyView {
    let MyCases { drafts, cases } = mine;
    let none = (drafts.is_empty() && cases.is_empty())
        .then(|| view! { <p>"还没有办过事。" <a href="/items">"找要办的事"</a></p> });
    let drafts = drafts.into_iter().map(|draft| {
        view! {
            <li>
                <p>
                    <a href=format!("/drafts/{}/pages/{}", draft.id, draft.page)>"接着填："{draft.name}</a>
                    <span class="tb-own__more">{format!("{}保存", draft.saved)}</span>
                </p>
            </li>
        }
    });
    let drafts: Vec<_> = drafts.collect();
    view! {
        <BackLink href="/me" text="返回我的"/>
        <PageTitle title="我的办件和草稿"/>
        {none}
        {(!drafts.is_empty())
            .then(|| view! { <Panel title="还没填完的" todo=true><ul class="tb-own" role="list">{drafts}</ul></Panel> })}
        {cases.into_iter().map(case).collect_view()}
    }
    .into_any()
}

fn case(case: MyCase) -> AnyView {
    let MyCase { number, name, state, submitted, helper, notices: papers } = case;
    view! {
        <Panel title=name>
            <p>
                <Tag kind=state_tag(state) text=state.name()/> " " {format!("{submitted}提交")}
            </p>
            {(!helper.is_empty()).then(|| view! { <p>{helper}</p> })}
            <p><a href=format!("/cases/{number}")>{format!("看进度：{number}")}</a></p>
            {(!papers.is_empty()).then(|| view! { <ul>{papers.into_iter().map(paper).collect_view()}</ul> })}
        </Panel>
    }
    .into_any()
}

fn paper(brief: NoticeBrief) -> AnyView {
    view! {
        <li>
            <a href=format!("/notices/{}", brief.id)>{brief.kind.title()}</a>
            {format!("，{}", full_day(brief.day))}
        </li>
    }
    .into_any()
}
