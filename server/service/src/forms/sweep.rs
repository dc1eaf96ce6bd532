//! Bytes of which no row tells: a crash came between them, or a row went first.

use std::collections::HashSet;

use uuid::Uuid;

use super::store;
use crate::error::Error;
use crate::service::Service;

/// Removes what has been without a row for a day, in one of 256 parts: another one at each run. Returns how many.
///
/// # Errors
/// When the database or the folder does not answer; the next run goes on.
pub async fn sweep(service: &Service) -> Result<usize, Error> {
    // Runs are ten minutes apart: so each part has its turn, on every node and without a memory of its own.
    let run = service.clock.now().timestamp() / 600;
    sweep_part(service, u8::try_from(run.rem_euclid(256)).unwrap_or_default()).await
}

/// # Errors
/// As [`sweep`].
pub async fn sweep_part(service: &Service, part: u8) -> Result<usize, Error> {
    let ids = service.blobs.of_part(part).await?;
    let known: HashSet<Uuid> = store::blobs_known(&service.db.read, &ids).await?;
    let mut removed = 0;
    for id in ids.into_iter().filter(|id| !known.contains(id)) {
        service.blobs.delete(id).await?;
        removed += 1;
    }
    Ok(removed)
}
