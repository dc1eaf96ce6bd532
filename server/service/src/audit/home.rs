//! Where the auditor begins: what residents ask, what is unusual, and the search.

use domain::audit::{AuditHome, Plain};

use super::search::ABOUT;
use super::unusual::{judge, last_worked};
use super::{Entry, auditor, look, questions};
use crate::desk::{desk_flash, worker_view};
use crate::error::Error;
use crate::identity::Visitor;
use crate::service::Service;

/// # Errors
/// As [`auditor`].
pub async fn home(service: &Service, visitor: &Visitor) -> Result<AuditHome, Error> {
    let worker = auditor(visitor)?;
    look(service, Entry::worker(worker, Plain::SawAudit)).await?;
    let day = last_worked(service);
    Ok(AuditHome {
        worker: worker_view(service, worker),
        questions: questions::list(service).await?,
        day,
        counts: judge(service, day).await?.counts(),
        flash: desk_flash(service, worker, ABOUT).await?,
    })
}
