//! All that is held about a resident, to read.

use domain::data::{DataCopy, DataPart, Fact};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_data;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{BackLink, Page, PageTitle, SummaryList, SummaryRow};

/// `/me/data/copy`
#[component]
pub fn CopyPage() -> impl IntoView {
    view! {
        <Title text="存着的全部信息" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_data(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(copy: DataCopy) -> AnyView {
    view! {
        <BackLink href="/me/data" text="返回我的信息" />
        <PageTitle title="存着的全部信息" lead="这里是通办存着的、和您有关的全部内容。可以打印。" />
        {facts("账号", copy.account)}
        {facts("家人", copy.household)}
        {facts("留着的材料", copy.documents)}
        {facts("授权", copy.mandates)}
        {facts("单独同意", copy.consents)}
        {copy.drafts.into_iter().map(|draft| part("没交的草稿", draft)).collect_view()}
        {copy.cases.into_iter().map(|case| part("办件", case)).collect_view()}
    }
    .into_any()
}

fn facts(title: &'static str, list: Vec<Fact>) -> Option<AnyView> {
    (!list.is_empty()).then(|| {
        view! {
            <section class="tb-section">
                <h2>{title}</h2>
                {rows(list)}
            </section>
        }
        .into_any()
    })
}

fn rows(list: Vec<Fact>) -> AnyView {
    let rows = list.into_iter().map(|(term, text)| view! { <SummaryRow term=term>{text}</SummaryRow> }).collect_view();
    view! { <SummaryList>{rows}</SummaryList> }.into_any()
}

fn part(kind: &'static str, part: DataPart) -> AnyView {
    let DataPart { number, item, state, kept, answers, files, messages, notices, events } = part;
    let about = [("编号", number), ("到哪一步", state), ("保存到", kept)];
    let mut list: Vec<Fact> =
        about.into_iter().filter(|(_, text)| !text.is_empty()).map(|(term, text)| (term.to_owned(), text)).collect();
    list.extend(answers);
    for (term, texts) in [("交的材料", files), ("文书", notices)] {
        if !texts.is_empty() {
            list.push((term.to_owned(), texts.join("、")));
        }
    }
    list.extend(messages);
    list.extend(events);
    view! {
        <section class="tb-section">
            <h2>{format!("{kind}：{item}")}</h2>
            {rows(list)}
        </section>
    }
    .into_any()
}
