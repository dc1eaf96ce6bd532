//! Who has looked at my data, when, in which office and why.

use domain::looks::{LookEntry, LookQuestion, LooksView};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::api::fetch_looks;
use crate::cases::Said;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{BackLink, Disclosure, Page, PageTitle};

/// `/me/looks?before=…`
#[component]
pub fn LooksPage() -> impl IntoView {
    let query = use_query_map();
    let before = move || query.read().get("before").unwrap_or_default();
    view! {
        <Title text="谁看过我的信息" />
        <ResidentLayout>
            <Page>{load(before, fetch_looks, show)}</Page>
        </ResidentLayout>
    }
}

/// Classes: `tb-looks`, `tb-looks__entry`.
fn show(view: LooksView) -> AnyView {
    let LooksView { others, own, next, flash } = view;
    let none = others.is_empty().then(|| view! { <p>"这段时间里，除了您自己，没有别人看过或动过您的信息。"</p> });
    let own_count = own.len();
    let more = (!next.is_empty()).then(|| {
        view! {
            <p>
                <a href=format!("/me/looks?before={next}")>"看更早的"</a>
            </p>
        }
    });
    view! {
        <Said flash=flash />
        <BackLink href="/me" text="返回我的" />
        <PageTitle
            title="谁看过我的信息"
            lead="工作人员每看一次、每动一次，都自动记在这里，谁也改不了。同一个人一小时里连着看同一件事，合在一起写。觉得不对的，点“我有疑问”，审计人员会去查。"
        />
        {none}
        <ol class="tb-looks" role="list">
            {others.into_iter().map(|entry| row(entry, true)).collect_view()}
        </ol>
        {(own_count > 0)
            .then(|| {
                view! {
                    <Disclosure summary=format!("您自己和系统自动做的（{own_count}条）")>
                        <ol class="tb-looks" role="list">
                            {own.into_iter().map(|entry| row(entry, false)).collect_view()}
                        </ol>
                    </Disclosure>
                }
            })}
        {more}
    }
    .into_any()
}

fn row(entry: LookEntry, may_ask: bool) -> AnyView {
    let LookEntry { chain, seq, time, datetime, who, deed, about, why, asked } = entry;
    let ask = (may_ask && asked.is_empty()).then(|| {
        let label = format!("我有疑问：{time}，{who}{deed}");
        view! {
            <p>
                <a href=format!("/me/looks/{chain}/{seq}") aria-label=label>
                    "我有疑问"
                </a>
            </p>
        }
    });
    let question = |LookQuestion { words, answer }| {
        let answer =
            if answer.is_empty() { "审计人员还没有答复。".to_owned() } else { format!("答复：{answer}") };
        view! {
            <p>{format!("您问：{words}")}</p>
            <p>{answer}</p>
        }
    };
    let asked = asked.into_iter().map(question).collect_view();
    view! {
        <li class="tb-looks__entry">
            <p>
                <strong>{who}</strong>
                " "
                {deed}
            </p>
            {(!about.is_empty()).then(|| view! { <p>{about}</p> })}
            <p class="tb-hint">
                <time datetime=datetime>{time}</time>
                {(!why.is_empty()).then(|| format!("，原因：{why}"))}
            </p>
            {asked}
            {ask}
        </li>
    }
    .into_any()
}
