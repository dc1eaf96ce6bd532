//! Messages leave the outbox.

use chrono::TimeDelta;
use domain::sms::not_before;

use super::store::{self, OutboxRow};
use crate::db::transact;
use crate::error::Error;
use crate::service::Service;

/// Sends what may be sent now. Returns how many were taken by the gateway.
///
/// A message is claimed before it is sent, so that of several nodes one sends it; one that the gateway did not take is
/// tried again later, each time after a longer pause.
///
/// # Errors
/// When the database does not answer.
pub async fn send(service: &Service) -> Result<usize, Error> {
    let mut taken = 0;
    for row in store::due(&service.db.read, service.clock.now()).await? {
        let again = not_before(service.clock.now() + pause(row.attempts));
        if transact!(service.db, |tx| { store::claim(tx, &row, again).await })? && deliver(service, &row).await? {
            taken += 1;
        }
    }
    Ok(taken)
}

async fn deliver(service: &Service, row: &OutboxRow) -> Result<bool, Error> {
    let now = service.clock.now();
    match service.sms.send(&row.phone, &row.text).await {
        Ok(()) => {
            transact!(service.db, |tx| { store::sent(tx, row.id, now).await })?;
            Ok(true)
        }
        Err(fault) => {
            tracing::warn!(message = %row.id, attempt = row.attempts + 1, fault, "a short message was not taken");
            transact!(service.db, |tx| { store::failed(tx, row.id, &fault).await })?;
            Ok(false)
        }
    }
}

/// 5, 10, 20 … minutes.
fn pause(attempts: i32) -> TimeDelta {
    TimeDelta::minutes(5 << attempts.clamp(0, 8))
}
