//! The addresses of all pages. Those that bookmarks, QR codes and other systems rely on stand in the README.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::browser;
use crate::error::{AppError, ErrorKind};
use crate::layout::ResidentLayout;
use crate::load::ErrorPage;
use crate::parts;
use crate::post::Refresh;
use crate::residents::{AboutPage, HomePage};

/// The document around every page. `root` stands before the addresses of the client's files.
pub fn shell(options: LeptosOptions, root: String) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" translate="no">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="format-detection" content="telephone=no" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" root=root.clone() />
                <HydrationScripts options root />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The title as it stands in the head. There the server's `leptos_meta` writes it as it is, and what was sought is a part of
/// it; a browser takes it as a text.
fn titled(title: String) -> String {
    let title = if title.is_empty() { "通办 · 沈阳".to_owned() } else { format!("{title} · 通办") };
    if cfg!(target_arch = "wasm32") { title } else { title.replace('&', "&amp;").replace('<', "&lt;") }
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Refresh::default());
    parts::name_finder();
    Effect::new(|_| browser::mark_hydrated());
    view! {
        // Never without a title, also between two pages.
        <Title text="" formatter=titled />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/about") view=AboutPage ssr=SsrMode::Async />
                <Route path=path!("/items") view={Lazy::<parts::Items>::new()} ssr=SsrMode::Async />
                <Route path=path!("/items/:code") view={Lazy::<parts::Guide>::new()} ssr=SsrMode::Async />
                <Route path=path!("/items/:code/check") view={Lazy::<parts::Check>::new()} ssr=SsrMode::Async />
                <Route path=path!("/items/:code/apply") view={Lazy::<parts::Start>::new()} ssr=SsrMode::Async />
                <Route path=path!("/certificates") view={Lazy::<parts::Certificates>::new()} ssr=SsrMode::Async />
                <Route path=path!("/drafts/:id/pages/:page") view={Lazy::<parts::Form>::new()} ssr=SsrMode::Async />
                <Route path=path!("/drafts/:id/review") view={Lazy::<parts::Review>::new()} ssr=SsrMode::Async />
                <Route path=path!("/drafts/:id/resume") view={Lazy::<parts::ResumeCode>::new()} ssr=SsrMode::Async />
                <Route path=path!("/resume") view={Lazy::<parts::Resume>::new()} ssr=SsrMode::Async />
                <Route path=path!("/resume/:token") view={Lazy::<parts::Resume>::new()} ssr=SsrMode::Async />
                <Route path=path!("/track") view={Lazy::<parts::Track>::new()} ssr=SsrMode::Async />
                <Route path=path!("/cases/:number") view={Lazy::<parts::Case>::new()} ssr=SsrMode::Async />
                <Route path=path!("/events/:key") view={Lazy::<parts::Event>::new()} ssr=SsrMode::Async />
                <Route path=path!("/bundles/:number") view={Lazy::<parts::Bundle>::new()} ssr=SsrMode::Async />
                <Route path=path!("/notices/:id") view={Lazy::<parts::Notice>::new()} ssr=SsrMode::Async />
                <Route path=path!("/ratings") view={Lazy::<parts::Ratings>::new()} ssr=SsrMode::Async />
                <Route path=path!("/inbox") view={Lazy::<parts::Inbox>::new()} ssr=SsrMode::Async />
                <Route path=path!("/verify") view={Lazy::<parts::Verify>::new()} ssr=SsrMode::Async />
                <Route path=path!("/announcements") view={Lazy::<parts::Board>::new()} ssr=SsrMode::Async />
                <Route path=path!("/announcements/:id") view={Lazy::<parts::Announcement>::new()} ssr=SsrMode::Async />
                <OwnRoutes />
                <DeskRoutes />
            </Routes>
        </Router>
    }
}

/// A resident's own.
#[component(transparent)]
fn OwnRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/me/cases") view={Lazy::<parts::MyCases>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/looks") view={Lazy::<parts::Looks>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/looks/:chain/:seq") view={Lazy::<parts::LookQuestion>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/consents") view={Lazy::<parts::Consents>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/mandates") view={Lazy::<parts::Mandates>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/mandates/new") view={Lazy::<parts::GiveMandate>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/mandates/guardian") view={Lazy::<parts::Guardian>::new()} ssr=SsrMode::Async />
        <Route path=path!("/claim") view={Lazy::<parts::Claim>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/documents") view={Lazy::<parts::Documents>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/household") view={Lazy::<parts::Household>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/data") view={Lazy::<parts::Data>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/data/copy") view={Lazy::<parts::DataCopy>::new()} ssr=SsrMode::Async />
        <Route path=path!("/sign-in") view={Lazy::<parts::ResidentSignIn>::new()} ssr=SsrMode::Async />
        <Route path=path!("/sign-in/code") view={Lazy::<parts::Code>::new()} ssr=SsrMode::Async />
        <Route path=path!("/sign-in/join") view={Lazy::<parts::Join>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me") view={Lazy::<parts::Me>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/devices") view={Lazy::<parts::Devices>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/phone") view={Lazy::<parts::Phone>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/real-name") view={Lazy::<parts::RealName>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/merge") view={Lazy::<parts::Merge>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// Of workers.
#[component(transparent)]
fn DeskRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/desk/ratings") view={Lazy::<parts::DeskRatings>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk") view={Lazy::<parts::Queue>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/sign-in") view={Lazy::<parts::SignIn>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/sign-in/code") view={Lazy::<parts::SignInCode>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/sign-in/set-up") view={Lazy::<parts::SetUp>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/prove") view={Lazy::<parts::Prove>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/account") view={Lazy::<parts::Account>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/account/code") view={Lazy::<parts::NewCode>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/account/passkeys") view={Lazy::<parts::NewPasskey>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/account/recovery") view={Lazy::<parts::Recovery>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/invitation/:token") view={Lazy::<parts::Invitation>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/admin/workers") view={Lazy::<parts::Workers>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/admin/workers/:id") view={Lazy::<parts::Worker>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/admin/contracts") view={Lazy::<parts::Contracts>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/admin/proposals") view={Lazy::<parts::Proposals>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/start") view={Lazy::<parts::DeskStart>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/events/:key") view={Lazy::<parts::DeskEvent>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/custody") view={Lazy::<parts::Custody>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/recusal") view={Lazy::<parts::Recusal>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/appointments") view={Lazy::<parts::Appointments>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/appointments/:code") view={Lazy::<parts::Appointment>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/audit") view={Lazy::<parts::AuditHome>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/audit/looks") view={Lazy::<parts::AuditLooks>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/audit/searches/:id") view={Lazy::<parts::AuditFound>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/cases/:number") view={Lazy::<parts::DeskCase>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
}

/// An address that leads nowhere.
#[component]
fn NotFoundPage() -> impl IntoView {
    let error = AppError::new(ErrorKind::NotFound, "地址可能写错了，或者页面已经移走。");
    view! {
        <Title text="没有找到" />
        <ResidentLayout>
            <ErrorPage error />
        </ResidentLayout>
    }
}
