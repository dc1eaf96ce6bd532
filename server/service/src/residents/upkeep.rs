//! What is over is deleted: codes, limits, sessions.

use chrono::Duration;
use domain::audit::Plain;

use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::forget_allowances;
use crate::service::Service;

/// Deletes codes that are over, limits that hold nothing back, and sessions that ended by themselves. Returns how many
/// codes and sessions there were.
///
/// # Errors
/// When the database does not answer; the next run goes on.
pub async fn forget(service: &Service) -> Result<usize, Error> {
    let now = service.clock.now();
    let count = store::codes_over(&service.db.read, now).await? + store::sessions_over(&service.db.read, now).await?;
    if count == 0 {
        return Ok(0);
    }
    audited!(service, Entry::system(Plain::Forgot), |tx| {
        store::codes_delete(tx, now).await?;
        store::sessions_delete_over(tx, now).await?;
        store::visits_delete(tx, now - Duration::days(1)).await?;
        store::offers_delete(tx, now - Duration::days(1)).await?;
        forget_allowances(tx, now).await
    })?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}
