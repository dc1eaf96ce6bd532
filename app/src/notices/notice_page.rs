//! A notice of a case, to read and to print.

use domain::notices::IssuedNotice;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

use super::api::fetch_notice;
use super::paper::paper;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, BackLink, Icon, IconName, LinkButton, Page, PrintButton};

/// `/notices/{id}`
#[component]
pub fn NoticePage() -> impl IntoView {
    let params = use_params_map();
    let id = move || params.read().get_str("id").unwrap_or_default().to_owned();
    view! {
        <Title text="文书" />
        <ResidentLayout>
            <Page>{load(id, fetch_notice, show)}</Page>
        </ResidentLayout>
    }
}

fn show(IssuedNotice { id, notice, check, qr }: IssuedNotice) -> AnyView {
    let title = format!("{} · {}", notice.kind.title(), notice.case_number);
    let file = format!("/notices/{id}/paper.pdf");
    let case = format!("/cases/{}", notice.case_number);
    view! {
        <Title text=title />
        <BackLink href=case text="返回办理进度" />
        {paper(notice, Some((check, qr)))}
        <Actions>
            <LinkButton href=file external=true>
                <Icon name=IconName::File />
                "打开 PDF"
            </LinkButton>
            <PrintButton text="打印这份文书" />
        </Actions>
    }
    .into_any()
}
