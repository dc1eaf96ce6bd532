//! The one way in which a page waits for what it shows.

use std::future::Future;

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{AppError, ErrorKind};
use crate::post::Refresh;
use crate::ui::{LinkButton, PageTitle};

/// Reads with `fetch` whenever `key` changes or a form was sent, and shows the answer with `show`.
///
/// The answer is rendered on the server before anything is sent (routes are [`leptos_router::SsrMode::Async`]),
/// so the page is whole without script and its status is right. In the browser the focus goes to what is new.
pub fn load<K, T, F>(key: impl Fn() -> K + Send + Sync + 'static, fetch: fn(K) -> F, show: fn(T) -> AnyView) -> AnyView
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    let refresh = use_context::<Refresh>().unwrap_or_default();
    let location = {
        let here = use_location();
        (here.pathname, here.search)
    };
    let key = Memo::new(move |_| key());
    let answer = Resource::new_blocking(move || (key.get(), refresh.get()), move |(key, _)| fetch(key));
    let sides = StoredValue::new((None, true));
    let last = StoredValue::new(None::<(K, T)>);
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let key = key.get_untracked();
                let view = match keep(last, &key, answer.await) {
                    Ok(data) => show(data),
                    Err(error) => view! { <ErrorPage error /> }.into_any(),
                };
                refresh.arrived(location);
                if other_side(sides, key) { Either::Left(view) } else { Either::Right(view) }
            })}
        </Transition>
    }
    .into_any()
}

/// A page that only cannot be read anew, because the network is gone, stays as it was.
fn keep<K, T>(last: StoredValue<Option<(K, T)>>, key: &K, answer: Result<T, AppError>) -> Result<T, AppError>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Clone + Send + Sync + 'static,
{
    match answer {
        Ok(data) => {
            last.set_value(Some((key.clone(), data.clone())));
            Ok(data)
        }
        Err(error) if error.kind == ErrorKind::Offline => {
            let shown = last.get_value().filter(|(shown, _)| shown == key);
            shown.map(|(_, data)| data).ok_or(error)
        }
        Err(error) => Err(error),
    }
}

/// Changes the side with the key. A view is patched into one of the same side, so that a page that is only read anew
/// keeps what is typed; on the other side it is built afresh, so that no control inherits the text of another page's.
fn other_side<K: PartialEq + Send + Sync + 'static>(sides: StoredValue<(Option<K>, bool)>, key: K) -> bool {
    let mut left = true;
    sides.update_value(|(shown, side)| {
        if shown.as_ref().is_some_and(|shown| *shown != key) {
            *side = !*side;
        }
        *shown = Some(key);
        left = *side;
    });
    left
}

/// An error as a page of its own: what happened, what to do next.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    let (href, label) = match error.kind {
        ErrorKind::SignIn => ("/desk/sign-in", "去登录"),
        _ => ("/", "回到首页"),
    };
    let reference = error.reference.clone();
    view! {
        <Title text=error.title() />
        <PageTitle title=error.title().to_string() />
        <p class="tb-lead">{error.message.clone()}</p>
        {(!reference.is_empty()).then(|| view! { <p class="tb-hint">"编号：" {reference}</p> })}
        <p>
            <LinkButton href=href>{label}</LinkButton>
        </p>
        <p>
            <a href="/track">"用办件编号查进度"</a>
        </p>
    }
}
