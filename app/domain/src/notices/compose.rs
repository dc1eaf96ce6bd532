//! The words of a notice, from the case and the event that it announces.

use chrono::NaiveDate;

use super::kind::NoticeKind;
use crate::cases::{Case, Event, EventKind, local_day};
use crate::catalogue::Item;

/// What a notice is made of besides the case.
pub struct Facts<'a> {
    pub item: &'a Item,
    pub case: &'a Case,
    pub case_number: &'a str,
    /// The office that issues it.
    pub office: &'a str,
    /// The office that decides.
    pub decides: &'a str,
    /// Names of the materials handed in, with their number of files.
    pub materials: Vec<String>,
    /// Labels of what a correction or a deferral names, with the reason of each.
    pub named: Vec<(String, String)>,
    /// What the decision lays down: label and value.
    pub granted: Vec<(String, String)>,
    /// Where one may turn against it: the office above.
    pub remedy: &'a str,
    /// The end of the promised period, once it runs.
    pub promised: Option<NaiveDate>,
}

/// The paragraphs and the table of a notice.
pub fn compose(kind: NoticeKind, event: &Event, facts: &Facts<'_>) -> (Vec<String>, Vec<(String, String)>) {
    let text = match kind {
        NoticeKind::Receipt => receipt(facts),
        NoticeKind::Transfer => transfer(facts),
        NoticeKind::Acceptance => accepted(facts),
        NoticeKind::DeferredAcceptance => deferred(event, facts),
        NoticeKind::Correction => correction(event, facts),
        NoticeKind::NonAcceptance => not_accepted(event, facts),
        NoticeKind::Suspension => suspension(event),
        NoticeKind::Extension => extension(event),
        NoticeKind::Grant => grant(event, facts),
        NoticeKind::Denial => denial(event, facts),
        NoticeKind::Delivery => delivery(event, facts),
    };
    (text, table(kind, event, facts))
}

fn day(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

fn law(item: &Item) -> String {
    if item.laws.is_empty() { String::new() } else { format!("依据{}，", item.laws.join("、")) }
}

fn remedies(facts: &Facts<'_>) -> String {
    format!(
        "如果您不同意，可以在收到本文书之日起60日内向{}申请行政复议，也可以在6个月内直接向人民法院提起行政诉讼。",
        facts.remedy
    )
}

fn receipt(facts: &Facts<'_>) -> Vec<String> {
    vec![
        format!("您申请办理“{}”的材料，我单位已经收到。", facts.item.name),
        "从收到材料的当日起（不算当日）5个工作日内，会告诉您受理、不受理，或者一次说清要补什么。到期没有告诉您的，从收到材料那天起就算受理。"
            .to_owned(),
    ]
}

fn transfer(facts: &Facts<'_>) -> Vec<String> {
    vec![
        format!(
            "“{}”由{}决定。我单位已经看过原件、核对过身份，现在把下列材料的电子件移交过去。",
            facts.item.name, facts.decides
        ),
        "纸质材料由我单位保管，决定以后由您取回或者寄给您。".to_owned(),
    ]
}

fn accepted(facts: &Facts<'_>) -> Vec<String> {
    let promised = facts.promised.map(|end| format!("，最晚{}作出决定", day(end))).unwrap_or_default();
    vec![format!("您申请办理“{}”，{}材料齐全，我单位决定受理{promised}。", facts.item.name, law(facts.item))]
}

fn deferred(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let until = match &event.kind {
        EventKind::Accepted { deferral: Some(deferral), .. } => day(deferral.due),
        _ => String::new(),
    };
    vec![
        format!("您申请办理“{}”，主要材料齐全，我单位先予受理。下表的材料请在{until}前补交。", facts.item.name),
        "到期没有补交或者补交的材料不合要求的，我单位终止办理，由此造成的损失由申请人承担。".to_owned(),
        "承诺书：我自愿申请容缺受理，知道要补的材料、时限和不按时补交的后果，保证按时补交，所交材料真实有效。"
            .to_owned(),
    ]
}

fn correction(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::CorrectionAsked { ask, due } = &event.kind else { return Vec::new() };
    let mut text = vec![format!("您申请办理“{}”，还需要补正下表的内容。", facts.item.name)];
    if !ask.reason.is_empty() {
        text.push(ask.reason.clone());
    }
    text.push(format!(
        "请在{}前补好：扫回执上的二维码在手机上补，或者到任何一个窗口补。补好之日起重新计算5个工作日。",
        day(*due)
    ));
    text.push("到期没有补正的，视为撤回申请；材料备齐后可以重新申请。".to_owned());
    text
}

fn not_accepted(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::NotAccepted { reason } = &event.kind else { return Vec::new() };
    vec![format!("您申请办理“{}”，我单位不予受理。", facts.item.name), format!("理由：{reason}"), remedies(facts)]
}

fn suspension(event: &Event) -> Vec<String> {
    let EventKind::Suspended { why, days, reason } = &event.kind else { return Vec::new() };
    vec![
        format!("办理您的申请需要进行{}，预计{days}天。这段时间不算在办理时限里。", why.name()),
        format!("原因：{reason}"),
    ]
}

fn extension(event: &Event) -> Vec<String> {
    let EventKind::Extended { days, reason, due } = &event.kind else { return Vec::new() };
    vec![
        format!("经本单位负责人批准，办理时限延长{days}个工作日，最晚{}作出决定。", day(*due)),
        format!("理由：{reason}"),
    ]
}

fn grant(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Decided(ruling) = &event.kind else { return Vec::new() };
    let what = facts.item.decision.as_ref().map_or(facts.item.name.as_str(), |decision| decision.name.as_str());
    let mut text = vec![format!("您申请办理“{}”，{}经审查符合条件，准予{what}。", facts.item.name, law(facts.item))];
    if !ruling.reason.is_empty() {
        text.push(ruling.reason.clone());
    }
    text.push(remedies(facts));
    text
}

fn denial(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Decided(ruling) = &event.kind else { return Vec::new() };
    vec![
        format!("您申请办理“{}”，{}经审查不符合条件，不予批准。", facts.item.name, law(facts.item)),
        format!("理由：{}", ruling.reason),
        remedies(facts),
    ]
}

fn delivery(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Delivered { way, .. } = &event.kind else { return Vec::new() };
    vec![format!("“{}”的办理结果已经用“{}”的方式送达。", facts.item.name, way.name())]
}

fn table(kind: NoticeKind, event: &Event, facts: &Facts<'_>) -> Vec<(String, String)> {
    let pair = |label: &str, value: String| (label.to_owned(), value);
    let mut rows =
        vec![pair("办件编号", facts.case_number.to_owned()), pair("申请日期", day(local_day(facts.case.submitted_at)))];
    match kind {
        NoticeKind::Receipt | NoticeKind::Transfer => {
            let list = facts.materials.join("；");
            rows.push(pair("收到的材料", if list.is_empty() { "申请表（网上填写）".to_owned() } else { list }));
            rows.push(pair("由谁决定", facts.decides.to_owned()));
        }
        NoticeKind::Correction | NoticeKind::DeferredAcceptance => rows.extend(facts.named.iter().cloned()),
        NoticeKind::Grant => rows.extend(facts.granted.iter().cloned()),
        NoticeKind::Delivery => {
            if let EventKind::Delivered { note, .. } = &event.kind
                && !note.is_empty()
            {
                rows.push(pair("签收人或邮件号", note.clone()));
            }
        }
        _ => {}
    }
    rows
}
