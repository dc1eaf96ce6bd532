//! A worker picks the item for the resident who stands at the window.

use domain::cases::{DeskEvent, DeskStart};
use domain::catalogue::ItemBrief;

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
    require_start(worker, None)?;
    let listing = service.catalogue.list(query, "", "", "");
    let taken = |item: &ItemBrief| item.has_form && worker.may_start(Some(&item.code));
    let items = listing.items.into_iter().filter(taken).collect();
    let events = if listing.query.is_empty() { service.catalogue.event_list("") } else { Vec::new() };
    Ok(DeskStart { worker: worker_view(service, worker), query: listing.query, items, events })
}

/// The items of a life event, to be chosen for a resident at the window. `chosen`: as for
/// [`crate::catalogue::Catalogue::event_guide`].
///
/// # Errors
/// As [`start`]; [`Error::NotFound`] for an event that is not there.
pub async fn event(
    service: &Service,
    visitor: &Visitor,
    key: &str,
    chosen: Option<&[String]>,
) -> Result<DeskEvent, Error> {
    let worker = visitor.worker()?;
    require_start(worker, None)?;
    let guide = service.catalogue.event_guide(key, chosen)?;
    Ok(DeskEvent { worker: worker_view(service, worker), guide })
}

/// `item`: a certain one; none: any at all.
pub(crate) fn require_start(worker: &Worker, item: Option<&str>) -> Result<(), Error> {
    if worker.may_start(item) { Ok(()) } else { Err(Error::Forbidden) }
}
