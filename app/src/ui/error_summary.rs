//! What is to be put right on this page, above everything else.

use leptos::prelude::*;

use super::{Icon, IconName, field_id};

/// Links each finding to its control (`rel="external"`: the router would scroll there without moving the focus). Nothing is shown while there are none. Put it before the page's title.
/// Id: `error-summary`. Classes: `tb-errors`, `tb-errors__title`, `tb-errors__list`.
#[component]
pub fn ErrorSummary(
    #[prop(default = "还有几处要改一下".into(), into)] title: String,
    /// Path of the control and message; a finding without a path is about the whole page.
    #[prop(into)]
    findings: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    move || {
        let findings = findings.get();
        (!findings.is_empty()).then(|| {
            view! {
                <div class="tb-errors" id="error-summary" role="alert" tabindex="-1">
                    <h2 class="tb-errors__title">
                        <Icon name=IconName::Error/>
                        {title.clone()}
                    </h2>
                    <ul class="tb-errors__list">
                        {findings.into_iter().map(|(path, message)| finding(&path, message)).collect_view()}
                    </ul>
                </div>
            }
        })
    }
}

fn finding(path: &str, message: String) -> AnyView {
    if path.is_empty() {
        return view! { <li>{message}</li> }.into_any();
    }
    view! { <li><a href=format!("#{}", field_id(path)) rel="external">{message}</a></li> }.into_any()
}
