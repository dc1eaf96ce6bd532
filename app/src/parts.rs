//! The pages, by the parts of the client: a part travels to the browser when the first of its pages is gone to.
//!
//! What several parts need is put beside them by `cargo leptos build --split`; the home page, the router and what
//! every page is made of stay in the main file. Pages that are gone to one after another stand in one part. Built
//! without the feature `split`, the client is one file, in which every part is there from the beginning.
#![allow(unsafe_code, reason = "one file of the client calls the other by an unsafe declaration")]

use leptos::prefetch_lazy_fn_on_server;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;
use leptos_router::LazyRoute;

use crate::browser;
use crate::error::{AppError, ErrorKind};
use crate::layout::ResidentLayout;
use crate::load::{ErrorPage, here};

/// Pauses in seconds between the tries to fetch the part of a page that the server sent: a quarter of an hour.
const PAUSES: [i32; 10] = [1, 2, 4, 8, 15, 30, 60, 120, 240, 480];

// Leptos's own `#[lazy]` would make a part of every page, and end the whole client when one does not come.
macro_rules! parts {
    ($($part:ident { $($page:ident = $view:path),+ $(,)? })+) => {
        $(
            mod $part {
                use super::{AnyView, IntoAny, SplitLoaderError};

                #[derive(Clone, Copy)]
                pub enum Page {
                    $($page),+
                }

                part!($part);

                fn show(page: Page) -> AnyView {
                    match page {
                        $(Page::$page => $view().into_any()),+
                    }
                }
            }

            $(
                pub struct $page;

                impl LazyRoute for $page {
                    fn data() -> Self {
                        Self
                    }

                    async fn view(_: Self) -> AnyView {
                        // The server says what the browser will need before it can know by itself.
                        prefetch_lazy_fn_on_server(stringify!($part));
                        browser::name_part(stringify!($part));
                        match $part::$part($part::Page::$page).await {
                            Ok(view) => view,
                            Err(_) => missing().await,
                        }
                    }

                    async fn preload() {
                        // What failed for a moment is asked for once more; then `view` says what went wrong.
                        if $part::fetch().await.is_err() {
                            browser::wait(1_000).await;
                        }
                    }
                }
            )+
        )+

        async fn fetch(part: &str) -> bool {
            match part {
                $(stringify!($part) => $part::fetch().await.is_ok(),)+
                _ => false,
            }
        }
    };
}

parts! {
    catalogue {
        Items = crate::catalogue::ItemsPage,
        Guide = crate::catalogue::GuidePage,
        Certificates = crate::catalogue::CertificatesPage,
    }
    forms {
        Check = crate::catalogue::CheckPage,
        Start = crate::catalogue::StartPage,
        Event = crate::bundles::EventPage,
        Form = crate::forms::FormPage,
        Review = crate::forms::ReviewPage,
        ResumeCode = crate::forms::ResumeCodePage,
        Resume = crate::forms::ResumePage,
    }
    cases {
        Track = crate::cases::TrackPage,
        Case = crate::cases::CasePage,
        Bundle = crate::bundles::BundlePage,
        Inbox = crate::sms::InboxPage,
        Notice = crate::notices::NoticePage,
        Verify = crate::notices::VerifyPage,
        Board = crate::announcements::BoardPage,
        Announcement = crate::announcements::AnnouncementPage,
        Ratings = crate::ratings::RatingsPage,
        MyCases = crate::residents::MyCasesPage,
        Looks = crate::looks::LooksPage,
        LookQuestion = crate::looks::QuestionPage,
        Consents = crate::consents::ConsentsPage,
        Mandates = crate::mandates::MandatesPage,
        GiveMandate = crate::mandates::GivePage,
        Guardian = crate::mandates::GuardianPage,
        Claim = crate::mandates::ClaimPage,
        Documents = crate::documents::DocumentsPage,
        Household = crate::household::HouseholdPage,
        Data = crate::data::DataPage,
        DataCopy = crate::data::CopyPage,
        ResidentSignIn = crate::residents::ResidentSignInPage,
        Code = crate::residents::CodePage,
        Join = crate::residents::JoinPage,
        Me = crate::residents::MePage,
        Devices = crate::residents::DevicesPage,
        Phone = crate::residents::PhonePage,
        RealName = crate::residents::RealNamePage,
        Merge = crate::residents::MergePage,
    }
    desk {
        SignIn = crate::staff::SignInPage,
        SignInCode = crate::staff::CodePage,
        SetUp = crate::staff::SetUpPage,
        Prove = crate::staff::ProvePage,
        Account = crate::staff::AccountPage,
        NewCode = crate::staff::NewCodePage,
        NewPasskey = crate::staff::NewPasskeyPage,
        Recovery = crate::staff::RecoveryPage,
        Invitation = crate::staff::InvitationPage,
        Workers = crate::staff::WorkersPage,
        Worker = crate::staff::WorkerPage,
        Proposals = crate::staff::ProposalsPage,
        Contracts = crate::staff::ContractsPage,
        Queue = crate::desk::QueuePage,
        DeskCase = crate::desk::DeskCasePage,
        DeskStart = crate::desk::DeskStartPage,
        DeskEvent = crate::desk::DeskEventPage,
        Custody = crate::desk::CustodyPage,
        Recusal = crate::desk::RecusalPage,
        Appointments = crate::desk::AppointmentsPage,
        Appointment = crate::desk::AppointmentPage,
        DeskRatings = crate::ratings::RatingsDeskPage,
        AuditHome = crate::audit::AuditHomePage,
        AuditLooks = crate::audit::AuditLooksPage,
        AuditFound = crate::audit::AuditFoundPage,
    }
}

/// Has the document name the file that finds the parts: also a page without a part begins with it.
pub fn name_finder() {
    prefetch_lazy_fn_on_server("");
}

/// Waits for the part of the page at hand. Until it is there, the client must not begin: the page stays as the server
/// sent it, with plain forms and links. Says no when it never came.
pub async fn arrived() -> bool {
    let Some(part) = browser::part() else { return true };
    for pause in PAUSES {
        if fetch(&part).await {
            return true;
        }
        browser::wait(pause * 1_000).await;
    }
    fetch(&part).await
}

/// On the way to another page its part did not come: a newer server has other files than this page knows, and sends the
/// page whole; or the network is gone.
async fn missing() -> AnyView {
    browser::load_whole(&here()).await;
    let error = AppError::new(ErrorKind::Offline, "这一页没有取到，请检查网络后再试。");
    view! {
        <ResidentLayout>
            <ErrorPage error />
        </ResidentLayout>
    }
    .into_any()
}
