//! Papers that this window keeps, until they are fetched or sent.

use domain::cases::{CustodyEntry, CustodyView};
use leptos::prelude::*;

use super::api::fetch_custody;
use super::frame::{Framed, frame, problem};
use crate::error::AppError;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{Button, PageTitle, Panel, SummaryList, SummaryRow, TextInput, Width};

/// `/desk/custody`
#[component]
pub fn CustodyPage() -> impl IntoView {
    load(|| (), read, show)
}

async fn read((): ()) -> Result<Framed<CustodyView>, AppError> {
    Ok(fetch_custody().await)
}

fn show(answer: Framed<CustodyView>) -> AnyView {
    let CustodyView { worker, kept } = match answer {
        Ok(view) => view,
        Err(error) => return problem(error),
    };
    let none = kept.is_empty().then(|| view! { <p>"现在没有替申请人保管的材料。"</p> });
    let body = view! {
        <PageTitle
            title="保管的材料"
            lead="移交的办件，纸质材料留在本窗口。申请人来取，或者寄给申请人以后，在这里记下来。"
        />
        {none}
        {kept.into_iter().map(entry).collect_view()}
    };
    frame("保管的材料".to_owned(), worker, body.into_any())
}

fn entry(kept: CustodyEntry) -> AnyView {
    let CustodyEntry { id, number, papers, since } = kept;
    let case = format!("/desk/cases/{number}");
    let path = format!("to-{id}");
    view! {
        <Panel title=number>
            <SummaryList>
                <SummaryRow term="材料">{papers}</SummaryRow>
                <SummaryRow term="收到时间">{since}</SummaryRow>
                <SummaryRow term="办件">
                    <a href=case>"打开办件"</a>
                </SummaryRow>
            </SummaryList>
            <PostForm action=format!("/desk/custody/{id}")>
                <TextInput path=path label="谁取走的，或者邮件号" value=String::new() maxlength=60 width=Width::Medium />
                <Button>"已经取走或寄出"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
