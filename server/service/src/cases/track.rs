//! A case as its resident sees it.

use domain::audit::Plain;
use domain::cases::{CaseTrack, Outcome, Period, Receipt, State, Step, allowed};
use uuid::Uuid;

use super::helper::helper;
use super::qr::qr;
use super::record::Record;
use super::{labels, open_part, store, timeline, until};
use crate::audit::{Entry, look};
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
    look(service, Entry::by(visitor, Plain::SawCase).case(record.row.id)).await?;
    let files = store::files_of_case(&service.db.read, record.row.id).await?;
    let may_write = visitor.worker.is_none() && may_open(service, visitor, "case", record.row.id).await?;
    let office = service.areas.office_name(&record.row.office);
    let link = format!(
        "{}/cases/{}/open/{}",
        service.settings.public_url,
        record.row.number,
        service.keys.case_link(record.row.id)
    );
    let helper = helper(service, &service.db.read, &record).await?;
    let claim = crate::mandates::code_for(service, record.row.bundle_id.unwrap_or(record.row.id)).await?;
    Ok(CaseTrack {
        number: record.row.number.clone(),
        helper: helper.clone(),
        item: record.revision.brief(),
        bundle: crate::bundles::resident_link(service, visitor, &record.row).await?,
        state: record.case.state,
        applicant: record.applicant(service)?,
        submitted: words::time(record.case.submitted_at),
        headline: headline(&record, &office),
        office_reason: record.office_reason(service)?,
        until: until(service, record.case.due(&service.areas.calendar, record.rules(service).hands_over)),
        promise: promise(service, &record),
        next: next(&record),
        correction: open_part(&record),
        correction_reasons: correction_reasons(service, &record),
        notices: crate::notices::briefs(service, record.row.id).await?,
        conversation: crate::messages::conversation(service, &record, may_write).await?,
        ratings: crate::ratings::offers(service, visitor, &record).await?,
        outcome: record.case.outcome(),
        decision_reason: reason(&record),
        granted: crate::notices::granted(service, &record),
        // The window prints receipts; it takes nothing back in the resident's stead.
        may_withdraw: allowed(record.case.state).contains(&Step::Withdraw)
            && may_open(service, visitor, "case", record.row.id).await?,
        timeline: timeline(service, &record, &helper, false),
        receipt: Receipt { claim, qr: qr(&link), link, materials: materials(service, &record, &files) },
        version: record.case.events,
        office,
    })
}

/// Why it was decided so, or ended so.
fn reason(record: &Record) -> String {
    record.case.ruling.as_ref().map_or_else(|| record.case.reason.clone(), |ruling| ruling.reason.clone())
}

/// The labels of what is to be corrected or to follow, each with a reason of its own or none.
fn correction_reasons(service: &Service, record: &Record) -> Vec<(String, String)> {
    let Some(open) = open_part(record) else { return Vec::new() };
    let reasons = record.case.correction.as_ref().map(|asked| asked.reasons.clone()).unwrap_or_default();
    let label = |path: &String| labels(service, record, std::slice::from_ref(path)).into_iter().next();
    let one = |path: &String| Some((label(path)?, reasons.get(path).cloned().unwrap_or_default()));
    open.fields.iter().filter_map(one).collect()
}

/// The promise of the item; once accepted, its day. Empty when nothing will be decided any more.
pub(crate) fn promise(service: &Service, record: &Record) -> String {
    let item = &record.revision.item;
    match (record.case.state, record.case.promised(&service.areas.calendar), item.promised_days) {
        (state, ..) if state.is_final() || matches!(state, State::Decided | State::Closed) => String::new(),
        (_, Some(Period::Ends(day)), _) => format!("{}前作出决定", words::day(day)),
        (_, Some(Period::Standing(left)), _) => format!("计时停着，恢复后还有{left}天"),
        (_, None, 0) => "受理当天作出决定".to_owned(),
        (_, None, days) => format!("受理后{days}{}内作出决定", item.promised_unit.name()),
    }
}

/// `身份证（2个文件）`
fn materials(service: &Service, record: &Record, files: &[FileRow]) -> Vec<String> {
    let mut paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    paths.sort();
    paths.dedup();
    let count = |path: &String| files.iter().filter(|file| file.path == *path).count();
    let name = |path: &String| labels(service, record, std::slice::from_ref(path));
    let one = |path: &String| name(path).into_iter().map(|name| format!("{name}（{}个文件）", count(path))).next();
    paths.iter().filter_map(one).collect()
}

pub(crate) fn headline(record: &Record, office: &str) -> String {
    match (record.case.state, record.case.outcome()) {
        (State::Submitted, _) => format!("申请已经送到{office}，等他们收件"),
        (State::Received, _) => "申请已经收到，正在看材料齐不齐".to_owned(),
        (State::HandedOver, _) => format!("材料已经转到{office}，正在看齐不齐"),
        (State::Correction, _) => "有几处要您补正".to_owned(),
        (State::Accepted, _) => format!("{office}已经正式受理"),
        (State::NotAccepted, _) => "这次申请没有被受理".to_owned(),
        (State::Reviewing, _) => format!("{office}正在审查"),
        (State::Suspended, _) => format!("{office}正在做特别程序，办理时间先停着"),
        (State::Decided | State::Closed | State::Delivered, Some(Outcome::Approved)) => "批准了".to_owned(),
        (State::Decided | State::Closed | State::Delivered, _) => "没有批准".to_owned(),
        (State::Withdrawn, _) => "您撤回了这次申请".to_owned(),
        (State::Ended, _) => "这次申请没有办成，已经终止".to_owned(),
    }
}

const REMEDY: &str = "理由写在下面。不服的，可以在60日内申请行政复议，或者在6个月内向法院起诉。";

/// What comes next, from the table of states; what is over says what can still be done.
fn next(record: &Record) -> String {
    match (record.case.state, record.case.outcome()) {
        (State::NotAccepted, _) | (State::Decided | State::Closed | State::Delivered, Some(Outcome::Denied)) => REMEDY,
        (State::Correction, _) => "请点“去补正”，只改列出来的几处。补好后接着办。",
        (State::Withdrawn, _) => "需要的时候可以重新申请。",
        (State::Ended, _) => "原因写在下面。材料备齐后可以重新申请。",
        (State::Delivered, _) => "这件事办完了。",
        (state, _) => state.next(),
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
