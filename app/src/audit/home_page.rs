//! Where the auditor begins.

use domain::audit::{AuditHome, AuditQuestion, Purpose, REASON, SearchBy};
use domain::cases::Flash;
use leptos::prelude::*;

use super::api::fetch_audit;
use super::lines::{kinds, table};
use crate::cases::{Said, wrong};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, Choice, PageTitle, Panel, Radios, SummaryList, SummaryRow, TextArea, TextInput, Width};

const ANSWER_MAX: usize = 500;

/// `/desk/audit`
#[component]
pub fn AuditHomePage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<AuditHome>, AppError> {
    Ok(fetch_audit().await)
}

fn show(answer: Framed<AuditHome>) -> AnyView {
    let AuditHome { worker, questions, day, counts, flash } = match answer {
        Ok(home) => home,
        Err(error) => return problem(error),
    };
    let waiting = questions.iter().filter(|question| question.answer.is_empty()).count();
    let lead = match waiting {
        0 => "这里能查谁在什么时候看过、办过什么，看不到办件里的内容。每次查询也会记下来。".to_owned(),
        count => format!("有{count}位居民问起谁看了自己的资料，请先答复。"),
    };
    let day = day.to_string();
    let body = view! {
        <Said flash=flash.clone() />
        <PageTitle title="审计" lead=lead />
        {questions.into_iter().map(question).collect_view()}
        <Panel title="查询记录" id="search">{search(flash)}</Panel>
        <Panel title=format!("{day}不寻常的查看")>
            {kinds(&day, counts, None)}
            <p>
                <a href=format!("/desk/audit/looks?day={day}")>"看这一天全部不寻常的查看"</a>
            </p>
        </Panel>
    };
    frame("审计".to_owned(), worker, body.into_any())
}

fn question(question: AuditQuestion) -> AnyView {
    let AuditQuestion { id, asked, words, line, answer } = question;
    let form = answer.is_empty().then(|| {
        view! {
            <PostForm action=format!("/desk/audit/questions/{id}")>
                <TextArea
                    path=format!("answer-{id}")
                    label="答复"
                    hint="居民会看到这段话。请写清谁因为什么工作查看的。"
                    value=String::new()
                    rows=3
                    maxlength=ANSWER_MAX
                />
                <Button>"答复居民"</Button>
            </PostForm>
        }
    });
    view! {
        <Panel title="居民的疑问" todo=answer.is_empty()>
            <SummaryList>
                <SummaryRow term="什么时候问的">{asked}</SummaryRow>
                <SummaryRow term="问的话">{words}</SummaryRow>
                {(!answer.is_empty()).then(|| view! { <SummaryRow term="已经答复">{answer}</SummaryRow> })}
            </SummaryList>
            {line.map(|line| table("问的是这条记录", vec![line]))}
            {form}
        </Panel>
    }
    .into_any()
}

fn search(flash: Flash) -> AnyView {
    let Flash { entries, findings, .. } = flash;
    let typed = move |path: &str| entries.get(path).to_owned();
    let error = move |path: &str| wrong(&findings, path);
    let by: Vec<Choice> = SearchBy::ALL.iter().map(|by| Choice::new(by.key(), by.words())).collect();
    let purposes: Vec<Choice> = Purpose::ALL.iter().map(|one| Choice::new(one.key(), one.words())).collect();
    view! {
        <PostForm action="/desk/audit/search">
            <Radios path="by" label="按什么查" choices=by checked=typed("by") error=error("by") />
            <TextInput path="text" label="编号、姓名或号码" value=typed("text") error=error("text") maxlength=60 width=Width::Long />
            <TextInput path="from" label="从哪天" kind="date" value=typed("from") error=error("from") optional=true width=Width::Medium />
            <TextInput path="until" label="到哪天" kind="date" value=typed("until") error=error("until") optional=true width=Width::Medium />
            <Radios path=REASON label="为什么查" choices=purposes checked=typed(REASON) error=error(REASON) />
            <Button>"查询"</Button>
        </PostForm>
    }
    .into_any()
}
