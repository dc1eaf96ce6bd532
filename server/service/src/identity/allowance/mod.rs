//! Limits that a new start of the process does not lift, and that hold on all nodes together: kept in the database.
//! What is cheap to limit again stays in [`super::limits`].

mod store;

use chrono::{DateTime, Duration, Utc};
use domain::residents::{Allowance, Spent};
use sea_orm::DatabaseTransaction;

use crate::error::Error;
use crate::service::Service;

/// After so long nothing of an allowance is used up.
const LASTS_DAYS: i64 = 2;

/// Uses an allowance once; `what` names it and may hold personal data: only a keyed hash is stored. Two at once wait
/// for each other.
///
/// # Errors
/// [`Error::Refused`] with advice when it is used up.
pub(crate) async fn spend(
    service: &Service,
    tx: &DatabaseTransaction,
    what: &str,
    allowance: &Allowance,
) -> Result<(), Error> {
    let key = service.keys.blind("allowance", what);
    let now = service.clock.now();
    store::begin(tx, &key, now - Duration::days(LASTS_DAYS)).await?;
    let spent = store::locked(tx, &key).await?;
    let spent = allowance.spend(spent, now).map_err(|pause| Error::Refused(pause.advice()))?;
    store::update(tx, &key, spent).await
}

/// Gives back what was used for something that was right.
pub(crate) async fn give_back(service: &Service, tx: &DatabaseTransaction, what: &str) -> Result<(), Error> {
    let key = service.keys.blind("allowance", what);
    let Some(spent) = store::locked(tx, &key).await? else { return Ok(()) };
    store::update(tx, &key, Spent { hour: (spent.hour - 1).max(0), day: (spent.day - 1).max(0), ..spent }).await
}

/// Deletes what is over. Returns how many.
pub(crate) async fn forget(tx: &DatabaseTransaction, now: DateTime<Utc>) -> Result<u64, Error> {
    store::forget_before(tx, now - Duration::days(LASTS_DAYS)).await
}
