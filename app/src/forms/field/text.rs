//! What is typed into one box: words, numbers, amounts, days.

use domain::forms::Kind;
use leptos::prelude::*;

use super::Question;
use crate::ui::{TextArea, TextInput, Width};

/// How the box looks, and which keyboard a phone shows.
struct Look {
    kind: &'static str,
    inputmode: &'static str,
    width: Width,
    unit: String,
}

pub(super) fn view(question: Question) -> AnyView {
    if let Kind::LongText { max } = question.field.kind {
        return long(&question, max);
    }
    let look = look(&question.field.kind);
    view! {
        <TextInput
            path=question.path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            value=question.text()
            on_input=question.typing()
            on_change=question.leaving()
            error=question.error()
            optional=question.optional()
            kind=look.kind
            inputmode=look.inputmode
            width=look.width
            unit=look.unit
        />
    }
    .into_any()
}

fn look(kind: &Kind) -> Look {
    let look = |kind, inputmode, width| Look { kind, inputmode, width, unit: String::new() };
    match kind {
        Kind::WholeNumber { unit, .. } => Look { unit: unit.clone(), ..look("text", "numeric", Width::Short) },
        Kind::Decimal { unit, .. } => Look { unit: unit.clone(), ..look("text", "decimal", Width::Short) },
        Kind::Money { .. } => Look { unit: "元".to_owned(), ..look("text", "decimal", Width::Medium) },
        Kind::Date { .. } => look("date", "text", Width::Medium),
        // Its last character may be an X, which a number pad does not have.
        Kind::IdentityNumber => look("text", "text", Width::Long),
        Kind::BankAccount => look("text", "numeric", Width::Long),
        Kind::Phone => look("tel", "tel", Width::Medium),
        _ => look("text", "text", Width::Full),
    }
}

fn long(question: &Question, max: usize) -> AnyView {
    let rows = if max > 300 { 6 } else { 3 };
    view! {
        <TextArea
            path=question.path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            value=question.text()
            on_input=question.typing()
            on_change=question.leaving()
            error=question.error()
            optional=question.optional()
            rows=rows
        />
    }
    .into_any()
}
