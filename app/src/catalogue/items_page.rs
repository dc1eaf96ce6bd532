//! The list of items: by words, by subject, by who I am, by what happened; without any of these, all of them.

use domain::catalogue::{AUDIENCES, CATEGORIES, Facet, ItemListing, LIFE_EVENTS, facet_name};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

use super::api::{ItemQuery, Shelf, list_items, list_shelves};
use super::certificates_page::FoundCertificates;
use super::facets::{FacetChips, address};
use super::item_list::{ItemList, Shelves};
use crate::bundles::Together;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Disclosure, Notice, Page, PageTitle, SearchBox, Tile, Tiles};

const SEARCH_HINT: &str = "说平常的话就行，两个字也能找：老人补贴、医保、低保";

/// `/items`
#[component]
pub fn ItemsPage() -> impl IntoView {
    let query = use_query_map();
    let key = move || {
        let text = |name: &str| query.read().get_str(name).unwrap_or_default().trim().to_owned();
        ItemQuery { q: text("q"), category: text("category"), audience: text("audience"), event: text("event") }
    };
    view! { <ResidentLayout>{load(key, read, show)}</ResidentLayout> }
}

/// What the page shows.
#[derive(Clone, Debug, Serialize, Deserialize)]
enum Found {
    All(Vec<Shelf>),
    Some(ItemQuery, ItemListing),
}

async fn read(query: ItemQuery) -> Result<Found, AppError> {
    if query == ItemQuery::default() {
        return Ok(Found::All(list_shelves().await?));
    }
    let listing = list_items(query.clone()).await?;
    Ok(Found::Some(query, listing))
}

fn show(found: Found) -> AnyView {
    match found {
        Found::All(shelves) => all(shelves),
        Found::Some(query, listing) => some(&query, listing),
    }
}

fn all(shelves: Vec<Shelf>) -> AnyView {
    let total: usize = shelves.iter().map(|shelf| shelf.items.len()).sum();
    view! {
        <Title text="办事"/>
        <Page>
            <PageTitle title="您想办什么事？"/>
            <SearchBox action="/items" label="在这里找" hint=SEARCH_HINT/>
            <section class="tb-section" id="audience">
                <h2>"按您是谁找"</h2>
                <FacetChips list=AUDIENCES parameter="audience"/>
            </section>
            <section class="tb-section" id="event">
                <h2>"按遇到的事找"</h2>
                <FacetChips list=LIFE_EVENTS parameter="event"/>
            </section>
            <section class="tb-section" id="category">
                <h2>{format!("全部{total}件事")}</h2>
                {admission()}
                <Shelves shelves/>
            </section>
        </Page>
    }
    .into_any()
}

/// The list is the whole of what a community may be asked for.
fn admission() -> AnyView {
    view! {
        <Notice title="社区只办这张单子上的事">
            <p>"不在单子上的，谁也不能要社区办，社区也不能要您交材料。"</p>
            <p><a href="/certificates">"看社区不开哪些证明，该找谁"</a></p>
        </Notice>
    }
    .into_any()
}

fn some(query: &ItemQuery, mut listing: ItemListing) -> AnyView {
    let title = heading(&listing);
    let certificates = std::mem::take(&mut listing.certificates);
    let events = std::mem::take(&mut listing.events);
    let refused = !certificates.is_empty();
    let chips = active_chips(query);
    let result = if listing.items.is_empty() && refused {
        ().into_any()
    } else if listing.items.is_empty() {
        nothing(&listing.query)
    } else {
        view! {
            <p class="tb-hint">{format!("找到{}件", listing.items.len())}</p>
            <ItemList items=listing.items/>
            {others(query)}
            <p><a href="/items">"看全部事项"</a></p>
        }
        .into_any()
    };
    view! {
        <Title text=title.clone()/>
        <Page>
            <PageTitle title/>
            <SearchBox action="/items" label="找别的事" value=listing.query hint=SEARCH_HINT/>
            {chips}
            <FoundCertificates certificates/>
            <Together events/>
            {result}
        </Page>
    }
    .into_any()
}

fn heading(listing: &ItemListing) -> String {
    match (listing.query.is_empty(), listing.title.is_empty()) {
        (false, true) => format!("搜索“{}”", listing.query),
        (false, false) => format!("在“{}”里搜索“{}”", listing.title, listing.query),
        (true, false) => listing.title.clone(),
        (true, true) => "没有这一类".to_owned(),
    }
}

/// What the list is narrowed by: pressing one takes it away, the rest is kept.
fn active_chips(query: &ItemQuery) -> Option<AnyView> {
    let chips = active(query).into_iter().map(|(parameter, _, name)| {
        let label = format!("{name}，去掉这个范围");
        let href = without(query, parameter);
        view! { <li><a class="tb-chip" aria-current="true" aria-label=label href=href>{name} " ✕"</a></li> }
    });
    let chips = chips.collect::<Vec<_>>();
    (!chips.is_empty())
        .then(|| view! { <ul class="tb-chips" role="list" aria-label="正在看的范围">{chips}</ul> }.into_any())
}

/// The other choices of the kind by which the list is narrowed.
fn others(query: &ItemQuery) -> Option<AnyView> {
    let (parameter, list, _) = active(query).into_iter().next()?;
    Some(view! { <Disclosure summary="换一类看看"><FacetChips list parameter/></Disclosure> }.into_any())
}

/// Parameter, list and name of what is chosen.
fn active(query: &ItemQuery) -> Vec<(&'static str, &'static [Facet], &'static str)> {
    let all = [
        ("category", CATEGORIES, &query.category),
        ("audience", AUDIENCES, &query.audience),
        ("event", LIFE_EVENTS, &query.event),
    ];
    all.into_iter().filter_map(|(parameter, list, key)| Some((parameter, list, facet_name(list, key)?))).collect()
}

/// The address of the same list without one of the things that it was asked by.
fn without(query: &ItemQuery, parameter: &str) -> String {
    let pairs =
        [("q", &query.q), ("category", &query.category), ("audience", &query.audience), ("event", &query.event)];
    let kept = pairs.into_iter().filter(|(name, text)| *name != parameter && !text.is_empty());
    let map: ParamsMap = kept.map(|(name, text)| (name, text.clone())).collect();
    format!("/items{}", map.to_query_string())
}

fn nothing(words: &str) -> AnyView {
    let title =
        if words.is_empty() { "没有找到".to_owned() } else { format!("没有找到和“{words}”有关的事") };
    view! {
        <Notice title>
            <ul>
                <li>"换个说法，少写几个字：写“低保”，不写“我想申请低保”。"</li>
                <li>"写拼音或拼音的第一个字母也行：dibao、db。"</li>
                <li>"还是找不到，请到就近的社区窗口问一问，或者打市民热线 12345。"</li>
            </ul>
        </Notice>
        <section class="tb-section">
            <h2>"按类别找"</h2>
            <CategoryTiles/>
        </section>
    }
    .into_any()
}

/// The subjects as tiles.
#[component]
pub fn CategoryTiles() -> impl IntoView {
    view! {
        <Tiles>
            {CATEGORIES
                .iter()
                .map(|facet| view! { <Tile href=address("category", facet.key) title=facet.name/> })
                .collect_view()}
        </Tiles>
    }
}
