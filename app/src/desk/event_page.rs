//! Choosing items of a life event for a resident who stands at the window.

use domain::cases::DeskEvent;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::fetch_desk_event;
use super::frame::{Framed, frame, problem};
use crate::bundles::choosing;
use crate::error::AppError;
use crate::load::load;
use crate::ui::{BackLink, PageTitle};

/// `/desk/events/{key}`
#[component]
pub fn DeskEventPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let key = move || {
        let items = query.read().get_str("items").map(str::to_owned);
        (params.read().get("key").unwrap_or_default(), items)
    };
    load(key, read, show)
}

async fn read((key, items): (String, Option<String>)) -> Result<Framed<DeskEvent>, AppError> {
    Ok(fetch_desk_event(key, items).await)
}

fn show(answer: Framed<DeskEvent>) -> AnyView {
    let DeskEvent { worker, guide } = match answer {
        Ok(event) => event,
        Err(error) => return problem(error),
    };
    let brief = guide.brief.clone();
    let body = view! {
        <BackLink href="/desk/start" text="返回帮居民申请" />
        <PageTitle title=brief.name.clone() caption="帮居民申请 · 一件事一次办" lead=brief.summary />
        {choosing(guide, "/desk/start".to_owned(), Some(("event", brief.key)), Vec::new())}
    };
    frame(brief.name, worker, body.into_any())
}
