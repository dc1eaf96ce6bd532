//! Appointments: who comes to this window, and the slip of each.

use domain::appointments::{AppointmentEntry, AppointmentSlip, AppointmentsView};
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
    let AppointmentsView { worker, booked, keeps_hours } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let none = booked.is_empty().then(|| view! { <p>"现在没有人预约到本窗口。"</p> });
    let hours = keeps_hours.then(|| view! { <p><a href="/desk/appointments/hours">"开放预约的时间"</a></p> });
    let mut days: Vec<(String, Vec<AppointmentEntry>)> = Vec::new();
    for entry in booked {
        match days.last_mut().filter(|(day, _)| *day == entry.day) {
            Some((_, list)) => list.push(entry),
            None => days.push((entry.day.clone(), vec![entry])),
        }
    }
    let body = view! {
        <PageTitle title="预约" lead="自己约的，和别的窗口转介来的居民。人来了，就接着办，填过的不用再填。" />
        {hours}
        {none}
        {days.into_iter().map(day).collect_view()}
    };
    frame("预约".to_owned(), worker, body.into_any())
}

fn day((name, entries): (String, Vec<AppointmentEntry>)) -> AnyView {
    view! {
        <section class="tb-section">
            <h2>{name}</h2>
            {entries.into_iter().map(one).collect_view()}
        </section>
    }
    .into_any()
}

fn one(entry: AppointmentEntry) -> AnyView {
    let action = |what: &str| format!("/desk/appointments/{}/{what}", entry.code);
    let (come, absent, cancel) = (action("come"), action("absent"), action("cancel"));
    let slip = format!("/desk/appointments/{}", entry.code);
    let title = format!("{} · {}", entry.when, entry.applicant);
    let who = &entry.applicant;
    let labels = [format!("{who}来了，接着办"), format!("{who}没来"), format!("取消{who}的预约")];
    let [come_label, absent_label, cancel_label] = labels;
    view! {
        <Panel title=title>
            {facts(&entry, None)}
            <p><a href=slip>"看电话、地址、要带的材料"</a></p>
            <Actions>
                <PostForm action=come>
                    <Button label=come_label>"来了，接着办"</Button>
                </PostForm>
                <PostForm action=absent>
                    <Button kind=ButtonKind::Secondary label=absent_label>"没来"</Button>
                </PostForm>
                <PostForm action=cancel>
                    <Button kind=ButtonKind::Quiet label=cancel_label>"取消"</Button>
                </PostForm>
            </Actions>
        </Panel>
    }
    .into_any()
}

fn facts(entry: &AppointmentEntry, office: Option<String>) -> AnyView {
    let entry = entry.clone();
    let referred =
        (!entry.referred_by.is_empty()).then(|| view! { <SummaryRow term="由谁转介">{entry.referred_by}</SummaryRow> });
    view! {
        <SummaryList>
            {office.map(|office| view! { <SummaryRow term="到哪里">{office}</SummaryRow> })}
            <SummaryRow term="什么时候">{entry.when}</SummaryRow>
            <SummaryRow term="怎么办">{entry.manner}</SummaryRow>
            <SummaryRow term="办什么">{entry.item}</SummaryRow>
            <SummaryRow term="预约号">{entry.code}</SummaryRow>
            {referred}
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
    let AppointmentSlip { worker, office, entry, address, phone, bring } = match answer {
        Ok(slip) => slip,
        Err(error) => return problem(error),
    };
    let referred = !entry.referred_by.is_empty();
    let lead = if referred {
        "这件事只能由下面的窗口办。时间已经约好，填过的内容那边看得到，带上身份证和材料去就行。"
    } else {
        "居民自己约的。"
    };
    let reach = [("电话", phone), ("上门地址", address), ("带什么", bring.join("；"))];
    let reach = reach.into_iter().filter(|(_, text)| !text.is_empty());
    let reach: Vec<_> = reach.map(|(term, text)| view! { <SummaryRow term=term>{text}</SummaryRow> }).collect();
    let body = view! {
        <BackLink href="/desk/appointments" text="返回预约" />
        <PageTitle title=if referred { "预约和转介单" } else { "预约单" } lead=lead />
        <Panel title=entry.applicant.clone()>
            {facts(&entry, Some(office))}
            <SummaryList>{reach}</SummaryList>
        </Panel>
        <Actions>
            <PrintButton text="打印给居民" />
        </Actions>
    };
    frame("预约单".to_owned(), worker, body.into_any())
}
