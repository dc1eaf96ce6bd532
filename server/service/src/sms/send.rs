//! Messages leave the outbox.

use chrono::TimeDelta;
use domain::audit::Plain;
use domain::residents::CODE_MINUTES;
use domain::sms::not_before;

use super::CODE;
use super::store::{self, OutboxRow};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::service::Service;

/// Between two tries to send a code.
const CODE_PAUSE: TimeDelta = TimeDelta::seconds(20);

/// Sends what may be sent now. Returns how many were taken by the gateway.
///
/// A message is claimed before it is sent, so that of several nodes one sends it; one that the gateway did not take is
/// tried again later, each time after a longer pause.
///
/// # Errors
/// When the database does not answer.
pub async fn send(service: &Service) -> Result<usize, Error> {
    forget_codes(service).await?;
    let mut taken = 0;
    for row in store::due(&service.db.read, service.clock.now()).await? {
        let now = service.clock.now();
        let again = if row.kind == CODE { now + CODE_PAUSE } else { not_before(now + pause(row.attempts)) };
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
            // The inbox of the demo still shows a code for as long as it is good.
            let forgets = row.kind == CODE && !service.sms.simulated();
            audited!(service, entry(row, Plain::SentMessage), |tx| {
                if forgets { store::forget(tx, vec![row.id]).await } else { store::sent(tx, row.id, now).await }
            })?;
            Ok(true)
        }
        Err(fault) => {
            tracing::warn!(message = %row.id, attempt = row.attempts + 1, fault, "a short message was not taken");
            audited!(service, entry(row, Plain::FailedMessage), |tx| { store::failed(tx, row.id, &fault).await })?;
            Ok(false)
        }
    }
}

/// A code that is over stands nowhere any more: neither the text nor for whom it was.
async fn forget_codes(service: &Service) -> Result<(), Error> {
    let before = service.clock.now() - TimeDelta::minutes(CODE_MINUTES);
    let over = store::codes_over(&service.db.read, before).await?;
    if over.is_empty() {
        return Ok(());
    }
    audited!(service, Entry::system(Plain::Forgot), |tx| { store::forget(tx, over.clone()).await })
}

fn entry(row: &OutboxRow, deed: Plain) -> Entry {
    let entry = Entry::system(deed);
    row.case_id.into_iter().fold(entry, Entry::case)
}

/// 5, 10, 20 … minutes.
fn pause(attempts: i32) -> TimeDelta {
    TimeDelta::minutes(5 << attempts.clamp(0, 8))
}
