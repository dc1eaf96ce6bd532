//! A life event: what can be asked for together, what it takes, and the way into the one form.

use domain::catalogue::{CaseKind, EventGuide, EventPart};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::fetch_event;
use crate::catalogue::duration;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::mandates::api::fetch_held_in_force;
use crate::post::PostForm;
use crate::ui::{
    BackLink, Button, ButtonKind, Checkboxes, Choice, Disclosure, Notice, NoticeKind, Page, PageTitle, Panel,
    SummaryList, SummaryRow,
};

/// `/events/{key}`
#[component]
pub fn EventPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let key = move || {
        let items = query.read().get_str("items").map(str::to_owned);
        (params.read().get("key").unwrap_or_default(), items)
    };
    view! { <ResidentLayout>{load(key, read, show)}</ResidentLayout> }
}

/// The event, and in whose stead the visitor may act: id of the mandate, and the name.
type Choosing = (EventGuide, Vec<(String, String)>);

async fn read((key, items): (String, Option<String>)) -> Result<Choosing, AppError> {
    Ok((fetch_event(key, items).await?, fetch_held_in_force().await?))
}

fn show((guide, held): Choosing) -> AnyView {
    let brief = guide.brief.clone();
    let action = format!("/events/{}/start", brief.key);
    view! {
        <Title text=brief.name.clone() />
        <Page>
            <BackLink href="/" text="返回首页" />
            <PageTitle title=brief.name caption="一件事一次办" lead=brief.summary />
            {choosing(guide, action, None, held)}
        </Page>
    }
    .into_any()
}

/// The items to choose from, what they take together, and the button. `hidden`: a further name and value to send. `held`:
/// in whose stead it may be filled in.
pub fn choosing(
    guide: EventGuide,
    action: String,
    hidden: Option<(&'static str, String)>,
    held: Vec<(String, String)>,
) -> AnyView {
    let at_window = hidden.is_some();
    let parts = guide.parts;
    let usual: Vec<String> = parts.iter().filter(|part| part.chosen).map(|part| part.item.code.clone()).collect();
    let chosen = RwSignal::new(usual);
    let finding = (!guide.finding.is_empty()).then_some(guide.finding);
    let problem = finding.clone().map(|finding| {
        view! {
            <Notice kind=NoticeKind::Error title="这样选还不行">
                <p>{finding}</p>
            </Notice>
        }
    });
    let choices: Vec<Choice> = parts.iter().map(|part| choice(part, at_window)).collect();
    let links = links(&parts);
    let total = parts.clone();
    view! {
        {problem}
        <PostForm action=action>
            {hidden.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
            <Checkboxes
                path="items"
                label=if at_window { "居民要办哪几件？" } else { "您要办哪几件？" }
                hint="常办的已经勾上了。不要办的，点一下去掉；要加的，点一下勾上。"
                choices=choices
                checked=chosen
                on_change=Callback::new(move |codes| chosen.set(codes))
                error=Signal::derive(move || finding.clone())
            />
            {links}
            {move || together(&total, &chosen.read())}
            <Button>"开始填表"</Button>
            {held.into_iter().map(in_stead).collect_view()}
            <p class="tb-hint">"一样的问题只填一次，一样的材料只交一次。全部填完、看过一遍以后，才会送出去。"</p>
        </PostForm>
    }
    .into_any()
}

/// Posts the same choice.
fn in_stead((mandate, name): (String, String)) -> AnyView {
    view! {
        <Button kind=ButtonKind::Secondary name="mandate" value=mandate>
            {format!("替{name}填")}
        </Button>
    }
    .into_any()
}

fn choice(part: &EventPart, at_window: bool) -> Choice {
    let own = if part.own_community && at_window {
        "只有居民自己的社区（街道）能收：居民不住这一片的，提交后再帮他约那边的时间。"
    } else {
        ""
    };
    let after = if part.item.case_kind == CaseKind::Instant { "" } else { "受理后" };
    let hint = format!("{}{own}由{}决定，{after}{}。", part.text, part.decider, duration(&part.item));
    Choice { value: part.item.code.clone(), label: part.name.clone(), hint }
}

/// To each item's own check and guide, before anything is typed.
fn links(parts: &[EventPart]) -> AnyView {
    let row = |part: &EventPart| {
        let code = part.item.code.clone();
        let check = part.has_check.then(|| {
            let label = format!("{}：看看能不能办", part.name);
            view! {
                <a href=format!("/items/{code}/check") aria-label=label>
                    "看看能不能办"
                </a>
                " · "
            }
        });
        let label = format!("{}：办事指南", part.name);
        view! {
            <SummaryRow term=part.name.clone()>
                {check}
                <a href=format!("/items/{code}") aria-label=label>
                    "办事指南"
                </a>
            </SummaryRow>
        }
    };
    let rows = parts.iter().map(row).collect_view();
    view! {
        <Disclosure summary="还不知道能不能办？先看看">
            <SummaryList>{rows}</SummaryList>
        </Disclosure>
    }
    .into_any()
}

/// What the chosen items take together: papers, each once, and the time of the slowest.
fn together(parts: &[EventPart], codes: &[String]) -> AnyView {
    let chosen: Vec<&EventPart> = parts.iter().filter(|part| codes.contains(&part.item.code)).collect();
    let mut papers: Vec<&(String, String)> = Vec::new();
    for paper in chosen.iter().flat_map(|part| &part.materials) {
        if !papers.iter().any(|other| other.0 == paper.0) {
            papers.push(paper);
        }
    }
    let papers = papers.into_iter().map(|(_, name)| view! { <li>{name.clone()}</li> }).collect_view();
    let time = slowest(&chosen);
    view! {
        <Panel title=format!("选了{}件，一共要这些", chosen.len())>
            <p>"申请人的姓名、身份证号码和手机号码。下面的材料，填表时用手机拍照就行："</p>
            <ul>{papers}</ul>
            <p>"填了以后，看情况可能还要一两样，到时候会告诉您。"</p>
            <p>{time}</p>
        </Panel>
    }
    .into_any()
}

fn slowest(chosen: &[&EventPart]) -> String {
    let slow = chosen.iter().filter(|part| part.item.case_kind != CaseKind::Instant);
    match slow.max_by_key(|part| part.item.promised_days) {
        None => "都是当场就能办好的事。".to_owned(),
        Some(part) => {
            format!("每件事各办各的，先办好的先告诉您。最慢的是“{}”，受理后{}内办好。", part.name, duration(&part.item))
        }
    }
}
