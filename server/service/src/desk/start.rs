//! A worker picks the item for the resident who stands at the window.

use domain::cases::DeskStart;
use domain::desk::{Relation, Right, may};

use super::worker_view;
use crate::error::Error;
use crate::identity::{Visitor, Worker};
use crate::service::Service;

/// Items with a form, found by words.
///
/// # Errors
/// [`Error::Unauthenticated`], or [`Error::Forbidden`] for a worker who takes no applications.
pub async fn start(service: &Service, visitor: &Visitor, query: &str) -> Result<DeskStart, Error> {
    let worker = visitor.worker()?;
    require_start(worker)?;
    let listing = service.catalogue.list(query, "", "", "");
    let items = listing.items.into_iter().filter(|item| item.has_form).collect();
    Ok(DeskStart { worker: worker_view(service, worker), query: listing.query, items })
}

pub(crate) fn require_start(worker: &Worker) -> Result<(), Error> {
    if may(&worker.roles, Relation::Stranger, Right::Start) { Ok(()) } else { Err(Error::Forbidden) }
}
