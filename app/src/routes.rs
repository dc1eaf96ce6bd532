//! The addresses of all pages. Those that bookmarks, QR codes and other systems rely on stand in the README.

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::components::{Route, Router, Routes};
use leptos_router::{SsrMode, path};

use crate::announcements::{AnnouncementPage, BoardPage};
use crate::browser;
use crate::bundles::{BundlePage, EventPage};
use crate::cases::{CasePage, TrackPage};
use crate::catalogue::{CertificatesPage, CheckPage, GuidePage, ItemsPage, StartPage};
use crate::desk::{
    AppointmentPage, AppointmentsPage, CustodyPage, DeskCasePage, DeskEventPage, DeskStartPage, QueuePage, SignInPage,
};
use crate::error::{AppError, ErrorKind};
use crate::forms::{FormPage, ResumeCodePage, ResumePage, ReviewPage};
use crate::layout::ResidentLayout;
use crate::load::ErrorPage;
use crate::notices::{NoticePage, VerifyPage};
use crate::post::Refresh;
use crate::ratings::{RatingsDeskPage, RatingsPage};
use crate::residents::{AboutPage, HomePage};
use crate::sms::InboxPage;

/// The document around every page.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="zh-CN" translate="no">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="color-scheme" content="light dark" />
                <meta name="format-detection" content="telephone=no" />
                <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
                <HashedStylesheet options=options.clone() id="style" />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_context(Refresh::default());
    Effect::new(|_| browser::mark_hydrated());
    view! {
        // Never without a title, also between two pages.
        <Title text="" formatter=|title: String| if title.is_empty() { "通办 · 沈阳".to_string() } else { format!("{title} · 通办") } />
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/about") view=AboutPage ssr=SsrMode::Async />
                <Route path=path!("/items") view=ItemsPage ssr=SsrMode::Async />
                <Route path=path!("/items/:code") view=GuidePage ssr=SsrMode::Async />
                <Route path=path!("/items/:code/check") view=CheckPage ssr=SsrMode::Async />
                <Route path=path!("/items/:code/apply") view=StartPage ssr=SsrMode::Async />
                <Route path=path!("/certificates") view=CertificatesPage ssr=SsrMode::Async />
                <Route path=path!("/drafts/:id/pages/:page") view=FormPage ssr=SsrMode::Async />
                <Route path=path!("/drafts/:id/review") view=ReviewPage ssr=SsrMode::Async />
                <Route path=path!("/drafts/:id/resume") view=ResumeCodePage ssr=SsrMode::Async />
                <Route path=path!("/resume") view=ResumePage ssr=SsrMode::Async />
                <Route path=path!("/resume/:token") view=ResumePage ssr=SsrMode::Async />
                <Route path=path!("/track") view=TrackPage ssr=SsrMode::Async />
                <Route path=path!("/cases/:number") view=CasePage ssr=SsrMode::Async />
                <Route path=path!("/events/:key") view=EventPage ssr=SsrMode::Async />
                <Route path=path!("/bundles/:number") view=BundlePage ssr=SsrMode::Async />
                <Route path=path!("/notices/:id") view=NoticePage ssr=SsrMode::Async />
                <Route path=path!("/ratings") view=RatingsPage ssr=SsrMode::Async />
                <Route path=path!("/desk/ratings") view=RatingsDeskPage ssr=SsrMode::Async />
                <Route path=path!("/inbox") view=InboxPage ssr=SsrMode::Async />
                <Route path=path!("/verify") view=VerifyPage ssr=SsrMode::Async />
                <Route path=path!("/announcements") view=BoardPage ssr=SsrMode::Async />
                <Route path=path!("/announcements/:id") view=AnnouncementPage ssr=SsrMode::Async />
                <Route path=path!("/desk") view=QueuePage ssr=SsrMode::Async />
                <Route path=path!("/desk/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/desk/start") view=DeskStartPage ssr=SsrMode::Async />
                <Route path=path!("/desk/events/:key") view=DeskEventPage ssr=SsrMode::Async />
                <Route path=path!("/desk/custody") view=CustodyPage ssr=SsrMode::Async />
                <Route path=path!("/desk/appointments") view=AppointmentsPage ssr=SsrMode::Async />
                <Route path=path!("/desk/appointments/:code") view=AppointmentPage ssr=SsrMode::Async />
                <Route path=path!("/desk/cases/:number") view=DeskCasePage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
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
