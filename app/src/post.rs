//! The one way in which a page writes: an HTML form that works without script.
//!
//! Without script the browser posts it and follows the redirect. With script the same body goes to the same address
//! in the background, and the router moves to the location in the answer: no reload, no second submission by a
//! double tap, and a broken network loses nothing that was typed.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::browser;
use crate::ui::{Notice, NoticeKind};

/// Grows when what the page shows may have changed: every page reads anew.
#[derive(Clone, Copy, Default)]
pub struct Refresh {
    count: RwSignal<u32>,
    /// A form was sent, and its answer is not shown yet.
    sent: StoredValue<bool>,
    /// The address whose page was shown last; empty until the first was shown.
    place: StoredValue<String>,
}

impl Refresh {
    pub fn get(&self) -> u32 {
        self.count.get()
    }

    pub fn now(&self) {
        self.count.update(|count| *count = count.wrapping_add(1));
    }

    /// Called when an answer is about to stand on the page. In the browser, where a person has just gone to this page
    /// or sent a form, the focus moves to what is new; a page that only follows a change leaves it alone.
    pub fn arrived(self, (path, query): (Memo<String>, Memo<String>)) {
        Effect::new(move |_| {
            let place = format!("{}?{}", path.get_untracked(), query.get_untracked());
            let before = self.place.get_value();
            let sent = self.sent.get_value();
            let moved = !before.is_empty() && before != place;
            self.place.set_value(place);
            self.sent.set_value(false);
            // After the view has been mounted.
            request_animation_frame(move || browser::arrive(before.is_empty(), sent || moved));
        });
    }
}

/// What a form does with its answer: goes where it leads. `problem`: what went wrong the last time.
pub(crate) fn answered(problem: RwSignal<String>) -> Callback<String> {
    let refresh = use_context::<Refresh>().unwrap_or_default();
    let navigate = use_navigate();
    let here = use_location().pathname;
    Callback::new(move |location: String| {
        problem.set(String::new());
        refresh.sent.set_value(true);
        // Another page reads by itself; the same one has to be told, and is no new step for the Back button.
        let same = location.split(['?', '#']).next() == Some(here.get_untracked().as_str());
        navigate(&location, NavigateOptions { replace: same, ..Default::default() });
        if same {
            refresh.now();
        }
    })
}

/// A form that posts to `action`. Buttons inside it are of type `submit`.
#[component]
pub fn PostForm(
    #[prop(into)] action: String,
    #[prop(into, optional)] class: String,
    /// For buttons that stand elsewhere on the page.
    #[prop(into, optional)]
    id: Option<String>,
    /// The form has a control for files.
    #[prop(optional)]
    files: bool,
    children: Children,
) -> impl IntoView {
    let problem = RwSignal::new(String::new());
    let sent = answered(problem);
    let failed = Callback::new(move |message: String| problem.set(message));
    view! {
        <form
            id=id
            method="post"
            action=action
            class=class
            enctype=files.then_some("multipart/form-data")
            novalidate
            on:submit=move |event| browser::send_form(&event, sent, failed)
        >
            {children()}
            {failure(problem)}
        </form>
    }
}

/// Why a form was not sent.
pub(crate) fn failure(problem: RwSignal<String>) -> AnyView {
    view! {
        <Show when=move || !problem.read().is_empty()>
            <Notice kind=NoticeKind::Error live=true>
                <p>{move || problem.get()}</p>
            </Notice>
        </Show>
    }
    .into_any()
}
