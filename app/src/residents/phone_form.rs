//! A phone to which a code is sent.

use leptos::prelude::*;

use crate::post::PostForm;
use crate::ui::{Actions, Button, TextInput, Width};

#[component]
pub(super) fn PhoneForm(
    action: &'static str,
    label: &'static str,
    hint: &'static str,
    /// As it was typed the last time, and what was wrong with it.
    typed: (String, Option<String>),
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let (value, error) = typed;
    view! {
        <PostForm action=action>
            <TextInput
                path="phone"
                label=label
                hint=hint
                value=value
                error=error
                kind="tel"
                inputmode="numeric"
                autocomplete=autocomplete
                maxlength=20
                width=Width::Medium
            />
            <Actions>
                <Button>"发验证码"</Button>
            </Actions>
        </PostForm>
    }
}
