//! The first page: find something to do, or see how it goes.

use domain::cases::{DraftBrief, Home, State};
use domain::catalogue::{AUDIENCES, LIFE_EVENTS};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_home;
use crate::bundles::EventTiles;
use crate::cases::state_tag;
use crate::catalogue::{CategoryTiles, FacetChips};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, ButtonKind, Disclosure, Icon, IconName, LinkButton, Panel, SearchBox, Tag, TagKind};

/// So many of one's own are shown at once; the rest waits behind its name, so that the search stays in sight.
const OWN_SHOWN: usize = 2;
/// So many chips stand in a row of the first page.
const CHIPS_SHOWN: usize = 8;

/// `/`
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <ResidentLayout>{load(|| (), |()| fetch_home(), show)}</ResidentLayout> }
}

fn show(home: Home) -> AnyView {
    let total = home.items_total;
    view! {
        <Title text=""/>
        <crate::ui::Page wide=true>
            {drafts(home.drafts)}
            {cases(home.bundles, home.cases)}
            <div class="tb-hero">
                <h1>"您想办什么事？"</h1>
                <SearchBox action="/items" label="用平常的话找" hint="比如：老人补贴、看病报销、找工作"/>
                <Actions>
                    <LinkButton href="/track" kind=ButtonKind::Secondary><Icon name=IconName::Clock/>"查进度"</LinkButton>
                </Actions>
            </div>
            {(!home.events.is_empty())
                .then(|| {
                    view! {
                        <section class="tb-section">
                            <h2>"几件事一次办"</h2>
                            <EventTiles events=home.events base="/events"/>
                        </section>
                    }
                })}
            <section class="tb-section">
                <h2>"按您是谁找"</h2>
                <FacetChips list=AUDIENCES parameter="audience" at_most=CHIPS_SHOWN/>
            </section>
            <section class="tb-section">
                <h2>"按遇到的事找"</h2>
                <FacetChips list=LIFE_EVENTS parameter="event" at_most=CHIPS_SHOWN/>
            </section>
            <section class="tb-section">
                <h2>"按类别找"</h2>
                <CategoryTiles/>
            </section>
            <p><a href="/items">{format!("看全部{total}件事")}</a></p>
        </crate::ui::Page>
    }
    .into_any()
}

fn drafts(drafts: Vec<DraftBrief>) -> Option<AnyView> {
    let rows = drafts.into_iter().map(|draft| {
        view! {
            <li>
                <p>
                    <a href=format!("/drafts/{}/pages/{}", draft.id, draft.page)>"接着填："{draft.name}</a>
                    <span class="tb-own__more">{format!("{}保存", draft.saved)}</span>
                </p>
            </li>
        }
        .into_any()
    });
    own("还没填完的", "还有没填完的", true, rows.collect())
}

/// Life events first: several cases in one line, which stands where the slowest does.
fn cases(bundles: Vec<(String, String, Option<State>)>, cases: Vec<(String, String, State)>) -> Option<AnyView> {
    let bundles = bundles.into_iter().map(|(number, name, state)| {
        let (kind, word) = state.map_or((TagKind::Done, "都办完了"), |state| (state_tag(state), state.name()));
        sent(format!("/bundles/{number}"), format!("一件事：{name}"), (kind, word), number)
    });
    let cases = cases
        .into_iter()
        .map(|(number, name, state)| sent(format!("/cases/{number}"), name, (state_tag(state), state.name()), number));
    own("我的办件", "更早的办件", false, bundles.chain(cases).collect())
}

fn sent(href: String, name: String, (kind, word): (TagKind, &'static str), number: String) -> AnyView {
    view! {
        <li>
            <p>
                <a href=href>{name}</a>
                <span class="tb-own__more"><Tag kind text=word/> " " {number}</span>
            </p>
        </li>
    }
    .into_any()
}

/// What this browser began or sent; nothing when there is none.
/// Classes: `tb-own`, `tb-own__more`.
fn own(title: &'static str, rest_title: &'static str, todo: bool, mut rows: Vec<AnyView>) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let rest = rows.split_off(rows.len().min(OWN_SHOWN));
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <Disclosure summary=format!("{rest_title}（{}件）", rest.len())>
                <ul class="tb-own" role="list">{rest}</ul>
            </Disclosure>
        }
    });
    Some(
        view! {
            <Panel title todo>
                <ul class="tb-own" role="list">{rows}</ul>
                {rest}
            </Panel>
        }
        .into_any(),
    )
}
