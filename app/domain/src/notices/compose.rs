//! The words of a notice, from the case and the event that it announces.

use chrono::NaiveDate;

use super::kind::NoticeKind;
use super::table::{copies, signs, table};
use crate::cases::{Case, Event, EventKind, local_day, why_not_accepted};
use crate::catalogue::{Delivery, Item, MaterialForm, Unanswered};

/// What a notice is made of besides the case.
pub struct Facts<'a> {
    pub item: &'a Item,
    pub case: &'a Case,
    pub case_number: &'a str,
    /// The office that issues it.
    pub office: &'a str,
    /// The office that decides.
    pub decides: &'a str,
    /// Whom to call: the applicant, or who applies for them. Name and phone.
    pub contact: (String, String),
    /// Somebody else fills in and signs.
    pub by_agent: bool,
    /// Who filed it in the applicant's stead, in words; empty for the applicant.
    pub helper: String,
    pub materials: Vec<Handed>,
    pub named: Vec<Named>,
    /// What the decision lays down: label and value.
    pub granted: Vec<(String, String)>,
    /// Where one may turn against it: the office above.
    pub remedy: &'a str,
    /// The last day for an answer to what was received.
    pub answer_by: Option<NaiveDate>,
    /// The end of the promised period, once it runs.
    pub promised: Option<NaiveDate>,
    /// How the result reaches the resident.
    pub delivery: Option<Delivery>,
    /// The notice of the decision: title and number.
    pub decided: Option<String>,
}

/// A material that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handed {
    pub name: String,
    /// None: it was seen on paper at a window.
    pub files: usize,
    pub form: MaterialForm,
}

/// What a correction or a deferral names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub label: String,
    /// Empty when one reason holds for all.
    pub why: String,
    /// None: it is no material but a question of the form.
    pub form: Option<MaterialForm>,
}

/// Everything that a notice says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    pub paragraphs: Vec<String>,
    /// Label and value.
    pub facts: Vec<(String, String)>,
    /// What the applicant promises with it (承诺书), on a page of its own.
    pub promise: Vec<String>,
    /// Who signs on paper.
    pub signs: Vec<String>,
    pub copies: String,
}

/// The words of a notice.
pub fn compose(kind: NoticeKind, event: &Event, facts: &Facts<'_>) -> Wording {
    let paragraphs = match kind {
        NoticeKind::Receipt => receipt(event, facts),
        NoticeKind::Transfer => transfer(facts),
        NoticeKind::Acceptance => accepted(event, facts),
        NoticeKind::DeferredAcceptance => deferred(event, facts),
        NoticeKind::Correction => correction(event, facts),
        NoticeKind::NonAcceptance => not_accepted(event, facts),
        NoticeKind::Suspension => suspension(event, facts),
        NoticeKind::Extension => extension(event, facts),
        NoticeKind::Grant => grant(event, facts),
        NoticeKind::Denial => denial(event, facts),
        NoticeKind::Delivery => delivery(event, facts),
    };
    Wording {
        // A worker's reason may have lines of its own: each is a paragraph like the others.
        paragraphs: paragraphs.iter().flat_map(|text| text.lines()).map(str::to_owned).collect(),
        facts: table(kind, event, facts).into_iter().chain(helped(facts)).collect(),
        promise: if kind == NoticeKind::DeferredAcceptance { promise(event, facts) } else { Vec::new() },
        signs: signs(kind),
        copies: copies(kind).to_owned(),
    }
}

/// Who filed it in the applicant's stead stands on every paper.
fn helped(facts: &Facts<'_>) -> Option<(String, String)> {
    (!facts.helper.is_empty()).then(|| ("代办".to_owned(), facts.helper.clone()))
}

pub(super) fn day(day: NaiveDate) -> String {
    day.format("%Y年%-m月%-d日").to_string()
}

/// A reason as a worker wrote it, with its full stop.
pub(super) fn ended(text: &str) -> String {
    if text.is_empty() || text.ends_with(['。', '！', '？', '；', '：']) {
        text.to_owned()
    } else {
        format!("{text}。")
    }
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

/// `您于2026年11月23日申请办理“高龄津贴申领”`
fn applied(facts: &Facts<'_>) -> String {
    format!("您于{}申请办理“{}”", day(local_day(facts.case.submitted_at)), facts.item.name)
}

/// `，最晚2026年11月30日`, or nothing while no day is set.
fn at_latest(until: Option<NaiveDate>) -> String {
    until.map(|until| format!("，最晚{}", day(until))).unwrap_or_default()
}

fn receipt(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    vec![
        format!("{}的材料，我单位已于{}收到。", applied(facts), day(local_day(event.at))),
        format!(
            "从收到材料的第二天起5个工作日内{}，会告诉您受理、不予受理，或者一次说清要补什么。\
             到期没有告诉您的，从收到材料那天起就算受理。",
            at_latest(facts.answer_by)
        ),
        "这份回执只说明材料收到了，不表示已经受理。".to_owned(),
    ]
}

fn transfer(facts: &Facts<'_>) -> Vec<String> {
    vec![
        format!(
            "“{}”由{}决定。我单位已经看过原件、核对过身份，现在把申请表和下表材料的电子件移交过去。",
            facts.item.name, facts.decides
        ),
        "纸质材料由我单位保管，不再转手；决定以后由您取回，或者和办理结果一起寄给您。".to_owned(),
        format!("移交不耽误时间：从我单位收到材料算起{}，会告诉您是否受理。", at_latest(facts.answer_by)),
    ]
}

fn accepted(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let complete = if facts.case.corrections > 0 { "补正后材料齐全" } else { "材料齐全" };
    vec![
        format!(
            "{}，{}{complete}，符合规定的形式，我单位决定从{}起受理{}作出决定。",
            applied(facts),
            law(facts.item),
            day(local_day(event.at)),
            at_latest(facts.promised)
        ),
        "听证、鉴定、上门核查、公示等依法不算在时限里的时间，以及需要延长的，会另外书面告诉您。".to_owned(),
    ]
}

/// When what was put off must have come.
pub(super) fn deferred_until(event: &Event) -> Option<NaiveDate> {
    match &event.kind {
        EventKind::Accepted { deferral: Some(deferral), .. } => Some(deferral.due),
        _ => None,
    }
}

fn deferred(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let Some(until) = deferred_until(event) else { return Vec::new() };
    vec![
        format!(
            "{}，{}主要材料齐全，符合规定的形式。按您的承诺，我单位决定从{}起容缺受理{}作出决定。",
            applied(facts),
            law(facts.item),
            day(local_day(event.at)),
            at_latest(facts.promised)
        ),
        format!("下表写明“后补”的材料，请在{}前补交：在手机上交，或者交到任何一个窗口。", day(until)),
        "到期没有补交，或者补交的材料不合要求的，我单位终止办理，由此造成的损失由您承担。\
         因为不可抗力不能按时补交的，请提前告诉我们，可以顺延。"
            .to_owned(),
    ]
}

fn promise(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let Some(until) = deferred_until(event) else { return Vec::new() };
    let missing: Vec<&str> = facts.named.iter().map(|named| named.label.as_str()).collect();
    let mut text = vec![
        format!("办件编号：{}", facts.case_number),
        format!("本人申请办理“{}”，自愿申请容缺受理，承诺如下：", facts.item.name),
        format!("一、本人知道还缺这些材料：{}。", missing.join("、")),
        format!("二、在{}前补交，已交和补交的材料都真实、有效。", day(until)),
        "三、到期没有补交，或者补交的材料不合要求的，同意终止办理，损失自己承担。".to_owned(),
        "四、本人没有失信记录；有过的，已经修复信用。".to_owned(),
    ];
    if facts.by_agent {
        text.push("由代办人签名的，附申请人的授权委托书。".to_owned());
    }
    text
}

fn correction(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::CorrectionAsked { ask, due } = &event.kind else { return Vec::new() };
    let mut text = vec![format!(
        "{}，{}还需要补正下表写明“要补”的内容。我单位一次说全，补好这些就可以。",
        applied(facts),
        law(facts.item)
    )];
    if !ask.reason.is_empty() {
        text.push(ended(&ask.reason));
    }
    text.push(format!(
        "请在{}前补好：在手机上打开“查进度”补，或者到任何一个窗口补。补齐的第二天起重新计算5个工作日。",
        day(*due)
    ));
    let late = match facts.item.procedure.unanswered {
        Unanswered::Withdrawn => "视为撤回申请",
        Unanswered::NotAccepted => "我单位不予受理",
    };
    text.push(format!("到期没有补正的，{late}；材料备齐后可以重新申请。"));
    text
}

fn not_accepted(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::NotAccepted { reason, apply_to } = &event.kind else { return Vec::new() };
    vec![
        format!("{}，{}我单位不予受理。", applied(facts), law(facts.item)),
        format!("理由：{}", why_not_accepted(&ended(reason), apply_to)),
        remedies(facts),
    ]
}

fn suspension(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Suspended { why, days, reason } = &event.kind else { return Vec::new() };
    vec![
        format!("{}，需要进行{}，从{}开始，预计{days}天。", applied(facts), why.name(), day(local_day(event.at))),
        format!("原因：{}", ended(reason)),
        "这段时间不算在办理时限里；结束以后接着计算，并告诉您新的办结日期。".to_owned(),
    ]
}

fn extension(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Extended { days, reason, due } = &event.kind else { return Vec::new() };
    vec![
        format!(
            "{}，不能在原定的时限内作出决定。经本单位负责人批准，办理时限延长{days}个工作日，最晚{}作出决定。",
            applied(facts),
            day(*due)
        ),
        format!("理由：{}", ended(reason)),
        "时限只延长这一次。".to_owned(),
    ]
}

fn grant(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Decided(ruling) = &event.kind else { return Vec::new() };
    let what = facts.item.decision.as_ref().map_or(facts.item.name.as_str(), |decision| decision.name.as_str());
    let mut text = vec![format!("{}，{}经审查符合条件，准予{what}。", applied(facts), law(facts.item))];
    if !ruling.reason.is_empty() {
        text.push(ended(&ruling.reason));
    }
    if let Some(way) = facts.delivery {
        text.push(format!("办理结果在作出决定后10个工作日内，用“{}”的方式送到您手里。", way.name()));
    }
    text.push(remedies(facts));
    text
}

fn denial(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Decided(ruling) = &event.kind else { return Vec::new() };
    vec![
        format!("{}，{}经审查不符合条件，不予批准。", applied(facts), law(facts.item)),
        format!("理由：{}", ended(&ruling.reason)),
        remedies(facts),
    ]
}

fn delivery(event: &Event, facts: &Facts<'_>) -> Vec<String> {
    let EventKind::Delivered { way, .. } = &event.kind else { return Vec::new() };
    vec![format!("{}，办理结果已经用“{}”的方式送达。", applied(facts), way.name())]
}
