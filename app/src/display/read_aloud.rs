//! 读给我听: `js/read-aloud.js` does it where the device has a voice of its own; the style sheet shows the buttons then.

use leptos::prelude::*;

/// Class: `tb-read`, `--start`, `--speaking`.
#[component]
pub fn ReadAloud() -> impl IntoView {
    view! {
        <div class="tb-read" role="group" aria-label="朗读">
            <button class="tb-switch tb-read--start" type="button" data-read="start">"读给我听"</button>
            <button class="tb-switch tb-read--speaking" type="button" data-read="stop">"停下"</button>
            <button class="tb-switch tb-read--speaking" type="button" data-read="slower">"慢些／快些"</button>
        </div>
    }
}
