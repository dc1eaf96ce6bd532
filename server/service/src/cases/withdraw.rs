//! The resident takes an application back, before a decision.

use domain::audit::Plain;
use domain::cases::{Action, Actor};

use super::record::{Record, append};
use crate::audit::{Entry, audited};
use crate::error::Error;
use crate::identity::{Moved, Visitor, may_open};
use crate::service::Service;

/// # Errors
/// [`Error::NotFound`] for another's case, [`Error::Refused`] after a decision.
pub async fn withdraw(service: &Service, visitor: &Visitor, number: &str, reason: &str) -> Result<Moved, Error> {
    let record = Record::open(service, visitor, number).await?;
    // The window prints receipts; it takes nothing back in the resident's stead.
    if !may_open(service, visitor, "case", record.row.id).await? {
        return Err(Error::NotFound);
    }
    let reason: String = reason.chars().take(500).collect();
    let version = audited!(service, Entry::by(visitor, Plain::Withdrew).case(record.row.id), |tx| {
        let record = Record::locked(service, tx, record.row.id).await?;
        append(service, tx, record, Action::Withdraw { reason: reason.clone() }, Actor::Resident, None).await
    })?;
    service.bus.changed(record.row.id, version);
    Ok(Moved::to(format!("/cases/{}", record.row.number)))
}
