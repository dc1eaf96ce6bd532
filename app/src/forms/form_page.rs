//! One page of a form, filled in.

use domain::cases::{CorrectionView, DraftPage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::fetch_draft_page;
use super::field::{materials, questions};
use super::form::Form;
use super::news::news;
use super::uploads::Uploads;
use super::words::day;
use crate::documents::known;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, ButtonKind, ErrorSummary, Notice, NoticeKind, Page, PageTitle, Progress};

/// The id of the form with the questions of the page.
const PAGE_FORM: &str = "page-form";

#[component]
pub fn FormPage() -> impl IntoView {
    Uploads::provide();
    let params = use_params_map();
    let key = move || {
        let params = params.read();
        (params.get("id").unwrap_or_default(), params.get("page").unwrap_or_default())
    };
    view! { <ResidentLayout>{load(key, |(id, page)| fetch_draft_page(id, page), show)}</ResidentLayout> }
}

fn show(page: DraftPage) -> AnyView {
    let words = page.definition.page(&page.key).map(|page| (page.title.clone(), page.intro.clone()));
    let (title, intro) = words.unwrap_or_default();
    let (id, key, item) = (page.id.clone(), page.key.clone(), caption(&page));
    let back = back(&page);
    let (number, count, at_window, correction) = (page.number, page.count, page.at_window, page.correction.clone());
    let (told, offers) = (page.news.clone(), page.offers.clone());
    let form = Form::new(page);
    let no_resume = at_window || correction.is_some();
    view! {
        <Title text=format!("{title} · {item}") />
        <Page>
            <BackLink href=back.0 text=back.1 />
            <Progress step=number total=count />
            <ErrorSummary findings=form.summary() />
            <PageTitle title=title caption=item lead=intro />
            {at_window.then(window_notice)}
            {told.map(|told| news(&id, told, Some(&key)))}
            {correction.map(correction_notice)}
            {more_notice()}
            {known(PAGE_FORM, &offers)}
            {materials(form)}
            {post_form(form, format!("/drafts/{id}/pages/{key}"))}
            {(!no_resume).then(|| carry_on(&id))}
        </Page>
    }
    .into_any()
}

/// What is being asked for; of a life event, also the item that this page is for.
fn caption(page: &DraftPage) -> String {
    match &page.event {
        None => page.item.name.clone(),
        Some(event) => match event.pages.get(&page.key) {
            Some(item) => format!("{}：这一页是办“{item}”的", event.name),
            None => format!("{}：几件事都要填的", event.name),
        },
    }
}

fn back(page: &DraftPage) -> (String, &'static str) {
    match (&page.previous, &page.correction) {
        (Some(previous), _) => (format!("/drafts/{}/pages/{previous}", page.id), "上一页"),
        (None, Some(correction)) => (format!("/cases/{}", correction.number), "返回办件"),
        (None, None) => match &page.event {
            Some(event) => (format!("/events/{}", event.key), "返回选要办的事"),
            None => (format!("/items/{}", page.item.code), "返回办事指南"),
        },
    }
}

fn post_form(form: Form, action: String) -> AnyView {
    view! {
        <PostForm action=action id=PAGE_FORM>
            // The first button of a form is the one that Enter presses; the visible one stands at the end.
            <button class="tb-hidden" type="submit" name="_do" value="next" tabindex="-1" aria-hidden="true">
                "下一步"
            </button>
            <input type="hidden" name="_shown" value=move || form.asked_paths().get() autocomplete="off" />
            {questions(form, "")}
            <Actions>
                <Button name="_do" value="next">
                    "下一步"
                </Button>
                <Button kind=ButtonKind::Secondary name="_do" value="later" formnovalidate=true>
                    "保存，以后再填"
                </Button>
            </Actions>
        </PostForm>
    }
    .into_any()
}

fn window_notice() -> AnyView {
    view! {
        <Notice title="您正在帮居民填写">
            <p>"请当面问清楚再填。看过原件的材料，可以不上传。"</p>
        </Notice>
    }
    .into_any()
}

fn correction_notice(correction: CorrectionView) -> AnyView {
    view! {
        <Notice kind=NoticeKind::Warning title="需要您补正">
            <p>{correction.reason}</p>
            <p>{format!("请在{}前改好并提交。别的内容不用再填。", day(correction.due))}</p>
        </Notice>
    }
    .into_any()
}

/// The answers brought up questions that the form without script had not shown.
fn more_notice() -> Option<AnyView> {
    let more = use_query_map().with_untracked(|query| query.get("more").is_some());
    more.then(|| {
        view! {
            <Notice>
                <p>"根据您的回答，下面多了几个问题，请接着填。"</p>
            </Notice>
        }
        .into_any()
    })
}

fn carry_on(id: &str) -> AnyView {
    view! {
        <PostForm action=format!("/drafts/{id}/resume-code") class="tb-elsewhere">
            <p class="tb-saved">"每按一次“下一步”，填好的内容就保存一次。"</p>
            <Button kind=ButtonKind::Quiet>"换个手机接着填"</Button>
        </PostForm>
    }
    .into_any()
}
