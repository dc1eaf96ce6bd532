//! The addresses of all pages. Those that bookmarks, QR codes and other systems rely on stand in the README.

use domain::display::Display;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::any_nested_route::IntoAnyNestedRoute;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{Lazy, SsrMode, path};

use crate::browser;
use crate::error::{AppError, ErrorKind};
use crate::layout::{Frame, ResidentLayout};
use crate::load::ErrorPage;
use crate::parts;
use crate::post::Refresh;
use crate::residents::{AboutPage, HomePage};

/// What the document around a page depends on besides the page.
pub struct Document {
    /// What stands before the addresses of the client's files.
    pub client: String,
    /// What stands before the addresses of the plain scripts.
    pub scripts: String,
    /// The device is one's own: what is typed and which pages were open may be kept on it (`frontend/public/js`).
    pub own: bool,
    /// How pages look in this browser.
    pub display: Display,
    /// Where a kiosk's page finds the agent of its devices.
    pub agent: String,
}

/// Plain scripts of every page (`frontend/public/js`): they work before the client does, and without it.
const SCRIPTS: [&str; 4] = ["display", "read-aloud", "phone", "upload"];
/// Those of a kiosk, with style sheets of its own beside them: phones load none of it.
const KIOSK_SCRIPTS: [&str; 2] = ["kiosk", "kiosk-devices"];
const KIOSK_STYLES: [&str; 3] = ["kiosk-own", "kiosk", "kiosk-devices"];

/// The document around every page.
pub fn shell(options: LeptosOptions, document: Document) -> impl IntoView {
    let Document { client: root, scripts, own, display, agent } = document;
    let [mode, theme, contrast, size, told] = display.attributes().map(|(_, value)| value);
    let script =
        |name: &&str| view! { <script type="module" src=format!("{scripts}/{name}.js") nonce=use_nonce()></script> };
    let kiosk = Frame::current().kiosk;
    let frame = kiosk.as_ref().map(|_| "kiosk");
    let agent = kiosk.as_ref().map(|_| agent);
    let (more, styles) = if kiosk.is_some() { (&KIOSK_SCRIPTS[..], &KIOSK_STYLES[..]) } else { (&[][..], &[][..]) };
    let style = |name: &&str| view! { <link rel="stylesheet" href=format!("{scripts}/{name}.css") /> };
    view! {
        <!DOCTYPE html>
        <html
            lang="zh-CN"
            translate="no"
            data-frame=frame
            data-kiosk-name=kiosk
            data-kiosk-agent=agent
            data-own=own.then_some("")
            data-mode=mode
            data-theme=theme
            data-contrast=contrast
            data-size=size
            data-told=told
        >
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="format-detection" content="telephone=no" />
                <meta name="theme-color" content="#0b5866" />
                <meta name="theme-color" content="#0c3740" media="(prefers-color-scheme: dark)" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <link rel="apple-touch-icon" href="/icon-180.png" />
                <link rel="manifest" href="/manifest.webmanifest" />
                <HashedStylesheet options=options.clone() id="style" root=root.clone() />
                <HydrationScripts options root />
                {styles.iter().map(style).collect_view()}
                {SCRIPTS.iter().chain(more).map(script).collect_view()}
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
    Frame::provide();
    parts::name_finder();
    Effect::new(|_| browser::mark_hydrated());
    view! {
        // Never without a title, also between two pages.
        <Title text="" formatter=titled />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/about") view=AboutPage ssr=SsrMode::Async />
                <Route path=path!("/display") view={Lazy::<parts::Display>::new()} ssr=SsrMode::Async />
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
                <Route path=path!("/cases/:number/print") view={Lazy::<parts::CasePrint>::new()} ssr=SsrMode::Async />
                <Route path=path!("/events/:key") view={Lazy::<parts::Event>::new()} ssr=SsrMode::Async />
                <Route path=path!("/bundles/:number") view={Lazy::<parts::Bundle>::new()} ssr=SsrMode::Async />
                <Route path=path!("/notices/:id") view={Lazy::<parts::Notice>::new()} ssr=SsrMode::Async />
                <Route path=path!("/ratings") view={Lazy::<parts::Ratings>::new()} ssr=SsrMode::Async />
                <Route path=path!("/inbox") view={Lazy::<parts::Inbox>::new()} ssr=SsrMode::Async />
                <Route path=path!("/verify") view={Lazy::<parts::Verify>::new()} ssr=SsrMode::Async />
                <Route path=path!("/announcements") view={Lazy::<parts::Board>::new()} ssr=SsrMode::Async />
                <Route path=path!("/announcements/:id") view={Lazy::<parts::Announcement>::new()} ssr=SsrMode::Async />
                <VisitRoutes />
                <OwnRoutes />
                <KioskRoutes />
                <DeskRoutes />
            </Routes>
        </Router>
    }
}

/// Help: what words mean, appointments, calls. The hours of an office look like an appointment's code: they stand before it.
#[component(transparent)]
fn VisitRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/visits/new") view={Lazy::<parts::Book>::new()} ssr=SsrMode::Async />
        <Route path=path!("/words") view={Lazy::<parts::Words>::new()} ssr=SsrMode::Async />
        <Route path=path!("/calls/new") view={Lazy::<parts::Call>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/visits") view={Lazy::<parts::Visits>::new()} ssr=SsrMode::Async />
        <Route path=path!("/me/visits/:code") view={Lazy::<parts::MoveVisit>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/calls") view={Lazy::<parts::Calls>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/appointments/hours") view={Lazy::<parts::Hours>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/appointments") view={Lazy::<parts::Appointments>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/appointments/:code") view={Lazy::<parts::Appointment>::new()} ssr=SsrMode::Async />
    }
    .into_inner()
    .into_any_nested_route()
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
        <Route path=path!("/me/mandates/organisation") view={Lazy::<parts::Organisation>::new()} ssr=SsrMode::Async />
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

/// Of kiosks, and to them.
#[component(transparent)]
fn KioskRoutes() -> impl leptos_router::MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/kiosk") view={Lazy::<parts::KioskStart>::new()} ssr=SsrMode::Async />
        <Route path=path!("/kiosk/enrol") view={Lazy::<parts::KioskEnrol>::new()} ssr=SsrMode::Async />
        <Route path=path!("/kiosk/print") view={Lazy::<parts::KioskPrint>::new()} ssr=SsrMode::Async />
        <Route path=path!("/cases/:number/code") view={Lazy::<parts::FetchCode>::new()} ssr=SsrMode::Async />
        <Route path=path!("/desk/admin/kiosks") view={Lazy::<parts::Kiosks>::new()} ssr=SsrMode::Async />
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
