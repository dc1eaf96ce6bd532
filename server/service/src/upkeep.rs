//! What is kept in memory follows the database, and open cases follow what has changed around them.

use std::sync::Arc;

use crate::areas::{AreaRegister, mark_applied, needs_recomputing};
use crate::cases;
use crate::error::Error;
use crate::service::Service;

/// Takes in what another process has changed (a new revision of an item, a day of the calendar, an office), recomputes
/// open cases when the calendar is another, and moves those of offices that are no more. Returns how many cases
/// changed. To be run at the start and now and then; safe on several nodes at once.
///
/// # Errors
/// When the database does not answer; the next run goes on.
pub async fn upkeep(service: &Service) -> Result<usize, Error> {
    service.catalogue.refresh(&service.db).await?;
    let found = AreaRegister::load_by(&service.db, Arc::clone(&service.clock)).await?;
    // What this process computed in the meantime was computed with the calendar of before.
    let is_behind = found.calendar != service.areas.calendar;
    if !found.equals(&service.areas) {
        service.areas.replace(found);
    }
    let mut changed = 0;
    if is_behind || needs_recomputing(service).await? {
        changed += cases::recompute(service, "国家公布了新的上班、放假安排").await?;
        mark_applied(service).await?;
    }
    Ok(changed + cases::follow_offices(service).await?)
}
