//! A case as a worker sees it.

use domain::audit::Plain;
use domain::cases::{
    CaseDesk, CaseFile, CaseNumber, DeskStep, Flash, Outcome, Request, State, Step, open_steps, outstanding,
    wants_second,
};
use domain::desk::Right;
use domain::forms::AnsweredPage;

use super::offices::form_of;
use super::show::seen;
use super::worker_view;
use crate::announcements;
use crate::audit::{Entry, look};
use crate::cases::store;
use crate::cases::{Record, actor, days_left, helper, labels, open_part, timeline, until, worker_reads};
use crate::error::Error;
use crate::forms::files_by_path;
use crate::identity::{Visitor, Worker, flash_of, set_flash};
use crate::service::Service;

/// Under this key a flash names the case that it is about.
pub(crate) const ABOUT: &str = "_about";

/// The case of this number.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`], the same for a case that is not there and for one that this
/// worker may not see.
pub async fn case(service: &Service, visitor: &Visitor, number: &str) -> Result<CaseDesk, Error> {
    let worker = visitor.worker()?;
    let record = open(service, worker, number).await?;
    look(service, Entry::worker(worker, Plain::SawCase).case(record.row.id)).await?;
    let open = open_steps(&record.case, &record.rules(service));
    let steps: Vec<DeskStep> = open
        .into_iter()
        .filter(|step| record.may(worker, Right::Do(*step)))
        .map(|step| DeskStep { step, form: form_of(service, &record, step) })
        .collect();
    let version = record.case.events;
    let reviewing = matches!(record.case.state, State::Reviewing | State::Suspended);
    let outstanding = if reviewing { outstanding(&record.case, &record.revision.item) } else { Vec::new() };
    let pending = record.case.pending.as_ref().map(|pending| asks(&pending.request)).unwrap_or_default();
    let templates = record.revision.item.corrections.iter();
    let ready = templates.map(|template| (template.field.clone(), template.text.clone())).collect();
    let flash = desk_flash(service, worker, &record.row.number).await?;
    let announcement = announcements::at_desk(service, worker, &record).await?;
    let conversation = crate::messages::conversation(service, &record, record.may(worker, Right::Reply)).await?;
    let notes = crate::messages::notes(service, &record, worker).await?;
    let supervision = crate::supervision::of_case(service, &record, worker).await?;
    let tie = record.tie(worker).words().unwrap_or_default().to_owned();
    let decides = steps.iter().any(|one| matches!(one.step, Step::Decide | Step::Complete));
    let by = actor(worker, &worker.office);
    let wants_second = decides && wants_second(&record.case, &by, &record.revision.item);
    let (pages, hidden) = seen(service, &record, worker, &flash).await?;
    let may_open = record.may(worker, Right::OpenFile);
    let mut file = case_file(service, worker, record, pages).await?;
    if !may_open {
        // That there are papers is no secret; their address is of no use.
        file.files.values_mut().flatten().for_each(|file| file.id.clear());
    }
    Ok(CaseDesk {
        tie,
        wants_second,
        hidden,
        conversation,
        notes,
        supervision,
        announcement,
        worker: worker_view(service, worker),
        file,
        steps,
        outstanding,
        pending,
        ready,
        version,
        flash,
        today: service.today(),
    })
}

/// The case, if the worker may read it.
pub(crate) async fn open(service: &Service, worker: &Worker, number: &str) -> Result<Record, Error> {
    let number = CaseNumber::parse(number).ok_or(Error::NotFound)?;
    let row = store::case_by_number(&service.db.read, number.as_str()).await?;
    // What is not there costs the same look-ups as what is another's.
    let id = row.as_ref().map(|row| row.id).unwrap_or_default();
    let asked = store::asked_offices(&service.db.read, id).await?;
    let row = row.ok_or(Error::NotFound)?;
    if !worker_reads(service, worker, &row, &asked)? {
        return Err(Error::NotFound);
    }
    Record::of_row(service, &service.db.read, row).await
}

/// What the head of the office is asked for, in words.
fn asks(request: &Request) -> String {
    match request {
        Request::Correction(ask) => format!("再次要求补正。{}", ask.reason),
        Request::Extension { days, reason } => format!("延长{days}个工作日。{reason}"),
        Request::Decision(ruling) if ruling.outcome == Outcome::Approved => format!("拟批准。{}", ruling.reason),
        Request::Decision(ruling) => format!("拟不批准。{}", ruling.reason),
    }
}

async fn case_file(
    service: &Service,
    worker: &Worker,
    record: Record,
    pages: Vec<AnsweredPage>,
) -> Result<CaseFile, Error> {
    let files = store::files_of_case(&service.db.read, record.row.id).await?;
    let calendar = &service.areas.calendar;
    let hands_over = record.rules(service).hands_over;
    let due = record.case.due(calendar, hands_over);
    let asked = open_part(&record).map(|open| open.fields).unwrap_or_default();
    let received_by = record.row.received_office.as_deref().filter(|office| *office != record.row.office);
    let channel = match record.row.channel.as_str() {
        "window" => "窗口",
        "kiosk" => "自助机",
        _ => "网上",
    };
    let helper = helper(service, &service.db.read, &record).await?;
    Ok(CaseFile {
        item: record.revision.brief(),
        bundle: crate::bundles::desk_link(service, worker, &record.row).await?,
        revision: record.row.item_revision,
        state: record.case.state,
        pages,
        files: files_by_path(service, &files)?,
        timeline: timeline(service, &record, &helper, true),
        until: until(service, due),
        days_left: days_left(service, due),
        office: service.areas.office_name(&record.row.office),
        office_reason: record.office_reason(service)?,
        received_by: received_by.map(|office| service.areas.office_name(office)).unwrap_or_default(),
        helper,
        channel: channel.to_owned(),
        correction_labels: labels(service, &record, &asked),
        notices: crate::notices::briefs(service, record.row.id).await?,
        warning: record.schedule(service).warning,
        granted: crate::notices::granted(service, &record),
        correction: open_part(&record),
        number: record.row.number,
    })
}

/// What the last step on this case said. A good message is said once; a refusal stays with what was typed.
pub(crate) async fn desk_flash(service: &Service, worker: &Worker, about: &str) -> Result<Flash, Error> {
    let flash = flash_of(service, &worker.session).await?;
    if flash.entries.get(ABOUT) != about {
        return Ok(Flash::default());
    }
    if flash.good {
        set_flash(service, &worker.session, &Flash::default()).await?;
    }
    Ok(flash)
}
