//! The workers of the demo: everybody knows their passwords and codes.

use domain::audit::Plain;

use super::account::end_everything;
use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;

/// How many of them can sign in.
///
/// # Errors
/// When the database does not answer.
pub async fn demo_workers(service: &Service) -> Result<usize, Error> {
    Ok(store::demo_workers(&service.db.read).await?.len())
}

/// Ends them, so that the database can be served to others. Returns how many there were.
///
/// # Errors
/// When the database does not answer.
pub async fn end_demo(service: &Service) -> Result<usize, Error> {
    let workers = store::demo_workers(&service.db.read).await?;
    audited!(service, Entry::system(Plain::EndedWorker), |tx| {
        for (worker, _) in &workers {
            store::set_active(tx, worker.id, false).await?;
            end_everything(tx, worker.id).await?;
        }
        Ok(())
    })?;
    Ok(workers.len())
}
