//! Supervision (督办) of a case that is late: what the supervisor wants, and what the office says.

use domain::cases::{CaseDesk, Warning, WarningEntry};
use leptos::prelude::*;

use crate::cases::full_day;
use crate::post::PostForm;
use crate::ui::{Button, ButtonKind, Panel, SummaryList, SummaryRow, Tag, TagKind, TextArea};

const TEXT_MAX: usize = 500;

/// The colour in a word; nothing while there is nothing to warn of.
pub fn warning_tag(warning: Warning) -> Option<AnyView> {
    let kind = match warning {
        Warning::Calm | Warning::Blue => return None,
        Warning::Yellow => TagKind::Todo,
        Warning::Red | Warning::Black => TagKind::Bad,
    };
    Some(view! { <Tag kind text=warning.name() /> }.into_any())
}

/// Nothing before the first warning.
pub fn supervision(desk: &CaseDesk) -> Option<AnyView> {
    let about = desk.supervision.clone();
    if about.entries.is_empty() {
        return None;
    }
    let address = format!("/desk/cases/{}", desk.file.number);
    let entries = about.entries.into_iter().map(entry).collect_view();
    let instruct = about.may_instruct.then(|| {
        form(format!("{address}/instruct"), "instruction", "督办意见", "写给承办单位：要怎么办，什么时候办完。", "发出")
    });
    let explain = about.may_explain.then(|| {
        form(
            format!("{address}/explain"),
            "explanation",
            "说明原因",
            "写给主管：为什么超期，打算什么时候办完。",
            "提交说明",
        )
    });
    Some(view! { <Panel title="督办" todo=true>{entries} {instruct} {explain}</Panel> }.into_any())
}

fn entry(entry: WarningEntry) -> AnyView {
    let WarningEntry { colour, office, due, raised, settled, instruction, explanation } = entry;
    let what = match colour {
        Warning::Black => "超过法定期限",
        _ => "超过承诺的期限",
    };
    let row = |term: &'static str, text: String| {
        (!text.is_empty()).then(|| view! { <SummaryRow term=term>{text}</SummaryRow> })
    };
    view! {
        <SummaryList>
            <SummaryRow term=colour.name()>{what} "，" {full_day(due)} "到期"</SummaryRow>
            {row("承办单位", office)}
            {row("发出时间", raised)}
            {row("督办意见", instruction)}
            {row("单位说明", explanation)}
            {row("办下去的时间", settled)}
        </SummaryList>
    }
    .into_any()
}

fn form(action: String, path: &'static str, label: &'static str, hint: &'static str, button: &'static str) -> AnyView {
    view! {
        <PostForm action>
            <TextArea path label hint value=String::new() rows=3 maxlength=TEXT_MAX />
            <Button kind=ButtonKind::Secondary>{button}</Button>
        </PostForm>
    }
    .into_any()
}
