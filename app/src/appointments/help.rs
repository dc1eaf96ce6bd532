//! For who does not manage alone: the ways to a person, and the office to choose for them.

use domain::areas::Area;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Breadcrumb, PageTitle};

/// What a page is about, from its address: codes and keys alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Topic {
    pub area: String,
    pub office: String,
    pub item: String,
    pub manner: String,
}

pub(crate) fn topic_of() -> impl Fn() -> Topic + Clone + Send + Sync + 'static {
    let query = use_query_map();
    move || {
        let text = |name: &str| query.read().get_str(name).unwrap_or_default().trim().to_owned();
        Topic { area: text("area"), office: text("office"), item: text("item"), manner: text("manner") }
    }
}

impl Topic {
    /// The page of `path` for another place, about the same.
    fn address(&self, path: &str, place: &str, code: &str) -> String {
        let more = [("item", &self.item), ("manner", &self.manner)];
        let more = more.into_iter().filter(|(_, value)| !value.is_empty());
        more.fold(format!("{path}?{place}={code}"), |address, (name, value)| format!("{address}&{name}={value}"))
    }
}

/// Step by step to a community, or to the window of a street. Classes: `tb-areas`.
pub(crate) fn choose_office(
    path: &'static str,
    (title, lead): (&'static str, &'static str),
    topic: Topic,
    mut chosen: Vec<Area>,
    below: Vec<Area>,
) -> AnyView {
    let depth = chosen.len();
    let question = match depth {
        0 => "您住在哪个区县？",
        1 => "哪个街道（乡镇）？",
        _ => "哪个社区（村）？也可以直接去街道",
    };
    let street = if depth == 2 { chosen.last().cloned() } else { None };
    let last = chosen.pop();
    let trail: Vec<(String, String)> = last
        .iter()
        .map(|_| (topic.address(path, "area", ""), title.to_owned()))
        .chain(chosen.iter().map(|area| (topic.address(path, "area", &area.code), area.name.clone())))
        .collect();
    let place = if depth == 2 { "office" } else { "area" };
    let link = |href: String, name: String| view! { <li><a href=href>{name}</a></li> };
    let offices =
        street.map(|area| link(topic.address(path, "office", &area.code), format!("{}（街道窗口）", area.name)));
    let rows = below.into_iter().map(|area| link(topic.address(path, place, &area.code), area.name));
    let rows: Vec<_> = rows.collect();
    view! {
        {(!trail.is_empty()).then(|| view! { <Breadcrumb trail=trail /> })}
        <PageTitle title=title lead=lead />
        <section class="tb-section" aria-labelledby="areas-title">
            <h2 id="areas-title">{question}</h2>
            <ul class="tb-areas" role="list">
                {offices}
                {rows}
            </ul>
        </section>
    }
    .into_any()
}

/// The three ways to a person. `item`: what it is about; empty: not known.
#[component]
pub fn HelpWays(#[prop(optional, into)] item: String) -> impl IntoView {
    let about = if item.is_empty() { String::new() } else { format!("item={item}") };
    let home = if item.is_empty() { "manner=home".to_owned() } else { format!("item={item}&manner=home") };
    view! {
        <ul class="tb-own" role="list">
            <li>
                <p>
                    <a href=format!("/visits/new?{about}")>"约个时间去窗口"</a>
                    <span class="tb-own__more">"下班后、周末也能约"</span>
                </p>
            </li>
            <li>
                <p>
                    <a href=format!("/visits/new?{home}")>"请人上门"</a>
                    <span class="tb-own__more">"走不动、要照顾人，工作人员到家里来"</span>
                </p>
            </li>
            <li>
                <p>
                    <a href=format!("/calls/new?{about}")>"请打电话给我"</a>
                    <span class="tb-own__more">"一个工作日内打给您"</span>
                </p>
            </li>
        </ul>
    }
}
