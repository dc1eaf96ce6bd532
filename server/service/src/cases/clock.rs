//! What the clock does by itself.

use domain::cases::{Action, Actor};

use super::record::{Record, append};
use super::store;
use crate::db::transact;
use crate::error::Error;
use crate::service::Service;

/// Accepts by law every case whose office gave no notice in time. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn deem_accepted(service: &Service) -> Result<usize, Error> {
    let mut count = 0;
    for row in store::unanswered(&service.db.read, service.today()).await? {
        let id = row.id;
        let done = transact!(service.db, |tx| {
            let row = store::case_lock(tx, id).await?.ok_or(Error::NotFound)?;
            let record = Record::of_row(service, tx, row).await?;
            append(service, tx, &record, Action::DeemAccepted, Actor::System, None).await
        });
        match done {
            Ok(version) => {
                service.bus.changed(id, version);
                count += 1;
            }
            // Somebody acted meanwhile: all the better.
            Err(Error::Refused(_) | Error::Conflict(_)) => {}
            // One that cannot be read must not keep the others waiting.
            Err(error) => tracing::error!(case = %id, fault = %error, "not accepted by law"),
        }
    }
    Ok(count)
}
