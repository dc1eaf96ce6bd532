//! Buttons, and links that look like them because they start something.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do on the page.
    #[default]
    Primary,
    Secondary,
    /// Looks like a link: remove, change, cancel.
    Quiet,
    /// Cannot be taken back.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "tb-button",
            Self::Secondary => "tb-button tb-button--secondary",
            Self::Quiet => "tb-button tb-button--quiet",
            Self::Danger => "tb-button tb-button--danger",
        }
    }
}

/// A button that posts the form in which it stands; `name` and `value` say which button it was.
/// Classes: `tb-button`, `tb-button--secondary`, `--quiet`, `--danger`.
#[component]
pub fn Button(
    #[prop(optional)] kind: ButtonKind,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
    /// `button` for one that only acts in the browser.
    #[prop(default = "submit")]
    button_type: &'static str,
    /// Another address than the form's.
    #[prop(optional, into)]
    formaction: Option<String>,
    /// The id of the form that it posts, when it stands outside of it.
    #[prop(optional, into)]
    form: Option<String>,
    /// Posts without the browser's own checks: going back, saving for later, removing a group item.
    #[prop(optional)]
    formnovalidate: bool,
    /// What is read out when the visible words say too little: 删除第2位家庭成员.
    #[prop(optional, into)]
    label: Option<String>,
    #[prop(optional, into)] disabled: Signal<bool>,
    #[prop(optional)] on_click: Option<Callback<MouseEvent>>,
    children: Children,
) -> impl IntoView {
    let click = move |event| {
        if let Some(on_click) = on_click {
            on_click.run(event);
        }
    };
    view! {
        <button
            class=kind.class()
            type=button_type
            name=name
            value=value
            formaction=formaction
            form=form
            formnovalidate=formnovalidate
            aria-label=label
            disabled=move || disabled.get()
            on:click=click
        >
            {children()}
        </button>
    }
}

/// A link that starts something: 开始办理. Classes as for [`Button`].
#[component]
pub fn LinkButton(
    #[prop(into)] href: String,
    #[prop(optional)] kind: ButtonKind,
    /// What is read out when the visible words say too little.
    #[prop(optional, into)]
    label: Option<String>,
    /// Leads to what is no page, so that the router leaves it to the browser.
    #[prop(optional)]
    external: bool,
    children: Children,
) -> impl IntoView {
    let rel = external.then_some("external");
    view! { <a class=kind.class() href=href rel=rel aria-label=label>{children()}</a> }
}
