//! What a form that was sent has to say, on the page that shows it again.

use domain::cases::Flash;
use domain::forms::Finding;
use leptos::prelude::*;

use crate::browser;
use crate::ui::{ErrorSummary, Notice, NoticeKind};

/// The sentence about the whole, and the summary of what is to be put right. Stands before the page's title.
#[component]
pub fn Said(flash: Flash) -> impl IntoView {
    let Flash { findings, message, good, .. } = flash;
    if !findings.is_empty() {
        // One frame later the summary is in the document.
        Effect::new(|_| request_animation_frame(|| browser::focus("error-summary")));
    }
    let (kind, title) = if good { (NoticeKind::Success, "办好了") } else { (NoticeKind::Error, "没有办成") };
    let findings: Vec<(String, String)> = findings.into_iter().map(|found| (found.path, found.message)).collect();
    view! {
        {(!message.is_empty())
            .then(|| {
                view! {
                    <Notice kind=kind title=title live=true>
                        <p>{message}</p>
                    </Notice>
                }
            })}
        <ErrorSummary findings=findings />
    }
}

/// What is wrong with the control of this path.
pub fn wrong(findings: &[Finding], path: &str) -> Option<String> {
    findings.iter().find(|found| found.path == path).map(|found| found.message.clone())
}
