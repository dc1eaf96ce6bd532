//! Who decides: the rule of the item on the answers, and the office that does the work of that office today.

use domain::catalogue::{Competence, Item, RoutingFault, competent};
use domain::forms::Entries;

use crate::service::Service;

/// `window`: the office at whose window the resident stands. An old address still leads to somebody: the offices of merged areas have successors.
pub(crate) fn route(
    service: &Service,
    item: &Item,
    answers: &Entries,
    window: Option<&str>,
) -> Result<Competence, RoutingFault> {
    let mut found = competent(item, answers, window, service.today())?;
    let now = service.areas.office_now(&found.office);
    if now != found.office {
        found.reason = format!("{}；{}", found.reason, service.areas.merged(&found.office, now));
        found.office = now.to_owned();
        found.area = service.areas.area_now(&found.area).to_owned();
    }
    Ok(found)
}
