//! A case with its events and what they add up to.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::cases::{Action, Actor, Case, CaseNumber, Event, act, fold};
use domain::desk::{Right, may, relation};
use domain::forms::Entries;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use uuid::Uuid;

use super::insert::stored;
use super::store::{self, CaseChange, CaseRow};
use crate::catalogue::Revision;
use crate::error::Error;
use crate::forms::read_json;
use crate::identity::{Visitor, Worker, may_open};
use crate::service::Service;

/// The due day of a case for which nothing is due: sorts behind all others.
pub(crate) const NEVER: NaiveDate = match NaiveDate::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => NaiveDate::MAX,
};

pub(crate) struct Record {
    pub row: CaseRow,
    pub revision: Arc<Revision>,
    pub answers: Entries,
    pub events: Vec<Event>,
    pub case: Case,
}

impl Record {
    pub async fn of_row(service: &Service, db: &impl ConnectionTrait, row: CaseRow) -> Result<Self, Error> {
        let revision = service
            .catalogue
            .revision(&row.item_code, row.item_revision)
            .ok_or_else(|| Error::internal("a case's item", "no such revision"))?;
        let events = store::events_of(db, row.id).await?;
        let case = fold(&events).ok_or_else(|| Error::internal("a case's events", "do not begin with a submission"))?;
        Ok(Self { answers: read_json(&row.answers)?, revision, events, case, row })
    }

    pub async fn fetch(service: &Service, id: Uuid) -> Result<Self, Error> {
        let row = store::case_fetch(&service.db.read, id).await?.ok_or(Error::NotFound)?;
        Self::of_row(service, &service.db.read, row).await
    }

    /// The case of this number, if the resident's browser may see it.
    ///
    /// # Errors
    /// [`Error::NotFound`], the same for a case that is not there and for another's.
    pub async fn open(service: &Service, visitor: &Visitor, number: &str) -> Result<Self, Error> {
        let number = CaseNumber::parse(number).ok_or(Error::NotFound)?;
        let row = store::case_by_number(&service.db.read, number.as_str()).await?.ok_or(Error::NotFound)?;
        let filled_in = visitor.worker.is_some() && is_own_window_case(visitor, &row);
        if !filled_in && !may_open(service, visitor, "case", row.id).await? {
            return Err(Error::NotFound);
        }
        Self::of_row(service, &service.db.read, row).await
    }
}

/// The window that took a case in prints its receipt.
fn is_own_window_case(visitor: &Visitor, row: &CaseRow) -> bool {
    visitor.worker.as_ref().is_some_and(|worker| {
        row.received_office.as_deref() == Some(worker.office.as_str()) && worker_may(worker, row, Right::Read)
    })
}

/// Whether a worker has a right on a case.
pub(crate) fn worker_may(worker: &Worker, row: &CaseRow, right: Right) -> bool {
    may(&worker.roles, relation(&worker.office, &row.office, row.received_office.as_deref()), right)
}

/// Whether the visitor may see a case and its files: its resident, or a worker by the policy.
pub(crate) async fn may_see(service: &Service, visitor: &Visitor, case: Uuid) -> Result<bool, Error> {
    if let Some(worker) = &visitor.worker
        && let Some(row) = store::case_fetch(&service.db.read, case).await?
        && worker_may(worker, &row, Right::Read)
    {
        return Ok(true);
    }
    may_open(service, visitor, "case", case).await
}

/// Does an action: the rule makes the event, the event is added, the row follows. Returns the new version.
///
/// # Errors
/// [`Error::Refused`] by the rule, [`Error::Conflict`] when somebody else was quicker.
pub(crate) async fn append(
    service: &Service,
    tx: &DatabaseTransaction,
    record: &Record,
    action: Action,
    by: Actor,
    answers: Option<&Entries>,
) -> Result<u32, Error> {
    let now = service.clock.now();
    let calendar = &service.areas.calendar;
    let event = act(&record.case, action, by, now, calendar, record.revision.item.promised_days)
        .map_err(|refusal| Error::Refused(refusal.message()))?;
    let mut events = record.events.clone();
    events.push(event.clone());
    let case = fold(&events).ok_or_else(|| Error::internal("a fold", "of no events"))?;
    let change = CaseChange {
        state: case.state.key(),
        due: case.due(calendar).day().unwrap_or(NEVER),
        answers: answers.map(|answers| stored(service, &record.row.number, answers)).transpose()?,
        now,
    };
    if !store::case_change(tx, record.row.id, record.row.version, change).await? {
        return Err(Error::Conflict("这件办件刚刚被别人处理了，请刷新后再看。".to_owned()));
    }
    store::event_insert(tx, record.row.id, record.row.version, &event).await?;
    Ok(case.events)
}
