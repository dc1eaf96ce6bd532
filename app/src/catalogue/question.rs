//! One question of the check.
//!
//! Kinds that hold personal data have no control here: the answers stand in the address.

use domain::forms::{Choice, Entries, Field, Finding, Kind};
use leptos::prelude::*;

use crate::ui;
use crate::ui::{Checkboxes, Radios, TextInput, Width};

/// What was answered, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Answers {
    pub entries: RwSignal<Entries>,
    pub findings: RwSignal<Vec<Finding>>,
}

impl Answers {
    pub fn new(entries: Entries, findings: Vec<Finding>) -> Self {
        Self { entries: RwSignal::new(entries), findings: RwSignal::new(findings) }
    }

    fn text(self, path: &str) -> Signal<String> {
        let path = path.to_owned();
        Signal::derive(move || self.entries.read().get(&path).to_owned())
    }

    fn texts(self, path: &str) -> Signal<Vec<String>> {
        let path = path.to_owned();
        Signal::derive(move || self.entries.read().all(&path).to_vec())
    }

    fn error(self, path: &str) -> Signal<Option<String>> {
        let path = path.to_owned();
        Signal::derive(move || self.findings.read().iter().find(|f| f.path == path).map(|f| f.message.clone()))
    }

    /// A changed answer is taken as right until it is sent.
    fn set(self, path: &str, texts: Vec<String>) {
        self.entries.update(|entries| entries.set_all(path, texts));
        if self.findings.read_untracked().iter().any(|finding| finding.path == path) {
            self.findings.update(|findings| findings.retain(|finding| finding.path != path));
        }
    }

    fn setter(self, path: &str) -> Callback<String> {
        let path = path.to_owned();
        Callback::new(move |text| self.set(&path, vec![text]))
    }
}

#[component]
pub fn Question(field: Field, answers: Answers) -> impl IntoView {
    match field.kind.clone() {
        Kind::YesNo => {
            let choices = vec![ui::Choice::new("yes", "是"), ui::Choice::new("no", "否")];
            one(field, choices, true, answers)
        }
        Kind::OneOf { options } => one(field, options.into_iter().map(choice).collect(), false, answers),
        Kind::SeveralOf { options } => several(field, options.into_iter().map(choice).collect(), answers),
        Kind::WholeNumber { unit, .. } => typed(field, "text", Some("numeric"), Width::Short, unit, answers),
        Kind::Money { .. } => typed(field, "text", Some("decimal"), Width::Short, "元".to_owned(), answers),
        Kind::Date { .. } => typed(field, "date", None, Width::Medium, String::new(), answers),
        _ => ().into_any(),
    }
}

fn choice(choice: Choice) -> ui::Choice {
    ui::Choice::new(choice.value, choice.label).hint(choice.hint)
}

fn one(field: Field, choices: Vec<ui::Choice>, inline: bool, answers: Answers) -> AnyView {
    let Field { key, label, hint, optional, .. } = field;
    view! {
        <Radios
            checked=answers.text(&key)
            error=answers.error(&key)
            on_change=answers.setter(&key)
            path=key
            label
            hint
            choices
            inline
            optional
        />
    }
    .into_any()
}

fn several(field: Field, choices: Vec<ui::Choice>, answers: Answers) -> AnyView {
    let Field { key, label, hint, optional, .. } = field;
    let path = key.clone();
    let set = Callback::new(move |texts| answers.set(&path, texts));
    view! {
        <Checkboxes
            checked=answers.texts(&key)
            error=answers.error(&key)
            on_change=set
            path=key
            label
            hint
            choices
            optional
        />
    }
    .into_any()
}

fn typed(
    field: Field,
    kind: &'static str,
    inputmode: Option<&'static str>,
    width: Width,
    unit: String,
    answers: Answers,
) -> AnyView {
    let Field { key, label, hint, optional, .. } = field;
    // The property is there or not: there is no empty one.
    let common = (answers.text(&key), answers.error(&key), answers.setter(&key));
    let (value, error, on_input) = common;
    match inputmode {
        Some(inputmode) => view! {
            <TextInput path=key label hint value error on_input kind inputmode width unit optional/>
        }
        .into_any(),
        None => view! { <TextInput path=key label hint value error on_input kind width unit optional/> }.into_any(),
    }
}
