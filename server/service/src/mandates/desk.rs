//! Organisations under contract act for who gave them a mandate, and who is not there: their workers begin at the desk what
//! mandate, contract and own rights allow, all three asked for again on every request.

use domain::audit::Plain;
use domain::forms::Entries;
use domain::mandates::{DeskMandate, StandIn};
use uuid::Uuid;

use super::begin::person;
use super::list::giver_name;
use super::store::{self, MandateRow};
use super::{ORGANISATION, mandate_of};
use crate::audit::{Entry, audited, look};
use crate::catalogue::Revision;
use crate::desk::require_start;
use crate::error::Error;
use crate::forms::store::{DraftRow, draft_insert};
use crate::forms::{first_page, new_row, with_form};
use crate::identity::{MANDATE, Moved, Visitor, Worker, hold};
use crate::residents::Account;
use crate::service::Service;
use crate::vault::DRAFT_ENTRIES;
use crate::words;

/// So many are listed, the last given first.
const LISTED: u64 = 100;

/// Those that were given to the worker's organisation and are in force. None anywhere else.
pub(crate) async fn at_desk(service: &Service, worker: &Worker) -> Result<Vec<DeskMandate>, Error> {
    let rows = store::of_office(&service.db.read, &worker.office, service.today(), LISTED).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    look(service, Entry::worker(worker, Plain::SawMandates)).await?;
    let startable: Vec<_> =
        service.catalogue.list("", "", "", "").items.into_iter().filter(|item| item.has_form).collect();
    let mut startable: Vec<_> = startable.iter().filter_map(|item| service.catalogue.latest(&item.code)).collect();
    startable.retain(|revision| worker.may_start(Some(&revision.item.code)));
    let mut list = Vec::new();
    for row in rows {
        let mut items = Vec::new();
        for revision in &startable {
            if permits(service, &row, revision)?.is_ok() {
                items.push((revision.item.code.clone(), revision.item.everyday.clone()));
            }
        }
        if items.is_empty() {
            continue;
        }
        let account = Account::fetch(service, &service.db.read, row.resident_id).await?;
        list.push(DeskMandate {
            id: row.id.to_string(),
            name: giver_name(service, &row).await?,
            tail: account.phone.as_ref().map(|phone| phone.tail().to_owned()).unwrap_or_default(),
            until: words::day(row.until),
            items,
        });
    }
    Ok(list)
}

/// Begins a draft for who gave the mandate. It is theirs, too, from the first page on.
///
/// # Errors
/// [`Error::NotFound`] for a mandate of another office; [`Error::Forbidden`] for what the contract or the worker's
/// rights do not name; [`Error::Refused`] says why the mandate does not allow it.
pub async fn begin_at_desk(service: &Service, visitor: &Visitor, mandate: &str, code: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let id = Uuid::parse_str(mandate).map_err(|_| Error::NotFound)?;
    let row = store::fetch(&service.db.read, id).await?.filter(|row| is_of(row, &worker.office));
    let (row, revision) = (row.ok_or(Error::NotFound)?, with_form(service, code)?);
    require_start(worker, Some(&revision.item.code))?;
    permits(service, &row, &revision)?.map_err(|refusal| Error::Refused(refusal.message().to_owned()))?;
    let mut entries = Entries::default();
    entries.set("filled_by", "self");
    person(service, &row, &mut entries).await?;
    let mut draft = new_row(service, &revision, "window")?;
    draft.worker_id = Some(worker.id);
    draft.office = Some(worker.office.clone());
    draft.mandate_id = Some(row.id);
    draft.entries = service.vault.write(DRAFT_ENTRIES.of(draft.id), &entries)?;
    let now = service.clock.now();
    audited!(service, Entry::worker(worker, Plain::BeganUnderMandate).draft(draft.id), |tx| {
        draft_insert(tx, draft.clone()).await?;
        hold(tx, row.resident_id, ("draft", draft.id), MANDATE, now).await
    })?;
    Ok(Moved::to(first_page(&draft)))
}

fn is_of(row: &MandateRow, office: &str) -> bool {
    row.kind == ORGANISATION && row.office.as_deref() == Some(office)
}

fn permits(
    service: &Service,
    row: &MandateRow,
    revision: &Revision,
) -> Result<Result<(), domain::mandates::Refusal>, Error> {
    let item = [(revision.item.code.as_str(), revision.item.category.as_str())];
    Ok(mandate_of(row)?.permits(item, service.today()))
}

/// Whether the worker who began a draft may still open it: always, but under a mandate only as long as that, the
/// organisation's contract and the worker's rights allow it.
pub(crate) async fn holds_at_desk(service: &Service, worker: &Worker, draft: &DraftRow) -> Result<bool, Error> {
    let Some(mandate) = draft.mandate_id else { return Ok(true) };
    let Some(row) = store::fetch(&service.db.read, mandate).await? else { return Ok(false) };
    // What was sent is the desk's, where rights are asked for.
    if !is_of(&row, &worker.office) || draft.case_id.is_some() {
        return Ok(draft.case_id.is_some());
    }
    let Some(revision) = service.catalogue.latest(&draft.item_code) else { return Ok(false) };
    Ok(worker.may_start(Some(&draft.item_code)) && permits(service, &row, &revision)?.is_ok())
}

/// What an organisation's worker fills in is sent by that worker; the resident has it before the eyes, and puts it right.
///
/// # Errors
/// [`Error::Refused`] for who is not that worker.
pub(crate) fn must_be_its_worker(visitor: &Visitor, draft: &DraftRow) -> Result<(), Error> {
    let Some(began) = draft.worker_id.filter(|_| draft.mandate_id.is_some()) else { return Ok(()) };
    if visitor.worker.as_ref().is_some_and(|worker| worker.id == began) {
        return Ok(());
    }
    let message = "这份表是承接组织的工作人员替您填的，由他们提交。想自己办，请撤回授权，自己另填一份。";
    Err(Error::Refused(message.to_owned()))
}

/// Who fills in a draft under a mandate at the desk, for the pages that show it.
pub(crate) async fn stand_in(service: &Service, visitor: &Visitor, draft: &DraftRow) -> Result<Option<StandIn>, Error> {
    let (Some(mandate), Some(worker)) = (draft.mandate_id, draft.worker_id) else { return Ok(None) };
    let row = store::fetch(&service.db.read, mandate).await?.ok_or(Error::NotFound)?;
    Ok(Some(StandIn {
        by_me: visitor.worker.as_ref().is_some_and(|one| one.id == worker),
        person: giver_name(service, &row).await?,
        office: service.areas.office_name(draft.office.as_deref().unwrap_or_default()),
        worker: store::worker_name(&service.db.read, worker).await?,
    }))
}

/// What was begun under a mandate, in words.
pub(super) async fn uses(service: &Service, mandate: Uuid) -> Result<Vec<String>, Error> {
    let said = |(row, worker): (DraftRow, String)| {
        let item = service.catalogue.revision(&row.item_code, row.item_revision);
        let item = item.map(|found| found.item.everyday.clone()).unwrap_or_default();
        let state = if row.case_id.is_some() { "已经提交" } else { "还没提交" };
        format!("{}，{worker}开始填“{item}”，{state}", words::time(row.created_at))
    };
    Ok(store::uses(&service.db.read, mandate, LISTED).await?.into_iter().map(said).collect())
}
