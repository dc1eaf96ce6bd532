//! Reminders before a day passes.

use domain::audit::Plain;
use domain::cases::{EventKind, MessageKind};
use uuid::Uuid;

use super::{enqueue, store};
use crate::audit::{Entry, audited};
use crate::cases::{Record, open_part};
use crate::error::Error;
use crate::service::Service;

/// Working days before the last one.
const AHEAD: u32 = 2;

/// Reminds of corrections and deferred materials whose last day is near, once each. Returns how many.
///
/// # Errors
/// When the database does not answer.
pub async fn remind(service: &Service) -> Result<usize, Error> {
    let mut count = 0;
    for row in crate::cases::store::waking_until(&service.db.read, soon(service)).await? {
        match one(service, row.id).await {
            Ok(reminded) => count += usize::from(reminded),
            Err(error) => tracing::error!(case = %row.id, fault = %error, "no reminder"),
        }
    }
    Ok(count)
}

/// The clock wakes on the day after the last one.
fn soon(service: &Service) -> chrono::NaiveDate {
    service.areas.calendar.due(service.today(), AHEAD) + chrono::Days::new(1)
}

async fn one(service: &Service, id: Uuid) -> Result<bool, Error> {
    let now = service.clock.now();
    audited!(service, Entry::system(Plain::Reminded).case(id), |tx| {
        let record = Record::locked(service, tx, id).await?;
        let Some(open) = open_part(&record) else { return Ok(false) };
        let asked = |kind: &EventKind| {
            matches!(kind, EventKind::CorrectionAsked { .. } | EventKind::Accepted { deferral: Some(_), .. })
        };
        let since = record.events.iter().rev().find(|event| asked(&event.kind)).map(|event| event.at);
        let Some(since) = since.filter(|_| open.due < soon(service)) else { return Ok(false) };
        if store::told_since(tx, id, "reminder", since).await? {
            return Ok(false);
        }
        enqueue(service, tx, &record, MessageKind::Reminder, now).await?;
        Ok(true)
    })
}
