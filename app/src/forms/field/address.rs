//! An address: the community from lists, the rest in words.

use domain::forms::{AreaDepth, path};
use leptos::prelude::*;

use super::{Question, area};
use crate::ui::{FieldShell, TextInput};

pub(super) fn view(question: Question) -> AnyView {
    let form = question.form;
    let detail = path(&question.path, "detail");
    let area = path(&question.path, "area");
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
            {area::view(form, "所在的社区".to_owned(), String::new(), area, AreaDepth::Community)}
            <TextInput
                path=detail.clone()
                label="详细地址"
                hint="路名、小区、楼号、单元和门牌号"
                value=form.text(detail.clone())
                on_input=form.typing(detail.clone())
                on_change=form.leaving(detail.clone())
                error=form.error(detail)
            />
        </FieldShell>
    }
    .into_any()
}
