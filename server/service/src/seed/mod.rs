//! What every installation begins with, from the data files in `server/service/seed`, which travel in the binary:
//! areas, offices, the calendar and the items. And workers to try it with.

mod data;
mod demo;
mod lists;
mod offices;
mod store;

use crate::db::{Db, transact};
use crate::error::Error;
use crate::ports::{Clock, SystemClock};

pub use data::{certificates, life_events, read_items};
pub use demo::{DemoWorker, seed_demo};

/// Brings the database up to the data files. It looks at nothing when the files, and the code that reads them, are
/// those of the last time.
///
/// Areas and offices follow the files; of the calendar only days that are not in the table yet are added, since
/// administrators maintain it; an item whose content changed gets a new revision. Nothing is removed.
///
/// # Errors
/// When a file has faults (all of them are named), or the database does not answer.
pub async fn seed_base(db: &Db) -> Result<(), Error> {
    let digest = data::digest();
    if store::digest(db).await?.as_deref() == Some(&digest) {
        return Ok(());
    }
    let base = data::read()?;
    let now = SystemClock.now();
    let published = transact!(db, |tx| { store::save(tx, &base, &digest, now).await })?;
    tracing::info!(areas = base.areas.len(), offices = base.offices.len(), items = published, "seed data brought in");
    Ok(())
}
