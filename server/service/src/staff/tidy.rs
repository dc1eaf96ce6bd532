//! What is over and tells nothing any more is deleted.

use chrono::Duration;
use domain::audit::Plain;

use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;

/// A browser is known for so long after it was last used to sign in.
const KNOWN_DAYS: i64 = 90;

/// Deletes sign-ins that came to nothing, tries of earlier hours and browsers that nobody used. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn tidy(service: &Service) -> Result<usize, Error> {
    let now = service.clock.now();
    let before =
        store::Over { sign_ins: now, tries: now - Duration::hours(1), devices: now - Duration::days(KNOWN_DAYS) };
    let over = store::over(&service.db.read, &before).await?;
    if over > 0 {
        audited!(service, Entry::system(Plain::SweptSignIns), |tx| { store::sweep(tx, &before).await })?;
    }
    Ok(usize::try_from(over).unwrap_or(usize::MAX))
}
