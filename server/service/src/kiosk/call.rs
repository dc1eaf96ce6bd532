//! Somebody at a kiosk waits for a worker.

use domain::audit::Plain;
use domain::kiosk::KioskCall;
use uuid::Uuid;

use super::store;
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor, Worker};
use crate::service::Service;
use crate::words;

/// Calls a worker of the kiosk's office. Who calls again waits since the first time.
///
/// # Errors
/// [`Error::NotFound`] for a browser that is no kiosk's.
pub async fn call(service: &Service, visitor: &Visitor) -> Result<Moved, Error> {
    let kiosk = visitor.kiosk()?;
    let now = service.clock.now();
    audited!(service, Entry::kiosk(kiosk.id, &kiosk.office, Plain::CalledWorker), |tx| {
        store::call(tx, kiosk.id, now).await
    })?;
    Ok(Moved::to("/kiosk?called=1"))
}

/// The kiosks where somebody waits, for a worker of their office.
pub(crate) async fn calls(service: &Service, worker: &Worker) -> Result<Vec<KioskCall>, Error> {
    if !comes(worker) {
        return Ok(Vec::new());
    }
    let rows = store::calling(&service.db.read, &worker.office).await?;
    let view = |row: store::KioskRow| KioskCall {
        id: row.id.to_string(),
        name: row.name,
        since: row.called_at.map(words::hour).unwrap_or_default(),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// A worker goes there.
///
/// # Errors
/// [`Error::Unauthenticated`]; [`Error::NotFound`] for a kiosk of another office.
pub async fn came(service: &Service, visitor: &Visitor, id: &str) -> Result<Moved, Error> {
    let worker = visitor.worker()?;
    let id = Uuid::parse_str(id).map_err(|_| Error::NotFound)?;
    let row = store::fetch(&service.db.read, id).await?;
    if !comes(worker) || row.is_none_or(|row| row.office != worker.office) {
        return Err(Error::NotFound);
    }
    let entry = Entry::worker(worker, Plain::CameToKiosk).because(id.to_string());
    audited!(service, entry, |tx| { store::came(tx, id).await })?;
    Ok(Moved::to("/desk"))
}

/// Administrators sit elsewhere.
fn comes(worker: &Worker) -> bool {
    worker.grants.iter().any(|grant| !grant.role.is_administrator())
}
