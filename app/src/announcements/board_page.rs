//! The public board: a district, a street, a community, and what is announced there. Nothing is listed without one.

use domain::announcements::{Board, BoardEntry};
use domain::areas::Area;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_query_map;

use super::api::fetch_board;
use crate::cases::full_day;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Breadcrumb, Notice, Page, PageTitle, Pagination};

const HOME: &str = "/announcements";

/// `/announcements?area=…`
#[component]
pub fn BoardPage() -> impl IntoView {
    let query = use_query_map();
    let key = move || {
        let text = |name: &str| query.read().get_str(name).unwrap_or_default().trim().to_owned();
        (text("area"), text("after"))
    };
    view! {
        <Title text="社区公示" />
        <Meta name="robots" content="noindex, nofollow" />
        <ResidentLayout>
            <Page>{load(key, read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((area, after): (String, String)) -> Result<Board, AppError> {
    fetch_board(area, after).await
}

fn address(area: &str) -> String {
    format!("{HOME}?area={area}")
}

fn show(board: Board) -> AnyView {
    let Board { mut chosen, below, entries, next } = board;
    let Some(last) = chosen.pop() else {
        return view! {
            <PageTitle
                title="社区公示"
                lead="有的事决定以前要公示几天，听听邻居的意见。请一步步选到您的社区。"
            />
            {choice("先选区县", below)}
        }
        .into_any();
    };
    let code = last.code.clone();
    let trail = std::iter::once((HOME.to_owned(), "社区公示".to_owned()))
        .chain(chosen.iter().map(|area| (address(&area.code), area.name.clone())))
        .collect();
    let street = chosen.len() == 1;
    let body = if below.is_empty() {
        list(&code, entries, &next)
    } else {
        choice(if street { "再选社区（村）" } else { "再选街道（乡镇）" }, below)
    };
    view! {
        <Breadcrumb trail=trail />
        <PageTitle title=last.name caption="社区公示" />
        {body}
    }
    .into_any()
}

/// Classes: `tb-areas`.
fn choice(title: &'static str, below: Vec<Area>) -> AnyView {
    let one = |area: Area| view! { <li><a href=address(&area.code)>{area.name}</a></li> };
    view! {
        <section class="tb-section" aria-labelledby="areas-title">
            <h2 id="areas-title">{title}</h2>
            <ul class="tb-areas" role="list">{below.into_iter().map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// Classes: `tb-board`.
fn list(code: &str, entries: Vec<BoardEntry>, next: &str) -> AnyView {
    if entries.is_empty() {
        return view! {
            <Notice title="现在没有公示">
                <p>"有新的公示会贴在这里，期满就撤下。"</p>
            </Notice>
        }
        .into_any();
    }
    let one = |entry: BoardEntry| {
        let BoardEntry { id, name, item, until } = entry;
        view! {
            <li>
                <a href=format!("{HOME}/{id}")>{name} " · " {item}</a>
                <span class="tb-hint">{format!("公示到{}", full_day(until))}</span>
            </li>
        }
    };
    let next = (!next.is_empty()).then(|| format!("{}&after={next}", address(code)));
    view! {
        <ul class="tb-board" role="list">{entries.into_iter().map(one).collect_view()}</ul>
        {next.map(|href| view! { <Pagination next=href /> })}
    }
    .into_any()
}
