//! What a search found, the latest first.

use domain::audit::AuditList;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::fetch_found;
use super::lines::table;
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::ui::{BackLink, PageTitle, Pagination};

type Asked = (String, String);

/// `/desk/audit/searches/{id}`
#[component]
pub fn AuditFoundPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let after = query.read().get_str("after").unwrap_or_default().to_owned();
        (params.read().get_str("id").unwrap_or_default().to_owned(), after)
    };
    load(asked, read, show)
}

async fn read((id, after): Asked) -> Result<Framed<(String, AuditList)>, AppError> {
    Ok(fetch_found(id.clone(), after).await.map(|found| (id, found)))
}

fn show(answer: Framed<(String, AuditList)>) -> AnyView {
    let (id, AuditList { worker, about, purpose, lines, next }) = match answer {
        Ok(found) => found,
        Err(error) => return problem(error),
    };
    let next = (!next.is_empty()).then(|| format!("/desk/audit/searches/{id}?after={next}"));
    let body = view! {
        <BackLink href="/desk/audit" />
        <PageTitle title="查询结果" caption=about lead=format!("原因：{purpose}。这次查询已经记下。") />
        {if lines.is_empty() {
            view! { <p class="tb-lead">"没有查到记录。请核对编号、姓名或号码，或者把日期放宽。"</p> }.into_any()
        } else {
            table("审计记录，最近的在前", lines)
        }}
        {next.map(|href| view! { <Pagination next=href /> })}
    };
    frame("查询结果".to_owned(), worker, body.into_any())
}
