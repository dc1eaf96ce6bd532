//! A form that is sent with a passkey.

use leptos::prelude::*;

use crate::browser;
use crate::post::{answered, failure};

/// Its button has the browser make or use a passkey, and what that says is sent with the form. Only where script runs
/// and knows passkeys; elsewhere there is what `without` says. `ask`: what the server asks, as JSON.
#[component]
pub fn PasskeyForm(
    action: &'static str,
    ask: String,
    #[prop(optional)] without: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let (ask, children) = (StoredValue::new(ask), StoredValue::new(children));
    let problem = RwSignal::new(String::new());
    let sent = answered(problem);
    let failed = Callback::new(move |message: String| problem.set(message));
    let ready = RwSignal::new(false);
    Effect::new(move |_| ready.set(browser::has_passkeys()));
    move || match ready.get() {
        true => view! {
            <form
                method="post"
                action=action
                novalidate
                on:submit=move |event| browser::send_with_passkey(&event, &ask.get_value(), sent, failed)
            >
                {children.with_value(|children| children())}
                {failure(problem)}
            </form>
        }
        .into_any(),
        false if without.is_empty() => ().into_any(),
        false => view! { <p>{without}</p> }.into_any(),
    }
}
