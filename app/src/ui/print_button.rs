//! Printing needs a script, so the button is only there when the script is. At a kiosk its agent prints.

use leptos::prelude::*;

use super::{Button, ButtonKind, Icon, IconName};
use crate::layout::at_kiosk;

/// Prints the page. `document`: the address of the same for a kiosk, whose `kiosk-devices.js` gives it to the agent; without
/// one there is no button there. Class: `tb-print`.
#[component]
pub fn PrintButton(
    #[prop(default = "打印这一页".into(), into)] text: String,
    #[prop(optional, into)] document: Option<String>,
) -> impl IntoView {
    // The agent's script needs nothing of the client.
    let is_ready = RwSignal::new(document.is_some() && at_kiosk());
    Effect::new(move || is_ready.set(true));
    let print = Callback::new(|_| {
        // A kiosk without a printer refuses; there is nothing to tell that the browser has not said.
        let _ = window().print();
    });
    move || {
        is_ready.get().then(|| {
            let (text, document) = (text.clone(), document.clone());
            view! {
                <div class="tb-print" data-print=document>
                    <Button kind=ButtonKind::Secondary button_type="button" on_click=print>
                        <Icon name=IconName::Print/>
                        {text}
                    </Button>
                </div>
            }
        })
    }
}
