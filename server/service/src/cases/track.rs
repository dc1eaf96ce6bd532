//! A case as its resident sees it.

use domain::cases::{CaseTrack, CorrectionView, Outcome, Receipt, State, Step, allowed};
use uuid::Uuid;

use super::qr::qr;
use super::record::Record;
use super::{labels, store, timeline, until};
use crate::error::Error;
use crate::forms::store::FileRow;
use crate::identity::{Visitor, may_open};
use crate::service::Service;
use crate::words;

/// The case of this number.
///
/// # Errors
/// [`Error::NotFound`], the same for a case that is not there and for another's.
pub async fn track(service: &Service, visitor: &Visitor, number: &str) -> Result<CaseTrack, Error> {
    let record = Record::open(service, visitor, number).await?;
    let files = store::files_of_case(&service.db.read, record.row.id).await?;
    let office = service.areas.office_name(&record.row.office);
    let correction = record.case.correction.as_ref();
    let link = format!(
        "{}/cases/{}/open/{}",
        service.settings.public_url,
        record.row.number,
        service.keys.case_link(record.row.id)
    );
    let asked: Vec<String> = correction.map(|open| open.fields.clone()).unwrap_or_default();
    Ok(CaseTrack {
        number: record.row.number.clone(),
        item: record.revision.brief(),
        state: record.case.state,
        applicant: record.row.applicant.clone(),
        submitted: words::time(record.case.submitted_at),
        headline: headline(&record, &office),
        office_reason: record.row.office_reason.clone(),
        until: until(service, record.case.due(&service.areas.calendar)),
        promise: promise(&record),
        next: next(&record),
        correction: correction.map(|open| CorrectionView {
            number: record.row.number.clone(),
            reason: open.reason.clone(),
            due: open.due,
            fields: open.fields.clone(),
        }),
        correction_labels: labels(service, &record.revision.form, &record.answers, &asked),
        outcome: record.case.outcome,
        decision_reason: record.case.decision_reason.clone(),
        // The window prints receipts; it takes nothing back in the resident's stead.
        may_withdraw: allowed(record.case.state).contains(&Step::Withdraw)
            && may_open(service, visitor, "case", record.row.id).await?,
        timeline: timeline(service, &record, false),
        receipt: Receipt { qr: qr(&link), link, materials: materials(service, &record, &files) },
        version: record.case.events,
        office,
    })
}

/// The promise of the item; once accepted, its day. Empty when nothing will be decided any more.
fn promise(record: &Record) -> String {
    match (record.case.state, record.case.promised, record.revision.item.promised_days) {
        (State::NotAccepted | State::Withdrawn | State::Decided | State::Closed, ..) => String::new(),
        (_, Some(day), _) => format!("{}前作出决定", words::day(day)),
        (_, None, 0) => "受理当天作出决定".to_owned(),
        (_, None, days) => format!("受理后{days}个工作日内作出决定"),
    }
}

/// `身份证（2个文件）`
fn materials(service: &Service, record: &Record, files: &[FileRow]) -> Vec<String> {
    let mut paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    paths.sort();
    paths.dedup();
    let count = |path: &String| files.iter().filter(|file| file.path == *path).count();
    let name = |path: &String| labels(service, &record.revision.form, &record.answers, std::slice::from_ref(path));
    let one = |path: &String| name(path).into_iter().map(|name| format!("{name}（{}个文件）", count(path))).next();
    paths.iter().filter_map(one).collect()
}

fn headline(record: &Record, office: &str) -> String {
    match (record.case.state, record.case.outcome) {
        (State::Submitted, _) => format!("申请已经送到{office}，等他们收件"),
        (State::Received, _) => format!("{office}已经收到，正在看材料齐不齐"),
        (State::Correction, _) => "有几处要您补正".to_owned(),
        (State::Accepted, _) => format!("{office}已经正式受理"),
        (State::NotAccepted, _) => "这次申请没有被受理".to_owned(),
        (State::Reviewing, _) => format!("{office}正在审查"),
        (State::Decided | State::Closed, Some(Outcome::Approved)) => "批准了".to_owned(),
        (State::Decided | State::Closed, _) => "没有批准".to_owned(),
        (State::Withdrawn, _) => "您撤回了这次申请".to_owned(),
    }
}

fn next(record: &Record) -> String {
    match (record.case.state, record.case.outcome) {
        (State::Submitted, _) => "收件后，5个工作日内会告诉您受理不受理，或者要补什么。您不用做什么，等着就行。",
        (State::Received, _) => "接下来会告诉您受理不受理，或者要补什么。您不用做什么，等着就行。",
        (State::Correction, _) => "请点“去补正”，只改列出来的几处。补好后受理单位接着办。",
        (State::Accepted, _) => "接下来是审查，然后作出决定。您不用做什么，等着就行。",
        (State::Reviewing, _) => "审查完就作出决定。有需要时工作人员会打电话给您。",
        (State::Decided, Some(Outcome::Approved)) => "接下来会办结，把结果送到您手里。",
        (State::Closed, Some(Outcome::Approved)) => "这件事办完了。",
        (State::NotAccepted, _) => {
            "理由写在下面。情况变了可以重新申请；不服的，可以在60日内申请行政复议，或者在6个月内向法院起诉。"
        }
        (State::Decided | State::Closed, _) => {
            "理由写在下面。不服的，可以在60日内申请行政复议，或者在6个月内向法院起诉。"
        }
        (State::Withdrawn, _) => "需要的时候可以重新申请。",
    }
    .to_owned()
}

/// The case whose changes may be followed, and its version now.
///
/// # Errors
/// [`Error::NotFound`] as for [`track`].
pub async fn live(service: &Service, visitor: &Visitor, number: &str) -> Result<(Uuid, u32), Error> {
    let record = Record::open(service, visitor, number).await?;
    Ok((record.row.id, record.case.events))
}
