//! Messages leave the outbox.

use chrono::TimeDelta;
use domain::audit::Plain;
use domain::sms::not_before;

use super::store::{self, OutboxRow};
use crate::audit::{Entry, audited};
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
        let entry = entry(&row, Plain::ClaimedMessage);
        if audited!(service, entry, |tx| { store::claim(tx, &row, again).await })? && deliver(service, &row).await? {
            taken += 1;
        }
    }
    Ok(taken)
}

async fn deliver(service: &Service, row: &OutboxRow) -> Result<bool, Error> {
    let now = service.clock.now();
    let (phone, text) = super::opened(service, row)?;
    match service.sms.send(&phone, &text).await {
        Ok(()) => {
            audited!(service, entry(row, Plain::SentMessage), |tx| { store::sent(tx, row.id, now).await })?;
            Ok(true)
        }
        Err(fault) => {
            tracing::warn!(message = %row.id, attempt = row.attempts + 1, fault, "a short message was not taken");
            audited!(service, entry(row, Plain::FailedMessage), |tx| { store::failed(tx, row.id, &fault).await })?;
            Ok(false)
        }
    }
}

fn entry(row: &OutboxRow, deed: Plain) -> Entry {
    Entry::system(deed).case(row.case_id)
}

/// 5, 10, 20 … minutes.
fn pause(attempts: i32) -> TimeDelta {
    TimeDelta::minutes(5 << attempts.clamp(0, 8))
}
