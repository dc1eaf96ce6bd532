//! What happened, who has it, until when: in plain words.

use chrono::SecondsFormat;
use domain::cases::{Actor, Channel, Due, Event, EventKind, Outcome, TimelineEntry};
use domain::forms::{Definition, Entries, outline};

use super::record::Record;
use crate::service::Service;
use crate::words;

/// The events in words, the last first. Residents see offices, workers see names too.
pub(crate) fn timeline(service: &Service, record: &Record, for_worker: bool) -> Vec<TimelineEntry> {
    let entry = |event: &Event| {
        let (title, text) = tell(service, event);
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
    let (title, text) = match &event.kind {
        EventKind::Submitted { channel } => (
            "已提交",
            match channel {
                Channel::Phone => "申请人在网上提交了申请。".to_owned(),
                Channel::Window => "窗口工作人员当面帮申请人提交了申请。".to_owned(),
                Channel::Kiosk => "申请人在自助机上提交了申请。".to_owned(),
            },
        ),
        EventKind::Received => ("已收件", "受理单位收到了申请，5个工作日内答复。".to_owned()),
        EventKind::CorrectionAsked { reason, due, .. } => ("需要补正", format!("{reason}（请在{}前补好）", day(*due))),
        EventKind::CorrectionAnswered => ("补正已提交", "申请人补好了材料，受理单位重新看。".to_owned()),
        EventKind::Accepted { due } => ("已受理", format!("申请正式受理，最晚{}作出决定。", day(*due))),
        EventKind::DeemedAccepted { due } => {
            ("视为受理", format!("受理单位没有按时答复，依法从收件那天起算作已受理，最晚{}作出决定。", day(*due)))
        }
        EventKind::NotAccepted { reason } => ("不予受理", reason.clone()),
        EventKind::ReviewStarted => ("开始审查", "工作人员正在核对情况。".to_owned()),
        EventKind::Decided { outcome: Outcome::Approved, reason } => {
            ("决定：批准", if reason.is_empty() { "申请符合条件，予以批准。".to_owned() } else { reason.clone() })
        }
        EventKind::Decided { outcome: Outcome::Denied, reason } => ("决定：不批准", reason.clone()),
        EventKind::Closed => ("已办结", "这件事办完了。".to_owned()),
        EventKind::Withdrawn { reason } => (
            "已撤回",
            if reason.is_empty() {
                "申请人撤回了申请。".to_owned()
            } else {
                format!("申请人撤回了申请：{reason}")
            },
        ),
    };
    (title.to_owned(), text)
}

/// Until when what is due; empty when nothing is.
pub(crate) fn until(service: &Service, due: Due) -> String {
    let today = service.today();
    let day = |day| words::short_day(day, today);
    match due {
        Due::Receive(d) => format!("最晚{}收件", day(d)),
        Due::Notice(d) => format!("最晚{}答复是否受理", day(d)),
        Due::Correction(d) => format!("请在{}前补好", day(d)),
        Due::Decision(d) => format!("最晚{}作出决定", day(d)),
        Due::Nothing => String::new(),
    }
}

/// Working days that are left; negative when the day has passed.
pub(crate) fn days_left(service: &Service, due: Due) -> Option<i64> {
    due.day().map(|day| service.areas.calendar.between(service.today(), day))
}

/// The labels of fields by their paths, for lists of what to correct.
pub(crate) fn labels(service: &Service, form: &Definition, answers: &Entries, paths: &[String]) -> Vec<String> {
    let pages = outline(form, answers, service.today(), &|code| service.areas.full_name(code));
    let rows: Vec<_> = pages.into_iter().flat_map(|page| page.rows).collect();
    let label = |path: &String| {
        let row = rows.iter().find(|row| row.path == *path)?;
        Some(if row.of.is_empty() { row.label.clone() } else { format!("{}：{}", row.of, row.label) })
    };
    paths.iter().filter_map(label).collect()
}
