//! How far a person is in a form.

use leptos::prelude::*;

/// Classes: `tb-progress`, `tb-progress__text`, `tb-progress__bar`.
#[component]
pub fn Progress(
    /// From 1.
    step: usize,
    total: usize,
) -> impl IntoView {
    view! {
        <div class="tb-progress">
            <p class="tb-progress__text">{format!("第 {step} 步，共 {total} 步")}</p>
            <progress class="tb-progress__bar" value=step.to_string() max=total.to_string() aria-hidden="true"></progress>
        </div>
    }
}
