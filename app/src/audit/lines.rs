//! Rows of the audit as a table.

use domain::audit::{AuditLine, Unusual, UnusualCount};
use leptos::prelude::*;

use crate::ui::{Table, Tag, TagKind};

pub fn table(caption: &'static str, lines: Vec<AuditLine>) -> AnyView {
    let judged = lines.iter().any(|line| !line.unusual.is_empty());
    let mut head = vec!["时间", "谁", "做了什么", "办件编号"];
    head.push(if judged { "哪里不寻常" } else { "原因" });
    let rows: Vec<Vec<AnyView>> = lines.into_iter().map(|line| row(line, judged)).collect();
    view! { <Table caption=caption caption_hidden=true head=head rows=rows /> }.into_any()
}

fn row(line: AuditLine, judged: bool) -> Vec<AnyView> {
    let AuditLine { time, who, office, deed, case, why, unusual } = line;
    let or_none = |text: String| if text.is_empty() { "—".to_owned() } else { text };
    let last = if judged { tags(unusual) } else { or_none(why).into_any() };
    vec![
        time.into_any(),
        view! { <span>{who} {(!office.is_empty()).then(|| view! { <span class="tb-hint">" " {office}</span> })}</span> }
            .into_any(),
        deed.into_any(),
        view! { <span class="tb-desk-number">{or_none(case)}</span> }.into_any(),
        last,
    ]
}

fn tags(unusual: Vec<Unusual>) -> AnyView {
    let tags = unusual.into_iter().map(|kind| view! { <Tag kind=TagKind::Todo text=kind.words() /> " " });
    view! { <span>{tags.collect_view()}</span> }.into_any()
}

/// The kinds with how many there are, as the ways to their lists. `current`: the one that is shown.
pub fn kinds(day: &str, counts: Vec<UnusualCount>, current: Option<Unusual>) -> AnyView {
    let day = day.to_owned();
    let way = move |UnusualCount { kind, looks }: UnusualCount| {
        let href = format!("/desk/audit/looks?day={day}&kind={}", kind.key());
        let current = (current == Some(kind)).then_some("page");
        view! {
            <li>
                <a href=href aria-current=current>
                    {kind.words()}
                    <span class="tb-tabs__count">{looks}</span>
                </a>
            </li>
        }
    };
    view! { <ul class="tb-tabs" role="list">{counts.into_iter().map(way).collect_view()}</ul> }.into_any()
}
