//! A case at the desk: answers and materials on one side, the clock, the steps and the events on the other.

use domain::cases::{BundleLink, CaseDesk, CaseFile, State};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::actions::actions;
use super::announcement::on_announcement;
use super::answers::answers;
use super::api::fetch_desk_case;
use super::clock::Clock;
use super::frame::{Framed, frame, problem};
use super::supervision::{supervision, warning_tag};
use crate::cases::{Said, events, full_day, notices, state_tag};
use crate::error::AppError;
use crate::load::load;
use crate::messages::{notes, talk};
use crate::ui::{BackLink, PageTitle, Panel, SummaryList, SummaryRow, Tag};

#[component]
pub fn DeskCasePage() -> impl IntoView {
    let params = use_params_map();
    load(move || params.read().get_str("number").unwrap_or_default().to_owned(), read, show)
}

async fn read(number: String) -> Result<Framed<CaseDesk>, AppError> {
    Ok(fetch_desk_case(number).await)
}

/// Classes: `tb-desk-case`, `tb-desk-case__answers`, `tb-desk-case__side`.
fn show(answer: Framed<CaseDesk>) -> AnyView {
    let desk = match answer {
        Ok(desk) => desk,
        Err(error) => return problem(error),
    };
    let (worker, flash, file) = (desk.worker.clone(), desk.flash.clone(), desk.file.clone());
    let may_print = took_it_in(&file, &worker.office);
    let (entries, state, title) = (file.timeline.clone(), file.state, file.item.everyday.clone());
    let (side, announced, watched) = (desk.clone(), desk.clone(), desk.clone());
    let (conversation, private) = (desk.conversation.clone(), desk.notes.clone());
    let address = format!("/desk/cases/{}", file.number);
    let body = view! {
        <BackLink href="/desk" text="返回待办" />
        <Said flash=flash />
        {head(&file)}
        <div class="tb-desk-case">
            // Closures are built anew: after a step nothing typed or ticked for another step is left.
            <div class="tb-desk-case__answers">{correction(&file)} {move || answers(&desk)}</div>
            <aside class="tb-desk-case__side" id="steps" aria-labelledby="steps-title" tabindex="0">
                {move || supervision(&watched)}
                <h2 id="steps-title">"办理"</h2>
                {move || actions(&side)}
                <h2>"办件情况"</h2>
                {facts(file.clone(), may_print)}
                {notices(file.notices)}
                {move || on_announcement(&announced)}
                {talk(conversation, format!("{address}/messages"), false)}
                {notes(private, format!("{address}/notes"))}
                <h2>"办理经过"</h2>
                {events(entries, state)}
            </aside>
        </div>
    };
    frame(title, worker, body.into_any())
}

fn head(file: &CaseFile) -> AnyView {
    let CaseFile { number, item, state, until, days_left, warning, .. } = file.clone();
    view! {
        <PageTitle title=item.everyday caption=number />
        <p class="tb-desk-case__state">
            <Tag kind=state_tag(state) text=state.name() />
            <span>{until}</span>
            {days_left.map(|days_left| view! { <Clock days_left=days_left /> })}
            {warning_tag(warning)}
            <a class="tb-desk-case__jump" href="#steps" rel="external">"去办理"</a>
        </p>
    }
    .into_any()
}

fn facts(file: CaseFile, may_print: bool) -> AnyView {
    let receipt = format!("/cases/{}", file.number);
    view! {
        <SummaryList>
            <SummaryRow term="事项">{file.item.code} " " {file.item.name}</SummaryRow>
            {file.bundle.map(whole)}
            <SummaryRow term="办理机构">{file.office}</SummaryRow>
            <SummaryRow term="为什么由其办理">{file.office_reason}</SummaryRow>
            {(!file.received_by.is_empty())
                .then(|| view! { <SummaryRow term="收件窗口">{file.received_by}</SummaryRow> })}
            <SummaryRow term="申请渠道">{file.channel}</SummaryRow>
            {(!file.helper.is_empty()).then(|| view! { <SummaryRow term="代办">{file.helper}</SummaryRow> })}
            {file
                .granted
                .into_iter()
                .map(|(label, text)| view! { <SummaryRow term=label>{text}</SummaryRow> })
                .collect_view()}
            <SummaryRow term="表单">{format!("第 {} 版", file.revision)}</SummaryRow>
        </SummaryList>
        {may_print.then(|| view! { <p><a href=receipt>"打开回执（可以打印）"</a></p> })}
    }
    .into_any()
}

/// The life event, and its other cases so far as this worker may see them.
fn whole(bundle: BundleLink) -> AnyView {
    let sibling = |(number, item, state): (String, String, State)| {
        view! {
            <li>
                <a href=format!("/desk/cases/{number}")>{item}</a>
                " "
                <Tag kind=state_tag(state) text=state.name() />
            </li>
        }
    };
    let siblings: Vec<_> = bundle.siblings.into_iter().map(sibling).collect();
    view! {
        <SummaryRow term="属于一件事">
            {bundle.name}
            {(!siblings.is_empty()).then(|| view! { <ul role="list">{siblings}</ul> })}
        </SummaryRow>
    }
    .into_any()
}

/// The window that took a case in may open its receipt.
fn took_it_in(file: &CaseFile, office: &str) -> bool {
    let own = file.received_by.is_empty() && file.office == office;
    file.channel == "窗口" && (own || file.received_by == office)
}

fn correction(file: &CaseFile) -> Option<AnyView> {
    let asked = file.correction.clone()?;
    let labels = file.correction_labels.join("\n");
    let view = view! {
        <Panel title=if asked.deferred { "容缺受理，还差这些材料" } else { "已要求补正，等申请人" }>
            <SummaryList>
                <SummaryRow term="要补的内容">{labels}</SummaryRow>
                <SummaryRow term="原因">{asked.reason}</SummaryRow>
                <SummaryRow term="期限">{full_day(asked.due)}</SummaryRow>
            </SummaryList>
        </Panel>
    };
    Some(view.into_any())
}
