//! What a case's events do to its announcement.

use chrono::{DateTime, NaiveDate, Utc};
use domain::announcements::{Announced, announced, place};
use domain::areas::CITY;
use domain::cases::{Objections, local_day};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use super::store::{self, AnnouncementRow};
use crate::cases::Record;
use crate::error::Error;
use crate::forms::write_json;

/// Shows a case from now on.
pub(crate) async fn start(
    tx: &DatabaseTransaction,
    record: &Record,
    at: DateTime<Utc>,
    until: NaiveDate,
    text: &str,
) -> Result<(), Error> {
    let row = AnnouncementRow {
        id: Uuid::now_v7(),
        case_id: record.row.id,
        area: area(record),
        item_code: record.row.item_code.clone(),
        shown: write_json(&shown(record, text))?,
        from_day: local_day(at),
        until_day: until,
        ended_at: None,
    };
    store::insert(tx, row).await
}

/// Takes down whatever is shown of a case.
pub(crate) async fn end(tx: &DatabaseTransaction, case: Uuid, at: DateTime<Utc>) -> Result<(), Error> {
    store::end(tx, case, at).await
}

/// What was said against the announcement that is running.
pub(crate) async fn objections(tx: &DatabaseTransaction, case: Uuid) -> Result<Objections, Error> {
    match store::running(tx, case).await? {
        Some(row) => store::count(tx, row.id).await,
        None => Ok(Objections::default()),
    }
}

/// Why the worker's words cannot be announced.
pub(crate) fn telling(record: &Record, text: &str) -> Option<String> {
    let day = local_day(record.case.submitted_at);
    domain::announcements::telling(&record.revision.item, &record.answers, day, text)
}

pub(super) fn shown(record: &Record, text: &str) -> Announced {
    announced(&record.revision.item, &record.answers, local_day(record.case.submitted_at), text)
}

pub(super) fn area(record: &Record) -> String {
    place(&record.revision.item, &record.answers).unwrap_or_else(|| CITY.to_owned())
}
