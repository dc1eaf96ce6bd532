//! The table of a notice, who signs it, and where its copies go.

use super::compose::{Facts, Handed, day, deferred_until, ended};
use super::kind::NoticeKind;
use crate::cases::{Event, EventKind, Outcome, local_day};
use crate::catalogue::MaterialForm;

type Row = (String, String);

fn row(label: &str, value: impl Into<String>) -> Row {
    (label.to_owned(), value.into())
}

const CONTACT: &str = "联系人";
const CONTACT_PHONE: &str = "联系电话";

/// What [`super::Notice::masked`] leaves out.
pub(super) fn is_private(label: &str) -> bool {
    is_contact(label) || label.starts_with("签收")
}

pub(super) fn is_contact(label: &str) -> bool {
    [CONTACT, CONTACT_PHONE].contains(&label)
}

pub(super) fn table(kind: NoticeKind, event: &Event, facts: &Facts<'_>) -> Vec<Row> {
    let mut rows = vec![row("办件编号", facts.case_number)];
    match kind {
        NoticeKind::Receipt => {
            rows.extend(handed(&facts.materials, received));
            rows.push(row("由谁决定", facts.decides));
            rows.extend(contact(facts));
        }
        NoticeKind::Transfer => {
            rows.push(row("移出单位", facts.office));
            rows.push(row("移入单位", facts.decides));
            rows.push(row("移交日期", day(local_day(event.at))));
            rows.extend(handed(&facts.materials, moved));
            rows.extend(contact(facts));
        }
        NoticeKind::Acceptance | NoticeKind::DeferredAcceptance => rows.extend(acceptance(event, facts)),
        NoticeKind::Correction => {
            for named in &facts.named {
                let how = named.form.map_or("在手机上改填，或者到窗口改填", how);
                rows.push(row(&format!("要补：{}", named.label), format!("{}{how}。", ended(&named.why))));
            }
        }
        NoticeKind::Grant => rows.extend(facts.granted.iter().cloned()),
        NoticeKind::Suspension => rows.extend(basis(facts)),
        NoticeKind::Extension => {
            if let EventKind::Extended { due, .. } = &event.kind {
                rows.push(row("新的办结日期", day(*due)));
            }
            rows.extend(basis(facts));
        }
        NoticeKind::Delivery => rows.extend(delivered(event, facts)),
        NoticeKind::NonAcceptance | NoticeKind::Denial => {}
    }
    rows.push(row("咨询电话", facts.item.department.contact().ask));
    rows
}

fn acceptance(event: &Event, facts: &Facts<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    if let EventKind::Accepted { terms, due, .. } = &event.kind {
        let counted = if terms.promised == 0 {
            "当场".to_owned()
        } else {
            format!("受理后{}{}", terms.promised, terms.promised_unit.name())
        };
        rows.push(row("作出决定的日期", format!("最晚{}（{counted}）", day(*due))));
        rows.extend(terms.legal.map(|days| row("法定期限", format!("受理后{days}{}", terms.legal_unit.name()))));
    }
    rows.push(row("收费", facts.item.fee.as_str()));
    rows.extend(contact(facts));
    if let Some(until) = deferred_until(event) {
        let text = |form| format!("{}，{}前补交", how(form), day(until));
        let later = |named: &super::compose::Named| {
            row(&format!("后补：{}", named.label), text(named.form.unwrap_or_default()))
        };
        rows.extend(facts.named.iter().map(later));
    }
    rows
}

/// Where the text itself names no law: what the item rests on.
fn basis(facts: &Facts<'_>) -> Option<Row> {
    let laws = facts.item.laws.join("、");
    (!laws.is_empty()).then(|| row("事项依据", laws))
}

fn delivered(event: &Event, facts: &Facts<'_>) -> Vec<Row> {
    let EventKind::Delivered { way, note } = &event.kind else { return Vec::new() };
    let mut rows: Vec<Row> = facts.decided.iter().map(|decided| row("送达的文书", decided.as_str())).collect();
    // Who was refused gets the decision alone.
    if facts.case.ruling.as_ref().is_none_or(|ruling| ruling.outcome == Outcome::Approved) {
        let decision = facts.item.decision.as_ref();
        rows.push(row("送达的内容", decision.map_or(&facts.item.result, |decision| &decision.name)));
    }
    rows.push(row("送达方式", way.name()));
    rows.push(row("送达日期", day(local_day(event.at))));
    if !note.is_empty() {
        rows.push(row("签收人或邮件号", note.as_str()));
    }
    rows
}

fn contact(facts: &Facts<'_>) -> Vec<Row> {
    let (name, phone) = &facts.contact;
    [(CONTACT, name), (CONTACT_PHONE, phone)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(label, value)| row(label, value.as_str()))
        .collect()
}

/// A row for each material, or one that says that there is none.
fn handed(materials: &[Handed], text: impl Fn(&Handed) -> String) -> Vec<Row> {
    if materials.is_empty() {
        return vec![row("材料", "申请表（网上填写）")];
    }
    (1..)
        .zip(materials)
        .map(|(n, one): (usize, _)| row(&format!("材料{n}"), format!("{}：{}", one.name, text(one))))
        .collect()
}

fn received(one: &Handed) -> String {
    if one.files == 0 { "看过原件".to_owned() } else { format!("{}个文件", one.files) }
}

fn moved(one: &Handed) -> String {
    if one.files == 0 {
        return "看过原件，纸质件留在移出单位".to_owned();
    }
    let paper = match one.form {
        MaterialForm::Electronic => "",
        MaterialForm::Paper => "，纸质件留在移出单位",
        MaterialForm::Either => "，交了纸质件的留在移出单位",
    };
    format!("{}个文件，电子件移交{paper}", one.files)
}

/// In which form a material is to come.
fn how(form: MaterialForm) -> &'static str {
    match form {
        MaterialForm::Paper => "交纸质件",
        MaterialForm::Electronic => "交电子件",
        MaterialForm::Either => "交照片、电子件或者纸质件都可以",
    }
}

pub(super) fn signs(kind: NoticeKind) -> Vec<String> {
    let who: &[&str] = match kind {
        NoticeKind::Receipt => &["收件人（签名）", "申请人（签名）"],
        NoticeKind::Transfer => &["移出人（签名）", "移入人（签名）"],
        NoticeKind::Delivery => &["送达人（签名）", "签收人（签名）"],
        _ => &["申请人（签收）"],
    };
    who.iter().map(|who| (*who).to_owned()).collect()
}

/// Where somebody signs by hand, and dates it.
pub fn sign_line(who: &str) -> String {
    format!("{who}：________________　____年____月____日")
}

pub(super) fn copies(kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Transfer => "一式三份：移出单位、移入单位、申请人各一份。",
        NoticeKind::DeferredAcceptance => "一式两份：一份交申请人，一份连同承诺书存档。",
        _ => "一式两份：一份交申请人，一份存档。",
    }
}
