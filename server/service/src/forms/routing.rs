//! Who decides: the rule of the item on the answers, and the office that does the work of that office today.

use domain::catalogue::{Competence, RoutingFault, competent};
use domain::forms::Entries;

use super::draft::Draft;
use crate::service::Service;

/// An old address still leads to somebody: the offices of merged areas have successors.
pub(crate) fn route(service: &Service, draft: &Draft, answers: &Entries) -> Result<Competence, RoutingFault> {
    let item = &draft.revision.item;
    let mut found = competent(item, answers, draft.row.office.as_deref(), service.today())?;
    let now = service.areas.office_now(&found.office);
    if now != found.office {
        found.reason = format!("{}；{}", found.reason, service.areas.merged(&found.office, now));
        found.office = now.to_owned();
        found.area = service.areas.area_now(&found.area).to_owned();
    }
    Ok(found)
}
