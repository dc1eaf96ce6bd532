//! The one way in which a page waits for what it shows.

use std::any::Any;
use std::convert::Infallible;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;

use leptos::either::Either;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;
use leptos_router::location::Location;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::browser;
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
    let question = move || Question(Arc::new(Asked { key: key(), fetch }));
    load_untyped(Box::new(question), Arc::new(move |answer| answer.read().map(show)))
}

type Show = Arc<dyn Fn(&Answer) -> Result<AnyView, AppError> + Send + Sync>;

/// What waits is compiled once and not once for each page: that is a fifth of the client.
fn load_untyped(question: Box<dyn Fn() -> Question + Send + Sync>, show: Show) -> AnyView {
    let refresh = use_context::<Refresh>().unwrap_or_default();
    let location = {
        let here = use_location();
        (here.pathname, here.search)
    };
    let question = Memo::new(move |_| question());
    let answer = Resource::new_str_blocking(
        move || (question.get(), refresh.get()),
        |(question, _): (Question, u32)| question.0.read(),
    );
    let sides = StoredValue::new((None, true));
    let last = StoredValue::new(None::<(Question, Answer)>);
    view! {
        <Transition fallback=|| ()>
            {move || {
                let show = show.clone();
                Suspend::new(async move {
                    let question = question.get_untracked();
                    let answer = keep(last, &question, answer.await);
                    let view = match show(&answer) {
                        Ok(view) => view,
                        Err(error) => view! { <ErrorPage error /> }.into_any(),
                    };
                    refresh.arrived(location);
                    if other_side(sides, question) { Either::Left(view) } else { Either::Right(view) }
                })
            }}
        </Transition>
    }
    .into_any()
}

/// What a page asks, without its types.
trait Ask: Any + Send + Sync {
    fn is_same(&self, other: &dyn Any) -> bool;
    fn read(&self) -> Pin<Box<dyn Future<Output = Answer> + Send>>;
}

struct Asked<K, F> {
    key: K,
    fetch: fn(K) -> F,
}

impl<K, T, F> Ask for Asked<K, F>
where
    K: Clone + PartialEq + Send + Sync + 'static,
    T: Send + Sync + Serialize + 'static,
    F: Future<Output = Result<T, AppError>> + Send + 'static,
{
    fn is_same(&self, other: &dyn Any) -> bool {
        other.downcast_ref::<Self>().is_some_and(|other| other.key == self.key)
    }

    fn read(&self) -> Pin<Box<dyn Future<Output = Answer> + Send>> {
        let answer = (self.fetch)(self.key.clone());
        Box::pin(async move {
            match answer.await {
                Ok(data) => Answer::Data(Arc::new(data)),
                Err(error) => Answer::Failed(error),
            }
        })
    }
}

#[derive(Clone)]
struct Question(Arc<dyn Ask>);

impl PartialEq for Question {
    fn eq(&self, other: &Self) -> bool {
        self.0.is_same(&*other.0 as &dyn Any)
    }
}

/// What came, without its type.
#[derive(Clone)]
enum Answer {
    /// From the page that the server sent: JSON of a `Result<T, AppError>`.
    Sent(Arc<str>),
    Data(Arc<dyn Data>),
    Failed(AppError),
}

trait Data: Any + Send + Sync {
    fn to_json(&self) -> String;
}

impl<T: Serialize + Send + Sync + 'static> Data for T {
    fn to_json(&self) -> String {
        browser::to_json(&Ok::<&T, &AppError>(self))
    }
}

impl Answer {
    fn read<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, AppError> {
        let unread = || AppError::new(ErrorKind::Broken, "系统没有听懂这次请求，请刷新页面再试。");
        match self {
            // Server functions read bytes too: from a text the same would be compiled a second time.
            Self::Sent(text) => serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| Err(unread())),
            Self::Data(data) => (&**data as &dyn Any).downcast_ref::<T>().cloned().ok_or_else(unread),
            Self::Failed(error) => Err(error.clone()),
        }
    }
}

/// How an answer travels inside the page.
impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sent(text) => f.write_str(text),
            Self::Data(data) => f.write_str(&(**data).to_json()),
            Self::Failed(error) => f.write_str(&browser::to_json(&Err::<(), _>(error))),
        }
    }
}

impl FromStr for Answer {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::Sent(text.into()))
    }
}

/// A page that only cannot be read anew, because the network is gone, stays as it was.
fn keep(last: StoredValue<Option<(Question, Answer)>>, question: &Question, answer: Answer) -> Answer {
    match &answer {
        Answer::Failed(error) if error.kind == ErrorKind::Offline => {
            let shown = last.get_value().filter(|(shown, _)| shown == question);
            shown.map_or(answer, |(_, shown)| shown)
        }
        Answer::Failed(_) => answer,
        Answer::Sent(_) | Answer::Data(_) => {
            last.set_value(Some((question.clone(), answer.clone())));
            answer
        }
    }
}

/// Changes the side with the question. A view is patched into one of the same side, so that a page that is only read
/// anew keeps what is typed; on the other side it is built afresh, so that no control inherits the text of another
/// page's.
fn other_side(sides: StoredValue<(Option<Question>, bool)>, question: Question) -> bool {
    let mut left = true;
    sides.update_value(|(shown, side)| {
        if shown.as_ref().is_some_and(|shown| *shown != question) {
            *side = !*side;
        }
        *shown = Some(question);
        left = *side;
    });
    left
}

/// The address at hand, or on the way to a page that one's: with what stands behind `?` and `#`.
pub fn here() -> String {
    let Location { pathname, search, hash, .. } = use_location();
    let (path, search, hash) = (pathname.get_untracked(), search.get_untracked(), hash.get_untracked());
    let query = if search.is_empty() { String::new() } else { format!("?{search}") };
    format!("{path}{query}{hash}")
}

/// An error as a page of its own: what happened, what to do next.
#[component]
pub fn ErrorPage(error: AppError) -> impl IntoView {
    let again = error.kind == ErrorKind::Offline;
    let (href, label) = match error.kind {
        ErrorKind::SignIn => ("/desk/sign-in".to_owned(), "去登录"),
        ErrorKind::Offline => (here(), "再试一次"),
        _ => ("/".to_owned(), "回到首页"),
    };
    let reference = error.reference.clone();
    view! {
        <Title text=error.title() />
        <PageTitle title=error.title().to_string() />
        <p class="tb-lead">{error.message.clone()}</p>
        {(!reference.is_empty()).then(|| view! { <p class="tb-hint">"编号：" {reference}</p> })}
        <p>
            // To the page at hand the router would not go.
            <LinkButton href=href attr:rel=again.then_some("external")>{label}</LinkButton>
        </p>
        <p>
            <a href="/track">"用办件编号查进度"</a>
        </p>
    }
}
