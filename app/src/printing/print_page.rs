//! What is printed of a case, looked at before: on the roll or on A4.

use domain::cases::CaseTrack;
use domain::printing::Print;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::slip;
use crate::cases::api::fetch_case;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Actions, BackLink, Page, PageTitle, PrintButton};

type Asked = (String, bool);

/// `/cases/{number}/print`, with `?paper=a4`
#[component]
pub fn CasePrintPage() -> impl IntoView {
    let (params, query) = (use_params_map(), use_query_map());
    let asked = move || {
        let number = params.read().get_str("number").unwrap_or_default().to_owned();
        (number, query.read().get_str("paper") == Some("a4"))
    };
    view! {
        <Title text="打印" />
        <ResidentLayout>
            <Page>{load(asked, read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((number, a4): Asked) -> Result<(CaseTrack, bool), AppError> {
    Ok((fetch_case(number).await?, a4))
}

/// Classes: `tb-print-page`; `tb-tabs`.
fn show((track, a4): (CaseTrack, bool)) -> AnyView {
    let print = if a4 { Print::Record } else { Print::Slip };
    let page = format!("/cases/{}/print", track.number);
    let way = |name: &'static str, href: String, here: bool| {
        view! {
            <li>
                <a href=href aria-current=here.then_some("page")>
                    {name}
                </a>
            </li>
        }
    };
    let button = if a4 { "打印 A4" } else { "打印凭条" };
    view! {
        <BackLink href=format!("/cases/{}", track.number) text="返回办理进度" />
        <div class="tb-print-page">
            <PageTitle title="打印" lead="下面就是打印出来的样子。上面没有身份证号码，也没有手机号码。" />
            <nav aria-label="用哪种纸">
                <ul class="tb-tabs" role="list">
                    {way("凭条（小票）", page.clone(), !a4)}
                    {way("A4 纸（办理情况单）", format!("{page}?paper=a4"), a4)}
                </ul>
            </nav>
            <Actions>
                <PrintButton text=button document=format!("{page}/{}", print.key()) />
            </Actions>
            {slip(print.lines(&track), track.receipt.qr, a4)}
        </div>
    }
    .into_any()
}
