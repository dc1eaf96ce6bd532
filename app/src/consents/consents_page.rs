//! To which uses of protected data I agreed, in which words, and taking it back.

use domain::consents::{ConsentView, ConsentsView, Sensitive};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::fetch_consents;
use crate::cases::Said;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::post::PostForm;
use crate::ui::{BackLink, Button, ButtonKind, Checkbox, Disclosure, Page, PageTitle, Panel, SummaryList, SummaryRow};

/// `/me/consents`
#[component]
pub fn ConsentsPage() -> impl IntoView {
    view! {
        <Title text="我同意过什么" />
        <ResidentLayout>
            <Page>{load(|| (), |()| fetch_consents(), show)}</Page>
        </ResidentLayout>
    }
}

fn show(view: ConsentsView) -> AnyView {
    let ConsentsView { consents, kept, flash } = view;
    let none = consents.is_empty().then(|| view! { <p>"您还没有给过单独同意。"</p> });
    view! {
        <Said flash=flash />
        <BackLink href="/me" text="返回我的" />
        <PageTitle title="我同意过什么" lead="更私密的信息，每一样都要您单独同意才能用。同意过的都在这里，随时可以撤回。" />
        {none}
        {consents.into_iter().map(consent).collect_view()}
        {keep(kept)}
    }
    .into_any()
}

fn consent(consent: ConsentView) -> AnyView {
    let ConsentView { id, kind, item, number, text, given, withdrawn } = consent;
    let state =
        if withdrawn.is_empty() { format!("{given}同意") } else { format!("{given}同意，{withdrawn}撤回") };
    let after = kind.after_withdrawal();
    let take_back = withdrawn.is_empty().then(|| {
        view! {
            <Disclosure summary="撤回这项同意">
                <p>{after}</p>
                <PostForm action=format!("/me/consents/{id}/withdraw")>
                    <Button kind=ButtonKind::Danger>"撤回"</Button>
                </PostForm>
            </Disclosure>
        }
    });
    view! {
        <Panel title=kind.name().to_owned()>
            <SummaryList>
                <SummaryRow term="办哪件事">
                    <a href=format!("/cases/{number}")>{item}</a>
                </SummaryRow>
                <SummaryRow term="什么时候">{state}</SummaryRow>
                <SummaryRow term="当时的原话">{text}</SummaryRow>
            </SummaryList>
            {take_back}
        </Panel>
    }
    .into_any()
}

/// Which protected answers may be offered again.
fn keep(kept: Vec<Sensitive>) -> AnyView {
    let row = |kind: Sensitive| {
        let on = kept.contains(&kind);
        view! {
            <Checkbox path=kind.key() label=format!("下次填表时，可以提示我以前填的{}", kind.name()) checked=Signal::stored(on) />
        }
    };
    let rows = [Sensitive::Health, Sensitive::Finance].map(row).collect_view();
    view! {
        <Panel title="下次填表要不要提示">
            <p>"平常的内容（姓名、电话、地址）下次会提示您“还对吗”。下面两样更私密，您打了勾才提示。同意和承诺从来不会替您填。"</p>
            <PostForm action="/me/consents/keep">
                {rows}
                <Button kind=ButtonKind::Secondary>"保存"</Button>
            </PostForm>
        </Panel>
    }
    .into_any()
}
