//! The browser's own way to choose files.

use leptos::ev::Event;
use leptos::prelude::*;

use super::FieldShell;
use super::field::{Described, field_id};

/// Posts with a `multipart/form-data` form. Class: `tb-file`.
#[component]
pub fn FileInput(
    #[prop(into)] path: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: String,
    #[prop(optional, into)] error: Signal<Option<String>>,
    #[prop(default = "image/jpeg,image/png,application/pdf")] accept: &'static str,
    #[prop(optional)] multiple: bool,
    /// Opens the camera at once: `environment` for papers. Without it a phone offers camera and album.
    #[prop(optional)]
    capture: Option<&'static str>,
    /// The control's name, when the upload expects another than its path.
    #[prop(optional, into)]
    name: Option<String>,
    #[prop(optional)] optional: bool,
    #[prop(optional)] on_change: Option<Callback<Event>>,
) -> impl IntoView {
    let described = Described::new(&path, !hint.is_empty(), error);
    let invalid = described.clone();
    let change = move |event: Event| {
        if let Some(on_change) = on_change {
            on_change.run(event);
        }
    };
    view! {
        <FieldShell path=path.clone() label=label hint=hint error=error optional=optional>
            <input
                class="tb-file"
                type="file"
                id=field_id(&path)
                name=name.unwrap_or(path)
                accept=accept
                multiple=multiple
                capture=capture
                aria-describedby=move || described.ids()
                aria-invalid=move || invalid.invalid()
                on:change=change
            />
        </FieldShell>
    }
}
