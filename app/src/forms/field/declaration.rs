//! A text to agree to.

use leptos::prelude::*;

use super::Question;
use crate::ui::Checkbox;

pub(super) fn view(question: &Question, text: String) -> AnyView {
    let (form, path) = (question.form, question.path.clone());
    let ticked = question.text();
    let change = Callback::new(move |on: bool| {
        form.set(&path, if on { "yes" } else { "" }.to_owned());
        form.leave(&path);
    });
    view! {
        <div class="tb-declaration">{text}</div>
        <Checkbox
            path=question.path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            checked=Signal::derive(move || *ticked.read() == "yes")
            on_change=change
            error=question.error()
        />
    }
    .into_any()
}
