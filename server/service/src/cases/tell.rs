//! What happened, who has it, until when: in plain words.

use chrono::NaiveDate;
use chrono::SecondsFormat;
use domain::cases::{
    Actor, Channel, Due, Event, EventKind, Outcome, Request, Ruling, TimelineEntry, local_day, why_not_accepted,
};
use domain::forms::outline;

use super::record::Record;
use crate::service::Service;
use crate::words;

/// The events in words, the last first. `helper`: who filed it in the applicant's stead. Residents see offices, workers see names too.
pub(crate) fn timeline(service: &Service, record: &Record, helper: &str, for_worker: bool) -> Vec<TimelineEntry> {
    let entry = |event: &Event| {
        let (title, mut text) = tell(service, event);
        if !helper.is_empty() && matches!(event.kind, EventKind::Submitted { .. }) {
            text = format!("{text}{helper}。");
        }
        if for_worker && let Some(more) = tell_workers(event) {
            text = format!("{text}\n{more}").trim().to_owned();
        }
        TimelineEntry {
            title,
            text,
            time: words::time(event.at),
            datetime: event.at.to_rfc3339_opts(SecondsFormat::Secs, true),
            who: who(service, &event.by, for_worker),
        }
    };
    record.events.iter().rev().map(entry).collect()
}

fn who(service: &Service, by: &Actor, for_worker: bool) -> String {
    match by {
        Actor::Resident => "申请人".to_owned(),
        Actor::System => "系统".to_owned(),
        Actor::Worker { name, office, .. } if for_worker => format!("{} {name}", service.areas.office_name(office)),
        Actor::Worker { office, .. } => service.areas.office_name(office),
    }
}

fn tell(service: &Service, event: &Event) -> (String, String) {
    let today = service.today();
    let day = |day| words::short_day(day, today);
    let office = |code: &str| service.areas.office_name(code);
    let (title, text) = match &event.kind {
        EventKind::Submitted { channel } => (
            "已提交",
            match channel {
                Channel::Phone => "申请人在网上提交了申请。".to_owned(),
                Channel::Window => "窗口工作人员当面帮申请人提交了申请。".to_owned(),
                Channel::Kiosk => "申请人在自助机上提交了申请。".to_owned(),
            },
        ),
        EventKind::Received => ("已收件", "收到了申请，5个工作日内答复。".to_owned()),
        EventKind::HandedOver => ("已移交", "材料转给了决定这件事的单位，原件由收件窗口保管。".to_owned()),
        EventKind::CorrectionAsked { ask, due } => {
            ("需要补正", format!("{}（请在{}前补好）", ask.reason, day(*due)).trim_start().to_owned())
        }
        EventKind::CorrectionAnswered => ("补正已提交", "申请人补好了材料，受理单位重新看。".to_owned()),
        EventKind::Accepted { due, deferral: Some(deferral), .. } => {
            ("容缺受理", format!("先受理，最晚{}作出决定。还差的材料请在{}前补交。", day(*due), day(deferral.due)))
        }
        EventKind::Accepted { due, .. } => ("已受理", format!("申请正式受理，最晚{}作出决定。", day(*due))),
        EventKind::DeemedAccepted { due, .. } => {
            ("视为受理", format!("受理单位没有按时答复，依法从收件那天起算作已受理，最晚{}作出决定。", day(*due)))
        }
        EventKind::NotAccepted { reason, apply_to } => ("不予受理", why_not_accepted(reason, apply_to)),
        EventKind::ReviewStarted => ("开始审查", "工作人员正在核对情况。".to_owned()),
        EventKind::Decided(Ruling { outcome: Outcome::Approved, reason, .. }) => {
            ("决定：批准", if reason.is_empty() { "申请符合条件，予以批准。".to_owned() } else { reason.clone() })
        }
        EventKind::Decided(ruling) => ("决定：不批准", ruling.reason.clone()),
        EventKind::Closed => ("已办结", "这件事办完了，结果准备好了。".to_owned()),
        EventKind::Delivered { way, .. } => ("已送达", format!("结果已经给您（{}）。", way.name())),
        EventKind::Withdrawn { reason } if reason.is_empty() => ("已撤回", "申请人撤回了申请。".to_owned()),
        EventKind::Withdrawn { reason } => ("已撤回", format!("申请人撤回了申请：{reason}")),
        EventKind::Ended { cause, reason } => ("已终止", format!("{}：{reason}", cause.name())),
        EventKind::Rerouted { to, reason, escalated, .. } => {
            (if *escalated { "转给上级协调" } else { "转办" }, format!("转到{}，因为：{reason}", office(to)))
        }
        kind => tell_review(kind, &day, &office),
    };
    (title.to_owned(), text)
}

/// What happens between acceptance and decision.
fn tell_review(
    kind: &EventKind,
    day: &dyn Fn(NaiveDate) -> String,
    office: &dyn Fn(&str) -> String,
) -> (&'static str, String) {
    match kind {
        EventKind::Suspended { why, days, reason } => {
            ("停表", format!("要进行{}，预计{days}天，这段时间不算在办理时间里。{reason}", why.name()))
        }
        EventKind::Resumed { result } => ("恢复计时", result.clone()),
        EventKind::Extended { days, reason, due } => {
            ("延长期限", format!("办理时间延长{days}个工作日，最晚{}作出决定。{reason}", day(*due)))
        }
        EventKind::VisitRecorded { day: on, .. } => ("入户调查", format!("{}工作人员上门看过了。", day(*on))),
        EventKind::OpinionAsked { office: asked, due, .. } => {
            ("征求意见", format!("请{}提意见，{}前答复。", office(asked), day(*due)))
        }
        EventKind::OpinionGiven { office: asked, .. } => ("意见已答复", format!("{}已经答复。", office(asked))),
        EventKind::AnnouncementStarted { until, .. } => {
            ("开始公示", format!("公示到{}，听取邻居的意见。", day(*until)))
        }
        EventKind::AnnouncementEnded { objections: 0, .. } => ("公示结束", "没有人提出异议。".to_owned()),
        EventKind::AnnouncementEnded { objections, upheld: 0 } => {
            ("公示结束", format!("收到{objections}条异议，查过了，都不成立。"))
        }
        EventKind::AnnouncementEnded { objections, upheld } => {
            ("公示结束", format!("收到{objections}条异议，其中{upheld}条成立。核查清楚后要重新公示。"))
        }
        EventKind::Reviewed { .. } => ("审查意见", "一位工作人员写好了审查意见。".to_owned()),
        EventKind::ApprovalAsked { .. } => ("报负责人批准", "经办人已经报给负责人。".to_owned()),
        EventKind::ApprovalGiven => ("负责人已批准", String::new()),
        EventKind::ApprovalRefused { .. } => ("负责人退回", "请经办人再看一看。".to_owned()),
        EventKind::DeferralAnswered => ("后补材料已交", "承诺后补的材料已经交齐。".to_owned()),
        EventKind::PromiseChecked { kept: true, .. } => ("承诺核查", "核查过了，和承诺的一致。".to_owned()),
        EventKind::PromiseChecked { .. } => ("承诺核查", "核查发现和承诺的不一致。".to_owned()),
        EventKind::DueMoved { to, why, .. } => ("期限有变", format!("{why}，最晚{}作出决定。", day(*to))),
        _ => ("", String::new()),
    }
}

/// What only workers are told of an event: findings, opinions, requests.
fn tell_workers(event: &Event) -> Option<String> {
    let agree = |agrees: bool| if agrees { "同意" } else { "不同意" };
    Some(match &event.kind {
        EventKind::VisitRecorded { visitors, findings, agrees, .. } => {
            format!("{visitors}上门。{findings}（{}）", agree(*agrees))
        }
        EventKind::OpinionAsked { question, .. } => question.clone(),
        EventKind::OpinionGiven { text, agrees, .. } => format!("{text}（{}）", agree(*agrees)),
        EventKind::Reviewed { agrees, opinion } => format!("{opinion}（{}）", agree(*agrees)),
        EventKind::ApprovalAsked { request } => match request {
            Request::Correction(ask) => format!("再次要求补正：{}", ask.reason),
            Request::Extension { days, reason } => format!("延长{days}个工作日：{reason}"),
            Request::Decision(ruling) => {
                let outcome = if ruling.outcome == Outcome::Approved { "批准" } else { "不批准" };
                format!("拟决定：{outcome}。{}", ruling.reason)
            }
        },
        EventKind::ApprovalRefused { reason } => reason.clone(),
        EventKind::PromiseChecked { findings, .. } => findings.clone(),
        EventKind::Delivered { note, .. } if !note.is_empty() => note.clone(),
        _ => return None,
    })
}

/// Until when what is due; empty when nothing is.
pub(crate) fn until(service: &Service, due: Due) -> String {
    let today = service.today();
    let day = |day| words::short_day(day, today);
    match due {
        Due::Receive(d) => format!("最晚{}收件", day(d)),
        Due::Notice(d) => format!("最晚{}答复是否受理", day(d)),
        Due::Correction(d) => format!("请在{}前补好", day(d)),
        Due::HandOver(d) => format!("最晚{}移交", day(d)),
        Due::Decision(d) => format!("最晚{}作出决定", day(d)),
        Due::Standing(left) => format!("计时停着，恢复后还有{left}天作出决定"),
        Due::Delivery(d) => format!("最晚{}送达", day(d)),
        Due::Nothing => String::new(),
    }
}

/// Working days that are left; negative when the day has passed.
pub(crate) fn days_left(service: &Service, due: Due) -> Option<i64> {
    due.day().map(|day| service.areas.calendar.between(service.today(), day))
}

/// The labels of fields by their paths, for lists of what to correct.
pub(crate) fn labels(service: &Service, record: &Record, paths: &[String]) -> Vec<String> {
    // As it was asked on the day of application.
    let day = local_day(record.case.submitted_at);
    let pages = outline(&record.revision.form, &record.answers, day, &|code| service.areas.full_name(code));
    let rows: Vec<_> = pages.into_iter().flat_map(|page| page.rows).collect();
    let label = |path: &String| {
        let row = rows.iter().find(|row| row.path == *path)?;
        Some(if row.of.is_empty() { row.label.clone() } else { format!("{}：{}", row.of, row.label) })
    };
    paths.iter().filter_map(label).collect()
}
