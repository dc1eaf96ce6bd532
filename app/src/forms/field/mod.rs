//! The questions of a form as controls, one file for each family of kinds.

mod address;
mod area;
mod choice;
mod computed;
mod declaration;
mod group;
mod material;
mod person;
mod text;

use domain::forms::{Field, Kind};
use leptos::prelude::*;

use super::form::Form;

pub(crate) use material::file_link;
pub(super) use material::materials;

/// What every control is made from.
struct Question {
    form: Form,
    field: Field,
    path: String,
}

/// The questions directly below `inside` (empty: of the page), those that follow from answers appearing at once.
pub(super) fn questions(form: Form, inside: &str) -> AnyView {
    let paths = form.questions(inside.to_owned());
    view! { <For each=move || paths.get() key=|path| path.clone() children=move |path| question(form, path) /> }
        .into_any()
}

fn question(form: Form, path: String) -> AnyView {
    let Some(field) = form.field(&path) else { return ().into_any() };
    let question = Question { form, field, path };
    match &question.field.kind {
        Kind::ShortText { .. }
        | Kind::LongText { .. }
        | Kind::WholeNumber { .. }
        | Kind::Decimal { .. }
        | Kind::Money { .. }
        | Kind::Date { .. }
        | Kind::IdentityNumber
        | Kind::Phone
        | Kind::BankAccount => text::view(question),
        Kind::YesNo | Kind::OneOf { .. } | Kind::SeveralOf { .. } => choice::view(question),
        Kind::Area { depth } => area::view(form, question.field.label.clone(), question.hint(), question.path, *depth),
        Kind::Address => address::view(question),
        Kind::Person { phone_optional } => person::view(&question, *phone_optional),
        Kind::Group { min, max, item, .. } => group::view(&question, *min, *max, item.clone()),
        Kind::Declaration { text } => declaration::view(&question, text.clone()),
        Kind::Computed { .. } => computed::view(question),
        // Files have a form of their own, below the page's.
        Kind::Material { .. } => ().into_any(),
    }
}

impl Question {
    fn hint(&self) -> String {
        self.field.hint.clone()
    }

    /// Says 选填. What may become required by another answer does not say so.
    fn optional(&self) -> bool {
        self.field.optional && self.field.required_when.is_none()
    }

    fn error(&self) -> Signal<Option<String>> {
        self.form.error(self.path.clone())
    }

    fn text(&self) -> Signal<String> {
        self.form.text(self.path.clone())
    }

    fn typing(&self) -> Callback<String> {
        self.form.typing(self.path.clone())
    }

    fn leaving(&self) -> Callback<String> {
        self.form.leaving(self.path.clone())
    }
}
