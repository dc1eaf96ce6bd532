//! Starting a case for a resident who stands at the window.

use domain::cases::DeskStart;
use domain::catalogue::ItemBrief;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::fetch_desk_start;
use super::frame::{Framed, frame, problem};
use crate::bundles::EventTiles;
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{BackLink, Button, ButtonKind, PageTitle, SearchBox};

#[component]
pub fn DeskStartPage() -> impl IntoView {
    let map = use_query_map();
    load(move || map.read().get_str("q").unwrap_or_default().to_owned(), read, show)
}

async fn read(query: String) -> Result<Framed<DeskStart>, AppError> {
    Ok(fetch_desk_start(query).await)
}

fn show(answer: Framed<DeskStart>) -> AnyView {
    let DeskStart { worker, query, items, events } = match answer {
        Ok(start) => start,
        Err(error) => return problem(error),
    };
    let found = match (items.is_empty(), query.is_empty()) {
        (true, _) => format!("没有找到“{query}”，换个说法试试。"),
        (false, true) => format!("可以在线申请的事项，共 {} 项", items.len()),
        (false, false) => format!("找到 {} 项", items.len()),
    };
    let body = view! {
        <BackLink href="/desk" text="返回待办" />
        <PageTitle
            title="帮居民申请"
            lead="请先核对本人身份证件。提交后，申请里会记下是您帮忙填的。"
        />
        <SearchBox
            action="/desk/start"
            label="居民要办什么事？"
            hint="输两个字就行，也可以输拼音，比如：低保、gaoling"
            value=query
        />
        {(!events.is_empty())
            .then(|| {
                view! {
                    <section class="tb-section">
                        <h2>"几件事一次办"</h2>
                        <EventTiles events=events base="/desk/events" />
                    </section>
                }
            })}
        <p role="status">{found}</p>
        <ul class="tb-desk-items" role="list">{items.into_iter().map(item).collect_view()}</ul>
    };
    frame("帮居民申请".to_owned(), worker, body.into_any())
}

/// Class: `tb-desk-item`.
fn item(item: ItemBrief) -> AnyView {
    let guide = format!("/items/{}", item.code);
    let label = format!("开始填写：{}", item.everyday);
    view! {
        <li class="tb-desk-item">
            <div>
                <h2 class="tb-desk-item__name">{item.everyday}</h2>
                <p class="tb-hint">{item.code.clone()} " " {item.name} " · " <a href=guide>"办事指南"</a></p>
            </div>
            <PostForm action="/desk/start">
                <input type="hidden" name="item" value=item.code />
                <Button kind=ButtonKind::Secondary label=label>"开始填写"</Button>
            </PostForm>
        </li>
    }
    .into_any()
}
