//! One announcement: what is proposed, until when, and a form for those who know better.

use domain::announcements::{Announcement, objection_form};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::api::fetch_announcement;
use super::shown;
use crate::cases::{Said, full_day};
use crate::forms::{Answers, plain_questions};
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Actions, BackLink, Button, Page, PageTitle, SummaryList, SummaryRow};

/// `/announcements/{id}`
#[component]
pub fn AnnouncementPage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.read().get_str("id").unwrap_or_default().to_owned();
    view! {
        <Title text="公示" />
        <Meta name="robots" content="noindex, nofollow" />
        <ResidentLayout>
            <Page>{load(id, fetch_announcement, show)}</Page>
        </ResidentLayout>
    }
}

fn show(announcement: Announcement) -> AnyView {
    let Announcement { id, announced, area, from, until, office, today, flash } = announcement;
    let back = format!("/announcements?area={}", area.code);
    let days = format!("{}到{}", full_day(from), full_day(until));
    let lead = format!("有不同意见的，请在{}前告诉我们。期满这一页就撤下。", full_day(until));
    let action = format!("/announcements/{id}/object");
    let said = if flash.good { Default::default() } else { (flash.entries.clone(), flash.findings.clone()) };
    view! {
        <Said flash=flash />
        <BackLink href=back text="返回公示列表" />
        <PageTitle title="公示" caption=area.name lead=lead />
        {shown(&announced)}
        <SummaryList>
            <SummaryRow term="公示几天">{days}</SummaryRow>
            <SummaryRow term="谁来决定">{office}</SummaryRow>
        </SummaryList>
        <section class="tb-section" aria-labelledby="object-title">
            <h2 id="object-title">"我有不同意见"</h2>
            <p>"谁都可以提，不用写名字。工作人员会去核实，核实完才作决定。申请人看不到是谁提的。"</p>
            // A closure is built anew: what was sent is not left in the boxes.
            {move || {
                let (entries, findings) = said.clone();
                view! {
                    <PostForm action=action.clone()>
                        {plain_questions(objection_form(), Answers::new(entries, findings), today)}
                        <Actions>
                            <Button>"提交意见"</Button>
                        </Actions>
                    </PostForm>
                }
            }}
        </section>
    }
    .into_any()
}
