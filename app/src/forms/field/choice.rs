//! What is chosen: yes or no, one of a list, several of a list.

use domain::forms::{self, Kind};
use leptos::prelude::*;

use super::Question;
use crate::ui::{Checkboxes, Choice, Radios, Select};

/// A list longer than this is folded up.
const RADIOS_MAX: usize = 8;

pub(super) fn view(question: Question) -> AnyView {
    match &question.field.kind {
        Kind::YesNo => radios(&question, vec![Choice::new("yes", "是"), Choice::new("no", "否")], true),
        Kind::SeveralOf { options } => several(&question, choices(options)),
        Kind::OneOf { options } if options.len() > RADIOS_MAX => select(&question, choices(options)),
        Kind::OneOf { options } => radios(&question, choices(options), false),
        _ => ().into_any(),
    }
}

fn choices(options: &[forms::Choice]) -> Vec<Choice> {
    options.iter().map(|option| Choice::new(&option.value, &option.label).hint(&option.hint)).collect()
}

fn radios(question: &Question, choices: Vec<Choice>, inline: bool) -> AnyView {
    view! {
        <Radios
            path=question.path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            choices=choices
            checked=question.text()
            on_change=question.leaving()
            error=question.error()
            optional=question.optional()
            inline=inline
        />
    }
    .into_any()
}

fn select(question: &Question, choices: Vec<Choice>) -> AnyView {
    view! {
        <Select
            path=question.path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            choices=Signal::stored(choices)
            value=question.text()
            on_change=question.leaving()
            error=question.error()
            optional=question.optional()
        />
    }
    .into_any()
}

fn several(question: &Question, choices: Vec<Choice>) -> AnyView {
    let (form, path) = (question.form, question.path.clone());
    let change = Callback::new(move |texts| {
        form.set_all(&path, texts);
        form.leave(&path);
    });
    view! {
        <Checkboxes
            path=question.path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            choices=choices
            checked=question.form.texts(question.path.clone())
            on_change=change
            error=question.error()
            optional=question.optional()
        />
    }
    .into_any()
}
