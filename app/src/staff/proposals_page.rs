//! Rights that wait for a second administrator.

use domain::staff::{ProposalView, ProposalsView};
use leptos::prelude::*;

use super::api::fetch_proposals;
use crate::desk::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, PageTitle, Panel, SummaryList, SummaryRow};

/// `/desk/admin/proposals`
#[component]
pub fn ProposalsPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<ProposalsView>, AppError> {
    Ok(fetch_proposals().await)
}

fn show(answer: Framed<ProposalsView>) -> AnyView {
    let ProposalsView { worker, proposals } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let none = proposals.is_empty().then(|| view! { <p>"现在没有等着批准的权限。"</p> });
    let body = view! {
        <PageTitle title="等着批准的权限" lead="管理员岗位和全市范围的权限，要两位管理员都同意才生效。提出的人不能自己批准。" />
        {none}
        {proposals.into_iter().map(one).collect_view()}
    };
    frame("等着批准的权限".to_owned(), worker, body.into_any())
}

fn one(proposal: ProposalView) -> AnyView {
    let ProposalView { id, name, login, role, place, reason, by, at, may_approve } = proposal;
    let buttons = may_approve.then(|| {
        view! {
            <PostForm action=format!("/desk/admin/proposals/{id}/approve")>
                <Button>"批准"</Button>
            </PostForm>
        }
    });
    view! {
        <Panel title=format!("{name}（{login}）")>
            <SummaryList>
                <SummaryRow term="岗位">{role.name()}</SummaryRow>
                <SummaryRow term="范围">{place}</SummaryRow>
                <SummaryRow term="为什么">{reason}</SummaryRow>
                <SummaryRow term="提出">{by} " · " {at}</SummaryRow>
            </SummaryList>
            {buttons}
            <PostForm action=format!("/desk/admin/proposals/{id}/drop")>
                <Button kind=ButtonKind::Secondary>"不批准，撤掉"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
