//! Who waits to be called by this office.

use domain::calls::{CallEntry, CallsView, TRIES_MAX};
use leptos::prelude::*;

use super::api::fetch_calls;
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, Button, ButtonKind, PageTitle, Panel, SummaryList, SummaryRow, Tag, TagKind};

/// `/desk/calls`
#[component]
pub fn CallsPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<CallsView>, AppError> {
    Ok(fetch_calls().await)
}

fn show(answer: Framed<CallsView>) -> AnyView {
    let CallsView { worker, waiting } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let none = waiting.is_empty().then(|| view! { <p>"现在没有人等着回电话。"</p> });
    let lead = format!("一个工作日内要打。{TRIES_MAX}次没打通，会给居民发短信，不用再打。");
    let body = view! {
        <PageTitle title="回电" lead=lead />
        {none}
        {waiting.into_iter().map(one).collect_view()}
    };
    frame("回电".to_owned(), worker, body.into_any())
}

fn one(call: CallEntry) -> AnyView {
    let CallEntry { id, name, phone, part, about, due, late, tries, .. } = call;
    let (reached, missed) = (format!("/desk/calls/{id}/reached"), format!("/desk/calls/{id}/missed"));
    let labels = [format!("打过了：{name}"), format!("没打通：{name}")];
    let [reached_label, missed_label] = labels;
    let late = late.then(|| view! { " " <Tag kind=TagKind::Bad text="过期了" /> });
    let tried = (tries > 0).then(|| view! { <SummaryRow term="打过">{format!("{tries}次没打通")}</SummaryRow> });
    view! {
        <Panel title=name>
            <SummaryList>
                <SummaryRow term="电话">
                    <a href=format!("tel:{phone}")>{phone.clone()}</a>
                </SummaryRow>
                <SummaryRow term="方便的时候">{part}</SummaryRow>
                <SummaryRow term="问什么">{about}</SummaryRow>
                <SummaryRow term="最晚">{due} {late}</SummaryRow>
                {tried}
            </SummaryList>
            <Actions>
                <PostForm action=reached>
                    <Button label=reached_label>"打过了"</Button>
                </PostForm>
                <PostForm action=missed>
                    <Button kind=ButtonKind::Secondary label=missed_label>"没打通"</Button>
                </PostForm>
            </Actions>
        </Panel>
    }
    .into_any()
}
