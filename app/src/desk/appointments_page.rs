//! Appointments: who comes to this window, and the slip for a resident who is sent to another.

use domain::cases::{AppointmentEntry, AppointmentSlip, AppointmentsView};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::{fetch_appointment, fetch_appointments};
use super::frame::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, ButtonKind, PageTitle, Panel, PrintButton, SummaryList, SummaryRow};

/// `/desk/appointments`
#[component]
pub fn AppointmentsPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<AppointmentsView>, AppError> {
    Ok(fetch_appointments().await)
}

fn show(answer: Framed<AppointmentsView>) -> AnyView {
    let AppointmentsView { worker, booked } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let none = booked.is_empty().then(|| view! { <p>"现在没有人预约到本窗口。"</p> });
    let body = view! {
        <PageTitle title="预约" lead="别的窗口转介来的居民。人来了，就接着办，填过的不用再填。" />
        {none}
        {booked.into_iter().map(one).collect_view()}
    };
    frame("预约".to_owned(), worker, body.into_any())
}

fn one(entry: AppointmentEntry) -> AnyView {
    let action = |what: &str| format!("/desk/appointments/{}/{what}", entry.code);
    let (come, cancel) = (action("come"), action("cancel"));
    let title = format!("{} · {}", entry.when, entry.applicant);
    view! {
        <Panel title=title>
            {facts(&entry, None)}
            <PostForm action=come>
                <Button>"人来了，接着办"</Button>
            </PostForm>
            <PostForm action=cancel>
                <Button kind=ButtonKind::Secondary>"没有来，取消"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}

fn facts(entry: &AppointmentEntry, office: Option<String>) -> AnyView {
    let entry = entry.clone();
    view! {
        <SummaryList>
            {office.map(|office| view! { <SummaryRow term="到哪里">{office}</SummaryRow> })}
            <SummaryRow term="什么时候">{entry.when}</SummaryRow>
            <SummaryRow term="办什么">{entry.item}</SummaryRow>
            <SummaryRow term="预约号">{entry.code}</SummaryRow>
            <SummaryRow term="由谁转介">{entry.referred_by}</SummaryRow>
        </SummaryList>
    }
    .into_any()
}

/// `/desk/appointments/{code}`
#[component]
pub fn AppointmentPage() -> impl IntoView {
    let params = use_params_map();
    load(move || params.read().get_str("code").unwrap_or_default().to_owned(), read_slip, show_slip)
}

async fn read_slip(code: String) -> Result<Framed<AppointmentSlip>, AppError> {
    Ok(fetch_appointment(code).await)
}

fn show_slip(answer: Framed<AppointmentSlip>) -> AnyView {
    let AppointmentSlip { worker, office, entry } = match answer {
        Ok(slip) => slip,
        Err(error) => return problem(error),
    };
    let body = view! {
        <BackLink href="/desk" text="返回待办" />
        <PageTitle
            title="预约和转介单"
            lead="这件事只能由下面的窗口办。时间已经约好，填过的内容那边看得到，带上身份证和材料去就行。"
        />
        <Panel title=entry.applicant.clone()>{facts(&entry, Some(office))}</Panel>
        <Actions>
            <PrintButton text="打印给居民" />
        </Actions>
    };
    frame("预约和转介单".to_owned(), worker, body.into_any())
}
