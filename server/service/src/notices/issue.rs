//! A notice is written and numbered.

use domain::areas::CITY;
use domain::cases::{Actor, Event, EventKind, Outcome, Period, local_day};
use domain::catalogue::DecisionForm;
use domain::forms::{FILES_MAX, display, shown};
use domain::notices::{Facts, Notice, NoticeKind, compose, notice_number};
use sea_orm::DatabaseTransaction;

use super::store;
use crate::cases::{Record, labels};
use crate::error::Error;
use crate::service::Service;

/// Length of the code by which anybody can check a paper: 60 bits.
const CODE_LENGTH: usize = 12;

/// Writes the notice that announces an event. The number is counted in the transaction of the event, so that none is
/// lost and none is given twice.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn issue(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    seq: i32,
    event: &Event,
    kind: NoticeKind,
) -> Result<(), Error> {
    let item = &record.revision.item;
    let office = issuer(record, event, kind);
    let (place, seat) = place(service, &office);
    let day = local_day(event.at);
    let year = chrono::Datelike::year(&day);
    let series = format!("{place}{}", item.department.short());
    let serial = store::next_serial(tx, &series, kind.key(), year).await?;
    let facts = Facts {
        item,
        case: &record.case,
        case_number: &record.row.number,
        office: &service.areas.office_name(&office),
        decides: &service.areas.office_name(&record.row.office),
        materials: materials(service, tx, record).await?,
        named: named(service, record, event),
        granted: granted(service, record),
        remedy: &format!("{seat}人民政府"),
        promised: match record.case.promised(&service.areas.calendar) {
            Some(Period::Ends(end)) => Some(end),
            _ => None,
        },
    };
    let (paragraphs, table) = compose(kind, event, &facts);
    let notice = Notice {
        kind,
        number: notice_number(kind, &place, item.department.short(), year, serial),
        case_number: record.row.number.clone(),
        to: record.answers.get("applicant.name").to_owned(),
        item: item.name.clone(),
        paragraphs,
        facts: table,
        office: facts.office.to_owned(),
        day,
        copies: "一式两份：一份交申请人，一份存档。".to_owned(),
        code: code(service, record, seq, kind),
    };
    store::insert(tx, (record.row.id, seq), &notice, event.at).await
}

/// A receipt is the window's own; what is decided about the case is said in the name of the office that decides.
fn issuer(record: &Record, event: &Event, kind: NoticeKind) -> String {
    let own = matches!(kind, NoticeKind::Receipt | NoticeKind::Transfer | NoticeKind::Delivery);
    match &event.by {
        Actor::Worker { office, .. } if own => office.clone(),
        _ => record.row.office.clone(),
    }
}

/// The short name of an office's district for numbers, and its whole name: 沈河, 沈河区.
fn place(service: &Service, office: &str) -> (String, String) {
    let district = office.get(..6).unwrap_or(CITY);
    let name = service.areas.name(district).unwrap_or("沈阳市");
    let short = ["新区", "区", "县", "市"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    (short.to_owned(), name.to_owned())
}

/// It proves itself: made from the key, it cannot be guessed from another.
fn code(service: &Service, record: &Record, seq: i32, kind: NoticeKind) -> String {
    let text = format!("{}|{seq}|{}", record.row.id, kind.key());
    service.keys.code("notice", &text, CODE_LENGTH)
}

/// `身份证（2个文件）`
async fn materials(service: &Service, tx: &DatabaseTransaction, record: &Record) -> Result<Vec<String>, Error> {
    let files = crate::forms::store::files_of_drafts(tx, vec![record.row.draft_id]).await?;
    let mut paths: Vec<String> = files.iter().map(|file| file.path.clone()).take(FILES_MAX).collect();
    paths.sort();
    paths.dedup();
    let count = |path: &String| files.iter().filter(|file| file.path == *path).count();
    let name = |path: &String| labels(service, record, std::slice::from_ref(path));
    let one = |path: &String| name(path).into_iter().map(|name| format!("{name}（{}个文件）", count(path))).next();
    Ok(paths.iter().filter_map(one).collect())
}

/// What a correction or a deferral names, and why.
fn named(service: &Service, record: &Record, event: &Event) -> Vec<(String, String)> {
    let paths = match &event.kind {
        EventKind::CorrectionAsked { ask, .. } => &ask.fields,
        EventKind::Accepted { deferral: Some(deferral), .. } => &deferral.fields,
        _ => return Vec::new(),
    };
    let why = |path: &String| match &event.kind {
        EventKind::CorrectionAsked { ask, .. } => ask.reasons.get(path).cloned().unwrap_or_default(),
        _ => "后补".to_owned(),
    };
    let label = |path: &String| labels(service, record, std::slice::from_ref(path)).into_iter().next();
    paths.iter().map(|path| (label(path).unwrap_or_else(|| path.clone()), why(path))).collect()
}

/// What the decision of a case lays down when it grants: label and value.
pub(crate) fn granted(service: &Service, record: &Record) -> Vec<(String, String)> {
    let Some(ruling) = record.case.ruling.as_ref().filter(|ruling| ruling.outcome == Outcome::Approved) else {
        return Vec::new();
    };
    let definition = record.revision.item.decision.as_ref().map(DecisionForm::definition).unwrap_or_default();
    // As it was laid down, whatever day it is read on.
    let day = record.case.decided_on.unwrap_or_else(|| service.today());
    let (list, kept) = shown(&definition, &ruling.data, day);
    let area = |code: &str| service.areas.full_name(code);
    list.iter()
        .map(|one| (one.field.label.clone(), display(&definition, one.field, &one.path, &kept, day, &area)))
        .filter(|(_, text)| !text.is_empty())
        .collect()
}
