//! Open cases follow what changes around them: the calendar, and the offices.

use domain::audit::Plain;
use domain::cases::{Event, Schedule, due_moved, fold, office_followed};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::record::{NEVER, Record, add, intake_of, revision_of};
use super::store::{self, CaseRow};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;
use crate::supervision;

/// Cases that are looked at together.
const BATCH: u64 = 200;
/// Cases that are written in one transaction: others who write do not wait long.
const WRITE: usize = 25;

/// Computes anew when open cases are due and wake, by the calendar as it is now. Where a promised day moved, an event
/// says so, with its reason. What was moved already stays. Returns how many cases were told another day.
pub(crate) async fn recompute(service: &Service, why: &str) -> Result<usize, Error> {
    let mut told = 0;
    let mut after = None;
    loop {
        let rows = store::open_cases(&service.db.read, None, after, BATCH).await?;
        let Some(last) = rows.last() else { return Ok(told) };
        after = Some(last.id);
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut events = store::events_of_all(&service.vault, &service.db.read, &ids).await?;
        let mut behind = Vec::new();
        for row in rows {
            let events = events.remove(&row.id).unwrap_or_default();
            match scheduled(service, &row, &events) {
                Ok(schedule) if is_as_stored(&row, &schedule) => {}
                Ok(_) => behind.push(row.id),
                // One that cannot be read must not keep the others from being right.
                Err(error) => tracing::error!(case = %row.id, fault = %error, "a case was not recomputed"),
            }
        }
        for ids in behind.chunks(WRITE) {
            let changed = audited!(service, Entry::system(Plain::Recomputed).because(why), |tx| {
                let mut changed = Vec::new();
                for id in ids {
                    changed.extend(recompute_one(service, tx, *id, why).await?.map(|version| (*id, version)));
                }
                Ok(changed)
            })?;
            told += changed.len();
            changed.into_iter().for_each(|(id, version)| service.bus.changed(id, version));
        }
    }
}

fn scheduled(service: &Service, row: &CaseRow, events: &[Event]) -> Result<Schedule, Error> {
    let case = fold(events).ok_or_else(|| Error::internal("a case's events", "do not begin with a submission"))?;
    let hands_over = intake_of(&*revision_of(service, row)?, row).hands_over();
    Ok(case.schedule(&service.areas.calendar, hands_over, service.today()))
}

fn is_as_stored(row: &CaseRow, schedule: &Schedule) -> bool {
    (row.due, row.wake, row.warns) == (schedule.due.day().unwrap_or(NEVER), schedule.wake, schedule.warns)
        && row.colour == schedule.warning.key()
}

/// Stores the times of a case as they are today, with what its colour brings about.
pub(crate) async fn reschedule(service: &Service, tx: &DatabaseTransaction, record: &Record) -> Result<(), Error> {
    let schedule = record.schedule(service);
    store::case_reschedule(tx, record.row.id, &schedule).await?;
    supervision::follow(service, tx, record, schedule.warning).await
}

async fn recompute_one(service: &Service, tx: &DatabaseTransaction, id: Uuid, why: &str) -> Result<Option<u32>, Error> {
    let record = Record::locked(service, tx, id).await?;
    let now = record.schedule(service).due;
    if let Some(event) = due_moved(&record.events, record.row.due, now, service.clock.now(), why) {
        return add(service, tx, record, vec![event], None).await.map(Some);
    }
    reschedule(service, tx, &record).await?;
    Ok(None)
}

/// Moves the open cases of offices that are no more to those that do their work. Returns how many.
pub(crate) async fn follow_offices(service: &Service) -> Result<usize, Error> {
    let mut moved = 0;
    for (from, to) in service.areas.followed_offices() {
        let mut after = None;
        loop {
            let rows = store::open_cases(&service.db.read, Some(&from), after, BATCH).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.id);
            for row in rows {
                let entry = Entry::system(Plain::MovedOffice).case(row.id);
                let version = audited!(service, entry, |tx| { follow_one(service, tx, row.id, (&from, &to)).await })?;
                if let Some(version) = version {
                    service.bus.changed(row.id, version);
                }
                moved += 1;
            }
        }
    }
    Ok(moved)
}

async fn follow_one(
    service: &Service,
    tx: &DatabaseTransaction,
    id: Uuid,
    (from, to): (&str, &str),
) -> Result<Option<u32>, Error> {
    let mut record = Record::locked(service, tx, id).await?;
    if record.row.received_office.as_deref() == Some(from) {
        store::case_set_received(tx, id, to).await?;
        record.row.received_office = Some(to.to_owned());
    }
    // Another node, or a worker, was quicker.
    if record.row.office != from || record.case.state.is_final() {
        return Ok(None);
    }
    let event = office_followed(from, to, service.clock.now(), service.areas.merged(from, to));
    add(service, tx, record, vec![event], None).await.map(Some)
}
