//! What has happened, what is happening, and what comes next.

use leptos::prelude::*;

use super::{Icon, IconName, Tag, TagKind};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    #[default]
    Done,
    Now,
    Next,
}

/// Class: `tb-timeline`.
#[component]
pub fn Timeline(
    /// [`TimelineEvent`]s, the first first.
    children: Children,
) -> impl IntoView {
    view! { <ol class="tb-timeline" role="list">{children()}</ol> }
}

/// The state is a shape and a word. Classes: `tb-event`, `tb-event--done`, `--now`, `--next`, `tb-event__mark`,
/// `tb-event__title`, `tb-event__time`, `tb-event__body`.
#[component]
pub fn TimelineEvent(
    #[prop(into)] title: String,
    /// When, in words.
    #[prop(optional, into)]
    time: String,
    #[prop(optional)] moment: Moment,
    /// What is going on, for [`Moment::Now`]: 正在办, 等您.
    #[prop(default = "正在办".into(), into)]
    word: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (class, mark, word) = match moment {
        Moment::Done => {
            let word = view! { <span class="tb-hidden">"（已完成）"</span> }.into_any();
            ("tb-event tb-event--done", Some(IconName::Tick), word)
        }
        Moment::Now => {
            let word = view! { <Tag kind=TagKind::Active text=word/> }.into_any();
            ("tb-event tb-event--now", Some(IconName::Dots), word)
        }
        Moment::Next => {
            let word = view! { <span class="tb-hidden">"（还没到）"</span> }.into_any();
            ("tb-event tb-event--next", None, word)
        }
    };
    let current = (moment == Moment::Now).then_some("step");
    view! {
        <li class=class aria-current=current>
            <span class="tb-event__mark">{mark.map(|name| view! { <Icon name=name/> })}</span>
            <p class="tb-event__title">{title}{word}</p>
            {(!time.is_empty()).then(|| view! { <p class="tb-event__time">{time}</p> })}
            {children.map(|children| view! { <div class="tb-event__body">{children()}</div> })}
        </li>
    }
}
