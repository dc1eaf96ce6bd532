//! The same questions for each of several: family members, houses, bills.
//!
//! The buttons post without script. With script they act at once, and what they did is saved with the page.

use leptos::ev::MouseEvent;
use leptos::prelude::*;

use super::{Question, questions};
use crate::browser;
use crate::ui::{Button, ButtonKind, FieldShell};

pub(super) fn view(question: &Question, min: usize, max: usize, item: String) -> AnyView {
    let (form, path) = (question.form, question.path.clone());
    let count = form.count(path.clone(), min, max);
    let name = StoredValue::new(item);
    let key = StoredValue::new(path.clone());
    let add = Callback::new(move |event: MouseEvent| {
        event.prevent_default();
        let before = count.get_untracked();
        form.add_item(&key.get_value(), before);
        focus_item(&key.get_value(), before);
    });
    let remove = Callback::new(move |(event, index): (MouseEvent, usize)| {
        event.prevent_default();
        form.remove_item(&key.get_value(), index);
        let left = count.get_untracked();
        focus_item(&key.get_value(), index.min(left.saturating_sub(1)));
    });
    let block = move |index: usize| {
        let click = Callback::new(move |event| remove.run((event, index)));
        let button = remove_button(&key.get_value(), &name.get_value(), index, click);
        view! {
            <fieldset class="tb-group__item" id=item_id(&key.get_value(), index) tabindex="-1">
                <legend class="tb-group__title">{format!("{} {}", name.get_value(), index + 1)}</legend>
                <Show when=move || { count.get() > min }>{button.run()}</Show>
                {questions(form, &format!("{}.{index}", key.get_value()))}
            </fieldset>
        }
    };
    view! {
        <FieldShell
            path=path.clone()
            label=question.field.label.clone()
            hint=question.hint()
            error=question.error()
            group=true
            anchor=true
        >
            <input type="hidden" name=path.clone() value=move || count.get().to_string() autocomplete="off" />
            <For each=move || 0..count.get() key=|index| *index children=block />
            <Show when=move || { count.get() < max }>
                <Button
                    kind=ButtonKind::Secondary
                    name="_do"
                    value=format!("add:{}", key.get_value())
                    formnovalidate=true
                    on_click=add
                >
                    {move || if count.get() == 0 { "添加" } else { "再添加一个" }}
                    {name.get_value()}
                </Button>
            </Show>
        </FieldShell>
    }
    .into_any()
}

fn remove_button(key: &str, name: &str, index: usize, click: Callback<MouseEvent>) -> ViewFn {
    let (value, label) = (format!("remove:{key}:{index}"), format!("删除{name} {}", index + 1));
    ViewFn::from(move || {
        view! {
            <div class="tb-group__remove">
                <Button
                    kind=ButtonKind::Quiet
                    name="_do"
                    value=value.clone()
                    label=label.clone()
                    formnovalidate=true
                    on_click=click
                >
                    "删除"
                </Button>
            </div>
        }
    })
}

fn item_id(key: &str, index: usize) -> String {
    format!("group-{}-{index}", key.replace('.', "-"))
}

/// When the item stands there.
fn focus_item(key: &str, index: usize) {
    let id = item_id(key, index);
    request_animation_frame(move || browser::focus(&id));
}
