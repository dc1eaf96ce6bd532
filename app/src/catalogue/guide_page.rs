//! The guide of an item: everything to know before going on, in plain words.

use domain::catalogue::{ItemGuide, SampleFact};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::fetch_item;
use super::guide_parts::{KeyFacts, MarkOf, Materials, NotOnline, SparedMaterials};
use super::words;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, BackLink, ButtonKind, Disclosure, LinkButton, Page, PageTitle, SampleMark};

/// `/items/{code}`
#[component]
pub fn GuidePage() -> impl IntoView {
    let params = use_params_map();
    let key = move || params.read().get("code").unwrap_or_default();
    view! { <ResidentLayout>{load(key, fetch_item, show)}</ResidentLayout> }
}

fn show(guide: ItemGuide) -> AnyView {
    let brief = guide.brief.clone();
    view! {
        <Title text=brief.everyday.clone()/>
        <Page>
            <BackLink href="/items" text="全部事项"/>
            <PageTitle title=brief.everyday caption=brief.name/>
            <p>{brief.summary}</p>
            <KeyFacts guide=guide.clone()/>
            <Ways guide=guide.clone()/>
            {conditions(&guide)}
            {materials(&guide)}
            {steps(&guide)}
            {times_and_fee(&guide)}
            {places(&guide)}
            {faq(&guide)}
            <EndActions guide/>
        </Page>
    }
    .into_any()
}

/// The two ways on, or where to go instead.
#[component]
fn Ways(guide: ItemGuide) -> impl IntoView {
    if guide.brief.has_form {
        view! { <StartActions code=guide.brief.code has_check=guide.has_check/> }.into_any()
    } else {
        view! { <NotOnline guide with_materials=true/> }.into_any()
    }
}

#[component]
fn StartActions(code: String, has_check: bool) -> impl IntoView {
    let check = has_check.then(|| {
        let href = format!("/items/{code}/check");
        view! { <LinkButton href kind=ButtonKind::Secondary>"先看看您能不能办"</LinkButton> }
    });
    view! {
        <Actions>
            <LinkButton href=format!("/items/{code}/apply")>"开始办理"</LinkButton>
            {check}
        </Actions>
    }
}

/// The same ways again for those who read to the end.
#[component]
fn EndActions(guide: ItemGuide) -> impl IntoView {
    guide.brief.has_form.then(|| view! { <StartActions code=guide.brief.code has_check=guide.has_check/> })
}

fn conditions(guide: &ItemGuide) -> AnyView {
    let list = guide.conditions.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    view! {
        <section class="tb-section">
            <h2>"谁能办"</h2>
            <MarkOf sample=guide.sample.clone() facts=&[SampleFact::Conditions]/>
            <ul>{list}</ul>
        </section>
    }
    .into_any()
}

fn materials(guide: &ItemGuide) -> AnyView {
    view! {
        <section class="tb-section">
            <h2>"要准备的材料"</h2>
            <MarkOf sample=guide.sample.clone() facts=&[SampleFact::Materials]/>
            <Materials materials=guide.materials.clone()/>
            <SparedMaterials materials=guide.materials.clone()/>
        </section>
    }
    .into_any()
}

fn steps(guide: &ItemGuide) -> AnyView {
    let unit = guide.brief.promised_unit.name();
    let list = guide.steps.iter().map(|(name, text, days)| {
        let time = (*days > 0).then(|| format!("（{days}{unit}）"));
        view! {
            <li class="tb-step">
                <p class="tb-step__name">{name.clone()} {time}</p>
                <p class="tb-step__text">{text.clone()}</p>
            </li>
        }
    });
    let list: Vec<_> = list.collect();
    let beside = guide.beside.iter().map(|text| view! { <p>{text.clone()}</p> }).collect_view();
    view! {
        <section class="tb-section">
            <h2>"怎么办"</h2>
            <ol class="tb-steps" role="list">{list}</ol>
            {beside}
        </section>
    }
    .into_any()
}

fn times_and_fee(guide: &ItemGuide) -> AnyView {
    let sample = &guide.sample;
    let times = words::times(guide).into_iter().map(|text| view! { <p>{text}</p> }).collect_view();
    view! {
        <section class="tb-section">
            <h2>"要多久"</h2>
            <MarkOf sample=sample.clone() facts=&[SampleFact::Times]/>
            {times}
        </section>
        <section class="tb-section">
            <h2>"要不要钱"</h2>
            <MarkOf sample=sample.clone() facts=&[SampleFact::Fee]/>
            <p>{guide.fee.clone()}</p>
        </section>
        <section class="tb-section">
            <h2>"办好了您会得到什么"</h2>
            <MarkOf sample=sample.clone() facts=&[SampleFact::Amounts]/>
            <p>{guide.result.clone()}</p>
        </section>
    }
    .into_any()
}

fn places(guide: &ItemGuide) -> AnyView {
    let ways = guide.where_to_apply.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    view! {
        <section class="tb-section">
            <h2>"到哪里办"</h2>
            <ul>{ways}</ul>
            <p>{guide.where_to_go.clone()}</p>
            <p>{guide.visits.clone()}</p>
            {(!guide.delivery.is_empty()).then(|| view! { <p>"结果怎么给您：" {guide.delivery.clone()} "。"</p> })}
            <p>
                "服务时间：" {guide.hours.clone()} "。咨询电话 " {guide.ask_phone.clone()} "，投诉电话 "
                {guide.complain_phone.clone()} "。" <SampleMark/>
            </p>
        </section>
        <section class="tb-section">
            <h2>"谁决定"</h2>
            <MarkOf sample=guide.sample.clone() facts=&[SampleFact::Decider]/>
            <p>{guide.decider.clone()}</p>
            <p class="tb-hint">
                {format!(
                    "主管部门：{}。事项类型：{}。事项编号：{}，基本编码 {}。",
                    guide.department,
                    guide.item_type,
                    guide.brief.code,
                    guide.catalog_code,
                )}
            </p>
            {laws(guide)}
        </section>
    }
    .into_any()
}

fn laws(guide: &ItemGuide) -> Option<AnyView> {
    let list = guide.laws.join("、");
    (!list.is_empty()).then(|| view! { <p class="tb-hint">"依据：" {list} "。"</p> }.into_any())
}

fn faq(guide: &ItemGuide) -> Option<AnyView> {
    let list = guide.faq.iter().cloned().map(|(question, answer)| {
        view! { <Disclosure summary=question><p>{answer}</p></Disclosure> }
    });
    let list: Vec<_> = list.collect();
    (!list.is_empty()).then(|| {
        view! {
            <section class="tb-section">
                <h2>"别人常问的"</h2>
                {list}
            </section>
        }
        .into_any()
    })
}
