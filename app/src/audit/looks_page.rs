//! Unusual looks of one day.

use chrono::{Days, NaiveDate};
use domain::audit::{LooksOfDay, Unusual};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::fetch_looks;
use super::lines::{kinds, table};
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::ui::{BackLink, Notice, NoticeKind, PageTitle, Pagination};

type Asked = (Option<NaiveDate>, Option<Unusual>, Option<usize>);

/// `/desk/audit/looks`
#[component]
pub fn AuditLooksPage() -> impl IntoView {
    let map = use_query_map();
    let asked = move || {
        let map = map.read();
        let text = |key: &str| map.get_str(key).unwrap_or_default().to_owned();
        (text("day").parse().ok(), Unusual::from_key(&text("kind")), text("page").parse().ok())
    };
    load(asked, read, show)
}

async fn read((day, kind, page): Asked) -> Result<Framed<LooksOfDay>, AppError> {
    Ok(fetch_looks(day, kind, page).await)
}

fn show(answer: Framed<LooksOfDay>) -> AnyView {
    let LooksOfDay { worker, day, kind, counts, lines, looks, cut, page, pages } = match answer {
        Ok(found) => found,
        Err(error) => return problem(error),
    };
    let address = move |day: NaiveDate, page: usize| {
        let kind = kind.map(|kind| format!("&kind={}", kind.key())).unwrap_or_default();
        format!("/desk/audit/looks?day={day}{kind}&page={page}")
    };
    let beside = |other: Option<NaiveDate>, words: &'static str| {
        other.map(|other| view! { <a href=address(other, 1)>{words}</a> " " })
    };
    let title = format!("{day}的异常查看");
    let meaning = kind.map_or_else(|| "点一类，只看这一类。".to_owned(), Unusual::meaning);
    let body = view! {
        <BackLink href="/desk/audit" />
        <PageTitle title=title.clone() lead=format!("这一天工作人员查看办件{looks}次。不寻常不等于违规，请核实。") />
        <p>
            {beside(day.checked_sub_days(Days::new(1)), "前一天")}
            {beside(day.checked_add_days(Days::new(1)), "后一天")}
            <a href=format!("/desk/audit/looks?day={day}")>"全部种类"</a>
        </p>
        {kinds(&day.to_string(), counts, kind)}
        <p class="tb-hint">{meaning}</p>
        {cut.then(|| {
            view! {
                <Notice kind=NoticeKind::Warning>
                    <p>"这一天的查看太多，只列出了最晚的一部分。"</p>
                </Notice>
            }
        })}
        {if lines.is_empty() {
            view! { <p class="tb-lead">"没有这样的查看。"</p> }.into_any()
        } else {
            table("不寻常的查看", lines)
        }}
        {(page > 1).then(|| view! { <p><a href=address(day, 1)>"回到第一页"</a></p> })}
        {(page < pages).then(|| view! { <Pagination next=address(day, page + 1) /> })}
    };
    frame(title, worker, body.into_any())
}
