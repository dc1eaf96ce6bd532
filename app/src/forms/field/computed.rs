//! What is worked out from other answers, while they are typed.

use leptos::prelude::*;

use super::Question;
use crate::ui::{Icon, IconName, error_id, field_id};

pub(super) fn view(question: Question) -> AnyView {
    let Question { form, field, path } = question;
    let (value, error, wrong) = (form.computed(path.clone()), form.error(path.clone()), error_id(&path));
    let hint = if field.hint.is_empty() { "自动算出来，不用填。".to_owned() } else { field.hint };
    let message = move || {
        error.get().map(|message| {
            view! {
                <p class="tb-field__error" id=wrong.clone()>
                    <Icon name=IconName::Error />
                    <span class="tb-hidden">"错误："</span>
                    {message}
                </p>
            }
        })
    };
    view! {
        <div class="tb-field" class:tb-field--wrong=move || error.read().is_some() id=field_id(&path) tabindex="-1">
            {message} <div class="tb-computed">
                <p class="tb-computed__name">{field.label}</p>
                <output class="tb-computed__value">{move || value.get()}</output>
                <p class="tb-computed__hint">{hint}</p>
            </div>
        </div>
    }
    .into_any()
}
