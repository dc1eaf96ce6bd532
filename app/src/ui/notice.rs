//! A box that says something before the person goes on.

use leptos::prelude::*;

use super::{Icon, IconName};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    #[default]
    Info,
    Success,
    /// Something for the person to do or to mind.
    Warning,
    Error,
}

impl NoticeKind {
    const fn parts(self) -> (&'static str, &'static str, IconName) {
        match self {
            Self::Info => ("tb-notice", "提示", IconName::Info),
            Self::Success => ("tb-notice tb-notice--success", "完成", IconName::Done),
            Self::Warning => ("tb-notice tb-notice--warning", "请注意", IconName::Warning),
            Self::Error => ("tb-notice tb-notice--error", "出错了", IconName::Error),
        }
    }
}

/// Kind by icon, word and colour, never by colour alone.
/// Classes: `tb-notice`, `tb-notice--success`, `--warning`, `--error`, `tb-notice__title`, `tb-notice__body`.
#[component]
pub fn Notice(
    #[prop(optional)] kind: NoticeKind,
    /// Instead of the word of the kind (提示, 完成, 请注意, 出错了).
    #[prop(optional, into)]
    title: Option<String>,
    /// Read out when it appears: for the answer to what was just done.
    #[prop(optional)]
    live: bool,
    children: Children,
) -> impl IntoView {
    let (class, word, icon) = kind.parts();
    let role = live.then_some(if kind == NoticeKind::Error { "alert" } else { "status" });
    view! {
        <div class=class role=role>
            <p class="tb-notice__title">
                <Icon name=icon/>
                {title.unwrap_or_else(|| word.to_owned())}
            </p>
            <div class="tb-notice__body">{children()}</div>
        </div>
    }
}
