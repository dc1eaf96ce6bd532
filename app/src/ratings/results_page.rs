//! How residents rated offices and items.

use domain::ratings::{RatingResult, RatingResults, SHOWN_FROM};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_ratings;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{Page, PageTitle, SummaryList, SummaryRow};

/// `/ratings`
#[component]
pub fn RatingsPage() -> impl IntoView {
    view! {
        <Title text="好差评结果" />
        <ResidentLayout>
            <Page>{load(|| (), read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((): ()) -> Result<RatingResults, AppError> {
    fetch_ratings().await
}

fn show(results: RatingResults) -> AnyView {
    view! {
        <PageTitle title="好差评结果" lead=format!("居民办完事的评价，满{SHOWN_FROM}条就公开。工作人员不能代评，也没有默认好评。") />
        {table("各单位", results.offices)}
        {table("各事项", results.items)}
    }
    .into_any()
}

fn table(title: &'static str, list: Vec<RatingResult>) -> AnyView {
    let none = list.is_empty().then(|| view! { <p>"评价还不够多，过些日子再来看。"</p> });
    let row = |result: RatingResult| {
        view! { <SummaryRow term=result.name>{format!("{}条评价，满意的占{}%", result.count, result.content)}</SummaryRow> }
    };
    view! {
        <section class="tb-section">
            <h2>{title}</h2>
            {none}
            <SummaryList>{list.into_iter().map(row).collect_view()}</SummaryList>
        </section>
    }
    .into_any()
}
