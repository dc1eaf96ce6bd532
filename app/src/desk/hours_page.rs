//! The hours at which an office can be visited.

use domain::appointments::{HoursEntry, HoursView, hours_form};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::frame::{Framed, frame, problem};
use crate::appointments::api::fetch_hours;
use crate::cases::Said;
use crate::error::AppError;
use crate::forms::{Answers, plain_questions};
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, ButtonKind, Notice, PageTitle, Panel, SummaryList, SummaryRow};

const PATH: &str = "/desk/appointments/hours";

/// `/desk/appointments/hours?office=…`
#[component]
pub fn HoursPage() -> impl IntoView {
    let query = use_query_map();
    load(move || query.read().get("office").unwrap_or_default(), read, show)
}

async fn read(office: String) -> Result<Framed<HoursView>, AppError> {
    Ok(fetch_hours(office).await)
}

fn show(answer: Framed<HoursView>) -> AnyView {
    let HoursView { worker, office, office_code, hours, usual, today, flash } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let typed = if flash.good { Default::default() } else { (flash.entries.clone(), flash.findings.clone()) };
    let answers = Answers::new(typed.0, typed.1);
    let notice = usual.then(|| {
        view! {
            <Notice title="现在用的是通用的时间">
                <p>"加上一条以后，下面这些就成了本机构自己的，可以一条条删改。"</p>
            </Notice>
        }
    });
    let rows = hours.into_iter().map(|hours| one(hours, &office_code)).collect_view();
    let body = view! {
        <Said flash=flash />
        <BackLink href="/desk/appointments" text="返回预约" />
        <PageTitle
            title="开放预约的时间"
            lead=format!("{office}。国家法定节假日不开，除非写明也开；调休上班的周末照周五的来。")
        />
        {notice}
        <Panel>
            <SummaryList>{rows}</SummaryList>
        </Panel>
        <Panel title="加一条">
            <PostForm action=PATH>
                <input type="hidden" name="office" value=office_code.clone() />
                {plain_questions(hours_form(), answers, today)}
                <Actions>
                    <Button>"加上"</Button>
                </Actions>
            </PostForm>
        </Panel>
    };
    frame("开放预约的时间".to_owned(), worker, body.into_any())
}

fn one(hours: HoursEntry, office: &str) -> AnyView {
    let HoursEntry { id, when, manner, places, holidays } = hours;
    let more = if holidays { "，节假日也开" } else { "" };
    let office = office.to_owned();
    let drop = (!id.is_empty()).then(|| {
        let label = format!("删掉{when}");
        view! {
            <PostForm action=format!("{PATH}/{id}/drop")>
                <input type="hidden" name="office" value=office />
                <Button kind=ButtonKind::Quiet label=label>"删掉"</Button>
            </PostForm>
        }
    });
    view! {
        <SummaryRow term=when.clone()>
            <p>{format!("{manner}，{places}位{more}")}</p>
            {drop}
        </SummaryRow>
    }
    .into_any()
}
