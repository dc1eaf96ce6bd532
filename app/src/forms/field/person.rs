//! A person: name, identity number, phone.

use domain::forms::path;
use leptos::prelude::*;

use super::Question;
use crate::ui::{FieldShell, TextInput, Width};

pub(super) fn view(question: &Question, phone_optional: bool) -> AnyView {
    let parts = [
        part(question, "name", "姓名", "text", Width::Medium, false),
        part(question, "id_number", "身份证号码", "text", Width::Long, false),
        part(question, "phone", "手机号码", "tel", Width::Medium, phone_optional),
    ];
    view! {
        <FieldShell
            path=question.path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            error=question.error()
            optional=question.optional()
            group=true
            anchor=true
        >
            {parts.into_iter().collect_view()}
        </FieldShell>
    }
    .into_any()
}

fn part(
    question: &Question,
    key: &str,
    label: &'static str,
    kind: &'static str,
    width: Width,
    optional: bool,
) -> AnyView {
    let form = question.form;
    let here = path(&question.path, key);
    view! {
        <TextInput
            path=here.clone()
            label=label
            value=form.text(here.clone())
            on_input=form.typing(here.clone())
            on_change=form.leaving(here.clone())
            error=form.error(here)
            kind=kind
            inputmode=kind
            width=width
            optional=optional
        />
    }
    .into_any()
}
