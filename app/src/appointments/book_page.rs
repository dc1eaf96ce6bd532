//! Booking a time: the office, then the time.

use domain::appointments::BookView;
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_book;
use super::help::{Topic, choose_office, topic_of};
use crate::cases::Said;
use crate::error::AppError;
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, LinkButton, Notice, NoticeKind, Page, PageTitle};

const PATH: &str = "/visits/new";

/// `/visits/new?item=…&office=…`
#[component]
pub fn BookPage() -> impl IntoView {
    view! {
        <Title text="约个时间" />
        <ResidentLayout>
            <Page>{load(topic_of(), read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read(topic: Topic) -> Result<(BookView, String), AppError> {
    let manner = topic.manner.clone();
    Ok((fetch_book(topic.area, topic.office, topic.item, topic.manner).await?, manner))
}

fn show((view, manner): (BookView, String)) -> AnyView {
    let (item, item_name) = view.item.clone().unwrap_or_default();
    let topic = Topic { item: item.clone(), manner, ..Topic::default() };
    let Some((office, office_name)) = view.office.clone() else {
        let lead = "先选离您近的窗口，再选时间。到时候不用排队。";
        return choose_office(PATH, ("约个时间", lead), topic, view.chosen, view.below);
    };
    let BookView { signed_in, form, none_free, today, flash, .. } = view;
    let lead = if item_name.is_empty() { office_name } else { format!("{office_name}，办“{item_name}”") };
    let body = if none_free {
        none(&item)
    } else if !signed_in {
        sign_in()
    } else {
        let answers = Answers::new(flash.entries.clone(), flash.findings.clone());
        view! {
            <PostForm action=PATH>
                <input type="hidden" name="office" value=office />
                <input type="hidden" name="item" value=item />
                {plain_questions(form, answers, today)}
                <Actions>
                    <Button>"约好"</Button>
                </Actions>
            </PostForm>
        }
        .into_any()
    };
    view! {
        <Said flash=flash />
        <BackLink href=PATH text="换一个窗口" />
        <PageTitle title="选个时间" lead=lead />
        {body}
    }
    .into_any()
}

fn sign_in() -> AnyView {
    view! {
        <Notice title="先用手机验证码登录">
            <p>"这样位子才是给您留的，改时间、取消也方便。登录以后接着选窗口和时间。"</p>
        </Notice>
        <Actions>
            <LinkButton href="/sign-in?for=visit">"用手机号登录"</LinkButton>
        </Actions>
    }
    .into_any()
}

fn none(item: &str) -> AnyView {
    let call = format!("/calls/new?item={item}");
    view! {
        <Notice kind=NoticeKind::Warning title="这个窗口这两周没有空的时间">
            <p>"可以换一个窗口，或者请工作人员打电话给您商量时间。"</p>
        </Notice>
        <Actions>
            <LinkButton href=call>"请打电话给我"</LinkButton>
        </Actions>
    }
    .into_any()
}
