//! Starts the client in the browser.
#![allow(unsafe_code, reason = "wasm-bindgen exports the function by an unsafe attribute")]

#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    wasm_bindgen_futures::spawn_local(async {
        if app::arrived().await {
            leptos::mount::hydrate_body(app::App);
        }
    });
}
