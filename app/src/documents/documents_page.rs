//! Papers that I keep: each with kind, validity and where it was used.

use domain::cases::Flash;
use domain::documents::{DocumentView, DocumentsView, validity_form};
use domain::forms::Entries;
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_documents;
use crate::cases::Said;
use crate::forms::{Answers, file_link, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{BackLink, Button, ButtonKind, Disclosure, Page, PageTitle, Panel, SummaryList, SummaryRow};

/// `/me/documents`
#[component]
pub fn DocumentsPage() -> impl IntoView {
    view! {
        <Title text="我的材料" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_documents(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: DocumentsView) -> AnyView {
    let DocumentsView { documents, today, flash } = view;
    let none = documents
        .is_empty()
        .then(|| view! { <p>"还没有留着的材料。填表上传以后，点文件旁边的“下次还用”，下次就不用再拍了。"</p> });
    let list = documents.into_iter().map(|one| document(one, today, &flash)).collect_view();
    view! {
        <Said flash=flash />
        <BackLink href="/me" text="返回我的" />
        <PageTitle title="我的材料" lead="留在这里的，下次办事要用时会问您“用这一份吗？”。您点了才会用。" />
        {none}
        {list}
    }
    .into_any()
}

fn document(document: DocumentView, today: chrono::NaiveDate, flash: &Flash) -> AnyView {
    let DocumentView { id, label, file, until, validity, kept, used } = document;
    // The page has one such form for each paper.
    let prefix = format!("{id}.");
    let is_wrong = flash.findings.iter().any(|finding| finding.path.starts_with(&prefix));
    let until = if is_wrong { flash.entries.get("until").to_owned() } else { until };
    let entries: Entries = [("until", until)].into_iter().collect();
    let answers = Answers::of_form(&prefix, entries, flash.findings.clone());
    let (dated, dropped) = (format!("/me/documents/{id}/validity"), format!("/me/documents/{id}/drop"));
    let used = if used.is_empty() {
        view! { "还没有用过" }.into_any()
    } else {
        view! { <ul>{used.into_iter().map(|text| view! { <li>{text}</li> }).collect_view()}</ul> }.into_any()
    };
    view! {
        <Panel title=label.clone()>
            <SummaryList>
                <SummaryRow term="文件">{file_link(&file)}</SummaryRow>
                <SummaryRow term="有效期">{validity}</SummaryRow>
                <SummaryRow term="什么时候存的">{kept}</SummaryRow>
                <SummaryRow term="用在哪里">{used}</SummaryRow>
            </SummaryList>
            <Disclosure summary="改有效期" open=is_wrong>
                <PostForm action=dated>
                    {plain_questions(validity_form(), answers, today)}
                    <Button kind=ButtonKind::Secondary>"保存"</Button>
                </PostForm>
            </Disclosure>
            <PostForm action=dropped>
                <Button kind=ButtonKind::Quiet label=format!("删掉{label}")>"删掉"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
