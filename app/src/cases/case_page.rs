//! A case: receipt and tracking in one. With script the page follows by itself.

use domain::cases::CaseTrack;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api::fetch_case;
use super::receipt::ReceiptPart;
use super::todo::{correction, decision, withdrawal};
use super::{events, notices, state_tag};
use crate::browser;
use crate::error::AppError;
use crate::layout::ResidentLayout;
use crate::load::load;
use crate::messages::talk;
use crate::post::Refresh;
use crate::ratings::offers;
use crate::ui::{CopyCode, Page, Tag};

/// The number, and whether it was just submitted (`?new=1`).
pub type Asked = (String, bool);

/// What the address of a page with a receipt asks for.
pub fn asked() -> impl Fn() -> Asked + Copy + Send + Sync + 'static {
    let (params, query) = (use_params_map(), use_query_map());
    move || {
        let number = params.read().get_str("number").unwrap_or_default().to_owned();
        (number, query.read().get_str("new").is_some())
    }
}

#[component]
pub fn CasePage() -> impl IntoView {
    let asked = asked();
    view! {
        <Title text="办理进度" />
        <ResidentLayout>
            <Page>{load(asked, read, show)}</Page>
        </ResidentLayout>
    }
}

async fn read((number, fresh): Asked) -> Result<(CaseTrack, bool), AppError> {
    Ok((fetch_case(number).await?, fresh))
}

fn show((track, fresh): (CaseTrack, bool)) -> AnyView {
    follow(&track);
    let (correction, decision, withdrawal) = (correction(&track), decision(&track), withdrawal(&track));
    let (entries, state, papers) = (track.timeline.clone(), track.state, track.notices.clone());
    let (number, ratings, conversation) = (track.number.clone(), track.ratings.clone(), track.conversation.clone());
    let head = (!fresh).then(|| head(&track));
    let whole = track.bundle.clone().map(|bundle| {
        view! {
            <p>
                "属于一件事：" <a href=format!("/bundles/{}", bundle.number)>{bundle.name}</a>
            </p>
        }
    });
    view! {
        <Title text=format!("{} · 办理进度", track.item.everyday) />
        <div class="tb-case-page">
            {head}
            {whole}
            {correction}
            {decision}
            <ReceiptPart track=track fresh=fresh />
            {notices(papers)}
            <section class="tb-section" aria-labelledby="events-title">
                <h2 id="events-title">"办理经过"</h2>
                {events(entries, state)}
            </section>
            {offers(&number, ratings)}
            {talk(conversation, format!("/cases/{number}/messages"), true)}
            {withdrawal}
        </div>
    }
    .into_any()
}

/// Classes: `tb-case`, `tb-case__name`, `tb-case__number`. The headline is read out when it changes.
fn head(track: &CaseTrack) -> AnyView {
    let CaseTrack { item, number, state, headline, .. } = track.clone();
    view! {
        <header class="tb-case">
            <h1 class="tb-case__name">{item.everyday}</h1>
            <p class="tb-case__number">
                "办件编号 " <CopyCode code=number />
            </p>
            <div role="status">
                <Tag kind=state_tag(state) text=state.name() />
                <p class="tb-lead">{headline}</p>
            </div>
        </header>
    }
    .into_any()
}

/// Reads anew when the case has grown, as long as something can still happen to it.
fn follow(track: &CaseTrack) {
    if track.state.is_final() {
        return;
    }
    let (number, shown) = (track.number.clone(), track.version);
    let refresh = use_context::<Refresh>().unwrap_or_default();
    Effect::new(move |_| {
        let changed = Callback::new(move |version| {
            if version > shown {
                refresh.now();
            }
        });
        browser::watch_case(number.clone(), changed);
    });
}
