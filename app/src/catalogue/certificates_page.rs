//! The certificates that communities must not issue, each with where to go instead.

use domain::catalogue::{Certificate, CertificateList};
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::list_certificates;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::ui::{BackLink, Notice, NoticeKind, Page, PageTitle, Panel};

/// `/certificates`
#[component]
pub fn CertificatesPage() -> impl IntoView {
    view! { <ResidentLayout>{load(|| (), |()| list_certificates(), show)}</ResidentLayout> }
}

fn show(list: CertificateList) -> AnyView {
    let count = list.certificates.len();
    let lead = "谁也不能要您到社区开这些证明。下面写着不用证明怎么办、该找谁。";
    let certificates = list.certificates.into_iter().map(|one| {
        let id = one.key.clone();
        view! { <Panel title=one.name.clone() id=id>{certificate(one)}</Panel> }
    });
    view! {
        <Title text="社区不开的证明" />
        <Page>
            <BackLink href="/items" text="全部事项" />
            <PageTitle title=format!("{count}种社区不开的证明") lead=lead />
            <Notice title="对方非要社区开，怎么办？">
                <p>{format!("请把这一页给对方看。依据是：{}。", list.rule)}</p>
                <p>"对方还坚持的，打市民热线 12345 反映。"</p>
            </Notice>
            {certificates.collect_view()}
        </Page>
    }
    .into_any()
}

/// Where to go instead of asking for it.
fn certificate(certificate: Certificate) -> AnyView {
    let Certificate { hint, instead, item, .. } = certificate;
    view! {
        {(!hint.is_empty()).then(|| view! { <p class="tb-hint">{hint}</p> })}
        <p>{instead}</p>
        {(!item.is_empty()).then(|| view! { <p><a href=format!("/items/{item}")>"在这里就能办，看怎么办"</a></p> })}
    }
    .into_any()
}

/// What a search for one of them is answered with, before anything else.
#[component]
pub fn FoundCertificates(certificates: Vec<Certificate>) -> impl IntoView {
    certificates
        .into_iter()
        .map(|one| {
            let title = format!("“{}”社区不开，也不用开", one.name);
            let href = format!("/certificates#{}", one.key);
            view! {
                <Notice kind=NoticeKind::Warning title>
                    {certificate(one)}
                    <p><a href=href>"看全部社区不开的证明"</a></p>
                </Notice>
            }
        })
        .collect_view()
}
