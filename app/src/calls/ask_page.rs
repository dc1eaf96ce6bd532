//! Asking to be called.

use domain::calls::{CallView, call_form};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_call;
use crate::appointments::{Topic, choose_office, topic_of};
use crate::cases::Said;
use crate::error::AppError;
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, Page, PageTitle};

const PATH: &str = "/calls/new";

/// `/calls/new?item=…&office=…`
#[component]
pub fn CallPage() -> impl IntoView {
    view! {
        <Title text="请打电话给我" />
        <ResidentLayout>
            <Page>{load(topic_of(), read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read(topic: Topic) -> Result<CallView, AppError> {
    fetch_call(topic.area, topic.office, topic.item).await
}

fn show(view: CallView) -> AnyView {
    let (item, item_name) = view.item.clone().unwrap_or_default();
    let Some((office, office_name)) = view.office.clone() else {
        let topic = Topic { item, ..Topic::default() };
        let lead = "选您住的地方，那里的工作人员打给您。";
        return choose_office(PATH, ("请打电话给我", lead), topic, view.chosen, view.below);
    };
    let CallView { due, today, flash, .. } = view;
    // Once it is asked for, there is nothing more to do here.
    let done = flash.good;
    let answers = Answers::new(flash.entries.clone(), flash.findings.clone());
    let about = if item_name.is_empty() { String::new() } else { format!("，说“{item_name}”的事") };
    let form = (!done).then(|| {
        view! {
            <PageTitle title="请打电话给我" lead=format!("{office_name}最晚在{due}下班前打给您{about}。") />
            <PostForm action=PATH>
                <input type="hidden" name="office" value=office />
                <input type="hidden" name="item" value=item.clone() />
                {plain_questions(call_form(!item.is_empty()), answers, today)}
                <Actions>
                    <Button>"请打给我"</Button>
                </Actions>
            </PostForm>
        }
    });
    view! {
        <Said flash=flash />
        {done.then(|| view! { <PageTitle title="请留意电话" /> })}
        {form}
        <BackLink href=PATH text="换一个地方" />
    }
    .into_any()
}
