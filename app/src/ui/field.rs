//! What stands around every control: its name, a hint, and what is wrong.

use leptos::prelude::*;

use super::{Icon, IconName};

/// The id of the control with this path: `members.0.income` → `f-members-0-income`.
pub fn field_id(path: &str) -> String {
    format!("f-{}", path.replace('.', "-"))
}

/// The id of its hint.
pub fn hint_id(path: &str) -> String {
    format!("{}--hint", field_id(path))
}

/// The id of its error message.
pub fn error_id(path: &str) -> String {
    format!("{}--error", field_id(path))
}

/// The first choice has the field's own id, so that the error summary leads to it.
pub(super) fn choice_id(path: &str, index: usize) -> String {
    if index == 0 { field_id(path) } else { format!("{}--{}", field_id(path), index + 1) }
}

/// Which texts describe a control, for `aria-describedby`.
#[derive(Clone)]
pub(super) struct Described {
    hint: Option<String>,
    error_id: String,
    error: Signal<Option<String>>,
}

impl Described {
    pub fn new(path: &str, has_hint: bool, error: Signal<Option<String>>) -> Self {
        Self { hint: has_hint.then(|| hint_id(path)), error_id: error_id(path), error }
    }

    /// The ids, while there are any.
    pub fn ids(&self) -> Option<String> {
        let error = self.error.read().is_some().then(|| self.error_id.clone());
        let ids: Vec<String> = self.hint.clone().into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// For `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.error.read().is_some().then_some("true")
    }

    /// The message, while there is one.
    pub fn error_message(&self) -> impl IntoView + use<> {
        let (id, error) = (self.error_id.clone(), self.error);
        move || {
            error.get().map(|message| {
                view! {
                    <p class="tb-field__error" id=id.clone()>
                        <Icon name=IconName::Error/>
                        <span class="tb-hidden">"错误："</span>
                        {message}
                    </p>
                }
            })
        }
    }
}

/// The frame of one control, or (`group`) of several that answer one question.
///
/// The controls inside carry `id=field_id(path)`, `name=path` and `aria-describedby` with [`hint_id`] and [`error_id`];
/// [`super::TextInput`] and the others do so by themselves.
/// Classes: `tb-field`, `tb-field--wrong`, `tb-field__label`, `tb-field__optional`, `tb-field__hint`, `tb-field__error`.
#[component]
pub fn FieldShell(
    #[prop(into)] path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    /// Says that it may be left empty.
    #[prop(optional)]
    optional: bool,
    /// A `fieldset` with a `legend` instead of a `label`.
    #[prop(optional)]
    group: bool,
    /// The group itself carries the field's id, for links of the error summary: set it when no control inside does.
    #[prop(optional)]
    anchor: bool,
    children: Children,
) -> impl IntoView {
    let described = Described::new(&path, !hint.is_empty(), error);
    let message = described.error_message();
    let name = (label, optional.then(|| view! { <span class="tb-field__optional">"（选填）"</span> }));
    let hint = (!hint.is_empty()).then(|| view! { <p class="tb-field__hint" id=hint_id(&path)>{hint}</p> });
    let wrong = move || error.read().is_some();
    if group {
        let id = anchor.then(|| field_id(&path));
        view! {
            <fieldset
                class="tb-field"
                class:tb-field--wrong=wrong
                id=id
                tabindex=anchor.then_some("-1")
                aria-describedby=move || described.ids()
            >
                <legend class="tb-field__label">{name}</legend>
                {hint}
                {message}
                {children()}
            </fieldset>
        }
        .into_any()
    } else {
        view! {
            <div class="tb-field" class:tb-field--wrong=wrong>
                <label class="tb-field__label" for=field_id(&path)>{name}</label>
                {hint}
                {message}
                {children()}
            </div>
        }
        .into_any()
    }
}
