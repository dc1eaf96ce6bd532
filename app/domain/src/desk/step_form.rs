//! What a worker fills in for a step, as a form like any other; and the action that it makes.

use chrono::NaiveDate;

use crate::cases::{Action, Case, CorrectionAsk, EndCause, Objections, Outcome, Ruling, Step};
use crate::catalogue::{Delivery, Item, Necessity, SuspensionKind};
use crate::forms::{Choice, Condition, Definition, Entries, Field, FieldTest, Kind, Page, shown};

/// The key of the field in which what is to be corrected, or may follow, is ticked.
pub const TICKED: &str = "field";

/// The key of the field in which a usual reason for a refusal is chosen.
const USUAL_REASON: &str = "usual_reason";

/// Longest reason, in characters.
const REASON_MAX: usize = 1_000;

fn field(key: &str, label: &str, kind: Kind) -> Field {
    let (key, label, hint) = (key.to_owned(), label.to_owned(), String::new());
    Field {
        key,
        label,
        hint,
        kind,
        optional: false,
        required_when: None,
        when: None,
        rules: Vec::new(),
        sensitive: None,
    }
}

fn long(key: &str, label: &str, hint: &str) -> Field {
    Field { hint: hint.to_owned(), ..field(key, label, Kind::LongText { max: REASON_MAX }) }
}

fn optional(field: Field) -> Field {
    Field { optional: true, ..field }
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned(), hint: String::new() }
}

fn one_of(key: &str, label: &str, options: Vec<Choice>) -> Field {
    field(key, label, Kind::OneOf { options })
}

fn whole(key: &str, label: &str, max: i64, unit: &str) -> Field {
    field(key, label, Kind::WholeNumber { min: 1, max, unit: unit.to_owned() })
}

fn agrees() -> Field {
    one_of("agrees", "结论", vec![choice("yes", "同意（符合条件）"), choice("no", "不同意（不符合条件）")])
}

fn when_is(key: &str, value: &str) -> Option<Condition> {
    let (field, is) = (key.to_owned(), Some(value.to_owned()));
    Some(Condition::Field(FieldTest { field, is, ..FieldTest::default() }))
}

/// The form of a step on a case. Empty: a button alone.
///
/// `choices`: values and names to choose from, where they depend on more than the item: offices, or the materials that
/// may follow (see [`may_follow`]).
pub fn step_form(step: Step, case: &Case, item: &Item, choices: &[(String, String)]) -> Definition {
    let offered = || choices.iter().map(|(value, name)| choice(value, name)).collect();
    let fields = match step {
        Step::AskCorrection => vec![correction_reason(case)],
        Step::Accept => deferral(offered()).into_iter().collect(),
        Step::RefuseAcceptance => {
            let elsewhere = field("apply_to", "应向哪个机关申请", Kind::ShortText { max: 60 });
            let hint = "不归本机关办的，写清楚归谁办，例如“和平区医疗保障局”。".to_owned();
            vec![long("reason", "不予受理的理由", "申请人会看到。请写明依据。"), Field { hint, ..optional(elsewhere) }]
        }
        Step::Suspend => vec![
            one_of("why", "做什么特别程序", suspensions(item)),
            whole("days", "预计要多少天", 90, "天"),
            long("reason", "为什么要做", "申请人会收到告知书。"),
        ],
        Step::Resume => vec![long("result", "特别程序的结果", "申请人会看到。")],
        Step::Extend => vec![
            whole("days", "延长多少个工作日", 10, "个工作日"),
            long("reason", "延长的理由", "负责人批准后，申请人会收到通知书。"),
        ],
        Step::Visit => vec![
            field("day", "哪天上门", Kind::Date { past: true, future: false }),
            field("visitors", "谁去的（至少两个人）", Kind::ShortText { max: 60 }),
            long("findings", "看到的情况", "只有工作人员看得到。"),
            agrees(),
        ],
        Step::AskOpinion => vec![
            one_of("office", "向谁征求意见", offered()),
            long("question", "想问什么", "对方能看到这个办件的内容，5个工作日内答复。"),
        ],
        Step::GiveOpinion => vec![long("text", "答复意见", ""), agrees()],
        Step::Announce => vec![long(
            "text",
            "公示的内容",
            "只写能区分同名同姓所必需的，不写身份证号、住址、病情和孩子的名字。姓名由系统遮一个字。",
        )],
        Step::Review => vec![long("opinion", "审查意见", "只有工作人员看得到。"), agrees()],
        Step::RefuseApproval => vec![long("reason", "退回的理由", "经办人会看到。")],
        Step::Decide | Step::Complete => ruling(item),
        Step::Deliver => vec![
            one_of("way", "怎么送的", Delivery::ALL.iter().map(|way| choice(way.key(), way.name())).collect()),
            optional(field("note", "签收人或邮件号", Kind::ShortText { max: 60 })),
        ],
        Step::CheckPromise => vec![
            one_of("kept", "核查结果", vec![choice("yes", "和承诺一致"), choice("no", "和承诺不一致")]),
            long("findings", "怎么核查的", "只有工作人员看得到。不一致的，按规定撤销决定。"),
        ],
        Step::Reroute => {
            vec![one_of("to", "转到哪里", offered()), long("reason", "为什么转", "申请人和对方都会看到。")]
        }
        Step::End => vec![
            one_of(
                "cause",
                "为什么终止",
                [EndCause::Died, EndCause::FalseMaterials, EndCause::Duplicate]
                    .iter()
                    .map(|cause| choice(cause.key(), cause.name()))
                    .collect(),
            ),
            long("reason", "具体情况", "申请人会看到。"),
        ],
        _ => Vec::new(),
    };
    let (key, title) = ("step".to_owned(), step.name().to_owned());
    let page = Page { key, title, intro: String::new(), when: None, fields };
    Definition { pages: if page.fields.is_empty() { Vec::new() } else { vec![page] } }
}

/// Reasons that the item has ready make the common one unnecessary, except when the head is asked for a second round.
fn correction_reason(case: &Case) -> Field {
    if case.corrections > 0 {
        return long("reason", "为什么要再补一次", "要负责人批准。材料本应一次说全，请写明理由，申请人会看到。");
    }
    optional(long(
        "reason",
        "要补什么、怎么补",
        "勾选的内容旁边有现成说法的，可以不写。申请人会看到，请写得让人一看就懂。",
    ))
}

/// The materials of a case that may follow (容缺): those that its answers ask for. Their paths and names. `day`: that of
/// application.
pub fn may_follow(item: &Item, answers: &Entries, day: NaiveDate) -> Vec<(String, String)> {
    if item.promised_days == 0 {
        return Vec::new();
    }
    let definition = item.definition();
    let (list, _) = shown(&definition, answers, day);
    let one = |path: &str, field: &Field| {
        let Kind::Material { material, .. } = &field.kind else { return None };
        let found = item.materials.iter().find(|m| m.key == *material && m.necessity == Necessity::Deferrable)?;
        Some((path.to_owned(), found.name.clone()))
    };
    list.iter().filter_map(|one_of| one(&one_of.path, one_of.field)).collect()
}

/// Materials that may follow, to tick.
fn deferral(options: Vec<Choice>) -> Option<Field> {
    if options.is_empty() {
        return None;
    }
    let hint = "申请人书面承诺后补的，才勾选。缺的是这些以外的，请要求补正。".to_owned();
    Some(Field { hint, ..optional(field(TICKED, "容缺后补的材料", Kind::SeveralOf { options })) })
}

fn suspensions(item: &Item) -> Vec<Choice> {
    let own = &item.procedure.suspensions;
    let kinds = if own.is_empty() { SuspensionKind::ALL.to_vec() } else { own.clone() };
    kinds.into_iter().map(|kind| choice(kind.key(), kind.name())).collect()
}

/// The outcome, what the item wants laid down when it grants, and the reason.
fn ruling(item: &Item) -> Vec<Field> {
    let outcomes = vec![choice("approved", "批准"), choice("denied", "不批准")];
    let mut fields = vec![one_of("outcome", "决定", outcomes)];
    let wanted = item.decision.iter().flat_map(|decision| decision.fields.clone());
    fields.extend(wanted.map(|field| {
        let asked = match field.when {
            Some(when) => Condition::All { all: when_is("outcome", "approved").into_iter().chain([when]).collect() },
            None => return Field { when: when_is("outcome", "approved"), ..field },
        };
        Field { when: Some(asked), ..field }
    }));
    let usual = item.decision.as_ref().map(|decision| decision.refusals.as_slice()).unwrap_or_default();
    if usual.len() > 1 {
        let options = (1..).zip(usual).map(|(number, text): (usize, _)| choice(&number.to_string(), text)).collect();
        let ready = optional(one_of(USUAL_REASON, "常见的理由", options));
        fields.push(Field { when: when_is("outcome", "denied"), ..ready });
    }
    let mut reason = long("reason", "理由", "申请人会看到。批准可以不写；不批准的，选了常见的理由就可以不写。");
    reason.optional = true;
    let none_chosen = FieldTest { field: USUAL_REASON.to_owned(), filled: Some(false), ..FieldTest::default() };
    let denied = when_is("outcome", "denied");
    reason.required_when = if usual.len() > 1 {
        Some(Condition::All { all: denied.into_iter().chain([Condition::Field(none_chosen)]).collect() })
    } else {
        denied
    };
    fields.push(reason);
    fields
}

/// The action of a step with the answers of its form, which have passed its check.
///
/// `common`: see [`Action::Reroute`]. None for steps that are nobody's at the desk.
pub fn step_action(step: Step, answers: &Entries, item: &Item, common: &str) -> Option<Action> {
    let text = |key: &str| answers.get(key).to_owned();
    let yes = |key: &str| answers.get(key) == "yes";
    let days = || answers.get("days").parse().unwrap_or(0);
    Some(match step {
        Step::Receive => Action::Receive,
        Step::HandOver => Action::HandOver,
        Step::AskCorrection => Action::AskCorrection(CorrectionAsk {
            fields: answers.all(TICKED).to_vec(),
            reasons: ready_reasons(item, answers.all(TICKED)),
            reason: text("reason"),
        }),
        Step::Accept => Action::Accept { deferred: answers.all(TICKED).to_vec() },
        Step::RefuseAcceptance => Action::RefuseAcceptance { reason: text("reason"), apply_to: text("apply_to") },
        Step::StartReview => Action::StartReview,
        Step::Suspend => {
            Action::Suspend { why: SuspensionKind::from_key(&text("why"))?, days: days(), reason: text("reason") }
        }
        Step::Resume => Action::Resume { result: text("result") },
        Step::Extend => Action::Extend { days: days(), reason: text("reason") },
        Step::Visit => Action::Visit {
            day: text("day").parse::<NaiveDate>().ok()?,
            visitors: text("visitors"),
            findings: text("findings"),
            agrees: yes("agrees"),
        },
        Step::AskOpinion => Action::AskOpinion { office: text("office"), question: text("question") },
        Step::GiveOpinion => Action::GiveOpinion { text: text("text"), agrees: yes("agrees") },
        Step::Announce => Action::Announce { text: text("text") },
        Step::EndAnnouncement => Action::EndAnnouncement { objections: Objections::default() },
        Step::Review => Action::Review { agrees: yes("agrees"), opinion: text("opinion") },
        Step::Approve => Action::Approve,
        Step::RefuseApproval => Action::RefuseApproval { reason: text("reason") },
        Step::Decide => Action::Decide(rule(answers, item)),
        Step::Complete => Action::Complete(rule(answers, item)),
        Step::Close => Action::Close,
        Step::Deliver => Action::Deliver { way: Delivery::from_key(&text("way"))?, note: text("note") },
        Step::AnswerDeferral => Action::AnswerDeferral,
        Step::CheckPromise => Action::CheckPromise { kept: yes("kept"), findings: text("findings") },
        Step::Reroute => Action::Reroute { to: text("to"), common: common.to_owned(), reason: text("reason") },
        Step::End => Action::End { cause: EndCause::from_key(&text("cause"))?, reason: text("reason") },
        Step::AnswerCorrection | Step::LapseCorrection | Step::DeemAccepted | Step::LapseDeferral | Step::Withdraw => {
            return None;
        }
    })
}

/// The reasons that the item has ready for what was ticked.
fn ready_reasons(item: &Item, ticked: &[String]) -> std::collections::BTreeMap<String, String> {
    let of = |path: &String| {
        let key = path.split('.').next().unwrap_or(path);
        let ready = item.corrections.iter().find(|template| template.field == key)?;
        Some((path.clone(), ready.text.clone()))
    };
    ticked.iter().filter_map(of).collect()
}

fn rule(answers: &Entries, item: &Item) -> Ruling {
    let outcome = if answers.get("outcome") == "approved" { Outcome::Approved } else { Outcome::Denied };
    let mut data = Entries::default();
    for field in item.decision.iter().flat_map(|decision| &decision.fields) {
        data.take_from(answers, &field.key);
    }
    let usual = item.decision.as_ref().map(|decision| decision.refusals.as_slice()).unwrap_or_default();
    let chosen = answers.get(USUAL_REASON).parse::<usize>().ok().and_then(|number| usual.get(number.checked_sub(1)?));
    let reason = match chosen.filter(|_| outcome == Outcome::Denied) {
        Some(text) => format!("{text}\n{}", answers.get("reason")).trim_end().to_owned(),
        None => answers.get("reason").to_owned(),
    };
    Ruling { outcome, reason, data }
}
