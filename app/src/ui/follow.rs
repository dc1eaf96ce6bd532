//! Keeps a control and its signal together in the browser.
//!
//! `prop:value` would overwrite, at hydration, what a person typed while the script was still loading. Here the control
//! wins that first time, and its signal is told; afterwards the control follows the signal.

use leptos::html::{ElementType, Input};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

/// An element with a typed or chosen value.
pub(super) trait Valued {
    fn value(&self) -> String;
    fn set_value(&self, value: &str);
}

macro_rules! valued {
    ($($element:ty),*) => {$(
        impl Valued for $element {
            fn value(&self) -> String {
                Self::value(self)
            }
            fn set_value(&self, value: &str) {
                Self::set_value(self, value);
            }
        }
    )*};
}
valued!(HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement);

pub(super) fn follow_value<E>(node: NodeRef<E>, value: Signal<String>, on_input: Option<Callback<String>>)
where
    E: ElementType + 'static,
    E::Output: Valued + JsCast + Clone + 'static,
{
    Effect::new(move |was_there: Option<bool>| {
        let (Some(element), wanted) = (node.get(), value.get()) else { return false };
        let typed = element.value();
        if typed == wanted {
            return true;
        }
        if was_there == Some(true) {
            element.set_value(&wanted);
        } else if let Some(on_input) = on_input {
            on_input.run(typed);
        }
        true
    });
}

/// The same for a box or a round button: `on_change` is told whether it is ticked.
pub(super) fn follow_checked(node: NodeRef<Input>, checked: Signal<bool>, on_change: Callback<bool>) {
    Effect::new(move |was_there: Option<bool>| {
        let (Some(element), wanted) = (node.get(), checked.get()) else { return false };
        let ticked = element.checked();
        if ticked == wanted {
            return true;
        }
        if was_there == Some(true) {
            element.set_checked(wanted);
        } else {
            on_change.run(ticked);
        }
        true
    });
}
