//! What the words of the office mean.

use domain::glossary::TERMS;
use leptos::prelude::*;
use leptos_meta::Title;

use crate::layout::ResidentLayout;
use crate::ui::{Page, PageTitle, SummaryList, term_row};

/// `/words`
#[component]
pub fn WordsPage() -> impl IntoView {
    view! {
        <Title text="这些词是什么意思" />
        <ResidentLayout>
            <Page>
                <PageTitle title="这些词是什么意思" lead="办事的时候躲不开的官话，用大白话说一遍。" />
                <SummaryList>{TERMS.iter().copied().map(term_row).collect_view()}</SummaryList>
            </Page>
        </ResidentLayout>
    }
}
