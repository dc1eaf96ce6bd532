//! The questions of a short form that is sent as a whole: the eligibility check, the steps at the desk.
//!
//! Kinds of several controls have none here; the form of an application has all of them.

use chrono::NaiveDate;
use domain::forms::{Choice, Definition, Entries, Field, Finding, Kind, shown};
use leptos::prelude::*;

use crate::ui;
use crate::ui::{Checkbox, Checkboxes, Radios, TextArea, TextInput, Width};

/// What was answered, and what is wrong with it.
#[derive(Clone, Copy)]
pub struct Answers {
    pub entries: RwSignal<Entries>,
    pub findings: RwSignal<Vec<Finding>>,
    /// Stands before the names of the controls, where a page has several forms: `decide.`
    prefix: StoredValue<String>,
}

impl Answers {
    pub fn new(entries: Entries, findings: Vec<Finding>) -> Self {
        Self::of_form("", entries, findings)
    }

    /// `prefix`: empty, or ends with a dot. `findings` name the controls with it.
    pub fn of_form(prefix: &str, entries: Entries, findings: Vec<Finding>) -> Self {
        let prefix = StoredValue::new(prefix.to_owned());
        Self { entries: RwSignal::new(entries), findings: RwSignal::new(findings), prefix }
    }

    /// The name of a control.
    fn name(self, key: &str) -> String {
        format!("{}{key}", self.prefix.read_value())
    }

    fn text(self, key: &str) -> Signal<String> {
        let key = key.to_owned();
        Signal::derive(move || self.entries.read().get(&key).to_owned())
    }

    fn texts(self, key: &str) -> Signal<Vec<String>> {
        let key = key.to_owned();
        Signal::derive(move || self.entries.read().all(&key).to_vec())
    }

    fn error(self, key: &str) -> Signal<Option<String>> {
        let name = self.name(key);
        Signal::derive(move || self.findings.read().iter().find(|f| f.path == name).map(|f| f.message.clone()))
    }

    /// A changed answer is taken as right until it is sent.
    fn set(self, key: &str, texts: Vec<String>) {
        self.entries.update(|entries| entries.set_all(key, texts));
        let name = self.name(key);
        if self.findings.read_untracked().iter().any(|finding| finding.path == name) {
            self.findings.update(|findings| findings.retain(|finding| finding.path != name));
        }
    }

    fn setter(self, key: &str) -> Callback<String> {
        let key = key.to_owned();
        Callback::new(move |text| self.set(&key, vec![text]))
    }
}

/// The questions of a form of one page. With script one that depends on another appears and goes at once.
pub fn plain_questions(definition: Definition, answers: Answers, today: NaiveDate) -> AnyView {
    let fields: Vec<_> = definition.pages.iter().flat_map(|page| page.fields.clone()).collect();
    let asked = Memo::new(move |_| {
        let (list, _) = shown(&definition, &answers.entries.read(), today);
        list.into_iter().map(|shown| shown.path).collect::<Vec<_>>()
    });
    let one = move |field: Field| {
        let key = field.key.clone();
        view! {
            <Show when=move || asked.read().contains(&key)>{question(field.clone(), answers)}</Show>
        }
    };
    fields.into_iter().map(one).collect_view().into_any()
}

fn question(field: Field, answers: Answers) -> AnyView {
    match field.kind.clone() {
        Kind::YesNo => {
            let choices = vec![ui::Choice::new("yes", "是"), ui::Choice::new("no", "否")];
            one(field, choices, true, answers)
        }
        Kind::OneOf { options } => one(field, options.into_iter().map(choice).collect(), false, answers),
        Kind::SeveralOf { options } => several(field, options.into_iter().map(choice).collect(), answers),
        Kind::WholeNumber { unit, .. } => typed(field, "text", Some("numeric"), Width::Short, unit, answers),
        Kind::Decimal { unit, .. } => typed(field, "text", Some("decimal"), Width::Short, unit, answers),
        Kind::Money { .. } => typed(field, "text", Some("decimal"), Width::Short, "元".to_owned(), answers),
        Kind::Date { .. } => typed(field, "date", None, Width::Medium, String::new(), answers),
        Kind::ShortText { .. } => typed(field, "text", None, Width::Full, String::new(), answers),
        Kind::Phone => typed(field, "tel", Some("numeric"), Width::Medium, String::new(), answers),
        Kind::IdentityNumber => typed(field, "text", None, Width::Medium, String::new(), answers),
        Kind::LongText { max } => long(field, max, answers),
        Kind::Declaration { text } => declaration(field, text, answers),
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
            path=answers.name(&key)
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
            path=answers.name(&key)
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
            <TextInput path=answers.name(&key) label hint value error on_input kind inputmode width unit optional/>
        }
        .into_any(),
        None => view! { <TextInput path=answers.name(&key) label hint value error on_input kind width unit optional/> }
            .into_any(),
    }
}

fn declaration(field: Field, text: String, answers: Answers) -> AnyView {
    let Field { key, label, hint, .. } = field;
    let (ticked, error, path) = (answers.text(&key), answers.error(&key), answers.name(&key));
    let change = Callback::new(move |on: bool| answers.set(&key, vec![if on { "yes" } else { "" }.to_owned()]));
    let checked = Signal::derive(move || *ticked.read() == "yes");
    view! {
        <div class="tb-declaration">{text}</div>
        <Checkbox path label hint checked on_change=change error/>
    }
    .into_any()
}

fn long(field: Field, max: usize, answers: Answers) -> AnyView {
    let Field { key, label, hint, optional, .. } = field;
    let (value, error, on_input) = (answers.text(&key), answers.error(&key), answers.setter(&key));
    view! {
        <TextArea path=answers.name(&key) label hint value error on_input optional rows=4 maxlength=max/>
    }
    .into_any()
}
