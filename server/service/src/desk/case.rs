//! A case as a worker sees it.

use domain::cases::{CaseDesk, CaseFile, CaseNumber, CorrectionView, Flash, Step, allowed};
use domain::desk::Right;
use domain::forms::outline;

use super::worker_view;
use crate::cases::store;
use crate::cases::{Record, days_left, labels, timeline, until, worker_may};
use crate::error::Error;
use crate::forms::files_by_path;
use crate::identity::{Visitor, Worker, flash_of, set_flash};
use crate::service::Service;

/// Under this key a flash names the case that it is about.
pub(super) const ABOUT: &str = "_about";

/// The case of this number.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`], the same for a case that is not there and for one that this
/// worker may not see.
pub async fn case(service: &Service, visitor: &Visitor, number: &str) -> Result<CaseDesk, Error> {
    let worker = visitor.worker()?;
    let record = open(service, worker, number).await?;
    let steps: Vec<Step> = allowed(record.case.state)
        .iter()
        .copied()
        .filter(|step| worker_may(worker, &record.row, Right::Do(*step)))
        .collect();
    let version = record.case.events;
    let flash = desk_flash(service, worker, &record.row.number).await?;
    let file = case_file(service, record).await?;
    Ok(CaseDesk { worker: worker_view(service, worker), file, steps, version, flash })
}

/// The case, if the worker may read it.
pub(super) async fn open(service: &Service, worker: &Worker, number: &str) -> Result<Record, Error> {
    let number = CaseNumber::parse(number).ok_or(Error::NotFound)?;
    let row = store::case_by_number(&service.db.read, number.as_str()).await?.ok_or(Error::NotFound)?;
    if !worker_may(worker, &row, Right::Read) {
        return Err(Error::NotFound);
    }
    Record::of_row(service, &service.db.read, row).await
}

async fn case_file(service: &Service, record: Record) -> Result<CaseFile, Error> {
    let files = store::files_of_case(&service.db.read, record.row.id).await?;
    let due = record.case.due(&service.areas.calendar);
    let form = &record.revision.form;
    let asked = record.case.correction.as_ref().map(|open| open.fields.clone()).unwrap_or_default();
    // Ages are those of the day of application.
    let day = domain::cases::local_day(record.case.submitted_at);
    let received_by = record.row.received_office.as_deref().filter(|office| *office != record.row.office);
    let channel = match record.row.channel.as_str() {
        "window" => "窗口",
        "kiosk" => "自助机",
        _ => "网上",
    };
    Ok(CaseFile {
        item: record.revision.brief(),
        revision: record.row.item_revision,
        state: record.case.state,
        pages: outline(form, &record.answers, day, &|code| service.areas.full_name(code)),
        files: files_by_path(&files),
        timeline: timeline(service, &record, true),
        until: until(service, due),
        days_left: days_left(service, due),
        office: service.areas.office_name(&record.row.office),
        office_reason: record.row.office_reason.clone(),
        received_by: received_by.map(|office| service.areas.office_name(office)).unwrap_or_default(),
        channel: channel.to_owned(),
        correction_labels: labels(service, form, &record.answers, &asked),
        correction: record.case.correction.map(|open| CorrectionView {
            number: record.row.number.clone(),
            reason: open.reason,
            due: open.due,
            fields: open.fields,
        }),
        number: record.row.number,
    })
}

/// What the last step on this case said. A good message is said once; a refusal stays with what was typed.
pub(super) async fn desk_flash(service: &Service, worker: &Worker, about: &str) -> Result<Flash, Error> {
    let flash = flash_of(service, &worker.session).await?;
    if flash.entries.get(ABOUT) != about {
        return Ok(Flash::default());
    }
    if flash.good {
        set_flash(service, &worker.session, &Flash::default()).await?;
    }
    Ok(flash)
}
