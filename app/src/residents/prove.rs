//! Before a grave change: that it is still the same person.

use leptos::prelude::*;

use crate::post::PostForm;
use crate::ui::{Actions, Button, Disclosure, Panel, TextInput, Width};

/// A code to the account's phone; or, for who has lost the phone and proved the name before, the identity number.
#[component]
pub(super) fn ProveAgain(
    /// Key of the page to come back to.
    goal: &'static str,
    #[prop(into)] phone: String,
    /// The name of the account is proven.
    real: bool,
    /// What is wrong with the number that was typed.
    error: Option<String>,
) -> impl IntoView {
    let open = error.is_some();
    view! {
        <Panel title="先确认是您本人" todo=true>
            {(!phone.is_empty())
                .then(|| {
                    view! {
                        <p>{format!("给{phone}发一条验证码短信。")}</p>
                        <PostForm action="/me/code">
                            <input type="hidden" name="for" value=goal/>
                            <Actions>
                                <Button>"发验证码"</Button>
                            </Actions>
                        </PostForm>
                    }
                })}
            {real
                .then(|| {
                    view! {
                        <Disclosure summary="这个手机号用不了了？" open=open>
                            <PostForm action="/me/prove">
                                <input type="hidden" name="for" value=goal/>
                                <TextInput
                                    path="id_number"
                                    label="您的身份证号码"
                                    value=String::new()
                                    error=error
                                    maxlength=30
                                    width=Width::Long
                                />
                                <Actions>
                                    <Button>"用身份证号码确认"</Button>
                                </Actions>
                            </PostForm>
                        </Disclosure>
                    }
                })}
            {(!real).then(|| view! { <p class="tb-hint">"手机号用不了了？请带身份证到就近的社区窗口。"</p> })}
        </Panel>
    }
}
