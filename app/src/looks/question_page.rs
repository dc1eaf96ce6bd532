//! A question about one row, to the auditor.

use domain::looks::{LooksView, question_form};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::fetch_look;
use crate::cases::Said;
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, Page, PageTitle, SummaryList, SummaryRow};

/// `/me/looks/{chain}/{seq}`
#[component]
pub fn QuestionPage() -> impl IntoView {
    let params = use_params_map();
    let key = move || {
        let number = |name: &str| params.read().get(name).and_then(|text| text.parse::<i64>().ok());
        (number("chain").and_then(|chain| i32::try_from(chain).ok()).unwrap_or(-1), number("seq").unwrap_or(-1))
    };
    view! {
        <Title text="我有疑问" />
        <ResidentLayout>
            <Page>{load(key, |(chain, seq)| fetch_look(chain, seq), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: LooksView) -> AnyView {
    let LooksView { others, flash, .. } = view;
    let (entries, findings) = (flash.entries.clone(), flash.findings.clone());
    let body = others.into_iter().next().map(|entry| {
        let action = format!("/me/looks/{}/{}/ask", entry.chain, entry.seq);
        view! {
            <SummaryList>
                <SummaryRow term="谁">{entry.who}</SummaryRow>
                <SummaryRow term="做了什么">{entry.deed}</SummaryRow>
                {(!entry.about.is_empty()).then(|| view! { <SummaryRow term="哪件事">{entry.about}</SummaryRow> })}
                <SummaryRow term="什么时候">{entry.time}</SummaryRow>
            </SummaryList>
            <PostForm action=action>
                {plain_questions(question_form(), Answers::new(entries, findings), Default::default())}
                <Actions>
                    <Button>"交给审计人员"</Button>
                </Actions>
            </PostForm>
        }
    });
    view! {
        <Said flash=flash />
        <BackLink href="/me/looks" text="返回谁看过我的信息" />
        <PageTitle title="我有疑问" lead="审计人员不归办事的单位管。他们会去查为什么看，查完在这里答复您。" />
        {body}
    }
    .into_any()
}
