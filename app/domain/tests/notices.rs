//! The words of each of the eleven forms. Read the snapshots: they are what stands on paper.

#[path = "support/item.rs"]
mod item;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use domain::cases::{Actor, Case, Channel, CorrectionAsk, Deferral, Event, EventKind, Outcome, Ruling, Terms, fold};
use domain::catalogue::{Delivery, Item, MaterialForm, SuspensionKind, Unanswered};
use domain::forms::Entries;
use domain::notices::{Facts, Handed, Named, Notice, NoticeKind, Wording, compose, notice_number};

fn at() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 2, 0, 0).single().expect("a time")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn event(kind: EventKind) -> Event {
    let by = Actor::Worker { id: "1".to_owned(), name: "王五".to_owned(), office: "210103005".to_owned() };
    Event { at: at(), by, kind }
}

fn case() -> Case {
    let submitted = Event { at: at(), by: Actor::Resident, kind: EventKind::Submitted { channel: Channel::Phone } };
    fold(&[submitted]).expect("a case")
}

fn item() -> Item {
    let mut item = item::whole_item();
    item.name = "高龄津贴申领".to_owned();
    item.laws = vec!["《中华人民共和国老年人权益保障法》第三十三条".to_owned()];
    item
}

fn facts<'a>(item: &'a Item, case: &'a Case) -> Facts<'a> {
    let handed = |name: &str, files, form| Handed { name: name.to_owned(), files, form };
    Facts {
        item,
        case,
        case_number: "210103-MZ99-20261123-00001-K",
        office: "铁西区工人村街道办事处",
        decides: "沈河区滨河街道办事处",
        contact: ("李四".to_owned(), "13800138000".to_owned()),
        by_agent: true,
        helper: String::new(),
        materials: vec![
            handed("身份证", 2, MaterialForm::Either),
            handed("委托书", 1, MaterialForm::Paper),
            handed("照片", 1, MaterialForm::Electronic),
        ],
        named: Vec::new(),
        granted: vec![("每月发多少".to_owned(), "200 元".to_owned())],
        remedy: "沈河区人民政府",
        answer_by: Some(date("2026-11-30")),
        promised: Some(date("2026-11-30")),
        delivery: Some(Delivery::Post),
        decided: Some("准予决定书 沈河民准字〔2026〕第00045号".to_owned()),
    }
}

fn named(label: &str, why: &str, form: Option<MaterialForm>) -> Named {
    Named { label: label.to_owned(), why: why.to_owned(), form }
}

fn terms() -> Terms {
    Terms { promised: 5, legal: Some(20), ..Terms::default() }
}

fn accepted(deferral: Option<Deferral>) -> EventKind {
    EventKind::Accepted { due: date("2026-11-30"), terms: terms(), deferral }
}

fn ruling(outcome: Outcome, reason: &str) -> EventKind {
    EventKind::Decided(Ruling { outcome, reason: reason.to_owned(), data: Entries::default() })
}

/// The whole paper as lines.
fn text(wording: &Wording) -> String {
    let facts = wording.facts.iter().map(|(label, value)| format!("| {label} | {value} |"));
    let promise = wording.promise.iter().map(|text| format!("> {text}"));
    let signs = wording.signs.iter().map(|who| format!("{who}："));
    let lines = wording.paragraphs.iter().cloned().chain(facts).chain(signs).chain(promise);
    lines.chain([wording.copies.clone()]).collect::<Vec<_>>().join("\n")
}

/// Each kind with the event that it announces, and what the event names.
fn examples() -> Vec<(NoticeKind, EventKind, Vec<Named>)> {
    let reason = "户口已经迁到和平区".to_owned();
    let later = Deferral { fields: vec!["file_later".to_owned()], due: date("2026-11-27") };
    let ask = CorrectionAsk {
        fields: vec!["account_number".to_owned(), "file_card".to_owned()],
        reason: "卡号和卡面对不上。".to_owned(),
        ..CorrectionAsk::default()
    };
    let asked = vec![named("银行卡号", "请对照卡面重新填写", None), named("银行卡", "", Some(MaterialForm::Either))];
    let (days, due) = (10, date("2026-12-14"));
    let (way, note) = (Delivery::Post, "EMS 1234567890".to_owned());
    let suspended =
        EventKind::Suspended { why: SuspensionKind::Inspection, days: 7, reason: "要上门看看".to_owned() };
    vec![
        (NoticeKind::Receipt, EventKind::Received, Vec::new()),
        (NoticeKind::Transfer, EventKind::HandedOver, Vec::new()),
        (NoticeKind::Acceptance, accepted(None), Vec::new()),
        (NoticeKind::DeferredAcceptance, accepted(Some(later)), vec![named("次要材料", "", Some(MaterialForm::Paper))]),
        (NoticeKind::Correction, EventKind::CorrectionAsked { ask, due: date("2026-12-14") }, asked),
        (
            NoticeKind::NonAcceptance,
            EventKind::NotAccepted { reason, apply_to: "和平区马路湾街道办事处".to_owned() },
            Vec::new(),
        ),
        (NoticeKind::Suspension, suspended, Vec::new()),
        (NoticeKind::Extension, EventKind::Extended { days, reason: "案情复杂".to_owned(), due }, Vec::new()),
        (NoticeKind::Grant, ruling(Outcome::Approved, "从下个月起发放。"), Vec::new()),
        (NoticeKind::Denial, ruling(Outcome::Denied, "还没有满80周岁。"), Vec::new()),
        (NoticeKind::Delivery, EventKind::Delivered { way, note }, Vec::new()),
    ]
}

#[test]
fn every_kind_says_what_it_must() {
    let (item, case) = (item(), case());
    let examples = examples();
    assert_eq!(examples.iter().map(|(kind, ..)| *kind).collect::<Vec<_>>(), NoticeKind::ALL);
    for (kind, what, named) in examples {
        let wording = compose(kind, &event(what), &Facts { named, ..facts(&item, &case) });
        insta::assert_snapshot!(kind.key(), text(&wording));
    }
}

#[test]
fn what_becomes_of_an_unanswered_correction_follows_the_item() {
    let (mut item, case) = (item(), case());
    let ask = CorrectionAsk { fields: vec!["a".to_owned()], ..CorrectionAsk::default() };
    let asked = event(EventKind::CorrectionAsked { ask, due: date("2026-12-14") });
    let says =
        |item: &Item, words: &str| text(&compose(NoticeKind::Correction, &asked, &facts(item, &case))).contains(words);
    assert!(says(&item, "视为撤回申请") && !says(&item, "不予受理"));
    item.procedure.unanswered = Unanswered::NotAccepted;
    assert!(says(&item, "不予受理") && !says(&item, "视为撤回申请"));
}

/// What the letter brings is the refusal, and nothing else.
#[test]
fn who_was_refused_is_not_told_that_the_result_was_delivered() {
    let (item, granted) = (item(), case());
    let what = EventKind::Delivered { way: Delivery::Post, note: String::new() };
    let refused = Ruling { outcome: Outcome::Denied, reason: String::new(), data: Entries::default() };
    let denied = Case { ruling: Some(refused), ..granted.clone() };
    let delivered = event(what);
    let content = |case| compose(NoticeKind::Delivery, &delivered, &facts(&item, case)).facts;
    let has = |case, label: &str| content(case).iter().any(|(known, _)| known == label);
    assert!(has(&granted, "送达的内容") && has(&granted, "送达的文书"));
    assert!(!has(&denied, "送达的内容") && has(&denied, "送达的文书"));
}

#[test]
fn what_is_missing_leaves_no_hole() {
    let (mut item, case) = (item(), case());
    item.laws.clear();
    let bare = Facts {
        contact: (String::new(), String::new()),
        by_agent: false,
        helper: String::new(),
        materials: Vec::new(),
        answer_by: None,
        promised: None,
        delivery: None,
        ..facts(&item, &case)
    };
    for (kind, what, _) in examples() {
        let what = match what {
            EventKind::NotAccepted { reason, .. } => EventKind::NotAccepted { reason, apply_to: String::new() },
            what => what,
        };
        let text = text(&compose(kind, &event(what), &bare));
        for hole in ["，，", "，。", "请向申请", "依据", "| |", "联系", "授权委托书"] {
            assert!(!text.contains(hole), "{kind:?}: {hole} in {text}");
        }
    }
}

#[test]
fn anybody_sees_neither_name_nor_phone() {
    let (item, case) = (item(), case());
    for (kind, what, named) in examples() {
        let Wording { paragraphs, facts, promise, signs, copies } =
            compose(kind, &event(what), &Facts { named, ..facts(&item, &case) });
        let mut notice = Notice {
            kind,
            number: notice_number(kind, "沈河", "民", 2026, 123),
            case_number: "210103-MZ99-20261123-00001-K".to_owned(),
            to: "张小三".to_owned(),
            item: item.name.clone(),
            paragraphs,
            facts,
            promise,
            signs,
            office: "沈河区滨河街道办事处".to_owned(),
            day: date("2026-11-23"),
            copies,
            code: "ABCDEFGHJKLM".to_owned(),
        };
        notice.paragraphs.push("张小三本人不在。".to_owned());
        if notice.facts.iter().any(|(label, _)| label == "联系人") {
            notice.paragraphs.push("由李四（13800138000）代交。".to_owned());
        }
        notice.facts.push(("发给谁".to_owned(), "张小三".to_owned()));
        let shown = serde_json::to_string(&notice.masked()).expect("JSON");
        for private in ["张小三", "李四", "13800138000", "EMS"] {
            assert!(!shown.contains(private), "{kind:?}: {shown}");
        }
        assert!(shown.contains("张*三"));
    }
}

#[test]
fn a_number_is_place_department_nature_year_and_serial() {
    assert_eq!(notice_number(NoticeKind::Acceptance, "沈河", "民", 2026, 123), "沈河民受字〔2026〕第00123号");
}
