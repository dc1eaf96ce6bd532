//! "Check your answers": everything on one page before it is sent.

use std::collections::BTreeMap;

use domain::cases::{Decider, DraftEvent, DraftReview, FileView};
use domain::forms::{Answered, AnsweredPage, Finding};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::fetch_draft_review;
use super::field::file_link;
use super::news::news;
use super::words::day;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{
    Actions, BackLink, Button, ButtonKind, Choice, Disclosure, Icon, IconName, Notice, NoticeKind, Page, PageTitle,
    Panel, Radios, SummaryList, SummaryRow, field_id,
};

#[component]
pub fn ReviewPage() -> impl IntoView {
    let params = use_params_map();
    let key = move || params.read().get("id").unwrap_or_default();
    view! { <ResidentLayout>{load(key, fetch_draft_review, show)}</ResidentLayout> }
}

fn show(review: DraftReview) -> AnyView {
    let told = review.news.map(|told| news(&review.id, told, None));
    let DraftReview {
        id,
        item,
        event,
        pages,
        files,
        unfinished,
        deciders,
        last_page,
        correction,
        at_window,
        refer_days,
        ..
    } = review;
    let corrects = correction.is_some();
    let lead = if at_window {
        "请和居民一起从头看一遍。要改的，按旁边的“修改”。"
    } else {
        "请从头看一遍。要改的，按旁边的“修改”。"
    };
    let todo = (!unfinished.is_empty()).then(|| todo(&id, unfinished, &pages));
    let name = event.as_ref().map_or(item.name, |event| event.name.clone());
    let sections = sections(&id, pages, &files, event.as_ref());
    let offices = if event.is_some() { several(deciders) } else { deciders.into_iter().next().map(decider) };
    let until = correction.map(|correction| {
        view! {
            <Notice kind=NoticeKind::Warning title="需要您补正">
                <p>{correction.reason}</p>
                <p>{format!("请在{}前提交。", day(correction.due))}</p>
            </Notice>
        }
    });
    view! {
        <Title text=format!("核对内容 · {name}") />
        <Page>
            <BackLink href=format!("/drafts/{id}/pages/{last_page}") text="上一页" />
            {todo}
            <PageTitle title="核对您填的内容" caption=name lead=lead />
            {told}
            {until}
            {sections}
            {offices}
            {if refer_days.is_empty() { submit(&id, corrects, at_window) } else { refer(&id, refer_days) }}
            {(!corrects).then(|| discard(&id))}
        </Page>
    }
    .into_any()
}

/// What is missing or wrong, each with the way to it.
fn todo(id: &str, unfinished: Vec<(String, Finding)>, pages: &[AnsweredPage]) -> AnyView {
    let rows = unfinished
        .into_iter()
        .map(|(page, finding)| {
            let href = format!("/drafts/{id}/pages/{page}#{}", field_id(&finding.path));
            // Two pages may say the same of different things.
            let message = match pages.iter().find(|other| other.key == page) {
                Some(page) => format!("{}：{}", page.title, finding.message),
                None => finding.message,
            };
            if page.is_empty() {
                view! { <li>{message}</li> }.into_any()
            } else {
                view! {
                    <li>
                        <a href=href>{message}</a>
                    </li>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <div class="tb-errors" id="error-summary" tabindex="-1">
            <h2 class="tb-errors__title">
                <Icon name=IconName::Error />
                "还有几处没填好，改好才能提交"
            </h2>
            <ul class="tb-errors__list">{rows}</ul>
        </div>
    }
    .into_any()
}

/// The pages; of a life event under the item that each is for.
fn sections(
    id: &str,
    pages: Vec<AnsweredPage>,
    files: &BTreeMap<String, Vec<FileView>>,
    event: Option<&DraftEvent>,
) -> AnyView {
    let mut before = String::new();
    let section = |page: AnsweredPage| {
        let of = event.map(|event| event.pages.get(&page.key).map_or("几件事都要填的", String::as_str));
        let of = of.unwrap_or_default().to_owned();
        let heading = (of != before).then(|| view! { <p class="tb-review__of">{of.clone()}</p> });
        before = of;
        view! {
            {heading}
            {section(id, page, files)}
        }
    };
    pages.into_iter().map(section).collect_view().into_any()
}

fn section(id: &str, page: AnsweredPage, files: &BTreeMap<String, Vec<FileView>>) -> AnyView {
    let change = format!("/drafts/{id}/pages/{}", page.key);
    let title = page.title.clone();
    let parts = by_item(page.rows)
        .into_iter()
        .map(|(of, rows)| {
            let rows = rows.into_iter().map(|row| answer(row, files)).collect_view();
            view! {
                {(!of.is_empty()).then(|| view! { <h3>{of}</h3> })}
                <SummaryList>{rows}</SummaryList>
            }
        })
        .collect_view();
    view! {
        <section class="tb-review">
            <div class="tb-review__head">
                <h2>{page.title}</h2>
                <a href=change>"修改" <span class="tb-hidden">{title}</span></a>
            </div>
            {parts}
        </section>
    }
    .into_any()
}

/// The rows, cut where another of a group begins.
fn by_item(rows: Vec<Answered>) -> Vec<(String, Vec<Answered>)> {
    let mut parts: Vec<(String, Vec<Answered>)> = Vec::new();
    for row in rows {
        match parts.last_mut() {
            Some((of, list)) if *of == row.of => list.push(row),
            _ => parts.push((row.of.clone(), vec![row])),
        }
    }
    parts
}

fn answer(row: Answered, files: &BTreeMap<String, Vec<FileView>>) -> AnyView {
    let value = if row.material {
        let links = files.get(&row.path).map(Vec::as_slice).unwrap_or_default().iter();
        let links = links.map(|file| view! { <li>{file_link(file)}</li> }).collect_view();
        if links.is_empty() { nothing("没有上传") } else { view! { <ul role="list">{links}</ul> }.into_any() }
    } else if row.text.is_empty() {
        nothing("没有填")
    } else {
        view! { {row.text} }.into_any()
    };
    view! { <SummaryRow term=row.label>{value}</SummaryRow> }.into_any()
}

fn nothing(word: &'static str) -> AnyView {
    view! { <span class="tb-hint">{word}</span> }.into_any()
}

fn decider(decider: Decider) -> AnyView {
    view! {
        <Panel title="由谁来办">
            <p>
                <strong>{decider.office}</strong>
            </p>
            <p>{decider.reason}</p>
        </Panel>
    }
    .into_any()
}

/// The office of each item of a life event, and what this window cannot take.
fn several(deciders: Vec<Decider>) -> Option<AnyView> {
    let row = |decider: Decider| {
        let refers = decider.refers.then(|| {
            view! {
                <p>
                    <strong>"这一件这个窗口不能收，不会一起交上去。"</strong>
                    "提交以后，在回执上帮居民约那边的时间，填好的内容那边接着用。"
                </p>
            }
        });
        view! {
            <SummaryRow term=decider.item>
                <p>
                    <strong>{decider.office}</strong>
                </p>
                <p>{decider.reason}</p>
                {refers}
            </SummaryRow>
        }
    };
    let rows: Vec<_> = deciders.into_iter().map(row).collect();
    let panel = (!rows.is_empty()).then(|| {
        view! {
            <Panel title="每一件由谁来办">
                <SummaryList>{rows}</SummaryList>
            </Panel>
        }
    });
    panel.map(IntoAny::into_any)
}

/// A worker who submits declares that the person is there: the case says so from then on.
fn submit(id: &str, corrects: bool, at_window: bool) -> AnyView {
    let presence = at_window.then(|| {
        view! {
            <Notice kind=NoticeKind::Info title="提交就是声明：人在窗口">
                <p>"申请人（或者有授权的代办人）就在这里，您核对了身份证件原件。人不在场，请不要替人提交。"</p>
            </Notice>
        }
    });
    view! {
        <PostForm action=format!("/drafts/{id}/submit")>
            {presence}
            <Actions>
                <Button>{if corrects { "提交补正" } else { "提交申请" }}</Button>
            </Actions>
        </PostForm>
    }
    .into_any()
}

/// Only the resident's own community takes it: an appointment there instead of a refusal here.
fn refer(id: &str, days: Vec<(String, String)>) -> AnyView {
    let days = days.into_iter().map(|(value, label)| Choice::new(value, label)).collect::<Vec<_>>();
    let halves = [Choice::new("morning", "上午"), Choice::new("afternoon", "下午")];
    let action = format!("/drafts/{id}/refer");
    view! {
        <Panel title="这件事只能由上面的窗口办" todo=true>
            <p>"帮居民约个时间吧。填好的内容那边可以接着用，不用再填。"</p>
            <PostForm action=action>
                <Radios path="day" label="哪天去" choices=days checked=String::new() />
                <Radios path="half" label="上午还是下午" choices=halves checked=String::new() inline=true />
                <Button>"约好时间，打印转介单"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}

fn discard(id: &str) -> AnyView {
    let action = format!("/drafts/{id}/discard");
    view! {
        <Disclosure summary="不办了，删掉这份草稿">
            <p>"填的内容和上传的文件都会删掉，找不回来。"</p>
            <PostForm action=action>
                <Button kind=ButtonKind::Danger>"删掉草稿"</Button>
            </PostForm>
        </Disclosure>
    }
    .into_any()
}
