//! Printing needs a script, so the button is only there when the script is.

use leptos::prelude::*;

use super::{Button, ButtonKind, Icon, IconName};

/// Prints the page. Class: `tb-print`.
#[component]
pub fn PrintButton(#[prop(default = "打印这一页".into(), into)] text: String) -> impl IntoView {
    let is_ready = RwSignal::new(false);
    Effect::new(move || is_ready.set(true));
    let print = Callback::new(|_| {
        // A kiosk without a printer refuses; there is nothing to tell that the browser has not said.
        let _ = window().print();
    });
    move || {
        is_ready.get().then(|| {
            let text = text.clone();
            view! {
                <div class="tb-print">
                    <Button kind=ButtonKind::Secondary button_type="button" on_click=print>
                        <Icon name=IconName::Print/>
                        {text}
                    </Button>
                </div>
            }
        })
    }
}
