//! The state of a thing in one or two words.

use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagKind {
    /// Nothing to do, nothing decided.
    #[default]
    Plain,
    /// Under way.
    Active,
    /// Somebody has to do something.
    Todo,
    Done,
    /// Refused, overdue, broken.
    Bad,
}

impl TagKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Plain => "tb-tag",
            Self::Active => "tb-tag tb-tag--active",
            Self::Todo => "tb-tag tb-tag--todo",
            Self::Done => "tb-tag tb-tag--done",
            Self::Bad => "tb-tag tb-tag--bad",
        }
    }
}

/// The words carry the meaning, the colour only helps to find it.
/// Classes: `tb-tag`, `tb-tag--active`, `--todo`, `--done`, `--bad`.
#[component]
pub fn Tag(#[prop(optional)] kind: TagKind, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=kind.class()>{text}</span> }
}
