//! The queue of the worker's office: what is due first stands first.

use chrono::Datelike;
use domain::cases::{CaseBrief, Flash, QueueQuery, QueueView, WorkerView};
use domain::desk::Role;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::list_cases;
use super::clock::Clock;
use super::filters::{Filters, address, is_filtered, query_of};
use super::frame::{Framed, administrator, frame, problem};
use super::supervision::warning_tag;
use crate::cases::{Said, state_tag};
use crate::error::AppError;
use crate::layout::{Way, ways};
use crate::load::load;
use crate::ui::{LinkButton, Notice, NoticeKind, PageTitle, Pagination, Table, Tag};

const HEAD: [&str; 6] = ["办件编号", "事项", "申请人", "状态", "期限", "提交"];

#[component]
pub fn QueuePage() -> impl IntoView {
    let map = use_query_map();
    load(move || query_of(&map.read()), read, show)
}

async fn read(query: QueueQuery) -> Result<Framed<QueueView>, AppError> {
    Ok(list_cases(query).await)
}

fn show(answer: Framed<QueueView>) -> AnyView {
    let queue = match answer {
        Ok(queue) => queue,
        Err(error) => return problem(error),
    };
    let QueueView { worker, query, cases, next, late, unanswered, items, flash } = queue;
    if let Some(role) = administrator(&worker) {
        return front(role, worker, flash);
    }
    let roles = worker.roles.iter().map(|role| role.name()).collect::<Vec<_>>().join("、");
    let lead = format!("{roles}。先到期的在前，天数按工作日算。");
    let next = (!next.is_empty()).then(|| address(&query, &next));
    let first = (!query.after.is_empty()).then(|| address(&query, ""));
    let filters = query.clone();
    let body = view! {
        <Said flash=flash />
        <div class="tb-desk-head">
            <PageTitle title="待办" caption=worker.office.clone() lead=lead />
            {worker.may_start.then(|| view! { <LinkButton href="/desk/start">"帮居民申请"</LinkButton> })}
        </div>
        {first_of_all(late, unanswered, &query)}
        // A closure is built anew: controls that were touched show the filters of this address.
        {move || view! { <Filters query=filters.clone() items=items.clone() /> }}
        {if cases.is_empty() { empty(&query) } else { table(cases) }}
        {first.map(|href| view! { <p><a href=href>"回到第一页"</a></p> })}
        {next.map(|href| view! { <Pagination next=href /> })}
    };
    frame("待办".to_owned(), worker, body.into_any())
}

/// Administrators have no cases: where their work is.
fn front(role: Role, worker: WorkerView, flash: Flash) -> AnyView {
    let way = |&(name, href): &Way| view! { <p><LinkButton href=href>{name}</LinkButton></p> };
    let body = view! {
        <Said flash=flash />
        <PageTitle title=role.name() caption=worker.office.clone() lead="管理员不办件，看不到居民的资料。" />
        {ways(Some(role)).iter().map(way).collect_view()}
    };
    frame(role.name().to_owned(), worker, body.into_any())
}

/// What is past its day comes first, whatever is looked at.
fn first_of_all(late: usize, unanswered: usize, query: &QueueQuery) -> Option<AnyView> {
    let line = |count: usize, words: &str, due: &'static str| {
        (count > 0 && query.due != due).then(|| {
            view! { <p>{format!("有{count}件{words}")} " " <a href=format!("/desk?due={due}")>"只看这些"</a></p> }
        })
    };
    let late = line(late, "超过了期限（红牌、黑牌），请先办。", "late");
    let unanswered = line(unanswered, "居民的留言超过48小时没有回复。", "unanswered");
    if late.is_none() && unanswered.is_none() {
        return None;
    }
    Some(view! { <Notice kind=NoticeKind::Warning>{late} {unanswered}</Notice> }.into_any())
}

fn table(cases: Vec<CaseBrief>) -> AnyView {
    let rows: Vec<Vec<AnyView>> = cases.into_iter().map(row).collect();
    view! { <Table caption="办件，先到期的在前" caption_hidden=true head=HEAD.to_vec() rows=rows /> }.into_any()
}

fn row(case: CaseBrief) -> Vec<AnyView> {
    let due = case.due.map(|day| format!("{}月{}日", day.month(), day.day())).unwrap_or_default();
    let age = if case.age_days < 1 { "今天".to_owned() } else { format!("{}天前", case.age_days) };
    let href = format!("/desk/cases/{}", case.number);
    vec![
        view! { <a href=href class="tb-desk-number">{case.number}</a> }.into_any(),
        view! {
            <span>
                {case.item_name}
                {(!case.event.is_empty())
                    .then(|| view! { <span class="tb-hint">" 属于一件事：" {case.event}</span> })}
            </span>
        }
        .into_any(),
        case.applicant.into_any(),
        view! {
            <span>
                <Tag kind=state_tag(case.state) text=case.state.name() />
                {(!case.office.is_empty()).then(|| view! { <span class="tb-hint">" 在" {case.office}</span> })}
            </span>
        }
        .into_any(),
        match case.days_left {
            Some(days_left) => {
                view! { <span>{due} " " <Clock days_left=days_left /> " " {warning_tag(case.warning)}</span> }
                    .into_any()
            }
            None => "—".into_any(),
        },
        view! { <span>{case.submitted} <span class="tb-hint">" " {age}</span></span> }.into_any(),
    ]
}

fn empty(query: &QueueQuery) -> AnyView {
    let words = match (query.number.is_empty(), is_filtered(query)) {
        (false, _) => "没有找到这个编号：可能输错了，也可能不归本单位办。",
        (true, true) => "没有符合条件的办件，换个条件再看看。",
        (true, false) => "现在没有要办的件。有新件来，会出现在这里。",
    };
    view! { <p class="tb-lead">{words}</p> }.into_any()
}
